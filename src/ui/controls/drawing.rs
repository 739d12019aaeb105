use super::attachment::{Holder, State};
use super::frame::{Asked, anchor};
use super::photo::{file_input, heard, why};
use crate::browser::picture::{self, blank, encode, wipe};
use crate::session::Event;
use crate::ui::answer::Live;
use crate::ui::element::{Element, button, el, follow};
use crate::ui::words::{Words, attached as words};
use base64ct::{Base64, Encoding};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlInputElement, ImageBitmap, PointerEvent};

/// Pixels. A signature is broad, a drawing nearly square.
const SIGNED: (u32, u32) = (900, 360);
const DRAWN: (u32, u32) = (900, 675);
const PEN: f64 = 5.0;

/// Something that was put on the area.
enum Mark {
    Stroke(Vec<(f64, f64)>),
    /// A name that was typed.
    Words(String),
    Picture(ImageBitmap),
}

struct Area {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    marks: Vec<Mark>,
    /// The pointer that draws: a second finger does not.
    pointer: Option<i32>,
    /// The answer whose picture is on the area.
    shown: Option<String>,
    /// It changed after it was last written, and whether it is being written.
    changed: bool,
    writing: bool,
    /// Of the item.
    key: String,
}

type Pad = Rc<RefCell<Area>>;

/// An area to draw or sign on by finger, pen or mouse. Every stroke is kept as soon as it is drawn. Who does not draw
/// chooses a picture, or types the name.
pub fn drawing(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let holder = Holder::new(&asked, false);
    let signed = live.with(|session| session.item(index).appearance.as_deref() == Some("signature"));
    let language = asked.language;
    let (width, height) = if signed { SIGNED } else { DRAWN };
    let Some((canvas, context)) = blank(width, height) else {
        // A browser without a canvas draws no page either; the question can still be answered by a reason.
        return holder.frame(&asked, "field question attached", el("p", "error").text(words::NOT_MADE.of(language)));
    };
    context.set_line_cap("round");
    context.set_line_join("round");
    context.set_line_width(PEN);
    context.set_stroke_style_str("#000");
    let [area, none, how, otherwise] = match signed {
        true => [words::SIGN_AREA, words::SIGN_NONE, words::SIGN_HOW, words::SIGN_OTHERWISE],
        false => [words::DRAW_AREA, words::DRAW_NONE, words::DRAW_HOW, words::DRAW_OTHERWISE],
    };
    let pad: Pad = Rc::new(RefCell::new(Area {
        canvas: canvas.clone(),
        context,
        marks: Vec::new(),
        pointer: None,
        shown: None,
        changed: false,
        writing: false,
        key: asked.name.clone(),
    }));
    follow_answer(&pad, holder);
    let shape = el("div", if signed { "pad signed" } else { "pad" });
    let _ = canvas.set_attribute("role", "img");
    let _ = canvas.set_attribute("aria-label", &asked.about(area));
    let _ = shape.node().append_child(&canvas);
    let shape = drawn_by(shape, &pad, holder);
    let back = {
        let pad = pad.clone();
        move |_| {
            // One that was kept before is a mark of its own: it goes by clearing.
            let gone = {
                let mut area = pad.borrow_mut();
                let stroke = matches!(area.marks.last(), Some(Mark::Stroke(_) | Mark::Words(_)));
                if stroke { area.marks.pop() } else { None }
            };
            if gone.is_some() {
                pad.borrow().draw();
                write(&pad, holder);
            }
        }
    };
    let back = button("button")
        .live_flag("disabled", move || live.locked.get())
        .on("click", back)
        .text(words::DRAW_BACK.of(language));
    let other = el("details", "").child(el("summary", "reveal").text(otherwise.of(language)));
    if signed {
        other.add(&typed(&asked, &pad, holder));
    }
    other.add(&el("div", "row").child(chosen(&asked, &pad, holder)));
    let inside = el("div", "stack tight")
        .child(el("p", "hint small").text(how.of(language)))
        .child(shape)
        .child(holder.status(none))
        .child(el("div", "row").child(back))
        .child(other);
    holder.frame(&asked, "field question attached", inside)
}

