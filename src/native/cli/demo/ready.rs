//! The ready plans that the demo publishes, and what each is for.

use super::super::Words;

/// A ready plan.
pub struct Ready {
    /// The plan's file, without keys.
    pub text: &'static str,
    /// What it is for, to somebody who looks for a plan of their own.
    pub purpose: Words,
}

macro_rules! ready {
    ($name:literal, $zh:literal, $en:literal) => {
        Ready { text: include_str!(concat!("../../../../plans/", $name, ".json")), purpose: Words { zh: $zh, en: $en } }
    };
}

/// So many of them, the first, are named where the demo prints its links.
pub const PRINTED: usize = 3;

/// All of `plans/`, the easiest to begin with first.
pub const READY: [Ready; 18] = [
    ready!(
        "study-practice",
        "一张测评表：一个单位、一道满意度题和意见建议，开会发放或扫码填写，当场就能算出满意率。",
        "One form: one unit, one satisfaction question, and opinions. Given out at a meeting or opened by QR code; the rate is there at once."
    ),
    ready!(
        "county-transport",
        "一个单位、八个方面，两类测评人分别加权，六月和十一月各测一次，可在会场当场公布。",
        "One unit in eight areas, two kinds of raters with their weights, rounds in June and November, announced in the hall if wanted."
    ),
    ready!(
        "city-units",
        "七十九个部门和公用企业分四类排名，用评分表逐项打分。",
        "Seventy-nine departments and utilities in four classes, each class ranked apart, graded in a matrix."
    ),
    ready!(
        "access-quality",
        "居民问卷、代表座谈、专家评分三种方式分别进行，分别统计。",
        "Residents' questionnaire, focus groups and experts' scores, each counted apart."
    ),
    ready!(
        "five-contents",
        "五项内容，网上、纸质、电话、入户四种方式，各用长短合适的问卷。",
        "Five contents by four ways of asking: online, on paper, by telephone, on visits, each with a form of the right length."
    ),
    ready!(
        "indicator-kinds",
        "两级指标：定量、定性、主观指标并列，媒体监测数据也作为指标录入。",
        "Indicators in two levels: quantitative, qualitative and subjective ones, with figures of media monitoring among them."
    ),
    ready!(
        "weighted-scores",
        "各项指标有权重和分值，四次定期测评看变化。",
        "Indicators with weights and ranges of scores, in four regular rounds that show the change."
    ),
    ready!(
        "campaign-phases",
        "一项活动开展前、开展中、结束后，用相同的问题测评三次。",
        "A campaign measured before, during and after, with the same questions."
    ),
    ready!(
        "by-region",
        "各地用不同的方式调查，题目和标准相同，按人口加权后可以比较。",
        "Each region asks in its own way; questions and scale are the same, so that results compare, weighted by population."
    ),
    ready!(
        "public-bodies",
        "居民、企业、受益人、代表各有问卷，三类单位分别排名。",
        "A questionnaire for each audience: residents, businesses, beneficiaries, delegates; three classes of units."
    ),
    ready!(
        "communities",
        "一个方案，各社区有自己的一项内容；先由居民代表选定。",
        "One plan in which each community has one matter of its own, chosen by residents' delegates first."
    ),
    ready!(
        "service-evaluation",
        "只问办过事的服务单位；不满意的追问原因，再选人深度访谈。",
        "People rate the services they used; the dissatisfied say why, and some are interviewed at length."
    ),
    ready!(
        "five-kinds",
        "机构、社区、公共设施、政策等五类二十个对象，每类分别排名。",
        "Twenty objects of five kinds, from offices to facilities and policies, each kind ranked apart."
    ),
    ready!(
        "development-outlook",
        "知晓、认可、满意三个层次；知识题计分，座谈和暗访另行记录。",
        "What people know, recognise and are satisfied with: knowledge questions with a score; symposia and visits recorded apart."
    ),
    ready!(
        "department-performance",
        "先作需求调研，再测两轮看趋势，并收集被测评单位的答复。",
        "A study of needs first, two rounds for the trend, and the units' own replies."
    ),
    ready!(
        "finance-bureau",
        "服务对象问卷、公开情况检查表、基础数据和培训测验，一个方案全包括；还可表扬先进。",
        "Users' questionnaire, openness checklist, base data and a test for canvassers in one plan; staff can be commended."
    ),
    ready!(
        "public-services",
        "居民打分，专家评分并列，再征求有关方面的意见。",
        "Residents' grades with experts' scores beside them, and a consultation of those concerned."
    ),
    ready!(
        "government-conduct",
        "测评一轮，整改之后再“回头看”一轮；不满意的人指出部门。",
        "One round, and a look back after rectification; the dissatisfied name the department."
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Mode, load};
    use std::collections::BTreeSet;

    #[test]
    fn every_ready_plan_is_there_once_loads_and_can_be_answered_by_link() {
        let mut ids = BTreeSet::new();
        for ready in READY {
            let plan = load(ready.text).unwrap();
            assert!(plan.modes.contains(&Mode::Web), "{}", plan.id);
            assert!(plan.keys.is_none(), "{}: a ready plan carries no office's keys", plan.id);
            assert!(ids.insert([plan.id, ".json".to_owned()].concat()));
        }
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("plans");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let files: BTreeSet<String> = files.filter(|name| name.ends_with(".json")).collect();
        assert_eq!(ids, files);
    }
}
