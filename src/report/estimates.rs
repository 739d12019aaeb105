//! Survey estimates as a table.
use super::{Cell, Column, Table};
use crate::estimate::{
    Adjustment, Compared, Estimated, Estimates, Figure, Kind, Lonely, Outcome, OutcomeRates, Outcomes, Question,
    Reason, Reference, ShareInterval,
};
use crate::language::Language;
use crate::tally::{Fraction, round_half_up};

/// How numbers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digits {
    /// For people: decimal places of values, halves rounded up; shares have two more. For programs all digits are given,
    /// and all columns.
    pub places: u32,
    pub for_people: bool,
    /// For people: all columns that say something, also those that few look at.
    pub wide: bool,
}

/// Columns that people see only where they ask for all.
const SELDOM: [&str; 9] =
    ["t_low", "t_high", "kish", "var_population", "var_sample", "sd_population", "sd_sample", "covariance", "t"];

/// One row for each estimate.
pub fn estimates_table(made: &Estimates, question: &Question, digits: Digits, language: Language) -> Table {
    let mut columns = vec![
        Column::new("kind", "种类", "kind"),
        Column::new("of", "项目", "of"),
        Column::new("level", "取值", "level"),
    ];
    columns.extend(made.by.iter().map(|name| Column::planned(["by:", name].concat(), name)));
    columns.extend([
        Column::new("round", "轮次", "round"),
        Column::new("minus", "减去", "minus"),
        Column::new("n", "有效数", "n"),
        Column::new("missing", "未答", "missing"),
        Column::new("dont_know", "不了解", "don't know"),
        Column::new("dont_know_share", "不了解率", "don't know share"),
        Column::new("weight_sum", "权数和", "weight sum"),
        Column::new("estimate", "估计值", "estimate"),
        Column::new("se", "标准误", "SE"),
        Column::new("df", "自由度", "df"),
        Column::new("low", "下限", "low"),
        Column::new("high", "上限", "high"),
        Column::new("interval", "区间", "interval"),
        Column::new("t_low", "t 下限", "t low"),
        Column::new("t_high", "t 上限", "t high"),
        Column::new("deff", "设计效应", "deff"),
        Column::new("n_eff", "有效样本量", "n eff"),
        Column::new("kish", "加权效应", "Kish"),
        Column::new("var_population", "方差(n)", "variance (n)"),
        Column::new("var_sample", "方差(n-1)", "variance (n-1)"),
        Column::new("sd_population", "标准差(n)", "SD (n)"),
        Column::new("sd_sample", "标准差(n-1)", "SD (n-1)"),
        Column::new("covariance", "协方差", "covariance"),
        Column::new("t", "t", "t"),
        Column::new("p", "p", "p"),
        Column::new("p_holm", "p(Holm)", "p (Holm)"),
        Column::new("verdict", "结论", "verdict"),
        Column::new("reason", "说明", "reason"),
    ]);
    if !digits.for_people {
        columns.push(Column::new("method", "方法", "method"));
    }
    let mut table = Table::new(&columns);
    let sheet = Sheet { made, question, digits, language };
    made.rows.iter().for_each(|row| table.push(sheet.row(row)));
    if digits.for_people && !digits.wide {
        let seldom = |at: &usize| SELDOM.contains(&&*table.columns[*at].key);
        for at in (0..columns.len()).filter(seldom) {
            table.rows.iter_mut().for_each(|row| row[at] = Cell::None);
        }
    }
    if digits.for_people { table.without_empty_columns() } else { table }
}

/// How much each category of the known totals weighs.
pub fn factors_table(made: &Estimates, digits: Digits) -> Table {
    let names = made.factors.first().map(|factor| factor.category.as_slice()).unwrap_or_default();
    let mut columns: Vec<Column> =
        names.iter().map(|(name, _)| Column::planned(["by:", name].concat(), name)).collect();
    columns.extend([
        Column::new("rows", "行数", "rows"),
        Column::new("base", "原权数和", "base weights"),
        Column::new("factor", "调整系数", "factor"),
        Column::new("weight_sum", "新权数和", "new weights"),
    ]);
    let mut table = Table::new(&columns);
    for factor in &made.factors {
        let mut row: Vec<Cell> = factor.category.iter().map(|(_, value)| Cell::text(value.as_str())).collect();
        row.push(Cell::Number(factor.rows.to_string()));
        row.push(digits.cell(factor.base, 0));
        row.push(digits.cell(factor.factor, 2));
        row.push(digits.cell(factor.base * factor.factor, 0));
        table.push(row);
    }
    table
}

