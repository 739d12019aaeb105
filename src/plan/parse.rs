//! How a plan is read from JSON: one reader for each type, members in the order of the types.

use super::{
    Choice, ChoiceList, Decimal, Digest, End, Figure, Grade, Indicator, Item, ItemType, Known, Medium, MediumType,
    MissingAnswer, Mode, OfficeKeys, Order, Outcome, Part, Plan, Privacy, PublicKey, Questionnaire, Quota, QuotaCell,
    RaterGroup, Receiver, Round, Scale, SealedAnswers, Stratum, Telephone, Text, Unit, UnitGroup, WhenFull, WorkSteps,
};
use crate::json::{self, JsonError, Node};

const NUMBER: u64 = u32::MAX as u64;

impl Plan {
    /// A plan of format 1 by its shape alone; [`super::check`] and [`super::read`] look at what it says.
    ///
    /// # Errors
    /// The first thing that a plan has not there.
    pub fn parse(text: &str) -> Result<Plan, JsonError> {
        json::read(text, plan)
    }
}

impl PublicKey {
    /// A key's JWK.
    ///
    /// # Errors
    /// Where it is not `kty`, `crv`, `x` and `y`, each a text, and nothing else.
    pub fn parse(text: &str) -> Result<PublicKey, JsonError> {
        json::read(text, PublicKey::read)
    }

    pub(crate) fn read(node: Node) -> PublicKey {
        let node = node.only(&["kty", "crv", "x", "y"]);
        PublicKey { kty: node.text("kty"), crv: node.text("crv"), x: node.text("x"), y: node.text("y") }
    }
}

impl Digest {
    pub(crate) fn read(node: Node) -> Digest {
        Digest(node.as_text())
    }
}

impl Mode {
    pub(crate) fn read(node: Node) -> Mode {
        Mode::ALL[node.as_one_of(&["web", "face", "phone", "hall"])]
    }
}

pub(super) fn text(node: Node) -> Text {
    node.as_map(Node::as_text)
}

fn plan(node: Node) -> Plan {
    let node = node.only(&[
        "$schema",
        "format",
        "id",
        "version",
        "languages",
        "title",
        "asker",
        "purpose",
        "privacy",
        "rounds",
        "unit_groups",
        "units",
        "scales",
        "indicators",
        "rater_groups",
        "strata",
        "quotas",
        "parts",
        "modes",
        "choice_lists",
        "media",
        "questionnaires",
        "work_steps",
        "telephone",
        "right_answers",
        "keys",
        "links",
        "receivers",
    ]);
    Plan {
        schema: node.text_or_none("$schema"),
        format: node.whole("format", NUMBER) as u32,
        id: node.text("id"),
        version: node.text("version"),
        languages: node.list("languages", Node::as_text),
        title: node.object("title", text),
        asker: node.object("asker", text),
        purpose: node.object("purpose", text),
        privacy: node.object("privacy", privacy),
        rounds: node.list("rounds", round),
        unit_groups: node.list_or_empty("unit_groups", unit_group),
        units: node.list("units", unit),
        scales: node.list("scales", scale),
        indicators: node.list("indicators", indicator),
        rater_groups: node.list_or_empty("rater_groups", rater_group),
        strata: node.list_or_empty("strata", stratum),
        quotas: node.list_or_empty("quotas", quota),
        parts: node.list_or_empty("parts", part),
        modes: node.list("modes", Mode::read),
        choice_lists: node.list_or_empty("choice_lists", choice_list),
        media: node.map_or_empty("media", medium),
        questionnaires: node.list("questionnaires", questionnaire),
        work_steps: node.get("work_steps").map_or(WorkSteps::default(), WorkSteps::keep),
        telephone: node.find("telephone").map(telephone),
        links: node.list_or_empty("links", Node::as_text),
        right_answers: node.find("right_answers").map_or(SealedAnswers::default(), SealedAnswers::keep),
        keys: node.find("keys").map(keys),
        receivers: node.list_or_empty("receivers", receiver),
    }
}

fn privacy(node: Node) -> Privacy {
    let node = node.only(&["notice", "anonymous", "seal", "smallest_cell", "seal_right_answers", "retention_days"]);
    Privacy {
        notice: node.object("notice", text),
        anonymous: node.flag("anonymous", None),
        seal: node.flag("seal", Some(super::yes())),
        smallest_cell: node.get("smallest_cell").map_or(super::ten(), whole),
        seal_right_answers: node.flag("seal_right_answers", Some(false)),
        retention_days: node.get("retention_days").map_or(super::month(), whole),
    }
}

fn telephone(node: Node) -> Telephone {
    let node = node.only(&["opening", "persuasion", "voicemail", "ending"]);
    let said = |name| node.get(name).map(text).unwrap_or_default();
    Telephone {
        opening: said("opening"),
        persuasion: said("persuasion"),
        voicemail: said("voicemail"),
        ending: said("ending"),
    }
}

fn whole(node: Node) -> u32 {
    node.as_whole(NUMBER) as u32
}

