use crate::batch::{CryptoError, fingerprint, plan_digest};
use crate::native::cli::office::{Passphrase, read_keys};
use crate::native::cli::{Context, Exit, Failure, FileError, Words, read_text};
use crate::native::crypto::Native;
use crate::native::files::{self, Access};
use crate::plan::{self, Listed, LoadError, OfficeKeys, Plan, PlanIndex, PublicKey, Receiver};
use clap::Args;
use pollster::block_on;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The plan is changed in nothing but its keys and receivers, and put beside the app under the name of its digest.
/// Publishing the same again changes nothing.
#[derive(Args)]
pub struct Publish {
    /// Plan file
    plan: PathBuf,
    /// Key file of the office; several make answers that any one of them opens
    #[arg(long, required = true, value_name = "FILE")]
    keys: Vec<PathBuf>,
    #[command(flatten)]
    passphrase: Passphrase,
    /// Address of a receiver's `api/` folder, absolute or relative to the app's page
    #[arg(long, value_name = "URL", requires = "receiver_key")]
    receiver: Vec<String>,
    /// Public key of that receiver: a JWK, or a file that holds one; one for each --receiver
    #[arg(long, value_name = "JWK", requires = "receiver")]
    receiver_key: Vec<String>,
    /// Folder of the built app (`dist`)
    #[arg(long, value_name = "FOLDER")]
    app: PathBuf,
}

#[derive(Debug)]
enum PublishError {
    Plan { path: PathBuf, error: LoadError },
    OtherKeys(PathBuf),
    UnevenReceivers { receivers: usize, keys: usize },
    ReceiverKey { found: String },
    OtherReceiverKey { url: String },
    NoApp(PathBuf),
    Index { path: PathBuf, error: serde_json::Error },
    Crypto(CryptoError),
}

const PUBLISHED: Words = Words { zh: "方案已发布", en: "plan published" };
const KNOWN: Words = Words { zh: "早已发布，没有变化", en: "published before, nothing changed" };
const COMPARE: Words = Words {
    zh: "密钥指纹，请与密钥文件核对",
    en: "fingerprint of its keys, to compare with the key file's",
};
const UNSENT: Words = Words {
    zh: "未指定接收地址：批次须以文件带回",
    en: "no receiver is named: batches are carried as files",
};

/// Where the content security policy of the app must let it send to.
const ELSEWHERE: Words = Words {
    zh: "接收地址不在应用所在的网站：请用此参数构建应用：node scripts/build.mjs --connect ",
    en: "this receiver is not where the app is: build the app with node scripts/build.mjs --connect ",
};

impl Publish {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        if self.receiver.len() != self.receiver_key.len() {
            let (receivers, keys) = (self.receiver.len(), self.receiver_key.len());
            return Err(Failure::usage(PublishError::UnevenReceivers { receivers, keys }));
        }
        if !self.app.join("index.html").is_file() {
            return Err(Failure::refused(PublishError::NoApp(self.app)));
        }
        let mut plan = self.read_plan()?;
        let index_path = self.app.join("plans/index.json");
        let index = read_index(&index_path)?;
        self.add_keys(&mut plan)?;
        self.add_receivers(&mut plan)?;
        // A relative address of the schema points nowhere from beside the app.
        plan.schema = None;

        let mut text =
            serde_json::to_string_pretty(&plan).expect("a plan has only string keys and always has a JSON form");
        text.push('\n');
        // Keys and receivers are part of the plan: what is published is checked as a whole.
        plan::load(&text).map_err(|error| self.refused(error))?;
        let digest = block_on(plan_digest(&Native, text.as_bytes())).map_err(crypto)?;
        let listed = Listed::of(&plan, &digest);
        let changed = self.write(&listed, &text, &index_path, index)?;

