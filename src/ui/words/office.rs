//! The office's screens.

crate::words! {
    TITLE = "测评办公室", "The office";
    INTRO = "在这里保管密钥、登记设备、打开答卷批次、查看得分。答案只在这台电脑上解开，不会传到别处。",
        "Keep the keys, enrol devices, open batches and read the scores here. Answers are opened on this computer only and are sent nowhere.";
    NAV = "办公室各页", "Pages of the office";
    NAV_PREPARE = "准备", "Prepare";
    NAV_COLLECT = "收集", "Collect";
    NAV_JUDGE = "结果", "Results";
    NAV_FOLLOW = "整改", "Follow-up";
    NAV_KEYS = "密钥", "Keys";
    NAV_EDIT = "编辑与预览", "Edit and preview";
    NAV_PLANS = "方案与链接", "Plan and links";
    NAV_ROSTER = "设备", "Devices";
    NAV_BATCHES = "批次", "Batches";
    NAV_RESULTS = "结果", "Results";

    PLAN_NONE = "请先选择测评方案", "Choose a plan first";
    PLAN_NONE_TEXT = "批次、设备名册和结果都属于某一个方案。", "Batches, the roster and the results belong to one plan.";
    PLAN_CHOOSE = "去选择方案", "Choose a plan";
    KEYS_NEEDED = "请先打开密钥文件", "Open the key file first";
    KEYS_NEEDED_TEXT = "签名和打开答卷都要用办公室的密钥。", "Signing and opening records need the office's keys.";
    KEYS_GO = "去打开密钥", "Open the keys";

    KEYS_OPEN = "密钥已打开", "Keys are open";
    KEYS_CLOSED = "密钥未打开", "Keys are not open";
    KEYS_WRONG = "密钥不是本方案的", "Keys of another plan";
    DESK_INSECURE = "本页不是经 https 或 localhost 打开的，浏览器不提供加密和可靠存储。请换用安全的地址。",
        "This page was not opened by https or on localhost, so the browser offers neither cryptography nor lasting storage. Use a secure address.";
    DESK_BLOCKED = "浏览器禁止本站点存储数据。请在浏览器设置中允许后重新打开。",
        "The browser blocks site data for this page. Allow it in the browser's settings and open the page again.";
    DESK_UNAVAILABLE = "浏览器的存储打不开。请关闭其他标签页或重启浏览器再试。",
        "The browser's storage could not be opened. Close other tabs or restart the browser, and try again.";
    KEYS_FINGERPRINT = "签名密钥指纹", "Fingerprint of the signing key";
    KEYS_CLOSE = "合上密钥", "Close the keys";
    KEYS_OPEN_TITLE = "打开密钥文件", "Open a key file";
    KEYS_FILE = "密钥文件", "Key file";
    PASSPHRASE = "口令", "Passphrase";
    PASSPHRASE_AGAIN = "再输入一次口令", "The passphrase again";
    PASSPHRASE_HINT = "至少 12 个字符，最好是几个互不相干的词。口令无法找回。",
        "At least 12 characters, best a few unrelated words. It cannot be recovered.";
    PASSPHRASE_SHORT = "口令太短：至少 12 个字符", "The passphrase is too short: at least 12 characters";
    PASSPHRASE_DIFFERS = "两次输入的口令不一样", "The two passphrases differ";
    KEYS_OPEN_DO = "打开", "Open";
    KEYS_OPENING = "正在打开……", "Opening…";
    KEYS_FILE_MISSING = "请选择密钥文件", "Choose the key file";
    KEYS_NEW_TITLE = "制作新密钥", "Make new keys";
    KEYS_NEW_TEXT = "一轮测评只需制作一次。没有密钥文件和口令，谁也打不开答卷，我们也不能。请在两个地方各存一份。",
        "Once for an evaluation. Without the key file and the passphrase nobody can open the answers, and neither can we. Keep two copies in two places.";
    KEYS_NEW_DO = "制作并保存密钥文件", "Make and save the key file";
    KEYS_SAVED = "密钥文件已交给浏览器保存。请确认它已在您的文件夹里，再抄一份到别处。",
        "The key file was given to the browser to save. Make sure that it is in your folder, and copy it to a second place.";
    KEYS_SAVE_AGAIN = "再保存一次", "Save it again";
    KEYS_MATCH = "与方案一致", "Fits the plan";
    KEYS_DIFFER = "这套密钥不是所选方案的密钥：打不开它的答卷，签的名册和链接也不会被承认。请打开发布该方案时所用的密钥文件。",
        "These keys are not the keys of the chosen plan: they cannot open its records, and rosters and links signed with them will not be accepted. Open the key file with which the plan was published.";
    KEY_BAD_FILE = "这不是密钥文件。请选择扩展名为 .minping-keys 的文件。", "This is not a key file. Choose the one that ends in .minping-keys.";
    KEY_BAD_KIND = "这是另一种民评文件，不是密钥文件。", "This is another kind of Minping file, not a key file.";
    KEY_BAD_PASSPHRASE = "口令不对。请检查大小写和输入法后重试。", "The passphrase is wrong. Check capitals and the keyboard, and try again.";
    KEY_BAD_CONTENT = "密钥文件已损坏。请改用另一份副本。", "The key file is damaged. Use the other copy.";
    CRYPTO_FAILED = "浏览器没有完成加密运算。请用 https 或 localhost 打开本页，换新版浏览器再试。",
        "The browser did not do the cryptography. Open this page by https or on localhost, or use a newer browser.";

    EDIT_TEXT = "不写代码就能做方案：从现成方案、表格或空白开始，边改边看样子和问题。",
        "Make a plan without writing code: begin with a ready one, a workbook or nothing; see problems and the result as you go.";
    EDIT_LABEL = "方案文本（JSON）", "The plan's text (JSON)";
    EDIT_USED = "已改用此方案，可到“方案与链接”发布。", "The plan is in use now; publish it under \"Plan and links\".";
    EDIT_KEPT = "草稿已存在这台电脑上", "The draft is kept on this computer";
    EDIT_KEEPING = "正在保存草稿……", "Keeping the draft…";
    EDIT_NOT_KEPT = "草稿没有存住：请保存为文件。", "The draft could not be kept: save it as a file.";
    EDIT_ELSEWHERE = "编辑页正在另一个窗口中打开。", "The editor is open in another window.";
    EDIT_TAKE_OVER = "在这里继续", "Continue here";
    EDIT_CHECK = "检查", "Check";
    EDIT_CHECKING = "正在检查……", "Checking…";
    EDIT_LARGE = "文本很大，不随改随查；改完请按“检查”。", "The text is large: it is checked when you press \"Check\".";
    EDIT_SOUND = "没有问题", "No problems";
    EDIT_ERRORS = "{0} 处错误", "Errors: {0}";
    EDIT_WARNINGS = "{0} 处提醒", "Warnings: {0}";
    EDIT_LINE = "第 {0} 行", "line {0}";
    EDIT_ERROR = "错误", "error";
    EDIT_WARNING = "提醒", "warning";
    EDIT_PROBLEMS = "问题", "Problems";
    EDIT_MINUTES = "问卷 {0}：全部答完约 {1} 分钟", "Questionnaire {0}: about {1} min to answer everything";
    EDIT_MINUTE = "问卷 {0}：全部答完不到 1 分钟", "Questionnaire {0}: under a minute to answer everything";
    PREVIEW_TITLE = "预览", "Preview";
    PREVIEW_AS = "样式", "Shown as";
    PREVIEW_PHONE = "手机", "Phone";
    PREVIEW_TABLET = "平板", "Tablet";
    PREVIEW_PAPER = "纸", "Paper";
    PREVIEW_QUESTIONNAIRE = "问卷", "Questionnaire";
    PREVIEW_MODE = "调查方式", "Mode";
    PREVIEW_LANGUAGE = "语言", "Language";
    PREVIEW_NONE = "方案没有错误时才能预览。", "The preview shows as soon as the plan has no errors.";
    PREVIEW_STALE = "文本有错误，下面是最近一次没有错误的样子。", "The text has errors; below is how it was when it last had none.";
    PREVIEW_FRAME = "方案试答", "The plan, to try out";
    PAPER_PRINT = "打印", "Print";
    PAPER_NUMBER = "问卷编号", "No.";
    PAPER_DATE = "日期", "Date";
    PAPER_ONLY_IF = "仅当", "Only if";
    PAPER_SEVERAL = "可多选", "Choose any that apply";
    PAPER_ONE = "选一项", "Choose one";
    PAPER_RANK = "请在方框中写 1、2、3……排序", "Number the boxes 1, 2, 3 … in your order";
    PAPER_LONG = "选项较多，请写出：", "There are many choices; please write yours:";
    PAPER_READ = "我已阅读并知道", "I have read this";
    PAPER_EACH = "每个{0}各填一份", "Fill this in for each {0}";
    PAPER_UNIT = "单位", "Unit";

    PLANS_TITLE = "方案与链接", "Plan and links";
    PLANS_LISTED = "本站点上的方案", "Plans on this site";
    PLANS_EMPTY = "本站点上还没有方案", "There is no plan on this site yet";
    PLANS_EMPTY_TEXT = "把方案文件放进 plans 文件夹，或在下面打开一个方案文件。", "Put a plan file into the folder `plans`, or open one below.";
    PLANS_FAILED = "读不到方案列表", "The list of plans could not be read";
    PLAN_FILE = "打开方案文件", "Open a plan file";
    PLAN_FILE_HINT = "扩展名 .json", "A .json file";
    IMPORT = "导入 XLSForm 表格", "Import an XLSForm workbook";
    IMPORT_HINT = "ODK、Kobo 的 .xlsx 问卷，在本机转换，不上传", "A .xlsx form of ODK or Kobo; it is turned into a plan on this computer and sent nowhere";
    IMPORT_BUSY = "正在读取工作簿……", "Reading the workbook…";
    IMPORT_FAILED = "工作簿没有转换", "The workbook was not taken";
    IMPORT_DONE = "{0} 已转换为方案", "{0} became a plan";
    IMPORT_WHOLE = "全部内容都已转入。", "Everything was carried over.";
    IMPORT_FOUND = "请看以下各条：", "Please look at these:";
    IMPORT_PICTURES = "选择它的图片", "Add its pictures";
    IMPORT_PICTURES_HINT = "表中写到的 PNG、JPEG、WebP 文件，每个不超过 100 kB", "The PNG, JPEG and WebP files that it names, at most 100 kB each";
    IMPORT_SAYS = "工作簿中没有的内容", "What the workbook does not say";
    IMPORT_ASKER = "谁在调查（居民看到的单位名称）", "Who asks (the office, as residents know it)";
    IMPORT_PURPOSE = "为什么调查（一两句话）", "Why (one or two sentences)";
    IMPORT_NOTICE = "答案怎么用、谁能看到、公布什么", "What happens to the answers, who sees them, what is published";
    IMPORT_FILL = "写入方案", "Write them into the plan";
    IMPORT_USE = "使用转换的方案", "Use the imported plan";
    IMPORT_SAVE = "保存方案文件", "Save the plan file";
    IMPORT_CLOSE = "关闭", "Close";
    PLAN_USE = "使用这个方案", "Use this plan";
    PLAN_IN_USE = "正在使用", "In use";
    PLAN_VERSION = "版本 {0}，指纹 {1}", "Version {0}, digest {1}";
    PLAN_UNPUBLISHED = "此方案还没有办公室密钥：未发布，不能收答卷。", "This plan has no office keys yet: it is not published and cannot collect answers.";
    PUBLISH_TITLE = "发布方案", "Publish the plan";
    PUBLISH_DO = "写入密钥并保存方案文件", "Add the keys and save the plan file";
    PUBLISH_INDEX = "保存方案列表 index.json", "Save the list index.json";

    LINKS_TITLE = "二维码与链接", "QR codes and links";
    ROUND = "轮次", "Round";
    QUESTIONNAIRE = "问卷", "Questionnaire";
    RATER_GROUP = "测评人群", "Rater group";
    STRATUM = "抽样层", "Stratum";
    PLACE = "地点或窗口（可不填）", "Place or window (may be empty)";
    PLACE_HINT = "印在海报上，居民答题时也看得到", "Printed on the poster and shown to the resident";
    ANY = "不指定", "Not set";
    LINK_MAKE = "生成链接", "Make the link";
    LINK_COPY = "复制链接", "Copy the link";
    LINK_COPIED = "链接已复制", "The link is copied";
    LINK_OPEN = "打开试一试", "Open it to see";
    POSTER_PRINT = "打印海报", "Print the poster";
    POSTER_SCAN = "用手机扫一扫，说说您的看法", "Scan with your phone and say what you think";
    LINK_TOO_LONG = "链接太长，做不成二维码。请缩短地点名称。", "The link is too long for a QR code. Shorten the place.";
    QR_LABEL = "答题链接的二维码", "QR code of the link";

    ROSTER_TITLE = "设备名册", "Roster of devices";
    ROSTER_TEXT = "只有名册上的设备交来的批次才会计入。设备卡由调查员在平板的“本机”页上出示或保存。",
        "Only batches of devices on the roster are counted. The canvasser shows or saves the device's card on the tablet's page “This device”.";
    ROSTER_EMPTY = "名册上还没有设备", "No device is enrolled yet";
    ROSTER_ISSUE = "第 {0} 版名册，{1} 台设备", "Issue {0}, {1} devices";
    ROSTER_LOAD = "打开已签名的名册文件", "Open a signed roster file";
    ROSTER_SAVE = "保存名册文件", "Save the roster file";
    ROSTER_OLDER = "打开的名册是第 {0} 版，比现有的旧，没有采用。", "The roster that was opened is issue {0}, older than the one here, and was not taken.";
    ROSTER_TAKEN = "已采用第 {0} 版名册", "Issue {0} of the roster is in use";
    CARD_ENROL_TITLE = "登记新设备", "Enrol a device";
    CARD_FILE = "打开设备卡文件", "Open a card file";
    CARD_TEXT = "或粘贴设备卡文字", "Or paste the text of a card";
    CARD_READ = "读取设备卡", "Read the card";
    CARD_NAME = "办公室给它的名称", "What the office calls it";
    CARD_NAME_MISSING = "请填写名称", "Fill in a name";
    CARD_COMPARE = "请与平板上显示的核对码逐字比对，一致才登记。", "Compare this code with the tablet's, letter by letter, and enrol the device only when they agree.";
    CARD_ENROL = "核对码一致，登记", "They agree: enrol";
    CARD_KNOWN = "这台设备已在名册上", "This device is on the roster already";
    FINGERPRINT = "核对码", "Check code";
    ENROLLED = "已登记", "Enrolled";
    REVOKED = "已吊销", "Revoked";
    REVOKE = "吊销", "Revoke";
    RESTORE = "恢复", "Restore";
    REVOKE_TEXT = "吊销后，它交来的批次（包括以前的）都会隔离，不再计入结果；可以恢复。",
        "All its batches, earlier ones too, are then set apart and no longer counted. It can be restored.";
    ENROLLED_SAY = "已登记 {0}", "{0} is enrolled";
    ROSTER_OTHER = "这是另一个方案的名册", "This is the roster of another plan";

    BATCHES_TITLE = "批次", "Batches";
    BATCHES_TEXT = "打开调查员交来或接收端存下的 .minping 文件。每个文件都会核对签名、设备、方案和编号；重复打开不会重复计算。",
        "Open the .minping files that canvassers handed over or the receiver stored. Signature, device, plan and number of each are checked; opening one twice does not count it twice.";
    BATCHES_FILES = "打开文件", "Open files";
    BATCHES_FOLDER = "打开文件夹", "Open a folder";
    BATCHES_DROP = "也可以把文件拖到这里", "Or drop files here";
    BATCHES_RECEIVER = "从接收端取", "Fetch from the receiver";
    RECEIVER_URL = "接收端地址", "Address of the receiver";
    RECEIVER_TOKEN = "办公室令牌", "Office token";
    RECEIVER_FETCH = "取回新批次", "Fetch new batches";
    FETCHING = "正在取回 {0} / {1}", "Fetching {0} of {1}";
    WORKING = "正在核对 {0} / {1}", "Checking {0} of {1}";
    COUNTING = "正在统计……", "Counting…";
    OPENING_RECORDS = "正在打开答卷 {0} / {1}", "Opening records, {0} of {1}";
    WORK_SHARE = "{0}%", "{0}%";
    WORK_MINUTES = "大约还要 {0} 分钟", "about {0} min left";
    WORK_SECONDS = "大约还要 {0} 秒", "about {0} s left";
    STOP = "停止", "Stop";
    BATCHES_EMPTY = "还没有打开任何批次", "No batch was opened yet";
    SUMMARY = "账目", "Account";
    SUM_COUNTED = "计入的答卷", "Records counted";
    SUM_BATCHES = "采用的批次", "Batches admitted";
    SUM_QUARANTINED = "隔离的批次", "Batches set apart";
    SUM_REFUSED = "不是批次的文件", "Files that are no batch";
    SUM_DUPLICATES = "重复的答卷（只算一次）", "Repeated records (counted once)";
    SUM_CONFLICTS = "冲突的答卷（不计）", "Conflicting records (not counted)";
    SUM_UNOPENED = "打不开的答卷（不计）", "Records that did not open (not counted)";
    SUM_UNFIT = "不符合方案的答卷（不计）", "Records that do not fit the plan (not counted)";
    SUM_WAITING = "等待打开的答卷", "Records waiting to be opened";
    STOPPED_WAITING = "还有 {0} 份答卷没有打开，没有计入结果。", "{0} records are not opened yet and not counted.";
    OPEN_WAITING = "打开等待的答卷", "Open the records that wait";
    SUM_IN_QUARANTINE = "在隔离批次里的答卷（不计）", "Records in batches set apart (not counted)";
    MORE_LINES = "另有 {0} 个已采用的文件没有列出", "{0} more admitted files are not listed";
    SUM_VOIDED = "作废的访问", "Voided sessions";
    SUM_GAPS = "缺号", "Missing batches";
    SUM_FORKS = "分叉", "Forks";
    BALANCED = "账目平衡：批次里的每一份答卷都在上面某一行。", "The account balances: every record in a batch is in one of these lines.";
    GAP_LINE = "设备 {0} 缺第 {1} 批：请到该设备上补交，在此之前这些答卷没有计入。",
        "Device {0} lacks batch {1}: have it handed over again from that device. Until then its records are not counted.";
    FORK_LINE = "设备 {0} 的第 {1} 批有两个不同版本：设备可能被复制或恢复过，请查明。",
        "Device {0} has two different batches {1}: it may have been cloned or restored. Find out what happened.";
    FILES_TITLE = "每个文件", "Each file";
    RESIDENT = "居民扫码", "By a link";
    ADMITTED = "采用", "Admitted";
    Q_UNKNOWN = "设备不在名册上", "The device is not on the roster";
    Q_UNKNOWN_DO = "若确是本办公室的设备，请在“设备”页登记它的设备卡，批次会自动采用。", "If it is the office's, enrol its card on the page “Devices”; the batch is then taken by itself.";
    Q_REVOKED = "设备已被吊销", "The device was revoked";
    Q_REVOKED_DO = "先查清这批是怎么来的。", "Find out first how this batch came in.";
    Q_VERSION = "用的是本方案的另一版本", "Made with another version of this plan";
    Q_PLAN = "是另一个方案的批次", "A batch of another plan";
    Q_PLAN_DO = "请选用那个方案再打开。", "Choose that plan and open it there.";
    Q_ROUND = "轮次不在方案里", "The round is not in the plan";
    Q_ROUND_DO = "请核对方案版本。", "Check the version of the plan.";
    Q_LINK = "链接不是本办公室签发的", "The link was not signed by this office";
    Q_LINK_DO = "保留但不计入。", "Kept, and not counted.";
    B_NOT = "不是批次文件", "Not a batch";
    B_NOT_DO = "请选择扩展名为 .minping 的文件；若文件不完整，请重新拷贝。", "Choose a file that ends in .minping; if it is cut off, copy it again.";
    B_KIND = "是另一种民评文件", "Another kind of Minping file";
    B_KIND_DO = "密钥、名册和设备卡请在各自的页面打开。", "Open keys, rosters and cards on their own pages.";
    B_SIGNATURE = "签名不符：被改动或损坏", "The signature does not hold: changed or damaged";
    B_SIGNATURE_DO = "请从原设备重新取这个文件。", "Get the file again from the device.";
    B_CONTENT = "内容不合格式", "The content is not of the format";
    B_NEWER = "由更新版本的程序制作", "Made by a newer app";
    B_NEWER_DO = "请更新本程序后再打开。", "Update this app and open it again.";
    BATCHES_REMOVE_ALL = "清空本机上的批次", "Remove the batches from this computer";
    BATCHES_REMOVE_TITLE = "从本机上清空所有批次？", "Remove all batches from this computer?";
    BATCHES_REMOVE_TEXT = "原来的文件不受影响，可以再次打开。在这台电脑上录入、接收端还没有收到的纸质票会留下：别处没有。",
        "The files themselves stay as they are and can be opened again. Paper that was entered on this computer and that no receiver has yet stays: it is nowhere else.";
    REMOVE = "清空", "Remove";

    RESULTS_TITLE = "结果", "Results";
    RESULTS_TEXT = "每个测评对象的指数、满意率和各档次人数；每个数字都说明怎么来的。",
        "Index, satisfaction rate and counts by grade of every unit; each number says how it was made.";
    RESULTS_EMPTY = "还没有计入任何答卷", "No record is counted yet";
    RESULTS_EMPTY_TEXT = "请先在“批次”页打开批次文件，并打开密钥。", "Open batch files on the page “Batches” first, and open the keys.";
    RESULTS_N = "计入 {0} 份答卷", "{0} records counted";
    UNIT = "测评对象", "Unit";
    INDICATOR = "指标", "Indicator";
    RANK = "名次", "Rank";
    INDEX = "综合指数", "Index";
    SCORE = "满意度得分", "Score";
    RATE = "满意率", "Satisfaction rate";
    RATE_INTERVAL = "95% 区间", "95 % interval";
    VALID = "有效答案", "Valid answers";
    DONT_KNOW = "不了解率", "Don't-know rate";
    BLANK = "未答", "Blank";
    WITHHELD = "人数太少，不公布", "Withheld: too few answers";
    WITHHELD_SHORT = "不公布", "Withheld";
    NO_ANSWERS_FROM = "{0}无有效答案", "No valid answer from {0}";
    NO_SCORE_FOR = "有指标无有效答案", "An indicator has no valid answer";
    NOMINAL = "（名义）", " (nominal)";
    DONT_KNOW_COUNT = "不了解", "Don't know";
    GRADES = "各档次人数", "Counts by grade";
    MORE_COMMENTS = "另有 {0} 条，可用命令行 minping open --records 导出", "{0} more: export them with the program, minping open --records";
    PLACE_ANONYMOUS = "本方案承诺匿名：链接随答案一起交回，因此不能写具体地点，只显示抽样层的名称。",
        "This plan promises anonymity: a link travels with its answer, so it names no place of its own; the stratum's name is shown.";
    NO_SCORE = "无有效答案", "No valid answer";
    SHOW_PUBLISHED = "按公布口径显示（少于 {0} 人的格子不公布）", "Show as published (cells under {0} are withheld)";
    SAVE_CSV = "保存 CSV 表格", "Save as CSV";
    SAVE_JSON = "保存 JSON", "Save as JSON";
    SAVE_REPORT = "保存报告", "Save the report";
    PRINT = "打印", "Print";
    HOW_MADE = "数字是怎么来的", "How the numbers are made";
    HOW_OF_UNIT = "这些数是怎么来的", "How these numbers were made";
    AGAINST_CLASS = "与同类平均", "Against its class";
    RANK_TIED = "并列", "tied";
    RANK_RANGE = "范围 {0}", "range {0}";
    PLOTS = "图示", "Plots";
    PLOTS_SHOW = "画出图", "Draw the plots";
    PLOTS_DRAWING = "正在画图……", "Drawing …";
    PLOTS_NONE = "还没有可画的数", "There is nothing to draw yet";
    PLOT_NUMBERS = "图中的数", "The numbers of this plot";
    PLOT_SVG = "保存 SVG", "Save as SVG";
    PLOT_PNG = "保存 PNG", "Save as PNG";
    CHANGES = "与较早一轮相比", "Change since an earlier round";
    CHANGES_SAVE = "保存变化 CSV 表格", "Save the changes as CSV";
    SINCE = "较早的轮次", "Earlier round";
    SINCE_NONE = "不比较", "None";
    DETAILS_OF = "{0}：各指标与各档次人数", "{0}: indicators and counts by grade";
    KNOWLEDGE = "知识题", "Knowledge questions";
    KNOWLEDGE_HINT = "“不知道”算作答但不算答对；拒答和未答不在任何份额里。平均得分：每份答卷答对的分值 ÷ 它作答的题目的分值，再取平均。",
        "“Don't know” counts as an answer that is not right; refused and blank are in no share. Mean score: the points of a record's right answers divided by those of the questions it answered, averaged over the records.";
    COMBINED = "综合得分（多种方式合成）", "Combined score (votes, experts, figures)";
    COMBINED_SAVE = "存为表格（综合得分）", "Save as CSV (combined score)";
    KNOWLEDGE_SAVE = "保存知识题 CSV 表格", "Save the knowledge questions as CSV";
    COMMENTS = "意见和建议", "Opinions and suggestions";
    NOTES = "调查员备注", "Interviewers' notes";
    NOTES_HINT = "写给办公室的，可能含有个人信息；不公布。", "Written for the office; people may be named in them. They are not published.";
    COMMENTS_HINT = "原文照录，可能含有个人信息，公布前请审阅。", "As written. They may name people: read them before publishing.";

    // Faults of the desk.
    UNDERSTOOD = "知道了", "Close";
    NOT_KEPT = "这台电脑没能存下刚才的内容：{0}。现在仍可查看和保存结果；关闭或刷新本页后，需要重新打开文件。",
        "This computer could not keep what was just opened: {0}. You can still read and save the results now; after the page is closed or loaded again, open the files again.";
    SAVE_FULL = "磁盘或浏览器的存储空间已满，请腾出空间", "the disk or the browser's storage is full; free some space";
    SAVE_CONFLICT = "另一个标签页改动了同一内容，请关闭其他标签页后刷新", "another tab changed the same thing; close the other tabs and load the page again";
    SAVE_FAILED = "浏览器的存储出了故障，请重启浏览器", "the browser's storage failed; restart the browser";
    KEPT_UNREADABLE = "这台电脑上存着的内容有 {0} 项读不出来，没有改动。请从原来的文件重新打开批次。",
        "{0} things kept on this computer cannot be read; they were left as they are. Open the batches from their files again.";
    NOT_SAVED = "浏览器没有接受要保存的文件。请允许本站点下载，再按一次。",
        "The browser did not take the file to save. Allow downloads from this site, and press the button again.";
    NOT_COPIED = "浏览器不让复制。请选中链接文字，用键盘或菜单复制。", "The browser does not allow copying. Mark the text of the link and copy it by keyboard or menu.";
    NOT_COUNTABLE = "这个方案不能计票，没有采用（{0}）。请用 minping plan check 检查方案。", "This plan cannot be counted and was not taken ({0}). Check it with minping plan check.";
    NOT_PUBLISHED = "方案没能写成文件（{0}）。什么都没有改变，请再试一次。", "The plan could not be written ({0}). Nothing was changed; try again.";
    RIGHT_SEALED = "方案里的正确答案是加密的，还没有打开，所以不给知识题判分（{0}）。请打开办公室的密钥。",
        "The plan's right answers are sealed and not open, so questions with a right answer are not scored ({0}). Open the office's keys.";
    REMARKS = "结果解读", "Your explanation of the results";
    REMARKS_FIELD = "对本轮结果的说明和回应", "What you say of this round's results";
    REMARKS_HINT = "写进报告，自成一节，并注明由测评办公室撰写。空一行分段，行首写“- ”成列表，两边写 ** 加重。每一轮各写各的，存在这台电脑上。",
        "It becomes a part of the report, marked as written by the office. An empty line parts paragraphs, `- ` begins an entry of a list, ** around words makes them strong. Kept on this computer, round by round.";
    REMARKS_NAMES = "其中有 {0} 处像姓名或号码；报告照写的样子印出，请再看一遍。", "{0} places look like a name or a number; the report prints them as they stand: look once more.";
    REMARKS_KEPT = "已保存在本机。", "Kept on this computer.";
    KEPT_PLAN = "上次用的方案还存在这台电脑上，但现在读不进来：可能是另一版本的程序存下的。它没有被删除。请在“方案与链接”页重新选用发布的方案；也可以先把存着的文件保存出来查看。",
        "The plan that was used last is still kept on this computer, but it no longer loads: another version of the app may have kept it. It was not removed. Choose the published plan again on “Plan and links”; you can save the kept file first.";
    KEPT_PLAN_SAVE = "保存存着的方案文件", "Save the kept plan file";
    KEPT_PLAN_GONE = "上次用的方案不在这台电脑上了。请在“方案与链接”页重新选用；批次都还在。",
        "The plan that was used last is no longer on this computer. Choose it again on “Plan and links”; the batches are still here.";
    KEPT_ROSTER = "存着的设备名册不能用：{0}。它没有被删除；在打开有效的名册之前，平板交来的批次都会隔离，不计入结果。",
        "The kept roster of devices cannot be used: {0}. It was not removed. Until a valid roster is opened, batches of tablets are set apart and not counted.";
    KEPT_ROSTER_SAVE = "保存存着的名册文件", "Save the kept roster file";
    ONE_LARGE = "文件太大，不会是这里要的文件。请另选一个。", "The file is too large to be the right one. Choose another.";
    ONE_NOT_TEXT = "这不是文本文件，不会是这里要的文件。请另选一个。", "This is no text file and cannot be the right one. Choose another.";
    ONE_FAILED = "浏览器读不到这个文件。请确认它还在、没有被别的程序占用，再选一次。",
        "The browser could not read this file. See that it is still there and not in use, and choose it again.";

    PLAN_DIGITS = "方案文件的核对数字", "Digits of this plan file";
    PLAN_DIGITS_HINT = "访问员从文件采用这份方案时，请把这 30 位念给他核对。",
        "Where a canvasser takes this plan in as a file, read these thirty digits out to be compared.";
    KEYS_FINGERPRINT_HINT = "与制作密钥时记下的指纹逐组核对。", "Compare it, group by group, with the one written down when the keys were made.";
    KEYS_FINGERPRINT_NEW = "请把指纹抄在纸上：以后打开密钥时，用它核对是不是这一套。", "Write the fingerprint down on paper: with it you can tell later that these are the keys.";
    KEYS_MAKING = "正在制作……", "Making the keys…";
    PASSPHRASE_MISSING = "请输入口令", "Type the passphrase";

    PLAN_NOT_READ = "这个方案不能使用，原来的方案没有改变", "This plan cannot be used; the plan in use stays as it was";
    PLAN_FOUND_PROBLEMS = "方案里有 {0} 处错误。请修改方案文件后重新打开：", "The plan has {0} errors. Mend the plan file and open it again:";
    MORE_PROBLEMS = "另有 {0} 处错误；用 minping plan check 可以看到全部和所在的行。", "{0} more errors; minping plan check lists all of them with their lines.";
    PLANS_OFFLINE = "站点没有回答：可能没有网络。已打开过的方案和批次仍可使用。", "The site did not answer: there may be no network. The plan and batches that were opened before can still be used.";
    PLANS_BROKEN = "站点上的 plans/index.json 不是方案列表。请重新发布方案，或在下面打开方案文件。",
        "plans/index.json on the site is no list of plans. Publish the plans again, or open a plan file below.";
    PLAN_OFFLINE = "没有取到方案文件：站点没有回答。请检查网络后再试。", "The plan file was not fetched: the site did not answer. Check the network and try again.";
    PLAN_MISSING = "列表里有这个方案，站点上却没有它的文件。请重新发布，或打开方案文件。",
        "The plan is on the list, but its file is not on the site. Publish it again, or open the plan file.";
    PLAN_OTHER_BYTES = "方案文件与列表上的指纹不符（被改动或没传完整），没有使用。请重新发布该方案。",
        "The plan file does not have the digest on the list (changed, or cut off) and was not used. Publish the plan again.";
    PLAN_NOT_ON_SITE = "这个方案还不在站点的列表里：居民扫码会打不开。请先把方案文件和 index.json 放进站点的 plans 文件夹，再印二维码。",
        "This plan is not on the site's list yet: residents who scan the code could not open it. Put the plan file and index.json into the site's folder `plans` before you print codes.";
    UNPUBLISHED = "方案还没有发布", "The plan is not published yet";
    PUBLISH_TEXT = "把当前打开的公开密钥写进方案，得到可以发布的方案文件。", "Writes the public keys that are open now into the plan. The file that comes of it can be published.";
    PUBLISHED = "已发布为 {0}，并选用", "Published as {0}, and in use";
    PUBLISHED_TEXT = "最后一步：把方案文件和 index.json 两个文件都放进站点的 plans 文件夹。", "The last step: put both files, the plan and index.json, into the site's folder `plans`.";
    PUBLISH_AGAIN = "再保存一次方案文件", "Save the plan file again";
    PUBLISH_NO_LIST = "读不到站点现有的方案列表，所以不能给出新的 index.json（否则会丢掉别的方案）。请按上面的“再试一次”。",
        "The site's present list of plans could not be read, so no new index.json is offered: it would lose the other plans. Press “Try again” above.";

    LINKS_TEXT = "居民扫码即可答题。链接里没有任何人的信息；改了下面的选择，要重新生成。", "Residents scan it to answer. A link says nothing about any person. After another choice, make it again.";
    POSTER_PRIVATE = "匿名填写", "Anonymous";

    ROSTER_NOT = "这不是名册文件。请选择扩展名为 .minping-roster 的文件。", "This is no roster file. Choose the one that ends in .minping-roster.";
    ROSTER_CHANGED = "签名不符：名册被改动过或没拷贝完整。请改用办公室保存的那一份", "the signature does not hold: the roster was changed or cut off. Use the copy that the office saved";
    ROSTER_OTHER_KEY = "不是用本方案的密钥签的（方案可能用另一套密钥重新发布过）。请打开用本方案密钥签的名册，或重新登记设备",
        "it was not signed with this plan's keys (the plan may have been published anew with others). Open a roster signed with the plan's keys, or enrol the devices again";
    ROSTER_CONTENT = "内容不合名册格式。请改用办公室保存的那一份", "its content is not that of a roster. Use the copy that the office saved";
    ROSTER_TWIN = "打开的名册也是第 {0} 版，内容却与现有的不同：可能有两个人各签了一版。没有采用；请商定以哪一份为准，缺的设备在下面登记。",
        "The roster that was opened is issue {0} as well, but differs from the one here: two people may have signed at the same time. It was not taken. Agree which one counts, and enrol missing devices below.";
    CARD_NOT = "这不是设备卡。请在平板的“本机”页上保存设备卡（.minping-card），再打开它。", "This is no device card. Save the card (.minping-card) on the tablet's page “This device”, and open it.";
    CARD_BAD = "设备卡被改动过或没拷贝完整。请在平板上重新保存。", "The device card was changed or cut off. Save it again on the tablet.";
    REVOKE_TITLE = "吊销“{0}”？", "Revoke “{0}”?";

    COMMA = "；", "; ";
    OPENED_ADMITTED = "{0} 个新批次已采用", "{0} new batches admitted";
    OPENED_KNOWN = "{0} 个已经有了（不重复计算）", "{0} were here already (not counted twice)";
    OPENED_APART = "{0} 个隔离（不计入，原因见下）", "{0} set apart (not counted; why, see below)";
    OPENED_REFUSED = "{0} 个文件不能用（原因见下）", "{0} files could not be used (why, see below)";
    OPENED_LEFT = "已停止，还有 {0} 个没有打开；已打开的都保留着", "stopped, with {0} not opened; what was opened is kept";
    OPENED_NOTHING = "没有新的批次", "No new batches";
    RECEIVER_URL_HINT = "一般不用改", "Usually right as it is";
    RECEIVER_TOKEN_HINT = "接收端第一次启动时显示，保存在它的数据文件夹的 office-token 文件里", "Shown by the receiver at its first start, and kept in the file office-token of its data folder";
    RECEIVER_MISSING = "请填写接收端地址和办公室令牌", "Fill in the address and the office token";
    RECEIVER_SILENT = "接收端没有回答：请检查网络和地址。已取到的批次都保留着，可以再试。",
        "The receiver did not answer: check the network and the address. Batches that were fetched are kept; try again.";
    RECEIVER_BAD_TOKEN = "令牌不对：请从接收端的 office-token 文件里复制，不要多出空格。", "The token is wrong: copy it from the receiver's file office-token, without blanks.";
    RECEIVER_NONE = "这个地址上不是接收端。请核对地址；与本站点在一起的接收端填 api/。", "There is no receiver at this address. Check it; for the receiver beside this site it is api/.";
    RECEIVER_BUSY = "接收端暂时不能回答。已取到的批次都保留着，请过一会儿再试。", "The receiver cannot answer now. Batches that were fetched are kept; try again in a while.";
    RECEIVER_AT_WORK = "正在取……", "Fetching…";
    RECEIVER_DONE = "接收端共有 {0} 批，都已取到这台电脑", "The receiver has {0} batches; all of them are on this computer now";
    SUM_OF_RECORDS = "答卷", "Records";
    SUM_OF_BATCHES = "批次和文件", "Batches and files";
    FILE_FACTS = "{0} · 第 {1} 批 · {2} 份答卷", "{0} · batch {1} · records: {2}";
    FILE_BY_LINK = "{0} · {1} 份答卷", "{0} · records: {1}";
    SAME_BATCH = "同一批次还以这些名字打开过（只算一次）：{0}", "The same batch was also opened as (counted once): {0}";
    REFUSED_HINT = "不能用的文件只列在这里，没有存下；刷新后不再列出。", "Files that could not be used are only listed here and not kept; the list is gone when the page is loaded again.";
    F_LARGE = "文件太大，不会是批次", "Too large to be a batch";
    F_LARGE_DO = "没有读取。请选择扩展名为 .minping 的文件。", "It was not read. Choose a file that ends in .minping.";
    F_FAILED = "读不到这个文件", "This file could not be read";
    F_FAILED_DO = "若是文件夹，请用“打开文件夹”；否则确认文件还在，再打开一次。", "If it is a folder, use “Open a folder”; otherwise see that it is still there, and open it again.";
    B_CONTENT_DO = "请保留此文件，查问它从哪里来，并转给技术支持人员。", "Keep this file, ask where it came from, and give it to those who support you.";
    UNBALANCED = "账目不平：这是程序的错误。请不要使用结果，保留所有文件，并转给技术支持人员。",
        "The account does not balance: this is a fault of the program. Do not use the results, keep all files, and tell those who support you.";
    Q_VERSION_DO = "请在“方案与链接”页选用那个版本的方案；这一批会在那里计入。", "Choose that version of the plan on “Plan and links”; the batch is counted there.";
    RESULTS_GO = "查看结果", "See the results";
    BATCHES_GO = "去打开批次", "Open batches";
    SHOW_ALL = "展开所有对象的指标和各档次人数", "Show indicators and counts by grade of all units";
    BASIS_INTERNAL = "内部口径：未隐去人数少的格子，不可直接公布。", "Internal: small cells are not withheld; do not publish as it is.";
    BASIS_PUBLISHED = "公布口径：少于 {0} 人的格子不公布。", "As published: cells under {0} are withheld.";
    PRINTED_ON = "打印日期 {0}", "Printed on {0}";

    ATTACHMENTS = "照片、绘画和录音", "Photos, drawings and recordings";
    ATTACHMENTS_HINT = "可能看得出是谁，只供测评办内部查看，不写入任何公布的文件。要一次取出全部文件，请用 minping open --attachments。",
        "They may show who somebody is: for the office alone, and in no published file. All files at once: minping open --attachments.";
    ATTACHMENTS_LOADING = "正在打开……", "Opening…";
    ATTACHMENTS_RANGE = "第 {0}–{1} 个，共 {2} 个", "{0}–{1} of {2}";
    ATTACHMENT_OF = "答卷 {0}", "record {0}";
    ATTACHMENT_SIZE = "{0} kB", "{0} kB";
    PAGE_BEFORE = "上一页", "Back";
    PAGE_NEXT = "下一页", "More";
    SAVE_FILE = "保存", "Save";
    FILE_KEYS = "这份答卷已封存：请先打开它的密钥。", "This record is sealed: open its keys first.";
    FILE_MISSING = "答卷里没有这个文件，请查问填写的设备。", "The file is not in the record. Ask about the device that made it.";
    FILE_CHANGED = "文件与它的名称不符，不予显示，请查问填写的设备。",
        "The file is not what its name says, so it is not shown. Ask about the device that made it.";
    FILE_NOT_HERE = "本机上没有这个批次了，请重新打开它的文件。", "Its batch is not on this computer any more. Open the file of the batch again.";

    DECISIONS = "人工决定", "Decisions";
    DECISIONS_HINT = "单个批次或答卷是否计入，由人决定的都写在这里：用办公室密钥签名，写明决定人、时间和理由，并写进测评报告。同一对象以最后一次决定为准；决定不会被删除。",
        "Whether single batches or records count, as people decide: signed with the office's keys, with name, time and reason, and shown in the report. The last decision about the same holds; none is ever removed.";
    DECISIONS_NONE = "还没有作过决定。", "Nothing was decided so far.";
    DECISIONS_SAVE = "保存决定文件", "Save the file of decisions";
    DECISIONS_LOAD = "打开决定文件", "Open a file of decisions";
    DECISIONS_TAKEN = "已读入 {0} 条决定。", "{0} decisions are in force.";
    DECISIONS_LINE = "第 {0} 行：", "Line {0}: ";
    DECIDE = "签名并生效", "Sign the decision";
    DECIDE_ADMIT = "计入", "Let it count";
    DECIDE_APART = "不计入", "Keep it apart";
    DECIDE_LEAVE_OUT = "某份答卷不计入", "Leave a record out";
    DECIDE_LEAVE_OUT_NAMED = "答卷 {0}（{1}）不计入", "Leave record {0} of {1} out";
    DECIDE_COUNT = "某份答卷恢复计入", "Let a record count again";
    DECIDE_BATCH = "批次", "Batch";
    DECIDE_RECORD = "答卷", "Record";
    DECIDE_ID = "答卷编号", "Id of the record";
    DECIDE_ID_HINT = "22 个字符，见质量检查和导出的答卷。", "22 characters, as in the quality check and the exported records.";
    DECIDE_REASON = "理由", "Reason";
    DECIDE_REASON_HINT = "会写进报告，公布的报告也有：不要写任何答题人。", "It stands in the report, in the published one too: name nobody who answered.";
    DECIDE_BY = "决定人", "Decided by";
    DECIDE_KEYS = "要先打开办公室的密钥，才能签名。", "Open the office's keys first: a decision is signed with them.";
    DECIDE_MISSING = "请填写理由和决定人。", "Fill in the reason and who decides.";
    DECIDE_NO_RECORD = "编号应有 22 个字符，请核对。", "An id has 22 characters. Please check it.";
    DECIDE_CLOCK = "本机的时钟比上一个决定还早，请校正后再作决定。", "This computer's clock is before the last decision. Correct it and decide again.";
    DECIDE_NOT_KEPT = "本机没能保存，决定没有生效。请腾出空间后再试。", "This computer could not keep it, so it is not in force. Free some space and try again.";
    DECIDE_BAD = "这不是本方案办公室签名的决定，请选择正确的文件。", "This is no decision signed by the office of this plan. Choose the right file.";
    DECIDE_TEXT = "理由或决定人太长，或含有不能用的字符。", "The reason or the name is too long, or holds characters that cannot be used.";
    DECIDED = "决定已生效", "The decision is in force";
    DECIDED_ADMIT = "决定计入", "counts by decision";
    DECIDED_APART = "决定不计入：{0}", "Kept apart by decision: {0}";
    CONFLICT_ID = "同一编号，内容不同：把不对的那份设为不计入，剩下的一份就会计入。",
        "One id, several contents: leave out what is wrong; the one that remains counts.";
    CONFLICT_CODE = "一次性链接用了几次：只留下应当计入的那份。",
        "A link for one answer was used several times: leave out all but the one that should count.";
    SUM_LEFT_OUT = "经决定不计入", "Left out by decision";
    KEPT_DECISIONS = "本机保存的 {0} 条决定无法核验，没有生效，也没有删除。请保存它们，查问是谁签的。",
        "{0} decisions kept on this computer do not verify; they are not in force, and not removed. Save them and ask who signed them.";
    KEPT_DECISIONS_SAVE = "保存这些决定", "Save these decisions";
}
