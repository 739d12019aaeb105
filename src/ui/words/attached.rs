//! Photos, drawings, recordings, barcodes.

crate::words! {
    PHOTO_NONE = "还没有照片", "No photo yet";
    PHOTO_TAKE = "拍照", "Take a photo";
    PHOTO_AGAIN = "重拍", "Take another";
    PHOTO_CHOOSE = "选择图片", "Choose a picture";
    PHOTO_OTHER = "换一张图片", "Choose another";
    DRAW_NONE = "还没有画", "Nothing drawn yet";
    SIGN_NONE = "还没有签名", "Not signed yet";
    DRAW_HOW = "用手指、笔或鼠标在框内画。", "Draw in the frame with a finger, a pen or the mouse.";
    SIGN_HOW = "用手指、笔或鼠标在框内签名。", "Sign in the frame with a finger, a pen or the mouse.";
    DRAW_AREA = "绘画区", "Drawing area";
    SIGN_AREA = "签名区", "Signing area";
    DRAW_BACK = "撤销一笔", "Undo the last stroke";
    DRAW_OTHERWISE = "不用手画", "Without drawing";
    SIGN_OTHERWISE = "不用手写", "Without writing by hand";
    SIGN_NAME = "输入姓名代替签名", "Type the name instead";
    SIGN_PUT = "用作签名", "Use as the signature";
    WORKING = "正在保存……", "Saving…";
    KEPT = "已放入答卷。", "It is part of the answers.";
    UNDO = "恢复前一个", "Bring the one before back";
    NOT_HERE = "本机上找不到这个文件，请重新添加。", "The file is not on this device any more. Please add it again.";
    FULL = "放不下了：一份答卷的照片、绘画和录音合计最多 2 MB。请先清除一项再试。",
        "It does not fit: photos, drawings and recordings of one questionnaire may have 2 MB together. Clear one of them and try again.";
    NO_PICTURE = "浏览器读不出这个文件里的图片。请换一张 JPEG 或 PNG 图片，或直接拍照。",
        "The browser finds no picture in this file. Choose a JPEG or PNG picture, or take a photo.";
    NOT_MADE = "浏览器没能处理，请再试一次。", "The browser could not do it. Please try again.";
    NOT_KEPT = "本机没能保存，请腾出空间后再试一次。", "This device could not keep it. Free some space and try again.";

    CODE_SCAN = "用相机扫码", "Scan with the camera";
    CODE_PICTURE = "从图片识别", "Read from a picture";
    CODE_STOP = "停止", "Stop";
    CODE_LOOKING = "把条形码或二维码放进画面，识别到会自动填写。",
        "Hold the barcode or QR code into the picture; it is filled in when it is read.";
    CODE_FOUND = "已识别。", "It was read.";
    CODE_NOTHING = "图片里没有找到条形码或二维码。请靠近、对清楚再拍一张，或手工输入。",
        "There is no barcode or QR code in the picture. Take one from nearer, or type what it says.";
    CODE_UNABLE = "这个浏览器不能扫码。请输入条形码下面的数字或文字。",
        "This browser cannot scan. Please type the digits or letters that stand below the code.";
    CAMERA_DENIED = "没有得到使用相机的许可。请在浏览器或系统设置中允许本站使用相机；也可以手工输入。",
        "The camera is not allowed. Allow it for this site in the settings of the browser or device, or type what the code says.";
    CAMERA_NONE = "本机现在没有可用的相机。请手工输入。", "There is no camera to use now. Please type what the code says.";

    SOUND_NONE = "还没有录音", "Nothing recorded yet";
    SOUND_START = "开始录音", "Record";
    SOUND_AGAIN = "重新录音", "Record again";
    SOUND_STOP = "停止并保存", "Stop and keep";
    SOUND_RUNNING = "正在录音：{0} 秒，到 {1} 秒自动停止", "Recording: {0} s; it stops at {1} s";
    SOUND_DENIED = "没有得到使用麦克风的许可。请在浏览器或系统设置中允许本站使用麦克风，再试一次。",
        "The microphone is not allowed. Allow it for this site in the settings of the browser or device and try again.";
    SOUND_NO_MICROPHONE = "本机现在没有可用的麦克风。", "There is no microphone to use now.";
    SOUND_UNABLE = "这个浏览器不能录音。请换用较新的浏览器。", "This browser cannot record. Please use a newer one.";
}
