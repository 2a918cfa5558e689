//! Times and lengths of time in words.

use std::time::Duration;

use chrono::{DateTime, Datelike, Offset, Utc};
use chrono_tz::{OffsetName, Tz};

use crate::{
    domain::{ChatSettings, Locale, Moment},
    text::{Text, plain},
};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Months as the wording files name them.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A time in words, for platforms that do not draw times themselves: "22 Nov, 14:05 UTC" in the chat's zone, with the
/// year when it is not this one, or "5 minutes ago".
#[must_use]
pub fn moment(settings: &ChatSettings, at: DateTime<Utc>, style: Moment, now: DateTime<Utc>) -> String {
    match style {
        Moment::Absolute => absolute(settings, at, now),
        Moment::Relative => relative(settings.locale, at, now),
    }
}

/// A length of time in its two largest units: "4 days 2 hours". Seconds are told in the first ten minutes only.
#[must_use]
pub fn duration(locale: Locale, length: Duration) -> String {
    let seconds = length.as_secs();
    let days = count(seconds / DAY);
    let hours = count(seconds % DAY / HOUR);
    let minutes = count(seconds % HOUR / MINUTE);
    let rest = count(seconds % MINUTE);
    let (large, small) = if days > 0 {
        (Text::Days { count: days }, (hours > 0).then_some(Text::Hours { count: hours }))
    } else if hours > 0 {
        (Text::Hours { count: hours }, (minutes > 0).then_some(Text::Minutes { count: minutes }))
    } else if minutes > 0 {
        (Text::Minutes { count: minutes }, (rest > 0 && minutes < 10).then_some(Text::Seconds { count: rest }))
    } else {
        (Text::Seconds { count: rest }, None)
    };
    let large = plain(locale, &large);
    match small {
        Some(small) => plain(locale, &Text::TwoUnits { large: &large, small: &plain(locale, &small) }),
        None => large,
    }
}

fn absolute(settings: &ChatSettings, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let locale = settings.locale;
    let local = at.with_timezone(&settings.timezone);
    let month_name = MONTHS.get(local.month0() as usize).copied().unwrap_or_default();
    let month = plain(locale, &Text::Month { month: month_name });
    let zone = zone(locale, &local);
    let day = local.day().to_string();
    let time = local.format("%H:%M").to_string();
    if local.year() == now.with_timezone(&settings.timezone).year() {
        plain(locale, &Text::Date { day: &day, month: &month, time: &time, zone: &zone })
    } else {
        let year = local.year().to_string();
        plain(locale, &Text::DateWithYear { day: &day, month: &month, year: &year, time: &time, zone: &zone })
    }
}

/// The zone's abbreviation; zones that have none show how far they are from UTC.
fn zone(locale: Locale, local: &DateTime<Tz>) -> String {
    match local.offset().abbreviation() {
        Some(letters) if letters.starts_with(|first: char| first.is_ascii_alphabetic()) => {
            plain(locale, &Text::Zone { zone: letters })
        }
        Some(_) | None => format!("UTC{}", local.offset().fix()),
    }
}

fn relative(locale: Locale, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let is_past = at <= now;
    let seconds = (now - at).num_seconds().unsigned_abs();
    let text = match (is_past, seconds) {
        (true, ..MINUTE) => Text::JustNow,
        (true, MINUTE..HOUR) => Text::MinutesAgo { count: count(seconds / MINUTE) },
        (true, HOUR..DAY) => Text::HoursAgo { count: count(seconds / HOUR) },
        (true, DAY..) => Text::DaysAgo { count: count(seconds / DAY) },
        (false, ..MINUTE) => Text::InAMoment,
        (false, MINUTE..HOUR) => Text::InMinutes { count: count(seconds / MINUTE) },
        (false, HOUR..DAY) => Text::InHours { count: count(seconds / HOUR) },
        (false, DAY..) => Text::InDays { count: count(seconds / DAY) },
    };
    plain(locale, &text)
}

