//! Names of languages, as people write them in workbooks, and their tags.

/// Names of languages in lower case, in English and in the language itself, with their BCP 47 tags; the first name of a tag
/// is how it is written.
const NAMES: &[(&str, &str)] = &[
    ("中文", "zh"),
    ("chinese", "zh"),
    ("mandarin", "zh"),
    ("汉语", "zh"),
    ("simplified chinese", "zh-Hans"),
    ("简体中文", "zh-Hans"),
    ("traditional chinese", "zh-Hant"),
    ("繁體中文", "zh-Hant"),
    ("English", "en"),
    ("english", "en"),
    ("英文", "en"),
    ("英语", "en"),
    ("Français", "fr"),
    ("french", "fr"),
    ("francais", "fr"),
    ("Español", "es"),
    ("spanish", "es"),
    ("espanol", "es"),
    ("Português", "pt"),
    ("portuguese", "pt"),
    ("العربية", "ar"),
    ("arabic", "ar"),
    ("Русский", "ru"),
    ("russian", "ru"),
    ("Deutsch", "de"),
    ("german", "de"),
    ("Italiano", "it"),
    ("italian", "it"),
    ("Nederlands", "nl"),
    ("dutch", "nl"),
    ("日本語", "ja"),
    ("japanese", "ja"),
    ("한국어", "ko"),
    ("korean", "ko"),
    ("हिन्दी", "hi"),
    ("hindi", "hi"),
    ("বাংলা", "bn"),
    ("bengali", "bn"),
    ("bangla", "bn"),
    ("اردو", "ur"),
    ("urdu", "ur"),
    ("فارسی", "fa"),
    ("persian", "fa"),
    ("farsi", "fa"),
    ("dari", "prs"),
    ("پښتو", "ps"),
    ("pashto", "ps"),
    ("Kiswahili", "sw"),
    ("swahili", "sw"),
    ("አማርኛ", "am"),
    ("amharic", "am"),
    ("Soomaali", "so"),
    ("somali", "so"),
    ("Hausa", "ha"),
    ("hausa", "ha"),
    ("Yorùbá", "yo"),
    ("yoruba", "yo"),
    ("igbo", "ig"),
    ("नेपाली", "ne"),
    ("nepali", "ne"),
    ("ไทย", "th"),
    ("thai", "th"),
    ("Tiếng Việt", "vi"),
    ("vietnamese", "vi"),
    ("Bahasa Indonesia", "id"),
    ("indonesian", "id"),
    ("Bahasa Melayu", "ms"),
    ("malay", "ms"),
    ("မြန်မာ", "my"),
    ("burmese", "my"),
    ("ខ្មែរ", "km"),
    ("khmer", "km"),
    ("lao", "lo"),
    ("Türkçe", "tr"),
    ("turkish", "tr"),
    ("Українська", "uk"),
    ("ukrainian", "uk"),
    ("Polski", "pl"),
    ("polish", "pl"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("kurdish", "ku"),
    ("sorani", "ckb"),
    ("tagalog", "tl"),
    ("filipino", "fil"),
    ("tamil", "ta"),
    ("telugu", "te"),
    ("marathi", "mr"),
    ("gujarati", "gu"),
    ("punjabi", "pa"),
    ("sinhala", "si"),
    ("kazakh", "kk"),
    ("қазақша", "kk"),
    ("kyrgyz", "ky"),
    ("uzbek", "uz"),
    ("tajik", "tg"),
    ("mongolian", "mn"),
    ("монгол", "mn"),
    ("蒙古语", "mn-Mong"),
    ("ᠮᠣᠩᠭᠣᠯ", "mn-Mong"),
    ("ئۇيغۇرچە", "ug"),
    ("uyghur", "ug"),
    ("uighur", "ug"),
    ("维吾尔语", "ug"),
    ("བོད་སྐད", "bo"),
    ("tibetan", "bo"),
    ("藏语", "bo"),
    ("zhuang", "za"),
    ("壮语", "za"),
    ("haitian creole", "ht"),
    ("creole", "ht"),
    ("kinyarwanda", "rw"),
    ("luganda", "lg"),
    ("chichewa", "ny"),
    ("zulu", "zu"),
    ("xhosa", "xh"),
    ("afrikaans", "af"),
    ("tigrinya", "ti"),
    ("oromo", "om"),
    ("wolof", "wo"),
    ("lingala", "ln"),
    ("malagasy", "mg"),
    ("quechua", "qu"),
];

/// A language's tag, and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Written in the workbook.
    Written(String),
    /// Known by the language's name.
    Named(String),
    Unknown,
}

/// The tag of a language as a column names it: `English (en)`, `en`, or a name that is known.
pub(super) fn tag_of(language: &str) -> Tag {
    if let Some((_, rest)) = language.rsplit_once('(')
        && let Some(tag) = rest.strip_suffix(')')
        && let Some(tag) = as_tag(tag)
    {
        return Tag::Written(tag);
    }
    let name = language.trim().to_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(known, _)| known.to_lowercase() == name) {
        return Tag::Named((*tag).to_owned());
    }
    as_tag(language).map_or(Tag::Unknown, Tag::Written)
}

/// The text as a tag, if it has the shape of one (RFC 5646, section 2.1, as plans are checked).
fn as_tag(text: &str) -> Option<String> {
    let tag = text.trim().replace('_', "-");
    let mut subtags = tag.split('-');
    let language = subtags.next().unwrap_or("");
    let good = (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && subtags.all(|s| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric()));
    good.then_some(tag)
}

/// How the language of a tag is written in a workbook: `中文 (zh)`.
#[cfg(feature = "cli")]
pub(super) fn written(tag: &str) -> String {
    let name = NAMES.iter().find(|(_, known)| *known == tag).map_or(tag, |(name, _)| name);
    format!("{name} ({tag})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_that_is_written_back_is_the_same() {
        for tag in ["zh", "en", "mn-Mong", "zh-Hant", "xx-Latn-x-abc", "ug", "und"] {
            assert_eq!(tag_of(&written(tag)), Tag::Written(tag.to_owned()));
        }
    }

    #[test]
    fn names_that_people_write_have_tags() {
        assert_eq!(tag_of("Français"), Tag::Named("fr".to_owned()));
        assert_eq!(tag_of("swahili"), Tag::Named("sw".to_owned()));
        assert_eq!(tag_of("Portuguese (pt_BR)"), Tag::Written("pt-BR".to_owned()));
        assert_eq!(tag_of("fr"), Tag::Written("fr".to_owned()));
        assert_eq!(tag_of("Klingon"), Tag::Unknown);
        assert_eq!(tag_of("English (of England)"), Tag::Unknown);
    }
}
