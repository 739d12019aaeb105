use super::{Document, pair, table};
use crate::language::Language;
use crate::plan::{Decimal, Indicator, RaterGroup};
use crate::report::results::{float as number, indicator_label, reason};
use crate::report::{changes_note, changes_table, difference_shown, how, knowledge_table, plots, results_note};
use crate::scores::{Changes, Precise, Ranked, UnitScored, Worth};
use crate::tally::{Estimate, Fraction, IndicatorResult, Knowledge, Undefined, UnitResult, round_half_up};
use maud::{Markup, html};
use num_traits::Zero;

/// An indicator, and what its numbers are worth.
type Told<'a> = (&'a IndicatorResult, &'a Worth);

impl Document<'_> {
    pub(super) fn summary(&self) -> Markup {
        let zh = self.language == Language::Zh;
        let ranked: Vec<(&UnitResult, &Fraction)> =
            self.results().units.iter().filter_map(|unit| Some((unit, unit.index.as_ref().ok()?))).collect();
        let extreme = |most: bool| {
            let order = |a: &&(&UnitResult, &Fraction), b: &&(&UnitResult, &Fraction)| a.1.cmp(b.1);
            let found = if most { ranked.iter().max_by(order) } else { ranked.iter().min_by(order) };
            found.map(|(unit, index)| (self.unit_label(unit), round_half_up(index, 2)))
        };
        let without = self.results().units.len() - ranked.len();
        html! {
            p { (results_note(self.plan, self.results(), self.language)) (self.say(pair("。", "."))) }
            @if let ([(unit, index)], 0) = (ranked.as_slice(), without) {
                p { @match zh {
                    true => { (self.unit_label(unit)) "的综合指数为 " strong { (round_half_up(index, 2)) } "，满意率为 " strong { (self.percent(&unit.overall.rate)) } "。" }
                    false => { (self.unit_label(unit)) " has an index of " strong { (round_half_up(index, 2)) } " and a satisfaction rate of " strong { (self.percent(&unit.overall.rate)) } "." }
                } }
            } @else if let (Some((best, high)), Some((worst, low))) = (extreme(true), extreme(false)) {
                p { @match zh {
                    true => { "有综合指数的测评对象 " (ranked.len()) " 个，指数从 " strong { (low) } "（" (worst) "）到 " strong { (high) } "（" (best) "）。" }
                    false => { (ranked.len()) " units have an index, from " strong { (low) } " (" (worst) ") to " strong { (high) } " (" (best) ")." }
                } }
            }
            @if without > 0 {
                p { @match zh {
                    true => { (without) " 个对象没有综合指数，原因见第三部分的说明。" }
                    false => { (without) " units have no index; part 3 says why." }
                } }
            }
        }
    }

    /// The points of the best grade of all.
    fn most_points(&self) -> f64 {
        let scores = self.plan.scales.iter().flat_map(|scale| &scale.grades).map(|grade| grade.score);
        scores.max().map_or(0.0, |most| most.millionths() as f64 / 1e6)
    }

    pub(super) fn unit_label(&self, unit: &UnitResult) -> String {
        self.plan.unit(&unit.unit).map_or_else(|| unit.unit.clone(), |known| self.text(&known.label))
    }

    /// Classes in the order of the plan, each with its units by rank.
    pub(super) fn classes(&self) -> Vec<(Option<String>, Vec<&UnitResult>)> {
        let mut ids: Vec<Option<&str>> = self.plan.unit_groups.iter().map(|group| Some(group.id.as_str())).collect();
        ids.push(None);
        let class = |id: Option<&str>| {
            let mut units: Vec<&UnitResult> =
                self.results().units.iter().filter(|unit| unit.group.as_deref() == id).collect();
            units.sort_by_key(|unit| unit.rank.unwrap_or(usize::MAX));
            let group = self.plan.unit_groups.iter().find(|group| Some(group.id.as_str()) == id);
            (group.map(|group| self.text(&group.label)), units)
        };
        ids.into_iter().map(class).filter(|(_, units)| !units.is_empty()).collect()
    }

    pub(super) fn overview(&self) -> Markup {
        let most = self.most_points();
        html! {
            @for (name, units) in self.classes() {
                @if let Some(name) = &name { h3 { (name) } }
                div.wide { table {
                    thead { tr {
                        th.number scope="col" { (self.say(pair("名次", "Rank"))) }
                        th scope="col" { (self.say(pair("测评对象", "Unit"))) }
                        th.number scope="col" { (self.say(pair("综合指数", "Index"))) }
                        th.bar aria-hidden="true" {}
                        th.number scope="col" { (self.say(pair("满意率", "Satisfied"))) }
                        th.number scope="col" { (self.say(pair("满意度得分", "Mean score"))) }
                        th.number scope="col" { (self.say(pair("有效答案", "Valid answers"))) }
                        th.number scope="col" { (self.say(pair("不了解率", "Don't know"))) }
                        @if units.len() > 1 { th scope="col" { (self.say(pair("与同类平均", "Against its class"))) } }
                    } }
                    tbody { @for unit in &units { tr {
                        @let scored = self.scored_of(unit);
                        td.number { @if let Some(rank) = unit.rank { (rank) (self.range(scored)) } @else { (self.say(super::NONE)) } }
                        th scope="row" { (self.unit_label(unit)) @if let Some(why) = self.why(unit) { br; span.note { (why) } } }
                        td.number { (self.score(&unit.index)) (self.interval(&scored.index)) }
                        td.bar { (self.bar(&unit.index, most)) }
                        td.number { (self.percent(&unit.overall.rate)) }
                        td.number { (self.score(&unit.overall.score)) }
                        td.number { (self.count(unit.overall.valid)) }
                        td.number { (self.percent(&unit.overall.dont_know_rate)) }
                        @if units.len() > 1 { td { (self.against_class(scored)) } }
                    } } }
                } }
            }
        }
    }

    fn place(&self, unit: &UnitResult) -> usize {
        self.scored.place(&unit.unit).expect("every unit is one of the results")
    }

    pub(super) fn scored_of(&self, unit: &UnitResult) -> &UnitScored {
        &self.scored.units[self.place(unit)]
    }

    fn range(&self, scored: &UnitScored) -> Markup {
        html! { @if let Some(Ranked { best, worst, tied, .. }) = scored.rank {
            @if tied { span.range { (self.say(pair("并列", "tied"))) } }
            span.range { "(" (best) @if best != worst { "–" (worst) } ")" }
        } }
    }

    fn interval(&self, precise: &Precise) -> Markup {
        html! { @if let Ok(found) = precise {
            span.range { (number(found.low, 2)) "–" (number(found.high, 2)) @if found.nominal { "*" } }
        } }
    }

    fn against_class(&self, scored: &UnitScored) -> Markup {
        html! { @if let Some(compared) = &scored.against_class {
            (difference_shown(compared.verdict, self.language)) " "
            span.range { @if compared.difference > Fraction::default() { "+" } (round_half_up(&compared.difference, 2)) }
        } }
    }

    /// All plots of the round.
    pub(super) fn figures(&self) -> Markup {
        html! { @for plot in plots(self.plan, &self.scored, &self.earlier, self.language) { (self.plot(&plot)) } }
    }

    /// What changed since the round before.
    pub(super) fn change(&self, since: &Changes) -> Markup {
        html! {
            p { (changes_note(self.plan, since, self.language)) (self.say(pair("。", "."))) }
            (table(&changes_table(self.plan, since, 2, true, self.language), self.language))
        }
    }

    pub(super) fn why(&self, unit: &UnitResult) -> Option<String> {
        reason(self.plan, &unit.overall, Some(&unit.index), self.language)
    }

    pub(super) fn units(&self) -> Markup {
        html! {
            @for (_, units) in self.classes() {
                @let alone = units.len() == 1;
                @for unit in units { (self.unit(unit, alone)) }
            }
        }
    }

    /// One unit: where it stands, and how each indicator was graded.
    pub(super) fn unit(&self, unit: &UnitResult, alone: bool) -> Markup {
        html! {
            article.unit {
                h3 { (self.unit_label(unit)) }
                p { (self.standing(unit, alone)) }
                @if let Some(why) = self.why(unit) { p.note { (why) } }
                (self.branches(unit))
                @for (grades, indicators) in self.by_scale(unit) { (self.key(&grades)) (self.indicators(&grades, &indicators)) }
                details.how {
                    summary { (self.say(pair("这些数是怎么来的", "How these numbers were made"))) }
                    ul { @for line in how::of_unit(self.plan, &self.scored, self.place(unit), self.language) { li { (line) } } }
                }
                @if unit.indicators.iter().any(|one| one.measure.interval.is_some_and(|interval| interval.nominal)) {
                    p.note { (self.say(pair(
                        "* 名义区间：部分答卷不是随机抽样得来的。",
                        "* Nominal: some of these answers are not from a random sample.",
                    ))) }
                }
                (self.by_group(unit))
            }
        }
    }

    /// Scores of the indicators that have others below them: Σ w R over those, each with its weight among its siblings.
    fn branches(&self, unit: &UnitResult) -> Markup {
        let mut rows: Vec<(&Indicator, usize, Estimate)> = Vec::new();
        // What it gives for the top is the unit's index.
        let _ = score_below(&self.plan.indicators, 0, unit, &mut rows);
        let most = self.most_points();
        html! {
            @if !rows.is_empty() {
                table {
                    thead { tr {
                        th scope="col" { (self.say(pair("上级指标", "Higher-level indicator"))) }
                        th.bar aria-hidden="true" {}
                        th.number scope="col" { (self.say(pair("权重", "Weight"))) }
                        th.number scope="col" { (self.say(pair("得分", "Score"))) }
                    } }
                    tbody { @for (indicator, depth, score) in &rows { tr {
                        th scope="row" style={ "padding-inline-start:" (0.5 + *depth as f64 * 1.5) "rem" } { (self.text(&indicator.label)) }
                        td.bar { (self.bar(score, most)) }
                        td.number { (self.weight(indicator)) }
                        td.number { (self.score(score)) }
                    } } }
                }
            }
        }
    }

    /// The indicators of a unit with the grades that they were given, apart where they were graded on other scales.
    fn by_scale<'u>(&'u self, unit: &'u UnitResult) -> Vec<(Vec<super::figure::Grade>, Vec<Told<'u>>)> {
        let mut tables: Vec<(Vec<&str>, Vec<Told<'u>>)> = Vec::new();
        for (leaf, one) in unit.asked() {
            let scored = &self.scored_of(unit).indicators[leaf];
            let mut scales: Vec<&str> = one.measure.grades.iter().map(|grade| grade.scale.as_str()).collect();
            scales.dedup();
            let unasked = scales.is_empty();
            match tables.iter_mut().find(|(known, _)| unasked || *known == scales) {
                Some((_, indicators)) => indicators.push((one, &scored.worth)),
                None => tables.push((scales, vec![(one, &scored.worth)])),
            }
        }
        let grades = |indicators: &[Told<'_>]| {
            let asked = indicators.iter().find(|(one, _)| !one.measure.grades.is_empty());
            asked.map_or_else(Vec::new, |(one, _)| self.grades(&one.measure))
        };
        tables.into_iter().map(|(_, indicators)| (grades(&indicators), indicators)).collect()
    }

    fn indicators(&self, grades: &[super::figure::Grade], indicators: &[Told<'_>]) -> Markup {
        html! {
            div.wide { table {
                thead { tr {
                    th scope="col" { (self.say(pair("指标", "Indicator"))) }
                    th.bar aria-hidden="true" {}
                    @for grade in grades { th.number scope="col" { (grade.label) } }
                    th.number scope="col" { (self.say(pair("不了解", "Don't know"))) }
                    th.number scope="col" { (self.say(pair("满意率", "Satisfied"))) }
                    th.number scope="col" { (self.say(pair("95% 区间", "95% interval"))) }
                    th.number scope="col" { (self.say(pair("得分", "Score"))) }
                } }
                tbody { @for (one, worth) in indicators { (self.indicator(one, worth, grades)) } }
            } }
        }
    }

    /// What each rater group said of the unit, where several did. In what is published nobody's group is told.
    fn by_group(&self, unit: &UnitResult) -> Markup {
        let said = |one: &'_ IndicatorResult, id: &str| -> Option<(String, u64)> {
            let (_, measure) = one.by_group.iter().find(|(group, _)| group.as_deref() == Some(id))?;
            Some((self.percent(&measure.rate), measure.valid.filter(|valid| *valid > 0)?))
        };
        let groups = self.plan.rater_groups.iter();
        let groups: Vec<&RaterGroup> =
            groups.filter(|group| unit.indicators.iter().any(|one| said(one, &group.id).is_some())).collect();
        html! {
            @if groups.len() > 1 {
                div.wide { table {
                    caption { (self.say(pair("满意率：按人群（有效答案数）", "Satisfied by rater group (valid answers)"))) }
                    thead { tr {
                        th scope="col" { (self.say(pair("指标", "Indicator"))) }
                        @for group in &groups { th.number scope="col" { (self.text(&group.label)) } }
                    } }
                    tbody { @for (_, one) in unit.asked() { tr {
                        th scope="row" { (indicator_label(self.plan, &one.indicator, self.language)) }
                        @for group in &groups { td.number {
                            @match said(one, &group.id) {
                                Some((rate, valid)) => { (rate) " (" (valid) ")" }
                                None => { (self.say(super::NONE)) }
                            }
                        } }
                    } } }
                } }
            }
        }
    }

    /// `alone`: it has nobody to be compared with.
    fn standing(&self, unit: &UnitResult, alone: bool) -> String {
        let (index, rate, n) =
            (self.score(&unit.index), self.percent(&unit.overall.rate), self.count(unit.overall.valid));
        let index = match &self.scored_of(unit).index {
            Ok(found) => format!("{index} ({}–{})", number(found.low, 2), number(found.high, 2)),
            Err(_) => index,
        };
        let rank = self.scored_of(unit).rank.filter(|_| !alone).map(|ranked| match (ranked.best, ranked.worst) {
            (best, worst) if best == worst => ranked.rank.to_string(),
            (best, worst) => format!("{} ({best}–{worst})", ranked.rank),
        });
        match (self.language, rank) {
            (Language::Zh, Some(rank)) => {
                format!("综合指数 {index}，同类第 {rank} 名；满意率 {rate}，有效答案 {n} 个。")
            }
            (Language::Zh, None) => format!("综合指数 {index}；满意率 {rate}，有效答案 {n} 个。"),
            (Language::En, Some(rank)) => {
                format!("Index {index}, rank {rank} in its class; {rate} satisfied, {n} valid answers.")
            }
            (Language::En, None) => format!("Index {index}; {rate} satisfied, {n} valid answers."),
        }
    }

    /// One row.
    fn indicator(&self, one: &IndicatorResult, worth: &Worth, columns: &[super::figure::Grade]) -> Markup {
        let own = self.grades(&one.measure);
        let count = |label: &str| own.iter().find(|grade| grade.label == label).map(|grade| self.count(grade.count));
        let interval = one.measure.interval.map(|interval| {
            let mark = if interval.nominal { "*" } else { "" };
            format!("{:.1}–{:.1}%{mark}", interval.low * 100.0, interval.high * 100.0)
        });
        html! {
            tr {
                th scope="row" {
                    (indicator_label(self.plan, &one.indicator, self.language))
                    @if one.weight.is_zero() { span.note { (self.say(pair("（参考）", " (for reference)"))) } }
                }
                td.bar { (self.divided(&own)) }
                @for column in columns { td.number { (count(&column.label).unwrap_or_default()) } }
                td.number { (self.count(one.measure.dont_know)) }
                td.number { (self.percent(&one.measure.rate)) }
                td.number { (interval.unwrap_or_else(|| self.say(super::NONE).to_owned())) }
                td.number { (self.score(&one.measure.score)) (self.interval(&worth.score)) }
            }
        }
    }

    pub(super) fn what_people_know(&self, known: &Knowledge) -> Markup {
        let one = std::slice::from_ref(known);
        table(&knowledge_table(self.plan, one, 1, false, true, self.language), self.language)
    }
}

