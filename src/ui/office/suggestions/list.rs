//! The texts one by one.

use super::masks::masks;
use super::work::Work;
use crate::rectification::Source;
use crate::report::{indicator_name, unit_name};
use crate::suggestions::{Notes, Piece, Release, Said, masked, mentioned, pieces};
use crate::ui::office::parts::said;
use crate::ui::office::rectify::{Draft, LedgerWork, opening_form};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, suggestions as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Texts on a page.
const MOST: usize = 30;

pub fn list(work: Work) -> AnyView {
    let shell = use_shell();
    let draft = RwSignal::new(None::<Draft>);
    let open = RwSignal::new(None::<usize>);
    let ledger = StoredValue::new(None::<LedgerWork>);
    let wanted = work.wanted;
    let here = Memo::new(move |_| {
        wanted.with(|wanted| wanted.iter().copied().skip(work.page.get() * MOST).take(MOST).collect::<Vec<usize>>())
    });
    let pages = move || wanted.with(|wanted| wanted.len().div_ceil(MOST).max(1));
    let all_here = move || here.with(|here| work.selected.with(|chosen| here.iter().all(|at| chosen.contains(at))));
    let select_all = move |_| {
        let every = all_here();
        here.with_untracked(|here| {
            work.selected.update(|chosen| {
                for at in here {
                    if every {
                        chosen.remove(at);
                    } else {
                        chosen.insert(*at);
                    }
                }
            });
        });
    };
    view! {
        {move || draft.get().map(|begins| {
            let kept = ledger.get_value();
            let of = kept.unwrap_or_else(|| {
                let made = LedgerWork::open(work.desk);
                ledger.set_value(Some(made));
                made
            });
            opening_form(of, begins, draft)
        })}
        {move || {
            let language = shell.language.get();
            let places = here.get();
            if places.is_empty() {
                return view! { <p class="empty">{words::NO_FIT.of(language)}</p> }.into_any();
            }
            view! {
                <label class="check no-print">
                    <input type="checkbox" prop:checked=all_here on:change=select_all/>
                    <span>{words::SELECT_PAGE.of(language)}</span>
                </label>
                <ul class="list said-list">
                    {places.into_iter().map(|at| one(work, at, open, draft, language)).collect_view()}
                </ul>
            }
            .into_any()
        }}
        <Show when=move || { pages() > 1 }>
            <nav class="row no-print" aria-label=t(words::VIEW_LIST)>
                <button type="button" class="button" disabled=move || work.page.get() == 0
                    on:click=move |_| work.page.update(|page| *page = page.saturating_sub(1))>{t(words::BEFORE)}</button>
                <span>{move || words::PAGE.count(shell.language.get(), &[work.page.get() + 1, pages()])}</span>
                <button type="button" class="button" disabled=move || { work.page.get() + 1 >= pages() }
                    on:click=move |_| work.page.update(|page| *page += 1)>{t(words::AFTER)}</button>
            </nav>
        </Show>
    }
    .into_any()
}

/// A text as the office reads it: what is masked stays readable, marked with what it is.
pub fn marked(pieces: Vec<Piece>, language: Language) -> AnyView {
    let part = |piece: Piece| match piece.mask {
        None => view! { <span>{piece.text}</span> }.into_any(),
        Some(kind) => {
            view! { <mark class="hidden-words" data-kind=kind.words().of(language)>{piece.text}</mark> }.into_any()
        }
    };
    pieces.into_iter().map(part).collect_view().into_any()
}

