//! Batches as files. A file appears under its name only when it is whole and flushed, by rename; the folder is flushed
//! before anybody is told.

use crate::plan::Digest;
use crate::rectification::Day;
use std::collections::BinaryHeap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const ENDING: &str = ".minping";
const CONTACTS_ENDING: &str = ".minping-contacts";
const DAY: Duration = Duration::from_secs(86_400);

/// The folder that keeps batches.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Where what it keeps lies.
    batches: PathBuf,
    ending: &'static str,
    incoming: PathBuf,
    damaged: PathBuf,
}

/// Whether a batch was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    New,
    Known,
}

/// Why something was not stored or not read.
#[derive(Debug)]
pub enum FolderError {
    /// No space, no quota left, or a file size limit.
    Full(io::Error),
    Failed(io::Error),
}

impl From<io::Error> for FolderError {
    fn from(error: io::Error) -> FolderError {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => FolderError::Full(error),
            _ => FolderError::Failed(error),
        }
    }
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FolderError::Full(error) | FolderError::Failed(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for FolderError {}

impl Folder {
    /// Makes what is missing, and removes what uploads left unfinished more than a day ago.
    pub fn open(data: &Path) -> Result<Folder, FolderError> {
        let folder = Folder {
            batches: data.join("batches"),
            ending: ENDING,
            incoming: data.join("incoming"),
            damaged: data.join("damaged"),
        };
        fs::create_dir_all(&folder.batches)?;
        fs::create_dir_all(data.join("contacts"))?;
        fs::create_dir_all(&folder.incoming)?;
        flush_folder(data)?;
        // Another receiver on the same folder may be writing the younger ones.
        for entry in fs::read_dir(&folder.incoming)? {
            let entry = entry?;
            if entry.metadata()?.modified()?.elapsed().is_ok_and(|age| age > DAY) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(folder)
    }

    /// The place of contact logs, beside that of batches.
    pub fn contacts(&self) -> Folder {
        Folder { batches: self.batches.with_file_name("contacts"), ending: CONTACTS_ENDING, ..self.clone() }
    }

    /// Puts a batch on disk. When this returns, a power cut cannot take it away.
    ///
    /// `holds` says whether what already lies under the name is the batch itself; if not, that file is moved to `damaged/` and the
    /// new one takes its place. `timeless`: the file shall not tell when it came, beyond the day.
    pub fn put(
        &self,
        digest: &Digest,
        text: &str,
        timeless: bool,
        holds: impl Fn(&str) -> bool,
    ) -> Result<Put, FolderError> {
        let path = self.path(digest);
        match fs::read(&path) {
            Ok(found) if found == text.as_bytes() || str::from_utf8(&found).is_ok_and(holds) => {
                // Another upload may have renamed it and not flushed the folder yet.
                File::open(&path)?.sync_all()?;
                flush_folder(&self.batches)?;
                return Ok(Put::Known);
            }
            Ok(_) => self.set_aside(digest, &path)?,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        let temporary = self.incoming.join([digest.as_str(), ".", &random_name()?].concat());
        let written = write_flushed(&temporary, text, timeless).and_then(|()| fs::rename(&temporary, &path));
        if let Err(error) = written {
            // What is left of it is nobody's; `open` removes it later if this fails too.
            let _ = fs::remove_file(&temporary);
            return Err(error.into());
        }
        flush_folder(&self.batches)?;
        Ok(Put::New)
    }

    /// The text of a batch.
    pub fn get(&self, digest: &Digest) -> Result<Option<Vec<u8>>, FolderError> {
        match fs::read(self.path(digest)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The day on which a batch came, in UTC; None where the file system does not say.
    pub fn day(&self, digest: &Digest) -> Option<Day> {
        let time = fs::metadata(self.path(digest)).and_then(|found| found.modified()).ok()?;
        let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        Some(Day::of_milliseconds(i64::try_from(since.as_millis()).ok()?))
    }

    /// The first `limit` digests after `after`, in order.
    pub fn list(&self, after: Option<&str>, limit: usize) -> Result<Vec<Digest>, FolderError> {
        let mut first = BinaryHeap::with_capacity(limit + 1);
        for entry in fs::read_dir(&self.batches)? {
            let name = entry?.file_name();
            let Some(digest) = name.to_str().and_then(|name| name.strip_suffix(self.ending)).and_then(Digest::parse)
            else {
                continue;
            };
            if after.is_none_or(|after| digest.as_str() > after) {
                first.push(digest);
                if first.len() > limit {
                    first.pop();
                }
            }
        }
        Ok(first.into_sorted_vec())
    }

    /// Whether something can be written now.
    pub fn probe(&self) -> Result<(), FolderError> {
        let path = self.incoming.join(["probe.", &random_name()?].concat());
        let written = fs::write(&path, b"probe");
        let removed = fs::remove_file(&path);
        Ok(written.and(removed)?)
    }

    fn path(&self, digest: &Digest) -> PathBuf {
        self.batches.join([digest.as_str(), self.ending].concat())
    }

    fn set_aside(&self, digest: &Digest, path: &Path) -> Result<(), FolderError> {
        fs::create_dir_all(&self.damaged)?;
        fs::rename(path, self.damaged.join([digest.as_str(), ".", &random_name()?].concat()))?;
        Ok(flush_folder(&self.damaged)?)
    }
}

fn write_flushed(path: &Path, text: &str, timeless: bool) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    if timeless {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let day = Duration::from_secs(now.as_secs() / DAY.as_secs() * DAY.as_secs());
        file.set_modified(SystemTime::UNIX_EPOCH + day)?;
    }
    file.sync_all()
}

/// Makes names in a folder survive a power cut. Windows has no such call and needs none.
pub(super) fn flush_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

pub(super) fn random_name() -> io::Result<String> {
    let random = getrandom::u64().map_err(io::Error::other)?;
    Ok(format!("{random:016x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(letter: char) -> Digest {
        Digest(letter.to_string().repeat(43))
    }

    fn folder() -> (tempfile::TempDir, Folder) {
        let data = tempfile::tempdir().unwrap();
        let folder = Folder::open(data.path()).unwrap();
        (data, folder)
    }

    #[test]
    fn a_batch_put_twice_is_known_and_listed_once() {
        let (_data, folder) = folder();
        assert_eq!(folder.put(&digest('a'), "text", false, |_| false).unwrap(), Put::New);
        assert_eq!(folder.put(&digest('a'), "text", false, |_| false).unwrap(), Put::Known);
        assert_eq!(folder.list(None, 10).unwrap(), [digest('a')]);
        assert_eq!(folder.get(&digest('a')).unwrap().unwrap(), b"text");
        assert_eq!(folder.get(&digest('b')).unwrap(), None);
    }

    #[test]
    fn contact_logs_lie_beside_the_batches_and_are_listed_apart() {
        let (data, folder) = folder();
        folder.put(&digest('a'), "batch", false, |_| false).unwrap();
        folder.contacts().put(&digest('b'), "log", false, |_| false).unwrap();
        assert_eq!(folder.list(None, 10).unwrap(), [digest('a')]);
        assert_eq!(folder.contacts().list(None, 10).unwrap(), [digest('b')]);
        let name = [digest('b').as_str(), ".minping-contacts"].concat();
        assert_eq!(fs::read(data.path().join("contacts").join(name)).unwrap(), b"log");
    }

    #[test]
    fn a_damaged_file_is_set_aside_and_replaced_by_the_whole_one() {
        let (data, folder) = folder();
        folder.put(&digest('a'), "te", false, |_| false).unwrap();
        assert_eq!(folder.put(&digest('a'), "text", false, |_| false).unwrap(), Put::New);
        assert_eq!(folder.get(&digest('a')).unwrap().unwrap(), b"text");
        let kept: Vec<_> = fs::read_dir(data.path().join("damaged")).unwrap().collect();
        assert_eq!(fs::read(kept[0].as_ref().unwrap().path()).unwrap(), b"te");
    }

    #[test]
    fn the_same_batch_under_another_signature_is_known_and_stays() {
        let (_data, folder) = folder();
        folder.put(&digest('a'), "one", false, |_| false).unwrap();
        assert_eq!(folder.put(&digest('a'), "two", false, |found| found == "one").unwrap(), Put::Known);
        assert_eq!(folder.get(&digest('a')).unwrap().unwrap(), b"one");
    }

    #[test]
    fn pages_of_the_list_follow_each_other_without_gap_or_repetition() {
        let (data, folder) = folder();
        for letter in ['d', 'a', 'c', 'b', 'e'] {
            folder.put(&digest(letter), "text", false, |_| false).unwrap();
        }
        fs::write(data.path().join("batches/readme.txt"), "not a batch").unwrap();
        let first = folder.list(None, 3).unwrap();
        assert_eq!(first, [digest('a'), digest('b'), digest('c')]);
        assert_eq!(folder.list(Some(first[2].as_str()), 3).unwrap(), [digest('d'), digest('e')]);
    }

    #[test]
    fn the_file_of_a_residents_batch_tells_the_day_only() {
        let (_data, folder) = folder();
        folder.put(&digest('a'), "text", true, |_| false).unwrap();
        let time = fs::metadata(folder.path(&digest('a'))).unwrap().modified().unwrap();
        assert_eq!(time.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() % 86_400, 0);
    }

    #[test]
    fn uploads_at_once_of_one_batch_all_end_with_it_on_disk() {
        let (data, folder) = folder();
        let text = "x".repeat(200_000);
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| folder.put(&digest('a'), &text, false, |_| false).unwrap());
            }
        });
        assert_eq!(folder.get(&digest('a')).unwrap().unwrap(), text.as_bytes());
        assert_eq!(fs::read_dir(data.path().join("incoming")).unwrap().count(), 0);
        assert!(!data.path().join("damaged").exists());
    }

    #[test]
    fn what_cannot_be_written_is_an_error_and_leaves_nothing() {
        let (data, folder) = folder();
        fs::remove_dir(data.path().join("incoming")).unwrap();
        assert!(matches!(folder.put(&digest('a'), "text", false, |_| false), Err(FolderError::Failed(_))));
        assert!(folder.probe().is_err());
        assert_eq!(folder.list(None, 10).unwrap(), []);
    }
}
