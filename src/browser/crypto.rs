//! WebCrypto behind the batch room's trait. Private keys stay in the browser: this code holds handles.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::CryptoKey;

use super::object;
use crate::batch::{Crypto, CryptoError, PrivateKey};
use crate::plan::PublicKey;

#[wasm_bindgen]
extern "C" {
    // One binding for each method: an algorithm may be a string or an object, data any view of bytes.
    type Subtle;
    #[wasm_bindgen(method, catch)]
    fn digest(this: &Subtle, algorithm: &JsValue, data: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = generateKey)]
    fn generate_key(this: &Subtle, algorithm: &JsValue, extractable: bool, usages: &Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = importKey)]
    fn import_key(
        this: &Subtle,
        format: &str,
        data: &JsValue,
        algorithm: &JsValue,
        extractable: bool,
        usages: &Array,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = exportKey)]
    fn export_key(this: &Subtle, format: &str, key: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn sign(this: &Subtle, algorithm: &JsValue, key: &JsValue, data: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn verify(
        this: &Subtle,
        algorithm: &JsValue,
        key: &JsValue,
        signature: &JsValue,
        data: &JsValue,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = deriveBits)]
    fn derive_bits(this: &Subtle, algorithm: &JsValue, key: &JsValue, bits: u32) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = wrapKey)]
    fn wrap_key(
        this: &Subtle,
        format: &str,
        key: &JsValue,
        wrapping: &JsValue,
        algorithm: &JsValue,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = unwrapKey)]
    fn unwrap_key(
        this: &Subtle,
        format: &str,
        wrapped: &JsValue,
        wrapping: &JsValue,
        unwrap_algorithm: &JsValue,
        key_algorithm: &JsValue,
        extractable: bool,
        usages: &Array,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn encrypt(this: &Subtle, algorithm: &JsValue, key: &JsValue, data: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn decrypt(this: &Subtle, algorithm: &JsValue, key: &JsValue, data: &JsValue) -> Result<Promise, JsValue>;
}

/// This browser's primitives.
#[derive(Clone, Copy, Debug, Default)]
pub struct Web;

fn crypto() -> Result<web_sys::Crypto, CryptoError> {
    // A worker has no window, and the same primitives.
    let crypto = object::get(&js_sys::global(), "crypto");
    if object::present(&crypto) { Ok(crypto.unchecked_into()) } else { Err(CryptoError::Unavailable) }
}

/// Undefined on an insecure origin.
fn subtle() -> Result<Subtle, CryptoError> {
    let subtle = object::get(crypto()?.as_ref(), "subtle");
    if object::present(&subtle) { Ok(subtle.unchecked_into()) } else { Err(CryptoError::Unavailable) }
}

async fn wait(promise: Result<Promise, JsValue>) -> Result<JsValue, CryptoError> {
    let outcome = match promise {
        Ok(promise) => promise.await,
        Err(error) => Err(error),
    };
    outcome.map_err(|error| match object::text(&error, "name").as_deref() {
        Some("OperationError") => CryptoError::Refused,
        Some("NotSupportedError") => CryptoError::Unavailable,
        // DataError, InvalidAccessError, SyntaxError, TypeError: what was given is not such a key.
        _ => CryptoError::BadKey,
    })
}

fn bytes(data: &[u8]) -> JsValue {
    Uint8Array::from(data).into()
}

fn read(buffer: &JsValue) -> Vec<u8> {
    Uint8Array::new(buffer).to_vec()
}

fn read_exact<const N: usize>(buffer: &JsValue) -> Result<[u8; N], CryptoError> {
    read(buffer).try_into().map_err(|_| CryptoError::Refused)
}

fn usages(names: &[&str]) -> Array {
    names.iter().map(|name| JsValue::from_str(name)).collect()
}

fn p256(name: &str) -> JsValue {
    object::make(&[("name", name.into()), ("namedCurve", "P-256".into())]).into()
}

fn ecdsa() -> JsValue {
    object::make(&[("name", "ECDSA".into()), ("hash", "SHA-256".into())]).into()
}

fn jwk(key: &PublicKey, d: Option<&str>) -> JsValue {
    let object = object::make(&[
        ("kty", key.kty.as_str().into()),
        ("crv", key.crv.as_str().into()),
        ("x", key.x.as_str().into()),
        ("y", key.y.as_str().into()),
    ]);
    if let Some(d) = d {
        // A plain object takes any property.
        let _ = js_sys::Reflect::set(&object, &"d".into(), &d.into());
    }
    object.into()
}

fn read_public(jwk: &JsValue) -> Result<PublicKey, CryptoError> {
    let part = |name| object::text(jwk, name).ok_or(CryptoError::BadKey);
    Ok(PublicKey::p256(part("x")?, part("y")?))
}

async fn export_private(key: &CryptoKey) -> Result<PrivateKey, CryptoError> {
    let jwk = wait(subtle()?.export_key("jwk", key)).await?;
    let PublicKey { kty, crv, x, y } = read_public(&jwk)?;
    Ok(PrivateKey { kty, crv, x, y, d: object::text(&jwk, "d").ok_or(CryptoError::BadKey)? })
}

async fn generate(name: &str, extractable: bool, uses: &[&str]) -> Result<(CryptoKey, PublicKey), CryptoError> {
    let subtle = subtle()?;
    let pair = wait(subtle.generate_key(&p256(name), extractable, &usages(uses))).await?;
    let jwk = wait(subtle.export_key("jwk", &object::get(&pair, "publicKey"))).await?;
    Ok((object::get(&pair, "privateKey").unchecked_into(), read_public(&jwk)?))
}

async fn import_private(name: &str, key: &PrivateKey, uses: &[&str]) -> Result<CryptoKey, CryptoError> {
    let jwk = jwk(&key.public(), Some(&key.d));
    Ok(wait(subtle()?.import_key("jwk", &jwk, &p256(name), true, &usages(uses))).await?.unchecked_into())
}

async fn import_aes(name: &str, key: &[u8; 32], extractable: bool, uses: &[&str]) -> Result<JsValue, CryptoError> {
    wait(subtle()?.import_key("raw", &bytes(key), &name.into(), extractable, &usages(uses))).await
}

async fn derive_z(key: &CryptoKey, peer: &PublicKey) -> Result<[u8; 32], CryptoError> {
    let subtle = subtle()?;
    let peer = wait(subtle.import_key("jwk", &jwk(peer, None), &p256("ECDH"), false, &usages(&[]))).await?;
    let algorithm = object::make(&[("name", "ECDH".into()), ("public", peer)]);
    read_exact(&wait(subtle.derive_bits(&algorithm, key, 256)).await?)
}

fn gcm(iv: &[u8; 12], aad: &[u8]) -> JsValue {
    object::make(&[("name", "AES-GCM".into()), ("iv", bytes(iv)), ("additionalData", bytes(aad))]).into()
}

impl Crypto for Web {
    type SignKey = CryptoKey;
    type AgreeKey = CryptoKey;

    fn random(&self, out: &mut [u8]) -> Result<(), CryptoError> {
        let crypto = crypto()?;
        // The browser gives at most this many bytes a call.
        for chunk in out.chunks_mut(65_536) {
            crypto.get_random_values_with_u8_array(chunk).map_err(|_| CryptoError::Unavailable)?;
        }
        Ok(())
    }

    async fn sha256(&self, data: &[u8]) -> Result<[u8; 32], CryptoError> {
        read_exact(&wait(subtle()?.digest(&"SHA-256".into(), &bytes(data))).await?)
    }

    async fn generate_sign(&self, exportable: bool) -> Result<(CryptoKey, PublicKey), CryptoError> {
        generate("ECDSA", exportable, &["sign", "verify"]).await
    }

    async fn import_sign(&self, key: &PrivateKey) -> Result<CryptoKey, CryptoError> {
        import_private("ECDSA", key, &["sign"]).await
    }

    async fn export_sign(&self, key: &CryptoKey) -> Result<PrivateKey, CryptoError> {
        export_private(key).await
    }

    async fn sign(&self, key: &CryptoKey, data: &[u8]) -> Result<[u8; 64], CryptoError> {
        read_exact(&wait(subtle()?.sign(&ecdsa(), key, &bytes(data))).await?)
    }

    async fn verify(&self, key: &PublicKey, data: &[u8], signature: &[u8]) -> Result<bool, CryptoError> {
        let subtle = subtle()?;
        let key = wait(subtle.import_key("jwk", &jwk(key, None), &p256("ECDSA"), false, &usages(&["verify"]))).await?;
        let holds = wait(subtle.verify(&ecdsa(), &key, &bytes(signature), &bytes(data))).await?;
        Ok(holds.as_bool() == Some(true))
    }

    async fn generate_agree(&self) -> Result<(CryptoKey, PublicKey), CryptoError> {
        generate("ECDH", true, &["deriveBits"]).await
    }

    async fn import_agree(&self, key: &PrivateKey) -> Result<CryptoKey, CryptoError> {
        import_private("ECDH", key, &["deriveBits"]).await
    }

    async fn export_agree(&self, key: &CryptoKey) -> Result<PrivateKey, CryptoError> {
        export_private(key).await
    }

    async fn agree(&self, key: &CryptoKey, peer: &PublicKey) -> Result<[u8; 32], CryptoError> {
        derive_z(key, peer).await
    }

    async fn agree_ephemeral(&self, peer: &PublicKey) -> Result<(PublicKey, [u8; 32]), CryptoError> {
        let (key, public) = generate("ECDH", false, &["deriveBits"]).await?;
        Ok((public, derive_z(&key, peer).await?))
    }

    async fn wrap_key(&self, wrapping: &[u8; 32], key: &[u8; 32]) -> Result<[u8; 40], CryptoError> {
        // WebCrypto wraps keys only, not bytes; which algorithm the wrapped one is for does not show in the result.
        let key = import_aes("AES-GCM", key, true, &["encrypt"]).await?;
        let wrapping = import_aes("AES-KW", wrapping, false, &["wrapKey"]).await?;
        read_exact(&wait(subtle()?.wrap_key("raw", &key, &wrapping, &"AES-KW".into())).await?)
    }

    async fn unwrap_key(&self, wrapping: &[u8; 32], wrapped: &[u8]) -> Result<[u8; 32], CryptoError> {
        let subtle = subtle()?;
        let wrapping = import_aes("AES-KW", wrapping, false, &["unwrapKey"]).await?;
        let key = wait(subtle.unwrap_key(
            "raw",
            &bytes(wrapped),
            &wrapping,
            &"AES-KW".into(),
            &"AES-GCM".into(),
            true,
            &usages(&["encrypt"]),
        ))
        .await
        // A wrapped text of an impossible length is a DataError, a wrong key an OperationError: both are a refusal.
        .map_err(|error| if error == CryptoError::Unavailable { error } else { CryptoError::Refused })?;
        read_exact(&wait(subtle.export_key("raw", &key)).await?)
    }

    async fn encrypt(&self, key: &[u8; 32], iv: &[u8; 12], aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let key = import_aes("AES-GCM", key, false, &["encrypt"]).await?;
        Ok(read(&wait(subtle()?.encrypt(&gcm(iv, aad), &key, &bytes(plain))).await?))
    }

    async fn decrypt(&self, key: &[u8; 32], iv: &[u8; 12], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let key = import_aes("AES-GCM", key, false, &["decrypt"]).await?;
        Ok(read(&wait(subtle()?.decrypt(&gcm(iv, aad), &key, &bytes(sealed))).await?))
    }

    async fn pbkdf2_sha512(&self, password: &[u8], salt: &[u8], iterations: u32) -> Result<[u8; 32], CryptoError> {
        let subtle = subtle()?;
        let uses = usages(&["deriveBits"]);
        let password = wait(subtle.import_key("raw", &bytes(password), &"PBKDF2".into(), false, &uses)).await?;
        let algorithm = object::make(&[
            ("name", "PBKDF2".into()),
            ("hash", "SHA-512".into()),
            ("salt", bytes(salt)),
            ("iterations", iterations.into()),
        ]);
        read_exact(&wait(subtle.derive_bits(&algorithm, &password, 256)).await?)
    }
}
