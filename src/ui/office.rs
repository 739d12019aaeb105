//! The office: keys, plan and links, roster, batches, progress, quotas, quality, results, rectification. Everything is opened on this
//! computer; nothing is sent.
//!
//! **Owns** the clerk's screens and the state of the desk. **Refuses** to verify, merge or compute: the batch, ledger and
//! tally rooms do.

mod attachments;
mod backroom;
mod batches;
mod beside;
mod change;
mod combined;
mod comments;
mod contacts;
mod decisions;
mod desk;
mod earlier;
mod editor;
mod exports;
mod faults;
mod fieldwork;
mod hall;
mod intake;
mod keys;
mod knowledge;
mod links;
mod parts;
mod plans;
mod plots;
mod posters;
mod problems;
mod quality;
mod quotas;
mod reasons;
mod rectify;
mod remarks;
mod report;
mod results;
mod results_table;
mod right;
mod roster;
mod shown;
mod standing;
mod steps;
mod suggestions;
mod table;

use crate::ui::element::in_view;
use crate::ui::shell::{guide, t, use_shell};
use crate::ui::words::{
    Words, contacts as contact_words, fieldwork as fieldwork_words, hall as hall_words, office as words,
    quality as quality_words, quota as quota_words, rectify as rectify_words, shell as shell_words,
    steps as steps_words, suggestions as suggestion_words,
};
pub use backroom::help;
use desk::{Desk, open_desk};
use leptos::prelude::*;

/// The pages in the order of the work, in groups.
static PAGES: [(&str, Words); 14] = [
    ("/keys", words::NAV_KEYS),
    ("/edit", words::NAV_EDIT),
    ("/plans", words::NAV_PLANS),
    ("/steps", steps_words::NAV),
    ("/roster", words::NAV_ROSTER),
    ("/hall", hall_words::NAV),
    ("/batches", words::NAV_BATCHES),
    ("/progress", fieldwork_words::NAV),
    ("/contacts", contact_words::NAV),
    ("/quotas", quota_words::NAV),
    ("/quality", quality_words::NAV),
    ("/results", words::NAV_RESULTS),
    ("/suggestions", suggestion_words::NAV),
    ("/rectify", rectify_words::NAV),
];

/// What a group is called, and how many of the pages are in it, one group after the other.
const GROUPS: [(Words, usize); 4] =
    [(words::NAV_PREPARE, 5), (words::NAV_COLLECT, 5), (words::NAV_JUDGE, 3), (words::NAV_FOLLOW, 1)];

/// What `office.html` shows.
pub fn screen() -> AnyView {
    let desk = RwSignal::new(None::<Result<Desk, Words>>);
    leptos::task::spawn_local(async move {
        desk.set(Some(open_desk().await));
    });
    let owner = Owner::current();
    (move || match desk.get() {
        None => view! { <div class="page broad"><p class="empty">{t(shell_words::LOADING)}</p></div> }.into_any(),
        Some(Err(why)) => view! {
            <div class="page stack"><h1>{t(words::TITLE)}</h1><p class="banner bad" role="alert">{t(why)}</p></div>
        }
        .into_any(),
        Some(Ok(desk)) => {
            if let Some(owner) = &owner {
                owner.with(|| provide_context(desk));
            }
            provide_context(desk);
            view! { <Office/> }.into_any()
        }
    })
    .into_any()
}

