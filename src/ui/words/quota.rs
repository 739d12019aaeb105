//! Quotas: on the canvasser's start screen, in interviews, and on the office's page.

crate::words! {
    // On the device
    TITLE = "配额", "Quotas";
    TITLE_HINT = "完成 / 目标。只计完整的答卷。", "Done of wanted. Only complete interviews count.";
    OF = "{0} / {1}", "{0} of {1}";
    OWN = "本机 {0}", "this device: {0}";
    ONLY_OWN = "只知道本机", "only this device is known";
    FULL = "已满", "full";
    FULL_OUT = "已满，不再访问", "full: nobody more is asked";
    OTHERS = "其他各格（{0}）", "Other cells ({0})";
    TOLD_AT = "办公室的进度截至 {0}；此后本机完成的已加上。", "The office counted at {0}; what this device has done since is added.";
    TOLD_NEVER = "还没有办公室的进度：下面只是本机完成的。", "Nothing is known from the office yet: these are this device's own.";
    FEWER = "办公室不公布小于 {0} 的数。", "The office tells no number below {0}.";
    UNREADABLE = "本机的配额计数读不出来，没有算在内。访问照常，答卷不受影响。",
        "This device's own counts cannot be read and are not in these numbers. Interviews work as usual, and no record is touched.";
    HEAR = "查询最新进度", "Fetch the newest";
    OPEN_FILE = "打开进度文件", "Open a file";
    HEARD = "已更新", "Updated";
    HEARD_SAME = "已经是最新的", "Nothing newer";
    HEARD_NOTHING = "现在没有网络，或网站没有回答", "No network, or the site does not answer";
    HEARD_NONE = "办公室还没有公布进度", "The office has put no standing beside the plan yet";
    HEARD_BAD = "不是本方案办公室签名的进度，没有采用", "Not a standing of this evaluation that its office signed: it was not used";
    HEARD_OTHER = "是另一份方案或另一版方案的进度，没有采用", "A standing of another evaluation or version: it was not used";
    HEARD_UNSAVED = "没有存下来", "It could not be kept";
    HEARD_NO_TEXT = "文件读不出来", "The file cannot be read";
    WARN_TITLE = "配额已满：{0}", "Full: {0}";
    WARN_TEXT = "目标份数已够。如有需要仍可访问。", "As many as wanted have answered. You may go on if there is a reason.";
    STOP_TEXT = "目标份数已够，不再访问这样的人。请换一个对象或地点。", "As many as wanted have answered. Please ask someone else, or somewhere else.";
    LATER_TEXT = "谁属于这一格，要问了才知道：属于的会在访问中致谢并结束。", "Whoever turns out to belong here is thanked, and the interview ends.";
    LATER_WARN = "谁属于这一格，要问了才知道。", "Who belongs here turns out in the interview.";
    CANNOT = "配额已满，不能开始：{0}", "Full, so that it cannot start: {0}";
    NOT_LOADED = "配额这一部分没有装载好，请重新打开应用", "the part for quotas could not be loaded: open the app again";
    CROWDED = "这一类人的配额已满：{0}。仍可继续访问。", "Enough people like this have answered already: {0}. The interview may go on.";

    BETWEEN = "、", ", ";

    // The resident
    ENOUGH = "这些人的人数已够：{0}。如果您是，问卷会提前结束。", "Enough of these have answered: {0}. If you are one of them, the questionnaire ends early.";
    THANKS = "谢谢，人数已够", "Thank you, enough people have answered";

    // The office
    NAV = "配额", "Quotas";
    PAGE_TITLE = "配额进度", "Progress of the quotas";
    PAGE_TEXT = "每一格完成了多少。签名的进度放在方案旁边或作为文件带给设备，设备据此提示和筛选。",
        "How full each cell is. The signed standing goes beside the plan or to devices as a file: by it they say what is full, and screen out.";
    NO_QUOTAS = "这份方案没有配额", "This plan has no quotas";
    NO_QUOTAS_TEXT = "请在“编辑与预览 → 配额”里添加，或给群体、地点填目标份数。",
        "Add them under Edit and preview → Quotas, or give rater groups and strata a target.";
    ROUND = "轮次", "Round";
    SIGN = "签名并保存进度", "Sign and save the standing";
    SIGN_HINT = "保存后放到服务器的 {0}，设备联网时会自己取；也可以把文件带到设备上打开。小于 {1} 的数和已满之后的数不写进去。",
        "Put the file on the server as {0}: devices fetch it when they are online. Or carry it to them. It holds no number below {1}, and none above a target.";
    SIGNED = "已签名：{0}", "Signed: {0}";
    SAVE_CSV = "存为 CSV", "Save as CSV";
    SEALED = "还有 {0} 份答卷没有解开：先打开密钥。", "{0} records are still sealed: open the keys first.";
}
