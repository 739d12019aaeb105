//! The frame: header, display settings, failures.

crate::words! {
    APP = "民评", "Minping";
    SKIP = "跳到正文", "Skip to content";
    DISPLAY = "显示设置", "Display settings";
    LANGUAGE = "语言", "Language";
    THEME = "外观", "Appearance";
    THEME_AUTO = "跟随设备", "As the device";
    THEME_LIGHT = "浅色", "Light";
    THEME_DARK = "深色", "Dark";
    THEME_SUNLIGHT = "强光下", "Bright sun";
    TEXT_SIZE = "字号", "Text size";
    ALOUD = "朗读", "Read aloud";
    ALOUD_EACH = "每题旁显示朗读按钮", "Show a button at each question that reads it";
    ALOUD_VOICE = "声音", "Voice";
    ALOUD_ANY = "随文字的语言", "By the language of the text";
    ALOUD_READ = "朗读：", "Read aloud: ";
    CLOSE = "关闭", "Close";
    CANCEL = "取消", "Cancel";
    BACK = "返回", "Back";
    RETRY = "重试", "Try again";
    LOADING = "正在打开……", "Opening…";
    NOT_LOADED = "这一部分还没有下载到这台设备，现在也没有网络。您的答案不受影响。请连上网络后重试；还是不行，就重新打开本页。",
        "This part has not been loaded onto this device yet, and there is no network now. Your answers are safe. Connect and try again; if that does not help, open the page again.";
    NOT_FOUND = "没有这个页面", "There is no such page";
    NOT_FOUND_TEXT = "地址可能不完整。请返回首页，或重新扫码。",
        "The address may be cut off. Go to the first page, or scan the code again.";
    HOME = "首页", "First page";
    GUIDE = "使用说明", "How it works";
}
