//! What is told about a transition, as data; it is put into words only when it is sent.

use std::sync::Arc;

use crate::domain::{Digest, Incident, MessageId, Revision, Storm};

/// Which message of an incident's story a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// The alert itself: the first message, or the same one edited. It tells the incident as it stands now; when the
    /// first message comes after the end, it tells beginning and end in one.
    Alert,
    /// The new message that says it is over, in reply to the alert.
    Recovery,
    /// The new message that says it is back, in reply to the alert.
    Return,
    /// The new message that tells an important update, for chats that asked for more than edits
    /// ([`crate::domain::Updates`]): in reply to the alert, or in its thread.
    Update,
}

/// What is told to one chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Which message of the story.
    pub form: Form,
    /// The incident as it stands. For a storm what it comes to as a whole, see [`Storm::as_incident`].
    pub incident: Arc<Incident>,
    /// The outages that are told together; `None`: a single incident is told.
    pub storm: Option<Arc<Storm>>,
    /// How things are, see [`Digest::as_incident`]; `None`: it is no digest.
    pub digest: Option<Arc<Digest>>,
    /// Who is called, in words the platform's adapter understands; only ever set on an opening.
    pub mention: Option<String>,
}

/// What one chat has been told of one incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// The alert's message; `None` when the chat has moved since and its messages stayed behind.
    pub message: Option<MessageId>,
    /// The revision the alert's message shows.
    pub shown: Revision,
    /// The chapter (see [`Incident::chapter`]) the chat knows of.
    pub chapter: u32,
    /// The last revision whose news the chat had as a message of its own: of the alert itself, a recovery, a return or an
    /// update.
    pub announced: Revision,
}
