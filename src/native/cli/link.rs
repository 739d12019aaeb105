use super::office::{Passphrase, read_keys, read_published_plan};
use super::{Cell, Column, Context, Exit, Failure, Format, Table, Told, Words};
use crate::batch::{Crypto, CryptoError, Link, sign_link};
use crate::native::crypto::Native;
use crate::native::files::{self, Access};
use crate::plan::{Digest, Listed, Mode, Plan, Text};
use base64ct::{Base64UrlUnpadded, Encoding};
use clap::Args;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder, QRCode};
use pollster::block_on;
use std::fmt;
use std::path::PathBuf;

/// Make the links and QR codes that residents open 链接
///
/// One link for each combination of the rater groups and strata that are named. The addresses hold nothing about a person.
#[derive(Args)]
pub struct MakeLink {
    /// Published plan, as it lies beside the app
    plan: PathBuf,
    /// Key file of the office
    #[arg(long)]
    keys: PathBuf,
    #[command(flatten)]
    passphrase: Passphrase,
    /// Address of the app, such as `https://example.org/ask/`
    #[arg(long, value_name = "URL")]
    base: String,
    /// Round; may be left out when the plan has one
    #[arg(long)]
    round: Option<String>,
    /// Questionnaire; may be left out when the plan has one
    #[arg(long)]
    questionnaire: Option<String>,
    /// How people are asked: web, hall, face or phone
    #[arg(long, default_value = "web")]
    mode: String,
    /// Rater group, once for each link
    #[arg(long, value_name = "ID")]
    group: Vec<String>,
    /// Stratum, such as a district or a window, once for each link
    #[arg(long, value_name = "ID")]
    stratum: Vec<String>,
    /// Links for every rater group of the plan
    #[arg(long, conflicts_with = "group")]
    every_group: bool,
    /// Links for every stratum of the plan
    #[arg(long, conflicts_with = "stratum")]
    every_stratum: bool,
    /// Place or window in one language, such as `zh=二号窗口`; not in anonymous plans
    #[arg(long, value_name = "LANGUAGE=TEXT")]
    place: Vec<String>,
    /// Make this many links of each, with a code that counts for one answer
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    single: Option<u32>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Also show each link as a QR code in the terminal
    #[arg(long)]
    qr: bool,
    /// Also write each QR code as an SVG file into this folder, for posters
    #[arg(long, value_name = "FOLDER")]
    svg: Option<PathBuf>,
}

