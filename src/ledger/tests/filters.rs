//! Choices that a `choice_filter` did not offer.

use super::*;

const LISTS: &str = r#""choice_lists": [
    {"id": "kinds", "choices": [
        {"name": "shop", "label": {"zh": "店"}, "columns": {"at": "east"}},
        {"name": "farm", "label": {"zh": "田"}, "columns": {"at": "west"}},
        {"name": "home", "label": {"zh": "家"}, "columns": {"at": "west"}}]},"#;

/// Where somebody is, and what is offered there: once, and for each visit.
fn codebook(filter: &str) -> Codebook {
    let items = r#"
        {"type": "text", "name": "place", "label": {"zh": "哪里"}},
        {"type": "select_one", "name": "kind", "label": {"zh": "何处"}, "choices": "kinds", "other": {"zh": "其他"},
         "choice_filter": "FILTER"},
        {"type": "repeat", "name": "visit", "label": {"zh": "办事"}, "items": [
            {"type": "text", "name": "there", "label": {"zh": "哪里"}},
            {"type": "rank", "name": "order", "label": {"zh": "次序"}, "choices": "kinds", "choice_filter": "at = ${there}"},
            {"type": "select_multiple", "name": "seen", "label": {"zh": "见过"}, "choices": "kinds",
             "choice_filter": "at = ${there} or at = ${place}"}]},
        {"type": "text", "name": "say","#;
    let text = PLAN.replace(r#"{"type": "text", "name": "say","#, items.trim_start()).replace("FILTER", filter);
    let text = text.replacen(r#""choice_lists": ["#, LISTS, 1);
    assert!(text.contains("kinds") && text.contains("east"), "the plan of these tests has lists and a text `say`");
    Codebook::new(&load(&text).unwrap(), &reference(), &crate::expression::Plain).unwrap()
}

fn answered(answers: &[(&str, &str)]) -> Record {
    let mut made = record("one");
    made.repeats.insert("visit".into(), 2);
    made.answers = answers
        .iter()
        .map(|(key, value)| match key.ends_with("seen") || key.ends_with("order") {
            true => (key.to_string(), Answer::Choices(value.split(' ').map(str::to_owned).collect())),
            false => (key.to_string(), Answer::Text(value.to_string())),
        })
        .collect();
    made
}

fn not_offered(item: &str, value: &str) -> Option<Unfit> {
    Some(Unfit::NotOffered { item: item.into(), value: value.into() })
}

#[test]
fn a_choice_that_the_filter_does_not_offer_is_set_aside_and_says_so() {
    let codebook = codebook("at = ${place}");
    let unfit = |answers: &[(&str, &str)]| codebook.pack(&answered(answers)).err();
    assert_eq!(unfit(&[("place", "west"), ("kind", "farm")]), None);
    assert_eq!(unfit(&[("place", "west"), ("kind", "other")]), None, "`other` is offered always");
    let found = unfit(&[("place", "west"), ("kind", "shop")]);
    assert_eq!(found, not_offered("kind", "shop"));
    let explained = found.unwrap().explain();
    assert!(explained.zh.contains("choice_filter") && explained.en.contains("does not offer `shop`"), "{explained:?}");
    assert_eq!(unfit(&[("kind", "shop")]), not_offered("kind", "shop"), "nothing is offered to who said no place");
}

#[test]
fn in_a_repeat_the_filter_reads_its_own_instance() {
    let codebook = codebook("true()");
    let unfit = |answers: &[(&str, &str)]| codebook.pack(&answered(answers)).err();
    let east = ("visit[1]/there", "east");
    let west = ("visit[2]/there", "west");
    assert_eq!(unfit(&[east, west, ("visit[2]/seen", "farm home"), ("visit[1]/order", "shop")]), None);
    let wrong = unfit(&[east, west, ("visit[1]/seen", "farm shop")]);
    assert_eq!(wrong, not_offered("visit[1]/seen", "farm"));
    assert_eq!(unfit(&[east, west, ("visit[2]/order", "home shop")]), not_offered("visit[2]/order", "shop"));
    assert_eq!(unfit(&[("place", "west"), east, ("visit[1]/seen", "farm shop")]), None);
}

#[test]
fn what_cannot_be_known_from_a_record_is_not_held_against_it() {
    let late = codebook("at = if(today() > '2026-06-30', 'west', 'east')");
    assert_eq!(late.pack(&answered(&[("kind", "shop")])).err(), None, "a record has no clock");
    let named = codebook("label = ${place}");
    assert_eq!(named.pack(&answered(&[("place", "x"), ("kind", "shop")])).err(), None, "nor a language");
    // Who breaks off leaves out what did not hold, which may be what the filter looked at.
    let codebook = codebook("at = ${place}");
    let mut broken_off = answered(&[("kind", "shop")]);
    broken_off.disposition = Disposition::Partial;
    assert_eq!(codebook.pack(&broken_off).err(), None);
    let mut broken_off = answered(&[("place", "west"), ("kind", "shop")]);
    broken_off.disposition = Disposition::Partial;
    assert_eq!(codebook.pack(&broken_off).err(), not_offered("kind", "shop"), "it is there, so it can be told");
}
