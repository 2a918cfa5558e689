//! From a parcel to a message in a channel, in a thread on the alert, or as a post in a forum.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tokio::time::timeout;
use tracing::debug;

use super::{
    Core,
    errors::{Doing, RestError, delivery_error},
    interaction::{id, id_at},
    known::ChannelKind,
    limits::{PUBLISH_WITHIN, THREAD_MINUTES},
    place::{Place, Spot},
    render::{Envelope, Reader, drawn, posted, thread_name},
    rest::Answer,
    route::Route,
};
use crate::{
    chat::{DeliveryError, Parcel, Receipt, message},
    domain::{Form, Message, MessageId, Updates},
};

/// There is no such channel, or no more.
const UNKNOWN_CHANNEL: u32 = 10_003;
/// There is no such message, or no more.
const UNKNOWN_MESSAGE: u32 = 10_008;
/// One cannot write in a channel of this kind.
const NO_TEXT_CHANNEL: u32 = 50_008;
/// The thread was put away and must be taken out first.
const ARCHIVED: u32 = 50_083;
/// The message has a thread already.
const THREAD_EXISTS: u32 = 160_004;
/// The forum takes no post without a tag.
const TAG_REQUIRED: u32 = 40_067;

/// How much older than its request a message must be to be an earlier one: Discord's `Date` has whole seconds.
const SURELY_BEFORE: TimeDelta = TimeDelta::milliseconds(1_200);

/// A message that was taken.
struct Posted {
    spot: Spot,
    answer: Answer,
}

/// One parcel on its way.
struct Errand<'a> {
    core: &'a Core,
    parcel: &'a Parcel,
    message: Message,
    guild: Option<u64>,
    /// The chat's own channel.
    channel: u64,
}

