//! A round as files for other programs, and as single pages: what `minping export` and `minping report` write. The writing is
//! a chunk of its own, and happens on the other thread.

mod bench;

use super::backroom::{Format, Wanted};
use crate::export::{Keep, NotMade, Order, SavError, SavNotes, Which};
use crate::ledger::Ledger;
use crate::ui::element::{Element, NotLoaded, chunk, in_view, of_view, on_demand};
use crate::ui::office::desk::{Desk, use_desk};
use crate::ui::shell::t;
use crate::ui::words::export as words;
use leptos::prelude::*;
use std::io::{self, Cursor};
use std::rc::Rc;

/// A file's bytes, and what the format took only in part: names of variables that were renamed, and were cut.
pub type Written = Result<(Box<[u8]>, (Vec<String>, Vec<String>)), String>;

#[component]
pub fn Exports(round: RwSignal<String>, published: RwSignal<bool>) -> impl IntoView {
    let desk = use_desk();
    let open = RwSignal::new(false);
    view! {
        <details class="card exports no-print" on:toggle=move |_| open.set(true)>
            <summary class="summary">{t(words::TITLE)}</summary>
            {move || open.get().then(|| in_view(on_demand(move || bench(desk, round, published))))}
        </details>
    }
}

#[chunk(export, fallible)]
fn bench(desk: Desk, round: RwSignal<String>, published: RwSignal<bool>) -> Result<Element, NotLoaded> {
    Ok(of_view(bench::bench(desk, round, published)))
}

/// The file that the program writes; of CSV a folder, as a ZIP archive.
#[chunk(export, fallible)]
pub fn write(ledger: Rc<Ledger>, wanted: Wanted) -> Result<Written, NotLoaded> {
    let account = ledger.account();
    let order = Order {
        ledger: &ledger,
        account: &account,
        round: Some(&wanted.round),
        keep: Keep { ids: wanted.ids, words: wanted.words, places: wanted.places, attachments: wanted.attachments },
        published: wanted.published,
        places: 2,
        day: &wanted.day,
        language: wanted.language,
    };
    let which = if wanted.grades { Which::Grades } else { Which::Records };
    let made = match wanted.format {
        Format::Xlsx => order.workbook(),
        Format::Published => order.published().map(String::into_bytes),
        Format::Ddi => Ok(order.ddi(which).into_bytes()),
        Format::Csv => zipped(&order).map_err(|error| NotMade::Sav(SavError::Io(error))),
        Format::Sav => {
            let mut bytes = Vec::new();
            let notes = order.sav(which, &mut bytes).map_err(NotMade::Sav);
            return Ok(match notes {
                Ok(notes) => Ok((bytes.into(), told(notes))),
                Err(why) => Err(why.told(wanted.language)),
            });
        }
    };
    Ok(made.map(|bytes| (bytes.into(), Default::default())).map_err(|why| why.told(wanted.language)))
}

fn told(SavNotes { renamed, labels_cut, texts_cut }: SavNotes) -> (Vec<String>, Vec<String>) {
    let renamed = renamed.into_iter().map(|(from, to)| [&from, " → ", &to].concat()).collect();
    (renamed, labels_cut.into_iter().chain(texts_cut).collect())
}

fn zipped(order: &Order<'_>) -> io::Result<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    order.csv(|name, write| {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).map_err(io::Error::other)?;
        write(&mut archive)
    })?;
    archive.finish().map(Cursor::into_inner).map_err(io::Error::other)
}
