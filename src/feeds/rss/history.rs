//! Statuspage's history entries: all updates of an incident in one body, newest first, with times that lack the year.
//!
//! `<small>Jul <var>9</var>, <var>06:01</var> UTC</small><br><strong>Update</strong> - text`. The year, and the truth about
//! the zone (bodies say `PST` in summer), come from the entry's own time, which is that of its newest update.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use super::words::{self, Word};
use crate::feeds::{
    prose::{Piece, PlainText, walk},
    time::{month_number, zone_seconds},
};

/// How far back a leap day may lie.
const YEARS_BACK: i32 = 8;
/// The largest distance of a zone from Greenwich, in seconds.
const FARTHEST_ZONE: i64 = 14 * 3_600;

/// One update of the body. Its time is to the minute, as the body prints it: the entry's own seconds are those of the newest
/// update only, and an update must not change its time when another follows.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) word: Option<Word>,
    pub(super) at: Option<DateTime<Utc>>,
    pub(super) body: String,
}

/// What a body holds.
#[derive(Debug, Default)]
pub(super) struct History {
    /// In the order of the document: newest first.
    pub(super) said: Vec<Said>,
    /// When planned work begins and ends, where the body says `THIS IS A SCHEDULED EVENT`.
    pub(super) window: Option<(DateTime<Utc>, Option<DateTime<Utc>>)>,
}

/// A time without a year.
#[derive(Clone, Debug)]
struct Stamp {
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    zone: Option<i32>,
}

#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Body,
    Small,
    Strong,
}

struct Block {
    stamp: Stamp,
    word: String,
    body: PlainText,
}

/// Reads the body of an entry; `None` when it is not of this structure. `published` is the entry's own time.
pub(super) fn read(html: &str, published: Option<DateTime<Utc>>) -> Option<History> {
    if !html.contains("<small") || !html.contains("<strong") {
        return None;
    }
    let (blocks, opening) = split(html);
    if blocks.is_empty() || blocks.iter().all(|block| words::leading(&block.word).is_none()) {
        return None;
    }
    let newest = &blocks.first()?.stamp;
    let offset = published.and_then(|published| newest.true_offset(published)).or(newest.zone).unwrap_or(0);
    let mut anchor = published;
    let mut said = Vec::with_capacity(blocks.len());
    for block in &blocks {
        // Zones may differ within a body when clocks changed meanwhile.
        let shift = block.stamp.zone.zip(newest.zone).map_or(0, |(own, newest)| own - newest);
        let at = anchor.and_then(|anchor| block.stamp.before(anchor, offset + shift));
        anchor = at.or(anchor);
        let body = block.body.as_str().trim_start().trim_start_matches(['-', '–', '—']).trim().to_owned();
        said.push(Said { word: words::leading(&block.word), at, body });
    }
    let window = published.and_then(|published| read_window(&opening, published, offset));
    Some(History { said, window })
}

/// The blocks that begin with a dated `small`, and the text before the first.
fn split(html: &str) -> (Vec<Block>, String) {
    let mut blocks: Vec<Block> = Vec::new();
    let mut opening = PlainText::default();
    let mut small = String::new();
    let mut inside = Inside::Body;
    walk(html, |piece| match (inside, piece) {
        (Inside::Body, Piece::Open("small")) => {
            inside = Inside::Small;
            small.clear();
        }
        (Inside::Small, Piece::Text(text)) => small.push_str(text),
        (Inside::Small, Piece::Close("small")) => {
            inside = Inside::Body;
            match Stamp::read(&small) {
                Some(stamp) => blocks.push(Block { stamp, word: String::new(), body: PlainText::default() }),
                // Small print of the writer's own.
                None => blocks.last_mut().map_or(&mut opening, |block| &mut block.body).add(Piece::Text(&small)),
            }
        }
        (Inside::Small, _) => {}
        (Inside::Strong, Piece::Text(text)) => {
            if let Some(block) = blocks.last_mut() {
                block.word.push_str(text);
            }
        }
        (Inside::Strong, Piece::Close("strong")) => inside = Inside::Body,
        (Inside::Strong, _) => {}
        (Inside::Body, piece) => match blocks.last_mut() {
            Some(block)
                if piece == Piece::Open("strong") && block.word.is_empty() && block.body.as_str().trim().is_empty() =>
            {
                inside = Inside::Strong;
            }
            Some(block) => block.body.add(piece),
            None => opening.add(piece),
        },
    });
    (blocks, opening.finish())
}

