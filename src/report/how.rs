//! How each number is made, in words, wherever numbers are shown.

use super::differences::{imprecise, unit_label};
use super::results::{float, indicator_label, words};
use crate::language::{Language, Words};
use crate::plan::{Plan, prose};
use crate::scores::{Precise, Scored, Verdict};
use crate::tally::{Fraction, round_half_up};
use num_traits::Zero;

/// 满意度得分.
pub const SCORE: Words = Words::pair(
    "满意度得分：有效答案的分值之和 ÷ 有效答案数。“不了解”和未答不在分母里。",
    "Score: the sum of the points of valid answers divided by their number. “Don't know” and blank are not in the denominator.",
);
/// 满意率.
pub const RATE: Words = Words::pair(
    "满意率：方案中计为“满意”的档次所占份额；按人群加权的方案为 Σ W_g R_g。区间为 Wilson 区间，按有效样本量计算；扫码自愿参加的部分不是随机抽样，区间只是名义上的。",
    "Satisfaction rate: the share of the grades that the plan counts as satisfied; Σ W_g R_g where the plan weighs rater groups. Wilson interval with the sample size in effect; for those who answered by a link of their own accord it is nominal, since they are no random sample.",
);
/// 综合指数.
pub const INDEX: Words = Words::pair(
    "综合指数：各指标得分按方案权重加权之和；任何一个指标没有有效答案，就没有指数，不重新分配权重。参考指标（权重 0）单独列出，不进指数、满意率和得分。",
    "Index: the indicators' scores weighted as in the plan. Where one has no valid answer there is no index; weights are not shared out again. An indicator for reference (weight 0) is listed and is in no index, rate or score of its unit.",
);
/// 名次.
pub const RANK: Words = Words::pair(
    "名次：同类之内按精确值排列，并列者同名次（1、2、2、4）。",
    "Rank: within a class, on the exact value; ties share a rank (1, 2, 2, 4).",
);
/// Standard error and interval.
pub const ERROR: Words = Words::pair(
    "标准误和区间：把每个人对结果的影响线性化，按加权人群和抽样层分别计算其离散程度再相加；一人评多个指标、多个对象，彼此的相关都计入。得分和指数的 95% 区间为 估计 ± t × 标准误。方案写明人数的层按有限总体修正。",
    "Standard error and interval: each person's influence on the result is linearised; its spread is taken within the weighted rater groups and strata, and added up. That one person grades several indicators and units is counted in. The 95% interval of scores and indices is estimate ± t × standard error, with the finite population where the plan says how many people there are.",
);
/// 名次范围.
pub const RANGE: Words = Words::pair(
    "名次范围：同类中每两个对象的指数之差，按共同评价者的协方差检验，全部差异用 Holm 法一并调整；最好名次 = 1 + 显示优于它的个数，最差名次 = 总数 − 显示不如它的个数。同类所有范围同时成立的置信度为 95%。",
    "Rank range: the difference of each two indices of a class is tested with the covariance of those who graded both, all of them together (Holm). Best rank = 1 + units shown to be better, worst = units minus those shown to be worse. All ranges of a class hold at once at 95%.",
);
/// 两轮之差.
pub const CHANGE: Words = Words::pair(
    "变化：两轮视为各自独立抽取，方差相加；同一种数一并用 Holm 法调整。区间包含 0 即“未显示变化”。问法、量表或权重不同则不比较。",
    "Change: the rounds are taken as drawn independently, so their variances add up; changes of one kind are judged together (Holm). Where the interval holds 0, no change is shown. Rounds with another wording, scale or weights are not compared.",
);

/// Everything that is explained, in the order of the tables.
pub const ALL: [Words; 7] = [SCORE, RATE, INDEX, RANK, ERROR, RANGE, CHANGE];

