//! What a source still owes of its past: which documents are to be read once, and when one that failed is asked for again.
//!
//! Time is counted in readings of the source, so whoever reads seldom asks seldom, and no clock is needed. Each reading asks
//! for one such document at most, behind the present one, so that a long past is spread over many readings.

use std::{collections::VecDeque, time::Duration};

use chrono::{DateTime, Utc};

use crate::{
    domain::{Ask, MaintenancePhase, Observation, PostedIncident, PostedMaintenance},
    feeds::source::hash_of,
};

/// Readings until a document that failed is asked for again; as many more each time …
const FIRST_WAIT: u32 = 10;
/// … up to this many: six hours of readings a minute.
const LONGEST_WAIT: u32 = 360;

/// How often a page has to say that it has no such document.
const BELIEVED: u8 = 2;

/// The most quarters of an archive that are asked for.
const MOST_QUARTERS: u32 = 13;

/// Days of the shortest quarter.
const QUARTER_DAYS: u64 = 90;

/// A list of Statuspage with fewer entries is all that there ever was.
const FULL_LIST: usize = 50;

/// What is taken from an archive, the newest. With the lists it is less than what a source can be known to have told.
const MOST_ARCHIVED: usize = 200;

/// A document of the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The list of this number among those of the kind.
    List(usize),
    /// A quarter of the archive: the first is the present one.
    Quarter(u32),
}

/// What is owed; most sources owe nothing most of the time.
#[derive(Clone, Debug, Default)]
pub(super) struct Owed(Option<Box<Account>>);

#[derive(Clone, Debug)]
struct Account {
    /// The next one first.
    places: VecDeque<Place>,
    /// Readings until the next one is asked for.
    wait: u32,
    /// How often it failed in a row.
    failures: u32,
    /// How often the page said in a row that there is none.
    refusals: u8,
    /// Marks of what the lists have told: an archive tells it again, and less well.
    told: Vec<u64>,
    /// A list is cut off, or there is none: the archive may know more.
    has_more: bool,
    /// How much more is taken from the archive.
    room: usize,
}

impl Owed {
    /// The document that this reading is to ask for. The first look owes all of these lists and, where there is one, the
    /// archive; a look after a gap owes the first list.
    pub(super) fn due(&mut self, ask: &Ask, lists: usize, has_archive: bool) -> Option<Place> {
        if lists == 0 {
            return None;
        }
        if let Some(span) = ask.past {
            let quarters = (1..=quarters(span)).map(Place::Quarter).filter(|_| has_archive);
            *self = Self::of((0..lists).map(Place::List).chain(quarters).collect());
        } else if ask.catch_up {
            let first = Place::List(0);
            let account = self.0.get_or_insert_with(|| Box::new(Account::of(VecDeque::new())));
            account.places.retain(|place| *place != first);
            account.places.push_front(first);
            account.next();
        }
        let account = self.0.as_mut()?;
        if account.wait > 0 {
            account.wait -= 1;
            return None;
        }
        account.places.front().copied()
    }

    fn of(places: VecDeque<Place>) -> Self {
        Self(Some(Box::new(Account::of(places))))
    }

    /// These ids, by their hashes, stood in the present document: of them the archive is not to speak.
    pub(super) fn hear(&mut self, posted: &[u64]) {
        if let Some(account) = &mut self.0 {
            account.hear(posted.iter().copied());
        }
    }

    /// A document was read. What it tells that is not to be taken is dropped from it.
    pub(super) fn read(&mut self, place: Place, history: &mut Observation) {
        if let Some(account) = &mut self.0 {
            match place {
                Place::List(_) => account.note(history),
                Place::Quarter(_) => account.sift(history),
            }
        }
        self.settle(place);
    }

    /// The page says that it has no such document.
    pub(super) fn refused(&mut self, place: Place) {
        let Some(account) = self.0.as_mut().filter(|account| account.places.front() == Some(&place)) else { return };
        account.refusals = account.refusals.saturating_add(1);
        if account.refusals < BELIEVED {
            account.wait = FIRST_WAIT - 1;
            return;
        }
        account.next();
        match place {
            Place::List(_) => account.has_more = true,
            Place::Quarter(_) => account.drop_archive(),
        }
        self.settle(place);
    }

