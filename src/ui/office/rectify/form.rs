//! The form of one step: of a new entry, or of what should stand in the place of an earlier one.

use super::fields::{choice, day_field, line, number_field, paragraph, seat, unit_field};
use super::opening::OpeningFields;
use super::work::{Unwritten, Work};
use crate::browser::files;
use crate::expression::sha_256;
use crate::language::Language;
use crate::plan::{Digest, Item, ItemType, Plan};
use crate::rectification::{Closing, Counted, Day, Evidence, Outcome as Satisfaction, Step, Whom};
use crate::ui::office::intake::LONGEST;
use crate::ui::office::reasons::file_words;
use crate::ui::shell::{Dialog, t, use_shell};
use crate::ui::words::{Words, rectify as words, shell as shell_words};
use base64ct::{Base64UrlUnpadded, Encoding};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What became of a form that was sent. Copy: every field is a handle.
#[derive(Clone, Copy)]
pub struct Outcome {
    busy: RwSignal<bool>,
    fault: RwSignal<Option<Fault>>,
}

#[derive(Clone)]
enum Fault {
    Said(Words),
    Unwritten(Unwritten),
}

impl Outcome {
    pub fn new() -> Outcome {
        Outcome { busy: RwSignal::new(false), fault: RwSignal::new(None) }
    }

    pub fn is_busy(self) -> bool {
        self.busy.get_untracked()
    }

    pub fn begin(self) {
        self.busy.set(true);
        self.fault.set(None);
    }

    pub fn fault(self, words: Words) {
        self.fault.set(Some(Fault::Said(words)));
    }

    /// The form stays as it was filled in.
    pub fn unwritten(self, why: Unwritten) {
        let _ = self.busy.try_set(false);
        let _ = self.fault.try_set(Some(Fault::Unwritten(why)));
    }

    pub fn view(self) -> AnyView {
        let shell = use_shell();
        let text = move |fault: Fault, language: Language| match fault {
            Fault::Said(words) => words.of(language).to_owned(),
            Fault::Unwritten(Unwritten::Refused(refusal)) => refusal.told(language),
            Fault::Unwritten(Unwritten::NotKept) => crate::ui::words::office::SAVE_FAILED.of(language).to_owned(),
        };
        (move || {
            self.fault.get().map(|fault| {
                view! { <p class="error" role="alert">{move || text(fault.clone(), shell.language.get())}</p> }
            })
        })
        .into_any()
    }
}

/// Everything that a step of any kind is made of. Copy: every field is a handle.
#[derive(Clone, Copy)]
struct Fields {
    unit: RwSignal<String>,
    post: RwSignal<String>,
    text: RwSignal<String>,
    day: RwSignal<String>,
    days: RwSignal<String>,
    due: RwSignal<String>,
    /// Chosen from a list: whom, outcome, how, passed or upheld.
    first: RwSignal<String>,
    second: RwSignal<String>,
    consent: RwSignal<String>,
    evidence: RwSignal<Vec<Evidence>>,
    opening: Option<OpeningFields>,
}

fn one_of<T: Copy>(all: &[T], codes: &[&str], chosen: &str) -> T {
    all[codes.iter().position(|code| *code == chosen).unwrap_or(0)]
}

impl Fields {
    /// Empty, or as the step has it.
    fn of(work: Work, kind: &str, unit: String, step: Option<&Step>) -> Fields {
        let first = match kind {
            "called_back" => Whom::Representative.code(),
            "closed" => Closing::Rectified.code(),
            _ => "yes",
        };
        let fields = Fields {
            unit: RwSignal::new(unit),
            post: RwSignal::new(String::new()),
            text: RwSignal::new(String::new()),
            day: RwSignal::new(work.today().to_string()),
            days: RwSignal::new(String::new()),
            due: RwSignal::new(String::new()),
            first: RwSignal::new(first.to_owned()),
            second: RwSignal::new(Satisfaction::Satisfied.code().to_owned()),
            consent: RwSignal::new(String::new()),
            evidence: RwSignal::new(Vec::new()),
            opening: match step {
                Some(Step::Opened(opening)) => Some(OpeningFields::of_opening(opening)),
                _ => None,
            },
        };
        if let Some(step) = step {
            fields.fill(step);
        }
        fields
    }

