//! What the demo prints: addresses, links, and how to go on.

use super::super::link::qr_code;
use super::super::{Context, Failure, Lang, Words};
use super::office::{DemoOffice, ReadyLink, ReadyPlan};
use crate::plan::pick;
use std::path::Path;

pub struct Guide<'a> {
    pub local: &'a str,
    /// The address in the local network, where there is one.
    pub lan: Option<&'a str>,
    /// The address that was asked for.
    pub given: Option<&'a str>,
    pub links: &'a [ReadyLink],
    pub plans: &'a [ReadyPlan],
    pub office: &'a DemoOffice,
    pub data: &'a Path,
    pub token: &'a str,
}

const GALLERY: Words =
    Words { zh: "从这里开始：现成方案与报告", en: "Begin here: ready plans and reports" };
const APP: Words = Words { zh: "调查员", en: "Canvassers" };
const OFFICE: Words = Words { zh: "测评办公室", en: "Office" };
const ANSWER: Words = Words { zh: "群众答卷链接", en: "Links for residents" };
const QR: Words = Words { zh: "二维码（第一个链接）", en: "QR code of the first link" };
const KEYS: Words = Words { zh: "办公室密钥", en: "Office keys" };
const DEMO_ONLY: Words = Words {
    zh: "口令就放在密钥旁边，仅供演示；正式测评请用 `minping keys new` 另建密钥，口令不要写在同一台机器上",
    en: "the passphrase lies beside the keys, for trying only; for a real evaluation make others with `minping keys new`",
};
const PASSPHRASE: Words = Words { zh: "口令", en: "passphrase" };
const TOKEN: Words =
    Words { zh: "从接收端取批次的口令（token）", en: "token to fetch batches from the receiver" };
const RESULTS: Words = Words {
    zh: "查看结果：在办公室页面打开，或在另一个终端运行",
    en: "To see results, open them in the office page, or run in another terminal",
};
const STOP: Words = Words {
    zh: "按 Ctrl-C 停止；再次启动沿用同一数据文件夹",
    en: "Ctrl-C stops; the next start goes on with the same data",
};

impl Guide<'_> {
    pub fn print(&self, context: &Context) -> Result<(), Failure> {
        let lang = context.lang;
        let mut text = String::new();
        let mut line = |parts: &[&str]| {
            parts.iter().for_each(|part| text.push_str(part));
            text.push('\n');
        };
        line(&[lang.pick(GALLERY)]);
        line(&["  ", self.local]);
        line(&[lang.pick(APP)]);
        line(&["  ", self.local, "field.html"]);
        line(&[lang.pick(OFFICE)]);
        line(&["  ", self.local, "office.html"]);
        line(&[]);
        line(&[lang.pick(ANSWER)]);
        for link in self.links {
            let ready = &self.plans[link.plan];
            let plan = &ready.plan;
            let group = link.rater_group.as_ref().and_then(|id| plan.rater_group(id));
            let group = group.map_or("", |group| pick(&group.label, lang.tag(), &plan.languages[0]));
            line(&["- ", ready.title(lang.tag()), if group.is_empty() { "" } else { " · " }, group]);
            // On a line of its own, so that it can be copied, and read by scripts.
            line(&[&link.url]);
        }
        if let Some(first) = self.links.first() {
            line(&[]);
            line(&[lang.pick(QR), ": ", self.plans[first.plan].title(lang.tag())]);
            line(&[&qr_code(&first.url)?.to_str()]);
        }
        for paragraph in self.about_phones(lang) {
            line(&[&paragraph]);
        }
        line(&[]);
        let keys = self.office.keys.display().to_string();
        let passphrase = self.office.passphrase.display().to_string();
        let words = std::fs::read_to_string(&self.office.passphrase).unwrap_or_default();
        line(&[lang.pick(KEYS), ": ", &keys]);
        line(&["  ", lang.pick(PASSPHRASE), ": ", words.trim()]);
        line(&["  ", lang.pick(DEMO_ONLY)]);
        line(&[lang.pick(TOKEN), ": ", self.token]);
        line(&[]);
        line(&[lang.pick(RESULTS)]);
        let program = std::env::args().next().unwrap_or_else(|| "minping".to_owned());
        let batches = self.data.join("batches").display().to_string();
        for ready in self.plans {
            let plan = ready.file.display().to_string();
            let parts =
                [&program, "tally", &batches, "--plan", &plan, "--keys", &keys, "--passphrase-file", &passphrase];
            line(&["  ", &parts.map(quote).join(" ")]);
        }
        line(&[]);
        line(&[lang.pick(STOP)]);
        context.print(&text)
    }

    /// A phone's browser gives pages from plain http no cryptography, so nothing can be sealed there.
    fn about_phones(&self, lang: Lang) -> Vec<String> {
        if let Some(given) = self.given.filter(|given| given.starts_with("https://")) {
            return vec![match lang {
                Lang::Zh => format!("手机请打开 {given}（链接和二维码已使用该地址）"),
                Lang::En => format!("Phones open {given}; the links and the QR code hold that address"),
            }];
        }
        let port = self.local.rsplit(':').next().unwrap_or("8080/").trim_end_matches('/');
        let lan = self.lan.unwrap_or("");
        let mut lines = Vec::new();
        match lang {
            Lang::Zh => {
                lines.push("以上链接和二维码只在本机有效（localhost）。".to_owned());
                if !lan.is_empty() {
                    lines.push(format!(
                        "同一网络的其他设备能打开 {lan}，但不能答卷：浏览器不允许 http 页面加密答案，页面会说明原因。"
                    ));
                }
                lines.push("用手机试用：".to_owned());
                lines.push(format!(
                    "- 安卓手机接 USB：运行 `adb reverse tcp:{port} tcp:{port}`，手机即可使用以上链接和二维码；"
                ));
                lines.push("- 或在前面放一个 https 代理，用它的地址重新启动：`--url https://…/`".to_owned());
            }
            Lang::En => {
                lines.push("These links and the QR code work on this machine only (localhost).".to_owned());
                if !lan.is_empty() {
                    lines.push(format!(
                        "Other devices in this network reach {lan} but cannot answer there: browsers give a page over plain http no encryption, and the page says so."
                    ));
                }
                lines.push("To try it on a phone:".to_owned());
                lines.push(format!(
                    "- Android by USB: run `adb reverse tcp:{port} tcp:{port}`; then the links and the QR code work on the phone"
                ));
                lines.push(
                    "- or put an https proxy in front and start again with its address: `--url https://…/`".to_owned(),
                );
            }
        }
        lines
    }
}

/// A word of a command line that can be pasted into a shell.
fn quote(word: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./,:=+@%".contains(&b);
    if !word.is_empty() && word.bytes().all(plain) {
        word.to_owned()
    } else {
        ["'", &word.replace('\'', "'\\''"), "'"].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_spaces_and_quotes_can_be_pasted() {
        assert_eq!(quote("data/batches"), "data/batches");
        assert_eq!(quote("my data/it's"), "'my data/it'\\''s'");
    }
}
