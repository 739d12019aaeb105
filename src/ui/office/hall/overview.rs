//! How far the paper of each rater group is.

use super::opening::group_name;
use super::work::{Work, slip_key};
use crate::hall::{Place, Standing};
use crate::ui::shell::{Dialog, t, use_shell};
use crate::ui::words::{hall as words, shell as shell_words};
use leptos::prelude::*;

/// How far the paper of each group is, and the ballots that two people read differently.
pub fn overview(work: Work, id: StoredValue<String>, decide: Callback<(String, u32)>) -> AnyView {
    let shell = use_shell();
    let removing = RwSignal::new(None::<Place>);
    let asking = RwSignal::new(false);
    Effect::new(move |_| asking.set(removing.with(Option::is_some)));
    let title = Signal::derive(move || words::REMOVE_TITLE.of(shell.language.get()).to_owned());
    view! {
        <Dialog open=asking title>
            <p>{t(words::REMOVE_TEXT)}</p>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| removing.set(None)>{t(shell_words::CANCEL)}</button>
                <button type="button" class="button danger" on:click=move |_| {
                    if let Some(place) = removing.get_untracked() {
                        let passes = [1, 2, 3].map(|pass| (slip_key(&id.get_value(), &place, pass), None));
                        leptos::task::spawn_local(async move {
                            work.keep(passes.to_vec()).await;
                        });
                    }
                    removing.set(None);
                }>{t(words::REMOVE)}</button>
            </div>
        </Dialog>
        {move || {
            work.desk.stirred.track();
            let language = shell.language.get();
            let (Some(plan), Some(kept)) = (work.plan(), work.kept(&id.get_value())) else { return ().into_any() };
            let papers = work.papers(&id.get_value());
            let rows = kept.ballot.groups().into_iter().map(|group| {
                let group = group.unwrap_or_default();
                let numbers = papers.numbers(&group);
                let count = |wanted: fn(&Standing<'_>) -> bool| {
                    numbers.iter().filter(|number| wanted(&papers.standing(&(group.clone(), **number)))).count()
                };
                let settled = count(|standing| matches!(standing, Standing::Settled(_)));
                let differ = count(|standing| matches!(standing, Standing::Differs(_)));
                let (valid, spoiled) = papers.balance(&group);
                let sealed = kept.sealed.keys().filter(|(of, _)| *of == group).count();
                let in_box = kept.collected.get(&group).map_or_else(|| "—".to_owned(), u64::to_string);
                let fits = kept.collected.get(&group).is_none_or(|count| *count == settled as u64);
                let gaps = gaps(&numbers);
                view! {
                    <tr>
                        <th scope="row" class="name">{group_name(&plan, &group, language)}</th>
                        <td class="number">{in_box}</td>
                        <td class="number">{numbers.len()}</td>
                        <td class="number">{settled}</td>
                        <td class="number">{valid}</td>
                        <td class="number">{spoiled}</td>
                        <td class="number">{differ}</td>
                        <td class="number">{sealed}</td>
                        <td>{if fits { view! { <span class="tag good">{words::FITS.of(language)}</span> } } else { view! { <span class="tag bad">{words::FITS_NOT.of(language)}</span> } }}
                            {(!gaps.is_empty()).then(|| [words::GAPS.of(language), &gaps].concat())}</td>
                    </tr>
                }
            });
            let rows = rows.collect_view();
            let heads = [words::COLLECTED, words::READ_COUNT, words::SETTLED, words::VALID, words::SPOILED, words::DIFFER, words::SEALED];
            let open = kept.ballot.groups().into_iter().flat_map(|group| {
                let group = group.unwrap_or_default();
                papers.numbers(&group).into_iter().map(move |number| (group.clone(), number))
            });
            let row = |place: Place, words: crate::ui::words::Words, differs: bool| {
                let text = words.fill(language, &[&group_name(&plan, &place.0, language), &place.1.to_string()]);
                let (of_third, of_removal) = (place.clone(), place);
                view! {
                    <li class="list-row">
                        <span class="grow">{text.clone()}</span>
                        {differs.then(|| view! {
                            <button type="button" class="button primary" on:click=move |_| decide.run(of_third.clone())>{words::THIRD.of(language)}</button>
                        })}
                        <button type="button" class="button" on:click=move |_| removing.set(Some(of_removal.clone()))>
                            {words::REMOVE.of(language)}"…"<span class="visually-hidden">{text}</span>
                        </button>
                    </li>
                }
            };
            let (mut unsettled, mut settled) = (Vec::new(), Vec::new());
            for place in open.filter(|place| !kept.sealed.contains_key(place)) {
                match papers.standing(&place) {
                    Standing::Settled(_) => settled.push(row(place, words::SETTLED_ONE, false)),
                    Standing::Differs(_) => unsettled.push(row(place, words::DECIDE_ONE, true)),
                    Standing::Once | Standing::Open => unsettled.push(row(place, words::READ_ONCE, false)),
                }
            }
            // Under a wrong number, say.
            let settled = (!settled.is_empty()).then(|| view! {
                <details>
                    <summary class="summary">{words::SETTLED_LIST.count(language, &[settled.len()])}</summary>
                    <ul class="list">{settled}</ul>
                </details>
            });
            view! {
                <section class="stack">
                    <h2>{words::STANDING.of(language)}</h2>
                    <div class="table-frame" tabindex="0" role="region" aria-label=words::STANDING.of(language)>
                        <table class="table">
                            <thead><tr><th scope="col">{words::RATERS.of(language)}</th>
                                {heads.map(|head| view! { <th scope="col" class="number">{head.of(language)}</th> }).collect_view()}
                                <th scope="col">{words::BOX_FITS.of(language)}</th></tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                    <ul class="list">{unsettled}</ul>
                    {settled}
                </section>
            }
            .into_any()
        }}
    }
    .into_any()
}

/// Numbers below the highest that nobody has read, at most ten of them.
fn gaps(numbers: &[u32]) -> String {
    let last = numbers.last().copied().unwrap_or(0);
    let missing: Vec<String> = (1..last)
        .filter(|number| numbers.binary_search(number).is_err())
        .take(10)
        .map(|number| number.to_string())
        .collect();
    missing.join(", ")
}
