//! The office's page of the hall. What stands on the protocol's paper is in the room `report`.

/// The beginning of the name under which the device of the paper ballots is on the roster.
pub const PAPER_DEVICE: &str = "纸质票录入 paper entry";

crate::words! {
    NAV = "现场测评", "Hall ballot";
    TITLE = "现场测评", "Ballots in a hall";
    TEXT = "在会场当场投票、当场计票：手机扫码、平板、纸质票都可以，结束后立刻公布并形成签名的报告单。",
        "People in a hall vote by phone, on tablets or on paper, and the result is there at once, with a signed protocol.";
    BACK = "返回现场测评", "Back to the ballots";
    BACK_BALLOT = "返回本次投票", "Back to the ballot";
    GONE = "这台电脑上没有这次投票", "This ballot is not on this computer";
    GONE_TEXT = "投票保存在主持它的电脑上，并且属于当时使用的方案。", "A ballot is kept on the computer that holds it, and belongs to the plan that was in use.";
    GO = "打开", "Open";
    RUNNING = "正在进行", "open";
    CLOSED = "已结束", "closed";
    EVERYBODY = "不分人群", "Everybody";

    NO_HALL = "这个方案没有现场方式", "This plan has no ballots in a hall";
    NO_HALL_TEXT = "请在“编辑与预览 → 基本信息 → 调查方式”里勾选“会场测评”，至少一份问卷允许，然后重新发布。",
        "Under Edit and preview → Basics → How people are asked tick In a meeting, let at least one questionnaire be asked so, and publish the plan again.";
    NEW = "开始一次投票", "Open a ballot";
    NAME = "名称", "Name";
    PLACE = "地点", "Place";
    HOST = "主持人", "Host";
    ISSUED = "发出票数", "Ballots given out";
    ISSUED_HINT = "到场的每人一票，不论用手机、平板还是纸质。开始以后还可以更正。",
        "One for each person present, whichever way they vote. It can be corrected later.";
    BASE = "手机打开的网址", "Address that phones open";
    BASE_HINT = "应用和接收端所在的网址，以 / 结尾。", "Where the app and the receiver are, with / at the end.";
    BASE_INSECURE = "手机只能在 https 网址上答卷：浏览器不允许 http 页面加密答案。这个网址只适合在本机试用；没有 https 时请用平板或纸质票。做法见指南。",
        "Phones can answer on an https address only: browsers give a page over plain http no encryption. This address is good for a trial on this computer; without https use tablets or paper. The guide says how.";
    BAD_BASE = "网址应以 https:// 开头，不含 #、? 和空格。", "The address begins with https:// and has no #, ? or space.";
    BAD_COUNT = "票数应是 0 到 1000000 的整数。", "A number of ballots is a whole number from 0 to 1000000.";
    NO_NAME = "请填写名称。", "Give the ballot a name.";
    NO_HOST = "请填写主持人。", "Say who hosts it.";
    NOTHING_ISSUED = "请填写发出的票数。", "Say how many ballots were given out.";
    NO_DEVICE = "这台电脑上不能保存录入纸质票的密钥；请检查浏览器是否允许保存数据，然后再试。",
        "The key for paper ballots cannot be kept on this computer; check that the browser may keep data, and try again.";
    TABLETS = "会场的平板", "Tablets in the hall";
    TABLETS_HINT = "名册里的设备；平板上选“会场测评”。开始之前请先让平板交出旧答卷。",
        "Enrolled devices; on the tablet choose “In a meeting”. Let them hand over what they have before you open the ballot.";
    WITH_PAPER = "接受纸质票", "Paper ballots too";
    WITH_PAPER_HINT = "这台电脑为本次投票生成一个密钥，以“纸质票录入 · 名称”列入名册；录入的票由它签名，谁都能看见。",
        "This computer makes a key for this ballot, which goes onto the roster as “paper entry · name”; what is entered is signed by it, for everybody to see.";
    WITH_CODES = "一人一码的小票也计入", "Count slips with a code for one answer too";
    WITH_CODES_HINT = "会前用 minping link --mode hall --single 人数 生成，每个码只计一次；本轮、本问卷的这类码都算作本次投票。",
        "Made beforehand with minping link --mode hall --single NUMBER; each code counts once. All such codes of this round and questionnaire belong to this ballot.";
    LOOK_FIRST = "先要从接收端取回这些平板和小票以前的答卷，不然会计入这次投票：请在上面的“接收端”填入办公室令牌并开始接收，然后再按一次。",
        "What these tablets and slips sent before has to be here first, or it would count in this ballot: give the token under “Receiver” above, look for ballots, and press once more.";
    LOOK_FIRST_HINT = "选了平板或小票：开始时先看一次接收端，以前的答卷不计入这次投票。",
        "Tablets or slips are chosen: the receiver is looked at first, so that what they sent before is not in this ballot.";
    NO_RECEIVER = "没有接收端，以前的答卷都已经在这台电脑上", "There is no receiver: whatever they sent before is on this computer";
    OPEN = "开始投票", "Open the ballot";

    RECEIVER = "接收端", "Receiver";
    RECEIVER_HINT = "填入办公室令牌，页面每三秒看一次新到的票。令牌只留在内存里，重新打开页面要再填。",
        "With the receiver's token the page looks for new ballots every three seconds. The token stays in memory only; after a reload it is asked for again.";
    LOOK_ON = "开始接收", "Look for ballots";
    LOOK_OFF = "还没有连接", "not connected";
    LOOK_DONE = "正在接收", "receiving";

    BOARD = "投影", "Projector";
    PAPER = "纸质票", "Paper ballots";
    BALANCE = "票数", "Ballots";
    CAME = "已收回", "Ballots in";
    MISSING = "未收回", "Still out";
    PHONES = "手机", "Phones";
    TABLETS_SHORT = "平板", "Tablets";
    PAPER_SHORT = "纸质", "Paper";
    SPOILED = "废票", "Spoiled";
    OVER = "收回的票比发出的多。请先核对发出票数；也可能有人用同一个二维码投了两次。",
        "More ballots came in than were given out. Check the number given out first; or someone voted twice by the same code.";
    APART = "有 {0} 个批次被隔离，没有计入。", "{0} batches are kept apart and are in no number.";
    APART_GO = "看原因", "See why";
    CORRECT = "更正发出票数，填写票箱里的纸票数", "Correct what was given out, and say how much paper lay in the box";
    CORRECT_HINT = "开箱后先数纸票再录入；数目与录入的对不上，结束时要说明。",
        "Count the paper by hand before it is entered; where the numbers differ, closing asks why.";
    ISSUED_OF = "发出：{0}", "Given out: {0}";
    COLLECTED_OF = "票箱纸票：{0}", "Paper in the box: {0}";
    LINKS = "二维码和链接", "QR codes and links";
    LINKS_HINT = "每个人群一个。可以投影，也可以打印张贴。同一个码可以多人使用，系统不能阻止一个人投两次；要一人一码，请在开始时选“一人一码的小票也计入”。",
        "One for each kind of rater. Show them on the projector or print them. Many people use one code, and nothing can keep a person from voting twice by it; for one code each, tick that slips count when you open the ballot.";

    PAPER_TEXT = "先给纸票编号，再由两个人各录一遍，互不看对方的录入；不一致的由第三人对照纸票决定。",
        "Number the papers, then two people read each of them, without seeing what the other entered; where they differ, a third looks at the paper and decides.";
    READER = "录入人", "Who reads";
    PASS = "第几遍", "Which reading";
    PASS_1 = "第一遍", "First reading";
    PASS_2 = "第二遍", "Second reading";
    PASS_3 = "第三人决定", "Third look";
    NUMBER = "票号", "Number on the paper";
    READ = "开始录入", "Begin to read";
    READING = "第 {0} 号票 · {1}", "Paper {0} · {1}";
    NO_READER = "请填写录入人。", "Say who reads.";
    SAME_PERSON = "这张票的另一遍是同一个人录的，请换一个人。", "Another reading of this paper is by the same person; someone else has to read it.";
    NOTHING_TO_DECIDE = "这张票没有需要第三人决定的差异。", "Nothing differs on this paper: there is nothing to decide.";
    ALREADY_SEALED = "这张票已经封存计入，不能再改。", "This paper is sealed and counted, and cannot be changed.";
    LEFT_OUT = "纸质票上的这些题目不在这里录入，按未答计：{0}", "These questions are not entered here and count as not answered: {0}";
    RANDOM_ORDER = "这份问卷在手机上顺序随机；纸质票请按方案的顺序印制。", "Phones show this questionnaire in random order; print the paper in the order of the plan.";
    NO_SHEET = "这份问卷没有可以用数字键录入的题目。", "Nothing in this questionnaire can be entered by number keys.";
    NO_SHEET_SUBSET = "这份问卷每人只评一部分单位，由抽签决定，不能用纸质票。", "Each rater of this questionnaire is asked about units drawn by chance: it cannot be put on paper.";
    NO_RECORD = "{0} 第 {1} 号票不能成为答卷：方案不允许。请核对方案，或删去这张票的录入；其他票已经处理。",
        "{0}, paper {1}: it is no record by this plan. Check the plan, or remove the readings of this paper. The others are done.";
    STANDING = "录入进度", "How far the paper is";
    RATERS = "测评人群", "Raters";
    COLLECTED = "票箱", "In the box";
    READ_COUNT = "录入过", "Read";
    SETTLED = "已一致", "Settled";
    VALID = "有效", "Valid";
    DIFFER = "有差异", "Differ";
    SEALED = "已封存", "Sealed";
    BOX_FITS = "与票箱", "Against the box";
    FITS = "相符", "fits";
    FITS_NOT = "不符", "differs";
    GAPS = " 缺号：", " missing: ";
    DECIDE_ONE = "{0} 第 {1} 号票：两遍不一致", "{0}, paper {1}: the two readings differ";
    READ_ONCE = "{0} 第 {1} 号票：还没有录完两遍", "{0}, paper {1}: not read twice yet";
    SETTLED_ONE = "{0} 第 {1} 号票：已一致", "{0}, paper {1}: settled";
    SETTLED_LIST = "已一致、还没有封存：{0} 张", "Settled and not sealed: {0}";
    REMOVE = "删去录入", "Remove the readings";
    REMOVE_TITLE = "删去这张票的录入？", "Remove the readings of this paper?";
    REMOVE_TEXT = "两遍录入和决定都删去；票号写错、录错了票时用。纸票本身可以重新录入。",
        "Both readings and the decision are removed: for a wrong number or the wrong paper. The paper itself can be read again.";
    THIRD = "第三人决定", "Third look";

    KEYS = "数字键按方案的等级顺序；0 或空格 = 未填，x = 划写不清或多选，? = 不了解，方向键移动，Shift+X = 整张作废，Enter = 完成并到下一张。",
        "Number keys are the grades in the order of the plan; 0 or space: left blank; x: not readable as one answer; ?: don't know; arrows move; Shift+X: the whole paper is spoiled; Enter: done, next paper.";
    KEYS_LABEL = "键盘录入", "Entry by keys";
    KEPT = "已保存", "saved";
    WRITING = "正在保存", "saving";
    KEPT_NOT = "没有保存", "not saved";
    IS_SPOILED = "整张作废：各项不计。", "The whole paper is spoiled: its marks say nothing.";
    FINISH = "完成，下一张", "Done, next paper";
    SPOIL = "整张作废", "Spoiled as a whole";
    UNSPOIL = "不作废", "Not spoiled";
    LEAVE = "停止录入", "Stop reading";
    MARK_BLANK = "未填", "blank";
    MARK_INVALID = "划写不清", "not readable";
    MARK_SPOILED = "整张作废", "spoiled";
    BOTH = "第一遍：{0}；第二遍：{1}", "first: {0}; second: {1}";

    PAPER_STANDS = "一致而未封存 {0} 张，已封存 {1} 张，有差异 {2} 张。", "{0} papers are settled and not sealed, {1} are sealed, {2} differ.";
    SEAL = "封存并计入", "Seal and count them";
    SEAL_HINT = "每张票经过与手机相同的程序成为一份加密答卷，由这台电脑签名，交给接收端。封存以后不能再改；票号与答卷的对应关系不保存。",
        "Each paper goes through what phones go through, is sealed for the office, signed by this computer and sent to the receiver. What is sealed cannot be changed; which record a number became is not kept.";
    SAVE_BATCHES = "保存纸质票的批次文件", "Save the batches of the paper";
    UNSENT = "有 {0} 个批次接收端还没有收到。", "{0} batches have not reached the receiver.";
    UNSENT_NOBODY = "方案没有写接收端，有 {0} 个批次只在这台电脑上：请保存纸质票的批次文件。",
        "The plan names no receiver: {0} batches are on this computer only. Save the batches of the paper.";
    UNSENT_MISSING = "有批次的内容不在这台电脑上，没有发送。请在“批次”页打开保存过的文件，或从接收端取回，然后再按一次。",
        "A batch is not on this computer and was not sent. Open its file under Batches, or fetch it from the receiver, and press once more.";
    WAITING = "有 {0} 张票已经封存，但还没有成为批次，不在任何数里：请再按一次“封存并计入”。",
        "{0} papers are sealed and in no batch yet, and so in no number: press “Seal and count them” once more.";
    SEAL_CLOSED = "投票已经结束，不再封存纸质票。", "The ballot is closed: no more paper is sealed.";
    NOT_SENT = "已封存并保存在这台电脑上，但接收端没有收到。请检查接收端，然后再按一次。",
        "Sealed and kept on this computer, but the receiver did not take it. Check the receiver and press once more.";
    OTHER_COMPUTER = "纸质票只能在开始这次投票的电脑上封存。", "Paper is sealed on the computer that opened the ballot only.";
    CHAIN_UNREADABLE = "这台电脑的批次编号读不出来，没有交出。请先保存页面上的数据，再请管理员处理。",
        "The numbering of this computer's batches cannot be read, and nothing was handed over. Save what is on the page and ask the administrator.";

    CLOSE = "结束投票", "Close the ballot";
    CLOSE_TEXT = "结束以后形成签名的报告单，投影上显示结果。之后到的票列出来，但不计入。",
        "Closing makes the signed protocol, and the projector shows the result. Ballots that come later are listed and not counted.";
    CLOSE_TITLE = "结束投票？", "Close the ballot?";
    CLOSE_ASK = "结束以后不能再打开。", "It cannot be opened again.";
    CLOSE_DO = "结束并签名", "Close and sign";
    CLOSED_SAY = "投票已结束，报告单已签名保存。", "The ballot is closed; the protocol is signed and kept.";
    CLOSE_SEALED = "还有票没有解开；请等接收和解开完成，再结束。", "Some ballots are not opened yet; wait for that, then close.";
    CLOSE_OTHER_PLAN = "桌上的方案不是这次投票的方案。", "The plan on the desk is not the plan of this ballot.";
    CLOSE_UNSEEN = "没有看过接收端：还在那里的票会成为迟到的票。请填入办公室令牌；确实没有可取的票，请在上面勾选，然后再按一次。",
        "Nobody looked at the receiver: ballots that are still there would be late. Give the office token; or, if there is nothing to fetch, tick that above and press once more.";
    CLOSE_LOOK_FAILED = "这次没能看完接收端，没有结束：还在那里的票会成为迟到的票。请检查接收端和令牌，然后再按一次。",
        "The receiver could not be looked at, and the ballot is not closed: ballots that are still there would be late. Check the receiver and the token, and press once more.";
    CLOSE_WITHOUT = "不看接收端就结束：所有的票都已经在这台电脑上", "Close without looking at the receiver: every ballot is on this computer already";
    CLOSE_UNREADABLE = "报告单写好以后读不回来，没有保存。请检查票数是不是太大。", "The protocol cannot be read back and is not kept. Check whether a number is far too large.";
    BOX_MISSING = "录入了纸质票，但没有填票箱里有多少张：请先数，填在“更正发出票数，填写票箱里的纸票数”里。",
        "Paper was entered, and nobody said how much paper lay in the box: count it, and fill it in under “Correct what was given out, and say how much paper lay in the box”.";
    CLOSE_SPOILED = "批次里的废票数与录入的不同；请先封存纸质票。", "The batches have another number of spoiled papers than was entered; seal the paper first.";
    SEAL_FIRST = "还有纸质票没有封存；请先录完、决定并封存。", "Some papers are not sealed; read, decide and seal them first.";
    UNFINISHED = "还有 {0} 张纸质票没有录完、决定或封存。", "{0} papers are not read to the end, decided or sealed.";
    NOT_BALANCED = "票数不符。请先查明；查不明的写下说明，印在报告单上。", "The numbers do not fit. Find out why; what cannot be found out is explained here, and stands on the protocol.";
    NOTE = "说明", "Explanation";
    NOTE_MISSING = "票数不符，请写下说明。", "The numbers do not fit: explain them.";
    NAMES_MISSING = "请填写计票人和监票人。", "Name the teller and the supervisor.";
    TELLER = "计票人", "Teller";
    SUPERVISOR = "监票人", "Supervisor";

    SAVE = "保存报告单", "Save the protocol";
    SAVE_PAPER = "保存可打印的报告单", "Save a file to print";
    PROTOCOL = "现场测评计票结果报告单", "Report of the count of a hall ballot";
    OF_PLAN = "测评", "Evaluation";
    OPENED = "开始", "Opened";
    CLOSED_AT = "结束", "Closed";
    BALLOTS = "一、票数", "1. Ballots";
    RESULT = "二、结果", "2. Result";
    CONFIRMED = "三、确认", "3. Confirmed";
    SIGNATURE = "签名：", "Signature:";
    DATE = "日期：", "Date:";
    CHECKED_BY = "本单由办公室密钥签名。用 minping hall verify 可以核对签名，并由答卷批次重新计票。",
        "This protocol is signed by the office's key. minping hall verify checks the signature and counts the batches again.";
    LATE = "结束以后到的票", "Ballots that came after closing";
    LATE_TEXT = "报告单没有计入它们。本轮的“结果”页会计入，除非决定不计入；决定要写明理由并签名。",
        "The protocol does not count them. The page of results does, unless it is decided otherwise; a decision is signed and has a reason.";
    LATE_FEW = "迟到的票少于 {0} 份：本轮结果计入、报告单不计入，两者相减会看出这几个人怎么投的。请选“不计入”。",
        "Fewer than {0} came late: in the round's results and not in the protocol, the difference would tell how these few voted. Keep them apart.";
    LATE_COUNTS = "在本轮结果中计入", "in the round's results";
    LATE_APART = "已决定不计入", "kept apart";
    KEEP_APART = "不计入", "Keep apart";

    LOOKS = "深色 / 浅色", "Dark / light";
    FULL = "全屏", "Full screen";
    LEAVE_BOARD = "离开投影", "Leave";
    SCAN = "用手机扫码投票", "Scan with your phone to vote";
    OF_ISSUED = "共发出 {0} 票", "of {0} given out";
    HIDDEN = "主持人结束投票以后显示结果", "Results are shown when the host closes the ballot";
    BOARD_COUNTS = "发出 {0} 票，收回 {1} 票，有效 {2} 票，废票 {3} 票", "{0} given out, {1} returned, {2} valid, {3} spoiled";
    RESULT_SHORT = "结果", "Result";
    BOARD_COLUMNS = "满意度指数 · 满意率", "index · satisfied";
    PAGES = "翻页", "Pages";
    PAGE_OF = "{0} / {1}", "{0} / {1}";
    BEFORE = "上一页", "Back";
    AFTER = "下一页", "Next";
    WITHHELD = "不公布", "withheld";
    NO_ANSWERS = "票数不足", "too few";
}
