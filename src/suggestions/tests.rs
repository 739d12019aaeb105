use super::*;
use crate::expression::Moment;
use crate::plan::{Digest, Text};
use proptest::prelude::*;

const SEEN: &str = include_str!("../../tests/vectors/suggestions/seen.txt");
const FRESH: &str = include_str!("../../tests/vectors/suggestions/fresh.txt");

fn said(number: u8, text: &str) -> Said {
    Said {
        id: Digest(format!("{number:0>43}")),
        round: "r1".into(),
        questionnaire: "q".into(),
        item: "words".into(),
        label: Text::new(),
        order: 0,
        rater_group: None,
        text: text.into(),
    }
}

fn at(milliseconds: i64) -> Moment {
    Moment { milliseconds, offset: 480 }
}

/// Writes a note about one text.
fn write(notes: &mut Notes, by: &str, when: i64, of: &Said, step: NoteStep) {
    let note = notes.make(by, at(when), vec![of.id.clone()], step).unwrap();
    assert!(notes.take(note));
}

fn release(notes: &mut Notes, of: &Said) {
    let (ids, step) = Notes::release(&[of], &notes.standings());
    let note = notes.make("a clerk", at(9), ids, step).unwrap();
    notes.take(note);
}

#[test]
fn the_finder_is_as_good_as_its_document_says() {
    for (name, file, most_missed, most_needless) in [("seen", SEEN, 0, 1), ("fresh", FRESH, 0, 0)] {
        let measured = measure(&labelled(file).unwrap(), None);
        assert!(measured.hidden > 35, "{name}: the list is read");
        assert!(measured.missed.len() <= most_missed, "{name}: {:#?}", measured.missed);
        assert!(measured.needless.len() <= most_needless, "{name}: {:#?}", measured.needless);
    }
}

#[test]
fn each_kind_is_found_and_named() {
    let told = |text: &str| masked(text, None);
    assert_eq!(told("找王主任，电话13800001234转801。"), "找〔姓名〕主任，电话〔电话〕。");
    assert_eq!(told("身份证990101198001011236"), "身份证〔证件号〕");
    // The check digit is wrong: still a long number.
    assert_eq!(told("身份证990101198001011237"), "身份证〔号码〕");
    assert_eq!(told("卡号6222 0000 0000 1234 560"), "卡号〔银行卡号〕");
    assert_eq!(told("写信到a_b@test.example.com。"), "写信到〔邮箱〕。");
    assert_eq!(told("车牌京A12345，微信号：abc_123"), "车牌〔车牌〕，微信号：〔账号〕");
    assert_eq!(told("我家3号楼2单元501室"), "我家〔门牌〕");
    assert_eq!(told("Mr Smith said: call +44 20 7946 0958"), "Mr 〔name〕 said: call 〔phone number〕");
    for text in
        ["打12345没人接", "2024-11-01 到 2024-11-30", "投资3500万元", "5号线2号口", "08:00-17:30", "老百姓办事难"]
    {
        assert_eq!(told(text), text);
    }
}

#[test]
fn a_released_text_is_published_masked_and_nothing_else_is() {
    let all = [said(1, "请王主任来看看，13800001234"), said(2, "路灯坏了"), said(3, "我叫陈志远")];
    let mut notes = Notes::new("p");
    assert!(published(&all, &notes.standings()).is_empty(), "nobody released anything");
    release(&mut notes, &all[0]);
    release(&mut notes, &all[1]);
    write(&mut notes, "a clerk", 10, &all[1], NoteStep::Withheld);
    let standings = notes.standings();
    let texts: Vec<String> = published(&all, &standings).into_iter().map(|(_, _, text)| text).collect();
    assert_eq!(texts, ["请〔姓名〕主任来看看，〔电话〕"]);
    // No note holds a word of anybody.
    let file = notes.to_json();
    for word in ["王", "13800001234", "路灯", "姓名"] {
        assert!(!file.contains(word), "{file}");
    }
}

