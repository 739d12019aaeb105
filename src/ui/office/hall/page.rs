//! Which part of a ballot is shown: the address says so.

use super::board::board;
use super::entry::entry;
use super::list::list;
use super::looking::looking;
use super::result::result;
use super::work::{Kept, Work};
use super::{balance, close, seal};
use crate::report::local_time;
use crate::ui::office::desk::Desk;
use crate::ui::office::parts::print;
use crate::ui::qr::qr;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, hall as words, office};
use leptos::prelude::*;

/// `/hall`, `/hall/<id>`, `/hall/<id>/board`, `/hall/<id>/paper`.
pub fn page(desk: Desk) -> AnyView {
    let shell = use_shell();
    let work = Work::open(desk);
    let at = Memo::new(move |_| {
        let rest = shell.route.with(|route| route.strip_prefix("/hall/").map(str::to_owned)).unwrap_or_default();
        let (id, part) = rest.split_once('/').unwrap_or((&rest, ""));
        (id.to_owned(), part.to_owned())
    });
    (move || {
        let (id, part) = at.get();
        if id.is_empty() {
            return list(work);
        }
        if work.ballots.with_untracked(|all| all.iter().all(|one| one.ballot.id != id)) {
            return view! {
                <p class="no-print"><a href="#/hall">{t(words::BACK)}</a></p>
                <h1>{t(words::GONE)}</h1>
                <p>{t(words::GONE_TEXT)}</p>
            }
            .into_any();
        }
        match part.as_str() {
            "board" => board(work, id),
            "paper" => entry(work, id),
            _ => ballot(work, id),
        }
    })
    .into_any()
}

/// What the host sees of one ballot.
fn ballot(work: Work, id: String) -> AnyView {
    let shell = use_shell();
    let kept = Memo::new_with_compare(
        {
            let id = id.clone();
            move |_| work.kept(&id)
        },
        |a, b| a != b,
    );
    let name = move || kept.with(|kept| kept.as_ref().map_or_else(String::new, |one| one.ballot.name.clone()));
    Effect::new(move |_| shell.title(name()));
    let facts = move || {
        kept.with(|kept| {
            kept.as_ref().map(|one| {
                let ballot = &one.ballot;
                let parts = [ballot.place.clone(), ballot.host.clone(), local_time(&ballot.opened)];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
            })
        })
    };
    let closed = Memo::new(move |_| kept.with(|kept| kept.as_ref().is_some_and(|one| one.protocol.is_some())));
    let (board_href, paper_href) = (["#/hall/", &id, "/board"].concat(), ["#/hall/", &id, "/paper"].concat());
    let id = StoredValue::new(id);
    view! {
        <p class="no-print"><a href="#/hall">{t(words::BACK)}</a></p>
        <h1 class="no-print">{name}</h1>
        <p class="hint no-print">{facts}</p>
        <div class="row no-print">
            <a class="button primary" href=board_href.clone()>{t(words::BOARD)}</a>
            <Show when=move || kept.with(|kept| kept.as_ref().is_some_and(|one| one.ballot.paper.is_some())) && !closed.get()>
                <a class="button" href=paper_href.clone()>{t(words::PAPER)}</a>
            </Show>
        </div>
        {move || match (closed.get(), kept.get_untracked()) {
            (true, Some(kept)) => result(work, kept),
            (false, Some(_)) => open_ballot(work, id.get_value()),
            (_, None) => ().into_any(),
        }}
    }
    .into_any()
}

fn open_ballot(work: Work, id: String) -> AnyView {
    let shell = use_shell();
    let Some(kept) = work.kept_now(&id) else { return ().into_any() };
    view! {
        {looking(work)}
        {balance::balance(work, id.clone())}
        {kept.ballot.paper.is_some().then(|| seal::sealing(work, id.clone()))}
        {close::closing(work, id)}
        {move || posters(work, &kept, shell.language.get())}
    }
    .into_any()
}

/// The links as QR codes, to be printed and hung up.
fn posters(work: Work, kept: &Kept, language: Language) -> AnyView {
    let Some(plan) = work.plan() else { return ().into_any() };
    let name = kept.ballot.name.clone();
    let codes = kept.links.iter().map(|(group, url)| {
        let group = group.as_deref().unwrap_or("");
        let label = (!group.is_empty()).then(|| super::opening::group_name(&plan, group, language));
        let name = name.clone();
        view! {
            <div class="poster">
                <p class="poster-title">{name}</p>
                {qr(url, office::QR_LABEL).unwrap_or_else(|| view! { <p class="error" role="alert">{t(office::LINK_TOO_LONG)}</p> }.into_any())}
                <p class="poster-scan">{t(office::POSTER_SCAN)}</p>
                {label.map(|label| view! { <p class="tag">{label}</p> })}
            </div>
            <p class="mono small no-print hall-link">{url.clone()}</p>
        }
    });
    let codes = codes.collect_view();
    view! {
        <details class="card stack" open>
            <summary class="summary no-print">{t(words::LINKS)}</summary>
            <p class="hint small no-print">{t(words::LINKS_HINT)}</p>
            {codes}
            <div class="row no-print"><button type="button" class="button" on:click=|_| print()>{t(office::POSTER_PRINT)}</button></div>
        </details>
    }
    .into_any()
}
