use crate::batch::{CertificateError, VerifiedCertificate, verify_certificate};
use crate::course::{COURSE, PASS};
use crate::native::cli::office::{read_published_plan, read_roster};
use crate::native::cli::{Cell, Column, Context, Exit, Failure, Format, Table, Told, read_text};
use crate::native::crypto::Native;
use clap::Args;
use pollster::block_on;
use std::fmt;
use std::path::{Path, PathBuf};

/// Check certificates of the course: signature, course, result, and whether the device is on the roster.
///
/// A certificate says that somebody passed under this name on this device. That it was the person, the office has to know.
#[derive(Args)]
pub struct Certificates {
    /// Certificates (`.minping-certificate`) that canvassers saved
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Roster file
    #[arg(long, value_name = "FILE")]
    roster: PathBuf,
    /// Published plan, which names the keys that may sign the roster
    #[arg(long)]
    plan: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const COLUMNS: &[Column] = &[
    Column::new("name", "姓名", "name"),
    Column::new("on", "日期", "on"),
    Column::new("right", "答对", "right"),
    Column::new("of", "题数", "of"),
    Column::new("device", "设备", "device"),
    Column::new("standing", "状态", "standing"),
];

#[derive(Debug)]
struct BadCertificate {
    path: PathBuf,
    error: CertificateError,
}

impl Certificates {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (plan, _) = read_published_plan(&self.plan)?;
        let roster = read_roster(&self.roster, &plan)?;
        let mut table = Table::new(COLUMNS);
        let mut all_good = true;
        for path in &self.files {
            let VerifiedCertificate { certificate, device } = read(path)?;
            let entry = roster.entry(&device);
            let standing = match entry {
                _ if certificate.course != COURSE => "other_course",
                _ if certificate.right < PASS as u64 => "not_passed",
                None => "unknown_device",
                Some(entry) if entry.revoked => "revoked",
                Some(_) => "valid",
            };
            all_good &= standing == "valid";
            table.push(vec![
                Cell::text(&certificate.name),
                Cell::text(&certificate.on),
                Cell::Number(certificate.right.to_string()),
                Cell::Number(certificate.of.to_string()),
                Cell::text(entry.map_or(device.short(), |entry| entry.name.as_str())),
                Cell::text(standing),
            ]);
        }
        context.show(&table, self.format)?;
        Ok(if all_good { Exit::Done } else { Exit::Refused })
    }
}

fn read(path: &Path) -> Result<VerifiedCertificate, Failure> {
    let text = read_text(path)?;
    let found = block_on(verify_certificate(&Native, &text));
    found.map_err(|error| Failure::told(Exit::Refused, BadCertificate { path: path.to_owned(), error }))
}

impl fmt::Display for BadCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for BadCertificate {}

impl Told for BadCertificate {
    fn zh(&self) -> String {
        let why = match self.error {
            CertificateError::BadSignature => "签名不符：证书被改动过，请从设备上重新取",
            CertificateError::NotACertificate | CertificateError::WrongKind(_) => {
                "不是培训证书；请选择设备保存的 `.minping-certificate` 文件"
            }
            CertificateError::BadContent(_) | CertificateError::Crypto(_) => "证书内容不能用，请从设备上重新取",
        };
        format!("{}：{why}", self.path.display())
    }
}
