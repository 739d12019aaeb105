//! An XLSForm workbook becomes a plan: what could not be carried over, what is left to fill in, and the plan itself.

use crate::browser::clock::Timer;
use crate::browser::files;
use crate::import::{ImportError, Imported, LONGEST, MediaFile, Options, read};
use crate::ui::element::{NotLoaded, chunk};
use crate::ui::office::desk::use_desk;
use crate::ui::office::parts::value_of;
use crate::ui::office::reasons::file_words;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, office as words, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// More than these nobody reads on a page; the program's `plan import` lists them all.
const MOST: usize = 200;

/// How far the import is.
#[derive(Clone)]
enum State {
    Idle,
    Busy,
    /// The file could not be read from the disk.
    Unread(Words),
    Refused(ImportError),
    Made(Rc<Made>),
}

/// A workbook and what it gave.
struct Made {
    /// Without `.xlsx`.
    name: String,
    bytes: Vec<u8>,
    imported: Imported,
}

/// What the workbook does not say: who asks, why, what becomes of the answers; and the pictures that it only names.
#[derive(Clone, Copy)]
struct Said([RwSignal<String>; 3], RwSignal<Option<Vec<MediaFile>>>);

impl Said {
    fn options(self, name: &str) -> Options {
        let [asker, purpose, notice] = self.0.map(|text| {
            let text = text.get_untracked();
            if text.trim().is_empty() { Vec::new() } else { vec![(None, text.trim().to_owned())] }
        });
        let media = self.1.get_untracked();
        Options { name: name.to_owned(), asker, purpose, notice, media, ..Options::default() }
    }
}

/// The reader of workbooks is larger than the rest of the office: it is loaded when the first one is opened.
#[chunk(workbook, fallible)]
fn convert(bytes: Vec<u8>, options: Options) -> Result<Result<Imported, ImportError>, NotLoaded> {
    Ok(read(&bytes, &options))
}

/// Lets the clerk pick pictures, and reads the workbook again with them. Of one that is larger than any picture may be, the
/// name is enough: it is told with the others.
fn add_pictures(state: RwSignal<State, LocalStorage>, made: Rc<Made>, said: Said) {
    const MOST_OF_FILE: f64 = 200_000.0;
    spawn_local(async move {
        let picked = files::choose(files::Pick::Several, "image/png,image/jpeg,image/webp").await;
        if picked.is_empty() {
            return;
        }
        let mut media = said.1.get_untracked().unwrap_or_default();
        for file in picked {
            let bytes = match file.read_bytes(MOST_OF_FILE).await {
                Ok(bytes) => bytes,
                Err(files::Unread::TooLarge) => vec![0; MOST_OF_FILE as usize],
                Err(why) => return state.set(State::Unread(file_words(why))),
            };
            media.retain(|known| known.name != file.name);
            media.push(MediaFile { name: file.name, bytes });
        }
        said.1.set(Some(media));
        make(state, made.name.clone(), made.bytes.clone(), said);
    });
}

/// Reads the workbook after the page has had time to say so.
fn make(state: RwSignal<State, LocalStorage>, name: String, bytes: Vec<u8>, said: Said) {
    state.set(State::Busy);
    let mut once = Some((name, bytes));
    std::mem::forget(Timer::start(30, move || {
        let Some((name, bytes)) = once.take() else { return };
        spawn_local(async move {
            let made = convert(bytes.clone(), said.options(&name)).await;
            let _ = state.try_set(match made {
                Ok(Ok(imported)) => State::Made(Rc::new(Made { name, bytes, imported })),
                Ok(Err(why)) => State::Refused(why),
                Err(_) => State::Unread(shell_words::NOT_LOADED),
            });
        });
    }));
}

