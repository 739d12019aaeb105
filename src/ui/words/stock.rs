//! What lies on this device and where it has gone: the outbox as a whole, batches carried for another tablet, the list of what was
//! sent, and giving the device back.

crate::words! {
    TITLE = "交付与去向", "Outbox";
    TEXT = "本机上的访问走到了哪一步，从“完成”到“有回执”。有回执之前，本机的副本一直留着。",
        "How far everything on this device is, from finished to receipted. Until there is a receipt, the copy here stays.";
    LINK = "查看去向、转交另一台平板、核对清单", "See where everything is, hand it to another tablet, compare lists";
    NOTHING = "这台设备还没有完成过访问。", "No interview was finished on this device yet.";

    // States
    UNFINISHED = "未完成", "Unfinished";
    READY = "已封存，未打包", "Sealed, not packed";
    IN_BATCH = "已打包，待发送", "In a batch, not sent";
    UNCONFIRMED = "已发出，没有回执", "Uploaded, no receipt yet";
    RECEIVED = "有回执", "Receipted";
    EXPORTED = "文件已交出", "Handed on as a file";
    REFUSED = "被拒收", "Refused";
    BATCHES_RECORDS = "{0} 批 · {1} 份", "Batches: {0} · interviews: {1}";
    PACK_HERE = "还有 {0} 份没有打包，到方案页打包", "Not packed yet: {0}. Pack them on the evaluation's page";
    OPEN_HERE = "还有 {0} 次没有完成，到方案页继续或作废", "Unfinished: {0}. Continue or discard them on the evaluation's page";
    PLAN_NOT_HERE = "方案 {0}", "Evaluation {0}";
    NO_PLAN = "本机没有这份方案，不能替它发送。连上网络会自动取方案；也可以存成文件。",
        "This device does not have that evaluation and cannot send for it. With a network it is fetched; or save the batch as a file.";
    FOR_ANOTHER = "替另一台平板带的", "Carried for another tablet";

    // Sending
    SEND_ALL = "全部重新发送", "Send all again";
    SEND_ONE = "现在发送", "Send now";
    PROGRESS = "正在发送第 {0} 批，共 {1} 批", "Sending batch {0} of {1}";
    SAID_NOTHING = "接收端没有应答", "The receiver did not answer";
    SAID_STATUS = "接收端说：现在不行（{0}），会再试", "The receiver says: not now ({0}). It is tried again";
    SAID_NO_RECEIPT = "有应答，但没有有效的回执，会再试", "There was an answer without a valid receipt. It is tried again";
    ALL_DONE = "没有要发送的。", "Nothing waits to be sent.";

    // Another tablet
    CARRY = "转交另一台平板", "Hand to another tablet";
    CARRY_TEXT = "没有网络时，把封好的批次交给会有网络的平板去发。两台都留着，直到有回执。对方打不开里面的答案。",
        "Where there is no network, give the sealed batches to a tablet that will have one. Both keep them until there is a receipt. The other tablet cannot open the answers.";
    CARRY_OUT = "存出待发批次（{0} 个文件）", "Save the waiting batches (files: {0})";
    CARRY_SHARE = "分享待发批次（{0} 个文件）", "Share the waiting batches (files: {0})";
    CARRY_NONE = "没有待发的批次。", "No batch is waiting.";
    CARRY_IN = "读入另一台平板的批次", "Take in another tablet's batches";
    CARRIED = "读入 {0} 批，已有 {1} 批，不是批次的文件 {2} 个。", "Batches taken in: {0}; here already: {1}; files that are no batch: {2}.";
    CARRIED_CHANGED = "“{0}”不是完整的批次文件，没有读入。请让原来的平板再存一次。",
        "“{0}” is no whole batch and was not taken in. Have the tablet that made it save it again.";
    RECEIPTS_OUT = "存出回执，带回给那台平板", "Save the receipts, to take back to that tablet";
    RECEIPTS_IN = "读入带回的回执", "Take in receipts that were brought back";
    RECEIPTS_TAKEN = "核对并记下回执 {0} 份，已有 {1} 份，与本机无关或无效 {2} 份。",
        "Receipts verified and kept: {0}; here already: {1}; not of this device, or not valid: {2}.";
    FILES_SAVED = "已存出 {0} 个文件。浏览器问起时，请允许下载多个文件。", "Files saved: {0}. If the browser asks, allow it to save several files.";

    // The list
    LIST = "已交清单", "What was sent";
    LIST_TEXT = "只有批次的编号和份数，没有答案、时间、人。居民扫码交的只计数，不列编号。交给测评办公室与台账核对。",
        "Numbers and counts of batches only: no answer, no time, no person. What residents sent by link is counted and not named. Give it to the office to compare with its ledger.";
    LIST_SAVE = "存成文件", "Save as a file";
    LIST_PRINT = "打印", "Print";
    LIST_SAVED = "清单已存出", "The list was saved";
    LIST_DEVICE = "设备：{0}（{1}）", "Device: {0} ({1})";
    LIST_NO_CARD = "没有设备卡", "No device card";
    COL_NUMBER = "批", "Batch";
    COL_ROUND = "轮次", "Round";
    COL_RECORDS = "答卷", "Records";
    COL_VOIDED = "作废", "Discarded";
    COL_STATE = "状态", "State";
    COL_DIGEST = "批次摘要", "Digest";
    LIST_LEFT = "另有：未完成 {0}，已完成未打包 {1}，作废未打包 {2}；居民扫码 {3} 份，其中待发 {4} 份。",
        "Besides: unfinished {0}, finished and not packed {1}, discarded and not packed {2}; by link {3}, of which waiting {4}.";

    // Giving the device back
    LEAVE = "交还或清空这台设备", "Give this device back";
    LEAVE_TEXT = "先检查有没有还没交出去的。全部交清以后，才能清空。", "First it is checked whether anything is in no other hands yet. Only when nothing is left can the device be cleared.";
    LEAVE_LOOK = "检查结果", "What was found";
    LEAVE_NOT_YET = "现在不能清空：还有 {0} 件事要做。", "Not yet: there are things to do first ({0}).";
    LEAVE_MAY = "没有未交的内容，可以清空。", "Nothing is left here that others do not have. The device may be cleared.";
    LEFT_DRAFTS = "{0}：未完成的访问 {1} 次", "{0}: unfinished interviews: {1}";
    LEFT_DRAFTS_DO = "完成它们，或写明原因作废", "Finish them, or discard them with the reason";
    LEFT_DAMAGED = "读不出来的访问 {0} 次", "Interviews that cannot be read: {0}";
    LEFT_DAMAGED_DO = "在下面原样存成文件，交给测评办公室，再确认", "Save it below as it is, give the file to the office, and confirm";
    STRAY = "读不出来的内容", "What cannot be read";
    STRAY_TEXT = "共 {0} 项。文件里是原样的内容，没有加密，可能含有答案：只交给测评办公室。确认以后，这些内容不再阻止清空。",
        "Entries: {0}. The file holds them as they are, not sealed, and may hold answers: give it to the office alone. Once you confirm, they no longer stand in the way of clearing.";
    STRAY_SAVE = "原样存成文件", "Save them as they are";
    STRAY_ASK = "只有文件在测评办公室手里，才确认。清空以后，这里就没有了。", "Confirm only when the office has the file. After clearing nothing of it is left here.";
    STRAY_DONE = "已确认", "Confirmed";
    LEFT_SEALED = "{0}：完成或作废、还没有打包的 {1} 份", "{0}: finished or discarded, not packed: {1}";
    LEFT_SEALED_DO = "到方案页打包交付", "Pack and hand over on the evaluation's page";
    LEFT_LINK_DO = "重新打开应用，会自动打包发送", "Open the app again: they are packed and sent by themselves";
    LEFT_WAITING = "{0}：没有回执的批次 {1} 个（答卷 {2} 份）", "{0}: batches without a receipt: {1} (records: {2})";
    LEFT_WAITING_DO = "连网发送，或存成文件交给办公室后确认", "Send them with a network, or save the files, hand them to the office and confirm it";
    LEFT_REFUSED = "{0}：被拒收的批次 {1} 个（答卷 {2} 份）", "{0}: batches that were refused: {1} (records: {2})";
    LEFT_REFUSED_DO = "存成文件交给测评办公室，然后确认", "Save the files, give them to the office, then confirm it";
    LEFT_CONTACTS = "{0}：第“{1}”轮的名单和接触记录", "{0}: the list and the contacts of round “{1}”";
    LEFT_CONTACTS_DO = "到名单页交出接触记录", "Hand over the contacts on the page of the list";
    LEFT_UNREADABLE = "读不出来的内容 {0} 项", "Entries that cannot be read: {0}";
    GO_PLAN = "到方案页", "To the evaluation";
    GO_LIST = "到名单页", "To the list";
    GO_DEVICE = "到本机页", "To this device's page";
    GO_STOCK = "到交付与去向页", "To the outbox";
    NOTE_RECEIVED = "有回执的批次：{0} 个。", "Batches with a receipt: {0}.";
    NOTE_EXPORTED = "只凭您确认“文件已交出”、没有回执的批次：{0} 个。清空前请办公室用清单核对。",
        "Batches without a receipt, of which you confirmed that the file is in safe hands: {0}. Have the office compare the list before you clear.";
    NOTE_EARLY = "还在方案规定的保存期内的批次：{0} 个。清空会提前删掉本机的副本。",
        "Batches that the evaluation wants kept here for some more days: {0}. Clearing deletes this device's copies early.";
    NOTE_UNKNOWN = "有 {0} 项内容是这个版本不认识的，会原样留下。", "Entries that this version does not know and leaves as they are: {0}.";
    STEP_LIST = "先把已交清单存下来（清空后就没有了）", "First save the list of what was sent: it goes when the device is cleared";
    CLEAR = "清空这台设备", "Clear this device";
    CLEAR_TITLE = "清空这台设备？", "Clear this device?";
    CLEAR_ASK = "方案、名单、批次副本、回执、设备卡和密钥都会删除，不能恢复。以后再用要重新登记。",
        "Evaluations, lists, copies of batches, receipts, the device card and its key are deleted for good. To be used again it has to be enrolled anew.";
    CLEAR_YES = "清空", "Clear";
    CLEARED = "已清空，可以交还。", "Cleared. The device may be given back.";
    CLEARED_TEXT = "请告诉测评办公室，把这台设备从名册上吊销。不再使用本应用的话，请把它从主屏幕删除。",
        "Tell the office, which revokes this device on its roster. If the app is not used here any more, remove it from the home screen.";
    CLEAR_FAILED = "没有清空：{0}", "Not cleared: {0}";
    CLEARED_BYTES = "本机存储里可能还留着已删内容的字节。请关掉本应用的其他窗口，再在浏览器设置中清除本网站的数据。",
        "Bytes of what was deleted may still be in this app's storage. Close its other windows, and delete this site's data in the browser's settings.";
    CLEAR_HALF = "密钥已经删除，其余还在。请再按一次“清空”；要继续用这台设备，请重新制作设备卡并登记",
        "its key is gone and the rest is still here. Clear it again; to go on working with it, make its card anew and have it enrolled";
    CLEAR_CHANGED = "刚刚又有了新内容，请再检查一次", "something new has come meanwhile: look again";

    // In the office
    COMPARE = "核对设备的已交清单", "Compare a device's list of what it sent";
    COMPARE_TEXT = "平板在“交付与去向”页存出的清单，与这里的批次逐一核对：缺了什么、多了什么、哪些一致。",
        "The list that a tablet saves on the page of its outbox, compared with the batches here: what is missing, what is more, what is the same.";
    COMPARE_PICK = "打开清单", "Open a list";
    COMPARE_SUM = "一致 {0}，隔离 {1}，缺 {2}，不同 {3}，属于另一版 {4}，多出 {5}。", "The same: {0}; kept apart: {1}; missing: {2}; different: {3}; of another version: {4}; more: {5}.";
    COMPARE_DONE = "清单列出的批次全部一致、都计入，设备上也没有未交的。", "Every batch on the list is here and counts, and nothing is left on the device.";
    COMPARE_APART = "清单列出的批次都在这里，但有 {0} 个被隔离，没有计入。", "Every batch on the list is here, but some are kept apart and do not count: {0}.";
    COMPARE_LEFT = "设备上还有：未完成 {0}，完成未打包 {1}，作废未打包 {2}，居民扫码待发 {3}。",
        "Still on the device: unfinished {0}, finished and not packed {1}, discarded and not packed {2}, by link and waiting {3}.";
    COMPARE_LINKS = "居民扫码交的 {0} 份没有列出编号，不能逐一核对。", "By link: {0}. They are not named and cannot be compared one by one.";
    COMPARE_OTHERS = "清单上有别的方案的批次 {0} 个，没有核对。", "Batches of other evaluations on the list, not compared: {0}.";
    COMPARE_LEFT_OTHERS = "这台设备上别的方案还有 {0} 份没有交。现在不要清空它。", "Still on this device and not handed over, of other evaluations: {0}. Do not clear it now.";
    COMPARE_NONE = "清单上没有这份方案的批次。", "The list has no batch of this evaluation.";
    COMPARE_BAD = "这不是已交清单，或没有复制完整。请在平板的“交付与去向”页重新存一份。",
        "This is no list of what was sent, or it is cut off. Save it anew on the tablet's page of its outbox.";
    COMPARE_NEWER = "这份清单由更新的版本写成。请更新本页。", "A newer app wrote this list. Update this page.";
    COMPARE_DEVICE = "设备 {0}", "Device {0}";
    VERSIONS = "另有版本 {0} 的批次 {1} 个（答卷 {2} 份）：题目怎样对应", "Batches of version {0}: {1} (records: {2}). How its questions answer to these";
    VERSIONS_NO_PLAN = "那一版方案的文件还没有在这台电脑上打开过。请在“方案与链接”页打开一次，就能看到题目怎样对应。",
        "That version's file was not opened on this computer yet. Open it once on “Plan and links” to see how the questions answer to each other.";
    COMPARE_RESULT = "核对结果", "Result";
}
