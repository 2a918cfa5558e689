//! From a parcel to a message in a channel, in a thread on the alert, or as a post in a forum.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tracing::debug;

use super::{
    Core,
    errors::{Doing, RestError, TOO_MANY_OLD_EDITS, UNKNOWN_CHANNEL, delivery_error},
    interaction::id,
    known::ChannelKind,
    limits::THREAD_MINUTES,
    place::{Place, Spot},
    publishing::Publication,
    render::{Envelope, Reader, drawn, posted, thread_name},
    rest::Answer,
    route::Route,
};
use crate::{
    chat::{DeliveryError, Parcel, Receipt, message},
    domain::{Form, Message, MessageId, Updates},
};

/// There is no such message, or no more.
const UNKNOWN_MESSAGE: u32 = 10_008;
/// One cannot write in a channel of this kind.
const NO_TEXT_CHANNEL: u32 = 50_008;
/// The thread was put away and must be taken out first.
const ARCHIVED: u32 = 50_083;
/// The message has a thread already.
const THREAD_EXISTS: u32 = 160_004;
/// One cannot answer messages where one may not read what was written before.
const CANNOT_REPLY: u32 = 160_002;

/// How much older than its request a message must be to be an earlier one: Discord's `Date` has whole seconds.
const SURELY_BEFORE: TimeDelta = TimeDelta::milliseconds(1_200);

/// A message that was taken.
pub(super) struct Posted {
    pub(super) spot: Spot,
    pub(super) answer: Answer,
    /// When it was sent, if that was in an earlier try.
    pub(super) repeats: Option<DateTime<Utc>>,
}

/// One parcel on its way.
pub(super) struct Errand<'a> {
    pub(super) core: &'a Core,
    pub(super) parcel: &'a Parcel,
    pub(super) message: Message,
    pub(super) guild: Option<u64>,
    /// The chat's own channel.
    pub(super) channel: u64,
}

impl Core {
    /// Posts what a parcel tells.
    pub(super) async fn post(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        let errand = Errand::new(self, parcel)?;
        let posted = errand.post().await.map_err(|error| delivery_error(error, Doing::Posting))?;
        if let Some(guild) = errand.guild.filter(|_| posted.spot.channel == errand.channel) {
            self.publish(Publication { guild, spot: posted.spot }).await;
        }
        Ok(Receipt {
            message: posted.spot.name(errand.channel),
            repeats: errand.repeats(&posted),
            rest: posted.answer.rest.filter(|_| posted.spot.channel == errand.channel),
        })
    }

    /// Makes a message tell what a parcel tells.
    pub(super) async fn edit(&self, name: &MessageId, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        let errand = Errand::new(self, parcel)?;
        let Some(spot) = Spot::of(name, errand.channel).filter(|spot| spot.message != 0) else {
            return Err(DeliveryError::MessageGone);
        };
        let body = drawn(&errand.message, errand.reader());
        let route = Route::Message(spot.channel, spot.message);
        match self.call_in_thread(spot.channel, &route, &body).await {
            Ok(_) => Ok(Receipt { message: name.clone(), repeats: None, rest: None }),
            // Its thread is gone, and it with that; the chat itself is still there.
            Err(error) if error.code() == UNKNOWN_CHANNEL && spot.channel != errand.channel => {
                Err(DeliveryError::MessageGone)
            }
            Err(error) if error.code() == TOO_MANY_OLD_EDITS => errand.anew(spot).await,
            Err(error) => Err(delivery_error(error, Doing::Editing)),
        }
    }

    /// Posts a message of our own accord, such as a greeting, under a name of its own.
    pub(super) async fn say(
        &self,
        place: Place,
        message: &Message,
        reader: Reader<'_>,
        nonce: &str,
    ) -> Result<(), RestError> {
        let Some(channel) = place.channel() else { return Ok(()) };
        let envelope = Envelope { guild: place.guild(), nonce: Some(nonce), ..Envelope::default() };
        self.rest.call(&Route::Post(channel), Some(&posted(message, reader, &envelope))).await?;
        Ok(())
    }

