//! A page that answers without pause, and the check that nothing it called saved is missing or torn afterwards.

use std::collections::BTreeMap;

use crate::rig::Page;

/// Draws bodies of 10 bytes to 4 kB, Chinese among them, that show whether they are whole and which they are.
const BODY: &str = "const body = (n) => `${n}:${'满意very'.repeat(n * 7919 % 400)}:${n}`;";

/// Answers until it is killed. Reports `saved <key> <n>` for what is on the screen as saved, `closed <id> <n>` for a session
/// that the screen calls done, and `put <n>` for the newest keystroke. `n` goes on from what the page finds.
pub fn script(shortest_pause: u32, longest_pause: u32) -> String {
    format!(
        r#"
        {BODY}
        const number = (text) => Number(text.slice(0, text.indexOf(':')));
        let n = Math.max(0, ...JSON.parse(probe.list('')).map(([, text]) => number(text)));
        const newest = {{}};
        probe.watch((key) => {{
            if (newest[key] && /^(one|two)$/.test(probe.saved(key))) report(`saved ${{key}} ${{newest[key]}}`);
        }});
        for (;;) {{
            n += 1;
            const id = `${{n - n % 40}}-${{n % 3}}`;
            const key = `draft/${{id}}`;
            if (n % 40 > 36 && newest[key]) {{
                delete newest[key];
                const copies = await probe.commit(JSON.stringify([[`sealed/${{id}}`, body(n)], [key, null]]));
                if (!/^(one|two)$/.test(copies)) throw new Error(copies);
                report(`closed ${{id}} ${{n}}`);
            }} else {{
                newest[key] = n;
                n % 4 ? probe.put(key, body(n)) : probe.put_soon(key, body(n));
                report(`put ${{n}}`);
            }}
            await pause({shortest_pause} + Math.random() * ({longest_pause} - {shortest_pause}));
        }}
        "#
    )
}

/// What the screen has promised so far.
#[derive(Default)]
pub struct Promises {
    drafts: BTreeMap<String, u64>,
    closed: BTreeMap<String, u64>,
    pub last_put: u64,
}

impl Promises {
    pub fn take(&mut self, page: &Page) -> usize {
        let reports = page.reports();
        for (_, report) in &reports {
            let words: Vec<&str> = report.split(' ').collect();
            match words[..] {
                ["saved", key, n] => {
                    let n: u64 = n.parse().expect("a number");
                    let held = self.drafts.entry(key.to_owned()).or_default();
                    *held = n.max(*held);
                }
                ["closed", id, n] => {
                    self.closed.insert(id.to_owned(), n.parse().expect("a number"));
                }
                ["put", n] => self.last_put = n.parse().expect("a number"),
                _ => panic!("an unknown report: {report}"),
            }
        }
        for id in self.closed.keys() {
            self.drafts.remove(&format!("draft/{id}"));
        }
        reports.len()
    }

    pub fn len(&self) -> usize {
        self.drafts.len() + self.closed.len()
    }

    /// Lost or torn things in `list`, the page's entries.
    pub fn broken(&self, list: &str) -> Vec<String> {
        let entries: Vec<(String, String)> = serde_json::from_str(list).expect("pairs");
        let mut broken = Vec::new();
        let mut numbers = BTreeMap::new();
        for (key, text) in &entries {
            match read_whole(text) {
                Some(n) => drop(numbers.insert(key.as_str(), n)),
                None => broken.push(format!("{key} is torn: {text:.40}")),
            }
        }
        for (key, promised) in &self.drafts {
            // It may have been closed in a step whose end the page did not live to report.
            let closed = key.replacen("draft/", "sealed/", 1);
            let found = numbers.get(key.as_str()).or_else(|| numbers.get(closed.as_str()));
            if found.is_none_or(|found| found < promised) {
                broken.push(format!("{key}: {promised} was shown as saved, {found:?} is here"));
            }
        }
        for (id, promised) in &self.closed {
            if numbers.get(format!("sealed/{id}").as_str()) != Some(promised) {
                broken.push(format!("sealed/{id} was shown as done and is not here"));
            }
            if numbers.contains_key(format!("draft/{id}").as_str()) {
                broken.push(format!("draft/{id} came back after it was done"));
            }
        }
        broken
    }
}

fn read_whole(text: &str) -> Option<u64> {
    let n: u64 = text.split_once(':')?.0.parse().ok()?;
    let filler = "满意very".repeat((n * 7919 % 400) as usize);
    (text == format!("{n}:{filler}:{n}")).then_some(n)
}

/// What the page has, when the keeper is open.
pub async fn list(page: &Page) -> String {
    page.text("return probe.list('')").await
}