#[component]
fn Office() -> impl IntoView {
    let shell = use_shell();
    // A page stays while what it shows goes from one of its own addresses to another.
    let at = Memo::new(move |_| {
        let route = shell.route.get();
        let page = |path: &str| route.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        PAGES.into_iter().find(|(path, _)| page(path)).map_or("/", |(path, _)| path)
    });
    let tabs = NodeRef::<leptos::html::Nav>::new();
    // On a narrow screen the row of pages is longer than the screen.
    let show_current = move || {
        request_animation_frame(move || {
            let Some(tabs) = tabs.get_untracked() else { return };
            let Ok(Some(tab)) = tabs.query_selector(".tab[aria-current]") else { return };
            let (row, own) = (tabs.get_bounding_client_rect(), tab.get_bounding_client_rect());
            let middle = own.left() - row.left() - (row.width() - own.width()) / 2.0;
            tabs.set_scroll_left(tabs.scroll_left() + middle as i32);
        });
    };
    Effect::new(move |_| {
        at.track();
        show_current();
    });
    let turned = window_event_listener_untyped("resize", move |_| show_current());
    on_cleanup(move || turned.remove());
    view! {
        <div class="page broad stack office">
            <nav class="tabs no-print" aria-label=t(words::NAV) node_ref=tabs>
                {groups().into_iter().map(|(group, pages)| view! {
                    <div class="tab-group" role="group" aria-label=t(group)>
                        <span class="tab-heading" aria-hidden="true">{t(group)}</span>
                        {pages.iter().map(|(path, name)| {
                            let (path, href) = (*path, ["#", path].concat());
                            view! {
                                <a class="tab" href=href aria-current=move || (at.get() == path).then_some("page")>{t(*name)}</a>
                            }
                        }).collect_view()}
                    </div>
                }).collect_view()}
            </nav>
            <standing::Standing/>
            <faults::FaultList/>
            {move || match at.get() {
                "/keys" => view! { <keys::Keys/> }.into_any(),
                "/edit" => view! { <editor::Editor/> }.into_any(),
                "/plans" => view! { <plans::Plans/> }.into_any(),
                "/steps" => view! { <steps::Steps/> }.into_any(),
                "/roster" => view! { <roster::Devices/> }.into_any(),
                "/hall" => view! { <hall::Hall/> }.into_any(),
                "/batches" => view! { <batches::Batches/> }.into_any(),
                "/progress" => view! { <fieldwork::FieldworkPage/> }.into_any(),
                "/contacts" => view! { <contacts::Contacts/> }.into_any(),
                "/quotas" => view! { <quotas::QuotasPage/> }.into_any(),
                "/quality" => view! { <quality::Quality/> }.into_any(),
                "/results" => view! { <results::ResultsPage/> }.into_any(),
                "/suggestions" => view! { <suggestions::SuggestionsPage/> }.into_any(),
                "/rectify" => view! { <rectify::Rectification/> }.into_any(),
                _ => view! { <Welcome/> }.into_any(),
            }}
        </div>
    }
}

fn groups() -> Vec<(Words, &'static [(&'static str, Words)])> {
    let mut rest = &PAGES[..];
    let group = |(name, number): (Words, usize)| {
        let (pages, after) = rest.split_at(number);
        rest = after;
        (name, pages)
    };
    GROUPS.into_iter().map(group).collect()
}

/// The first page: what the office does, in the order of the work.
#[component]
fn Welcome() -> impl IntoView {
    let shell = use_shell();
    Effect::new(move |_| shell.title(words::TITLE.of(shell.language.get())));
    view! {
        <section class="stack">
            <h1>{t(words::TITLE)}</h1>
            <p class="lead">{t(words::INTRO)}</p>
            <ol class="list steps">
                {PAGES.into_iter().zip(1..).map(|((path, name), number)| {
                    let mut href = String::from("#");
                    href.push_str(path);
                    let text = match number {
                        1 => words::KEYS_NEW_TEXT,
                        2 => words::EDIT_TEXT,
                        3 => words::LINKS_TEXT,
                        4 => steps_words::TEXT,
                        5 => words::ROSTER_TEXT,
                        6 => hall_words::TEXT,
                        7 => words::BATCHES_TEXT,
                        8 => fieldwork_words::TEXT,
                        9 => contact_words::PAGE_TEXT,
                        10 => quota_words::PAGE_TEXT,
                        11 => quality_words::TEXT,
                        12 => words::RESULTS_TEXT,
                        13 => suggestion_words::TEXT,
                        _ => rectify_words::TEXT,
                    };
                    view! {
                        <li class="list-row">
                            <a class="button" href=href>{number}" · "{t(name)}</a>
                            <span class="grow hint">{t(text)}</span>
                        </li>
                    }
                }).collect_view()}
            </ol>
            {in_view(guide("clerk"))}
        </section>
    }
}
