//! The roster: enrol devices by their cards, revoke them, keep and hand on the signed list.

mod certificates;
mod enrol;
mod file;
mod issue;

use super::batches::WithPlan;
use super::desk::use_desk;
use super::parts::{Heading, grouped};
use super::standing::WithKeys;
use crate::plan::Digest;
use crate::ui::shell::{Dialog, t, use_shell};
use crate::ui::words::office as words;
use certificates::Certificates;
use enrol::Enrol;
use file::RosterFile;
pub use issue::{Edit, change, change_now};
use leptos::prelude::*;

#[component]
pub fn Devices() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let issue = move || {
        desk.roster.with(|here| {
            let here = here.as_ref()?;
            let counts = [here.roster.issue as usize, here.roster.devices.len()];
            Some(words::ROSTER_ISSUE.count(shell.language.get(), &counts))
        })
    };
    view! {
        <section class="stack">
            <Heading title=words::ROSTER_TITLE text=words::ROSTER_TEXT/>
            <WithPlan>
                <RosterFile/>
                {move || match issue() {
                    None => view! { <p class="empty">{t(words::ROSTER_EMPTY)}</p> }.into_any(),
                    Some(issue) => view! { <p>{issue}</p> }.into_any(),
                }}
                <DeviceList/>
                <WithKeys><Enrol/></WithKeys>
                <Certificates/>
            </WithPlan>
        </section>
    }
}

#[component]
fn DeviceList() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let revoking = RwSignal::new(None::<(Digest, String)>);
    let asking = RwSignal::new(false);
    let devices = move || desk.roster.with(|here| here.as_ref().map_or(Vec::new(), |here| here.roster.devices.clone()));
    // Only the office's keys can sign a change.
    let can_sign = move || desk.keys_fit() == Some(true);
    let title = Signal::derive(move || {
        let name = revoking.with(|one| one.as_ref().map_or(String::new(), |(_, name)| name.clone()));
        words::REVOKE_TITLE.fill(shell.language.get(), &[&name])
    });
    view! {
        <Show when=move || !devices().is_empty()>
            <ul class="list">{move || devices().into_iter().map(|entry| {
                let (device, name) = (entry.device.clone(), entry.name.clone());
                let revoked = entry.revoked;
                let turn = move |_| match revoked {
                    true => change(desk, Edit::Revoked(device.clone(), false)),
                    false => {
                        revoking.set(Some((device.clone(), name.clone())));
                        asking.set(true);
                    }
                };
                let (state, class) = if revoked { (words::REVOKED, "tag bad") } else { (words::ENROLLED, "tag good") };
                view! {
                    <li class="list-row">
                        <span class="grow">
                            <strong>{entry.name.clone()}</strong>" "<span class=class>{t(state)}</span><br/>
                            <span class="hint small">{t(words::FINGERPRINT)}" "
                                <span class="mono" title=grouped(&entry.device)>{entry.device.short().to_owned()}</span></span>
                        </span>
                        {move || can_sign().then(|| view! {
                            <button type="button" class="button" on:click=turn.clone()>
                                {t(if revoked { words::RESTORE } else { words::REVOKE })}
                                <span class="visually-hidden">" "{entry.name.clone()}</span>
                            </button>
                        })}
                    </li>
                }
            }).collect_view()}</ul>
        </Show>
        <Dialog open=asking title>
            <p>{t(words::REVOKE_TEXT)}</p>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| asking.set(false)>
                    {t(crate::ui::words::shell::CANCEL)}
                </button>
                <button type="button" class="button danger" on:click=move |_| {
                    asking.set(false);
                    if let Some((device, _)) = revoking.get_untracked() {
                        change(desk, Edit::Revoked(device, true));
                    }
                }>{t(words::REVOKE)}</button>
            </div>
        </Dialog>
    }
}
