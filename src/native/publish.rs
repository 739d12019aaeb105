//! Putting a plan beside the app: the file under the name of its digest, and the list that names it.
use super::cli::{FileError, read_text};
use super::crypto::Native;
use super::files::{self, Access};
use crate::batch::{CryptoError, OfficeSecrets, SealRightError, open_right_answers, plan_digest, seal_right_answers};
use crate::json::JsonError;
use crate::plan::{self, Listed, LoadError, Plan, PlanIndex, SealedAnswers, WorkSteps};
use pollster::block_on;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A plan that lies beside the app.
#[derive(Clone, Debug)]
pub struct Published {
    pub listed: Listed,
    /// The file's content, to the byte.
    pub text: String,
    /// False: it was published before, and nothing was written.
    pub changed: bool,
}

/// Why a plan was not published.
#[derive(Debug)]
pub enum PublishError {
    /// With its keys and receivers the plan has errors.
    Plan(LoadError),
    /// The folder holds no built app.
    NoApp(PathBuf),
    /// The list of plans cannot be read, and is left as it is.
    Index {
        path: PathBuf,
        error: JsonError,
    },
    /// Its right answers cannot be sealed.
    Right(SealRightError),
    Crypto(CryptoError),
    File(FileError),
}

/// Whether this is the folder of a built app.
pub fn check_app(app: &Path) -> Result<(), PublishError> {
    if app.join("index.html").is_file() { Ok(()) } else { Err(PublishError::NoApp(app.to_owned())) }
}

/// Publishes a plan as it is, keys and receivers included, in the app's folder; where it wants its right answers sealed, they
/// are. `secrets`: of the keys that it names. Publishing the same again changes nothing.
pub fn publish(mut plan: Plan, app: &Path, secrets: &[OfficeSecrets<Native>]) -> Result<Published, PublishError> {
    check_app(app)?;
    let index = read_index(app)?;
    // A relative address of the schema points nowhere from beside the app.
    plan.schema = None;
    // Steps are the office's, and may change while the plan stays as it is.
    plan.work_steps = WorkSteps::default();
    let plan = sealed(plan, app, secrets)?;
    let text = text_of(&plan);
    // Keys and receivers are part of the plan: what is published is checked as a whole.
    plan::load(&text).map_err(PublishError::Plan)?;
    let digest = block_on(plan_digest(&Native, text.as_bytes())).map_err(PublishError::Crypto)?;
    let listed = Listed::of(&plan, &digest);
    let changed = write(&listed, &text, app, index).map_err(PublishError::File)?;
    Ok(Published { listed, text, changed })
}

/// The plan with its right answers sealed, if it wants that. No two seals are the same: where the same plan lies there already,
/// it is that one, so that its digest stays.
fn sealed(mut plan: Plan, app: &Path, secrets: &[OfficeSecrets<Native>]) -> Result<Plan, PublishError> {
    if !plan.privacy.seal_right_answers && plan.right_answers.is_empty() {
        return Ok(plan);
    }
    let wanted = opened(&plan, secrets);
    let begins = [&plan.id, "."].concat();
    // Without the folder, nothing lies there.
    for entry in std::fs::read_dir(app.join("plans")).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(_) = name.to_str().filter(|name| name.starts_with(&begins) && name.ends_with(".json")) else {
            continue;
        };
        let text = read_if_there(&entry.path()).map_err(PublishError::File)?;
        let there = text.and_then(|text| plan::load(&text).ok()).filter(|there| !there.right_answers.is_empty());
        if let Some(there) = there.filter(|there| wanted.is_some() && opened(there, secrets) == wanted) {
            return Ok(there);
        }
    }
    // Whichever key opens what was sealed before; it is sealed for all that the plan names.
    let mut failed = SealRightError::Seal(crate::batch::SealError::NoRecipient);
    for keys in secrets {
        match block_on(seal_right_answers(&Native, keys, &mut plan)) {
            Ok(()) => return Ok(plan),
            Err(error) => failed = error,
        }
    }
    Err(PublishError::Right(failed))
}

