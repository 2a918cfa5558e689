//! Answering what a person typed or pressed, always within the time Discord gives.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::{
    pin,
    sync::{mpsc, oneshot},
    time::{sleep, timeout},
};
use tracing::{debug, info, warn};

use super::{
    Core,
    errors::RestError,
    interaction::{Deed, Interaction},
    known::ChannelKind,
    limits::{ANSWER_WITHIN, CHOICE, CHOICES, COMPLETE_WITHIN, DEFER_AFTER, LATEST_ANSWER},
    markup::{Reading, Writer, units},
    place::Place,
    render::{EPHEMERAL, Reader, drawn},
    route::Route,
};
use crate::{
    chat::{Completing, Event, Incoming, Input, Reply},
    commands::{self, Completion},
    domain::{ChatSettings, Mark, RequestId, Span},
    text::{Draft, Text, say, separated},
};

/// Between two tries to answer.
const TRY_AGAIN: Duration = Duration::from_millis(150);
/// A try to answer may take at least so long …
const SHORTEST_TRY: Duration = Duration::from_millis(400);
/// … and at most.
const LONGEST_TRY: Duration = Duration::from_secs(1);
/// The answer came too late: Discord knows the question no more.
const UNKNOWN_INTERACTION: u32 = 10_062;
/// There is no such message, or no more.
const UNKNOWN_MESSAGE: u32 = 10_008;
/// The question is answered already.
const ANSWERED: u32 = 40_060;

/// How an answer is given.
/// Source: <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object>
/// (read 2026-08-30).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// As a new message.
    Message = 4,
    /// Later, as a new message.
    MessageLater = 5,
    /// Later, or not at all; the message with the button stays as it is until then.
    ChangeLater = 6,
    /// In place of the message with the button.
    Change = 7,
    /// As choices while somebody types.
    Choices = 8,
}

/// One question and the way back.
struct Exchange<'a> {
    core: &'a Core,
    interaction: &'a Interaction,
    started: Instant,
}

/// Tells a person that nothing more can be answered now.
pub(super) async fn turn_away(core: &Core, interaction: &Interaction) {
    let exchange = Exchange { core, interaction, started: Instant::now() };
    match &interaction.deed {
        Deed::Completing { .. } => exchange.first(Way::Choices, Some(choices_of(&[]))).await,
        Deed::Call { .. } | Deed::Press(_) | Deed::Other => {
            exchange.first(Way::Message, Some(exchange.data(&exchange.own(&Text::DiscordBusy), true))).await;
        }
    }
}

/// Answers an interaction.
pub(super) async fn answer(core: &Core, inbox: &mpsc::Sender<Event>, mut interaction: Interaction) {
    let exchange_started = Instant::now();
    enter_forum(core, &mut interaction).await;
    let exchange = Exchange { core, interaction: &interaction, started: exchange_started };
    match &interaction.deed {
        Deed::Completing { .. } => exchange.complete(inbox).await,
        Deed::Call { command, options } => {
            let input = Input::Call { command: command.clone(), options: options.clone() };
            exchange.reply(inbox, input).await;
        }
        Deed::Press(words) => exchange.reply(inbox, Input::Press(words.clone())).await,
        Deed::Other => {
            info!(interaction = interaction.id, "an interaction of an unknown kind is acknowledged and left at that");
            exchange.first(Way::ChangeLater, None).await;
        }
    }
}

/// A forum is one chat: what is typed in one of its posts concerns the forum, which has no place of its own to type in.
async fn enter_forum(core: &Core, interaction: &mut Interaction) {
    let Some((guild, parent)) = interaction.thread_in() else { return };
    let known = core.known().kind(Some(guild), parent);
    let kind = match (known, &interaction.deed) {
        (Some(kind), _) => Some(kind),
        // Who is typing does not wait for a look-up.
        (None, Deed::Completing { .. }) => None,
        // One that takes long must not cost the answer; the post itself is a chat too.
        (None, Deed::Call { .. } | Deed::Press(_) | Deed::Other) => {
            timeout(COMPLETE_WITHIN, core.kind(Some(guild), parent)).await.ok().and_then(Result::ok)
        }
    };
    if kind == Some(ChannelKind::Forum) {
        interaction.enter_forum();
    }
}

