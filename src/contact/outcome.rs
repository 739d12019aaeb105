//! How an attempt can end. Codes and classes are those of AAPOR, *Standard Definitions: Final Dispositions of Case Codes and
//! Outcome Rates for Surveys*, for households in person and by telephone.

use crate::language::Words;
use crate::plan::Mode;
use crate::session::Disposition;

/// What AAPOR's formulas count apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// I: complete interview.
    Complete,
    /// P: partial interview.
    Partial,
    /// R: refusal and break-off.
    Refusal,
    /// NC: non-contact.
    NonContact,
    /// O: eligible, and not interviewed for another reason.
    Other,
    /// UH: not known whether there is a household.
    UnknownHousehold,
    /// UO: not known whether anybody there can be asked, or unknown otherwise.
    UnknownOther,
    /// NE: not eligible.
    NotEligible,
}

impl Class {
    pub const ALL: [Class; 8] = [
        Class::Complete,
        Class::Partial,
        Class::Refusal,
        Class::NonContact,
        Class::Other,
        Class::UnknownHousehold,
        Class::UnknownOther,
        Class::NotEligible,
    ];

    /// The letter of the formulas.
    pub fn letter(self) -> &'static str {
        ["I", "P", "R", "NC", "O", "UH", "UO", "NE"][self as usize]
    }

    /// How much it tells: of two outcomes of one case the greater stands. An interview before everything; then what was found
    /// out about who is there, a refusal before missing somebody later.
    pub(super) fn telling(self) -> u8 {
        [6, 5, 3, 1, 2, 0, 0, 4][self as usize]
    }

    pub fn words(self) -> Words {
        [
            Words::pair("完成", "complete"),
            Words::pair("部分完成", "partial"),
            Words::pair("拒访或中断", "refusal, break-off"),
            Words::pair("未接触到", "non-contact"),
            Words::pair("其他未访", "other"),
            Words::pair("不知是否住户", "unknown if household"),
            Words::pair("不知是否合格", "unknown, other"),
            Words::pair("不合格", "not eligible"),
        ][self as usize]
    }
}

/// One way in which an attempt ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// AAPOR's code, such as `2.24`.
    pub code: &'static str,
    pub class: Class,
    /// As the canvasser reads it.
    pub words: Words,
    /// Whether another attempt makes sense.
    pub again: bool,
    face: bool,
    phone: bool,
}

impl Outcome {
    pub fn fits(&self, mode: Mode) -> bool {
        match mode {
            Mode::Phone => self.phone,
            _ => self.face,
        }
    }
}

const BOTH: (bool, bool) = (true, true);
const FACE: (bool, bool) = (true, false);
const PHONE: (bool, bool) = (false, true);

const fn one(
    code: &'static str,
    class: Class,
    (face, phone): (bool, bool),
    again: bool,
    zh: &'static str,
    en: &'static str,
) -> Outcome {
    Outcome { code, class, words: Words::pair(zh, en), again, face, phone }
}

