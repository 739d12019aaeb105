use crate::batch::{CryptoError, OfficeSecrets, fingerprint, seal_keys};
use crate::native::cli::office::Passphrase;
use crate::native::cli::{Context, Exit, Failure, Told, Words};
use crate::native::crypto::Native;
use crate::native::files::{self, Access};
use clap::Args;
use pollster::block_on;
use std::fmt;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

/// A passphrase keeps the key file safe where it is copied to; it is tried without limit by whoever has the file.
const SHORTEST: usize = 12;

#[derive(Args)]
pub struct New {
    /// File to make, such as `office.minping-keys`; one that exists is never overwritten
    file: PathBuf,
    #[command(flatten)]
    passphrase: Passphrase,
}

#[derive(Debug)]
enum NewError {
    Exists(PathBuf),
    Differ,
    TooShort(usize),
    Crypto(CryptoError),
}

impl New {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        // Before the passphrase is asked for, and once more when the file is made.
        if self.file.symlink_metadata().is_ok() {
            return Err(Failure::told(Exit::Refused, NewError::Exists(self.file)));
        }
        let passphrase = self.ask()?;
        let length = passphrase.chars().count();
        if length < SHORTEST {
            return Err(Failure::told(Exit::Refused, NewError::TooShort(length)));
        }
        let made = block_on(async {
            let secrets = OfficeSecrets::generate(&Native).await?;
            let text = seal_keys(&Native, &secrets, &passphrase).await?;
            Ok((text + "\n", fingerprint(&Native, &secrets.public()).await?))
        });
        let (text, print) = made.map_err(|error| Failure::told(Exit::Trouble, NewError::Crypto(error)))?;
        files::create(&self.file, text.as_bytes(), Access::Owner).map_err(|error| match error.cause.kind() {
            io::ErrorKind::AlreadyExists => Failure::told(Exit::Refused, NewError::Exists(self.file.clone())),
            _ => error.into(),
        })?;
        context.say(&format!("{}: {}", self.file.display(), context.lang.pick(MADE)))?;
        context.say(&format!("{}: {print}", context.lang.pick(FINGERPRINT)))?;
        context.say(context.lang.pick(KEEP))?;
        Ok(Exit::Done)
    }

    /// On a terminal twice, since it is not shown and nobody can recover it.
    fn ask(&self) -> Result<String, Failure> {
        let passphrase = self.passphrase.read()?;
        let typed = self.passphrase.passphrase_file.is_none() && std::env::var_os("MINPING_PASSPHRASE").is_none();
        if typed && io::stdin().is_terminal() {
            let again = rpassword::prompt_password("once more 再输入一次: ").map_err(Failure::prompt)?;
            if again != passphrase {
                return Err(Failure::told(Exit::Refused, NewError::Differ));
            }
        }
        Ok(passphrase)
    }
}

const MADE: Words = Words { zh: "密钥文件已生成", en: "key file made" };
pub(super) const FINGERPRINT: Words = Words { zh: "指纹", en: "fingerprint" };
const KEEP: Words = Words {
    zh: "请在另一处保存一份副本，并记住口令：没有它们，谁也打不开答卷。",
    en: "keep a second copy in another place, and remember the passphrase: without them nobody can open an answer",
};

impl fmt::Display for NewError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NewError::Exists(path) => write!(
                f,
                "{}: a file is here already and is left as it is; keys cannot be made again, so choose another name",
                path.display()
            ),
            NewError::Differ => f.write_str("the two passphrases differ; nothing was made, start again"),
            NewError::TooShort(length) => {
                write!(
                    f,
                    "the passphrase has {length} characters; use at least {SHORTEST}, such as four unrelated words"
                )
            }
            NewError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NewError {}

impl Told for NewError {
    fn zh(&self) -> String {
        match self {
            NewError::Exists(path) => {
                format!("{}：已有此文件，原样保留；密钥无法再造，请另取名称", path.display())
            }
            NewError::Differ => "两次输入的口令不同；什么也没有生成，请重新开始".to_owned(),
            NewError::TooShort(length) => {
                format!("口令只有 {length} 个字符；至少要 {SHORTEST} 个，例如四个互不相干的词")
            }
            NewError::Crypto(error) => error.zh(),
        }
    }
}
