use crate::batch::{CryptoError, OfficeSecrets, fingerprint, plan_digits};
use crate::ledger::Explain;
use crate::native::cli::office::{Passphrase, read_keys};
use crate::native::cli::{Context, Exit, Failure, Told, Words, read_text};
use crate::native::crypto::Native;
use crate::native::publish::{self, Published, publish};
use crate::plan::{self, LoadError, OfficeKeys, Plan, PublicKey, Receiver};
use clap::Args;
use pollster::block_on;
use std::fmt;
use std::path::{Path, PathBuf};

/// Puts a plan beside the app, with the office's keys in it 发布
///
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
    Crypto(CryptoError),
}

const PUBLISHED: Words = Words { zh: "方案已发布", en: "plan published" };
const KNOWN: Words = Words { zh: "早已发布，没有变化", en: "published before, nothing changed" };
const COMPARE: Words = Words {
    zh: "密钥指纹，请与密钥文件核对",
    en: "fingerprint of its keys, to compare with the key file's",
};
const DIGITS: Words = Words {
    zh: "方案文件的核对数字，供平板从文件采用它时念给访问员核对",
    en: "digits of this plan file, to be read out where a tablet takes it in as a file",
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
            return Err(Failure::told(Exit::Usage, PublishError::UnevenReceivers { receivers, keys }));
        }
        // Before a passphrase is asked for in vain.
        publish::check_app(&self.app)?;
        let mut plan = self.read_plan()?;
        let secrets = self.add_keys(&mut plan)?;
        self.add_receivers(&mut plan)?;
        let (keys, receivers) = (plan.keys.clone(), plan.receivers.clone());
        let Published { listed, changed, .. } = publish(plan, &self.app, &secrets).map_err(|error| match error {
            publish::PublishError::Plan(error) => self.refused(error),
            other => other.into(),
        })?;

        let path = self.app.join(&listed.file);
        context.say(&format!("{}: {}", path.display(), context.lang.pick(if changed { PUBLISHED } else { KNOWN })))?;
        if let Some(keys) = &keys {
            let print = block_on(fingerprint(&Native, keys)).map_err(crypto)?;
            context.say(&format!("{}: {print}", context.lang.pick(COMPARE)))?;
        }
        if let Some(digits) = plan_digits(&listed.digest) {
            context.say(&format!("{}: {digits}", context.lang.pick(DIGITS)))?;
        }
        if receivers.is_empty() {
            context.say(context.lang.pick(UNSENT))?;
        }
        for origin in receivers.iter().filter_map(|x| origin(&x.url)) {
            context.say(&[context.lang.pick(ELSEWHERE), origin].concat())?;
        }
        Ok(Exit::Done)
    }

    fn read_plan(&self) -> Result<Plan, Failure> {
        let text = read_text(&self.plan)?;
        plan::load(&text).map_err(|error| self.refused(error))
    }

    fn refused(&self, error: LoadError) -> Failure {
        Failure::told(Exit::Refused, PublishError::Plan { path: self.plan.clone(), error })
    }

    fn add_keys(&self, plan: &mut Plan) -> Result<Vec<OfficeSecrets<Native>>, Failure> {
        let mut keys = OfficeKeys { seal: Vec::new(), sign: Vec::new() };
        let mut opened = Vec::new();
        for path in &self.keys {
            let secrets = read_keys(path, &self.passphrase)?;
            if !keys.seal.contains(&secrets.seal_public) {
                keys.seal.push(secrets.seal_public.clone());
                keys.sign.push(secrets.sign_public.clone());
                opened.push(secrets);
            }
        }
        // A plan with other keys is another office's: its devices and links would no longer fit.
        match &plan.keys {
            Some(named) if *named != keys => {
                Err(Failure::told(Exit::Refused, PublishError::OtherKeys(self.plan.clone())))
            }
            _ => {
                plan.keys = Some(keys);
                Ok(opened)
            }
        }
    }

    fn add_receivers(&self, plan: &mut Plan) -> Result<(), Failure> {
        for (url, key) in self.receiver.iter().zip(&self.receiver_key) {
            let key = read_receiver_key(key)?;
            match plan.receivers.iter().find(|x| x.url == *url) {
                Some(known) if known.key != key => {
                    return Err(Failure::told(Exit::Refused, PublishError::OtherReceiverKey { url: url.clone() }));
                }
                Some(_) => {}
                None => plan.receivers.push(Receiver { url: url.clone(), key }),
            }
        }
        Ok(())
    }
}

