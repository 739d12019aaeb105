//! The form that opens a ballot: links signed, the device of the paper ballots made and enrolled, and all of it kept in one
//! step.

use super::work::{Look, Work, key, local_now};
use crate::batch::{Crypto, Link, RosterEntry, sign_link};
use crate::browser::crypto::Web;
use crate::browser::device::Device;
use crate::hall::{Ballot, BallotFault, Entrance, Issued, mark_of};
use crate::language::Language;
use crate::plan::{Digest, Listed, Mode, Plan, Questionnaire, Round};
use crate::ui::office::faults::Fault;
use crate::ui::office::parts::{Choice, said, today, value_of};
use crate::ui::office::roster::{Edit, change_now};
use crate::ui::office::standing::WithKeys;
use crate::ui::shell::{go, t, use_shell};
use crate::ui::words::{Words, hall as words, office};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Questionnaires that may be asked in a hall.
pub fn in_hall(plan: &Plan) -> impl Iterator<Item = &Questionnaire> {
    plan.questionnaires.iter().filter(|one| plan.modes_of(one, None).contains(&Mode::Hall))
}

/// Those of one round.
fn in_hall_of<'a>(plan: &'a Plan, round: &str) -> Vec<&'a Questionnaire> {
    in_hall(plan).filter(|one| one.is_for_round(round)).collect()
}

/// Rounds with a questionnaire that may be asked in a hall.
fn rounds_of(plan: &Plan) -> Vec<&Round> {
    plan.rounds.iter().filter(|round| !in_hall_of(plan, &round.id).is_empty()).collect()
}

/// What is typed into the form. Copy: every field is a handle.
#[derive(Clone, Copy)]
struct Fields {
    round: RwSignal<String>,
    questionnaire: RwSignal<String>,
    name: RwSignal<String>,
    place: RwSignal<String>,
    host: RwSignal<String>,
    base: RwSignal<String>,
    /// Ballots given out, by rater group; the empty id where there are no groups.
    issued: RwSignal<Vec<(String, String)>>,
    tablets: RwSignal<Vec<Digest>>,
    paper: RwSignal<bool>,
    codes: RwSignal<bool>,
    /// No receiver has older batches of these tablets or codes: the host says so.
    alone: RwSignal<bool>,
    fault: RwSignal<Option<Words>>,
    busy: RwSignal<bool>,
}

pub fn opening(work: Work) -> AnyView {
    let Some(plan) = work.plan() else { return ().into_any() };
    if in_hall(&plan).next().is_none() {
        return view! {
            <div class="empty stack">
                <h2>{t(words::NO_HALL)}</h2>
                <p>{t(words::NO_HALL_TEXT)}</p>
                <p><a class="button primary" href="#/edit">{t(office::NAV_EDIT)}</a></p>
            </div>
        }
        .into_any();
    }
    view! { <WithKeys>{form(work)}</WithKeys> }.into_any()
}