/// Counts and rates of each group; all groups, or the whole.
pub fn outcomes_table(rows: &[(Vec<String>, Outcomes, OutcomeRates)], by: &[String], digits: Digits) -> Table {
    let mut columns: Vec<Column> = by.iter().map(|name| Column::planned(["by:", name].concat(), name)).collect();
    columns.extend(Outcome::ALL.iter().map(|(code, _)| Column::planned((*code).to_owned(), code)));
    columns.push(Column::new("e", "e", "e"));
    if let Some((_, _, rates)) = rows.first() {
        columns.extend(rates.rates.iter().map(|(name, _)| Column::planned((*name).to_owned(), name)));
    }
    let mut table = Table::new(&columns);
    for (domain, outcomes, rates) in rows {
        let mut row: Vec<Cell> = domain.iter().map(|value| Cell::text(value.as_str())).collect();
        row.extend(Outcome::ALL.iter().map(|(_, outcome)| Cell::Number(outcomes.count(*outcome).to_string())));
        let figure = |figure: &Option<Figure>| figure.as_ref().map_or(Cell::None, |figure| digits.figure(figure, 2));
        row.push(figure(&rates.e));
        row.extend(rates.rates.iter().map(|(_, rate)| figure(rate)));
        table.push(row);
    }
    table
}

/// How all the estimates were made, in one sentence.
pub fn estimates_note(made: &Estimates, question: &Question, language: Language) -> String {
    Sheet { made, question, digits: Digits { places: 2, for_people: true, wide: false }, language }.note()
}

impl Digits {
    fn cell(self, value: f64, more: u32) -> Cell {
        self.figure(&Figure { float: value, exact: None }, more)
    }

    fn figure(self, figure: &Figure, more: u32) -> Cell {
        if !self.for_people {
            // The shortest digits that read back as the same double.
            return serde_json::Number::from_f64(figure.float)
                .map_or(Cell::None, |number| Cell::Number(number.to_string()));
        }
        figure.fraction().map_or(Cell::None, |value| Cell::Number(round_half_up(&value, self.places + more)))
    }
}

fn share_interval(kind: ShareInterval) -> &'static str {
    match kind {
        ShareInterval::Wilson => "wilson",
        ShareInterval::Logit => "logit",
        ShareInterval::Beta => "beta",
    }
}

struct Sheet<'a> {
    made: &'a Estimates,
    question: &'a Question,
    digits: Digits,
    language: Language,
}

