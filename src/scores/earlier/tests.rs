use super::*;
use crate::ledger::Codebook;
use crate::ledger::tests::{grid, plan, record, reference};
use crate::scores::{Counted, NoChange, Verdict, changes, scored};
use crate::session::Record;
use num_traits::ToPrimitive;
use std::sync::Arc;

const GRADES: [&str; 4] = ["满意", "比较满意", "不太满意", "不满意"];

/// People of two rounds who grade u1 and u2; in the first they are less content.
fn counted(round: &str) -> Scored {
    let one = |at: usize| {
        let worse = usize::from(at % 2 == 0 && at % 3 > 0);
        let cells = ["u1", "u2"].into_iter().flat_map(|unit| {
            ["a", "b1", "b2"].map(|leaf| (unit, leaf, GRADES[(at % 3 + worse * usize::from(unit == "u1")) % 4]))
        });
        let mut made: Record = record("x");
        made.answers.insert("m".into(), grid(&cells.collect::<Vec<_>>()));
        made.round = if at % 2 == 0 { "r1" } else { "r2" }.into();
        made
    };
    let records: Vec<Record> = (0..240).map(one).collect();
    let codebook = Arc::new(Codebook::new(&plan(), &reference(), &crate::expression::Plain).unwrap());
    let rows: Vec<_> = records.iter().map(|record| codebook.pack(record).unwrap()).collect();
    scored(&Counted::of_rows(codebook, &rows), round).unwrap()
}

fn read(table: &str) -> Result<Read, EarlierError> {
    read_earlier(&plan(), table.as_bytes(), None)
}

fn rounds(table: &str) -> Vec<Earlier> {
    read(table).unwrap_or_else(|error| panic!("{error}")).rounds
}

fn decimal(text: &str) -> Option<Decimal> {
    Some(Decimal::parse(text).unwrap())
}

#[test]
fn units_and_indicators_are_named_by_id_or_label_and_no_indicator_is_the_index() {
    let found = read("\u{feff}轮次,测评对象,指标,得分,标准误,人数,满意率,备注\n2023,一局,,82.5,1.25,300,91.5%,x\n2023,u2,快,70,,,,\n2024,二局,a,71.0000004,,,,\n").unwrap();
    assert_eq!(found.ignored, ["备注"]);
    let [first, second] = found.rounds.as_slice() else { panic!("{found:?}") };
    assert_eq!((first.round.as_str(), second.round.as_str()), ("2023", "2024"));
    let whole = &first.numbers[&("u1".to_owned(), None)];
    assert_eq!(
        *whole,
        Number { score: decimal("82.5"), se: decimal("1.25"), rate: decimal("91.5"), rate_se: None, n: Some(300) }
    );
    assert_eq!(first.numbers[&("u2".to_owned(), Some("b1".to_owned()))].score, decimal("70"));
    assert_eq!(second.numbers[&("u2".to_owned(), Some("a".to_owned()))].score, decimal("71"), "six places");
}

#[test]
fn what_minping_estimate_writes_is_read_with_the_round_beside_it() {
    let head = "kind,of,level,by:unit,round,minus,n,estimate,se,method\n";
    let table = [head, "mean,points,,u1,,,200,81.2345678,0.9,x\n"].concat();
    assert!(matches!(read(&table), Err(EarlierError::Faults(faults)) if faults == [(2, Fault::Round)]));
    let found = read_earlier(&plan(), table.as_bytes(), Some("2023")).unwrap();
    assert_eq!(found.ignored, ["of", "level", "method"]);
    let own = &found.rounds[0].numbers[&("u1".to_owned(), None)];
    assert_eq!((own.score, own.n), (decimal("81.234568"), Some(200)));
    // The parts stand under `by:`; a difference or a share is no score.
    let table = "kind,of,by:unit,by:round,round,minus,estimate\nmean,p,u1,2022,,,70\nproportion,p,u2,2022,,,0.5\nmean,p,u2,2022,,u1,3\n";
    let Err(EarlierError::Faults(faults)) = read(table) else { panic!("taken") };
    assert_eq!(faults, [(3, Fault::OtherKind("proportion".into())), (4, Fault::OtherKind("difference".into()))]);
}

#[test]
fn every_line_that_does_not_fit_is_named_and_nothing_is_taken() {
    let table = "round,unit,indicator,score,se,n,rate\n\
        2023,u1,,82,1,300,\n\
        2023,u9,,82,1,300,\n\
        2023,u1,zz,82,1,300,\n\
        2023,u1,b,82,1,300,\n\
        2023,u1,a,182,1,300,\n\
        2023,u1,a,eighty,1,300,\n\
        2023,u1,a,82,-1,300,\n\
        2023,u1,a,82,1,3.5,\n\
        2023,u1,,81,1,300,\n\
        2023,u2,a,,,300,\n\
        2023,u2,a,,1,300,90\n\
        2023,u2,a,82,,,130\n\
        ,u2,a,82,,,\n";
    let Err(EarlierError::Faults(faults)) = read(table) else { panic!("taken") };
    let lines: Vec<u64> = faults.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    let of = |line: u64| faults.iter().find(|(at, _)| *at == line).map(|(_, fault)| fault.clone()).unwrap();
    assert_eq!(of(3), Fault::UnknownUnit("u9".into()));
    assert_eq!(of(4), Fault::UnknownIndicator("zz".into()));
    assert_eq!(of(5), Fault::NotALeaf("b".into()));
    let out = |column, found: &str, high: &str| Fault::OutOfRange {
        column,
        found: found.into(),
        low: "0".into(),
        high: high.into(),
    };
    assert_eq!(of(6), out("score", "182", "100"));
    assert_eq!(of(7), Fault::NoNumber { column: "score", found: "eighty".into() });
    assert!(matches!(of(8), Fault::OutOfRange { column: "se", .. }));
    assert!(matches!(of(9), Fault::NoNumber { column: "n", .. }));
    assert_eq!(of(10), Fault::Twice(2));
    assert_eq!(
        (of(11), of(12), of(13), of(14)),
        (Fault::Empty, Fault::Alone("se"), out("rate", "130", "100"), Fault::Round)
    );
    // In both languages a line is named.
    let error = read(table).unwrap_err();
    assert!(error.to_string().starts_with("line 3: the plan has no unit `u9`") && error.zh().starts_with("第 3 行："));
}