fn form(work: Work) -> AnyView {
    let shell = use_shell();
    let Some(plan) = work.plan() else { return ().into_any() };
    let day = today();
    let possible = rounds_of(&plan);
    let open = possible.iter().find(|round| {
        round.opens.as_deref().is_none_or(|opens| opens <= day.as_str())
            && round.closes.as_deref().is_none_or(|closes| closes >= day.as_str())
    });
    let round = open.or(possible.last()).map_or_else(String::new, |round| round.id.clone());
    let first = in_hall_of(&plan, &round).first().map_or_else(String::new, |one| one.id.clone());
    let fields = Fields {
        round: RwSignal::new(round),
        questionnaire: RwSignal::new(first),
        name: RwSignal::new(String::new()),
        place: RwSignal::new(String::new()),
        host: RwSignal::new(String::new()),
        base: RwSignal::new(here()),
        issued: RwSignal::new(Vec::new()),
        tablets: RwSignal::new(Vec::new()),
        paper: RwSignal::new(true),
        codes: RwSignal::new(false),
        alone: RwSignal::new(false),
        fault: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let plan = StoredValue::new_local(plan);
    // Each questionnaire has rater groups of its own.
    Effect::new(move |_| {
        let questionnaire = fields.questionnaire.get();
        let groups = plan.with_value(|plan| groups(plan, &questionnaire));
        fields.issued.set(groups.into_iter().map(|id| (id, String::new())).collect());
    });
    let rounds = Signal::derive_local(move || {
        let language = shell.language.get();
        plan.with_value(|plan| {
            rounds_of(plan)
                .into_iter()
                .map(|one| (one.id.clone(), said(&one.label, language, plan)))
                .collect::<Vec<_>>()
        })
    });
    let questionnaires = Signal::derive_local(move || {
        let (language, round) = (shell.language.get(), fields.round.get());
        plan.with_value(|plan| {
            let asked = in_hall_of(plan, &round).into_iter();
            asked.map(|one| (one.id.clone(), said(&one.title, language, plan))).collect::<Vec<_>>()
        })
    });
    // A questionnaire that is not asked in the round gives way to one that is.
    Effect::new(move |_| {
        let list = questionnaires.get();
        if !fields.questionnaire.with_untracked(|id| list.iter().any(|(known, _)| known == id)) {
            fields.questionnaire.set(list.first().map_or_else(String::new, |(id, _)| id.clone()));
        }
    });
    let several = plan.with_value(|plan| (rounds_of(plan).len() > 1, in_hall(plan).count() > 1));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if fields.busy.get_untracked() {
            return;
        }
        fields.fault.set(None);
        fields.busy.set(true);
        spawn_local(async move {
            let made = open_ballot(work, fields).await;
            let _ = fields.busy.try_set(false);
            match made {
                Ok(id) => go(&["/hall/", &id].concat()),
                Err(fault) => {
                    let _ = fields.fault.try_set(fault);
                }
            }
        });
    };
    let secure = move || fields.base.with(|base| is_secure(base));
    view! {
        <form class="card stack" on:submit=submit>
            <h2>{t(words::NEW)}</h2>
            <div class="grid-fields">
                {line(words::NAME, fields.name)}
                {line(words::PLACE, fields.place)}
                {line(words::HOST, fields.host)}
                {several.0.then(|| view! { <Choice label=office::ROUND options=rounds value=fields.round/> })}
                {several.1.then(|| view! { <Choice label=office::QUESTIONNAIRE options=questionnaires value=fields.questionnaire/> })}
            </div>
            <fieldset class="stack tight">
                <legend class="field-label">{t(words::ISSUED)}</legend>
                <p class="hint small">{t(words::ISSUED_HINT)}</p>
                <div class="grid-fields">
                    {move || fields.issued.with(|all| all.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>()).into_iter().map(|id| {
                        let language = shell.language.get();
                        let label = plan.with_value(|plan| group_name(plan, &id, language));
                        let (read, write) = (id.clone(), id);
                        view! {
                            <label class="field">
                                <span class="field-label">{label}</span>
                                <input class="input" type="number" min="0" max="1000000" inputmode="numeric"
                                    prop:value=move || fields.issued.with(|all| all.iter().find(|(id, _)| *id == read).map(|(_, count)| count.clone()))
                                    on:input=move |event| {
                                        let value = value_of(&event.into());
                                        fields.issued.update_untracked(|all| {
                                            if let Some((_, count)) = all.iter_mut().find(|(id, _)| *id == write) {
                                                *count = value;
                                            }
                                        });
                                    }/>
                            </label>
                        }
                    }).collect_view()}
                </div>
            </fieldset>
            <label class="field">
                <span class="field-label">{t(words::BASE)}</span>
                <input class="input mono" inputmode="url" autocomplete="off" prop:value=move || fields.base.get()
                    on:input=move |event| fields.base.set(value_of(&event.into()))/>
                <span class="hint small">{t(words::BASE_HINT)}</span>
            </label>
            {move || (!secure()).then(|| view! { <p class="banner warn" role="status">{t(words::BASE_INSECURE)}</p> })}
            {tablets(work, fields)}
            <label class="option">
                <input type="checkbox" class="option-input" prop:checked=move || fields.paper.get()
                    on:change=move |event| fields.paper.set(event_target_checked(&event))/>
                <span class="option-body">{t(words::WITH_PAPER)}</span>
            </label>
            <p class="hint small">{t(words::WITH_PAPER_HINT)}</p>
            <label class="option">
                <input type="checkbox" class="option-input" prop:checked=move || fields.codes.get()
                    on:change=move |event| fields.codes.set(event_target_checked(&event))/>
                <span class="option-body">{t(words::WITH_CODES)}</span>
            </label>
            <p class="hint small">{t(words::WITH_CODES_HINT)}</p>
            {move || (fields.codes.get() || fields.tablets.with(|all| !all.is_empty())).then(|| view! {
                <p class="hint small">{t(words::LOOK_FIRST_HINT)}</p>
                <label class="option">
                    <input type="checkbox" class="option-input" prop:checked=move || fields.alone.get()
                        on:change=move |event| fields.alone.set(event_target_checked(&event))/>
                    <span class="option-body">{t(words::NO_RECEIVER)}</span>
                </label>
            })}
            {move || fields.fault.get().map(|fault| view! { <p class="error" role="alert">{t(fault)}</p> })}
            <div class="row">
                <button type="submit" class="button primary" aria-disabled=move || fields.busy.get().then_some("true")>{t(words::OPEN)}</button>
            </div>
        </form>
    }
    .into_any()
}

