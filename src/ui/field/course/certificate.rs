//! The certificate: made once, kept on the device, shown as a QR code and saved as a file. What is kept is a JSON head and, after a
//! line break, the certificate's text: the newest of each name, where several share a tablet.

use super::{Room, Stage};
use crate::batch::{Certificate, sign_certificate};
use crate::browser::crypto::Web;
use crate::browser::device::{Device as Key, DeviceError};
use crate::browser::files::{self, Shared};
use crate::course::COURSE;
use crate::json;
use crate::store::checksum::{crc32, hex8};
use crate::ui::device::CERTIFICATE as KEPT;
use crate::ui::element::{Element, button, el, group, next_frame, of_view};
use crate::ui::field::save_words;
use crate::ui::field::when::today;
use crate::ui::qr::qr;
use crate::ui::shell::focus_on;
use crate::ui::words::{Words, course as words, field as field_words};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

const KIND: &str = "application/jose";
const NAME: &str = "40";

pub fn is_kept(room: Room) -> bool {
    !all(room).is_empty()
}

/// All that are here, the newest first.
fn all(room: Room) -> Vec<(Certificate, String)> {
    let kept = room.device.keeper().list(KEPT);
    let mut found: Vec<_> = kept.iter().filter_map(|(_, body)| read(body)).collect();
    found.sort_by(|(a, _), (b, _)| b.on.cmp(&a.on).then_with(|| a.name.cmp(&b.name)));
    found
}

/// The first apps kept one alone, without a name in its key.
fn key_of(name: &str) -> String {
    let mark: String = hex8(crc32(&[name.as_bytes()])).map(char::from).iter().collect();
    [KEPT, "/", &mark].concat()
}

fn read(body: &str) -> Option<(Certificate, String)> {
    let (head, text) = body.split_once('\n')?;
    let head = json::read(head, |node| {
        let node = node.only(&["name", "on", "right", "of"]);
        Certificate {
            course: COURSE.to_owned(),
            name: node.text("name"),
            on: node.text("on"),
            right: node.whole("right", 1000),
            of: node.whole("of", 1000),
        }
    });
    Some((head.ok()?, text.to_owned()))
}

/// After passing: a name, and the certificate is made.
pub fn form(room: Room, right: usize, of: usize) -> Element {
    let language = room.shell.language;
    let failure: RwSignal<Option<String>> = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let input = el("input", "input")
        .attr("type", "text")
        .attr("maxlength", NAME)
        .attr("autocomplete", "name")
        .attr("id", "certificate-name");
    let field: HtmlInputElement = input.node().clone().unchecked_into();
    let make = move |event: web_sys::Event| {
        event.prevent_default();
        let language = language.get_untracked();
        let name = field.value().split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            failure.set(Some(words::NAME_NEEDED.of(language).to_owned()));
            return next_frame(|| focus_on("#certificate-name"));
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let certificate =
                Certificate { course: COURSE.to_owned(), name, on: today(), right: right as u64, of: of as u64 };
            let made = certificate.name.clone();
            match keep(room, certificate).await {
                Ok(()) => {
                    room.shown.set(made);
                    room.shell.say(words::MADE);
                    if room.stage.try_get_untracked().is_some() {
                        room.go(Stage::Certificate);
                    }
                }
                Err(why) => {
                    let _ = failure.try_set(Some(words::FAILED_MAKE.fill(language, &[why.of(language)])));
                }
            }
            let _ = busy.try_set(false);
        });
    };
    let failed = move || failure.get().map_or_else(group, |why| el("p", "error").text(&why));
    let submit = el("button", "button primary wide")
        .attr("type", "submit")
        .live_flag("disabled", move || busy.get())
        .say(words::MAKE);
    el("form", "card stack")
        .on("submit", make)
        .child(el("label", "field").child(el("span", "field-label").say(words::NAME)).child(input))
        .child(el("div", "").attr("role", "alert").live(failed))
        .child(submit)
}

