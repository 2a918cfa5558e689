//! Times of the day and days that come again and again, as a cron expression on a chat's own clock.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Datelike, MappedLocalTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use cron::TimeUnitSpec;

/// Days that are looked at for the next time: a 29th of February is at most eight years away.
const MOST_DAYS: usize = 366 * 8 + 2;

/// The longest time by which a clock was ever put forward: a day, where a country changed sides of the date line.
const LONGEST_GAP: usize = 25 * 60;

/// When something is to be done again and again: minutes, hours, days of the month, months and weekdays, each as one bit.
///
/// It is meant on the clock of a place. A time that the clock leaves out when it is put forward comes when the clock goes on;
/// a time that it shows twice when it is put back comes the first time. So nothing is left out, doubled or out of order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Schedule {
    minutes: u64,
    hours: u64,
    days: u64,
    months: u64,
    weekdays: u64,
}

/// Why a text is no cron expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleFault {
    /// It has more or fewer parts than five.
    #[error("a schedule has five fields, not {found}")]
    Fields {
        /// How many.
        found: usize,
    },
    /// One of its parts is not understood.
    #[error("`{part}` is no {field}")]
    Part {
        /// What the part ought to be.
        field: &'static str,
        /// The part.
        part: String,
    },
    /// There is no such day, such as the 30th of February.
    #[error("there is no such day")]
    Never,
}

/// One of the five fields.
struct Field {
    name: &'static str,
    least: u32,
    most: u32,
    /// An expression of the `cron` crate, which begins with seconds, in which this field alone says anything.
    alone: fn(&str) -> String,
    /// What such an expression says of it.
    values: fn(&cron::Schedule) -> Vec<u32>,
}

const MINUTE: Field = Field {
    name: "minute",
    least: 0,
    most: 59,
    alone: |part| format!("0 {part} * * * *"),
    values: |read| read.minutes().iter().collect(),
};
const HOUR: Field = Field {
    name: "hour",
    least: 0,
    most: 23,
    alone: |part| format!("0 0 {part} * * *"),
    values: |read| read.hours().iter().collect(),
};
const DAY: Field = Field {
    name: "day of the month",
    least: 1,
    most: 31,
    alone: |part| format!("0 0 0 {part} * *"),
    values: |read| read.days_of_month().iter().collect(),
};
const MONTH: Field = Field {
    name: "month",
    least: 1,
    most: 12,
    alone: |part| format!("0 0 0 * {part} *"),
    values: |read| read.months().iter().collect(),
};
/// As in a crontab: Sunday is 0, and 7 as well. The crate counts from Sunday, 1, to Saturday, 7, and is given names.
const WEEKDAY: Field = Field {
    name: "day of the week",
    least: 0,
    most: 6,
    alone: |part| format!("0 0 0 * * {}", week(part)),
    values: |read| read.days_of_week().iter().map(|day| day.saturating_sub(1)).collect(),
};

const WEEK: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// What no day is called.
const NO_DAY: &str = "none";

/// Days of the week by their names; a week has no end, so that Saturday to Monday are three days.
fn week(part: &str) -> String {
    let (span, step) = part.split_once('/').map_or((part, None), |(span, step)| (span, Some(step)));
    let place = |day: &str| match number(day) {
        Some(number) => (number <= 7).then_some(number),
        None => (0..).zip(WEEK).find(|(_, name)| day.eq_ignore_ascii_case(name)).map(|(place, _)| place),
    };
    let name = |place: u32| WEEK.get(place as usize % WEEK.len()).copied().unwrap_or_default();
    let Some((first, last)) = span.split_once('-') else {
        // What is left of it, such as `*`, is the crate's to understand or not.
        let day = number(span).map_or(span, |_| place(span).map_or(NO_DAY, name));
        return step.map_or_else(|| day.to_owned(), |step| format!("{day}/{step}"));
    };
    let step = step.map_or(Some(1), number).and_then(|step| usize::try_from(step).ok()).filter(|step| *step > 0);
    let (Some(first), Some(last), Some(step)) = (place(first), place(last), step) else { return NO_DAY.to_owned() };
    let last = if last < first { last + 7 } else { last };
    (first..=last).step_by(step).map(name).collect::<Vec<_>>().join(",")
}

