//! Files for other programs.

crate::words! {
    TITLE = "导出给其他程序的文件，单页报告", "Files for other programs, and single pages";
    TEXT = "与 minping export 写出的文件相同，只含这一轮。文件存在这台电脑上，不发往任何地方。",
        "The same files that minping export writes, of this round only. They are saved on this computer and sent nowhere.";
    FORMAT = "格式", "Format";
    XLSX = "Excel、WPS 工作簿（.xlsx）", "Workbook for Excel, WPS, LibreOffice (.xlsx)";
    CSV = "CSV 表格和编码本（.zip）", "CSV tables with their codebook (.zip)";
    SAV = "SPSS 数据（.sav）", "SPSS data (.sav)";
    DDI = "DDI 元数据（.xml）", "DDI metadata (.xml)";
    PUBLISHED = "公布数据，可复算（.json）", "The published data, to be recomputed (.json)";
    TABLE = "哪张表", "Which table";
    RECORDS = "每份答卷一行", "A row for each record";
    GRADES = "每个评价一行", "A row for each grade";
    WITH = "还包括", "With";
    WITH_IDS = "答卷编号", "Ids of records";
    WITH_WORDS = "人们写的文字", "What people wrote";
    WITH_PLACES = "位置", "Places";
    WITH_ATTACHMENTS = "照片和录音的文件名", "Names of photos and recordings";
    PERSONS = "这个文件里是各人的答卷：只在办公室内使用，不公布。", "This file holds the records of single persons: for the office, not for publication.";
    SAVE = "保存文件", "Save the file";
    WRITING = "正在生成……", "Being written…";
    SAVED = "已生成并保存。", "Written and saved.";
    RENAMED = "改用 SPSS 可用的名称：{0}", "Named as SPSS takes it: {0}";
    CUT = "标签或文字过长，已截短：{0}", "Labels or texts were cut: {0}";
    FAILED = "没有生成，请再试一次。", "It was not written. Try again.";
    PARQUET = "Parquet（DuckDB、Spark、pandas）由命令行程序导出：", "Parquet (DuckDB, Spark, pandas) is written by the program:";
    PAGES = "单页报告", "Single pages";
    UNIT = "测评对象", "Unit";
    UNIT_PAGE = "保存这个对象的一页", "Save the page of this unit";
    PUBLIC_PAGE = "保存给公众的一页", "Save the page for the public";
}