#[test]
fn a_release_ends_when_the_text_is_masked_otherwise() {
    let one = said(1, "请小赵那边的丁丁来");
    let mut notes = Notes::new("p");
    release(&mut notes, &one);
    write(&mut notes, "another", 10, &one, NoteStep::Masked { from: 6, to: 8, kind: Kind::Name });
    assert_eq!(notes.standings()[&one.id].release(&one), Release::Stale);
    assert!(published(std::slice::from_ref(&one), &notes.standings()).is_empty());
    release(&mut notes, &one);
    let standings = notes.standings();
    assert_eq!(published(std::slice::from_ref(&one), &standings)[0].2, "请小赵那边的〔姓名〕来");
    write(&mut notes, "another", 11, &one, NoteStep::Lifted { from: 0, to: 99 });
    assert_eq!(masked(&one.text, notes.standings().get(&one.id)), one.text, "places beyond the end do no harm");
}

/// Whichever copy has more notes: a release that did not know of a colleague's withholding publishes nothing.
#[test]
fn a_withholding_that_a_release_did_not_know_of_holds() {
    let one = said(1, "丁丁收钱");
    let many = |count: u8| {
        let mut notes = Notes::new("p");
        (0..count).for_each(|at| write(&mut notes, "a", at.into(), &said(9, "x"), NoteStep::Tagged("t".into())));
        notes
    };
    for (released_after, withheld_after, day) in [(200, 4, 50), (200, 4, 900), (4, 200, 50), (4, 4, 50), (4, 4, 900)] {
        let (mut left, mut right) = (many(released_after), many(withheld_after));
        release(&mut left, &one);
        write(&mut right, "b", day, &one, NoteStep::Withheld);
        let (mut a, mut b) = (left.clone(), right.clone());
        a.merge(&right).unwrap();
        b.merge(&left).unwrap();
        for merged in [&a, &b] {
            let standings = merged.standings();
            let stands = standings[&one.id].release(&one);
            assert!(matches!(stands, Release::Stale | Release::Withheld), "{stands:?}");
            assert!(published(std::slice::from_ref(&one), &standings).is_empty());
        }
        // Who knows of it may release it.
        release(&mut a, &one);
        assert_eq!(published(std::slice::from_ref(&one), &a.standings()).len(), 1);
    }
}

/// What was masked too late cannot be guessed from the notes: nobody has the record's id.
#[test]
fn a_release_says_nothing_of_the_words_to_who_has_not_the_record() {
    let (one, other) = (said(1, "张伟收钱"), said(2, "张伟收钱"));
    let of = |said: &Said| Notes::release(&[said], &Standings::new()).1;
    assert_ne!(of(&one), of(&other));
}

#[test]
fn what_is_seen_is_named_by_the_texts_and_their_masks() {
    let all = [said(1, "请王主任来"), said(2, "路灯坏了")];
    let mut notes = Notes::new("p");
    let seen = |notes: &Notes, which: &[&Said]| Notes::seen(which, &notes.standings());
    let before = seen(&notes, &[&all[0], &all[1]]);
    assert_eq!(before, seen(&notes, &[&all[1], &all[0]]));
    assert_ne!(before, seen(&notes, &[&all[0]]));
    write(&mut notes, "a", 1, &all[0], NoteStep::Tagged("t".into()));
    assert_eq!(before, seen(&notes, &[&all[0], &all[1]]), "a tag is not published");
    write(&mut notes, "a", 2, &all[0], NoteStep::Lifted { from: 1, to: 2 });
    assert_ne!(before, seen(&notes, &[&all[0], &all[1]]));
}

#[test]
fn an_assignment_leaves_what_it_does_not_name() {
    let one = said(1, "路灯坏了");
    let mut notes = Notes::new("p");
    let assign = |unit: Option<&str>, indicator: Option<&str>| NoteStep::Assigned {
        unit: unit.map(str::to_owned),
        indicator: indicator.map(str::to_owned),
    };
    let stands = |notes: &Notes| {
        let standing = notes.standings().remove(&one.id).unwrap();
        (standing.unit.unwrap_or_default(), standing.indicator.unwrap_or_default())
    };
    write(&mut notes, "a", 1, &one, assign(None, Some("lights")));
    write(&mut notes, "a", 2, &one, assign(Some("roads"), None));
    assert_eq!(stands(&notes), ("roads".into(), "lights".into()));
    write(&mut notes, "a", 3, &one, assign(None, Some("")));
    assert_eq!(stands(&notes), ("roads".into(), String::new()));
    assert!(notes.make("a", at(4), vec![one.id.clone()], assign(None, None)).is_none(), "it says nothing");
    assert_eq!(Notes::parse(&notes.to_json()).unwrap(), notes);
}

