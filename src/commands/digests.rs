//! When a digest comes, as people type it: `9:00`, `9:00 Mon-Fri`, `Mon 9:00`, `werktags 8:30`, or a cron expression.

use crate::domain::Schedule;

/// The choices that many want, with what they mean.
const COMMON: [(&str, &str); 3] = [("daily", "0 9 * * *"), ("weekdays", "0 9 * * 1-5"), ("mondays", "0 9 * * 1")];

/// The word for no digest.
pub(super) const OFF: &str = "off";

/// What can be typed, for who typed something else.
pub(super) const EXAMPLES: [&str; 4] = ["9:00", "9:00 Mon-Fri", "Mon 9:00", "off"];

/// Names of weekdays, Sunday first, as people type them here.
const WEEKDAYS: [&[&str]; 7] = [
    &["sun", "sunday", "so", "sonntag"],
    &["mon", "monday", "mo", "montag"],
    &["tue", "tues", "tuesday", "di", "dienstag"],
    &["wed", "wednesday", "mi", "mittwoch"],
    &["thu", "thur", "thurs", "thursday", "do", "donnerstag"],
    &["fri", "friday", "fr", "freitag"],
    &["sat", "saturday", "sa", "samstag", "sonnabend"],
];

/// Short names of weekdays, Sunday first.
const SHORT: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// Words that mean several days, as a crontab has them.
const SPANS: [(&[&str], &str); 3] = [
    (&["daily", "täglich", "day", "tag"], "*"),
    (&["weekday", "weekdays", "werktag", "werktags", "wochentags"], "1-5"),
    (&["weekend", "weekends", "wochenende", "wochenends"], "0,6"),
];

/// Words without a meaning of their own.
const FILLERS: [&str; 12] = ["at", "every", "each", "on", "um", "jeden", "am", "uhr", "o'clock", "the", "and", "und"];

/// The words of the choices: none, and what many want.
pub(super) fn choices() -> Vec<&'static str> {
    std::iter::once(OFF).chain(COMMON.map(|(word, _)| word)).collect()
}

/// The schedule that one of [`choices`] means; `None` for none.
pub(super) fn of_choice(choice: &str) -> Option<Schedule> {
    let (_, expression) = COMMON.into_iter().find(|(word, _)| *word == choice)?;
    Schedule::parse(expression).ok()
}

/// What is typed for this: one of [`choices`], a time with days, or a cron expression.
pub(super) fn word(digest: Option<Schedule>) -> String {
    let Some(schedule) = digest else { return OFF.to_owned() };
    if let Some((word, _)) = COMMON.into_iter().find(|(word, _)| of_choice(word) == Some(schedule)) {
        return word.to_owned();
    }
    let expression = schedule.to_string();
    plainly(&expression).unwrap_or(expression)
}

/// An expression of a single time on days of the week, as people say it.
fn plainly(expression: &str) -> Option<String> {
    let fields: Vec<&str> = expression.split(' ').collect();
    let [minute, hour, "*", "*", days] = fields.as_slice() else { return None };
    let (minute, hour) = (minute.parse::<u8>().ok()?, hour.parse::<u8>().ok()?);
    if *days == "*" {
        return Some(format!("{hour}:{minute:02}"));
    }
    let name = |day: &str| SHORT.get(day.parse::<usize>().ok()?).copied();
    let part = |part: &str| match part.split_once('-') {
        Some((first, last)) => Some(format!("{}-{}", name(first)?, name(last)?)),
        None => name(part).map(str::to_owned),
    };
    let days: Vec<String> = days.split(',').map(part).collect::<Option<_>>()?;
    Some(format!("{hour}:{minute:02} {}", days.join(",")))
}

/// The schedule that somebody typed; `None` for what names no time, or times that come more than once in an hour.
pub(super) fn read(typed: &str) -> Option<Schedule> {
    let schedule = Schedule::parse(typed).ok().or_else(|| in_words(typed))?;
    schedule.is_hourly_at_most().then_some(schedule)
}

fn in_words(typed: &str) -> Option<Schedule> {
    let typed = typed.to_lowercase().replace(['–', '—'], "-").replace(" - ", "-").replace(", ", ",");
    let (mut time, mut days) = (None, Vec::new());
    for word in typed.split_whitespace().filter(|word| !FILLERS.contains(word)) {
        match clock(word) {
            Some(_) if time.is_some() => return None,
            Some(read) => time = Some(read),
            None => days.push(weekdays(word)?),
        }
    }
    let (hour, minute) = time?;
    let days = if days.is_empty() { "*".to_owned() } else { days.join(",") };
    Schedule::parse(&format!("{minute} {hour} * * {days}")).ok()
}

