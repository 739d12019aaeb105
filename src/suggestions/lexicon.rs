//! Words without a dictionary: what stands together more often than by chance, and with many neighbours on both sides, is
//! a word. A dictionary of Chinese takes megabytes in every office's download, and has no names of a county's own projects;
//! this takes none, and learns from the round itself. Where a round is small it knows little: then the seed words help.
//!
//! Cohesion is the least pointwise mutual information over the ways to cut a candidate in two (Church and Hanks 1990);
//! freedom the entropy of the characters beside it (Sornlertlamvanich and others 2000; Feng and others 2004, accessor
//! variety). Texts are then cut so that the product of the words' shares is greatest.

use super::{is_han, plain};
use rustc_hash::{FxHashMap, FxHashSet};

/// Characters of the longest word.
const LONGEST: usize = 4;
/// Least pointwise mutual information, natural logarithm.
const COHESION: f64 = 2.5;
/// Least entropy of the neighbours on either side, natural logarithm.
const FREEDOM: f64 = 0.6;
/// Fewest occurrences.
const FEWEST: u32 = 3;

/// Common words of public services, so that a small round has some from the beginning.
const SEED: &str = "路灯 停车 停车位 停车场 车位 充电 充电桩 电动车 电梯 噪音 噪声 垃圾 垃圾桶 垃圾站 垃圾分类 下水道 积水 井盖 道路 路面 坑洼 红绿灯 斑马线 拥堵 堵车 公交 公交车 班次 地铁 出租车 高铁 站台 物业 物业费 业委会 小区 社区 街道 乡镇 村委会 居委会 绿化 公园 广场 厕所 公厕 卫生 环境 污染 空气 油烟 河道 水质 停水 停电 燃气 暖气 供暖 自来水 水电费 菜市场 超市 学校 幼儿园 老师 学生 作业 校车 放学 培训班 学位 招生 医院 医生 护士 看病 挂号 排队 药品 医保 报销 社保 养老 养老金 养老院 低保 残疾人 老年人 老人 孩子 儿童 就业 工资 拖欠 招聘 企业 创业 办事 办证 窗口 材料 手续 流程 证明 审批 网上 手机 系统 预约 电话 服务 态度 工作人员 效率 时间 周末 午休 政策 宣传 公开 公示 信息 热线 投诉 举报 答复 回复 解决 执法 城管 警察 交警 民警 治安 盗窃 诈骗 消防 通道 安全 隐患 违建 拆迁 补偿 房价 房产证 公积金 物价 食品 食品安全 摊贩 市场 农村 农田 灌溉 农药 补贴 厕改 旅游 景区 体育 健身 图书馆 文化 活动 干部 书记 领导 基层 形式主义 腐败 公平 公正 建议 希望 增加 加强 改善 提高 减少 取消 维修 没有意见 满意";

/// They say nothing about what a text is about.
const STOP: &str = "我们 你们 他们 这个 那个 这些 那些 一个 一些 可以 没有 就是 还是 但是 因为 所以 如果 以及 或者 应该 需要 能够 已经 非常 比较 特别 都是 不是 什么 怎么 这样 这里 那里 时候 进行 有的 不能 不要 不会 就会 还有 自己 大家 为了 对于 关于 the and for that this with are was were not have has had but they you our your its very from can will all there more too she him her his who what when been any one out get";
/// No word begins or ends with one of these.
const EDGE: &str =
    "的了是在不也都就很和与及把被给对向从到吗呢吧啊个们我你他她它这那之而且或但若则又再还只可让请太最更着过";

/// Up to five characters in one number, 21 bits each.
fn packed(letters: &[char]) -> u128 {
    letters.iter().fold(0, |all, letter| all << 21 | u128::from(u32::from(*letter)))
}

const LETTER: u128 = (1 << 21) - 1;

/// Runs of Chinese characters, and words of other scripts in lower case.
pub(super) enum Run {
    Han(Vec<char>),
    Other(String),
}

pub(super) fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    for letter in text.chars().map(plain) {
        match (is_han(letter), letter.is_alphabetic()) {
            (true, _) => match runs.last_mut().filter(|_| open) {
                Some(Run::Han(run)) => run.push(letter),
                _ => runs.push(Run::Han(vec![letter])),
            },
            (false, true) => {
                let lower = letter.to_lowercase();
                match runs.last_mut().filter(|_| open) {
                    Some(Run::Other(word)) => word.extend(lower),
                    _ => runs.push(Run::Other(lower.collect())),
                }
            }
            (false, false) => {
                open = false;
                continue;
            }
        }
        open = true;
    }
    runs
}

/// Learns from texts, one after the other. Each different text once, so that a copied sentence does not become a word.
#[derive(Clone, Debug, Default)]
pub struct Counter {
    /// Occurrences of one to five characters in a row, by length.
    grams: [FxHashMap<u128, u32>; LONGEST + 1],
    seen: FxHashSet<String>,
    seed: Vec<Vec<char>>,
}

/// What counts as a word, and how often it stands.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// By length of the word less one: the logarithm of its share.
    shares: [FxHashMap<u128, f64>; LONGEST],
    /// Of a character that was never seen.
    floor: f64,
}

/// A word with the number of texts in which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub word: String,
    pub texts: usize,
}

impl Counter {
    /// `own`: words that the plan brings, such as names of units.
    pub fn new(own: &[String]) -> Counter {
        let own = own.iter().map(String::as_str);
        let words = SEED.split(' ').chain(own).map(|word| word.chars().collect::<Vec<char>>());
        let fits = |word: &Vec<char>| (2..=LONGEST).contains(&word.len()) && word.iter().all(|c| is_han(*c));
        Counter { seed: words.filter(fits).collect(), ..Counter::default() }
    }

