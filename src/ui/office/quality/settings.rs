use crate::plan::{Item, ItemType, Plan};
use crate::quality::{Settings, Times};
use crate::ui::office::parts::Choice;
use crate::ui::office::parts::value_of;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, quality as words};
use leptos::prelude::*;
use std::rc::Rc;

/// The thresholds that a clerk changes, as typed, and the items that hold times and names.
#[derive(Clone, Copy)]
pub struct Thresholds {
    numbers: [RwSignal<String>; 6],
    items: [RwSignal<String>; 3],
}

const NUMBERS: [Words; 6] =
    [words::MATCHED, words::SAME, words::RUN, words::UNANSWERED, words::DONT_KNOW, words::FEWEST];
const ITEMS: [Words; 3] = [words::BEGAN, words::ENDED, words::WHO];

impl Thresholds {
    pub fn new() -> Thresholds {
        let set = Settings::default();
        let percent = |share: f64| (share * 100.0).round();
        let numbers = [
            percent(set.matched),
            percent(set.same_share),
            f64::from(set.longest_run),
            percent(set.unanswered),
            percent(set.dont_know),
            f64::from(set.fewest_records),
        ];
        Thresholds {
            numbers: numbers.map(|number| RwSignal::new(number.to_string())),
            items: [(); 3].map(|()| RwSignal::new(String::new())),
        }
    }

    /// What was typed; a field that holds no sensible number counts as its default.
    pub fn settings(self) -> Settings {
        let set = Settings::default();
        let [matched, same, run, unanswered, dont_know, fewest] =
            self.numbers.map(|typed| typed.with_untracked(|typed| typed.trim().parse::<f64>().ok()));
        let share = |typed: Option<f64>, own: f64| {
            typed.filter(|percent| (0.0..=100.0).contains(percent)).map_or(own, |percent| percent / 100.0)
        };
        let count = |typed: Option<f64>, own: u32| {
            typed.filter(|count| (1.0..1e9).contains(count)).map_or(own, |count| count as u32)
        };
        let [start, end, who] = self.items.map(|item| Some(item.get_untracked()).filter(|item| !item.is_empty()));
        Settings {
            matched: share(matched, set.matched),
            same_share: share(same, set.same_share),
            longest_run: count(run, set.longest_run),
            unanswered: share(unanswered, set.unanswered),
            dont_know: share(dont_know, set.dont_know),
            fewest_records: count(fewest, set.fewest_records),
            times: Times { seconds: None, start, end },
            interviewer: who,
            ..set
        }
    }

    pub fn fields(self, plan: Rc<Plan>) -> AnyView {
        let numbers = NUMBERS.into_iter().zip(self.numbers).map(|(label, value)| number(label, value));
        let items = ITEMS.into_iter().zip(self.items).enumerate().map(|(at, (label, value))| {
            let found = names(&plan, at == 2);
            let shell = use_shell();
            let options = Signal::derive_local(move || {
                let none = (String::new(), words::NONE.of(shell.language.get()).to_owned());
                let own = found.iter().map(|name| (name.clone(), name.clone()));
                std::iter::once(none).chain(own).collect::<Vec<_>>()
            });
            view! { <Choice label options value/> }.into_any()
        });
        view! {
            <details class="card no-print">
                <summary>{t(words::SETTINGS)}</summary>
                <p class="hint small">{t(words::SETTINGS_HINT)}</p>
                <div class="grid-fields">
                    {numbers.collect_view()}
                    {items.collect_view()}
                </div>
            </details>
        }
        .into_any()
    }
}

/// A field for a number.
pub fn number(label: Words, value: RwSignal<String>) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{t(label)}</span>
            <input class="input" type="number" min="0" inputmode="numeric" prop:value=move || value.get()
                on:input=move |event| value.set(value_of(&event))/>
        </label>
    }
    .into_any()
}

/// Names of the items that may hold a time, or the interviewer's name.
fn names(plan: &Plan, people: bool) -> Vec<String> {
    fn walk(items: &[Item], people: bool, out: &mut Vec<String>) {
        for item in items {
            let fits = match item.kind {
                ItemType::Group => {
                    walk(&item.items, people, out);
                    false
                }
                ItemType::Datetime => !people,
                ItemType::Calculate | ItemType::Hidden => true,
                ItemType::Text | ItemType::Integer | ItemType::SelectOne => people,
                _ => false,
            };
            if fits && !out.contains(&item.name) {
                out.push(item.name.clone());
            }
        }
    }
    let mut out = Vec::new();
    plan.questionnaires.iter().for_each(|asked| walk(&asked.items, people, &mut out));
    out
}
