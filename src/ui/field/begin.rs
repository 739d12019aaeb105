//! A new interview: round, way, who answers, place and questionnaire. What has only one answer is not asked.

use super::when::today;
use super::{Opened, interview_route, quota, say};
use crate::batch::Crypto;
use crate::browser::crypto::Web;
use crate::browser::host::FULL;
use crate::browser::keeper::SaveError;
use crate::outbox::Changes;
use crate::plan::{Digest, Mode, Plan, Questionnaire, Round, Text};
use crate::session::{Balance, BeginError, Opening, PlanRef, Session};
use crate::store::DRAFT;
use crate::ui::device::{Device, use_device};
use crate::ui::element::{in_view, on_demand};
use crate::ui::shell::{go, read_setting, remove_setting, t, use_shell, write_setting};
use crate::ui::words::{Language, Words, field as words, practice as practice_words, quota as quota_words};
use base64ct::{Base64UrlUnpadded, Encoding};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;

/// More choices than this are a list to open instead of buttons.
const BUTTONS: usize = 6;

/// What was chosen; empty: nothing yet.
#[derive(Clone, Copy)]
pub struct Chosen {
    pub round: RwSignal<String>,
    pub mode: RwSignal<String>,
    pub group: RwSignal<String>,
    pub stratum: RwSignal<String>,
    questionnaire: RwSignal<String>,
}

/// Why the interview was not begun.
pub(super) enum Failure {
    Missing(Words),
    NoQuestionnaire,
    Begin(BeginError),
    Random,
    /// Enough of these have answered.
    Full(String),
    /// What knows of quotas is not there.
    NotLoaded,
    Save(SaveError),
}

/// What a case says of its interview; the rest is chosen.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub round: String,
    pub group: Option<String>,
    pub stratum: Option<String>,
    /// Where it is settled how the person is asked.
    pub mode: Option<Mode>,
}

/// What was chosen last, with what the case says.
pub fn choose_for(opened: Opened, device: Device, known: &Known) -> Chosen {
    let chosen = recall(&opened.plan(), &opened.digest(), device);
    chosen.round.set(known.round.clone());
    if let Some(group) = &known.group {
        chosen.group.set(group.clone());
    }
    if let Some(stratum) = &known.stratum {
        chosen.stratum.set(stratum.clone());
    }
    if let Some(mode) = known.mode {
        chosen.mode.set(mode.name().to_owned());
        // What was chosen last may be a place where nobody is asked so.
        let plan = opened.plan();
        if known.stratum.is_none() && !chosen.stratum.with_untracked(|id| modes_in(&plan, id).contains(&mode)) {
            chosen.stratum.set(String::new());
        }
    }
    chosen
}

/// What was chosen last.
pub fn recalled(opened: Opened, device: Device) -> Chosen {
    recall(&opened.plan(), &opened.digest(), device)
}

/// All choices.
pub fn all_fields(opened: Opened, chosen: Chosen, language: Language) -> AnyView {
    fields(opened, chosen, None, language)
}

/// An interview that nobody keeps; else why there is none. No quota stands in its way.
pub fn practise(opened: Opened, chosen: Chosen, language: Language) -> Result<Session, String> {
    let (plan, digest) = (opened.plan(), opened.digest());
    let begun =
        decide(&plan, &digest, chosen).and_then(|opening| open(&plan, opening, &mut Balance::default(), language));
    begun.map_err(|why| explain(why, language))
}

/// The choices that a case leaves open.
pub fn open_fields(opened: Opened, chosen: Chosen, known: Known, language: Language) -> AnyView {
    fields(opened, chosen, Some(&known), language)
}

/// Begins the interview of a case. `join` gives what is written about its draft, before there is one; else why it was not begun.
pub async fn start_for(
    opened: Opened,
    chosen: Chosen,
    device: Device,
    join: impl FnOnce(&str) -> Changes,
    language: Language,
) -> Result<(), String> {
    let plan = opened.plan();
    if plan.privacy.seal && plan.keys.as_ref().is_none_or(|keys| keys.seal.is_empty()) {
        return Err(words::PLAN_NO_KEYS.of(language).to_owned());
    }
    start(opened, chosen, device, false, join, language).await.map_err(|why| explain(why, language))
}

