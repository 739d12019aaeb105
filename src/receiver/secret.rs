//! What the receiver itself must keep secret: the key that signs receipts, and the office's token.

use crate::batch::{Crypto, CryptoError, PrivateKey};
use crate::native::cli::FileError;
use crate::native::crypto::Native;
use crate::native::files::{self, Access};
use crate::plan::PublicKey;
use base64ct::{Base64UrlUnpadded, Encoding};
use pollster::block_on;
use std::fmt;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

const KEY_FILE: &str = "receiver-key.json";
const TOKEN_FILE: &str = "office-token";

/// The key that signs receipts.
#[derive(Clone)]
pub struct ReceiptKey {
    pub private: <Native as Crypto>::SignKey,
    pub public: PublicKey,
}

/// Why a secret cannot be used.
#[derive(Debug)]
pub enum SecretError {
    File {
        path: PathBuf,
        cause: io::Error,
    },
    /// The file holds something else. It is not overwritten.
    Malformed {
        path: PathBuf,
        wanted: &'static str,
    },
    Crypto(CryptoError),
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SecretError::File { path, cause } => write!(f, "{}: {cause}", path.display()),
            SecretError::Malformed { path, wanted } => {
                write!(
                    f,
                    "{}: found no {wanted}; put the right file back from a copy, or move this one away",
                    path.display()
                )
            }
            SecretError::Crypto(error) => write!(f, "cannot make a key: {error:?}"),
        }
    }
}

impl std::error::Error for SecretError {}

impl ReceiptKey {
    /// Reads the key of this data folder, or makes it at the first start.
    pub fn open(data: &Path) -> Result<ReceiptKey, SecretError> {
        let path = data.join(KEY_FILE);
        let (text, _) = read_or_make(&path, || {
            let made = block_on(async {
                let (key, _) = Native.generate_sign(true).await?;
                Native.export_sign(&key).await
            });
            Ok(serde_json::to_string(&made.map_err(SecretError::Crypto)?).expect("a key has string keys only"))
        })?;
        let malformed = || SecretError::Malformed { path: path.clone(), wanted: "private P-256 key as a JWK" };
        let jwk = PrivateKey::parse(&text).map_err(|_| malformed())?;
        let private = block_on(Native.import_sign(&jwk)).map_err(|_| malformed())?;
        Ok(ReceiptKey { private, public: PublicKey::p256(jwk.x, jwk.y) })
    }
}

/// The office's token of this data folder, and whether it was made just now: then it has to be shown. `file`: a token from elsewhere.
pub fn read_token(data: &Path, file: Option<&Path>) -> Result<(String, bool), SecretError> {
    let own = data.join(TOKEN_FILE);
    let path = file.unwrap_or(&own);
    let (text, made) = match file {
        Some(_) => (read(path)?, false),
        None => read_or_make(path, || {
            let mut random = [0; 32];
            Native.random(&mut random).map_err(SecretError::Crypto)?;
            Ok(Base64UrlUnpadded::encode_string(&random))
        })?,
    };
    let token = text.trim();
    // Shorter ones could be guessed; other characters cannot stand in the header.
    if token.len() < 16 || !token.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(SecretError::Malformed {
            path: path.to_owned(),
            wanted: "token of at least 16 letters and digits without spaces",
        });
    }
    Ok((token.to_owned(), made))
}

fn read(path: &Path) -> Result<String, SecretError> {
    fs::read_to_string(path).map_err(|cause| SecretError::File { path: path.to_owned(), cause })
}

/// Never overwrites: of two first starts at once, one makes the file and both read it.
fn read_or_make(
    path: &Path,
    make: impl FnOnce() -> Result<String, SecretError>,
) -> Result<(String, bool), SecretError> {
    match fs::read_to_string(path) {
        Ok(text) => return Ok((text, false)),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(cause) => return Err(SecretError::File { path: path.to_owned(), cause }),
    }
    let text = make()?;
    match files::create(path, text.as_bytes(), Access::Owner) {
        Ok(()) => Ok((text, true)),
        Err(error) if error.cause.kind() == ErrorKind::AlreadyExists => Ok((read(path)?, false)),
        Err(FileError { cause, .. }) => Err(SecretError::File { path: path.to_owned(), cause }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_and_the_token_are_made_once_and_stay() {
        let data = tempfile::tempdir().unwrap();
        let key = ReceiptKey::open(data.path()).unwrap().public;
        assert_eq!(ReceiptKey::open(data.path()).unwrap().public, key);
        let (token, made) = read_token(data.path(), None).unwrap();
        assert!(made);
        assert_eq!(read_token(data.path(), None).unwrap(), (token, false));
        assert_eq!(fs::read_dir(data.path()).unwrap().count(), 2, "a temporary file was left");
    }

    #[cfg(unix)]
    #[test]
    fn secrets_are_readable_by_their_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let data = tempfile::tempdir().unwrap();
        ReceiptKey::open(data.path()).unwrap();
        read_token(data.path(), None).unwrap();
        for name in [KEY_FILE, TOKEN_FILE] {
            let mode = fs::metadata(data.path().join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    }

    #[test]
    fn a_damaged_key_file_is_an_error_and_is_not_overwritten() {
        let data = tempfile::tempdir().unwrap();
        let path = data.path().join(KEY_FILE);
        fs::write(&path, "").unwrap();
        assert!(matches!(ReceiptKey::open(data.path()), Err(SecretError::Malformed { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"");
    }

    #[test]
    fn first_starts_at_once_agree_on_one_key() {
        let data = tempfile::tempdir().unwrap();
        let keys: Vec<PublicKey> = std::thread::scope(|scope| {
            let starts: Vec<_> =
                (0..8).map(|_| scope.spawn(|| ReceiptKey::open(data.path()).unwrap().public)).collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
    }

    #[test]
    fn a_token_that_could_be_guessed_is_refused() {
        let data = tempfile::tempdir().unwrap();
        let file = data.path().join("token");
        fs::write(&file, "short\n").unwrap();
        assert!(matches!(read_token(data.path(), Some(&file)), Err(SecretError::Malformed { .. })));
        fs::write(&file, "long-enough-to-be-a-token\n").unwrap();
        assert_eq!(read_token(data.path(), Some(&file)).unwrap(), ("long-enough-to-be-a-token".into(), false));
    }
}
