//! The plots of a round: drawn by the report's room, saved as SVG, and as PNG where the browser draws it.

use super::backroom::{Failed, Question};
use super::desk::{Desk, use_desk};
use super::earlier::{follow_earlier, kept_earlier};
use super::table::shown_table;
use crate::browser::picture;
use crate::report::Plot;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, office as words, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// All plots of the round as it is shown; loaded and drawn when they are asked for.
#[component]
pub fn Plots(round: RwSignal<String>, published: RwSignal<bool>) -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let drawn = RwSignal::new_local(None::<Result<Vec<Plot>, Failed>>);
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        desk.turned.track();
        follow_earlier(desk);
        let (round, published, language) = (round.get(), published.get(), shell.language.get());
        if open.get() {
            spawn_local(async move {
                let imported = kept_earlier(desk);
                let question = Question::Plots { round, published, language, imported };
                let made = desk.backroom.ask::<Vec<Plot>>(desk, question, None).await;
                _ = drawn.try_set(Some(made));
            });
        }
    });
    view! {
        <section class="stack plots">
            <h2>{t(words::PLOTS)}</h2>
            <Show when=move || !open.get()>
                <div class="row no-print">
                    <button type="button" class="button" on:click=move |_| open.set(true)>{t(words::PLOTS_SHOW)}</button>
                </div>
            </Show>
            <Show when=move || open.get()>
                {move || drawn.with(|drawn| match drawn {
                    None => view! { <p class="hint" role="status">{t(words::PLOTS_DRAWING)}</p> }.into_any(),
                    Some(Err(_)) => view! { <p class="banner bad" role="alert">{t(shell_words::NOT_LOADED)}</p> }.into_any(),
                    Some(Ok(plots)) if plots.is_empty() => view! { <p class="hint">{t(words::PLOTS_NONE)}</p> }.into_any(),
                    Some(Ok(plots)) => plots.iter().map(|plot| one(desk, plot, &round.get_untracked(), shell.language.get())).collect_view().into_any(),
                })}
            </Show>
        </section>
    }
}

pub(super) fn one(desk: Desk, plot: &Plot, round: &str, language: Language) -> AnyView {
    let plan = desk.chosen.get_untracked().map_or_else(String::new, |chosen| chosen.plan.id.clone());
    let name = [&plan, "-", round, "-", &plot.name].concat();
    let (svg, file, png) = (plot.svg().to_owned(), plot.to_file(), [&name, ".png"].concat());
    let whole = StoredValue::new_local((file, [&name, ".svg"].concat()));
    let save_svg = move |_| whole.with_value(|(file, name)| desk.save(name, file, "image/svg+xml"));
    let save_png = move |_| {
        let (file, png) = (whole.with_value(|(file, _)| file.clone()), png.clone());
        spawn_local(async move {
            let made = picture::of_drawing(&file, SHARPER).await;
            desk.save_bytes(&png, made.as_deref().ok(), "image/png");
        });
    };
    let open = RwSignal::new(false);
    let title = plot.title.clone();
    let table = StoredValue::new_local((plot.table.clone(), plot.title.clone()));
    view! {
        <figure class="plot stack">
            // The drawing is the report's: whatever a plan says in it was escaped there.
            <div class="plot-frame" tabindex="0" role="region" aria-label=title inner_html=svg></div>
            <figcaption class="hint small">{plot.description.clone()}</figcaption>
            <div class="row no-print">
                <button type="button" class="button" aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=move |_| open.update(|open| *open = !*open)>{t(words::PLOT_NUMBERS)}</button>
                <button type="button" class="button" on:click=save_svg>{t(words::PLOT_SVG)}</button>
                <button type="button" class="button" on:click=save_png>{t(words::PLOT_PNG)}</button>
            </div>
            <Show when=move || open.get()>
                {move || table.with_value(|(table, title)| {
                    // The drawing has the title to itself.
                    let name = [title.as_str(), ": ", words::PLOT_NUMBERS.of(language)].concat();
                    shown_table(table.clone(), &name, None, "plot-table", language)
                })}
            </Show>
        </figure>
    }
    .into_any()
}

/// Pixels for each unit of the drawing: enough for paper.
const SHARPER: f64 = 2.0;