#[component]
pub fn Import(take: Callback<String>) -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let state = RwSignal::new_local(State::Idle);
    let said = Said([(); 3].map(|()| RwSignal::new(String::new())), RwSignal::new(None));
    let from_file = move |_| {
        spawn_local(async move {
            let picked = files::choose(files::Pick::One, ".xlsx,.xlsm").await;
            let Some(file) = picked.into_iter().next() else { return };
            match file.read_bytes(LONGEST as f64).await {
                Ok(bytes) => {
                    said.1.set(None);
                    let name = file.name.rsplit_once('.').map_or(file.name.as_str(), |(name, _)| name).to_owned();
                    make(state, name, bytes, said);
                }
                Err(why) => state.set(State::Unread(file_words(why))),
            }
        });
    };
    view! {
        <div class="row">
            <button type="button" class="button" on:click=from_file>{t(words::IMPORT)}"…"</button>
            <span class="hint">{t(words::IMPORT_HINT)}</span>
        </div>
        {move || match state.get() {
            State::Idle => ().into_any(),
            State::Busy => view! { <p class="empty" role="status">{t(words::IMPORT_BUSY)}</p> }.into_any(),
            State::Unread(why) => view! {
                <div class="banner bad stack import" role="alert"><p><strong>{t(words::IMPORT_FAILED)}</strong><br/>{t(why)}</p></div>
            }.into_any(),
            State::Refused(why) => view! {
                <div class="banner bad stack import" role="alert">
                    <p><strong>{t(words::IMPORT_FAILED)}</strong><br/>{move || why.told(shell.language.get().tag())}</p>
                </div>
            }.into_any(),
            State::Made(made) => {
                let (kept, used, again, pictured) = (made.clone(), made.clone(), made.clone(), made.clone());
                let lacks = |code: &str| ["media-not-carried", "picture-missing"].contains(&code);
                let names_pictures = made.imported.findings.iter().any(|finding| lacks(finding.code));
                let shown = StoredValue::new_local(made);
                view! {
                    <div class="card stack import">
                        <p class="banner good" role="status">
                            {move || shown.with_value(|made| words::IMPORT_DONE.fill(shell.language.get(), &[&made.name]))}
                        </p>
                        {move || shown.with_value(|made| findings(made, shell.language.get()))}
                        {names_pictures.then(|| view! {
                            <div class="row">
                                <button type="button" class="button" on:click=move |_| add_pictures(state, pictured.clone(), said)>
                                    {t(words::IMPORT_PICTURES)}"…"
                                </button>
                                <span class="hint">{t(words::IMPORT_PICTURES_HINT)}</span>
                            </div>
                        })}
                        <h3>{t(words::IMPORT_SAYS)}</h3>
                        {[words::IMPORT_ASKER, words::IMPORT_PURPOSE, words::IMPORT_NOTICE].into_iter().zip(said.0)
                            .map(|(label, text)| view! {
                                <label class="field">
                                    <span class="field-label">{t(label)}</span>
                                    <input class="input" prop:value=move || text.get()
                                        on:input=move |event| text.set(value_of(&event.into()))/>
                                </label>
                            }).collect_view()}
                        <div class="row">
                            <button type="button" class="button"
                                on:click=move |_| make(state, again.name.clone(), again.bytes.clone(), said)>
                                {t(words::IMPORT_FILL)}
                            </button>
                        </div>
                        <div class="row">
                            <button type="button" class="button primary" on:click=move |_| take.run(used.imported.plan.clone())>
                                {t(words::IMPORT_USE)}
                            </button>
                            <button type="button" class="button" on:click=move |_| {
                                desk.save(&[&kept.name, ".json"].concat(), &kept.imported.plan, "application/json");
                            }>{t(words::IMPORT_SAVE)}</button>
                            <button type="button" class="button" on:click=move |_| state.set(State::Idle)>
                                {t(words::IMPORT_CLOSE)}
                            </button>
                        </div>
                    </div>
                }.into_any()
            }
        }}
    }
}

/// The findings, the gravest first.
fn findings(made: &Made, language: Language) -> AnyView {
    let tag = language.tag();
    let findings = &made.imported.findings;
    if findings.is_empty() {
        return view! { <p>{t(words::IMPORT_WHOLE)}</p> }.into_any();
    }
    let row = |finding: &crate::import::Finding| {
        view! {
            <li>
                <span class="small">{finding.weight.label(tag)}" · "{finding.place(tag)}</span><br/>
                <strong>{finding.found(tag)}</strong><br/>{finding.advice(tag)}
            </li>
        }
    };
    let more = findings.len().saturating_sub(MOST);
    view! {
        <p>{t(words::IMPORT_FOUND)}</p>
        <ul class="problems" tabindex="0">{findings.iter().take(MOST).map(row).collect_view()}</ul>
        {(more > 0).then(|| view! { <p>{words::MORE_PROBLEMS.count(language, &[more])}</p> })}
    }
    .into_any()
}
