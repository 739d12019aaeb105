//! Contacts: the list of the day, attempts at a case, the office's page of rates.

crate::words! {
    // The list
    TITLE = "名单", "List of the day";
    TO_LIST = "打开名单", "Open the list";
    ON_PLAN = "还可以访 {0} 户，到约定时间的 {1} 户，已访到 {2} 户", "{0} to call on, {1} due now, {2} done";
    NO_LIST_HINT = "办公室给了名单（.minping-assignment 文件）？", "Has the office given you a list (a .minping-assignment file)?";
    EMPTY = "本机没有名单", "There is no list on this device";
    EMPTY_TEXT = "名单由办公室按设备分派，是一个 .minping-assignment 文件。它是个人信息，不随方案公布。",
        "The office makes a list for each device: a .minping-assignment file. It is personal data, and not published with the plan.";
    TAKE = "打开名单文件", "Open a list file";
    TAKEN = "名单已收下", "The list is here";
    TAKEN_SAME = "已经是最新的名单", "Nothing newer";
    TAKEN_NO_TEXT = "文件读不出来", "The file cannot be read";
    TAKEN_OTHER = "这是另一份方案的名单，没有收下", "A list of another evaluation: it was not taken in";
    TAKEN_DEVICE = "这是给设备 {0} 的名单；本机是 {1}。没有收下。", "A list for the device {0}; this one is {1}. It was not taken in.";
    TAKEN_BAD = "不是本方案办公室签名的名单，没有收下", "Not a list of this evaluation that its office signed: it was not taken in";
    TAKEN_UNSAVED = "没有存下来，请再试一次", "It could not be kept: please try again";
    TAKEN_KEY = "本机的密钥打不开，核对不了名单是不是给本机的", "This device's key cannot be used, so that nobody can tell whether the list is for it";
    ROUND = "轮次", "Round";
    UNREADABLE = "有 {0} 条记录读不出来：它们原样保留，没有算在内。", "Entries that cannot be read: {0}. They stay as they are, and are in no number.";
    SEARCH = "查找地址、编号、电话", "Find an address, a number, a telephone";
    FILTER = "显示", "Show";
    TO_DO = "待访", "To do";
    DUE = "到时间", "Due";
    LATER = "约好了", "Agreed";
    SPENT = "次数用完", "Used up";
    DONE = "已结束", "Done";
    ALL = "全部", "All";
    SORT = "顺序", "Order";
    AS_LISTED = "按名单", "As on the list";
    BY_APPOINTMENT = "约定时间在前", "Agreed moments first";
    BY_LABEL = "按地址", "By address";
    NEAREST = "近的在前", "Nearest first";
    NEAREST_WAIT = "正在确定位置…", "Finding out where this device is…";
    NEAREST_FAILED = "没有得到位置：请允许使用位置，或到室外再试", "The device does not know where it is: allow it to use its location, or try outside";
    NEAREST_NOTE = "位置只在本机用来排序，不保存、不上交。", "The position only sorts this list: it is neither kept nor handed over.";
    NOTHING_FITS = "没有符合的", "Nothing fits";
    ATTEMPTS = "已去 {0} 次", "attempts: {0}";
    ATTEMPTS_OF = "已去 {0} 次，最多 {1} 次", "attempts: {0} of at most {1}";
    ATTEMPTS_NO_LIMIT = "已去 {0} 次", "attempts: {0}";
    AGREED = "约定 {0}", "agreed: {0}";
    METRES = "{0} 米", "{0} m";
    KILOMETRES = "{0} 公里", "{0} km";
    INTERVIEWING = "访问中", "in an interview";
    OPEN = "待访", "to call on";
    LOCKED = "替补，未启用", "substitute, not in use";
    SUBSTITUTE = "替补（顶替 {0}）", "substitute for {0}";

    // Rates on the device
    RATES = "本机到现在", "This device so far";
    TRIED = "{0} 户中去过 {1} 户", "{1} of {0} cases tried";
    CONTACT_RATE = "接触率", "Contact rate";
    COOPERATION_RATE = "合作率", "Cooperation rate";
    RESPONSE_RATE = "应答率", "Response rate";
    RATES_NOTE = "只计去过的：接触率 CON1，合作率 COOP2，应答率 RR2（AAPOR）。全部名单的比率由办公室计算。",
        "Of the cases that were tried: CON1, COOP2 and RR2 of AAPOR. The office works out the rates of the whole list.";

    // One case
    BACK = "回到名单", "Back to the list";
    CASE_GONE = "名单上没有这一户", "This case is not on the list";
    ID = "编号", "Number";
    PHONE = "电话", "Telephone";
    CALL = "拨打", "Call";
    STRATUM = "地点", "Place";
    GROUP = "群体", "Group";
    COORDINATES = "坐标", "Coordinates";
    STATE = "状态", "State";
    LOCKED_TEXT = "这是 {0} 的替补。那一户没有访成（被拒、不合格或次数用完）以后才能用。",
        "This case stands in for {0}. It may be used once that one is lost: refused, not eligible, or without attempts left.";
    SPENT_TEXT = "最多 {0} 次，已经用完。不再去这一户。", "No attempts are left (at most {0}): this case is not called on again.";
    DONE_TEXT = "这一户已经结束。", "This case is done.";

    // The household
    HOUSEHOLD = "选出受访人", "Choose who is asked";
    KISH_HINT = "数一数户里符合条件的成年人，写下人数；按表（{0}）确定问谁，不由人挑。",
        "Count the adults who can be asked, and enter how many. Table {0} decides who is asked: nobody picks.";
    BIRTHDAY_HINT = "问户里最近刚过生日的成年人。也请写下有几位符合条件。",
        "Ask the adult whose birthday was last. Also enter how many could be asked.";
    ADULTS = "符合条件的人数", "How many can be asked";
    ADULTS_BAD = "请写 1 到 30 的人数", "Enter a number from 1 to 30";
    CHOOSE = "确定", "Decide";
    CHOSEN_KISH = "问第 {0} 位：先男后女，各按年龄从大到小排。", "Ask number {0}: men from the oldest to the youngest, then women likewise.";
    CHOSEN_BIRTHDAY = "问最近刚过生日的那一位（共 {0} 位）。", "Ask the one of {0} whose birthday was last.";
    CHOOSE_AGAIN = "人数写错了，重来", "The number was wrong: again";
    CHOOSE_FIRST = "先选出受访人，再开始访问。", "Choose who is asked before the interview.";

    // An interview and an attempt
    INTERVIEW = "访问", "Interview";
    RESUME = "继续访问", "Go on with the interview";
    GONE_TEXT = "这一户的访问已不在本机（在别处结束或丢弃了）。请在下面写明结果。",
        "The interview of this case is not here any more: it was ended elsewhere. Please write down below how it ended.";
    ATTEMPT = "没访成？写下结果", "No interview? Write down what happened";
    OUTCOME = "结果", "What happened";
    CALL_BACK = "约好再来的时间（可不填）", "Agreed moment to come or call again (if any)";
    NOTE = "备注（只留在本机）", "Note (stays on this device)";
    SAVE = "记下", "Write down";
    SAVED = "已记下", "Written down";
    NEEDS_OUTCOME = "先选结果", "First choose what happened";
    UNSAVED = "没有存下来，请再试一次：{0}", "It could not be kept. Please try again: {0}";
    HISTORY = "已有的记录", "What happened so far";
    NONE_YET = "还没有去过", "Not tried yet";
    MISTAKE = "记错了", "It was a mistake";
    MISTAKE_TITLE = "撤回这条记录？", "Withdraw this entry?";
    MISTAKE_TEXT = "它不再算数；记录本身不会被删掉。", "It no longer counts. The entry itself is not deleted.";
    WITHDRAW = "撤回", "Withdraw";
    WITHDRAWN = "已撤回", "Withdrawn";

    NOT_LOADED = "名单这一部分没有装载好，请重新打开应用", "the part for lists could not be loaded: open the app again";

    // To the office
    HAND = "接触记录", "Contacts for the office";
    HAND_TEXT = "每一户的结果和每天的次数，加密给办公室。哪一户在哪一天访到，不在里面；备注和时间也不在。",
        "What became of each case, and how many attempts each day: sealed for the office. On which day a case was interviewed is not in it, nor are notes and times.";
    HAND_OVER = "交出接触记录", "Hand over the contacts";
    HANDING = "正在处理…", "One moment…";
    NEVER = "还没有交过", "Nothing was handed over yet";
    NUMBER = "第 {0} 份，含 {1} 次接触", "Number {0}, attempts in it: {1}";
    WAITING = "等待送出", "waiting to be sent";
    WAITING_FILE = "请存为文件带走", "to be carried as a file";
    RECEIVED = "办公室已收到", "received";
    EXPORTED = "已作为文件带走", "carried as a file";
    REFUSED = "接收端不收", "refused by the receiver";
    CHANGED = "此后又有变动，请再交一次", "More was written down since: hand over again";
    VERSION_GONE = "它是用方案的另一个版本交的，本机已没有那个版本，送不出去：请存为文件带走，或者再交一次",
        "It was made with a version of the plan that is no longer here, so it cannot be sent: carry it as a file, or hand over again";
    SAVE_FILE = "存为文件", "Save as a file";
    SHARE = "分享", "Share";
    CONFIRM = "文件已在办公室", "The office has the file";
    NOT_SENT = "没有送到接收端；联网后会自动再送，也可以存为文件带走", "it did not reach the receiver: it is sent again once there is a network, or carry it as a file";
    SEND_NOW = "现在发送", "Send now";
    HAND_FAILED = "没有交出：{0}", "It was not handed over: {0}";
    NO_KEYS = "方案没有办公室的密钥", "the plan has no keys of the office";
    REMOVE = "从本机删除名单", "Remove the list from this device";
    REMOVE_TEXT = "名单（地址、电话）和备注会从本机删除，不能恢复；各编号的结果留下，以后交出的接触记录才完整。只在本轮工作结束、办公室已收到最新的接触记录以后删除。",
        "The list with its addresses and telephone numbers is deleted from this device for good, and so are the notes. What became of each number stays, so that a later log is whole. Do this when the work on this round is over and the office has the newest contacts.";
    REMOVE_OPEN = "有访问还没有结束：先完成或丢弃，再删除名单。", "An interview is still open: finish or discard it first, then remove the list.";
    REMOVE_NOT_YET = "先交出接触记录：办公室收到以后才能删除。", "Hand over the contacts first: the list can be removed once the office has them.";
    REMOVED = "名单已删除", "The list was removed";

    // The office
    NAV = "接触", "Contacts";
    PAGE_TITLE = "名单与应答率", "Lists and response rates";
    PAGE_TEXT = "把地址、住户或电话分派给设备；打开设备交回的接触记录，看各类结果、接触率、合作率、拒访率和应答率。",
        "Hand addresses, households or telephone numbers to devices; open their contact logs to see how cases stand, and contact, cooperation, refusal and response rates.";
    ASSIGN = "分派名单", "Hand out lists";
    ASSIGN_HINT = "CSV 表，每行一户。列：id、label、device，可加 stratum、group、phone、lat、lon、substitute_for。名单是个人信息：已签名、没有加密，请只交给本人。",
        "A CSV table with a row for each case: id, label, device, and where needed stratum, group, phone, lat, lon, substitute_for. The lists are personal data: signed, not sealed. Hand each to its device only.";
    ATTEMPTS_MOST = "每户最多次数（0：不限）", "Most attempts at a case (0: no limit)";
    ATTEMPTS_BAD = "“每户最多次数”应为 0 到 1000 的整数，没有做成名单", "The most attempts at a case are a whole number from 0 to 1000: no list was made";
    SELECTION = "户内选人", "Who is asked in a household";
    SELECTION_NONE = "不选", "Nobody is chosen";
    SELECTION_KISH = "Kish 表", "Tables of Kish";
    SELECTION_BIRTHDAY = "最近生日", "Last birthday";
    OPEN_TABLE = "打开表格", "Open the table";
    NO_ROSTER = "需要设备名册", "The roster is needed";
    NO_ROSTER_TEXT = "名单按设备分派，接触记录按名册核对。", "Lists go to devices, and contact logs are checked against the roster.";
    ROSTER_GO = "去名册", "To the roster";
    MADE = "{0}：{1} 户", "{0} · cases: {1}";
    MADE_ALL = "已签名并保存 {0} 份名单", "Lists signed and saved: {0}";
    LOGS = "接触记录", "Contact logs";
    OPEN_LOGS = "打开接触记录", "Open contact logs";
    OPEN_FOLDER = "打开文件夹", "Open a folder";
    NO_LOGS = "还没有打开接触记录（.minping-contacts）", "No contact logs (.minping-contacts) are open yet";
    OPENED = "打开 {0} 份", "{0} opened";
    NOT_OPENED = "{0}：{1}", "{0}: {1}";
    LOG_BAD = "不是本方案的接触记录，或被改过", "not a contact log of this plan, or changed";
    LOG_SEALED = "打不开：不是用这把密钥加密的", "cannot be opened with these keys";
    BY = "按", "By";
    BY_ROUND = "轮次", "Round";
    BY_STRATUM = "地点", "Stratum";
    BY_MODE = "方式", "Mode";
    BY_DEVICE = "设备", "Device";
    BY_DAY = "日期（接触次数）", "Day (attempts)";
    E = "e：不知是否合格的户中合格的比例", "e: share of the cases of unknown eligibility that are eligible";
    E_HINT = "留空：由已知的户推算", "Left empty: estimated from the known cases";
    E_BAD = "应为 0 到 1 之间的数", "It is a number from 0 to 1";
    DISPOSITIONS = "结果分布", "How cases stand";
    RATES_TITLE = "比率（AAPOR）", "Rates (AAPOR)";
    FORMULAS = "公式", "Formulas";
    HANDED = "谁交了", "Who has handed over";
    MISSING = "还没有交的设备：{0}", "Nothing yet from: {0}";
    RATES_HINT = "没去过的户计为 3.11。首选户访不成仍留在分母里，启用的替补另计一户。这些表供办公室内部使用。",
        "Cases that nobody tried count as 3.11. A lost case stays in the denominator, and its substitute is one more case. These tables are for the office alone.";
    SAVE_CSV = "存为 CSV", "Save as CSV";
}
