//! What a chat is to be told next, from what it knows and what is true.

use chrono::{DateTime, Utc};

use crate::{
    domain::{Alert, ChatSettings, Form, MessageId, Notice, Sound, Updates},
    store::Claim,
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

/// How news reach a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// Whether the platform can change messages.
    pub edits: bool,
    /// Whether important updates are also messages of their own. Where messages cannot be changed they always are.
    pub updates: bool,
}

impl Manner {
    /// How news reach the claim's chat, which wants to be spoken to like this, on a platform with or without edits.
    #[must_use]
    pub fn of(claim: &Claim, edits: bool, settings: &ChatSettings) -> Self {
        let wants_updates = match settings.updates {
            Updates::Edits => false,
            Updates::Replies | Updates::Thread => true,
        };
        Self { edits, updates: edits && wants_updates && !claim.is_muted }
    }
}

/// What the claim's chat is told next. A beginning or an end is a new message, and so is what is important meanwhile
/// ([`crate::store::News`]) where the chat wants that; all else changes the alert.
///
/// What was lost has not recovered: the alert says so, and no message does.
///
/// A chat that missed an end and the return after it has missed nothing: the alert is just brought up to date. When
/// nobody knows whether it missed the end, it is told of the return.
#[must_use]
pub fn step(claim: &Claim, manner: Manner) -> Step {
    let Claim { incident, alert, .. } = claim;
    let Some(alert) = alert else {
        return Step::Post { form: Form::Alert, reply_to: None };
    };
    let is_open = |chapter: u32| chapter % 2 == 1;
    let is_owed = alert.chapter < incident.chapter;
    // Of tries in doubt, the first one was about the claim's chapter, and those after it may have been about later ones.
    let later = claim.later_chapters.iter().map(|(chapter, _)| *chapter);
    let mut in_doubt = [claim.chapter].into_iter().chain(later).filter(|_| claim.is_in_doubt);
    let may_think_otherwise = is_open(alert.chapter) != incident.is_open()
        || in_doubt.any(|chapter| chapter > alert.chapter && is_open(chapter) != incident.is_open());
    if is_owed && may_think_otherwise && !incident.is_lost() {
        let form = if incident.is_open() { Form::Return } else { Form::Recovery };
        return Step::Post { form, reply_to: alert.message.clone() };
    }
    let Some(message) = &alert.message else {
        // Nothing there can be changed or answered. What is over and known to be is not told again, also when it was back
        // meanwhile.
        let is_told = !incident.is_open() || (!is_owed && alert.shown >= incident.revision);
        return if is_told { Step::Nothing } else { Step::Post { form: Form::Alert, reply_to: None } };
    };
    if manner.updates && incident.is_open() && alert.announced < claim.news.important {
        return Step::Post { form: Form::Update, reply_to: Some(message.clone()) };
    }
    if alert.shown >= incident.revision && !is_owed {
        return Step::Nothing;
    }
    if manner.edits {
        Step::Edit { message: message.clone() }
    } else {
        Step::Post { form: Form::Alert, reply_to: Some(message.clone()) }
    }
}