#[test]
fn a_spoken_number_is_found_and_sums_are_not() {
    for number in ["138，0000，1234", "138、0000、1234", "138,00001234", "1，3，8，0，0，0，0，1，2，3，4"]
    {
        assert_eq!(masked(&["请打", number, "。"].concat(), None), "请打〔电话〕。", "{number}");
        assert_eq!(masked(&["找我", number, "。"].concat(), None), "找我〔电话〕。", "{number}");
    }
    let keys: String = "13800001234".chars().map(|c| format!("{c}\u{fe0f}\u{20e3}")).collect();
    assert!(!masked(&["找我", &keys].concat(), None).contains('1'));
    for text in ["花了13,000,000,000元", "3，5，8，12号楼", "1,500 元、138 户"] {
        assert_eq!(masked(text, None), text);
    }
}

#[test]
fn an_answer_goes_with_its_text_and_only_where_that_is_released() {
    let all = [said(1, "路灯坏了"), said(2, "窗口太少")];
    let mut notes = Notes::new("p");
    let answer = |text: &str| NoteStep::Answered(text.into());
    write(&mut notes, "a", 1, &all[0], answer("下周修。"));
    write(&mut notes, "a", 2, &all[1], answer("已加开。"));
    assert!(published(&all, &notes.standings()).is_empty(), "an answer releases nothing");
    release(&mut notes, &all[0]);
    let answers = |notes: &Notes| -> Vec<Option<String>> {
        let standings = notes.standings();
        published(&all, &standings).into_iter().map(|(_, standing, _)| standing.answer.clone()).collect()
    };
    assert_eq!(answers(&notes), [Some("下周修。".to_owned())]);
    let found = |notes: &Notes, shown: Shown| {
        let standings = notes.standings();
        let filter = Filter { shown, ..Filter::default() };
        all.iter().filter(|said| filter.fits(said, standings.get(&said.id))).count()
    };
    assert_eq!((found(&notes, Shown::Answered), found(&notes, Shown::Unanswered)), (2, 0));
    // Another takes its place, in the copy of a colleague as here; then it is taken back.
    let mut copy = notes.clone();
    write(&mut copy, "b", 3, &all[0], answer("已修好。"));
    notes.merge(&copy).unwrap();
    assert_eq!(answers(&notes), [Some("已修好。".to_owned())]);
    write(&mut notes, "a", 4, &all[0], answer(""));
    assert_eq!(answers(&notes), [None]);
    assert_eq!((found(&notes, Shown::Answered), found(&notes, Shown::Unanswered)), (1, 1));
    assert_eq!(Notes::parse(&notes.to_json()).unwrap(), notes);
}

#[test]
fn notes_come_back_from_their_file_and_one_that_was_changed_does_not() {
    let one = said(1, "路灯坏了");
    let mut notes = Notes::new("p");
    write(&mut notes, "a", 1, &one, NoteStep::Tagged("道路".into()));
    write(&mut notes, "a", 2, &one, NoteStep::Assigned { unit: Some("u".into()), indicator: None });
    write(&mut notes, "a", 3, &one, NoteStep::Masked { from: 0, to: 2, kind: Kind::Door });
    write(&mut notes, "a", 4, &one, NoteStep::Lifted { from: 0, to: 1 });
    write(&mut notes, "a", 5, &one, NoteStep::Untagged("no".into()));
    release(&mut notes, &one);
    write(&mut notes, "a", 6, &one, NoteStep::Withheld);
    let text = notes.to_json();
    assert_eq!(Notes::parse(&text).unwrap(), notes);
    let standing = &notes.standings()[&one.id];
    assert_eq!((standing.unit.as_deref(), standing.tags.iter().next().map(String::as_str)), (Some("u"), Some("道路")));
    assert!(matches!(Notes::parse(&text.replace("道路", "房屋")), Err(NotesError::Note(NoteError::Changed(_)))));
    assert!(matches!(Notes::parse(&text.replace("\"v\":1", "\"v\":2")), Err(NotesError::Newer(2))));
    assert!(matches!(Notes::parse("{}"), Err(NotesError::Json(_))));
    let other = Notes::new("q");
    assert!(matches!(notes.clone().merge(&other), Err(NotesError::OtherPlan { .. })));
}