impl Core {
    /// Posts what a parcel tells.
    pub(super) async fn post(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        let errand = Errand::new(self, parcel)?;
        let posted = errand.post().await.map_err(|error| delivery_error(error, Doing::Posting))?;
        errand.publish(posted.spot).await;
        Ok(Receipt {
            message: posted.spot.name(errand.channel),
            repeats: repeats(&posted.answer),
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
            Err(error) => Err(delivery_error(error, Doing::Editing)),
        }
    }

    /// Posts a message of our own accord, such as a greeting.
    pub(super) async fn say(&self, place: Place, message: &Message, reader: Reader<'_>) -> Result<(), RestError> {
        let Some(channel) = place.channel() else { return Ok(()) };
        let body = posted(message, reader, &Envelope { guild: place.guild(), ..Envelope::default() });
        self.rest.call(&Route::Post(channel), Some(&body)).await?;
        self.note_besides(place.chat());
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

    const fn reader(&self) -> Reader<'_> {
        Reader { settings: &self.parcel.settings, at: self.parcel.at }
    }

    fn body(&self, reply_to: Option<u64>) -> Value {
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
        let answer = self.core.rest.call(&Route::Post(self.channel), Some(&self.body(reply_to))).await?;
        Ok(posted_in(self.channel, answer))
    }

    /// Into the thread the alert is in, a post of a forum.
    async fn in_own_thread(&self, spot: Spot) -> Result<Posted, RestError> {
        let (route, body) = (Route::Post(spot.channel), self.body(Some(spot.message)));
        match self.core.call_in_thread(spot.channel, &route, &body).await {
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
                // Nothing was told yet, so there is no doubt about that.
                Err(RestError::Unreachable { reason, .. }) => {
                    return Err(RestError::Unreachable { reason, is_in_doubt: false });
                }
                Err(error) if error.is_passing() => return Err(error),
                Err(error) => {
                    debug!(channel = self.channel, %error, "no thread can be opened here; replying instead");
                    let answered = (error.code() != UNKNOWN_MESSAGE).then_some(alert);
                    return self.in_channel(answered).await;
                }
            }
            self.core.known().thread_made(alert);
        }
        // A thread on a message has the message's own id.
        match self.core.call_in_thread(alert, &Route::Post(alert), &self.body(None)).await {
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

    /// As a post of its own.
    async fn in_forum(&self) -> Result<Posted, RestError> {
        let mut message = self.body(None);
        if let Some(fields) = message.as_object_mut() {
            // A forum's first message takes no name, so this is the one place where a lost answer may double a message.
            fields.remove("nonce");
            fields.remove("enforce_nonce");
        }
        let mut body = json!({
            "name": thread_name(&self.message, self.reader()),
            "auto_archive_duration": THREAD_MINUTES,
            "message": message,
        });
        let route = Route::ForumPost(self.channel);
        let answer = match self.core.rest.call(&route, Some(&body)).await {
            Err(error) if error.code() == TAG_REQUIRED => {
                let tag = self.first_tag().await?.ok_or(error)?;
                if let Some(fields) = body.as_object_mut() {
                    fields.insert("applied_tags".to_owned(), json!([tag.to_string()]));
                }
                self.core.rest.call(&route, Some(&body)).await?
            }
            outcome => outcome?,
        };
        let thread = answer.body.get("id").and_then(id).unwrap_or_default();
        let message = id_at(&answer.body, "/message/id").unwrap_or(thread);
        Ok(Posted { spot: Spot { channel: thread, message }, answer })
    }

    /// The first tag of the forum that everybody may set.
    async fn first_tag(&self) -> Result<Option<u64>, RestError> {
        let answer = self.core.rest.call(&Route::Channel(self.channel), None).await?;
        let tags = answer.body.get("available_tags").and_then(Value::as_array);
        let is_free = |tag: &&Value| tag.get("moderated").and_then(Value::as_bool) != Some(true);
        Ok(tags.and_then(|tags| tags.iter().find(is_free)).and_then(|tag| id(tag.get("id")?)))
    }

    /// Publishes to those who follow an announcement channel. The alert is in the channel already: what hinders
    /// publishing costs nothing.
    async fn publish(&self, spot: Spot) {
        let is_news = self.core.known().kind(self.guild, self.channel) == Some(ChannelKind::Announcement);
        if !is_news || spot.channel != self.channel {
            return;
        }
        let route = Route::Publish(spot.channel, spot.message);
        match timeout(PUBLISH_WITHIN, self.core.rest.call(&route, None)).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => debug!(channel = self.channel, %error, "a message is not published"),
            Err(_) => debug!(channel = self.channel, "publishing a message takes too long"),
        }
    }
}

/// The message an answer tells of. It was taken in any case: when its id cannot be read, the next change is told anew.
fn posted_in(channel: u64, answer: Answer) -> Posted {
    let message = answer.body.get("id").and_then(id).unwrap_or_default();
    Posted { spot: Spot { channel, message }, answer }
}

/// When the message in the answer was sent, if that was in an earlier try: Discord knew its name.
///
/// Only Discord's own clock is asked.
fn repeats(answer: &Answer) -> Option<DateTime<Utc>> {
    let sent = DateTime::parse_from_rfc3339(answer.body.get("timestamp")?.as_str()?).ok()?.to_utc();
    let took = TimeDelta::from_std(answer.elapsed).ok()?;
    (sent + took + SURELY_BEFORE < answer.date?).then_some(sent)
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
    fn a_message_older_than_its_request_is_an_earlier_one() {
        let new = answer("2026-11-22T14:05:10.900000+00:00", "2026-11-22T14:05:11Z");
        assert_eq!(repeats(&new), None);
        let old = answer("2026-11-22T14:05:01.200000+00:00", "2026-11-22T14:05:11Z");
        assert_eq!(repeats(&old), Some("2026-11-22T14:05:01.200Z".parse().unwrap()));
        assert_eq!(repeats(&Answer { body: Value::Null, ..old }), None);
    }
}