    fn fill(self, step: &Step) {
        let flag = |flag: bool| if flag { "yes" } else { "no" }.to_owned();
        match step.clone() {
            Step::Opened(_) | Step::Corrected { .. } => {}
            Step::Assigned { unit, post } => {
                self.unit.set(unit);
                self.post.set(post);
            }
            Step::Planned { measure: text, due, .. } | Step::Extended { reason: text, due, .. } => {
                self.text.set(text);
                self.due.set(due.to_string());
            }
            Step::Replied { text, evidence } => {
                self.text.set(text);
                self.evidence.set(evidence);
            }
            Step::CalledBack { whom, consent, outcome, text } => {
                self.text.set(text);
                self.first.set(whom.code().to_owned());
                self.second.set(outcome.code().to_owned());
                self.consent.set(consent.unwrap_or_default());
            }
            Step::Verified { passed, text } => {
                self.text.set(text);
                self.first.set(flag(passed));
            }
            Step::Closed { how, text } => {
                self.text.set(text);
                self.first.set(how.code().to_owned());
            }
            Step::Reopened { reason } => self.text.set(reason),
            Step::Appealed { text, evidence, due } => {
                self.text.set(text);
                self.evidence.set(evidence);
                self.due.set(due.map(|due| due.to_string()).unwrap_or_default());
            }
            Step::Decided { upheld, text } => {
                self.text.set(text);
                self.first.set(flag(upheld));
            }
        }
    }

    /// The deadline as typed; with working days, how it was reckoned.
    fn due(self, work: Work) -> Result<Option<(Day, Option<Counted>)>, Words> {
        let typed = self.due.get_untracked();
        if typed.trim().is_empty() {
            return Ok(None);
        }
        let due = Day::parse(typed.trim()).ok_or(words::NO_DAY)?;
        let days = self.days.get_untracked().trim().parse::<u32>().ok();
        let counted = days.zip(Day::parse(self.day.get_untracked().trim())).and_then(|(days, from)| {
            work.calendar.with_untracked(|calendar| {
                let covered = calendar.covers(from, due);
                let reckoned = Counted { days, from, calendar: calendar.name.clone(), covered };
                (calendar.after(from, days) == due).then_some(reckoned)
            })
        });
        Ok(Some((due, counted)))
    }

    fn step(self, work: Work, kind: &str, language: Language) -> Result<Step, Words> {
        let text = self.text.get_untracked().trim().to_owned();
        let (first, second) = (self.first.get_untracked(), self.second.get_untracked());
        let evidence = self.evidence.get_untracked();
        let required = || self.due(work)?.ok_or(words::NO_DEADLINE);
        Ok(match kind {
            "opened" => match self.opening {
                Some(opening) => opening.step(work, language),
                None => return Err(words::GONE),
            },
            "assigned" => Step::Assigned {
                unit: self.unit.get_untracked().trim().to_owned(),
                post: self.post.get_untracked().trim().to_owned(),
            },
            "planned" => {
                let (due, counted) = required()?;
                Step::Planned { measure: text, due, counted }
            }
            "extended" => {
                let (due, counted) = required()?;
                Step::Extended { due, reason: text, counted }
            }
            "replied" => Step::Replied { text, evidence },
            "called_back" => {
                let whom = one_of(Whom::ALL, Whom::CODES, &first);
                let consent =
                    Some(self.consent.get_untracked()).filter(|item| whom == Whom::Respondent && !item.is_empty());
                let outcome = one_of(Satisfaction::ALL, Satisfaction::CODES, &second);
                Step::CalledBack { whom, consent, outcome, text }
            }
            "verified" => Step::Verified { passed: first == "yes", text },
            "closed" => Step::Closed { how: one_of(Closing::ALL, Closing::CODES, &first), text },
            "reopened" => Step::Reopened { reason: text },
            "appealed" => Step::Appealed { text, evidence, due: self.due(work)?.map(|(due, _)| due) },
            _ => Step::Decided { upheld: first == "yes", text },
        })
    }

