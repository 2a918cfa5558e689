//! `/test`: a sample outage in a chat, told as a real one would be: the alert, news about it, the recovery in reply.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use tracing::info;

use crate::{
    chat::{DeliveryError, Parcel, SharedChat},
    clock::Clock,
    commands::Origin,
    dispatch::{Besides, Manner, Pace, Step, after, is_silent, nonce, notice, step},
    domain::{
        ChatId, ChatSettings, Condition, Incident, IncidentId, Locale, Mark, Message, Phase, Role, ServiceId, SourceId,
        SourceKind, Topic, TransitionKind, Update, Witness,
    },
    store::{Claim, DeliveryId, News},
    text::{Draft, Text, plain},
};

/// Between two parts of the story, so that people see the alert change.
const BETWEEN: Duration = Duration::from_secs(2);
/// The longest one message may take.
const SEND_LIMIT: Duration = Duration::from_secs(20);
/// The longest wait for a limit of the platform.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// The id that no service of a catalogue needs to have: what `/incident` finds under it does not matter.
const SERVICE: &str = "test";
/// Samples that are being shown at the same time.
const MOST: usize = 256;
/// When the sample outage is said to have begun.
const BEGAN: TimeDelta = TimeDelta::minutes(4);

/// Where a sample is shown.
#[derive(Clone)]
pub(super) struct Stage {
    pub(super) chat: SharedChat,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) besides: Besides,
}

/// The samples that are being shown: one in a chat, and not too many.
#[derive(Clone, Default)]
pub(super) struct Samples(Arc<Mutex<HashSet<ChatId>>>);

/// A sample's place among those.
struct Place {
    samples: Samples,
    chat: ChatId,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.samples.all().remove(&self.chat);
    }
}

impl Samples {
    /// Posts the alert of a sample outage; `None`: one is being shown there already.
    ///
    /// # Errors
    ///
    /// [`DeliveryError`] when the chat cannot be written to, or too many samples are being shown; nothing follows then.
    pub(super) async fn begin(
        &self,
        stage: Stage,
        origin: &Origin,
        settings: ChatSettings,
    ) -> Result<Option<Sample>, DeliveryError> {
        let Some(place) = self.take(&origin.chat)? else { return Ok(None) };
        let mut sample = begin(stage, origin, settings).await?;
        sample.place = Some(place);
        Ok(Some(sample))
    }

    fn take(&self, chat: &ChatId) -> Result<Option<Place>, DeliveryError> {
        let mut all = self.all();
        if all.contains(chat) {
            return Ok(None);
        }
        if all.len() >= MOST {
            let reason = "too many tests are being shown elsewhere; try again in a minute".to_owned();
            return Err(DeliveryError::Temporary { reason, is_in_doubt: false });
        }
        all.insert(chat.clone());
        drop(all);
        Ok(Some(Place { samples: self.clone(), chat: chat.clone() }))
    }

    fn all(&self) -> std::sync::MutexGuard<'_, HashSet<ChatId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A sample whose alert was posted.
pub(super) struct Sample {
    stage: Stage,
    claim: Claim,
    settings: ChatSettings,
    manner: Manner,
    pace: Pace,
    /// Given back when the sample ends, however it does.
    place: Option<Place>,
}

/// Posts the alert of a sample outage.
///
/// # Errors
///
/// [`DeliveryError`] when the chat cannot be written to; nothing follows then.
async fn begin(stage: Stage, origin: &Origin, settings: ChatSettings) -> Result<Sample, DeliveryError> {
    let claim = claim(origin, settings.locale, stage.clock.now());
    let manner = Manner { edits: stage.chat.limits().edits, updates: false };
    let mut sample = Sample { stage, claim, settings, manner, pace: Pace::new(None), place: None };
    sample.tell().await?;
    Ok(sample)
}

impl Sample {
    /// Tells the rest of the story. What fails now is but logged: the answer to the command was given.
    pub(super) async fn finish(mut self) {
        let now = self.stage.clock.now();
        let news = revised(&self.claim.incident, TransitionKind::Updated, |incident| {
            incident.phase = Phase::Identified;
            incident.updates.push(words(2, Phase::Identified, now, plain(self.settings.locale, &Text::SampleNews)));
        });
        let over = revised(&news, TransitionKind::Resolved, |incident| {
            incident.chapter += 1;
            incident.phase = Phase::Resolved;
            incident.impact = Condition::Operational;
            incident.resolved_at = Some(now);
        });
        for incident in [news, over] {
            self.stage.clock.sleep(BETWEEN).await;
            let revision = incident.revision;
            self.claim = Claim { revision, incident: Arc::new(incident), ..self.claim.clone() };
            while step(&self.claim, self.manner) != Step::Nothing {
                if let Err(cause) = self.tell().await {
                    info!(chat = %self.claim.id.chat, cause = &cause as &dyn std::error::Error, "a sample ended early");
                    return;
                }
            }
        }
    }

