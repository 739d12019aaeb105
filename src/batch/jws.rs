//! JWS compact serialization, ES256 (RFC 7515).