pub fn begin(opened: Opened) -> AnyView {
    let plan = opened.plan();
    if plan.privacy.seal && plan.keys.as_ref().is_none_or(|keys| keys.seal.is_empty()) {
        return view! { <div class="banner bad"><p>{t(words::PLAN_NO_KEYS)}</p></div> }.into_any();
    }
    let (device, shell) = (use_device(), use_shell());
    let chosen = recall(&plan, &opened.digest(), device);
    let failure: RwSignal<Option<String>> = RwSignal::new(None);
    let fields = move || fields(opened, chosen, None, shell.language.get());
    let starting = StoredValue::new(false);
    let start = move |_| {
        let language = shell.language.get_untracked();
        if starting.get_value() {
            return;
        }
        starting.set_value(true);
        spawn_local(async move {
            let result = start(opened, chosen, device, false, |_| Changes::new(), language).await;
            let _ = starting.try_set_value(false);
            if let Err(why) = result {
                let text = explain(why, language);
                shell.announce(text.clone());
                let _ = failure.try_set(Some(text));
            }
        });
    };
    let quotas = (!plan.cells().is_empty()).then(|| in_view(on_demand(move || quota::progress(opened, chosen))));
    view! {
        <section class="card stack" aria-labelledby="new-interview">
            <h2 id="new-interview">{t(words::NEW)}</h2>
            {fields}
            {quotas}
            {move || failure.get().map(|text| view! { <p class="error">{text}</p> })}
            <button type="button" class="button primary wide" on:click=start>{t(words::START)}</button>
            <p><a class="button quiet" href=super::href(&super::practice::route(&opened.digest()))>{t(practice_words::GO)}</a></p>
        </section>
    }
    .into_any()
}

/// The next person, with what was chosen last; where that is not enough, back to the plan to choose.
pub fn again(opened: Opened, device: Device, language: Language) {
    // New interviews start on the new version, where there is one: with its own choices.
    if let Some(newer) = super::version::successor(device, opened) {
        return go(&super::plan_route(&newer));
    }
    let chosen = recall(&opened.plan(), &opened.digest(), device);
    spawn_local(async move {
        if start(opened, chosen, device, true, |_| Changes::new(), language).await.is_err() {
            go(&super::plan_route(&opened.digest()));
        }
    });
}

/// Begins an interview of what is chosen, if no quota stands in the way. `unseen`: its screen has not said what is full.
async fn start(
    opened: Opened,
    chosen: Chosen,
    device: Device,
    unseen: bool,
    join: impl FnOnce(&str) -> Changes,
    language: Language,
) -> Result<(), Failure> {
    let (plan, digest) = (opened.plan(), opened.digest());
    let mut opening = decide(&plan, &digest, chosen)?;
    if !plan.cells().is_empty() {
        let ahead = quota::ahead(device, plan.clone(), opening.clone(), language).await;
        let ahead = ahead.map_err(|_| Failure::NotLoaded)?;
        match ahead.stop {
            Some(cell) => return Err(Failure::Full(cell)),
            None if unseen && !ahead.full.is_empty() => return Err(Failure::Full(String::new())),
            None => opening.full = ahead.full,
        }
    }
    let kept = device.keeper().get(&balance_key(&digest)).and_then(|text: String| Balance::parse(&text));
    let mut balance = kept.unwrap_or_default();
    let session = open(&plan, opening, &mut balance, language)?;
    let joined = join(session.id());
    if !joined.is_empty() {
        device.commit(joined).await.map_err(Failure::Save)?;
    }
    launch(device, &digest, chosen, balance, &session);
    Ok(())
}

/// The modes that a canvasser uses in a stratum; all of the plan's, when it has none of them.
fn modes_in(plan: &Plan, stratum: &str) -> Vec<Mode> {
    let here = |mode: &Mode| plan.stratum(stratum).is_none_or(|stratum| stratum.takes(*mode));
    modes(plan).into_iter().filter(here).collect()
}