    /// What kind of channel it is. What the gateway has not told is looked up once.
    pub(super) async fn kind(&self, guild: Option<u64>, channel: u64) -> Result<ChannelKind, RestError> {
        let known = self.known().kind(guild, channel);
        match known {
            Some(kind) => Ok(kind),
            None => self.look_up(channel).await,
        }
    }

    async fn look_up(&self, channel: u64) -> Result<ChannelKind, RestError> {
        let answer = self.rest.call(&Route::Channel(channel), None).await?;
        let kind = ChannelKind::of(answer.body.get("type").and_then(Value::as_u64).unwrap_or_default());
        self.known().learn(channel, kind);
        Ok(kind)
    }

    /// Calls something in a thread; takes the thread out first when it was put away.
    async fn call_in_thread(&self, thread: u64, route: &Route<'_>, body: &Value) -> Result<Answer, RestError> {
        match self.rest.call(route, Some(body)).await {
            Err(error) if error.code() == ARCHIVED => {
                // When that fails, what was refused first says best why.
                let opened = self.rest.call(&Route::Change(thread), Some(&json!({ "archived": false }))).await;
                opened.map_err(|_| error)?;
                self.rest.call(route, Some(body)).await
            }
            outcome => outcome,
        }
    }
}

impl<'a> Errand<'a> {
    fn new(core: &'a Core, parcel: &'a Parcel) -> Result<Self, DeliveryError> {
        let place = Place::of(&parcel.to.address);
        let Some((place, channel)) = place.and_then(|place| Some((place, place.channel()?))) else {
            return Err(DeliveryError::Gone { reason: "the bot is not there and cannot post there".to_owned() });
        };
        // What follows the alert without being a chapter of its own says so in its headline.
        let words = match (parcel.notice.form, &parcel.reply_to) {
            (Form::Alert, Some(_)) => message::of_update,
            (Form::Alert | Form::Recovery | Form::Return | Form::Update, _) => message::of_notice,
        };
        let message = words(&parcel.notice, &parcel.settings, parcel.at);
        Ok(Self { core, parcel, message, guild: place.guild(), channel })
    }

