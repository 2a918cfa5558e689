//! Lengths of time as people type them: `2h`, `1 day`, `until 9:00`, `until Monday 9:00`.

use std::time::Duration;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

/// The longest length, in minutes: a year, leap day included.
const LONGEST: u64 = 366 * DAY;

const HOUR: u64 = 60;
const DAY: u64 = 24 * HOUR;
const WEEK: u64 = 7 * DAY;

/// Words for a single one.
const ONE: [&str; 8] = ["a", "an", "one", "ein", "eine", "einen", "einer", "eins"];

/// The hour at which tomorrow begins, for who names no time.
const MORNING: u32 = 9;

/// A length of time as somebody typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// So long, in whole minutes.
    For(Duration),
    /// Until it is so late where the chat is.
    Until(NaiveTime),
    /// Until it is so late there on the next such day.
    UntilDay(Day, NaiveTime),
}

/// A day as somebody typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// The one after this.
    Tomorrow,
    /// The next of this name; today, where the time is still ahead.
    Of(Weekday),
}

impl Day {
    fn is(self, day: NaiveDate, today: NaiveDate) -> bool {
        match self {
            Self::Tomorrow => today.succ_opt() == Some(day),
            Self::Of(weekday) => day.weekday() == weekday,
        }
    }
}

impl Length {
    /// When it ends, begun now; `zone` is the chat's.
    #[must_use]
    pub fn end(self, now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::For(length) => {
                let length = TimeDelta::from_std(length).unwrap_or(TimeDelta::MAX);
                now.checked_add_signed(length).unwrap_or(DateTime::<Utc>::MAX_UTC)
            }
            Self::Until(time) => {
                let today = now.with_timezone(&zone).date_naive();
                let days = (0..=2).filter_map(|days| today.checked_add_days(Days::new(days)));
                let mut ends = days.filter_map(|day| in_zone(day.and_time(time), zone));
                ends.find(|end| *end > now).unwrap_or(now)
            }
            Self::UntilDay(wanted, time) => {
                let today = now.with_timezone(&zone).date_naive();
                let days = (0..=7).filter_map(|days| today.checked_add_days(Days::new(days)));
                let days = days.filter(|day| wanted.is(*day, today));
                let mut ends = days.filter_map(|day| in_zone(day.and_time(time), zone));
                ends.find(|end| *end > now).unwrap_or(now)
            }
        }
    }
}

/// A time of the clock in a zone; one that the clock leaps over is the same time after the leap.
fn in_zone(local: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    let found = |local: NaiveDateTime| zone.from_local_datetime(&local).earliest();
    let end = found(local).or_else(|| found(local.checked_add_signed(TimeDelta::hours(1))?))?;
    Some(end.with_timezone(&Utc))
}

/// The length in these words, `None` when they are none or it is longer than a year.
pub(super) fn parse(text: &str) -> Option<Length> {
    let text = text.trim().to_lowercase();
    for word in ["until ", "till ", "bis "] {
        if let Some(time) = text.strip_prefix(word) {
            return until(time.trim());
        }
    }
    let text = text.strip_prefix("for ").or_else(|| text.strip_prefix("für ")).unwrap_or(&text);
    minutes(text.trim()).map(|minutes| Length::For(Duration::from_secs(minutes * 60)))
}

/// `9:00`, `tomorrow`, `Monday 9:00`, `morgen um 9 Uhr`. A day without a time begins at midnight, but tomorrow in the morning.
fn until(text: &str) -> Option<Length> {
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let Some(day) = day(first.trim_end_matches([',', '.'])) else { return clock(text).map(Length::Until) };
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("at ").or_else(|| rest.strip_prefix("um ")).unwrap_or(rest).trim();
    let time = match (rest, day) {
        ("", Day::Tomorrow) => NaiveTime::from_hms_opt(MORNING, 0, 0),
        ("", Day::Of(_)) => Some(NaiveTime::MIN),
        (time, _) => clock(time),
    };
    time.map(|time| Length::UntilDay(day, time))
}

