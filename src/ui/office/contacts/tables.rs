//! What the logs say: how cases stand, the rates, and who has handed over.

use super::kept::{read, take};
use crate::browser::files;
use crate::contact::{Counts, Dispositions, E, Logs, Split};
use crate::report::{Table, dispositions_table, doubtful_text, handed_table, named_rates_table, rates_table};
use crate::ui::office::desk::Desk;
use crate::ui::office::intake::LONGEST;
use crate::ui::office::parts::{Choice, value_of};
use crate::ui::office::reasons::file_words;
use crate::ui::office::shown::table;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, contacts as words, quota as quota_words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

const ACCEPT: &str = ".minping-contacts";

const SPLITS: [(&str, Words, Split); 5] = [
    ("round", words::BY_ROUND, Split::Round),
    ("stratum", words::BY_STRATUM, Split::Stratum),
    ("mode", words::BY_MODE, Split::Mode),
    ("device", words::BY_DEVICE, Split::Device),
    ("day", words::BY_DAY, Split::Day),
];

type Read = RwSignal<Option<Rc<(Logs, usize)>>, LocalStorage>;

pub fn tables(desk: Desk) -> AnyView {
    let shell = use_shell();
    let logs: Read = RwSignal::new_local(None);
    let look = move || {
        spawn_local(async move {
            let found = read(desk).await.map(Rc::new);
            let _ = logs.try_set(found);
        });
    };
    Effect::new(move |_| {
        desk.keys.track();
        desk.roster.track();
        desk.stirred.track();
        look();
    });
    let failed = RwSignal::new(Vec::<(String, String)>::new());
    let opened = RwSignal::new(None::<usize>);
    let open = move |what: files::Pick| {
        spawn_local(async move {
            let language = shell.language.get_untracked();
            let (mut bad, mut well) = (Vec::new(), 0);
            for file in files::choose(what, ACCEPT).await {
                // A folder holds other files as well.
                if what == files::Pick::Folder && !file.name.ends_with(ACCEPT) {
                    continue;
                }
                let result = match file.read(LONGEST).await {
                    Ok(text) => take(desk, &text).await.map_err(|why| why.of(language).to_owned()),
                    Err(why) => Err(file_words(why).of(language).to_owned()),
                };
                match result {
                    Ok(()) => well += 1,
                    Err(why) => bad.push((file.name.clone(), why)),
                }
            }
            failed.try_set(bad);
            opened.try_set(Some(well));
            look();
        });
    };
    let split = RwSignal::new("round".to_owned());
    let share = RwSignal::new(String::new());
    let e = move || match share.with(|text| text.trim().replace(',', ".")).as_str() {
        "" => Some(E::Estimated),
        text => text.parse().ok().filter(|e| (0.0..=1.0).contains(e)).map(E::Given),
    };
    let options = Signal::derive_local(move || {
        let language = shell.language.get();
        SPLITS.iter().map(|(id, words, _)| ((*id).to_owned(), words.of(language).to_owned())).collect::<Vec<_>>()
    });
    let chosen = move || {
        SPLITS.into_iter().find(|(id, ..)| split.with(|split| split == id)).map_or(Split::Round, |(.., split)| split)
    };
    let body = move || {
        let language = shell.language.get();
        let Some(found) = logs.get() else { return ().into_any() };
        let (logs, sealed) = (&found.0, found.1);
        let bad = (sealed > 0).then(|| {
            view! { <p class="banner warn">{words::NOT_OPENED.fill(language, &[&sealed.to_string(), words::LOG_SEALED.of(language)])}</p> }
        });
        let doubtful = logs.doubtful();
        let warned = doubtful.iter().map(|one| view! { <p class="banner warn">{doubtful_text(one, language)}</p> });
        let warned = warned.collect_view();
        let shown = match (logs.rounds().is_empty(), e()) {
            (true, _) => view! { <p class="empty">{words::NO_LOGS.of(language)}</p> }.into_any(),
            (_, None) => view! { <p class="banner bad" role="alert">{words::E_BAD.of(language)}</p> }.into_any(),
            (_, Some(e)) => shown(desk, logs, chosen(), e, language),
        };
        view! { {bad}{warned}{shown} }.into_any()
    };
    view! {
        <section class="stack" aria-labelledby="contact-logs">
            <h2 id="contact-logs">{t(words::LOGS)}</h2>
            <div class="row no-print">
                <button type="button" class="button primary" on:click=move |_| open(files::Pick::Several)>{t(words::OPEN_LOGS)}"…"</button>
                <button type="button" class="button" on:click=move |_| open(files::Pick::Folder)>{t(words::OPEN_FOLDER)}"…"</button>
            </div>
            <div role="status">
                {move || opened.get().map(|count| view! { <p class="hint">{words::OPENED.count(shell.language.get(), &[count])}</p> })}
                {move || failed.get().into_iter().map(|(name, why)| view! {
                    <p class="banner bad">{words::NOT_OPENED.fill(shell.language.get(), &[&name, &why])}</p>
                }).collect_view()}
            </div>
            <div class="row no-print">
                <Choice label=words::BY options=options value=split/>
                <label class="field">
                    <span class="field-label">{t(words::E)}</span>
                    <input class="input number-input" inputmode="decimal" maxlength="6" autocomplete="off"
                        on:input=move |event| share.set(value_of(&event.into()))/>
                    <span class="hint small">{t(words::E_HINT)}</span>
                </label>
            </div>
            {body}
        </section>
    }
    .into_any()
}

