//! A new version of a plan in the field: announced, read, taken over into, taken back.

crate::words! {
    NEW = "这项测评有新版本：{0}", "There is a new version of this evaluation: {0}";
    NEW_BY_HAND = "新的访问改用版本 {0}：它是从文件打开的", "New interviews start on version {0}, which was opened as a file";
    STAY = "这台设备仍用版本 {0}", "Go on with version {0} on this device";
    NEW_TEXT = "新的访问用新版本。这里没做完的访问可以按原来的版本做完，也可以转到新版本。",
        "New interviews start on the new version. Unfinished ones here can be finished on their own, or taken over to the new one.";
    NEW_NOT_HERE = "新版本还没有存到本机。连上网络会自动取来；在那以前，照旧用这个版本。",
        "The new version is not on this device yet. It comes by itself with a network; until then this version is used.";
    GO = "用新版本", "Use the new version";
    CHANGES = "看看改了什么", "See what changed";
    CHANGES_TITLE = "从版本 {0} 到 {1} 的变化", "From version {0} to {1}";
    CHANGES_NONE = "内容没有变化，只是重新发布。", "Nothing in it has changed; it was published again.";
    CHANGES_MORE = "还有 {0} 处变化。", "More changes: {0}.";
    NOT_READ = "有一版读不出来，比较不了。", "One of the versions cannot be read, so that they cannot be compared.";
    FETCH_AGAIN = "再取一次", "Fetch it again";

    // An open interview
    MOVE = "转到版本 {0}", "Take over to version {0}";
    MOVE_TITLE = "把这次访问转到版本 {0}？", "Take this interview over to version {0}?";
    KEPT = "保留的答案：{0}", "Answers that carry over: {0}";
    REWORDED = "题目或选项的文字改了，答案先保留，请再问一遍：", "The words of these have changed. The answers are kept: ask again whether they hold.";
    FALLEN = "不能保留的答案：", "Answers that do not carry over:";
    FALLEN_NONE = "没有丢掉任何答案。", "No answer falls away.";
    ADDED = "新增要问的题：", "Questions that are new:";
    WHY_GONE = "新版本没有这一题", "the new version does not ask it";
    WHY_ELSE = "新版本同名的题问的是别的", "the new version asks something else under this name";
    WHY_UNFIT = "新版本没有这个答案", "the new version does not have this answer";
    NO_VALUE = "（拒答或不知道）", "(refused or not known)";
    MANY = "{0} 项", "{0} parts";
    FILE = "（照片或录音）", "(a photo or a recording)";
    MOVE_UNDO = "完成以前随时可以撤回，原来的答案一直留在这台设备上（救援文件里没有）。",
        "Until it is finished this can be taken back: the answers as they were are kept on this device (a rescue file does not hold them).";
    MOVE_CHANGED = "这次访问刚才在另一个窗口里又填了。清单已经更新，请再看一遍。", "The interview has gone on in another window. The lists are new: look at them again.";
    MOVE_YES = "转过去", "Take it over";
    MOVED = "已转到新版本", "It is on the new version now";
    CANNOT = "这次访问转不过去（{0}）。请按原来的版本做完。", "This interview cannot be taken over ({0}). Finish it on its own version.";
    CANNOT_PLACE = "新版本没有“{0}”", "the new version has no “{0}”";
    NOT_HERE = "新版本还没有存到本机", "the new version is not on this device yet";
    BUSY = "这次访问正在另一个窗口中打开。请先关掉那个窗口。", "This interview is open in another window. Close it there first.";
    NOT_KEPT = "没有存下来：{0}", "It could not be kept: {0}";
    FROM = "从版本 {0} 转来", "taken over from version {0}";
    BACK = "撤回到版本 {0}", "Take back to version {0}";
    BACK_TITLE = "撤回到版本 {0}？", "Take it back to version {0}?";
    BACK_TEXT = "转过来之后填的答案会丢掉；转过来之前的答案都恢复。", "What was answered since is lost. All answers from before come back.";
    BACK_YES = "撤回", "Take back";
    TAKEN_BACK = "已撤回", "Taken back";
    ELSEWHERE = "在版本 {0} 上没做完的访问：{1}", "Unfinished on version {0}: {1}";

    // By file
    OPEN_FILE = "打开方案文件", "Open a plan file";
    FILE_TAKEN = "方案“{0}”版本 {1} 已存到本机。新的访问用它。", "Version {1} of “{0}” is on this device. New interviews use it.";
    FILE_BAD = "这不是测评办公室发布的方案文件。请重新要一份。", "This is no plan that an office published. Ask for it again.";
    FILE_KEYS = "没有采用：这份方案的办公室密钥与本机已有的“{0}”不同。请向测评办公室核实。",
        "Not taken: its office keys are others than those of “{0}” on this device. Ask the office.";
    FILE_ASK_TITLE = "采用这份方案文件？", "Take this plan file?";
    FILE_IS = "“{0}”版本 {1}", "“{0}”, version {1}";
    FILE_ASK = "请打电话或当面请测评办公室念出它的 30 位核对数字（办公室的“方案与链接”页上有），逐组对照。不一致就不要采用。",
        "Have the office read out its thirty digits, by telephone or face to face (they are on its page “Plan and links”), and compare them. If they differ, do not take it.";
    FILE_INSTEAD = "现在新的访问用版本 {0}。采用以后，新的访问改用版本 {1}；没做完的访问不变。",
        "New interviews start on version {0} now. Once this is taken, they start on version {1}; open ones stay as they are.";
    FILE_RECEIVERS = "注意：它把答卷发往的地方与版本 {0} 不同。没有核对数字，千万不要采用。",
        "Careful: it sends answers elsewhere than version {0}. Never take it without comparing the digits.";
    FILE_USE = "采用", "Use it";
    FILE_YES = "一致，采用", "They agree: take it";
}