/// In the order in which they are offered.
pub const OUTCOMES: [Outcome; 30] = [
    one("1.1", Class::Complete, BOTH, false, "完成访问", "Interview complete"),
    one("1.2", Class::Partial, BOTH, false, "部分完成（答了一半以上）", "Partial interview (half or more)"),
    one("2.24", Class::NonContact, FACE, true, "有人住，但没人在家", "Nobody at home"),
    one("2.25", Class::NonContact, BOTH, true, "要访的人不在", "The person is away"),
    one("2.23", Class::NonContact, FACE, true, "进不了楼或院子", "No way into the building"),
    one("2.21", Class::NonContact, PHONE, true, "本人一直不方便接听", "The person is never available"),
    one("2.22", Class::NonContact, PHONE, true, "是本户的留言信箱", "Answering machine of the household"),
    one("2.11", Class::Refusal, BOTH, false, "拒绝受访", "Refused"),
    one("2.111", Class::Refusal, BOTH, false, "家人代为拒绝", "Refused by someone of the household"),
    one("2.12", Class::Refusal, BOTH, false, "中途停止（答了不到一半）", "Broken off (less than half)"),
    one("2.32", Class::Other, BOTH, false, "身体或精神状况不能受访", "Not able to be interviewed"),
    one("2.33", Class::Other, BOTH, false, "语言不通", "No common language"),
    one("2.31", Class::Other, BOTH, false, "本人已去世", "The person has died"),
    one("2.35", Class::Other, BOTH, true, "此时此地不便受访", "Not possible at this place or moment"),
    one("2.36", Class::Other, BOTH, true, "其他原因没访成", "Not interviewed for another reason"),
    one("3.13", Class::UnknownHousehold, PHONE, true, "没人接听", "No answer"),
    one("3.12", Class::UnknownHousehold, PHONE, true, "一直占线", "Always busy"),
    one("3.14", Class::UnknownHousehold, PHONE, true, "留言信箱，不知是不是住户", "Answering machine, unknown whose"),
    one("3.15", Class::UnknownHousehold, PHONE, true, "被来电拦截", "Calls are blocked"),
    one("3.16", Class::UnknownHousehold, PHONE, true, "线路故障", "Technical problem of the line"),
    one("3.17", Class::UnknownHousehold, FACE, true, "到不了或不安全", "Could not be reached, or unsafe"),
    one("3.18", Class::UnknownHousehold, FACE, true, "找不到这个地址", "Address not found"),
    one("3.11", Class::UnknownHousehold, BOTH, true, "还没有去", "Not attempted yet"),
    one("3.21", Class::UnknownOther, BOTH, true, "有人，但不知是否合格", "Somebody there, eligibility not found out"),
    one("3.9", Class::UnknownOther, BOTH, true, "情况不明", "Unknown"),
    one("4.1", Class::NotEligible, BOTH, false, "不在调查范围内", "Outside of the sample"),
    one("4.3", Class::NotEligible, PHONE, false, "空号或停机", "Number not in service"),
    one("4.5", Class::NotEligible, BOTH, false, "不是住户（店铺、单位）", "No residence (shop, office)"),
    one("4.6", Class::NotEligible, FACE, false, "空房", "Vacant"),
    one("4.7", Class::NotEligible, BOTH, false, "没有符合条件的人", "Nobody eligible there"),
];

/// AAPOR 4.8 comes of an interview alone, which a full quota ended.
const QUOTA: Outcome = one("4.8", Class::NotEligible, BOTH, false, "配额已满", "Quota filled");

/// What an interview with a record leaves. `answered` of `asked` questions; `by_quota`: it was a full quota that ended it.
pub fn interview_code(disposition: Disposition, answered: usize, asked: usize, by_quota: bool) -> &'static str {
    match disposition {
        Disposition::Complete => "1.1",
        Disposition::ScreenedOut if by_quota => "4.8",
        Disposition::ScreenedOut => "4.7",
        // AAPOR leaves the limit to the study; half of what applies is its example.
        Disposition::Partial if answered * 2 < asked => "2.12",
        Disposition::Partial => "1.2",
    }
}

/// By its code.
pub fn outcome(code: &str) -> Option<&'static Outcome> {
    static QUOTA_FILLED: Outcome = QUOTA;
    static ALL: [Outcome; 30] = OUTCOMES;
    ALL.iter().chain([&QUOTA_FILLED]).find(|known| known.code == code)
}

/// What a canvasser can say of an attempt in this mode: what comes of an interview alone is not among it, nor that there was no
/// attempt.
pub fn by_hand(mode: Mode) -> impl Iterator<Item = &'static Outcome> {
    static ALL: [Outcome; 30] = OUTCOMES;
    ALL.iter().filter(move |one| one.fits(mode) && !["1.1", "1.2", "2.12", "3.11"].contains(&one.code))
}