    fn view(self, work: Work, kind: &'static str) -> AnyView {
        let said = |label| paragraph(label, self.text);
        let pairs = |yes, no| vec![("yes", yes), ("no", no)];
        match kind {
            "opened" => self.opening.map(|opening| opening.view(work)).into_any(),
            "assigned" => view! {
                <div class="grid-fields">{unit_field(work, words::RESPONSIBLE, self.unit)}{line(words::POST, self.post)}</div>
            }
            .into_any(),
            "planned" => view! { {said(words::ACTION)}{self.deadline(work)} }.into_any(),
            "extended" => view! { {said(words::REASON)}{self.deadline(work)} }.into_any(),
            "replied" => view! { {said(words::SAYS)}{self.files()} }.into_any(),
            "called_back" => self.called(work),
            "verified" => {
                let options = pairs(words::PASSED, words::FAILED);
                view! { {choice(words::RESULT, options, self.first)}{said(words::SAYS)} }.into_any()
            }
            "closed" => {
                let options = Closing::ALL.iter().map(|how| (how.code(), how.words())).collect();
                view! { {choice(words::HOW, options, self.first)}{said(words::SAYS)} }.into_any()
            }
            "reopened" => said(words::REASON),
            "appealed" => view! { {said(words::SAYS)}{self.files()}{self.deadline(work)} }.into_any(),
            _ => {
                let options = pairs(words::UPHELD, words::REJECTED);
                view! { {choice(words::DECISION, options, self.first)}{said(words::REASON)} }.into_any()
            }
        }
    }

    /// Working days, and the day that they come to; the day can be chosen by itself as well.
    fn deadline(self, work: Work) -> AnyView {
        let shell = use_shell();
        Effect::new(move |_| {
            let days = self.days.with(|days| days.trim().parse::<u32>().ok()).filter(|days| *days < 5000);
            let from = self.day.with(|day| Day::parse(day.trim()));
            if let (Some(days), Some(from)) = (days, from) {
                self.due.set(work.calendar.with(|calendar| calendar.after(from, days).to_string()));
            }
        });
        let uncovered = move || {
            let language = shell.language.get();
            let (from, due) = (self.day.with(|day| Day::parse(day)), self.due.with(|due| Day::parse(due)));
            let (from, due) = from.zip(due)?;
            work.calendar.with(|calendar| {
                (!calendar.covers(from, due)).then(|| words::NOT_COVERED.fill(language, &[&calendar.told(language)]))
            })
        };
        view! {
            <div class="grid-fields">{number_field(words::DAYS, self.days)}{day_field(words::DUE, self.due)}</div>
            <p class="hint small">{t(words::DUE_HINT)}</p>
            <div role="status">{move || uncovered().map(|told| view! { <p class="banner warn">{told}</p> })}</div>
        }
        .into_any()
    }

