use crate::batch::{Admission, OpenError, Slip, open_record};
use crate::browser::crypto::Web;
use crate::ledger::{AttachedItem, Place, TornFault, read_attachment};
use crate::session::{Attachment, AttachmentType};
use crate::ui::office::desk::{Desk, OpenKeys};
use crate::ui::office::intake;
use crate::ui::words::{Words, office as words};
use base64ct::{Base64, Encoding};
use leptos::prelude::*;
use std::collections::HashMap;

/// A file that an answer names, and where it lies.
#[derive(Clone)]
pub struct Wanted {
    /// Id of the record.
    pub record: String,
    pub name: String,
    pub place: Place,
}

impl Wanted {
    pub fn of(item: &AttachedItem<'_>) -> Vec<Wanted> {
        let files = item.files.iter();
        { files }
            .map(|file| Wanted { record: file.record.to_owned(), name: file.name.clone(), place: file.place.clone() })
            .collect()
    }
}

/// A file to be shown, or why it cannot be.
#[derive(Clone)]
pub struct Found {
    pub wanted: Wanted,
    pub file: Result<File, Words>,
}

#[derive(Clone)]
pub struct File {
    /// The whole file (RFC 2397).
    pub url: String,
    pub bytes: u64,
    pub is_sound: bool,
}

/// Takes the files out of the batches in which they lie: each batch is read once, each record opened once more, and a
/// file is shown only if it is what its name says.
pub async fn find(desk: Desk, wanted: Vec<Wanted>) -> Vec<Found> {
    let mut batches: HashMap<String, Result<Vec<Slip>, Words>> = HashMap::new();
    let mut all = Vec::with_capacity(wanted.len());
    for wanted in wanted {
        let digest = &wanted.place.batch;
        if !batches.contains_key(digest.as_str()) {
            batches.insert(digest.as_str().to_owned(), slips(desk, &wanted.place).await);
        }
        let file = match (&batches[digest.as_str()], desk.keys.get_untracked()) {
            (Err(why), _) => Err(*why),
            (Ok(slips), keys) => match slips.get(wanted.place.index) {
                Some(slip) => take_out(slip, keys.as_deref(), &wanted.name).await,
                None => Err(words::FILE_NOT_HERE),
            },
        };
        all.push(Found { wanted, file });
    }
    all
}

async fn slips(desk: Desk, place: &Place) -> Result<Vec<Slip>, Words> {
    let text = intake::kept(desk, &place.batch).ok_or(words::FILE_NOT_HERE)?;
    match intake::admit(desk, &text).await {
        Some(Ok(Admission::Admitted(batch))) => Ok(batch.into_inner().records),
        Some(Ok(Admission::Quarantined(..)) | Err(_)) | None => Err(words::FILE_NOT_HERE),
    }
}

async fn take_out(slip: &Slip, keys: Option<&OpenKeys>, name: &str) -> Result<File, Words> {
    let record = match slip {
        Slip::Plain(record) => record.clone(),
        Slip::Sealed(sealed) => {
            let keys = keys.ok_or(words::FILE_KEYS)?;
            let opened = open_record(&Web, &keys.secrets, sealed).await;
            opened.map_err(|error| match error {
                OpenError::WrongKey => words::FILE_KEYS,
                _ => words::FILE_CHANGED,
            })?
        }
    };
    let data = record.attachments.get(name).ok_or(words::FILE_MISSING)?;
    let file = read_attachment(name, data).map_err(|fault| match fault {
        TornFault::Missing => words::FILE_MISSING,
        TornFault::Changed | TornFault::OtherType | TornFault::Unnamed => words::FILE_CHANGED,
    })?;
    let Attachment { kind, bytes } = Attachment::parse(name).ok_or(words::FILE_CHANGED)?;
    let is_sound = !matches!(kind, AttachmentType::Jpeg | AttachmentType::Png);
    let url = ["data:", kind.media_type(), ";base64,", &Base64::encode_string(&file)].concat();
    Ok(File { url, bytes, is_sound })
}
