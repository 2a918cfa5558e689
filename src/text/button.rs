//! Buttons below messages, within what every platform takes.

use crate::domain::{Act, Button, shorten, web_link};

/// The longest words a button hands back, in bytes; see [`Act::Press`].
pub const LONGEST_PRESS: usize = 60;

/// The longest label, in characters; see [`Button::label`].
const LONGEST_LABEL: usize = 40;

/// The longest address a button opens. Source: <https://discord.com/developers/docs/components/reference#button> (512).
const LONGEST_ADDRESS: usize = 512;

/// A button that hands back words; `None` when they are too long for one.
#[must_use]
pub fn press(label: &str, words: impl Into<String>) -> Option<Button> {
    let words = words.into();
    let fits = !label.is_empty() && words.len() <= LONGEST_PRESS;
    fits.then(|| Button { label: shorten(label, LONGEST_LABEL), act: Act::Press(words) })
}

/// A button that opens a page; `None` when the address is none that may be shown, or too long for one.
#[must_use]
pub fn open(label: &str, address: &str) -> Option<Button> {
    let address = web_link(address).filter(|address| address.chars().count() <= LONGEST_ADDRESS)?;
    Some(Button { label: shorten(label, LONGEST_LABEL), act: Act::Open(address) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_into_a_button_makes_none() {
        assert!(press("Timeline", "x".repeat(60)).is_some());
        assert!(press("Timeline", "x".repeat(61)).is_none());
        assert!(press("", "x").is_none());
        assert!(open("Status page", "https://status.example/").is_some());
        assert!(open("Status page", "javascript:alert(1)").is_none());
        assert!(open("Status page", &format!("https://status.example/{}", "x".repeat(500))).is_none());
        assert_eq!(press(&"ä".repeat(50), "x").unwrap().label.chars().count(), 40);
    }
}
