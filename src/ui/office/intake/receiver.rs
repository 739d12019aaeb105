//! Fetching batches from a receiver.

use super::{Opened, Source, Taking, Turn, is_here, open_waiting};
use crate::batch::verify_contacts;
use crate::browser::{crypto::Web, net};
use crate::json;
use crate::plan::Digest;
use crate::rectification::Day;
use crate::ui::office::contacts::contacts_key;
use crate::ui::office::desk::{Desk, Work};
use crate::ui::words::office as words;
use leptos::prelude::*;

/// Why fetching ended early. What was fetched before is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// Nobody answered there.
    NoAnswer,
    /// The receiver does not know the token.
    Token,
    /// What answered is no receiver.
    NotAReceiver,
    /// The receiver said it cannot now: its status.
    Status(u16),
}

struct Page {
    batches: Vec<Digest>,
    next: Option<Digest>,
}

impl Page {
    fn read(node: json::Node) -> Page {
        Page { batches: node.list("batches", Digest::read), next: node.find("next").map(Digest::read) }
    }
}

/// Fetches what is not here yet, page by page. How many batches the receiver has.
pub async fn fetch(desk: Desk, receiver: &str, token: &str) -> Result<usize, FetchError> {
    let _turn = Turn::take(desk).await;
    desk.opened.set(None);
    let mut all = 0;
    let mut taking = Taking::new(desk, words::FETCHING, 0, true);
    let mut result = pages(desk, receiver, token, &mut all, &mut taking).await;
    if result.is_ok() {
        result = match contacts(desk, receiver, token).await {
            // A receiver of before there were contact logs has no such address.
            Err(FetchError::NotAReceiver) => Ok(()),
            result => result,
        };
    }
    let opened = taking.end().await;
    open_waiting(desk).await;
    // Where nothing came, the error says all.
    if result.is_ok() || opened != Opened::default() {
        desk.opened.set(Some(opened));
    }
    result.map(|()| all)
}

async fn pages(
    desk: Desk,
    receiver: &str,
    token: &str,
    all: &mut usize,
    taking: &mut Taking,
) -> Result<(), FetchError> {
    let mut after: Option<Digest> = None;
    loop {
        let mut query = String::from("batches?limit=1000");
        if let Some(after) = &after {
            query.push_str("&after=");
            query.push_str(after.as_str());
        }
        let body = get(&net::address(receiver, &query), token).await?;
        let page = json::read(&body, Page::read).map_err(|_| FetchError::NotAReceiver)?;
        *all += page.batches.len();
        let missing: Vec<&Digest> = page.batches.iter().filter(|digest| !is_here(desk, digest)).collect();
        let total = missing.len();
        taking.total += total;
        for (done, digest) in missing.into_iter().enumerate() {
            if desk.stop.get_untracked() {
                taking.opened.left = total - done;
                return Ok(());
            }
            desk.work.set(Some(Work { words: words::FETCHING, done, total }));
            let path = ["batches/", digest.as_str()].concat();
            let answer = answer(&net::address(receiver, &path), token).await?;
            let name = [digest.as_str(), ".minping"].concat();
            let from = Source { origin: &name, day: answer.written.map(Day::of_milliseconds) };
            taking.take(from, Ok(answer.body)).await;
        }
        match page.next {
            // A receiver that names the same page again would be asked for ever.
            Some(next) if after.as_ref() != Some(&next) => after = Some(next),
            _ => return Ok(()),
        }
    }
}

/// Contact logs that are not here yet. What is none of this plan stays there.
async fn contacts(desk: Desk, receiver: &str, token: &str) -> Result<(), FetchError> {
    let Some(plan) = desk.chosen.with_untracked(|chosen| chosen.as_ref().map(|chosen| chosen.plan.id.clone())) else {
        return Ok(());
    };
    let mut after: Option<Digest> = None;
    loop {
        let query = match &after {
            Some(after) => ["contacts?limit=1000&after=", after.as_str()].concat(),
            None => "contacts?limit=1000".to_owned(),
        };
        let body = get(&net::address(receiver, &query), token).await?;
        let page = json::read(&body, Page::read).map_err(|_| FetchError::NotAReceiver)?;
        for digest in &page.batches {
            let key = contacts_key(&plan, digest);
            if desk.keeper().get(&key).is_some() {
                continue;
            }
            let path = ["contacts/", digest.as_str()].concat();
            let text = get(&net::address(receiver, &path), token).await?;
            let log = verify_contacts(&Web, &text, Some(&plan)).await;
            if log.is_ok_and(|log| log.digest == *digest) {
                desk.keep(vec![(key, Some(text.trim().to_owned()))]).await;
            }
        }
        match page.next {
            Some(next) if after.as_ref() != Some(&next) => after = Some(next),
            _ => return Ok(()),
        }
    }
}

async fn get(url: &str, token: &str) -> Result<String, FetchError> {
    answer(url, token).await.map(|answer| answer.body)
}

async fn answer(url: &str, token: &str) -> Result<net::Answer, FetchError> {
    let answer = net::fetch_with_token(url, token).await.ok_or(FetchError::NoAnswer)?;
    match answer.status {
        200 => Ok(answer),
        401 | 403 => Err(FetchError::Token),
        404 | 405 => Err(FetchError::NotAReceiver),
        status => Err(FetchError::Status(status)),
    }
}
