use super::settings::{Thresholds, number};
use super::work::{Sample, holder_names};
use crate::plan::Plan;
use crate::ui::office::backroom::{Failed, Question};
use crate::ui::office::desk::Desk;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{quality as words, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// The sample of records to ask again, saved as a file.
pub fn again(desk: Desk, thresholds: Thresholds, plan: Rc<Plan>) -> AnyView {
    let shell = use_shell();
    let share = RwSignal::new("10".to_owned());
    // A seed that nobody chose is as good as any, as long as it is written down: it is in the field.
    let seed = RwSignal::new(((js_sys::Math::random() * 1e6) as u32).to_string());
    let drawn = RwSignal::new(None::<[usize; 2]>);
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(false));
    let anonymous = plan.privacy.anonymous;
    let draw = move |_| {
        let percent = share.with_untracked(|share| share.trim().parse::<f64>().ok());
        let part = percent.filter(|percent| *percent > 0.0 && *percent <= 100.0).unwrap_or(10.0) / 100.0;
        let lot = seed.with_untracked(|seed| seed.trim().parse::<u64>().unwrap_or(0));
        // What the fields do not say is what they say now.
        share.set((part * 100.0).to_string());
        seed.set(lot.to_string());
        let question =
            Question::Drawn { settings: thresholds.settings(), share: part, seed: lot, names: holder_names(desk) };
        let file = [&plan.id, "-backcheck-", &lot.to_string(), ".csv"].concat();
        busy.set(true);
        failed.set(false);
        spawn_local(async move {
            let made = desk.backroom.ask::<Sample>(desk, question, None).await;
            _ = busy.try_set(false);
            match made {
                Ok((text, count, of)) => {
                    desk.save(&file, &text, "text/csv");
                    _ = drawn.try_set(Some([count, of]));
                }
                Err(why) => _ = failed.try_set(why == Failed::NotLoaded),
            }
        });
    };
    view! {
        <section class="card stack no-print">
            <h2>{t(words::AGAIN_TITLE)}</h2>
            <p class="hint">{t(words::AGAIN_TEXT)}</p>
            {anonymous.then(|| view! { <p class="banner warn">{t(words::AGAIN_ANONYMOUS)}</p> })}
            <div class="grid-fields">{number(words::AGAIN_SHARE, share)}{number(words::AGAIN_SEED, seed)}</div>
            <div class="row"><button type="button" class="button" disabled=move || busy.get() on:click=draw>{t(words::AGAIN_DRAW)}</button></div>
            <Show when=move || failed.get()><p class="banner bad" role="alert">{t(shell_words::NOT_LOADED)}</p></Show>
            <div role="status">{move || drawn.get().map(|counts| view! {
                <p class="banner good">{words::AGAIN_DRAWN.count(shell.language.get(), &counts)}</p>
            })}</div>
        </section>
    }
    .into_any()
}
