//! What people type: request and snapshot in, reply and changes out. No I/O, no clock.
//!
//! The app reads what was typed ([`read`]), loads what the request [`needs`], runs it ([`run`]), applies the changes
//! and sends the reply. A [`Refusal`] of any of these has a reply of its own.

mod about;
mod choices;
mod complete;
mod components;
mod digests;
mod help;
mod incident;
mod length;
mod line;
mod maintenance;
mod menu;
mod mute;
mod mutes;
mod page;
mod pages;
mod parse;
mod refusal;
mod repeated;
mod request;
mod services;
mod settings;
mod spec;
mod standing;
mod start;
mod status;
mod subscribe;
mod subscriptions;
mod suspended;
mod test;
mod unmute;
mod unsubscribe;
mod unwatch;
mod watch;
mod welcome;
mod works;
mod zones;

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use chrono::{DateTime, Utc};
use url::Url;

use crate::domain::{
    Catalogue, Change, ChatSettings, Incident, IncidentId, Message, Mute, Muted, Service, ServiceId, Subscription,
    Track, WatchLimits,
};

pub use choices::Completion;
pub use complete::{complete, suggest};
pub use length::Length;
pub use page::{Page, PageFault, Unreachable};
pub use parse::read;
pub use refusal::Refusal;
pub use repeated::repeated;
pub use request::{Origin, Request, Typed, Value};
pub use spec::{Kind, OptionSpec, Permission, Spec, SpecFault, Summary, parse as parse_spec};
pub use suspended::tell_suspension;
pub use welcome::welcome;

/// A command: its file and its function.
struct Command {
    file: &'static str,
    declaration: &'static str,
    run: fn(&Request, &View<'_>) -> Result<Answer, Refusal>,
    /// Whether the function asks with a menu when nothing is said, and understands its buttons.
    asks: bool,
    /// Whether what it tells is for the person who asked alone.
    aside: Aside,
}

/// Whether what a command tells is for the person who asked alone.
#[derive(Clone, Copy)]
enum Aside {
    /// It is for all who read.
    Never,
    /// It is.
    Always,
    /// It is when this option was left out.
    Without(&'static str),
}

/// Ties file to function.
macro_rules! command {
    ($name:ident) => {
        Command { asks: false, ..command!($name, asks) }
    };
    ($name:ident, aside) => {
        Command { aside: Aside::Always, ..command!($name) }
    };
    ($name:ident, asks, aside without $option:literal) => {
        Command { aside: Aside::Without($option), ..command!($name, asks) }
    };
    ($name:ident, asks) => {
        Command {
            file: concat!(stringify!($name), ".toml"),
            declaration: include_str!(concat!("../../commands/", stringify!($name), ".toml")),
            run: $name::run,
            asks: true,
            aside: Aside::Never,
        }
    };
}

/// Every command, in the order of `/help`.
static COMMANDS: [Command; 16] = [
    command!(status),
    command!(subscribe, asks),
    command!(unsubscribe, asks),
    command!(subscriptions, aside),
    command!(watch),
    command!(unwatch, asks),
    command!(mute, asks),
    command!(unmute, asks),
    command!(settings, asks, aside without "value"),
    command!(services, aside),
    command!(incident),
    command!(maintenance),
    command!(test),
    command!(start),
    command!(help, aside),
    command!(about, aside),
];

static SPECS: LazyLock<Vec<Spec>> = LazyLock::new(|| {
    // A faulty file leaves its command out; `faults` tells and a test fails.
    COMMANDS.iter().filter_map(|command| parse_spec(command.file, command.declaration).ok()).collect()
});

/// What a command may look at.
pub struct View<'a> {
    /// Now.
    pub now: DateTime<Utc>,
    /// All services, with the pages that the chat watches.
    pub catalogue: &'a Catalogue,
    /// What detection remembers about a service; `None` before anything was read.
    pub tracks: &'a (dyn Fn(&ServiceId) -> Option<Arc<Track>> + 'a),
    /// The chat's subscriptions, in order of topic.
    pub subscriptions: &'a [Subscription],
    /// What the chat does not want to be told for a while.
    pub mutes: &'a [Mute],
    /// How the chat wants to be spoken to.
    pub settings: ChatSettings,
    /// The names of a service's components, as its sources wrote them last; empty while none were read.
    pub components: &'a (dyn Fn(&ServiceId) -> Arc<[String]> + 'a),
    /// The names of the regions that a service's sources name, beside those of its incidents; empty while none were read.
    pub regions: &'a (dyn Fn(&ServiceId) -> Arc<[String]> + 'a),
    /// What [`needs`] asked for: the one incident, or the service's last ones, newest first.
    pub history: &'a [Incident],
    /// How many pages may be watched.
    pub limits: WatchLimits,
    /// What was found at the address that [`Answer::page`] asked to look at; `None` before that.
    pub page: Option<&'a Result<Page, PageFault>>,
    /// The program itself.
    pub about: About,
}

/// The program itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// Its version.
    pub version: &'static str,
    /// How long it has been running.
    pub uptime: Duration,
    /// When a source was last read, well or not; `None`: not yet.
    pub last_poll: Option<DateTime<Utc>>,
    /// How well it is.
    pub wellbeing: Wellbeing,
}

/// How well the program is, as everybody may know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wellbeing {
    /// Sources of services for everybody that cannot be read now.
    pub unreadable: usize,
    /// Messages that were given up.
    pub given_up: usize,
    /// Platforms that cannot be used.
    pub unusable: usize,
}

/// What must be loaded before a request can be run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The last [`HISTORY`] incidents of this service.
    pub history_of: Option<ServiceId>,
    /// This incident.
    pub incident: Option<IncidentId>,
    /// How well the program is.
    pub wellbeing: bool,
}

