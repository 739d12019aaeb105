//! The demo's office: keys with their passphrase beside them, the ready plans, and links.

use super::super::office::{Passphrase, read_keys};
use super::super::{Exit, Failure, FileError};
use super::day;
use super::ready::READY;
use crate::batch::{Crypto, CryptoError, Link, OfficeSecrets, seal_keys, sign_link};
use crate::native::crypto::Native;
use crate::native::files::{self, Access};
use crate::native::publish::{Published, publish};
use crate::plan::{Mode, Plan, PublicKey, Receiver, load, pick};
use base64ct::{Base64UrlUnpadded, Encoding};
use pollster::block_on;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

pub struct DemoOffice {
    pub secrets: OfficeSecrets<Native>,
    pub keys: PathBuf,
    pub passphrase: PathBuf,
    /// Copies of all that was published: a new build of the app may clear its folder.
    plans: PathBuf,
}

/// A published plan and its round that is open today.
#[derive(Clone)]
pub struct ReadyPlan {
    pub plan: Plan,
    pub published: Published,
    pub round: String,
    today: i64,
    /// The copy in the data folder.
    pub file: PathBuf,
}

/// A link and whom it is for.
pub struct ReadyLink {
    /// Index of the plan.
    pub plan: usize,
    pub rater_group: Option<String>,
    pub url: String,
}

impl DemoOffice {
    /// Reads the keys of this data folder, or makes them at the first start.
    pub fn open(data: &Path) -> Result<DemoOffice, Failure> {
        let keys = data.join("office.minping-keys");
        let passphrase = data.join("office-passphrase.txt");
        let plans = data.join("plans");
        fs::create_dir_all(&plans).map_err(|cause| FileError::new("create", &plans, cause))?;
        if !keys.exists() {
            make_keys(&keys, &passphrase)?;
        }
        let from = Passphrase { passphrase_file: Some(passphrase.clone()) };
        let secrets = read_keys(&keys, &from)?;
        Ok(DemoOffice { secrets, keys, passphrase, plans })
    }

    /// Publishes the ready plans for these keys and this receiver. Where no round is open today, rounds lose their days.
    pub fn publish_ready_plans(&self, app: &Path, receipts: &PublicKey, today: i64) -> Result<Vec<ReadyPlan>, Failure> {
        self.bring_back(app)?;
        READY.iter().map(|ready| self.publish(ready.text, app, receipts, today)).collect()
    }

    fn publish(&self, text: &str, app: &Path, receipts: &PublicKey, today: i64) -> Result<ReadyPlan, Failure> {
        let mut plan = load(text).expect("a test loads every ready plan");
        plan.keys = Some(self.secrets.public());
        plan.receivers = vec![Receiver { url: "api/".into(), key: receipts.clone() }];
        if !plan.rounds.iter().any(|round| day::is_open(round, today)) {
            for round in &mut plan.rounds {
                (round.opens, round.closes) = (None, None);
            }
        }
        let open = plan.rounds.iter().rfind(|round| day::is_open(round, today));
        let round = open.expect("a round without days is open").id.clone();
        let published = publish(plan.clone(), app, std::slice::from_ref(&self.secrets))?;
        let file = self.plans.join(published.listed.file.trim_start_matches("plans/"));
        files::replace(&file, published.text.as_bytes(), Access::Usual)?;
        Ok(ReadyPlan { plan, published, round, today, file })
    }