fn round(node: Node) -> Round {
    let node = node.only(&["id", "label", "opens", "closes"]);
    Round {
        id: node.text("id"),
        label: node.object("label", text),
        opens: node.text_or_none("opens"),
        closes: node.text_or_none("closes"),
    }
}

fn unit_group(node: Node) -> UnitGroup {
    let node = node.only(&["id", "label"]);
    UnitGroup { id: node.text("id"), label: node.object("label", text) }
}

fn unit(node: Node) -> Unit {
    let node = node.only(&["id", "label", "group"]);
    Unit { id: node.text("id"), label: node.object("label", text), group: node.text_or_none("group") }
}

fn rater_group(node: Node) -> RaterGroup {
    let node = node.only(&["id", "label", "weight", "population", "target"]);
    RaterGroup {
        id: node.text("id"),
        label: node.object("label", text),
        weight: node.find("weight").map(decimal),
        population: node.whole_or_none("population", u64::MAX),
        target: node.find("target").map(whole),
    }
}

fn stratum(node: Node) -> Stratum {
    let node = node.only(&["id", "label", "population", "target", "modes"]);
    Stratum {
        id: node.text("id"),
        label: node.object("label", text),
        population: node.whole_or_none("population", u64::MAX),
        target: node.find("target").map(whole),
        modes: node.list_or_empty("modes", Mode::read),
    }
}

fn part(node: Node) -> Part {
    let node = node.only(&["id", "label", "weight", "trimmed", "smallest", "figures"]);
    Part {
        id: node.text("id"),
        label: node.object("label", text),
        weight: node.object("weight", decimal),
        trimmed: node.flag("trimmed", Some(false)),
        smallest: node.find("smallest").map(whole),
        figures: node.list_or_empty("figures", figure),
    }
}

fn figure(node: Node) -> Figure {
    let node = node.only(&["unit", "questionnaire", "item", "of", "zero", "full"]);
    Figure {
        unit: node.text("unit"),
        questionnaire: node.text("questionnaire"),
        item: node.text("item"),
        of: node.text_or_none("of"),
        zero: node.object("zero", decimal),
        full: node.object("full", decimal),
    }
}

fn quota(node: Node) -> Quota {
    let node = node.only(&["id", "label", "when_full", "message", "residents", "cells"]);
    Quota {
        id: node.text("id"),
        label: node.object("label", text),
        when_full: [WhenFull::Warn, WhenFull::ScreenOut][node.one_of("when_full", &["warn", "screen_out"])],
        message: node.find("message").map(text),
        residents: node.flag("residents", Some(false)),
        cells: node.list("cells", quota_cell),
    }
}

fn quota_cell(node: Node) -> QuotaCell {
    let node = node.only(&["label", "rater_group", "stratum", "mode", "when", "target"]);
    QuotaCell {
        label: node.find("label").map(text),
        rater_group: node.text_or_none("rater_group"),
        stratum: node.text_or_none("stratum"),
        mode: node.find("mode").map(Mode::read),
        when: node.text_or_none("when"),
        target: node.object("target", whole),
    }
}

fn choice_list(node: Node) -> ChoiceList {
    let node = node.only(&["id", "choices"]);
    ChoiceList { id: node.text("id"), choices: node.list("choices", choice) }
}

fn choice(node: Node) -> Choice {
    let node = node.only(&["name", "label", "columns", "exclusive", "image"]);
    Choice {
        name: node.text("name"),
        label: node.object("label", text),
        columns: node.map_or_empty("columns", Node::as_text),
        exclusive: node.flag("exclusive", Some(false)),
        image: node.text_or_none("image"),
    }
}

fn medium(node: Node) -> Medium {
    let node = node.only(&["type", "data"]);
    Medium { kind: MediumType::ALL[node.one_of("type", &MediumType::NAMES)], data: node.text("data") }
}

fn keys(node: Node) -> OfficeKeys {
    let node = node.only(&["seal", "sign"]);
    OfficeKeys { seal: node.list("seal", PublicKey::read), sign: node.list("sign", PublicKey::read) }
}

fn receiver(node: Node) -> Receiver {
    let node = node.only(&["url", "key"]);
    Receiver { url: node.text("url"), key: node.object("key", PublicKey::read) }
}

fn scale(node: Node) -> Scale {
    let node = node.only(&["id", "grades", "missing"]);
    Scale { id: node.text("id"), grades: node.list("grades", grade), missing: node.list_or_empty("missing", missing) }
}

fn grade(node: Node) -> Grade {
    let node = node.only(&["name", "label", "score", "satisfied"]);
    Grade {
        name: node.text("name"),
        label: node.object("label", text),
        score: node.object("score", decimal),
        satisfied: node.flag("satisfied", None),
    }
}

fn missing(node: Node) -> MissingAnswer {
    let node = node.only(&["name", "label"]);
    MissingAnswer { name: node.text("name"), label: node.object("label", text) }
}