    fn called(self, work: Work) -> AnyView {
        let whom = Whom::ALL.iter().map(|whom| (whom.code(), whom.words())).collect();
        let outcomes = Satisfaction::ALL.iter().map(|outcome| (outcome.code(), outcome.words())).collect();
        let respondent = move || self.first.with(|whom| whom == Whom::Respondent.code());
        let items: Vec<String> = work.plan().map_or_else(Vec::new, |plan| consent_items(&plan));
        let items = StoredValue::new(items);
        view! {
            <div class="grid-fields">
                {choice(words::WHOM, whom, self.first)}
                {choice(words::OUTCOME, outcomes, self.second)}
            </div>
            <Show when=respondent>
                <label class="field">
                    <span class="field-label">{t(words::CONSENT)}</span>
                    <select class="select input" on:change=move |event| self.consent.set(event_target_value(&event))
                        prop:value=move || self.consent.get()>
                        <option value="">{t(words::ANY)}</option>
                        {items.get_value().into_iter().map(|item| {
                            let (here, name) = (item.clone(), item.clone());
                            view! { <option value=item selected=move || self.consent.with(|chosen| *chosen == here)>{name}</option> }
                        }).collect_view()}
                    </select>
                    <span class="hint small">{t(words::CONSENT_HINT)}</span>
                </label>
            </Show>
            {paragraph(words::SAYS, self.text)}
        }
        .into_any()
    }

    /// Files are digested here; the file itself stays with the clerk.
    fn files(self) -> AnyView {
        let fault = RwSignal::new(None::<Words>);
        let add = move |_| {
            spawn_local(async move {
                for file in files::choose(files::Pick::Several, "").await {
                    match file.read_bytes(LONGEST).await {
                        Ok(bytes) => {
                            let digest = Digest(Base64UrlUnpadded::encode_string(&sha_256(&bytes)));
                            let name = file.name.rsplit('/').next().unwrap_or_default().to_owned();
                            let found = Evidence { name, digest, bytes: bytes.len() as u64 };
                            let _ = self.evidence.try_update(|all| {
                                if !all.contains(&found) {
                                    all.push(found);
                                }
                            });
                            fault.try_set(None);
                        }
                        Err(why) => {
                            fault.try_set(Some(file_words(why)));
                        }
                    }
                }
            });
        };
        let shown =
            move || {
                let all = self.evidence.get();
                all.into_iter().enumerate().map(|(at, file)| {
                let told = [&file.name, " · SHA-256 ", file.digest.short(), "…"].concat();
                let take_away = move |_| self.evidence.update(|all| drop(all.remove(at)));
                view! { <li class="row"><span class="grow file-name">{told}</span>
                    <button type="button" class="button quiet" on:click=take_away>{t(words::TAKE_AWAY)}</button></li> }
            }).collect_view()
            };
        view! {
            <div class="stack tight">
                <div class="row"><button type="button" class="button" on:click=add>{t(words::EVIDENCE)}"…"</button></div>
                <p class="hint small">{t(words::EVIDENCE_HINT)}</p>
                <ul>{shown}</ul>
                {move || fault.get().map(|words| view! { <p class="error" role="alert">{t(words)}</p> })}
            </div>
        }
        .into_any()
    }
}

/// Items in which a respondent may have agreed: what is chosen, acknowledged or written.
fn consent_items(plan: &Plan) -> Vec<String> {
    fn walk(items: &[Item], out: &mut Vec<String>) {
        for item in items {
            walk(&item.items, out);
            let fits = matches!(
                item.kind,
                ItemType::SelectOne | ItemType::SelectMultiple | ItemType::Text | ItemType::Acknowledge
            );
            if fits && !out.contains(&item.name) {
                out.push(item.name.clone());
            }
        }
    }
    let mut out = Vec::new();
    plan.questionnaires.iter().for_each(|asked| walk(&asked.items, &mut out));
    out
}

/// What a form is for.
#[derive(Clone, PartialEq)]
pub struct Doing {
    pub kind: &'static str,
    /// The entry that is corrected, and what it says.
    pub corrects: Option<(Digest, Step)>,
}