impl Field {
    /// All that it can be.
    const fn all(&self) -> u64 {
        (u64::MAX >> (63 - self.most)) & (u64::MAX << self.least)
    }

    fn read(&self, text: &str) -> Result<u64, ScheduleFault> {
        let mut bits = 0;
        for part in text.split(',') {
            let fault = || ScheduleFault::Part { field: self.name, part: part.to_owned() };
            // The crate knows the question mark for some fields only.
            let asked = if part == "?" { "*" } else { part };
            let read = cron::Schedule::from_str(&(self.alone)(asked)).map_err(|_| fault())?;
            bits |= (self.values)(&read).into_iter().fold(0, |bits, value| bits | (1 << value));
        }
        Ok(bits)
    }

    /// The shortest text that [`Field::read`] understands as this.
    fn write(&self, bits: u64, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if bits == self.all() {
            return formatter.write_str("*");
        }
        let values: Vec<u32> = (self.least..=self.most).filter(|value| has(bits, *value)).collect();
        if let [first, second, _, ..] = values.as_slice()
            && *first == self.least
            && let step = second - first
            && step > 1
            && (self.least..=self.most).step_by(step as usize).eq(values.iter().copied())
        {
            return write!(formatter, "*/{step}");
        }
        let mut rest = values.as_slice();
        let mut comma = "";
        while let Some(first) = rest.first() {
            let run = rest.iter().zip(*first..).take_while(|(value, expected)| *value == expected).count();
            let last = rest.get(run - 1).unwrap_or(first);
            match run {
                1 => write!(formatter, "{comma}{first}")?,
                2 => write!(formatter, "{comma}{first},{last}")?,
                _ => write!(formatter, "{comma}{first}-{last}")?,
            }
            comma = ",";
            rest = rest.get(run..).unwrap_or_default();
        }
        Ok(())
    }
}

/// Digits alone: no sign, no space.
fn number(text: &str) -> Option<u32> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

const fn has(bits: u64, value: u32) -> bool {
    bits & (1 << value) != 0
}

impl Schedule {
    /// The schedule of a cron expression: minute, hour, day of the month, month, day of the week.
    ///
    /// Where both a day of the month and a day of the week are named either is enough, as in a crontab.
    ///
    /// # Errors
    ///
    /// [`ScheduleFault`] when it is none, or means no day there ever is.
    pub fn parse(text: &str) -> Result<Self, ScheduleFault> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = fields.as_slice() else {
            return Err(ScheduleFault::Fields { found: fields.len() });
        };
        let schedule = Self {
            minutes: MINUTE.read(minute)?,
            hours: HOUR.read(hour)?,
            days: DAY.read(day)?,
            months: MONTH.read(month)?,
            weekdays: WEEKDAY.read(weekday)?,
        };
        match schedule.next_after(DateTime::UNIX_EPOCH, Tz::UTC) {
            Some(_) => Ok(schedule),
            None => Err(ScheduleFault::Never),
        }
    }

    /// The first time after this one, on the clocks of a zone; `None` only where time ends.
    #[must_use]
    pub fn next_after(&self, after: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let today = after.with_timezone(&zone).date_naive();
        let days = today.iter_days().take(MOST_DAYS).filter(|day| self.is_on(*day));
        days.flat_map(|day| self.times(day)).filter_map(|time| on_the_clock(time, zone)).find(|time| *time > after)
    }

    /// Whether it never comes more than once in an hour.
    #[must_use]
    pub const fn is_hourly_at_most(&self) -> bool {
        self.minutes.count_ones() == 1
    }

    fn is_on(&self, day: NaiveDate) -> bool {
        let is_day = has(self.days, day.day());
        let is_weekday = has(self.weekdays, day.weekday().num_days_from_sunday());
        let names_both = self.days != DAY.all() && self.weekdays != WEEKDAY.all();
        has(self.months, day.month()) && if names_both { is_day || is_weekday } else { is_day && is_weekday }
    }

    /// Its times on a day, by the clock.
    fn times(&self, day: NaiveDate) -> impl Iterator<Item = NaiveDateTime> {
        let Self { minutes, hours, .. } = *self;
        let hours = (HOUR.least..=HOUR.most).filter(move |hour| has(hours, *hour));
        hours.flat_map(move |hour| {
            let minutes = (MINUTE.least..=MINUTE.most).filter(move |minute| has(minutes, *minute));
            minutes.filter_map(move |minute| day.and_hms_opt(hour, minute, 0))
        })
    }
}

