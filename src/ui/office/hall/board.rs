//! The board for the projector: how many ballots came in, and after closing the result. It covers the whole window.

use super::opening::group_name;
use super::work::Work;
use crate::hall::{Protocol, UnitLine};
use crate::plan::{Text, pick};
use crate::ui::qr::qr;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, hall as words, office};
use leptos::prelude::*;

/// Units on one page: two columns of lines that the last row can read.
const LINES: usize = 6;
const COLUMNS: usize = 2;
/// Places of light and dark among the looks of the app.
const LIGHT: usize = 1;
const DARK: usize = 2;

pub fn board(work: Work, id: String) -> AnyView {
    let shell = use_shell();
    let Some(plan) = work.plan() else { return ().into_any() };
    let back = ["#/hall/", &id].concat();
    let id = StoredValue::new(id);
    let name = move || work.kept(&id.get_value()).map_or_else(String::new, |kept| kept.ballot.name);
    Effect::new(move |_| shell.title(name()));
    let place = move || work.kept(&id.get_value()).map_or_else(String::new, |kept| kept.ballot.place);
    let closed = Memo::new(move |_| work.kept(&id.get_value()).is_some_and(|kept| kept.protocol.is_some()));
    let full = |_| {
        if let Ok(Some(board)) = document().query_selector(".board") {
            let _ = match document().fullscreen_element() {
                Some(_) => {
                    document().exit_fullscreen();
                    Ok(())
                }
                None => board.request_fullscreen(),
            };
        }
    };
    let turn = move |_| {
        let dark =
            window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|dark| dark.matches());
        let is_dark = shell.theme.with_untracked(|at| *at == DARK || (*at == 0 && dark));
        shell.theme.set(if is_dark { LIGHT } else { DARK });
    };
    let plan = StoredValue::new_local(plan);
    view! {
        <div class="board">
            <header class="board-head">
                <div class="grow">
                    <h1>{name}</h1>
                    <p>{move || plan.with_value(|plan| crate::ui::office::parts::said(&plan.title, shell.language.get(), plan))}
                        {move || Some(place()).filter(|place| !place.is_empty()).map(|place| [" · ", &place].concat())}</p>
                </div>
                <div class="row board-tools">
                    <button type="button" class="button" on:click=turn>{t(words::LOOKS)}</button>
                    <button type="button" class="button" on:click=full>{t(words::FULL)}</button>
                    <a class="button" href=back>{t(words::LEAVE_BOARD)}</a>
                </div>
            </header>
            {move || match (closed.get(), work.kept_now(&id.get_value())) {
                (true, Some(kept)) => kept.protocol.map_or_else(|| ().into_any(), |(_, protocol)| results(&protocol, shell.language.get())),
                _ => {
                    shell.language.track();
                    counting(work, id.get_value())
                }
            }}
        </div>
    }
    .into_any()
}

/// While people vote: numbers of ballots, and where to vote.
fn counting(work: Work, id: String) -> AnyView {
    let shell = use_shell();
    let Some(kept) = work.kept_now(&id) else { return ().into_any() };
    let Some(plan) = work.plan() else { return ().into_any() };
    let id = StoredValue::new(id);
    let ballot = move || work.kept(&id.get_value()).map(|kept| kept.ballot);
    let came = Memo::new(move |_| ballot().map(|ballot| work.received(&ballot)).unwrap_or_default());
    let issued = Memo::new(move |_| ballot().map_or(0, |ballot| ballot.issued()));
    let share = move || {
        let (all, issued) = (came.with(crate::hall::Received::all), issued.get().max(1));
        format!("{:.1}%", (all as f64 * 100.0 / issued as f64).min(100.0))
    };
    let language = shell.language.get_untracked();
    let several = kept.links.len() > 1;
    let codes = kept.links.iter().map(|(group, url)| {
        let label = several.then(|| group_name(&plan, group.as_deref().unwrap_or(""), language));
        view! {
            <figure class="board-code">
                {qr(url, office::QR_LABEL)}
                {label.map(|label| view! { <figcaption>{label}</figcaption> })}
            </figure>
        }
    });
    let codes = codes.collect_view();
    let part = move |label: crate::ui::words::Words, of: fn(&crate::hall::Received) -> u64| {
        view! { <li><span>{t(label)}</span>" "<b>{move || came.with(|came| of(came))}</b></li> }
    };
    view! {
        <div class="board-counting">
            <div class="board-codes">
                {codes}
                <p>{t(words::SCAN)}</p>
            </div>
            <div class="board-count" role="status">
                <p class="board-label">{t(words::CAME)}</p>
                <p class="board-number">{move || came.with(crate::hall::Received::all)}</p>
                <p class="board-of">{move || words::OF_ISSUED.count(shell.language.get(), &[issued.get() as usize])}</p>
                <div class="board-bar" aria-hidden="true"><span style:width=share></span></div>
                <ul class="board-parts">
                    {part(words::PHONES, |came| came.phones)}
                    {part(words::TABLETS_SHORT, |came| came.tablets)}
                    {part(words::PAPER_SHORT, |came| came.paper + came.spoiled)}
                </ul>
                <p class="board-hidden">{t(words::HIDDEN)}</p>
            </div>
        </div>
    }
    .into_any()
}

