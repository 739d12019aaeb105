use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};

/// When the program itself fails, a screen of plain elements says so in both languages: what was saved is on the device,
/// and a reload goes on from there.
pub fn show_on_panic() {
    std::panic::set_hook(Box::new(|info| {
        let mut place = String::from("minping: failed at ");
        if let Some(location) = info.location() {
            place.push_str(location.file());
            place.push(':');
            place.push_str(&location.line().to_string());
        }
        web_sys::console::error_1(&JsValue::from_str(&place));
        let Some(body) = document().body() else { return };
        // Fixed markup: nothing from outside is in it.
        body.set_inner_html(concat!(
            r##"<main class="page stack" role="alert"><h1>程序出错了 · Something went wrong</h1>"##,
            "<p>已保存的答案都在本机上。请重新打开本页，从断开处继续。</p>",
            r##"<p lang="en">What was saved is on this device. Open the page again to go on from there.</p>"##,
            r##"<p><button id="again" class="button primary">重新打开 · Open again</button></p></main>"##
        ));
        // The browser's own function: nothing of this program runs any more.
        let location = window().location();
        let reload = js_sys::Reflect::get(&location, &JsValue::from_str("reload")).ok();
        let reload = reload.and_then(|reload| reload.dyn_into::<js_sys::Function>().ok()).map(|f| f.bind0(&location));
        if let Some(button) = document().get_element_by_id("again") {
            let button: web_sys::HtmlElement = button.unchecked_into();
            button.set_onclick(reload.as_ref());
            let _ = button.focus();
        }
    }));
}