/// The form. It closes when the entry is kept; `warnings` are said before a case is closed.
pub fn step_form(
    work: Work,
    case: Digest,
    unit: String,
    warnings: Vec<Words>,
    doing: Doing,
    open: RwSignal<Option<Doing>>,
) -> AnyView {
    let shell = use_shell();
    let kind = doing.kind;
    let fields = Fields::of(work, kind, unit, doing.corrects.as_ref().map(|(_, step)| step));
    let (withdraw, why) = (RwSignal::new(false), RwSignal::new(String::new()));
    let (outcome, confirming) = (Outcome::new(), RwSignal::new(false));
    let corrects = doing.corrects.as_ref().map(|(entry, _)| entry.clone());
    let correcting = corrects.is_some();
    let (case, corrects) = (StoredValue::new(case), StoredValue::new(corrects));
    let step = move || -> Result<Step, Words> {
        let language = shell.language.get_untracked();
        match corrects.get_value() {
            None => fields.step(work, kind, language),
            Some(entry) => {
                let step = match withdraw.get_untracked() {
                    true => None,
                    false => Some(Box::new(fields.step(work, kind, language)?)),
                };
                Ok(Step::Corrected { entry, reason: why.get_untracked().trim().to_owned(), step })
            }
        }
    };
    let write = move || {
        let Some(day) = Day::parse(fields.day.get_untracked().trim()) else { return outcome.fault(words::NO_DAY) };
        let step = match step() {
            Ok(step) => step,
            Err(words) => return outcome.fault(words),
        };
        outcome.begin();
        spawn_local(async move {
            match work.write(Some(case.get_value()), Some(day), step).await {
                Ok(_) => {
                    shell.say(words::SAVED);
                    open.try_set(None);
                    crate::ui::element::next_frame(crate::ui::shell::focus_heading);
                }
                Err(why) => outcome.unwritten(why),
            }
        });
    };
    let asks = move || (kind == "closed" && !correcting) || (correcting && withdraw.get_untracked());
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match () {
            () if outcome.is_busy() => {}
            () if asks() => confirming.set(true),
            () => write(),
        }
    };
    let words_of = if correcting {
        [words::WITHDRAW_TITLE, words::WITHDRAW_TEXT, words::WITHDRAW_DO]
    } else {
        [words::CLOSE_TITLE, words::CLOSE_TEXT, words::CLOSE_DO]
    };
    let title = Signal::derive(move || words_of[0].of(shell.language.get()).to_owned());
    let warnings = StoredValue::new(if correcting { Vec::new() } else { warnings });
    let heading = move || {
        let language = shell.language.get();
        match corrects.get_value() {
            None => words::action(kind).of(language).to_owned(),
            Some(entry) => words::CORRECT_ENTRY.fill(language, &[entry.short()]),
        }
    };
    crate::ui::element::next_frame(|| crate::ui::shell::focus_on("#step h3"));
    view! {
        <form class="card stack no-print" id="step" on:submit=save>
            <h3>{heading}</h3>
            {correcting.then(|| view! {
                {paragraph(words::WHY_CORRECT, why)}
                <label class="option">
                    <input type="checkbox" class="option-input" prop:checked=move || withdraw.get()
                        on:change=move |event| withdraw.set(event_target_checked(&event))/>
                    <span class="option-body">{t(words::WITHDRAW)}</span>
                </label>
            })}
            <div class="stack" hidden=move || withdraw.get()>{fields.view(work, kind)}</div>
            {seat(work, fields.day)}
            {outcome.view()}
            <div class="row">
                <button type="submit" class="button primary">{t(words::SAVE)}</button>
                <button type="button" class="button" on:click=move |_| open.set(None)>{t(shell_words::CANCEL)}</button>
            </div>
        </form>
        <Dialog open=confirming title>
            <p>{t(words_of[1])}</p>
            {warnings.get_value().into_iter().map(|words| view! { <p class="banner warn">{t(words)}</p> }).collect_view()}
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| confirming.set(false)>{t(shell_words::CANCEL)}</button>
                <button type="button" class="button danger" on:click=move |_| { confirming.set(false); write(); }>{t(words_of[2])}</button>
            </div>
        </Dialog>
    }
    .into_any()
}
