//! `foghorn outbox`: what is not delivered, and what becomes of what was given up.

use std::{cmp::Reverse, collections::BTreeMap, fmt::Write};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    app::arguments::{Letters, OutboxTask, OutputFormat},
    domain::{Platform, SuspensionState, clean_line},
    store::{Revived, Standing, Store, StoreError, Undelivered, UndeliveredPlace},
};

/// Deliveries read at once, so that nobody else waits long for the store.
pub(in crate::app) const AT_ONCE: usize = 512;

/// Different reasons that are counted, and those of them that are shown.
const MANY_REASONS: usize = 1_000;
const SHOWN_REASONS: usize = 10;

/// The longest reason in the list, in characters.
const MOST_REASON: usize = 200;

/// What was found or done, in words or as JSON.
///
/// # Errors
///
/// [`StoreError`] when the store cannot be read or written.
pub async fn outbox(
    store: &dyn Store,
    task: Option<OutboxTask>,
    format: OutputFormat,
    now: DateTime<Utc>,
) -> Result<Done, StoreError> {
    match task {
        None => Ok(Done::well(count(store).await?.shown(format, now))),
        Some(OutboxTask::List { pending, retrying, dead, platform, most }) => {
            let wanted = Wanted { pending, retrying, dead, platform };
            let (mut listing, mut gathered) = (Listing::default(), Gathered::of(most));
            while let Some(some) = gathered.wants() {
                gathered.take(listing.next(store, &wanted, some).await?);
            }
            Ok(Done::well(gathered.listed().shown(format, now)))
        }
        Some(OutboxTask::Retry(letters)) => retry(store, &letters, format, now).await,
        Some(OutboxTask::Drop(letters)) => drop_dead(store, &letters, format).await,
    }
}

/// What is to be printed, and whether all that was asked for was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Words or JSON.
    pub page: String,
    /// Whether all was done.
    pub is_whole: bool,
}

impl Done {
    pub(in crate::app) const fn well(page: String) -> Self {
        Self { page, is_whole: true }
    }
}

/// How much of what there is, by platform.
#[derive(Serialize)]
struct Counted {
    platforms: Vec<CountedPlatform>,
    /// Why tries failed and deliveries were given up, the most frequent first; not all when there are very many.
    reasons: Vec<CountedReason>,
}

/// How often there is a reason among the deliveries that are retried or were given up.
#[derive(Serialize)]
struct CountedReason {
    state: &'static str,
    count: usize,
    reason: String,
}

