use crate::plan::{Choice, Item, ItemType, Plan, Questionnaire, Text, pick, prose};
use crate::ui::office::parts::print;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, office as words};
use leptos::prelude::*;
use std::rc::Rc;

/// Choices that are printed; of a longer list people write theirs.
const LISTED: usize = 24;
const BOX: &str = "☐";

/// The questionnaire on paper: A4 when printed.
#[component]
pub fn Paper(
    plan: RwSignal<Option<Rc<Plan>>, LocalStorage>,
    questionnaire: RwSignal<String>,
    tag: RwSignal<String>,
) -> impl IntoView {
    let shell = use_shell();
    move || {
        let plan = plan.get()?;
        let asked = questionnaire.with(|id| plan.questionnaire(id).cloned())?;
        let tag = tag.get();
        let language = Language::read(&tag).unwrap_or(shell.language.get());
        let sheet = Sheet { plan: &plan, tag: &tag, language };
        Some(view! {
            <div class="stack tight">
                <p class="no-print">
                    <button type="button" class="button" on:click=move |_| print()>{t(words::PAPER_PRINT)}</button>
                </p>
                <article class="paper" lang=tag.clone() aria-label=t(words::PREVIEW_PAPER)>{sheet.whole(&asked)}</article>
            </div>
        })
    }
}

struct Sheet<'a> {
    plan: &'a Plan,
    tag: &'a str,
    language: Language,
}

