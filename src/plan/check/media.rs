use super::names::all_items;
use super::node::Node;
use super::{Code, Report, listed};
use base64ct::{Base64, Encoding};
use std::collections::BTreeSet;

/// Most bytes of one picture: residents fetch it with the plan.
pub(crate) const MOST: usize = 100_000;
/// Of all pictures of a plan.
const MOST_OF_ALL: usize = 1_000_000;

/// Pictures, and what names them.
pub(super) fn check(root: &Node, report: &mut Report) {
    let media = root.member("media").map_or(Vec::new(), |media| media.members());
    let mut all = 0;
    for (_, medium) in &media {
        let (Some(kind), Some(data)) = (medium.text("type"), medium.text("data")) else { continue };
        let Ok(bytes) = Base64::decode_vec(data) else {
            report.add(Code::MediumNotBase64, medium.at("data"), []);
            continue;
        };
        all += bytes.len();
        if bytes.len() > MOST {
            report.add(Code::MediumTooLarge, medium.at("data"), [&kilobytes(bytes.len()), &kilobytes(MOST)]);
        }
        if !is_of_type(&bytes, kind) {
            report.add(Code::MediumOtherType, medium.at("data"), [kind]);
        }
    }
    if all > MOST_OF_ALL {
        report.add(Code::MediaTooLarge, root.at("media"), [&kilobytes(all), &kilobytes(MOST_OF_ALL)]);
    }
    let choices = root.list("choice_lists").into_iter().flat_map(|list| list.list("choices"));
    let items = root.list("questionnaires").into_iter().flat_map(|questionnaire| all_items(&questionnaire));
    let mut shown = BTreeSet::new();
    for node in choices.chain(items) {
        let Some(image) = node.text("image") else { continue };
        shown.insert(image);
        if !media.iter().any(|(name, _)| *name == image) {
            let known = listed(media.iter().map(|(name, _)| *name));
            report.add(Code::UnknownReference, node.at("image"), [image, "media", &known]);
        }
    }
    for (name, medium) in media.iter().filter(|(name, _)| !shown.contains(name)) {
        report.add(Code::NeverUsed, &medium.path, [name]);
    }
}

fn kilobytes(bytes: usize) -> String {
    bytes.div_ceil(1000).to_string()
}

/// Whether a file begins as one of its type does. A type that is not known is named by the shape check.
fn is_of_type(bytes: &[u8], kind: &str) -> bool {
    match kind {
        "image/png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "image/jpeg" => bytes.starts_with(b"\xff\xd8\xff"),
        "image/webp" => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        _ => true,
    }
}
