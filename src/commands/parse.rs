//! From what was typed to a request, or to a refusal that says what to do. Nothing typed is left without an answer.

use std::collections::{BTreeMap, VecDeque};

use strsim::damerau_levenshtein;

use crate::{
    commands::{
        Kind, OptionSpec, Origin, Permission, Refusal, Request, Spec, Typed, Value, asks, components, length,
        line::{Word, words},
        mutes, page, spec, specs,
    },
    domain::{Catalogue, IncidentId, Platform, Severity, Sources, Topic, clean_line},
};

/// How much of what was typed is repeated in an answer, in characters.
const REPEATED: usize = 60;

/// Near names that are offered.
const OFFERED: usize = 3;

/// Reads what was typed.
///
/// # Errors
///
/// A [`Refusal`] when it is no command, not in its form, names what is not there, or is not for this person.
pub fn read(origin: Origin, typed: Typed<'_>, catalogue: &Catalogue) -> Result<Request, Refusal> {
    let is_press = matches!(typed, Typed::Press(_));
    let (name, mut given) = match typed {
        Typed::Line(line) => {
            let mut words = VecDeque::from(words(line));
            let first = words.pop_front().map(|word| word.text).unwrap_or_default();
            let name = command_name(&first).ok_or(Refusal::NotACommand)?.to_owned();
            (name, Given::Words(words))
        }
        Typed::Press(press) => {
            let mut words = VecDeque::from(words(press));
            (words.pop_front().map(|word| word.text).unwrap_or_default(), Given::Words(words))
        }
        Typed::Call { command, options } => (command.to_lowercase(), Given::Options(options)),
    };
    let spec = spec(&name).ok_or_else(|| match is_press {
        true => Refusal::Outdated { command: "/help".to_owned() },
        false => Refusal::UnknownCommand { near: near_commands(&name, origin.chat.platform), typed: repeat(&name) },
    })?;
    if !spec.platforms.contains(&origin.chat.platform) {
        return Err(Refusal::NotHere { spec });
    }
    if spec.permission == Permission::Manage && !origin.may_manage {
        return Err(Refusal::NotManager { spec });
    }
    if is_press && let Some(menu) = given.take_menu() {
        if !asks(spec) {
            return Err(Refusal::Outdated { command: format!("/{}", spec.name) });
        }
        return Ok(Request { origin, spec, values: BTreeMap::new(), is_press, menu: Some(menu) });
    }
    let reader = Reader { spec, catalogue, platform: origin.chat.platform, values: BTreeMap::new() };
    let values = match given {
        Given::Words(words) => reader.line(words)?,
        Given::Options(options) => reader.call(options)?,
    };
    Ok(Request { origin, spec, values, is_press, menu: None })
}

/// The command a first word names: `/status`, `/status@foghorn_bot`.
pub(super) fn command_name(word: &str) -> Option<String> {
    let name = word.strip_prefix('/')?;
    Some(name.split('@').next().unwrap_or(name).to_lowercase())
}

/// The severity a word stands for, in the words people use for it in any of our languages.
pub(super) fn severity(typed: &str) -> Option<Severity> {
    let word = typed.trim().to_lowercase().replace(['-', ' '], "_");
    match word.as_str() {
        "degraded"
        | "degraded_performance"
        | "minor"
        | "slow"
        | "beeinträchtigt"
        | "beeinträchtigung"
        | "leicht"
        | "langsam" => Some(Severity::Degraded),
        "partial" | "partial_outage" | "teilausfall" | "teilweise" => Some(Severity::PartialOutage),
        "major" | "major_outage" | "critical" | "outage" | "down" | "ausfall" | "schwerer_ausfall" | "schwer"
        | "kritisch" | "totalausfall" => Some(Severity::MajorOutage),
        _ => None,
    }
}

/// The words for on and off.
pub(super) const SWITCH: [&str; 2] = ["on", "off"];

/// What a word says of something that is on or off, in the words people use in any of our languages.
pub(super) fn switch(typed: &str) -> Option<bool> {
    match typed.trim().to_lowercase().as_str() {
        "on" | "yes" | "true" | "an" | "ein" | "ja" => Some(true),
        "off" | "no" | "false" | "none" | "aus" | "nein" => Some(false),
        _ => None,
    }
}

/// Whose word is enough, by a word people use for it in any of our languages.
pub(super) fn sources(typed: &str) -> Option<Sources> {
    match typed.trim().to_lowercase().as_str() {
        "all" | "any" | "alle" => Some(Sources::All),
        "official" | "offiziell" | "offizielle" => Some(Sources::Official),
        _ => None,
    }
}

/// What was typed, fit to be shown again.
pub(super) fn repeat(typed: &str) -> String {
    clean_line(typed, REPEATED)
}

