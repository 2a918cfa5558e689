//! Why something typed was not done, said to the person with what to do instead.

use crate::{
    commands::{PageFault, Spec, digests, help, page::Unreachable},
    domain::{Catalogue, IncidentId, Locale, Mark, Message, Platform, ServiceId, Severity, Span},
    text::{Draft, Joint, Text, affected, bounded, join, plain},
};

/// Places without a status page that are named.
const MOST_TRIED: usize = 4;

/// Why something typed was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It does not begin with a slash.
    NotACommand,
    /// There is no such command.
    UnknownCommand {
        /// What was typed.
        typed: String,
        /// Commands of nearly that name.
        near: Vec<String>,
    },
    /// The catalogue has no such service.
    UnknownService {
        /// What was typed.
        typed: String,
        /// Services of nearly that name, the likeliest first.
        near: Vec<ServiceId>,
        /// Categories of nearly that name, where one may stand.
        categories: Vec<String>,
    },
    /// It is a category where a service is wanted.
    IsCategory {
        /// Which.
        category: String,
    },
    /// There is no such incident.
    UnknownIncident {
        /// What was typed.
        typed: String,
    },
    /// The chat has no such subscription.
    NotSubscribed {
        /// What was typed, or its name.
        typed: String,
        /// A subscription to a category that covers it.
        category: Option<String>,
    },
    /// It is no address of a web page.
    NoAddress {
        /// Of which command.
        spec: &'static Spec,
        /// What was typed.
        typed: String,
    },
    /// The address carries a user's name or password.
    SecretInAddress,
    /// What is at the address cannot be watched, or not now.
    Page {
        /// Host and port of the address.
        host: String,
        /// Why.
        fault: PageFault,
    },
    /// The operator lets nobody watch pages.
    WatchingOff,
    /// The chat watches as many pages as it may.
    WatchesEnough {
        /// How many that are.
        most: usize,
    },
    /// The chat watches the page already.
    WatchedAlready {
        /// What it is called.
        name: String,
        /// The page.
        id: ServiceId,
    },
    /// Another service is called so.
    NameTaken {
        /// The service.
        name: String,
    },
    /// The chat watches no such page.
    NotWatched {
        /// What was typed.
        typed: String,
        /// The service of the catalogue that was meant.
        known: Option<ServiceId>,
        /// What the chat does watch.
        watched: Vec<String>,
    },
    /// It is no word for a severity.
    BadSeverity {
        /// Of which command.
        spec: &'static Spec,
        /// What was typed.
        typed: String,
    },
    /// It is no whole number from 1.
    BadNumber {
        /// Of which command.
        spec: &'static Spec,
        /// What was typed.
        typed: String,
    },
    /// It is no length of time.
    BadDuration {
        /// Of which command.
        spec: &'static Spec,
        /// What was typed.
        typed: String,
    },
    /// Nobody can be called so on this platform.
    BadMention {
        /// On which.
        platform: Platform,
        /// What was typed.
        typed: String,
    },
    /// None of the named components exists there.
    UnknownComponents {
        /// What people call the service or category.
        topic: String,
        /// What was typed.
        typed: String,
        /// Components of nearly that name; where there are none, some that exist.
        near: Vec<String>,
        /// Whether `near` are of nearly that name.
        is_near: bool,
    },
    /// More components than one subscription holds.
    TooManyComponents {
        /// How many it holds.
        most: usize,
    },
    /// It is not muted here.
    NotMuted {
        /// What was typed, or its name.
        typed: String,
    },
    /// The incident is over.
    AlreadyOver {
        /// Which.
        incident: IncidentId,
    },
    /// There is no such setting.
    UnknownSetting {
        /// What was typed.
        typed: String,
        /// Those there are.
        known: Vec<&'static str>,
    },
    /// The setting cannot be so.
    BadChoice {
        /// What was typed.
        typed: String,
        /// What it can be.
        known: Vec<&'static str>,
    },
    /// A digest cannot come then.
    BadSchedule {
        /// What was typed.
        typed: String,
    },
    /// There is no such time zone.
    UnknownZone {
        /// What was typed.
        typed: String,
        /// Zones of nearly that name.
        near: Vec<&'static str>,
    },
    /// A button of former times, or of something that is no more.
    Outdated {
        /// What to type instead.
        command: String,
    },
    /// Something the command needs was left out.
    Missing {
        /// Of which command.
        spec: &'static Spec,
        /// Which option.
        option: String,
    },
    /// The command has no such option.
    UnknownOption {
        /// Of which command.
        spec: &'static Spec,
        /// What was typed.
        typed: String,
    },
    /// More was typed than the command knows what to do with.
    TooMuch {
        /// Of which command.
        spec: &'static Spec,
        /// The first of what is too much.
        typed: String,
    },
    /// Only people who manage the chat may.
    NotManager {
        /// Which command.
        spec: &'static Spec,
    },
    /// The command does not exist on this platform.
    NotHere {
        /// Which command.
        spec: &'static Spec,
    },
    /// Something went wrong that is no fault of the person's.
    Failed {
        /// What the log has it under.
        reference: String,
    },
}

