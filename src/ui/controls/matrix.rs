//! Units × indicators on one scale. On a phone a card for each unit, on a wide screen a table; in both every cell is a native
//! radio group; the plan may ask for cards, by unit or by indicator. The first rows are built at once and the others while the page is idle.

mod cards;
mod find;
mod indicators;
mod rows;
mod sheet;
mod table;

use super::frame::Asked;
use super::inputs::source;
use crate::session::Event;
use crate::ui::answer::Live;
use crate::ui::element::{Element, NotLoaded, button, chunk, el, group, listen, next_frame};
use crate::ui::words::answer as words;
use leptos::prelude::*;
use sheet::Sheet;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;

/// A card for each unit, a table, or a card for each indicator.
const BY_UNIT: usize = 0;
const TABLE: usize = 1;
const BY_INDICATOR: usize = 2;

/// What the parts of one matrix share: handles.
#[derive(Clone)]
pub struct Board {
    live: Live,
    index: usize,
    sheet: Rc<Sheet>,
    /// Rows below this one are built at once, not when the page is idle.
    wanted: RwSignal<usize>,
    /// The row that was worked on last.
    last: Rc<Cell<usize>>,
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
    fn row_name(&self, row: usize) -> String {
        let mut name = super::anchor(self.index, "-r");
        name.push_str(&row.to_string());
        name
    }

    fn cell_name(&self, row: usize, column: usize) -> String {
        let mut name = self.row_name(row);
        name.push('c');
        name.push_str(&column.to_string());
        name
    }

    /// The grade in a cell.
    fn graded(&self, row: usize, column: usize) -> Option<String> {
        let (unit, indicator) = (&self.sheet.rows[row].unit, &self.sheet.columns[column].id);
        self.live.with(|session| session.grade(self.index, unit, indicator).map(str::to_owned))
    }

    /// A radio or a checkbox of a row was chosen.
    fn changed(&self, event: &web_sys::Event) -> Option<()> {
        let input = source(event)?;
        let (row, column) = read_name(&input.name())?;
        let sheet = &self.sheet;
        let (item, unit) = (sheet.name.clone(), sheet.rows.get(row)?.unit.clone());
        let told = match column {
            Some(column) => {
                let indicator = sheet.columns.get(column)?.id.clone();
                let grade = sheet.options.get(input.value().parse::<usize>().ok()?)?.name.clone();
                Event::Graded { item, unit, indicator, grade: Some(grade) }
            }
            None => {
                let grade = if input.checked() { sheet.missing().map(|option| option.name.clone()) } else { None };
                Event::RowGraded { item, unit, grade }
            }
        };
        self.last.set(row);
        self.live.tell(told).ok()
    }

    /// A click on a row's clear button.
    fn clicked(&self, event: &web_sys::Event) -> Option<()> {
        let target: web_sys::Element = event.target()?.dyn_into().ok()?;
        let button = target.closest("button[data-clear]").ok()??;
        let row = button.get_attribute("data-clear")?.parse::<usize>().ok()?;
        let unit = self.sheet.rows.get(row)?.unit.clone();
        let _ = self.live.tell(Event::RowGraded { item: self.sheet.name.clone(), unit, grade: None });
        focus_row(&self.row_name(row));
        Some(())
    }

    /// Brings a row on screen and its heading into focus; where each indicator has a card, the row of the first that is open.
    fn go_to(&self, row: usize) {
        self.wanted.update(|wanted| *wanted = (*wanted).max(row + 4));
        self.last.set(row);
        let open = (0..self.sheet.columns.len()).find(|&column| self.graded(row, column).is_none());
        let cell = indicators::heading(self, row, open.unwrap_or(0));
        let name = if document().get_element_by_id(&cell).is_some() { cell } else { self.row_name(row) };
        // Building follows the signal in the next turn, and heights are known only when the row was near the screen once.
        next_frame(move || {
            focus_row(&name);
            next_frame(move || focus_row(&name));
        });
    }

    fn count(&self) -> usize {
        self.sheet.rows.len()
    }

    fn filled(&self, row: usize) -> usize {
        self.live.with(|session| session.row_filled(self.index, row))
    }

    /// The first row after the one worked on last that is not complete, from the top again after the end.
    fn next_open(&self) -> Option<usize> {
        let (rows, columns) = (self.sheet.rows.len(), self.sheet.columns.len());
        let last = self.last.get();
        (last..rows).chain(0..last.min(rows)).find(|&row| self.filled(row) < columns)
    }

    fn complete(&self) -> usize {
        let columns = self.sheet.columns.len();
        (0..self.count()).filter(|&row| self.filled(row) == columns).count()
    }
}

fn focus_row(name: &str) {
    let Some(heading) = document().get_element_by_id(name) else { return };
    let place = web_sys::ScrollIntoViewOptions::new();
    place.set_block(web_sys::ScrollLogicalPosition::Center);
    heading.scroll_into_view_with_scroll_into_view_options(&place);
    let _ = heading.unchecked_into::<web_sys::HtmlElement>().focus();
}

