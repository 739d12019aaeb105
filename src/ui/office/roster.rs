//! The roster: enrol devices by their cards, revoke them, keep and hand on the signed list.

use super::desk::{Needed, use_desk};
use super::parts::{Heading, grouped, value_of};
use crate::batch::{Card, Roster, RosterEntry, RosterError, sign_roster, verify_card, verify_roster};
use crate::browser::crypto::Web;
use crate::browser::files;
use crate::plan::Digest;
use crate::ui::shell::{Dialog, t, use_shell};
use crate::ui::words::office as words;
use leptos::prelude::*;
use leptos::task::spawn_local;

const FILE_KIND: &str = "application/jose";

#[component]
pub fn Devices() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let revoking = RwSignal::new(None::<Digest>);
    let asking = RwSignal::new(false);
    let fault = RwSignal::new(None::<String>);
    let said = RwSignal::new(None::<String>);
    let devices =
        move || desk.roster.with(|roster| roster.as_ref().map_or(Vec::new(), |here| here.roster.devices.clone()));
    let load = move |_| {
        spawn_local(async move {
            let Some(picked) = files::pick(files::Pick::One, ".minping-roster,.minping").await.into_iter().next()
            else {
                return;
            };
            let language = shell.language.get_untracked();
            fault.set(None);
            said.set(None);
            let Some(chosen) = desk.chosen.get_untracked() else { return };
            let office = chosen.plan.keys.as_ref().map_or(&[][..], |keys| &keys.sign);
            let text = picked.text.unwrap_or_default();
            match verify_roster(&Web, &text, office, &chosen.plan.id).await {
                Ok(roster) => {
                    let here = desk.roster.with_untracked(|here| here.as_ref().map_or(0, |here| here.roster.issue));
                    let issue = roster.issue as usize;
                    if roster.issue < here {
                        fault.set(Some(words::ROSTER_OLDER.count(language, &[issue])));
                        return;
                    }
                    desk.enrol(roster, text.trim().to_owned()).await;
                    said.set(Some(words::ROSTER_TAKEN.count(language, &[issue])));
                }
                Err(RosterError::OtherPlan(_)) => fault.set(Some(words::ROSTER_OTHER.of(language).to_owned())),
                Err(_) => fault.set(Some(words::ROSTER_BAD.of(language).to_owned())),
            }
        });
    };
    let save = move |_| {
        if let Some(here) = desk.roster.get_untracked() {
            let mut name = here.roster.plan.clone();
            name.push_str(".minping-roster");
            files::download(&name, &here.text, FILE_KIND);
        }
    };
    view! {
        <section class="stack">
            <Heading title=words::ROSTER_TITLE text=words::ROSTER_TEXT/>
            <Show when=move || desk.chosen.with(Option::is_some) fallback=|| view! {
                <Needed title=words::PLAN_NONE text=words::PLAN_NONE_TEXT href="#/plans" action=words::PLAN_CHOOSE/>
            }>
                <div class="row">
                    <button type="button" class="button" on:click=load>{t(words::ROSTER_LOAD)}"…"</button>
                    <Show when=move || desk.roster.with(Option::is_some)>
                        <button type="button" class="button primary" on:click=save>{t(words::ROSTER_SAVE)}</button>
                    </Show>
                </div>
                {move || fault.get().map(|fault| view! { <p class="banner bad" role="alert">{fault}</p> })}
                {move || said.get().map(|said| view! { <p class="banner good" role="status">{said}</p> })}
                {move || match desk.roster.get() {
                    None => view! { <p class="empty">{t(words::ROSTER_EMPTY)}</p> }.into_any(),
                    Some(here) => view! {
                        <p>{words::ROSTER_ISSUE.count(shell.language.get(), &[here.roster.issue as usize, here.roster.devices.len()])}</p>
                    }.into_any(),
                }}
                <Show when=move || !devices().is_empty()>
                    <div class="scroller"><table class="table">
                        <thead><tr>
                            <th scope="col">{t(words::DEVICE)}</th><th scope="col">{t(words::FINGERPRINT)}</th>
                            <th scope="col">{t(words::STATE)}</th><th scope="col"></th>
                        </tr></thead>
                        <tbody>{move || devices().into_iter().map(|entry| {
                            let (device, back) = (entry.device.clone(), entry.device.clone());
                            let name = entry.name.clone();
                            view! {
                                <tr>
                                    <th scope="row">{entry.name.clone()}</th>
                                    <td class="mono small" title=grouped(&entry.device)>{entry.device.short().to_owned()}</td>
                                    <td>{if entry.revoked {
                                        view! { <span class="tag bad">{t(words::REVOKED)}</span> }.into_any()
                                    } else {
                                        view! { <span class="tag good">{t(words::ENROLLED)}</span> }.into_any()
                                    }}</td>
                                    <td>{if entry.revoked {
                                        view! { <button type="button" class="button quiet" on:click=move |_| {
                                            let back = back.clone();
                                            change(move |devices| set_revoked(devices, &back, false));
                                        }>{t(words::RESTORE)}<span class="visually-hidden">" "{name}</span></button> }.into_any()
                                    } else {
                                        view! { <button type="button" class="button quiet" on:click=move |_| {
                                            revoking.set(Some(device.clone()));
                                            asking.set(true);
                                        }>{t(words::REVOKE)}<span class="visually-hidden">" "{name}</span></button> }.into_any()
                                    }}</td>
                                </tr>
                            }
                        }).collect_view()}</tbody>
                    </table></div>
                </Show>
                <Show when=move || desk.keys.with(Option::is_some) fallback=|| view! {
                    <Needed title=words::KEYS_NEEDED text=words::KEYS_NEEDED_TEXT href="#/keys" action=words::KEYS_GO/>
                }>
                    <Enrol/>
                </Show>
            </Show>
            <Dialog open=asking title=Signal::derive(move || words::REVOKE_TITLE.of(shell.language.get()).to_owned())>
                <p>{t(words::REVOKE_TEXT)}</p>
                <div class="row">
                    <button type="button" class="button danger" on:click=move |_| {
                        asking.set(false);
                        if let Some(device) = revoking.get_untracked() {
                            change(move |devices| set_revoked(devices, &device, true));
                        }
                    }>{t(words::REVOKE)}</button>
                    <button type="button" class="button" on:click=move |_| asking.set(false)>
                        {t(crate::ui::words::shell::CANCEL)}
                    </button>
                </div>
            </Dialog>
        </section>
    }
}