fn shown(desk: Desk, logs: &Logs, split: Split, e: E, language: Language) -> AnyView {
    let Some(plan) = desk.chosen.get_untracked() else { return ().into_any() };
    let plan = &plan.plan;
    let rates = rates_table(plan, logs, split, e, language);
    let stands = dispositions_table(plan, logs, split, language);
    let whole = logs.dispositions(Split::Round);
    // Over several rounds there is no one rate.
    let named = match &whole[..] {
        [only] => Some(named_rates_table(only, e, language)),
        _ => None,
    };
    let missing: Vec<String> = logs.missing().into_iter().map(|one| one.device).collect();
    let missing = (!missing.is_empty()).then(|| {
        let names = missing.join(quota_words::BETWEEN.of(language));
        view! { <p class="banner warn">{words::MISSING.fill(language, &[&names])}</p> }
    });
    let save = move |made: &Table, name: &str| {
        let (text, name) = (made.to_csv(), [&*plan.id, "-", name, ".csv"].concat());
        view! {
            <div class="row no-print">
                <button type="button" class="button" on:click=move |_| desk.save(&name, &text, "text/csv")>
                    {words::SAVE_CSV.of(language)}
                </button>
            </div>
        }
    };
    view! {
        <p class="hint">{words::RATES_HINT.of(language)}</p>
        {totals(&whole, e, language)}
        <h3>{words::RATES_TITLE.of(language)}</h3>
        {table(&rates, words::RATES_TITLE.of(language), language)}
        {save(&rates, "contact-rates")}
        {named.map(|named| view! {
            <details class="stack">
                <summary class="reveal">{words::FORMULAS.of(language)}</summary>
                {table(&named, words::FORMULAS.of(language), language)}
            </details>
        })}
        <h3>{words::DISPOSITIONS.of(language)}</h3>
        {table(&stands, words::DISPOSITIONS.of(language), language)}
        {save(&stands, "dispositions")}
        <h3>{words::HANDED.of(language)}</h3>
        {missing}
        {table(&handed_table(logs), words::HANDED.of(language), language)}
    }
    .into_any()
}

/// The four rates that people ask for, over everything.
fn totals(whole: &[Dispositions], e: E, language: Language) -> impl IntoView + use<> {
    let mut counts = Counts::default();
    whole.iter().for_each(|of| counts += of.counts);
    let all = crate::contact::rates(&counts, e);
    let tile = |label: Words, name: &str| {
        let value = all.iter().find(|rate| rate.name == name).and_then(|rate| rate.value);
        let value = value.map_or_else(|| "–".to_owned(), |value| format!("{:.1} %", value * 100.0));
        let label = [label.of(language), " ", name].concat();
        view! { <div class="tile"><dt>{label}</dt><dd>{value}</dd></div> }
    };
    view! {
        <dl class="tiles">
            {tile(words::CONTACT_RATE, "CON1")}
            {tile(words::COOPERATION_RATE, "COOP1")}
            {tile(words::RESPONSE_RATE, "RR1")}
            {tile(words::RESPONSE_RATE, "RR3")}
        </dl>
    }
}
