use super::desk::*;
use std::fs;

#[test]
fn what_went_wrong_is_told_in_the_clerks_language() {
    let desk = Desk::open();
    desk.card("1.minping-card", "");
    let broken = fs::read_to_string(desk.path("plan.json")).unwrap().replacen("\"rounds\"", "\"round\"", 1);
    fs::write(desk.path("broken.json"), broken).unwrap();
    fs::write(desk.path("wrong"), "four unrelated words").unwrap();
    let publish = ["plan", "publish", "broken.json", "--keys", "x", "--passphrase-file", "passphrase", "--app", "dist"];
    for (code, words, arguments) in [
        (1, "已有此文件", vec!["keys", "new", "office.minping-keys"]),
        (2, "没有密钥文件的口令", vec!["keys", "show", "office.minping-keys"]),
        (1, "口令打不开", vec!["keys", "show", "office.minping-keys", "--passphrase-file", "wrong"]),
        (1, "这是设备卡", vec!["keys", "show", "1.minping-card", "--passphrase-file", "wrong"]),
        (3, "无法读取此文件", vec!["keys", "show", "gone", "--passphrase-file", "wrong"]),
        (1, "设备卡上没有名称", [&["roster", "add", "1.minping-card"], ROSTER].concat()),
        (1, "名册上没有设备", [&["roster", "revoke", "x"], ROSTER].concat()),
        (1, "方案里有多个轮次", LINK.to_vec()),
        (1, "方案有错误，没有发布", publish.to_vec()),
    ] {
        let output = desk.run(&[&["--lang", "zh"], &arguments[..]].concat());
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {errors}");
        assert!(errors.contains(words), "{arguments:?}: {errors}");
    }
}
