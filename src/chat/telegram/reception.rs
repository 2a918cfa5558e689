//! What comes of an update: it is handed to the program, its effects are awaited, and then it may be confirmed. Replies
//! follow behind, each chat at its own pace.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use serde::de::IgnoredAny;
use teloxide::{
    payloads::AnswerCallbackQuery,
    types::{CallbackQueryId, Update},
};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, warn};
use url::Url;

use super::{
    address::Address,
    below::{Below, Place},
    channel, inline,
    lanes::{Job, Lanes},
    limits,
    progress::Progress,
    render::{Drawn, draw, plain},
    rights::Rights,
    sender::{Letter, Sender},
    update::{Appointed, Heard, Identity, Pressed, Said, Speaker, asks_for_story, private_link, understand},
};
use crate::{
    chat::{Event, Incoming, Input, Reply},
    commands::{self, Permission},
    domain::{ChatSettings, Locale, Mark, Message, Platform, RequestId, Resumption},
    text::{self, Draft, Text},
};

/// Where updates are received, while the program listens.
pub(super) struct Reception {
    /// The way out.
    pub(super) sender: Arc<Sender>,
    /// Who may do what.
    pub(super) rights: Arc<Rights>,
    /// The bot itself.
    pub(super) me: Identity,
    /// How chats that never said otherwise are spoken to.
    pub(super) defaults: ChatSettings,
    /// Where requests go.
    pub(super) inbox: mpsc::Sender<Event>,
    /// Cancelled when the program ends.
    pub(super) stop: CancellationToken,
    /// Which updates are done.
    pub(super) progress: Progress,
    /// Groups that others have become lately: the bot does not come to them, it was there.
    pub(super) grown: Mutex<VecDeque<i64>>,
    /// Answers that stand below messages in groups.
    pub(super) below: Arc<Below>,
    /// Updates being handled.
    pub(super) updates: Lanes,
    /// Replies on their way.
    pub(super) replies: Lanes,
}

/// An update being handled. When it is dropped before it was settled, nobody knows whether its effects are stored: it took
/// too long, the program's side failed or panicked, or the program ends. Then it is to come again.
struct Ticket {
    reception: Arc<Reception>,
    update: u32,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        // For one that is settled this does nothing.
        self.reception.progress.fail(self.update, Instant::now());
    }
}

impl Ticket {
    /// The update's effects are stored.
    fn settle(&self) {
        self.reception.progress.settle(self.update);
    }

    /// The request's name, the same when the update comes again.
    fn request(&self) -> RequestId {
        RequestId(format!("telegram-{}", self.update).into())
    }
}

/// What somebody who pressed a button is shown, and nobody else.
enum Shown {
    /// The button just stops turning.
    Nothing,
    /// Words that vanish by themselves.
    Toast(String),
    /// Words that are closed by hand.
    Alert(String),
    /// A link to the bot, which the app opens.
    Page(Url),
}

/// A request's form, place and person.
struct Asking {
    id: RequestId,
    at: Address,
    is_private: bool,
    may_manage: bool,
    locale: Option<Locale>,
    input: Input,
}

impl Reception {
    /// Takes an update in; `false` when it came before, or there is no room for it yet.
    pub(super) fn take(self: &Arc<Self>, update: &Update) -> bool {
        let (number, now) = (update.id.0, Instant::now());
        for update in self.progress.give_up(limits::UNCONFIRMED, now) {
            error!(platform = "telegram", update, "an update could not be handled for minutes and is left out");
        }
        if !self.progress.begin(number, now) {
            return false;
        }
        let heard = understand(update, &self.me);
        let ticket = Ticket { reception: Arc::clone(self), update: number };
        let lane = heard.lane();
        if let Heard::Moved { to, .. } = heard {
            let mut grown = self.grown.lock().unwrap_or_else(PoisonError::into_inner);
            grown.push_back(to);
            if grown.len() > limits::GROWN {
                grown.pop_front();
            }
        }
        if matches!(heard, Heard::Nothing) {
            ticket.settle();
            return true;
        }
        let this = Arc::clone(self);
        let is_taken = self.updates.add(lane, Box::pin(async move { this.handle(heard, ticket).await }));
        if !is_taken {
            debug!(platform = "telegram", chat = lane, update = number, "much at once from one chat: an update waits");
            self.progress.postpone(number, now);
        }
        is_taken
    }