/// `THIS IS A SCHEDULED EVENT Jul 10, 22:00 - Jul 11, 02:00 UTC`, the second day left out when it is the first.
fn read_window(opening: &str, published: DateTime<Utc>, offset: i32) -> Option<(DateTime<Utc>, Option<DateTime<Utc>>)> {
    let (_, rest) = opening.split_once("SCHEDULED EVENT")?;
    let (from, until) = rest.split_once(['-', '–'])?;
    let mut start = Stamp::read(from)?;
    let mut end = Stamp::read(until).or_else(|| {
        let (hour, minute) = read_clock(until.split_whitespace().next()?)?;
        let zone = until.split_whitespace().nth(1).and_then(zone_seconds);
        Some(Stamp { hour, minute, zone, ..start.clone() })
    });
    // The zone stands behind the end only.
    let zone = end.as_ref().and_then(|end| end.zone).unwrap_or(offset);
    start.zone = Some(zone);
    let starts_at = start.near(published, zone)?;
    let ends_at = end.take().and_then(|end| end.near(starts_at, zone)).filter(|end| *end >= starts_at);
    Some((starts_at, ends_at))
}

impl Stamp {
    /// The time in `Jul  9, 06:01 UTC`.
    fn read(text: &str) -> Option<Self> {
        let text = text.replace(',', " ");
        let mut words = text.split_whitespace().filter(|word| *word != "-");
        let month = month_number(words.next()?)?;
        let day = words.next()?.parse().ok().filter(|day| (1..=31).contains(day))?;
        let mut next = words.next()?;
        // Some name the year after all; the entry's own time tells it better.
        if next.len() == 4 && next.bytes().all(|byte| byte.is_ascii_digit()) {
            next = words.next()?;
        }
        let (hour, minute) = read_clock(next)?;
        Some(Self { month, day, hour, minute, zone: words.next().and_then(zone_seconds) })
    }

    fn in_year(&self, year: i32, offset: i32) -> Option<DateTime<Utc>> {
        let naive = NaiveDate::from_ymd_opt(year, self.month, self.day)?.and_hms_opt(self.hour, self.minute, 0)?;
        naive.and_utc().checked_sub_signed(TimeDelta::seconds(offset.into()))
    }

    /// The latest such time that is not a day or more after `anchor`.
    fn before(&self, anchor: DateTime<Utc>, offset: i32) -> Option<DateTime<Utc>> {
        let latest = anchor.checked_add_signed(TimeDelta::days(1))?;
        let years = (anchor.year() - YEARS_BACK..=anchor.year() + 1).rev();
        years.filter_map(|year| self.in_year(year, offset)).find(|time| *time < latest)
    }

    /// The such time that is nearest to `anchor`.
    fn near(&self, anchor: DateTime<Utc>, offset: i32) -> Option<DateTime<Utc>> {
        let years = anchor.year() - 1..=anchor.year() + 1;
        years.filter_map(|year| self.in_year(year, offset)).min_by_key(|time| (*time - anchor).num_seconds().abs())
    }

    /// How far from Greenwich the clock was that showed this at `published`, when the two can be one moment. The named zone
    /// may be an hour off (summer time), not more.
    fn true_offset(&self, published: DateTime<Utc>) -> Option<i32> {
        let local = self.near(published, 0)?;
        let minutes = (local - published).num_seconds().div_euclid(60) + 1;
        // The body has no seconds: the difference is up to a minute short of the offset.
        let offset = [minutes, minutes - 1].into_iter().find(|minutes| minutes % 15 == 0)? * 60;
        let is_offset = offset.abs() <= FARTHEST_ZONE;
        let is_likely = self.zone.is_none_or(|zone| (offset - i64::from(zone)).abs() <= 3_600);
        if is_offset && is_likely { i32::try_from(offset).ok() } else { None }
    }
}