    /// Sends the next message of the story, at the chat's pace.
    async fn tell(&mut self) -> Result<(), DeliveryError> {
        match self.send().await {
            Err(DeliveryError::RateLimited { after, .. } | DeliveryError::Early { after, .. })
                if after <= LONGEST_WAIT =>
            {
                self.stage.clock.sleep(after).await;
                self.send().await
            }
            sent => sent,
        }
    }

    async fn send(&mut self) -> Result<(), DeliveryError> {
        let Stage { chat, clock, besides } = &self.stage;
        let step = step(&self.claim, self.manner);
        let Some(notice) = notice(&step, &self.claim) else { return Ok(()) };
        let to = self.claim.id.chat.clone();
        let wait = self.pace.chat_ready(&to, clock.uptime()).saturating_sub(clock.uptime());
        clock.sleep(wait.min(LONGEST_WAIT)).await;
        let (target, reply_to) = match &step {
            Step::Edit { message } => (Some(message.clone()), None),
            Step::Post { reply_to, .. } => (None, reply_to.clone()),
            Step::Nothing => (None, None),
        };
        let parcel = Parcel {
            nonce: nonce(&self.claim, notice.form),
            may_repeat: self.claim.is_in_doubt,
            notice,
            settings: self.settings,
            reply_to,
            is_silent: is_silent(&step, &self.claim, self.settings.sound),
            at: clock.now(),
            to: to.clone(),
        };
        self.pace.take(&to, chat.rates(&to), clock.uptime());
        let answer = tokio::select! {
            answer = async {
                match &target {
                    Some(message) => chat.edit(message, &parcel).await,
                    None => chat.post(&parcel).await,
                }
            } => answer,
            () = clock.sleep(SEND_LIMIT) => Err(DeliveryError::Temporary {
                reason: format!("no answer within {} s", SEND_LIMIT.as_secs()),
                is_in_doubt: true,
            }),
        };
        self.pace.answered(&to, clock.uptime(), None);
        if !matches!(answer, Err(DeliveryError::Early { .. })) {
            besides.note(&to);
        }
        let told = after(&step, &self.claim, answer?.message, None, self.manner);
        self.claim.alert = told.or_else(|| self.claim.alert.take());
        Ok(())
    }
}

/// What is answered when the sample could not be posted: why, in the platform's words.
pub(super) fn failed(failure: &DeliveryError, locale: Locale) -> Message {
    let reason = match failure {
        DeliveryError::Barred { reason }
        | DeliveryError::Gone { reason }
        | DeliveryError::Refused { reason }
        | DeliveryError::Temporary { reason, .. } => reason.clone(),
        DeliveryError::RateLimited { .. }
        | DeliveryError::Early { .. }
        | DeliveryError::MessageGone
        | DeliveryError::Moved { .. } => failure.to_string(),
    };
    let mut draft = Draft::new(locale);
    draft.mark(Mark::Refused);
    draft.paragraph(&Text::SampleFailed { reason: &reason });
    draft.finish()
}

/// The same incident one transition later.
fn revised(incident: &Incident, kind: TransitionKind, change: impl FnOnce(&mut Incident)) -> Incident {
    let mut revised = incident.clone();
    revised.revision += 1;
    revised.last_kind = kind;
    change(&mut revised);
    revised
}

/// The delivery of a sample: what the outbox would be given, had detection found it.
fn claim(origin: &Origin, locale: Locale, now: DateTime<Utc>) -> Claim {
    let service = ServiceId::new(SERVICE).expect("the word above is an id");
    // The same request makes the same sample, also when the platform delivers it again.
    let number = origin.id.0.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let id = IncidentId { service: service.clone(), number };
    let source = SourceId::new(SourceKind::Http, "https://test.example/");
    let incident = Incident {
        id: id.clone(),
        service_name: plain(locale, &Text::SampleService),
        planned: None,
        title: Some(plain(locale, &Text::SampleTitle)),
        impact: Condition::MajorOutage,
        peak: Condition::MajorOutage,
        phase: Phase::Investigating,
        started_at: now - BEGAN,
        resolved_at: None,
        seen_at: now,
        turned_at: now,
        components: Vec::new(),
        regions: Vec::new(),
        url: None,
        witnesses: vec![Witness {
            source,
            role: Role::Measured,
            posted: Vec::new(),
            is_bad: true,
            impact: Condition::MajorOutage,
        }],
        updates: vec![words(1, Phase::Investigating, now, plain(locale, &Text::SampleWords))],
        revision: 1,
        chapter: 1,
        reopened_at: Vec::new(),
        is_flapping: false,
        last_kind: TransitionKind::Opened,
    };
    Claim {
        id: DeliveryId { chat: origin.chat.clone(), incident: id },
        number: 0,
        revision: 1,
        chapter: 1,
        is_in_doubt: false,
        later_chapters: Vec::new(),
        incident: Arc::new(incident),
        alert: None,
        topic: Topic::Service(service),
        mention: None,
        settings: None,
        attempts: 0,
        since: now,
        urgency: 0,
        news: News::default(),
        is_muted: false,
        bar: None,
        was_told: false,
        storm: None,
        digest: None,
    }
}

fn words(number: u32, phase: Phase, at: DateTime<Utc>, body: String) -> Update {
    Update { key: number.to_string(), phase, at, body, role: Role::Measured }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use async_trait::async_trait;
    use tokio::sync::mpsc;
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::{
        chat::{Chat, ChatError, Ended, Event, Limits, Rate, Receipt, message},
        domain::{Block, Form, MessageId, Platform, RequestId},
        text::flat,
    };

    /// A clock on which all waiting is over at once.
    #[derive(Default)]
    struct HastyClock(Mutex<Duration>);

    #[async_trait]
    impl Clock for HastyClock {
        fn now(&self) -> DateTime<Utc> {
            DateTime::UNIX_EPOCH + TimeDelta::from_std(self.uptime()).unwrap()
        }

        fn uptime(&self) -> Duration {
            *self.0.lock().unwrap()
        }

        async fn sleep(&self, span: Duration) {
            tokio::task::yield_now().await;
            *self.0.lock().unwrap() += span;
        }
    }

    struct Wall {
        edits: bool,
        fault: Option<&'static str>,
        seen: Mutex<Vec<Seen>>,
    }

    struct Seen {
        /// `None`: an edit.
        form: Option<Form>,
        words: String,
        reply_to: Option<MessageId>,
        nonce: String,
    }

    impl Wall {
        fn take(&self, form: Option<Form>, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
            if let Some(reason) = self.fault {
                return Err(DeliveryError::Barred { reason: reason.to_owned() });
            }
            let told = message::of_notice(&parcel.notice, &parcel.settings, parcel.at);
            let words = |block: &Block| match block {
                Block::Title(spans) | Block::Paragraph(spans) => flat(Locale::En, spans),
                Block::Field { .. } | Block::Item { .. } | Block::Quote(_) | Block::Footer(_) => String::new(),
            };
            let words: Vec<String> = told.blocks.iter().map(words).collect();
            let mut seen = self.seen.lock().unwrap();
            let (reply_to, nonce) = (parcel.reply_to.clone(), parcel.nonce.clone());
            seen.push(Seen { form, words: words.join(" "), reply_to, nonce });
            Ok(Receipt { message: MessageId(seen.len().to_string().into()), repeats: None, rest: None })
        }
    }

    #[async_trait]
    impl Chat for Wall {
        fn platform(&self) -> Platform {
            Platform::Telegram
        }

        fn limits(&self) -> Limits {
            Limits { edits: self.edits, concurrency: 1, overall: None }
        }

        fn rates(&self, _: &ChatId) -> Vec<Rate> {
            vec![Rate { count: 1, per: Duration::from_secs(1) }]
        }

        async fn post(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
            self.take(Some(parcel.notice.form), parcel)
        }

        async fn edit(&self, message: &MessageId, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
            self.take(None, parcel).map(|receipt| Receipt { message: message.clone(), ..receipt })
        }

        async fn listen(&self, _: mpsc::Sender<Event>, _: CancellationToken) -> Result<Ended, ChatError> {
            Ok(Ended::Stopped)
        }
    }

    fn origin() -> Origin {
        let chat = ChatId { platform: Platform::Telegram, address: "1".into() };
        Origin { id: RequestId("telegram-7".into()), chat, is_private: false, may_manage: true }
    }

    fn wall(edits: bool, fault: Option<&'static str>) -> (Arc<Wall>, Stage) {
        let wall = Arc::new(Wall { edits, fault, seen: Mutex::default() });
        let stage = Stage { chat: wall.clone(), clock: Arc::new(HastyClock::default()), besides: Besides::default() };
        (wall, stage)
    }

    #[tokio::test]
    async fn a_sample_is_told_like_an_outage_and_says_each_time_that_it_is_a_test() {
        let (wall, stage) = wall(true, None);
        begin(stage, &origin(), ChatSettings::default()).await.ok().unwrap().finish().await;
        let seen = wall.seen.lock().unwrap();
        let forms: Vec<_> = seen.iter().map(|seen| seen.form).collect();
        assert_eq!(forms, [Some(Form::Alert), None, Some(Form::Recovery), None]);
        assert_eq!(seen[2].reply_to, Some(MessageId("1".into())), "the recovery answers the alert");
        assert_ne!(seen[0].nonce, seen[2].nonce);
        for Seen { words, .. } in seen.iter() {
            assert!(words.contains("test") && words.contains("Nothing is down"), "{words}");
        }
    }

    #[tokio::test]
    async fn a_chat_is_shown_one_sample_at_a_time_and_all_chats_together_not_too_many() {
        let (samples, (wall, stage)) = (Samples::default(), wall(true, None));
        let settings = ChatSettings::default();
        let first = samples.begin(stage.clone(), &origin(), settings).await.unwrap();
        assert!(samples.begin(stage.clone(), &origin(), settings).await.unwrap().is_none());
        assert_eq!(wall.seen.lock().unwrap().len(), 1);
        first.unwrap().finish().await;
        let again = samples.begin(stage.clone(), &origin(), settings).await.unwrap();
        assert!(again.is_some(), "the first is over");

        let chat = |number: usize| ChatId { platform: Platform::Telegram, address: format!("c{number}").into() };
        let places: Vec<_> = (1..MOST).map(|number| samples.take(&chat(number)).unwrap()).collect();
        assert!(matches!(samples.take(&chat(MOST)), Err(DeliveryError::Temporary { .. })));
        drop(places);
        assert!(samples.take(&chat(MOST)).is_ok());
    }

    #[tokio::test]
    async fn where_nothing_can_be_edited_it_is_three_messages() {
        let (wall, stage) = wall(false, None);
        begin(stage, &origin(), ChatSettings::default()).await.ok().unwrap().finish().await;
        let forms: Vec<_> = wall.seen.lock().unwrap().iter().map(|seen| seen.form).collect();
        assert_eq!(forms, [Some(Form::Alert), Some(Form::Alert), Some(Form::Recovery)]);
    }

    #[tokio::test]
    async fn a_chat_that_cannot_be_written_to_is_told_why_in_the_platforms_words() {
        let (_, stage) = wall(true, Some("the bot lacks the right `Embed Links`"));
        let failure = begin(stage, &origin(), ChatSettings::default()).await.err().unwrap();
        let answer = failed(&failure, Locale::En);
        let [Block::Paragraph(spans)] = answer.blocks.as_slice() else { panic!("{answer:?}") };
        assert!(flat(Locale::En, spans).contains("the bot lacks the right `Embed Links`"));
    }
}