/// Puts the answer on the area where it is not what was drawn there: at the beginning, and when it was cleared or brought back.
fn follow_answer(pad: &Pad, holder: Holder) {
    let (pad, value) = (pad.clone(), holder.live.value(holder.index));
    follow(move || {
        value.track();
        let now = holder.current();
        if pad.borrow().shown == now {
            return;
        }
        let file = now.as_ref().and_then(|name| holder.live.attached(name));
        {
            let mut area = pad.borrow_mut();
            area.shown = now.clone();
            area.marks.clear();
            area.changed = false;
            area.draw();
        }
        let (Some(now), Some(Ok(file))) = (now, file.map(|data| Base64::decode_vec(&data))) else { return };
        let pad = pad.clone();
        spawn_local(async move {
            let Ok(bitmap) = picture::decode_bytes(&file).await else { return };
            let mut area = pad.borrow_mut();
            // Not over what came in the meantime.
            if area.shown.as_ref() == Some(&now) {
                area.marks.insert(0, Mark::Picture(bitmap));
                area.draw();
            }
        });
    });
}

fn drawn_by(shape: Element, pad: &Pad, holder: Holder) -> Element {
    let [down, moved, up] = [pad.clone(), pad.clone(), pad.clone()];
    let live = holder.live;
    let begin = move |event: web_sys::Event| {
        let event: PointerEvent = event.unchecked_into();
        let mut area = down.borrow_mut();
        if live.locked.get_untracked() || area.pointer.is_some() || event.button() != 0 {
            return;
        }
        event.prevent_default();
        let _ = area.canvas.set_pointer_capture(event.pointer_id());
        area.pointer = Some(event.pointer_id());
        let at = area.place(&event);
        area.marks.push(Mark::Stroke(vec![at]));
        area.draw_last();
    };
    let go_on = move |event: web_sys::Event| {
        let event: PointerEvent = event.unchecked_into();
        let mut area = moved.borrow_mut();
        if area.pointer != Some(event.pointer_id()) {
            return;
        }
        let at = area.place(&event);
        if let Some(Mark::Stroke(points)) = area.marks.last_mut() {
            points.push(at);
        }
        area.draw_last();
    };
    let end = Rc::new(move |event: web_sys::Event| {
        let event: PointerEvent = event.unchecked_into();
        if up.borrow().pointer == Some(event.pointer_id()) {
            {
                let mut area = up.borrow_mut();
                area.pointer = None;
                // In one piece: the edges of pieces overlap.
                area.draw();
            }
            write(&up, holder);
        }
    });
    let cancelled = end.clone();
    shape
        .on("pointerdown", begin)
        .on("pointermove", go_on)
        .on("pointerup", move |event| end(event))
        .on("pointercancel", move |event| cancelled(event))
}

/// Writes what is drawn, one writing after the other: what is drawn meanwhile goes into the next.
fn write(pad: &Pad, holder: Holder) {
    {
        let mut area = pad.borrow_mut();
        area.changed = true;
        if area.writing {
            return;
        }
        area.writing = true;
    }
    let pad = pad.clone();
    spawn_local(async move {
        loop {
            let canvas = {
                let mut area = pad.borrow_mut();
                if !area.changed {
                    area.writing = false;
                    return;
                }
                area.changed = false;
                if area.marks.is_empty() {
                    area.writing = false;
                    area.shown = None;
                    let item = area.key.clone();
                    drop(area);
                    let _ = holder.live.tell(Event::Cleared { item });
                    return;
                }
                area.canvas.clone()
            };
            let _ = holder.state.try_set(State::Working);
            match encode(&canvas, "image/png", 1.0).await {
                // While it is put, the answer becomes what is on the area.
                Ok(file) => put(&pad, holder, file).await,
                Err(error) => holder.fail(why(error)),
            }
        }
    });
}

async fn put(pad: &Pad, holder: Holder, file: Vec<u8>) {
    let key = pad.borrow().key.clone();
    let Some(name) = holder.keep(&key, file).await else { return };
    pad.borrow_mut().shown = Some(name.clone());
    holder.answer(key, name);
}

