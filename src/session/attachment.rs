use crate::plan::ItemType;

/// Most bytes of all attachments of one record: sealed and signed they grow by the factor 2.4, and a receiver takes
/// batches of 8 MiB unless told otherwise.
pub const MOST_ATTACHED: u64 = 2 << 20;

/// What a file is that a person gave as an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttachmentType {
    Jpeg,
    Png,
    Webm,
    Ogg,
    Mp4,
}

/// An attachment as its name says it. The name is the answer: `<SHA-256 in hexadecimal>-<bytes>.<ending>`. So it stands for
/// one content alone, is a file name that no system changes, and `sha256sum` checks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub kind: AttachmentType,
    pub bytes: u64,
}

/// Digits of a SHA-256.
const DIGITS: usize = 64;

impl AttachmentType {
    pub const ALL: [AttachmentType; 5] =
        [AttachmentType::Jpeg, AttachmentType::Png, AttachmentType::Webm, AttachmentType::Ogg, AttachmentType::Mp4];

    /// The ending of its name, after the full stop.
    pub fn ending(self) -> &'static str {
        ["jpg", "png", "webm", "ogg", "m4a"][self as usize]
    }

    /// RFC 6838.
    pub fn media_type(self) -> &'static str {
        ["image/jpeg", "image/png", "audio/webm", "audio/ogg", "audio/mp4"][self as usize]
    }

    /// Whether an item of this type takes it as its answer.
    pub fn answers(self, item: ItemType) -> bool {
        match self {
            AttachmentType::Jpeg | AttachmentType::Png => item == ItemType::Image,
            AttachmentType::Webm | AttachmentType::Ogg | AttachmentType::Mp4 => item == ItemType::Audio,
        }
    }

    /// The type of a file by how it begins, whatever it is called.
    pub fn of(file: &[u8]) -> Option<AttachmentType> {
        AttachmentType::ALL.into_iter().find(|kind| match kind {
            AttachmentType::Jpeg => file.starts_with(b"\xff\xd8\xff"),
            AttachmentType::Png => file.starts_with(b"\x89PNG\r\n\x1a\n"),
            AttachmentType::Webm => file.starts_with(b"\x1a\x45\xdf\xa3"),
            AttachmentType::Ogg => file.starts_with(b"OggS"),
            AttachmentType::Mp4 => file.get(4..8) == Some(b"ftyp"),
        })
    }
}

impl Attachment {
    /// `None`: no name of an attachment.
    pub fn parse(name: &str) -> Option<Attachment> {
        let (digest, rest) = name.split_at_checked(DIGITS)?;
        let (bytes, ending) = rest.strip_prefix('-')?.split_once('.')?;
        let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        // One text for one number.
        let written = !bytes.starts_with(['0', '+']) && bytes.len() <= 9;
        let kind = AttachmentType::ALL.into_iter().find(|kind| kind.ending() == ending)?;
        (digest.bytes().all(hexadecimal) && written).then_some(Attachment { kind, bytes: bytes.parse().ok()? })
    }

    /// The name of a file with this SHA-256.
    pub fn name(self, digest: &[u8; 32]) -> String {
        let mut name = String::with_capacity(DIGITS + 16);
        for half in digest.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
            name.push(char::from(b"0123456789abcdef"[half as usize]));
        }
        name.push('-');
        name.push_str(&self.bytes.to_string());
        name.push('.');
        name.push_str(self.kind.ending());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_digest_size_and_type_and_reads_back() {
        for kind in AttachmentType::ALL {
            let made = Attachment { kind, bytes: 1_234_567 };
            let name = made.name(&[0xa5; 32]);
            assert_eq!(name, ["a5".repeat(32), "-1234567.".into(), kind.ending().to_owned()].concat());
            assert_eq!(Attachment::parse(&name), Some(made));
        }
    }

    #[test]
    fn what_is_no_name_of_an_attachment_is_none() {
        let digest = "0f".repeat(32);
        for name in [
            "",
            "photo.jpg",
            &[&digest, "-12.exe"].concat(),
            &[&digest, "-12.jpg.png"].concat(),
            &[&digest, "-012.jpg"].concat(),
            &[&digest, "-0.jpg"].concat(),
            &[&digest, "-+1.jpg"].concat(),
            &[&digest, "-1234567890.jpg"].concat(),
            &[&digest, "-.jpg"].concat(),
            &[&digest, "_12.jpg"].concat(),
            &[&digest[2..], "/../-12.jpg"].concat(),
            &[&digest.to_uppercase(), "-12.jpg"].concat(),
            &["图".repeat(22), "-12.jpg".to_owned()].concat(),
        ] {
            assert_eq!(Attachment::parse(name), None, "{name}");
        }
    }

    #[test]
    fn a_file_is_what_it_begins_as() {
        let begins = [
            &b"\xff\xd8\xff\xe0"[..],
            b"\x89PNG\r\n\x1a\n....",
            b"\x1a\x45\xdf\xa3....",
            b"OggS....",
            b"\0\0\0\x20ftypisom",
        ];
        for (kind, file) in AttachmentType::ALL.into_iter().zip(begins) {
            assert_eq!(AttachmentType::of(file), Some(kind));
        }
        for file in [&b""[..], b"MZ\x90\0", b"<svg onload=", b"#!/bin/sh", b"\xff\xd8"] {
            assert_eq!(AttachmentType::of(file), None);
        }
    }
}
