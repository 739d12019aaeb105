use super::{Context, Exit, Failure, Told, Words};
use crate::receiver::{
    self, Door, Folder, Limit, PlanError, ReceiptKey, Receiver, Rosters, SecretError, Signals, read_token,
};
use std::fmt;
use std::io::{self, IsTerminal};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

/// Take in batches, give signed receipts, and serve the app, on one port.
///
/// The first line on standard output is the address. The log on standard error holds no answers and no addresses of people.
/// Stops on Ctrl-C or SIGTERM after running uploads have ended.
#[derive(clap::Args)]
pub struct Serve {
    /// Folder for batches, the receipt key and the office's token; made if missing
    #[arg(long)]
    data: PathBuf,
    /// The app's folder (`dist`); without it only the receiver is served
    #[arg(long, required_unless_present_any = ["plan", "show_key"])]
    app: Option<PathBuf>,
    /// A published plan whose batches are taken; may be repeated. By default all plans published in the app's folder
    #[arg(long, value_name = "FILE")]
    plan: Vec<PathBuf>,
    /// A signed roster: its devices may claim the case that they are calling, so that nobody else calls it too; may be repeated. The
    /// file is read again when it changes
    #[arg(long, value_name = "FILE")]
    roster: Vec<PathBuf>,
    /// Address and port to listen on; port 0 chooses a free one
    #[arg(long, default_value = "127.0.0.1:8080")]
    bind: String,
    /// A file with the office's token, instead of the one in the data folder
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Largest batch in MiB
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1024))]
    max_size: u32,
    /// Requests per minute from one address for long; ten times as many at once. 0: no limit, for use behind a proxy that has its own
    #[arg(long, default_value_t = 600)]
    rate: u32,
    /// Print the public key of receipts (a JWK, for `minping plan publish --receiver-key`) and end
    #[arg(long)]
    show_key: bool,
}

