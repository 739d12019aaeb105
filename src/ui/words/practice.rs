//! Practice: any plan, and nothing is kept.

crate::words! {
    GO = "练习", "Practise";
    MARK = "练习", "Practice";
    NOTE = "不保存、不封存、不计数、不上报", "Nothing is kept, sealed, counted or sent";
    LEAVE = "退出练习", "Leave practice";
    TITLE = "用这份方案练习", "Practise with this evaluation";
    TEXT = "问卷和真的一样。结束或离开以后，什么都不留下。", "The questionnaire is the real one. When you finish or leave, nothing of it stays.";
    START = "开始练习", "Start practising";
    OVER = "练习结束", "The practice is over";
    OVER_TEXT = "什么都没有保存，也没有封存或上报。", "Nothing was kept, sealed or sent.";
    AGAIN = "再练一次", "Practise again";
}
