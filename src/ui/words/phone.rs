//! The telephone desk: the calls of the day, the script, answers by keys.

crate::words! {
    TITLE = "电话访问台", "Telephone desk";
    TO_DESK = "打开电话访问台", "Open the telephone desk";
    BACK_LIST = "回到名单", "Back to the list";
    NO_MODE = "这份方案没有电话访问", "This evaluation is not asked by telephone";
    NO_MODE_TEXT = "方案的调查方式里没有“电话”。请从名单里一户一户地访问。", "Its ways of asking do not include the telephone. Work through the list of the day instead.";
    EMPTY = "没有可以拨打的号码", "There is no number to call";
    EMPTY_TEXT = "本机的名单里没有电话号码。名单由办公室分派，电话写在 phone 一列。", "The lists on this device hold no telephone numbers. The office hands lists out; numbers stand in the column phone.";
    STANDING = "现在可拨 {0} 户 · 以后再拨 {1} 户 · 已结束或次数用完 {2} 户", "To call now: {0} · later: {1} · ended or used up: {2}";
    UNASKED = "不用电话访问 {0} 户", "not asked by telephone: {0}";
    ALL_DONE = "全部打完了", "Every number is done";
    ALL_DONE_TEXT = "没有还要拨打的号码。请回到名单交出接触记录。", "Nothing is left to call. Go back to the list and hand over the contacts.";
    WAIT = "现在没有要拨的", "Nothing to call right now";
    WAIT_TEXT = "下一个在 {0}。到时间会自动出现。", "The next one is due at {0}. It comes up by itself.";
    ALL_TAKEN = "可拨的号码现在都由别人在打", "Others are calling all that could be called now";
    LATER = "以后再拨", "To call later";
    FROM = "{0} 起", "from {0}";
    APPOINTED = "约好 {0}", "agreed: {0}";
    MORE = "还有 {0} 户", "and {0} more";

    // Why it is this case's turn
    T_OPEN = "访问还没完", "interview not finished";
    T_DUE = "到约定时间", "due now";
    T_NEVER = "还没打过", "never called";
    T_OTHER_TIME = "换个时段再打", "again, at another time of day";
    T_OTHER_DAY = "改天再打", "again, on another day";

    // The case
    DIAL = "拨打 {0}", "Call {0}";
    DOUBTFUL = "号码写法有疑问，请看清后照着拨", "Read this one closely and dial it by hand: it may be more than a number";
    BY_HAND = "点号码由本机拨出，或用座机照着拨。", "Press the number to call from this device, or dial it by hand.";
    TRIED_OF = "第 {0} 次（最多 {1} 次）", "call {0} of at most {1}";
    TRIED = "第 {0} 次", "call {0}";
    LAST = "上次：{0}，{1}", "last: {0}, {1}";

    // Claims
    ASKING = "正在查看有没有别人在打…", "Finding out whether somebody else is calling…";
    YOURS = "这一户由您在打，别人不会拨到", "This case is yours now: nobody else is given it";
    OFFLINE = "没有联网：别人也可能在打这一户", "No network: others may be calling this case too";
    UNKEPT = "接收端不分配号码：别人也可能在打这一户", "The receiver keeps no claims: others may be calling this case too";
    NOT_ENROLLED = "本机不在接收端的名册上：别人也可能在打这一户", "This device is not on the receiver's roster: others may be calling this case too";
    ALSO = "别的设备也占着这一户", "Another device has claimed this case too";
    TAKEN = "{0}：别人正在打，已跳过", "{0}: somebody else is calling, so it was skipped";

    // The script
    SCRIPT = "话术", "What to say";
    OPENING = "接通后说", "When somebody answers";
    PERSUASION = "对方犹豫时", "If they hesitate";
    VOICEMAIL = "留言时说", "On an answering machine";
    ENDING = "结束时说", "To end with";
    OPENING_MADE = "您好！我代表{0}给您打电话，是关于“{1}”。{2}", "Hello. I am calling for {0}, about “{1}”. {2}";

    // What happens
    ACTIONS = "怎么样了？", "What happened?";
    START = "接通了：开始访问", "Answered: start the interview";
    RESUME = "继续访问", "Go on with the interview";
    CHOOSE_FIRST = "先选出受访人，再开始访问。", "Choose who is asked before the interview.";
    OUTCOMES = "没访成：按键记下，自动转到下一个", "No interview: a key writes it down, and the next call comes";
    RARE = "其他结果", "Other outcomes";
    NEXT = "先不打，下一个", "Not now: next call";
    WRITTEN = "{0}：{1}，已记下", "{0}: {1}. Written down";
    END_FIRST = "{0}：访问还开着。请先继续访问再交卷，或到测评页面放弃这份访问并写明原因", "{0}: its interview is open. Go on with it and finish it, or discard it on the evaluation's page and say why";
    UNDO = "撤回", "Undo";
    UNDONE = "{0}：已撤回，请重新记", "{0}: taken back. Say again what happened";
    GONE = "这一户的访问已不在本机：请按键记下怎样结束的。", "The interview of this case is not here any more: say with a key how it ended.";

    // Appointments
    APPOINT = "约时间", "Agree a time";
    APPOINT_TITLE = "约好再打的时间", "When to call again";
    APPOINT_AT = "日期和时间", "Day and time";
    APPOINT_BAD = "请填以后的日期和时间", "Enter a day and time that is still to come";
    WITH = "和谁约的", "With whom";
    WITH_PERSON = "和本人：现在不方便", "With the person, for whom it is not possible now";
    WITH_OTHER = "和别人：本人不在", "With somebody else: the person is away";
    NOTE = "备注（只留在本机）", "Note (stays on this device)";
    APPOINT_SAVE = "记下约定", "Write down";

    // Keys
    KEYS = "按键作答", "Answer by keys";
    KEYS_HINT = "选项旁的数字键直接作答，回车到下一题，减号“拒答”，加号“不知道”。", "The digit beside a choice gives it, Enter goes on, minus is “refused”, plus is “don't know”.";
    KEYS_CELL = "一格里不能单独记“拒答”：会抹掉整张表。可用加号选“不了解”一类的答案，或按回车留空", "One cell cannot be refused by itself: that would take the whole table. Plus gives the answer that is no grade, such as “don't know”; Enter leaves it open";
    KEYS_CELL_ALONE = "一格里不能单独记“拒答”：会抹掉整张表。可按回车留空", "One cell cannot be refused by itself: that would take the whole table. Enter leaves it open";
    KEYS_NO_MISSING = "这里没有“不了解”一类的答案：可按回车留空", "No answer here is without a grade, such as “don't know”: Enter leaves it open";
    KEYS_BESIDE = "先把光标移到要答的一格，再按键", "Move to the cell that is to be answered, then press the key";
    KEYS_DESK = "按旁边的键即可，不用鼠标。", "Press the key beside it; no mouse is needed.";
    NEXT_CALL = "下一个电话", "Next call";

    // The editor
    S_HINT = "电话访问员照着读的话。可以写 ${title}（测评名称）、${asker}（测评单位）、${purpose}（目的）、${notice}（隐私说明）、${round}（轮次）、${place}（地点）、${group}（群体）。",
        "What callers read out. ${title}, ${asker}, ${purpose}, ${notice}, ${round}, ${place} and ${group} stand for the plan's own texts.";
    S_ADD = "写话术", "Write a script";
    S_DROP = "不要话术", "Take the script out";
    S_OPENING = "开场白（不写则由测评单位、名称、目的和隐私说明组成）", "Opening (left out: who asks, what it is called, why, and the notice)";
    S_PERSUASION = "对方犹豫或想拒绝时", "For those who hesitate or refuse";
    S_VOICEMAIL = "给留言信箱", "For an answering machine";
    S_ENDING = "结束语", "Last words";
}
