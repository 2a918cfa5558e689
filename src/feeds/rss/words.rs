//! The words by which items tell where a story stands.

use crate::{
    domain::{MaintenancePhase, Phase},
    feeds::prose::{Piece, walk},
};

/// How much of a text is searched for phrases, in characters.
pub(super) const OPENING: usize = 300;

/// What a state word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// It goes on.
    Open(Phase),
    /// It is over.
    Closed(Phase),
    /// It is planned work.
    Planned(MaintenancePhase),
    /// Something more is told; the state stays.
    Update,
}

const WORDS: [(&str, Word); 33] = [
    ("investigating", Word::Open(Phase::Investigating)),
    ("investigation", Word::Open(Phase::Investigating)),
    ("we are investigating", Word::Open(Phase::Investigating)),
    ("we are currently investigating", Word::Open(Phase::Investigating)),
    ("identified", Word::Open(Phase::Identified)),
    ("monitoring", Word::Open(Phase::Monitoring)),
    ("watching", Word::Open(Phase::Monitoring)),
    ("ongoing", Word::Open(Phase::Investigating)),
    ("resolved", Word::Closed(Phase::Resolved)),
    ("completed", Word::Closed(Phase::Resolved)),
    ("closed", Word::Closed(Phase::Resolved)),
    ("recovered", Word::Closed(Phase::Resolved)),
    ("fixed", Word::Closed(Phase::Resolved)),
    ("restored", Word::Closed(Phase::Resolved)),
    ("solved", Word::Closed(Phase::Resolved)),
    ("mitigated", Word::Open(Phase::Monitoring)),
    ("behoben", Word::Closed(Phase::Resolved)),
    ("gelöst", Word::Closed(Phase::Resolved)),
    ("abgeschlossen", Word::Closed(Phase::Resolved)),
    ("cancelled", Word::Closed(Phase::Resolved)),
    ("canceled", Word::Closed(Phase::Resolved)),
    ("service is operating normally", Word::Closed(Phase::Resolved)),
    ("postmortem", Word::Closed(Phase::Postmortem)),
    ("post-mortem", Word::Closed(Phase::Postmortem)),
    ("post mortem", Word::Closed(Phase::Postmortem)),
    ("this is a scheduled event", Word::Planned(MaintenancePhase::Scheduled)),
    ("scheduled", Word::Planned(MaintenancePhase::Scheduled)),
    ("planned", Word::Planned(MaintenancePhase::Scheduled)),
    ("in progress", Word::Planned(MaintenancePhase::InProgress)),
    ("in_progress", Word::Planned(MaintenancePhase::InProgress)),
    ("verifying", Word::Planned(MaintenancePhase::Verifying)),
    ("updated", Word::Update),
    ("update", Word::Update),
];

/// Phrases by which somebody says that they are at work on it.
const OPENING_PHRASES: [(&str, Phase); 12] = [
    ("we are investigating", Phase::Investigating),
    ("we're investigating", Phase::Investigating),
    ("we are currently investigating", Phase::Investigating),
    ("we're currently investigating", Phase::Investigating),
    ("we are actively investigating", Phase::Investigating),
    ("is being investigated", Phase::Investigating),
    ("we have identified", Phase::Identified),
    ("has been identified", Phase::Identified),
    ("a fix has been implemented", Phase::Monitoring),
    ("we are monitoring", Phase::Monitoring),
    ("we are currently experiencing", Phase::Investigating),
    ("is currently experiencing", Phase::Investigating),
];

/// Words of an end, whoever it is that it is said of.
const ENDING: [&str; 8] = ["resolved", "restored", "recovered", "fixed", "mitigated", "completed", "closed", "resumed"];

impl Word {
    /// What a word of planned work means where none was planned.
    pub(super) fn of_incident(self) -> Self {
        match self {
            Self::Planned(MaintenancePhase::InProgress | MaintenancePhase::Scheduled) => Self::Update,
            Self::Planned(MaintenancePhase::Verifying) => Self::Open(Phase::Monitoring),
            Self::Planned(MaintenancePhase::Completed) => Self::Closed(Phase::Resolved),
            Self::Open(_) | Self::Closed(_) | Self::Update => self,
        }
    }
}