    /// Waits a moment for what is still being handled and sent.
    pub(super) async fn finish(&self) {
        self.updates.finish(limits::FAREWELL).await;
        self.replies.finish(limits::FAREWELL).await;
    }

    async fn handle(self: Arc<Self>, heard: Heard, ticket: Ticket) {
        match heard {
            Heard::Said(said) => self.said(said, &ticket).await,
            Heard::Pressed(pressed) => self.pressed(pressed, &ticket).await,
            Heard::Sought(sought) => {
                // It changes nothing, so nothing must be waited for.
                ticket.settle();
                inline::answer(&self, &ticket.request(), &sought).await;
            }
            Heard::Joined { chat, locale } => self.joined(chat, locale, &ticket).await,
            Heard::Appointed(appointed) => {
                // It may have been subscribed, and have lost the right since.
                if self.back(Address::of(appointed.chat), Resumption::HereAndBelow, &ticket).await {
                    self.appointed(&appointed);
                }
            }
            Heard::Back { at, below } => {
                let why = if below { Resumption::HereAndBelow } else { Resumption::Here };
                self.back(at, why, &ticket).await;
            }
            Heard::Left { chat } => {
                let (done, is_done) = oneshot::channel();
                let (id, place) = (ticket.request(), chat.to_string().into());
                let reason = "the bot was removed or blocked";
                let lost = Event::Lost { id, platform: Platform::Telegram, place, reason, done };
                self.tell(lost, is_done, &ticket).await;
            }
            Heard::Moved { from, to } => {
                let (done, is_done) = oneshot::channel();
                let (from, to) = (Address::of(from).chat_id(), Address::of(to).chat_id());
                self.tell(Event::Moved { id: ticket.request(), from, to, done }, is_done, &ticket).await;
            }
            Heard::Nothing => ticket.settle(),
            Heard::Garbled => {
                warn!(platform = "telegram", update = ticket.update, "an update cannot be read and is left out");
                ticket.settle();
            }
        }
    }

    async fn said(&self, said: Said, ticket: &Ticket) {
        let answers = (!said.is_private && !said.is_post).then_some(said.message);
        let target = if said.is_private { channel::split(&said.line) } else { None };
        if let Some((line, name)) = target {
            return self.said_for_channel(&said, line, &name, ticket).await;
        }
        let may_manage = match said.by {
            Speaker::Manager => true,
            Speaker::Stranger => false,
            Speaker::Person(person) => match self.may_manage(said.at, person, &said.line).await {
                Some(may) => may,
                None => {
                    let drawn = self.own(&self.unchecked(said.locale));
                    ticket.settle();
                    self.send(Letter { to: said.at, drawn, answers, replaces: None, is_silent: false });
                    return;
                }
            },
        };
        let asking = Asking {
            id: ticket.request(),
            at: said.at,
            is_private: said.is_private,
            may_manage,
            locale: said.locale,
            input: Input::Line(said.line),
        };
        if let Some(reply) = self.ask(asking).await {
            ticket.settle();
            self.send(Letter { to: said.at, drawn: drawn(&reply), answers, replaces: None, is_silent: false });
        }
    }

    /// A command in a private chat that is about a channel.
    async fn said_for_channel(&self, said: &Said, line: &str, name: &str, ticket: &Ticket) {
        let (person, input) = (said.at.chat.unsigned_abs(), Input::Line(line.to_owned()));
        let drawn = match self.ask_for_channel(name, person, said.locale, input, ticket).await {
            Ok(Some(reply)) => drawn(&reply),
            Ok(None) => return,
            Err(refusal) => self.own(&refusal),
        };
        ticket.settle();
        self.send(Letter { to: said.at, drawn, answers: None, replaces: None, is_silent: false });
    }