    pub(super) const fn reader(&self) -> Reader<'_> {
        Reader { settings: &self.parcel.settings, at: self.parcel.at }
    }

    pub(super) fn body(&self, reply_to: Option<u64>) -> Value {
        let envelope =
            Envelope { nonce: Some(&self.parcel.nonce), reply_to, is_silent: self.parcel.is_silent, guild: self.guild };
        posted(&self.message, self.reader(), &envelope)
    }

    async fn post(&self) -> Result<Posted, RestError> {
        let answered = self.parcel.reply_to.as_ref().and_then(|name| Spot::of(name, self.channel));
        match answered {
            Some(spot) if spot.channel != self.channel => self.in_own_thread(spot).await,
            Some(spot) if self.wants_thread() => self.in_thread_on(spot.message).await,
            Some(spot) => self.in_channel(Some(spot.message)).await,
            None => match self.core.kind(self.guild, self.channel).await? {
                ChannelKind::Forum => self.in_forum().await,
                ChannelKind::Ordinary | ChannelKind::Announcement => match self.in_channel(None).await {
                    // It was turned into another kind of channel since somebody looked.
                    Err(error) if error.code() == NO_TEXT_CHANNEL => match self.core.look_up(self.channel).await? {
                        ChannelKind::Forum => self.in_forum().await,
                        ChannelKind::Ordinary | ChannelKind::Announcement => Err(error),
                    },
                    outcome => outcome,
                },
            },
        }
    }

    fn wants_thread(&self) -> bool {
        self.parcel.notice.form == Form::Update && self.parcel.settings.updates == Updates::Thread
    }

    async fn in_channel(&self, reply_to: Option<u64>) -> Result<Posted, RestError> {
        Ok(posted_in(self.channel, self.send(self.channel, reply_to).await?))
    }

    /// Tells in a new message what an old one may not be made to tell any more, as it was edited too often for its age:
    /// waiting would leave the chat with one that is not true for up to an hour. The new one is young. Nobody is called
    /// again.
    async fn anew(&self, old: Spot) -> Result<Receipt, DeliveryError> {
        let answer = self.send(old.channel, None).await.map_err(|error| delivery_error(error, Doing::Posting))?;
        let posted = posted_in(old.channel, answer);
        let is_repeated = self.repeats(&posted).is_some();
        let Posted { spot, answer, .. } = posted;
        if is_repeated {
            // It is there since an earlier try, and tells what was true then.
            let (route, body) = (Route::Message(spot.channel, spot.message), drawn(&self.message, self.reader()));
            let edited = self.core.rest.call(&route, Some(&body)).await;
            edited.map_err(|error| delivery_error(error, Doing::Editing))?;
        }
        if let Some(guild) = self.guild.filter(|_| spot.channel == self.channel) {
            self.core.publish(Publication { guild, spot }).await;
        }
        // The old one would never be true again. The first message of a forum's post stays, and so does what cannot go.
        if old.channel == self.channel {
            self.core.rest.call(&Route::Remove(old.channel, old.message), None).await.ok();
        }
        let rest = answer.rest.filter(|_| spot.channel == self.channel);
        Ok(Receipt { message: spot.name(self.channel), repeats: None, rest })
    }

    /// When the message was sent, if that was in an earlier try. One that shows something else than it was given now is from
    /// an earlier try, however short that is ago.
    fn repeats(&self, posted: &Posted) -> Option<DateTime<Utc>> {
        let shows_other = || self.parcel.may_repeat && words(&posted.answer.body) != words(&self.body(None));
        posted.repeats.or_else(|| sent_at(&posted.answer).filter(|_| shows_other()))
    }

    /// Posts in a channel or thread, unless an earlier try did.
    async fn send(&self, channel: u64, reply_to: Option<u64>) -> Result<Answer, RestError> {
        if let Some(earlier) = self.earlier_in(channel).await? {
            return Ok(earlier);
        }
        let (nonce, began) = (&self.parcel.nonce, Instant::now());
        let outcome = self.send_now(channel, reply_to).await;
        match &outcome {
            Err(RestError::Unreachable { is_in_doubt: true, .. } | RestError::Refused { status: 500.., .. }) => {
                self.core.doubts().note(nonce, began);
            }
            Ok(_) if self.parcel.may_repeat => self.core.doubts().settle(nonce),
            Ok(_) | Err(_) => {}
        }
        outcome
    }

    /// Posts in answer to a message if the bot may read what was written before.
    async fn send_now(&self, channel: u64, reply_to: Option<u64>) -> Result<Answer, RestError> {
        let route = Route::Post(channel);
        match self.core.call_in_thread(channel, &route, &self.body(reply_to)).await {
            Err(error) if error.code() == CANNOT_REPLY => {
                self.core.call_in_thread(channel, &route, &self.body(None)).await
            }
            outcome => outcome,
        }
    }

    /// Into the thread the alert is in, a post of a forum.
    async fn in_own_thread(&self, spot: Spot) -> Result<Posted, RestError> {
        match self.send(spot.channel, Some(spot.message)).await {
            Ok(answer) => Ok(posted_in(spot.channel, answer)),
            // Somebody deleted the post: the story goes on in one of its own.
            Err(error) if error.code() == UNKNOWN_CHANNEL => self.in_forum().await,
            Err(error) => Err(error),
        }
    }

    /// Into the thread that hangs on the alert; as a reply to it where there can be none.
    async fn in_thread_on(&self, alert: u64) -> Result<Posted, RestError> {
        if !self.core.known().has_thread(alert) {
            let body = json!({
                "name": thread_name(&self.message_of_alert(), self.reader()),
                "auto_archive_duration": THREAD_MINUTES,
            });
            match self.core.rest.call(&Route::ThreadOn(self.channel, alert), Some(&body)).await {
                Ok(_) => {}
                Err(error) if error.code() == THREAD_EXISTS => {}
                Err(error @ RestError::Limited { .. }) => return Err(error),
                // Nothing was told yet, so there is no doubt about that.
                Err(error) if error.is_passing() => {
                    return Err(RestError::Unreachable { reason: error.to_string(), is_in_doubt: false });
                }
                Err(error) => {
                    debug!(channel = self.channel, %error, "no thread can be opened here; replying instead");
                    let answered = (error.code() != UNKNOWN_MESSAGE).then_some(alert);
                    return self.in_channel(answered).await;
                }
            }
            self.core.known().thread_made(alert);
        }
        // A thread on a message has the message's own id.
        match self.send(alert, None).await {
            Ok(answer) => Ok(posted_in(alert, answer)),
            Err(error) if error.is_passing() => Err(error),
            Err(error) => {
                debug!(channel = self.channel, %error, "the thread takes no message; replying instead");
                self.core.known().thread_gone(alert);
                self.in_channel(Some(alert)).await
            }
        }
    }

    /// What the alert says, whose headline names the thread.
    fn message_of_alert(&self) -> Message {
        let mut notice = self.parcel.notice.clone();
        notice.form = Form::Alert;
        message::of_notice(&notice, &self.parcel.settings, self.parcel.at)
    }
}

