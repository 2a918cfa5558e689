//! Text from outside becomes plain text (DESIGN rule 15).

use url::{Host, Url};

/// One line: control and invisible characters removed, white space folded, cut to `most` characters with an ellipsis.
#[must_use]
pub fn clean_line(text: &str, most: usize) -> String {
    let mut line = String::with_capacity(text.len().min(most * 4));
    for word in text.split_whitespace() {
        let word: String = word.chars().filter(|character| is_visible(*character)).collect();
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    shorten(&line, most)
}

/// Several lines: as [`clean_line`] for each, runs of empty lines folded into one, cut to `most` characters in all.
#[must_use]
pub fn clean_block(text: &str, most: usize) -> String {
    let mut block = String::with_capacity(text.len().min(most * 4));
    let mut gap = false;
    for line in text.lines() {
        let line = clean_line(line, most);
        if line.is_empty() {
            gap = !block.is_empty();
            continue;
        }
        if !block.is_empty() {
            block.push_str(if gap { "\n\n" } else { "\n" });
        }
        block.push_str(&line);
        gap = false;
    }
    shorten(&block, most)
}

/// The text itself when it has at most `most` characters, else its beginning and an ellipsis, `most` characters in all.
#[must_use]
pub fn shorten(text: &str, most: usize) -> String {
    if text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// The address when it is one that may be shown: http or https, no white space, no control characters, at most 2,000 bytes.
#[must_use]
pub fn web_link(address: &str) -> Option<String> {
    let address = address.trim();
    let fits = (address.starts_with("https://") || address.starts_with("http://"))
        && address.len() <= 2_000
        && address.chars().all(|character| !character.is_whitespace() && is_visible(character));
    fits.then(|| address.to_owned())
}

/// The address when chat platforms take it behind a button: as [`web_link`], and of a host that has a dot or is an IPv6
/// address. They refuse a whole message for a link to one of a house's own network, such as `http://localhost/`.
#[must_use]
pub fn public_link(address: &str) -> Option<String> {
    let address = web_link(address)?;
    let url = Url::parse(&address).ok()?;
    let is_taken = match url.host()? {
        Host::Domain(name) => name.trim_end_matches('.').contains('.'),
        Host::Ipv4(_) | Host::Ipv6(_) => true,
    };
    is_taken.then_some(address)
}

/// Whether a character may stand in a message: no control characters, no zero-width or bidirectional-override ones, and
/// none of the private use area, which our own texts use for placeholders.
fn is_visible(character: char) -> bool {
    !character.is_control()
        && !matches!(character,
            '\u{00AD}' | '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E000}'..='\u{F8FF}'
            | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_and_control_characters_are_removed() {
        assert_eq!(clean_line("Pay\u{202E}lap\u{0007}  is \u{200B}down\r\n", 100), "Paylap is down");
    }

    #[test]
    fn text_is_cut_at_a_character_with_an_ellipsis() {
        assert_eq!(shorten("größer", 6), "größer");
        assert_eq!(shorten("größere", 6), "größe…");
        assert_eq!(shorten("one two", 5), "one…");
    }

    #[test]
    fn blocks_keep_their_paragraphs() {
        assert_eq!(clean_block("\n a  b \r\n\r\n\r\n c\nd", 100), "a b\n\nc\nd");
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert_eq!(web_link(" https://a.example/x "), Some("https://a.example/x".to_owned()));
        assert_eq!(web_link("javascript:alert(1)"), None);
        assert_eq!(web_link("https://a.example/ x"), None);
    }

    #[test]
    fn platforms_are_given_links_that_lead_out_of_the_house_and_are_whole() {
        for taken in ["https://a.example", "http://192.168.1.5:3001/x", "http://[::1]/"] {
            assert_eq!(public_link(taken), Some(taken.to_owned()));
        }
        for refused in
            ["http://localhost/", "http://uptime-kuma:3001/", "http://nas./", "https://", "https://a.example:x/"]
        {
            assert!(web_link(refused).is_some() && public_link(refused).is_none(), "{refused}");
        }
    }
}
