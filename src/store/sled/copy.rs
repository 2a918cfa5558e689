//! A second copy of all rows, in a file of its own make: of a damaged database sled often finds nothing at all.
//!
//! The file `copy` says, frame by frame, what happened to the rows: first what there was when it was begun, a few rows a
//! frame, and among and behind that every group of changes. Whoever does what it says from the beginning has the rows as
//! they are. A frame that is damaged is known by its checksum, and by the number that is missing; all others count.
//!
//! It is written after the database, and not synced with it: what a power failure takes from it, the database has.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom, Write},
    path::Path,
};

use crate::store::keyed::Batch;

/// What the file begins with.
const TITLE: &[u8; 16] = b"foghorn copy 1\r\n";

/// What every frame begins with, so that the next one is found behind a damaged one.
const MARK: [u8; 4] = [0xF0, 0x9F, 0x93, 0xAF];

/// Mark, checksum and length.
const HEAD: usize = 12;

/// Number, sequence and kind.
const PREFACE: usize = 17;

/// No frame is longer, in bytes; what says that it is, is damaged.
const LONGEST: u32 = 64 * 1024 * 1024;

/// The length of a value that says that there is none any more.
const REMOVED: u32 = u32::MAX;

/// How much is read from the file at once.
const BUFFER: usize = 64 * 1024;

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Changes, or rows that were there.
    Rows,
    /// Says that all rows that were there stand before it.
    Whole,
    /// Says that all up to this group was found in the database, after sled had noted where it stands.
    Checked,
}

impl Kind {
    const fn letter(self) -> u8 {
        match self {
            Self::Rows => b'r',
            Self::Whole => b'w',
            Self::Checked => b'c',
        }
    }

    const fn of(letter: u8) -> Option<Self> {
        match letter {
            b'r' => Some(Self::Rows),
            b'w' => Some(Self::Whole),
            b'c' => Some(Self::Checked),
            _ => None,
        }
    }
}

/// A file that frames are appended to.
pub(super) struct Copy {
    file: File,
    length: u64,
    next: u64,
}

impl Copy {
    /// A new file, in place of one that is there.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let mut file = File::create(path)?;
        file.write_all(TITLE)?;
        Ok(Self { file, length: TITLE.len() as u64, next: 0 })
    }

    /// Goes on behind the last good frame of what was read; what stands behind that was cut off.
    pub(super) fn resume(path: &Path, read: &Reading) -> io::Result<Self> {
        let mut file = File::options().write(true).open(path)?;
        file.set_len(read.length)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Self { file, length: read.length, next: read.frames })
    }

    /// The file's length, in bytes.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Appends a frame. What of it was written before it failed is taken back where that can be done.
    pub(super) fn append<'r>(
        &mut self,
        kind: Kind,
        sequence: u64,
        rows: impl IntoIterator<Item = (&'r [u8], Option<&'r [u8]>)>,
    ) -> io::Result<()> {
        let frame = frame(kind, self.next, sequence, rows)?;
        if let Err(cause) = self.file.write_all(&frame) {
            let back = self.file.set_len(self.length).and_then(|()| self.file.seek(SeekFrom::End(0)));
            return Err(back.err().unwrap_or(cause));
        }
        self.next += 1;
        self.length += frame.len() as u64;
        Ok(())
    }

    /// Waits until all of it is on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

fn frame<'r>(
    kind: Kind,
    number: u64,
    sequence: u64,
    rows: impl IntoIterator<Item = (&'r [u8], Option<&'r [u8]>)>,
) -> io::Result<Vec<u8>> {
    let too_long = |_| io::Error::new(io::ErrorKind::InvalidInput, "a row is too long for the copy");
    let mut body = Vec::new();
    body.extend_from_slice(&number.to_be_bytes());
    body.extend_from_slice(&sequence.to_be_bytes());
    body.push(kind.letter());
    for (key, value) in rows {
        body.extend_from_slice(&u32::try_from(key.len()).map_err(too_long)?.to_be_bytes());
        body.extend_from_slice(key);
        match value {
            Some(value) => {
                body.extend_from_slice(&u32::try_from(value.len()).map_err(too_long)?.to_be_bytes());
                body.extend_from_slice(value);
            }
            None => body.extend_from_slice(&REMOVED.to_be_bytes()),
        }
    }
    let length = u32::try_from(body.len()).map_err(too_long)?;
    if length > LONGEST {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "too many changes at once for the copy"));
    }
    let mut frame = Vec::with_capacity(HEAD + body.len());
    frame.extend_from_slice(&MARK);
    frame.extend_from_slice(&crc32fast::hash(&body).to_be_bytes());
    frame.extend_from_slice(&length.to_be_bytes());
    frame.append(&mut body);
    Ok(frame)
}