/// A name in letters, for who cannot write on a screen.
fn typed(asked: &Asked, pad: &Pad, holder: Holder) -> Element {
    let id = anchor(asked.index, "-name");
    let input = el("input", "input").attr("type", "text").attr("autocomplete", "off").attr("id", &id);
    let node: HtmlInputElement = input.node().clone().unchecked_into();
    let pad = pad.clone();
    let use_it = move |_| {
        let name = node.value().trim().to_owned();
        if name.is_empty() || holder.live.locked.get_untracked() {
            return;
        }
        {
            let mut area = pad.borrow_mut();
            area.marks = vec![Mark::Words(name)];
            area.draw();
        }
        write(&pad, holder);
    };
    el("div", "stack tight")
        .child(el("label", "field-label").attr("for", &id).text(words::SIGN_NAME.of(asked.language)))
        .child(input)
        .child(el("p", "").child(button("button").on("click", use_it).text(words::SIGN_PUT.of(asked.language))))
}

/// A picture in the place of a drawing.
fn chosen(asked: &Asked, pad: &Pad, holder: Holder) -> Element {
    let pad = pad.clone();
    let taken = move |file: web_sys::Blob| {
        holder.state.set(State::Working);
        let pad = pad.clone();
        spawn_local(async move {
            match picture::decode(&file).await {
                Ok(bitmap) => {
                    {
                        let mut area = pad.borrow_mut();
                        area.marks = vec![Mark::Picture(bitmap)];
                        area.draw();
                    }
                    write(&pad, holder);
                }
                Err(error) => holder.fail(why(error)),
            }
        });
    };
    let words: Words = words::PHOTO_CHOOSE;
    let input = heard(file_input(asked, "-choose", holder), taken);
    el("label", "button file").child(el("span", "").text(words.of(asked.language))).child(input)
}

impl Area {
    /// Where a pointer is, in pixels of the area.
    fn place(&self, event: &PointerEvent) -> (f64, f64) {
        let shown = self.canvas.get_bounding_client_rect();
        let scale = |length: u32, shown: f64| f64::from(length) / shown.max(1.0);
        (
            (f64::from(event.client_x()) - shown.left()) * scale(self.canvas.width(), shown.width()),
            (f64::from(event.client_y()) - shown.top()) * scale(self.canvas.height(), shown.height()),
        )
    }

    fn draw(&self) {
        wipe(&self.canvas, &self.context);
        for mark in &self.marks {
            self.draw_mark(mark);
        }
    }

    /// Where only the last stroke grew.
    fn draw_last(&self) {
        if let Some(Mark::Stroke(points)) = self.marks.last() {
            self.line(&points[points.len().saturating_sub(2)..]);
        }
    }

    fn line(&self, points: &[(f64, f64)]) {
        self.context.begin_path();
        let first = points.first().copied().unwrap_or_default();
        self.context.move_to(first.0, first.1);
        // A stroke of one point is a dot.
        for point in points.iter().skip(1).chain(points.last()) {
            self.context.line_to(point.0, point.1);
        }
        self.context.stroke();
    }

    fn draw_mark(&self, mark: &Mark) {
        let (width, height) = (f64::from(self.canvas.width()), f64::from(self.canvas.height()));
        match mark {
            Mark::Stroke(points) => self.line(points),
            Mark::Words(name) => {
                self.context.set_font("italic 110px cursive, serif");
                self.context.set_fill_style_str("#000");
                self.context.set_text_align("center");
                self.context.set_text_baseline("middle");
                let _ = self.context.fill_text_with_max_width(name, width / 2.0, height / 2.0, width * 0.9);
            }
            Mark::Picture(bitmap) => {
                let (wide, high) = (f64::from(bitmap.width()).max(1.0), f64::from(bitmap.height()).max(1.0));
                let part = (width / wide).min(height / high);
                let (wide, high) = (wide * part, high * part);
                let (left, top) = ((width - wide) / 2.0, (height - high) / 2.0);
                let _ = self.context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, left, top, wide, high);
            }
        }
    }
}
