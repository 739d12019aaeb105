//! Answering: controls, interview, the resident's screens.

crate::words! {
    COLON = "：", ": ";
    CLEAR = "清除", "Clear";
    CLOSE = "关闭", "Close";
    CANCEL = "返回继续填写", "Go on answering";
    REQUIRED = "必答", "required";
    FAULT_REQUIRED = "这一题还没有回答。", "Please answer this question.";
    FAULT_NO_ROW = "请至少评价一个单位。", "Please rate at least one unit.";
    FAULT_ROW = "“{0}”还没有评完：请评完各项，或者清除。", "“{0}” is not finished: rate it on everything, or clear it.";
    FAULT_CONSTRAINT = "这个答案不合要求，请修改。", "This answer is not accepted. Please change it.";
    REASON_REFUSED = "拒答", "Refused";
    REASON_DONT_KNOW = "不知道", "Does not know";
    REASON_LABEL = "没有答案的原因", "Why there is no answer";

    MATRIX_PROGRESS = "已评 {0} 个，共 {1} 个", "{0} of {1} rated";
    MATRIX_NEXT = "下一个未评", "Next open one";
    MATRIX_FIND = "查找单位", "Find a unit";
    MATRIX_SEARCH = "单位名称", "Name of the unit";
    MATRIX_NONE_FOUND = "没有这样的单位。", "There is no such unit.";
    MATRIX_ALL_DONE = "全部单位都已评完。", "All units are rated.";
    MATRIX_RULE = "至少评价一个单位；已经开始评的单位，请评完各项。",
        "Rate at least one unit; finish each unit that you begin.";
    MATRIX_UNKNOWN_HINT = "不了解的单位可以跳过，也可以勾选“不了解这个单位”。",
        "Units that you do not know can be left out, or ticked as not known.";
    MATRIX_UNKNOWN = "不了解这个单位", "I don't know this unit";
    MATRIX_UNIT = "单位", "Unit";
    MATRIX_INDICATOR = "项目", "Question";
    MATRIX_OPEN = "未评", "open";
    MATRIX_BEGUN = "没评完", "begun";
    MATRIX_DONE = "已评", "done";
    MATRIX_SUMMARY = "已评 {0} 个单位，共 {1} 个", "{0} of {1} units rated";
    MATRIX_SHOW = "逐个查看", "Show each";

    SECTION_OF = "第 {0} 部分，共 {1} 部分", "Part {0} of {1}";
    SECTION = "第 {0} 部分", "Part {0}";
    BACK = "上一步", "Back";
    NEXT = "下一步", "Next";
    TO_REVIEW = "检查答案", "Check answers";
    FAULTS = "还有 {0} 处需要处理：", "To put right: {0}";
    REVIEW = "检查答案", "Check your answers";
    REVIEW_TEXT = "请看一遍。需要修改时，点“修改”。", "Have a look. To change an answer, choose “Change”.";
    NO_ANSWER = "没有回答", "not answered";
    CHANGE = "修改", "Change";
    SEND = "提交", "Send";
    FINISH = "完成访问", "Finish";
    SEND_TITLE = "现在提交吗？", "Send now?";
    SEND_TEXT = "提交以后，答案会立即加密封存，不能再查看或修改。",
        "Once sent, the answers are sealed at once and cannot be seen or changed any more.";
    FINISH_TITLE = "现在完成吗？", "Finish now?";
    FINISH_TEXT = "完成以后，答案会立即封存，不能再查看或修改。",
        "Once finished, the answers are sealed at once and cannot be seen or changed any more.";
    SEND_PLAIN_TEXT = "提交以后不能再修改。这次测评的答案不加密，收到的人可以看到内容。",
        "Once sent, the answers cannot be changed. This evaluation does not seal answers: who receives them can read them.";
    BREAK_OFF = "中止访问", "Break off";
    BREAK_OFF_TITLE = "中止这次访问吗？", "Break this interview off?";
    BREAK_OFF_TEXT = "已经回答的部分会封存并上报，不能再继续填写。",
        "What was answered so far is sealed and handed over; the interview cannot be gone on with.";
    LEAVE = "暂停，稍后继续", "Pause, go on later";
    CLOSING = "正在封存……", "Sealing…";

    SAVING = "正在保存……", "Saving…";
    SAVED = "已保存在本机", "Saved on this device";
    SAVED_ONCE = "已保存在本机（一份）", "Saved on this device (one copy)";
    NOT_KEPT = "本页不保存答案：请一次填完并提交。", "This page keeps nothing: please finish and send in one go.";
    SAVE_FULL = "没有保存：本机存储已满。请清出一些空间；答案还在屏幕上，请不要关闭本页。",
        "Not saved: the device is full. Free some space; the answers are still on the screen, do not close this page.";
    SAVE_FAILED = "没有保存：本机存储出错。答案还在屏幕上，请不要关闭本页，可以直接提交。",
        "Not saved: the device's storage failed. The answers are still on the screen: do not close this page; you can send them.";
    LOCKED = "这份问卷正在另一个窗口中填写，这里只能查看。",
        "This questionnaire is open in another window; here it can only be looked at.";
    TAKE_OVER = "改在这里填写", "Go on here instead";
}