impl Refusal {
    /// The reply.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "an arm for each refusal, which reads better whole")]
    pub fn message(&self, locale: Locale, catalogue: &Catalogue) -> Message {
        let mut draft = Draft::new(locale);
        draft.mark(Mark::Refused);
        match self {
            Self::NotACommand => draft.paragraph(&Text::NotACommand { command: "/help" }),
            Self::UnknownCommand { typed, near } => {
                let typed = format!("/{typed}");
                let near: Vec<Span> = near.iter().map(|name| Span::Code(format!("/{name}"))).collect();
                let near = join(locale, Joint::Or, &near);
                draft.paragraph(&Text::UnknownCommand { typed: &typed, command: "/help" });
                if !near.is_empty() {
                    draft.paragraph(&Text::DidYouMean { near: &near });
                }
            }
            Self::UnknownService { typed, near, categories } => {
                draft.paragraph(&Text::UnknownService { typed, command: "/services" });
                let services = near.iter().filter_map(|id| catalogue.by_id(id)).map(|service| &service.name);
                let near: Vec<Span> = services.chain(categories).cloned().map(Span::Strong).collect();
                let near = join(locale, Joint::Or, &near);
                if !near.is_empty() {
                    draft.paragraph(&Text::DidYouMean { near: &near });
                }
            }
            Self::IsCategory { category } => {
                let command = format!("/services {category}");
                draft.paragraph(&Text::IsCategory { category, command: &command });
            }
            Self::UnknownIncident { typed } => {
                draft.paragraph(&Text::UnknownIncident { typed, command: "/incident whatsapp" });
            }
            Self::NotSubscribed { typed, category } => {
                draft.paragraph(&Text::NotSubscribed { typed, command: "/subscriptions" });
                if let Some(category) = category {
                    let command = format!("/unsubscribe {category}");
                    draft.paragraph(&Text::CoveredByCategory { category, command: &command });
                }
            }
            Self::NoAddress { spec, typed } => {
                draft.paragraph(&Text::NoAddress { typed });
                usage(&mut draft, spec);
            }
            Self::SecretInAddress => draft.paragraph(&Text::SecretInAddress),
            Self::Page { host, fault } => page(locale, &mut draft, host, fault),
            Self::WatchingOff => draft.paragraph(&Text::WatchingOff { command: "/services" }),
            Self::WatchesEnough { most } => {
                draft.paragraph(&Text::WatchesEnough { count: *most, command: "/unwatch" });
            }
            Self::WatchedAlready { name, id } => {
                let (status, end) = (format!("/status {id}"), format!("/unwatch {id}"));
                draft.paragraph(&Text::WatchedAlready { page: name, status: &status, command: &end });
            }
            Self::NameTaken { name } => draft.paragraph(&Text::NameTaken { service: name }),
            Self::NotWatched { typed, known, watched } => {
                draft.paragraph(&Text::NotWatched { typed });
                if let Some(id) = known {
                    draft.paragraph(&Text::EndsOtherwise { command: &format!("/unsubscribe {id}") });
                }
                if !watched.is_empty() {
                    draft.paragraph(&Text::WatchedHere { list: &affected(locale, watched) });
                }
            }
            Self::BadSeverity { spec, typed } => {
                let known = known(locale, &Severity::ALL.map(Severity::word));
                draft.paragraph(&Text::BadSeverity { typed, known: &known });
                usage(&mut draft, spec);
            }
            Self::BadNumber { spec, typed } => {
                draft.paragraph(&Text::BadNumber { typed });
                usage(&mut draft, spec);
            }
            Self::BadDuration { spec, typed } => {
                let known = known(locale, &["2h", "3d", &plain(locale, &Text::UntilExample)]);
                draft.paragraph(&Text::BadDuration { typed, known: &known });
                usage(&mut draft, spec);
            }
            Self::BadMention { platform, typed } => {
                draft.paragraph(&Text::BadMention { platform: platform.word(), typed });
            }
            Self::UnknownComponents { topic, typed, near, is_near } => {
                draft.paragraph(&Text::UnknownComponents { topic, typed });
                if *is_near {
                    let near: Vec<Span> = near.iter().cloned().map(Span::Strong).collect();
                    draft.paragraph(&Text::DidYouMean { near: &join(locale, Joint::Or, &near) });
                } else {
                    draft.paragraph(&Text::KnownComponents { list: &affected(locale, near) });
                }
            }
            Self::TooManyComponents { most } => draft.paragraph(&Text::TooManyComponents { count: *most }),
            Self::NotMuted { typed } => draft.paragraph(&Text::NotMuted { typed, command: "/subscriptions" }),
            Self::AlreadyOver { incident } => {
                let (incident, command) = (incident.to_string(), format!("/incident {incident}"));
                draft.paragraph(&Text::AlreadyOver { incident: &incident, command: &command });
            }
            Self::UnknownSetting { typed, known: words } => {
                draft.paragraph(&Text::UnknownSetting { typed, known: &known(locale, words) });
            }
            Self::BadChoice { typed, known: words } => {
                draft.paragraph(&Text::BadChoice { typed, known: &known(locale, words) });
            }
            Self::BadSchedule { typed } => {
                let examples: Vec<Span> = digests::EXAMPLES.map(|one| Span::Code(one.to_owned())).to_vec();
                draft.paragraph(&Text::BadSchedule { typed, examples: &join(locale, Joint::Or, &examples) });
            }
            Self::UnknownZone { typed, near } => {
                draft.paragraph(&Text::UnknownZone { typed, example: "Europe/Vienna" });
                if !near.is_empty() {
                    draft.paragraph(&Text::DidYouMean { near: &known(locale, near) });
                }
            }
            Self::Outdated { command } => draft.paragraph(&Text::Outdated { command }),
            Self::Missing { spec, option } => {
                let option = spec.options.iter().find(|other| other.name == *option);
                let wanted = option.map_or("", |option| option.summary.say(locale));
                draft.paragraph(&Text::Missing { command: &format!("/{}", spec.name), wanted });
                usage(&mut draft, spec);
            }
            Self::UnknownOption { spec, typed } => {
                draft.paragraph(&Text::UnknownOption { command: &format!("/{}", spec.name), typed });
                usage(&mut draft, spec);
            }
            Self::TooMuch { spec, typed } => {
                draft.paragraph(&Text::TooMuch { command: &format!("/{}", spec.name), typed });
                usage(&mut draft, spec);
            }
            Self::NotManager { spec } => draft.paragraph(&Text::NotManager { command: &format!("/{}", spec.name) }),
            Self::Failed { reference } => draft.paragraph(&Text::Failed { reference }),
            Self::NotHere { spec } => draft.paragraph(&Text::NotHere { command: &format!("/{}", spec.name) }),
        }
        draft.finish()
    }
}

