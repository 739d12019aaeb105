//! The only place of the app that reads a clock.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: i32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// Milliseconds since 1970, UTC, by this device's clock.
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// Minutes to add to UTC for local time, as the device is set.
pub fn offset_minutes() -> i32 {
    -(js_sys::Date::new_0().get_timezone_offset() as i32)
}

/// Waits. A background tab may be made to wait longer.
pub async fn sleep(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        set_timeout(resolve.unchecked_ref(), milliseconds);
    });
    // A timer never rejects.
    let _ = promise.await;
}

/// `None` when `future` has no result after so long; it is dropped with what is returned here.
pub fn within<'a, T>(milliseconds: i32, future: impl Future<Output = T> + 'a) -> Within<'a, T> {
    Within { timer: Box::pin(sleep(milliseconds)), future: Box::pin(future) }
}

/// What [`within`] waits for. Boxed: one piece of code for all that is waited for, and no copies of large futures.
pub struct Within<'a, T> {
    timer: Pin<Box<dyn Future<Output = ()>>>,
    future: Pin<Box<dyn Future<Output = T> + 'a>>,
}

impl<T> Future for Within<'_, T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        if let Poll::Ready(value) = self.future.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        self.timer.as_mut().poll(context).map(|()| None)
    }
}

/// A call that is made later unless it is dropped before.
pub struct Timer {
    id: JsValue,
    _call: Closure<dyn FnMut()>,
}

impl Timer {
    pub fn start(milliseconds: i32, call: impl FnMut() + 'static) -> Timer {
        let call = Closure::<dyn FnMut()>::new(call);
        Timer { id: set_timeout(call.as_ref().unchecked_ref(), milliseconds), _call: call }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}
