//! What a chat is to be told next, from what it knows and what is true.

use crate::{
    domain::{Alert, Form, Incident, MessageId, Notice, Revision},
    store::{Claim, DeliveryId},
};

/// The next message to a chat about one incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A new message.
    Post {
        /// Which one of the story.
        form: Form,
        /// What it answers.
        reply_to: Option<MessageId>,
    },
    /// The alert says something new.
    Edit {
        /// The alert.
        message: MessageId,
    },
    /// The chat knows all.
    Nothing,
}

/// What a chat that knows `alert` is told next. A beginning or an end is a new message; all else changes the alert.
///
/// A chat that missed an end and the return after it has missed nothing: the alert is just brought up to date.
#[must_use]
pub fn step(alert: Option<&Alert>, incident: &Incident, edits: bool) -> Step {
    let Some(alert) = alert else {
        return Step::Post { form: Form::Alert, reply_to: None };
    };
    let knows_it_open = alert.chapter % 2 == 1;
    if alert.chapter < incident.chapter && knows_it_open != incident.is_open() {
        let form = if incident.is_open() { Form::Return } else { Form::Recovery };
        return Step::Post { form, reply_to: Some(alert.message.clone()) };
    }
    if alert.shown >= incident.revision && alert.chapter >= incident.chapter {
        return Step::Nothing;
    }
    if edits {
        Step::Edit { message: alert.message.clone() }
    } else {
        Step::Post { form: Form::Alert, reply_to: Some(alert.message.clone()) }
    }
}

/// What the chat knows after a step went well.
///
/// `is_repeat`: the platform had the message already, so it shows what was true when the claim was first made.
#[must_use]
pub fn after(step: &Step, claim: &Claim, message: MessageId, is_repeat: bool, edits: bool) -> Option<Alert> {
    let (revision, chapter) =
        if is_repeat { (claim.revision, claim.chapter) } else { (claim.incident.revision, claim.incident.chapter) };
    match (step, &claim.alert) {
        (Step::Nothing, _) => None,
        (Step::Post { .. }, None) => Some(Alert { message, shown: revision, chapter }),
        (Step::Post { form: Form::Recovery | Form::Return, .. }, Some(alert)) if edits => {
            Some(Alert { message: alert.message.clone(), shown: alert.shown, chapter })
        }
        (Step::Post { .. } | Step::Edit { .. }, Some(alert)) => {
            Some(Alert { message: alert.message.clone(), shown: revision, chapter })
        }
        (Step::Edit { .. }, None) => None,
    }
}

/// The notice of a step, `None` for [`Step::Nothing`].
#[must_use]
pub(super) fn notice(step: &Step, claim: &Claim) -> Option<Notice> {
    let form = match step {
        Step::Post { form, .. } => *form,
        Step::Edit { .. } => Form::Alert,
        Step::Nothing => return None,
    };
    let opens = claim.alert.is_none() && claim.incident.is_open() && claim.incident.planned.is_none();
    Some(Notice { form, incident: claim.incident.clone(), mention: claim.mention.clone().filter(|_| opens) })
}

/// The name of one send: the same for every repetition of it, different for any other. 16 hexadecimal digits.
#[must_use]
pub fn nonce(delivery: &DeliveryId, revision: Revision, form: Form) -> String {
    let form = match form {
        Form::Alert => "alert",
        Form::Recovery => "recovery",
        Form::Return => "return",
    };
    let name = format!("{}\n{}\n{revision}\n{form}", delivery.chat, delivery.incident);
    format!("{:016x}", stable_hash(name.as_bytes()))
}

