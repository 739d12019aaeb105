//! Posters and cards, many at once.

crate::words! {
    TITLE = "成批的海报、卡片和一次性编码", "Posters, cards and single-use codes, many at once";
    TEXT = "每个地点或窗口一张，或给住户每户一个只计一次的编码。做好后逐张读回核对，再打印。",
        "One for each place or window, or codes that count once for households. Each is read back before you print.";
    BEGIN = "开始", "Begin";
    PLACES = "地点清单（每行一个；也可从电子表格粘贴：地点、抽样层、人群、说明）",
        "List of places (one a line; or paste from a spreadsheet: place, stratum, group, note)";
    PLACES_HINT = "留空就做一种。人群和抽样层写编号或名称；没写的用上面选的。匿名的方案里，地点只印在纸上，不进链接。",
        "Empty: one kind. Groups and strata by id or name; where none is written, the choice above holds. In an anonymous plan the place is printed only, and is not in the link.";
    LAYOUT = "印成", "Print as";
    TONGUES = "印哪种文字", "Languages";
    BOTH = "{0} 和 {1}", "{0} and {1}";
    SINGLE = "一次性编码，每个地点几张（留空：不限次数）", "Single-use codes for each place (empty: any number of answers)";
    SINGLE_HINT = "一码只计一份答卷，重复的由办公室计票时剔出。序号只是张数，不要记下哪户拿了哪张。",
        "Each code counts for one answer; the office's count sets repeats apart. The serial number only counts sheets: do not write down who got which.";
    SHORT = "加上能手输的短地址", "Add short addresses that can be typed";
    SHORT_HINT = "不需要服务器程序：每个短地址是一张小网页，打开后转到长链接。做好后请把 k.zip 解开，放进网站上应用的文件夹；没放上去之前，短地址和它的二维码都打不开。",
        "No server program is needed: each short address is a small page that leads to the long one. Unpack k.zip into the app's folder on the site; until it is there, neither the short addresses nor their QR codes open.";
    BASE = "应用的网址（居民打开的）", "Address of the app, as residents open it";
    BASE_HINT = "印在纸上的二维码指向这里；请写居民能打开的网址，不是办公室内网的。", "The printed codes lead here: write what residents can open, not an address inside the office.";
    BAD_BASE = "请写完整网址，如 https://example.org/ask/index.html。", "Write the whole address, such as https://example.org/ask/index.html.";
    MAKE = "制作并核对", "Make and check";
    MAKING = "正在制作……", "Making…";
    STOPPED = "已停止，没有做出来。", "Stopped; nothing was made.";
    TOO_MANY = "一次最多 1000 张，现在要做 {0} 张。请分批，或用 minping posters。", "At most 1,000 at a time; these are {0}. Make fewer, or use minping posters.";
    BAD_SINGLE = "张数请写 1 到 1000 的整数。", "Write a whole number from 1 to 1000.";
    NOTHING_ASKED = "这一轮没有居民自己扫码作答的问卷，做不了海报；请选其他轮次。",
        "In this round residents answer nothing on their own phones, so there is nothing to print. Choose another round.";
    CHANGED = "制作时条件有改动，没有做出来；请再按一次。", "The form changed while they were made, so nothing was made. Press again.";
    TOO_LONG = "网址太长，做不成二维码。请用短地址，或缩短地点名称。", "An address is too long for a QR code. Use short addresses, or shorten the places.";
    CHECKED = "做好 {0} 张，读回核对相符 {1} 张。", "{0} made; {1} read back and open what they should.";
    PROOF = "核对表：每张的二维码读出来、签名对上之后，打开的是什么", "Proof: what each code opens, read back from its drawing and with its signature checked";
    PROOF_SHORT = "短地址的页面按 k.zip 里的核对；放到网站后请用手机试一张。", "Short addresses were checked against the pages in k.zip; try one with a phone when they are on the site.";
    SAVE = "保存打印文件（HTML）", "Save the file to print (HTML)";
    SAVE_SHORT = "保存短地址页面 k.zip", "Save the pages of the short addresses (k.zip)";
    PRINT_HINT = "打开保存的文件，用浏览器打印：纸张 A4，缩放 100%，不要页眉页脚。先用手机扫一张。", "Open the saved file and print it from the browser: A4, 100 %, without headers and footers. Scan one with a phone first.";
}