#[derive(Debug)]
pub(super) enum MakeLinkError {
    Base(String),
    Unknown { what: &'static str, found: String, known: Vec<String> },
    Several { what: &'static str, known: Vec<String> },
    NotInRound { questionnaire: String, rounds: Vec<String> },
    NotByMode { stratum: String, mode: Mode },
    GroupNeeded(Vec<String>),
    BadPlace(String),
    PlaceInAnonymousPlan,
    OtherOffice(PathBuf),
    TooLong,
    Crypto(CryptoError),
}

const COLUMNS: &[Column] = &[
    Column::new("round", "轮次", "round"),
    Column::new("questionnaire", "问卷", "questionnaire"),
    Column::new("mode", "方式", "mode"),
    Column::new("rater_group", "测评人群", "rater group"),
    Column::new("stratum", "抽样层", "stratum"),
    Column::new("place", "地点", "place"),
    Column::new("code", "一次性编码", "single-use code"),
    Column::new("url", "链接", "link"),
];
pub(super) const UNNAMED_FILE: Words = Words {
    zh: "提示：此文件不叫 {}；链接打开的是应用目录中该名称的文件，内容必须与此文件逐字节相同",
    en: "note: this file is not called {}; the links open the file of that name beside the app, which must be the same to the byte",
};

impl MakeLink {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let base = page(&self.base).map_err(|error| Failure::told(Exit::Usage, error))?;
        let (plan, reference) = read_published_plan(&self.plan)?;
        let links = self.links(&plan, &reference.digest).map_err(|error| Failure::told(Exit::Refused, error))?;
        let secrets = read_keys(&self.keys, &self.passphrase)?;
        if !plan.keys.as_ref().is_some_and(|x| x.sign.contains(&secrets.sign_public)) {
            return Err(Failure::told(Exit::Refused, MakeLinkError::OtherOffice(self.keys)));
        }
        let mut table = Table::new(COLUMNS);
        let mut urls = Vec::with_capacity(links.len());
        for link in &links {
            let token = block_on(sign_link(&Native, &secrets.sign, link)).map_err(crypto)?;
            let url = [&base, "#/a/", &token].concat();
            let or_none = |x: &Option<String>| x.as_ref().map_or(Cell::None, Cell::text);
            table.push(vec![
                Cell::text(&link.round),
                Cell::text(&link.questionnaire),
                Cell::text(link.mode.name()),
                or_none(&link.rater_group),
                or_none(&link.stratum),
                match crate::plan::pick(&link.place, context.lang.tag(), &plan.languages[0]) {
                    "" => Cell::None,
                    place => Cell::text(place),
                },
                or_none(&link.code),
                Cell::text(&url),
            ]);
            urls.push(url);
        }
        // The pictures before the table: when they cannot be written, no link has been handed out.
        if let Some(folder) = &self.svg {
            std::fs::create_dir_all(folder).map_err(|cause| super::FileError::new("create", folder, cause))?;
            for (number, url) in urls.iter().enumerate() {
                let name = format!("{}-{}-{:04}.svg", plan.id, links[number].round, number + 1);
                let picture = SvgBuilder::default().to_str(&qr_code(url)?);
                files::replace(&folder.join(name), picture.as_bytes(), Access::Usual)?;
            }
        }
        context.show(&table, self.format)?;
        if self.qr && self.format == Format::Table {
            for url in &urls {
                context.say(&["\n", url, "\n\n", &qr_code(url)?.to_str()].concat())?;
            }
        }
        let expected = Listed::of(&plan, &reference.digest).file;
        if self.plan.file_name().and_then(|x| x.to_str()) != expected.strip_prefix("plans/") {
            // Beside the data, so that a CSV stays a CSV.
            aside!("minping: {}", context.lang.pick(UNNAMED_FILE).replace("{}", &expected));
        }
        Ok(Exit::Done)
    }

    /// Every link asked for, unsigned.
    fn links(&self, plan: &Plan, digest: &Digest) -> Result<Vec<Link>, MakeLinkError> {
        let rounds: Vec<&str> = plan.rounds.iter().map(|x| x.id.as_str()).collect();
        let questionnaires: Vec<&str> = plan.questionnaires.iter().map(|x| x.id.as_str()).collect();
        let strata: Vec<&str> = plan.strata.iter().map(|x| x.id.as_str()).collect();
        let round = the_one("round", self.round.as_deref(), &rounds)?;
        let questionnaire = the_one("questionnaire", self.questionnaire.as_deref(), &questionnaires)?;
        let asked = plan.questionnaire(&questionnaire);
        if let Some(asked) = asked.filter(|asked| !asked.is_for_round(&round)) {
            return Err(MakeLinkError::NotInRound { questionnaire, rounds: asked.rounds.clone() });
        }
        let modes: Vec<Mode> = asked.map_or_else(Vec::new, |asked| plan.modes_of(asked, None));
        let mode = *modes.iter().find(|x| x.name() == self.mode).ok_or_else(|| {
            let known: Vec<&str> = modes.iter().map(|x| x.name()).collect();
            unknown("mode", &self.mode, &known)
        })?;
        let limited = |group: &str| asked.is_none_or(|asked| asked.is_for_group(group));
        let groups: Vec<&str> = plan.rater_groups.iter().map(|x| x.id.as_str()).filter(|x| limited(x)).collect();
        let weighted = plan.rater_groups.iter().any(|x| x.weight.is_some());
        let groups = several("rater group", &self.group, self.every_group, &groups)?;
        let strata = several("stratum", &self.stratum, self.every_stratum, &strata)?;
        let takes = |id: &String| plan.stratum(id).is_none_or(|stratum| stratum.takes(mode));
        // Of every stratum, those that are asked so; one that is named has to be.
        let strata: Vec<Option<String>> = match strata.iter().flatten().find(|id| !takes(id)) {
            Some(stratum) if !self.every_stratum => {
                return Err(MakeLinkError::NotByMode { stratum: stratum.clone(), mode });
            }
            _ => strata.into_iter().filter(|id| id.as_ref().is_none_or(takes)).collect(),
        };
        let place = self.place(plan)?;
        if weighted && groups.contains(&None) {
            return Err(MakeLinkError::GroupNeeded(plan.rater_groups.iter().map(|x| x.id.clone()).collect()));
        }

        let mut links = Vec::new();
        for group in &groups {
            for stratum in &strata {
                // Without a place of its own a link shows the stratum's name, which is no finer than the record.
                let of_stratum = || stratum.as_deref().and_then(|x| plan.stratum(x)).map(|x| x.label.clone());
                let link = Link {
                    v: 1,
                    plan: digest.clone(),
                    file: Listed::of(plan, digest).file,
                    round: round.clone(),
                    questionnaire: questionnaire.clone(),
                    mode,
                    rater_group: group.clone(),
                    stratum: stratum.clone(),
                    place: if place.is_empty() { of_stratum().unwrap_or_default() } else { place.clone() },
                    code: None,
                };
                match self.single {
                    None => links.push(link),
                    Some(count) => {
                        for _ in 0..count {
                            links.push(Link { code: Some(random_code()?), ..link.clone() });
                        }
                    }
                }
            }
        }
        Ok(links)
    }

    fn place(&self, plan: &Plan) -> Result<Text, MakeLinkError> {
        // The link travels with the answer: a window would say more about who answered than the stratum does.
        if plan.privacy.anonymous && !self.place.is_empty() {
            return Err(MakeLinkError::PlaceInAnonymousPlan);
        }
        let mut place = Text::new();
        for argument in &self.place {
            match argument.split_once('=') {
                Some((language, text)) if plan.languages.iter().any(|x| x == language) && !text.trim().is_empty() => {
                    place.insert(language.to_owned(), text.trim().to_owned());
                }
                _ => return Err(MakeLinkError::BadPlace(argument.clone())),
            }
        }
        Ok(place)
    }
}

/// 96 random bits.
pub(super) fn random_code() -> Result<String, MakeLinkError> {
    let mut bytes = [0; 12];
    Native.random(&mut bytes).map_err(MakeLinkError::Crypto)?;
    Ok(Base64UrlUnpadded::encode_string(&bytes))
}

/// The page that a link opens.
pub(super) fn page(base: &str) -> Result<String, MakeLinkError> {
    let rest = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://")).unwrap_or("");
    if rest.is_empty() || rest.starts_with('/') || base.contains(['#', '?', ' ']) {
        return Err(MakeLinkError::Base(base.to_owned()));
    }
    Ok(match base {
        _ if base.ends_with(".html") => base.to_owned(),
        _ if base.ends_with('/') => [base, "index.html"].concat(),
        _ => [base, "/index.html"].concat(),
    })
}

/// The value given, or the only one there is.
pub(super) fn the_one(what: &'static str, given: Option<&str>, known: &[&str]) -> Result<String, MakeLinkError> {
    match (given, known) {
        (Some(given), _) if known.contains(&given) => Ok(given.to_owned()),
        (Some(given), _) => Err(unknown(what, given, known)),
        (None, [only]) => Ok((*only).to_owned()),
        (None, _) => Err(MakeLinkError::Several { what, known: owned(known) }),
    }
}

/// The values given, or every one, or that there is none.
fn several(
    what: &'static str,
    given: &[String],
    every: bool,
    known: &[&str],
) -> Result<Vec<Option<String>>, MakeLinkError> {
    if let Some(stranger) = given.iter().find(|x| !known.contains(&x.as_str())) {
        return Err(unknown(what, stranger, known));
    }
    let chosen = if every { owned(known) } else { given.to_vec() };
    Ok(if chosen.is_empty() { vec![None] } else { chosen.into_iter().map(Some).collect() })
}

pub(super) fn unknown(what: &'static str, found: &str, known: &[&str]) -> MakeLinkError {
    MakeLinkError::Unknown { what, found: found.to_owned(), known: owned(known) }
}

fn owned(list: &[&str]) -> Vec<String> {
    list.iter().map(|x| (*x).to_owned()).collect()
}

pub(super) fn qr_code(url: &str) -> Result<QRCode, Failure> {
    // The lowest correction: a long address needs its modules large more than it needs redundancy.
    QRBuilder::new(url).ecl(ECL::L).build().map_err(|_| Failure::told(Exit::Refused, MakeLinkError::TooLong))
}

fn crypto(error: CryptoError) -> Failure {
    Failure::told(Exit::Trouble, MakeLinkError::Crypto(error))
}

impl fmt::Display for MakeLinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |known: &[String]| if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        match self {
            MakeLinkError::Base(found) => {
                write!(f, "--base `{found}`: not the address of the app; give one such as `https://example.org/ask/`")
            }
            MakeLinkError::Unknown { what, found, known } => {
                write!(f, "the plan has no {what} `{found}`; it has: {}", list(known))
            }
            MakeLinkError::Several { what, known } => {
                write!(f, "the plan has several choices of {what}; name one of: {}", list(known))
            }
            MakeLinkError::NotInRound { questionnaire, rounds } => write!(
                f,
                "the questionnaire `{questionnaire}` is asked in other rounds only: {}; name one of them with --round",
                list(rounds)
            ),
            MakeLinkError::NotByMode { stratum, mode } => write!(
                f,
                "the people of stratum `{stratum}` are not asked by mode `{}` in this plan; leave the stratum out, or change its `modes`",
                mode.name()
            ),
            MakeLinkError::GroupNeeded(known) => write!(
                f,
                "the plan weighs its rater groups, so an answer without one cannot be counted; give --every-group, or --group with one of: {}",
                list(known)
            ),
            MakeLinkError::BadPlace(found) => {
                write!(f, "--place `{found}`: not a language of the plan, `=`, and a text, such as `zh=二号窗口`")
            }
            MakeLinkError::PlaceInAnonymousPlan => f.write_str(
                "--place: the plan promises anonymity, and a link travels with its answer; give a --stratum, whose name is shown, or make the place a stratum of the plan",
            ),
            MakeLinkError::OtherOffice(path) => write!(
                f,
                "{}: the plan does not name these keys, so the app would refuse the links; use the key file with which the plan was published",
                path.display()
            ),
            MakeLinkError::TooLong => {
                f.write_str("the address is too long for a QR code; shorten the address of the app or the names of places")
            }
            MakeLinkError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for MakeLinkError {}

impl Told for MakeLinkError {
    fn zh(&self) -> String {
        let list = |known: &[String]| if known.is_empty() { "无".to_owned() } else { known.join("、") };
        let word = |what: &str| match what {
            "round" => "轮次",
            "questionnaire" => "问卷",
            "mode" => "方式",
            "rater group" => "测评人群",
            _ => "抽样层",
        };
        match self {
            MakeLinkError::Base(found) => {
                format!("--base `{found}`：不是应用的网址；请写成 `https://example.org/ask/` 这样")
            }
            MakeLinkError::Unknown { what, found, known } => {
                format!("方案里没有{} `{found}`；有：{}", word(what), list(known))
            }
            MakeLinkError::Several { what, known } => {
                format!("方案里有多个{}；请指明其中一个：{}", word(what), list(known))
            }
            MakeLinkError::NotInRound { questionnaire, rounds } => {
                format!("问卷 `{questionnaire}` 只在其他轮次使用：{}；请用 --round 指明", list(rounds))
            }
            MakeLinkError::NotByMode { stratum, mode } => {
                format!("方案规定抽样层 `{stratum}` 不用方式 `{}`；请不选该层，或修改它的 `modes`", mode.name())
            }
            MakeLinkError::GroupNeeded(known) => format!(
                "方案对测评人群加权，没有人群的答卷无法计入；请用 --every-group，或用 --group 指明：{}",
                list(known)
            ),
            MakeLinkError::BadPlace(found) => {
                format!("--place `{found}`：应为方案的语言、`=` 和文字，例如 `zh=二号窗口`")
            }
            MakeLinkError::PlaceInAnonymousPlan => {
                "--place：方案承诺匿名，而链接随答卷一起上传；请改用 --stratum（会显示它的名称），或把该地点设为方案的一个抽样层"
                    .to_owned()
            }
            MakeLinkError::OtherOffice(path) => {
                format!("{}：方案没有列出这些密钥，应用会拒绝链接；请使用发布方案时的密钥文件", path.display())
            }
            MakeLinkError::TooLong => "网址太长，放不进二维码；请缩短应用的网址或地点名称".to_owned(),
            MakeLinkError::Crypto(error) => error.zh(),
        }
    }
}
