//! Units × indicators on one scale. On a phone a card for each unit, on a wide screen a table; in both every cell is a native
//! radio group. The first rows are built at once and the others while the page is idle.

mod cards;
mod find;
mod rows;
mod sheet;
mod table;

use super::frame::Asked;
use super::inputs::source;
use crate::session::Event;
use crate::ui::answer::Live;
use crate::ui::words::answer as words;
use leptos::{ev, html, prelude::*};
use sheet::Sheet;

/// What the parts of one matrix share. Copy: handles.
#[derive(Clone, Copy)]
pub struct Board {
    live: Live,
    index: usize,
    sheet: StoredValue<Sheet>,
    /// Rows below this one are built at once, not when the page is idle.
    wanted: RwSignal<usize>,
    /// The row that was worked on last.
    last: StoredValue<usize>,
}

/// Which input it is: `r<row>` for the whole row, `r<row>c<column>` for a cell.
fn read_name(name: &str) -> Option<(usize, Option<usize>)> {
    let place = name.rsplit('-').next()?.strip_prefix('r')?;
    match place.split_once('c') {
        Some((row, column)) => Some((row.parse().ok()?, Some(column.parse().ok()?))),
        None => Some((place.parse().ok()?, None)),
    }
}

impl Board {
    /// Name of a row's inputs; the item's index makes it unique in the page.
    fn row_name(self, row: usize) -> String {
        let mut name = super::anchor(self.index, "-r");
        name.push_str(&row.to_string());
        name
    }

    fn cell_name(self, row: usize, column: usize) -> String {
        let mut name = self.row_name(row);
        name.push('c');
        name.push_str(&column.to_string());
        name
    }

    fn changed(self, event: &ev::Event) {
        let Some(input) = source(event) else { return };
        let Some((row, column)) = read_name(&input.name()) else { return };
        let told = self.sheet.with_value(|sheet| {
            let (item, unit) = (sheet.name.clone(), sheet.rows.get(row)?.unit.clone());
            Some(match column {
                Some(column) => {
                    let indicator = sheet.columns.get(column)?.id.clone();
                    let grade = sheet.options.get(input.value().parse::<usize>().ok()?)?.name.clone();
                    Event::Graded { item, unit, indicator, grade: Some(grade) }
                }
                None => {
                    let grade = if input.checked() { sheet.missing().map(|option| option.name.clone()) } else { None };
                    Event::RowGraded { item, unit, grade }
                }
            })
        });
        if let Some(event) = told {
            self.last.set_value(row);
            let _ = self.live.tell(event);
        }
    }

    /// A click on a row's clear button.
    fn clicked(self, event: &ev::MouseEvent) {
        use wasm_bindgen::JsCast;
        let target: Option<web_sys::Element> = event.target().and_then(|target| target.dyn_into().ok());
        let Some(button) = target.and_then(|target| target.closest("button[data-clear]").ok().flatten()) else {
            return;
        };
        let Some(row) = button.get_attribute("data-clear").and_then(|row| row.parse::<usize>().ok()) else { return };
        let told = self.sheet.with_value(|sheet| {
            Some(Event::RowGraded { item: sheet.name.clone(), unit: sheet.rows.get(row)?.unit.clone(), grade: None })
        });
        if let Some(event) = told {
            let _ = self.live.tell(event);
            self.focus_row(row);
        }
    }

    /// Brings a row on screen and its heading into focus.
    fn go_to(self, row: usize) {
        self.wanted.update(|wanted| *wanted = (*wanted).max(row + 4));
        self.last.set_value(row);
        // Building follows the signal in the next turn, and heights are known only when the row was near the screen once.
        request_animation_frame(move || {
            self.focus_row(row);
            request_animation_frame(move || self.focus_row(row));
        });
    }

    fn focus_row(self, row: usize) {
        use wasm_bindgen::JsCast;
        let Some(heading) = document().get_element_by_id(&self.row_name(row)) else { return };
        let place = web_sys::ScrollIntoViewOptions::new();
        place.set_block(web_sys::ScrollLogicalPosition::Center);
        heading.scroll_into_view_with_scroll_into_view_options(&place);
        let _ = heading.unchecked_into::<web_sys::HtmlElement>().focus();
    }

    fn count(self) -> usize {
        self.sheet.with_value(|sheet| sheet.rows.len())
    }

    fn filled(self, row: usize) -> usize {
        self.live.with(|session| session.row_filled(self.index, row))
    }

    /// The first row after the one worked on last that is not complete, from the top again after the end.
    fn next_open(self) -> Option<usize> {
        let (rows, columns) = self.sheet.with_value(|sheet| (sheet.rows.len(), sheet.columns.len()));
        let last = self.last.get_value();
        (last..rows).chain(0..last.min(rows)).find(|&row| self.filled(row) < columns)
    }