/// The modes that a canvasser uses; all of the plan's, when it has none of them.
pub fn modes(plan: &Plan) -> Vec<Mode> {
    let ours: Vec<Mode> = plan.modes.iter().copied().filter(|mode| *mode != Mode::Web).collect();
    if ours.is_empty() { plan.modes.clone() } else { ours }
}

pub fn mode_words(mode: Mode) -> Words {
    match mode {
        Mode::Web => words::MODE_WEB,
        Mode::Face => words::MODE_FACE,
        Mode::Phone => words::MODE_PHONE,
        Mode::Hall => words::MODE_HALL,
    }
}

fn is_open(round: &Round, today: &str) -> bool {
    round.opens.as_deref().is_none_or(|opens| opens <= today)
        && round.closes.as_deref().is_none_or(|closes| today <= closes)
}

fn fitting<'a>(plan: &'a Plan, round: &str, group: &str, mode: &str) -> Vec<&'a Questionnaire> {
    let fits = |one: &&Questionnaire| {
        Mode::ALL.iter().any(|known| known.name() == mode && one.is_for_mode(*known))
            && one.is_for_group(group)
            && one.is_for_round(round)
    };
    plan.questionnaires.iter().filter(fits).collect()
}

fn balance_key(digest: &Digest) -> String {
    ["setting/balance/", digest.as_str()].concat()
}

fn choice_key(digest: &Digest) -> String {
    let mut key = String::from("setting/choice/");
    key.push_str(digest.as_str());
    key
}

/// What was chosen last on this device, as far as the plan still has it; what has only one answer is chosen.
fn recall(plan: &Plan, digest: &Digest, device: Device) -> Chosen {
    let kept = device.keeper().get(&choice_key(digest)).unwrap_or_default();
    let mut kept = kept.split('\n');
    let mut next = |known: Vec<&str>| {
        let last = kept.next().unwrap_or("");
        let only = if known.len() == 1 { known[0] } else { "" };
        RwSignal::new(if known.contains(&last) { last } else { only }.to_owned())
    };
    let round = next(plan.rounds.iter().map(|x| &*x.id).collect());
    let mode = next(modes(plan).into_iter().map(Mode::name).collect());
    let group = next(plan.rater_groups.iter().map(|x| &*x.id).collect());
    let stratum = next(plan.strata.iter().map(|x| &*x.id).collect());
    let questionnaire = next(plan.questionnaires.iter().map(|x| &*x.id).collect());
    let today = today();
    let kept = round.with_untracked(|id| plan.round(id).is_some_and(|round| is_open(round, &today)));
    if !kept && let Some(open) = plan.rounds.iter().find(|round| is_open(round, &today)) {
        round.set(open.id.clone());
    }
    Chosen { round, mode, group, stratum, questionnaire }
}

