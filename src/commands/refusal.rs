//! Why something typed was not done, said to the person with what to do instead.

use crate::{
    commands::{Spec, help},
    domain::{Catalogue, Locale, Mark, Message, ServiceId, Severity, Span},
    text::{Draft, Joint, Text, join},
};

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
            Self::BadSeverity { spec, typed } => {
                let known: Vec<Span> =
                    Severity::ALL.into_iter().map(|severity| Span::Code(severity.word().to_owned())).collect();
                draft.paragraph(&Text::BadSeverity { typed, known: &join(locale, Joint::Or, &known) });
                usage(&mut draft, spec);
            }
            Self::BadNumber { spec, typed } => {
                draft.paragraph(&Text::BadNumber { typed });
                usage(&mut draft, spec);
            }
            Self::BadDuration { spec, typed } => {
                draft.paragraph(&Text::BadDuration { typed, example: "2h 30m" });
                usage(&mut draft, spec);
            }
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

fn usage(draft: &mut Draft, spec: &Spec) {
    draft.paragraph(&Text::Usage { usage: &help::usage(spec), example: &spec.example });
}