/// What follows an end, or a plan, that is told by its first word: "Resolved at 10:00", "Scheduled maintenance will begin".
const FOLLOWING: [&str; 17] = [
    "after",
    "as",
    "at",
    "begins",
    "between",
    "by",
    "for",
    "from",
    "now",
    "on",
    "since",
    "starting",
    "starts",
    "successfully",
    "until",
    "will",
    "without",
];

/// The state word that a text begins with.
pub(super) fn leading(text: &str) -> Option<Word> {
    let text = text.trim_start_matches(|character: char| !character.is_alphanumeric());
    let text = strip_start(text, "maintenance ").unwrap_or(text);
    WORDS.into_iter().find(|(word, _)| starts_with_word(text, word)).map(|(_, word)| word)
}

/// The state that a sentence tells by its first word. That something goes on may be told by any sentence; an end or a plan
/// only by a word that stands alone ("Resolved - …"), because "Completed orders are missing" and "Scheduled jobs fail".
pub(super) fn opening(text: &str) -> Option<Word> {
    let word = leading(text)?;
    match word {
        Word::Open(_) | Word::Update => Some(word),
        Word::Closed(_) | Word::Planned(_) => stands_alone(text).then_some(word),
    }
}

/// The state that the text of an item begins with: by its first word, or in bold.
pub(super) fn in_body(html: &str, text: &str) -> Option<Word> {
    opening(text).or_else(|| bold_beginning(html).and_then(|bold| opening(&bold)))
}

/// Whether what follows the state word at the beginning makes it one, and no part of a sentence.
fn stands_alone(text: &str) -> bool {
    let text = text.trim_start_matches(|character: char| !character.is_alphanumeric());
    let text = strip_start(text, "maintenance ").unwrap_or(text);
    let Some((word, _)) = WORDS.into_iter().find(|(word, _)| starts_with_word(text, word)) else { return false };
    let rest = strip_start(text, word).unwrap_or_default();
    let rest = strip_start(rest.trim_start_matches(' '), "maintenance").unwrap_or(rest);
    let rest = rest.trim_start_matches([' ', '\u{a0}']);
    let next = rest.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    next.is_empty() || FOLLOWING.into_iter().any(|word| next.eq_ignore_ascii_case(word))
}

/// What stands in bold at the very beginning of a text.
fn bold_beginning(html: &str) -> Option<String> {
    if !html.contains('<') {
        return None;
    }
    let (mut is_bold, mut is_past) = (false, false);
    let mut bold = String::new();
    walk(html, |piece| match piece {
        Piece::Open("b" | "strong") if !is_past => is_bold = true,
        Piece::Close("b" | "strong") => is_past |= is_bold,
        Piece::Text(text) if !is_past && is_bold => bold.push_str(text),
        Piece::Text(text) => is_past |= text.contains(char::is_alphanumeric),
        Piece::Open(_) | Piece::Close(_) => {}
    });
    Some(bold).filter(|bold| !bold.is_empty())
}

/// The state that follows a label: `Status: resolved`.
pub(super) fn labelled(text: &str) -> Option<Word> {
    let rest = strip_start(text.trim_start(), "status")?.trim_start().strip_prefix(':')?;
    let rest = rest.trim_start();
    // "Complete" is an end only behind a label, elsewhere it begins a complete outage; and it is planned work that ends so.
    let complete = ["complete", "completed", "maintenance complete", "maintenance completed"];
    let is_complete = complete.into_iter().any(|word| starts_with_word(rest, word));
    let word = if is_complete { Some(Word::Planned(MaintenancePhase::Completed)) } else { leading(rest) };
    // A word nobody knows is still a state that is told, and not the end.
    Some(word.unwrap_or(Word::Update))
}

/// The state that a text tells in a sentence near its beginning, though not in its first words: the furthest of them, as
/// long as no word of it speaks of an end.
pub(super) fn goes_on(text: &str) -> Option<Phase> {
    let ends = |word: &str| ENDING.into_iter().any(|end| word.eq_ignore_ascii_case(end));
    if text.split(|letter: char| !letter.is_alphanumeric()).any(ends) {
        return None;
    }
    let opening: String = text.chars().take(OPENING).collect::<String>().to_lowercase().replace('’', "'");
    let told = OPENING_PHRASES.into_iter().filter(|(phrase, _)| opening.contains(phrase)).map(|(_, phase)| phase);
    told.max_by_key(|phase| match phase {
        Phase::Investigating => 0,
        Phase::Identified => 1,
        Phase::Monitoring | Phase::Resolved | Phase::Postmortem => 2,
    })
}

