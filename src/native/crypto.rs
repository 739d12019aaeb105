//! The primitives of the batch room on AWS-LC. Nothing here waits: call the futures through `pollster::block_on`.
use crate::batch::{Crypto, CryptoError, PrivateKey};
use crate::plan::PublicKey;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::encoding::{AsBigEndian, EcPrivateKeyBin};
use aws_lc_rs::key_wrap::{AES_256, AesKek, KeyWrap};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, ParsedPublicKey,
};
use aws_lc_rs::{agreement, digest, pbkdf2, rand};
use base64ct::{Base64UrlUnpadded, Encoding};
use std::num::NonZeroU32;
use std::sync::Arc;

/// [`Crypto`] for the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Native;

/// A private key for ES256 in memory.
#[derive(Clone)]
pub struct SignKey {
    pair: Arc<EcdsaKeyPair>,
    exportable: bool,
}

/// A private key for ECDH in memory.
#[derive(Clone)]
pub struct AgreeKey(Arc<agreement::PrivateKey>);

impl Crypto for Native {
    type SignKey = SignKey;
    type AgreeKey = AgreeKey;

    fn random(&self, out: &mut [u8]) -> Result<(), CryptoError> {
        rand::fill(out).map_err(|_| CryptoError::Unavailable)
    }

    async fn sha256(&self, data: &[u8]) -> Result<[u8; 32], CryptoError> {
        digest::digest(&digest::SHA256, data).as_ref().try_into().map_err(|_| CryptoError::Unavailable)
    }

    async fn generate_sign(&self, exportable: bool) -> Result<(SignKey, PublicKey), CryptoError> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| CryptoError::Unavailable)?;
        let public = to_jwk(pair.public_key().as_ref())?;
        Ok((SignKey { pair: Arc::new(pair), exportable }, public))
    }

    async fn import_sign(&self, key: &PrivateKey) -> Result<SignKey, CryptoError> {
        let public = to_point(&key.public())?;
        let pair = EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            &coordinate(&key.d)?,
            &public,
        )
        .map_err(|_| CryptoError::BadKey)?;
        Ok(SignKey { pair: Arc::new(pair), exportable: true })
    }

    async fn export_sign(&self, key: &SignKey) -> Result<PrivateKey, CryptoError> {
        if !key.exportable {
            return Err(CryptoError::BadKey);
        }
        let secret: EcPrivateKeyBin<'_> = key.pair.private_key().as_be_bytes().map_err(|_| CryptoError::BadKey)?;
        Ok(private(to_jwk(key.pair.public_key().as_ref())?, secret.as_ref()))
    }

    async fn sign(&self, key: &SignKey, data: &[u8]) -> Result<[u8; 64], CryptoError> {
        let signature = key.pair.sign(&rand::SystemRandom::new(), data).map_err(|_| CryptoError::Refused)?;
        signature.as_ref().try_into().map_err(|_| CryptoError::Refused)
    }

    async fn verify(&self, key: &PublicKey, data: &[u8], signature: &[u8]) -> Result<bool, CryptoError> {
        let key = ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, to_point(key)?).map_err(|_| CryptoError::BadKey)?;
        Ok(key.verify_sig(data, signature).is_ok())
    }

    async fn generate_agree(&self) -> Result<(AgreeKey, PublicKey), CryptoError> {
        let key = agreement::PrivateKey::generate(&agreement::ECDH_P256).map_err(|_| CryptoError::Unavailable)?;
        let public = public_half(&key)?;
        Ok((AgreeKey(Arc::new(key)), public))
    }

    async fn import_agree(&self, key: &PrivateKey) -> Result<AgreeKey, CryptoError> {
        let secret = agreement::PrivateKey::from_private_key(&agreement::ECDH_P256, &coordinate(&key.d)?)
            .map_err(|_| CryptoError::BadKey)?;
        if public_half(&secret)? != key.public() {
            return Err(CryptoError::BadKey);
        }
        Ok(AgreeKey(Arc::new(secret)))
    }

    async fn export_agree(&self, key: &AgreeKey) -> Result<PrivateKey, CryptoError> {
        let secret: EcPrivateKeyBin<'_> = key.0.as_be_bytes().map_err(|_| CryptoError::BadKey)?;
        Ok(private(public_half(&key.0)?, secret.as_ref()))
    }

    async fn agree(&self, key: &AgreeKey, peer: &PublicKey) -> Result<[u8; 32], CryptoError> {
        shared_secret(&key.0, peer)
    }

    async fn agree_ephemeral(&self, peer: &PublicKey) -> Result<(PublicKey, [u8; 32]), CryptoError> {
        let key = agreement::PrivateKey::generate(&agreement::ECDH_P256).map_err(|_| CryptoError::Unavailable)?;
        Ok((public_half(&key)?, shared_secret(&key, peer)?))
    }

    async fn wrap_key(&self, wrapping: &[u8; 32], key: &[u8; 32]) -> Result<[u8; 40], CryptoError> {
        let mut wrapped = [0; 40];
        let kek = AesKek::new(&AES_256, wrapping).map_err(|_| CryptoError::BadKey)?;
        kek.wrap(key, &mut wrapped).map_err(|_| CryptoError::BadKey)?;
        Ok(wrapped)
    }

    async fn unwrap_key(&self, wrapping: &[u8; 32], wrapped: &[u8]) -> Result<[u8; 32], CryptoError> {
        if wrapped.len() != 40 {
            return Err(CryptoError::Refused);
        }
        let mut key = [0; 32];
        let kek = AesKek::new(&AES_256, wrapping).map_err(|_| CryptoError::BadKey)?;
        kek.unwrap(wrapped, &mut key).map_err(|_| CryptoError::Refused)?;
        Ok(key)
    }

    async fn encrypt(&self, key: &[u8; 32], iv: &[u8; 12], aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let mut bytes = plain.to_vec();
        gcm(key)?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(*iv), Aad::from(aad), &mut bytes)
            .map_err(|_| CryptoError::Refused)?;
        Ok(bytes)
    }

    async fn decrypt(&self, key: &[u8; 32], iv: &[u8; 12], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let mut bytes = sealed.to_vec();
        let length = gcm(key)?
            .open_in_place(Nonce::assume_unique_for_key(*iv), Aad::from(aad), &mut bytes)
            .map_err(|_| CryptoError::Refused)?
            .len();
        bytes.truncate(length);
        Ok(bytes)
    }

    async fn pbkdf2_sha512(&self, password: &[u8], salt: &[u8], iterations: u32) -> Result<[u8; 32], CryptoError> {
        let iterations = NonZeroU32::new(iterations).ok_or(CryptoError::BadKey)?;
        let mut key = [0; 32];
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA512, iterations, salt, password, &mut key);
        Ok(key)
    }
}