/// The message an answer tells of. It was taken in any case: when its id cannot be read, the next change is told anew.
fn posted_in(channel: u64, answer: Answer) -> Posted {
    let message = answer.body.get("id").and_then(id).unwrap_or_default();
    let repeats = repeats(&answer);
    Posted { spot: Spot { channel, message }, answer, repeats }
}

/// When the message in the answer was sent, if that was in an earlier try: Discord knew its name.
///
/// Only Discord's own clock is asked.
fn repeats(answer: &Answer) -> Option<DateTime<Utc>> {
    let took = TimeDelta::from_std(answer.elapsed).ok()?;
    let is_before = |sent: &DateTime<Utc>| answer.date.is_some_and(|date| *sent + took + SURELY_BEFORE < date);
    sent_at(answer).filter(is_before)
}

/// The words of a message's embeds, but for the space around them, which Discord takes away.
pub(super) fn words(message: &Value) -> Vec<&str> {
    let embeds = message.get("embeds").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut words = Vec::new();
    for embed in embeds {
        let fields = embed.get("fields").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let in_fields = fields.iter().flat_map(|field| [field.get("name"), field.get("value")]);
        let all = [embed.get("title"), embed.get("description")].into_iter().chain(in_fields);
        words.extend(all.flatten().filter_map(Value::as_str).map(str::trim));
    }
    words
}

/// When the message in the answer was sent.
pub(super) fn sent_at(answer: &Answer) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc3339(answer.body.get("timestamp")?.as_str()?).ok()?.to_utc())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn answer(timestamp: &str, date: &str) -> Answer {
        Answer {
            body: json!({ "timestamp": timestamp }),
            date: Some(date.parse().unwrap()),
            elapsed: Duration::from_millis(300),
            rest: None,
        }
    }

    #[test]
    fn the_words_of_a_message_are_compared_without_the_space_around_them() {
        let message = |title: &str, value: &str| json!({ "embeds": [{ "title": title, "fields": [{ "name": "State", "value": value }] }], "timestamp": "…" });
        assert_eq!(words(&message(" down", "investigating\n")), words(&message("down", "investigating")));
        assert_ne!(words(&message("down", "investigating")), words(&message("down", "identified")));
        assert_eq!(words(&json!({})), Vec::<&str>::new());
    }

    #[test]
    fn a_message_older_than_its_request_is_an_earlier_one() {
        let new = answer("2026-11-22T14:05:10.900000+00:00", "2026-11-22T14:05:11Z");
        assert_eq!(repeats(&new), None);
        let old = answer("2026-11-22T14:05:01.200000+00:00", "2026-11-22T14:05:11Z");
        assert_eq!(repeats(&old), Some("2026-11-22T14:05:01.200Z".parse().unwrap()));
        assert_eq!(repeats(&Answer { body: Value::Null, ..old }), None);
    }
}
