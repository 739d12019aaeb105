//! The app's folder over HTTP: compressed variants from the build, lasting caches for names that carry a digest, and the headers
//! that a page with answers in it needs.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use std::path::Path;
use tower_http::services::ServeDir;

pub(super) fn router(folder: &Path) -> Router {
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    Router::new().fallback_service(files).layer(from_fn(add_headers))
}

async fn add_headers(request: Request, next: Next) -> Response {
    let lasting = is_lasting(request.uri().path());
    let told = request.uri().path().ends_with(".minping-quotas");
    let mut response = next.run(request).await;
    // Devices ask for the standing of quotas before the office has told anything: that is no mistake.
    if told && response.status() == StatusCode::NOT_FOUND {
        response = StatusCode::NO_CONTENT.into_response();
    }
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let cache = if lasting && found { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, cache),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        // What the page itself may load stands in its own policy, which the build writes. The office's editor frames the page
        // in which its plan is tried out; no other site may.
        (
            header::CONTENT_SECURITY_POLICY,
            "frame-ancestors 'self'; base-uri 'none'; object-src 'none'; form-action 'none'",
        ),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(self), microphone=(self)"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Names in these folders change with their content.
fn is_lasting(path: &str) -> bool {
    path.starts_with("/assets/")
        || (path.starts_with("/plans/") && path.ends_with(".json") && path != "/plans/index.json")
}
