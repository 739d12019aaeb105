use super::crowded::crowded;
use super::live::Live;
use super::review::review;
use super::saved::HowFar;
use super::section::{place, section};
use super::told::spoken;
use crate::session::{Disposition, Event};
use crate::ui::element::{Element, button, el, follow, group, next_frame, on_demand};
use crate::ui::shell::{dialog, focus_heading, use_shell};
use crate::ui::words::{Words, answer as words};
use leptos::prelude::*;
use std::rc::Rc;

/// The question whether the interview ends.
#[derive(Clone, Copy)]
pub struct Ending {
    partial: RwSignal<bool>,
    asked: RwSignal<bool>,
}

impl Ending {
    pub fn ask(self, disposition: Disposition) {
        self.partial.set(disposition == Disposition::Partial);
        self.asked.set(true);
    }
}

/// The interview from its first section to its end: shared by residents and canvassers. It shows and tells the session; the
/// caller closes it, and sets `live.closing` back to false when that fails.
///
/// `on_close` is called once it is confirmed that the interview ends, with what it ends as; nothing is closed yet.
/// `on_leave` is called when a canvasser puts the interview aside; residents are not offered it. `saved` says how far the
/// newest change has come, and `None` where nothing is kept.
pub fn interview(
    live: Live,
    on_close: Rc<dyn Fn(Disposition)>,
    on_leave: Option<Rc<dyn Fn()>>,
    saved: HowFar,
) -> Element {
    let shell = use_shell();
    shell.busy.set(true);
    on_cleanup(move || {
        let _ = shell.busy.try_set(false);
    });
    follow_language(live);
    shell.offer(&live.with(|session| session.plan().languages.clone()));
    let ending = Ending { partial: RwSignal::new(false), asked: RwSignal::new(false) };
    let screen = move || {
        live.place.track();
        shell.aloud.track();
        let saved = saved.clone();
        match live.with(|session| session.in_review()) {
            true => on_demand(move || review(live, ending, saved.clone())),
            false => section(live, saved),
        }
    };
    let whereabouts = move || {
        live.place.track();
        live.answers.track();
        live.with(|session| (place(session), session.in_review()))
    };
    let several = move || {
        let ((_, of), review) = whereabouts();
        usize::from(of > 1 && !review)
    };
    let progress = move |several| match several {
        0 => group(),
        _ => el("p", "hint small").live_text(move || {
            let ((at, of), _) = whereabouts();
            words::SECTION_OF.count(shell.language.get(), &[at, of])
        }),
    };
    let meter = move || {
        let ((at, of), review) = whereabouts();
        Some(if review { of + 1 } else { at }.to_string())
    };
    let whole = move || Some((whereabouts().0.1 + 1).to_string());
    let meter = el("progress", "meter").live_attr("max", whole).live_attr("value", meter).attr("aria-hidden", "true");
    let head = el("div", "row spread").switch(several, progress);
    let page = spoken(el("div", "page stack interview"), move || {
        live.place.track();
        live.with(|session| session.language().to_owned())
    });
    if let Some(leave) = on_leave {
        head.add(&button("button quiet").on("click", move |_| leave()).say(words::LEAVE));
    }
    page.add(&el("div", "interview-head").child(meter).child(head));
    if live.with(|session| session.opening().link.is_none() && !session.opening().full.is_empty()) {
        page.add(&on_demand(move || crowded(live)));
    }
    let page = page.live(screen);
    if !live.with(|session| session.opening().link.is_some()) {
        let break_off = button("button quiet")
            .live_flag("disabled", move || live.locked.get())
            .on("click", move |_| ending.ask(Disposition::Partial))
            .say(words::BREAK_OFF);
        page.add(&el("p", "").child(break_off));
    }
    group().child(page).child(confirm(live, ending, on_close))
}

/// The interview is in the language that was chosen, or that of the interface, where the plan has it.
fn follow_language(live: Live) {
    let shell = use_shell();
    next_frame(focus_heading);
    follow(move || {
        let tag = live.with(|session| {
            let own = session.language();
            shell.tongue_of(&session.plan().languages).filter(|tag| *tag != own).cloned()
        });
        if let Some(tag) = tag {
            let _ = live.tell(Event::Language(tag));
        }
    });
}

fn confirm(live: Live, ending: Ending, on_close: Rc<dyn Fn(Disposition)>) -> Element {
    let language = use_shell().language;
    let open = ending.asked;
    let (resident, sealed) = live.with(|session| (session.opening().link.is_some(), session.plan().privacy.seal));
    let texts = move || match ending.partial.get() {
        true => [words::BREAK_OFF_TITLE, words::BREAK_OFF_TEXT, words::BREAK_OFF],
        _ if !sealed => [words::SEND_TITLE, words::SEND_PLAIN_TEXT, words::SEND],
        _ if resident => [words::SEND_TITLE, words::SEND_TEXT, words::SEND],
        _ => [words::FINISH_TITLE, words::FINISH_TEXT, words::FINISH],
    };
    let content = move || {
        let [_, text, yes] = texts();
        let on_close = on_close.clone();
        let confirmed = move |_| {
            open.set(false);
            live.closing.set(true);
            on_close(if ending.partial.get_untracked() { Disposition::Partial } else { Disposition::Complete });
        };
        ask(open, text, words::CANCEL, button("button primary").on("click", confirmed).say(yes))
    };
    dialog(open, move || texts()[0].of(language.get()).to_owned(), content)
}

/// What a dialog asks, with the way back first.
pub fn ask(open: RwSignal<bool>, text: Words, back: Words, yes: Element) -> Element {
    let back = button("button").on("click", move |_| open.set(false)).say(back);
    group().child(el("p", "").say(text)).child(el("div", "dialog-actions").child(back).child(yes))
}