/// When a clock of the zone shows this first; where it never does because it is put forward, when it goes on.
fn on_the_clock(time: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    let minutes = std::iter::successors(Some(time), |time| time.checked_add_signed(TimeDelta::minutes(1)));
    let shown = minutes.take(LONGEST_GAP).find_map(|time| match zone.from_local_datetime(&time) {
        MappedLocalTime::Single(shown) | MappedLocalTime::Ambiguous(shown, _) => Some(shown),
        MappedLocalTime::None => None,
    });
    shown.map(|shown| shown.with_timezone(&Utc))
}

impl fmt::Display for Schedule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = [
            (MINUTE, self.minutes),
            (HOUR, self.hours),
            (DAY, self.days),
            (MONTH, self.months),
            (WEEKDAY, self.weekdays),
        ];
        for (place, (field, bits)) in fields.into_iter().enumerate() {
            if place > 0 {
                formatter.write_str(" ")?;
            }
            field.write(bits, formatter)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule(text: &str) -> Schedule {
        Schedule::parse(text).unwrap()
    }

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// The next times after one, by the clock of the zone with its distance from UTC.
    fn next(text: &str, zone: Tz, after: &str, count: usize) -> Vec<String> {
        let mut at = time(after);
        let mut times = Vec::new();
        for _ in 0..count {
            at = schedule(text).next_after(at, zone).unwrap();
            times.push(at.with_timezone(&zone).format("%a %m-%d %H:%M %z").to_string());
        }
        times
    }

    #[test]
    fn a_weekday_at_nine_is_at_nine_whatever_the_season() {
        let vienna = Tz::Europe__Vienna;
        assert_eq!(
            next("0 9 * * 1-5", vienna, "2026-03-26T12:00:00Z", 3),
            ["Fri 03-27 09:00 +0100", "Mon 03-30 09:00 +0200", "Tue 03-31 09:00 +0200"]
        );
        assert_eq!(
            next("0 9 * * 1-5", vienna, "2026-10-22T12:00:00Z", 3),
            ["Fri 10-23 09:00 +0200", "Mon 10-26 09:00 +0100", "Tue 10-27 09:00 +0100"]
        );
    }

    #[test]
    fn what_the_clock_leaves_out_in_spring_comes_when_it_goes_on_and_once() {
        let vienna = Tz::Europe__Vienna;
        assert_eq!(
            next("30 2 * * *", vienna, "2026-03-28T00:00:00Z", 3),
            ["Sat 03-28 02:30 +0100", "Sun 03-29 03:00 +0200", "Mon 03-30 02:30 +0200"]
        );
        assert_eq!(
            next("*/30 1-3 * * *", vienna, "2026-03-29T00:00:00Z", 4),
            ["Sun 03-29 01:30 +0100", "Sun 03-29 03:00 +0200", "Sun 03-29 03:30 +0200", "Mon 03-30 01:00 +0200"]
        );
    }

    #[test]
    fn what_the_clock_shows_twice_in_autumn_comes_the_first_time() {
        let vienna = Tz::Europe__Vienna;
        assert_eq!(
            next("30 2 * * *", vienna, "2026-10-24T12:00:00Z", 2),
            ["Sun 10-25 02:30 +0200", "Mon 10-26 02:30 +0100"]
        );
        assert_eq!(
            next("0 1-3 * * *", vienna, "2026-10-24T22:30:00Z", 4),
            ["Sun 10-25 01:00 +0200", "Sun 10-25 02:00 +0200", "Sun 10-25 03:00 +0100", "Mon 10-26 01:00 +0100"]
        );
        let in_between = time("2026-10-25T01:10:00Z");
        let after = schedule("30 2 * * *").next_after(in_between, vienna).unwrap();
        assert_eq!(after, time("2026-10-26T01:30:00Z"), "half past two has been");
    }

    #[test]
    fn clocks_that_are_put_forward_by_half_an_hour_or_at_midnight_or_by_a_day_leave_nothing_out() {
        assert_eq!(next("15 2 * * *", Tz::Australia__Lord_Howe, "2026-10-03T00:00:00Z", 1), ["Sun 10-04 02:30 +1100"]);
        assert_eq!(next("0 0 * * *", Tz::Africa__Cairo, "2026-04-23T12:00:00Z", 1), ["Fri 04-24 01:00 +0300"]);
        assert_eq!(next("0 9 * * *", Tz::Pacific__Apia, "2011-12-29T23:30:00Z", 1), ["Sat 12-31 00:00 +1400"]);
    }

    #[test]
    fn days_of_the_week_are_those_of_a_crontab() {
        let utc = |text: &str| next(text, Tz::UTC, "2026-11-23T12:00:00Z", 1).concat();
        assert!(utc("0 9 * * 0").starts_with("Sun"));
        assert!(utc("0 9 * * 7").starts_with("Sun"));
        assert!(utc("0 9 * * mon").starts_with("Mon"));
        assert!(utc("0 9 * * SAT-MON").starts_with("Sat"));
        assert!(utc("0 9 29 2 *").starts_with("Tue 02-29"), "in 2028");
        assert_eq!(schedule("0 9 * * SAT-MON"), schedule("0 9 * * 0,1,6"));
        assert!(utc("0 9 13 * 5").starts_with("Fri 11-27"), "either is enough");
        assert!(utc("0 9 1 1 *").starts_with("Fri 01-01"));
    }

    #[test]
    fn a_schedule_is_written_as_it_is_read() {
        for (typed, written) in [
            ("0 9 * * 1-5", "0 9 * * 1-5"),
            ("00 09 * * MON-FRI", "0 9 * * 1-5"),
            ("*/15 * ? * 0-7", "*/15 * * * *"),
            ("0 8,12,18 1-7 jan,feb 7", "0 8,12,18 1-7 1,2 0"),
            ("5/20 0-23/6 * * 1,2,3", "5,25,45 */6 * * 1-3"),
        ] {
            assert_eq!(schedule(typed).to_string(), written, "{typed}");
            assert_eq!(schedule(written), schedule(typed));
        }
        assert!(schedule("0 * * * *").is_hourly_at_most());
        assert!(!schedule("0,30 9 * * *").is_hourly_at_most());
    }

    #[test]
    fn what_is_no_schedule_is_named() {
        let fault = |text: &str| Schedule::parse(text).unwrap_err().to_string();
        assert_eq!(fault("9:00"), "a schedule has five fields, not 1");
        assert_eq!(fault("60 9 * * *"), "`60` is no minute");
        assert_eq!(fault("0 24 * * *"), "`24` is no hour");
        assert_eq!(fault("0 9 0 * *"), "`0` is no day of the month");
        assert_eq!(fault("0 9 * 13 *"), "`13` is no month");
        assert_eq!(fault("0 9 * * moon"), "`moon` is no day of the week");
        assert_eq!(fault("0 9 * * 8"), "`8` is no day of the week");
        assert_eq!(fault("0 17-9 * * *"), "`17-9` is no hour");
        assert_eq!(fault("*/0 9 * * *"), "`*/0` is no minute");
        assert_eq!(fault("0 9 30 2 *"), "there is no such day");
        assert_eq!(fault("0 9,, * * *"), "`` is no hour");
        assert_eq!(fault("+1 9 * * *"), "`+1` is no minute");
    }
}
