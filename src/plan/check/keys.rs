use super::node::Node;
use super::{Code, Report};
use base64ct::{Base64UrlUnpadded, Encoding};

/// Privacy, office keys and receivers.
pub(super) fn check(root: &Node, report: &mut Report) {
    if let Some(privacy) = root.member("privacy") {
        let is = |member: &str, value: bool| privacy.value.get(member).and_then(|v| v.as_bool()) == Some(value);
        if is("anonymous", true) && is("seal", false) {
            report.add(Code::NotSealed, privacy.at("seal"), []);
        }
        if privacy.value.get("smallest_cell").and_then(|v| v.as_u64()).is_some_and(|least| least < 2) {
            report.add(Code::NoSuppression, privacy.at("smallest_cell"), []);
        }
    }
    if let Some(keys) = root.member("keys") {
        for list in ["seal", "sign"] {
            let found = keys.list(list);
            if found.is_empty() && keys.value.get(list).is_some_and(|v| v.is_array()) {
                report.add(Code::EmptyList, keys.at(list), [list]);
            }
            for key in found {
                check_key(&key, report);
            }
        }
    }
    for receiver in root.list("receivers") {
        if let Some(key) = receiver.member("key") {
            check_key(&key, report);
        }
        if let Some(url) = receiver.text("url").filter(|url| !is_address(url)) {
            report.add(Code::BadAddress, receiver.at("url"), [url]);
        }
    }
}

fn check_key(key: &Node, report: &mut Report) {
    if !key.value.is_object() {
        return;
    }
    if key.has("d") {
        report.add(Code::PrivateKey, &key.path, []);
    }
    let coordinate = |member: &str| {
        let mut bytes = [0; 32];
        key.text(member).is_none_or(|text| Base64UrlUnpadded::decode(text, &mut bytes).is_ok_and(|b| b.len() == 32))
    };
    let named = |member: &str, value: &str| key.text(member).is_none_or(|text| text == value);
    if !(named("kty", "EC") && named("crv", "P-256") && coordinate("x") && coordinate("y")) {
        report.add(Code::BadKey, &key.path, []);
    }
}

/// `https`, or `http` on this machine or a local network; or relative to the app. Other schemes could run script.
fn is_address(url: &str) -> bool {
    let plain = !url.is_empty() && !url.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
    match url.split_once(':') {
        Some((scheme @ ("http" | "https"), rest)) => {
            let _ = scheme;
            plain && rest.strip_prefix("//").is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
        }
        // A colon after the first `/` is part of a relative path.
        Some((scheme, _)) => plain && scheme.contains('/'),
        None => plain,
    }
}