    /// It could not be read.
    pub(super) fn failed(&mut self, place: Place) {
        let Some(account) = self.0.as_mut().filter(|account| account.places.front() == Some(&place)) else { return };
        account.refusals = 0;
        let wait = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(account.failures)).min(LONGEST_WAIT);
        account.failures = account.failures.saturating_add(1);
        account.wait = wait - 1;
    }

    /// Nothing more is owed of this document.
    fn settle(&mut self, place: Place) {
        let Some(account) = self.0.as_mut() else { return };
        if account.places.front() == Some(&place) {
            account.next();
        }
        account.places.retain(|other| *other != place);
        let knows_all = !account.has_more || account.room == 0;
        if knows_all && matches!(account.places.front(), Some(Place::Quarter(_))) {
            account.drop_archive();
        }
        if account.places.is_empty() {
            self.0 = None;
        }
    }
}

impl Account {
    const fn of(places: VecDeque<Place>) -> Self {
        Self { places, wait: 0, failures: 0, refusals: 0, told: Vec::new(), has_more: false, room: MOST_ARCHIVED }
    }

    /// Another document is the next one.
    const fn next(&mut self) {
        (self.wait, self.failures, self.refusals) = (0, 0, 0);
    }

    fn drop_archive(&mut self) {
        self.places.retain(|place| matches!(place, Place::List(_)));
    }

    /// Notes what a list tells.
    fn note(&mut self, history: &Observation) {
        self.has_more |= history.incidents.len() + history.maintenances.len() >= FULL_LIST;
        self.hear(history.incidents.iter().flat_map(marks_of_outage));
        self.hear(history.maintenances.iter().flat_map(marks_of_work));
    }

    fn hear(&mut self, marks: impl Iterator<Item = u64>) {
        for mark in marks {
            if !self.told.contains(&mark) {
                self.told.push(mark);
            }
        }
    }

    /// Leaves of a quarter what is over and what the lists have not told, as far as there is room.
    fn sift(&mut self, history: &mut Observation) {
        let (told, room) = (&self.told, &mut self.room);
        let mut is_new = |marks: [u64; 2]| {
            let is_new = *room > 0 && marks.iter().all(|mark| !told.contains(mark));
            *room -= usize::from(is_new);
            is_new
        };
        history.incidents.retain(|incident| incident.is_closed() && is_new(marks_of_outage(incident)));
        history.maintenances.retain(|work| work.phase == MaintenancePhase::Completed && is_new(marks_of_work(work)));
    }
}

/// What an incident is known by, should its id not be the same everywhere: its title and when it began.
fn marks_of_outage(incident: &PostedIncident) -> [u64; 2] {
    [hash_of(&incident.id), hash_of(&(&incident.title, incident.started_at.map(minute)))]
}

fn marks_of_work(work: &PostedMaintenance) -> [u64; 2] {
    [hash_of(&work.id), hash_of(&(&work.title, work.starts_at.map(minute)))]
}

/// An archive has no seconds.
const fn minute(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(60)
}

