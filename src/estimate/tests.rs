use super::*;
use proptest::prelude::*;

fn question(asked: Vec<Asked>) -> Question {
    Question { asked, ..Question::default() }
}

fn mean(design: Design) -> Question {
    Question { design, ..question(vec![Asked::Mean("y".to_owned())]) }
}

fn read(table: &str, question: &Question) -> Result<Estimates, EstimateError> {
    estimate(&Sample::read(table.as_bytes(), question.clone())?)
}

fn villages() -> Design {
    Design {
        strata: Some("s".to_owned()),
        clusters: vec!["v".to_owned()],
        weight: Some("w".to_owned()),
        ..Design::default()
    }
}

/// Rows as lines of text: stratum, village within it, weight, answer, category.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let row = (0..3u8, 0..4u8, 1..2000u32, prop::option::weighted(0.8, -500..500i32), prop::bool::ANY);
    prop::collection::vec(row, 1..60).prop_map(|rows| {
        let line = |(s, v, w, y, c): (u8, u8, u32, Option<i32>, bool)| {
            let y = y.map_or_else(String::new, |y| (f64::from(y) / 7.0).to_string());
            format!("s{s},{s}-{v},{},{y},{}", f64::from(w) / 1000.0, if c { "F" } else { "M" })
        };
        rows.into_iter().map(line).collect()
    })
}

proptest! {
    #[test]
    fn any_order_of_the_rows_gives_the_same_estimates_to_the_bit(rows in lines(), cut in 0..60usize, raked in prop::bool::ANY) {
        let mut question = mean(villages());
        question.asked.push(Asked::Total("y".to_owned(), None));
        question.asked.push(Asked::Proportion("c".to_owned(), None));
        question.by = vec!["s".to_owned()];
        question.differences = true;
        let both = ["F", "M"].iter().all(|c| rows.iter().any(|row| row.ends_with(c)));
        if raked && both {
            let totals = ["F", "M"].map(|c| (vec![c.to_owned()], Number::parse("50").unwrap()));
            question.adjustment = Some(Adjustment::PostStratify(Margin { columns: vec!["c".to_owned()], totals: totals.to_vec() }));
        }
        let answer = |rows: Vec<&String>| {
            let rows: Vec<&str> = rows.into_iter().map(String::as_str).collect();
            // {:?} tells every double apart, also 0 and −0.
            format!("{:?}", read(&["s,v,w,y,c\n", &rows.join("\n")].concat(), &question))
        };
        let first = answer(rows.iter().collect());
        let cut = cut.min(rows.len());
        prop_assert_eq!(&answer(rows.iter().rev().collect()), &first);
        // Two files, the second read first.
        prop_assert_eq!(&answer(rows[cut..].iter().chain(&rows[..cut]).collect()), &first);
    }

    #[test]
    fn no_table_makes_it_panic_or_say_not_a_number(text in "[a-c,\n\"0-9.\\-]{0,80}", weighted in prop::bool::ANY) {
        let design = Design { weight: weighted.then(|| "w".to_owned()), clusters: vec!["v".to_owned()], ..Design::default() };
        let table = ["v,w,y\n", &text].concat();
        if let Ok(made) = read(&table, &mean(design)) {
            for row in made.rows {
                prop_assert!(row.estimate.map_or(true, |figure| figure.float.is_finite()));
                prop_assert!(row.se.map_or(true, f64::is_finite));
                prop_assert!(row.deff.is_none_or(f64::is_finite));
            }
        }
    }
}

#[test]
fn what_is_undefined_says_why() {
    let one = read("s,v,w,y\na,1,1,5\na,1,1,7\n", &mean(villages())).unwrap().rows.remove(0);
    assert_eq!((one.estimate.unwrap().float, one.df), (6.0, 0));
    assert_eq!((one.se, one.interval, one.deff), (Err(Reason::NoDegrees), Err(Reason::NoDegrees), None));
    let none = read("s,v,w,y\na,1,1,\na,2,1,\n", &mean(villages())).unwrap().rows.remove(0);
    assert_eq!((none.n, none.missing, none.estimate), (0, 2, Err(Reason::NoAnswers)));
    let ratio = question(vec![Asked::Ratio("y".to_owned(), "x".to_owned())]);
    let ratio = read("y,x\n1,0\n2,0\n", &ratio).unwrap().rows.remove(0);
    assert_eq!(ratio.estimate, Err(Reason::ZeroDenominator));
    let mut average = villages();
    average.lonely = Lonely::Average;
    let lonely = read("s,v,w,y\na,1,1,5\nb,2,1,7\n", &mean(average)).unwrap().rows.remove(0);
    assert_eq!(lonely.se, Err(Reason::NothingToAverage));
    let mut groups = mean(Design::default());
    let weights = [("a", "0.5"), ("b", "0.5")].map(|(name, w)| (name.to_owned(), Number::parse(w).unwrap()));
    groups.groups = Some(Groups { column: "g".to_owned(), weights: weights.to_vec() });
    let silent = read("g,y\na,5\na,6\nb,\n", &groups).unwrap().rows.remove(0);
    assert_eq!(silent.estimate, Err(Reason::NoAnswersFrom("b".to_owned())));
}

