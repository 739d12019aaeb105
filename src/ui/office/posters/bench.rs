use super::make::{Made, Wanted, make};
use crate::language::Language;
use crate::plan::{Mode, Plan};
use crate::posters::{Layout, Place, Run, askable, first_told, misfits, parse_places};
use crate::ui::office::desk::Desk;
use crate::ui::office::parts::{Choice, said, value_of};
use crate::ui::office::shown::exact_table;
use crate::ui::shell::{t, tongue_name, use_shell};
use crate::ui::words::{Words, office, posters as words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// More are for the program.
const MOST: usize = 1000;

/// What went wrong, and what there is to correct.
#[derive(Clone)]
enum Fault {
    Said(Words),
    TooMany(usize),
    List(Vec<crate::posters::Fault>),
    /// What nobody could answer, in both languages.
    Misfits([Vec<String>; 2]),
}

pub fn bench(desk: Desk) -> AnyView {
    let shell = use_shell();
    let Some(chosen) = desk.chosen.get_untracked() else { return ().into_any() };
    let plan = chosen.plan.clone();
    let [round, questionnaire, group, stratum, places, layout, single, base, tongues] = {
        let last = plan.rounds.last().map_or(String::new(), |round| round.id.clone());
        let first = plan.questionnaires.first().map_or(String::new(), |asked| asked.id.clone());
        [
            last,
            first,
            String::new(),
            String::new(),
            String::new(),
            "a4".to_owned(),
            String::new(),
            here(),
            String::new(),
        ]
        .map(RwSignal::new)
    };
    let short = RwSignal::new(false);
    let fault = RwSignal::new(None::<Fault>);
    let made = RwSignal::new_local(None::<Rc<Made>>);
    let busy = RwSignal::new(false);
    let listed = {
        let plan = plan.clone();
        move |list: fn(&Plan, Language) -> Vec<(String, String)>, open: bool| {
            let plan = plan.clone();
            Signal::derive_local(move || {
                let language = shell.language.get();
                let any = open.then(|| (String::new(), office::ANY.of(language).to_owned()));
                any.into_iter().chain(list(&plan, language)).collect::<Vec<_>>()
            })
        }
    };
    let rounds = listed(|plan, l| plan.rounds.iter().map(|x| (x.id.clone(), said(&x.label, l, plan))).collect(), false);
    let asked = {
        let plan = plan.clone();
        Signal::derive_local(move || {
            let (language, run) = (shell.language.get(), web_run(round.get(), String::new()));
            askable(&plan, &run).map(|x| (x.id.clone(), said(&x.title, language, &plan))).collect::<Vec<_>>()
        })
    };
    let groups = {
        let plan = plan.clone();
        Signal::derive_local(move || {
            let language = shell.language.get();
            let asked = questionnaire.with(|id| plan.questionnaire(id).cloned());
            let fits = |id: &str| asked.as_ref().is_none_or(|asked| asked.is_for_group(id));
            let all = plan.rater_groups.iter().filter(|group| fits(&group.id));
            let any = (String::new(), office::ANY.of(language).to_owned());
            std::iter::once(any).chain(all.map(|x| (x.id.clone(), said(&x.label, language, &plan)))).collect::<Vec<_>>()
        })
    };
    let strata = listed(
        |plan, l| {
            let open = plan.strata.iter().filter(|stratum| stratum.takes(Mode::Web));
            open.map(|x| (x.id.clone(), said(&x.label, l, plan))).collect()
        },
        true,
    );
    // A choice that is no longer on the list gives way to the first that is.
    for (choice, list) in [(questionnaire, asked), (group, groups)] {
        Effect::new(move |_| {
            let list = list.get();
            if !choice.with_untracked(|id| list.iter().any(|(known, _)| known == id)) {
                choice.set(list.first().map_or_else(String::new, |(id, _)| id.clone()));
            }
        });
    }
    let changed = StoredValue::new(0_u32);
    let layouts =
        listed(|_, l| Layout::ALL.iter().map(|x| (x.code().to_owned(), x.words().of(l).to_owned())).collect(), false);
    // The first two together, and each alone.
    let speech = listed(
        |plan, l| {
            let mut all = Vec::new();
            if let [first, second, ..] = &plan.languages[..] {
                all.push((String::new(), words::BOTH.fill(l, &[&tongue_name(first), &tongue_name(second)])));
            }
            all.extend(plan.languages.iter().map(|tag| (tag.clone(), tongue_name(tag).to_string())));
            all
        },
        false,
    );
    // What is on the screen is always of what is chosen.
    Effect::new(move |_| {
        [round, questionnaire, group, stratum, places, layout, single, base, tongues]
            .iter()
            .for_each(|one| one.track());
        short.track();
        changed.update_value(|times| *times += 1);
        made.set(None);
        fault.set(None);
    });
    let has_groups = !plan.rater_groups.is_empty();
    let has_strata = !plan.strata.is_empty();
    let form_plan = plan.clone();
    let reference = chosen.reference.clone();
    let start = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(keys) = desk.keys.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        let plan = form_plan.clone();
        let optional = |value: RwSignal<String>| Some(value.get_untracked()).filter(|id| !id.is_empty());
        let places = match places.with_untracked(|text| parse_places(&plan, text)) {
            Err(faults) => return fault.set(Some(Fault::List(faults))),
            Ok(places) if places.is_empty() => vec![Place::default()],
            Ok(places) => places,
        };
        let single = match single.get_untracked().trim() {
            "" => None,
            number => match number.parse::<usize>() {
                Ok(number) if (1..=MOST).contains(&number) => Some(number),
                _ => return fault.set(Some(Fault::Said(words::BAD_SINGLE))),
            },
        };
        let all = places.len() * single.unwrap_or(1);
        if all > MOST {
            return fault.set(Some(Fault::TooMany(all)));
        }
        let group = optional(group);
        let Some(page) = page_of(&base.get_untracked()) else { return fault.set(Some(Fault::Said(words::BAD_BASE))) };
        let chosen_layout = layout.get_untracked();
        let tags = match optional(tongues) {
            Some(tag) => vec![tag],
            None => plan.languages.iter().take(2).cloned().collect(),
        };
        let run =
            Run { group, stratum: optional(stratum), ..web_run(round.get_untracked(), questionnaire.get_untracked()) };
        let unfit = misfits(&plan, &run, &places);
        if !unfit.is_empty() {
            let told = |language| unfit.iter().map(|one| one.told(&plan, &run, language)).collect();
            return fault.set(Some(Fault::Misfits([Language::Zh, Language::En].map(told))));
        }
        let begun = changed.get_value();
        let layout = Layout::ALL.into_iter().find(|layout| layout.code() == chosen_layout).unwrap_or_default();
        let wanted = Wanted { run, places, single, layout, tags, page, short: short.get_untracked() };
        busy.set(true);
        fault.set(None);
        let reference = reference.clone();
        spawn_local(async move {
            let ended = make(desk, plan, reference, keys, wanted).await;
            let _ = busy.try_set(false);
            if changed.try_get_value() != Some(begun) {
                let _ = fault.try_set(Some(Fault::Said(words::CHANGED)));
                return;
            }
            match ended {
                Ok(done) => drop(made.try_set(Some(Rc::new(done)))),
                Err(why) => drop(fault.try_set(Some(Fault::Said(why)))),
            }
        });
    };
    let text_field = move |label: Words, hint: Words, value: RwSignal<String>, kind: &'static str| {
        view! {
            <label class="field">
                <span class="field-label">{t(label)}</span>
                <input class="input" type=kind prop:value=move || value.get() on:input=move |event| value.set(value_of(&event.into()))/>
                <span class="hint small">{t(hint)}</span>
            </label>
        }
    };
    let faults = move || {
        let language = shell.language.get();
        fault.get().map(|fault| match fault {
            Fault::Said(words) => view! { <p class="error" role="alert">{words.of(language)}</p> }.into_any(),
            Fault::TooMany(all) => {
                view! { <p class="error" role="alert">{words::TOO_MANY.count(language, &[all])}</p> }.into_any()
            }
            Fault::Misfits(told) => several(told[usize::from(language == Language::En)].clone(), language),
            Fault::List(faults) => several(faults.iter().map(|one| one.told(language)).collect(), language),
        })
    };
    let id = plan.id.clone();
    let nothing = move || asked.with(Vec::is_empty);
    view! {
        <form class="stack" on:submit=start>
            <div class="grid-fields">
                <Choice label=office::ROUND options=rounds value=round/>
                <Choice label=office::QUESTIONNAIRE options=asked value=questionnaire/>
                {has_groups.then(|| view! { <Choice label=office::RATER_GROUP options=groups value=group/> })}
                {has_strata.then(|| view! { <Choice label=office::STRATUM options=strata value=stratum/> })}
                <Choice label=words::LAYOUT options=layouts value=layout/>
                <Choice label=words::TONGUES options=speech value=tongues/>
            </div>
            <label class="field">
                <span class="field-label">{t(words::PLACES)}</span>
                <textarea class="input" rows="5" prop:value=move || places.get() on:input=move |event| places.set(value_of(&event.into()))></textarea>
                <span class="hint small">{t(words::PLACES_HINT)}</span>
            </label>
            {text_field(words::SINGLE, words::SINGLE_HINT, single, "text")}
            {text_field(words::BASE, words::BASE_HINT, base, "text")}
            <label class="option">
                <input type="checkbox" class="option-input" prop:checked=move || short.get() on:change=move |_| short.update(|short| *short = !*short)/>
                <span class="option-body">{t(words::SHORT)}</span>
            </label>
            <p class="hint small">{t(words::SHORT_HINT)}</p>
            {faults}
            <Show when=nothing><p class="banner warn" role="status">{t(words::NOTHING_ASKED)}</p></Show>
            <div class="row"><button type="submit" class="button primary" disabled=move || busy.get() || nothing() || desk.keys.with(Option::is_none)>{t(words::MAKE)}</button></div>
        </form>
        {move || made.get().map(|made| shown(desk, id.clone(), made, shell.language.get()))}
    }
    .into_any()
}