impl Exchange<'_> {
    /// Says what can stand where somebody is typing; nothing rather than silence.
    async fn complete(&self, inbox: &mpsc::Sender<Event>) {
        let Deed::Completing { command, option, typed, given } = &self.interaction.deed else { return };
        let (answer, choices) = oneshot::channel();
        let completing = Completing {
            chat: self.interaction.place.chat(),
            command: command.clone(),
            option: option.clone(),
            typed: typed.clone(),
            given: given.clone(),
            locale_hint: self.interaction.locale,
            answer,
        };
        let asked = async {
            inbox.send(Event::Completing(completing)).await.ok()?;
            choices.await.ok()
        };
        let found = timeout(COMPLETE_WITHIN, asked).await.ok().flatten().unwrap_or_default();
        self.first(Way::Choices, Some(choices_of(&found))).await;
    }

    /// Answers a command or a button.
    async fn reply(&self, inbox: &mpsc::Sender<Event>, input: Input) {
        if let Some(refusal) = self.refusal() {
            let data = self.data(&refusal, true);
            self.first(Way::Message, Some(data)).await;
            return;
        }
        let is_press = matches!(input, Input::Press(_));
        let asked = self.ask(inbox, input);
        pin!(asked);
        // What was spent on finding out which chat it is counts as well.
        let patience = DEFER_AFTER.saturating_sub(self.started.elapsed());
        match timeout(patience, &mut asked).await {
            Ok(Some(reply)) if reply.replaces && is_press => {
                self.first(Way::Change, Some(self.data(&reply, false))).await;
            }
            Ok(Some(reply)) => {
                let is_private = self.is_private(&reply, is_press);
                self.first(Way::Message, Some(self.data(&reply, is_private))).await;
            }
            Ok(None) if is_press => self.first(Way::ChangeLater, None).await,
            Ok(None) => self.first(Way::Message, Some(self.data(&self.own(&Text::DiscordNoAnswer), true))).await,
            Err(_) if is_press => {
                self.first(Way::ChangeLater, None).await;
                let reply = timeout(LATEST_ANSWER, asked).await.ok().flatten();
                self.later_than_press(reply).await;
            }
            Err(_) => {
                // Who sees that the bot thinks is who will see an answer put in its place.
                let is_aside = self.is_aside();
                self.first(Way::MessageLater, is_aside.then(|| json!({ "flags": EPHEMERAL }))).await;
                let reply = timeout(LATEST_ANSWER, asked).await.ok().flatten();
                self.later_than_call(reply, is_aside).await;
            }
        }
    }

    /// Hands the question to the program; `None`: there is no answer.
    async fn ask(&self, inbox: &mpsc::Sender<Event>, input: Input) -> Option<Reply> {
        let (answer, reply) = oneshot::channel();
        let incoming = Incoming {
            id: RequestId(format!("discord-{}", self.interaction.id).into()),
            chat: self.interaction.place.chat(),
            is_private: self.interaction.is_private,
            may_manage: self.interaction.may_manage(),
            locale_hint: self.interaction.locale,
            input,
            answer,
        };
        inbox.send(Event::Asked(incoming)).await.ok()?;
        reply.await.ok()
    }

    /// Why the question is not even asked.
    fn refusal(&self) -> Option<Reply> {
        if matches!(self.interaction.place, Place::Carried { .. }) && self.interaction.is_for_managers() {
            return Some(self.own(&Text::DiscordNotHere { command: "/status" }));
        }
        if self.interaction.calls_everybody() {
            return Some(self.own(&Text::DiscordNotEverybody));
        }
        let missing = self.interaction.missing_rights();
        if missing.is_empty() || !self.interaction.makes_posts() || !self.interaction.may_manage() {
            return None;
        }
        let locale = self.interaction.locale.unwrap_or_default();
        let names = missing.iter().flat_map(|right| say(locale, &Text::DiscordRight { right: right.key }));
        let rights = separated(locale, &names.collect::<Vec<Span>>());
        Some(self.own(&Text::DiscordMissingRights { rights: &rights }))
    }

    /// An answer of the adapter's own.
    fn own(&self, text: &Text<'_>) -> Reply {
        let settings = ChatSettings { locale: self.interaction.locale.unwrap_or_default(), ..ChatSettings::default() };
        let mut draft = Draft::new(settings.locale);
        draft.mark(Mark::Refused);
        draft.paragraph(text);
        // No time is told in it.
        Reply { message: draft.finish(), settings, at: chrono::DateTime::UNIX_EPOCH, is_private: true, replaces: false }
    }

    /// Whether only the person who asked sees the answer. What a button shows is for who pressed it, unless it changed
    /// something that concerns the chat.
    fn is_private(&self, reply: &Reply, is_press: bool) -> bool {
        reply.is_private || (is_press && !self.interaction.is_for_managers())
    }

    fn data(&self, reply: &Reply, is_private: bool) -> Value {
        let mut data = drawn(&reply.message, Reader { settings: &reply.settings, at: reply.at });
        if let (true, Some(fields)) = (is_private, data.as_object_mut()) {
            fields.insert("flags".to_owned(), json!(EPHEMERAL));
        }
        data
    }

    /// Gives the first answer, as often as it takes within the time there is.
    async fn first(&self, way: Way, data: Option<Value>) {
        let mut body = json!({ "type": way as u8 });
        if let (Some(data), Some(fields)) = (data, body.as_object_mut()) {
            fields.insert("data".to_owned(), data);
        }
        let route = Route::Callback(self.interaction.id, &self.interaction.key.0);
        let mut has_tried = false;
        loop {
            let left = ANSWER_WITHIN.saturating_sub(self.started.elapsed());
            let outcome = match timeout(time_of_try(left), self.core.rest.call(&route, Some(&body))).await {
                Ok(outcome) => outcome,
                Err(_) if self.started.elapsed() < ANSWER_WITHIN => {
                    debug!(interaction = self.interaction.id, "answering an interaction hangs and is tried again");
                    has_tried = true;
                    continue;
                }
                Err(_) => {
                    warn!(interaction = self.interaction.id, ?way, "an interaction could not be answered in time");
                    return;
                }
            };
            match outcome {
                Ok(_) => return,
                // An earlier try went through, and only its answer was lost.
                Err(error) if error.code() == ANSWERED && has_tried => return,
                Err(error) if may_try_again(&error) && self.started.elapsed() + TRY_AGAIN < ANSWER_WITHIN => {
                    debug!(interaction = self.interaction.id, %error, "answering an interaction is tried again");
                    has_tried = true;
                    sleep(TRY_AGAIN).await;
                }
                Err(error) => {
                    let is_late = error.code() == UNKNOWN_INTERACTION;
                    warn!(interaction = self.interaction.id, ?way, is_late, %error, "an interaction is not answered");
                    return;
                }
            }
        }
    }

    /// Whether the answer is expected to be for who asked alone.
    fn is_aside(&self) -> bool {
        match &self.interaction.deed {
            Deed::Call { command, options } => commands::is_aside(command, options),
            Deed::Completing { .. } | Deed::Press(_) | Deed::Other => false,
        }
    }

    /// Gives the answer to a button that was put off. Nothing was seen of that yet.
    async fn later_than_press(&self, reply: Option<Reply>) {
        let (application, key) = self.way_back();
        let reply = reply.unwrap_or_else(|| self.own(&Text::DiscordNoAnswer));
        if reply.replaces {
            self.again(&Route::Original(application, key), Some(&self.data(&reply, false))).await;
        } else {
            let body = self.data(&reply, self.is_private(&reply, true));
            self.again(&Route::FollowUp(application, key), Some(&body)).await;
        }
    }

    /// Gives the answer to a command that was put off: in place of the message that says that the bot thinks, unless all
    /// see that one and the answer is for who asked alone.
    async fn later_than_call(&self, reply: Option<Reply>, is_aside: bool) {
        let (application, key) = self.way_back();
        let reply = reply.unwrap_or_else(|| self.own(&Text::DiscordNoAnswer));
        if is_aside || !reply.is_private {
            self.again(&Route::Original(application, key), Some(&self.data(&reply, false))).await;
            return;
        }
        // A further answer would take its place, and be seen by all, were it still there.
        if self.again(&Route::Withdraw(application, key), None).await {
            self.again(&Route::FollowUp(application, key), Some(&self.data(&reply, true))).await;
        }
    }

    const fn way_back(&self) -> (u64, &str) {
        (self.interaction.application, self.interaction.key.0.as_str())
    }

    /// Does what belongs to an answer that was put off, as often as it takes; says whether it was done.
    async fn again(&self, route: &Route<'_>, body: Option<&Value>) -> bool {
        for _ in 0..3 {
            match self.core.rest.call(route, body).await {
                Ok(_) => return true,
                // An earlier try took it away, or somebody else did.
                Err(error) if error.code() == UNKNOWN_MESSAGE && matches!(route, Route::Withdraw(..)) => return true,
                Err(error) if may_try_again(&error) => sleep(TRY_AGAIN.saturating_mul(4)).await,
                Err(error) => {
                    warn!(interaction = self.interaction.id, %error, "a late answer is not taken");
                    return false;
                }
            }
        }
        warn!(interaction = self.interaction.id, "a late answer cannot be given");
        false
    }
}

