use super::*;

fn found(language: &str, text: &str) -> Vec<&'static str> {
    let sentences = Sentences::of(text, LOOKED_AT);
    let rules = rules().filter(|rule| language.starts_with(rule.language));
    rules.filter(|rule| rule.find(&sentences).is_some()).map(|rule| rule.name).collect()
}

#[test]
fn each_rule_finds_its_bad_example_and_no_rule_finds_a_good_one() {
    for rule in rules() {
        assert!(found(rule.language, rule.bad).contains(&rule.name), "{}: {}", rule.name, rule.bad);
        assert_eq!(found(rule.language, rule.good), Vec::<&str>::new(), "{}: {}", rule.name, rule.good);
    }
}

#[test]
fn names_of_rules_are_unique_and_begin_with_their_language() {
    for (i, rule) in rules().enumerate() {
        assert!(rules().take(i).all(|earlier| earlier.name != rule.name), "{}", rule.name);
        assert!(rule.name.starts_with(rule.language) && rule.name[rule.language.len()..].starts_with('-'));
    }
}

#[test]
fn both_languages_have_the_same_kinds_of_rules() {
    let kinds = |language: &str| -> Vec<&str> {
        rules().filter(|rule| rule.language == language).map(|rule| rule.name.split_once('-').unwrap().1).collect()
    };
    assert_eq!(kinds("zh"), kinds("en"));
}

/// Questions that neither push nor ask twice; each once was found by a rule that was too eager.
#[test]
fn ordinary_questions_are_left_alone() {
    for text in [
        "您对教育和体育局的满意程度如何？",
        "您对县运管所依法行政情况的满意程度如何？",
        "您满意还是不满意？",
        "最近一次办事用了多少天？",
        "您多久经常坐一次公交？",
        "请按真实感受评价，不必给好评。",
        "活动是否取得了什么成效？",
        "服务态度",
    ] {
        assert_eq!(found("zh-CN", text), Vec::<&str>::new(), "{text}");
    }
    for text in [
        "How satisfied are you with the Health and Sports Office?",
        "Are you satisfied or dissatisfied?",
        "How often do you take the bus?",
        "Quality of service",
        "Which staff member did you talk to?",
        "Do you agree, and to what extent?",
        "Did the operation proceed as planned?",
    ] {
        assert_eq!(found("en", text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn a_phrase_is_found_inside_one_sentence_and_at_its_byte() {
    let text = "先说一句。难道您不觉得好吗？";
    assert_eq!(Sentences::of(text, 99).find("不觉得…吗", &[]).map(|r| &text[r]), Some("不觉得好吗"));
    assert_eq!(Sentences::of("不觉得。好吗？", 99).find("不觉得…吗", &[]), None);
    let text = "Don’t you agree?";
    assert_eq!(Sentences::of(text, 99).find("don't you", &[]).map(|r| &text[r]), Some("Don’t you"));
    assert_eq!(Sentences::of("surely", 3).find("surely", &[]), None, "what is cut off is not looked at");
}

#[test]
fn answers_that_take_a_side_are_told_apart() {
    let label = |text: &str| side(&serde_json::json!({ "zh": text }));
    assert!(label("比较满意") == Some(Side::Good) && label("不太满意") == Some(Side::Bad) && label("公交车").is_none());
    let label = |text: &str| side(&serde_json::json!({ "en": text }));
    assert!(
        label("Strongly agree") == Some(Side::Good) && label("Disagree") == Some(Side::Bad) && label("Bus").is_none()
    );
}
