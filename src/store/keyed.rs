//! What a backend must be able to do, and a draft of changes over it.

use std::{cmp::Ordering, collections::BTreeMap, ops::Bound};

use chrono::{DateTime, Utc};

use crate::store::{
    StoreError,
    keys::{self, Key, Range},
    record::Counters,
};

/// The most bytes in one value. sled 0.34 gives larger values (over about 4 kB) a file each and leaks the old ones.
pub(super) const LARGEST_VALUE: usize = 3_500;

/// Values begin with the number of their further pieces.
const PREFIX: usize = size_of::<u16>();

/// Keys to be written (`Some`) or removed (`None`), together or not at all.
pub(super) type Batch = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

/// A row: key and value.
pub(super) type Row = (Vec<u8>, Vec<u8>);

/// Keys and values in order.
pub(super) trait Kv: Send {
    /// The value at a key.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// The first rows of a range, at most `most`.
    fn scan(&self, range: &Range, most: usize) -> Result<Vec<Row>, StoreError>;

    /// Makes all changes or none.
    fn write(&mut self, batch: Batch) -> Result<(), StoreError>;
}

/// One operation's view: what is stored, with the operation's own changes on top. Nothing is stored before they are
/// written as one batch. Long values are cut into pieces here, so that no operation needs to care.
pub(super) struct Draft<'a> {
    kv: &'a dyn Kv,
    changes: Batch,
    /// How many there are of what.
    pub(super) counters: Counters,
    /// What time it is, as far as that is known: where the operation was not told, the latest time that was.
    pub(super) now: Option<DateTime<Utc>>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(kv: &'a dyn Kv, counters: Counters) -> Self {
        Self { kv, changes: Batch::new(), counters, now: counters.clock }
    }

    /// The changes, and the counters they lead to.
    pub(super) fn finish(self) -> (Batch, Counters) {
        (self.changes, self.counters)
    }

    /// Whether anything is changed, the counters aside.
    pub(super) fn has_changes(&self) -> bool {
        !self.changes.is_empty()
    }

    /// The value at a key.
    pub(super) fn get(&self, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        self.raw(key)?.map(|first| self.whole(key, &first)).transpose()
    }

    /// Whether there is a value at a key.
    pub(super) fn has(&self, key: &Key) -> Result<bool, StoreError> {
        Ok(self.raw(key)?.is_some())
    }

    /// Whether there is anything in a range.
    pub(super) fn has_any(&self, range: &Range) -> Result<bool, StoreError> {
        Ok(!self.scan_raw(range, 1)?.is_empty())
    }

    /// The first rows of a range, at most `most`.
    pub(super) fn scan(&self, range: &Range, most: usize) -> Result<Vec<Row>, StoreError> {
        self.scan_raw(range, most)?
            .into_iter()
            .map(|(key, first)| {
                let value = self.whole(&Key(key.clone()), &first)?;
                Ok((key, value))
            })
            .collect()
    }

    /// All rows of a range that is known to be short.
    pub(super) fn scan_all(&self, range: &Range) -> Result<Vec<Row>, StoreError> {
        self.scan(range, usize::MAX)
    }

    /// Stores a value; what is there already is not written again.
    pub(super) fn put(&mut self, key: &Key, value: &[u8]) -> Result<(), StoreError> {
        let room = LARGEST_VALUE - PREFIX;
        let mut parts = value.chunks(room);
        let first = parts.next().unwrap_or_default();
        let pieces = u16::try_from(parts.len()).map_err(|cause| StoreError::Io(Box::new(cause)))?;
        let before = self.raw(key)?;
        for number in pieces..before.as_deref().map_or(0, pieces_of) {
            self.changes.insert(keys::piece(key, number).0, None);
        }
        for (number, part) in (0..pieces).zip(parts) {
            self.put_raw(keys::piece(key, number), part.to_vec())?;
        }
        let mut stored = Vec::with_capacity(PREFIX + first.len());
        stored.extend_from_slice(&pieces.to_be_bytes());
        stored.extend_from_slice(first);
        if before.as_ref() != Some(&stored) {
            self.changes.insert(key.0.clone(), Some(stored));
        }
        Ok(())
    }

    /// Notes that something is so, by a key without a value.
    pub(super) fn mark(&mut self, key: &Key) -> Result<(), StoreError> {
        self.put(key, &[])
    }

    /// Removes a value, and says whether there was one.
    pub(super) fn remove(&mut self, key: &Key) -> Result<bool, StoreError> {
        let Some(before) = self.raw(key)? else { return Ok(false) };
        for number in 0..pieces_of(&before) {
            self.changes.insert(keys::piece(key, number).0, None);
        }
        self.changes.insert(key.0.clone(), None);
        Ok(true)
    }

    fn put_raw(&mut self, key: Key, value: Vec<u8>) -> Result<(), StoreError> {
        if self.raw(&key)?.as_ref() != Some(&value) {
            self.changes.insert(key.0, Some(value));
        }
        Ok(())
    }

    /// What stands at a key itself, without its further pieces.
    pub(super) fn raw(&self, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        match self.changes.get(&key.0) {
            Some(change) => Ok(change.clone()),
            None => self.kv.get(&key.0),
        }
    }

    /// The value in a row of [`Draft::scan_raw`], when it is whole.
    pub(super) fn value(&self, row: &Row) -> Option<Vec<u8>> {
        self.whole(&Key(row.0.clone()), &row.1).ok()
    }

    /// The first rows of a range without their further pieces.
    pub(super) fn scan_raw(&self, range: &Range, most: usize) -> Result<Vec<Row>, StoreError> {
        overlaid(&self.changes, range, most, |most| self.kv.scan(range, most))
    }

    fn whole(&self, key: &Key, first: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut value = first.get(PREFIX..).unwrap_or_default().to_vec();
        for number in 0..pieces_of(first) {
            let piece = self.raw(&keys::piece(key, number))?.ok_or_else(|| StoreError::Damaged {
                key: key.0.clone(),
                cause: format!("piece {number} is missing").into(),
            })?;
            value.extend_from_slice(&piece);
        }
        Ok(value)
    }
}

