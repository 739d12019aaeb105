//! What was given out and what came back, while the ballot is open: counts, and nothing of what they say.

use super::opening::group_name;
use super::work::{Kept, Work, key};
use crate::ui::office::parts::value_of;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, hall as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

impl Work {
    /// The ballot as it is kept now, without following it.
    pub fn kept_now(self, id: &str) -> Option<Kept> {
        self.ballots.try_with_untracked(|all| all.iter().find(|one| one.ballot.id == id).cloned()).flatten()
    }
}

pub fn balance(work: Work, id: String) -> AnyView {
    let shell = use_shell();
    let id = StoredValue::new(id);
    let kept = move || work.kept(&id.get_value());
    let came = Memo::new(move |_| kept().map(|kept| work.received(&kept.ballot)).unwrap_or_default());
    let wrong = RwSignal::new(false);
    let issued = move || kept().map_or(0, |kept| kept.ballot.issued());
    let tile = move |label: Words, value: Signal<String>, bad: Signal<bool>| {
        view! {
            <div class=move || if bad.get() { "tile bad" } else { "tile" }><dt>{t(label)}</dt><dd>{move || value.get()}</dd></div>
        }
    };
    let never = Signal::derive(|| false);
    let number =
        move |of: fn(&crate::hall::Received) -> u64| Signal::derive(move || came.with(|came| of(came).to_string()));
    let over = Signal::derive(move || came.with(crate::hall::Received::all) > issued());
    let missing = Signal::derive(move || (issued() as i64 - came.with(crate::hall::Received::all) as i64).to_string());
    view! {
        <section class="card stack no-print">
            <h2>{t(words::BALANCE)}</h2>
            <dl class="tiles">
                {tile(words::ISSUED, Signal::derive(move || issued().to_string()), never)}
                {tile(words::CAME, number(crate::hall::Received::all), over)}
                {tile(words::MISSING, missing, over)}
                {tile(words::PHONES, number(|came| came.phones), never)}
                {tile(words::TABLETS_SHORT, number(|came| came.tablets), never)}
                {tile(words::PAPER_SHORT, number(|came| came.paper), never)}
                {tile(words::SPOILED, number(|came| came.spoiled), never)}
            </dl>
            {move || over.get().then(|| view! { <p class="banner bad" role="alert">{t(words::OVER)}</p> })}
            {move || came.with(|came| came.apart > 0).then(|| view! {
                <p class="banner warn">{words::APART.count(shell.language.get(), &[came.with(|came| came.apart as usize)])}
                    " "<a href="#/batches">{t(words::APART_GO)}</a></p>
            })}
            <details>
                <summary class="summary">{t(words::CORRECT)}</summary>
                <p class="hint small">{t(words::CORRECT_HINT)}</p>
                {move || wrong.get().then(|| view! { <p class="error" role="alert">{t(words::BAD_COUNT)}</p> })}
                {move || kept().map(|kept| fields(work, &kept, wrong, shell.language.get()))}
            </details>
        </section>
    }
    .into_any()
}

/// Ballots given out and paper in the box, by rater group; each is kept as soon as it is left.
fn fields(work: Work, kept: &Kept, wrong: RwSignal<bool>, language: Language) -> AnyView {
    let Some(plan) = work.plan() else { return ().into_any() };
    let id = kept.ballot.id.clone();
    let rows = kept.ballot.issued.iter().map(|issued| {
        let group = issued.rater_group.clone().unwrap_or_default();
        let name = group_name(&plan, &group, language);
        let collected = kept.collected.get(&group).map_or_else(String::new, u64::to_string);
        let (of_issued, of_box) = ((id.clone(), group.clone()), (id.clone(), group));
        let labels = [words::ISSUED_OF, words::COLLECTED_OF].map(|words| words.fill(language, &[&name]));
        let [issued_label, box_label] = labels;
        view! {
            <label class="field">
                <span class="field-label">{issued_label}</span>
                <input class="input" type="number" min="0" inputmode="numeric" prop:value=issued.ballots.to_string()
                    on:change=move |event| {
                        let (id, group) = of_issued.clone();
                        let count = ballots(&value_of(&event));
                        wrong.set(count.is_none());
                        if let Some(count) = count {
                            spawn_local(async move { correct_issued(work, &id, &group, count).await });
                        }
                    }/>
            </label>
            {kept.ballot.paper.is_some().then(|| view! {
                <label class="field">
                    <span class="field-label">{box_label}</span>
                    <input class="input" type="number" min="0" inputmode="numeric" prop:value=collected
                        on:change=move |event| {
                            let (id, group) = of_box.clone();
                            let typed = value_of(&event);
                            // Only an empty field removes the number; one that a browser cannot read is empty too, and bad.
                            let empty = typed.trim().is_empty() && !is_bad(&event);
                            let count = ballots(&typed);
                            wrong.set(count.is_none() && !empty);
                            if wrong.get_untracked() {
                                return;
                            }
                            spawn_local(async move {
                                let name = ["collected/", &group].concat();
                                work.keep(vec![(key(&id, &name), count.map(|count| count.to_string()))]).await;
                            });
                        }/>
                </label>
            })}
        }
    });
    view! { <div class="grid-fields">{rows.collect_view()}</div> }.into_any()
}

/// A number of ballots that a hall can have.
pub fn ballots(typed: &str) -> Option<u64> {
    typed.trim().parse().ok().filter(|count| *count <= 1_000_000)
}

/// Whether something is in the field that the browser cannot read as a number.
fn is_bad(event: &leptos::ev::Event) -> bool {
    !event_target::<web_sys::HtmlInputElement>(event).check_validity()
}

async fn correct_issued(work: Work, id: &str, group: &str, count: u64) {
    let Some(mut kept) = work.kept_now(id) else { return };
    for issued in &mut kept.ballot.issued {
        if issued.rater_group.as_deref().unwrap_or("") == group {
            issued.ballots = count;
        }
    }
    let text = kept.ballot.encode();
    work.keep(vec![(key(id, "ballot"), Some(text))]).await;
}