fn indicator(node: Node) -> Indicator {
    let node = node.only(&["id", "label", "description", "weight", "unit_groups", "indicators"]);
    Indicator {
        id: node.text("id"),
        label: node.object("label", text),
        description: node.find("description").map(text),
        weight: node.object("weight", decimal),
        unit_groups: node.list_or_empty("unit_groups", Node::as_text),
        indicators: node.list_or_empty("indicators", indicator),
    }
}

fn decimal(node: Node) -> Decimal {
    match node.as_number().map(Decimal::from_json) {
        Some(Ok(number)) => number,
        _ => {
            node.expected("a number with at most six decimal places");
            Decimal::ZERO
        }
    }
}

fn questionnaire(node: Node) -> Questionnaire {
    let node = node.only(&["id", "title", "rater_groups", "modes", "rounds", "order", "ends", "items"]);
    Questionnaire {
        id: node.text("id"),
        title: node.object("title", text),
        rater_groups: node.list_or_empty("rater_groups", Node::as_text),
        modes: node.list_or_empty("modes", Mode::read),
        rounds: node.list_or_empty("rounds", Node::as_text),
        order: node.find("order").map(order),
        ends: node.list_or_empty("ends", end),
        items: node.list("items", item),
    }
}

fn order(node: Node) -> Order {
    [Order::Random][node.as_one_of(&["random"])]
}

fn end(node: Node) -> End {
    let node = node.only(&["when", "message", "outcome"]);
    End {
        when: node.text("when"),
        message: node.object("message", text),
        outcome: [Outcome::Complete, Outcome::ScreenedOut][node.one_of("outcome", &["complete", "screened_out"])],
    }
}

fn item(node: Node) -> Item {
    let node = node.only(&[
        "type",
        "name",
        "label",
        "hint",
        "required",
        "relevant",
        "constraint",
        "constraint_message",
        "calculation",
        "trigger",
        "read_only",
        "default",
        "from",
        "appearance",
        "scale",
        "unit",
        "indicator",
        "units",
        "subset",
        "order",
        "seed",
        "indicators",
        "choices",
        "choice_filter",
        "other",
        "image",
        "start",
        "end",
        "step",
        "right",
        "points",
        "accuracy",
        "max_pixels",
        "max_seconds",
        "max_length",
        "repeat_count",
        "items",
    ]);
    let names = [
        "group",
        "repeat",
        "note",
        "grade",
        "grade_matrix",
        "select_one",
        "select_multiple",
        "rank",
        "range",
        "acknowledge",
        "text",
        "integer",
        "decimal",
        "date",
        "time",
        "datetime",
        "geopoint",
        "image",
        "audio",
        "barcode",
        "calculate",
        "hidden",
    ];
    let kinds = [
        ItemType::Group,
        ItemType::Repeat,
        ItemType::Note,
        ItemType::Grade,
        ItemType::GradeMatrix,
        ItemType::SelectOne,
        ItemType::SelectMultiple,
        ItemType::Rank,
        ItemType::Range,
        ItemType::Acknowledge,
        ItemType::Text,
        ItemType::Integer,
        ItemType::Decimal,
        ItemType::Date,
        ItemType::Time,
        ItemType::Datetime,
        ItemType::Geopoint,
        ItemType::Image,
        ItemType::Audio,
        ItemType::Barcode,
        ItemType::Calculate,
        ItemType::Hidden,
    ];
    Item {
        kind: kinds[node.one_of("type", &names)],
        name: node.text("name"),
        label: node.object("label", text),
        hint: node.find("hint").map(text),
        required: node.flag("required", Some(false)),
        relevant: node.text_or_none("relevant"),
        constraint: node.text_or_none("constraint"),
        constraint_message: node.find("constraint_message").map(text),
        calculation: node.text_or_none("calculation"),
        trigger: node.list_or_empty("trigger", Node::as_text),
        read_only: node.flag("read_only", Some(false)),
        default: node.text_or_none("default"),
        from: node.find("from").map(|node| Known::ALL[node.as_one_of(&Known::NAMES)]),
        appearance: node.text_or_none("appearance"),
        scale: node.text_or_none("scale"),
        unit: node.text_or_none("unit"),
        indicator: node.text_or_none("indicator"),
        units: node.list_or_empty("units", Node::as_text),
        subset: node.find("subset").map(whole),
        order: node.find("order").map(order),
        seed: node.text_or_none("seed"),
        indicators: node.list_or_empty("indicators", Node::as_text),
        choices: node.text_or_none("choices"),
        choice_filter: node.text_or_none("choice_filter"),
        other: node.find("other").map(text),
        image: node.text_or_none("image"),
        start: node.find("start").map(decimal),
        end: node.find("end").map(decimal),
        step: node.find("step").map(decimal),
        right: node.list_or_empty("right", Node::as_text),
        points: node.find("points").map(decimal),
        accuracy: node.find("accuracy").map(whole),
        max_pixels: node.find("max_pixels").map(whole),
        max_seconds: node.find("max_seconds").map(whole),
        max_length: node.find("max_length").map(whole),
        repeat_count: node.text_or_none("repeat_count"),
        items: node.list_or_empty("items", item),
    }
}
