use crate::browser::net;
use crate::plan::PlanIndex;
use crate::ui::element::{Element, NotLoaded, chunk, el, follow, on_demand};
use crate::ui::shell::{guide, use_shell};
use crate::ui::words::Language;
use crate::ui::words::answer as words;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page without a link: says how to answer, and where canvassers and the office go. Where the site has pages that show
/// its plans to newcomers (`minping demo`), it goes there.
pub fn front() -> Element {
    on_demand(whole)
}

#[chunk(later, fallible)]
fn whole() -> Result<Element, NotLoaded> {
    let shell = use_shell();
    follow(move || shell.title(words::FRONT_TITLE.of(shell.language.get())));
    let language = shell.language.get_untracked();
    spawn_local(async move {
        let answer = net::fetch_text("plans/index.json").await.filter(|answer| answer.status == 200);
        let index = answer.and_then(|answer| PlanIndex::parse(&answer.body).ok());
        // Of this site, whatever the list says.
        let folder = index.and_then(|index| index.gallery).filter(|folder| folder == "gallery/");
        if let Some(folder) = folder {
            let page = if language == Language::Zh { "" } else { "en.html" };
            let _ = window().location().replace(&[&folder, page].concat());
        }
    });
    let way = |page, words| el("p", "").child(el("a", "button wide").attr("href", page).say(words));
    Ok(el("div", "page stack loose")
        .child(el("h1", "").say(words::FRONT_TITLE))
        .child(el("p", "lead").say(words::FRONT_TEXT))
        .child(way("field.html", words::FRONT_FIELD))
        .child(way("office.html", words::FRONT_OFFICE))
        .child(guide("resident")))
}
