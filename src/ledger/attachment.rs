use super::codebook::Field;
use super::{Codebook, Explain, Explanation, Row};
use crate::carry::carry;
use crate::expression::sha_256;
use crate::session::{Answer, Attachment, AttachmentType, Record};
use base64ct::{Base64, Encoding};

/// An attachment that is not what its record says. The record's answers count all the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Torn {
    /// Key of the item whose answer it is; of what no answer names, its own name.
    pub item: String,
    pub fault: TornFault,
}

carry!(struct Torn { item, fault });

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TornFault {
    /// The record does not hold it.
    Missing,
    /// Its bytes are not those of its name: another digest or length, or no base64.
    Changed,
    /// It begins as a file of another type, or as none that is taken.
    OtherType,
    /// No answer names it.
    Unnamed,
}

carry!(enum TornFault { 0 Missing, 1 Changed, 2 OtherType, 3 Unnamed });

/// The file that an answer names, once it is seen to be that file.
///
/// # Errors
/// [`TornFault::Changed`], [`TornFault::OtherType`]; `Unnamed` where the name is none of an attachment.
pub fn read_attachment(name: &str, data: &str) -> Result<Vec<u8>, TornFault> {
    let Attachment { kind, bytes } = Attachment::parse(name).ok_or(TornFault::Unnamed)?;
    let file = Base64::decode_vec(data).map_err(|_| TornFault::Changed)?;
    if file.len() as u64 != bytes || (Attachment { kind, bytes }).name(&sha_256(&file)) != name {
        return Err(TornFault::Changed);
    }
    if AttachmentType::of(&file) != Some(kind) {
        return Err(TornFault::OtherType);
    }
    Ok(file)
}

impl Codebook {
    /// What is wrong with the attachments of a record that was packed as this row.
    pub(super) fn torn(&self, row: &Row, record: &Record) -> Vec<Torn> {
        let instrument = &self.instruments()[row.domain.questionnaire as usize];
        let reading = &instrument.reading.0;
        let Ok(instances) = reading.instances(record) else { return Vec::new() };
        let named = record.answers.iter().filter_map(|(key, answer)| {
            let field = reading.name(&instances, key).and_then(|name| instrument.fields.get(name));
            match (field, answer) {
                (Some(Field::Attachment(_)), Answer::Text(name)) => Some((key, name)),
                _ => None,
            }
        });
        let named: Vec<(&String, &String)> = named.collect();
        let mut torn = Vec::new();
        for (key, name) in &named {
            let fault = match record.attachments.get(name.as_str()) {
                None => Some(TornFault::Missing),
                Some(data) => read_attachment(name, data).err(),
            };
            torn.extend(fault.map(|fault| Torn { item: (*key).clone(), fault }));
        }
        for name in record.attachments.keys().filter(|name| named.iter().all(|(_, known)| known != name)) {
            torn.push(Torn { item: name.clone(), fault: TornFault::Unnamed });
        }
        torn
    }
}

/// A torn attachment of the record with this id.
pub(super) struct TornOf<'a>(pub &'a str, pub &'a Torn);

impl Explain for TornOf<'_> {
    fn code(&self) -> &'static str {
        match self.1.fault {
            TornFault::Missing => "attachment_missing",
            TornFault::Changed => "attachment_changed",
            TornFault::OtherType => "attachment_of_other_type",
            TornFault::Unnamed => "attachment_unnamed",
        }
    }
    fn explain(&self) -> Explanation {
        let (id, Torn { item, fault }) = (self.0, self.1);
        let (zh, en) = match fault {
            TornFault::Missing => ("附件不在答卷里", "its attachment is not in the record"),
            TornFault::Changed => ("附件的内容与名称中的摘要不符", "its attachment is not the file that its name says"),
            TornFault::OtherType => ("附件不是它所称的类型", "its attachment is not of the type that its name says"),
            TornFault::Unnamed => ("没有答案提到这个附件", "an attachment that no answer names"),
        };
        Explanation {
            zh: format!("答卷 `{id}`，题目 `{item}`：{zh}；附件不写出，其余答案照常计入：请查问填写的设备"),
            en: format!(
                "record `{id}`, item `{item}`: {en}; it is not written out, and the record's other answers count: ask about the device that made it"
            ),
        }
    }
}
