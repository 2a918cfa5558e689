//! Every number that comes from Telegram, with its source, and every number of our own beside them.

use std::time::Duration;

use crate::chat::Rate;

/// UTF-16 units in a text message, after entities were parsed.
/// Source: <https://core.telegram.org/bots/api#sendmessage> (read 2026-08-30).
pub(super) const TEXT: usize = 4_096;

/// Entities of a message that are looked at; further ones are left out by Telegram.
/// Source: <https://core.telegram.org/bots/api#formatting-options> and limits.tginfo.me (read 2026-08-30).
pub(super) const ENTITIES: usize = 100;

/// Bytes that are kept with a button.
/// Source: <https://core.telegram.org/bots/api#inlinekeyboardbutton> (read 2026-08-30).
pub(super) const PRESS: usize = 64;

/// Characters on a button: more are cut off by the apps; our own buttons have no more.
pub(super) const LABEL: usize = 40;

/// Characters in the answer to a pressed button.
/// Source: <https://core.telegram.org/bots/api#answercallbackquery> (read 2026-08-30).
pub(super) const POPUP: usize = 200;

/// Characters of what a link to the bot brings along.
/// Source: <https://core.telegram.org/bots/features#deep-linking> (read 2026-08-30).
pub(super) const START: usize = 64;

/// Characters of a command's description.
/// Source: <https://core.telegram.org/bots/api#botcommand> (read 2026-08-30).
pub(super) const DESCRIPTION: usize = 256;

/// Commands in one menu.
/// Source: <https://core.telegram.org/bots/api#setmycommands> (read 2026-08-30).
pub(super) const COMMANDS: usize = 100;

/// Results to an inline query that are offered. Telegram takes 50; nobody reads so many.
/// Source: <https://core.telegram.org/bots/api#answerinlinequery> (read 2026-08-30).
pub(super) const RESULTS: usize = 5;

/// Seconds for which Telegram may give the same person the same answer to an inline query: an outage is news.
pub(super) const INLINE_CACHE: u32 = 10;

/// Bulk messages in a second, over all chats.
/// Source: <https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this> (read 2026-08-30).
pub(super) const OVERALL: Rate = Rate { count: 30, per: Duration::from_secs(1) };

/// The same for a bot that pays for it.
/// Source: <https://core.telegram.org/bots/api#paid-broadcasts> (read 2026-08-30).
pub(super) const OVERALL_PAID: Rate = Rate { count: 1_000, per: Duration::from_secs(1) };

/// Edits of a bot that pays for its messages: nobody can pay for edits, so they stay at the common pace.
/// Source: <https://core.telegram.org/bots/api#editmessagetext> has no `allow_paid_broadcast` (read 2026-08-30).
pub(super) const EDITS: Rate = OVERALL;

/// The longest an edit stays away that has no place at that pace: its chat is told nothing else meanwhile.
pub(super) const EDIT_REST: Duration = Duration::from_secs(10);

/// Messages to one chat.
/// Source: <https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this> (read 2026-08-30).
pub(super) const CHAT: Rate = Rate { count: 1, per: Duration::from_secs(1) };

/// Messages to one group; edits count as well (seen, not documented).
/// Source: <https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this> (read 2026-08-30).
pub(super) const GROUP: Rate = Rate { count: 20, per: Duration::from_secs(60) };

/// Sends under way at the same time: a second's worth at the common pace even when answers take two seconds.
pub(super) const SENDS: usize = 64;

/// The same at the paid pace.
pub(super) const SENDS_PAID: usize = 512;

/// Updates in one answer to `getUpdates`.
/// Source: <https://core.telegram.org/bots/api#getupdates> (read 2026-08-30).
pub(super) const UPDATES: u8 = 100;

/// How long Telegram holds an answer to `getUpdates` back while there is nothing to tell. It takes up to 50 s.
pub(super) const POLL: Duration = Duration::from_secs(25);

/// How long the answer to such a request is waited for: a connection that died silently must be noticed.
pub(super) const POLL_PATIENCE: Duration = Duration::from_secs(40);

/// How long Telegram keeps updates nobody fetched. After so long without any the numbering may begin anew.
/// Source: <https://core.telegram.org/bots/api#getting-updates> (read 2026-08-30).
pub(super) const UPDATES_KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Between two requests for updates when the first brought nothing new at once.
pub(super) const POLL_PAUSE: Duration = Duration::from_millis(200);

/// How long any other answer is waited for.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);

/// How long a connection to Telegram may take to come about.
pub(super) const CONNECT: Duration = Duration::from_secs(5);

/// How long what is left over may take once the program is told to stop.
pub(super) const FAREWELL: Duration = Duration::from_secs(4);

