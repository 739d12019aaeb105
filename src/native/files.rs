//! Writing files so that a failure loses nothing: a reader sees the old file or the new one, never a part, and what was
//! reported as written survives a power cut.
use super::cli::FileError;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Who may read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// As the system gives to new files.
    Usual,
    /// Only the user who runs the program: key files.
    Owner,
}

/// Writes a new file. One that is there already is left as it is: the error's cause is then `AlreadyExists`.
pub fn create(path: &Path, bytes: &[u8], access: Access) -> Result<(), FileError> {
    create_with(path, access, |file| file.write_all(bytes)).map_err(|cause| FileError::new("create", path, cause))
}

/// The same for what is written bit by bit. `write` may find a reason of its own to stop.
pub fn create_with<T, E: From<io::Error>>(
    path: &Path,
    access: Access,
    write: impl FnOnce(&mut File) -> Result<T, E>,
) -> Result<T, E> {
    let (part, written) = write_part(path, access, write)?;
    // A link, unlike a rename, never takes the place of a file.
    let linked = match fs::hard_link(&part, path) {
        // Drives for cameras and sticks (FAT) have no links.
        Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists && !path.exists() => fs::rename(&part, path),
        result => result,
    };
    let _ = fs::remove_file(&part);
    linked.and_then(|()| sync_folder(path))?;
    Ok(written)
}

/// Makes a new folder that is there whole or not at all: `fill` puts things into another one beside it, which takes the name
/// at the end. One that is there already is left as it is, unless it is empty.
pub fn create_folder<T, E: From<io::Error>>(path: &Path, fill: impl FnOnce(&Path) -> Result<T, E>) -> Result<T, E> {
    let part = part_name(path)?;
    fs::create_dir(&part)?;
    let made = fill(&part).and_then(|made| {
        // Takes the place of an empty folder, and of nothing else.
        fs::rename(&part, path)?;
        sync_folder(path)?;
        Ok(made)
    });
    if made.is_err() {
        let _ = fs::remove_dir_all(&part);
    }
    made
}

/// Writes a file in the place of the one that is there, if any; an existing file keeps its permissions.
pub fn replace(path: &Path, bytes: &[u8], access: Access) -> Result<(), FileError> {
    let failed = |cause| FileError::new("write", path, cause);
    // Through a symbolic link, so that the file it points to is replaced and not the link.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (part, ()) = write_part(path, access, |file| file.write_all(bytes)).map_err(failed)?;
    let result = match fs::metadata(path) {
        Ok(there) => fs::set_permissions(&part, there.permissions()),
        Err(_) => Ok(()),
    };
    let result = result.and_then(|()| fs::rename(&part, path)).and_then(|()| sync_folder(path));
    if result.is_err() {
        let _ = fs::remove_file(&part);
    }
    result.map_err(failed)
}

/// A name beside the one to be, which nothing has.
fn part_name(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "not the name of a file"))?;
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|_| io::Error::other("the system gives no random numbers"))?;
    let mut part_name = std::ffi::OsString::from(".");
    part_name.push(name);
    part_name.push(format!(".{:016x}.part", u64::from_le_bytes(random)));
    Ok(path.with_file_name(part_name))
}

/// A flushed file beside the one to be.
fn write_part<T, E: From<io::Error>>(
    path: &Path,
    access: Access,
    write: impl FnOnce(&mut File) -> Result<T, E>,
) -> Result<(PathBuf, T), E> {
    let part = part_name(path)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if access == Access::Owner {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = access;
    let written = options.open(&part).map_err(E::from).and_then(|mut file| {
        let written = write(&mut file)?;
        file.sync_all()?;
        Ok(written)
    });
    match written {
        Ok(written) => Ok((part, written)),
        Err(cause) => {
            let _ = fs::remove_file(&part);
            Err(cause)
        }
    }
}

/// The name of a file is safe only when its folder is.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = path.parent().filter(|x| !x.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|x| x.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn creating_never_takes_the_place_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        create(&path, b"first", Access::Owner).unwrap();
        let error = create(&path, b"second", Access::Owner).unwrap_err();
        assert_eq!(error.cause.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(names(folder.path()), ["keys"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_key_file_is_readable_to_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        create(&path, b"x", Access::Owner).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn replacing_keeps_permissions_and_symbolic_links() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("roster"), folder.path().join("link"));
        replace(&path, b"first", Access::Usual).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        replace(&link, b"second", Access::Usual).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[test]
    fn a_write_that_fails_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("taken");
        fs::create_dir(&taken).unwrap();
        assert!(replace(&taken, b"x", Access::Usual).is_err());
        assert!(create(&taken, b"x", Access::Usual).is_err());
        assert!(replace(&folder.path().join("none/x"), b"x", Access::Usual).is_err());
        assert_eq!(names(folder.path()), ["taken"]);
    }
}