/// The state that a title tells: in brackets, in front, or at its end.
pub(super) fn in_title(title: &str) -> Option<Word> {
    let bracketed =
        title.split_once('[').and_then(|(_, rest)| rest.split_once(']')).and_then(|(inside, _)| opening(inside));
    // Without a colon behind it only these are sure: "Closed captions fail", "Fixed-line calls drop".
    let begins = || {
        let is_planned = ["scheduled maintenance", "planned maintenance"]
            .into_iter()
            .any(|begin| starts_with_word(title, begin) && stands_alone(title));
        if starts_with_word(title, "resolved") {
            Some(Word::Closed(Phase::Resolved))
        } else {
            is_planned.then_some(Word::Planned(MaintenancePhase::Scheduled))
        }
    };
    let in_front = || opening(title.split_once(':').map(|(front, _)| front)?);
    let at_end = || {
        let (_, end) = title.trim_end_matches(')').rsplit_once([':', '(', '-', '–', '—'])?;
        let end = strip_start(end.trim(), "maintenance ").unwrap_or(end.trim());
        WORDS.into_iter().find(|(word, _)| end.eq_ignore_ascii_case(word)).map(|(_, word)| word)
    };
    let last_words = || {
        let title = title.trim_end();
        let ends = |end: &str| {
            title.len() >= end.len()
                && title.get(title.len() - end.len()..).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
        };
        // Better Stack's pairs, and Uptime Kuma's items.
        if ends(" went down") || ends(" is down") {
            Some(Word::Open(Phase::Investigating))
        } else if ends(" recovered") || ends(" is back up") {
            Some(Word::Closed(Phase::Resolved))
        } else {
            None
        }
    };
    bracketed.or_else(in_front).or_else(begins).or_else(at_end).or_else(last_words)
}

/// Whether a title of planned work ends by saying that it is done: "Scheduled maintenance completed".
pub(super) fn tells_done(title: &str) -> bool {
    let last = title.trim().rsplit(' ').next().unwrap_or_default().to_lowercase();
    matches!(last.as_str(), "completed" | "complete" | "finished" | "done" | "abgeschlossen" | "beendet")
}

/// The title without the state it tells, so that the items of one story have one title.
pub(super) fn without_state(title: &str) -> &str {
    let title = title.trim();
    let in_front = title.split_once(':').filter(|(front, rest)| {
        !rest.trim().is_empty()
            && !front.contains('[')
            && (opening(front).is_some() || AWS_PREFIXES.into_iter().any(|prefix| front.eq_ignore_ascii_case(prefix)))
    });
    let title = in_front.map_or(title, |(_, rest)| rest.trim());
    let bracketed = title.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?)));
    if let Some((before, (inside, after))) = bracketed
        && opening(inside).is_some()
    {
        // `[Resolved] API down` and `API down [Resolved]`; a state in the middle stays.
        let after = after.trim_start_matches([':', '-', ' ']);
        return match (before.trim().is_empty(), after.is_empty()) {
            (true, false) => after,
            (false, true) => before.trim_end_matches([':', '-', ' ']),
            (true, true) | (false, false) => title,
        };
    }
    ["went down", "recovered"].into_iter().find_map(|end| title.strip_suffix(end)).map_or(title, str::trim_end)
}

/// The ways in which AWS's feeds begin a title that is no end.
const AWS_PREFIXES: [&str; 4] =
    ["informational message", "performance issues", "service degradation", "service disruption"];

/// Whether the text begins with this word, not with one that it is part of, such as "fixed-line".
fn starts_with_word(text: &str, word: &str) -> bool {
    strip_start(text, word).is_some_and(|rest| {
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        !rest.starts_with(char::is_alphanumeric)
    })
}