/// What was found in such a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    /// The sequence number of the last group.
    pub(super) sequence: u64,
    /// Whether it is all of a copy, up to that group.
    pub(super) is_whole: bool,
    /// How many bytes there are up to the end of the last good frame, and up to where the rows that were there ended.
    pub(super) length: u64,
    pub(super) first_length: u64,
    /// The number of the frame that would come next.
    frames: u64,
}

/// Reads a file from the beginning and hands over the changes of each frame that is not damaged.
///
/// # Errors
///
/// What the system says, and what `take` fails with. A damaged file is none.
pub(super) fn read<E: From<io::Error>>(
    path: &Path,
    mut take: impl FnMut(Frame) -> Result<(), E>,
) -> Result<Reading, E> {
    let mut frames = Frames::of(path)?;
    let mut found = Reading { length: frames.at, ..Reading::default() };
    let (mut is_gapless, mut is_complete) = (true, false);
    while let Some(frame) = frames.next()? {
        is_gapless &= frame.number == found.frames;
        if frame.kind == Kind::Whole {
            is_complete = true;
            found.first_length = frames.at;
        }
        found.frames = frame.number.saturating_add(1);
        found.sequence = found.sequence.max(frame.sequence);
        found.length = frames.at;
        take(frame)?;
    }
    found.is_whole = is_gapless && is_complete;
    Ok(found)
}

/// A frame that was read.
pub(super) struct Frame {
    number: u64,
    pub(super) sequence: u64,
    pub(super) kind: Kind,
    pub(super) rows: Batch,
}

/// A file's frames, from one end to the other.
pub(super) struct Frames {
    from: BufReader<File>,
    /// Where the reader stands.
    at: u64,
    end: u64,
}