    fn complete(self) -> usize {
        let (rows, columns) = self.sheet.with_value(|sheet| (sheet.rows.len(), sheet.columns.len()));
        (0..rows).filter(|&row| self.filled(row) == columns).count()
    }
}

/// Grades for units × indicators.
pub fn matrix(live: Live, index: usize) -> AnyView {
    let asked = Asked::read(live, index);
    let sheet = Sheet::read(live, index);
    let count = sheet.rows.len();
    let several = sheet.columns.len() > 1;
    let sheet = StoredValue::new(sheet);
    let board = Board { live, index, sheet, wanted: RwSignal::new(0), last: StoredValue::new(0) };
    let language = asked.language;
    let wide = watch_width();
    let changed = live.value(index);
    let progress = move || {
        changed.track();
        words::MATRIX_PROGRESS.count(language, &[board.complete(), count])
    };
    let measured = live.value(index);
    let meter = move || {
        measured.track();
        board.complete()
    };
    let finding = RwSignal::new(false);
    let label = super::anchor(index, "-label");
    let shell = crate::ui::shell::use_shell();
    let next = move |_| match board.next_open() {
        Some(row) => board.go_to(row),
        None => shell.announce(words::MATRIX_ALL_DONE.of(language)),
    };
    let body = move || if wide.get() { table::table(board) } else { cards::cards(board) };
    view! {
        <fieldset class="matrix question" id=asked.id.clone() aria-describedby=asked.described_by()
            disabled=move || live.locked.get()>
            <legend class="field-label" id=label>{asked.label.clone()}{asked.mark()}</legend>
            {asked.hint_view()}
            {asked.required.then(|| view! { <p class="hint">{words::MATRIX_RULE.of(language)}</p> })}
            {(several && sheet.with_value(|sheet| sheet.missing().is_some())).then(|| view! {
                <p class="hint">{words::MATRIX_UNKNOWN_HINT.of(language)}</p>
            })}
            {sheet.with_value(|sheet| meanings(&sheet.columns, language))}
            {asked.error_view(|| true)}
            {asked.reasons_view()}
            <div class="matrix-bar">
                <div class="matrix-count">
                    <span>{progress}</span>
                    <progress class="meter" max=count prop:value=meter aria-hidden="true"></progress>
                </div>
                <button type="button" class="button" on:click=next>{words::MATRIX_NEXT.of(language)}</button>
                <button type="button" class="button" aria-haspopup="dialog" on:click=move |_| finding.set(true)>
                    {words::MATRIX_FIND.of(language)}
                </button>
                <button type="button" class="button skip-rows" on:click=move |_| crate::ui::shell::focus_on(".actions .primary")>
                    {words::MATRIX_SKIP.of(language)}
                </button>
            </div>
            <div class="matrix-body" on:change=move |event| board.changed(&event) on:click=move |event| board.clicked(&event)>
                {body}
            </div>
        </fieldset>
        {find::find(board, finding)}
    }
    .into_any()
}

/// What the indicators mean, where the plan says so: once above the units, folded up.
fn meanings(columns: &[sheet::Column], language: crate::ui::words::Language) -> Option<AnyView> {
    columns.iter().any(|column| column.description.is_some()).then(|| {
        let lines = columns.iter().filter_map(|column| {
            let description = column.description.clone()?;
            Some(view! { <dt>{column.label.clone()}</dt><dd class="hint">{description}</dd> })
        });
        view! {
            <details class="meanings">
                <summary>{words::MATRIX_MEANINGS.of(language)}</summary>
                <dl>{lines.collect_view()}</dl>
            </details>
        }
        .into_any()
    })
}

/// Whether there is room for a table, text size considered.
fn watch_width() -> Signal<bool> {
    let shell = crate::ui::shell::use_shell();
    let width = RwSignal::new(read_width());
    // Reading a width makes the browser lay the page out, and Firefox may tell of another change of size within that: in
    // the next frame, so that this listener is never called inside itself.
    let listening = window_event_listener(ev::resize, move |_| {
        request_animation_frame(move || {
            let now = read_width();
            if width.try_get_untracked().is_some_and(|before| before != now) {
                width.set(now);
            }
        });
    });
    on_cleanup(move || listening.remove());
    Memo::new(move |_| width.get() * 100 >= 44 * 18 * i32::from(shell.text_size.get() as i16)).into()
}

fn read_width() -> i32 {
    document().document_element().map_or(0, |root| root.client_width())
}

/// The element of a row's card.
type Root = NodeRef<html::Div>;
