//! The append log: one frame for each [`Step`], so that a step is in the log whole or not at all.
//!
//! ```text
//! FF 'M' 'P' '1'  length: 8 hex digits  CRC-32 of length and payload: 8 hex digits  payload
//! payload, for each entry:  <bytes of key> <revision> <bytes of body, or - if removed> LF  key  body
//! ```
//!
//! Everything after the first byte is UTF-8, where FF cannot occur: a magic number found while looking for the next frame
//! is a real one, whatever a respondent typed.

use super::checksum::{crc32, hex8, read_hex8};
use super::{Contents, Entry, Source, Step, Unreadable};

const MAGIC: &[u8] = b"\xFFMP1";
const HEADER: usize = 20;

/// Bytes that are no frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    pub offset: usize,
    pub bytes: Vec<u8>,
    /// At the very end of the log: a write that was cut off and so never reported as saved.
    pub torn_tail: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// In the order of writing.
    pub steps: Vec<Step>,
    pub damaged: Vec<Damage>,
}

pub fn encode_frame(step: &[Entry]) -> Vec<u8> {
    let mut frame = Vec::new();
    append_frame(&mut frame, step);
    frame
}

/// As [`encode_frame`], onto the end of a log.
pub fn append_frame(log: &mut Vec<u8>, step: &[Entry]) {
    let start = log.len();
    log.extend_from_slice(MAGIC);
    log.extend_from_slice(&[0; HEADER - 4]);
    for entry in step {
        log.extend_from_slice(entry.key.len().to_string().as_bytes());
        log.push(b' ');
        log.extend_from_slice(entry.revision.to_string().as_bytes());
        log.push(b' ');
        match &entry.body {
            Some(body) => log.extend_from_slice(body.len().to_string().as_bytes()),
            None => log.push(b'-'),
        }
        log.push(b'\n');
        log.extend_from_slice(entry.key.as_bytes());
        log.extend_from_slice(entry.body.as_deref().unwrap_or("").as_bytes());
    }
    // A step is a few records of kilobytes; four gigabytes do not fit into the memory of a page.
    let length = hex8((log.len() - start - HEADER) as u32);
    let sum = hex8(crc32(&[&length, &log[start + HEADER..]]));
    log[start + 4..start + 12].copy_from_slice(&length);
    log[start + 12..start + HEADER].copy_from_slice(&sum);
}

/// Reads all whole frames and hands back the rest as it is.
pub fn decode_log(bytes: &[u8]) -> Decoded {
    let mut decoded = Decoded::default();
    let mut at = 0;
    let mut damage_from = None;
    while at < bytes.len() {
        if let Some((step, length)) = read_frame(&bytes[at..]) {
            if let Some(from) = damage_from.take() {
                decoded.damaged.push(Damage { offset: from, bytes: bytes[from..at].to_vec(), torn_tail: false });
            }
            decoded.steps.push(step);
            at += length;
        } else {
            damage_from.get_or_insert(at);
            at += 1;
            at += bytes[at..].iter().position(|byte| *byte == MAGIC[0]).unwrap_or(bytes.len() - at);
        }
    }
    if let Some(from) = damage_from {
        let torn_tail = is_cut_frame(&bytes[from..]);
        decoded.damaged.push(Damage { offset: from, bytes: bytes[from..].to_vec(), torn_tail });
    }
    decoded
}

/// The beginning of one frame and nothing more. Zeroes count as missing: a file system may have grown the file and lost the data.
fn is_cut_frame(bytes: &[u8]) -> bool {
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let bytes = &bytes[..end];
    let magic = bytes.len().min(MAGIC.len());
    if bytes[..magic] != MAGIC[..magic] || bytes.iter().skip(1).any(|byte| *byte == MAGIC[0]) {
        return false;
    }
    match bytes.get(4..12).map(read_hex8) {
        None => true,
        Some(None) => false,
        Some(Some(length)) => bytes.len() < HEADER + length as usize,
    }
}

fn read_frame(bytes: &[u8]) -> Option<(Step, usize)> {
    let header = bytes.get(..HEADER)?;
    if &header[..4] != MAGIC {
        return None;
    }
    let length = read_hex8(&header[4..12])? as usize;
    let end = HEADER.checked_add(length)?;
    let payload = bytes.get(HEADER..end)?;
    if crc32(&[&header[4..12], payload]) != read_hex8(&header[12..])? {
        return None;
    }
    Some((read_payload(std::str::from_utf8(payload).ok()?)?, end))
}

fn read_payload(mut text: &str) -> Option<Step> {
    let mut step = Step::new();
    while !text.is_empty() {
        let (head, rest) = text.split_once('\n')?;
        let mut fields = head.split(' ');
        let key_length = fields.next()?.parse().ok()?;
        let revision = fields.next()?.parse().ok()?;
        let body_length = match fields.next()? {
            "-" => None,
            digits => Some(digits.parse().ok()?),
        };
        let (key, rest) = rest.split_at_checked(key_length)?;
        let (body, rest) = rest.split_at_checked(body_length.unwrap_or(0))?;
        step.push(Entry { key: key.to_owned(), revision, body: body_length.map(|_| body.to_owned()) });
        text = rest;
    }
    Some(step)
}

/// What a log holds, whichever order its steps are in. A torn tail was never reported as saved and is left out; any
/// other damage is kept raw.
pub fn read_contents(decoded: Decoded) -> Contents {
    let mut contents = Contents::default();
    for entry in decoded.steps.into_iter().flatten() {
        contents.take(Source::Log, entry);
    }
    for damage in decoded.damaged.into_iter().filter(|damage| !damage.torn_tail) {
        let raw = String::from_utf8_lossy(&damage.bytes).into_owned();
        contents.unreadable.push(Unreadable { source: Source::Log, key: None, raw });
    }
    contents
}

/// A fresh log with these entries, one frame each, so that later damage costs one entry.
pub fn compact<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<u8> {
    let mut log = Vec::new();
    for entry in entries {
        append_frame(&mut log, std::slice::from_ref(entry));
    }
    log
}

#[cfg(test)]
mod tests;
