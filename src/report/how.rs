//! How each number is made, in words, wherever numbers are shown.

use crate::language::Words;

/// 满意度得分.
pub const SCORE: Words = Words::pair(
    "满意度得分：有效答案的分值之和 ÷ 有效答案数。“不了解”和未答不在分母里。",
    "Score: the sum of the points of valid answers divided by their number. “Don't know” and blank are not in the denominator.",
);
/// 满意率.
pub const RATE: Words = Words::pair(
    "满意率：方案中计为“满意”的档次所占份额。区间为 Wilson 区间；扫码自愿参加的部分不是随机抽样，区间只是名义上的。",
    "Satisfaction rate: the share of the grades that the plan counts as satisfied. Wilson interval; for those who answered by a link of their own accord it is nominal, since they are no random sample.",
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
