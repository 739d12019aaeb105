//! A random draw from a list that is opened or pasted here: nothing of it is kept or sent.

use super::field::{is_ticked, value_of};
use super::pen::Pen;
use super::sample::{folded, own_choice, own_field};
use crate::batch::Crypto;
use crate::browser::crypto::Web;
use crate::browser::files;
use crate::design::draw::{Drawn, Frame, Method, Order, Sharing, Size, draw};
use crate::ui::element::{Element, button, el, group};
use crate::ui::office::intake::LONGEST;
use crate::ui::office::reasons::file_words;
use crate::ui::words::design as words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// A list and the text that it was read from.
pub struct Opened {
    frame: Frame,
    text: String,
}

/// What is asked for; numbers of columns, or empty.
#[derive(Clone, Copy)]
pub struct Asked {
    open: RwSignal<bool>,
    opened: RwSignal<Option<Rc<Opened>>, LocalStorage>,
    found: RwSignal<Option<Found>, LocalStorage>,
    method: RwSignal<String>,
    size: RwSignal<String>,
    sharing: RwSignal<String>,
    strata: RwSignal<String>,
    measure: RwSignal<String>,
    cluster: RwSignal<String>,
    per_cluster: RwSignal<String>,
    shuffled: RwSignal<bool>,
    seed: RwSignal<String>,
}

pub type Found = Result<(Rc<Drawn>, Order), String>;

pub fn drawing(pen: Pen) -> Element {
    let asked = pen.drawing;
    let Asked { opened, found, .. } = asked;
    let read = move |text: String| {
        if text.trim().is_empty() {
            opened.set(None);
            return found.set(None);
        }
        match Frame::read(&text) {
            Ok(frame) => {
                for column in [asked.strata, asked.measure, asked.cluster] {
                    column.set(String::new());
                }
                opened.set(Some(Rc::new(Opened { frame, text })));
                found.set(None);
            }
            Err(why) => {
                opened.set(None);
                found.set(Some(Err(why.told(pen.language()))));
            }
        }
    };
    let from_file = move |_| {
        spawn_local(async move {
            let picked = files::choose(files::Pick::One, ".csv,.txt,.tsv").await;
            let Some(file) = picked.into_iter().next() else { return };
            match file.read(LONGEST).await {
                Ok(text) => read(text),
                Err(why) => drop(found.try_set(Some(Err(file_words(why).of(pen.language()).to_owned())))),
            }
        });
    };
    let area = el("textarea", "input mono")
        .attr("id", "draw-paste")
        .attr("rows", "3")
        .attr("spellcheck", "false")
        .on("input", move |event| read(value_of(&event)));
    let body = el("div", "stack tight")
        .child(el("p", "hint small").say(words::DRAW_TEXT))
        .child(el("div", "row").child(button("button").on("click", from_file).say(words::DRAW_FILE).text("…")))
        .child(
            el("div", "field")
                .child(el("label", "field-label").attr("for", "draw-paste").say(words::DRAW_PASTE))
                .child(area),
        )
        .live(move || match opened.get() {
            Some(opened) => order_form(pen, opened, asked, found),
            None => group(),
        })
        .child(el("div", "").attr("role", "status").live(move || match (found.get(), opened.get()) {
            (Some(Err(why)), _) => el("p", "banner bad").text(&why),
            (Some(Ok((drawn, order))), Some(opened)) => outcome(pen, &opened, &drawn, &order),
            _ => group(),
        }));
    folded("card drawing", asked.open).child(el("summary", "summary").say(words::DRAW)).child(body)
}

fn order_form(pen: Pen, opened: Rc<Opened>, asked: Asked, found: RwSignal<Option<Found>, LocalStorage>) -> Element {
    let language = pen.shell.language.get();
    let head = &opened.frame.head;
    let told = words::DRAW_ROWS.fill(language, &[&opened.frame.rows.len().to_string(), &head.join(", ")]);
    let methods = [("simple", words::M_SIMPLE), ("systematic", words::M_SYSTEMATIC), ("pps", words::M_PPS)];
    let methods = methods.map(|(name, words)| (name.to_owned(), words.of(language).to_owned())).into();
    let ways = [("proportional", words::PROPORTIONAL), ("equal", words::EQUAL)];
    let ways: Vec<_> = ways.map(|(name, words)| (name.to_owned(), words.of(language).to_owned())).into();
    let columns = || {
        let none = (String::new(), words::NONE.of(language).to_owned());
        std::iter::once(none)
            .chain(head.iter().enumerate().map(|(at, name)| (at.to_string(), name.clone())))
            .collect::<Vec<_>>()
    };
    let (measures, sharing) = (columns(), ways);
    let fields = el("div", "grid-fields")
        .child(own_choice("draw-method", words::METHOD, asked.method, methods))
        .child(own_field("draw-size", words::DRAW_SIZE, asked.size, "text"))
        .child(own_choice("draw-strata", words::STRATA_COLUMN, asked.strata, columns()))
        .child(own_choice("draw-cluster", words::CLUSTER_COLUMN, asked.cluster, columns()))
        .live(move || match asked.strata.get().is_empty() {
            true => group(),
            false => own_choice("draw-sharing", words::SHARING, asked.sharing, sharing.clone()),
        })
        .live(move || match asked.method.get() == "pps" {
            true => own_choice("draw-measure", words::MEASURE_COLUMN, asked.measure, measures.clone()),
            false => group(),
        })
        .live(move || match asked.cluster.get().is_empty() {
            true => group(),
            false => own_field("draw-per-cluster", words::PER_CLUSTER, asked.per_cluster, "text"),
        })
        .child(own_field("draw-seed", words::SEED, asked.seed, "text"));
    let shuffle = el("div", "").live(move || match asked.method.get() == "simple" {
        true => group(),
        false => el("div", "tick")
            .child(
                el("input", "tick-input")
                    .attr("type", "checkbox")
                    .attr("id", "draw-shuffled")
                    .flag("checked", asked.shuffled.get_untracked())
                    .on("change", move |event| asked.shuffled.set(is_ticked(&event))),
            )
            .child(el("label", "").attr("for", "draw-shuffled").say(words::SHUFFLED)),
    });
    let act = move |_| {
        let made = asked.order(pen.language()).and_then(|order| {
            let drawn = draw(&opened.frame, &order).map_err(|why| why.told(pen.language()))?;
            Ok((Rc::new(drawn), order))
        });
        found.set(Some(made));
    };
    el("div", "stack tight").child(el("p", "").attr("role", "status").text(&told)).child(fields).child(shuffle).child(
        el("div", "row").child(button("button primary").attr("id", "draw-do").on("click", act).say(words::DRAW_DO)),
    )
}

