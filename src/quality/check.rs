use super::{Measure, Settings};
use crate::language::Words;

/// What is looked for. Each has its source and its limits; docs/quality.md has the formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// One grade for everything in a list.
    SameGrades,
    /// A long run of one grade.
    LongestRun,
    /// Grades that hardly vary.
    Variability,
    /// Questions left blank or refused.
    Unanswered,
    DontKnow,
    /// Faster than a share of the median.
    Speed,
    /// Several records closed by one device in a short time.
    Burst,
    /// Closed at an unusual time of day.
    Hour,
    /// Two records with nearly the same answers.
    NearDuplicate,
    /// An interviewer whose records differ from all others'.
    Interviewer,
    /// Variance between interviewers.
    Correlation,
    /// A unit to which all give the same grade.
    UniformUnit,
    /// Cells of the sample that have exactly as many records as were wanted.
    NeatQuotas,
    /// Interviewers who all have equally many records.
    EqualShares,
}

/// Why a check says nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Absent {
    /// No list with enough grades.
    NoLists,
    /// No question that is known to have been asked.
    NothingAsked,
    /// The records hold no times.
    NoTimes,
    /// No record came from a canvasser's device.
    NoHolders,
    /// Fewer than two holders with enough records.
    FewHolders,
    /// Fewer questions than a pair must have in common.
    FewQuestions,
    /// Fewer than two records to compare.
    FewRecords,
    /// No unit has enough grades.
    FewRaters,
    /// The plan has too few targets.
    NoTargets,
}

impl Check {
    pub const ALL: [Check; 14] = [
        Check::SameGrades,
        Check::LongestRun,
        Check::Variability,
        Check::Unanswered,
        Check::DontKnow,
        Check::Speed,
        Check::Burst,
        Check::Hour,
        Check::NearDuplicate,
        Check::Interviewer,
        Check::Correlation,
        Check::UniformUnit,
        Check::NeatQuotas,
        Check::EqualShares,
    ];

