use crate::design::{Change, Value, differences};
use crate::plan::Digest;
use crate::ui::device::{Device, use_device};
use crate::ui::field::Opened;
use crate::ui::shell::use_shell;
use crate::ui::words::{Language, version as words};
use leptos::prelude::*;

/// More than these are counted: nobody reads them on a doorstep.
const MOST: usize = 60;

/// Members whose value is an expression.
const EXPRESSIONS: [&str; 6] = ["relevant", "constraint", "calculation", "choice_filter", "default", "when"];

/// What differs between the version on the screen and another one, in words.
pub fn changes(opened: Opened, other: &Digest) -> AnyView {
    let (device, shell) = (use_device(), use_shell());
    let found = StoredValue::new_local(compare(device, &opened.digest(), other));
    let version = device.kept_plan(other).map_or_else(String::new, |plan| plan.version.clone());
    (move || {
        let language = shell.language.get();
        let title = words::CHANGES_TITLE.fill(language, &[&opened.plan().version, &version]);
        let body = found.with_value(|found| match found {
            None => view! { <p class="error">{words::NOT_READ.of(language)}</p> }.into_any(),
            Some(list) if list.is_empty() => view! { <p>{words::CHANGES_NONE.of(language)}</p> }.into_any(),
            Some(list) => {
                let more = list.len().saturating_sub(MOST);
                view! {
                    <ul class="plain changes">
                        {list.iter().take(MOST).map(|change| view! { <li>{told(change, language)}</li> }).collect_view()}
                    </ul>
                    {(more > 0).then(|| view! { <p class="hint">{words::CHANGES_MORE.count(language, &[more])}</p> })}
                }
                .into_any()
            }
        });
        view! { <h3>{title}</h3> {body} }
    })
    .into_any()
}

/// A condition or a calculation is told by its place: as it is written, it says nothing to who asks the questions.
fn told(change: &Change, language: Language) -> String {
    let member = change.path.rsplit('/').next().unwrap_or_default();
    match EXPRESSIONS.contains(&member) {
        true => [&change.place(language), ": ", change.kind.words().of(language)].concat(),
        false => change.told(language),
    }
}

fn compare(device: Device, old: &Digest, new: &Digest) -> Option<Vec<Change>> {
    let read = |digest: &Digest| Value::parse(&device.keeper().get(&["plan/", digest.as_str()].concat())?).ok();
    let mut list = differences(&read(old)?, &read(new)?);
    // The version is in the heading.
    list.retain(|change| change.path != "/version");
    Some(list)
}