        let path = self.app.join(&listed.file);
        context.say(&format!("{}: {}", path.display(), context.lang.pick(if changed { PUBLISHED } else { KNOWN })))?;
        if let Some(keys) = &plan.keys {
            let print = block_on(fingerprint(&Native, keys)).map_err(crypto)?;
            context.say(&format!("{}: {print}", context.lang.pick(COMPARE)))?;
        }
        if plan.receivers.is_empty() {
            context.say(context.lang.pick(UNSENT))?;
        }
        for origin in plan.receivers.iter().filter_map(|x| origin(&x.url)) {
            context.say(&[context.lang.pick(ELSEWHERE), origin].concat())?;
        }
        Ok(Exit::Done)
    }

    fn read_plan(&self) -> Result<Plan, Failure> {
        let text = read_text(&self.plan)?;
        plan::load(&text).map_err(|error| self.refused(error))
    }

    fn refused(&self, error: LoadError) -> Failure {
        Failure::refused(PublishError::Plan { path: self.plan.clone(), error })
    }

    fn add_keys(&self, plan: &mut Plan) -> Result<(), Failure> {
        let mut keys = OfficeKeys { seal: Vec::new(), sign: Vec::new() };
        for path in &self.keys {
            let secrets = read_keys(path, &self.passphrase)?;
            if !keys.seal.contains(&secrets.seal_public) {
                keys.seal.push(secrets.seal_public);
                keys.sign.push(secrets.sign_public);
            }
        }
        // A plan with other keys is another office's: its devices and links would no longer fit.
        match &plan.keys {
            Some(named) if *named != keys => Err(Failure::refused(PublishError::OtherKeys(self.plan.clone()))),
            _ => {
                plan.keys = Some(keys);
                Ok(())
            }
        }
    }

    fn add_receivers(&self, plan: &mut Plan) -> Result<(), Failure> {
        for (url, key) in self.receiver.iter().zip(&self.receiver_key) {
            let key = read_receiver_key(key)?;
            match plan.receivers.iter().find(|x| x.url == *url) {
                Some(known) if known.key != key => {
                    return Err(Failure::refused(PublishError::OtherReceiverKey { url: url.clone() }));
                }
                Some(_) => {}
                None => plan.receivers.push(Receiver { url: url.clone(), key }),
            }
        }
        Ok(())
    }

    /// The plan first, then the list that names it: whoever reads the list finds the plan. Tells whether anything changed.
    fn write(&self, listed: &Listed, text: &str, index_path: &Path, index: PlanIndex) -> Result<bool, Failure> {
        let folder = self.app.join("plans");
        std::fs::create_dir_all(&folder).map_err(|cause| FileError::new("create", &folder, cause))?;
        let mut changed = false;
        let path = self.app.join(&listed.file);
        if read_if_there(&path)?.as_deref() != Some(text) {
            files::replace(&path, text.as_bytes(), Access::Usual)?;
            changed = true;
        }
        let before = index.clone();
        let index = index.with(listed.clone());
        if index != before {
            let mut text = serde_json::to_string_pretty(&index).expect("a list of plans always has a JSON form");
            text.push('\n');
            files::replace(index_path, text.as_bytes(), Access::Usual)?;
            changed = true;
        }
        Ok(changed)
    }
}

/// The origin of an absolute address (RFC 6454); none for one relative to the app's page.
fn origin(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    url.get(..url.len() - rest.len() + host.len())
}

/// No list is an empty one; a list that cannot be read is left as it is.
fn read_index(path: &Path) -> Result<PlanIndex, Failure> {
    let Some(text) = read_if_there(path)? else { return Ok(PlanIndex::default()) };
    serde_json::from_str(&text).map_err(|error| Failure::refused(PublishError::Index { path: path.to_owned(), error }))
}

fn read_if_there(path: &Path) -> Result<Option<String>, FileError> {
    match read_text(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A JWK as it stands, or a file that holds one.
fn read_receiver_key(argument: &str) -> Result<PublicKey, Failure> {
    let text = match argument.trim_start().starts_with('{') {
        true => argument.to_owned(),
        false => read_text(Path::new(argument))?,
    };
    let refused = || Failure::refused(PublishError::ReceiverKey { found: argument.to_owned() });
    let key: PublicKey = serde_json::from_str(&text).map_err(|_| refused())?;
    // Any signature will do: a key that is no point of P-256 is an error before it is held against one.
    match block_on(crate::batch::Crypto::verify(&Native, &key, b"", &[0; 64])) {
        Ok(_) => Ok(key),
        Err(_) => Err(refused()),
    }
}

fn crypto(error: CryptoError) -> Failure {
    Failure::trouble(PublishError::Crypto(error))
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PublishError::Plan { path, error } => {
                write!(f, "{}: the plan has errors and was not published\n{error}", path.display())
            }
            PublishError::OtherKeys(path) => write!(
                f,
                "{}: `/keys` names other office keys than the key files given; use those key files, or publish from the plan without `keys`",
                path.display()
            ),
            PublishError::UnevenReceivers { receivers, keys } => write!(
                f,
                "{receivers} --receiver and {keys} --receiver-key were given; each receiver needs the key that signs its receipts"
            ),
            PublishError::ReceiverKey { found } => write!(
                f,
                "--receiver-key `{found}`: not a public P-256 key as a JWK with `kty`, `crv`, `x` and `y`; take it from the receiver, which prints it when it starts"
            ),
            PublishError::OtherReceiverKey { url } => write!(
                f,
                "`/receivers` names `{url}` with another key; receipts by either would be doubted: take the old one out of the plan first"
            ),
            PublishError::NoApp(path) => write!(
                f,
                "{}: not the folder of a built app, for it has no index.html; build it first with `./run` or scripts/build.mjs",
                path.display()
            ),
            PublishError::Index { path, error } => write!(
                f,
                "{}: not a list of plans ({error}); it is left as it is: mend it, or move it away and publish again",
                path.display()
            ),
            PublishError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PublishError {}