fn count(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn berlin() -> ChatSettings {
        ChatSettings { locale: Locale::De, timezone: chrono_tz::Europe::Berlin, ..ChatSettings::default() }
    }

    #[test]
    fn a_time_is_written_in_the_zone_of_the_chat() {
        let now = at("2026-11-22T14:05:00Z");
        assert_eq!(moment(&ChatSettings::default(), now, Moment::Absolute, now), "22 Nov, 14:05 UTC");
        assert_eq!(moment(&berlin(), now, Moment::Absolute, now), "22. Nov., 15:05 MEZ");
        assert_eq!(moment(&berlin(), at("2026-05-01T22:30:00Z"), Moment::Absolute, now), "2. Mai, 00:30 MESZ");
    }

    #[test]
    fn the_year_is_written_only_when_it_is_another_one_in_the_zone_of_the_chat() {
        let now = at("2026-12-31T23:30:00Z");
        assert_eq!(moment(&berlin(), now, Moment::Absolute, at("2027-01-01T12:00:00Z")), "1. Jan., 00:30 MEZ");
        let before = at("2025-11-22T14:05:00Z");
        assert_eq!(moment(&ChatSettings::default(), before, Moment::Absolute, now), "22 Nov 2025, 14:05 UTC");
        assert_eq!(moment(&berlin(), before, Moment::Absolute, now), "22. Nov. 2025, 15:05 MEZ");
    }

    #[test]
    fn every_month_has_a_name_of_its_own() {
        for settings in [ChatSettings::default(), berlin()] {
            let names: std::collections::BTreeSet<String> = (1..=12)
                .map(|month| at(&format!("2026-{month:02}-22T14:05:00Z")))
                .map(|day| moment(&settings, day, Moment::Absolute, day))
                .map(|text| text.split(',').next().unwrap().to_owned())
                .collect();
            assert_eq!(names.len(), 12, "{names:?}");
        }
    }

    #[test]
    fn a_zone_without_letters_shows_its_distance() {
        let settings = ChatSettings { timezone: chrono_tz::America::Sao_Paulo, ..ChatSettings::default() };
        let now = at("2026-11-22T14:05:00Z");
        assert_eq!(moment(&settings, now, Moment::Absolute, now), "22 Nov, 11:05 UTC-03:00");
    }

    #[test]
    fn distances_have_the_right_plural_in_both_languages() {
        let now = at("2026-11-22T14:05:00Z");
        let cases = [
            (-20, "just now", "gerade eben"),
            (-60, "1 minute ago", "vor 1 Minute"),
            (-300, "5 minutes ago", "vor 5 Minuten"),
            (-3_600, "1 hour ago", "vor 1 Stunde"),
            (-7_300, "2 hours ago", "vor 2 Stunden"),
            (-86_400, "1 day ago", "vor 1 Tag"),
            (-4 * 86_400, "4 days ago", "vor 4 Tagen"),
            (20, "in a moment", "gleich"),
            (60, "in 1 minute", "in 1 Minute"),
            (7_200, "in 2 hours", "in 2 Stunden"),
            (86_400, "in 1 day", "in 1 Tag"),
            (3 * 86_400, "in 3 days", "in 3 Tagen"),
        ];
        for (seconds, english, german) in cases {
            let then = now + chrono::TimeDelta::seconds(seconds);
            assert_eq!(moment(&ChatSettings::default(), then, Moment::Relative, now), english);
            assert_eq!(moment(&berlin(), then, Moment::Relative, now), german);
        }
    }

    #[test]
    fn a_length_is_told_in_its_two_largest_units() {
        let cases = [
            (0, "0 seconds", "0 Sekunden"),
            (1, "1 second", "1 Sekunde"),
            (61, "1 minute 1 second", "1 Minute 1 Sekunde"),
            (754, "12 minutes", "12 Minuten"),
            (3_600, "1 hour", "1 Stunde"),
            (7_260, "2 hours 1 minute", "2 Stunden 1 Minute"),
            (4 * 86_400 + 7_200 + 59, "4 days 2 hours", "4 Tage 2 Stunden"),
            (86_400 + 3_600, "1 day 1 hour", "1 Tag 1 Stunde"),
        ];
        for (seconds, english, german) in cases {
            assert_eq!(duration(Locale::En, Duration::from_secs(seconds)), english);
            assert_eq!(duration(Locale::De, Duration::from_secs(seconds)), german);
        }
    }

    #[test]
    fn lengths_and_distances_are_inflected_as_each_language_does() {
        let hours = |locale, count| duration(locale, Duration::from_secs(count * HOUR));
        assert_eq!([1, 2, 5, 21].map(|count| hours(Locale::Ru, count)), ["1 час", "2 часа", "5 часов", "21 час"]);
        assert_eq!(
            [1, 2, 5, 22].map(|count| hours(Locale::Uk, count)),
            ["1 година", "2 години", "5 годин", "22 години"]
        );
        let arabic: BTreeSet<String> = [1, 2, 3, 11].map(|count| hours(Locale::Ar, count)).into();
        assert_eq!(arabic.len(), 4, "one, two, few and many: {arabic:?}");
        for locale in Locale::ALL {
            let settings = ChatSettings { locale, ..ChatSettings::default() };
            let now = at("2026-11-22T14:05:00Z");
            let months: BTreeSet<String> =
                MONTHS.map(|month| plain(locale, &Text::Month { month })).into_iter().collect();
            assert_eq!(months.len(), 12, "{locale:?}: {months:?}");
            let told = moment(&settings, now, Moment::Absolute, now);
            assert!(told.contains("22") && told.contains("14:05") && told.contains("UTC"), "{locale:?}: {told}");
            let told = moment(&settings, now - chrono::TimeDelta::hours(5), Moment::Relative, now);
            assert!(told.contains('5') && told != "5 hours ago" || locale == Locale::En, "{locale:?}: {told}");
        }
    }

    #[test]
    fn the_ends_of_time_are_told_too() {
        for far in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            let now = at("2026-11-22T14:05:00Z");
            assert!(!moment(&ChatSettings::default(), far, Moment::Relative, now).is_empty());
            assert!(!moment(&ChatSettings::default(), far, Moment::Absolute, now).is_empty());
        }
        assert!(!duration(Locale::En, Duration::MAX).is_empty());
    }
}