impl Asked {
    pub fn new() -> Asked {
        let text = |text: &str| RwSignal::new(text.to_owned());
        // Nine digits can be read out and typed again.
        let seed = (js_sys::Math::random() * 1e9).floor().to_string();
        Asked {
            open: RwSignal::new(false),
            opened: RwSignal::new_local(None),
            found: RwSignal::new_local(None),
            method: text("simple"),
            size: text(""),
            sharing: text("proportional"),
            strata: text(""),
            measure: text(""),
            cluster: text(""),
            per_cluster: text(""),
            shuffled: RwSignal::new(false),
            seed: text(&seed),
        }
    }

    fn order(self, language: crate::language::Language) -> Result<Order, String> {
        let whole = |label: crate::language::Words, value: &str| -> Result<u64, String> {
            let read = value.trim().replace(',', "").parse().ok();
            read.ok_or_else(|| words::OF_ROW.fill(language, &[label.of(language), &format!("“{value}”?")]))
        };
        let column = |value: RwSignal<String>| value.get_untracked().parse::<usize>().ok();
        let cluster = column(self.cluster);
        let per_cluster = self.per_cluster.get_untracked();
        let method = match self.method.get_untracked().as_str() {
            "systematic" => Method::Systematic,
            "pps" => Method::Pps,
            _ => Method::Simple,
        };
        let sharing = if self.sharing.get_untracked() == "equal" { Sharing::Equal } else { Sharing::Proportional };
        Ok(Order {
            method,
            size: Size::Total(whole(words::DRAW_SIZE, &self.size.get_untracked())?, sharing),
            strata: column(self.strata),
            measure: column(self.measure).filter(|_| method == Method::Pps),
            cluster,
            per_cluster: match per_cluster.trim() {
                "" => None,
                _ if cluster.is_none() => None,
                many => Some(whole(words::PER_CLUSTER, many)?.max(1)),
            },
            shuffled: self.shuffled.get_untracked() && method != Method::Simple,
            seed: whole(words::SEED, &self.seed.get_untracked())?,
        })
    }
}

fn outcome(pen: Pen, opened: &Rc<Opened>, drawn: &Rc<Drawn>, order: &Order) -> Element {
    let language = pen.shell.language.get();
    let said = words::DRAWN.fill(language, &[&drawn.rows.len().to_string(), &order.seed.to_string()]);
    let columns = [words::DRAWN_STRATUM, words::DRAWN_UNITS, words::DRAWN_DRAWN, words::DRAWN_CERTAIN];
    let head = el("tr", "");
    for (at, words) in columns.into_iter().enumerate() {
        head.add(&el("th", if at > 0 { "number" } else { "" }).attr("scope", "col").say(words));
    }
    let body = el("tbody", "");
    for stratum in &drawn.strata {
        let name = if stratum.name.is_empty() { "—" } else { &stratum.name };
        let row = el("tr", "").child(el("th", "").attr("scope", "row").text(name));
        for number in [stratum.units, stratum.drawn, stratum.certain] {
            row.add(&el("td", "number").text(&number.to_string()));
        }
        body.add(&row);
    }
    let table = el("div", "table-frame")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", words::DRAW.of(language))
        .child(el("table", "table").child(el("thead", "").child(head)).child(body));
    let no_chance = drawn.strata.iter().any(|stratum| stratum.drawn == 0 || stratum.without_size > 0);
    let (frame, made, wanted) = (opened.clone(), drawn.clone(), order.clone());
    let save = move |_| pen.desk.save("sample.csv", &made.to_csv(&frame.frame, &wanted), "text/csv");
    let (frame, made, wanted) = (opened.clone(), drawn.clone(), order.clone());
    let protocol = move |_| {
        let (frame, made, wanted) = (frame.clone(), made.clone(), wanted.clone());
        spawn_local(async move {
            let Ok(digest) = Web.sha256(frame.text.as_bytes()).await else { return };
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            pen.desk.save("sample-draw.json", &made.protocol(&frame.frame, &wanted, &digest), "application/json");
        });
    };
    el("div", "stack tight")
        .child(el("p", "banner good").attr("id", "draw-said").text(&said))
        .child(table)
        .maybe(no_chance.then(|| el("p", "banner warn").say(words::DRAW_NO_CHANCE)))
        .child(
            el("div", "row")
                .child(button("button primary").on("click", save).say(words::DRAW_SAVE))
                .child(button("button").on("click", protocol).say(words::DRAW_PROTOCOL)),
        )
}
