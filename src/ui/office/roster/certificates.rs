//! Certificates of the course, as canvassers hand them in: checked against the roster, and kept by nobody.

use crate::batch::{CertificateError, VerifiedCertificate, verify_certificate};
use crate::browser::crypto::Web;
use crate::browser::files;
use crate::course::{COURSE, PASS};
use crate::ui::office::desk::{Desk, use_desk};
use crate::ui::office::intake::LONGEST;
use crate::ui::office::reasons::file_words;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, course as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What became of one file.
#[derive(Clone)]
enum Read {
    Good(VerifiedCertificate),
    /// Its name, and why.
    Bad(String, Words),
}

#[component]
pub fn Certificates() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let read = RwSignal::new(Vec::<Read>::new());
    let open = move |_| {
        spawn_local(async move {
            let mut found = Vec::new();
            for file in files::choose(files::Pick::Several, ".minping-certificate,.minping").await {
                let name = file.name.clone();
                found.push(match file.read(LONGEST).await {
                    Ok(text) => check(name, &text).await,
                    Err(unread) => Read::Bad(name, file_words(unread)),
                });
            }
            if !found.is_empty() {
                let _ = read.try_set(found);
            }
        });
    };
    let pasted = RwSignal::new(String::new());
    let paste = move |_| {
        let text = pasted.get_untracked();
        if text.trim().is_empty() {
            return;
        }
        spawn_local(async move {
            let name = words::O_PASTED.of(shell.language.get_untracked()).to_owned();
            let found = check(name, &text).await;
            if matches!(found, Read::Good(_)) {
                let _ = pasted.try_set(String::new());
            }
            let _ = read.try_set(vec![found]);
        });
    };
    view! {
        <section class="stack tight" aria-labelledby="certificates">
            <h2 id="certificates">{t(words::O_TITLE)}</h2>
            <p class="hint">{t(words::O_HINT)}</p>
            <div class="row"><button type="button" class="button" on:click=open>{t(words::O_OPEN)}"…"</button></div>
            <label class="field">
                <span class="field-label">{t(words::O_PASTE)}</span>
                <textarea class="input mono" rows="2" autocomplete="off" spellcheck="false"
                    prop:value=move || pasted.get() on:input:target=move |event| pasted.set(event.target().value())></textarea>
            </label>
            <div class="row"><button type="button" class="button" on:click=paste>{t(words::O_CHECK)}</button></div>
            <div role="status">
                {move || {
                    let language = shell.language.get();
                    let all = read.get();
                    (!all.is_empty()).then(|| view! {
                        <ul class="list">{all.into_iter().map(|one| row(desk, one, language)).collect_view()}</ul>
                    })
                }}
            </div>
        </section>
    }
}

async fn check(name: String, text: &str) -> Read {
    match verify_certificate(&Web, text).await {
        Ok(certificate) => Read::Good(certificate),
        Err(error) => Read::Bad(name, why(&error)),
    }
}

fn why(error: &CertificateError) -> Words {
    match error {
        CertificateError::BadSignature => words::O_CHANGED,
        CertificateError::NotACertificate | CertificateError::WrongKind(_) => words::O_NOT,
        CertificateError::BadContent(_) | CertificateError::Crypto(_) => words::O_CONTENT,
    }
}

fn row(desk: Desk, one: Read, language: Language) -> AnyView {
    let found = match one {
        Read::Bad(name, why) => {
            let text = words::O_BAD.fill(language, &[&name, why.of(language)]);
            return view! { <li class="list-row"><span class="grow error">{text}</span></li> }.into_any();
        }
        Read::Good(found) => found,
    };
    let certificate = &found.certificate;
    let device = desk.roster.with(|here| {
        let entry = here.as_ref()?.roster.entry(&found.device)?;
        Some((entry.name.clone(), entry.revoked))
    });
    let (state, class) = match &device {
        _ if certificate.course != COURSE => (words::O_OTHER, "tag warn"),
        _ if certificate.right < PASS as u64 => (words::O_NOT_PASSED, "tag bad"),
        None => (words::O_UNKNOWN, "tag warn"),
        Some((_, true)) => (words::O_REVOKED, "tag bad"),
        Some(_) => (words::O_GOOD, "tag good"),
    };
    let numbers = [certificate.right.to_string(), certificate.of.to_string()];
    let told = words::CERTIFICATE_OF.fill(language, &[&certificate.name, &certificate.on, &numbers[0], &numbers[1]]);
    let device = device.map_or_else(|| found.device.short().to_owned(), |(name, _)| name);
    view! {
        <li class="list-row">
            <span class="grow"><strong>{told}</strong><br/><span class="hint small">{device}</span></span>
            <span class=class>{state.of(language)}</span>
        </li>
    }
    .into_any()
}