async fn keep(room: Room, certificate: Certificate) -> Result<(), Words> {
    let key = Key::open().await.map_err(|error| match error {
        DeviceError::Unreadable => field_words::KEY_LOST,
        DeviceError::Crypto(_) => field_words::CRYPTO_FAILED,
        DeviceError::Storage(error) => save_words(&error),
    })?;
    let text = sign_certificate(&Web, &key.key, &key.public, &certificate).await;
    let text = text.map_err(|_| field_words::CRYPTO_FAILED)?;
    let mut out = json::Writer::new();
    out.open('{');
    out.text("name", &certificate.name);
    out.text("on", &certificate.on);
    out.number("right", certificate.right);
    out.number("of", certificate.of);
    out.close('}');
    let body = [&out.finish(), "\n", &text].concat();
    room.device.commit(vec![(key_of(&certificate.name), Some(body))]).await.map_err(|error| save_words(&error))?;
    Ok(())
}

/// The certificates that are here: the one that was made last or chosen, and the names of the others.
pub fn kept(room: Room) -> Element {
    let heading = el("h1", "").attr("tabindex", "-1").say(words::CERTIFICATE);
    let all = all(room);
    let several = (all.len() > 1).then(|| {
        let options = all.iter().map(|(one, _)| {
            let (chosen, name) = (one.name.clone(), one.name.clone());
            button("button")
                .live_attr("aria-pressed", move || Some((room.shown.get() == name).to_string()))
                .on("click", move |_| room.shown.set(chosen.clone()))
                .text(&[&one.name, " · ", &one.on].concat())
        });
        el("div", "row certificates").children(options.collect())
    });
    if !all.iter().any(|(one, _)| room.shown.with_untracked(|name| one.name == *name))
        && let Some((first, _)) = all.first()
    {
        room.shown.set(first.name.clone());
    }
    let one = move || {
        let found = all.iter().find(|(one, _)| room.shown.with(|name| one.name == *name)).cloned();
        found.map_or_else(group, |(certificate, text)| shown(room, certificate, text))
    };
    group().child(heading).maybe(several).child(group().live(one))
}

fn shown(room: Room, certificate: Certificate, text: String) -> Element {
    let language = room.shell.language;
    let failure: RwSignal<Option<Words>> = RwSignal::new(None);
    let day = certificate.on.clone();
    let file = Rc::new(["minping-", &certificate.name.replace([' ', '/', '\\'], "-"), "-", &day].concat());
    let file = Rc::new([file.as_str(), ".minping-certificate"].concat());
    let text = Rc::new(text);
    let code = qr(&text, words::QR).map(of_view);
    let (saved, saved_file) = (text.clone(), file.clone());
    let save = move |_| {
        let done = files::download(&saved_file, &saved, KIND);
        failure.set((!done).then_some(field_words::FILE_FAILED));
    };
    let share = files::can_share(&file, KIND).then(|| {
        let share = move |_| {
            let (file, text) = (file.clone(), text.clone());
            spawn_local(async move {
                let done = files::share(&file, &text, KIND, &file).await != Shared::Impossible;
                let _ = failure.try_set((!done).then_some(field_words::FILE_FAILED));
            });
        };
        button("button").on("click", share).say(words::SHARE)
    });
    let told = move || {
        let numbers = [certificate.right.to_string(), certificate.of.to_string()];
        let parts = [&*certificate.name, &certificate.on, &numbers[0], &numbers[1]];
        words::CERTIFICATE_OF.fill(language.get(), &parts)
    };
    let failed = move || failure.get().map_or_else(group, |why| el("p", "error").say(why));
    let another = button("button quiet").on("click", move |_| room.go(Stage::Front)).say(words::ANOTHER);
    group()
        .child(el("p", "lead").live_text(told))
        .maybe(code)
        .child(el("p", "hint small").say(words::SIGNED))
        .child(
            el("div", "row")
                .child(button("button primary").on("click", save).say(words::SAVE))
                .maybe(share)
                .child(another),
        )
        .child(el("div", "").attr("role", "alert").live(failed))
}