/// FNV-1a, 64 bit: the same on every machine and in every version, which the standard library's hasher does not promise.
pub(super) fn stable_hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::{DateTime, Utc};

    use super::*;
    use crate::domain::{ChatId, Condition, IncidentId, Phase, Platform, Topic, TransitionKind};

    fn incident(revision: Revision, chapter: u32) -> Incident {
        let id = IncidentId::parse("whatsapp-1").unwrap();
        let is_open = chapter % 2 == 1;
        Incident {
            id,
            service_name: "WhatsApp".to_owned(),
            planned: None,
            title: None,
            impact: Condition::MajorOutage,
            peak: Condition::MajorOutage,
            phase: if is_open { Phase::Investigating } else { Phase::Resolved },
            started_at: DateTime::<Utc>::UNIX_EPOCH,
            resolved_at: (!is_open).then_some(DateTime::<Utc>::UNIX_EPOCH),
            seen_at: DateTime::<Utc>::UNIX_EPOCH,
            components: Vec::new(),
            regions: Vec::new(),
            url: None,
            witnesses: Vec::new(),
            updates: Vec::new(),
            revision,
            chapter,
            reopened_at: Vec::new(),
            is_flapping: false,
            last_kind: TransitionKind::Opened,
        }
    }

    /// All that a chat is told until it knows everything, from what it knew.
    fn told(mut alert: Option<Alert>, incident: Incident, edits: bool) -> Vec<&'static str> {
        let incident = Arc::new(incident);
        let mut told = Vec::new();
        loop {
            let next = step(alert.as_ref(), &incident, edits);
            told.push(match &next {
                Step::Post { form: Form::Alert, .. } => "alert",
                Step::Post { form: Form::Recovery, .. } => "recovery",
                Step::Post { form: Form::Return, .. } => "return",
                Step::Edit { .. } => "edit",
                Step::Nothing => return told,
            });
            assert!(told.len() < 5, "no end: {told:?}");
            let claim = claim(alert.clone(), &incident, 1);
            alert = after(&next, &claim, MessageId("1".into()), false, edits);
        }
    }

    fn claim(alert: Option<Alert>, incident: &Arc<Incident>, revision: Revision) -> Claim {
        Claim {
            id: delivery("1"),
            revision,
            chapter: 1,
            incident: incident.clone(),
            alert,
            topic: Topic::Service(incident.id.service.clone()),
            mention: Some("@ops".to_owned()),
            settings: None,
            attempts: 0,
            since: DateTime::<Utc>::UNIX_EPOCH,
            urgency: 0,
        }
    }

    fn delivery(address: &str) -> DeliveryId {
        let chat = ChatId { platform: Platform::Discord, address: address.into() };
        DeliveryId { chat, incident: IncidentId::parse("whatsapp-1").unwrap() }
    }

    fn knows(shown: Revision, chapter: u32) -> Option<Alert> {
        Some(Alert { message: MessageId("1".into()), shown, chapter })
    }

    #[test]
    fn an_incident_is_one_alert_that_is_edited_and_a_recovery() {
        assert_eq!(told(None, incident(1, 1), true), ["alert"]);
        assert_eq!(told(knows(1, 1), incident(4, 1), true), ["edit"]);
        assert_eq!(told(knows(4, 1), incident(5, 2), true), ["recovery", "edit"]);
        assert_eq!(told(knows(5, 2), incident(5, 2), true), Vec::<&str>::new());
    }

    #[test]
    fn a_story_that_ended_while_a_chat_was_unreachable_is_one_message() {
        assert_eq!(told(None, incident(6, 2), true), ["alert"]);
        assert_eq!(told(None, incident(6, 2), false), ["alert"]);
    }

    #[test]
    fn a_return_is_a_new_message_and_a_missed_end_is_not_told_late() {
        assert_eq!(told(knows(5, 2), incident(6, 3), true), ["return", "edit"]);
        assert_eq!(told(knows(4, 1), incident(6, 3), true), ["edit"]);
        assert_eq!(told(knows(4, 1), incident(7, 4), true), ["recovery", "edit"]);
    }

    #[test]
    fn a_platform_without_edits_gets_one_new_message_for_each_change() {
        assert_eq!(told(knows(1, 1), incident(4, 1), false), ["alert"]);
        assert_eq!(told(knows(4, 1), incident(5, 2), false), ["recovery"]);
    }

    #[test]
    fn a_message_the_platform_knew_already_shows_what_was_true_then() {
        let now = Arc::new(incident(6, 2));
        let claim = claim(None, &now, 3);
        let post = step(None, &now, true);
        let alert = after(&post, &claim, MessageId("9".into()), true, true).unwrap();
        assert_eq!((alert.shown, alert.chapter), (3, 1));
        assert_eq!(told(Some(alert), incident(6, 2), true), ["recovery", "edit"]);
    }

    #[test]
    fn only_an_opening_calls_people() {
        let open = Arc::new(incident(1, 1));
        let first = notice(&step(None, &open, true), &claim(None, &open, 1)).unwrap();
        assert_eq!(first.mention.as_deref(), Some("@ops"));
        let over = Arc::new(incident(2, 2));
        let late = notice(&step(None, &over, true), &claim(None, &over, 1)).unwrap();
        assert_eq!(late.mention, None);
        let edit = notice(&step(knows(1, 1).as_ref(), &incident(2, 1), true), &claim(knows(1, 1), &open, 1)).unwrap();
        assert_eq!(edit.mention, None);
    }

    #[test]
    fn a_nonce_is_the_same_for_a_repetition_and_differs_for_anything_else() {
        let name = nonce(&delivery("1"), 1, Form::Alert);
        assert_eq!(name, "88f5e4a6ae0d95f9");
        assert_ne!(name, nonce(&delivery("2"), 1, Form::Alert));
        assert_ne!(name, nonce(&delivery("1"), 2, Form::Alert));
        assert_ne!(name, nonce(&delivery("1"), 1, Form::Recovery));
    }
}
