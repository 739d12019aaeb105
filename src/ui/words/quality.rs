//! The office's page of quality. What the checks are called, their sources and limits are in the room `quality`.

crate::words! {
    NAV = "质量", "Quality";
    TITLE = "质量检查", "Quality";
    TEXT = "指出答卷中看起来不寻常的地方，供人核实；不剔除任何答卷，也不改变得分。",
        "What looks odd in the records, for people to look into. Nothing is excluded, and no score changes.";
    EMPTY = "还没有计入的答卷", "No record counts yet";
    EMPTY_TEXT = "打开批次和密钥之后，就可以检查。", "Open batches and keys; then the records can be checked.";
    CHECK = "开始检查", "Check the records";
    CHECK_AGAIN = "重新检查", "Check again";
    READING = "正在读取答卷……", "Reading the records…";
    COMPARING = "正在两两比较答卷：{0}%", "Comparing all pairs of records: {0} %";
    STOPPED = "检查已停止，没有改变任何东西。", "The check was stopped. Nothing was changed.";
    CHANGED = "检查期间批次有变化，请重新检查。", "The batches changed meanwhile. Check again.";
    STALE = "检查之后批次有变化，下面是以前的结果。", "The batches changed after this check: what is below is older.";
    DONE = "检查完成：答卷 {0} 份，有提示的 {1} 份。", "Checked: {0} records, {1} with a flag.";

    SETTINGS = "门槛", "Thresholds";
    SETTINGS_HINT = "每项的来源和局限见下表。改动后请重新检查。", "The table below gives the source and limits of each. Check again after a change.";
    MATCHED = "两份相同的答案达到（%）", "Equal answers of two records, from (%)";
    SAME = "同一等级达到（%）", "One grade in a list, from (%)";
    RUN = "连续同一等级达到（个）", "Run of one grade, from";
    UNANSWERED = "漏答拒答达到（%）", "Left unanswered, from (%)";
    DONT_KNOW = "“不了解”达到（%）", "\"Don't know\", from (%)";
    FEWEST = "每个调查员至少答卷（份）", "Fewest records of an interviewer";
    NONE = "（无）", "(none)";
    BEGAN = "开始时间的题目", "Item with the beginning";
    ENDED = "结束时间的题目", "Item with the end";
    WHO = "调查员的题目", "Item that names the interviewer";

    VIEW = "查看", "View";
    VIEW_SUMMARY = "各项检查", "All checks";
    VIEW_FLAGS = "逐条提示", "Every flag";
    VIEW_RECORDS = "每份答卷", "Every record";
    VIEW_INTERVIEWERS = "调查员比较", "Interviewers compared";
    VIEW_EFFECTS = "调查员之间的方差", "Variance between interviewers";
    VIEW_MATCHES = "最高相同比例的分布", "Highest matches";
    VIEW_PAIRS = "最相同的各对", "The closest pairs";
    VIEW_UNITS = "各单位", "Units";
    VIEW_QUOTAS = "配额", "Quotas";
    NOTHING = "没有可显示的。", "Nothing to show.";
    FIRST = "只显示前 {0} 行，共 {1} 行；CSV 文件里有全部。", "The first {0} of {1} rows; the CSV file has all.";

    AGAIN_TITLE = "回访样本", "Records to ask again";
    AGAIN_TEXT = "从每台设备（调查员）的答卷中随机抽取；种子相同，样本就相同。比较两次回答用 minping backcheck compare。",
        "Drawn at random from the records of each device or interviewer. The same seed gives the same sample. minping backcheck compare compares both answers.";
    AGAIN_SHARE = "抽取比例（%）", "Share (%)";
    AGAIN_SEED = "种子（整数）", "Seed (a whole number)";
    AGAIN_DRAW = "抽取并保存 CSV", "Draw and save as CSV";
    AGAIN_DRAWN = "已抽取 {0} 份，共 {1} 份。", "{0} of {1} records drawn.";
    AGAIN_ANONYMOUS = "方案承诺匿名：答卷里没有联系方式。只能回访另行同意并留下联系方式的人。",
        "The plan promises anonymity: records hold nothing by which to reach people. Ask again only those who agreed and left a way to reach them apart from the record.";
}
