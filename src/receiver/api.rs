use super::refusal::Note;
use super::{Answer, Folder, Put, Receiver, Refusal};
use crate::batch::{Receipt, sign_receipt};
use crate::native::crypto::Native;
use crate::plan::Digest;
use axum::Json;
use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::{ConnectInfo, MatchedPath, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use pollster::block_on;
use serde::{Deserialize, Serialize};
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use tower_http::cors::{Any, CorsLayer};

/// The longest silence inside an upload.
const SILENCE: Duration = Duration::from_secs(30);
/// Bytes of unfinished uploads held in memory at once, over all connections.
const BUFFER: usize = 512 << 20;
/// Longest claim in bytes.
const CLAIM: usize = 4096;
const PAGE: usize = 1_000;
const LARGEST_PAGE: usize = 10_000;
const TEXT: &str = "text/plain; charset=utf-8";

type Shared = State<Arc<Receiver>>;

pub(super) fn router(receiver: Arc<Receiver>) -> Router {
    // The app may lie on another server than the receiver. There are no cookies, so any page may ask.
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::PUT])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .max_age(Duration::from_secs(86_400));
    Router::new()
        .route("/batches", get(list))
        .route("/batches/{digest}", put(upload).get(fetch))
        .route("/contacts", get(list_contacts))
        .route("/contacts/{digest}", put(upload_contacts).get(fetch_contacts))
        .route("/claims/{case}", put(claim))
        .route("/health", get(health))
        .fallback(async || Refusal::NotFound)
        .method_not_allowed_fallback(async || Refusal::Method)
        .layer(from_fn_with_state(receiver.clone(), limit))
        .layer(from_fn(log))
        .layer(cors)
        .with_state(receiver)
}

/// Takes a batch in. The receipt is made only when the batch is on disk.
async fn upload(
    State(receiver): Shared,
    Path(digest): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    take(receiver, &digest, &headers, body, keep).await
}

/// Takes a contact log in, as a batch.
async fn upload_contacts(
    State(receiver): Shared,
    Path(digest): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    take(receiver, &digest, &headers, body, keep_contacts).await
}

/// A claim of a case: whether it is the device's now.
async fn claim(State(receiver): Shared, Path(case): Path<String>, body: Body) -> Result<Json<Claimed>, Refusal> {
    let case = Digest::parse(&case).ok_or(Refusal::BadDigest)?;
    let bytes = read(&receiver, body, CLAIM).await?;
    let work = tokio::task::spawn_blocking(move || {
        let text = String::from_utf8(bytes).map_err(|_| Refusal::NotAClaim(crate::batch::ClaimError::NotAClaim))?;
        let claim = receiver.door.admit_claim(&case, &text, &receiver.rosters)?;
        Ok(receiver.claims.take(case, claim.device, claim.claim.minutes, Instant::now()))
    });
    match work.await.map_err(|_| Refusal::Internal)?? {
        Answer::Yours(seconds) => Ok(Json(Claimed { v: 1, claim: "yours", seconds })),
        Answer::Others(seconds) => Ok(Json(Claimed { v: 1, claim: "other", seconds })),
        Answer::Full => Err(Refusal::Busy),
    }
}

#[derive(Serialize)]
struct Claimed {
    v: u32,
    claim: &'static str,
    seconds: u64,
}

async fn take(
    receiver: Arc<Receiver>,
    digest: &str,
    headers: &HeaderMap,
    body: Body,
    keep: fn(&Receiver, &Digest, Vec<u8>) -> Result<Response, Refusal>,
) -> Result<Response, Refusal> {
    let digest = Digest::parse(digest).ok_or(Refusal::BadDigest)?;
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > receiver.largest) {
        return Err(Refusal::TooBig { largest: receiver.largest });
    }
    let bytes = read(&receiver, body, receiver.largest).await?;
    // Checking and flushing take their time; other connections go on meanwhile.
    let work = tokio::task::spawn_blocking(move || keep(&receiver, &digest, bytes));
    work.await.map_err(|_| Refusal::Internal)?
}

