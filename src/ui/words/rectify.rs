//! The office's page of rectification. What steps and states are called is in the rooms `rectification` and `report`.

crate::words! {
    NAV = "整改", "Rectification";
    TITLE = "整改台账", "Rectification ledger";
    TEXT = "每个问题都有责任单位、时限和结果。只增不改：写错的由后面的记录更正。",
        "Every finding gets a responsible unit, a deadline and an outcome. Entries are only added: what was wrong is corrected by a later one.";
    EMPTY = "台账里还没有事项", "No case yet";
    EMPTY_TEXT = "从得分或意见中选取，或者直接立案。", "Choose from scores or suggestions, or open a case by hand.";
    NONE_SHOWN = "没有符合条件的事项。", "No case fits these filters.";
    UNREADABLE = "本机保存的记录中有 {0} 条无法读取，已原样保留，没有使用。请保存下来，并向备份核对。",
        "{0} entries kept on this computer cannot be read. They are left as they are and not used. Save them, and compare with a backup.";
    UNREADABLE_SAVE = "保存无法读取的记录", "Save the unreadable entries";

    SHOW = "显示", "Show";
    SHOW_RUNNING = "未销号的", "Not closed";
    SHOW_OVERDUE = "逾期的", "Overdue";
    SHOW_SOON = "五个工作日内到期的", "Due within five working days";
    SHOW_ALL = "全部", "All";
    STATE = "状态", "State";
    ANY = "（不限）", "(any)";
    UNIT = "责任单位", "Unit";
    COUNTS = "共 {0} 项，已销号 {1} 项，逾期 {2} 项。", "{0} cases, {1} closed, {2} overdue.";
    UNCOVERED = "日历未涵盖此期间", "the calendar does not cover these days";
    NAME = "编号", "Name";
    FINDING = "问题", "Finding";
    NEXT = "下一步", "Next";
    OVERDUE = "逾期", "overdue";

    NEW = "立案", "Open a case";
    NEW_HAND = "直接立案", "Open a case by hand";
    FROM_SCORES = "从得分中提出", "From scores";
    FROM_SCORES_TEXT = "列出低于门槛的对象和指标，由您决定是否立案。人数少而不宜公布的不列出，因为事项要交给单位。",
        "Lists units and indicators below a threshold; you decide whether to open a case. What rests on too few answers to be published is not listed, since a case goes to the unit.";
    FROM_WORDS = "从意见中提出", "From suggestions";
    FROM_WORDS_TEXT = "姓名、号码已遮盖，规则会漏掉一些。立案前请改写，使人看不出是谁说的。",
        "Names and numbers are masked; the rules miss some. Reword before you open a case, so that nobody can tell who said it.";
    NO_RECORDS = "还没有计入的答卷；打开批次和密钥之后才能提出。", "No record counts yet. Open batches and keys first.";
    NO_WORDS = "这一轮没有人写下意见。", "Nobody wrote a suggestion in this round.";
    FIND = "查找", "Find";
    FIRST = "只显示前 {0} 条，共 {1} 条；可用查找缩小范围。", "The first {0} of {1}; search to see others.";
    ROUND = "轮次", "Round";
    MEASURE = "数值", "Number";
    EACH = "比较", "Compare";
    EACH_UNIT = "对象总体", "units as a whole";
    EACH_INDICATOR = "每项指标", "each indicator";
    BELOW = "低于", "Below";
    LOWEST = "同类最低的几个", "So many lowest of a class";
    BELOW_CLASS = "低于同类平均", "Below the mean of the class";
    LIST = "列出", "List";
    NO_THRESHOLD = "请至少给出一个门槛。", "Give at least one threshold.";
    FOUND = "提出 {0} 条。是否立案由您决定。", "{0} findings. You decide which become cases.";
    CLEAR = "区间全在门槛以下", "the whole interval is below";
    UNCLEAR = "区间含有门槛：差别可能只是抽样误差", "the interval holds the threshold: it may be chance";

    TITLE_FIELD = "问题（文字）", "The finding in words";
    EVALUATED = "测评对象", "What was evaluated";
    SOURCE = "来源", "Source";
    SUGGESTION = "意见（改写后）", "Suggestion, reworded";
    BY = "经办人（姓名或岗位）", "Who writes this (name or post)";
    DAY = "发生日期", "Day on which it happened";
    RESPONSIBLE = "责任单位", "Responsible unit";
    POST = "责任岗位", "Responsible post";
    ACTION = "整改措施", "Measure";
    DAYS = "工作日数", "Working days";
    DUE = "时限（最后一天）", "Deadline (last day)";
    DUE_HINT = "填工作日数就会算出日期；起算日当天不计。", "Fill in working days and the day follows; the first day does not count.";
    NOT_COVERED = "日历没有涵盖这些日子，节假日可能没有扣除：{0}", "The calendar does not cover these days; holidays may not be left out: {0}";
    REASON = "理由", "Reason";
    SAYS = "内容", "What it says";
    EVIDENCE = "添加佐证文件", "Add a file as evidence";
    EVIDENCE_HINT = "台账只记文件名和 SHA-256；文件请另行保存。", "The ledger keeps the file's name and SHA-256. Keep the file itself elsewhere.";
    TAKE_AWAY = "去掉", "Take away";
    WHOM = "回访对象", "Who was called";
    CONSENT = "征得同意的题目", "Item in which they agreed";
    CONSENT_HINT = "只回访在这道题里同意、并自愿留下联系方式的人。这里不记姓名和电话。",
        "Call only those who agreed in this item and left a way to reach them. Neither name nor number is written here.";
    OUTCOME = "回访结果", "Outcome";
    RESULT = "结论", "Finding";
    PASSED = "属实，通过", "found true";
    FAILED = "不属实，退回单位", "not found true, back to the unit";
    HOW = "结果", "How it ended";
    DECISION = "处理", "Decision";
    UPHELD = "申诉成立，销号", "upheld, the case is closed";
    REJECTED = "申诉不成立，继续整改", "rejected, the case goes on";
    SAVE = "记入台账", "Write it down";
    SAVED = "已记入台账，并保存在本机。", "Written down and kept on this computer.";
    NO_DAY = "请填写日期，如 2026-11-30。", "Fill in the day, such as 2026-11-30.";
    NO_DEADLINE = "请填写时限。", "Fill in the deadline.";

    BACK = "返回清单", "Back to the list";
    GONE = "台账里没有这个事项。", "The ledger has no such case.";
    HISTORY = "逐项记录", "Every entry";
    WHAT_NEXT = "下一步", "What is next";
    POST_NOW = "责任岗位", "Post";
    MEASURE_NOW = "措施", "Measure";
    CORRECT = "更正", "Correct";
    CORRECT_ENTRY = "更正记录 {0}", "Correct entry {0}";
    WITHDRAW = "撤销这条记录（写错了，不应有）", "Withdraw this entry (it should not be there)";
    WHY_CORRECT = "为什么更正", "Why it is corrected";

    DO_ASSIGN = "交办", "Assign a unit";
    DO_PLAN = "确定措施和时限", "Set measure and deadline";
    DO_EXTEND = "延期", "Extend the deadline";
    DO_REPLY = "登记单位反馈", "Write down the reply";
    DO_CALL = "登记回访", "Write down a call-back";
    DO_VERIFY = "核查", "Verify the reply";
    DO_CLOSE = "销号", "Close the case";
    DO_REOPEN = "重新整改", "Reopen the case";
    DO_APPEAL = "登记申诉", "Write down an appeal";
    DO_DECIDE = "处理申诉", "Decide the appeal";

    CLOSE_TITLE = "确定销号？", "Close this case?";
    CLOSE_TEXT = "销号后可以重新整改，但记录不能删除。", "It can be reopened later, but the entry cannot be removed.";
    CLOSE_DISPUTED = "最近一次回访的结果是不满意。", "The last call-back was not satisfied.";
    CLOSE_UNCALLED = "还没有回访。", "Nobody has been called back.";
    CLOSE_DO = "销号", "Close it";
    WITHDRAW_TITLE = "确定撤销这条记录？", "Withdraw this entry?";
    WITHDRAW_TEXT = "它会继续显示，但不再起作用。", "It stays to be read, but counts no more.";
    WITHDRAW_DO = "撤销", "Withdraw it";

    BEFORE_AFTER = "整改前后", "Before and after";
    BEFORE = "整改前", "Before";
    AFTER = "整改后", "After";
    CHANGE = "变化", "Change";
    CHANGE_HINT = "“未显示出变化”不等于没有变化。", "\"No change shown\" does not mean that there is none.";
    TESTED = "检验", "Test";
    P_HOLM = "p = {0}；与台账里其他事项一并检验 p = {1}（Holm）", "p = {0}; together with the other cases of the ledger p = {1} (Holm)";
    INTERVAL = "{0}（95% 区间 {1} 至 {2}）", "{0} (95 % interval {1} to {2})";

    FILES = "文件", "Files";
    SAVE_BOOK = "保存台账文件", "Save the ledger file";
    OPEN_BOOK = "并入台账文件", "Merge a ledger file";
    MERGED = "新增记录 {0} 条，原有 {1} 条。", "{0} entries added, {1} were here already.";
    SAVE_PAPER = "保存可打印的台账", "Save the printable ledger";
    CALENDAR = "工作日历", "Calendar of working days";
    CALENDAR_NOW = "现用：{0}", "In use: {0}";
    CALENDAR_OPEN = "载入日历文件", "Open a calendar file";
    CALENDAR_CLEAR = "改回周一至周五", "Back to Monday to Friday";
    CALENDAR_HINT = "放假和调休每年公布，请自行准备文件：JSON，或含 day、kind 两列的 CSV（格式见文档）。",
        "Holidays are announced every year: prepare the file yourself, JSON or CSV with the columns day and kind (see the documentation).";
    CALENDAR_TAKEN = "已载入：休息日 {0} 天，上班日 {1} 天。", "Opened: {0} days off, {1} days worked.";
    LOOK_AT = "需要处理", "To be looked at";
}

/// What a button says that begins a step of this kind.
pub fn action(kind: &str) -> crate::language::Words {
    match kind {
        "assigned" => DO_ASSIGN,
        "planned" => DO_PLAN,
        "extended" => DO_EXTEND,
        "replied" => DO_REPLY,
        "called_back" => DO_CALL,
        "verified" => DO_VERIFY,
        "closed" => DO_CLOSE,
        "reopened" => DO_REOPEN,
        "appealed" => DO_APPEAL,
        "decided" => DO_DECIDE,
        _ => NEW,
    }
}