/// How the numbers of one unit were made: formula with its values, people, weights, error, rank, what was left out.
pub fn of_unit(plan: &Plan, scored: &Scored, place: usize, language: Language) -> Vec<String> {
    let (result, own) = (&scored.results.units[place], &scored.units[place]);
    let zh = language == Language::Zh;
    let mut said = Vec::new();
    let plain = |text: &str| prose::plain(text);
    if let Ok(index) = &result.index {
        let terms = result.indicators.iter().filter(|one| !one.weight.is_zero());
        let terms = terms.filter_map(|one| {
            let score = round_half_up(one.measure.score.as_ref().ok()?, 2);
            let label = plain(indicator_label(plan, &one.indicator, language));
            Some(format!("{} × {score} ({label})", short(&one.weight)))
        });
        let terms = terms.collect::<Vec<_>>().join(" + ");
        let index = round_half_up(index, 2);
        said.push(if zh { format!("指数 = {terms} = {index}") } else { format!("Index = {terms} = {index}") });
    }
    if !scored.group_weights.is_empty() {
        let weights = scored.group_weights.iter().map(|(id, weight)| {
            let label = plan.rater_group(id).map_or(id.as_str(), |group| words(plan, &group.label, language));
            format!("{} {}", plain(label), weight.to_text())
        });
        let weights = weights.collect::<Vec<_>>().join(if zh { "，" } else { ", " });
        said.push(if zh { format!("人群权重：{weights}") } else { format!("Weights of rater groups: {weights}") });
    }
    if let Some(raters) = own.raters {
        let layers = scored.layers.iter().filter(|layer| !layer.name.is_empty()).map(|layer| match layer.population {
            Some(people) if zh => {
                format!("{} {} 份（共 {people} 人）", layer_label(plan, &layer.name, language), layer.units)
            }
            Some(people) => format!("{} {} of {people} people", layer_label(plan, &layer.name, language), layer.units),
            None => format!("{} {}", layer_label(plan, &layer.name, language), layer.units),
        });
        let layers = layers.collect::<Vec<_>>().join(if zh { "，" } else { ", " });
        let layers = match (layers.is_empty(), zh) {
            (true, _) => String::new(),
            (false, true) => format!("；本轮答卷按层：{layers}"),
            (false, false) => format!("; records of the round by stratum: {layers}"),
        };
        said.push(match zh {
            true => format!("对它打过分的有 {raters} 人{layers}"),
            false => format!("{raters} people gave it a grade{layers}"),
        });
    }
    said.push(error(&own.index, language));
    said.extend(standing(plan, scored, place, language));
    let overall = &result.overall;
    let count = |count: Option<u64>| {
        count.map_or_else(|| if zh { "不公布".into() } else { "withheld".into() }, |count: u64| count.to_string())
    };
    let [dont_know, refused, blank, not_asked] =
        [overall.dont_know, overall.refused, overall.blank, overall.not_asked].map(count);
    let screened = count(scored.results.screened_out);
    said.push(match zh {
        true => format!("未计入分母：不了解 {dont_know}，拒答 {refused}，未答 {blank}，未问 {not_asked}；不在调查范围的答卷 {screened} 份"),
        false => format!("Left out of the denominators: don't know {dont_know}, refused {refused}, blank {blank}, not asked {not_asked}; records screened out {screened}"),
    });
    said
}

fn error(index: &Precise, language: Language) -> String {
    let zh = language == Language::Zh;
    match index {
        Ok(found) if found.census && zh => "全体都作了答：没有抽样误差".to_owned(),
        Ok(found) if found.census => "Everybody answered: there is no sampling error".to_owned(),
        Ok(found) => {
            let [se, low, high] = [found.se, found.low, found.high].map(|value| float(value, 2));
            let df = found.df;
            let nominal = match (found.nominal, zh) {
                (false, _) => "",
                (true, true) => "；有人自愿上网填写，区间只是名义上的",
                (true, false) => "; some chose themselves, so the interval is nominal",
            };
            match zh {
                true => format!("标准误 {se}，自由度 {df}：95% 区间 {low} 至 {high}{nominal}"),
                false => format!("Standard error {se}, {df} degrees of freedom: 95% interval {low} to {high}{nominal}"),
            }
        }
        Err(why) if zh => format!("没有区间：{}", imprecise(*why, language)),
        Err(why) => format!("No interval: {}", imprecise(*why, language)),
    }
}

/// Against its class: who is shown to be better and who worse.
fn standing(plan: &Plan, scored: &Scored, place: usize, language: Language) -> Option<String> {
    let ranked = scored.units[place].rank?;
    let others = scored.against_others(place);
    if others.is_empty() {
        return None;
    }
    let names = |verdict: Verdict| {
        let fitting = others.iter().filter(|(_, compared)| compared.verdict == verdict);
        let labels = fitting.map(|(at, _)| prose::plain(unit_label(plan, &scored.results.units[*at].unit, language)));
        labels.collect::<Vec<_>>()
    };
    let (worse, better) = (names(Verdict::Higher), names(Verdict::Lower));
    let open = others.len() - worse.len() - better.len();
    let (rank, best, worst, pairs) = (ranked.rank, ranked.best, ranked.worst, scored.pairs_of_class(place));
    let list = |names: &[String]| {
        if names.is_empty() {
            if language == Language::Zh { "无" } else { "none" }.to_owned()
        } else {
            names.join(if language == Language::Zh { "、" } else { ", " })
        }
    };
    Some(match language {
        Language::Zh => format!(
            "名次 {rank}（{best}–{worst}）：显示优于它的：{}；显示不如它的：{}；未能区分的 {open} 个（同类 {pairs} 对差异一并检验）",
            list(&better),
            list(&worse)
        ),
        Language::En => format!(
            "Rank {rank} ({best}–{worst}): shown to be better: {}; shown to be worse: {}; not told apart from {open} ({pairs} differences of the class judged together)",
            list(&better),
            list(&worse)
        ),
    })
}

/// A stratum of the estimate by the labels of its parts.
fn layer_label(plan: &Plan, name: &str, language: Language) -> String {
    let label = |id: &str| {
        let stratum = plan.strata.iter().find(|stratum| stratum.id == id).map(|stratum| &stratum.label);
        let known = plan.rater_group(id).map(|group| &group.label).or(stratum);
        known.map_or_else(|| id.to_owned(), |label| prose::plain(words(plan, label, language)))
    };
    name.split(" / ").map(label).collect::<Vec<_>>().join(" / ")
}

/// A weight with as many places as it needs, at most four.
fn short(weight: &Fraction) -> String {
    let text = round_half_up(weight, 4);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