    pub fn learn(&mut self, text: &str) {
        if !self.seen.insert(text.trim().to_owned()) {
            return;
        }
        for run in runs(text) {
            let Run::Han(run) = run else { continue };
            for (at, grams) in self.grams.iter_mut().enumerate() {
                run.windows(at + 1).for_each(|gram| *grams.entry(packed(gram)).or_default() += 1);
            }
        }
    }

    pub fn finish(self) -> Lexicon {
        let total = f64::from(self.grams[0].values().sum::<u32>().max(1));
        let mut lexicon = Lexicon { floor: (0.5 / total).ln(), ..Lexicon::default() };
        for (letter, times) in &self.grams[0] {
            lexicon.shares[0].insert(*letter, (f64::from(*times) / total).ln());
        }
        let share =
            |length: usize, gram: u128| f64::from(self.grams[length - 1].get(&gram).copied().unwrap_or(1)) / total;
        for length in 2..=LONGEST {
            // Of each word: how often it has a neighbour, and the sum of k ln k over them; left and right.
            let mut beside: [FxHashMap<u128, (f64, f64)>; 2] = Default::default();
            for (gram, times) in &self.grams[length] {
                let times = f64::from(*times);
                let words = [gram & ((1 << (21 * length)) - 1), gram >> 21];
                for (beside, word) in beside.iter_mut().zip(words) {
                    let sums = beside.entry(word).or_default();
                    *sums = (sums.0 + times, sums.1 + times * times.ln());
                }
            }
            for (gram, times) in &self.grams[length - 1] {
                let letter =
                    |at: usize| char::from_u32((gram >> (21 * (length - 1 - at)) & LETTER) as u32).unwrap_or(' ');
                if *times < FEWEST || EDGE.contains(letter(0)) || EDGE.contains(letter(length - 1)) {
                    continue;
                }
                let whole = f64::from(*times);
                let cohesion = (1..length)
                    .map(|cut| {
                        let rest = length - cut;
                        let (first, second) = (gram >> (21 * rest), gram & ((1 << (21 * rest)) - 1));
                        (whole / total / (share(cut, first) * share(rest, second))).ln()
                    })
                    .fold(f64::INFINITY, f64::min);
                // The end of a run is a neighbour of its own each time.
                let freedom = beside.iter().map(|beside| {
                    let sum = beside.get(gram).map_or(0.0, |(_, sum)| *sum);
                    whole.ln() - sum / whole
                });
                if cohesion >= COHESION && freedom.fold(f64::INFINITY, f64::min) >= FREEDOM {
                    lexicon.shares[length - 1].insert(*gram, (whole / total).ln());
                }
            }
        }
        for word in &self.seed {
            let gram = packed(word);
            let times = self.grams[word.len() - 1].get(&gram).copied().unwrap_or(0);
            lexicon.shares[word.len() - 1].insert(gram, ((f64::from(times) + 0.5) / total).ln());
        }
        lexicon
    }
}

impl Lexicon {
    /// The words of a text in order: Chinese ones by the lexicon, others as they are written, in lower case.
    pub fn segment(&self, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        for run in runs(text) {
            match run {
                Run::Other(word) => words.push(word),
                Run::Han(run) => self.cut(&run, &mut words),
            }
        }
        words
    }

    /// The cut whose words' shares have the greatest product.
    fn cut(&self, run: &[char], words: &mut Vec<String>) {
        let mut best = vec![(f64::NEG_INFINITY, 0); run.len() + 1];
        best[0].0 = 0.0;
        for end in 1..=run.len() {
            for length in 1..=LONGEST.min(end) {
                let share = self.shares[length - 1].get(&packed(&run[end - length..end])).copied();
                let share = if length == 1 { Some(share.unwrap_or(self.floor)) } else { share };
                let Some(share) = share else { continue };
                let whole = best[end - length].0 + share;
                if whole > best[end].0 {
                    best[end] = (whole, length);
                }
            }
        }
        let first = words.len();
        let mut end = run.len();
        while end > 0 {
            let length = best[end].1.max(1);
            words.push(run[end - length..end].iter().collect());
            end -= length;
        }
        words[first..].reverse();
    }

    /// The words of a text that may say what it is about, each once.
    pub fn terms(&self, text: &str) -> Vec<String> {
        let mut terms = self.segment(text);
        terms.retain(|word| {
            let letters = word.chars().count();
            let fewest = if word.chars().all(is_han) { 2 } else { 3 };
            letters >= fewest && !STOP.split(' ').any(|stop| stop == word)
        });
        terms.sort();
        terms.dedup();
        terms
    }

    /// The words that stand in most texts, the most frequent first; `fewest` texts at least.
    pub fn frequent<'a>(&self, texts: impl Iterator<Item = &'a str>, fewest: usize) -> Vec<Word> {
        let mut counts = FxHashMap::default();
        texts.for_each(|text| self.add_to(&mut counts, text));
        Lexicon::ranked(counts, fewest)
    }

    /// Counts the words of one text.
    pub fn add_to(&self, counts: &mut FxHashMap<String, usize>, text: &str) {
        self.terms(text).into_iter().for_each(|term| *counts.entry(term).or_default() += 1);
    }

    /// Counts of words as a list, the most frequent first.
    pub fn ranked(counts: FxHashMap<String, usize>, fewest: usize) -> Vec<Word> {
        let found = counts.into_iter().filter(|(_, texts)| *texts >= fewest);
        let mut words: Vec<Word> = found.map(|(word, texts)| Word { word, texts }).collect();
        words.sort_by(|a, b| b.texts.cmp(&a.texts).then_with(|| a.word.cmp(&b.word)));
        words
    }
}
