//! Links and QR posters for one round, questionnaire and place.

use super::desk::{Chosen, use_desk};
use super::faults::Fault;
use super::parts::{Choice, print, said, today, value_of};
use super::standing::WithKeys;
use crate::batch::{Link, sign_link};
use crate::browser::crypto::Web;
use crate::plan::{Listed, Mode, Plan, Text};
use crate::ui::qr::qr;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::office as words;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A link that was made: its address, and the place that it shows.
#[derive(Clone)]
struct Made {
    url: String,
    place: Text,
}

#[component]
pub fn Links() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let round = RwSignal::new(String::new());
    let questionnaire = RwSignal::new(String::new());
    let group = RwSignal::new(String::new());
    let stratum = RwSignal::new(String::new());
    let place = RwSignal::new(String::new());
    let made = RwSignal::new(None::<Made>);
    let copied = RwSignal::new(false);
    if let Some(chosen) = desk.chosen.get_untracked() {
        round.set(current_round(&chosen.plan, &today()));
        questionnaire.set(chosen.plan.questionnaires.first().map_or_else(String::new, |one| one.id.clone()));
    }
    // The list of one kind of thing in the chosen plan; rater groups narrow with the questionnaire.
    let listed = move |pick: fn(&Chosen) -> Vec<(&String, &Text)>, open: bool| {
        Signal::derive_local(move || {
            let language = shell.language.get();
            let Some(chosen) = desk.chosen.get() else { return Vec::new() };
            let mut list: Vec<(String, String)> = pick(&chosen)
                .into_iter()
                .map(|(id, label)| (id.clone(), said(label, language, &chosen.plan)))
                .collect();
            if open {
                list.insert(0, (String::new(), words::ANY.of(language).to_owned()));
            }
            list
        })
    };
    let rounds = listed(|chosen| chosen.plan.rounds.iter().map(|x| (&x.id, &x.label)).collect(), false);
    // What residents are asked in this round, and where.
    let all_questionnaires =
        listed(|chosen| chosen.plan.questionnaires.iter().map(|x| (&x.id, &x.title)).collect(), false);
    let questionnaires = Signal::derive_local(move || {
        let mut list = all_questionnaires.get();
        let (chosen, round) = (desk.chosen.get(), round.get());
        if let Some(plan) = chosen.as_ref().map(|chosen| &chosen.plan) {
            let asked = |id: &str| {
                let one = plan.questionnaire(id)?;
                Some(one.is_for_round(&round) && plan.modes_of(one, None).contains(&Mode::Web))
            };
            list.retain(|(id, _)| asked(id) == Some(true));
        }
        list
    });
    let strata = listed(
        |chosen| {
            let asked = chosen.plan.strata.iter().filter(|stratum| stratum.takes(Mode::Web));
            asked.map(|x| (&x.id, &x.label)).collect()
        },
        true,
    );
    let all_groups = listed(|chosen| chosen.plan.rater_groups.iter().map(|x| (&x.id, &x.label)).collect(), true);
    let groups = Signal::derive_local(move || {
        let asked = desk.chosen.get().and_then(|chosen| {
            questionnaire.with(|id| chosen.plan.questionnaire(id).map(|one| one.rater_groups.clone()))
        });
        let mut list = all_groups.get();
        // Where groups have weights, an answer that names none could not be counted.
        if desk
            .chosen
            .with(|chosen| chosen.as_ref().is_some_and(|one| one.plan.rater_groups.iter().any(|x| x.weight.is_some())))
        {
            list.retain(|(id, _)| !id.is_empty());
        }
        if let Some(asked) = asked.filter(|asked| !asked.is_empty()) {
            list.retain(|(id, _)| id.is_empty() || asked.contains(id));
        }
        list
    });
    // A choice that is no longer on the list gives way to the first that is.
    Effect::new(move |_| {
        let list = questionnaires.get();
        if !questionnaire.with_untracked(|id| list.iter().any(|(known, _)| known == id)) {
            questionnaire.set(list.first().map_or_else(String::new, |(id, _)| id.clone()));
        }
    });
    Effect::new(move |_| {
        let list = groups.get();
        if !group.with_untracked(|id| list.iter().any(|(known, _)| known == id)) {
            group.set(list.first().map_or_else(String::new, |(id, _)| id.clone()));
        }
    });
    // A poster on the screen is always of what is chosen.
    Effect::new(move |_| {
        for choice in [round, questionnaire, group, stratum, place] {
            choice.track();
        }
        made.set(None);
    });
    let (has_groups, has_strata, anonymous) = desk.chosen.with_untracked(|chosen| {
        chosen.as_ref().map_or((false, false, true), |one| {
            let plan = &one.plan;
            (!plan.rater_groups.is_empty(), !plan.strata.is_empty(), plan.privacy.anonymous)
        })
    });
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(keys), Some(chosen)) = (desk.keys.get_untracked(), desk.chosen.get_untracked()) else { return };
        let optional = |value: RwSignal<String>| Some(value.get_untracked()).filter(|id| !id.is_empty());
        let named = place.get_untracked().trim().to_owned();
        let mut label = Text::new();
        if !named.is_empty() && !chosen.plan.privacy.anonymous {
            let language = chosen.plan.languages.first().cloned().unwrap_or_else(|| "zh".to_owned());
            label.insert(language, named);
        } else if let Some(stratum) = optional(stratum).and_then(|id| chosen.plan.stratum(&id).cloned()) {
            label = stratum.label;
        }
        let link = Link {
            v: 1,
            plan: chosen.reference.digest.clone(),
            file: Listed::of(&chosen.plan, &chosen.reference.digest).file,
            round: round.get_untracked(),
            questionnaire: questionnaire.get_untracked(),
            mode: Mode::Web,
            rater_group: optional(group),
            stratum: optional(stratum),
            place: label,
            code: None,
        };
        copied.set(false);
        spawn_local(async move {
            match sign_link(&Web, &keys.secrets.sign, &link).await {
                Ok(token) => {
                    let url = address(&token);
                    made.set(Some(Made { url, place: link.place }));
                }
                Err(_) => desk.faults.tell(Fault::Crypto),
            }
        });
    };
    view! {
        <div class="card stack">
            <h3 class="no-print">{t(words::LINKS_TITLE)}</h3>
            <p class="no-print">{t(words::LINKS_TEXT)}</p>
            <WithKeys>
                <form class="stack no-print" on:submit=make>
                    <div class="grid-fields">
                        <Choice label=words::ROUND options=rounds value=round/>
                        <Choice label=words::QUESTIONNAIRE options=questionnaires value=questionnaire/>
                        {has_groups.then(|| view! { <Choice label=words::RATER_GROUP options=groups value=group/> })}
                        {has_strata.then(|| view! { <Choice label=words::STRATUM options=strata value=stratum/> })}
                        <label class="field" hidden=anonymous>
                            <span class="field-label">{t(words::PLACE)}</span>
                            <input class="input" maxlength="60" prop:value=move || place.get()
                                on:input=move |event| place.set(value_of(&event.into()))/>
                            <span class="hint small">{t(words::PLACE_HINT)}</span>
                        </label>
                    </div>
                    {anonymous.then(|| view! { <p class="hint small">{t(words::PLACE_ANONYMOUS)}</p> })}
                    <div class="row"><button type="submit" class="button primary">{t(words::LINK_MAKE)}</button></div>
                </form>
            </WithKeys>
            {move || made.get().map(|made| {
                let (copy, open) = (made.url.clone(), made.url.clone());
                view! {
                    <div class="poster">
                        {desk.chosen.get().map(|chosen| {
                            let language = shell.language.get();
                            view! {
                                <p class="poster-asker">{said(&chosen.plan.asker, language, &chosen.plan)}</p>
                                <p class="poster-title">{said(&chosen.plan.title, language, &chosen.plan)}</p>
                            }
                        })}
                        {qr(&made.url, words::QR_LABEL).unwrap_or_else(|| {
                            view! { <p class="error" role="alert">{t(words::LINK_TOO_LONG)}</p> }.into_any()
                        })}
                        <p class="poster-scan">{t(words::POSTER_SCAN)}</p>
                        {anonymous.then(|| view! { <p>{t(words::POSTER_PRIVATE)}</p> })}
                        {desk.chosen.get().filter(|_| !made.place.is_empty()).map(|chosen| {
                            view! { <p class="tag">{said(&made.place, shell.language.get(), &chosen.plan)}</p> }
                        })}
                    </div>
                    <p class="mono small no-print">{made.url.clone()}</p>
                    <div class="row no-print">
                        <button type="button" class="button primary" on:click=|_| print()>{t(words::POSTER_PRINT)}</button>
                        <button type="button" class="button" on:click=move |_| {
                            let copy = copy.clone();
                            spawn_local(async move {
                                if crate::browser::files::copy(&copy).await {
                                    copied.try_set(true);
                                    shell.say(words::LINK_COPIED);
                                    desk.faults.settle(|fault| matches!(fault, Fault::NotCopied));
                                } else {
                                    desk.faults.tell(Fault::NotCopied);
                                }
                            });
                        }>{move || if copied.get() { t(words::LINK_COPIED)() } else { t(words::LINK_COPY)() }}</button>
                        <a class="button" href=open target="_blank" rel="noopener">{t(words::LINK_OPEN)}</a>
                    </div>
                }
            })}
        </div>
    }
}

/// The round that is open today, or else the last.
fn current_round(plan: &Plan, today: &str) -> String {
    // Dates of this form compare as texts.
    let open = plan.rounds.iter().find(|round| {
        round.opens.as_deref().is_none_or(|opens| opens <= today)
            && round.closes.as_deref().is_none_or(|closes| closes >= today)
    });
    open.or(plan.rounds.last()).map_or_else(String::new, |round| round.id.clone())
}

/// The resident's address of a token: beside this page.
fn address(token: &str) -> String {
    let here = window().location().href().unwrap_or_default();
    let folder = here.split(['#', '?']).next().unwrap_or_default();
    let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut url = String::from(folder);
    url.push_str("/#/a/");
    url.push_str(token);
    url
}