fn fields(opened: Opened, chosen: Chosen, known: Option<&Known>, language: Language) -> AnyView {
    let plan = &*opened.plan();
    let label = |id: &str, text: &Text| (id.to_owned(), say(plan, text, language).to_owned());
    let mut shown = Vec::new();
    if plan.rounds.len() > 1 && known.is_none() {
        let list = plan.rounds.iter().map(|x| label(&x.id, &x.label)).collect();
        shown.push(choose("round", words::ROUND, list, chosen.round, language));
    }
    let dates: Vec<(String, String)> = plan
        .rounds
        .iter()
        .filter(|round| !is_open(round, &today()))
        .map(|round| (round.id.clone(), dates(round)))
        .collect();
    shown.push(
        (move || {
            let (_, dates) = dates.iter().find(|(id, _)| *id == chosen.round.get())?;
            Some(view! { <p class="banner warn">{words::ROUND_CLOSED.fill(language, &[dates])}</p> })
        })
        .into_any(),
    );
    let mut modes_shown = Vec::new();
    if modes(plan).len() > 1 && known.is_none_or(|known| known.mode.is_none()) {
        modes_shown.push(
            (move || {
                let plan = opened.plan();
                let modes = chosen.stratum.with(|stratum| modes_in(&plan, stratum));
                let list: Vec<(String, String)> = { modes.iter() }
                    .map(|mode| (mode.name().to_owned(), mode_words(*mode).of(language).to_owned()))
                    .collect();
                // Where the stratum leaves one, it is that one.
                if let [(only, _)] = list.as_slice()
                    && chosen.mode.with_untracked(|mode| mode != only)
                {
                    chosen.mode.set(only.clone());
                }
                choose("mode", words::MODE, list, chosen.mode, language)
            })
            .into_any(),
        );
    }
    // Where the stratum decides about the mode, it comes first.
    let stratum_first = plan.strata.iter().any(|stratum| !stratum.modes.is_empty());
    if !stratum_first {
        shown.append(&mut modes_shown);
    }
    if plan.rater_groups.len() > 1 && known.is_none_or(|known| known.group.is_none()) {
        let list = plan.rater_groups.iter().map(|x| label(&x.id, &x.label)).collect();
        shown.push(choose("group", words::RATER_GROUP, list, chosen.group, language));
    }
    if plan.strata.len() > 1 && known.is_none_or(|known| known.stratum.is_none()) {
        // Where canvassers do not ask, or not so, none is sent.
        let so = known.and_then(|known| known.mode);
        let asked = plan.strata.iter().filter(|stratum| {
            let here = modes_in(plan, &stratum.id);
            so.map_or(!here.is_empty(), |mode| here.contains(&mode))
        });
        let list = asked.map(|x| label(&x.id, &x.label)).collect();
        shown.push(choose("stratum", words::STRATUM, list, chosen.stratum, language));
    }
    shown.append(&mut modes_shown);
    if plan.questionnaires.len() > 1 {
        shown.push(
            (move || {
                let list = titles(opened, chosen, language);
                (list.len() > 1)
                    .then(|| choose("questionnaire", words::QUESTIONNAIRE, list, chosen.questionnaire, language))
            })
            .into_any(),
        );
    }
    shown.into_any()
}

fn titles(opened: Opened, chosen: Chosen, language: Language) -> Vec<(String, String)> {
    let plan = opened.plan();
    let title = |one: &Questionnaire| (one.id.clone(), say(&plan, &one.title, language).to_owned());
    let list = fitting(&plan, &chosen.round.get(), &chosen.group.get(), &chosen.mode.get());
    list.into_iter().map(title).collect()
}

fn dates(round: &Round) -> String {
    let mut text = round.opens.clone().unwrap_or_default();
    text.push_str(" – ");
    text.push_str(round.closes.as_deref().unwrap_or(""));
    text
}

