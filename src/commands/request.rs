//! What a person asked for, understood.

use std::collections::BTreeMap;

use url::Url;

use crate::{
    commands::{Length, Spec},
    domain::{ChatId, IncidentId, Muted, RequestId, ServiceId, Severity, Sources, Topic},
};

/// Where something was typed, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The request's name; the same request that comes twice has the same.
    pub id: RequestId,
    /// In which chat.
    pub chat: ChatId,
    /// Whether only one person reads there.
    pub is_private: bool,
    /// Whether the person may change the chat's subscriptions.
    pub may_manage: bool,
}

/// What was typed, as the platform hands it over.
#[derive(Clone, Copy, Debug)]
pub enum Typed<'a> {
    /// A line such as `/subscribe whatsapp major_outage`.
    Line(&'a str),
    /// A command whose options the platform has told apart.
    Call {
        /// The command's name, without slash.
        command: &'a str,
        /// Option name and value, as given.
        options: &'a [(String, String)],
    },
    /// The words of a button.
    Press(&'a str),
}

/// What a person asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where and by whom.
    pub origin: Origin,
    /// Which command.
    pub spec: &'static Spec,
    /// What stood behind it, by option name.
    pub(super) values: BTreeMap<&'static str, Value>,
    /// Whether a button asked.
    pub(super) is_press: bool,
    /// What of the command's menu the button chose; `None` when it was no button of a menu.
    pub(super) menu: Option<Vec<String>>,
}

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A number from 1.
    Integer(usize),
    /// A length of time.
    Length(Length),
    /// A service of the catalogue.
    Service(ServiceId),
    /// A service or category of the catalogue.
    Topic(Topic),
    /// The address of a page, http or https.
    Page(Url),
    /// What can be muted; whether an incident exists only the store knows.
    Muted(Muted),
    /// How bad.
    Severity(Severity),
    /// Several names.
    Names(Vec<String>),
    /// On or off.
    Switch(bool),
    /// Whose word is enough.
    Sources(Sources),
    /// An incident by its id; whether it exists only the store knows.
    Incident(IncidentId),
}

impl Request {
    /// The option's value, `None` when it was left out.
    #[must_use]
    pub fn value(&self, option: &str) -> Option<&Value> {
        self.values.get(option)
    }

    /// The words of an option; `None` when it was left out or is something else. The same holds for those below.
    #[must_use]
    pub fn text(&self, option: &str) -> Option<&str> {
        let Value::Text(words) = self.value(option)? else { return None };
        Some(words)
    }

    /// The number of an option.
    #[must_use]
    pub fn integer(&self, option: &str) -> Option<usize> {
        let Value::Integer(number) = self.value(option)? else { return None };
        Some(*number)
    }

    /// The length of time of an option.
    #[must_use]
    pub fn length(&self, option: &str) -> Option<Length> {
        let Value::Length(length) = self.value(option)? else { return None };
        Some(*length)
    }

    /// What is to be muted by an option.
    #[must_use]
    pub fn muted(&self, option: &str) -> Option<&Muted> {
        let Value::Muted(muted) = self.value(option)? else { return None };
        Some(muted)
    }

    /// What of the command's menu was chosen; `None` when it was no button of a menu.
    pub(super) fn menu(&self) -> Option<Vec<&str>> {
        Some(self.menu.as_ref()?.iter().map(String::as_str).collect())
    }

    /// Whether a button was pressed that shows another part of its own message: a page, the next step of a menu.
    pub(super) fn turns(&self) -> bool {
        self.is_press && (self.menu.is_some() || self.integer("page").is_some())
    }

    /// The service of an option.
    #[must_use]
    pub fn service(&self, option: &str) -> Option<&ServiceId> {
        let Value::Service(service) = self.value(option)? else { return None };
        Some(service)
    }

    /// The topic of an option.
    #[must_use]
    pub fn topic(&self, option: &str) -> Option<&Topic> {
        let Value::Topic(topic) = self.value(option)? else { return None };
        Some(topic)
    }

    /// The page of an option.
    #[must_use]
    pub fn page(&self, option: &str) -> Option<&Url> {
        let Value::Page(url) = self.value(option)? else { return None };
        Some(url)
    }

    /// The severity of an option.
    #[must_use]
    pub fn severity(&self, option: &str) -> Option<Severity> {
        let Value::Severity(severity) = self.value(option)? else { return None };
        Some(*severity)
    }

    /// The names of an option.
    #[must_use]
    pub fn names(&self, option: &str) -> Option<&[String]> {
        let Value::Names(names) = self.value(option)? else { return None };
        Some(names)
    }

    /// Whether an option is on.
    #[must_use]
    pub fn switch(&self, option: &str) -> Option<bool> {
        let Value::Switch(is_on) = self.value(option)? else { return None };
        Some(*is_on)
    }

    /// Whose word is enough, by an option.
    #[must_use]
    pub fn sources(&self, option: &str) -> Option<Sources> {
        let Value::Sources(sources) = self.value(option)? else { return None };
        Some(*sources)
    }

    /// The incident of an option.
    #[must_use]
    pub fn incident(&self, option: &str) -> Option<&IncidentId> {
        let Value::Incident(incident) = self.value(option)? else { return None };
        Some(incident)
    }
}