/// The origin of an absolute address (RFC 6454); none for one relative to the app's page.
fn origin(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    url.get(..url.len() - rest.len() + host.len())
}

/// A JWK as it stands, or a file that holds one.
fn read_receiver_key(argument: &str) -> Result<PublicKey, Failure> {
    let text = match argument.trim_start().starts_with('{') {
        true => argument.to_owned(),
        false => read_text(Path::new(argument))?,
    };
    let refused = || Failure::told(Exit::Refused, PublishError::ReceiverKey { found: argument.to_owned() });
    let key = PublicKey::parse(&text).map_err(|_| refused())?;
    // Any signature will do: a key that is no point of P-256 is an error before it is held against one.
    match block_on(crate::batch::Crypto::verify(&Native, &key, b"", &[0; 64])) {
        Ok(_) => Ok(key),
        Err(_) => Err(refused()),
    }
}

fn crypto(error: CryptoError) -> Failure {
    Failure::told(Exit::Trouble, PublishError::Crypto(error))
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
                "--receiver-key `{found}`: not a public P-256 key as a JWK with `kty`, `crv`, `x` and `y`; `minping serve --show-key` prints it"
            ),
            PublishError::OtherReceiverKey { url } => write!(
                f,
                "`/receivers` names `{url}` with another key; receipts by either would be doubted: take the old one out of the plan first"
            ),
            PublishError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PublishError {}

impl Told for PublishError {
    fn zh(&self) -> String {
        match self {
            PublishError::Plan { path, error } => format!("{}：方案有错误，没有发布\n{}", path.display(), error.zh()),
            PublishError::OtherKeys(path) => format!(
                "{}：`/keys` 所列的办公室密钥与所给密钥文件不同；请使用那些密钥文件，或从没有 `keys` 的方案发布",
                path.display()
            ),
            PublishError::UnevenReceivers { receivers, keys } => {
                format!("--receiver 有 {receivers} 个，--receiver-key 有 {keys} 个；每个接收地址都要有签回执的公钥")
            }
            PublishError::ReceiverKey { found } => format!(
                "--receiver-key `{found}`：不是含 `kty`、`crv`、`x`、`y` 的 P-256 公钥（JWK）；用 `minping serve --show-key` 可得到"
            ),
            PublishError::OtherReceiverKey { url } => {
                format!("`/receivers` 里 `{url}` 用的是另一把公钥，两边的回执都会受疑；请先从方案里去掉旧的")
            }
            PublishError::Crypto(error) => error.zh(),
        }
    }
}

impl Told for publish::PublishError {
    fn zh(&self) -> String {
        match self {
            publish::PublishError::Plan(error) => format!("方案有错误，没有发布\n{}", error.zh()),
            publish::PublishError::NoApp(path) => format!(
                "{}：没有 index.html，不是建好的应用目录；请先用 `./run` 或 scripts/build.mjs 构建",
                path.display()
            ),
            publish::PublishError::Index { path, error } => {
                format!("{}：不是方案列表（{error}）；原样保留：请修正，或移走后再发布", path.display())
            }
            publish::PublishError::Right(error) => error.explain().zh,
            publish::PublishError::Crypto(error) => error.zh(),
            publish::PublishError::File(error) => error.zh(),
        }
    }
}

impl From<publish::PublishError> for Failure {
    fn from(error: publish::PublishError) -> Failure {
        match error {
            publish::PublishError::File(error) => error.into(),
            publish::PublishError::Crypto(_) => Failure::told(Exit::Trouble, error),
            _ => Failure::told(Exit::Refused, error),
        }
    }
}