#[test]
fn nobody_decides_without_a_name() {
    let notes = Notes::new("p");
    let ids = vec![said(1, "x").id];
    assert!(notes.make(" ", at(1), ids.clone(), NoteStep::Withheld).is_none());
    assert!(notes.make("a", at(1), Vec::new(), NoteStep::Withheld).is_none());
    assert!(notes.make("a", at(1), ids, NoteStep::Tagged(" ".into())).is_none());
}

/// Texts of a small town: a few matters, each said in several ways.
fn town() -> Vec<&'static str> {
    vec![
        "小区门口的路灯坏了没人修",
        "小区门口路灯坏了很久没有人修",
        "门口的路灯坏了，没人来修",
        "路灯坏了没人修",
        "东门的路灯不亮",
        "希望增加公交班次",
        "希望早上增加公交班次",
        "公交班次太少，希望增加班次",
        "公交车太少",
        "垃圾站气味很大",
        "垃圾站夏天气味很大",
        "垃圾站的气味太大了",
        "没有意见",
        "没有意见",
        "没有意见",
        "The queue at the counter is too long",
        "the queue is too long at the counter",
    ]
}

#[test]
fn similar_texts_stand_together_and_every_text_in_one_group() {
    let texts = town();
    let groups = Grouper::new(texts.iter().copied()).finish();
    let mut portions = Grouper::new(texts.iter().copied());
    while portions.go_on(2) {}
    assert_eq!(portions.finish(), groups, "in portions as at once");
    let mut begun = Grouper::new(texts.iter().copied());
    assert!(begun.go_on(3));
    assert_eq!(begun.finish(), groups);
    let mut members: Vec<usize> = groups.iter().flat_map(|group| group.members.clone()).collect();
    members.sort_unstable();
    assert_eq!(members, (0..texts.len()).collect::<Vec<_>>());
    let together =
        |a: usize, b: usize| groups.iter().any(|group| group.members.contains(&a) && group.members.contains(&b));
    assert!(
        together(0, 1) && together(0, 2) && together(5, 6) && together(9, 10) && together(12, 14) && together(15, 16)
    );
    assert!(!together(0, 5) && !together(5, 9) && !together(9, 12) && !together(0, 15));
}

/// What two share weighs much even where they are all there is.
#[test]
fn two_texts_alike_are_found_in_a_round_of_two_or_three() {
    let pair = ["路灯坏了没人修", "门口的路灯坏了，没人来修"];
    assert_eq!(Grouper::new(pair.into_iter()).finish().len(), 1);
    let three = ["希望增加公交班次", pair[0], pair[1]];
    let groups = Grouper::new(three.into_iter()).finish();
    assert_eq!(groups.iter().map(|group| group.members.len()).collect::<Vec<_>>(), [2, 1]);
    let apart = ["窗口太少", "窗口排队时间太长"];
    assert_eq!(Grouper::new(apart.into_iter()).finish().len(), 2, "one shared pair is not enough");
}

#[test]
fn words_are_learned_without_a_dictionary() {
    // A name that no dictionary has, beside different characters each time.
    let mut counter = Counter::new(&[]);
    let texts: Vec<String> =
        "天地日月山川木火土石田井河湖海岸林竹梅松".chars().map(|c| format!("{c}青禾渠{c}漏水，路灯也坏了")).collect();
    // Among texts about other matters, as in a round.
    texts.iter().map(String::as_str).chain(town()).for_each(|text| counter.learn(text));
    let lexicon = counter.finish();
    let words = lexicon.frequent(texts.iter().map(String::as_str), 2);
    assert_eq!(words.iter().find(|word| word.word == "青禾渠").map(|word| word.texts), Some(20), "{words:?}");
    assert!(words.iter().any(|word| word.word == "路灯"), "{words:?}");
    let whole: String = lexicon.segment("青禾渠漏水，路灯坏了").concat();
    assert_eq!(whole, "青禾渠漏水路灯坏了", "cutting loses nothing");
}

