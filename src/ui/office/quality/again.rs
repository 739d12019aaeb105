use super::settings::{Thresholds, number};
use super::work::{holder_name, with_sheets};
use crate::plan::Plan;
use crate::quality::{Size, draw_backcheck};
use crate::report::{Drawn, drawn_table};
use crate::ui::office::desk::Desk;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::quality as words;
use leptos::prelude::*;
use std::rc::Rc;

/// The sample of records to ask again, saved as a file.
pub fn again(desk: Desk, thresholds: Thresholds, plan: Rc<Plan>) -> AnyView {
    let shell = use_shell();
    let share = RwSignal::new("10".to_owned());
    // A seed that nobody chose is as good as any, as long as it is written down: it is in the field.
    let seed = RwSignal::new(((js_sys::Math::random() * 1e6) as u32).to_string());
    let drawn = RwSignal::new(None::<[usize; 2]>);
    let anonymous = plan.privacy.anonymous;
    let draw = move |_| {
        let percent = share.with_untracked(|share| share.trim().parse::<f64>().ok());
        let part = percent.filter(|percent| *percent > 0.0 && *percent <= 100.0).unwrap_or(10.0) / 100.0;
        let lot = seed.with_untracked(|seed| seed.trim().parse::<u64>().unwrap_or(0));
        // What the fields do not say is what they say now.
        share.set((part * 100.0).to_string());
        seed.set(lot.to_string());
        let name = holder_name(desk);
        let made = with_sheets(desk, &thresholds.settings(), |sheets| {
            let cases: Vec<Vec<u32>> =
                sheets.iter().map(|sheet| draw_backcheck(sheet, Size::Share(part), lot)).collect();
            let all = sheets.iter().map(|sheet| sheet.cases.len()).sum();
            let lists: Vec<Drawn> = sheets.iter().zip(&cases).map(|(sheet, cases)| Drawn { sheet, cases }).collect();
            (drawn_table(&plan, &lists, &[], &[], &name), [cases.iter().map(Vec::len).sum(), all])
        });
        if let Some((table, counts)) = made {
            let file = [&plan.id, "-backcheck-", &lot.to_string(), ".csv"].concat();
            desk.save(&file, &table.to_csv(), "text/csv");
            drawn.set(Some(counts));
        }
    };
    view! {
        <section class="card stack no-print">
            <h2>{t(words::AGAIN_TITLE)}</h2>
            <p class="hint">{t(words::AGAIN_TEXT)}</p>
            {anonymous.then(|| view! { <p class="banner warn">{t(words::AGAIN_ANONYMOUS)}</p> })}
            <div class="grid-fields">{number(words::AGAIN_SHARE, share)}{number(words::AGAIN_SEED, seed)}</div>
            <div class="row"><button type="button" class="button" on:click=draw>{t(words::AGAIN_DRAW)}</button></div>
            <div role="status">{move || drawn.get().map(|counts| view! {
                <p class="banner good">{words::AGAIN_DRAWN.count(shell.language.get(), &counts)}</p>
            })}</div>
        </section>
    }
    .into_any()
}
