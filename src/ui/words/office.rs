//! The office's screens.

crate::words! {
    TITLE = "测评办公室", "The office";
    INTRO = "在这里保管密钥、登记设备、打开答卷批次、查看得分。答案只在这台电脑上解开，不会传到别处。",
        "Keep the keys, enrol devices, open batches and read the scores here. Answers are opened on this computer only and are sent nowhere.";
    NAV = "办公室各页", "Pages of the office";
    NAV_KEYS = "密钥", "Keys";
    NAV_PLANS = "方案与链接", "Plan and links";
    NAV_ROSTER = "设备", "Devices";
    NAV_BATCHES = "批次", "Batches";
    NAV_RESULTS = "结果", "Results";

    PLAN = "测评方案", "Evaluation plan";
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
    KEYS_FINGERPRINT_HINT = "与发布方案时记下的指纹逐组核对。", "Compare it, group by group, with the one written down when the plan was published.";
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

    PLANS_TITLE = "方案与链接", "Plan and links";
    PLANS_LISTED = "本站点上的方案", "Plans on this site";
    PLANS_EMPTY = "本站点上还没有方案", "There is no plan on this site yet";
    PLANS_EMPTY_TEXT = "把方案文件放进 plans 文件夹，或在下面打开一个方案文件。", "Put a plan file into the folder `plans`, or open one below.";
    PLANS_FAILED = "读不到方案列表", "The list of plans could not be read";
    PLANS_FAILED_TEXT = "可能没有网络。已打开过的方案仍可使用。", "There may be no network. Plans that were opened before can still be used.";
    PLAN_FILE = "打开方案文件", "Open a plan file";
    PLAN_FILE_HINT = "扩展名 .json", "A .json file";
    PLAN_USE = "使用这个方案", "Use this plan";
    PLAN_IN_USE = "正在使用", "In use";
    PLAN_FOUND_PROBLEMS = "方案里有 {0} 处错误，不能使用。请修改后重新打开。", "The plan has {0} errors and cannot be used. Mend them and open it again.";
    PLAN_NOT_READ = "方案文件读不出来", "The plan file could not be read";
    PLAN_OTHER_BYTES = "方案文件与列表上的指纹不符，没有使用。请重新发布该方案。", "The plan file does not have the digest on the list and was not used. Publish the plan again.";
    PLAN_VERSION = "版本 {0}，指纹 {1}", "Version {0}, digest {1}";
    PLAN_UNPUBLISHED = "此方案还没有办公室密钥：未发布，不能收答卷。", "This plan has no office keys yet: it is not published and cannot collect answers.";
    PUBLISH_TITLE = "发布方案", "Publish the plan";
    PUBLISH_TEXT = "把当前打开的公开密钥写进方案，得到可以发布的方案文件。请把两个文件都放进站点的 plans 文件夹。",
        "Writes the public keys that are open now into the plan. Put both files into the site's folder `plans`.";
    PUBLISH_DO = "写入密钥并保存方案文件", "Add the keys and save the plan file";
    PUBLISH_INDEX = "保存方案列表 index.json", "Save the list index.json";
    PUBLISHED = "已发布为 {0}", "Published as {0}";

    LINKS_TITLE = "二维码与链接", "QR codes and links";
    LINKS_TEXT = "居民扫码即可答题。链接里没有任何人的信息。", "Residents scan it to answer. A link says nothing about any person.";
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
    POSTER_PRIVATE = "匿名填写，约一分钟。", "Anonymous, about a minute.";
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
    CARD_BAD = "这不是设备卡，或已损坏。请在平板上重新保存。", "This is no device card, or it is damaged. Save it again on the tablet.";
    DEVICE = "设备", "Device";
    FINGERPRINT = "核对码", "Check code";
    STATE = "状态", "State";
    ENROLLED = "已登记", "Enrolled";
    REVOKED = "已吊销", "Revoked";
    REVOKE = "吊销", "Revoke";
    RESTORE = "恢复", "Restore";
    REVOKE_TITLE = "吊销这台设备？", "Revoke this device?";
    REVOKE_TEXT = "吊销后，它交来的批次（包括以前的）都会隔离，不再计入结果；可以恢复。",
        "All its batches, earlier ones too, are then set apart and no longer counted. It can be restored.";
    ENROLLED_SAY = "已登记 {0}", "{0} is enrolled";
    ROSTER_BAD = "名册文件无效：不是名册、被改动过，或不是本办公室签的。", "The roster file is not valid: no roster, changed, or not signed by this office.";
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
    RECEIVER_TOKEN_HINT = "接收端第一次启动时显示", "Shown by the receiver at its first start";
    RECEIVER_FETCH = "取回新批次", "Fetch new batches";
    RECEIVER_FAILED = "没有取到：接收端没有回答，或令牌不对。已取到的都保留着，可以再试。",
        "Not fetched: the receiver did not answer, or the token is wrong. What was fetched is kept; try again.";
    FETCHING = "正在取回 {0} / {1}", "Fetching {0} of {1}";
    RECEIVER_DONE = "接收端有 {0} 批，其中新取 {1} 批", "The receiver has {0} batches; {1} were new";
    WORKING = "正在核对 {0} / {1}", "Checking {0} of {1}";
    OPENING_RECORDS = "正在打开答卷 {0} / {1}", "Opening records, {0} of {1}";
    STOP = "停止", "Stop";
    STOPPED = "已停止，已核对的都保留着。", "Stopped. What was checked is kept.";
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
    SUM_WAITING = "等待密钥的答卷", "Records waiting for the keys";
    SUM_IN_QUARANTINE = "在隔离批次里的答卷（不计）", "Records in batches set apart (not counted)";
    MORE_LINES = "另有 {0} 个已采用的文件没有列出", "{0} more admitted files are not listed";
    SUM_VOIDED = "作废的访问", "Voided sessions";
    SUM_GAPS = "缺号", "Missing batches";
    SUM_FORKS = "分叉", "Forks";
    BALANCED = "账目平衡：批次里的每一份答卷都在上面某一行。", "The account balances: every record in a batch is in one of these lines.";
    UNBALANCED = "账目不平，请不要使用结果，并向我们报告。", "The account does not balance. Do not use the results, and tell us.";
    GAP_LINE = "设备 {0} 缺第 {1} 批：请到该设备上补交，在此之前这些答卷没有计入。",
        "Device {0} lacks batch {1}: have it handed over again from that device. Until then its records are not counted.";
    FORK_LINE = "设备 {0} 的第 {1} 批有两个不同版本：设备可能被复制或恢复过，请查明。",
        "Device {0} has two different batches {1}: it may have been cloned or restored. Find out what happened.";
    FILES_TITLE = "每个文件", "Each file";
    FILE = "文件", "File";
    FOUND = "核对结果", "What was found";
    WHAT_TO_DO = "怎么办", "What to do";
    RECORDS = "答卷", "Records";
    SEQ = "编号", "Number";
    RESIDENT = "居民扫码", "By a link";
    ADMITTED = "采用", "Admitted";
    Q_UNKNOWN = "设备不在名册上", "The device is not on the roster";
    Q_UNKNOWN_DO = "若确是本办公室的设备，请在“设备”页登记它的设备卡，批次会自动采用。", "If it is the office's, enrol its card on the page “Devices”; the batch is then taken by itself.";
    Q_REVOKED = "设备已被吊销", "The device was revoked";
    Q_REVOKED_DO = "先查清这批是怎么来的。", "Find out first how this batch came in.";
    Q_VERSION = "用的是本方案的另一版本", "Made with another version of this plan";
    Q_VERSION_DO = "请选用那个版本的方案再打开。", "Choose that version of the plan and open it there.";
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
    B_CONTENT_DO = "请把文件发给开发者查看。", "Send the file to the developers.";
    B_NEWER = "由更新版本的程序制作", "Made by a newer app";
    B_NEWER_DO = "请更新本程序后再打开。", "Update this app and open it again.";
    BATCHES_REMOVE_ALL = "清空本机上的批次", "Remove the batches from this computer";
    BATCHES_REMOVE_TITLE = "从本机上清空所有批次？", "Remove all batches from this computer?";
    BATCHES_REMOVE_TEXT = "原来的文件不受影响，可以再次打开。", "The files themselves stay as they are and can be opened again.";
    REMOVE = "清空", "Remove";
    NOT_KEPT = "本机没能存下这些批次（{0}）。结果仍可查看，刷新后需要重新打开文件。",
        "This computer could not keep these batches ({0}). The results can be read now; after a reload open the files again.";

    RESULTS_TITLE = "结果", "Results";
    RESULTS_TEXT = "每个测评对象的指数、满意率和各档次人数；每个数字都说明怎么来的。",
        "Index, satisfaction rate and counts by grade of every unit; each number says how it was made.";
    RESULTS_EMPTY = "还没有计入任何答卷", "No record is counted yet";
    RESULTS_EMPTY_TEXT = "请先在“批次”页打开批次文件，并打开密钥。", "Open batch files on the page “Batches” first, and open the keys.";
    RESULTS_N = "计入 {0} 份答卷", "{0} records counted";
    UNIT = "测评对象", "Unit";
    UNIT_GROUP = "类别", "Class";
    INDICATOR = "指标", "Indicator";
    RANK = "名次", "Rank";
    INDEX = "满意度指数", "Index";
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
    PRINT = "打印", "Print";
    HOW_MADE = "数字是怎么来的", "How the numbers are made";
    HOW_SCORE = "满意度得分：有效答案的分值之和 ÷ 有效答案数。“不了解”和未答不在分母里。",
        "Score: the sum of the points of valid answers divided by their number. “Don't know” and blank are not in the denominator.";
    HOW_RATE = "满意率：方案中计为“满意”的档次所占份额。区间为 Wilson 区间；扫码自愿参加的部分不是随机抽样，区间只是名义上的。",
        "Satisfaction rate: the share of the grades that the plan counts as satisfied. Wilson interval; for those who answered by a link of their own accord it is nominal, since they are no random sample.";
    HOW_INDEX = "满意度指数：各指标得分按方案权重加权之和；任何一个指标没有有效答案，就没有指数，不重新分配权重。",
        "Index: the indicators' scores weighted as in the plan. Where one has no valid answer there is no index; weights are not shared out again.";
    HOW_RANK = "名次：同类之内按精确值排列，并列者同名次（1、2、2、4）。", "Rank: within a class, on the exact value; ties share a rank (1, 2, 2, 4).";
    DETAILS_OF = "{0}：各指标与各档次人数", "{0}: indicators and counts by grade";
    COMMENTS = "意见和建议", "Opinions and suggestions";
    COMMENTS_HINT = "原文照录，可能含有个人信息，公布前请审阅。", "As written. They may name people: read them before publishing.";
}
