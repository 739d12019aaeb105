use crate::carry::carry;
use serde::Serialize;

/// A public P-256 key as a JWK (RFC 7517, RFC 7518 section 6.2.1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PublicKey {
    /// Always `EC`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = "EC")))]
    pub kty: String,
    /// Always `P-256`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = "P-256")))]
    pub crv: String,
    /// X coordinate, 32 bytes, base64url without padding.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[A-Za-z0-9_-]{43}$")))]
    pub x: String,
    /// Y coordinate, 32 bytes, base64url without padding.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[A-Za-z0-9_-]{43}$")))]
    pub y: String,
}

carry!(struct PublicKey { kty, crv, x, y });

impl PublicKey {
    pub fn p256(x: String, y: String) -> Self {
        PublicKey { kty: "EC".into(), crv: "P-256".into(), x, y }
    }

    /// The canonical JSON whose SHA-256 is the key's thumbprint (RFC 7638 section 3.2).
    pub fn thumbprint_input(&self) -> String {
        // Members in lexicographic order; base64url and the two constants need no escaping.
        let mut text = String::with_capacity(140);
        for part in ["{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"", &self.x, "\",\"y\":\"", &self.y, "\"}"] {
            text.push_str(part);
        }
        text
    }
}