#[test]
fn a_table_that_is_none_is_refused() {
    for (table, wanted) in [
        ("", "`unit` is missing"),
        ("unit,score\nu1,80\n", "`round` is missing"),
        ("round,unit\n2023,u1\n", "neither a column `score` nor `rate`"),
        ("round,unit,score,mean\n2023,u1,80,80\n", "there twice"),
        ("round,unit,score\n", "no rows"),
        ("round,unit,score\n2023,u1\n", "no CSV table"),
    ] {
        let error = read(table).unwrap_err();
        assert!(error.to_string().contains(wanted), "{table:?}: {error}");
        assert!(!error.zh().is_empty());
    }
    let latin = read_earlier(&plan(), &b"round,unit,score\n2023,\xd2\xbb\xbe\xd6,80\n"[..], None).unwrap_err();
    assert!(latin.to_string().contains("UTF-8"), "{latin}");
}

/// A round's own numbers written down and read again are compared as the counted round is: the oracle is the other way.
#[test]
fn imported_numbers_are_compared_as_the_counted_ones_they_came_from() {
    let (before, after) = (counted("r1"), counted("r2"));
    let mut table = String::from("round,unit,indicator,score,se,n\n");
    for (unit, own) in before.results.units.iter().zip(&before.units).take(2) {
        let mut add = |indicator: &str, value: &Estimate, precise: &Precise| {
            let (value, precise) = (value.as_ref().unwrap().to_f64().unwrap(), precise.unwrap());
            table.push_str(&format!("old,{},{indicator},{value:.6},{:.6},{}\n", unit.unit, precise.se, precise.df + 1));
        };
        add("", &unit.index, &own.index);
        for (one, worth) in unit.indicators.iter().zip(&own.indicators) {
            add(&one.indicator, &one.measure.score, &worth.worth.score);
        }
    }
    let imported = rounds(&table)[0].beside(&after);
    let (own, other) = (changes(&before, &after), changes(&imported, &after));
    assert!(other.imported && !own.imported);
    for (unit, told) in own.units.iter().zip(&other.units).take(2) {
        let pairs = unit.indicators.iter().zip(&told.indicators).map(|(one, other)| (&one.score, &other.score));
        for (one, other) in pairs.chain([(&unit.index, &told.index)]) {
            let (one, other) = (one.as_ref().unwrap(), other.as_ref().unwrap());
            let close = |a: f64, b: f64| (a - b).abs() < 1e-4;
            assert!(close(one.compared.difference.to_f64().unwrap(), other.compared.difference.to_f64().unwrap()));
            let (a, b) = (one.compared.precision.unwrap(), other.compared.precision.unwrap());
            assert!(close(a.low, b.low) && close(a.high, b.high) && a.df == b.df, "{a:?} {b:?}");
            assert!(close(one.compared.p.unwrap(), other.compared.p.unwrap()));
            assert_eq!(one.compared.verdict, other.compared.verdict);
        }
        // What the table does not say is not compared, and no zero.
        assert_eq!(told.indicators[0].rate, Err(NoChange::NotInBoth));
    }
    assert_eq!(other.units[2].index, Err(NoChange::NotInBoth));
}

#[test]
fn without_a_standard_error_a_difference_is_shown_and_not_tested() {
    let after = counted("r2");
    let imported = rounds("round,unit,score,n\nold,u1,40,300\n")[0].beside(&after);
    let found = changes(&imported, &after).units[0].index.clone().unwrap();
    assert!(found.compared.difference > Fraction::from_integer(0.into()));
    assert_eq!(found.compared.precision, Err(Imprecise::NotGiven));
    assert_eq!((found.compared.p, found.compared.p_holm, found.compared.verdict), (None, None, Verdict::Unknown));
}

#[test]
fn rounds_stand_in_their_order_and_what_was_counted_holds() {
    let (before, after) = (counted("r1"), counted("r2"));
    // The newest first, as many write it.
    let table = rounds("round,unit,score\n2023,u1,72\nr1,u1,71\n2022,u1,70\nr2,u1,73\n");
    let names = |counted: Vec<Scored>| -> Vec<(String, bool)> {
        let all = rounds_before(&plan(), counted, &table, &after).into_iter();
        all.map(|made| (made.results.round.clone(), made.imported)).collect()
    };
    let told =
        |all: &[(&str, bool)]| all.iter().map(|(name, imported)| ((*name).to_owned(), *imported)).collect::<Vec<_>>();
    assert_eq!(names(vec![before]), told(&[("2022", true), ("2023", true), ("r1", false)]));
    assert_eq!(names(Vec::new()), told(&[("2022", true), ("2023", true), ("r1", true)]));
    // Names that say no order keep that of the table.
    let table = rounds("round,unit,score\nspring,u1,70\nautumn,u1,71\n");
    let all = rounds_before(&plan(), Vec::new(), &table, &after);
    assert_eq!(all.iter().map(|made| made.results.round.as_str()).collect::<Vec<_>>(), ["spring", "autumn"]);
}
