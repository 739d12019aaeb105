use super::case::case_page;
use super::list::list_page;
use super::work::Work;
use crate::ui::office::desk::Desk;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::rectify as words;
use leptos::prelude::*;

/// The list, or the case that the address names.
pub fn bench(desk: Desk) -> AnyView {
    let shell = use_shell();
    let work = Work::open(desk);
    let at = Memo::new(move |_| shell.route.with(|route| route.strip_prefix("/rectify/").map(str::to_owned)));
    let unread = move || work.unread.with(Vec::len);
    let save_unread = move |_| {
        let text = work.unread.with_untracked(|all| all.join("\n"));
        desk.save("unreadable-entries.txt", &text, "text/plain");
    };
    view! {
        <Show when=move || { unread() > 0 }>
            <div class="banner bad stack no-print" role="alert">
                <p>{move || words::UNREADABLE.count(shell.language.get(), &[unread()])}</p>
                <p><button type="button" class="button" on:click=save_unread>{t(words::UNREADABLE_SAVE)}</button></p>
            </div>
        </Show>
        {move || match at.get() {
            Some(id) => case_page(work, id),
            None => list_page(work),
        }}
    }
    .into_any()
}