/// A time of the day: `9`, `9:00`, `09.30`, `9am`, `9:30pm`.
fn clock(word: &str) -> Option<(u8, u8)> {
    let (word, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(word), _) => (word, Some(0)),
        (_, Some(word)) => (word, Some(12)),
        (None, None) => (word.strip_suffix('h').unwrap_or(word), None),
    };
    let (hour, minute) = word.split_once([':', '.']).unwrap_or((word, "00"));
    let is_number = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(hour) || !is_number(minute) || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    (hour < 24 && minute < 60).then_some((hour, minute))
}

/// Days of the week as a crontab has them: `mon-fri` and `mo,mi` and `weekdays`.
fn weekdays(word: &str) -> Option<String> {
    if let Some((_, days)) = SPANS.into_iter().find(|(words, _)| words.contains(&word)) {
        return Some(days.to_owned());
    }
    let part = |part: &str| match part.split_once('-') {
        Some((first, last)) => Some(format!("{}-{}", weekday(first)?, weekday(last)?)),
        None => weekday(part).map(|day| day.to_string()),
    };
    let parts: Vec<String> = word.split(',').filter(|part| !part.is_empty()).map(part).collect::<Option<_>>()?;
    (!parts.is_empty()).then(|| parts.join(","))
}

/// A day of the week, also as what comes every week: `montags`, `Mondays`.
fn weekday(word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.');
    let one = word.strip_suffix('s').unwrap_or(word);
    WEEKDAYS.iter().position(|names| names.contains(&word) || names.contains(&one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_understood() {
        for (typed, meant) in [
            ("9:00", "0 9 * * *"),
            ("9", "0 9 * * *"),
            ("every day at 9:00", "0 9 * * *"),
            ("täglich 21.30 Uhr", "30 21 * * *"),
            ("9:00 Mon-Fri", "0 9 * * 1-5"),
            ("Mon–Fri 09:00", "0 9 * * 1-5"),
            ("Mon - Fri 9am", "0 9 * * 1-5"),
            ("weekdays at 8:30", "30 8 * * 1-5"),
            ("werktags 8:30", "30 8 * * 1-5"),
            ("Mon 9:00", "0 9 * * 1"),
            ("Mondays at 9:00", "0 9 * * 1"),
            ("montags um 9:00", "0 9 * * 1"),
            ("Mo, Mi und Fr 7:05", "5 7 * * 1,3,5"),
            ("Di-Do 7:05", "5 7 * * 2-4"),
            ("Sat-Mon 12pm", "0 12 * * 0,1,6"),
            ("Sunday 12am", "0 0 * * 0"),
            ("sonntags 18:00", "0 18 * * 0"),
            ("weekends 10:00", "0 10 * * 0,6"),
            ("0 9 * * 1-5", "0 9 * * 1-5"),
            ("0 */6 * * *", "0 */6 * * *"),
            ("0 9 1 * *", "0 9 1 * *"),
        ] {
            assert_eq!(read(typed).map(|schedule| schedule.to_string()).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn what_names_no_time_or_too_many_is_refused() {
        for typed in [
            "",
            "soon",
            "Mon",
            "25:00",
            "9:60",
            "9:00 10:00",
            "moonday 9:00",
            "13pm",
            "9:0",
            "*/5 * * * *",
            "0 9 30 2 *",
        ] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_choice_is_written_as_it_can_be_typed() {
        for (expression, written) in [
            ("0 9 * * *", "daily"),
            ("0 9 * * 1-5", "weekdays"),
            ("0 9 * * 1", "mondays"),
            ("30 8 * * *", "8:30"),
            ("5 7 * * 1,3,5", "7:05 Mon,Wed,Fri"),
            ("0 12 * * 0,2-4", "12:00 Sun,Tue-Thu"),
            ("0 */6 * * *", "0 */6 * * *"),
        ] {
            let schedule = Schedule::parse(expression).unwrap();
            assert_eq!(word(Some(schedule)), written);
            let again = of_choice(written).or_else(|| read(written));
            assert_eq!(again, Some(schedule), "{written}");
        }
        assert_eq!(word(None), OFF);
    }
}
