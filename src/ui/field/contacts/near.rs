//! Where the device is, for the order of the list alone: neither kept nor handed over.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// How far finding out is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Near {
    #[default]
    Off,
    Searching,
    Failed,
    /// Latitude and longitude.
    At(f64, f64),
}

/// Asks the device once where it is.
pub fn find(near: RwSignal<Near>) {
    let Ok(geolocation) = window().navigator().geolocation() else { return near.set(Near::Failed) };
    near.set(Near::Searching);
    let found = Closure::once_into_js(move |position: JsValue| {
        let coords = crate::browser::object::get(&position, "coords");
        let degrees = |name| crate::browser::object::get(&coords, name).as_f64();
        let at = degrees("latitude").zip(degrees("longitude"));
        let _ = near.try_set(at.map_or(Near::Failed, |(latitude, longitude)| Near::At(latitude, longitude)));
    });
    let failed = Closure::once_into_js(move |_: JsValue| {
        let _ = near.try_set(Near::Failed);
    });
    let asked =
        geolocation.get_current_position_with_error_callback(found.unchecked_ref(), Some(failed.unchecked_ref()));
    if asked.is_err() {
        near.set(Near::Failed);
    }
}

/// Metres between two places on a sphere (haversine); near enough to sort streets.
pub fn metres((latitude, longitude): (f64, f64), (other_latitude, other_longitude): (f64, f64)) -> f64 {
    const EARTH: f64 = 6_371_000.0;
    let (from, to) = (latitude.to_radians(), other_latitude.to_radians());
    let half = |a: f64, b: f64| ((b - a) / 2.0).sin().powi(2);
    let h = half(from, to) + from.cos() * to.cos() * half(longitude.to_radians(), other_longitude.to_radians());
    2.0 * EARTH * h.sqrt().min(1.0).asin()
}
