use super::find::{File, Found, Wanted, find};
use crate::ui::office::desk::Desk;
use crate::ui::office::parts::said;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::office as words;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Files on one page: each may have 2 MB.
const PAGE: usize = 12;

/// Item by item, each to be opened.
pub fn viewer(desk: Desk, round: &str) -> AnyView {
    let shell = use_shell();
    let Some(chosen) = desk.chosen.get_untracked() else { return ().into_any() };
    let items = desk.ledger.with_value(|ledger| {
        let Some(ledger) = ledger else { return Vec::new() };
        let attached = ledger.attached(&ledger.account(), round);
        attached.iter().map(|item| (item.item.label.clone(), Wanted::of(item))).collect::<Vec<_>>()
    });
    if items.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="stack no-print">
            <h2>{t(words::ATTACHMENTS)}</h2>
            <p class="hint">{t(words::ATTACHMENTS_HINT)}</p>
            {items.into_iter().map(|(label, files)| {
                let plan = chosen.plan.clone();
                let label = Signal::derive_local(move || said(&label, shell.language.get(), &plan));
                of_item(desk, label, files)
            }).collect_view()}
        </section>
    }
    .into_any()
}

/// The files of one item, a page at a time: none is read before somebody looks.
fn of_item(desk: Desk, label: Signal<String, LocalStorage>, files: Vec<Wanted>) -> AnyView {
    let shell = use_shell();
    let total = files.len();
    let files = StoredValue::new_local(files);
    // Which page is shown; None: not opened yet.
    let page = RwSignal::new(None::<usize>);
    let found = RwSignal::new_local(None::<Vec<Found>>);
    let show = move |at: usize| {
        if page.get_untracked() == Some(at) {
            return;
        }
        page.set(Some(at));
        found.set(None);
        let wanted = files.with_value(|files| files.iter().skip(at * PAGE).take(PAGE).cloned().collect());
        spawn_local(async move {
            let all = find(desk, wanted).await;
            // The clerk may have turned the page, or left.
            if page.try_get_untracked().flatten() == Some(at) {
                let _ = found.try_set(Some(all));
            }
        });
    };
    let last = total.saturating_sub(1) / PAGE;
    let at = move || page.get().unwrap_or(0);
    let range = move || {
        let first = at() * PAGE;
        words::ATTACHMENTS_RANGE.count(shell.language.get(), &[first + 1, (first + PAGE).min(total), total])
    };
    let pages = (last > 0).then(|| {
        view! {
            <div class="row">
                <button type="button" class="button" disabled=move || at() == 0 on:click=move |_| show(at().saturating_sub(1))>
                    {t(words::PAGE_BEFORE)}
                </button>
                <span role="status">{range}</span>
                <button type="button" class="button" disabled=move || { at() >= last } on:click=move |_| show(at() + 1)>
                    {t(words::PAGE_NEXT)}
                </button>
            </div>
        }
    });
    view! {
        <details class="card of-item" on:toggle=move |_| show(at())>
            <summary class="summary">{move || label.get()}" ("{total}")"</summary>
            <div class="stack">
                {move || match found.get() {
                    None => view! { <p class="hint" role="status">{t(words::ATTACHMENTS_LOADING)}</p> }.into_any(),
                    Some(found) => view! {
                        <ul class="received">{found.into_iter().map(|found| one(&label, found)).collect_view()}</ul>
                    }.into_any(),
                }}
                {pages}
            </div>
        </details>
    }
    .into_any()
}

fn one(label: &Signal<String, LocalStorage>, Found { wanted, file }: Found) -> AnyView {
    let shell = use_shell();
    let label = *label;
    let short = wanted.record.chars().take(8).collect::<String>();
    let of_record = move || words::ATTACHMENT_OF.fill(shell.language.get(), &[&short]);
    let about = {
        let of_record = of_record.clone();
        move || [label.get(), of_record()].join(" · ")
    };
    match file {
        Err(why) => view! {
            <li class="stack">
                <p class="error">{t(why)}</p>
                <p class="hint small">{of_record}</p>
            </li>
        }
        .into_any(),
        Ok(File { url, bytes, is_sound }) => {
            let size = words::ATTACHMENT_SIZE.count(shell.language.get_untracked(), &[bytes.div_ceil(1000) as usize]);
            let save = {
                let about = about.clone();
                move || [words::SAVE_FILE.of(shell.language.get()), about().as_str()].join(": ")
            };
            let shown = match is_sound {
                true => view! { <audio controls=true preload="metadata" src=url.clone() aria-label=about></audio> }
                    .into_any(),
                false => view! { <img class="photo-view" src=url.clone() alt=about/> }.into_any(),
            };
            view! {
                <li class="stack">
                    {shown}
                    <p class="hint small">{of_record}" · "{size}</p>
                    <p><a class="button" href=url download=wanted.name aria-label=save>{t(words::SAVE_FILE)}</a></p>
                </li>
            }
            .into_any()
        }
    }
}
