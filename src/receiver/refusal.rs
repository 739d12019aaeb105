use super::FolderError;
use crate::batch::{BatchError, ClaimError};
use crate::native::cli::Words;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request got no success. 4xx: this request will not succeed by being repeated; 408, 429 and 5xx: it may.
#[derive(Debug)]
pub enum Refusal {
    /// The address does not end in a digest.
    BadDigest,
    /// More bytes than the limit.
    TooBig {
        largest: usize,
    },
    /// The body stopped before its end.
    CutOff,
    /// Not UTF-8, or no batch.
    NotABatch(BatchError),
    /// Not UTF-8, or no claim of a case.
    NotAClaim(ClaimError),
    /// A claim of a device that is not on the roster, or revoked.
    NotEnrolled,
    /// No roster of the plan is here, so that nobody can claim anything.
    NoRoster,
    /// A batch, but not the one that the address names.
    WrongDigest,
    ForeignPlan,
    /// A resident's batch whose link is missing or not signed by the office for this plan and round.
    BadLink,
    TooMany {
        seconds: u64,
    },
    /// Too many unfinished uploads.
    Busy,
    NoToken,
    UnknownBatch,
    NotFound,
    Method,
    Folder(FolderError),
    /// A primitive failed or a task died.
    Internal,
}

impl Refusal {
    pub fn status(&self) -> StatusCode {
        match self {
            Refusal::BadDigest => StatusCode::BAD_REQUEST,
            Refusal::TooBig { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::CutOff => StatusCode::REQUEST_TIMEOUT,
            Refusal::NotABatch(BatchError::Crypto(_))
            | Refusal::NotAClaim(ClaimError::Crypto(_))
            | Refusal::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Refusal::NotEnrolled | Refusal::NoRoster => StatusCode::FORBIDDEN,
            Refusal::NotAClaim(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::NotABatch(_) | Refusal::WrongDigest | Refusal::ForeignPlan | Refusal::BadLink => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Refusal::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Refusal::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::NoToken => StatusCode::UNAUTHORIZED,
            Refusal::UnknownBatch | Refusal::NotFound => StatusCode::NOT_FOUND,
            Refusal::Method => StatusCode::METHOD_NOT_ALLOWED,
            Refusal::Folder(FolderError::Full(_)) => StatusCode::INSUFFICIENT_STORAGE,
            Refusal::Folder(FolderError::Failed(_)) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Lower-case letters and `_`; stays the same over versions.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::BadDigest => "bad_digest",
            Refusal::TooBig { .. } => "too_big",
            Refusal::CutOff => "cut_off",
            Refusal::NotABatch(error) => match error {
                BatchError::NotABatch => "not_a_batch",
                BatchError::WrongKind(_) => "wrong_kind",
                BatchError::BadSignature => "bad_signature",
                BatchError::BadContent(_) => "bad_content",
                BatchError::NewerVersion(_) => "newer_version",
                BatchError::Crypto(_) => "internal",
            },
            Refusal::NotAClaim(ClaimError::Crypto(_)) => "internal",
            Refusal::NotAClaim(ClaimError::BadSignature) => "bad_signature",
            Refusal::NotAClaim(_) => "not_a_claim",
            Refusal::NotEnrolled => "not_enrolled",
            Refusal::NoRoster => "no_roster",
            Refusal::WrongDigest => "wrong_digest",
            Refusal::ForeignPlan => "foreign_plan",
            Refusal::BadLink => "bad_link",
            Refusal::TooMany { .. } => "too_many",
            Refusal::Busy => "busy",
            Refusal::NoToken => "token_required",
            Refusal::UnknownBatch => "unknown_batch",
            Refusal::NotFound => "not_found",
            Refusal::Method => "wrong_method",
            Refusal::Folder(FolderError::Full(_)) => "disk_full",
            Refusal::Folder(FolderError::Failed(_)) => "not_stored",
            Refusal::Internal => "internal",
        }
    }

    fn words(&self) -> Words {
        let (zh, en) = match self {
            Refusal::BadDigest => (
                "地址中的批次摘要不正确，请从应用内重新发送",
                "the address holds no batch digest; send the batch from the app",
            ),
            Refusal::TooBig { .. } => (
                "批次超过接收端允许的大小；请导出文件交给办公室，或请管理员调大上限",
                "the batch is bigger than this receiver takes; export it as a file for the office, or ask for a higher limit",
            ),
            Refusal::CutOff => ("数据没有传完，请重试", "the upload stopped before its end; send it again"),
            Refusal::NotABatch(BatchError::NewerVersion(_)) => (
                "批次格式比接收端新；请保留批次，并请管理员升级接收端",
                "the batch has a newer format than this receiver knows; keep it, and ask for the receiver to be updated",
            ),
            Refusal::NotABatch(BatchError::BadSignature) => (
                "签名不符：批次被改动或已损坏；请保留批次并联系办公室",
                "the signature does not hold: the batch was changed or damaged; keep it and tell the office",
            ),
            Refusal::NotABatch(BatchError::Crypto(_)) | Refusal::Internal => {
                ("接收端内部出错，请稍后重试", "the receiver failed inside; try again later")
            }
            Refusal::NotABatch(_) => (
                "收到的内容不是批次；请保留批次并联系办公室",
                "what arrived is no batch; keep the batch and tell the office",
            ),
            Refusal::NotAClaim(ClaimError::Crypto(_)) => {
                ("接收端内部出错，请稍后重试", "the receiver failed inside; try again later")
            }
            Refusal::NotAClaim(_) => (
                "收到的内容不是对一户的占用声明，或签名不符；请升级应用后重试",
                "what arrived is no claim of a case, or its signature does not hold; update the app and try again",
            ),
            Refusal::NotEnrolled => (
                "设备不在名册上，或已停用；请办公室登记设备，并把新名册交给接收端",
                "the device is not on the roster, or revoked; ask the office to enrol it and to give the receiver the new roster",
            ),
            Refusal::NoRoster => (
                "接收端没有该方案的设备名册，不能防止重复拨打；请用 `minping serve --roster` 提供名册",
                "this receiver has no roster of the plan, so it cannot keep two callers apart; give it one with `minping serve --roster`",
            ),
            Refusal::WrongDigest => (
                "批次与地址中的摘要不一致：传输中被改动；请重试，仍不行请导出文件",
                "the batch does not match the digest in the address: it was changed on the way; try again, or export it as a file",
            ),
            Refusal::ForeignPlan => (
                "此接收端没有发布该方案；请核对方案的接收地址，或导出文件交给办公室",
                "this receiver does not serve the batch's plan; check the plan's receiver address, or export the batch as a file",
            ),
            Refusal::BadLink => (
                "链接不是办公室为该方案和轮次签发的；请向办公室索取新的链接或二维码",
                "the link was not signed by the office for this plan and round; ask the office for a new link or QR code",
            ),
            Refusal::TooMany { .. } => {
                ("请求过于频繁，请稍后重试", "too many requests from this address; try again later")
            }
            Refusal::Busy => ("接收端正忙，请稍后重试", "the receiver is busy; try again later"),
            Refusal::NoToken => (
                "需要办公室口令：请在 Authorization 中提供 Bearer 口令（首次启动时显示，保存在数据文件夹的 office-token 中）",
                "the office token is needed as `Authorization: Bearer …`; it was shown at the first start and lies in the data folder's `office-token`",
            ),
            Refusal::UnknownBatch => ("没有这个批次", "there is no such batch here"),
            Refusal::NotFound => ("没有这个地址", "there is nothing at this address"),
            Refusal::Method => ("此地址不支持这种请求", "this address does not take such a request"),
            Refusal::Folder(FolderError::Full(_)) => (
                "接收端磁盘已满，批次没有保存；请通知管理员，稍后重试",
                "the receiver's disk is full and the batch was not stored; tell its administrator, and try again later",
            ),
            Refusal::Folder(FolderError::Failed(_)) => (
                "接收端无法写入数据文件夹，批次没有保存；请通知管理员，稍后重试",
                "the receiver cannot write its data folder and the batch was not stored; tell its administrator, and try again later",
            ),
        };
        Words { zh, en }
    }
}

/// What the log may say of a response.
#[derive(Clone)]
pub(super) struct Note(pub String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let words = self.words();
        let body = json!({ "code": self.code(), "message": { "zh": words.zh, "en": words.en } });
        let mut response = (self.status(), Json(body)).into_response();
        match &self {
            Refusal::TooMany { seconds } => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
            }
            Refusal::NoToken => {
                response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            _ => {}
        }
        let note = match &self {
            Refusal::Folder(error) => [self.code(), ": ", &error.to_string()].concat(),
            Refusal::TooBig { largest } => [self.code(), ": more than ", &largest.to_string(), " bytes"].concat(),
            _ => self.code().to_owned(),
        };
        response.extensions_mut().insert(Note(note));
        response
    }
}
