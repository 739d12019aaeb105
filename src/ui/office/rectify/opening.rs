//! The form that opens a case, or corrects how it was opened.

use super::fields::{choice, line, paragraph, seat, unit_field};
use super::form::Outcome;
use super::work::Work;
use crate::language::Language;
use crate::rectification::{Day, Figure, Opening, Source, Step};
use crate::report::figure_told;
use crate::ui::office::parts::said;
use crate::ui::shell::{focus_on, go, t, use_shell};
use crate::ui::words::{rectify as words, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What an opening form begins with.
#[derive(Clone, PartialEq)]
pub struct Draft {
    pub source: Source,
    pub title: String,
    pub unit: String,
    pub round: Option<String>,
    pub indicator: Option<(String, String)>,
    pub figure: Option<Figure>,
    pub suggestion: String,
}

impl Draft {
    pub fn blank(source: Source) -> Draft {
        Draft {
            source,
            title: String::new(),
            unit: String::new(),
            round: None,
            indicator: None,
            figure: None,
            suggestion: String::new(),
        }
    }
}

/// What is typed into the form. Copy: every field is a handle.
#[derive(Clone, Copy)]
pub struct OpeningFields {
    name: RwSignal<String>,
    title: RwSignal<String>,
    unit: RwSignal<String>,
    source: RwSignal<String>,
    suggestion: RwSignal<String>,
    rest: StoredValue<(Option<String>, Option<(String, String)>, Option<Figure>)>,
}

impl OpeningFields {
    pub fn of(name: String, draft: &Draft) -> OpeningFields {
        OpeningFields {
            name: RwSignal::new(name),
            title: RwSignal::new(draft.title.clone()),
            unit: RwSignal::new(draft.unit.clone()),
            source: RwSignal::new(draft.source.code().to_owned()),
            suggestion: RwSignal::new(draft.suggestion.clone()),
            rest: StoredValue::new((draft.round.clone(), draft.indicator.clone(), draft.figure.clone())),
        }
    }

    pub fn of_opening(opening: &Opening) -> OpeningFields {
        let draft = Draft {
            source: opening.source,
            title: opening.title.clone(),
            unit: opening.unit.clone(),
            round: opening.round.clone(),
            indicator: opening.indicator.clone(),
            figure: opening.figure.clone(),
            suggestion: opening.suggestion.clone().unwrap_or_default(),
        };
        OpeningFields::of(opening.name.clone(), &draft)
    }

    pub fn step(self, work: Work, language: Language) -> Step {
        let (round, indicator, figure) = self.rest.get_value();
        let unit = self.unit.get_untracked().trim().to_owned();
        // A unit of the plan is known by its id, whatever language its name was chosen in.
        let unit_id = work.plan().and_then(|plan| {
            let named = |known: &&crate::plan::Unit| {
                said(&known.label, language, &plan) == unit || known.label.iter().any(|(_, label)| *label == unit)
            };
            plan.units.iter().find(named).map(|known| known.id.clone())
        });
        let source = self.source.get_untracked();
        let suggestion = self.suggestion.get_untracked().trim().to_owned();
        Step::Opened(Box::new(Opening {
            name: self.name.get_untracked().trim().to_owned(),
            title: self.title.get_untracked().trim().to_owned(),
            source: Source::ALL.iter().copied().find(|known| known.code() == source).unwrap_or(Source::Other),
            unit,
            unit_id,
            round,
            indicator,
            figure,
            suggestion: (!suggestion.is_empty()).then_some(suggestion),
        }))
    }

    pub fn view(self, work: Work) -> AnyView {
        let shell = use_shell();
        let sources = Source::ALL.iter().map(|source| (source.code(), source.words())).collect();
        let figure = self.rest.with_value(|(.., figure)| figure.clone());
        let figure = figure.map(|figure| view! { <p>{move || figure_told(&figure, shell.language.get())}</p> });
        view! {
            <div class="grid-fields">
                {line(words::NAME, self.name)}
                {unit_field(work, words::EVALUATED, self.unit)}
                {choice(words::SOURCE, sources, self.source)}
            </div>
            {line(words::TITLE_FIELD, self.title)}
            {figure}
            {paragraph(words::SUGGESTION, self.suggestion)}
        }
        .into_any()
    }
}

/// A new case. Gone when it is open, or when the clerk leaves it.
pub fn opening_form(work: Work, draft: Draft, open: RwSignal<Option<Draft>>) -> AnyView {
    let shell = use_shell();
    let name = work.book.with_untracked(|book| book.next_name(work.today().year()));
    let fields = OpeningFields::of(name, &draft);
    let day = RwSignal::new(work.today().to_string());
    let outcome = Outcome::new();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if outcome.is_busy() {
            return;
        }
        let Some(day) = Day::parse(day.get_untracked().trim()) else { return outcome.fault(words::NO_DAY) };
        let step = fields.step(work, shell.language.get_untracked());
        outcome.begin();
        spawn_local(async move {
            match work.write(None, Some(day), step).await {
                Ok(entry) => {
                    shell.say(words::SAVED);
                    open.try_set(None);
                    go(&["/rectify/", entry.id().as_str()].concat());
                }
                Err(why) => outcome.unwritten(why),
            }
        });
    };
    crate::ui::element::next_frame(|| focus_on("#opening h3"));
    view! {
        <form class="card stack" id="opening" on:submit=save>
            <h3>{t(words::NEW)}</h3>
            {fields.view(work)}
            {seat(work, day)}
            {outcome.view()}
            <div class="row">
                <button type="submit" class="button primary">{t(words::SAVE)}</button>
                <button type="button" class="button" on:click=move |_| open.set(None)>{t(shell_words::CANCEL)}</button>
            </div>
        </form>
    }
    .into_any()
}
