use crate::ui::shell::use_shell;
use crate::ui::words::Words;
use fast_qr::qr::QRBuilder;
use leptos::prelude::*;

/// A text as a QR code: one path, dark on white in every look, since scanners expect it. Nothing when it is too long.
pub fn qr(text: &str, label: Words) -> Option<AnyView> {
    let language = use_shell().language;
    let code = QRBuilder::new(text.as_bytes()).ecl(fast_qr::ECL::L).build().ok()?;
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let from = x;
            while x < code.size && code[y][x].value() {
                x += 1;
            }
            if x > from {
                path.push('M');
                path.push_str(&from.to_string());
                path.push(' ');
                path.push_str(&y.to_string());
                path.push('h');
                path.push_str(&(x - from).to_string());
                path.push_str("v1H");
                path.push_str(&from.to_string());
                path.push('z');
            }
            x += 1;
        }
    }
    // Four modules of quiet zone on every side.
    let side = (code.size + 8).to_string();
    let mut frame = String::from("-4 -4 ");
    frame.push_str(&side);
    frame.push(' ');
    frame.push_str(&side);
    Some(
        view! {
            <svg class="qr" viewBox=frame role="img" aria-label=move || label.of(language.get()) shape-rendering="crispEdges">
                <path d=path></path>
            </svg>
        }
        .into_any(),
    )
}
