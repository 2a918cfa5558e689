//! A message before it is drawn by a platform: what it says and how its parts are meant, without any markup.

use chrono::{DateTime, Utc};

use crate::domain::{Condition, Locale};

/// A message before it is drawn by a platform.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// The language it is written in.
    pub locale: Locale,
    /// The colour or mark of the whole; `None` for plain replies.
    pub mark: Option<Mark>,
    /// Who is called, in words the platform's adapter understands.
    pub mention: Option<String>,
    /// Its parts, in order.
    pub blocks: Vec<Block>,
    /// Rows of buttons below it; at most five rows of at most five, which both platforms show.
    pub buttons: Vec<Vec<Button>>,
}

/// A button below a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// What stands on it; at most 40 characters.
    pub label: String,
    /// What it does.
    pub act: Act,
}

/// What a button does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Opens a page; the address is http or https.
    Open(String),
    /// Hands these words back as they are, whenever it is pressed: at most 60 bytes, so that they fit
    /// into what a platform keeps with a button (Telegram: 64 bytes, Discord: 100 characters) beside a letter of its own.
    Press(String),
}

/// A colour with a meaning; adapters draw it as colour, emoji or word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// The condition something is in.
    Condition(Condition),
    /// Something is over.
    Recovered,
    /// The request could not be fulfilled.
    Refused,
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The headline; at most one, first.
    Title(Vec<Span>),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A label with its value, such as "Since: 14:05".
    Field {
        /// What it is.
        label: Vec<Span>,
        /// What it says.
        value: Vec<Span>,
    },
    /// One line of a list, with the mark of what it is about.
    Item {
        /// The line's own mark.
        mark: Option<Mark>,
        /// The line.
        line: Vec<Span>,
    },
    /// What somebody else said, word for word; may hold line breaks.
    Quote(String),
    /// Small print at the end: who says so, how old it is.
    Footer(Vec<Span>),
}

/// A run of text with one meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Plain words.
    Text(String),
    /// Words that carry the line.
    Strong(String),
    /// Something that can be typed.
    Code(String),
    /// A link; the address is http or https.
    Link {
        /// What is shown.
        label: String,
        /// Where it leads.
        url: String,
    },
    /// A time, drawn in the reader's zone where the platform can, else in the chat's.
    Time {
        /// When.
        at: DateTime<Utc>,
        /// How it is drawn.
        style: Moment,
    },
}

/// How a time is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// "22 Nov, 14:05"
    Absolute,
    /// "5 minutes ago"
    Relative,
}