fn one(
    work: Work,
    at: usize,
    open: RwSignal<Option<usize>>,
    draft: RwSignal<Option<Draft>>,
    language: Language,
) -> AnyView {
    let shell = use_shell();
    let Some(text) = work.read.with_untracked(|read| read.said.get(at).cloned()) else { return ().into_any() };
    let text = StoredValue::new(text);
    let begins: String = text.with_value(|said| said.text.chars().take(20).collect());
    let select = words::SELECT.fill(language, &[&begins]);
    let toggle = move |_| {
        work.selected.update(|chosen| {
            if !chosen.remove(&at) {
                chosen.insert(at);
            }
        });
    };
    let shown = move || {
        work.standings
            .with(|standings| text.with_value(|said| marked(pieces(&said.text, standings.get(&said.id)), language)))
    };
    let about = move || about(work, text, language);
    let answer = move || work.standings.with(|all| text.with_value(|said| all.get(&said.id)?.answer.clone()));
    let state = Memo::new(move |_| {
        work.standings.with(|standings| {
            text.with_value(|said| standings.get(&said.id).map_or(Release::Open, |standing| standing.release(said)))
        })
    });
    let class = move || match state.get() {
        Release::Released => "tag good",
        Release::Stale => "tag bad",
        Release::Withheld => "tag warn",
        Release::Open => "tag",
    };
    let decide = move |release: bool| {
        spawn_local(async move {
            if !super::bulk::is_signed(work, shell) {
                return;
            }
            let step = work.standings.with_untracked(|standings| {
                text.with_value(|said| match release {
                    true => Notes::release(&[said], standings),
                    false => (vec![said.id.clone()], crate::suggestions::NoteStep::Withheld),
                })
            });
            if work.write(vec![step]).await {
                shell.say(words::DONE);
            }
        });
    };
    let open_case = move |_| draft.set(Some(case_of(work, &text.get_value(), language)));
    let is_open = move || open.get() == Some(at);
    let heard = ["#said-", &at.to_string(), " .said-text"].concat();
    view! {
        <li class="said" id=["said-", &at.to_string()].concat()>
            <label class="check no-print">
                <input type="checkbox" aria-label=select prop:checked=move || work.selected.with(|chosen| chosen.contains(&at)) on:change=toggle/>
            </label>
            <div class="grow stack tight">
                <p class="said-text pre">{shown}</p>
                <p class="hint small">{about}</p>
                {move || answer().map(|answer| view! { <p class="pre">{words::ANSWERED.fill(language, &[&answer])}</p> })}
                <div class="row tight no-print">
                    <span class=class>{move || state.get().words().of(language)}</span>
                    <button type="button" class="button quiet" aria-expanded=move || is_open().to_string()
                        on:click=move |_| {
                            work.hiding.set(String::new());
                            open.update(|open| *open = (*open != Some(at)).then_some(at));
                        }>{words::MASK_EDIT.of(language)}</button>
                    <button type="button" class="button quiet" on:click=move |_| decide(true)>{words::RELEASE.of(language)}</button>
                    <button type="button" class="button quiet" on:click=move |_| decide(false)>{words::WITHHOLD.of(language)}</button>
                    <button type="button" class="button quiet" on:click=open_case>{words::CASE.of(language)}</button>
                </div>
                {move || is_open().then(|| masks(work, text, heard.clone(), language))}
            </div>
        </li>
    }
    .into_any()
}

/// The item, tags, unit and indicator of a text, and what it mentions.
fn about(work: Work, text: StoredValue<Said>, language: Language) -> String {
    let Some(plan) = work.plan() else { return String::new() };
    work.standings.with(|standings| {
        text.with_value(|one| {
            let mut parts = vec![said(&one.label, language, &plan)];
            let standing = standings.get(&one.id);
            if let Some(standing) = standing {
                parts.extend(standing.tags.iter().map(|tag| ["#", tag].concat()));
                parts.extend(standing.unit.as_ref().map(|id| unit_name(&plan, id, language)));
                parts.extend(standing.indicator.as_ref().map(|id| indicator_name(&plan, id, language)));
            }
            if standing.is_none_or(|standing| standing.unit.is_none())
                && let (Some(unit), _) = mentioned(&plan, &one.text)
            {
                parts.push(words::MENTIONS.fill(language, &[&unit_name(&plan, &unit, language)]));
            }
            parts.join(" · ")
        })
    })
}

/// What a case of a text begins with: its words are carried over masked.
fn case_of(work: Work, one: &Said, language: Language) -> Draft {
    let (text, unit, indicator) = work.standings.with_untracked(|standings| {
        let standing = standings.get(&one.id);
        let of = |pick: fn(&crate::suggestions::Standing) -> Option<String>| standing.and_then(pick);
        (masked(&one.text, standing), of(|standing| standing.unit.clone()), of(|standing| standing.indicator.clone()))
    });
    let plan = work.plan();
    let named = |name: fn(&crate::plan::Plan, &str, Language) -> String, id: &str| {
        plan.as_ref().map_or_else(|| id.to_owned(), |plan| name(plan, id, language))
    };
    let indicator = indicator.map(|id| {
        let name = named(indicator_name, &id);
        (id, name)
    });
    Draft {
        title: text.chars().take(30).collect(),
        unit: unit.map(|id| named(unit_name, &id)).unwrap_or_default(),
        round: Some(one.round.clone()),
        indicator,
        suggestion: text,
        ..Draft::blank(Source::Suggestion)
    }
}