fn set_revoked(devices: &mut [RosterEntry], device: &Digest, revoked: bool) {
    if let Some(entry) = devices.iter_mut().find(|entry| entry.device == *device) {
        entry.revoked = revoked;
    }
}

/// Signs the next issue of the roster and puts it in force.
fn change(edit: impl FnOnce(&mut Vec<RosterEntry>) + 'static) {
    let desk = use_desk();
    let (Some(keys), Some(chosen)) = (desk.keys.get_untracked(), desk.chosen.get_untracked()) else { return };
    let before = desk.roster.get_untracked();
    let mut roster = before.as_ref().map_or_else(
        || Roster { v: 1, plan: chosen.plan.id.clone(), issue: 0, devices: Vec::new() },
        |here| here.roster.clone(),
    );
    roster.issue += 1;
    edit(&mut roster.devices);
    spawn_local(async move {
        match sign_roster(&Web, &keys.secrets.sign, &keys.secrets.sign_public, &roster).await {
            Ok(text) => desk.enrol(roster, text).await,
            Err(_) => desk.trouble.set(Some(words::CRYPTO_FAILED.of(super::desk::use_language()).to_owned())),
        }
    });
}

/// A card, looked at and then enrolled.
#[component]
fn Enrol() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let pasted = RwSignal::new(String::new());
    let card = RwSignal::new(None::<Card>);
    let name = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<crate::ui::words::Words>);
    let read = move |text: String| {
        spawn_local(async move {
            fault.set(None);
            card.set(None);
            match verify_card(&Web, &text).await {
                Ok(found) => {
                    let known = desk.roster.with_untracked(|here| {
                        here.as_ref()
                            .is_some_and(|here| here.roster.devices.iter().any(|entry| entry.device == found.device))
                    });
                    if known {
                        fault.set(Some(words::CARD_KNOWN));
                        return;
                    }
                    name.set(found.name.clone());
                    card.set(Some(found));
                }
                Err(_) => fault.set(Some(words::CARD_BAD)),
            }
        });
    };
    let from_file = move |_| {
        spawn_local(async move {
            if let Some(picked) = files::pick(files::Pick::One, ".minping-card,.minping,.txt").await.into_iter().next()
            {
                read(picked.text.unwrap_or_default());
            }
        });
    };
    let enrol = move |_| {
        let Some(found) = card.get_untracked() else { return };
        let chosen_name = name.get_untracked().trim().to_owned();
        if chosen_name.is_empty() {
            fault.set(Some(words::CARD_NAME_MISSING));
            return;
        }
        shell.announce(words::ENROLLED_SAY.fill(shell.language.get_untracked(), &[&chosen_name]));
        change(move |devices| {
            devices.push(RosterEntry { device: found.device, key: found.key, name: chosen_name, revoked: false });
        });
        card.set(None);
        pasted.set(String::new());
        fault.set(None);
    };
    view! {
        <div class="card stack">
            <h2>{t(words::CARD_ENROL_TITLE)}</h2>
            <div class="row"><button type="button" class="button" on:click=from_file>{t(words::CARD_FILE)}"…"</button></div>
            <label class="field">
                <span class="field-label">{t(words::CARD_TEXT)}</span>
                <textarea class="input mono small" rows="3" prop:value=move || pasted.get()
                    on:input=move |event| pasted.set(value_of(&event.into()))></textarea>
            </label>
            <div class="row">
                <button type="button" class="button" on:click=move |_| read(pasted.get_untracked())>{t(words::CARD_READ)}</button>
            </div>
            {move || fault.get().map(|fault| view! { <p class="error" role="alert">{t(fault)}</p> })}
            {move || card.get().map(|found| view! {
                <div class="banner stack">
                    <p>{t(words::FINGERPRINT)}<br/><strong class="mono lead">{found.device.short().to_owned()}</strong></p>
                    <p class="hint small mono">{grouped(&found.device)}</p>
                    <p>{t(words::CARD_COMPARE)}</p>
                    <label class="field">
                        <span class="field-label">{t(words::CARD_NAME)}</span>
                        <input class="input" prop:value=move || name.get() on:input=move |event| name.set(value_of(&event.into()))/>
                    </label>
                    <div class="row"><button type="button" class="button primary" on:click=enrol>{t(words::CARD_ENROL)}</button></div>
                </div>
            })}
        </div>
    }
}
