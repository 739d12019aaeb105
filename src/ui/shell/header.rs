use super::{Dialog, TEXT_SIZES, Theme, t, use_shell};
use crate::ui::words::{Language, shell as words};
use leptos::prelude::*;

/// The bar on top: name, language switch, display settings.
#[component]
pub fn Header() -> impl IntoView {
    let shell = use_shell();
    let open = RwSignal::new(false);
    let home = move || !shell.busy.get() && !shell.route.with(|route| route.starts_with("/a/"));
    view! {
        <header class="header no-print">
            <div class="header-inner">
                {move || if home() {
                    view! { <a class="header-name" href="#/">{t(words::APP)}</a> }.into_any()
                } else {
                    view! { <span class="header-name">{t(words::APP)}</span> }.into_any()
                }}
                <div class="header-buttons">
                    <button
                        type="button"
                        class="header-button"
                        lang=move || if shell.language.get() == Language::Zh { "en" } else { "zh-CN" }
                        on:click=move |_| shell.language.update(|language| {
                            *language = if *language == Language::Zh { Language::En } else { Language::Zh };
                        })
                    >
                        {move || if shell.language.get() == Language::Zh { Language::En } else { Language::Zh }.name()}
                    </button>
                    <button
                        type="button"
                        class="header-button"
                        aria-haspopup="dialog"
                        aria-label=t(words::DISPLAY)
                        title=t(words::DISPLAY)
                        on:click=move |_| open.set(true)
                    >
                        <span aria-hidden="true">"Aa"</span>
                    </button>
                </div>
            </div>
        </header>
        <Dialog open title=Signal::derive(move || words::DISPLAY.of(shell.language.get()).to_owned())>
            <Settings/>
            <button type="button" class="button primary" on:click=move |_| open.set(false)>{t(words::CLOSE)}</button>
        </Dialog>
    }
}

#[component]
fn Settings() -> impl IntoView {
    let shell = use_shell();
    view! {
        <fieldset class="field">
            <legend class="field-label">{t(words::THEME)}</legend>
            <div class="options columns">
                {Theme::ALL.into_iter().map(|theme| view! {
                    <label class="option">
                        <input
                            type="radio"
                            class="option-input"
                            name="theme"
                            prop:checked=move || shell.theme.get() == theme
                            on:change=move |_| shell.theme.set(theme)
                        />
                        <span class="option-body">{t(theme.words())}</span>
                    </label>
                }).collect_view()}
            </div>
        </fieldset>
        <fieldset class="field">
            <legend class="field-label">{t(words::TEXT_SIZE)}</legend>
            <div class="options columns">
                {TEXT_SIZES.into_iter().map(|size| {
                    let mut label = size.to_string();
                    label.push_str(" %");
                    view! {
                        <label class="option">
                            <input
                                type="radio"
                                class="option-input"
                                name="text-size"
                                prop:checked=move || shell.text_size.get() == size
                                on:change=move |_| shell.text_size.set(size)
                            />
                            <span class="option-body">{label}</span>
                        </label>
                    }
                }).collect_view()}
            </div>
        </fieldset>
    }
}