/// The first pause after a failure to receive; each further one is twice as long …
pub(super) const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// … up to this one.
pub(super) const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Bytes of an answer that are read: a hundred updates of the longest kind have some hundred kilobytes.
pub(super) const ANSWER: usize = 16 * 1024 * 1024;

/// Bytes of an update that Telegram posts to the webhook.
pub(super) const POSTED_UPDATE: usize = 1024 * 1024;

/// Chats whose updates are handled at the same time.
pub(super) const AT_ONCE: usize = 64;

/// The longest one update may take to be handled; then the next of its chat has its turn, and it comes again later.
pub(super) const HANDLING: Duration = Duration::from_secs(30);

/// How long it is tried to handle an update. Until then it is not confirmed, and Telegram hands out no more than
/// [`UPDATES`] from the first that is not: so long may one chat, or the store, keep others from being heard at worst.
pub(super) const UNCONFIRMED: Duration = Duration::from_secs(5 * 60);

/// The first pause before an update that could not be handled is taken once more; each further one is twice as long …
pub(super) const FIRST_AGAIN: Duration = Duration::from_secs(1);

/// … up to this one.
pub(super) const LONGEST_AGAIN: Duration = Duration::from_secs(30);

/// How long it is waited, once the bot came to a group, for the word that the group has just grown out of another.
pub(super) const GROWING: Duration = Duration::from_millis(500);

/// Groups that are remembered for that.
pub(super) const GROWN: usize = 256;

/// Updates of one chat that wait for their turn; further ones are not confirmed and come again.
pub(super) const WAITING: usize = 100;

/// Replies to one chat that wait for their turn; further ones are dropped: who types so fast reads none of them.
pub(super) const REPLIES_WAITING: usize = 10;

/// How long an answer below a message in a group is kept true when it is asked for again, instead of telling it anew.
pub(super) const BELOW_KEPT: Duration = Duration::from_secs(10 * 60);

/// Answers that are remembered for that.
pub(super) const BELOW: usize = 1_024;

/// Tries for a reply: it is nothing that must arrive hours later.
pub(super) const REPLY_TRIES: u32 = 4;

/// The longest a reply waits, mostly because Telegram wants nothing sent there for a while; later nobody remembers the question.
pub(super) const REPLY_WAIT: Duration = Duration::from_secs(5 * 60);

/// Chats to which replies are sent, or wait to be sent, at the same time: more than are handled, for one that waits for
/// minutes must not take the place of one that could go.
pub(super) const REPLIES_AT_ONCE: usize = 1_024;

/// Updates that were handled and are remembered, so that a repeated one changes nothing.
pub(super) const REMEMBERED: usize = 4_096;

/// How long a list of a group's administrators is believed, which is asked for where members are hidden: who is not on it yet
/// shall not be refused for long.
pub(super) const ADMINISTRATORS_KEPT: Duration = Duration::from_secs(10);

/// Groups whose administrators are remembered.
pub(super) const ADMINISTRATORS: usize = 256;

/// How long it is believed what Telegram said about somebody's rights.
pub(super) const RIGHTS_KEPT: Duration = Duration::from_secs(60);

/// People whose rights are remembered.
pub(super) const RIGHTS: usize = 4_096;

/// Chats whose pace is remembered before those at rest are forgotten for the first time.
pub(super) const CHATS: usize = 4_096;

/// Messages in a second of the common pace that a fan-out leaves to replies that wait.
pub(super) const REPLY_PLACES: usize = 5;

/// How long replies leave a chat that has room again to an alert that had to wait for it.
pub(super) const ALERT_FIRST: Duration = Duration::from_secs(1);

/// Replies keep so much more distance than Telegram asks for: one may have been slow on its way, and the next be fast.
pub(super) const REPLY_GUARD: Duration = Duration::from_millis(100);

/// So many different chats that were refused as too fast, within [`FLOOD_SPAN`], mean that it is about all of them.
pub(super) const FLOODED_CHATS: usize = 3;

/// See [`FLOODED_CHATS`].
pub(super) const FLOOD_SPAN: Duration = Duration::from_secs(5);

/// Seconds beyond which a waiting time is taken for an error: nobody waits for a year.
pub(super) const LONGEST_FLOOD: u64 = 365 * 24 * 60 * 60;

/// A wait is remembered for the next start when it is longer than this: so long it takes until that sends anything.
pub(super) const SHORT_REST: Duration = Duration::from_secs(2);

/// Waits that are remembered: the store takes no longer list.
pub(super) const RESTS: usize = 128;

/// How long a chat rests after a refusal that named no time.
pub(super) const FLOOD_WAIT: Duration = Duration::from_secs(5);

/// Messages besides the outbox's that are remembered until it asks for them.
pub(super) const BESIDES: usize = 4_096;