/// A refusal for a name the catalogue does not have.
pub(super) fn unknown_service(typed: &str, kind: Kind, catalogue: &Catalogue) -> Refusal {
    let words = typed.trim().to_lowercase();
    if kind != Kind::Topic && catalogue.categories().contains(&words.as_str()) {
        return Refusal::IsCategory { category: words };
    }
    let near = catalogue.near(typed, OFFERED).into_iter().map(|service| service.id.clone()).collect();
    // Comparing a novel with every category would only cost time.
    let is_category_wanted = kind == Kind::Topic && words.len() <= 64;
    let categories = catalogue
        .categories()
        .into_iter()
        .filter(|category| is_category_wanted && damerau_levenshtein(&words, category) <= 2.min(category.len() / 3));
    Refusal::UnknownService { typed: repeat(typed), near, categories: categories.map(str::to_owned).collect() }
}

/// Commands of nearly this name that exist on the platform.
fn near_commands(typed: &str, platform: Platform) -> Vec<String> {
    let mut near: Vec<(usize, &str)> = Vec::new();
    // The longest name has 32 letters; what is much longer is none of them.
    if typed.len() <= 64 {
        for spec in specs().iter().filter(|spec| spec.platforms.contains(&platform)) {
            let slips = damerau_levenshtein(typed, &spec.name);
            if slips <= 2 || (typed.len() >= 2 && spec.name.starts_with(typed)) {
                near.push((slips, &spec.name));
            }
        }
    }
    near.sort_unstable();
    near.into_iter().take(OFFERED).map(|(_, name)| name.to_owned()).collect()
}

enum Given<'a> {
    Words(VecDeque<Word>),
    Options(&'a [(String, String)]),
}

impl Given<'_> {
    /// The words of a menu's button; `None` when the first of them has no tilde, so it is none.
    fn take_menu(&mut self) -> Option<Vec<String>> {
        let Self::Words(words) = self else { return None };
        let first = words.front()?.text.strip_prefix('~')?.to_owned();
        let rest = words.drain(..).skip(1).map(|word| word.text);
        Some(std::iter::once(first).filter(|first| !first.is_empty()).chain(rest).collect())
    }
}

struct Reader<'a> {
    spec: &'static Spec,
    catalogue: &'a Catalogue,
    platform: Platform,
    values: BTreeMap<&'static str, Value>,
}