fn strip_start<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(start.len())?;
    head.eq_ignore_ascii_case(start).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_words_are_found_where_feeds_put_them() {
        assert_eq!(leading("Resolved - all good"), Some(Word::Closed(Phase::Resolved)));
        assert_eq!(leading("**Monitoring**"), Some(Word::Open(Phase::Monitoring)));
        for text in ["Fixedly staring", "Fixed-line calls fail", "Complete outage", "Open source mirrors fail"] {
            assert_eq!(leading(text), None, "{text}");
        }
        assert_eq!(labelled("Status: Maintenance complete"), Some(Word::Planned(MaintenancePhase::Completed)));
        assert_eq!(leading("Maintenance in progress"), Some(Word::Planned(MaintenancePhase::InProgress)));
        assert_eq!(labelled("Status: resolved\n\nAll good"), Some(Word::Closed(Phase::Resolved)));
        assert_eq!(labelled("Status : Half way"), Some(Word::Update));
        assert_eq!(labelled("Statuspage is down"), None);
        assert_eq!(in_title("Registry errors [Resolved]"), Some(Word::Closed(Phase::Resolved)));
        assert_eq!(in_title("Service is operating normally: [RESOLVED] Errors"), Some(Word::Closed(Phase::Resolved)));
        assert_eq!(in_title("Shop went down"), Some(Word::Open(Phase::Investigating)));
        assert_eq!(in_title("Shop recovered"), Some(Word::Closed(Phase::Resolved)));
        assert_eq!(in_title("Login slow - Identified"), Some(Word::Open(Phase::Identified)));
        assert_eq!(in_title("Login slow"), None);
        assert_eq!(in_title("Resolved Service Disruption"), Some(Word::Closed(Phase::Resolved)));
        assert_eq!(in_title("Scheduled maintenance on Sunday"), Some(Word::Planned(MaintenancePhase::Scheduled)));
        for title in ["Completed orders: missing", "Scheduled jobs: delayed", "Scheduled maintenance broke the API"] {
            assert_eq!(in_title(title), None, "{title}");
            assert_eq!(without_state(title), title);
        }
        for title in ["Closed captions fail", "Completed orders are missing", "Unresolved hosts", "Resolver errors"] {
            assert_eq!(in_title(title), None, "{title}");
        }
        assert_eq!(goes_on("Requests fail. We’re investigating."), Some(Phase::Investigating));
        assert!(tells_done("Scheduled maintenance completed") && !tells_done("Maintenance of completed orders"));
        assert_eq!(goes_on("We are investigating. The cause has been identified."), Some(Phase::Identified));
        for text in ["Read how we investigate outages.", "The cause has been identified and fixed."] {
            assert_eq!(goes_on(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_word_of_a_sentence_is_no_end_and_no_plan() {
        let resolved = Some(Word::Closed(Phase::Resolved));
        for text in [
            "Completed orders are missing.",
            "Closed captions fail.",
            "Fixed line calls fail.",
            "Restored backups are corrupt.",
            "Scheduled jobs are not running.",
            "Planned failover caused an outage.",
            "Scheduled maintenance broke the API.",
        ] {
            assert_eq!(in_body(text, text), None, "{text}");
            assert_eq!(in_body(&format!("<p><b>{text}</b></p>"), text), None, "{text}");
        }
        for text in ["Resolved", "Resolved - fine", "Fixed: it works", "Completed.", "Restored\nBye", "Closed – fine"]
        {
            assert_eq!(in_body(text, text), resolved, "{text}");
        }
        assert_eq!(in_body("Resolved at 10:00 UTC", "Resolved at 10:00 UTC"), resolved);
        assert_eq!(in_body("<p><strong>Fixed</strong> calls connect</p>", "Fixed calls connect"), resolved);
        assert_eq!(in_body("We <b>fixed</b> it", "We fixed it"), None);
        let planned = Some(Word::Planned(MaintenancePhase::Scheduled));
        for text in ["Scheduled for Sunday", "Planned maintenance will begin at 10:00", "Scheduled - work"] {
            assert_eq!(in_body(text, text), planned, "{text}");
        }
        let text = "Investigating failing uploads";
        assert_eq!(in_body(text, text), Some(Word::Open(Phase::Investigating)));
    }

    #[test]
    fn a_title_is_the_same_whatever_state_it_tells() {
        for title in [
            "[Resolved] Login slow",
            "Login slow [Identified]",
            "Resolved: Login slow",
            "Informational message: Login slow",
            "Service is operating normally: [RESOLVED] Login slow",
            "Login slow",
        ] {
            assert_eq!(without_state(title), "Login slow", "{title}");
        }
        assert_eq!(without_state("Shop went down"), "Shop");
        assert_eq!(without_state("[Resolved]"), "[Resolved]");
    }
}
