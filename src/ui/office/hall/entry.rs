//! Paper ballots, entered twice: who reads, which ballot, and what is still to be decided.

use super::opening::{group_name, line};
use super::overview::overview;
use super::paper::{Seat, reading};
use super::work::Work;
use crate::hall::{NoSheet, Refused, Sheet};
use crate::ui::office::parts::value_of;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, hall as words};
use leptos::prelude::*;
use std::rc::Rc;

/// Who read last, on this computer.
const READER: &str = "setting/reader";

pub fn entry(work: Work, id: String) -> AnyView {
    let shell = use_shell();
    Effect::new(move |_| shell.title(words::PAPER.of(shell.language.get())));
    let (Some(plan), Some(kept)) = (work.plan(), work.kept_now(&id)) else { return ().into_any() };
    let back = ["#/hall/", &id].concat();
    let sheet = match Sheet::of(&plan, &kept.ballot.questionnaire) {
        Ok(sheet) => Rc::new(sheet),
        Err(why) => {
            return view! {
                <p><a href=back>{t(words::BACK_BALLOT)}</a></p>
                <h1>{t(words::PAPER)}</h1>
                <p class="banner bad" role="alert">{t(no_sheet(&why))}</p>
            }
            .into_any();
        }
    };
    let groups: Vec<String> = kept.ballot.groups().into_iter().map(Option::unwrap_or_default).collect();
    let reader = work.desk.keeper().get(READER).unwrap_or_default();
    let by = RwSignal::new(reader);
    let pass = RwSignal::new(1usize);
    let group = RwSignal::new(groups.first().cloned().unwrap_or_default());
    let number = RwSignal::new(1u32);
    let seat = RwSignal::new_local(None::<Seat>);
    let fault = RwSignal::new(None::<Words>);
    let id = StoredValue::new(id);
    let left_out = (!sheet.left_out.is_empty()).then(|| sheet.left_out.join(", "));
    let random = Sheet::is_in_random_order(&plan, &kept.ballot.questionnaire);
    let several = groups.len() > 1;
    // Anew for each pass and group: the first ballot that is not read.
    Effect::new(move |_| {
        let (pass, group) = (pass.get(), group.get());
        let papers = work.papers(&id.get_value());
        let next = match pass {
            3 => papers.differing().into_iter().find(|place| place.0 == group).map_or(1, |place| place.1),
            pass => papers.next(&group, pass),
        };
        number.set(next);
    });
    let sheet_of = sheet.clone();
    let sit = move |place: (String, u32), pass: usize, typed: Vec<String>| {
        fault.set(None);
        let papers = work.papers(&id.get_value());
        let name = by.get_untracked().trim().to_owned();
        let sealed = work.kept_now(&id.get_value()).is_some_and(|kept| kept.sealed.contains_key(&place));
        if sealed {
            return fault.set(Some(words::ALREADY_SEALED));
        }
        if let Err(why) = papers.may_read(&place, pass, &name) {
            return fault.set(Some(refused(why)));
        }
        let kept_name = name.clone();
        leptos::task::spawn_local(async move {
            if work.desk.keeper().get(READER).as_deref() != Some(&kept_name) {
                work.desk.keep(vec![(READER.to_owned(), Some(kept_name))]).await;
            }
        });
        seat.set(Some(Seat { ballot: id.get_value(), place, pass, by: name, sheet: sheet_of.clone(), typed }));
    };
    let sit = StoredValue::new_local(sit);
    let begin = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let place = (group.get_untracked(), number.get_untracked());
        let pass = pass.get_untracked();
        sit.with_value(|sit| sit(place, pass, Vec::new()));
    };
    // After a ballot is read to the end: the next one, without touching the mouse.
    let next = Callback::new(move |typed: Vec<String>| {
        let (group, pass) = (group.get_untracked(), pass.get_untracked());
        let papers = work.papers(&id.get_value());
        let place = match pass {
            3 => papers.differing().into_iter().find(|place| place.0 == group),
            pass => Some((group.clone(), papers.next(&group, pass))),
        };
        match place {
            Some(place) => {
                number.set(place.1);
                sit.with_value(|sit| sit(place, pass, typed));
            }
            None => seat.set(None),
        }
    });
    let leave = Callback::new(move |()| seat.set(None));
    let passes = [(1usize, words::PASS_1), (2, words::PASS_2), (3, words::PASS_3)];
    let options = StoredValue::new_local((plan.clone(), groups));
    view! {
        <p class="no-print"><a href=back>{t(words::BACK_BALLOT)}</a></p>
        <h1>{t(words::PAPER)}</h1>
        <Show when=move || seat.with(Option::is_none)>
            <p class="hint">{t(words::PAPER_TEXT)}</p>
            {left_out.clone().map(|names| view! { <p class="banner warn">{move || words::LEFT_OUT.fill(shell.language.get(), &[&names])}</p> })}
            {random.then(|| view! { <p class="banner warn">{t(words::RANDOM_ORDER)}</p> })}
            <form class="card stack" on:submit=begin>
                <div class="grid-fields">
                    {line(words::READER, by)}
                    <label class="field">
                        <span class="field-label">{t(words::PASS)}</span>
                        <select class="select input" on:change=move |event| pass.set(value_of(&event).parse().unwrap_or(1))>
                            {passes.map(|(at, name)| view! {
                                <option value=at.to_string() selected=move || pass.get() == at>{t(name)}</option>
                            }).collect_view()}
                        </select>
                    </label>
                    {several.then(|| view! {
                        <label class="field">
                            <span class="field-label">{t(crate::ui::words::office::RATER_GROUP)}</span>
                            <select class="select input" on:change=move |event| group.set(value_of(&event))>
                                {move || options.with_value(|(plan, groups)| groups.iter().map(|one| {
                                    let here = one.clone();
                                    view! { <option value=one.clone() selected=move || group.with(|group| *group == here)>{group_name(plan, one, shell.language.get())}</option> }
                                }).collect_view())}
                            </select>
                        </label>
                    })}
                    <label class="field">
                        <span class="field-label">{t(words::NUMBER)}</span>
                        <input class="input" type="number" min="1" max="999999" inputmode="numeric" prop:value=move || number.get().to_string()
                            on:input=move |event| number.set(value_of(&event.into()).parse().unwrap_or(1).clamp(1, 999_999))/>
                    </label>
                </div>
                {move || fault.get().map(|fault| view! { <p class="error" role="alert">{t(fault)}</p> })}
                <div class="row"><button type="submit" class="button primary">{t(words::READ)}</button></div>
            </form>
            {overview(work, id, Callback::new(move |place: (String, u32)| {
                group.set(place.0.clone());
                pass.set(3);
                sit.with_value(|sit| sit(place, 3, Vec::new()));
            }))}
        </Show>
        {move || seat.get().map(|seat| reading(work, seat, next, leave))}
        {move || seat.with(Option::is_some).then(|| fault.get()).flatten().map(|fault| view! { <p class="error" role="alert">{t(fault)}</p> })}
    }
    .into_any()
}

fn refused(why: Refused) -> Words {
    match why {
        Refused::NoName => words::NO_READER,
        Refused::SamePerson => words::SAME_PERSON,
        Refused::NothingToDecide => words::NOTHING_TO_DECIDE,
    }
}

fn no_sheet(why: &NoSheet) -> Words {
    match why {
        NoSheet::Subset(_) => words::NO_SHEET_SUBSET,
        _ => words::NO_SHEET,
    }
}