impl Reader<'_> {
    fn call(mut self, options: &[(String, String)]) -> Result<BTreeMap<&'static str, Value>, Refusal> {
        for (name, text) in options {
            let option = self.option(name).ok_or_else(|| self.unknown_option(name))?;
            if !text.trim().is_empty() {
                let value = self.value(option, text)?;
                self.values.insert(&option.name, value);
            }
        }
        self.complete()
    }

    /// Words with a name first, wherever they stand; then the others in the order of the options.
    fn line(mut self, words: VecDeque<Word>) -> Result<BTreeMap<&'static str, Value>, Refusal> {
        let mut others = VecDeque::new();
        let mut named: Vec<(&'static OptionSpec, String)> = Vec::new();
        for word in words {
            match word.named().map(|(name, value)| (self.option(name), name, value)) {
                Some((Some(option), _, value)) => named.push((option, value.to_owned())),
                Some((None, name, _)) if self.is_almost_an_option(name) => return Err(self.unknown_option(name)),
                // `components:API Requests, Actions` goes on to the next name, but for what is no name: a mention. A time
                // such as `9:00` is no name either.
                Some((None, ..)) | None => match named.last_mut() {
                    Some((option, value)) if takes_more(option.kind, value, &word.text) => {
                        value.push(' ');
                        value.push_str(&word.text);
                    }
                    Some(_) | None => others.push_back(word),
                },
            }
        }
        for (option, text) in named {
            let value = self.value(option, &text)?;
            self.values.insert(&option.name, value);
        }
        let mut others: VecDeque<String> = others.into_iter().map(|word| word.text).collect();
        for option in &self.spec.options {
            if others.is_empty() {
                break;
            }
            if self.values.contains_key(option.name.as_str()) {
                continue;
            }
            if let Some(text) = self.take(option, &mut others) {
                let value = self.value(option, &text)?;
                self.values.insert(&option.name, value);
            }
        }
        if let Some(first) = others.front() {
            return Err(Refusal::TooMuch { spec: self.spec, typed: repeat(first) });
        }
        self.complete()
    }

    fn complete(self) -> Result<BTreeMap<&'static str, Value>, Refusal> {
        let missing = self
            .spec
            .options
            .iter()
            .find(|option| option.is_required && !self.values.contains_key(option.name.as_str()));
        match missing {
            // Nothing was said at all: the command asks.
            Some(_) if self.values.is_empty() && asks(self.spec) => Ok(self.values),
            Some(option) => Err(Refusal::Missing { spec: self.spec, option: option.name.clone() }),
            None => Ok(self.values),
        }
    }

    /// Takes what the option may be from the front of the words; `None` leaves them to the next option.
    fn take(&self, option: &OptionSpec, words: &mut VecDeque<String>) -> Option<String> {
        let first = words.front()?;
        let most = match option.kind {
            Kind::Service | Kind::Topic | Kind::Incident | Kind::Mutable => self.known_words(option.kind, words),
            Kind::Severity if is_mention(first) => 0,
            Kind::Severity => {
                let two = words.iter().take(2).map(String::as_str).collect::<Vec<_>>().join(" ");
                if words.len() > 1 && severity(&two).is_some() { 2 } else { 1 }
            }
            Kind::Names => words.iter().position(|word| is_mention(word)).unwrap_or(words.len()),
            Kind::Search => {
                let is_page = words.back().is_some_and(|last| last.parse::<usize>().is_ok());
                words.len() - usize::from(is_page)
            }
            Kind::Integer | Kind::Channel | Kind::Command | Kind::Setting | Kind::Address => 1,
            // Without their names nobody could tell them from what stands before.
            Kind::Regions | Kind::Switch | Kind::Sources => 0,
            Kind::Text
            | Kind::Duration
            | Kind::Subscribed
            | Kind::Watched
            | Kind::Mention
            | Kind::Muted
            | Kind::Choice => words.len(),
        };
        let taken: Vec<String> = words.drain(..most.min(words.len())).collect();
        (!taken.is_empty()).then(|| taken.join(" "))
    }

    /// How many words make the longest name that is known; where none is, all before what the next option may be.
    fn known_words(&self, kind: Kind, words: &VecDeque<String>) -> usize {
        // No name has more words than this.
        let longest = words.len().min(6);
        for most in (1..=longest).rev() {
            let name = words.iter().take(most).map(String::as_str).collect::<Vec<_>>().join(" ");
            if self.named_thing(kind, &name).is_some() {
                return most;
            }
        }
        if kind == Kind::Mutable {
            return words.iter().position(|word| length::begins(word)).unwrap_or(words.len());
        }
        let next = words.iter().skip(1).position(|word| is_mention(word) || severity(word).is_some());
        next.map_or(words.len(), |position| position + 1)
    }

    /// What a name stands for; "whatsapp?" is still WhatsApp.
    fn named_thing(&self, kind: Kind, name: &str) -> Option<Value> {
        let name = name.trim_end_matches(['?', '!', '.', ',']);
        let service = self.catalogue.by_word(name).map(|service| service.id.clone());
        match kind {
            Kind::Topic => {
                let category = || {
                    let wanted = name.trim().to_lowercase();
                    self.catalogue.categories().contains(&wanted.as_str()).then_some(Topic::Category(wanted))
                };
                let address = || page::read(name).filter(|_| name.contains("://")).map(Value::Page);
                service.map(Topic::Service).or_else(category).map(Value::Topic).or_else(address)
            }
            Kind::Incident => {
                let incident = || IncidentId::parse(&name.trim().to_lowercase()).map(Value::Incident);
                service.map(Value::Service).or_else(incident)
            }
            Kind::Mutable => mutes::read(name, self.catalogue).map(Value::Muted),
            Kind::Text
            | Kind::Integer
            | Kind::Duration
            | Kind::Service
            | Kind::Channel
            | Kind::Severity
            | Kind::Subscribed
            | Kind::Address
            | Kind::Watched
            | Kind::Names
            | Kind::Regions
            | Kind::Switch
            | Kind::Sources
            | Kind::Mention
            | Kind::Search
            | Kind::Muted
            | Kind::Setting
            | Kind::Choice
            | Kind::Command => service.map(Value::Service),
        }
    }

    fn value(&self, option: &OptionSpec, text: &str) -> Result<Value, Refusal> {
        let text = text.trim();
        let missing = || Refusal::Missing { spec: self.spec, option: option.name.clone() };
        match option.kind {
            Kind::Service | Kind::Topic | Kind::Incident | Kind::Mutable => {
                if text.is_empty() {
                    return Err(missing());
                }
                let is_address = option.kind == Kind::Topic && text.contains("://");
                self.named_thing(option.kind, text).ok_or_else(|| match is_address {
                    true => Refusal::NoAddress { spec: self.spec, typed: repeat(text) },
                    false => unknown_service(text, option.kind, self.catalogue),
                })
            }
            Kind::Address => match page::read(text) {
                Some(url) => Ok(Value::Page(url)),
                None if text.is_empty() => Err(missing()),
                None => Err(Refusal::NoAddress { spec: self.spec, typed: repeat(text) }),
            },
            Kind::Watched if text.is_empty() => Err(missing()),
            // An address may be longer than what is repeated to people.
            Kind::Watched => Ok(Value::Text(clean_line(text, page::LONGEST_ADDRESS))),
            Kind::Severity => severity(text)
                .map(Value::Severity)
                .ok_or_else(|| Refusal::BadSeverity { spec: self.spec, typed: repeat(text) }),
            Kind::Integer => match text.parse::<usize>() {
                Ok(number) if number > 0 => Ok(Value::Integer(number)),
                Ok(_) | Err(_) => Err(Refusal::BadNumber { spec: self.spec, typed: repeat(text) }),
            },
            Kind::Duration => length::parse(text)
                .map(Value::Length)
                .ok_or_else(|| Refusal::BadDuration { spec: self.spec, typed: repeat(text) }),
            Kind::Mention => match mention(text, self.platform) {
                Some(mention) => Ok(Value::Text(mention)),
                None if text.is_empty() => Err(missing()),
                None => Err(Refusal::BadMention { platform: self.platform, typed: repeat(text) }),
            },
            Kind::Switch => switch(text)
                .map(Value::Switch)
                .ok_or_else(|| Refusal::BadChoice { typed: repeat(text), known: SWITCH.to_vec() }),
            Kind::Sources => sources(text).map(Value::Sources).ok_or_else(|| Refusal::BadChoice {
                typed: repeat(text),
                known: Sources::ALL.map(Sources::word).to_vec(),
            }),
            Kind::Names | Kind::Regions => {
                let names = text.split([',', ';']).map(|name| clean_line(name, components::LONGEST_NAME));
                let names: Vec<String> = names.filter(|name| !name.is_empty()).take(MOST_NAMES).collect();
                if names.is_empty() { Err(missing()) } else { Ok(Value::Names(names)) }
            }
            Kind::Command => {
                let name = text.trim_start_matches('/').to_lowercase();
                match spec(&name) {
                    Some(spec) => Ok(Value::Text(spec.name.clone())),
                    None => {
                        Err(Refusal::UnknownCommand { near: near_commands(&name, self.platform), typed: repeat(&name) })
                    }
                }
            }
            Kind::Text
            | Kind::Channel
            | Kind::Subscribed
            | Kind::Muted
            | Kind::Setting
            | Kind::Choice
            | Kind::Search => match repeat(text) {
                words if words.is_empty() => Err(missing()),
                words => Ok(Value::Text(words)),
            },
        }
    }

    fn option(&self, name: &str) -> Option<&'static OptionSpec> {
        self.spec.options.iter().find(|option| option.name.eq_ignore_ascii_case(name))
    }

    fn unknown_option(&self, name: &str) -> Refusal {
        Refusal::UnknownOption { spec: self.spec, typed: repeat(name) }
    }

    /// Whether somebody meant one of the options and slipped.
    fn is_almost_an_option(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        name.len() <= 32 && self.spec.options.iter().any(|option| damerau_levenshtein(&name, &option.name) <= 2)
    }
}