/// How often each reason was found.
#[derive(Default)]
struct Reasons(BTreeMap<(&'static str, String), usize>);

impl Reasons {
    fn note(&mut self, state: &'static str, reason: &str) {
        let key = (state, clean_line(reason, MOST_REASON));
        if self.0.len() < MANY_REASONS || self.0.contains_key(&key) {
            *self.0.entry(key).or_default() += 1;
        }
    }

    fn most_frequent(self) -> Vec<CountedReason> {
        let counted = |((state, reason), count)| CountedReason { state, count, reason };
        let mut all: Vec<_> = self.0.into_iter().map(counted).collect();
        all.sort_by_key(|reason| Reverse(reason.count));
        all.truncate(SHOWN_REASONS);
        all
    }
}

#[derive(Serialize)]
struct CountedPlatform {
    platform: &'static str,
    fan_outs: usize,
    pending: usize,
    retrying: usize,
    dead: usize,
    /// Chats that cannot be written to and wait to be again.
    resting_chats: usize,
    /// When the oldest of those that are not dead was first due.
    oldest_at: Option<DateTime<Utc>>,
}

impl CountedPlatform {
    fn is_empty(&self) -> bool {
        self.fan_outs + self.pending + self.retrying + self.dead + self.resting_chats == 0
    }

    fn age(&mut self, since: DateTime<Utc>) {
        self.oldest_at = Some(self.oldest_at.map_or(since, |oldest| oldest.min(since)));
    }
}

async fn count(store: &dyn Store) -> Result<Counted, StoreError> {
    let mut platforms = Vec::new();
    for platform in Platform::ALL {
        let fan_outs = store.fan_outs(platform).await?;
        let mut counted = CountedPlatform {
            platform: platform.word(),
            fan_outs: fan_outs.len(),
            pending: 0,
            retrying: 0,
            dead: 0,
            resting_chats: count_resting(store, platform).await?,
            oldest_at: None,
        };
        fan_outs.into_iter().for_each(|(_, since)| counted.age(since));
        platforms.push(counted);
    }
    let mut reasons = Reasons::default();
    each(store, |one| {
        let platform = one.id.chat.platform.word();
        match &one.standing {
            Standing::Retrying { barred_since: Some(_), .. } => {
                reasons.note("retrying", "the chat cannot be written to")
            }
            Standing::Retrying { reason: Some(reason), .. } => reasons.note("retrying", reason),
            Standing::Dead { reason, .. } => reasons.note("dead", reason),
            Standing::Pending | Standing::Retrying { .. } => {}
        }
        let Some(counted) = platforms.iter_mut().find(|counted| counted.platform == platform) else { return };
        match one.standing {
            Standing::Pending => counted.pending += 1,
            Standing::Retrying { .. } => counted.retrying += 1,
            Standing::Dead { .. } => {
                counted.dead += 1;
                return;
            }
        }
        counted.age(one.since);
    })
    .await?;
    Ok(Counted { platforms, reasons: reasons.most_frequent() })
}

/// How many chats of a platform rest.
async fn count_resting(store: &dyn Store, platform: Platform) -> Result<usize, StoreError> {
    let (mut count, mut after) = (0, None);
    loop {
        let page = store.suspensions(after, AT_ONCE).await?;
        let is_on = |state| match state {
            SuspensionState::Gone | SuspensionState::Barred => true,
            SuspensionState::Over(_) => false,
        };
        count += page.iter().filter(|(chat, one)| chat.platform == platform && is_on(one.state)).count();
        if page.len() < AT_ONCE {
            return Ok(count);
        }
        after = page.last().map(|(chat, _)| chat.clone());
    }
}

impl Counted {
    fn shown(&self, format: OutputFormat, now: DateTime<Utc>) -> String {
        match format {
            OutputFormat::Json => json(self),
            OutputFormat::Text => self.table(now),
        }
    }

    fn table(&self, now: DateTime<Utc>) -> String {
        let mut rows = vec![["PLATFORM", "PENDING", "RETRYING", "DEAD", "OLDEST"].map(str::to_owned)];
        for counted in self.platforms.iter().filter(|counted| !counted.is_empty()) {
            let oldest = counted.oldest_at.map_or_else(|| "-".to_owned(), |since| span(now - since));
            let [pending, retrying, dead] = [counted.pending, counted.retrying, counted.dead].map(|n| n.to_string());
            rows.push([counted.platform.to_owned(), pending, retrying, dead, oldest]);
        }
        if rows.len() == 1 {
            return "Everything was delivered.".to_owned();
        }
        let mut page = aligned(&rows);
        if !self.reasons.is_empty() {
            let heads = ["COUNT", "STATE", "REASON"].map(str::to_owned);
            let row = |one: &CountedReason| [one.count.to_string(), one.state.to_owned(), one.reason.clone()];
            let rows: Vec<_> = std::iter::once(heads).chain(self.reasons.iter().map(row)).collect();
            page.push('\n');
            page.push_str(&aligned(&rows));
        }
        let fan_outs: usize = self.platforms.iter().map(|counted| counted.fan_outs).sum();
        if fan_outs > 0 {
            line(
                &mut page,
                &format!("\n{} under way: chats not come to yet are not counted.", counted(fan_outs, "fan-out")),
            );
        }
        let resting: usize = self.platforms.iter().map(|counted| counted.resting_chats).sum();
        if resting > 0 {
            let (chats, rest) = if resting == 1 { ("chat", "rests") } else { ("chats", "rest") };
            line(
                &mut page,
                &format!("\n{resting} {chats} cannot be written to and {rest}; after 30 days that is the end."),
            );
        }
        if self.platforms.iter().any(|counted| counted.dead > 0) {
            line(&mut page, "\n`foghorn outbox list --dead` says why, `retry` and `drop` do something about it.");
        }
        page
    }
}

/// What is to be listed: of which kinds (none: all), for chats of which platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) struct Wanted {
    pub(in crate::app) pending: bool,
    pub(in crate::app) retrying: bool,
    pub(in crate::app) dead: bool,
    pub(in crate::app) platform: Option<Platform>,
}

impl Wanted {
    fn admits(&self, one: &Undelivered) -> bool {
        let wants_all = !(self.pending || self.retrying || self.dead);
        let is_of_kind = match one.standing {
            Standing::Pending => self.pending,
            Standing::Retrying { .. } => self.retrying,
            Standing::Dead { .. } => self.dead,
        };
        (wants_all || is_of_kind) && self.platform.is_none_or(|platform| platform == one.id.chat.platform)
    }
}

/// Some of what there is, one by one.
#[derive(Serialize)]
pub(in crate::app) struct Listed {
    deliveries: Vec<ListedDelivery>,
    /// Whether there are more.
    more: bool,
}

/// One of them, in the words of the answer for programs.
#[derive(Debug, Deserialize, Serialize)]
pub(in crate::app) struct ListedDelivery {
    /// The number of a dead letter.
    id: Option<u64>,
    state: String,
    chat: String,
    incident: String,
    since: DateTime<Utc>,
    tries: u32,
    next_try_at: Option<DateTime<Utc>>,
    given_up_at: Option<DateTime<Utc>>,
    reason: Option<String>,
    /// A try may have arrived all the same.
    #[serde(rename = "uncertain")]
    is_uncertain: bool,
}

impl ListedDelivery {
    fn of(one: Undelivered) -> Self {
        let (chat, incident) = (one.id.chat.to_string(), one.id.incident.to_string());
        let plain = Self {
            id: None,
            state: "pending".to_owned(),
            chat,
            incident,
            since: one.since,
            tries: one.tries,
            next_try_at: None,
            given_up_at: None,
            reason: None,
            is_uncertain: false,
        };
        match one.standing {
            Standing::Pending => plain,
            Standing::Retrying { due, barred_since, reason, is_in_doubt } => {
                let barred = |since: DateTime<Utc>| format!("the chat cannot be written to since {}", stamp(since));
                let reason = barred_since.map(barred).or(reason);
                Self {
                    state: "retrying".to_owned(),
                    next_try_at: Some(due),
                    reason,
                    is_uncertain: is_in_doubt,
                    ..plain
                }
            }
            Standing::Dead { number, at, reason } => Self {
                id: Some(number),
                state: "dead".to_owned(),
                given_up_at: Some(at),
                reason: Some(reason),
                ..plain
            },
        }
    }

    fn cells(&self, now: DateTime<Utc>) -> [String; 8] {
        let dash = || "-".to_owned();
        let next = self.next_try_at.map_or_else(dash, |due| if due > now { span(due - now) } else { "now".to_owned() });
        [
            self.id.map_or_else(dash, |id| id.to_string()),
            self.state.clone(),
            self.chat.clone(),
            self.incident.clone(),
            stamp(self.since),
            self.tries.to_string(),
            next,
            match (&self.reason, self.is_uncertain) {
                (None, false) => dash(),
                (None, true) => "it may have arrived".to_owned(),
                (Some(reason), false) => clean_line(reason, MOST_REASON),
                (Some(reason), true) => format!("{}; it may have arrived", clean_line(reason, MOST_REASON)),
            },
        ]
    }
}

/// How far a list was read.
pub(in crate::app) struct Listing {
    /// Where it goes on; `None`: it has come to its end.
    place: Option<Option<UndeliveredPlace>>,
}

impl Default for Listing {
    fn default() -> Self {
        Self { place: Some(None) }
    }
}

impl Listing {
    /// The next ones of those that are wanted, so many at most; none: those were all.
    pub(in crate::app) async fn next(
        &mut self,
        store: &dyn Store,
        wanted: &Wanted,
        most: usize,
    ) -> Result<Vec<ListedDelivery>, StoreError> {
        let mut found = Vec::new();
        while found.len() < most
            && let Some(after) = self.place.take()
        {
            let page = store.undelivered(after, AT_ONCE).await?;
            let mut last = (page.len() == AT_ONCE).then(|| page.last().map(|one| one.place.clone()));
            for one in page {
                if found.len() >= most {
                    break;
                }
                if wanted.admits(&one) {
                    if found.len() + 1 == most {
                        last = Some(Some(one.place.clone()));
                    }
                    found.push(ListedDelivery::of(one));
                }
            }
            self.place = last;
        }
        Ok(found)
    }
}

/// A list that comes bit by bit.
pub(in crate::app) struct Gathered {
    most: usize,
    deliveries: Vec<ListedDelivery>,
    is_all: bool,
}

impl Gathered {
    /// Of so many at most.
    pub(in crate::app) const fn of(most: usize) -> Self {
        Self { most, deliveries: Vec::new(), is_all: false }
    }

    /// How many may come next; `None`: these are enough. One more than are listed tells whether there are more.
    pub(in crate::app) fn wants(&self) -> Option<usize> {
        let left = self.most.saturating_add(1).saturating_sub(self.deliveries.len());
        (!self.is_all && left > 0).then_some(left.min(AT_ONCE))
    }

    /// These came; none: those were all.
    pub(in crate::app) fn take(&mut self, some: Vec<ListedDelivery>) {
        self.is_all = some.is_empty();
        self.deliveries.extend(some);
    }

    /// What is listed.
    pub(in crate::app) fn listed(mut self) -> Listed {
        let more = self.deliveries.len() > self.most;
        self.deliveries.truncate(self.most);
        Listed { deliveries: self.deliveries, more }
    }
}

impl Listed {
    pub(in crate::app) fn shown(&self, format: OutputFormat, now: DateTime<Utc>) -> String {
        if format == OutputFormat::Json {
            return json(self);
        }
        if self.deliveries.is_empty() {
            return "There is nothing of that kind.".to_owned();
        }
        let heads = ["ID", "STATE", "CHAT", "INCIDENT", "SINCE", "TRIES", "NEXT", "REASON"].map(str::to_owned);
        let rows: Vec<_> = std::iter::once(heads).chain(self.deliveries.iter().map(|one| one.cells(now))).collect();
        let mut page = aligned(&rows);
        if self.more {
            line(&mut page, "\nThere are more; `--most N` shows them.");
        }
        page
    }
}

/// What became of dead letters.
#[derive(Default, Serialize)]
struct Treated {
    /// Deliveries again.
    #[serde(skip_serializing_if = "Option::is_none")]
    retried: Option<usize>,
    /// Dropped; when they were to be retried, for one of the next reasons.
    dropped: usize,
    /// The chat was told by a later message.
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<usize>,
    /// The chat does not want to hear of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    unwanted: Option<usize>,
    /// What they were about is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    forgotten: Option<usize>,
    /// Numbers that no letter has.
    unknown: usize,
}

impl Treated {
    fn done(&self, format: OutputFormat) -> Done {
        let page = match (format, self.retried) {
            (OutputFormat::Json, _) => json(self),
            (OutputFormat::Text, None) => format!("{} dropped.", counted(self.dropped, "dead letter")),
            (OutputFormat::Text, Some(retried)) => {
                let mut page = format!("{} due again; told is what is true then.", counted(retried, "dead letter"));
                let reasons = [
                    (self.told, "the chat was told all of it since, by a later message"),
                    (
                        self.unwanted,
                        "the chat has not subscribed to that any more, or its filter or a mute keeps it away",
                    ),
                    (
                        self.forgotten,
                        "the incident is not kept any more, or the outages that the message listed go on by themselves",
                    ),
                ];
                for (count, reason) in reasons {
                    if let Some(count) = count.filter(|count| *count > 0) {
                        page.push_str(&format!("\n{count} dropped: {reason}."));
                    }
                }
                page
            }
        };
        let unknown = match (format, self.unknown) {
            (OutputFormat::Json, _) | (_, 0) => String::new(),
            (OutputFormat::Text, unknown) => {
                format!("\n{} not known; `foghorn outbox list --dead` shows all.", counted(unknown, "ID"))
            }
        };
        Done { page: page + &unknown, is_whole: self.unknown == 0 }
    }
}

async fn retry(
    store: &dyn Store,
    letters: &Letters,
    format: OutputFormat,
    now: DateTime<Utc>,
) -> Result<Done, StoreError> {
    let mut all = Revived::default();
    for some in numbers(store, letters).await?.chunks(AT_ONCE) {
        let Revived { due, told, unwanted, forgotten, unknown } = store.revive(some.to_vec(), now).await?;
        all.due += due;
        all.told += told;
        all.unwanted += unwanted;
        all.forgotten += forgotten;
        all.unknown += unknown;
    }
    let treated = Treated {
        retried: Some(all.due),
        dropped: all.told + all.unwanted + all.forgotten,
        told: Some(all.told),
        unwanted: Some(all.unwanted),
        forgotten: Some(all.forgotten),
        unknown: all.unknown,
    };
    Ok(treated.done(format))
}

async fn drop_dead(store: &dyn Store, letters: &Letters, format: OutputFormat) -> Result<Done, StoreError> {
    let mut treated = Treated::default();
    for some in numbers(store, letters).await?.chunks(AT_ONCE) {
        let dropped = store.discard(some.to_vec()).await?;
        treated.dropped += dropped;
        treated.unknown += some.len() - dropped;
    }
    Ok(treated.done(format))
}

/// The numbers of the letters that are meant.
async fn numbers(store: &dyn Store, letters: &Letters) -> Result<Vec<u64>, StoreError> {
    if !letters.all {
        let mut ids = letters.ids.clone();
        ids.sort_unstable();
        ids.dedup();
        return Ok(ids);
    }
    let mut numbers = Vec::new();
    each(store, |one| {
        let is_meant = letters.platform.is_none_or(|platform| platform == one.id.chat.platform);
        if let (Standing::Dead { number, .. }, true) = (&one.standing, is_meant) {
            numbers.push(*number);
        }
    })
    .await?;
    Ok(numbers)
}

/// Looks at everything that is not delivered.
async fn each(store: &dyn Store, mut look: impl FnMut(Undelivered)) -> Result<(), StoreError> {
    let mut after = None;
    loop {
        let page = store.undelivered(after, AT_ONCE).await?;
        let is_last = page.len() < AT_ONCE;
        after = page.last().map(|one| one.place.clone());
        page.into_iter().for_each(&mut look);
        if is_last {
            return Ok(());
        }
    }
}

fn json(page: &impl Serialize) -> String {
    serde_json::to_string_pretty(page).expect("the answers have text keys and no failing parts")
}

/// A table whose columns stand below each other, with nothing behind the last one.
fn aligned<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let mut page = String::new();
    for row in rows {
        let mut text = String::new();
        for (column, cell) in row.iter().enumerate() {
            let width = width(column);
            text.push_str(&format!("{cell:<width$}  "));
        }
        line(&mut page, text.trim_end());
    }
    page
}

fn line(page: &mut String, text: &str) {
    // Writing to a string cannot fail.
    writeln!(page, "{text}").unwrap_or_default();
}

fn counted(count: usize, what: &str) -> String {
    let (plural, verb) = if count == 1 { ("", "is") } else { ("s", "are") };
    format!("{count} {what}{plural} {verb}")
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// `2h 5m`: the two largest units tell enough.
fn span(span: TimeDelta) -> String {
    let seconds = span.num_seconds().max(0).unsigned_abs();
    let whole = humantime::format_duration(std::time::Duration::from_secs(seconds)).to_string();
    whole.split(' ').take(2).collect::<Vec<_>>().join(" ")
}