/// The quarters that a span reaches into.
fn quarters(span: Duration) -> u32 {
    let whole = (span.as_secs() / (24 * 60 * 60)).div_ceil(QUARTER_DAYS);
    u32::try_from(whole).unwrap_or(MOST_QUARTERS).saturating_add(1).min(MOST_QUARTERS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::SourceKind, feeds::parse};

    fn first() -> Ask {
        Ask { past: Some(Duration::from_secs(400 * 24 * 60 * 60)), catch_up: true, ..Ask::default() }
    }

    fn due(owed: &mut Owed) -> Option<Place> {
        owed.due(&Ask::default(), 2, true)
    }

    /// Readings until something is asked for.
    fn waits(owed: &mut Owed) -> usize {
        1 + (0..1_000).take_while(|_| due(owed).is_none()).count()
    }

    fn list(from: usize, count: usize) -> Observation {
        let entry = |number: usize| {
            format!(
                r#"{{"id": "i{number}", "name": "Flood {number}", "status": "resolved", "impact": "minor",
                "started_at": "2026-05-01T10:00:{:02}Z", "resolved_at": "2026-05-01T11:00:00Z", "incident_updates": []}}"#,
                number % 60
            )
        };
        let entries: Vec<String> = (from..from + count).map(entry).collect();
        let text = format!(r#"{{"page": {{"id": "p", "name": "Plum"}}, "incidents": [{}]}}"#, entries.join(","));
        parse(SourceKind::Statuspage, text.as_bytes(), None, &[]).unwrap()
    }

    fn empty() -> Observation {
        Observation::default()
    }

    #[test]
    fn what_fails_is_asked_for_again_with_growing_waits() {
        let mut owed = Owed::default();
        assert_eq!(due(&mut owed), None);
        assert_eq!(owed.due(&first(), 2, true), Some(Place::List(0)));
        for expect in [10, 20, 40, 80, 160, 320, 360, 360] {
            owed.failed(Place::List(0));
            assert_eq!(waits(&mut owed), expect);
        }
        owed.read(Place::List(0), &mut empty());
        assert_eq!(due(&mut owed), Some(Place::List(1)), "the next one is asked for by the next reading");
        assert_eq!(due(&mut owed), Some(Place::List(1)), "and again while the present document was not read");
        owed.read(Place::List(1), &mut empty());
        assert_eq!(due(&mut owed), None, "both lists told all that there ever was");
    }

    #[test]
    fn a_page_is_believed_the_second_time_that_it_has_no_such_document() {
        let mut owed = Owed::default();
        let gap = Ask { catch_up: true, ..Ask::default() };
        assert_eq!(owed.due(&gap, 2, true), Some(Place::List(0)));
        owed.refused(Place::List(0));
        assert_eq!(waits(&mut owed), 10);
        owed.refused(Place::List(0));
        assert_eq!(due(&mut owed), None);
        assert_eq!(owed.due(&gap, 0, false), None, "a kind without a history owes none");
    }

    #[test]
    fn an_archive_is_asked_for_where_a_list_is_cut_off_and_no_further_than_the_history_goes() {
        let mut owed = Owed::default();
        owed.due(&first(), 2, true);
        owed.read(Place::List(0), &mut list(0, 50));
        owed.read(Place::List(1), &mut empty());
        for quarter in 1..=6 {
            assert_eq!(due(&mut owed), Some(Place::Quarter(quarter)));
            owed.read(Place::Quarter(quarter), &mut empty());
        }
        assert_eq!(due(&mut owed), None);
        assert_eq!(quarters(Duration::from_secs(3_650 * 24 * 60 * 60)), MOST_QUARTERS);
        assert_eq!(quarters(Duration::from_secs(24 * 60 * 60)), 2);
    }

    #[test]
    fn an_archive_adds_what_the_lists_have_not_told_and_not_without_end() {
        let mut owed = Owed::default();
        owed.due(&first(), 1, true);
        owed.read(Place::List(0), &mut list(0, 50));
        // The older half is told under other ids, with the same words of the same minute.
        let mut quarter = list(0, 60);
        quarter.incidents.iter_mut().skip(25).for_each(|incident| incident.id.insert(0, 'x'));
        owed.read(Place::Quarter(1), &mut quarter);
        let ids: Vec<&str> = quarter.incidents.iter().map(|incident| incident.id.as_str()).collect();
        assert!(ids.len() == 10 && ids.iter().all(|id| id.starts_with("i5")), "{ids:?}");
        for number in 2..=6_u32 {
            let Some(place) = due(&mut owed) else { break };
            assert_eq!(place, Place::Quarter(number));
            owed.read(place, &mut list(100 * usize::try_from(number).unwrap(), 95));
        }
        assert_eq!(due(&mut owed), None, "there is no more room");
    }
}
