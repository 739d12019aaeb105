/// What the cell `type` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Begin(&'static str),
    End(&'static str),
    /// An item of a plan, if plans know the type; with the old types of ODK comes a constraint of their own.
    Item(&'static str, Option<&'static str>),
    /// An item with a list of choices.
    Select {
        kind: &'static str,
        list: String,
        other: bool,
    },
    /// A select whose choices lie in a file: its name.
    FileList(String),
    /// What ODK's programs record by themselves.
    Metadata(String),
    /// Known to ODK, and not to plans.
    Foreign(String),
    Unknown(String),
}

/// Words of one type, old ones among them, and the item type of plans.
const ITEMS: &[(&[&str], &str)] = &[
    (&["text", "string", "q text", "q string", "add text prompt", "add string prompt"], "text"),
    (&["integer", "int", "q int", "q integer", "add integer prompt"], "integer"),
    (&["decimal", "q decimal", "add decimal prompt"], "decimal"),
    (&["date", "q date", "add date prompt"], "date"),
    (&["time", "q time", "add time prompt"], "time"),
    (
        &["datetime", "date time", "q datetime", "q date time", "add datetime prompt", "add date time prompt"],
        "datetime",
    ),
    (&["note", "q note", "add note prompt"], "note"),
    (&["calculate", "q calculate", "add calculate prompt"], "calculate"),
    (&["hidden"], "hidden"),
    (&["acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"], "acknowledge"),
    (&["range"], "range"),
    (&["geopoint", "q geopoint", "gps", "location", "q location", "add location prompt"], "geopoint"),
    (&["image", "photo", "q picture", "q image", "add image prompt", "add photo prompt"], "image"),
    (&["audio", "q audio", "add audio prompt"], "audio"),
    (&["barcode", "q barcode", "add barcode prompt"], "barcode"),
    (&["grade"], "grade"),
    (&["grade_matrix", "grade matrix"], "grade_matrix"),
];

/// Types of old that are others with a constraint.
const CONSTRAINED: [(&str, &str, &str); 5] = [
    ("percentage", "integer", "0 <= . and . <= 100"),
    ("number of days in last month", "integer", "0 <= . and . <= 31"),
    ("number of days in last six months", "integer", "0 <= . and . <= 183"),
    ("number of days in last year", "integer", "0 <= . and . <= 365"),
    ("phone number", "text", r"regex(., '^\d*$')"),
];

const METADATA: [&str; 28] = [
    "start",
    "end",
    "today",
    "deviceid",
    "subscriberid",
    "simserial",
    "phonenumber",
    "username",
    "email",
    "audit",
    "imei",
    "start time",
    "end time",
    "get start time",
    "get end time",
    "get today",
    "get device id",
    "get subscriber id",
    "get sim id",
    "get phone number",
    "device id",
    "subscriber id",
    "sim id",
    "start-geopoint",
    "start_geopoint",
    "background-audio",
    "background-geopoint",
    "caseid",
];

const FOREIGN: [&str; 17] = [
    "video",
    "q video",
    "add video prompt",
    "file",
    "add file prompt",
    "geotrace",
    "q geotrace",
    "geoshape",
    "q geoshape",
    "osm",
    "xml-external",
    "csv-external",
    "bearing",
    "annotate",
    "add annotate prompt",
    "image-map",
    "generic",
];

const SELECTS: [(&str, &str); 13] = [
    ("add select one prompt using", "select_one"),
    ("add select multiple prompt using", "select_multiple"),
    ("select all that apply from", "select_multiple"),
    ("select all that apply", "select_multiple"),
    ("select one from", "select_one"),
    ("select1", "select_one"),
    ("select_one", "select_one"),
    ("select one", "select_one"),
    ("select_multiple", "select_multiple"),
    ("select multiple from", "select_multiple"),
    ("select multiple", "select_multiple"),
    ("rank", "rank"),
    ("q select", "select_multiple"),
];

