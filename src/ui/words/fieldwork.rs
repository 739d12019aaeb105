//! How far a round is: the office's page.

crate::words! {
    NAV = "进度", "Progress";
    TITLE = "覆盖与进度", "Coverage and progress";
    TEXT = "谁交来了什么，还缺什么：按地点、人群、配额、方式、日期和设备，对照方案的目标。",
        "Who has handed over what, and what is missing: by stratum, rater group, quota, mode, day and device, against the plan's targets.";
    ROUND = "轮次", "Round";
    DAY = "日期按", "Days by";
    DAY_ARRIVED = "批次到达的那一天", "the day on which the batch arrived";
    DAY_ITEM = "题目 {0} 的回答", "the answer to {0}";
    SEALED = "还有 {0} 份答卷没有解开，不在下面的数里：先打开密钥。", "{0} records are still sealed and in none of these numbers: open the keys first.";
    NOTHING_YET = "本轮还没有入账的答卷。", "No record of this round counts yet.";
    NOTHING_LINK = "打开批次", "Open batches";
    COMPLETE = "完整答卷", "Complete records";
    TARGET = "目标", "Target";
    REACHED = "达到", "Reached";
    MISSING = "还差", "Missing";
    GAPS = "缺批次的设备：{0}。请向它要缺少的批次，或核对它的已交清单。", "Batches are missing of: {0}. Ask for them, or compare the device's list of what it sent.";
    SILENT = "在册而还没有交来的设备：{0}。", "Enrolled, and nothing handed over yet: {0}.";
    PLOT = "逐日进度", "Progress over days";
    PLOT_SHOW = "画出图", "Draw the plot";
    NO_DAYS = "没有一份答卷知道是哪一天，画不出逐日的图。", "Of no record the day is known, so that no days can be drawn.";
    NOTES = "这些数是什么", "What these numbers are";
    SAVE_CSV = "存为 CSV", "Save as CSV";
}
