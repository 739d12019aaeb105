//! The office's page of work steps.

crate::words! {
    NAV = "工作步骤", "Work steps";
    TITLE = "工作步骤", "Work steps";
    TEXT = "答卷以外要做的事：会议、培训、公告、反馈、整改。做完一项勾一项，勾选只保存在这台电脑上。",
        "What is to be done besides asking: meetings, training, notices, feedback, rectification. Tick what is done; ticks are kept on this computer only.";
    EMPTY = "这个方案没有工作步骤", "This plan has no work steps";
    EMPTY_TEXT = "步骤写在方案文件的 work_steps 里，发布后的方案不带步骤。请打开一次发布前的方案文件，步骤就会留在这台电脑上。",
        "Steps stand in the plan's file under work_steps, and a published plan holds none. Open the file as it was before publishing once, and its steps stay on this computer.";
    UNREADABLE = "保存的工作步骤读不出来。请重新打开发布前的方案文件。",
        "The work steps that were kept cannot be read. Open the plan's file as it was before publishing again.";
    NOW = "{0}：正在进行 {1} 项，过期未完成 {2} 项，已完成 {3} / {4} 项", "{0}: {1} due, {2} late, {3} of {4} done";
    ONLY_DUE = "只看正在进行和已过期限的", "Only what is due or past its last day";
    NONE_DUE = "现在没有要做的步骤", "Nothing is due now";
    LIST = "步骤", "Steps";
    DONE = "已完成 {0}", "Done {0}";
    DUE = "正在进行", "Due";
    LATE = "过期未完成", "Late";
    AHEAD = "未到", "Ahead";
    UNKNOWN = "轮次未定日期", "The round has no day yet";
    OWNER = "负责：{0}", "Owner: {0}";
    PRODUCES = "形成文件：{0}", "Leaves: {0}";
    PRINT = "打印", "Print";
    CALENDAR = "保存日历文件", "Save a calendar file";
    CALENDAR_HINT = "日历文件（.ics）可在日历程序中打开，每一步的第一天和最后一天会提醒。",
        "Calendar programs open the file (.ics) and remind of the first and the last day of each step.";
}