    /// A button below an answer about a channel.
    async fn pressed_for_channel(&self, pressed: &Pressed, words: &str, name: &str, ticket: &Ticket) {
        let (query, input) = (pressed.query.clone(), Input::Press(words.to_owned()));
        let reply = match self.ask_for_channel(name, pressed.by, pressed.locale, input, ticket).await {
            Ok(Some(reply)) => reply,
            Ok(None) => return self.acknowledge(query, Shown::Nothing).await,
            Err(refusal) => {
                ticket.settle();
                return self.acknowledge(query, Shown::Alert(self.popup(&refusal))).await;
            }
        };
        ticket.settle();
        self.acknowledge(query, Shown::Nothing).await;
        if let Some((at, message)) = pressed.below {
            let replaces = reply.replaces.then_some(message);
            self.send(Letter { to: at, drawn: drawn(&reply), answers: None, replaces, is_silent: false });
        }
    }

    /// Asks for a channel what its administrator wants for it: the reply as it is told in their private chat, if there is one.
    ///
    /// # Errors
    ///
    /// The answer to somebody who may not ask for it.
    async fn ask_for_channel(
        &self,
        name: &str,
        person: u64,
        locale: Option<Locale>,
        input: Input,
        ticket: &Ticket,
    ) -> Result<Option<Reply>, Message> {
        let found = channel::find(&self.sender.api, &self.me, name, person).await;
        let found = found.map_err(|obstacle| channel::refusal(self.locale(locale), &obstacle))?;
        let (id, at) = (ticket.request(), Address::of(found.chat));
        let reply = self.ask(Asking { id, at, is_private: false, may_manage: true, locale, input }).await;
        Ok(reply.map(|reply| {
            let message = channel::told(reply.settings.locale, &found, reply.message.clone());
            Reply { message, ..reply }
        }))
    }

    async fn pressed(&self, pressed: Pressed, ticket: &Ticket) {
        let line = format!("/{}", pressed.words);
        if pressed.is_private
            && let Some((line, name)) = channel::split(&line)
        {
            return self.pressed_for_channel(&pressed, line.trim_start_matches('/'), &name, ticket).await;
        }
        let Pressed { query, below, is_private, is_channel, is_astray, words, by, locale } = pressed;
        let Some((at, message)) = below.filter(|_| !words.is_empty()) else {
            ticket.settle();
            return self.acknowledge(query, Shown::Nothing).await;
        };
        if is_astray {
            // Carried out in any topic, it would most likely be the wrong one.
            ticket.settle();
            return self.acknowledge(query, Shown::Alert(self.too_late(locale, &words))).await;
        }
        let link = private_link(&words, &self.me).filter(|_| is_channel);
        if let Some(link) = link.clone().filter(|_| asks_for_story(&words)) {
            // Nobody who only reads a channel shall make it say something, so they read it in private.
            ticket.settle();
            return self.acknowledge(query, Shown::Page(link)).await;
        }
        let may_manage = if is_private { Some(true) } else { self.may_manage(at, by, &words).await };
        let Some(may_manage) = may_manage else {
            ticket.settle();
            return self.acknowledge(query, Shown::Alert(self.popup(&self.unchecked(locale)))).await;
        };
        let is_story = asks_for_story(&words);
        let input = Input::Press(words.clone());
        let reply = self.ask(Asking { id: ticket.request(), at, is_private, may_manage, locale, input }).await;
        let Some(reply) = reply else { return self.acknowledge(query, Shown::Nothing).await };
        ticket.settle();
        let is_refused = reply.message.mark == Some(Mark::Refused);
        if is_story && !is_private && !is_refused {
            let place = Place { chat: at.chat, message, words };
            return self.show_below(query, at, place, &Text::TimelineThere, &reply).await;
        }
        if reply.is_private && !reply.replaces && !is_private {
            let fits = in_words(&reply, usize::MAX).chars().count() <= limits::POPUP;
            if fits || is_refused || (is_channel && link.is_none()) {
                return self.acknowledge(query, Shown::Alert(in_words(&reply, limits::POPUP))).await;
            }
            if let Some(link) = link {
                return self.acknowledge(query, Shown::Page(link)).await;
            }
            let place = Place { chat: at.chat, message, words };
            return self.show_below(query, at, place, &Text::AnswerThere, &reply).await;
        }
        self.acknowledge(query, Shown::Nothing).await;
        let replaces = reply.replaces.then_some(message);
        let answers = (!reply.replaces).then_some(message);
        self.send(Letter { to: at, drawn: drawn(&reply), answers, replaces, is_silent: false });
    }