#[test]
fn all_or_nothing_still_has_an_interval() {
    let mut asked = question(vec![Asked::Proportion("y".to_owned(), Some(vec!["1".to_owned()]))]);
    asked.design = villages();
    let all = read("s,v,w,y\na,1,1,1\na,2,3,1\na,3,1,1\n", &asked).unwrap().rows.remove(0);
    assert_eq!((all.estimate.unwrap().float, all.se), (1.0, Ok(0.0)));
    // n_eff = 5² / 11.
    assert_eq!(all.n_eff, Some(25.0 / 11.0));
    let (low, high) = all.share_interval.unwrap();
    assert!(low > 0.3 && low < 0.5 && high == 1.0, "{low} {high}");
}

#[test]
fn holm_steps_down_and_never_back() {
    let p = [Some(0.01), None, Some(0.04), Some(0.03), Some(0.9)];
    assert_eq!(holm(&p), [Some(0.04), None, Some(0.09), Some(0.09), Some(0.9)]);
}

#[test]
fn a_decimal_sum_is_exact() {
    // The sum of doubles would be 0.30000000000000004 / 2.
    let made = read("s,v,w,y\na,1,1,0.1\na,2,1,0.2\n", &mean(villages())).unwrap().rows.remove(0);
    assert_eq!(made.estimate.unwrap().float, 0.15);
}

fn refused(table: &str, question: &Question) -> String {
    match read(table, question) {
        Ok(made) => panic!("{made:?}"),
        Err(error) => {
            assert!(!error.zh().is_empty());
            error.to_string()
        }
    }
}

#[test]
fn what_cannot_be_right_is_refused_with_its_place() {
    let villages = || mean(villages());
    for (table, words) in [
        ("", "the table is empty"),
        ("s,v,w,y\n", "no rows"),
        ("s,v,w,w\n", "two columns are named `w`"),
        ("s,v,w\na,1,1\n", "no column `y`; it has `s`, `v`, `w`"),
        ("s,v,w,y\na,1,1,5\na,1,1\n", "line 3: 3 cells under 4 columns"),
        ("s,v,w,y\na,1,,5\n", "line 2, column `w`: the weight is blank"),
        ("s,v,w,y\na,1,-1,5\n", "`-1` cannot be a weight"),
        ("s,v,w,y\na,1,1,5\na,1,1,五\n", "line 3, column `y`: `五` is no number"),
        ("s,v,w,y\na,1,1,5\nb,1,1,6\n", "cluster `1` lies in the strata `a` and `b`"),
    ] {
        let told = refused(table, &villages());
        assert!(told.contains(words), "{told}");
    }
    let mut scored = villages();
    scored.scores =
        vec![Score { column: "y".to_owned(), points: vec![("好".to_owned(), Number::parse("100").unwrap())] }];
    assert!(refused("s,v,w,y\na,1,1,坏\n", &scored).contains("no points for `坏`"));
    let mut population = villages();
    population.design.populations = vec!["n".to_owned()];
    for (table, words) in [
        ("s,v,w,y,n\na,1,1,5,1\na,2,1,5,1\nb,3,1,1,9\n", "`a`: 2 units were drawn from a population of 1"),
        ("s,v,w,y,n\na,1,1,5,4\na,2,1,5,5\n", "more than one value within `a`"),
        ("s,v,w,y,n\na,1,1,5,4\nb,2,1,5,0.5\n", "above 1 and below 1"),
        ("s,v,w,y,n\na,1,1,5,0\n", "`0` cannot be a population size"),
    ] {
        let told = refused(table, &population);
        assert!(told.contains(words), "{told}");
    }
    let mut strict = villages();
    strict.design.lonely = Lonely::Refuse;
    assert!(refused("s,v,w,y\na,1,1,5\nb,2,1,6\nb,3,1,6\n", &strict).contains("`a` has a single sampled unit"));
}

#[test]
fn known_totals_that_cannot_be_met_are_refused() {
    let margin = |column: &str, totals: &[(&str, &str)]| Margin {
        columns: vec![column.to_owned()],
        totals: totals.iter().map(|(name, n)| (vec![(*name).to_owned()], Number::parse(n).unwrap())).collect(),
    };
    let table = "s,v,w,y\na,1,1,5\nb,2,1,6\nb,3,1,6\n";
    let raked = |margins: Vec<Margin>| Question { adjustment: Some(Adjustment::Rake(margins)), ..mean(villages()) };
    for (margins, words) in [
        (vec![margin("s", &[("a", "5"), ("b", "5"), ("c", "1")])], "nobody in the sample has s = `c`"),
        (vec![margin("s", &[("a", "5")])], "the sample has s = `b`"),
        (vec![margin("s", &[("a", "5"), ("b", "0")])], "the sample has s = `b`"),
        (vec![margin("s", &[("a", "5"), ("a", "5")])], "s = `a` twice"),
        (vec![margin("s", &[("a", "-5"), ("b", "5")])], "is -5"),
        (
            vec![margin("s", &[("a", "5"), ("b", "5")]), margin("v", &[("1", "5"), ("2", "5"), ("3", "5")])],
            "add up to 15, those before to 10",
        ),
        // Everybody of a is 1, so their totals cannot differ.
        (
            vec![margin("s", &[("a", "4"), ("b", "6")]), margin("v", &[("1", "5"), ("2", "3"), ("3", "2")])],
            "raking did not converge",
        ),
    ] {
        let told = refused(table, &raked(margins));
        assert!(told.contains(words), "{told}");
    }
    // A category without people that nobody is to be in is no trouble.
    let made = read(table, &raked(vec![margin("s", &[("a", "5"), ("b", "5"), ("c", "0")])])).unwrap();
    assert_eq!(made.rows[0].estimate.as_ref().unwrap().float, 5.5);
}