#[test]
fn filters_find_texts_by_words_and_by_what_was_decided() {
    let all = [said(1, "Street LIGHTS broken near 12栋304室"), said(2, "路灯 坏了")];
    let mut notes = Notes::new("p");
    write(&mut notes, "a", 1, &all[1], NoteStep::Tagged("道路".into()));
    let standings = notes.standings();
    let found = |filter: &Filter| -> Vec<usize> {
        (0..2).filter(|at| filter.fits(&all[*at], standings.get(&all[*at].id))).collect()
    };
    assert_eq!(found(&Filter { search: "lights near".into(), ..Filter::default() }), [0]);
    assert_eq!(found(&Filter { tag: "道路".into(), ..Filter::default() }), [1]);
    assert_eq!(found(&Filter { shown: Shown::Masked, ..Filter::default() }), [0]);
    assert_eq!(found(&Filter { shown: Shown::Unsorted, ..Filter::default() }), [0]);
    assert!(found(&Filter { shown: Shown::Released, ..Filter::default() }).is_empty());
    // In a repeat an item has a number, which its name has not.
    let again = Said { item: "visit[2]/words".into(), ..said(3, "x") };
    assert!(Filter { item: "words".into(), ..Filter::default() }.fits(&again, None));
    assert!(!Filter { item: "visit".into(), ..Filter::default() }.fits(&again, None));
}

/// A mobile number as people write it.
fn written(number: &str, form: usize) -> String {
    let (a, b, c) = (&number[..3], &number[3..7], &number[7..]);
    let han = |text: &str| text.chars().map(|c| "零一二三四五六七八九".chars().nth(c as usize - 48).unwrap()).collect();
    match form {
        0 => number.to_owned(),
        1 => format!("{a} {b} {c}"),
        2 => format!("{a}-{b}-{c}"),
        3 => format!("+86 {number}"),
        4 => format!("0086{number}"),
        5 => number.chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap()).collect(),
        6 => han(number),
        7 => number.chars().map(|c| format!("{c} ")).collect::<String>().trim().to_owned(),
        8 => format!("{a}\u{200b}{b}\u{200b}{c}"),
        9 => format!("({a}){b}.{c}"),
        _ => format!("86-{a}{b}{c}"),
    }
}

proptest! {
    #[test]
    fn no_phone_number_survives_publication(
        rest in "[3-9][0-9]{9}", form in 0usize..11, before in "[路灯坏了请打找我，。 a-z]{0,12}", after in "[谢好的，。！ a-z]{0,8}",
    ) {
        let number = format!("1{rest}");
        let one = said(1, &[&before, "：", &written(&number, form), "。", &after].concat());
        let mut notes = Notes::new("p");
        release(&mut notes, &one);
        let standings = notes.standings();
        let out = published(std::slice::from_ref(&one), &standings)[0].2.clone();
        let left: String = out.chars().map(plain).filter_map(|c| match c {
            '0'..='9' => Some(c),
            c => "零一二三四五六七八九".chars().position(|known| known == c).map(|at| char::from(b'0' + at as u8)),
        }).collect();
        prop_assert!(!left.contains(&number[..3]) || left.len() < 4, "{}", out);
    }

    #[test]
    fn masking_changes_only_what_it_marks(text in "\\PC{0,60}") {
        let found = find(&text);
        let parts = pieces(&text, None);
        let whole: String = parts.iter().map(|piece| piece.text.as_str()).collect();
        prop_assert_eq!(&whole, &text);
        prop_assert!(found.windows(2).all(|pair| pair[0].to <= pair[1].from));
        prop_assert_eq!(parts.iter().filter(|piece| piece.mask.is_some()).count(), found.len());
    }

    #[test]
    fn copies_merge_in_any_order_to_the_same_notes(steps in proptest::collection::vec((0u8..3, 0u8..4, any::<bool>()), 0..12)) {
        let (mut left, mut right) = (Notes::new("p"), Notes::new("p"));
        for (when, (text, what, side)) in steps.into_iter().enumerate() {
            let one = said(text, "请王主任来看看");
            let notes = if side { &mut left } else { &mut right };
            let step = match what {
                0 => NoteStep::Tagged("a".into()),
                1 => NoteStep::Untagged("a".into()),
                2 => NoteStep::Masked { from: 0, to: 1, kind: Kind::Name },
                _ => NoteStep::Withheld,
            };
            write(notes, if side { "left" } else { "right" }, when as i64, &one, step);
        }
        let (mut one, mut other) = (left.clone(), right.clone());
        one.merge(&right).unwrap();
        other.merge(&left).unwrap();
        prop_assert_eq!(one.merge(&other).unwrap().0, 0);
        prop_assert_eq!(one.to_json(), other.to_json());
        prop_assert_eq!(one.standings(), other.standings());
    }
}