    /// Tells in a group what is too long for what only who pressed sees: as a message that answers the one with the button and
    /// makes no sound. Its own buttons turn its pages, for anybody. Whoever asks again makes that message true instead of
    /// getting another, so that nobody can fill a group with them, and is told that it is `there`.
    async fn show_below(&self, query: String, at: Address, place: Place, there: &Text<'_>, reply: &Reply) {
        let known = self.below.answer(&place, Instant::now());
        let told = known.map(|_| {
            let mut draft = Draft::new(reply.settings.locale);
            draft.paragraph(there);
            self.popup(&draft.finish())
        });
        self.acknowledge(query, told.map_or(Shown::Nothing, Shown::Toast)).await;
        let (sender, below) = (Arc::clone(&self.sender), Arc::clone(&self.below));
        let (drawn, deadline) = (drawn(reply), Instant::now() + limits::REPLY_WAIT);
        let tell = async move {
            // One may have been told while this waited for its turn.
            let replaces = below.answer(&place, Instant::now());
            let letter = Letter { to: at, drawn, answers: Some(place.message), replaces, is_silent: true };
            if let Some(answer) = sender.reply(letter, deadline).await {
                below.note(place, answer, Instant::now());
            }
        };
        self.put(at.chat, Box::pin(tell));
    }

    /// Answers the press itself, without which the app shows for a while that it waits.
    async fn acknowledge(&self, query: String, shown: Shown) {
        let mut answer = AnswerCallbackQuery::new(CallbackQueryId(query));
        match shown {
            Shown::Nothing => {}
            Shown::Toast(words) => answer.text = Some(words),
            Shown::Alert(words) => {
                answer.show_alert = Some(true);
                answer.text = Some(words);
            }
            Shown::Page(link) => answer.url = Some(link),
        }
        let answered: Result<IgnoredAny, _> = self.sender.api.call(&answer, limits::PATIENCE).await;
        if let Err(failure) = answered {
            // Too late, most likely; what the press did is done.
            debug!(platform = "telegram", cause = %failure, "a pressed button was not answered");
        }
    }

    async fn joined(&self, chat: i64, locale: Option<Locale>, ticket: &Ticket) {
        // When a group grows, Telegram first says that the bot came to the new one, and then that the old one moved.
        sleep(limits::GROWING).await;
        if self.grown.lock().unwrap_or_else(PoisonError::into_inner).contains(&chat) {
            return ticket.settle();
        }
        let at = Address::of(chat);
        let asking =
            Asking { id: ticket.request(), at, is_private: false, may_manage: false, locale, input: Input::Joined };
        if let Some(reply) = self.ask(asking).await {
            ticket.settle();
            self.send(Letter { to: at, drawn: drawn(&reply), answers: None, replaces: None, is_silent: true });
        }
    }

    /// Tells who made the bot an administrator of a channel how to go on; when they never wrote to it, it must not.
    fn appointed(&self, appointed: &Appointed) {
        let mut draft = Draft::new(self.locale(appointed.locale));
        let command = format!("/subscribe whatsapp in {}", appointed.handle);
        draft.paragraph(&Text::ChannelWelcome { channel: &appointed.title, command: &command });
        let (to, drawn) = (Address::of(appointed.by), self.own(&draft.finish()));
        self.send(Letter { to, drawn, answers: None, replaces: None, is_silent: false });
    }

    /// Whether a person may do what this line or button asks for; `None` when Telegram does not say. Where it makes no
    /// difference it is not asked.
    async fn may_manage(&self, at: Address, person: u64, line: &str) -> Option<bool> {
        if !is_for_managers(line) {
            return Some(false);
        }
        match self.rights.manages(&self.sender.api, at.chat, person).await {
            Ok(manages) => Some(manages),
            Err(failure) => {
                warn!(chat = %at.chat_id(), cause = %failure, "it cannot be found out who manages a chat");
                None
            }
        }
    }