/// What the chat knows after a step went well.
///
/// `repeats`: when the platform had taken this very message before, so it shows what was true then.
#[must_use]
pub fn after(
    step: &Step,
    claim: &Claim,
    message: MessageId,
    repeats: Option<DateTime<Utc>>,
    manner: Manner,
) -> Option<Alert> {
    let incident = &claim.incident;
    let shown = if repeats.is_some() { claim.revision } else { incident.revision };
    match (step, &claim.alert) {
        (Step::Nothing, _) | (Step::Edit { .. }, None) => None,
        (Step::Post { .. }, None) => {
            let chapter = match repeats {
                None => incident.chapter,
                Some(sent_at) => {
                    let later = claim.later_chapters.iter().rfind(|(_, since)| sent_at >= *since);
                    later.map_or(claim.chapter, |(chapter, _)| *chapter)
                }
            };
            Some(Alert { message: Some(message), shown, chapter, announced: shown })
        }
        // Where there is no alert any more, the message that says it is back becomes the alert.
        (Step::Post { form: Form::Return, .. }, Some(Alert { message: None, announced, .. })) => {
            let announced = shown.max(*announced);
            Some(Alert { message: Some(message), shown, chapter: incident.chapter, announced })
        }
        (Step::Post { form: Form::Recovery | Form::Return, .. }, Some(alert)) => {
            let is_edited_next = manner.edits && alert.message.is_some();
            let shown = if is_edited_next { alert.shown } else { incident.revision };
            let announced = incident.revision;
            Some(Alert { message: alert.message.clone(), shown, chapter: incident.chapter, announced })
        }
        (Step::Post { form: Form::Update, .. }, Some(alert)) => {
            Some(Alert { announced: shown.max(alert.announced), ..alert.clone() })
        }
        (Step::Post { form: Form::Alert, .. }, Some(alert)) => {
            let shown = shown.max(alert.shown);
            let message = alert.message.clone().or(Some(message));
            Some(Alert { message, shown, chapter: incident.chapter, announced: shown })
        }
        (Step::Edit { .. }, Some(alert)) => {
            let (shown, chapter) = (incident.revision, incident.chapter);
            // What the edit alone tells is told: nobody hears of it later because settings change or a mute ends.
            let announced = if manner.updates && incident.is_open() { alert.announced } else { shown };
            Some(Alert { message: Some(message), shown, chapter, announced })
        }
    }
}

/// The notice of a step, `None` for [`Step::Nothing`].
#[must_use]
pub fn notice(step: &Step, claim: &Claim) -> Option<Notice> {
    let form = match step {
        Step::Post { form, .. } => *form,
        Step::Edit { .. } => Form::Alert,
        Step::Nothing => return None,
    };
    let is_first = claim.alert.is_none() && !claim.was_told;
    let opens = is_first && claim.incident.is_open() && claim.incident.planned.is_none();
    let mention = claim.mention.clone().filter(|_| opens);
    let Claim { incident, storm, digest, .. } = claim.clone();
    Some(Notice { form, incident, storm, digest, mention })
}

/// Whether a step makes no sound, by what the chat chose ([`Sound`]).
///
/// With [`Sound::News`], what begins, comes back, ends or becomes worse makes one; planned work and digests do not. What a mute
/// covers never does.
#[must_use]
pub fn is_silent(step: &Step, claim: &Claim, sound: Sound) -> bool {
    let is_news = match (step, &claim.alert) {
        (Step::Nothing | Step::Edit { .. }, _) => false,
        _ if claim.digest.is_some() => false,
        (Step::Post { form: Form::Recovery | Form::Return, .. }, _) | (Step::Post { form: Form::Alert, .. }, None) => {
            claim.incident.planned.is_none()
        }
        (Step::Post { form: Form::Update, .. }, None) => false,
        (Step::Post { form: Form::Alert | Form::Update, .. }, Some(alert)) => alert.announced < claim.news.escalated,
    };
    claim.is_muted
        || match sound {
            Sound::News => !is_news,
            Sound::All => false,
            Sound::Off => true,
        }
}

/// The name of one send: the same for every repetition of it, different for any other. 16 hexadecimal digits.
///
/// A beginning or an end is named by its chapter: it says the same whatever else was learnt meanwhile.
#[must_use]
pub fn nonce(claim: &Claim, form: Form) -> String {
    let (form, number) = match form {
        Form::Alert => ("alert", claim.revision),
        Form::Recovery => ("recovery", claim.incident.chapter),
        Form::Return => ("return", claim.incident.chapter),
        Form::Update => ("update", claim.revision),
    };
    let name = format!("{}\n{}\n{form}\n{number}", claim.id.chat, claim.id.incident);
    format!("{:016x}", stable_hash(name.as_bytes()))
}