/// The plan with its right answers in their places and no seal; None where no key opens them.
fn opened(plan: &Plan, secrets: &[OfficeSecrets<Native>]) -> Option<Plan> {
    let mut plan = plan.clone();
    let opens = |keys| block_on(open_right_answers(&Native, keys, &mut plan)).is_ok();
    secrets.iter().any(opens).then(|| Plan { right_answers: SealedAnswers::default(), ..plan })
}

/// The plan's file as it is published.
pub fn text_of(plan: &Plan) -> String {
    let mut text = serde_json::to_string_pretty(plan).expect("a plan has only string keys and always has a JSON form");
    text.push('\n');
    text
}

type Compress = fn(&[u8]) -> Vec<u8>;

/// What web servers look for beside a file.
const COMPRESSED: [(&str, Compress); 2] = [(".br", brotli), (".gz", gzip)];

fn brotli(bytes: &[u8]) -> Vec<u8> {
    // The best takes ten times as long, and saves nothing on a list of 50,000 options.
    let quality = if bytes.len() > 1 << 20 { 9 } else { 11 };
    let mut compressed = Vec::new();
    let mut writer = ::brotli::CompressorWriter::new(&mut compressed, 4096, quality, 22);
    writer.write_all(bytes).expect("a vector takes all");
    drop(writer);
    compressed
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).and_then(|()| writer.finish()).expect("a vector takes all")
}

/// The plan first, then the list that names it: whoever reads the list finds the plan. Tells whether anything changed.
fn write(listed: &Listed, text: &str, app: &Path, index: PlanIndex) -> Result<bool, FileError> {
    let folder = app.join("plans");
    std::fs::create_dir_all(&folder).map_err(|cause| FileError::new("create", &folder, cause))?;
    let mut changed = false;
    let path = app.join(&listed.file);
    if read_if_there(&path)?.as_deref() != Some(text) {
        files::replace(&path, text.as_bytes(), Access::Usual)?;
        changed = true;
    }
    // As the build does it for the app's own files: a resident on a slow line waits for the plan.
    for (extension, compress) in COMPRESSED {
        let path = app.join([&listed.file, extension].concat());
        if changed || !path.is_file() {
            files::replace(&path, &compress(text.as_bytes()), Access::Usual)?;
        }
    }
    let before = index.clone();
    let index = index.with(listed.clone());
    if index != before {
        write_index(app, &index)?;
        changed = true;
    }
    Ok(changed)
}

fn write_index(app: &Path, index: &PlanIndex) -> Result<(), FileError> {
    let mut text = serde_json::to_string_pretty(index).expect("a list of plans always has a JSON form");
    text.push('\n');
    files::replace(&index_path(app), text.as_bytes(), Access::Usual)
}

/// Tells the app of a folder beside it that shows the plans to newcomers.
pub fn name_gallery(app: &Path, folder: &str) -> Result<(), PublishError> {
    let mut index = read_index(app)?;
    if index.gallery.as_deref() != Some(folder) {
        index.gallery = Some(folder.to_owned());
        write_index(app, &index).map_err(PublishError::File)?;
    }
    Ok(())
}

fn index_path(app: &Path) -> PathBuf {
    app.join("plans/index.json")
}

/// No list is an empty one; a list that cannot be read is left as it is.
fn read_index(app: &Path) -> Result<PlanIndex, PublishError> {
    let path = index_path(app);
    let Some(text) = read_if_there(&path).map_err(PublishError::File)? else { return Ok(PlanIndex::default()) };
    PlanIndex::parse(&text).map_err(|error| PublishError::Index { path, error })
}

fn read_if_there(path: &Path) -> Result<Option<String>, FileError> {
    match read_text(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PublishError::Plan(error) => write!(f, "the plan has errors and was not published\n{error}"),
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
            PublishError::Right(error) => error.fmt(f),
            PublishError::Crypto(error) => error.fmt(f),
            PublishError::File(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            PublishError::File(error) => error.source(),
            _ => None,
        }
    }
}
