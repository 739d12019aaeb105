//! An interview in the resident's hands.

crate::words! {
    // The canvasser hands over
    OFFER = "交给居民自己填", "Hand over to the resident";
    OFFER_HINT = "屏幕换成大字，居民自己填、自己提交，您看不到答案。", "Large type; the resident answers and closes alone, and you do not see the answers.";
    TITLE = "交给居民自己填？", "Hand the tablet over?";
    TEXT = "从现在起屏幕只有问卷。居民提交，或您输入 PIN 中止，才能回到您的界面。已填的答案居民能看到。",
        "From now on there is only the questionnaire. You get your screens back when the resident has closed it, or when you end it with your PIN. The resident sees what was answered so far.";
    NOW = "交出去", "Hand over";
    SET_TITLE = "先设一个 PIN", "First set a PIN";
    SET_TEXT = "4 到 8 位数字。居民填写时，用它才能提前中止。忘了也不要紧：居民提交或中止以后就能回来，再设一个。",
        "Four to eight digits: by them you can end the interview while it is in the resident's hands. If you forget them nothing is lost: you are back once the resident has closed or broken off, and can set others.";
    PIN = "PIN", "PIN";
    AGAIN = "再输一次", "Once more";
    SET = "设好并交出去", "Set it and hand over";
    BAD = "请输入 4 到 8 位数字", "Enter four to eight digits";
    DIFFERENT = "两次不一样", "The two are not the same";
    UNSAVED = "没有存下来：{0}", "It could not be kept: {0}";
    CRYPTO = "这个浏览器缺少需要的功能", "This browser lacks what is needed";
    CHANGE = "换一个 PIN", "Set another PIN";

    // In the resident's hands
    YOURS = "请您自己填写", "Now it is your turn";
    YOURS_TEXT = "这台平板现在交给您。请按自己的想法回答；不想答的题，按“我不想回答”。", "This tablet is in your hands now. Answer as you think. Where you would rather not say, say so.";
    YOURS_SEALED = "提交以后答案立即加密，调查员和这台平板都看不到。", "When you finish, the answers are sealed at once: neither the interviewer nor this tablet can read them.";
    YOURS_PLAIN = "这次测评的答案不加密，收到的人可以看到内容。", "The answers of this evaluation are not sealed: who receives them can read them.";
    YOURS_STOP = "您随时可以中止。", "You may stop at any time.";
    BEGIN = "开始", "Begin";
    ALOUD_HINT = "每道题旁有朗读按钮；字的大小在右上角“Aa”里调。", "Each question has a button that reads it aloud; “Aa” at the top changes the size of the type.";
    CANVASSER = "调查员", "Interviewer";
    END_TITLE = "用 PIN 结束", "End with the PIN";
    END_TEXT = "访问到此结束，已填的部分封存，记为中途停止。", "The interview ends here. What was answered is sealed, as an interview that was broken off.";
    END = "结束", "End";
    WRONG = "PIN 不对", "This is not the PIN";
    PAUSE = "PIN 不对。{0} 秒以后可以再试。", "This is not the PIN. Try again in {0} seconds.";
    CHECKING = "正在核对…", "Checking…";
    ELSEWHERE = "这份问卷在另一个窗口里，由居民填写。", "This questionnaire is open in another window, in the resident's hands.";
    HERE = "在这里继续", "Go on here";
    DONE = "谢谢您", "Thank you";
    DONE_TEXT = "您的答案已经封存。请把平板还给调查员。", "Your answers are sealed. Please give the tablet back.";
    DONE_PLAIN = "您的答案已经保存。请把平板还给调查员。", "Your answers are kept. Please give the tablet back.";
    GO_ON = "调查员：继续工作", "Interviewer: go on";
}