fn read_clock(text: &str) -> Option<(u32, u32)> {
    let (hour, minute) = text.split_once(':')?;
    Some((hour.parse().ok().filter(|hour| *hour < 24)?, minute.parse().ok().filter(|minute| *minute < 60)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::Phase, feeds::time::parse_time};

    fn times(html: &str, published: &str) -> Vec<String> {
        let history = read(html, parse_time(published)).unwrap();
        history
            .said
            .iter()
            .map(|said| said.at.map_or("none".to_owned(), |at| at.format("%FT%TZ").to_string()))
            .collect()
    }

    fn entry(stamps: &[&str]) -> String {
        stamps.iter().map(|stamp| format!("<p><small>{stamp}</small><br><strong>Update</strong> - text</p>")).collect()
    }

    #[test]
    fn the_year_comes_from_the_entry() {
        let html = entry(&["Jan  2, 09:09 UTC", "Jan  1, 00:30 UTC", "Dec 29, 08:04 UTC"]);
        assert_eq!(
            times(&html, "2014-01-02T09:09:20Z"),
            ["2014-01-02T09:09:00Z", "2014-01-01T00:30:00Z", "2013-12-29T08:04:00Z"]
        );
    }

    #[test]
    fn a_leap_day_is_of_a_leap_year() {
        let html = entry(&["Mar  1, 10:00 UTC", "Feb 29, 08:04 UTC"]);
        assert_eq!(times(&html, "2024-03-01T10:00:00Z"), ["2024-03-01T10:00:00Z", "2024-02-29T08:04:00Z"]);
        // Edited a year later: the day existed the year before.
        assert_eq!(times(&entry(&["Feb 29, 08:04 UTC"]), "2025-03-01T10:00:00Z"), ["2024-02-29T08:04:00Z"]);
    }

    #[test]
    fn the_entry_knows_the_zone_better_than_the_body() {
        let html = entry(&["Jul  9, 06:01 PST", "Jul  9, 05:01 PST"]);
        assert_eq!(times(&html, "2014-07-09T13:01:05Z"), ["2014-07-09T13:01:00Z", "2014-07-09T12:01:00Z"]);
        // An entry that is dated by something else leaves the named zone its word.
        assert_eq!(times(&html, "2014-07-11T00:00:00Z"), ["2014-07-09T14:01:00Z", "2014-07-09T13:01:00Z"]);
        assert_eq!(times(&entry(&["Jul  9, 06:01 XYZ"]), "2014-07-09T00:31:05Z"), ["2014-07-09T00:31:00Z"]);
    }

    #[test]
    fn words_and_texts_are_told_apart() {
        let html = "<p> <small>Jul <var data-var='date'> 9</var>, <var data-var='time'>06:01</var> UTC</small><br> <strong>Resolved</strong> - All <strong>good</strong>.<br /><br />Bye <small>(really)</small> </p>";
        let history = read(html, parse_time("2026-07-09T06:01:43Z")).unwrap();
        let said = history.said.first().unwrap();
        assert_eq!(said.word, Some(Word::Closed(Phase::Resolved)));
        assert_eq!(said.body, "All good.\n\nBye (really)");
    }

    #[test]
    fn the_window_of_a_scheduled_event_is_read() {
        for (opening, ends) in [
            ("Jul <var>10</var>, <var>22:00</var> - <var>23:30</var> UTC", "2026-07-10T23:30:00Z"),
            ("Jul 10, 22:00 - Jul 11, 02:00 UTC", "2026-07-11T02:00:00Z"),
        ] {
            let html = format!(
                "<p><strong>THIS IS A SCHEDULED EVENT {opening}</strong></p><p><small>Jul  9, 06:01 UTC</small><br><strong>Scheduled</strong> - text</p>"
            );
            let (from, until) = read(&html, parse_time("2026-07-10T22:00:00Z")).unwrap().window.unwrap();
            assert_eq!(from, parse_time("2026-07-10T22:00:00Z").unwrap());
            assert_eq!(until, parse_time(ends));
        }
    }

    #[test]
    fn another_structure_is_left_to_others() {
        assert!(read("<p>Resolved</p>", None).is_none());
        assert!(read("<small>we</small> <strong>are fine</strong>", None).is_none());
    }

    #[test]
    fn an_entry_without_a_time_has_updates_without_times() {
        let history = read(&entry(&["Jul  9, 06:01 UTC"]), None).unwrap();
        assert_eq!(history.said.iter().map(|said| said.at).collect::<Vec<_>>(), [None]);
    }
}