    /// A short name that programs can match on.
    pub fn code(self) -> &'static str {
        match self {
            Check::SameGrades => "same_grades",
            Check::LongestRun => "longest_run",
            Check::Variability => "variability",
            Check::Unanswered => "unanswered",
            Check::DontKnow => "dont_know",
            Check::Speed => "speed",
            Check::Burst => "burst",
            Check::Hour => "hour",
            Check::NearDuplicate => "near_duplicate",
            Check::Interviewer => "interviewer",
            Check::Correlation => "correlation",
            Check::UniformUnit => "uniform_unit",
            Check::NeatQuotas => "neat_quotas",
            Check::EqualShares => "equal_shares",
        }
    }

    pub fn name(self) -> Words {
        let (zh, en) = match self {
            Check::SameGrades => ("整列同一等级", "one grade for everything"),
            Check::LongestRun => ("连续同一等级", "long run of one grade"),
            Check::Variability => ("几乎没有差别", "grades hardly vary"),
            Check::Unanswered => ("漏答拒答多", "much left unanswered"),
            Check::DontKnow => ("“不了解”多", "many \"don't know\""),
            Check::Speed => ("过快", "too fast"),
            Check::Burst => ("短时间集中完成", "closed in a burst"),
            Check::Hour => ("完成时刻异常", "closed at an odd hour"),
            Check::NearDuplicate => ("两份几乎相同", "near duplicates"),
            Check::Interviewer => ("调查员与其他人不同", "interviewer unlike the others"),
            Check::Correlation => ("调查员之间差别大", "interviewers differ among themselves"),
            Check::UniformUnit => ("单位评价完全一致", "unit graded alike by all"),
            Check::NeatQuotas => ("配额恰好完成", "quotas met to the record"),
            Check::EqualShares => ("调查员份数完全相同", "interviewers with equal numbers"),
        };
        Words { zh, en }
    }

    /// Where the figure, and the threshold if it has one there, come from.
    pub fn source(self) -> &'static str {
        match self {
            Check::SameGrades => "Kim, Dykema, Stevenson, Black & Moberg 2019",
            Check::LongestRun => "Meade & Craig 2012; R careless::longstring",
            Check::Variability => "Dunn, Heggestad, Shanock & Theilgard 2018; R careless::irv",
            Check::Unanswered | Check::DontKnow => "Schwanhäuser, Sakshaug & Kosyakova 2022",
            Check::Speed => "Conrad, Tourangeau, Couper & Zhang 2017",
            Check::Burst | Check::Hour => "Murphy et al. 2004",
            Check::NearDuplicate => "Kuriakose & Robbins 2016; Simmons, Mercer, Schwarzer & Kennedy 2016",
            Check::Interviewer => "Schwanhäuser, Sakshaug & Kosyakova 2022; Welch 1947; Holm 1979",
            Check::Correlation => "Kish 1962; Searle 1971; Donner 1979; West & Blom 2017",
            Check::UniformUnit | Check::NeatQuotas | Check::EqualShares => "Minping",
        }
    }

    /// What a flag does not show.
    pub fn limits(self) -> Words {
        let (zh, en) = match self {
            Check::SameGrades => (
                "确实都满意的人也会全选同一等级；单位越少、题目越相近越常见。可能是敷衍，也可能是真实想法。",
                "people who are content with everything answer so too, and the more so the fewer and the more alike the questions: it may be carelessness or the truth",
            ),
            Check::LongestRun => (
                "一个等级本来就占多数时，长串很自然。要与其他人相比来看。",
                "where most grades are the same anyway, long runs come by themselves: compare with other people",
            ),
            Check::Variability => (
                "差别小可能是敷衍，也可能是看法确实一致；门槛是本程序定的。",
                "little variation may be carelessness or a settled opinion; the threshold is ours",
            ),
            Check::Unanswered => (
                "题目敏感、太长或看不懂也会漏答。编造的答卷漏答反而偏少。",
                "delicate, long or unclear questions are left out too; invented interviews often have fewer gaps, not more",
            ),
            Check::DontKnow => (
                "没打过交道的单位，“不了解”才是诚实的回答。",
                "for units that a person never dealt with, \"don't know\" is the honest answer",
            ),
            Check::Speed => (
                "熟练、识字快或问题不适用的人也快。只有方案里有记录时间的题目时才能看。",
                "practised and quick readers are fast as well; only where the plan has questions that record the time",
            ),
            Check::Burst => (
                "几个人同时在场、先记纸上再补录，也会这样。设备时钟可能不准。",
                "several people answering at once, or paper entered afterwards, look the same; the device's clock may be wrong",
            ),
            Check::Hour => (
                "有人只有晚上有空；设备时钟可能不准。",
                "some people are free at night only; the device's clock may be wrong",
            ),
            Check::NearDuplicate => (
                "题目少、选项少、人多、看法相近时，诚实的答卷也会高度相同（Simmons 等 2016 年用真实调查说明了这一点）；只能提示去核实，不能证明造假。",
                "with few questions, few options, many records and people of one mind, honest records match as well (Simmons et al. 2016 showed it on real surveys): a reason to ask, no proof",
            ),
            Check::Interviewer => (
                "各人走访的地方和人不同，结果本来就会不同；没有随机分配调查对象，就不能归因于调查员。",
                "interviewers work in different places with different people: without random assignment a difference is not theirs",
            ),
            Check::Correlation => (
                "地区差别也算在里面；调查员不多时，区间很宽。",
                "differences between places are in it; with few interviewers the interval is wide",
            ),
            Check::UniformUnit => (
                "做得特别好的单位、评价的人少，都会这样。也可能是打过招呼。",
                "very good units and few raters give this; so do raters who were told what to say",
            ),
            Check::NeatQuotas => (
                "按配额收满就停，本来就恰好完成；只有不应控制数量时才可疑。",
                "who stops when a quota is full meets it exactly: odd only where nobody was to steer the numbers",
            ),
            Check::EqualShares => {
                ("平均分派任务时，份数本来就相同。", "where work is handed out in equal parts, the numbers are equal")
            }
        };
        Words { zh, en }
    }

    /// The threshold in force, as the settings have it.
    pub fn threshold(self, settings: &Settings) -> f64 {
        match self {
            Check::SameGrades => settings.same_share,
            Check::LongestRun => f64::from(settings.longest_run),
            Check::Variability => settings.variability,
            Check::Unanswered => settings.unanswered,
            Check::DontKnow => settings.dont_know,
            Check::Speed => settings.speed,
            Check::Burst => f64::from(settings.burst_records),
            Check::Hour => f64::from(settings.hours.1),
            Check::NearDuplicate => settings.matched,
            Check::Interviewer => settings.significance,
            Check::Correlation => settings.correlation,
            Check::UniformUnit => settings.uniform,
            Check::NeatQuotas => settings.neat,
            Check::EqualShares => 1.0,
        }
    }

    /// What the value of a flag is.
    pub fn value(self) -> Words {
        let (zh, en) = match self {
            Check::SameGrades => ("同一等级的比例", "share of one grade"),
            Check::LongestRun => ("连续个数", "length of the run"),
            Check::Variability => ("标准差（等级位次）", "standard deviation of places"),
            Check::Unanswered => ("漏答拒答比例", "share unanswered"),
            Check::DontKnow => ("“不了解”比例", "share of don't know"),
            Check::Speed => ("用时与中位数之比", "time over median"),
            Check::Burst => ("短时间内的份数", "records in that time"),
            Check::Hour => ("完成时刻", "hour of closing"),
            Check::NearDuplicate => ("相同答案的比例", "share of equal answers"),
            Check::Interviewer => ("校正后的 p", "corrected p"),
            Check::Correlation => ("组内相关系数", "intraclass correlation"),
            Check::UniformUnit => ("同一等级的最大比例", "largest share of one grade"),
            Check::NeatQuotas => ("恰好完成的比例", "share met exactly"),
            Check::EqualShares => ("每人份数", "records of each"),
        };
        Words { zh, en }
    }
}

