use super::*;
use crate::named::Named;
use crate::session::Answer;

fn codebook() -> Codebook {
    let text = std::fs::read_to_string("tests/vectors/plan/good/kinds.json").unwrap();
    let plan = load(&text).unwrap();
    let reference = PlanRef { id: "kinds".into(), version: "1".into(), digest: Digest("p".repeat(43)) };
    Codebook::new(&plan, &reference, &crate::expression::Plain).unwrap()
}

fn record(answers: &[(&str, Answer)]) -> Record {
    let mut answered: Named<Answer> = Named::new();
    answers.iter().for_each(|(item, answer)| drop(answered.insert(item.to_string(), answer.clone())));
    let reference = codebook().reference().clone();
    Record { plan: reference, rater_group: Some("g2".into()), answers: answered, ..super::record("one") }
}

fn choices(names: &[&str]) -> Answer {
    Answer::Choices(names.iter().map(|name| name.to_string()).collect())
}

fn text(text: &str) -> Answer {
    Answer::Text(text.into())
}

#[test]
fn every_kind_of_answer_comes_back_as_it_was() {
    let made = record(&[
        ("way", text("other")),
        ("way_other", text("骑马")),
        ("used", choices(&["bus", "other"])),
        ("used_other", text("步行")),
        ("order", choices(&["taxi", "bus"])),
        ("mark", text("0.3")),
        ("stars", Answer::Integer(4)),
        ("read", text("OK")),
        ("when", text("2026-11-24T08:30")),
        ("where", text("25.033 121.565 0 8.5")),
    ]);
    let codebook = codebook();
    let row = codebook.pack(&made).unwrap();
    assert_eq!(codebook.unpack("one", &row), made);
}

#[test]
fn an_answer_that_no_device_gives_is_set_aside() {
    let codebook = codebook();
    let unfit = |item: &str, answer: Answer| codebook.pack(&record(&[(item, answer)])).unwrap_err();
    let unknown = |item: &str, value: &str| Unfit::UnknownAnswer { item: item.into(), value: value.into() };
    assert_eq!(unfit("order", choices(&["bus", "bus"])), unknown("order", "bus"));
    assert_eq!(unfit("order", choices(&["other"])), unknown("order", "other"));
    assert_eq!(unfit("mark", text("0.35")), unknown("mark", "0.35"));
    assert_eq!(unfit("mark", Answer::Integer(1)), Unfit::WrongKind("mark".into()));
    assert_eq!(unfit("stars", Answer::Integer(6)), unknown("stars", "6"));
    assert_eq!(unfit("read", text("yes")), unknown("read", "yes"));
    assert_eq!(unfit("where", text("91 0")), unknown("where", "91 0"));
    let alone = Unfit::NotAlone { item: "used".into(), value: "none".into() };
    assert_eq!(unfit("used", choices(&["bus", "none"])), alone);
}
