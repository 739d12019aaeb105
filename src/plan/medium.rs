use serde::Serialize;

/// A small picture that travels inside the signed plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Medium {
    #[serde(rename = "type")]
    pub kind: MediumType,
    /// The file in base64 (RFC 4648 section 4), at most 100 kB before it is written so.
    pub data: String,
}

/// Kinds of pictures. SVG is none of them: it can carry script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum MediumType {
    #[serde(rename = "image/png")]
    Png,
    #[serde(rename = "image/jpeg")]
    Jpeg,
    #[serde(rename = "image/webp")]
    Webp,
}

impl MediumType {
    pub const ALL: [MediumType; 3] = [MediumType::Png, MediumType::Jpeg, MediumType::Webp];
    /// Their names (RFC 6838), in the order of [`MediumType::ALL`].
    pub const NAMES: [&'static str; 3] = ["image/png", "image/jpeg", "image/webp"];

    pub fn name(self) -> &'static str {
        MediumType::NAMES[self as usize]
    }
}

impl Medium {
    /// As an address that holds the whole picture (RFC 2397).
    pub fn url(&self) -> String {
        let mut url = String::with_capacity(self.data.len() + 32);
        for part in ["data:", self.kind.name(), ";base64,", &self.data] {
            url.push_str(part);
        }
        url
    }
}
