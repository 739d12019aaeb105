//! What the parts of a plan are called for people: in the editor, and where two plans are compared.

use crate::language::Words;

macro_rules! names {
    ($($name:literal $zh:literal $en:literal;)*) => {
        /// A member of a plan in plain words.
        pub fn member(name: &str) -> Option<Words> {
            match name { $($name => Some(Words::pair($zh, $en)),)* _ => None }
        }
    };
}

names! {
    "accuracy" "定位精度（米）" "accuracy in metres";
    "anonymous" "匿名" "anonymous";
    "appearance" "样式" "how it is shown";
    "asker" "测评单位（谁来问）" "who asks";
    "calculation" "计算公式" "calculation";
    "cells" "格" "cell";
    "choice_filter" "选项筛选" "filter of choices";
    "choice_lists" "选项表" "list of choices";
    "choices" "选项" "choices";
    "closes" "结束日期" "last day";
    "columns" "附加列" "columns";
    "constraint" "对答案的要求" "what an answer must be";
    "constraint_message" "不合要求时的提示" "message about a wrong answer";
    "default" "预填的值" "value to begin with";
    "end" "最大值" "greatest number";
    "ending" "结束语" "last words";
    "ends" "提前结束" "early end";
    "exclusive" "与其他选项互斥" "excludes all others";
    "figures" "评分或数据" "figure";
    "format" "格式版本" "format";
    "from" "自" "from";
    "from_day" "起始日" "from day";
    "full" "算 100 分的数" "worth 100 points";
    "grades" "档次" "grade";
    "group" "类别" "class";
    "hint" "提示" "hint";
    "id" "编号" "id";
    "image" "图片" "picture";
    "indicator" "指标" "indicator";
    "indicators" "指标" "indicator";
    "item" "题目" "question";
    "items" "题目" "question";
    "keys" "公开密钥" "public keys";
    "label" "文字" "words";
    "languages" "语言" "languages";
    "links" "可用链接" "links";
    "max_length" "最多字数" "most characters";
    "max_pixels" "照片最大像素" "most pixels";
    "max_seconds" "录音最长秒数" "longest recording";
    "media" "图片" "picture";
    "message" "说明" "message";
    "missing" "不计分的回答" "answer that is no grade";
    "mode" "调查方式" "mode";
    "modes" "调查方式" "modes";
    "name" "编号" "name";
    "notice" "告知（隐私说明）" "notice of privacy";
    "of" "除以" "divided by";
    "opening" "开场白" "opening words";
    "opens" "开始日期" "first day";
    "order" "顺序" "order";
    "other" "“其他”选项" "choice “other”";
    "outcome" "结果" "outcome";
    "owner" "负责" "owner";
    "parts" "综合得分的组成" "part of the combined score";
    "persuasion" "对方犹豫时" "words for who hesitates";
    "points" "分值" "points";
    "population" "人数" "people";
    "privacy" "隐私承诺" "privacy";
    "produces" "形成文件" "leaves";
    "purpose" "目的（为什么问）" "why it is asked";
    "questionnaire" "问卷" "questionnaire";
    "questionnaires" "问卷" "questionnaire";
    "quotas" "配额" "quota";
    "rater_group" "答题群体" "rater group";
    "rater_groups" "答题群体" "rater group";
    "read_only" "只读" "read only";
    "receivers" "接收端" "receiver";
    "relative_to" "相对于" "relative to";
    "relevant" "出现的条件" "asked when";
    "repeat_count" "循环次数" "number of repeats";
    "required" "必答" "required";
    "residents" "居民自填也计入" "residents too";
    "retention_days" "设备保留天数" "days kept on devices";
    "right" "正确答案" "right answer";
    "rounds" "轮次" "round";
    "satisfied" "计为满意" "counts as satisfied";
    "scale" "量表" "scale";
    "scales" "量表" "scale";
    "score" "得分" "score";
    "right_answers" "加密的正确答案" "sealed right answers";
    "seal" "加密" "sealed";
    "seal_right_answers" "正确答案加密" "right answers sealed";
    "seed" "随机种子" "seed";
    "smallest" "不公布的最少个数" "smallest published number";
    "smallest_cell" "不公布的最小人数" "smallest published cell";
    "start" "最小值" "least number";
    "step" "每步" "step";
    "strata" "抽样层" "stratum";
    "stratum" "抽样层" "stratum";
    "subset" "每人评几个对象" "units per person";
    "target" "目标份数" "target";
    "telephone" "电话话术" "telephone script";
    "title" "标题" "title";
    "to_day" "截止日" "to day";
    "trigger" "触发题目" "trigger";
    "trimmed" "去掉最高最低分" "highest and lowest left out";
    "type" "题型" "kind of question";
    "unit" "测评对象" "unit";
    "unit_groups" "对象类别" "class of units";
    "units" "测评对象" "unit";
    "version" "版本" "version";
    "voicemail" "留言" "words for an answering machine";
    "weight" "权重" "weight";
    "when" "条件" "condition";
    "when_full" "满额之后" "when it is full";
    "work_steps" "工作步骤" "work step";
    "zero" "算 0 分的数" "worth 0 points";
}

macro_rules! kinds {
    ($($name:literal $zh:literal $en:literal;)*) => {
        /// Kinds of questions in the order in which they are offered, the usual ones first.
        pub const KINDS: &[(&str, Words)] = &[$(($name, Words::pair($zh, $en)),)*];
    };
}

kinds! {
    "grade_matrix" "一次评多个对象、多项指标" "Rate several units on several indicators";
    "grade" "评一个对象的一项指标" "Rate one unit on one indicator";
    "select_one" "单选" "Choose one";
    "select_multiple" "多选" "Choose any number";
    "text" "写文字" "Write words";
    "integer" "填整数" "A whole number";
    "decimal" "填小数" "A number with decimals";
    "range" "滑块或星级" "Slider or stars";
    "rank" "排序" "Put in order";
    "date" "日期" "A day";
    "time" "时间" "A time of day";
    "datetime" "日期和时间" "Day and time";
    "acknowledge" "勾选同意" "Tick to agree";
    "note" "只读的说明" "Words to read, no answer";
    "group" "一组题目（一节）" "A section of questions";
    "repeat" "循环的一组题目（如每位家庭成员）" "Questions asked again for each (such as each member of a household)";
    "image" "照片或手绘" "Photo or drawing";
    "audio" "录音" "Recording";
    "barcode" "条码或二维码" "Barcode or QR code";
    "geopoint" "位置" "A place on the map";
    "calculate" "自动计算（不显示）" "Worked out, not shown";
    "hidden" "固定值（不显示）" "A fixed value, not shown";
}

/// A kind of question in plain words.
pub fn kind(name: &str) -> Option<Words> {
    KINDS.iter().find(|(known, _)| *known == name).map(|(_, words)| *words)
}