/// One page of units, with their class above.
struct Leaf {
    class: Text,
    units: Vec<UnitLine>,
}

/// After closing: the units, best first, page by page.
fn results(protocol: &Protocol, language: Language) -> AnyView {
    let classes = protocol.classes().into_iter();
    let pages: Vec<Leaf> = classes
        .flat_map(|(class, units)| {
            let units: Vec<UnitLine> = units.into_iter().cloned().collect();
            let parts: Vec<Vec<UnitLine>> = units.chunks(LINES * COLUMNS).map(<[UnitLine]>::to_vec).collect();
            parts.into_iter().map(move |units| Leaf { class: class.clone(), units })
        })
        .collect();
    let all = pages.len();
    let pages = StoredValue::new_local(pages);
    let at = RwSignal::new(0usize);
    let step = move |by: isize| at.update(|at| *at = at.saturating_add_signed(by).min(all.saturating_sub(1)));
    let keys = window_event_listener(leptos::ev::keydown, move |event| match event.key().as_str() {
        // A button does what it is for.
        " " if is_in_button(&event) => {}
        "ArrowRight" | "PageDown" | " " => {
            event.prevent_default();
            step(1);
        }
        "ArrowLeft" | "PageUp" => {
            event.prevent_default();
            step(-1);
        }
        _ => {}
    });
    on_cleanup(move || keys.remove());
    let total = &protocol.total;
    let counts = words::BOARD_COUNTS.count(
        language,
        &[total.issued as usize, total.returned() as usize, total.valid() as usize, total.spoiled as usize],
    );
    let legend = protocol.units.first().map_or(&[][..], |unit| &unit.grades);
    let last = legend.len().saturating_sub(1).max(1);
    let legend = legend.iter().enumerate().map(|(at, grade)| {
        let class = format!("board-tone board-key tone-{}", at * 4 / last);
        view! { <li><span class=class aria-hidden="true"></span>{pick(&grade.label, language.tag(), "").to_owned()}</li> }
    });
    let last_page = move || at.get() + 1 >= all;
    let class = move || {
        let class =
            pages.with_value(|pages| pages.get(at.get()).map(|page| pick(&page.class, language.tag(), "").to_owned()));
        class.filter(|class| !class.is_empty()).unwrap_or_else(|| words::RESULT_SHORT.of(language).to_owned())
    };
    view! {
        <div class="board-line">
            <p class="board-totals">{counts}</p>
            <p class="board-what">{words::BOARD_COLUMNS.of(language)}</p>
            <ul class="board-legend">{legend.collect_view()}</ul>
        </div>
        <div class="board-row">
            <h2 class="board-class">{class}</h2>
            <nav class="board-pages" aria-label=words::PAGES.of(language)>
                <button type="button" class="button" disabled=move || at.get() == 0 on:click=move |_| step(-1)>{words::BEFORE.of(language)}</button>
                <span role="status">{move || words::PAGE_OF.count(language, &[at.get() + 1, all])}</span>
                <button type="button" class="button" disabled=last_page on:click=move |_| step(1)>{words::AFTER.of(language)}</button>
            </nav>
        </div>
        {move || pages.with_value(|pages| pages.get(at.get()).map(|page| leaf(page, language)))}
    }
    .into_any()
}

fn is_in_button(event: &leptos::ev::KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest("button, a").ok().flatten().is_some())
}

fn leaf(page: &Leaf, language: Language) -> AnyView {
    let rows = page.units.iter().map(|unit| row(unit, language)).collect_view();
    let columns = if page.units.len() > LINES { "board-units two" } else { "board-units" };
    view! {
        <ol class=columns>{rows}</ol>
    }
    .into_any()
}

fn row(unit: &UnitLine, language: Language) -> AnyView {
    let none = if unit.withheld { words::WITHHELD } else { words::NO_ANSWERS };
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| none.of(language).to_owned());
    let rate = unit.rate.as_ref().map_or_else(|| none.of(language).to_owned(), |rate| [rate, "%"].concat());
    let all: u64 = unit.grades.iter().filter_map(|grade| grade.count).sum();
    let known = unit.grades.iter().all(|grade| grade.count.is_some()) && all > 0;
    let last = unit.grades.len().saturating_sub(1).max(1);
    let bar = unit.grades.iter().enumerate().filter(|_| known).map(|(at, grade)| {
        let share = grade.count.unwrap_or(0) as f64 * 100.0 / all.max(1) as f64;
        // Five tones, best to worst, whatever the scale.
        let class = format!("board-tone tone-{}", at * 4 / last);
        view! { <span class=class style:width=format!("{share:.2}%")></span> }
    });
    let told = unit
        .grades
        .iter()
        .filter(|_| known)
        .map(|grade| [pick(&grade.label, language.tag(), ""), " ", &grade.count.unwrap_or(0).to_string()].concat());
    let told = told.collect::<Vec<_>>().join("，");
    view! {
        <li class="board-unit">
            <span class="board-rank">{unit.rank}</span>
            <span class="board-name">{pick(&unit.label, language.tag(), "").to_owned()}</span>
            <span class="board-index">{value(&unit.index)}</span>
            <span class="board-rate">{rate}</span>
            <span class="board-grades" role="img" aria-label=told>{bar.collect_view()}</span>
        </li>
    }
    .into_any()
}
