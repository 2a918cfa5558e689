//! Discord's numbers, each with its source.
//!
//! Texts are counted in UTF-16 code units: never less than what Discord counts.
//! A message's own text, of which it takes 2,000, is never more than the name of a role.

use std::time::Duration;

/// An embed's headline.
/// Source: <https://discord.com/developers/docs/resources/message#embed-object-embed-limits> (read 2026-08-30).
pub(super) const TITLE: usize = 256;
/// An embed's text. Source: as [`TITLE`].
pub(super) const DESCRIPTION: usize = 4_096;
/// An embed's fields. Source: as [`TITLE`].
pub(super) const FIELDS: usize = 25;
/// A field's name. Source: as [`TITLE`].
pub(super) const FIELD_NAME: usize = 256;
/// A field's value. Source: as [`TITLE`].
pub(super) const FIELD_VALUE: usize = 1_024;
/// An embed's small print. Source: as [`TITLE`].
pub(super) const FOOTER: usize = 2_048;
/// All texts of a message's embeds together. Source: as [`TITLE`].
pub(super) const EMBEDS: usize = 6_000;

/// Rows of buttons, and buttons in a row.
/// Source: <https://discord.com/developers/docs/components/reference#action-row> (read 2026-08-30).
pub(super) const ROWS: usize = 5;
/// What stands on a button.
/// Source: <https://discord.com/developers/docs/components/reference#button> (read 2026-08-30).
pub(super) const LABEL: usize = 80;
/// What Discord keeps with a button. Source: as [`LABEL`].
pub(super) const CUSTOM_ID: usize = 100;
/// The address behind a button. Source: as [`LABEL`].
pub(super) const BUTTON_URL: usize = 512;

/// A thread's name.
/// Source: <https://discord.com/developers/docs/resources/channel#start-thread-from-message> (read 2026-08-30).
pub(super) const THREAD_NAME: usize = 100;
/// After so many minutes without a message a thread is put away. Source: as [`THREAD_NAME`]; one of 60, 1440, 4320, 10080.
pub(super) const THREAD_MINUTES: u32 = 4_320;

/// What can be chosen from while somebody types.
/// Source: <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-autocomplete>
/// (read 2026-08-30).
pub(super) const CHOICES: usize = 25;
/// The name and the value of a choice.
/// Source: <https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure>
/// (read 2026-08-30).
pub(super) const CHOICE: usize = 100;

/// A command is answered or put off within 3 seconds.
/// Source: <https://discord.com/developers/docs/interactions/receiving-and-responding> (read 2026-08-30).
/// The way to us and back takes its share, so the first answer is given up a little earlier …
pub(super) const ANSWER_WITHIN: Duration = Duration::from_millis(2_700);
/// … and an answer that is not there by then is put off, with time left for a second try.
pub(super) const DEFER_AFTER: Duration = Duration::from_millis(1_500);
/// A choice that comes later than this no longer fits what was typed.
pub(super) const COMPLETE_WITHIN: Duration = Duration::from_millis(1_000);
/// An answer that was put off may come for 15 minutes (source as above); nobody waits so long.
pub(super) const LATEST_ANSWER: Duration = Duration::from_secs(60);

/// 10,000 answers of 401, 403 or 429 within ten minutes ban the address for a while …
/// Source: <https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans>
/// (read 2026-08-30).
pub(super) const UNWELCOME_SPAN: Duration = Duration::from_secs(600);
/// … so after a tenth of them nothing is sent where it was refused before …
pub(super) const MANY_UNWELCOME: u32 = 1_000;
/// … and after a quarter nothing at all but answers to people, who are to see no sign of it …
pub(super) const MOST_UNWELCOME: u32 = 2_500;
/// … for which there is this much: other programs may share the address.
pub(super) const LAST_UNWELCOME: u32 = 4_000;

/// An announcement channel takes about ten publications an hour (observed). The next waits for that: the alert is there
/// already. What is older than this is no news any more.
pub(super) const PUBLISH_WITHIN: Duration = Duration::from_secs(2 * 3_600);
/// How often publishing a message is tried, waits for the limit not counted.
pub(super) const PUBLISH_TRIES: u32 = 6;

/// From the first byte sent to the last received.
pub(super) const REQUEST_WITHIN: Duration = Duration::from_secs(10);
/// Until a connection stands.
pub(super) const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// The largest answer read; a message with everything in it has some 20 KiB.
pub(super) const MOST_BODY: usize = 1024 * 1024;
/// A bucket that is full again within this time is waited for; longer waits go back to who asked.
pub(super) const SHORT_WAIT: Duration = Duration::from_secs(1);
/// Who waits so long for a turn among all requests is sent back to who asked.
pub(super) const LONGEST_QUEUE: Duration = Duration::from_secs(10);
/// When Discord refuses for the rate without saying how long.
pub(super) const UNTOLD_WAIT: Duration = Duration::from_secs(5);

/// Messages on their way at the same time. With answers after 100 ms this carries 5,000 messages a second, far above what
/// even the largest bots are allowed.
pub(super) const SENDS_AT_ONCE: usize = 512;
/// Commands being answered at the same time; who asks more is asked to try again …
pub(super) const ANSWERS_AT_ONCE: usize = 512;
/// … as long as no more than so many are being answered or asked to.
pub(super) const MOST_ANSWERS: usize = 4 * ANSWERS_AT_ONCE;
/// What the gateway told and nobody has looked at yet.
pub(super) const NEWS_WAITING: usize = 2_048;
/// How long an event may wait to be among those.
pub(super) const NEWS_WITHIN: Duration = Duration::from_secs(2);
/// Servers that wait to be greeted; those beyond are greeted after the next start.
pub(super) const GREETINGS_WAITING: usize = 1_024;
/// Chats that wait to be looked for; those beyond are looked for after the next start.
pub(super) const MISSING_WAITING: usize = 1_024;
/// Messages that wait to be published, and those that are being published or wait for their channel's limit.
pub(super) const PUBLICATIONS_WAITING: usize = 1_024;
pub(super) const PUBLICATIONS_AT_ONCE: usize = 1_024;
/// As many are remembered over a stop, in so many lists …
pub(super) const PUBLICATION_LISTS: usize = 32;
/// … of at most so many: 2 KB, as the store likes best what is shorter than 4.
pub(super) const PUBLICATIONS_LISTED: usize = 32;

/// 120 messages a minute may go to the gateway, heartbeats among them; a presence every ten seconds leaves it alone.
/// Source: <https://discord.com/developers/docs/topics/gateway#rate-limiting> (read 2026-08-30).
pub(super) const PRESENCE_EVERY: Duration = Duration::from_secs(5);
/// A custom status.
/// Source: <https://discord.com/developers/docs/topics/gateway-events#activity-object> (128 characters, observed).
pub(super) const PRESENCE: usize = 128;

/// Messages of a channel that are looked into for one that may be there already; with everything in them some 500 KiB.
pub(super) const RECENT: u32 = 50;

/// A bucket table beyond this forgets what is over.
pub(super) const MOST_BUCKETS: usize = 50_000;
/// Channels whose kind is remembered, and threads that are known to exist; ordinary channels are not among them.
pub(super) const MOST_KNOWN: usize = 50_000;
/// Channels of one server that are known to be barred; a server has 500, and 1,000 open threads.
pub(super) const MOST_BARRED_AROUND: usize = 1_500;
