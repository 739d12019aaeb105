//! Answering: controls, interview, the resident's screens.

crate::words! {
    FRONT_TITLE = "民评：群众满意度测评", "Minping: public satisfaction evaluation";
    FRONT_TEXT = "要填写测评，请用手机扫描海报或卡片上的二维码，或打开收到的链接。",
        "To answer, scan the code on the poster or card with your phone, or open the link that you were given.";
    FRONT_FIELD = "调查员", "Canvassers";
    FRONT_OFFICE = "测评办公室", "The office";

    COLON = "：", ": ";
    CLEAR = "清除", "Clear";
    CLOSE = "关闭", "Close";
    CANCEL = "返回继续填写", "Go on answering";
    REQUIRED = "必答", "required";
    FAULT_REQUIRED = "这一题还没有回答。", "Please answer this question.";
    FAULT_NO_ROW = "请至少评价一个单位。", "Please rate at least one unit.";
    FAULT_ROW = "“{0}”还没有评完：请评完各项，或者清除。", "“{0}” is not finished: rate it on everything, or clear it.";
    FAULT_CONSTRAINT = "这个答案不合要求，请修改。", "This answer is not accepted. Please change it.";
    FAULT_RANK = "请把所有选项都排好次序，或者清除。", "Please put all of them in order, or clear it.";
    RANK_HOW = "请从第一位起逐个点选；排好的可以用箭头或拖动调整。",
        "Choose what comes first, then what comes next, and so on. Move what is placed by its arrows or by dragging.";
    RANK_PLACED = "{0}：第 {1} 位，共 {2} 位", "{0}: number {1} of {2}";
    RANK_TAKEN = "{0}：已取出", "{0}: taken out";
    RANK_UP = "上移", "Move up";
    RANK_DOWN = "下移", "Move down";
    RANK_OUT = "取出", "Take out";
    RANGE_OPEN = "还没有选", "nothing chosen yet";
    RANGE_LESS = "减少", "Less";
    RANGE_MORE = "增加", "More";
    PLACE_NONE = "还没有位置", "no place yet";
    PLACE_FIND = "获取当前位置", "Use my location";
    PLACE_SEARCHING = "正在定位……在室外更快。", "Finding out where you are… It is quicker outdoors.";
    PLACE_BETTER = "目前误差约 {0} 米，到 {1} 米以内会自动采用。也可以现在就采用。",
        "Within {0} m so far; at {1} m or better it is taken by itself. You can also take it now.";
    PLACE_TAKE = "采用现在的位置", "Take it now";
    PLACE_STOP = "停止", "Stop";
    PLACE_DENIED = "没有得到定位许可。请在浏览器或系统设置中允许本站使用位置，再点一次；也可以手工填写坐标。",
        "The location is not allowed. Allow it for this site in the settings of the browser or device and try again, or type the coordinates.";
    PLACE_UNAVAILABLE = "本机现在无法定位。请打开定位，走到室外再试；也可以手工填写坐标。",
        "This device cannot tell where it is now. Switch location on and try outdoors, or type the coordinates.";
    PLACE_INSECURE = "浏览器只在 https 开头的地址上提供定位。请手工填写坐标。",
        "Browsers tell the location only at addresses with https. Please type the coordinates.";
    PLACE_TYPE = "手工填写坐标", "Type the coordinates";
    PLACE_LATITUDE = "纬度（南纬写负数）", "Latitude (south is negative)";
    PLACE_LONGITUDE = "经度（西经写负数）", "Longitude (west is negative)";
    PLACE_NO_PLACE = "坐标不对：纬度在 -90 到 90 之间，经度在 -180 到 180 之间，用小数。",
        "These are no coordinates: latitude from -90 to 90, longitude from -180 to 180, in decimal degrees.";
    ALONE_CHOSEN = "选了“{0}”，其他选项已取消。", "“{0}” is chosen; the others are taken back.";
    ALONE_LEFT = "“{0}”已取消。", "“{0}” is taken back.";
    CHOOSE = "请选择", "Choose";
    LIST_COMMA = "、", ", ";
    LIST_FOUND = "找到 {0} 项", "{0} found";
    LIST_SEARCH = "输入文字查找", "Type to search";
    LIST_MORE = "先显示 {0} 项，共 {1} 项。输入文字可以缩小范围。", "The first {0} of {1}. Type to find others.";
    LIST_NONE = "没有这样的选项。", "There is no such option.";
    NOTE = "调查员备注", "Interviewer's note";
    REASON_REFUSED = "拒答", "Refused";
    REASON_DONT_KNOW = "不知道", "Does not know";
    REASON_OWN_REFUSED = "我不想回答", "I would rather not say";
    REASON_OWN_DONT_KNOW = "我不知道", "I do not know";
    REASON_LABEL = "没有答案的原因", "Why there is no answer";

    REPEAT_ADD = "再加一项：{0}", "Add another: {0}";
    REPEAT_ADDED = "已添加：{0}", "Added: {0}";
    REPEAT_NONE = "还没有，可以在下面添加。", "None yet. You can add one below.";
    REPEAT_FULL = "不能再添加了。", "No more can be added.";
    REPEAT_REMOVE = "删除", "Remove";
    REPEAT_REMOVE_NAMED = "删除：{0}", "Remove: {0}";
    REPEAT_REMOVE_ASK = "删除“{0}”和其中的答案吗？", "Remove “{0}” and the answers in it?";
    REPEAT_REMOVED = "已删除：{0}", "Removed: {0}";
    REPEAT_KEEP = "保留", "Keep it";
    CHOICES_NONE = "请先回答上面的问题，这里才有选项。", "Answer the question above first: then there are options here.";

    MATRIX_PROGRESS = "已评 {0} / {1}", "{0} / {1} rated";
    MATRIX_MEANINGS = "各项是什么意思", "What each item means";
    MATRIX_NEXT = "下一个未评", "Next open";
    MATRIX_FIND = "查找", "Find";
    MATRIX_FIND_TITLE = "查找单位", "Find a unit";
    MATRIX_SKIP = "跳过列表", "Skip the list";
    MATRIX_SEARCH = "单位名称", "Name of the unit";
    MATRIX_NONE_FOUND = "没有这样的单位。", "There is no such unit.";
    MATRIX_ALL_DONE = "全部单位都已评完。", "All units are rated.";
    MATRIX_RULE = "至少评价一个单位；已经开始评的单位，请评完各项。",
        "Rate at least one unit; finish each unit that you begin.";
    MATRIX_UNKNOWN_HINT = "不了解的单位可以跳过，也可以勾选“不了解这个单位”。",
        "Units that you do not know can be left out, or ticked as not known.";
    MATRIX_UNKNOWN = "不了解这个单位", "I don't know this unit";
    MATRIX_UNIT = "单位", "Unit";
    MATRIX_INDICATOR = "项目", "Question";
    MATRIX_OPEN = "未评", "open";
    MATRIX_BEGUN = "没评完", "begun";
    MATRIX_DONE = "已评", "done";
    MATRIX_SUMMARY = "已评 {0} 个单位，共 {1} 个", "{0} of {1} units rated";
    MATRIX_SHOW = "逐个查看", "Show each";

    SECTION_OF = "第 {0} 部分，共 {1} 部分", "Part {0} of {1}";
    SECTION = "第 {0} 部分", "Part {0}";
    BACK = "上一步", "Back";
    NEXT = "下一步", "Next";
    TO_REVIEW = "检查答案", "Check answers";
    FAULTS = "还有 {0} 处没有答好：", "Still to answer or put right: {0}";
    REVIEW = "检查答案", "Check your answers";
    REVIEW_TEXT = "请看一遍。需要修改时，点“修改”。", "Have a look. To change an answer, choose “Change”.";
    NO_ANSWER = "没有回答", "not answered";
    ACKNOWLEDGED = "已勾选", "ticked";
    CHANGE = "修改", "Change";
    SEND = "提交", "Send";
    FINISH = "完成访问", "Finish";
    SEND_TITLE = "现在提交吗？", "Send now?";
    SEND_TEXT = "提交以后，答案会立即加密封存，不能再查看或修改。",
        "Once sent, the answers are sealed at once and cannot be seen or changed any more.";
    FINISH_TITLE = "现在完成吗？", "Finish now?";
    FINISH_TEXT = "完成以后，答案会立即封存，不能再查看或修改。",
        "Once finished, the answers are sealed at once and cannot be seen or changed any more.";
    SEND_PLAIN_TEXT = "提交以后不能再修改。这次测评的答案不加密，收到的人可以看到内容。",
        "Once sent, the answers cannot be changed. This evaluation does not seal answers: who receives them can read them.";
    BREAK_OFF = "中止访问", "Break off";
    BREAK_OFF_TITLE = "中止这次访问吗？", "Break this interview off?";
    BREAK_OFF_TEXT = "已经回答的部分会封存并上报，不能再继续填写。",
        "What was answered so far is sealed and handed over; the interview cannot be gone on with.";
    LEAVE = "暂停，稍后继续", "Pause, go on later";
    CLOSING = "正在封存……", "Sealing…";

    SAVING = "正在保存……", "Saving…";
    SAVED = "已保存在本机", "Saved on this device";
    SAVED_ONCE = "已保存在本机（一份）", "Saved on this device (one copy)";
    NOT_KEPT = "本页不保存答案：请一次填完并提交。", "This page keeps nothing: please finish and send in one go.";
    SAVE_FULL = "没有保存：本机存储已满。请清出一些空间；答案还在屏幕上，请不要关闭本页。",
        "Not saved: the device is full. Free some space; the answers are still on the screen, do not close this page.";
    SAVE_FAILED = "没有保存：本机存储出错。答案还在屏幕上，请不要关闭本页，可以直接提交。",
        "Not saved: the device's storage failed. The answers are still on the screen: do not close this page; you can send them.";
    LOCKED = "这份问卷正在另一个窗口中填写，这里只能查看。",
        "This questionnaire is open in another window; here it can only be looked at.";
    TAKE_OVER = "改在这里填写", "Go on here instead";

    ROUND = "期次", "Round";
    PLACE = "地点", "Place";
    RATER_GROUP = "填写人", "Answering as";
    PURPOSE = "为什么问您", "Why we ask";
    PRIVACY = "您的答案怎么处理", "What happens to your answers";
    PLAIN_NOTICE = "这次测评的答案不加密保存。", "This evaluation does not seal answers.";
    START = "开始填写", "Start";
    RESUME = "继续填写", "Go on";
    RESUME_TEXT = "本机上有一份没有填完的问卷，答案都在。", "There is an unfinished questionnaire on this device, with all its answers.";
    START_OVER = "重新开始", "Start over";
    START_OVER_TITLE = "重新开始吗？", "Start over?";
    START_OVER_TEXT = "没有填完的答案会从本机删除。", "The unfinished answers are removed from this device.";
    KEEP_THEM = "不，保留", "No, keep them";
    BROKEN_DRAFT = "没有填完的那一份打不开了，已原样保留在本机。您可以重新填写一份。",
        "The unfinished questionnaire cannot be opened; it stays on this device as it is. You can begin a new one.";
    BLOCKED = "这个浏览器禁止网站保存数据（例如关闭了 Cookie）。您仍然可以填写，但要一次填完，并且有网络时才能提交。",
        "This browser lets websites keep nothing (cookies are off, say). You can still answer, but in one go, and only with a network.";

    CLOSE_FAILED = "没有提交成功：本机存储和网络都不可用。答案还在屏幕上，请不要关闭本页，稍后再点“提交”。",
        "Not sent: neither the device's storage nor the network works. The answers are still on the screen: keep this page open and choose “Send” again later.";
    SEAL_FAILED = "没有提交成功：答案无法加密封存。答案还在，请稍后再试，或联系测评办公室。",
        "Not sent: the answers could not be sealed. They are still here: try again later, or tell the office.";

    ARRIVED = "已经送达，谢谢您！", "It has arrived. Thank you!";
    ARRIVED_TEXT = "您的答案已经加密送到。本机上不再显示。", "Your answers arrived, sealed. They are no longer shown on this device.";
    ARRIVED_PLAIN_TEXT = "您的答案已经送到。本机上不再显示。", "Your answers arrived. They are no longer shown on this device.";
    SENDING = "已安全保存，正在发送……", "Kept safely, being sent…";
    SENDING_TEXT = "请稍等片刻，不要关闭本页。", "Please wait a moment and keep this page open.";
    WAITING = "已安全保存，等待网络", "Kept safely, waiting for the network";
    WAITING_CLOSE = "答案已加密保存在本机，共两份。您可以关闭本页：以后联网时再打开一次本页，就会自动发送。",
        "The answers are sealed on this device, in two copies. You can close this page: open it once more with a network and they are sent.";
    WAITING_KEEP = "答案已加密保存在本机，但只有一份。请尽量不要关闭本页，联网后会自动发送。",
        "The answers are sealed on this device, but in one copy only. Please keep this page open; they are sent when there is a network.";
    TRY_NOW = "现在重试", "Try now";
    REFUSED = "没有被接收", "It was not accepted";
    REFUSED_TEXT = "接收服务器没有收下这份答案（{0}）。答案仍封存在本机。请把文件交给测评办公室。",
        "The receiver did not accept these answers ({0}). They are still sealed on this device. Please give the file to the office.";
    BY_FILE = "已封存在本机", "Sealed on this device";
    BY_FILE_TEXT = "这次测评不通过网络接收。请保存文件，交给工作人员。",
        "This evaluation does not receive over the network. Please save the file and give it to the staff.";
    NOT_SENT = "还没有发送", "Not sent yet";
    NOT_SENT_TEXT = "网络没有回应。这个浏览器不能保存答案：请不要关闭本页，再试一次；也可以把加密的文件保存下来，交给工作人员。",
        "The network did not answer. This browser keeps nothing: do not close this page, and try again; or save the sealed file and give it to the staff.";
    SAVE_FILE = "保存文件", "Save the file";
    NEXT_PERSON = "下一位填写", "Next person";
    UNSENT = "本机还有 {0} 份答案等待发送。", "Answers on this device waiting to be sent: {0}.";

    BAD_LINK = "链接不完整", "The link is incomplete";
    BAD_LINK_TEXT = "请重新扫描二维码，或向发给您的人要一个新链接。", "Scan the code again, or ask for a new link.";
    FORGED = "这个链接不是测评办公室发出的", "This link was not made by the office";
    FORGED_TEXT = "签名不符：链接被改动过，或来自别处。请不要填写，并告诉测评办公室。",
        "The signature does not fit: the link was changed or comes from elsewhere. Please do not answer, and tell the office.";
    PLAN_OFFLINE = "没有网络", "No network";
    PLAN_OFFLINE_TEXT = "第一次打开需要网络。连上网络后请重试。", "The first time needs a network. Connect and try again.";
    PLAN_MISSING = "找不到问卷", "The questionnaire is not here";
    PLAN_MISSING_TEXT = "它可能已经撤下，或换了新版本。请向测评办公室要一个新链接。",
        "It may have been taken down or replaced. Ask the office for a new link.";
    PLAN_UNFIT = "问卷无法打开", "The questionnaire cannot be opened";
    PLAN_UNFIT_TEXT = "问卷有错误，或是更新的格式：{0}。请告诉测评办公室。", "It has a mistake, or a newer format: {0}. Please tell the office.";
    NOT_YET = "还没有开始", "Not open yet";
    NOT_YET_TEXT = "这次测评从 {0} 开始。", "This round opens on {0}.";
    CLOSED = "已经结束", "Closed";
    CLOSED_TEXT = "这次测评已于 {0} 结束。谢谢您的关心。", "This round closed on {0}. Thank you for your interest.";
    INSECURE = "这个地址不安全", "This address is not secure";
    INSECURE_TEXT = "答案要先加密才能发送，而浏览器只在 https 开头的地址上提供加密。请用 https 打开，或重新扫码。",
        "Answers are sealed before they are sent, and browsers offer that only at addresses with https. Open the address with https, or scan the code again.";
    ALREADY = "这个链接已经用过", "This link was used";
    ALREADY_TEXT = "一个链接只能填写一次，这台设备上已经提交过。", "A link is for one answer, and it was sent from this device.";
    RETRY = "重试", "Try again";
}
