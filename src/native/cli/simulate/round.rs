use super::handing::{Device, Handed, Office};
use super::{SimulateError, crypto, engine, read_unpublished, reference_of, round_of, share};
use crate::batch::{OfficeSecrets, seal_right_answers};
use crate::ledger::Codebook;
use crate::native::cli::office::{Passphrase, read_keys};
use crate::native::cli::progress::Progress;
use crate::native::cli::round::check_round;
use crate::native::cli::{Context, Exit, Failure, FileError};
use crate::native::crypto::Native;
use crate::native::files::{self, Access};
use crate::native::host::NATIVE;
use crate::native::publish::text_of;
use crate::plan::{OfficeKeys, Plan, WorkSteps};
use crate::report::{By, Shape, results_table};
use crate::scores::{Counted, scored};
use crate::session::PlanRef;
use crate::simulate::{Asked, Conduct, CoverageError, Interviewed, Misconduct, Population, Round, census, interview};
use clap::Args;
use pollster::block_on;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// People with known opinions are interviewed by the real engine; their records are sealed, signed and handed over as batch
/// files, with the plan and roster that they belong to. Beside them lies what is true: `truth.csv`, what all would have said,
/// and `made.json`, which records, batches and devices are not what they seem. The plan's version ends in `-simulated`, so
/// that nothing of this fits a real round.
#[derive(Args)]
pub struct SimulateRound {
    /// Plan, not published
    plan: PathBuf,
    /// Key file of the office; make one for simulations
    #[arg(long, value_name = "FILE")]
    keys: PathBuf,
    #[command(flatten)]
    passphrase: Passphrase,
    /// Folder to make
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    #[command(flatten)]
    conditions: Conditions,
}

/// What kind of round it is.
#[derive(Args)]
pub struct Conditions {
    /// Round; by default the plan's first
    #[arg(long)]
    pub round: Option<String>,
    /// Interviews
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub records: u32,
    /// People in the population; by default four times as many as interviews, at least 1,000
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=4_000_000))]
    pub population: Option<u32>,
    /// Canvassers' devices
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub devices: u32,
    /// Share of the people asked who do not take part
    #[arg(long, default_value = "0", value_parser = share)]
    pub nonresponse: f64,
    /// How much readier kind people are to take part: logits for one standard deviation
    #[arg(long, default_value_t = 0.0, allow_negative_numbers = true)]
    pub bias: f64,
    /// Share of interviews in which everything gets the grade of the first
    #[arg(long, default_value = "0", value_parser = share)]
    pub careless: f64,
    /// Share of interviews in which everything gets the best grade
    #[arg(long, default_value = "0", value_parser = share)]
    pub coached: f64,
    /// Devices whose canvassers fabricate three of four interviews
    #[arg(long, default_value_t = 0)]
    pub cheaters: u32,
    /// Batches that never arrive
    #[arg(long, default_value_t = 0)]
    pub gaps: u32,
    /// Batches that arrive twice
    #[arg(long, default_value_t = 0)]
    pub duplicates: u32,
    /// What chance follows from: the same seed makes the same people and answers. Keys and signatures are new each time
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// What the folder holds.
struct Made {
    interviews: Vec<(Asked, Interviewed)>,
    devices: Vec<Device>,
    handed: Vec<Handed>,
}

impl SimulateRound {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let plan = read_unpublished(&self.plan)?;
        check_round(&plan, self.conditions.round.as_deref())?;
        make_folder(&self.out)?;
        let secrets = read_keys(&self.keys, &self.passphrase)?;
        let Written { contacts, records, stuck, batches } =
            write_round(plan, &secrets, &self.out, &self.conditions, context)?;
        let out = self.out.display();
        context.say(&match context.lang.tag() {
            "zh" => format!("{out}：接触 {contacts} 人，答卷 {records} 份（其中 {stuck} 份因必答题答不出而中止），批次文件 {batches} 个"),
            _ => format!("{out}: {contacts} people asked, {records} interviews ({stuck} broken off at a required question), {batches} batch files"),
        })?;
        let keys = self.keys.display();
        context.say(&format!(
            "minping tally {out}/batches --plan {out}/plan.json --keys {keys} --roster {out}/devices.minping-roster"
        ))?;
        Ok(Exit::Done)
    }
}

/// New, or empty: nothing is overwritten.
fn make_folder(out: &Path) -> Result<(), Failure> {
    let used = fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) || out.is_file();
    if used {
        return Err(Failure::told(Exit::Refused, SimulateError::NotEmpty(out.to_owned())));
    }
    fs::create_dir_all(out).map_err(|cause| FileError::new("create", out, cause).into())
}

