//! Times as feeds write them; what cannot be read, or means "none", is `None`.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// The first year that is meant: `0001-01-01` and `1970-01-01` are how Go, .NET and C say "no time".
const FIRST_YEAR: i32 = 1971;
/// The last year that is read; what lies far ahead within it makes the document doubtful (see `tidy::doubt`).
const LAST_YEAR: i32 = 9999;
/// Numbers beyond this count milliseconds: as seconds they would lie in the year 5138.
const LARGEST_SECONDS: i64 = 100_000_000_000;

const NAIVE: [&str; 5] =
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y%m%dT%H%M%S%.f"];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The time in this text: RFC 3339 and its looser relatives, RFC 822, or seconds since 1970. Without a zone it is UTC.
pub(super) fn parse_time(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    // No time is longer; a novel in its place is not worth trying eight formats on.
    if text.is_empty() || text.len() > 64 {
        return None;
    }
    if let Ok(number) = text.parse::<i64>() {
        return from_epoch(number);
    }
    // Seconds with a fraction; `2026-07` is no number, and `inf` is no time.
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return text.split('.').next()?.parse().ok().and_then(from_epoch);
    }
    parse_iso(text).or_else(|| parse_rfc822(text)).and_then(sane)
}

/// The time this many seconds (or, when that would be absurd, milliseconds) after 1970.
pub(super) fn from_epoch(number: i64) -> Option<DateTime<Utc>> {
    let time = if number.checked_abs()? > LARGEST_SECONDS {
        DateTime::from_timestamp_millis(number)
    } else {
        DateTime::from_timestamp(number, 0)
    };
    time.and_then(sane)
}

/// Seconds east of Greenwich of a zone's name or offset, such as `PDT` or `+02:00`.
pub(super) fn zone_seconds(zone: &str) -> Option<i32> {
    let zone = zone.to_ascii_uppercase();
    let hours = match zone.as_str() {
        "Z" | "UT" | "UTC" | "GMT" | "WET" => 0,
        "BST" | "WEST" | "CET" | "MEZ" | "WAT" => 1,
        "CEST" | "MESZ" | "EET" | "SAST" | "CAT" => 2,
        "EEST" | "MSK" | "TRT" | "EAT" => 3,
        "GST" => 4,
        "PKT" => 5,
        "IST" => return Some(19_800),
        "ICT" | "WIB" => 7,
        "SGT" | "HKT" | "AWST" | "PHT" | "MYT" => 8,
        "JST" | "KST" => 9,
        "ACST" => return Some(34_200),
        "ACDT" => return Some(37_800),
        "AEST" => 10,
        "AEDT" => 11,
        "NZST" => 12,
        "NZDT" => 13,
        "NDT" => return Some(-9_000),
        "NST" => return Some(-12_600),
        "BRT" | "ART" | "ADT" | "CLST" => -3,
        "EDT" | "AST" | "CLT" => -4,
        "EST" | "CDT" | "COT" | "PET" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" | "AKDT" => -8,
        "AKST" => -9,
        "HST" => -10,
        // Some say from where they count: `UTC+02:00`.
        _ => return numeric_zone(zone.strip_prefix("UTC").or_else(|| zone.strip_prefix("GMT")).unwrap_or(&zone)),
    };
    Some(hours * 3_600)
}

/// The number of a month by the first three letters of its English name.
pub(super) fn month_number(name: &str) -> Option<u32> {
    let start = name.get(..3)?.to_ascii_lowercase();
    (1..).zip(MONTHS).find(|(_, month)| *month == start).map(|(number, _)| number)
}

fn sane(time: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (FIRST_YEAR..=LAST_YEAR).contains(&time.year()).then_some(time)
}

fn parse_iso(text: &str) -> Option<DateTime<Utc>> {
    if !text.starts_with(|character: char| character.is_ascii_digit()) {
        return None;
    }
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.with_timezone(&Utc));
    }
    // Go prints the zone twice, the second time as a name or as the same offset (`+0200 +0200`): the first is the zone.
    let mut words = text.split_whitespace();
    let (date, clock, zone) = (words.next()?, words.next(), words.next());
    let (moment, zone) = match (date.contains('T'), clock) {
        (true, zone) => (date.to_owned(), zone),
        (false, Some(clock)) => (format!("{date} {clock}"), zone),
        (false, None) => (date.to_owned(), None),
    };
    // The zone may stand close behind the clock; before the clock dashes mean something else.
    let behind = moment.find(':').or_else(|| moment.find('T')).unwrap_or(moment.len());
    let close =
        moment.get(behind..)?.find(|sign: char| matches!(sign, '+' | '-') || sign.is_ascii_alphabetic() && sign != 'T');
    let (moment, zone) = match close.and_then(|close| moment.split_at_checked(behind + close)) {
        Some((moment, zone)) => (moment, Some(zone)),
        None => (moment.as_str(), zone),
    };
    let offset = zone.map_or(Some(0), zone_seconds)?;
    let naive = NAIVE.into_iter().find_map(|format| NaiveDateTime::parse_from_str(moment, format).ok());
    let naive = naive.or_else(|| {
        let day =
            ["%Y-%m-%d", "%Y/%m/%d"].into_iter().find_map(|format| NaiveDate::parse_from_str(moment, format).ok())?;
        Some(day.and_time(NaiveTime::MIN))
    })?;
    naive.and_utc().checked_sub_signed(TimeDelta::seconds(offset.into()))
}

