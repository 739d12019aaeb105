//! Canvassers who share a device, their PINs, and the locked app.

crate::words! {
    // The locked app
    WHO = "请输入 PIN", "Enter your PIN";
    WHO_TEXT = "这台平板已锁定。没做完的访问、入户名单和备注都已加密；已完成的访问照常发送。",
        "This tablet is locked. Unfinished interviews, lists and notes are encrypted; finished interviews are sent as usual.";
    NAMES = "您是哪一位？", "Who are you?";
    PIN = "PIN", "PIN";
    UNLOCK = "解锁", "Unlock";
    CHECKING = "正在核对…", "Checking…";
    CHOOSE = "请先选择姓名", "Choose your name first";
    WRONG = "PIN 不对", "This is not the PIN";
    WAIT = "PIN 不对。{0} 秒以后可以再试。不会删除任何内容。", "This is not the PIN. Try again in {0} seconds. Nothing is deleted.";
    NOT_LOADED = "解锁所需的文件还不在本机。请联网一次，再试。", "What unlocking needs is not on this device yet. Go online once and try again.";
    NO_RANDOM = "这个浏览器缺少需要的功能", "This browser lacks what is needed";
    GONE = "此人已不在这台平板上", "This canvasser is no longer on the tablet";
    UNLOCKED = "已解锁", "Unlocked";
    OPEN_DRAFTS = "没做完的访问：{0}", "unfinished interviews: {0}";

    // A lost PIN
    FORGOT = "忘了 PIN", "PIN forgotten";
    FORGOT_TITLE = "{0} 忘了 PIN", "{0} has forgotten the PIN";
    FORGOT_TEXT = "没有 PIN 谁也打不开这些内容，测评办也不能。重设就是把它们删掉：", "Without the PIN nobody can open these, nor can the office. To set it anew is to delete them:";
    LOSE_DRAFTS = "没做完的访问：{0}（计为作废，测评办会看到数目）", "unfinished interviews: {0} (counted as discarded; the office sees how many)";
    LOSE_NOTES = "入户备注：{0}（入户结果保留）", "notes at visits: {0} (the outcomes of the visits stay)";
    LOSE_LISTS = "入户名单：{0}（可用测评办的文件重新导入）", "lists of cases: {0} (take the office's file in again)";
    LOSE_NOTHING = "此人没有会丢失的内容。", "Nothing of this canvasser would be lost.";
    KEEP_REST = "不会丢失：已完成的访问、已打包的批次、入户结果和回执。", "Not lost: finished interviews, batches, outcomes of visits and receipts.";
    GO_ON = "继续", "Go on";
    SURE_TITLE = "确定删除？", "Delete them?";
    SURE_TEXT = "没做完的访问：{0}，入户备注：{1}，入户名单：{2}。删除以后找不回来。", "Unfinished interviews: {0}, notes: {1}, lists: {2}. They cannot be brought back.";
    SURE_YES = "删除并重设", "Delete and reset";
    RESET_LAST = "已重设。现在没有 PIN，请设一个新的。", "It is reset. There is no PIN now: set a new one.";
    RESET = "已重设。请让这台平板上的另一位调查员解锁，再把此人加进来。", "It is reset. Let another canvasser of this tablet unlock it and add this one again.";

    // The bar, and before locking
    LOCK = "锁定", "Lock";
    AT_WORK = "调查员：{0}", "Canvasser: {0}";
    SOON = "{0} 秒后自动锁定。已填的都已保存。", "Locks in {0} seconds. What was entered is saved.";
    STAY = "继续使用", "Stay unlocked";
    LOCKED = "已锁定", "Locked";

    // The page of canvassers
    TITLE = "这台平板上的调查员", "Canvassers of this tablet";
    TEXT = "几个人轮流用一台平板时，每人设一个 PIN。放下不用会自动锁定；没做完的访问只有本人能打开。",
        "Where several people share a tablet, each has a PIN. It locks when it is left lying, and each one's unfinished interviews open for them alone.";
    NONE = "还没有设 PIN：谁拿到平板都能打开没做完的访问。", "No PIN is set: whoever holds the tablet can open unfinished interviews.";
    LOSS_FIRST = "PIN 忘了就找不回来：没做完的访问和备注会丢失，已完成的访问不会。请记牢。",
        "A forgotten PIN cannot be recovered: unfinished interviews and notes are lost, finished interviews are not. Remember it well.";
    MANAGE = "调查员和 PIN", "Canvassers and PINs";
    ADD = "添加调查员", "Add a canvasser";
    FIRST = "设第一个 PIN", "Set the first PIN";
    FIRST_TEXT = "本机现有的没做完的访问会归到此人名下，并加密。", "Unfinished interviews that are here now become this canvasser's, and are encrypted.";
    NAME = "姓名或编号", "Name or number";
    NAME_HINT = "只留在这台平板上，不写进答卷。", "It stays on this tablet and is in no record.";
    PIN_HINT = "至少 6 个字符，数字或字母都可以。", "At least 6 characters, digits or letters.";
    AGAIN = "再输一次", "Once more";
    OLD = "现在的 PIN", "Your PIN now";
    NEW = "新的 PIN", "The new PIN";
    SET = "设好", "Set";
    CHANGE = "换 PIN", "Change my PIN";
    CHANGED = "PIN 已换", "The PIN is changed";
    ADDED = "已添加：{0}", "Added: {0}";
    YOU = "现在是您", "at work now";
    IDLE = "多久不用就锁定", "Locks when not touched for";
    MINUTES = "{0} 分钟", "{0} min";
    BAD_NAME = "请填写姓名或编号", "Enter a name or a number";
    TAKEN = "已有同名的调查员", "There is a canvasser of this name";
    BAD_LENGTH = "PIN 要有 6 到 64 个字符", "A PIN has 6 to 64 characters";
    BAD_SIMPLE = "这个 PIN 太容易猜，请换一个", "This PIN is guessed too easily; choose another";
    DIFFERENT = "两次不一样", "The two are not the same";
    UNSAVED = "没有存下来：{0}", "It could not be kept: {0}";
    REMOVE = "移除", "Remove";
    REMOVE_OTHER = "移除 {0}？", "Remove {0}?";
    REMOVE_SELF = "离开这台平板？", "Leave this tablet?";
    REMOVE_SELF_TEXT = "您没做完的访问留下，由这台平板上的其他调查员接着做。", "Your unfinished interviews stay: the other canvassers of this tablet can go on with them.";
    REMOVE_LAST = "取消 PIN？", "Turn the PIN off?";
    REMOVE_LAST_TEXT = "您是最后一位。内容都保留，但不再加密，也不再锁定。", "You are the last one. Everything stays, is no longer encrypted, and the app no longer locks.";
    REMOVED = "已移除", "Removed";
    OFF = "PIN 已取消", "The PIN is off";

    // Elsewhere
    DRAFT = "另一位调查员的访问，本人输入 PIN 才能打开", "another canvasser's interview; it opens with their PIN";
    DRAFT_OF = "{0} 的访问，本人输入 PIN 才能打开", "an interview of {0}; it opens with their PIN";
    SAVE_LOCKED = "这是另一位调查员的内容，要用那位的 PIN 打开", "It is another canvasser's: it needs their PIN";
    RESCUE = "另有 {0} 份其他调查员的访问不在其中；请本人解锁后另存一份。", "Interviews of other canvassers that are not in it: {0}. Each saves a rescue file after unlocking.";
    HAND_TEXT = "提前中止用您的 PIN。", "To end it early, use your own PIN.";
}