/// Why what is at an address cannot be watched, and what to do instead.
fn page(locale: Locale, draft: &mut Draft, host: &str, fault: &PageFault) {
    match fault {
        PageFault::NotPublic { host } => draft.paragraph(&Text::PageNotPublic { host }),
        PageFault::Port { host } => draft.paragraph(&Text::PagePort { host }),
        PageFault::Unreachable(why) => {
            let number = match why {
                Unreachable::Status(status) => status.to_string(),
                Unreachable::Unknown
                | Unreachable::Refused
                | Unreachable::Tls
                | Unreachable::Connection
                | Unreachable::Redirects
                | Unreachable::TooLarge => String::new(),
            };
            draft.paragraph(&Text::PageUnreachable { host, why: why.word(), status: &number });
        }
        PageFault::Slow => draft.paragraph(&Text::PageSlow { host }),
        PageFault::Nothing { tried } => {
            draft.paragraph(&Text::PageNothing { host });
            if !tried.is_empty() {
                draft.paragraph(&Text::PageTried { list: &bounded(locale, tried, MOST_TRIED) });
            }
        }
        PageFault::Busy => draft.paragraph(&Text::PageBusy),
        PageFault::TooOften { wait } => draft.paragraph(&Text::PageTooOften { wait: *wait }),
        PageFault::Full => draft.paragraph(&Text::PagesFull),
    }
}

/// Words that can be typed, as a list.
fn known(locale: Locale, words: &[&str]) -> Vec<Span> {
    let words: Vec<Span> = words.iter().map(|word| Span::Code((*word).to_owned())).collect();
    join(locale, Joint::Or, &words)
}

fn usage(draft: &mut Draft, spec: &Spec) {
    draft.paragraph(&Text::Usage { usage: &help::usage(spec), example: &spec.example });
}