fn shown(desk: Desk, plan: String, made: Rc<Made>, language: Language) -> AnyView {
    let class = if made.all == made.right { "banner good" } else { "banner bad" };
    let (saved, name) = (made.clone(), plan.clone());
    let save = move |_| desk.save(&[&name, "-posters.html"].concat(), &saved.html, "text/html");
    let zipped = made.clone();
    let zip = made.zip.is_some().then(|| {
        view! {
            <button type="button" class="button" on:click=move |_| desk.save_bytes("k.zip", zipped.zip.as_deref(), "application/zip")>
                {words::SAVE_SHORT.of(language)}
            </button>
        }
    });
    let table = exact_table(&made.proof[usize::from(language == Language::En)], words::PROOF.of(language), language);
    let short = made.zip.is_some().then(|| view! { <p class="hint small">{words::PROOF_SHORT.of(language)}</p> });
    view! {
        <p class=class role="status">{words::CHECKED.count(language, &[made.all, made.right])}</p>
        <div class="row">
            <button type="button" class="button primary" on:click=save>{words::SAVE.of(language)}</button>
            {zip}
        </div>
        <p class="hint small">{words::PRINT_HINT.of(language)}</p>
        <h4>{words::PROOF.of(language)}</h4>
        {short}
        {table}
    }
    .into_any()
}

fn several(all: Vec<String>, language: Language) -> AnyView {
    let items = first_told(all, language).into_iter().map(|one| view! { <li>{one}</li> }).collect_view();
    view! { <div class="error" role="alert"><ul class="problems">{items}</ul></div> }.into_any()
}

/// What residents answer on their own phones.
fn web_run(round: String, questionnaire: String) -> Run {
    Run { round, questionnaire, mode: Mode::Web, group: None, stratum: None }
}

/// This site's page for residents.
fn here() -> String {
    let here = window().location().href().unwrap_or_default();
    let folder = here.split(['#', '?']).next().unwrap_or_default();
    let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
    [folder, "/index.html"].concat()
}

/// The page that links open; None: this is no address.
fn page_of(base: &str) -> Option<String> {
    let base = base.trim();
    let rest = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"))?;
    if rest.is_empty() || rest.starts_with('/') || base.contains(['#', '?', ' ', '"', '<']) {
        return None;
    }
    Some(match base {
        _ if base.ends_with(".html") => base.to_owned(),
        _ if base.ends_with('/') => [base, "index.html"].concat(),
        _ => [base, "/index.html"].concat(),
    })
}