/// How much was written.
pub struct Written {
    pub contacts: usize,
    pub records: usize,
    /// Interviews that ended at a required question.
    pub stuck: usize,
    pub batches: usize,
}

/// A whole round of a plan that is not published, into an empty folder.
pub fn write_round(
    mut plan: Plan,
    secrets: &OfficeSecrets<Native>,
    out: &Path,
    conditions: &Conditions,
    context: &Context,
) -> Result<Written, Failure> {
    let round = round_of(&plan, conditions.round.clone())?;
    let batches = out.join("batches");
    fs::create_dir_all(&batches).map_err(|cause| FileError::new("create", &batches, cause))?;
    let (seal, sign) = (vec![secrets.seal_public.clone()], vec![secrets.sign_public.clone()]);
    plan.keys = Some(OfficeKeys { seal, sign });
    plan.version.push_str("-simulated");
    plan.schema = None;
    plan.work_steps = WorkSteps::default();
    // The people who are asked know what is right; the file of the plan may not say it.
    let mut published = plan.clone();
    block_on(seal_right_answers(&Native, secrets, &mut published))
        .map_err(|error| Failure::told(Exit::Refused, SimulateError::Right(error)))?;
    let text = text_of(&published);
    let reference = reference_of(&plan, &text)?;
    let plan = Rc::new(plan);
    let size = conditions.population.unwrap_or((conditions.records.saturating_mul(4)).max(1_000)) as usize;
    let population =
        Population::new(&plan, &round, size, conditions.seed).map_err(|error| engine(CoverageError::Nobody(error)))?;
    let drawn =
        Round::draw(&population, conditions.records as usize, conditions.devices as usize, &conditions.misconduct());
    let office = Office { plan: &plan, reference: &reference, round: &round, secrets };
    let folder = Folder { out, conditions };
    let contacts = drawn.contacts;
    let made = folder.make(&population, drawn, &office)?;
    let arrivals = folder.write_batches(&made)?;
    folder.write("plan.json", &text)?;
    folder.write("devices.minping-roster", &office.roster(&made.devices).map_err(crypto)?)?;
    folder.write("truth.csv", &truth(&plan, &reference, &round, &population, context)?)?;
    let story = folder.story(&made, &round, size, contacts, &arrivals);
    let story = serde_json::to_string_pretty(&story).expect("JSON of strings and numbers");
    folder.write("made.json", &[&story, "\n"].concat())?;
    let stuck = made.interviews.iter().filter(|(_, made)| !made.stuck.is_empty()).count();
    Ok(Written { contacts, records: made.interviews.len(), stuck, batches: arrivals.written })
}

impl Conditions {
    fn misconduct(&self) -> Misconduct {
        Misconduct {
            nonresponse: self.nonresponse,
            bias: self.bias,
            careless: self.careless,
            coached: self.coached,
            cheaters: self.cheaters as usize,
        }
    }
}

/// Where a round is written.
struct Folder<'a> {
    out: &'a Path,
    conditions: &'a Conditions,
}

