//! `minping posters`: posters and cards to print, each read back before it is handed out.

use super::link::{MakeLinkError, UNNAMED_FILE, page, random_code, the_one, unknown};
use super::office::{Passphrase, read_keys, read_published_plan};
use super::progress::Progress;
use super::report::is_report;
use super::{Context, Exit, Failure, Format, Lang, Told, Words, read_text};
use crate::batch::{Crypto, Link, sign_link, verify_link};
use crate::language::Language;
use crate::native::crypto::Native;
use crate::native::files::{self, Access};
use crate::plan::{Listed, Mode, Plan};
use crate::posters::{
    CODE_BYTES, Fault, Layout, Misfit, Place, Poster, Run, first_told, leading_page, leads_to, link_of, misfits, paper,
    parse_places, read_back, resolved, short_address, short_code, told,
};
use clap::Args;
use pollster::block_on;
use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

/// Pictures of one file: a browser still opens and prints it.
const MOST: usize = 10_000;
const MAKING: Words = Words { zh: "制作并核对", en: "making and reading back" };

/// Posters and cards with QR codes, as one HTML file to print 海报
///
/// One for each line of a list of places, or codes that count once for households. Every picture is read back, and what it opens is
/// shown in words; exit code 1 when one does not open what it should.
#[derive(Args)]
pub struct Posters {
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
    /// Rater group, for places that name none
    #[arg(long, value_name = "ID")]
    group: Option<String>,
    /// Stratum, for places that name none
    #[arg(long, value_name = "ID")]
    stratum: Option<String>,
    /// List of places or windows: one a line, or a table with the columns place, stratum, group, note
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    /// This many codes of each, each of which counts for one answer
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    single: Option<u32>,
    /// What is printed
    #[arg(long, value_enum, default_value_t)]
    layout: Layout,
    /// Language of the plan to print in; at most two, the first in large type; by default the first two of the plan
    #[arg(long, value_name = "LANGUAGE")]
    print: Vec<String>,
    /// Short addresses that can be typed: writes one small page for each into the folder `k` here, which is the folder of the app
    #[arg(long, value_name = "FOLDER")]
    short: Option<PathBuf>,
    /// File to write; an earlier one of this program is replaced, any other is left as it is
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug)]
enum PostersError {
    Places(PathBuf, Vec<Fault>),
    NoPlaces(PathBuf),
    /// What nobody could answer, in both languages.
    Misfits([Vec<String>; 2]),
    TooMany(usize),
    Language(String, Vec<String>),
    OtherFile(PathBuf),
}