/// Why the receiver does not start or ended.
#[derive(Debug)]
pub enum ServeError {
    Bind {
        address: String,
        cause: io::Error,
    },
    Data {
        path: PathBuf,
        cause: receiver::FolderError,
    },
    /// The app's folder has no `index.html`.
    NoApp(PathBuf),
    Io(io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServeError::Bind { address, cause } => {
                write!(f, "cannot listen on {address}: {cause}; choose another address with `--bind`")
            }
            ServeError::Data { path, cause } => {
                write!(f, "{}: the data folder cannot be written: {cause}", path.display())
            }
            ServeError::NoApp(path) => {
                write!(
                    f,
                    "{}: no `index.html` here; build the app with `./run`, or name its folder with `--app`",
                    path.display()
                )
            }
            ServeError::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ServeError {}

impl Told for ServeError {
    fn zh(&self) -> String {
        match self {
            ServeError::Bind { address, cause } => {
                format!("不能在 {address} 上接收连接：{cause}；请用 `--bind` 另选一个地址")
            }
            ServeError::Data { path, cause } => {
                format!("{}：数据文件夹不能写入：{cause}；请检查权限和磁盘空间，或用 `--data` 另选一个", path.display())
            }
            ServeError::NoApp(path) => {
                format!("{}：这里没有 `index.html`；请用 `./run` 生成应用，或用 `--app` 指明它的文件夹", path.display())
            }
            ServeError::Io(error) => format!("接收端停止了：{error}；请重新启动"),
        }
    }
}

impl Told for PlanError {
    fn zh(&self) -> String {
        match self {
            PlanError::File { path, cause } => format!("{}：不能读取方案文件：{cause}", path.display()),
            PlanError::Malformed { path, cause } => {
                format!("{}：{}；用 `minping plan check` 可以看到每一处问题", path.display(), cause.zh())
            }
            PlanError::Unpublished { path } => {
                format!("{}：方案里没有办公室密钥；请用 `minping plan publish` 发布", path.display())
            }
            PlanError::NoPlan => {
                "没有可以接收答卷的方案；请用 `minping plan publish` 把方案发布到应用的文件夹，或用 `--plan` 指明方案文件"
                    .to_owned()
            }
        }
    }
}

impl Told for SecretError {
    fn zh(&self) -> String {
        match self {
            SecretError::File { path, cause } => format!("{}：不能读写此文件：{cause}", path.display()),
            SecretError::Malformed { path, .. } => {
                format!("{}：内容不是这里应有的密钥或令牌；请放回正确的副本，或把它移走", path.display())
            }
            SecretError::Crypto(error) => error.zh(),
        }
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Failure {
        match error {
            PlanError::File { .. } => Failure::told(Exit::Trouble, error),
            _ => Failure::told(Exit::Refused, error),
        }
    }
}

impl From<SecretError> for Failure {
    fn from(error: SecretError) -> Failure {
        Failure::told(Exit::Trouble, error)
    }
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Failure {
        match error {
            ServeError::NoApp(_) => Failure::told(Exit::Refused, error),
            _ => Failure::told(Exit::Trouble, error),
        }
    }
}

impl Serve {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let open = || Folder::open(&self.data);
        let folder = open().map_err(|cause| ServeError::Data { path: self.data.clone(), cause })?;
        let key = ReceiptKey::open(&self.data)?;
        if self.show_key {
            context.say(&serde_json::to_string(&key.public).expect("a key has string keys only"))?;
            return Ok(Exit::Done);
        }
        start_log();
        if let Some(app) = self.app.as_ref().filter(|app| !app.join("index.html").is_file()) {
            return Err(ServeError::NoApp(app.clone()).into());
        }
        let door = match &self.app {
            Some(app) if self.plan.is_empty() => Door::of_app(app)?,
            _ => Door::of_files(&self.plan)?,
        };
        let (token, made) = read_token(&self.data, self.token_file.as_deref())?;
        let largest = self.max_size as usize * (1 << 20);
        let limit = Limit::new(self.rate);
        let shown = made.then(|| token.clone());
        for plan in door.strangers_to(&key.public) {
            tracing::warn!(
                "plan {} {} does not name this receiver's key: devices will not accept its receipts; publish it again with the key from `minping serve --show-key`",
                plan.id,
                plan.version
            );
        }
        for plan in door.plans() {
            tracing::info!("taking batches of plan {} {} ({})", plan.id, plan.version, plan.digest.short());
        }
        let receiver = Receiver::new(folder, door, key, token, limit, largest);
        let receiver = Arc::new(receiver.with_rosters(Rosters::of_files(self.roster)));
        let bound = |cause| ServeError::Bind { address: self.bind.clone(), cause };
        let listener = TcpListener::bind(&self.bind).map_err(bound)?;
        let address = listener.local_addr().map_err(bound)?.to_string();
        Site { receiver, app: self.app }.serve(listener, || {
            context.say(&["http://", &address, "/"].concat())?;
            match shown {
                Some(token) => context.say(&[context.lang.pick(TOKEN), &token].concat()),
                None => Ok(()),
            }
        })
    }
}

const TOKEN: Words = Words {
    zh: "办公室口令（只显示这一次，保存在数据文件夹的 office-token 中）：",
    en: "office token (shown this once, kept in the data folder's `office-token`): ",
};

/// What is served on one port.
pub(super) struct Site {
    pub receiver: Arc<Receiver>,
    pub app: Option<PathBuf>,
}

impl Site {
    /// Serves until a signal. `ready` tells people, and may fail.
    pub fn serve(self, listener: TcpListener, ready: impl FnOnce() -> Result<(), Failure>) -> Result<Exit, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ServeError::Io)?;
        runtime.block_on(async {
            let signals = Signals::new().map_err(ServeError::Io)?;
            listener.set_nonblocking(true).map_err(ServeError::Io)?;
            let listener = tokio::net::TcpListener::from_std(listener).map_err(ServeError::Io)?;
            let site = receiver::router(self.receiver, self.app.as_deref());
            ready()?;
            receiver::run(listener, site, signals).await.map_err(ServeError::Io)?;
            Ok(Exit::Done)
        })
    }
}

/// The log goes to standard error, in colour only where somebody watches.
pub(super) fn start_log() {
    let log = tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .with_max_level(tracing::Level::INFO);
    // Tests start it more than once in a process.
    let _ = log.try_init();
}