/// Enrolled tablets, to be ticked.
fn tablets(work: Work, fields: Fields) -> AnyView {
    let devices = move || {
        work.desk.roster.with(|here| {
            let all = here.as_ref().map_or(&[][..], |here| &here.roster.devices);
            let usable = all.iter().filter(|entry| !entry.revoked && !entry.name.starts_with(words::PAPER_DEVICE));
            usable.map(|entry| (entry.device.clone(), entry.name.clone())).collect::<Vec<_>>()
        })
    };
    view! {
        <Show when=move || !devices().is_empty()>
            <fieldset class="stack tight">
                <legend class="field-label">{t(words::TABLETS)}</legend>
                <p class="hint small">{t(words::TABLETS_HINT)}</p>
                <div class="options columns">
                    {move || devices().into_iter().map(|(device, name)| {
                        let read = device.clone();
                        view! {
                            <label class="option">
                                <input type="checkbox" class="option-input"
                                    prop:checked=move || fields.tablets.with(|all| all.contains(&read))
                                    on:change=move |event| {
                                        let on = event_target_checked(&event);
                                        fields.tablets.update(|all| {
                                            all.retain(|known| *known != device);
                                            if on {
                                                all.push(device.clone());
                                            }
                                        });
                                    }/>
                                <span class="option-body">{name}</span>
                            </label>
                        }
                    }).collect_view()}
                </div>
            </fieldset>
        </Show>
    }
    .into_any()
}

/// A line of text.
pub fn line(label: Words, value: RwSignal<String>) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{t(label)}</span>
            <input class="input" maxlength="100" prop:value=move || value.get() on:input=move |event| value.set(value_of(&event.into()))/>
        </label>
    }
    .into_any()
}

/// Rater groups that a questionnaire is for; one without a name where the plan has none.
fn groups(plan: &Plan, questionnaire: &str) -> Vec<String> {
    let asked = plan.questionnaire(questionnaire).map_or(&[][..], |one| &one.rater_groups);
    let own = plan.rater_groups.iter().filter(|group| asked.is_empty() || asked.contains(&group.id));
    let own: Vec<String> = own.map(|group| group.id.clone()).collect();
    if own.is_empty() { vec![String::new()] } else { own }
}

/// What a rater group is called; the empty one is everybody.
pub fn group_name(plan: &Plan, id: &str, language: Language) -> String {
    match plan.rater_group(id) {
        Some(group) => said(&group.label, language, plan),
        None if id.is_empty() => words::EVERYBODY.of(language).to_owned(),
        None => id.to_owned(),
    }
}

/// The folder of this page.
fn here() -> String {
    let here = window().location().href().unwrap_or_default();
    let folder = here.split(['#', '?']).next().unwrap_or_default();
    folder.rsplit_once('/').map_or_else(String::new, |(folder, _)| [folder, "/"].concat())
}

/// Whether phones can answer under this address: browsers give encryption to https, and to the machine itself.
fn is_secure(base: &str) -> bool {
    base.trim().starts_with("https://")
}

fn random_id() -> Option<String> {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let mut random = [0; 16];
    Web.random(&mut random).ok()?;
    Some(Base64UrlUnpadded::encode_string(&random))
}