/// FNV-1a, 64 bit: the same on every machine and in every version, which the standard library's hasher does not promise.
pub(super) fn stable_hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::TimeDelta;

    use super::*;
    use crate::{
        domain::{
            ChatId, Condition, Digest, Incident, IncidentId, MaintenancePhase, Part, Phase, Planned, Platform,
            Revision, Topic, TransitionKind,
        },
        store::{DeliveryId, News},
    };

    const EDITS: Manner = Manner { edits: true, updates: false };
    const UPDATES: Manner = Manner { edits: true, updates: true };

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
            turned_at: DateTime::<Utc>::UNIX_EPOCH,
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
    fn told(alert: Option<Alert>, incident: Incident, edits: bool) -> Vec<&'static str> {
        told_of(alert, incident, News::default(), Manner { edits, updates: false })
    }

    fn told_of(mut alert: Option<Alert>, incident: Incident, news: News, manner: Manner) -> Vec<&'static str> {
        let incident = Arc::new(incident);
        let mut told = Vec::new();
        loop {
            let claim = Claim { news, ..claim(alert.clone(), &incident, incident.revision) };
            let next = step(&claim, manner);
            told.push(match &next {
                Step::Post { form: Form::Alert, .. } => "alert",
                Step::Post { form: Form::Recovery, .. } => "recovery",
                Step::Post { form: Form::Return, .. } => "return",
                Step::Post { form: Form::Update, .. } => "update",
                Step::Edit { .. } => "edit",
                Step::Nothing => return told,
            });
            assert!(told.len() < 5, "no end: {told:?}");
            alert = after(&next, &claim, MessageId("1".into()), None, manner);
        }
    }

    fn claim(alert: Option<Alert>, incident: &Arc<Incident>, revision: Revision) -> Claim {
        Claim {
            id: delivery("1"),
            number: 0,
            revision,
            chapter: if revision == incident.revision { incident.chapter } else { 1 },
            is_in_doubt: false,
            later_chapters: Vec::new(),
            incident: incident.clone(),
            alert,
            topic: Topic::Service(incident.id.service.clone()),
            mention: Some("@ops".to_owned()),
            settings: None,
            attempts: 0,
            since: DateTime::<Utc>::UNIX_EPOCH,
            urgency: 0,
            news: News::default(),
            is_muted: false,
            bar: None,
            was_told: false,
            storm: None,
            digest: None,
        }
    }

    fn delivery(address: &str) -> DeliveryId {
        let chat = ChatId { platform: Platform::Discord, address: address.into() };
        DeliveryId { chat, incident: IncidentId::parse("whatsapp-1").unwrap() }
    }

    fn knows(shown: Revision, chapter: u32) -> Option<Alert> {
        Some(Alert { message: Some(MessageId("1".into())), shown, chapter, announced: shown })
    }

    #[test]
    fn an_incident_is_one_alert_that_is_edited_and_a_recovery() {
        assert_eq!(told(None, incident(1, 1), true), ["alert"]);
        assert_eq!(told(knows(1, 1), incident(4, 1), true), ["edit"]);
        assert_eq!(told(knows(4, 1), incident(5, 2), true), ["recovery", "edit"]);
        assert_eq!(told(knows(5, 2), incident(5, 2), true), Vec::<&str>::new());
    }

    #[test]
    fn what_is_lost_changes_the_alert_and_is_no_recovery() {
        let lost = |revision, chapter| {
            let mut lost = incident(revision, chapter);
            lost.note_lost(Phase::Investigating, DateTime::<Utc>::UNIX_EPOCH);
            lost
        };
        assert_eq!(told(knows(4, 1), lost(5, 2), true), ["edit"]);
        assert_eq!(told(knows(4, 1), lost(5, 2), false), ["alert"]);
        let back = Incident { chapter: 3, resolved_at: None, ..lost(6, 2) };
        assert_eq!(told(knows(5, 2), back.clone(), true), ["return", "edit"], "it may yet come back");
        let over = Incident { chapter: 4, revision: 7, resolved_at: Some(DateTime::<Utc>::UNIX_EPOCH), ..back };
        assert_eq!(told(knows(6, 3), over, true), ["recovery", "edit"], "and be over");
    }

    #[test]
    fn a_story_that_ended_while_a_chat_was_unreachable_is_one_message() {
        assert_eq!(told(None, incident(6, 2), true), ["alert"]);
        assert_eq!(told(None, incident(6, 2), false), ["alert"]);
    }

    #[test]
    fn a_chat_whose_messages_stayed_behind_is_told_the_news_anew_and_each_end_and_nothing_twice() {
        let moved = |shown, chapter| knows(shown, chapter).map(|alert| Alert { message: None, ..alert });
        for manner in [EDITS, UPDATES] {
            let told = |alert, incident| told_of(alert, incident, important(4), manner);
            assert_eq!(told(moved(4, 1), incident(4, 1)), Vec::<&str>::new());
            assert_eq!(told(moved(1, 1), incident(4, 1)), ["alert"]);
            assert_eq!(told(moved(4, 1), incident(5, 2)), ["recovery"]);
            assert_eq!(told(moved(5, 2), incident(6, 2)), Vec::<&str>::new(), "it is over, and known to be");
            assert_eq!(told(moved(5, 2), incident(8, 4)), Vec::<&str>::new(), "it was back and is over again");
            assert_eq!(told(moved(5, 2), incident(6, 3)), ["return"]);
            assert_eq!(told(moved(4, 1), incident(7, 3)), ["alert"], "it missed the end and the return");
        }
        let back = claim(moved(5, 2), &Arc::new(incident(6, 3)), 6);
        let alert = after(&step(&back, EDITS), &back, MessageId("8".into()), None, EDITS).unwrap();
        assert_eq!(
            told(Some(alert), incident(7, 3), true),
            ["edit"],
            "the message that says it is back is the alert now"
        );
        let claim = claim(moved(1, 1), &Arc::new(incident(4, 1)), 4);
        let post = step(&claim, EDITS);
        assert_eq!(post, Step::Post { form: Form::Alert, reply_to: None });
        assert_eq!(notice(&post, &claim).unwrap().mention, None, "nobody is called twice");
        let alert = after(&post, &claim, MessageId("9".into()), None, EDITS).unwrap();
        assert_eq!(alert.message, Some(MessageId("9".into())), "from then on that is the alert");
    }

    #[test]
    fn a_return_is_a_new_message_and_a_missed_end_is_not_told_late() {
        assert_eq!(told(knows(5, 2), incident(6, 3), true), ["return", "edit"]);
        assert_eq!(told(knows(4, 1), incident(6, 3), true), ["edit"]);
        assert_eq!(told(knows(4, 1), incident(7, 4), true), ["recovery", "edit"]);
    }

    fn important(important: Revision) -> News {
        News { important, escalated: 0 }
    }

    #[test]
    fn an_important_update_is_also_a_message_where_that_is_wanted_and_only_once() {
        assert_eq!(told_of(knows(1, 1), incident(4, 1), important(3), UPDATES), ["update", "edit"]);
        assert_eq!(told_of(knows(1, 1), incident(4, 1), important(3), EDITS), ["edit"]);
        assert_eq!(told_of(knows(3, 1), incident(4, 1), important(3), UPDATES), ["edit"], "it was told as a message");
        assert_eq!(told_of(knows(4, 1), incident(4, 1), important(4), UPDATES), Vec::<&str>::new());
    }

    #[test]
    fn what_a_beginning_an_end_or_a_return_tells_is_no_update_as_well() {
        assert_eq!(told_of(None, incident(4, 1), important(4), UPDATES), ["alert"]);
        assert_eq!(told_of(knows(1, 1), incident(4, 2), important(3), UPDATES), ["recovery", "edit"]);
        assert_eq!(told_of(knows(3, 2), incident(5, 3), important(5), UPDATES), ["return", "edit"]);
    }

    #[test]
    fn an_update_after_a_missed_end_and_return_leaves_the_alert_to_be_edited() {
        assert_eq!(told_of(knows(4, 1), incident(7, 3), important(7), UPDATES), ["update", "edit"]);
    }

    #[test]
    fn what_only_the_edit_told_is_not_sent_later() {
        let now = Arc::new(incident(4, 1));
        let claim = Claim { news: important(4), ..claim(knows(1, 1), &now, 4) };
        let edited = after(&step(&claim, EDITS), &claim, MessageId("1".into()), None, EDITS);
        assert_eq!(told_of(edited, incident(4, 1), important(4), UPDATES), Vec::<&str>::new());
    }

    #[test]
    fn a_muted_chat_gets_no_updates_as_messages() {
        let settings = ChatSettings { updates: Updates::Replies, ..ChatSettings::default() };
        let claim = claim(knows(1, 1), &Arc::new(incident(2, 1)), 2);
        assert_eq!(Manner::of(&claim, true, &settings), UPDATES);
        assert_eq!(Manner::of(&claim, true, &ChatSettings::default()), EDITS);
        let muted = Claim { is_muted: true, ..claim };
        assert_eq!(Manner::of(&muted, true, &settings), EDITS);
        assert!(!Manner::of(&muted, false, &settings).edits);
    }

    #[test]
    fn beginnings_ends_returns_and_worse_make_a_sound_and_nothing_else_does() {
        let silent = |alert: Option<Alert>, incident: Incident, news: News, sound: Sound| {
            let claim = Claim { news, ..claim(alert, &Arc::new(incident), 1) };
            is_silent(&step(&claim, UPDATES), &claim, sound)
        };
        let none = News::default();
        let worse = News { important: 4, escalated: 3 };
        let planned = || Incident {
            planned: Some(Planned { phase: MaintenancePhase::Scheduled, starts_at: None, ends_at: None }),
            ..incident(1, 1)
        };
        assert!(!silent(None, incident(1, 1), none, Sound::News), "opening");
        assert!(!silent(knows(1, 1), incident(2, 2), none, Sound::News), "recovery");
        assert!(!silent(knows(2, 2), incident(3, 3), none, Sound::News), "return");
        assert!(!silent(knows(1, 1), incident(4, 1), worse, Sound::News), "worse, whatever was said since");
        assert!(silent(knows(3, 1), incident(4, 1), worse, Sound::News), "it was worse before");
        assert!(silent(knows(1, 1), incident(4, 1), important(4), Sound::News), "words");
        assert!(silent(None, planned(), none, Sound::News), "maintenance");
        assert!(!silent(None, planned(), none, Sound::All));
        assert!(!silent(knows(1, 1), incident(4, 1), important(4), Sound::All));
        assert!(silent(None, incident(1, 1), none, Sound::Off));
        let muted = Claim { is_muted: true, ..claim(knows(1, 1), &Arc::new(incident(2, 2)), 1) };
        assert!(is_silent(&step(&muted, EDITS), &muted, Sound::All), "a mute covers it");
    }

    #[test]
    fn a_platform_without_edits_gets_one_new_message_for_each_change() {
        assert_eq!(told(knows(1, 1), incident(4, 1), false), ["alert"]);
        assert_eq!(told(knows(4, 1), incident(5, 2), false), ["recovery"]);
    }

    #[test]
    fn a_message_the_platform_knew_already_shows_what_was_true_then() {
        let now = Arc::new(incident(6, 2));
        let turned_at = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::hours(1);
        let claim = Claim { is_in_doubt: true, later_chapters: vec![(2, turned_at)], ..claim(None, &now, 3) };
        let post = step(&claim, EDITS);
        let before = turned_at - TimeDelta::minutes(1);
        let early = after(&post, &claim, MessageId("9".into()), Some(before), EDITS).unwrap();
        assert_eq!((early.shown, early.chapter), (3, 1));
        assert_eq!(told(Some(early), incident(6, 2), true), ["recovery", "edit"]);
        let late = after(&post, &claim, MessageId("9".into()), Some(turned_at), EDITS).unwrap();
        assert_eq!((late.shown, late.chapter), (3, 2));
        assert_eq!(told(Some(late), incident(6, 2), true), ["edit"]);
        let again = turned_at + TimeDelta::hours(1);
        let claim = Claim { later_chapters: vec![(2, turned_at), (3, again)], ..claim };
        let back = after(&post, &claim, MessageId("9".into()), Some(again), EDITS).unwrap();
        assert_eq!((back.shown, back.chapter), (3, 3));
        assert_eq!(told(Some(back), incident(6, 4), true), ["recovery", "edit"], "it was back when it arrived");
    }

    #[test]
    fn who_may_have_heard_of_an_end_is_told_of_the_return() {
        let back = Arc::new(incident(6, 3));
        let sure = Claim { chapter: 2, ..claim(knows(4, 1), &back, 5) };
        assert!(matches!(step(&sure, EDITS), Step::Edit { .. }));
        let doubtful = Claim { is_in_doubt: true, ..sure.clone() };
        assert!(matches!(step(&doubtful, EDITS), Step::Post { form: Form::Return, .. }));
        let edit_first =
            Claim { is_in_doubt: true, chapter: 1, later_chapters: vec![(2, DateTime::UNIX_EPOCH)], ..sure };
        assert!(matches!(step(&edit_first, EDITS), Step::Post { form: Form::Return, .. }), "an edit, then the end");
    }

    #[test]
    fn a_storm_is_told_by_the_same_rules_and_never_update_by_update() {
        let id = IncidentId::of_storm(1);
        let storm = |address: &str| DeliveryId { incident: id.clone(), ..delivery(address) };
        let of = |alert: Option<Alert>, revision, chapter| {
            let whole = Arc::new(Incident { id: id.clone(), ..incident(revision, chapter) });
            Claim { id: storm("1"), storm: Some(Arc::default()), ..claim(alert, &whole, revision) }
        };
        let first = of(None, 9, 1);
        let told = notice(&step(&first, UPDATES), &first).unwrap();
        assert_eq!((told.form, told.storm, told.mention.as_deref()), (Form::Alert, first.storm.clone(), Some("@ops")));
        assert!(!is_silent(&step(&first, UPDATES), &first, Sound::News));
        assert!(matches!(step(&of(knows(9, 1), 14, 1), UPDATES), Step::Edit { .. }));
        assert!(matches!(step(&of(knows(9, 1), 14, 2), UPDATES), Step::Post { form: Form::Recovery, .. }));
        assert!(matches!(step(&of(knows(14, 2), 15, 3), UPDATES), Step::Post { form: Form::Return, .. }));
        assert_eq!(step(&of(knows(14, 2), 14, 2), UPDATES), Step::Nothing);
        assert_eq!(nonce(&first, Form::Alert), nonce(&Claim { revision: 9, ..of(None, 12, 1) }, Form::Alert));
        assert_ne!(nonce(&first, Form::Alert), nonce(&Claim { id: storm("2"), ..first.clone() }, Form::Alert));
    }

    #[test]
    fn a_digest_is_one_message_that_makes_a_sound_only_where_all_do() {
        let at = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let (none, id) = (Part::default, IncidentId::of_digest(3));
        let digest = Digest { since: at, until: at, open: none(), over: none(), running: none(), ahead: none() };
        let whole = Arc::new(digest.as_incident(id.clone()));
        let claim = Claim {
            id: DeliveryId { incident: id, ..delivery("1") },
            digest: Some(Arc::new(digest)),
            mention: None,
            ..claim(None, &whole, whole.revision)
        };
        let post = step(&claim, UPDATES);
        assert_eq!(post, Step::Post { form: Form::Alert, reply_to: None });
        assert_eq!(notice(&post, &claim).unwrap().digest, claim.digest);
        assert!(is_silent(&post, &claim, Sound::News) && is_silent(&post, &claim, Sound::Off));
        assert!(!is_silent(&post, &claim, Sound::All));
        assert_eq!(Digest::time_of(whole.revision), at);
    }

    #[test]
    fn only_an_opening_calls_people() {
        let called = |alert: Option<Alert>, incident: Incident| {
            let claim = claim(alert, &Arc::new(incident), 1);
            notice(&step(&claim, EDITS), &claim).unwrap().mention
        };
        assert_eq!(called(None, incident(1, 1)).as_deref(), Some("@ops"));
        assert_eq!(called(None, incident(2, 2)), None, "it is over");
        assert_eq!(called(knows(1, 1), incident(2, 1)), None, "an edit");
        let removed = Claim { was_told: true, ..claim(None, &Arc::new(incident(2, 1)), 2) };
        assert_eq!(notice(&step(&removed, EDITS), &removed).unwrap().mention, None, "they were called before");
    }

    #[test]
    fn a_nonce_is_the_same_for_a_repetition_and_differs_for_anything_else() {
        let name = |address: &str, revision, chapter, form| {
            let claim = claim(None, &Arc::new(incident(9, chapter)), revision);
            nonce(&Claim { id: delivery(address), ..claim }, form)
        };
        let first = name("1", 1, 1, Form::Alert);
        assert_eq!(first, name("1", 1, 2, Form::Alert), "the incident has gone on meanwhile");
        assert_ne!(first, name("2", 1, 1, Form::Alert));
        assert_ne!(first, name("1", 2, 1, Form::Alert));
        assert_ne!(first, name("1", 1, 1, Form::Recovery));
        let recovery = name("1", 3, 2, Form::Recovery);
        assert_eq!(recovery, name("1", 4, 2, Form::Recovery), "more was said about it meanwhile");
        assert_ne!(recovery, name("1", 3, 4, Form::Recovery));
    }
}