/// Components a subscription may name; a stored record stays small.
pub(super) const MOST_NAMES: usize = 20;

/// Whether an option that was named goes on with the next word.
fn takes_more(kind: Kind, value: &str, next: &str) -> bool {
    match kind {
        Kind::Text
        | Kind::Service
        | Kind::Topic
        | Kind::Subscribed
        | Kind::Watched
        | Kind::Names
        | Kind::Regions
        | Kind::Search
        | Kind::Incident
        | Kind::Muted
        | Kind::Choice => !is_mention(next),
        Kind::Mutable => !length::begins(next),
        // `duration:1 day` and `duration:until Monday 9:00`, but not `duration:2h whatsapp`.
        Kind::Duration => length::parse(value).is_none() || length::parse(&format!("{value} {next}")).is_some(),
        Kind::Integer
        | Kind::Address
        | Kind::Channel
        | Kind::Severity
        | Kind::Switch
        | Kind::Sources
        | Kind::Mention
        | Kind::Setting
        | Kind::Command => false,
    }
}

/// Who is called, in the platform's own form; `None` for what would call nobody there.
///
/// On Discord that is a role as the adapter hands it over: a name typed as text pings nobody, and who may call
/// everyone is not for a bot to decide.
fn mention(text: &str, platform: Platform) -> Option<String> {
    let fits = match platform {
        Platform::Discord => text
            .strip_prefix("<@&")
            .and_then(|rest| rest.strip_suffix('>'))
            .is_some_and(|id| (1..=20).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit())),
        Platform::Telegram => text.strip_prefix('@').is_some_and(|name| {
            (4..=32).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        }),
        Platform::Console => text.len() > 1 && is_mention(text),
    };
    fits.then(|| repeat(text))
}

fn is_mention(word: &str) -> bool {
    word.starts_with('@') || word.starts_with("<@")
}