fn keep(receiver: &Receiver, digest: &Digest, bytes: Vec<u8>) -> Result<Response, Refusal> {
    let text = String::from_utf8(bytes).map_err(|_| Refusal::NotABatch(crate::batch::BatchError::NotABatch))?;
    let text = text.trim();
    let batch = receiver.door.admit(digest, text)?;
    let put = receiver
        .folder
        .put(digest, text, batch.resident, |found| receiver.door.holds(digest, found))
        .map_err(Refusal::Folder)?;
    let note = [batch.plan.as_str(), " ", &batch.records.to_string(), " records"].concat();
    receipted(receiver, digest, put, note, batch.resident)
}

fn keep_contacts(receiver: &Receiver, digest: &Digest, bytes: Vec<u8>) -> Result<Response, Refusal> {
    let text = String::from_utf8(bytes).map_err(|_| Refusal::NotABatch(crate::batch::BatchError::NotABatch))?;
    let text = text.trim();
    let log = receiver.door.admit_contacts(digest, text)?;
    let holds = |found: &str| receiver.door.admit_contacts(digest, found).is_ok();
    let put = receiver.folder.contacts().put(digest, text, false, holds).map_err(Refusal::Folder)?;
    receipted(receiver, digest, put, [log.plan.as_str(), " contacts"].concat(), false)
}

/// The receipt of what is on disk.
fn receipted(
    receiver: &Receiver,
    digest: &Digest,
    put: Put,
    mut note: String,
    resident: bool,
) -> Result<Response, Refusal> {
    let receipt = Receipt { v: 1, batch: digest.clone() };
    let receipt = block_on(sign_receipt(&Native, &receiver.key.private, &receiver.key.public, &receipt))
        .map_err(|_| Refusal::Internal)?;
    let status = if put == Put::New { StatusCode::CREATED } else { StatusCode::OK };
    let mut response = (status, [(header::CONTENT_TYPE, TEXT)], receipt).into_response();
    // A line with a digest and a time would say when that resident answered.
    if !resident {
        note.push_str(" digest ");
        note.push_str(digest.as_str());
    }
    response.extensions_mut().insert(Note(note));
    Ok(response)
}

/// The body, as long as it keeps coming and stays within the limits.
async fn read(receiver: &Receiver, mut body: Body, largest: usize) -> Result<Vec<u8>, Refusal> {
    let mut share = Share { receiver, bytes: 0 };
    let mut bytes = Vec::new();
    loop {
        let frame = poll_fn(|context| Pin::new(&mut body).poll_frame(context));
        match tokio::time::timeout(SILENCE, frame).await {
            Ok(None) => return Ok(bytes),
            Ok(Some(Ok(frame))) => {
                let Ok(data) = frame.into_data() else { continue };
                if bytes.len() + data.len() > largest {
                    return Err(Refusal::TooBig { largest });
                }
                share.take(data.len())?;
                bytes.extend_from_slice(&data);
            }
            Ok(Some(Err(_))) | Err(_) => return Err(Refusal::CutOff),
        }
    }
}

/// One upload's part of the buffer, given back when it ends in whatever way.
struct Share<'a> {
    receiver: &'a Receiver,
    bytes: usize,
}