fn choose(
    name: &'static str,
    legend: Words,
    list: Vec<(String, String)>,
    value: RwSignal<String>,
    language: Language,
) -> AnyView {
    if list.len() > BUTTONS {
        return view! {
            <label class="field">
                <span class="field-label">{legend.of(language)}</span>
                <select class="input" on:change:target=move |event| value.set(event.target().value())>
                    <option value="" selected=move || value.get().is_empty()>{words::STRATUM_NONE.of(language)}</option>
                    {list.into_iter().map(|(id, label)| {
                        let own = id.clone();
                        view! { <option value=id selected=move || value.get() == own>{label}</option> }
                    }).collect_view()}
                </select>
            </label>
        }
        .into_any();
    }
    let options = list.into_iter().map(|(id, label)| {
        let own = id.clone();
        view! {
            <label class="option">
                <input type="radio" class="option-input" name=name prop:checked=move || value.get() == own
                    on:change=move |_| value.set(id.clone())/>
                <span class="option-body">{label}</span>
            </label>
        }
        .into_any()
    });
    view! {
        <fieldset class="field">
            <legend class="field-label">{legend.of(language)}</legend>
            <div class="options columns">{options.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

/// What the interview opens with, where all is chosen.
fn decide(plan: &Plan, digest: &Digest, chosen: Chosen) -> Result<Opening, Failure> {
    let need = |value: RwSignal<String>, asked: bool, words: Words| {
        let value = value.get_untracked();
        if asked && value.is_empty() { Err(Failure::Missing(words)) } else { Ok(value) }
    };
    let round = need(chosen.round, true, words::ROUND)?;
    let mode = need(chosen.mode, true, words::MODE)?;
    let group = need(chosen.group, !plan.rater_groups.is_empty(), words::RATER_GROUP)?;
    let stratum = need(chosen.stratum, !plan.strata.is_empty(), words::STRATUM)?;
    let list = fitting(plan, &round, &group, &mode);
    let picked = chosen.questionnaire.get_untracked();
    let questionnaire = match list.as_slice() {
        [] => return Err(Failure::NoQuestionnaire),
        [only] => *only,
        several => *several.iter().find(|one| one.id == picked).ok_or(Failure::Missing(words::QUESTIONNAIRE))?,
    };
    let some = |text: String| (!text.is_empty()).then_some(text);
    Ok(Opening {
        plan: PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: digest.clone() },
        round,
        questionnaire: questionnaire.id.clone(),
        mode: modes_in(plan, &stratum)
            .into_iter()
            .find(|found| found.name() == mode)
            .ok_or(Failure::Missing(words::MODE))?,
        rater_group: some(group),
        stratum: some(stratum),
        link: None,
        full: Vec::new(),
    })
}

fn open(plan: &Rc<Plan>, opening: Opening, balance: &mut Balance, language: Language) -> Result<Session, Failure> {
    let mut ids = vec![random_id()?];
    while ids.len() < Balance::CANDIDATES {
        ids.push(random_id()?);
    }
    let id = ids.swap_remove(balance.choose(plan, &opening.questionnaire, &ids).unwrap_or(0));
    let known = plan.languages.iter().find(|tag| Language::read(tag) == Some(language)).or(plan.languages.first());
    let tag = known.map_or("", String::as_str).to_owned();
    Session::begin(plan.clone(), opening, id, &tag, &FULL).map_err(Failure::Begin)
}

pub(super) fn random_id() -> Result<String, Failure> {
    let mut id = [0; 16];
    Web.random(&mut id).map_err(|_| Failure::Random)?;
    Ok(Base64UrlUnpadded::encode_string(&id))
}

/// Keeps the new draft and goes to it. The interview is always opened from what is kept.
fn launch(device: Device, digest: &Digest, chosen: Chosen, balance: Balance, session: &Session) {
    let keeper = device.keeper();
    let mut key = String::from(DRAFT);
    key.push_str(session.id());
    keeper.put_draft(&key, session.draft().encode());
    let parts = [chosen.round, chosen.mode, chosen.group, chosen.stratum, chosen.questionnaire];
    let choice = parts.map(|part| part.get_untracked()).join("\n");
    let mut step = vec![(choice_key(digest), Some(choice))];
    if balance != Balance::default() {
        step.push((balance_key(digest), Some(balance.encode())));
    }
    spawn_local(async move {
        // Only a convenience: the next interview asks again.
        let _ = device.commit(step).await;
        keeper.persist().await;
    });
    touch(session.id());
    go(&interview_route(digest, session.id()));
}

/// When the interview was last opened, for the list of unfinished ones; it goes with the draft.
pub fn touch(id: &str) {
    write_setting(&touch_name(id), &crate::browser::clock::now().to_string());
}

/// When it was last opened, in milliseconds since 1970.
pub fn touched(id: &str) -> Option<u64> {
    read_setting(&touch_name(id))?.parse().ok()
}

/// The draft is gone: nothing of it stays.
pub fn forget(id: &str) {
    remove_setting(&touch_name(id));
}

fn touch_name(id: &str) -> String {
    let mut name = String::from("minping.opened.");
    name.push_str(id);
    name
}

fn explain(why: Failure, language: Language) -> String {
    match why {
        Failure::Missing(what) => words::CHOOSE_FIRST.fill(language, &[what.of(language)]),
        Failure::NoQuestionnaire => words::NO_QUESTIONNAIRE.of(language).to_owned(),
        Failure::Full(cell) => quota_words::CANNOT.fill(language, &[&cell]),
        Failure::NotLoaded => words::START_FAILED.fill(language, &[quota_words::NOT_LOADED.of(language)]),
        Failure::Save(error) => words::START_FAILED.fill(language, &[super::save_words(&error).of(language)]),
        Failure::Random => words::START_FAILED.fill(language, &[words::CRYPTO_FAILED.of(language)]),
        Failure::Begin(error) => words::START_FAILED.fill(language, &[&error.to_string()]),
    }
}
