//! What is wrong with the configuration, and where.

use std::{fmt, sync::Arc};

use strsim::{damerau_levenshtein, jaro_winkler};

/// Where something in the configuration stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A whole file or directory.
    File(Arc<str>),
    /// A place in a file; lines and columns count from 1.
    Line {
        /// The file, as the operator named it.
        file: Arc<str>,
        /// The line.
        line: usize,
        /// The column, in characters.
        column: usize,
    },
    /// An environment variable.
    Variable(Arc<str>),
}

impl Place {
    /// Faults are told file by file from top to bottom, environment variables last.
    fn order(&self) -> (bool, &str, usize, usize) {
        match self {
            Self::File(file) => (false, file, 0, 0),
            Self::Line { file, line, column } => (false, file, *line, *column),
            Self::Variable(name) => (true, name, 0, 0),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) => formatter.write_str(file),
            Self::Line { file, line, .. } => write!(formatter, "{file}:{line}"),
            Self::Variable(name) => write!(formatter, "environment variable {name}"),
        }
    }
}

/// One thing that is wrong with the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What, and what is expected; never a secret.
    pub message: String,
}

impl Fault {
    pub(super) fn new(place: &Place, message: impl Into<String>) -> Self {
        Self { place: place.clone(), message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.message)
    }
}

/// Everything that is wrong with the configuration, sorted by file and line; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFaults(Vec<Fault>);

impl ConfigFaults {
    /// These faults in order, `None` when there is none.
    pub(super) fn sorted(mut faults: Vec<Fault>) -> Option<Self> {
        faults.sort_by(|one, other| one.place.order().cmp(&other.place.order()));
        faults.dedup();
        (!faults.is_empty()).then_some(Self(faults))
    }

    /// The faults, sorted by file and line.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.0
    }
}

/// One fault a line.
impl fmt::Display for ConfigFaults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, fault) in self.0.iter().enumerate() {
            let separator = if position == 0 { "" } else { "\n" };
            write!(formatter, "{separator}{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigFaults {}

/// `; did you mean …?` with the known word that is most like this one, or nothing when none is.
pub(super) fn suggestion<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> String {
    nearest(word, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

/// The known word that was most likely meant.
fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    known
        .into_iter()
        .filter_map(|candidate| likeness(word, candidate).map(|likeness| (likeness, candidate)))
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, candidate)| candidate)
}

/// How like two words are; `None` when nobody would mean one by the other.
fn likeness(word: &str, candidate: &str) -> Option<f64> {
    let last = |text: &str| text.rsplit('.').next().map(str::to_owned);
    // The right key in the wrong section.
    if word != candidate && last(word) == last(candidate) {
        return Some(1.0);
    }
    let slips = damerau_levenshtein(word, candidate);
    let longest = word.chars().count().max(candidate.chars().count());
    let close = slips * 3 <= longest || candidate.starts_with(word) || word.starts_with(candidate);
    close.then(|| jaro_winkler(word, candidate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_known_word_is_suggested() {
        let known = ["poll.interval", "poll.incident_interval", "poll.timeout", "store.path"];
        let check = |word: &str, expect: &str| assert_eq!(suggestion(word, known), expect, "{word}");
        check("poll.intervall", "; did you mean `poll.interval`?");
        check("poll.time_out", "; did you mean `poll.timeout`?");
        check("store.timeout", "; did you mean `poll.timeout`?");
        check("poll.incident", "; did you mean `poll.incident_interval`?");
        check("weather", "");
    }

    #[test]
    fn faults_are_sorted_by_file_and_line_and_variables_come_last() {
        let line =
            |file: &str, line| Fault::new(&Place::Line { file: file.into(), line, column: 1 }, format!("fault {line}"));
        let faults = ConfigFaults::sorted(vec![
            Fault::new(&Place::Variable("FOGHORN_A".into()), "unknown"),
            line("b.toml", 2),
            line("a.toml", 10),
            line("a.toml", 9),
            Fault::new(&Place::File("b.toml".into()), "bad"),
        ]);
        let told = faults.map(|faults| faults.to_string());
        assert_eq!(
            told.as_deref(),
            Some(
                "a.toml:9: fault 9\na.toml:10: fault 10\nb.toml: bad\nb.toml:2: fault 2\nenvironment variable \
                 FOGHORN_A: unknown"
            )
        );
        assert_eq!(ConfigFaults::sorted(Vec::new()), None);
    }
}
