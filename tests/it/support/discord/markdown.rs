//! How Discord draws a text: what of it is markup, and what is left to read.

/// Something that is not just text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    Bold(String),
    Italic(String),
    Underlined(String),
    Struck(String),
    Spoiler(String),
    Code(String),
    Link {
        text: String,
        url: String,
    },
    /// A person, a role, a channel, everybody.
    Mention(String),
    /// Seconds since 1970.
    Time(i64),
    Emoji(String),
    Heading,
    Quote,
    ListItem,
    Small,
}

/// A text as it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    pub text: String,
    pub marks: Vec<Mark>,
}

/// A sign and what it makes of the text between two of it.
type Pair = (&'static str, fn(String) -> Mark);

/// Signs that stand around what they change, longest first.
const PAIRS: [Pair; 6] = [
    ("**", Mark::Bold),
    ("__", Mark::Underlined),
    ("~~", Mark::Struck),
    ("||", Mark::Spoiler),
    ("*", Mark::Italic),
    ("_", Mark::Italic),
];

/// Draws a text.
pub fn draw(text: &str) -> Drawn {
    let mut drawn = Drawn::default();
    drawn.passage(text, true);
    drawn
}

impl Drawn {
    fn passage(&mut self, text: &str, begins_line: bool) {
        let mut rest = text;
        let mut is_at_start = begins_line;
        let mut before = None;
        while let Some(next) = rest.chars().next() {
            if is_at_start && let Some((mark, length)) = line_mark(rest) {
                self.marks.push(mark);
                rest = &rest[length..];
                is_at_start = false;
                continue;
            }
            let consumed = self.special(rest, before);
            if consumed > 0 {
                before = rest[..consumed].chars().next_back();
                rest = &rest[consumed..];
                is_at_start = false;
                continue;
            }
            self.text.push(next);
            before = Some(next);
            is_at_start = next == '\n';
            rest = &rest[next.len_utf8()..];
        }
    }

    /// Draws what begins here if it is special; gives how much of the text that was.
    fn special(&mut self, text: &str, before: Option<char>) -> usize {
        if let Some(escaped) = text.strip_prefix('\\').and_then(|rest| rest.chars().next())
            && escaped.is_ascii_punctuation()
        {
            self.text.push(escaped);
            return 1 + escaped.len_utf8();
        }
        for fence in ["```", "``", "`"] {
            if let Some((inside, _)) = text.strip_prefix(fence).and_then(|rest| rest.split_once(fence))
                && !inside.is_empty()
            {
                self.text.push_str(inside);
                self.marks.push(Mark::Code(inside.to_owned()));
                return inside.len() + 2 * fence.len();
            }
        }
        if let Some((length, mark)) = angle(text).or_else(|| everybody(text)) {
            if let Mark::Link { url, .. } = &mark {
                self.text.push_str(url);
            }
            self.marks.push(mark);
            return length;
        }
        let length = self.link(text);
        if length > 0 {
            return length;
        }
        for (sign, mark) in PAIRS {
            let Some(inside) = text.strip_prefix(sign).and_then(|rest| closed(rest, sign, before)) else { continue };
            let mut inner = Self::default();
            inner.passage(inside, false);
            self.text.push_str(&inner.text);
            self.marks.push(mark(inner.text));
            self.marks.append(&mut inner.marks);
            return inside.len() + 2 * sign.len();
        }
        0
    }

    fn link(&mut self, text: &str) -> usize {
        let is_address = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        if let Some(rest) = text.strip_prefix('[')
            && let Some(label) = until_unescaped(rest, "](")
            && let Some((url, _)) = rest[label.len() + 2..].split_once(')')
            && is_address(url.trim_matches(['<', '>']))
        {
            let mut inner = Self::default();
            inner.passage(label, false);
            self.text.push_str(&inner.text);
            self.marks.push(Mark::Link { text: inner.text, url: url.trim_matches(['<', '>']).to_owned() });
            self.marks.append(&mut inner.marks);
            return label.len() + url.len() + 4;
        }
        if !is_address(text) {
            return 0;
        }
        let end = text.find(|sign: char| sign.is_whitespace() || sign == '>').unwrap_or(text.len());
        let url = text[..end].trim_end_matches(['.', ',', ')', ';', ':', '!', '?']).to_owned();
        self.text.push_str(&url);
        let length = url.len();
        self.marks.push(Mark::Link { text: url.clone(), url });
        length
    }
}

/// What a line begins with.
fn line_mark(text: &str) -> Option<(Mark, usize)> {
    let marks: [(&str, Mark); 8] = [
        ("-# ", Mark::Small),
        ("# ", Mark::Heading),
        ("## ", Mark::Heading),
        ("### ", Mark::Heading),
        (">>> ", Mark::Quote),
        ("> ", Mark::Quote),
        ("- ", Mark::ListItem),
        ("* ", Mark::ListItem),
    ];
    let found = marks.into_iter().find(|(sign, _)| text.starts_with(sign)).map(|(sign, mark)| (mark, sign.len()));
    found.or_else(|| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0 && text[digits..].starts_with(". ")).then_some((Mark::ListItem, digits + 2))
    })
}

/// Things in angle brackets.
fn angle(text: &str) -> Option<(usize, Mark)> {
    let (inside, _) = text.strip_prefix('<')?.split_once('>')?;
    let length = inside.len() + 2;
    let is_id = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(id) = inside.strip_prefix("@&").or(inside.strip_prefix("@!")).or(inside.strip_prefix(['@', '#'])) {
        return is_id(id).then(|| (length, Mark::Mention(inside.to_owned())));
    }
    if let Some(time) = inside.strip_prefix("t:") {
        let seconds = time.split(':').next()?.parse().ok()?;
        return Some((length, Mark::Time(seconds)));
    }
    if inside.starts_with("http://") || inside.starts_with("https://") {
        return Some((length, Mark::Link { text: inside.to_owned(), url: inside.to_owned() }));
    }
    let mut parts = inside.split(':');
    match (parts.next()?, parts.next(), parts.next()) {
        ("" | "a", Some(name), Some(id)) if is_id(id) => Some((length, Mark::Emoji(name.to_owned()))),
        (command, Some(id), None) if command.starts_with('/') && is_id(id) => {
            Some((length, Mark::Mention(inside.to_owned())))
        }
        _ => None,
    }
}

fn everybody(text: &str) -> Option<(usize, Mark)> {
    let found = ["@everyone", "@here"].into_iter().find(|word| text.starts_with(word))?;
    Some((found.len(), Mark::Mention(found.to_owned())))
}

/// What stands before a sign that closes, if it does.
fn closed<'t>(text: &'t str, sign: &str, before: Option<char>) -> Option<&'t str> {
    let inside = until_unescaped(text, sign).filter(|inside| !inside.trim().is_empty())?;
    let after = text[inside.len() + sign.len()..].chars().next();
    let is_word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let is_in_word = sign == "_" && (is_word(before) || is_word(after));
    let is_loose = sign == "*" && (inside.starts_with(char::is_whitespace) || inside.ends_with(char::is_whitespace));
    (!is_in_word && !is_loose).then_some(inside)
}

/// The text before the first `end` that has no backslash before it.
fn until_unescaped<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    let is_escaped = |at: usize| text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    text.match_indices(end).map(|(at, _)| at).find(|at| !is_escaped(*at)).map(|at| &text[..at])
}
