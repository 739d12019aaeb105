//! Numbers of earlier rounds that come as a table: on the page of results.

crate::words! {
    TITLE = "以前的轮次（表格导入）", "Earlier rounds from a table";
    TEXT = "去年的结果若只在纸上或电子表格里，可用 CSV 导入：轮次、测评对象、指标（综合指数则留空）、得分、标准误、人数、满意率。导入后在“与之前相比”和图里可选；没有标准误的只列差，不作检验。",
        "Results of last year that are on paper or in a spreadsheet come in as CSV: round, unit, indicator (empty for the index), score, se, n, rate. They then stand in the comparison and in the plots. Without a standard error a difference is shown and not tested.";
    OPEN = "打开 CSV 表格", "Open a CSV table";
    TEMPLATE = "保存待填的表格", "Save a table to fill in";
    ROUND_NAME = "轮次名称（表格没有“轮次”一栏时）", "Name of the round (where the table has no column for it)";
    TAKEN = "已导入 {0} 个数。", "{0} numbers were imported.";
    IGNORED = "没有读的栏：{0}", "Columns that were not read: {0}";
    REFUSED = "{0} 没有导入，原有的不变：", "{0} was not imported, and what was there is as it was:";
    UNREADABLE = "保存着的导入表格与现在的方案不合，没有用上：{0}", "The imported table that is kept does not fit this plan, and is not used: {0}";
    REMOVE = "去掉导入的轮次", "Remove the imported rounds";
    REMOVED = "导入的轮次已去掉。", "The imported rounds were removed.";
    UNDO = "撤销", "Undo";
    NONE = "还没有导入的轮次。", "No round is imported.";
}