impl Posters {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let refused = |error| Failure::told(Exit::Refused, error);
        let base = page(&self.base).map_err(|error| Failure::told(Exit::Usage, error))?;
        if self.out.exists() && !is_report(&self.out)? {
            return Err(refused(PostersError::OtherFile(self.out)));
        }
        let (plan, reference) = read_published_plan(&self.plan)?;
        let run = self.target(&plan).map_err(refused_link)?;
        let tags = self.tags(&plan)?;
        let places = match &self.places {
            None => vec![Place::default()],
            Some(path) => match parse_places(&plan, &read_text(path)?) {
                Err(faults) => return Err(refused(PostersError::Places(path.clone(), faults))),
                Ok(places) if places.is_empty() => return Err(refused(PostersError::NoPlaces(path.clone()))),
                Ok(places) => places,
            },
        };
        let unfit = misfits(&plan, &run, &places);
        if unfit.iter().any(|one| matches!(one, Misfit::NoGroup(_))) && self.places.is_none() {
            let known = plan.rater_groups.iter().map(|group| group.id.clone()).collect();
            return Err(refused_link(MakeLinkError::GroupNeeded(known)));
        }
        if !unfit.is_empty() {
            let told = |language| unfit.iter().map(|one| one.told(&plan, &run, language)).collect();
            return Err(refused(PostersError::Misfits([Language::Zh, Language::En].map(told))));
        }
        let all = places.len().saturating_mul(self.single.unwrap_or(1) as usize);
        if all > MOST {
            return Err(refused(PostersError::TooMany(all)));
        }
        let secrets = read_keys(&self.keys, &self.passphrase)?;
        let office = plan.keys.as_ref().map_or(&[][..], |keys| &keys.sign);
        if !office.contains(&secrets.sign_public) {
            return Err(Failure::told(Exit::Refused, MakeLinkError::OtherOffice(self.keys)));
        }
        let mut posters = Vec::new();
        let mut codes = BTreeSet::new();
        let mut progress = Progress::new(context.lang.pick(MAKING), all * 2);
        for place in &places {
            for serial in 1..=self.single.unwrap_or(1) as usize {
                let code = self.single.map(|_| random_code()).transpose();
                let code = code.map_err(|error| Failure::told(Exit::Trouble, error))?;
                let link = link_of(&plan, &reference.digest, &run, place, code);
                let token = block_on(sign_link(&Native, &secrets.sign, &link))
                    .map_err(|error| Failure::told(Exit::Trouble, MakeLinkError::Crypto(error)))?;
                let url = [&base, "#/a/", &token].concat();
                let short = match &self.short {
                    None => None,
                    Some(_) => loop {
                        let mut random = [0; CODE_BYTES];
                        let made = Native.random(&mut random).map_err(MakeLinkError::Crypto);
                        made.map_err(|error| Failure::told(Exit::Trouble, error))?;
                        let code = short_code(&random, self.single.is_some()).filter(|code| codes.insert(code.clone()));
                        if let Some(code) = code {
                            break Some(code);
                        }
                    },
                };
                if let (Some(folder), Some(code)) = (&self.short, &short) {
                    let folder = folder.join("k").join(code);
                    std::fs::create_dir_all(&folder)
                        .map_err(|cause| super::FileError::new("create", &folder, cause))?;
                    files::create(&folder.join("index.html"), leading_page(&url).as_bytes(), Access::Usual)?;
                }
                let short = short.map(|code| short_address(&base, &code));
                let serial = self.single.map(|all| (serial, all as usize));
                let poster = Poster::new(link, url, short, place, serial);
                posters.push(poster.ok_or_else(|| Failure::told(Exit::Refused, MakeLinkError::TooLong))?);
                progress.add(1);
            }
        }
        let text = paper(&plan, &posters, self.layout, &tags);
        // As a telephone reads it: from the lines that are printed, through the page that a short address opens, to the signature.
        let found: Vec<Option<Link>> = posters
            .iter()
            .map(|poster| {
                progress.add(1);
                let read = read_back(&poster.drawing)?;
                let url = match (&poster.short, &self.short) {
                    (Some(short), Some(folder)) if read == *short => {
                        let code = short.trim_end_matches('/').rsplit('/').next()?;
                        let page = std::fs::read_to_string(folder.join("k").join(code).join("index.html")).ok()?;
                        leads_to(&page)?.to_owned()
                    }
                    _ => read,
                };
                block_on(verify_link(&Native, resolved(&url)?, office)).ok()
            })
            .collect();
        progress.finish();
        let wrong = found.iter().zip(&posters).filter(|(found, poster)| found.as_ref() != Some(&poster.link)).count();
        files::replace(&self.out, text.as_bytes(), Access::Usual)?;
        context.show(&told(&plan, &posters, &found, context.lang), self.format)?;
        let (all, file) = (posters.len(), self.out.display().to_string());
        match context.lang {
            Lang::Zh => aside!("minping: {file}：{all} 张，读回核对相符 {} 张", all - wrong),
            Lang::En => aside!("minping: {file}: {all} made, {} read back and open what they should", all - wrong),
        }
        let expected = Listed::of(&plan, &reference.digest).file;
        if self.plan.file_name().and_then(|name| name.to_str()) != expected.strip_prefix("plans/") {
            aside!("minping: {}", context.lang.pick(UNNAMED_FILE).replace("{}", &expected));
        }
        Ok(if wrong == 0 { Exit::Done } else { Exit::Refused })
    }

    fn target(&self, plan: &Plan) -> Result<Run, MakeLinkError> {
        let rounds: Vec<&str> = plan.rounds.iter().map(|round| round.id.as_str()).collect();
        let asked: Vec<&str> = plan.questionnaires.iter().map(|asked| asked.id.as_str()).collect();
        let strata: Vec<&str> = plan.strata.iter().map(|stratum| stratum.id.as_str()).collect();
        let groups: Vec<&str> = plan.rater_groups.iter().map(|group| group.id.as_str()).collect();
        let one_of = |what: &'static str, given: &Option<String>, known: &[&str]| match given {
            Some(id) if !known.contains(&id.as_str()) => Err(unknown(what, id, known)),
            given => Ok(given.clone()),
        };
        Ok(Run {
            round: the_one("round", self.round.as_deref(), &rounds)?,
            questionnaire: the_one("questionnaire", self.questionnaire.as_deref(), &asked)?,
            mode: Mode::Web,
            group: one_of("rater group", &self.group, &groups)?,
            stratum: one_of("stratum", &self.stratum, &strata)?,
        })
    }

    fn tags(&self, plan: &Plan) -> Result<Vec<String>, Failure> {
        let known = |tag: &&String| !plan.languages.contains(tag);
        if let Some(stranger) = self.print.iter().find(known) {
            let error = PostersError::Language(stranger.clone(), plan.languages.clone());
            return Err(Failure::told(Exit::Refused, error));
        }
        let tags = if self.print.is_empty() { &plan.languages } else { &self.print };
        Ok(tags.iter().take(2).cloned().collect())
    }
}

fn refused_link(error: MakeLinkError) -> Failure {
    Failure::told(Exit::Refused, error)
}

impl PostersError {
    fn say(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        match self {
            PostersError::Places(path, faults) => {
                let all: Vec<String> = faults.iter().map(|fault| fault.told(language)).collect();
                format!("{}: {}", path.display(), first_told(all, language).join("; "))
            }
            PostersError::Misfits(told) => first_told(told[usize::from(!zh)].clone(), language).join("; "),
            PostersError::TooMany(all) if zh => format!("一次最多 {MOST} 张，现在要做 {all} 张；请分批"),
            PostersError::TooMany(all) => format!("at most {MOST} at a time, and these are {all}; make them in parts"),
            PostersError::NoPlaces(path) if zh => format!("{}：没有任何地点；每行写一个", path.display()),
            PostersError::NoPlaces(path) => {
                format!("{}: there is no place in it; write one on each line", path.display())
            }
            PostersError::Language(found, known) if zh => {
                format!("--print：方案没有语言 `{found}`；有：{}", known.join("、"))
            }
            PostersError::Language(found, known) => {
                format!("--print: the plan has no language `{found}`; it has: {}", known.join(", "))
            }
            PostersError::OtherFile(path) if zh => {
                format!("{}：此文件不是本程序写的，原样保留；请另取名称", path.display())
            }
            PostersError::OtherFile(path) => format!(
                "{}: this file was not written by this program, and is left as it is; choose another name",
                path.display()
            ),
        }
    }
}

impl fmt::Display for PostersError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Language::En))
    }
}

impl std::error::Error for PostersError {}

impl Told for PostersError {
    fn zh(&self) -> String {
        self.say(Language::Zh)
    }
}