impl Share<'_> {
    fn take(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.bytes += bytes;
        let held = self.receiver.buffered.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if held > BUFFER { Err(Refusal::Busy) } else { Ok(()) }
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        self.receiver.buffered.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[derive(Deserialize)]
struct Page {
    after: Option<String>,
    limit: Option<usize>,
}

#[derive(Serialize)]
struct Listing {
    v: u32,
    batches: Vec<Digest>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<Digest>,
}

async fn list(
    State(receiver): Shared,
    headers: HeaderMap,
    page: Result<Query<Page>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Listing>, Refusal> {
    list_of(&receiver, &headers, page, receiver.folder.clone()).await
}

async fn list_contacts(
    State(receiver): Shared,
    headers: HeaderMap,
    page: Result<Query<Page>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Listing>, Refusal> {
    list_of(&receiver, &headers, page, receiver.folder.contacts()).await
}

async fn list_of(
    receiver: &Receiver,
    headers: &HeaderMap,
    page: Result<Query<Page>, axum::extract::rejection::QueryRejection>,
    folder: Folder,
) -> Result<Json<Listing>, Refusal> {
    check_token(receiver, headers)?;
    let Query(page) = page.map_err(|_| Refusal::BadDigest)?;
    if page.after.as_deref().is_some_and(|after| Digest::parse(after).is_none()) {
        return Err(Refusal::BadDigest);
    }
    let limit = page.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let work = move || folder.list(page.after.as_deref(), limit + 1);
    let mut batches =
        tokio::task::spawn_blocking(work).await.map_err(|_| Refusal::Internal)?.map_err(Refusal::Folder)?;
    let more = batches.len() > limit;
    batches.truncate(limit);
    let next = if more { batches.last().cloned() } else { None };
    Ok(Json(Listing { v: 1, batches, next }))
}

async fn fetch(
    State(receiver): Shared,
    Path(digest): Path<String>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Refusal> {
    fetch_of(&receiver, &headers, &digest, receiver.folder.clone()).await
}

async fn fetch_contacts(
    State(receiver): Shared,
    headers: HeaderMap,
    Path(digest): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    fetch_of(&receiver, &headers, &digest, receiver.folder.contacts()).await
}

async fn fetch_of(
    receiver: &Receiver,
    headers: &HeaderMap,
    digest: &str,
    folder: Folder,
) -> Result<impl IntoResponse + use<>, Refusal> {
    check_token(receiver, headers)?;
    let digest = Digest::parse(digest).ok_or(Refusal::BadDigest)?;
    let work = move || Ok((folder.get(&digest)?, folder.day(&digest)));
    let (text, day) =
        tokio::task::spawn_blocking(work).await.map_err(|_| Refusal::Internal)?.map_err(Refusal::Folder)?;
    // The day alone: what came from one resident shall not tell the hour.
    let written =
        day.and_then(|day| HeaderValue::from_str(&day.to_http()).ok()).map(|day| [(header::LAST_MODIFIED, day)]);
    Ok(([(header::CONTENT_TYPE, TEXT)], written, text.ok_or(Refusal::UnknownBatch)?))
}

async fn health(State(receiver): Shared) -> Result<impl IntoResponse, Refusal> {
    let work = move || receiver.folder.probe();
    tokio::task::spawn_blocking(work).await.map_err(|_| Refusal::Internal)?.map_err(Refusal::Folder)?;
    Ok(Json(serde_json::json!({ "v": 1, "status": "ok" })))
}

/// Compared in constant time, so that the answer's delay tells nothing about the token.
fn check_token(receiver: &Receiver, headers: &HeaderMap) -> Result<(), Refusal> {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let right = shown.is_some_and(|shown| {
        aws_lc_rs::constant_time::verify_slices_are_equal(shown.trim().as_bytes(), receiver.token.as_bytes()).is_ok()
    });
    if right { Ok(()) } else { Err(Refusal::NoToken) }
}

async fn limit(State(receiver): Shared, request: Request, next: Next) -> Response {
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(from)| from.ip());
    match from.map_or(Ok(()), |from| receiver.limit.take(from, Instant::now())) {
        Ok(()) => next.run(request).await,
        Err(seconds) => Refusal::TooMany { seconds }.into_response(),
    }
}

/// One line for each request: what, how it ended, how long it took. Neither who nor what was in it.
async fn log(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = super::folder::random_name().unwrap_or_default();
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().map_or("/api/*", MatchedPath::as_str).to_owned();
    let mut response = next.run(request).await;
    let note = response.extensions_mut().remove::<Note>().map_or(String::new(), |Note(note)| note);
    let status = response.status();
    let took = begun.elapsed().as_millis();
    if status.is_server_error() {
        tracing::error!("{id} {method} {path} {} {note} {took} ms", status.as_u16());
    } else {
        tracing::info!("{id} {method} {path} {} {note} {took} ms", status.as_u16());
    }
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
