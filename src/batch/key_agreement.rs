//! ECDH-ES key agreement: from a shared secret to the key that wraps (RFC 7518 section 4.6.2).
use super::{Crypto, CryptoError};

/// Concat KDF (NIST SP 800-56A section 5.8.1) with SHA-256, one round: `bits` is at most 256.
pub async fn concat_kdf<C: Crypto>(
    crypto: &C,
    z: &[u8; 32],
    algorithm: &[u8],
    party_u: &[u8],
    party_v: &[u8],
    bits: u32,
) -> Result<[u8; 32], CryptoError> {
    let mut input = Vec::with_capacity(96);
    input.extend_from_slice(&1u32.to_be_bytes());
    input.extend_from_slice(z);
    for part in [algorithm, party_u, party_v] {
        input.extend_from_slice(&(part.len() as u32).to_be_bytes());
        input.extend_from_slice(part);
    }
    input.extend_from_slice(&bits.to_be_bytes());
    crypto.sha256(&input).await
}

/// The key that wraps the content key in `ECDH-ES+A256KW`.
pub async fn wrapping_key<C: Crypto>(crypto: &C, z: &[u8; 32]) -> Result<[u8; 32], CryptoError> {
    concat_kdf(crypto, z, b"ECDH-ES+A256KW", b"", b"", 256).await
}
