//! The sentences by which a text says that all is over, and those that take it back.

use super::words::OPENING;

/// Whole phrases that close a story wherever the opening of a text has them.
const CLOSING: [&str; 6] = [
    "has been resolved",
    "is now resolved",
    "is resolved",
    "have been resolved",
    "has been fully resolved",
    "has been completed",
];

/// Phrases that close a story when nothing in their sentence takes part of it back.
const WEAKLY_CLOSING: [&str; 8] = [
    "has been restored",
    "have been restored",
    "has been fixed",
    "has recovered",
    "have recovered",
    "back to normal",
    "operating normally",
    "wurde behoben",
];

/// What makes an end one that is hoped for, or denied: "we will write once it is resolved".
const HOPING: [&str; 10] = [
    "once ",
    "until ",
    "till ",
    "unless ",
    "when it ",
    "when this ",
    "when the issue ",
    "if it ",
    "not been",
    "sobald ",
];

/// Words that make an end one of a part.
const PARTLY: [&str; 7] = ["partially", "partly", "some", "most", "many", "mostly", "except"];

/// Where sentences end.
const BREAKS: [char; 4] = ['.', '!', '?', '\n'];
/// How far into a line a time of day is looked for, in characters.
const LONGEST_STAMP: usize = 24;

/// What says, outside the sentence of an end, that something goes on.
const LASTING: [&str; 13] = [
    "still",
    "continue",
    "continues",
    "continuing",
    "ongoing",
    "investigating",
    "failing",
    "remain",
    "remains",
    "remaining",
    "unresolved",
    "weiterhin",
    "noch",
];

/// Phrases that tell of something more.
const MORE: [&str; 8] = [
    "another",
    "new issue",
    "new problem",
    "new incident",
    "second issue",
    "second problem",
    "second failure",
    "second incident",
];

/// What makes such a sentence one of a case that may not come, or of what is done afterwards.
const HARMLESS: [&str; 9] =
    ["if ", "should you ", "in case ", "falls ", "no longer", "no new ", "any new ", "another update", "root cause"];

/// What makes it one of care that is taken: "we continue to monitor".
const CARING: [&str; 8] =
    ["to monitor", "to watch", "to observe", "to keep an eye", "monitoring", "operational", "stable", "beobachten"];

/// Whether the opening of a text says that all is over: a whole sentence that says so, without an if, and none beside it
/// by which something goes on.
pub(super) fn closes(text: &str) -> bool {
    says_end(text) && !lasts(text)
}

/// Whether a text speaks of an end and of something that goes on: that of a part.
pub(super) fn closes_a_part(text: &str) -> bool {
    says_end(text) && lasts(text)
}

fn says_end(text: &str) -> bool {
    beginning(text).split(BREAKS).any(is_end)
}

fn is_end(sentence: &str) -> bool {
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| sentence.contains(phrase));
    !has(&HOPING) && (has(&CLOSING) || (has(&WEAKLY_CLOSING) && !says(sentence, &PARTLY)))
}

/// Whether something goes on, by a sentence beside the end or by what follows the end within its own. In a log with a time in
/// front of each line the other lines tell of other times.
fn lasts(text: &str) -> bool {
    let text = beginning(text);
    let timed = |line: &&str| is_timed(line);
    let is_log = text.lines().filter(timed).count() > 1;
    let ends = |line: &&str| line.split(BREAKS).any(is_end);
    text.lines().filter(|line| !is_log || ends(line)).flat_map(|line| line.split(BREAKS)).any(|sentence| {
        let phrases = CLOSING.iter().chain(&WEAKLY_CLOSING);
        let end = phrases.filter_map(|phrase| Some(sentence.find(phrase)? + phrase.len())).max();
        match end.filter(|_| is_end(sentence)).and_then(|end| sentence.split_at_checked(end)) {
            Some((before, after)) => says(before, &["still"]) || tells_more(after),
            None => tells_more(sentence),
        }
    })
}

fn tells_more(sentence: &str) -> bool {
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| sentence.contains(phrase));
    let is_past = says(sentence, &["was", "were", "had"]) && !says(sentence, &["is", "are"]);
    let is_care = has(&CARING) && !says(sentence, &["still", "not"]);
    !has(&HARMLESS) && (has(&MORE) || (says(sentence, &LASTING) && !is_past && !is_care))
}

fn says(sentence: &str, words: &[&str]) -> bool {
    sentence.split(|letter: char| !letter.is_alphanumeric()).any(|word| words.contains(&word))
}

/// Whether a line begins with a time of day, perhaps behind a date.
fn is_timed(line: &str) -> bool {
    let front: String = line.chars().take(LONGEST_STAMP).collect();
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    front
        .as_bytes()
        .windows(3)
        .any(|three| is_digit(three.first()) && three.get(1) == Some(&b':') && is_digit(three.last()))
}

fn beginning(text: &str) -> String {
    text.chars().take(OPENING).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_tells_that_all_is_over() {
        assert!(closes("This incident has been resolved."));
        for text in [
            "We are on it.",
            "We will write again once the issue is resolved.",
            "The issue has not been resolved.",
            "Until it has been fixed, please wait.",
            "Service has been restored for some people.",
        ] {
            assert!(!closes(text), "{text}");
        }
        for text in [
            "Thank you for waiting. The issue has been resolved. Some may have to sign in again.",
            "All systems are back to normal.",
            "The problem when uploading after the deploy has been resolved.",
            "Service has been restored",
            "Der Fehler wurde behoben.",
        ] {
            assert!(closes(text), "{text}");
        }
    }

    #[test]
    fn what_goes_on_takes_the_end_back() {
        for text in [
            "The login problem has been resolved. We are still investigating failing uploads.",
            "Update: The login problem has been resolved. Uploads are still failing.",
            "The login problem has been resolved. A second failure is ongoing.",
            "We are investigating failing uploads. The login problem has been resolved.",
            "Login has been fixed, but uploads continue to fail.",
            "Login has been fixed. Uploads are still not back to normal.",
            "The first problem is resolved.\n\nThere is another one with uploads.",
        ] {
            assert!(!closes(text) && closes_a_part(text), "{text}");
        }
        for text in [
            "The problem has been resolved. If you are still seeing errors, please write to us.",
            "The problem has been resolved. We will continue to monitor the system.",
            "Uploads were failing. The problem has been resolved.",
            "The ongoing problem with failing uploads has been resolved.",
            "The problem has been resolved. We are investigating the root cause.",
            "11:00 The problem has been resolved.\n10:00 We are still investigating.",
        ] {
            assert!(closes(text) && !closes_a_part(text), "{text}");
        }
    }
}