    /// Plans of earlier starts that a new build of the app no longer has: their batches may still be on the way.
    fn bring_back(&self, app: &Path) -> Result<(), Failure> {
        let folder = app.join("plans");
        fs::create_dir_all(&folder).map_err(|cause| FileError::new("create", &folder, cause))?;
        for entry in fs::read_dir(&self.plans).map_err(|cause| FileError::new("read", &self.plans, cause))? {
            let path = entry.map_err(|cause| FileError::new("read", &self.plans, cause))?.path();
            let Some(name) = path.file_name().filter(|name| Path::new(name).extension().is_some_and(|x| x == "json"))
            else {
                continue;
            };
            let bytes = fs::read(&path).map_err(|cause| FileError::new("read", &path, cause))?;
            match files::create(&folder.join(name), &bytes, Access::Usual) {
                Err(error) if error.cause.kind() != ErrorKind::AlreadyExists => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// A link for each plan, or for each rater group where there are any: their answers are weighted apart.
    pub fn make_links(&self, plans: &[ReadyPlan], page: &str) -> Result<Vec<ReadyLink>, Failure> {
        let mut links = Vec::new();
        for (index, ready) in plans.iter().enumerate() {
            let groups = ready.plan.rater_groups.iter().map(|group| Some(group.id.clone()));
            let groups: Vec<Option<String>> = if groups.len() == 0 { vec![None] } else { groups.collect() };
            for rater_group in groups {
                let Some(link) = ready.link(rater_group.clone()) else { continue };
                let token = block_on(sign_link(&Native, &self.secrets.sign, &link)).map_err(crypto)?;
                links.push(ReadyLink { plan: index, rater_group, url: [page, "#/a/", &token].concat() });
            }
        }
        Ok(links)
    }
}

impl ReadyPlan {
    /// The title, in `language` where there is one.
    pub fn title(&self, language: &str) -> &str {
        pick(&self.plan.title, language, &self.plan.languages[0])
    }

    /// What residents of this group are asked by themselves, if anything.
    fn link(&self, rater_group: Option<String>) -> Option<Link> {
        let plan = &self.plan;
        let asked_in = |round: &str| {
            plan.questionnaires.iter().find(|questionnaire| {
                let for_group = |group: &String| questionnaire.is_for_group(group);
                plan.modes_of(questionnaire, None).contains(&Mode::Web)
                    && questionnaire.is_for_round(round)
                    && rater_group.as_ref().is_none_or(for_group)
            })
        };
        // In the round of today; a group that is not asked then, in another one that is open.
        let open = plan.rounds.iter().filter(|round| day::is_open(round, self.today)).map(|round| &round.id);
        let rounds = std::iter::once(&self.round).chain(open);
        let (round, asked) = { rounds }.find_map(|round| Some((round, asked_in(round)?)))?;
        Some(Link {
            v: 1,
            plan: self.published.listed.digest.clone(),
            file: self.published.listed.file.clone(),
            round: round.clone(),
            questionnaire: asked.id.clone(),
            mode: Mode::Web,
            rater_group,
            stratum: None,
            place: Default::default(),
            code: None,
        })
    }
}

/// The passphrase first: a key file without one would be of no use.
fn make_keys(keys: &Path, passphrase: &Path) -> Result<(), Failure> {
    let mut random = [0; 15];
    Native.random(&mut random).map_err(crypto)?;
    let words = Base64UrlUnpadded::encode_string(&random);
    files::replace(passphrase, [&words, "\n"].concat().as_bytes(), Access::Owner)?;
    let made = block_on(async {
        let secrets = OfficeSecrets::generate(&Native).await?;
        seal_keys(&Native, &secrets, &words).await
    });
    Ok(files::create(keys, (made.map_err(crypto)? + "\n").as_bytes(), Access::Owner)?)
}

fn crypto(error: CryptoError) -> Failure {
    Failure::told(Exit::Trouble, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_start_makes_the_same_plans_and_an_earlier_one_is_brought_back() {
        let folder = tempfile::tempdir().unwrap();
        let (app, data) = (folder.path().join("app"), folder.path().join("data"));
        fs::create_dir_all(&app).unwrap();
        fs::write(app.join("index.html"), "").unwrap();
        let (_, receipts) = block_on(Native.generate_sign(false)).unwrap();
        let digests = |day| -> Vec<_> {
            let office = DemoOffice::open(&data).unwrap();
            let plans = office.publish_ready_plans(&app, &receipts, day).unwrap();
            let links = office.make_links(&plans, "http://localhost/index.html").unwrap();
            assert!(plans.iter().enumerate().all(|(at, _)| links.iter().any(|link| link.plan == at)));
            plans.into_iter().map(|ready| ready.published.listed.digest).collect()
        };
        // In November 2026 a round of the county's plan is open by itself; a year later none is.
        let first = digests(20_783);
        assert_eq!(digests(20_783), first);
        let later = digests(20_783 + 400);
        assert_eq!((&later[0], &later[2]), (&first[0], &first[2]));
        assert_ne!(later[1], first[1]);
        let other = first.iter().zip(&later).filter(|(first, later)| first != later).count();
        fs::remove_dir_all(app.join("plans")).unwrap();
        assert_eq!(digests(20_783 + 400), later);
        let files = fs::read_dir(app.join("plans")).unwrap().flatten();
        let files = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "json")).count();
        assert_eq!(
            files,
            READY.len() + other + 1,
            "the plans, those of them that were others a year before, and the list"
        );
    }
}