/// Grades for units × indicators.
#[chunk(matrix, fallible, preload(load))]
pub fn matrix(live: Live, index: usize) -> Result<Element, NotLoaded> {
    let asked = Asked::read(live, index);
    let language = asked.language;
    let sheet = Rc::new(Sheet::read(live, index));
    let board = Board { live, index, sheet, wanted: RwSignal::new(0), last: Rc::default() };
    let sheet = &board.sheet;
    let legend = el("legend", "field-label").attr("id", &super::anchor(index, "-label"));
    let root = el("fieldset", "matrix question")
        .attr("id", &asked.id)
        .attr("aria-describedby", &asked.described_by())
        .live_flag("disabled", move || live.locked.get())
        .child(asked.labelled(legend))
        .maybe(asked.image_view())
        .maybe(asked.hint_view());
    if asked.required {
        root.add(&el("p", "hint").text(words::MATRIX_RULE.of(language)));
    }
    if sheet.columns.len() > 1 && sheet.missing().is_some() {
        root.add(&el("p", "hint").text(words::MATRIX_UNKNOWN_HINT.of(language)));
    }
    let finding = RwSignal::new(false);
    let root = root
        .maybe(meanings(&sheet.columns, language))
        .child(asked.error_view(None))
        .maybe(asked.reasons_view())
        .child(bar(&board, finding));
    let (changing, clicking, building) = (board.clone(), board.clone(), board.clone());
    let appearance = live.with(|session| session.item(index).appearance.clone());
    let wide = watch_width();
    let layout = move || match appearance.as_deref() {
        Some("by_unit") => BY_UNIT,
        Some("by_indicator") => BY_INDICATOR,
        _ if wide() == 1 => TABLE,
        _ => BY_UNIT,
    };
    let body = el("div", "matrix-body")
        .on("change", move |event| _ = changing.changed(&event))
        .on("click", move |event| _ = clicking.clicked(&event))
        .switch(layout, move |layout| match layout {
            TABLE => table::table(&building),
            BY_INDICATOR => indicators::cards(&building),
            _ => cards::cards(&building),
        });
    Ok(group().child(root.child(body)).child(find::find(&board, finding)))
}

/// How far it is, and ways through the rows.
fn bar(board: &Board, finding: RwSignal<bool>) -> Element {
    let (live, index) = (board.live, board.index);
    let language = live.language();
    let (counting, changed) = (board.clone(), live.value(index));
    let progress = move || {
        changed.track();
        words::MATRIX_PROGRESS.count(language, &[counting.complete(), counting.count()])
    };
    let (measuring, changed) = (board.clone(), live.value(index));
    let meter = move || {
        changed.track();
        Some(measuring.complete().to_string())
    };
    let shell = crate::ui::shell::use_shell();
    let going = board.clone();
    let next = move |_| match going.next_open() {
        Some(row) => going.go_to(row),
        None => shell.announce(words::MATRIX_ALL_DONE.of(language)),
    };
    let meter = el("progress", "meter")
        .attr("max", &board.count().to_string())
        .live_attr("value", meter)
        .attr("aria-hidden", "true");
    let find = button("button").attr("aria-haspopup", "dialog").on("click", move |_| finding.set(true));
    let skip = button("button skip-rows").on("click", |_| crate::ui::shell::focus_on(".actions .primary"));
    el("div", "matrix-bar")
        .child(el("div", "matrix-count").child(el("span", "").live_text(progress)).child(meter))
        .child(button("button").on("click", next).text(words::MATRIX_NEXT.of(language)))
        .child(find.text(words::MATRIX_FIND.of(language)))
        .child(skip.text(words::MATRIX_SKIP.of(language)))
}

/// What the indicators mean, where the plan says so: once above the units, folded up.
fn meanings(columns: &[sheet::Column], language: crate::ui::words::Language) -> Option<Element> {
    let list = el("dl", "");
    let mut any = false;
    for column in columns {
        let Some(description) = &column.description else { continue };
        any = true;
        list.add(&el("dt", "").text(&column.label));
        list.add(&el("dd", "hint").text(description));
    }
    let summary = el("summary", "").text(words::MATRIX_MEANINGS.of(language));
    any.then(|| el("details", "meanings").child(summary).child(list))
}

/// Whether there is room for a table, text size considered: 1 if so.
fn watch_width() -> impl Fn() -> usize + 'static {
    let shell = crate::ui::shell::use_shell();
    let width = RwSignal::new(read_width());
    // Reading a width makes the browser lay the page out, and Firefox may tell of another change of size within that: in
    // the next frame, so that this listener is never called inside itself.
    listen(&window(), "resize", move |_| {
        next_frame(move || {
            let now = read_width();
            if width.try_get_untracked().is_some_and(|before| before != now) {
                width.set(now);
            }
        });
    });
    move || usize::from(width.get() * 100 >= 44 * 18 * shell.text_size.get())
}

fn read_width() -> usize {
    document().document_element().map_or(0, |root| root.client_width().unsigned_abs() as usize)
}
