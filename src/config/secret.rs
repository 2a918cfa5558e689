//! Tokens: held, handed to the adapter that needs them, never shown.

use std::fmt;

/// A token. Shows as `***`; [`Secret::reveal`] is the only way to its text.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The secret in this text, without white space around it; `None` when nothing is left or white space or control
    /// characters stand inside, which no token has.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits =
            !text.is_empty() && !text.chars().any(|character| character.is_whitespace() || character.is_control());
        fits.then(|| Self(text.to_owned()))
    }

    /// The text itself, for the request that needs it and nothing else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("***")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_shows_as_stars() {
        let secret = Secret::new(" s3cret\n").unwrap();
        assert_eq!(format!("{secret} {secret:?} {:?}", Some(&secret)), "*** *** Some(***)");
        assert_eq!(secret.reveal(), "s3cret");
    }

    #[test]
    fn text_that_is_no_token_is_no_secret() {
        assert_eq!(Secret::new(" \n"), None);
        assert_eq!(Secret::new("two words"), None);
    }
}