/// The id of the ballot, or why there is none; `None`: the desk says why.
async fn open_ballot(work: Work, fields: Fields) -> Result<String, Option<Words>> {
    let desk = work.desk;
    let (Some(keys), Some(chosen)) = (desk.keys.get_untracked(), desk.chosen.get_untracked()) else {
        return Err(Some(office::KEYS_NEEDED));
    };
    let base = fields.base.get_untracked().trim().to_owned();
    if !(base.starts_with("https://") || base.starts_with("http://")) || base.contains(['#', '?', ' ']) {
        return Err(Some(words::BAD_BASE));
    }
    let mut issued = Vec::new();
    for (group, count) in fields.issued.get_untracked() {
        let ballots = match count.trim() {
            "" => 0,
            digits => super::balance::ballots(digits).ok_or(Some(words::BAD_COUNT))?,
        };
        issued.push(Issued { rater_group: Some(group).filter(|id| !id.is_empty()), ballots });
    }
    let trimmed = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
    let mut ballot = Ballot {
        v: 1,
        id: random_id().ok_or(Some(office::CRYPTO_FAILED))?,
        plan: chosen.reference.clone(),
        round: fields.round.get_untracked(),
        questionnaire: fields.questionnaire.get_untracked(),
        name: trimmed(fields.name),
        place: trimmed(fields.place),
        host: trimmed(fields.host),
        opened: local_now(),
        issued,
        links: Vec::new(),
        codes: fields.codes.get_untracked(),
        tablets: fields.tablets.get_untracked(),
        paper: None,
        before: Vec::new(),
    };
    ballot.check().map_err(|fault| {
        Some(match fault {
            BallotFault::NoName => words::NO_NAME,
            BallotFault::NoHost => words::NO_HOST,
            BallotFault::NothingIssued => words::NOTHING_ISSUED,
        })
    })?;
    // What tablets and codes sent before is not this ballot's: it has to be here to be told from it.
    let older = ballot.codes || !ballot.tablets.is_empty();
    let (paper, alone) = (fields.paper.get_untracked(), fields.alone.get_untracked());
    if older && !alone && work.look_once().await != Look::Done {
        return Err(Some(words::LOOK_FIRST));
    }
    if paper {
        ballot.paper = Some(paper_device(work, &ballot).await?);
    }
    let mut changes = Vec::new();
    for group in ballot.groups() {
        let link = Link {
            v: 1,
            plan: chosen.reference.digest.clone(),
            file: Listed::of(&chosen.plan, &chosen.reference.digest).file,
            round: ballot.round.clone(),
            questionnaire: ballot.questionnaire.clone(),
            mode: Mode::Hall,
            rater_group: group.clone(),
            stratum: None,
            place: Default::default(),
            code: None,
        };
        let token = sign_link(&Web, &keys.secrets.sign, &link).await.map_err(|_| Some(office::CRYPTO_FAILED))?;
        let url = [base.trim_end_matches('/').trim_end_matches("/index.html"), "/#/a/", &token].concat();
        let name = format!("link/{:03}", changes.len());
        changes.push((key(&ballot.id, &name), Some([group.as_deref().unwrap_or(""), "\n", &url].concat())));
        ballot.links.push(Entrance { rater_group: group, mark: mark_of(&token).to_owned() });
    }
    ballot.before = before(work, &ballot);
    let id = ballot.id.clone();
    changes.push((key(&id, "ballot"), Some(ballot.encode())));
    if work.keep(changes).await { Ok(id) } else { Err(None) }
}

/// Batches that came in before, by the same devices and links for one answer.
fn before(work: Work, ballot: &Ballot) -> Vec<Digest> {
    work.desk.ledger.with_value(|ledger| {
        let all = ledger.iter().flat_map(|ledger| ledger.batches());
        let own = all.filter(|(_, kept)| ballot.way(kept.head(), None).is_some());
        own.map(|(digest, _)| digest.clone()).collect()
    })
}

/// The device of this ballot's paper, on the roster by its name: nothing that it signs comes in unseen.
async fn paper_device(work: Work, ballot: &Ballot) -> Result<Digest, Option<Words>> {
    let device = Device::open_paper(&ballot.id).await.map_err(|_| Some(words::NO_DEVICE))?;
    let desk = work.desk;
    let known = desk
        .roster
        .with_untracked(|here| here.as_ref().and_then(|here| here.roster.entry(&device.id).map(|entry| entry.revoked)));
    match known {
        Some(false) => {}
        Some(true) => change_now(desk, Edit::Revoked(device.id.clone(), false)).await,
        None => {
            let name = [words::PAPER_DEVICE, " · ", &ballot.name].concat();
            let entry = RosterEntry { device: device.id.clone(), key: device.public.clone(), name, revoked: false };
            change_now(desk, Edit::Enrolled(entry)).await;
        }
    }
    let enrolled = desk.roster.with_untracked(|here| {
        here.as_ref().is_some_and(|here| here.roster.entry(&device.id).is_some_and(|entry| !entry.revoked))
    });
    if !enrolled {
        desk.faults.tell(Fault::Crypto);
        return Err(None);
    }
    Ok(device.id)
}
