//! The canvasser's screens: plans on this device, interviews, outbox, hand-over, the device's card and health.

crate::words! {
    // A note about a question
    NOTE_ADD = "备注", "Note";
    NOTE_THERE = "有备注", "Note ✓";
    NOTE_LABEL = "给办公室的备注（不公布，对方看不到）", "Note for the office (never published, not for the resident)";
    PREVIEW = "试答", "Trying a plan out";
    PREVIEW_NOTE = "试答：什么都不保存，也不送出。", "Trying it out: nothing is kept, and nothing is sent.";
    PREVIEW_WAITING = "等待编辑页把方案送过来……", "Waiting for the editor to hand over the plan…";
    PREVIEW_DONE = "到这里问卷就结束了。没有保存任何答案。", "This is where the questionnaire ends. No answer was kept.";
    PREVIEW_AGAIN = "从头再试一遍", "Start again";

    // Plans on this device
    PLANS = "测评方案", "Evaluations";
    PLANS_LEAD = "选择一项测评，开始访问。没有网络也能用。", "Choose an evaluation and start. It works without a network.";
    PLANS_LOADING = "正在读取方案……", "Reading the list of evaluations…";
    PLANS_NONE = "这个网站还没有发布测评方案。", "No evaluation is published on this site yet.";
    PLANS_NONE_TEXT = "请测评办公室发布方案，然后重新打开本页。", "Ask the office to publish one, then open this page again.";
    PLANS_OFFLINE = "现在没有网络。下面是本机上已有的方案，可以照常访问。",
        "There is no network. These evaluations are on this device and work as usual.";
    PLANS_OFFLINE_NONE = "现在没有网络，本机上也还没有方案。请连上网络打开一次。",
        "There is no network, and no evaluation is on this device yet. Open this page once with a network.";
    PLANS_BAD = "读不懂网站上的方案清单。请告诉测评办公室。", "The site's list of evaluations cannot be read. Please tell the office.";
    READY_OFFLINE = "可离线使用", "Works offline";
    NOT_YET_OFFLINE = "尚未存到本机", "Not on this device yet";
    WAITING_DRAFTS = "未完成 {0}", "{0} unfinished";
    WAITING_UNSENT = "未交 {0}", "{0} not handed over";
    VERSION = "版本 {0}", "Version {0}";
    EARLIER_VERSION = "网站上已有别的版本", "Another version is on the site";

    // One plan
    PLAN_OPENING = "正在打开方案……", "Opening the evaluation…";
    PLAN_OFFLINE = "这份方案不在本机上，现在又没有网络。连上网络后再试。",
        "This evaluation is not on this device, and there is no network. Try again with a network.";
    PLAN_MISSING = "网站上没有这份方案。请返回首页重新选择。", "The site does not have this evaluation. Go back and choose again.";
    PLAN_CHANGED = "收到的方案与登记的不一致，没有使用。请告诉测评办公室。",
        "The evaluation that arrived is not the one that was announced, so it is not used. Please tell the office.";
    PLAN_UNREADABLE = "这份方案不能使用：{0}", "This evaluation cannot be used: {0}";
    PLAN_NO_KEYS = "这份方案还没有测评办公室的密钥，访问结果无法封存，所以不能开始访问。请测评办公室正式发布方案。",
        "This evaluation has no office key yet, so that nothing could be sealed. Interviews cannot start until the office publishes it.";
    NEW = "新的访问", "New interview";
    ROUND = "轮次", "Round";
    ROUND_CLOSED = "这一轮不在规定的日期内（{0}）。", "This round is outside its dates ({0}).";
    MODE = "方式", "How";
    MODE_WEB = "自己填写", "On their own";
    MODE_FACE = "当面访问", "Face to face";
    MODE_PHONE = "电话访问", "By telephone";
    MODE_HALL = "会场测评", "In a meeting";
    RATER_GROUP = "对象", "Who answers";
    STRATUM = "地点", "Place";
    STRATUM_NONE = "请选择", "Please choose";
    QUESTIONNAIRE = "问卷", "Questionnaire";
    CHOOSE_FIRST = "请先选择：{0}", "Please choose first: {0}";
    NO_QUESTIONNAIRE = "这样的对象和方式没有对应的问卷。", "There is no questionnaire for this choice.";
    START = "开始访问", "Start the interview";
    START_FAILED = "不能开始：{0}", "Cannot start: {0}";
    DRAFTS = "未完成的访问", "Unfinished interviews";
    DRAFTS_NONE = "没有未完成的访问。", "No unfinished interviews.";
    DRAFT_NAME = "访问 {0}", "Interview {0}";
    DRAFT_PROGRESS = "已答 {0} / {1}", "{0} of {1} answered";
    DRAFT_CHANGED = "打开于 {0}", "Opened {0}";
    DRAFT_BY_LINK = "扫码填写", "By link";
    DRAFT_DAMAGED = "这份访问不能继续（{0}）。内容原样保留，可在“本机”页存成救援文件。",
        "This interview cannot be continued ({0}). It is kept as it is; the page “This device” saves it as a rescue file.";
    DAMAGED = "内容损坏", "damaged";
    NEWER = "由更新的版本写成，请更新应用", "written by a newer app: update it";
    OTHER_PLAN = "属于另一版方案", "made with another version";
    UNFIT = "与方案不符：{0}", "does not fit the evaluation: {0}";
    RESUME = "继续", "Continue";
    DISCARD = "作废", "Discard";
    DISCARD_TITLE = "作废这次访问？", "Discard this interview?";
    DISCARD_TEXT = "答案会被删除，不能恢复。作废的次数和原因会随下一批交给测评办公室。",
        "The answers are deleted for good. That it was discarded, and why, is handed over with the next batch.";
    DISCARD_WHY = "原因", "Reason";
    WHY_REFUSED = "对方拒绝继续", "They did not want to go on";
    WHY_BROKEN_OFF = "中途离开", "They had to leave";
    WHY_INELIGIBLE = "不是访问对象", "Not someone to be asked";
    WHY_MISTAKE = "误开", "Opened by mistake";
    DISCARDED = "已作废", "Discarded";
    TODAY = "今天完成 {0} 份", "{0} finished today";

    // Interview
    ELSEWHERE = "这次访问正在另一个窗口中打开。", "This interview is open in another window.";
    TAKE_OVER = "在这里继续", "Continue here";
    GONE = "没有这次访问。它可能已经完成或作废。", "There is no such interview. It may be finished or discarded.";
    FINISHED = "访问已完成", "The interview is finished";
    FINISHED_TWO = "结果已存在本机，共两份。", "It is kept on this device, in two copies.";
    FINISHED_ONE = "结果已存在本机，但只有一份，请尽早交付。", "It is kept on this device, but in one copy only: hand over soon.";
    FINISHED_SEALED = "从现在起，本机也看不到这些答案，只有测评办公室能打开。",
        "From now on this device cannot read the answers either. Only the office can open them.";
    FINISH_FAILED = "还没有完成：{0}", "Not finished: {0}";
    NEXT = "下一位", "Next person";
    TO_PLAN = "返回方案", "Back to the evaluation";

    // Saving
    SAVE_FULL = "设备存储空间已满。请腾出空间，或在“本机”页存一份救援文件", "the device is full: free some space, or save a rescue file on the page “This device”";
    SAVE_CONFLICT = "另一个窗口刚刚改过。请重新打开再试", "another window has just changed it: open it again";
    SAVE_UNAVAILABLE = "本机存储失效，什么都存不住。请马上在“本机”页存一份救援文件", "storage has failed and nothing can be kept: save a rescue file on the page “This device” now";
    SAVE_FAILED = "本机存储出错。请在“本机”页存一份救援文件，再重新打开", "storage failed: save a rescue file on the page “This device”, then open the app again";
    SEAL_NO_KEY = "方案里没有测评办公室的密钥", "the evaluation has no office key";
    CRYPTO_FAILED = "浏览器的加密功能出错。请重新打开再试", "the browser's cryptography failed: open the app again";
    FAULTS_LEFT = "还有没答完的题", "some questions still need an answer";

    // Outbox
    OUTBOX = "交付", "Hand over";
    OUTBOX_NONE = "没有待交付的访问。", "Nothing is waiting to be handed over.";
    READY = "已完成 {0} 份、作废 {1} 份，等待交付。", "{0} finished and {1} discarded, waiting to be handed over.";
    HAND_OVER = "打包交付", "Hand over";
    HANDING_OVER = "正在打包……", "Packing…";
    HANDED_OVER = "已打包", "Packed";
    HAND_OVER_FAILED = "没有打包：{0}", "Nothing was packed: {0}";
    CHAIN_UNREADABLE = "本机的批次记录读不出来。请在“本机”页存一份救援文件，交给测评办公室",
        "this device's chain of batches cannot be read: save a rescue file on the page “This device” and give it to the office";
    NEED_CARD = "交付前，先制作本机的设备卡，并请测评办公室登记。", "Before the first hand-over, make this device's card and have the office enrol it.";
    MAKE_CARD = "制作设备卡", "Make the device card";
    BATCH = "第 {0} 批", "Batch {0}";
    BATCH_BY_LINK = "扫码填写的一份", "One answer by link";
    BATCH_RECORDS = "访问 {0} 份，作废 {1} 份", "Interviews: {0}, discarded: {1}";
    STATE_WAITING = "等待发送", "Waiting to be sent";
    STATE_WAITING_FILE = "等待存成文件带走", "Waiting to be carried as a file";
    STATE_EXPORTED = "文件已交出", "File handed on";
    STATE_RECEIVED = "已收到", "Received";
    STATE_REFUSED = "被拒收", "Refused";
    FREED = "本机副本已按期删除", "Its copy here was deleted when due";
    REFUSED_WHY = "接收端拒收（{0}）。批次还在本机上，请把文件交给测评办公室。", "The receiver refused it ({0}). It is still on this device: give the file to the office.";
    TRY_AGAIN = "重新发送", "Send again";
    SAVE_FILE = "存成文件", "Save as a file";
    SHARE_FILE = "分享文件", "Share the file";
    CONFIRM_EXPORT = "文件已交到安全的人手里", "The file is in safe hands";
    CONFIRM_TITLE = "文件已经交出去了吗？", "Has the file been handed on?";
    CONFIRM_TEXT = "只有当文件已到测评办公室，或已存到不会丢失的地方，才确认。保存期满后，本机的副本会删除。",
        "Confirm only when the office has the file, or it lies where it cannot be lost. This device deletes its copy when the keeping time is over.";
    CONFIRM_YES = "已经交出", "It has been handed on";
    SENDING = "正在发送……", "Sending…";
    SEND_WAITING = "暂时发不出去，会自动再试。", "It could not be sent just now. It is tried again by itself.";
    SEND_OFFLINE = "没有网络，连上后自动发送。", "No network: it is sent by itself when there is one.";
    SEND_NOW = "现在发送", "Send now";
    SEND_DONE = "全部已收到", "Everything was received";

    // Health line
    HEALTH_TWO = "已存两份", "Two copies";
    HEALTH_ONE = "只有一份", "One copy only";
    HEALTH_NONE = "存不住！", "Nothing can be kept!";
    HEALTH_SPACE_LOW = "空间不足", "Little space";
    HEALTH_UNSENT = "未交 {0}", "{0} not handed over";
    HEALTH_ALL_SENT = "没有未交", "All handed over";
    HEALTH_LAST = "上次交付 {0}", "Last hand-over {0}";
    HEALTH_NEVER = "还没有交付过", "Nothing handed over yet";
    HEALTH_LABEL = "本机状态", "State of this device";

    // This device
    DEVICE = "本机", "This device";
    CARD = "设备卡", "Device card";
    CARD_TEXT = "测评办公室凭设备卡认得这台设备。密钥在本机上生成，谁也取不走。",
        "The office knows this device by its card. Its key is made here and cannot be taken away.";
    CARD_NAME = "给这台设备起个名字", "A name for this device";
    CARD_NAME_HINT = "例如“城东 3 号平板”。不要写人名。", "Such as “East side tablet 3”. No names of people.";
    CARD_NAME_NEEDED = "请先起个名字", "Give it a name first";
    CARD_MAKE = "制作设备卡", "Make the card";
    CARD_RENAME = "换个名字", "Change the name";
    CARD_CODE = "核对码", "Check code";
    CARD_CODE_HINT = "登记时，请办公室核对这几个字是否一致。", "When it is enrolled, the office compares these characters.";
    CARD_QR = "设备卡二维码", "QR code of the device card";
    CARD_SAVE = "存成文件", "Save as a file";
    CARD_SHARE = "分享", "Share";
    CARD_COPY = "复制文字", "Copy as text";
    CARD_COPIED = "已复制", "Copied";
    CARD_FAILED = "没有做成：{0}", "It was not made: {0}";
    CARD_STALE = "设备卡与本机现在的密钥不符：浏览器清除过本机的一部分内容。请重新制作设备卡，并请测评办公室重新登记。",
        "The card does not fit this device's key: the browser cleared a part of what was here. Make the card again and have the office enrol it again.";
    CARD_STALE_SHORT = "设备卡与本机现在的密钥不符。请在“本机”页重新制作，并请测评办公室登记",
        "the card does not fit this device's key: make it again on the page “This device”, and have the office enrol it";
    KEY_LOST = "本机的密钥读不出来，原来的设备卡已不能用。请存一份救援文件，再告诉测评办公室。",
        "This device's key cannot be read, and its card no longer works. Save a rescue file and tell the office.";
    STEPS = "登记步骤", "How to enrol";
    STEP_INSTALL = "把应用装到主屏幕（见下）。", "Install the app on the home screen (see below).";
    STEP_CARD = "起名，制作设备卡。", "Name the device and make its card.";
    STEP_OFFICE = "把二维码、文件或文字交给测评办公室登记，并核对核对码。", "Give the QR code, file or text to the office to enrol, and compare the check code.";
    STEP_OFFLINE = "打开要用的方案一次，看到“可离线使用”。", "Open the evaluations once, until they say “Works offline”.";
    STORAGE = "存储", "Storage";
    STORE_INDEXED = "第一份（数据库）", "First copy (database)";
    STORE_LOG = "第二份（日志文件）", "Second copy (log file)";
    STORE_CACHE = "快速缓存", "Quick cache";
    STORE_TRUSTED = "正常", "Works";
    STORE_DISTRUSTED = "出过错，重新打开前不再算数", "Failed once, and does not count until the app is opened again";
    STORE_ABSENT = "这个浏览器没有", "Not in this browser";
    PERSISTED = "防清理", "Kept from clean-up";
    PERSISTED_YES = "浏览器已答应不清理", "The browser promised to keep it";
    PERSISTED_NO = "浏览器没有答应。请装到主屏幕", "The browser did not promise. Install the app";
    PERSISTED_ASK = "请浏览器保留", "Ask the browser to keep it";
    SPACE = "空间", "Space";
    SPACE_TEXT = "已用 {0}，共可用 {1}", "{0} used of {1}";
    UNKNOWN = "不知道", "Not known";
    UNSENT = "未交付", "Not handed over";
    UNSENT_COUNT = "{0} 份", "{0}";
    LAST = "上次交付", "Last hand-over";
    NOTES = "打开时修复了什么", "What was repaired at start";
    NOTE_REPAIRED_INDEXED = "第一份缺 {0} 项，已从第二份补齐。", "Entries that the first copy lacked, put back from the second: {0}.";
    NOTE_REPAIRED_LOG = "第二份缺 {0} 项，已从第一份补齐。", "Entries that the second copy lacked, put back from the first: {0}.";
    NOTE_RECOVERED = "找回了一次访问最后输入的内容。", "The last words of one interview were recovered.";
    NOTE_CONFLICT = "有一项两份不一致，两样都留着。", "One entry differed between the copies. Both are kept.";
    NOTE_ASIDE = "{0} 项读不出来，原样保留。", "Entries that could not be read and are kept as they are: {0}.";
    UNREADABLE = "有 {0} 项读不出来。它们原样留在本机上；请存一份救援文件，交给测评办公室。",
        "Entries that cannot be read: {0}. They stay on this device as they are: save a rescue file and give it to the office.";
    RESCUE = "救援文件", "Rescue file";
    RESCUE_TEXT = "设备要坏、要换、存储出错时，把本机上的一切存成一个文件，任何装有本应用的设备都能读入。未完成的访问会先封存。",
        "When a device fails or is replaced: everything on it in one file, which any device with this app takes in. Unfinished interviews are sealed first.";
    RESCUE_OUT = "存救援文件", "Save a rescue file";
    RESCUE_IN = "读入救援文件", "Take in a rescue file";
    RESCUE_SAVED = "救援文件已生成", "The rescue file was made";
    RESCUE_LEFT_OUT = "封存不了、没有放进文件的未完成访问：{0} 次。", "Unfinished interviews that could not be sealed and are not in the file: {0}.";
    RESCUE_TAKEN_OVER = "转到新版本的访问：{0} 次。转之前的样子另外封存在文件里，不计数；没能保留的答案由测评办公室从中打开。",
        "Interviews that were taken over to a new version: {0}. How they were before is in the file too, sealed apart and in no count: the office opens it for the answers that fell away.";
    RESCUE_TAKEN = "读入了 {0} 项新内容。", "New entries taken in: {0}.";
    RESCUE_CONFLICTS = "另有 {0} 项与本机不同，两样都留着。", "Entries that differ from what is here, both kept: {0}.";
    RESCUE_NOT_READ = "这个文件读不懂，可能没有复制完整。请从原设备重新复制。", "This file cannot be read. It may be cut off: copy it again from the device that wrote it.";
    RESCUE_WRONG = "这不是救援文件。请选择名字以 minping-rescue 开头的文件。", "This is not a rescue file. Choose one whose name begins with minping-rescue.";
    RESCUE_NEWER = "这个文件由更新的版本写成。请先更新应用。", "A newer app wrote this file. Update this app first.";
    RESCUE_DAMAGED = "文件内容被改动或损坏。请从原设备重新复制。", "The file was changed or damaged. Copy it again from the device that wrote it.";
    INSTALL = "装到主屏幕", "Install on the home screen";
    INSTALLED = "已经装在主屏幕上。", "It is installed.";
    INSTALL_BUTTON = "安装", "Install";
    INSTALL_IOS = "在 Safari 中点“分享”，再点“添加到主屏幕”。不这样做，七天不用，iPad 和 iPhone 就会清除本机上的内容。",
        "In Safari tap Share, then Add to Home Screen. Otherwise an iPad or iPhone removes everything here after seven days without use.";
    INSTALL_OTHER = "在浏览器菜单中选“安装应用”或“添加到主屏幕”。", "In the browser's menu choose “Install app” or “Add to Home screen”.";
    UPDATE = "应用有新版本", "A new version of the app is ready";
    UPDATE_TEXT = "没有访问打开时更新。已存的内容不受影响。", "It is taken in when no interview is open. What is kept is not touched.";
    UPDATE_NOW = "现在更新", "Update now";
    UPDATE_BUSY = "还有别的窗口开着本应用。请先关掉它们。", "The app is open in other windows: close them first.";
    COPY_FAILED = "浏览器不让复制，请改用“存成文件”。", "The browser does not allow copying. Save it as a file instead.";
    FILE_FAILED = "文件没有存出去。请再试一次。", "The file was not saved. Please try again.";

    // What stands in the way of everything
    INSECURE = "这个地址不安全，不能使用", "This address is not secure and cannot be used";
    INSECURE_TEXT = "浏览器只在 https:// 开头的地址上提供可靠的存储和加密。请向测评办公室要正确的地址。",
        "Browsers keep and encrypt data only on addresses that begin with https://. Ask the office for the right address.";
    BLOCKED = "浏览器不允许本站保存数据", "The browser does not let this site keep data";
    BLOCKED_TEXT = "请在浏览器设置中允许本站使用 Cookie 和网站数据，然后重试。否则答案会丢失，所以现在不能填写。",
        "Allow cookies and site data for this site in the browser's settings, then try again. Answers would be lost otherwise, so nothing can be filled in now.";
    UNAVAILABLE = "本机存储打不开", "Storage on this device does not open";
    UNAVAILABLE_TEXT = "请关掉本应用的其他窗口，腾出一些空间，再重试。浏览器说：{0}；{1}",
        "Close other windows of this app, free some space and try again. The browser says: {0}; {1}";
}