impl Sheet<'_> {
    /// A text of the plan without marks, in the language of the sheet.
    fn say(&self, text: &Text) -> String {
        prose::plain(pick(text, self.tag, self.plan.languages.first().map_or("", String::as_str)))
    }

    fn of(&self, words: Words) -> &'static str {
        words.of(self.language)
    }

    fn whole(&self, asked: &Questionnaire) -> AnyView {
        let mut number = 0;
        view! {
            <header>
                <p class="paper-asker">{self.say(&self.plan.asker)}</p>
                <h1>{self.say(&self.plan.title)}</h1>
                <p class="paper-no">
                    <span>{self.of(words::PAPER_NUMBER)}" ____________"</span><span>{self.of(words::PAPER_DATE)}" ____________"</span>
                </p>
                <p>{self.say(&self.plan.purpose)}</p>
                <p class="paper-notice">{self.say(&self.plan.privacy.notice)}</p>
            </header>
            {self.items(&asked.items, &mut number, 2)}
        }
        .into_any()
    }

    fn items(&self, items: &[Item], number: &mut usize, level: u8) -> AnyView {
        let shown = items.iter().filter(|item| item.kind.is_shown());
        shown.map(|item| self.item(item, number, level)).collect_view().into_any()
    }

    fn item(&self, item: &Item, number: &mut usize, level: u8) -> AnyView {
        let only_if = item.relevant.as_ref().map(|condition| {
            view! {
                <p class="paper-only">{self.of(words::PAPER_ONLY_IF)}" "<code>{condition.clone()}</code></p>
            }
        });
        let hint = item.hint.as_ref().map(|hint| view! { <p class="paper-hint">{self.say(hint)}</p> });
        let label = self.say(&item.label);
        if item.kind.is_group() {
            let each = (item.kind == ItemType::Repeat).then(|| words::PAPER_EACH.fill(self.language, &[&label]));
            let heading = match level {
                2 => view! { <h2>{label}</h2> }.into_any(),
                _ => view! { <h3>{label}</h3> }.into_any(),
            };
            return view! {
                <section>
                    {heading}{only_if}{hint}{each.map(|each| view! { <p class="paper-hint">{each}</p> })}
                    {self.items(&item.items, number, level + 1)}
                </section>
            }
            .into_any();
        }
        if item.kind == ItemType::Note {
            return view! { <div class="paper-item">{only_if}<p>{label}</p>{hint}</div> }.into_any();
        }
        *number += 1;
        let required = if item.required { " *" } else { "" };
        let numbered = format!("{number}. {label}{required}");
        view! {
            <div class="paper-item">{only_if}<p class="paper-label">{numbered}</p>{hint}{self.answer(item)}</div>
        }
        .into_any()
    }

    fn answer(&self, item: &Item) -> AnyView {
        match item.kind {
            ItemType::Grade => self.boxes(None, self.grades(item)),
            ItemType::GradeMatrix => self.matrix(item),
            ItemType::SelectOne => self.choices(item, words::PAPER_ONE),
            ItemType::SelectMultiple => self.choices(item, words::PAPER_SEVERAL),
            ItemType::Rank => self.choices(item, words::PAPER_RANK),
            ItemType::Acknowledge => self.boxes(None, vec![self.of(words::PAPER_READ).to_owned()]),
            ItemType::Range => {
                let end = |value: Option<crate::plan::Decimal>| value.map(|value| value.to_text()).unwrap_or_default();
                view! { <p class="paper-range">{end(item.start)}" ├────────────────────────────┤ "{end(item.end)}</p> }
                    .into_any()
            }
            ItemType::Text => {
                let lines = if item.appearance.as_deref() == Some("multiline") { 4 } else { 2 };
                (0..lines).map(|_| view! { <div class="paper-line"></div> }).collect_view().into_any()
            }
            _ => view! { <div class="paper-line short"></div> }.into_any(),
        }
    }

    fn grades(&self, item: &Item) -> Vec<String> {
        let Some(scale) = item.scale.as_ref().and_then(|id| self.plan.scale(id)) else { return Vec::new() };
        let grades = scale.grades.iter().map(|grade| &grade.label);
        grades.chain(scale.missing.iter().map(|missing| &missing.label)).map(|label| self.say(label)).collect()
    }

    fn choices(&self, item: &Item, how: Words) -> AnyView {
        let list = item.choices.as_ref().and_then(|id| self.plan.choice_list(id));
        let choices: &[Choice] = list.map_or(&[], |list| &list.choices);
        if choices.len() > LISTED {
            return view! { <p class="paper-hint">{self.of(words::PAPER_LONG)}</p><div class="paper-line short"></div> }.into_any();
        }
        let mut labels: Vec<String> = choices.iter().map(|choice| self.say(&choice.label)).collect();
        labels.extend(item.other.as_ref().map(|other| [self.say(other), " ____________________".into()].concat()));
        self.boxes(Some(how), labels)
    }

    fn boxes(&self, how: Option<Words>, labels: Vec<String>) -> AnyView {
        view! {
            {how.map(|how| view! { <p class="paper-hint">{self.of(how)}</p> })}
            <ul class="paper-boxes">{labels.into_iter().map(|label| view! { <li>{BOX}" "{label}</li> }).collect_view()}</ul>
        }
        .into_any()
    }

    /// One table of units and grades for each indicator: what a person ticks on paper is one box in a row.
    fn matrix(&self, item: &Item) -> AnyView {
        let units = self.plan.units.iter().filter(|unit| item.units.is_empty() || item.units.contains(&unit.id));
        let units: Vec<String> = units.map(|unit| self.say(&unit.label)).collect();
        let (leaves, columns) = (self.plan.leaf_indicators(), self.plan.columns_of(item));
        let asked = leaves.iter().filter(|(leaf, _)| columns.contains(&leaf.id));
        let grades = self.grades(item);
        asked
            .map(|(leaf, _)| {
                let grades = grades.clone();
                let rows = units.iter().map(|unit| view! {
                    <tr><th scope="row">{unit.clone()}</th>{grades.iter().map(|_| view! { <td>{BOX}</td> }).collect_view()}</tr>
                });
                view! {
                    <table>
                        <caption>{self.say(&leaf.label)}</caption>
                        <thead><tr>
                            <th scope="col">{self.of(words::PAPER_UNIT)}</th>
                            {grades.iter().map(|grade| view! { <th scope="col">{grade.clone()}</th> }).collect_view()}
                        </tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                }
            })
            .collect_view()
            .into_any()
    }
}