/// `Thu, 17 Sep 2026 16:45:38 +0800`: the weekday is optional (and may be wrong), so are seconds and zone.
fn parse_rfc822(text: &str) -> Option<DateTime<Utc>> {
    let text = text.split_once(',').map_or(text, |(_, rest)| rest);
    let mut words = text.split_whitespace().peekable();
    words.next_if(|word| word.chars().all(|character| character.is_ascii_alphabetic()));
    let day = words.next()?.parse().ok()?;
    let month = month_number(words.next()?)?;
    let year: i32 = words.next()?.parse().ok()?;
    let year = match year {
        0..=69 => year + 2_000,
        70..=99 => year + 1_900,
        _ => year,
    };
    let mut clock = words.next().unwrap_or("00:00").splitn(3, ':');
    let hour = clock.next()?.parse().ok()?;
    let minute = clock.next()?.parse().ok()?;
    let second: f32 = clock.next().unwrap_or("0").parse().ok()?;
    let naive = NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(hour, minute, 0)?;
    let offset = words.next().map_or(Some(0), zone_seconds)?;
    #[expect(clippy::cast_possible_truncation, reason = "a float cast saturates, and what is no second is refused")]
    let second = (0.0..61.0).contains(&second).then_some(second as i64)?;
    naive.and_utc().checked_add_signed(TimeDelta::seconds(second - i64::from(offset)))
}

fn numeric_zone(zone: &str) -> Option<i32> {
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = zone.chars().skip(1).filter(|character| *character != ':').collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        4 => digits.split_at_checked(2)?,
        _ => return None,
    };
    let seconds = hours.parse::<i32>().ok()? * 3_600 + minutes.parse::<i32>().ok()? * 60;
    FixedOffset::east_opt(sign * seconds).map(|offset| offset.local_minus_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<&str>) {
        let read = parse_time(text).map(|time| time.format("%Y-%m-%dT%H:%M:%S%.f").to_string());
        assert_eq!(read.as_deref(), expect, "{text}");
    }

    #[test]
    fn every_way_of_writing_a_time_is_read() {
        for (text, expect) in [
            ("2026-07-09T06:01:43Z", "2026-07-09T06:01:43"),
            ("2026-07-09T08:01:43.5+02:00", "2026-07-09T06:01:43.500"),
            ("2026-07-09T06:01:43.1234567Z", "2026-07-09T06:01:43.123456700"),
            ("2026-07-09T06:01:43.123456789-07:00", "2026-07-09T13:01:43.123456789"),
            ("2026-07-24T07:30:00.000+0000", "2026-07-24T07:30:00"),
            ("2025-09-10 10:00:00 +0000 UTC", "2025-09-10T10:00:00"),
            ("2025-09-12 19:20:02 +0200 +0200", "2025-09-12T17:20:02"),
            ("2025-09-12 19:20:02.5 -0700 PDT m=+0.1", "2025-09-13T02:20:02.500"),
            ("2025-09-10T10:00:00", "2025-09-10T10:00:00"),
            ("2025-09-10 10:00", "2025-09-10T10:00:00"),
            ("2025-09-10", "2025-09-10T00:00:00"),
            ("1772369485", "2026-03-01T12:51:25"),
            ("1772369485000", "2026-03-01T12:51:25"),
            ("Thu, 17 Sep 2026 16:45:38 +0800", "2026-09-17T08:45:38"),
            ("Sun, 26 Apr 2015 05:12:00 PDT", "2015-04-26T12:12:00"),
            ("Sun, 25 Jan 2015 05:12:00 PST", "2015-01-25T13:12:00"),
            ("Thu, 23 Jul 2026 10:00:00 Z", "2026-07-23T10:00:00"),
            ("Mon, 23 Jul 26 10:00 GMT", "2026-07-23T10:00:00"),
            ("23 Jul 2026 10:00:00", "2026-07-23T10:00:00"),
            ("2026-07-09T06:01:43 +02:00", "2026-07-09T04:01:43"),
            ("2026-07-09 06:01 +0200", "2026-07-09T04:01:00"),
            ("2026-07-09 06:01:43 PDT", "2026-07-09T13:01:43"),
            ("2026-07-09 06:01:43 UTC", "2026-07-09T06:01:43"),
            ("2026-07-09 06:01:43Z", "2026-07-09T06:01:43"),
            ("2026-07-09T06:01-0730", "2026-07-09T13:31:00"),
            ("20260709T060143Z", "2026-07-09T06:01:43"),
            ("20260709T060143+0200", "2026-07-09T04:01:43"),
            ("1772369485.25", "2026-03-01T12:51:25"),
            ("Thu, 23 Jul 2026 10:00:00 UTC+02:00", "2026-07-23T08:00:00"),
            ("Thu, 23 Jul 2026 10:00:00 MESZ", "2026-07-23T08:00:00"),
            ("Thursday, 23 July 2026 10:00:00 GMT+2", "2026-07-23T08:00:00"),
        ] {
            check(text, Some(expect));
        }
    }

    #[test]
    fn a_time_that_means_none_or_cannot_be_is_none() {
        for text in [
            "",
            "soon",
            "0",
            "0001-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "12026-01-01T00:00:00Z",
            "2026-02-30",
            "9223372036854775807",
            "-9223372036854775808",
            "Thu, 31 Feb 2026 10:00:00 GMT",
            "1 Jan 2026 10:00 +99:99",
            "1 Jan 2026 10:00:nan",
            "2026-07-09 06:01:43 Elsewhere",
            "2026-07-09 to 2026-07-10",
            "1.2.3.4",
            ".",
            "99999999999999999999.5",
        ] {
            check(text, None);
        }
    }
}