/// The score of an indicator; of one that has others below, from theirs, and it goes into `rows`, above them. One of weight
/// 0 is not waited for.
fn score_below<'p>(
    indicators: &'p [Indicator],
    depth: usize,
    unit: &UnitResult,
    rows: &mut Vec<(&'p Indicator, usize, Estimate)>,
) -> Estimate {
    let mut sum = Fraction::zero();
    let mut missing = None;
    for indicator in indicators.iter().filter(|indicator| indicator.is_for_class(unit.group.as_deref())) {
        let own = match indicator.indicators.as_slice() {
            [] => {
                let known = unit.indicators.iter().find(|one| one.indicator == indicator.id);
                known.map_or(Err(Undefined::NoAnswers), |one| one.measure.score.clone())
            }
            below => {
                let at = rows.len();
                rows.push((indicator, depth, Err(Undefined::NoAnswers)));
                let own = score_below(below, depth + 1, unit, rows);
                rows[at].2 = own.clone();
                own
            }
        };
        match own {
            _ if indicator.weight == Decimal::ZERO => {}
            Ok(own) => sum += own * Fraction::new(indicator.weight.millionths().into(), Decimal::SCALE.into()),
            Err(why) => missing = missing.or(Some(why)),
        }
    }
    missing.map_or(Ok(sum), Err)
}
