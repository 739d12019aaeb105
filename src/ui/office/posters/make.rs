//! Signing, drawing and reading back, with the browser in between.

use crate::batch::{Crypto, Link, sign_link, verify_link};
use crate::browser::crypto::Web;
use crate::language::Language;
use crate::plan::Plan;
use crate::posters::{
    CODE_BYTES, Layout, Place, Poster, Run, leading_page, leads_to, link_of, paper, read_back, resolved, short_address,
    short_code, told,
};
use crate::report::Table;
use crate::session::PlanRef;
use crate::ui::office::desk::{Desk, OpenKeys, Work as Busy};
use crate::ui::office::intake::{Breath, Turn};
use crate::ui::words::{Words, posters as words};
use base64ct::{Base64UrlUnpadded, Encoding};
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::io::Write;
use std::rc::Rc;

/// What the form says.
pub struct Wanted {
    pub run: Run,
    pub places: Vec<Place>,
    pub single: Option<usize>,
    pub layout: Layout,
    pub tags: Vec<String>,
    /// The page that links open.
    pub page: String,
    pub short: bool,
}

/// Paper, the pages of short addresses, and the proof in both languages.
pub struct Made {
    pub html: String,
    pub zip: Option<Vec<u8>>,
    pub proof: [Table; 2],
    pub all: usize,
    pub right: usize,
}

/// None: the clerk asked to stop.
pub async fn make(
    desk: Desk,
    plan: Rc<Plan>,
    reference: PlanRef,
    keys: Rc<OpenKeys>,
    wanted: Wanted,
) -> Result<Made, Words> {
    let _turn = Turn::take(desk).await;
    let mut breath = Breath::new();
    let each = wanted.single.unwrap_or(1);
    let total = wanted.places.len() * each * 2;
    desk.work.set(Some(Busy { words: words::MAKING, done: 0, total }));
    let crypto = |_| crate::ui::words::office::CRYPTO_FAILED;
    let mut posters: Vec<Poster> = Vec::new();
    let mut codes = BTreeSet::new();
    for place in &wanted.places {
        for serial in 1..=each {
            breath.draw(desk, words::MAKING, posters.len(), total).await;
            if desk.stop.get_untracked() {
                return Err(words::STOPPED);
            }
            let code = match wanted.single {
                None => None,
                Some(_) => {
                    let mut random = [0; 12];
                    Web.random(&mut random).map_err(crypto)?;
                    Some(Base64UrlUnpadded::encode_string(&random))
                }
            };
            let link = link_of(&plan, &reference.digest, &wanted.run, place, code);
            let token = sign_link(&Web, &keys.secrets.sign, &link).await.map_err(crypto)?;
            let short = match wanted.short {
                false => None,
                true => loop {
                    let mut random = [0; CODE_BYTES];
                    Web.random(&mut random).map_err(crypto)?;
                    if let Some(code) =
                        short_code(&random, wanted.single.is_some()).filter(|code| codes.insert(code.clone()))
                    {
                        break Some(short_address(&wanted.page, &code));
                    }
                },
            };
            let url = [&wanted.page, "#/a/", &token].concat();
            let serial = wanted.single.map(|all| (serial, all));
            posters.push(Poster::new(link, url, short, place, serial).ok_or(words::TOO_LONG)?);
        }
    }
    let html = paper(&plan, &posters, wanted.layout, &wanted.tags);
    let office = plan.keys.as_ref().map_or(&[][..], |keys| &keys.sign);
    let mut found: Vec<Option<Link>> = Vec::new();
    for poster in &posters {
        breath.draw(desk, words::MAKING, posters.len() + found.len(), total).await;
        if desk.stop.get_untracked() {
            return Err(words::STOPPED);
        }
        let read = read_back(&poster.drawing);
        let url = match &poster.short {
            Some(short) if read.as_ref() == Some(short) => leads_to(&leading_page(&poster.url)).map(str::to_owned),
            _ => read,
        };
        let link = match url.as_deref().and_then(resolved) {
            Some(token) => verify_link(&Web, token, office).await.ok(),
            None => None,
        };
        found.push(link);
    }
    let right = found.iter().zip(&posters).filter(|(found, poster)| found.as_ref() == Some(&poster.link)).count();
    let proof = [Language::Zh, Language::En].map(|language| told(&plan, &posters, &found, language));
    let zip = if wanted.short { packed(&posters) } else { None };
    Ok(Made { html, zip, proof, all: posters.len(), right })
}

/// The folder `k` with a page for each short address.
fn packed(posters: &[Poster]) -> Option<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for poster in posters {
        let code = poster.short.as_deref()?.trim_end_matches('/').rsplit('/').next()?;
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(["k/", code, "/index.html"].concat(), options).ok()?;
        archive.write_all(leading_page(&poster.url).as_bytes()).ok()?;
    }
    archive.finish().ok().map(std::io::Cursor::into_inner)
}
