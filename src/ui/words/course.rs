//! The course for canvassers and its quiz. The pages and questions themselves are in the room `course`.

crate::words! {
    TITLE = "调查员培训", "Course for canvassers";
    LINK = "培训和测验", "Course and quiz";
    LEAD = "八页要点，然后 {0} 道题，答对 {1} 道即合格。大约十五分钟，不需要网络。", "Eight short pages, then {0} questions, of which {1} have to be right. About a quarter of an hour, without a network.";
    BEGIN = "开始", "Begin";
    TO_QUIZ = "直接测验", "Straight to the quiz";
    PAGE_OF = "第 {0} 页，共 {1} 页", "Page {0} of {1}";
    GOOD = "这样做", "Like this";
    BAD = "不要这样", "Not like this";
    BACK = "上一页", "Back";
    NEXT = "下一页", "Next";
    START_QUIZ = "开始测验", "To the quiz";
    QUESTION_OF = "第 {0} 题，共 {1} 题", "Question {0} of {1}";
    ANSWER = "确定", "Answer";
    CHOOSE = "先选一个答案", "First choose an answer";
    RIGHT = "答对了", "That is right";
    WRONG = "不对。正确的是：{0}", "Not that. Right is: {0}";
    NEXT_QUESTION = "下一题", "Next question";
    RESULT = "看结果", "See the result";
    PASSED = "合格：{1} 题答对 {0} 题", "Passed: {0} of {1} right";
    FAILED = "还差一点：{1} 题答对 {0} 题，要答对 {2} 题", "Not yet: {0} of {1} right, and {2} are needed";
    READ_AGAIN = "请再看这几页，然后重新测验，题目会换。", "Read these pages again, then take the quiz once more; the questions change.";
    AGAIN = "重新测验", "Take the quiz again";
    NAME = "您的姓名（写在证书上，交给办公室）", "Your name (on the certificate, for the office)";
    NAME_NEEDED = "请写姓名", "Enter your name";
    MAKE = "生成证书", "Make the certificate";
    MADE = "证书已保存在本机", "The certificate is kept on this device";
    CERTIFICATE = "培训证书", "Certificate";
    CERTIFICATE_OF = "{0} · {1} · {3} 题答对 {2} 题", "{0} · {1} · {2} of {3} right";
    QR = "培训证书的二维码", "QR code of the certificate";
    SIGNED = "由本机的密钥签名。交给办公室核对：扫码，或收下文件。它说明有人在本机上以这个姓名通过了测验；是不是本人，由办公室确认。",
        "Signed by this device's key, for the office to check: scan it, or hand over the file. It says that somebody passed under this name on this device; that it was you, the office has to know.";
    SAVE = "存成文件", "Save as a file";
    SHARE = "发送", "Share";
    FAILED_MAKE = "没有生成证书：{0}", "The certificate was not made: {0}";
    ANOTHER = "另一位调查员", "Another canvasser";
    HOME = "回到首页", "Home";

    // The office
    O_TITLE = "培训证书", "Certificates of the course";
    O_HINT = "打开调查员交来的证书（.minping-certificate），核对签名和设备。", "Open what canvassers hand in (.minping-certificate): signature and device are checked.";
    O_OPEN = "打开证书", "Open certificates";
    O_PASTE = "或粘贴二维码的内容", "Or paste what the QR code holds";
    O_CHECK = "核对", "Check it";
    O_PASTED = "粘贴的内容", "what was pasted";
    O_UNKNOWN = "设备不在名册上", "the device is not on the roster";
    O_REVOKED = "设备已停用", "the device was revoked";
    O_NOT_PASSED = "不合格", "not passed";
    O_OTHER = "另一门课程", "another course";
    O_GOOD = "有效", "valid";
    O_BAD = "{0}：不是有效的证书（{1}）", "{0}: no valid certificate ({1})";
    O_CHANGED = "签名不符，被改动过", "its signature does not hold: it was changed";
    O_NOT = "不是证书文件", "it is no certificate";
    O_CONTENT = "内容不全或版本较新", "what it holds cannot be used";
}