/// How long one try to answer may take when so much time is left: one that hangs leaves time for another.
fn time_of_try(left: Duration) -> Duration {
    (left / 2).clamp(SHORTEST_TRY, LONGEST_TRY).min(left)
}

fn may_try_again(error: &RestError) -> bool {
    match error {
        RestError::Limited { after, .. } => *after < ANSWER_WITHIN,
        RestError::Unreachable { .. } => true,
        RestError::Refused { status, .. } => *status >= 500,
        RestError::TokenRefused => false,
    }
}

fn choices_of(found: &[Completion]) -> Value {
    let fitting = found.iter().filter(|one| (1..=CHOICE).contains(&units(&one.insert)));
    let choices = fitting.take(CHOICES).map(|one| {
        let mut name = Writer::new(CHOICE, Reading::Bare);
        name.words("", &one.label, "");
        let name = name.finish();
        json!({ "name": if name.is_empty() { one.insert.clone() } else { name }, "value": one.insert })
    });
    json!({ "choices": choices.collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        chat::discord::desk::{Desk, call},
        domain::Message,
    };

    /// What is asked of Discord when the answer to a command comes late: what, and with which flags.
    async fn put_off(command: &str, is_private: bool) -> Vec<(String, Value)> {
        let mut desk = Desk::new().await;
        let (inbox, mut events) = mpsc::channel(1);
        let (core, interaction) = (desk.core.clone(), Interaction::read(&call(9, command)).unwrap());
        let program = async {
            let Some(Event::Asked(incoming)) = events.recv().await else { panic!("nothing was asked") };
            let first = desk.next().await;
            assert_eq!(first.body["type"], 5, "{first:?}");
            let (settings, at) = (ChatSettings::default(), chrono::DateTime::UNIX_EPOCH);
            let reply = Reply { message: Message::default(), settings, at, is_private, replaces: false };
            incoming.answer.send(reply).unwrap();
            first
        };
        let ((), first) = tokio::join!(answer(&core, &inbox, interaction), program);
        let flags = |body: &Value| body.pointer("/data/flags").or_else(|| body.get("flags")).cloned();
        let all = std::iter::once(first).chain(desk.rest());
        all.map(|asked| (asked.what, flags(&asked.body).unwrap_or_default())).collect()
    }

    #[tokio::test]
    async fn an_answer_that_comes_late_is_seen_by_whom_it_concerns_and_nobody_else() {
        let callback = |flags: Value| ("POST /interactions/9/key/callback".to_owned(), flags);
        let original = |method| (format!("{method} /webhooks/7/key/messages/@original"), Value::Null);
        let (help, status, refused) =
            tokio::join!(put_off("help", true), put_off("status", false), put_off("status", true));
        assert_eq!(help, [callback(json!(64)), original("PATCH")]);
        assert_eq!(status, [callback(Value::Null), original("PATCH")]);
        let alone = ("POST /webhooks/7/key".to_owned(), json!(64));
        assert_eq!(refused, [callback(Value::Null), original("DELETE"), alone]);
    }

    #[test]
    fn an_answer_that_hangs_is_tried_again_before_discord_gives_up() {
        // Discord's own deadline: see [`ANSWER_WITHIN`].
        assert!(ANSWER_WITHIN < Duration::from_secs(3));
        for began in [Duration::ZERO, COMPLETE_WITHIN, DEFER_AFTER] {
            let (mut now, mut tries) = (began, 0);
            while now < ANSWER_WITHIN {
                now += time_of_try(ANSWER_WITHIN - now);
                tries += 1;
            }
            assert!((2..=5).contains(&tries) && now == ANSWER_WITHIN, "{began:?}: {tries} tries until {now:?}");
        }
    }

    #[test]
    fn choices_stay_within_what_discord_takes() {
        let one = |insert: String, label: String| Completion { insert, label };
        let mut found: Vec<Completion> = (0..30).map(|number| one(format!("id-{number}"), "Ä".repeat(150))).collect();
        found.insert(0, one("x".repeat(101), "too long to be chosen".to_owned()));
        let json = choices_of(&found);
        let choices = json["choices"].as_array().unwrap();
        assert_eq!(choices.len(), 25);
        assert_eq!(choices[0]["value"], "id-0");
        assert_eq!(units(choices[0]["name"].as_str().unwrap()), 100);
    }
}