fn day(word: &str) -> Option<Day> {
    Some(match word {
        "tomorrow" | "morgen" => Day::Tomorrow,
        "monday" | "mon" | "montag" | "mo" => Day::Of(Weekday::Mon),
        "tuesday" | "tue" | "dienstag" | "di" => Day::Of(Weekday::Tue),
        "wednesday" | "wed" | "mittwoch" | "mi" => Day::Of(Weekday::Wed),
        "thursday" | "thu" | "donnerstag" | "do" => Day::Of(Weekday::Thu),
        "friday" | "fri" | "freitag" | "fr" => Day::Of(Weekday::Fri),
        "saturday" | "sat" | "samstag" | "sonnabend" | "sa" => Day::Of(Weekday::Sat),
        "sunday" | "sun" | "sonntag" | "so" => Day::Of(Weekday::Sun),
        _ => return None,
    })
}

/// Whether a word can be the first of a length.
pub(super) fn begins(word: &str) -> bool {
    let word = word.to_lowercase();
    let is_number = word.starts_with(|first: char| first.is_ascii_digit()) && word.len() <= 12;
    (is_number && (parse(&word).is_some() || word.bytes().all(|byte| byte.is_ascii_digit())))
        || ["until", "till", "bis", "for", "für"].contains(&word.as_str())
        || ONE.contains(&word.as_str())
}

/// What is typed for a length of so many minutes, in its largest whole unit: `8h`.
pub(super) fn word(length: Duration) -> String {
    let minutes = length.as_secs() / 60;
    if minutes.is_multiple_of(DAY) && minutes > DAY {
        format!("{}d", minutes / DAY)
    } else if minutes.is_multiple_of(HOUR) {
        format!("{}h", minutes / HOUR)
    } else {
        format!("{minutes}m")
    }
}

