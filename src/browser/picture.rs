//! Pictures: scaled down and written anew. What a camera notes in a file, such as the place, is not among the pixels, and
//! so it is not in what is written.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, ImageBitmap};

use super::object::Deferred;

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureError {
    /// This browser cannot read the file as a picture.
    Unreadable,
    /// It cannot be made so small.
    TooLarge,
    /// The browser would not draw or write it: out of memory, say.
    Failed,
}

/// A drawing area of this size in pixels, white all over, and what draws on it.
pub fn blank(width: u32, height: u32) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let canvas: HtmlCanvasElement = web_sys::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    wipe(&canvas, &context);
    Some((canvas, context))
}

/// Makes all of it white: what is see-through would be black in a JPEG, and on a dark screen.
pub fn wipe(canvas: &HtmlCanvasElement, context: &CanvasRenderingContext2d) {
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, canvas.width().into(), canvas.height().into());
}

/// A file as pixels, turned as the camera was held.
pub async fn decode(file: &Blob) -> Result<ImageBitmap, PictureError> {
    let window = web_sys::window().ok_or(PictureError::Failed)?;
    let promise = window.create_image_bitmap_with_blob(file).map_err(|_| PictureError::Failed)?;
    let bitmap = promise.await.map_err(|_| PictureError::Unreadable)?;
    Ok(bitmap.unchecked_into())
}

/// Bytes as pixels.
pub async fn decode_bytes(bytes: &[u8]) -> Result<ImageBitmap, PictureError> {
    let parts = js_sys::Array::of1(&Uint8Array::from(bytes));
    decode(&Blob::new_with_u8_array_sequence(&parts).map_err(|_| PictureError::Failed)?).await
}

/// A picture as JPEG, its longer side at most `side` pixels, in at most `most` bytes.
pub async fn shrink(file: &Blob, side: u32, most: u64) -> Result<Vec<u8>, PictureError> {
    let bitmap = decode(file).await?;
    let longer = bitmap.width().max(bitmap.height()).max(1);
    let mut side = side.clamp(1, longer);
    // At each size as good as it fits, but no worse than what can still be read.
    for _ in 0..4 {
        let part = f64::from(side) / f64::from(longer);
        let scaled = |length: u32| ((f64::from(length) * part) as u32).max(1);
        let (width, height) = (scaled(bitmap.width()), scaled(bitmap.height()));
        let (canvas, context) = blank(width, height).ok_or(PictureError::Failed)?;
        context
            .draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width.into(), height.into())
            .map_err(|_| PictureError::Failed)?;
        for quality in [0.8, 0.65, 0.5] {
            let bytes = encode(&canvas, "image/jpeg", quality).await?;
            if bytes.len() as u64 <= most {
                bitmap.close();
                return Ok(bytes);
            }
        }
        side = side * 2 / 3;
    }
    bitmap.close();
    Err(PictureError::TooLarge)
}

/// An SVG file as PNG, each of its units so many pixels wide.
pub async fn of_drawing(svg: &str, times: f64) -> Result<Vec<u8>, PictureError> {
    let image = HtmlImageElement::new().map_err(|_| PictureError::Failed)?;
    let address = ["data:image/svg+xml;charset=utf-8,", &String::from(js_sys::encode_uri_component(svg))].concat();
    image.set_src(&address);
    image.decode().await.map_err(|_| PictureError::Unreadable)?;
    let scaled = |length: u32| (f64::from(length) * times) as u32;
    let (width, height) = (scaled(image.natural_width()), scaled(image.natural_height()));
    let (canvas, context) = blank(width, height).ok_or(PictureError::Failed)?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width.into(), height.into())
        .map_err(|_| PictureError::Failed)?;
    encode(&canvas, "image/png", 1.0).await
}

/// What is drawn, as a file of this type. `quality` is from 0 to 1, for JPEG.
pub async fn encode(canvas: &HtmlCanvasElement, kind: &str, quality: f64) -> Result<Vec<u8>, PictureError> {
    let made = Deferred::new();
    let promise = made.promise.clone();
    let done = Closure::<dyn FnMut(JsValue)>::new(move |blob: JsValue| made.resolve(&blob));
    canvas
        .to_blob_with_type_and_encoder_options(done.as_ref().unchecked_ref(), kind, &quality.into())
        .map_err(|_| PictureError::Failed)?;
    // It is only ever fulfilled, with null where the browser could not do it.
    let blob = promise.await.map_err(|_| PictureError::Failed)?;
    let blob: Blob = blob.dyn_into().map_err(|_| PictureError::Failed)?;
    read(&blob).await.ok_or(PictureError::Failed)
}

/// The bytes of a file.
pub async fn read(blob: &Blob) -> Option<Vec<u8>> {
    let buffer = blob.array_buffer().await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