/// The first rows of a range as they are with changes on top of what is stored, of which `stored` reads the first ones.
pub(super) fn overlaid(
    changes: &Batch,
    range: &Range,
    most: usize,
    stored: impl FnOnce(usize) -> Result<Vec<Row>, StoreError>,
) -> Result<Vec<Row>, StoreError> {
    if range.from >= range.until {
        return Ok(Vec::new());
    }
    let bounds = (Bound::Included(range.from.as_slice()), Bound::Excluded(range.until.as_slice()));
    let changes = || changes.range::<[u8], _>(bounds);
    if changes().next().is_none() {
        return stored(most);
    }
    // Each removed key can hide one stored row, so that many more are read.
    let removed = changes().filter(|(_, change)| change.is_none()).count();
    let mut stored = stored(most.saturating_add(removed))?.into_iter().peekable();
    let mut changes = changes().peekable();
    let mut rows = Vec::new();
    while rows.len() < most {
        let next = match (stored.peek(), changes.peek()) {
            (Some((row, _)), Some((key, _))) => row.cmp(key),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => break,
        };
        // What is changed is not told as it is stored.
        let row = if next.is_le() { stored.next() } else { None };
        let changed = if next.is_ge() { changes.next() } else { None };
        rows.extend(match changed {
            Some((key, change)) => change.clone().map(|value| (key.clone(), value)),
            None => row,
        });
    }
    Ok(rows)
}