impl Kind {
    pub fn parse(cell: &str) -> Kind {
        let words: Vec<&str> = cell.split_whitespace().collect();
        let text = words.join(" ");
        let lower = text.to_lowercase();
        for (begin, made) in [("begin", true), ("end", false)] {
            let rest = lower.strip_prefix(begin).and_then(|rest| rest.strip_prefix([' ', '_']));
            let Some(rest) = rest else { continue };
            let what = match rest.split(' ').next().unwrap_or("") {
                "group" => "group",
                "repeat" | "lgroup" | "looped" => "repeat",
                "loop" => return Kind::Foreign(text),
                _ => continue,
            };
            return if made { Kind::Begin(what) } else { Kind::End(what) };
        }
        if let Some((_, kind)) = ITEMS.iter().find(|(known, _)| known.contains(&lower.as_str())) {
            return Kind::Item(kind, None);
        }
        if let Some((_, kind, constraint)) = CONSTRAINED.iter().find(|(known, ..)| *known == lower) {
            return Kind::Item(kind, Some(constraint));
        }
        if METADATA.contains(&lower.as_str()) || lower.starts_with("uri:") {
            return Kind::Metadata(text);
        }
        for file in
            ["select_one_from_file", "select_multiple_from_file", "select one from file", "select multiple from file"]
        {
            if let Some(name) = lower.strip_prefix(file).and_then(|rest| rest.strip_prefix(' ')) {
                // The file's name as it is written.
                return Kind::FileList(text[text.len() - name.len()..].to_owned());
            }
        }
        for (known, kind) in SELECTS {
            // `lower` may be longer in bytes than `text` where letters change their length: then it is no known word.
            let Some(list) =
                lower.strip_prefix(known).and_then(|_| text.get(known.len()..)).and_then(|rest| rest.strip_prefix(' '))
            else {
                continue;
            };
            let mut list = list;
            let mut other = false;
            for ending in [" or specify other", " or_other", " or other"] {
                if list.to_lowercase().ends_with(ending)
                    && let Some(before) = list.get(..list.len() - ending.len())
                {
                    (list, other) = (before, true);
                    break;
                }
            }
            return Kind::Select { kind, list: list.to_owned(), other };
        }
        let first = lower.split(' ').next().unwrap_or("");
        if FOREIGN.contains(&lower.as_str()) || matches!(first, "osm" | "select_one_external" | "cascading_select") {
            return Kind::Foreign(text);
        }
        Kind::Unknown(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_as_people_write_them() {
        let select = |kind, list: &str, other| Kind::Select { kind, list: list.to_owned(), other };
        for (cell, kind) in [
            ("begin group", Kind::Begin("group")),
            ("begin_repeat", Kind::Begin("repeat")),
            ("End  Group", Kind::End("group")),
            ("select_one Yes_No", select("select_one", "Yes_No", false)),
            ("select one yn or_other", select("select_one", "yn", true)),
            ("select all that apply from x or specify other", select("select_multiple", "x", true)),
            ("rank r", select("rank", "r", false)),
            ("select_one_from_file Towns.csv", Kind::FileList("Towns.csv".to_owned())),
            ("dateTime", Kind::Item("datetime", None)),
            ("percentage", Kind::Item("integer", Some("0 <= . and . <= 100"))),
            ("deviceid", Kind::Metadata("deviceid".to_owned())),
            ("geoshape", Kind::Foreign("geoshape".to_owned())),
            ("begin loop over x", Kind::Foreign("begin loop over x".to_owned())),
            ("select_one", Kind::Unknown("select_one".to_owned())),
            ("问题", Kind::Unknown("问题".to_owned())),
            ("İİİ select_one x", Kind::Unknown("İİİ select_one x".to_owned())),
        ] {
            assert_eq!(Kind::parse(cell), kind, "{cell}");
        }
    }
}