impl Frames {
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let end = file.metadata()?.len();
        // Whoever finds a frame knows what it is: the title is for people, and its damage is no loss.
        let mut frames = Self { from: BufReader::with_capacity(BUFFER, file), at: TITLE.len() as u64, end };
        frames.from.seek(SeekFrom::Start(frames.at))?;
        Ok(frames)
    }

    /// The next one that is not damaged.
    pub(super) fn next(&mut self) -> io::Result<Option<Frame>> {
        loop {
            let began = self.at;
            if let Some(frame) = self.frame()? {
                return Ok(Some(frame));
            }
            if !self.find_mark(began + 1)? {
                return Ok(None);
            }
        }
    }

    /// The frame that stands here; `None`: a damaged one, or the end.
    fn frame(&mut self) -> io::Result<Option<Frame>> {
        let left = self.end.saturating_sub(self.at);
        let mut head = [0; HEAD];
        if left < HEAD as u64 {
            return Ok(None);
        }
        self.read(&mut head)?;
        let mut parts = Parts(&head);
        let (mark, checksum, length) = (parts.bytes(MARK.len()), parts.number(), parts.number());
        let length = length.filter(|length| *length <= LONGEST && u64::from(*length) + HEAD as u64 <= left);
        let (Some(MARK_BYTES), Some(checksum), Some(length)) = (mark, checksum, length) else { return Ok(None) };
        let mut body = vec![0; usize::try_from(length).map_err(io::Error::other)?];
        self.read(&mut body)?;
        Ok(if crc32fast::hash(&body) == checksum { taken_apart(&body) } else { None })
    }

    fn read(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        self.from.read_exact(bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Goes to the next mark from here on; `false`: there is none.
    fn find_mark(&mut self, from: u64) -> io::Result<bool> {
        self.from.seek(SeekFrom::Start(from))?;
        let (mut at, mut last) = (from, [0; MARK.len()]);
        for byte in (&mut self.from).bytes() {
            last.rotate_left(1);
            if let Some(newest) = last.last_mut() {
                *newest = byte?;
            }
            at += 1;
            if last == MARK {
                self.at = at - MARK.len() as u64;
                self.from.seek(SeekFrom::Start(self.at))?;
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// [`MARK`], to be compared with.
const MARK_BYTES: &[u8] = &MARK;

fn taken_apart(body: &[u8]) -> Option<Frame> {
    let mut parts = Parts(body.get(PREFACE..)?);
    let number = u64::from_be_bytes(*body.first_chunk()?);
    let sequence = u64::from_be_bytes(*body.get(8..)?.first_chunk()?);
    let kind = Kind::of(*body.get(16)?)?;
    let mut rows = Batch::new();
    while !parts.0.is_empty() {
        let length = parts.number()?;
        let key = parts.bytes(usize::try_from(length).ok()?)?.to_vec();
        let value = match parts.number()? {
            REMOVED => None,
            length => Some(parts.bytes(usize::try_from(length).ok()?)?.to_vec()),
        };
        rows.insert(key, value);
    }
    Some(Frame { number, sequence, kind, rows })
}

/// Bytes that are taken apart from the left.
struct Parts<'a>(&'a [u8]);

impl<'a> Parts<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    fn number(&mut self) -> Option<u32> {
        self.bytes(4)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fs};

    use super::*;

    type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

    /// A copy of five groups, the last of which removes what the first has written.
    fn five(path: &Path) -> Copy {
        let mut copy = Copy::create(path).unwrap();
        copy.append(Kind::Rows, 1, [(b"a".as_slice(), Some(b"1".as_slice()))]).unwrap();
        copy.append(Kind::Whole, 1, []).unwrap();
        for sequence in 2..5_u8 {
            copy.append(Kind::Rows, sequence.into(), [([sequence].as_slice(), Some(MARK_BYTES))]).unwrap();
        }
        copy.append(Kind::Rows, 5, [(b"a".as_slice(), None)]).unwrap();
        copy
    }

    fn rows(path: &Path) -> (Rows, Reading) {
        let mut rows = Rows::new();
        let found = read::<io::Error>(path, |frame| {
            for (key, value) in frame.rows {
                match value {
                    Some(value) => rows.insert(key, value),
                    None => rows.remove(&key),
                };
            }
            Ok(())
        });
        (rows, found.unwrap())
    }

    #[test]
    fn what_was_written_is_read() {
        let home = tempfile::TempDir::new().unwrap();
        let path = home.path().join("copy");
        let length = five(&path).length();
        let (rows, found) = rows(&path);
        assert_eq!(rows.into_keys().collect::<Vec<_>>(), [[2], [3], [4]]);
        assert_eq!((found.sequence, found.is_whole, found.length, found.frames), (5, true, length, 6));
    }

    #[test]
    fn whichever_byte_is_damaged_all_other_frames_are_read_and_no_more_than_the_last_goes_unnoticed() {
        let home = tempfile::TempDir::new().unwrap();
        let path = home.path().join("copy");
        five(&path);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x10;
            fs::write(&path, &damaged).unwrap();
            let (rows, found) = rows(&path);
            assert!(rows.len() >= 2, "{at}: {rows:?}");
            assert!(rows.values().all(|value| value == MARK_BYTES || value == b"1"), "{at}: {rows:?}");
            let is_noticed = !found.is_whole || found.sequence < 5;
            assert!(is_noticed || (rows.len() == 3 && found.frames == 6), "{at}: {rows:?} {found:?}");
        }
    }

    #[test]
    fn wherever_it_is_cut_off_all_before_that_is_read_and_more_can_be_written() {
        let home = tempfile::TempDir::new().unwrap();
        let path = home.path().join("copy");
        five(&path);
        let whole = fs::read(&path).unwrap();
        for cut in 0..whole.len() {
            fs::write(&path, &whole[..cut]).unwrap();
            let (before, found) = rows(&path);
            assert!(found.sequence < 5, "{cut}");
            if !found.is_whole {
                continue;
            }
            let mut copy = Copy::resume(&path, &found).unwrap();
            copy.append(Kind::Rows, 9, [(b"z".as_slice(), Some(b"z".as_slice()))]).unwrap();
            let (after, found) = rows(&path);
            assert_eq!((after.len(), found.sequence, found.is_whole), (before.len() + 1, 9, true), "{cut}");
        }
    }
}