/// How many further pieces a stored value has.
pub(super) fn pieces_of(stored: &[u8]) -> u16 {
    stored.first_chunk().map_or(0, |bytes| u16::from_be_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Rows(BTreeMap<Vec<u8>, Vec<u8>>);

    impl Kv for Rows {
        fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
            Ok(self.0.get(key).cloned())
        }

        fn scan(&self, range: &Range, most: usize) -> Result<Vec<Row>, StoreError> {
            let rows = self.0.range(range.from.clone()..range.until.clone()).take(most);
            Ok(rows.map(|(key, value)| (key.clone(), value.clone())).collect())
        }

        fn write(&mut self, batch: Batch) -> Result<(), StoreError> {
            for (key, change) in batch {
                match change {
                    Some(value) => self.0.insert(key, value),
                    None => self.0.remove(&key),
                };
            }
            Ok(())
        }
    }

    fn key(text: &str) -> Key {
        Key(text.as_bytes().to_vec())
    }

    /// Writes what a draft changes, and says how many keys that were.
    fn change(rows: &mut Rows, changes: impl FnOnce(&mut Draft<'_>)) -> usize {
        let mut draft = Draft::new(rows, Counters::default());
        changes(&mut draft);
        let (batch, _) = draft.finish();
        let count = batch.len();
        rows.write(batch).unwrap();
        count
    }

    fn found(draft: &Draft<'_>, most: usize) -> Vec<String> {
        let rows = draft.scan(&Range::of(key("k")), most).unwrap();
        rows.into_iter().map(|(key, _)| String::from_utf8(key).unwrap()).collect()
    }

    #[test]
    fn a_scan_sees_the_drafts_own_changes_among_what_is_stored() {
        let mut rows = Rows::default();
        change(&mut rows, |draft| {
            for name in ["k1", "k3", "k5", "k7", "l"] {
                draft.mark(&key(name)).unwrap();
            }
        });
        let mut draft = Draft::new(&rows, Counters::default());
        draft.remove(&key("k1")).unwrap();
        draft.remove(&key("k3")).unwrap();
        draft.mark(&key("k4")).unwrap();
        draft.mark(&key("k9")).unwrap();
        assert_eq!(found(&draft, 2), ["k4", "k5"]);
        assert_eq!(found(&draft, 9), ["k4", "k5", "k7", "k9"]);
    }

    #[test]
    fn a_value_comes_back_whatever_its_length_and_leaves_no_piece_behind() {
        let mut rows = Rows::default();
        for length in [0, 1, 3_497, 3_498, 3_499, 10_000, 7_000, 3_498, 0] {
            let value = vec![b'x'; length];
            change(&mut rows, |draft| {
                draft.put(&key("k"), &value).unwrap();
                assert_eq!(draft.get(&key("k")).unwrap().as_ref(), Some(&value));
            });
            assert_eq!(Draft::new(&rows, Counters::default()).get(&key("k")).unwrap(), Some(value));
            assert_eq!(rows.0.len(), length.div_ceil(3_498).max(1), "{length}");
            assert!(rows.0.values().all(|stored| stored.len() <= LARGEST_VALUE));
        }
        change(&mut rows, |draft| draft.put(&key("k"), &[0; 9_000]).unwrap());
        change(&mut rows, |draft| assert!(draft.remove(&key("k")).unwrap()));
        assert_eq!(rows.0.len(), 0);
    }

    #[test]
    fn what_is_there_already_is_not_written_again() {
        let mut rows = Rows::default();
        let mut value = vec![b'x'; 9_000];
        assert_eq!(change(&mut rows, |draft| draft.put(&key("k"), &value).unwrap()), 3);
        assert_eq!(change(&mut rows, |draft| draft.put(&key("k"), &value).unwrap()), 0);
        value[8_999] = b'y';
        assert_eq!(change(&mut rows, |draft| draft.put(&key("k"), &value).unwrap()), 1);
    }

    #[test]
    fn a_missing_piece_is_damage() {
        let mut rows = Rows::default();
        change(&mut rows, |draft| draft.put(&key("k"), &[0; 9_000]).unwrap());
        rows.0.remove(&keys::piece(&key("k"), 1).0);
        let draft = Draft::new(&rows, Counters::default());
        assert!(matches!(draft.get(&key("k")), Err(StoreError::Damaged { .. })));
    }
}