impl Absent {
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Absent::NoLists => ("没有足够长的评价题组", "no list has enough grades"),
            Absent::NothingAsked => ("没有一定问过的题目", "no question is known to have been asked"),
            Absent::NoTimes => (
                "答卷不含时间（匿名方案都不含）；方案里有记录时间的题目时，请在门槛中指明（--start、--end、--seconds）",
                "records hold no times (those of anonymous plans never do); where the plan has questions that record them, name them among the thresholds (--start, --end, --seconds)",
            ),
            Absent::NoHolders => ("没有来自调查员设备的答卷", "no record came from a canvasser's device"),
            Absent::FewHolders => ("答卷足够的调查员不到两人", "fewer than two interviewers have enough records"),
            Absent::FewQuestions => ("可比较的题目太少", "too few questions to compare"),
            Absent::FewRecords => ("可比较的答卷不到两份", "fewer than two records to compare"),
            Absent::FewRaters => ("没有单位有足够的评价", "no unit has enough grades"),
            Absent::NoTargets => ("方案里没有足够的配额目标", "the plan has too few targets"),
        };
        Words { zh, en }
    }
}

impl Measure {
    pub fn code(self) -> &'static str {
        match self {
            Measure::Grade => "grade",
            Measure::Same => "same_grades",
            Measure::DontKnow => "dont_know",
            Measure::Unanswered => "unanswered",
            Measure::Match => "match",
            Measure::Pace => "pace",
        }
    }

    pub fn name(self) -> Words {
        let (zh, en) = match self {
            Measure::Grade => ("平均评价（%）", "mean grade (%)"),
            Measure::Same => ("同一等级的比例", "share of one grade"),
            Measure::DontKnow => ("“不了解”比例", "share of don't know"),
            Measure::Unanswered => ("漏答拒答比例", "share unanswered"),
            Measure::Match => ("与他卷最高相同比例", "highest match"),
            Measure::Pace => ("每答用时（秒）", "seconds per answer"),
        };
        Words { zh, en }
    }
}
