//! This device: its card for the office, how well it keeps things, and the rescue file.

use super::card::Card;
use super::health::HealthLine;
use super::install::Install;
use super::rescue::Rescue;
use super::storage::Storage;
use super::update::UpdateBanner;
use crate::ui::shell::{focus_heading, t, use_shell};
use crate::ui::words::{field as words, lock as lock_words, shell as shell_words, stock as stock_words};
use leptos::prelude::*;

pub fn device() -> AnyView {
    let shell = use_shell();
    Effect::new(move |_| shell.title(words::DEVICE.of(shell.language.get())));
    request_animation_frame(focus_heading);
    view! {
        <div class="page stack">
            <p class="back"><a class="button quiet" href="#/">"← " {t(shell_words::HOME)}</a></p>
            <h1>{t(words::DEVICE)}</h1>
            <UpdateBanner/>
            <Card/>
            <section class="card stack tight">
                <h2>{t(words::STEPS)}</h2>
                <ol class="steps">
                    <li>{t(words::STEP_INSTALL)}</li>
                    <li>{t(words::STEP_CARD)}</li>
                    <li>{t(words::STEP_OFFICE)}</li>
                    <li>{t(words::STEP_OFFLINE)}</li>
                </ol>
            </section>
            <section class="card stack tight">
                <h2>{t(lock_words::MANAGE)}</h2>
                <p class="hint">{t(lock_words::TEXT)}</p>
                <p><a class="button" href="#/canvassers">{t(lock_words::MANAGE)}</a></p>
            </section>
            <Storage/>
            <section class="card stack tight">
                <h2>{t(stock_words::TITLE)}</h2>
                <p class="hint">{t(stock_words::TEXT)}</p>
                <div class="row">
                    <a class="button" href="#/stock">{t(stock_words::TITLE)}</a>
                    <a class="button quiet" href="#/leave">{t(stock_words::LEAVE)}</a>
                </div>
            </section>
            <Rescue/>
            <Install/>
            <HealthLine/>
        </div>
    }
    .into_any()
}