impl Folder<'_> {
    fn make(&self, population: &Population, drawn: Round, office: &Office) -> Result<Made, Failure> {
        let plan = Rc::new(office.plan.clone());
        let names = (1..=self.conditions.devices).map(|number| Device::new(number.to_string()));
        let mut devices: Vec<Device> = names.collect::<Result<_, _>>().map_err(crypto)?;
        let mut made = Made { interviews: Vec::new(), devices: Vec::new(), handed: Vec::new() };
        let mut progress = Progress::new("interviews", drawn.asked.len());
        for asked in drawn.asked {
            let person = &population.people()[asked.person];
            let session = person.opened(&plan, office.reference, office.round, asked.id.clone(), &NATIVE);
            let session = session.map_err(|error| engine(CoverageError::Begin(error)))?;
            let done = interview(population, asked.person, asked.conduct, session);
            let closed = office.close(&done.record).map_err(crypto)?;
            let handed = match asked.device {
                None => Some(office.by_link(&done.record, closed).map_err(crypto)?),
                Some(at) => office.put(at, &mut devices[at], closed).map_err(crypto)?,
            };
            made.handed.extend(handed);
            made.interviews.push((asked, done));
            progress.add(1);
        }
        progress.finish();
        for (at, device) in devices.iter_mut().enumerate() {
            made.handed.extend(office.hand_over(at, device).map_err(crypto)?);
        }
        made.devices = devices;
        Ok(made)
    }

    /// The batches that arrive. Lost are only ones that another of the same device follows: nobody can see that the last of a
    /// chain is missing.
    fn write_batches(&self, made: &Made) -> Result<Arrivals, Failure> {
        let sent = |device: usize| made.handed.iter().filter_map(move |x| x.from.filter(|from| from.0 == device));
        let followed =
            |at: &usize| made.handed[*at].from.is_some_and(|(device, seq)| sent(device).any(|(_, other)| other > seq));
        let can_go: Vec<usize> = (0..made.handed.len()).filter(followed).collect();
        let lost = Round::pick(self.conditions.seed, can_go.len(), self.conditions.gaps as usize);
        let lost: Vec<usize> = lost.into_iter().map(|at| can_go[at]).collect();
        let arriving: Vec<usize> = (0..made.handed.len()).filter(|at| !lost.contains(at)).collect();
        let twice = Round::pick(!self.conditions.seed, arriving.len(), self.conditions.duplicates as usize);
        let mut arrivals = Arrivals { written: 0, lost: Vec::new(), twice: Vec::new() };
        for (place, at) in arriving.into_iter().enumerate() {
            let handed = &made.handed[at];
            let name = match handed.from {
                None => format!("link-{:05}", at + 1),
                Some((device, seq)) => format!("device-{}-{seq:04}", made.devices[device].name),
            };
            let copies = if twice.contains(&place) { ["", "-again"].as_slice() } else { &[""] };
            for copy in copies {
                let file = ["batches/", &name, copy, ".minping"].concat();
                self.write(&file, &handed.batch.text)?;
                arrivals.written += 1;
            }
            if copies.len() > 1 {
                arrivals.twice.push(name);
            }
        }
        arrivals.lost = lost
            .into_iter()
            .filter_map(|at| made.handed[at].from.map(|from| (from, made.handed[at].records)))
            .collect();
        Ok(arrivals)
    }

    fn write(&self, name: &str, text: &str) -> Result<(), Failure> {
        Ok(files::create(&self.out.join(name), text.as_bytes(), Access::Usual)?)
    }

    /// What nobody could know of a real round.
    fn story(&self, made: &Made, round: &str, population: usize, contacts: usize, arrivals: &Arrivals) -> Value {
        let records = made.interviews.iter().map(|(asked, done)| {
            let (conduct, after) = match asked.conduct {
                Conduct::Honest => ("honest", None),
                Conduct::Careless => ("careless", None),
                Conduct::Coached => ("coached", None),
                Conduct::Fabricated { after } => ("fabricated", Some(after)),
            };
            json!({
                "id": asked.id,
                "person": asked.person,
                "device": asked.device.map(|at| made.devices[at].name.clone()),
                "conduct": conduct,
                "copied_from_person": after,
                "stuck_at": done.stuck,
                "refused": done.refused,
            })
        });
        let records: Vec<Value> = records.collect();
        let lost = arrivals.lost.iter().map(
            |((device, seq), records)| json!({ "device": made.devices[*device].name, "seq": seq, "records": records }),
        );
        json!({
            "v": 1,
            "seed": self.conditions.seed,
            "round": round,
            "population": population,
            "contacts": contacts,
            "nonresponse": self.conditions.nonresponse,
            "bias": self.conditions.bias,
            "cheaters": made.devices.iter().take(self.conditions.cheaters as usize).map(|device| device.name.clone()).collect::<Vec<_>>(),
            "lost_batches": lost.collect::<Vec<_>>(),
            "batches_twice": arrivals.twice,
            "records": records,
        })
    }
}

/// What became of the batches.
struct Arrivals {
    written: usize,
    /// Device and number of the batch, and its records.
    lost: Vec<((usize, u64), usize)>,
    /// Names of files.
    twice: Vec<String>,
}

/// What all would have said, as the tally's table by indicator.
fn truth(
    plan: &Rc<Plan>,
    reference: &PlanRef,
    round: &str,
    population: &Population,
    context: &Context,
) -> Result<String, Failure> {
    let codebook = Codebook::new(plan, reference, &NATIVE).map_err(|error| engine(CoverageError::Codebook(error)))?;
    let codebook = Arc::new(codebook);
    let rows = census(plan, reference, round, population, &codebook, &NATIVE).map_err(engine)?;
    let all = Counted::of_rows(codebook, &rows);
    let found = scored(&all, round).ok_or_else(|| engine(CoverageError::UnknownRound(round.to_owned())))?;
    let shape = Shape { by: By::Indicator, publish: false, places: 4, for_people: false };
    Ok(results_table(plan, &[found], &shape, context.lang).to_csv())
}