fn gcm(key: &[u8; 32]) -> Result<LessSafeKey, CryptoError> {
    Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).map_err(|_| CryptoError::BadKey)?))
}

fn shared_secret(key: &agreement::PrivateKey, peer: &PublicKey) -> Result<[u8; 32], CryptoError> {
    // AWS-LC refuses a point that is not on the curve before it computes.
    let peer = agreement::UnparsedPublicKey::new(&agreement::ECDH_P256, to_point(peer)?);
    agreement::agree(key, peer, CryptoError::BadKey, |z| z.try_into().map_err(|_| CryptoError::BadKey))
}

fn public_half(key: &agreement::PrivateKey) -> Result<PublicKey, CryptoError> {
    to_jwk(key.compute_public_key().map_err(|_| CryptoError::BadKey)?.as_ref())
}

fn coordinate(text: &str) -> Result<[u8; 32], CryptoError> {
    Base64UrlUnpadded::decode_vec(text).ok().and_then(|x| x.try_into().ok()).ok_or(CryptoError::BadKey)
}

/// SEC 1 uncompressed point: 4, x, y.
fn to_point(key: &PublicKey) -> Result<[u8; 65], CryptoError> {
    if key.kty != "EC" || key.crv != "P-256" {
        return Err(CryptoError::BadKey);
    }
    let mut point = [4; 65];
    point[1..33].copy_from_slice(&coordinate(&key.x)?);
    point[33..].copy_from_slice(&coordinate(&key.y)?);
    Ok(point)
}

fn to_jwk(point: &[u8]) -> Result<PublicKey, CryptoError> {
    match point {
        [4, rest @ ..] if rest.len() == 64 => Ok(PublicKey::p256(
            Base64UrlUnpadded::encode_string(&rest[..32]),
            Base64UrlUnpadded::encode_string(&rest[32..]),
        )),
        _ => Err(CryptoError::BadKey),
    }
}

fn private(public: PublicKey, secret: &[u8]) -> PrivateKey {
    PrivateKey {
        kty: public.kty,
        crv: public.crv,
        x: public.x,
        y: public.y,
        d: Base64UrlUnpadded::encode_string(secret),
    }
}
