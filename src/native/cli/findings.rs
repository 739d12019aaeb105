//! What a command tells about a ledger besides its answer: on standard error, and as the exit code.
use super::intake::Taking;
use super::{Context, Exit, Lang, Told};
use crate::batch::Roster;
use crate::ledger::{Account, Balance, Finding, findings};
use std::collections::BTreeMap;

/// Lines for findings of one kind; a round can have thousands.
const LINES: usize = 20;

/// Prints what has to be looked at and the balance; the exit code says whether there was anything.
pub fn tell(taking: &Taking, account: &Account<'_>, roster: Option<&Roster>, context: &Context) -> Exit {
    let zh = context.lang == Lang::Zh;
    let found = findings(&taking.ledger, account);
    for error in &taking.unread {
        match zh {
            true => aside!("minping: {}", error.zh()),
            false => aside!("minping: {error}: {}", error.cause),
        }
    }
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &found {
        let number = by_code.entry(finding.code).or_default();
        *number += 1;
        if *number <= LINES {
            aside!("minping: {}", line(finding, roster, zh));
        }
    }
    for (code, number) in by_code.into_iter().filter(|(_, number)| *number > LINES) {
        let more = number - LINES;
        match zh {
            true => aside!("minping: 同类（{code}）还有 {more} 条；`minping merge` 写的 ledger.json 里有全部"),
            false => {
                aside!("minping: {more} more of this kind ({code}); the ledger.json of `minping merge` lists all")
            }
        }
    }
    let again = taking.files.iter().filter(|file| matches!(file.found, Ok((_, crate::ledger::Taken::Known)))).count();
    if again > 0 {
        match zh {
            true => aside!("minping: {again} 个文件是已有批次的重复，不影响结果"),
            false => aside!("minping: {again} files repeat batches that are there already; this changes nothing"),
        }
    }
    if taking.passed_over > 0 {
        match zh {
            true => aside!("minping: 文件夹里有 {} 个文件不以 .minping 结尾，未读取", taking.passed_over),
            false => {
                aside!("minping: {} files in the folders do not end in .minping and were not read", taking.passed_over)
            }
        }
    }
    aside!("minping: {}", balance(&account.balance, zh));
    match () {
        () if !taking.unread.is_empty() => Exit::Trouble,
        () if !found.is_empty() => Exit::Refused,
        () => Exit::Done,
    }
}

fn line(finding: &Finding, roster: Option<&Roster>, zh: bool) -> String {
    let what = if zh { &finding.zh } else { &finding.en };
    let place = match (&finding.origin, finding.places.first()) {
        (Some(origin), _) => format!("{origin}: "),
        (None, Some(place)) => format!("{}[{}]: ", place.batch.short(), place.index),
        (None, None) => match finding.device.as_ref().zip(roster).and_then(|(device, roster)| roster.entry(device)) {
            // What the office calls the device: nobody knows it by its thumbprint.
            Some(entry) => format!("{}: ", entry.name),
            None => String::new(),
        },
    };
    format!("{}{what}", place.replace(char::is_control, " "))
}

fn balance(balance: &Balance, zh: bool) -> String {
    let parts = [
        ("计入", "counted", balance.counted),
        ("重复", "duplicates", balance.duplicates),
        ("相互矛盾", "conflicting", balance.conflicting),
        ("未能解开", "not opened", balance.unopened),
        ("不合方案", "not of the plan", balance.unfit),
        ("隔离", "in quarantine", balance.quarantined),
        ("决定不计入", "left out by decision", balance.left_out),
        ("待解开", "sealed", balance.waiting),
    ];
    let mut shown: Vec<String> = Vec::new();
    for (in_chinese, in_english, count) in parts {
        // What counts is said even when it is nothing.
        if count > 0 || in_english == "counted" {
            shown.push(format!("{} {count}", if zh { in_chinese } else { in_english }));
        }
    }
    match zh {
        true => format!("批次中共有答卷 {} 份 = {}", balance.in_batches, shown.join(" + ")),
        false => format!("records in batches {} = {}", balance.in_batches, shown.join(" + ")),
    }
}