/// `2h 30m`, `1 day`, `2 Stunden`, `an hour`.
fn minutes(text: &str) -> Option<u64> {
    if let Some((first, unit)) = text.split_once(char::is_whitespace)
        && ONE.contains(&first)
    {
        return in_minutes(unit.trim());
    }
    let mut rest = text;
    let mut total: u64 = 0;
    while !rest.is_empty() {
        // A number without its unit could mean anything.
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let (number, after) = rest.split_at_checked(digits)?;
        let (half, after) = half(after);
        let after = after.trim_start();
        let letters = after.find(|letter: char| !letter.is_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at_checked(letters)?;
        let unit = in_minutes(unit)?;
        // Half a minute is none.
        let part = if half { (unit > 1).then_some(unit / 2)? } else { 0 };
        total = total.checked_add(number.parse::<u64>().ok()?.checked_mul(unit)?)?.checked_add(part)?;
        rest = after.trim_start_matches(|letter: char| letter.is_whitespace() || letter == ',');
        rest = rest.strip_prefix("and ").or_else(|| rest.strip_prefix("und ")).unwrap_or(rest);
    }
    (1..=LONGEST).contains(&total).then_some(total)
}

/// Whether a half more follows a number, as in `1.5 h` and `1½h`, and what follows that.
fn half(text: &str) -> (bool, &str) {
    let rest = [".5", ",5", "½"].iter().find_map(|half| text.strip_prefix(half));
    rest.filter(|rest| !rest.starts_with(|next: char| next.is_ascii_digit())).map_or((false, text), |rest| (true, rest))
}

fn in_minutes(unit: &str) -> Option<u64> {
    match unit {
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" => Some(1),
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" => Some(HOUR),
        "d" | "day" | "days" | "t" | "tag" | "tage" | "tagen" => Some(DAY),
        "w" | "week" | "weeks" | "woche" | "wochen" => Some(WEEK),
        _ => None,
    }
}

/// `9:00`, `21.30`, `9`, `9 pm`, `9 Uhr`.
fn clock(text: &str) -> Option<NaiveTime> {
    let text = text.strip_suffix("uhr").unwrap_or(text).trim_end();
    let (text, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(morning), _) => (morning.trim_end(), Some(0)),
        (None, Some(evening)) => (evening.trim_end(), Some(12)),
        (None, None) => (text, None),
    };
    let (hour, minute) = text.split_once([':', '.']).unwrap_or((text, "00"));
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match half {
        None if hour == 24 && minute == 0 => 0,
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes_of(text: &str) -> Option<u64> {
        match parse(text)? {
            Length::For(length) => Some(length.as_secs() / 60),
            Length::Until(_) | Length::UntilDay(..) => None,
        }
    }

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (text, minutes) in [
            ("2h", 120),
            ("90m", 90),
            ("3d", 3 * DAY),
            ("1 day", DAY),
            ("1 Tag", DAY),
            ("2 Stunden", 120),
            ("2h 30m", 150),
            ("2h30min", 150),
            ("1 hour and 5 minutes", 65),
            ("1 Woche", WEEK),
            ("for 2 hours", 120),
            ("für 2 Std", 120),
            ("366d", LONGEST),
            ("an hour", 60),
            ("eine Stunde", 60),
            ("für einen Tag", DAY),
            ("1½h", 90),
            ("1.5 h", 90),
            ("1,5 Stunden", 90),
            ("0.5h", 30),
        ] {
            assert_eq!(minutes_of(text), Some(minutes), "{text}");
        }
        for text in [
            "",
            "2",
            "h",
            "0m",
            "2 parsecs",
            "-2h",
            "367d",
            "99999999999999999999h",
            "2h x",
            "1.55h",
            "0.5m",
            "a",
            "an x",
            "1.5.5h",
            "ever",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for minutes in [1, 59, 60, 90, 480, DAY, 3 * DAY, LONGEST] {
            assert_eq!(minutes_of(&word(Duration::from_secs(minutes * 60))), Some(minutes));
        }
        assert_eq!(word(Duration::from_secs(DAY * 60)), "24h");
    }

    #[test]
    fn until_is_the_next_time_the_clock_shows_it() {
        let end = |text: &str, now: &str, zone: Tz| parse(text).unwrap().end(now.parse().unwrap(), zone).to_rfc3339();
        let (zone, noon) = (chrono_tz::Europe::Vienna, "2026-11-22T11:00:00Z");
        assert_eq!(end("until 9:00", noon, zone), "2026-11-23T08:00:00+00:00");
        assert_eq!(end("until 21:30", noon, zone), "2026-11-22T20:30:00+00:00");
        assert_eq!(end("bis 12 Uhr", noon, zone), "2026-11-23T11:00:00+00:00");
        assert_eq!(end("until 9 pm", noon, Tz::UTC), "2026-11-22T21:00:00+00:00");
        assert_eq!(end("till 12am", noon, Tz::UTC), "2026-11-23T00:00:00+00:00");
        assert_eq!(end("until tomorrow", noon, zone), "2026-11-23T08:00:00+00:00");
        assert_eq!(end("bis morgen um 7 Uhr", noon, zone), "2026-11-23T06:00:00+00:00");
        assert_eq!(end("until tomorrow at 21:30", noon, zone), "2026-11-23T20:30:00+00:00");
        // The 22nd is a Sunday.
        assert_eq!(end("until Monday 9:00", noon, zone), "2026-11-23T08:00:00+00:00");
        assert_eq!(end("bis Mo, 9 Uhr", noon, zone), "2026-11-23T08:00:00+00:00");
        assert_eq!(end("until Sunday 13:00", noon, zone), "2026-11-22T12:00:00+00:00");
        assert_eq!(end("until Sunday 11:00", noon, zone), "2026-11-29T10:00:00+00:00");
        assert_eq!(end("until Wed", noon, zone), "2026-11-24T23:00:00+00:00");
        for text in [
            "until",
            "until someday",
            "until Monday x",
            "until tomorrow at",
            "until 25:00",
            "until 9:5",
            "until 13pm",
            "until 0pm",
            "until x",
            "until 9:60",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn until_a_time_that_the_clock_leaps_over_or_shows_twice_has_an_end() {
        let end =
            |now: &str| parse("until 2:30").unwrap().end(now.parse().unwrap(), chrono_tz::Europe::Berlin).to_rfc3339();
        assert_eq!(end("2026-03-28T23:30:00Z"), "2026-03-29T01:30:00+00:00");
        assert_eq!(end("2026-10-24T23:00:00Z"), "2026-10-25T00:30:00+00:00");
    }
}
