//! The office's page of what people wrote. What the finder marks and the states are called is in the room `suggestions`.

crate::words! {
    NAV = "意见建议", "Suggestions";
    TITLE = "意见建议", "Suggestions";
    TEXT = "读、查、归类群众写下的话；可能指明个人的文字先遮盖，由您看过才准予公布。这里的原文只供办公室内部使用。",
        "Read, search and sort what people wrote. What may point to a person is masked, and you release each text before it is published. The words on this page are for the office only.";
    EMPTY = "还没有计入的答卷", "No record counts yet";
    EMPTY_TEXT = "打开批次和密钥之后，意见就在这里。", "Open batches and keys; then the suggestions are here.";
    NONE = "这一轮没有人写意见。", "Nobody wrote anything in this round.";
    READING = "正在读取意见……", "Reading suggestions…";
    STOPPED = "已停止读取。", "Reading was stopped.";
    READ_AGAIN = "重新读取", "Read them again";
    LEARNING = "正在找常用词……", "Looking for frequent words…";
    GROUPING = "正在归并相似意见……", "Putting similar texts together…";

    ROUND = "轮次", "Round";
    ALL_ROUNDS = "所有轮次", "All rounds";
    FIND = "查找词句", "Search for words";
    TAG = "标签", "Tag";
    UNIT = "测评对象", "Unit";
    INDICATOR = "指标", "Indicator";
    ITEM = "题目", "Item";
    SHOWN = "是否公布", "Publication";
    ANY = "（全部）", "(all)";
    NO_CHOICE = "（不变）", "(as it is)";
    NO_LONGER = "（取消原来的）", "(take away what was given)";
    COUNTS = "显示 {0} 条，共 {1} 条；有遮盖的 {2} 条，准予公布 {3} 条，须重看 {4} 条。",
        "{0} of {1} texts shown; {2} with something masked, {3} released, {4} to be looked at again.";
    IN_GROUP = "只看一组相似的意见。", "Only one group of similar texts.";
    LEAVE_GROUP = "看全部", "Show all";
    NO_FIT = "没有符合条件的意见。", "No text fits these filters.";
    LIMITS = "查找按固定规则进行，不是人工智能：没有称谓、没有“叫”“姓”等字眼的姓名，谐音、缩写、图片里的文字，它找不到；有时也会多遮。公布前请逐条看。",
        "The finder follows fixed rules: it misses names that nothing introduces, nicknames and sound-alikes, and masks too much at times. Read each text before you release it.";
    MEASURED = "在仓库附带的小样本上（虚构，41 处个人信息，写成后第一次测）：遮住 39 处（95%），遮盖的 41 处里 40 处该遮（98%）。样本小、由同一作者编写，您那里的情况可能差一些。",
        "Measured on a small made-up list in the repository (41 places with personal data, first run): 39 hidden (95 %); of 41 places masked, 40 rightly (98 %). The list is small and of one author: expect less on your texts.";

    VIEW = "查看", "View";
    VIEW_LIST = "逐条意见", "Each text";
    VIEW_GROUPS = "相似意见", "Similar texts";
    VIEW_WORDS = "常用词", "Frequent words";
    VIEW_COUNTS = "计数", "Counts";
    COUNT_BY = "按什么计数", "Count by";
    BY_TAG = "标签", "tag";
    BY_TAG_AND_UNIT = "标签和测评对象", "tag and unit";
    BY_UNIT = "测评对象", "unit";
    BY_INDICATOR = "指标", "indicator";
    BY_ITEM = "题目", "item";
    BY_STATE = "是否公布", "publication";
    WORDS_HINT = "不用词典：从这些意见里学出常在一起、前后搭配自由的字串，加上少量公共服务用语。意见少时学不到多少。按一个词，就看含它的意见。",
        "Without a dictionary: character runs that stand together and have many neighbours, learned from these texts, and some words of public services. From few texts little is learned. Press a word to see the texts with it.";
    GROUPS_HINT = "按共有的字对归并，意思相同而用字不同的归不到一起。", "Texts that share pairs of characters; the same thought in other words is not found.";
    SHOW_GROUP = "查看这一组", "Show this group";
    TIMES = "{0} 条", "{0} texts";
    NO_GROUPS = "没有相似的意见。", "No texts are alike.";
    NO_WORDS = "没有出现两次以上的词。", "No word stands in two texts.";

    SELECT = "选中：{0}", "Select: {0}";
    SELECT_PAGE = "选中本页全部", "Select all on this page";
    SELECTED = "选中 {0} 条", "{0} selected";
    BULK = "处理选中的意见", "Decide about the selected texts";
    BULK_NONE = "先在下面选中意见。", "Select texts below first.";
    BY = "经办人（姓名或岗位）", "Who decides (name or post)";
    NO_BY = "请填写经办人。", "Fill in who decides.";
    TAG_FIELD = "标签（内部用，不公布）", "Tag (internal, never published)";
    NO_TAG = "请填写标签。", "Fill in a tag.";
    NO_ASSIGNMENT = "请选择归到哪个测评对象或指标。", "Choose the unit or the indicator to assign them to.";
    TAG_ADD = "加标签", "Add the tag";
    TAG_REMOVE = "去标签", "Remove the tag";
    ASSIGN = "归口", "Assign";
    RELEASE = "准予公布", "Release";
    WITHHOLD = "不公布", "Withhold";
    RELEASE_TITLE = "准予公布 {0} 条？", "Release {0} texts?";
    RELEASE_TEXT = "公布的是遮盖后的文字，如下，连同所归的测评对象和指标；标签不公布。请看一遍有没有还能认出人的地方。",
        "They are published as masked below, with their unit and indicator, without tags. Look once more for what still points to a person.";
    RELEASE_MOVED = "看的时候遮盖有了改动：改动过的没有算准予公布，请重看。", "Masks changed while you looked: those texts are not released, look at them again.";
    RELEASE_DO = "准予公布", "Release them";
    DONE = "已记下，并保存在本机。", "Written down and kept on this computer.";

    ANSWER = "答复", "Answer";
    ANSWERED = "答复：{0}", "Answer: {0}";
    ANSWER_TITLE = "答复选中的 {0} 条", "Answer the {0} selected texts";
    ANSWER_FIELD = "答复内容", "The answer";
    ANSWER_TEXT = "答复照写的样子与准予公布的意见一起公布，印在意见下面；没有准予公布的意见，答复也不公布。再写就换掉原来的。",
        "It is published as it stands, below each of these texts that is released; the answer to a text that is not released is not published either. Another answer takes its place.";
    ANSWER_NAMES = "答复里有 {0} 处像姓名或号码，不会自动遮盖，请再看一遍。", "{0} places in the answer look like a name or a number. They are not masked: look once more.";
    ANSWER_DO = "答复", "Answer them";
    ANSWER_BACK = "收回答复", "Take the answer back";

    MASK_EDIT = "遮盖", "Masks";
    MASK_LIFT = "露出“{0}”（{1}）", "Show “{0}” ({1})";
    MASK_NONE = "现在没有遮盖。", "Nothing is masked now.";
    MASK_WORDS = "要遮盖的词句（照原文，可在上面选中文字）", "Words to mask (as written; you can select them above)";
    MASK_KIND = "种类", "What they are";
    MASK_ADD = "遮盖", "Mask them";
    MASK_ABSENT = "这条意见里没有这些字。", "These words do not stand in the text.";
    MASK_CLOSE = "收起", "Close";
    MENTIONS = "提到：{0}", "Mentions: {0}";
    CASE = "立案", "Open a case";
    PAGE = "第 {0} 页，共 {1} 页", "Page {0} of {1}";
    BEFORE = "上一页", "Page before";
    AFTER = "下一页", "Next page";

    FILES = "文件", "Files";
    FILES_INTERNAL = "内部（含原文）", "Internal (with the words as written)";
    FILES_PUBLIC = "公布（只含准予公布的，已遮盖）", "For publication (released texts only, masked)";
    FILES_PUBLIC_HINT = "含所选轮次全部准予公布的意见，上面的筛选条件不起作用。", "All released texts of the chosen round, whatever the filters above say.";
    FILES_INTERNAL_HINT = "内部清单只含符合上面筛选条件的意见。", "The internal list has the texts that the filters above let through.";
    SAVE_INTERNAL = "保存内部清单 CSV", "Save the internal list (CSV)";
    SAVE_PUBLISHED = "保存公布清单 CSV", "Save the published list (CSV)";
    SAVE_PAPER = "保存公布网页", "Save the page for the public";
    SAVE_NOTES = "保存处理文件", "Save the file of notes";
    OPEN_NOTES = "并入处理文件", "Merge a file of notes";
    NOTES_HINT = "处理文件记标签、归口、遮盖位置和准予公布的决定，不含任何人写的字；可以和同事的合并。",
        "The file of notes holds tags, assignments, places of masks and releases, and nobody's words; copies of colleagues can be merged.";
    MERGED = "新增 {0} 条，原有 {1} 条。", "{0} notes added, {1} were here already.";
    UNREADABLE = "有 {0} 条处理记录读不出来，没有改动；其余照常，但在并入完好的副本之前不能公布意见。",
        "{0} notes cannot be read, and are left as they are; the others work, but nothing is published until an unharmed copy is merged.";
    UNREADABLE_KEEPS = "有处理记录读不出来，其中可能有“不公布”的决定，所以没有保存公布稿；请先并入同事的或以前保存的处理文件。",
        "Some notes cannot be read, and one of them may withhold a text: nothing was saved for publication. Merge the file of notes of a colleague, or one saved before.";
    REPORT_WITHOUT = "意见建议的处理记录有读不出来的，所以公布的报告里没有意见建议；见“意见建议”页。",
        "Some notes about suggestions cannot be read: the published report is without suggestions. See the page of suggestions.";
}
