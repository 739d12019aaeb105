//! Addresses that can be typed. No server is needed: each is a small page of its own in the folder `k` beside the app, which
//! leads to the long address. So it works on any web server, and only after that folder was put there.

use maud::{DOCTYPE, html};

/// Random bytes that a code is made from.
pub const CODE_BYTES: usize = 24;
/// No letter that is taken for another.
const LETTERS: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";

/// Eight letters and digits, or twelve where the code counts once: nobody finds those by trying (59 bits). None: the bytes do not
/// give as many without favouring some; take others.
pub fn short_code(random: &[u8; CODE_BYTES], once: bool) -> Option<String> {
    let fair = random.iter().filter(|byte| **byte < 248).map(|byte| char::from(LETTERS[usize::from(byte % 31)]));
    let length = if once { 12 } else { 8 };
    let letters: Vec<char> = fair.take(length).collect();
    (letters.len() == length)
        .then(|| letters.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// The short address of a code, where the app's page has this address.
pub fn short_address(page: &str, code: &str) -> String {
    let folder = page.rsplit_once('/').map_or(page, |(folder, _)| folder);
    [folder, "/k/", code, "/"].concat()
}

/// The page `k/<code>/index.html`, which leads to an address.
pub fn leading_page(url: &str) -> String {
    html! {
        (DOCTYPE)
        html lang="zh" {
            head {
                meta charset="utf-8";
                meta name="robots" content="noindex";
                meta name="referrer" content="no-referrer";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="refresh" content={ "0;url=" (url) };
                title { "民评 Minping" }
            }
            body { p { a href=(url) { "打开问卷 · Open the questionnaire" } } }
        }
    }
    .into_string()
}

/// Where such a page leads to.
pub fn leads_to(page: &str) -> Option<&str> {
    page.split_once("<a href=\"")?.1.split_once('"').map(|(url, _)| url)
}