/// How many incidents of a service `/incident` looks back on.
pub const HISTORY: usize = 10;

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What is said.
    pub reply: Message,
    /// What is to be changed, in one transaction.
    pub changes: Vec<Change>,
    /// Whether only the person who asked needs to see the reply, where the platform can do that.
    pub is_private: bool,
    /// Whether the reply takes the place of the message whose button was pressed.
    pub replaces: bool,
    /// Whether a sample outage and its recovery are to be shown in the chat.
    pub shows_sample: bool,
    /// Whether it says why what was asked for is not done.
    pub is_refusal: bool,
    /// An address that must be looked at first; then the request is to be run again with what was found there, and nothing
    /// else of this answer counts.
    pub page: Option<Url>,
}

/// An option that somebody is typing.
#[derive(Clone, Copy, Debug)]
pub struct Partial<'a> {
    /// The command's name, without slash.
    pub command: &'a str,
    /// The option.
    pub option: &'a str,
    /// What was typed of it.
    pub typed: &'a str,
    /// The other options, as far as they are given.
    pub given: &'a [(String, String)],
}

impl Answer {
    /// A reply for everybody, with nothing to change.
    const fn shown(reply: Message) -> Self {
        Self {
            reply,
            changes: Vec::new(),
            is_private: false,
            replaces: false,
            shows_sample: false,
            is_refusal: false,
            page: None,
        }
    }

    /// A reply that concerns only the person who asked, with nothing to change.
    fn aside(reply: Message) -> Self {
        Self { is_private: true, ..Self::shown(reply) }
    }
}

impl<'a> View<'a> {
    /// A view of the catalogue alone: nothing was read, the chat has nothing.
    #[must_use]
    pub fn bare(catalogue: &'a Catalogue, now: DateTime<Utc>) -> Self {
        fn no_track(_: &ServiceId) -> Option<Arc<Track>> {
            None
        }
        fn no_names(_: &ServiceId) -> Arc<[String]> {
            Arc::from([])
        }
        Self {
            now,
            catalogue,
            tracks: &no_track,
            subscriptions: &[],
            mutes: &[],
            settings: ChatSettings::default(),
            components: &no_names,
            regions: &no_names,
            history: &[],
            limits: WatchLimits { per_chat: 0, overall: 0 },
            page: None,
            about: About {
                version: env!("CARGO_PKG_VERSION"),
                uptime: Duration::ZERO,
                last_poll: None,
                wellbeing: Wellbeing::default(),
            },
        }
    }
}

impl View<'_> {
    fn track(&self, service: &Service) -> Option<Arc<Track>> {
        (self.tracks)(&service.id)
    }

    /// The services this chat has subscribed to, by id.
    fn subscribed_services(&self) -> Vec<&Arc<Service>> {
        let is_wanted = |service: &Service| self.subscriptions.iter().any(|one| one.topic.covers(service));
        self.catalogue.services().filter(|service| is_wanted(service)).collect()
    }
}

/// Every command's declaration, in the order of `/help`.
#[must_use]
pub fn specs() -> &'static [Spec] {
    &SPECS
}

/// Every fault in the command files that are compiled in.
#[must_use]
pub fn faults() -> Vec<SpecFault> {
    COMMANDS.iter().filter_map(|command| parse_spec(command.file, command.declaration).err()).flatten().collect()
}

/// The declaration of the command with this name.
#[must_use]
pub fn spec(name: &str) -> Option<&'static Spec> {
    specs().iter().find(|spec| spec.name == name)
}

/// What must be loaded before the request can be run.
#[must_use]
pub fn needs(request: &Request) -> Needs {
    let muted = match request.muted("what") {
        Some(Muted::Incident(id)) => Some(id),
        Some(Muted::All | Muted::Service(_)) | None => None,
    };
    let incident = request.incident("incident").or(muted).cloned();
    Needs { history_of: request.service("incident").cloned(), incident, wellbeing: request.spec.name == "about" }
}

/// Runs a request.
#[must_use]
pub fn run(request: &Request, view: &View<'_>) -> Answer {
    // A request holds the declaration of a command of the table, so there always is one; were there none, help helps.
    let run = command(request.spec)
        .map_or(help::run as fn(&Request, &View<'_>) -> Result<Answer, Refusal>, |command| command.run);
    match run(request, view) {
        Ok(answer) => Answer {
            replaces: request.turns(),
            // Who presses a button below an alert wants to read more; the others in the chat did not ask.
            is_private: answer.is_private || (request.is_press && request.spec.permission == Permission::Anyone),
            ..answer
        },
        Err(refusal) => refused(&refusal, view.settings, view.catalogue),
    }
}

/// Whether the answer to a command with these options is for the person who asked alone, as far as that can be said
/// before it is run. A refusal always is, whatever this says.
#[must_use]
pub fn is_aside(command: &str, options: &[(String, String)]) -> bool {
    match spec(command).and_then(self::command).map(|command| command.aside) {
        Some(Aside::Always) => true,
        Some(Aside::Without(needed)) => !options.iter().any(|(name, _)| name == needed),
        Some(Aside::Never) | None => false,
    }
}

/// Whether a command asks with a menu when nothing is said.
fn asks(spec: &Spec) -> bool {
    command(spec).is_some_and(|command| command.asks)
}

fn command(spec: &Spec) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.file.strip_suffix(".toml") == Some(spec.name.as_str()))
}

/// The answer to what was not done.
#[must_use]
pub fn refused(refusal: &Refusal, settings: ChatSettings, catalogue: &Catalogue) -> Answer {
    Answer { is_refusal: true, ..Answer::aside(refusal.message(settings.locale, catalogue)) }
}

#[cfg(test)]
mod tests;