impl Sheet<'_> {
    fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        if self.language == Language::Zh { zh } else { en }
    }

    fn row(&self, row: &Estimated) -> Vec<Cell> {
        let more = if row.kind == Kind::Proportion { 2 } else { 0 };
        let text = |text: Option<&str>| text.map_or(Cell::None, Cell::text);
        let value = |value: Option<f64>, more: u32| value.map_or(Cell::None, |value| self.digits.cell(value, more));
        let interval = row.interval.as_ref().ok();
        let share = row.kind == Kind::Proportion && row.compared == Compared::Nothing;
        let shown = if share { row.share_interval.as_ref() } else { interval };
        let both = interval.filter(|_| share);
        let asked = row.n + row.dont_know;
        let dont_know_share = (row.dont_know > 0 && asked > 0).then(|| Figure {
            float: row.dont_know as f64 / asked as f64,
            exact: Some(Fraction::new(row.dont_know.into(), asked.into())),
        });
        let spread = row.spread;
        let test = row.test;
        let kind = match self.digits.for_people {
            true => self.kind(row.kind),
            false => row.kind.name(),
        };
        let name = match shown {
            None => None,
            Some(_) if !share => Some("t"),
            Some(_) => Some(share_interval(self.question.share_interval)),
        };
        let minus = match &row.compared {
            Compared::Nothing => None,
            Compared::Domain(domain) => Some(domain.join(" × ")),
            Compared::Round(round) => Some(round.clone()),
        };
        let mut cells = vec![text(Some(kind)), text(Some(&row.of)), text(row.level.as_deref())];
        cells.extend(row.domain.iter().map(|value| Cell::text(value.as_str())));
        cells.extend([
            text(row.round.as_deref()),
            text(minus.as_deref()),
            Cell::Number(row.n.to_string()),
            Cell::Number(row.missing.to_string()),
            Cell::Number(row.dont_know.to_string()),
            dont_know_share.map_or(Cell::None, |share| self.digits.figure(&share, 2)),
            value(row.weight_sum, 0),
            row.estimate.as_ref().map_or(Cell::None, |estimate| self.digits.figure(estimate, more)),
            value(row.se.as_ref().ok().copied(), more + 1),
            Cell::Number(row.df.to_string()),
            value(shown.map(|(low, _)| *low), more),
            value(shown.map(|(_, high)| *high), more),
            text(name),
            value(both.map(|(low, _)| *low), more),
            value(both.map(|(_, high)| *high), more),
            value(row.deff, 1),
            value(row.n_eff, 0),
            value(row.kish, 1),
        ]);
        let sample = spread.and_then(|spread| spread.sample);
        cells.extend([
            value(spread.map(|spread| spread.population), more),
            value(sample, more),
            value(spread.map(|spread| spread.population.sqrt()), more),
            value(sample.map(f64::sqrt), more),
        ]);
        cells.extend([
            value(test.and_then(|test| test.covariance), more + 2),
            value(test.and_then(|test| test.t), 0),
            value(test.and_then(|test| test.p), 2),
            value(test.and_then(|test| test.p_holm), 2),
            text(self.verdict(row)),
        ]);
        let reason = [row.estimate.as_ref().err(), row.se.as_ref().err(), row.interval.as_ref().err()];
        cells.push(reason.into_iter().flatten().next().map_or(Cell::None, |reason| Cell::text(self.reason(reason))));
        if !self.digits.for_people {
            cells.push(Cell::text(self.method(row)));
        }
        cells
    }

    fn kind(&self, kind: Kind) -> &'static str {
        match (kind, self.language) {
            (kind, Language::En) => kind.name(),
            (Kind::Mean, _) => "均值",
            (Kind::Proportion, _) => "比例",
            (Kind::Total, _) => "总数",
            (Kind::Ratio, _) => "比率",
            (Kind::Index, _) => "指数",
            (Kind::Quantile, _) => "分位数",
        }
    }

    /// The test decides, adjusted for all comparisons; an interval that holds 0 never "rose".
    fn verdict(&self, row: &Estimated) -> Option<&str> {
        let (test, point) = (row.test?, row.estimate.as_ref().ok()?);
        let shown = test.p_holm.is_some_and(|p| p < 1.0 - self.question.level);
        let up = point.float > 0.0;
        let change = matches!(row.compared, Compared::Round(_));
        Some(match (test.p_holm, shown, change, up) {
            (None, ..) => return None,
            (_, false, true, _) => self.pick("未显示变化", "no change shown"),
            (_, false, false, _) => self.pick("未显示差异", "no difference shown"),
            (_, true, true, true) => self.pick("上升", "rose"),
            (_, true, true, false) => self.pick("下降", "fell"),
            (_, true, false, true) => self.pick("较高", "higher"),
            (_, true, false, false) => self.pick("较低", "lower"),
        })
    }

    fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::NoAnswers => self.pick("没有有效回答", "no valid answers").to_owned(),
            Reason::ZeroDenominator => self.pick("分母为 0", "the denominator is 0").to_owned(),
            Reason::NoDegrees => self
                .pick(
                    "初级单位不多于层数，无法估计误差",
                    "no more primary units than strata: no error can be estimated",
                )
                .to_owned(),
            Reason::NothingToAverage => self
                .pick("各层都只有一个单位，无从取平均", "every stratum has a single unit: nothing to average over")
                .to_owned(),
            Reason::NoAnswersFrom(group) => {
                [self.pick("下列群体没有有效回答：", "no valid answers from "), group].concat()
            }
            Reason::BeyondTheData => self.pick("区间超出数据范围", "the interval leaves the data").to_owned(),
        }
    }

    fn method(&self, row: &Estimated) -> String {
        let point = match row.kind {
            Kind::Mean => "Σwvy/Σwv",
            Kind::Proportion => self.pick("Σwvy/Σwv，y 取 0 或 1", "Σwvy/Σwv, y is 0 or 1"),
            Kind::Total => "Σwvy",
            Kind::Ratio => "Σwvy/Σwvx",
            Kind::Index => self.pick("Σ W_k R_k，R_k=Σwvy/Σwv", "Σ W_k R_k, R_k = Σwvy/Σwv"),
            Kind::Quantile => self.pick(
                "不大于该值的比例达到 p 的最小值（math 规则），Woodruff 区间",
                "smallest value with a share of p at or below it (rule math), Woodruff interval",
            ),
        };
        let mut text = point.to_owned();
        if self.question.groups.is_some() {
            text.push_str(self.pick("；各群体按 --groups 加权", "; groups weighed by --groups"));
        }
        match row.compared {
            Compared::Nothing => {}
            Compared::Domain(_) => {
                text.push_str(self.pick("；两组之差，含协方差", "; difference of two groups with their covariance"))
            }
            Compared::Round(_) => text.push_str(self.pick("；两轮之差", "; difference of two rounds")),
        }
        text.push_str(self.pick("；", "; "));
        text.push_str(&self.note());
        text
    }

    fn note(&self) -> String {
        let (made, design) = (self.made, &self.question.design);
        let mut text = match self.language {
            Language::Zh => format!("泰勒线性化方差；{} 层、{} 个初级单位", made.strata, made.units),
            Language::En => {
                format!("variance by Taylor linearisation; {} strata, {} primary units", made.strata, made.units)
            }
        };
        let mut add = |zh: &str, en: &str| {
            text.push_str(self.pick("；", "; "));
            text.push_str(self.pick(zh, en));
        };
        match (&design.weight, design.populations.is_empty()) {
            (Some(_), _) => add("按权数加权", "weighted"),
            (None, false) => add("权数由总体单位数推出", "weights made from the population sizes"),
            (None, true) => add("未加权", "not weighted"),
        }
        match (design.populations.len(), design.clusters.len()) {
            (0, _) => {}
            (1, 2) => add(
                "第一阶段有限总体校正，第二阶段视为放回",
                "finite population at the first stage, second stage as if with replacement",
            ),
            _ => add("有限总体校正", "finite population correction"),
        }
        match self.question.adjustment {
            None => {}
            Some(Adjustment::PostStratify(_)) => add("事后分层", "post-stratified"),
            Some(Adjustment::Rake(_)) => add("耙平加权", "raked"),
        }
        match design.lonely {
            Lonely::Adjust => {}
            Lonely::Certainty => add("单一单位的层视为必选", "strata with one unit taken as certain"),
            Lonely::Average => add("单一单位的层取其他层的平均", "strata with one unit get the average of the others"),
            Lonely::Refuse => add("不接受单一单位的层", "strata with one unit refused"),
        }
        if self.question.reference == Reference::WithoutReplacement {
            add("设计效应对比不放回的简单随机抽样", "design effect against a simple random sample without replacement");
        }
        match (self.question.share_interval, made.simple) {
            (ShareInterval::Wilson, true) => {
                add(
                    "视为简单随机抽样：比例用 n 和 z 的 Wilson 区间",
                    "taken as a simple random sample: Wilson intervals with n and z",
                );
            }
            (ShareInterval::Wilson, false) => {
                add("比例用 n_eff=p(1-p)/V 和 t 的 Wilson 区间", "Wilson intervals with n_eff = p(1-p)/V and t");
            }
            (ShareInterval::Logit, _) => add("比例用对数优势上的 t 区间", "t intervals of shares on the log-odds"),
            (ShareInterval::Beta, true) => add(
                "视为简单随机抽样：Clopper-Pearson 区间",
                "taken as a simple random sample: Clopper-Pearson intervals",
            ),
            (ShareInterval::Beta, false) => add("比例用 Korn-Graubard 区间", "Korn-Graubard intervals of shares"),
        }
        let level = self.question.level * 100.0;
        text.push_str(&match self.language {
            Language::Zh => format!("；{level}% 区间"),
            Language::En => format!("; {level}% intervals"),
        });
        if made.outside > 0 {
            text.push_str(&match self.language {
                Language::Zh => format!("；{} 行中 {} 行在筛选或分组之外，仍保留在设计中", made.records, made.outside),
                Language::En => format!(
                    "; {} of {} rows are outside the filter or groups and stay in the design",
                    made.outside, made.records
                ),
            });
        }
        text
    }
}