    async fn ask(&self, asking: Asking) -> Option<Reply> {
        let (answer, reply) = oneshot::channel();
        let Asking { id, at, is_private, may_manage, locale: locale_hint, input } = asking;
        let incoming = Incoming { id, chat: at.chat_id(), is_private, may_manage, locale_hint, input, answer };
        self.inbox.send(Event::Asked(incoming)).await.ok()?;
        // Dropped without an answer: there is none to give, or the program ends.
        reply.await.ok()
    }

    /// Hands over an event without an answer; it is settled when it is noted. Says whether it was.
    async fn tell(&self, event: Event, is_done: oneshot::Receiver<()>, ticket: &Ticket) -> bool {
        let is_noted = self.inbox.send(event).await.is_ok() && is_done.await.is_ok();
        if is_noted {
            ticket.settle();
        }
        is_noted
    }

    /// The bot may write again; says whether that is noted.
    async fn back(&self, at: Address, why: Resumption, ticket: &Ticket) -> bool {
        let (done, is_done) = oneshot::channel();
        let (id, place) = (ticket.request(), at.to_string().into());
        let back = Event::Back { id, platform: Platform::Telegram, place, why, done };
        self.tell(back, is_done, ticket).await
    }

    /// Puts a message on its way; what is too much for one chat is left out.
    fn send(&self, letter: Letter) {
        let (chat, sender) = (letter.to.chat, Arc::clone(&self.sender));
        let deadline = Instant::now() + limits::REPLY_WAIT;
        if letter.drawn.text.is_empty() {
            return;
        }
        self.put(
            chat,
            Box::pin(async move {
                sender.reply(letter, deadline).await;
            }),
        );
    }

    fn put(&self, chat: i64, reply: Job) {
        if !self.replies.add(chat, reply) {
            warn!(platform = "telegram", chat, "too many replies wait for one chat: one was left out");
        }
    }

    fn locale(&self, hint: Option<Locale>) -> Locale {
        hint.unwrap_or(self.defaults.locale)
    }

    fn unchecked(&self, locale: Option<Locale>) -> Message {
        let mut draft = Draft::new(self.locale(locale));
        draft.mark(Mark::Refused);
        draft.paragraph(&Text::RightsUnchecked);
        draft.finish()
    }

    fn too_late(&self, locale: Option<Locale>, words: &str) -> String {
        // The steps of a menu cannot be typed; the command that begins it can.
        let command = words.split_once(" ~").map_or(words, |(command, _)| command);
        let mut draft = Draft::new(self.locale(locale));
        draft.paragraph(&Text::PressedTooLate { command: &format!("/{command}") });
        self.popup(&draft.finish())
    }

    /// The words of one of the adapter's own messages, for who pressed a button alone.
    fn popup(&self, message: &Message) -> String {
        plain(message, limits::POPUP, &|_, _| String::new())
    }

    /// One of the adapter's own messages; none of them tells a time.
    fn own(&self, message: &Message) -> Drawn {
        draw(message, &|_, _| String::new())
    }

    /// The same request under a name of its own, for when one update asks for several things. Changes nothing.
    pub(super) async fn ask_aside(
        &self,
        id: RequestId,
        by: i64,
        locale: Option<Locale>,
        line: String,
    ) -> Option<Reply> {
        let at = Address::of(by);
        self.ask(Asking { id, at, is_private: true, may_manage: false, locale, input: Input::Line(line) }).await
    }
}

/// Whether the command that begins this line, or that a button stands for, may change something.
fn is_for_managers(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    let name = first.trim_start_matches('/').split('@').next().unwrap_or_default().to_lowercase();
    // `/start` says hello to anybody; with a service behind it, it subscribes.
    commands::spec(&name).is_some_and(|spec| spec.permission == Permission::Manage || name == "start")
}

fn drawn(reply: &Reply) -> Drawn {
    draw(&reply.message, &|when, style| text::moment(&reply.settings, when, style, reply.at))
}

fn in_words(reply: &Reply, most: usize) -> String {
    plain(&reply.message, most, &|when, style| text::moment(&reply.settings, when, style, reply.at))
}
