//! The page of the fault harness: the keeper and its neighbours, callable from a script. Never part of the app.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use minping::batch::{Crypto, CryptoError, PrivateKey};
use minping::browser::crypto::Web;
use minping::browser::device::Device;
use minping::browser::keeper::{Copies, DraftLock, Keeper, SaveError, Saved, Standing};
use wasm_bindgen::prelude::*;

thread_local! {
    static KEEPER: RefCell<Option<Keeper>> = const { RefCell::new(None) };
    static LOCKS: RefCell<BTreeMap<String, DraftLock>> = const { RefCell::new(BTreeMap::new()) };
}

fn main() {}

fn keeper() -> Keeper {
    KEEPER.with_borrow(|keeper| keeper.clone().expect("the script calls open first"))
}

fn copies(copies: Copies) -> String {
    match copies {
        Copies::One => "one".into(),
        Copies::Two => "two".into(),
    }
}

fn outcome(result: Result<Copies, SaveError>) -> String {
    result.map_or_else(|error| format!("failed: {error:?}"), copies)
}

fn standing(standing: &Standing) -> String {
    match standing {
        Standing::Trusted => "trusted".into(),
        Standing::Distrusted(error) => format!("distrusted: {error:?}"),
        Standing::Absent(error) => format!("absent: {error}"),
    }
}

/// "" or the error.
#[wasm_bindgen]
pub async fn open() -> String {
    match Keeper::open("field").await {
        Ok(keeper) => {
            KEEPER.set(Some(keeper));
            String::new()
        }
        Err(error) => format!("{error:?}"),
    }
}

#[wasm_bindgen]
pub fn watch(f: js_sys::Function) {
    keeper().on_change(Rc::new(move |key| {
        let _ = f.call1(&JsValue::UNDEFINED, &key.into());
    }));
}

#[wasm_bindgen]
pub fn put(key: &str, body: String) -> f64 {
    keeper().put_draft(key, body) as f64
}

#[wasm_bindgen]
pub fn put_soon(key: &str, body: String) -> f64 {
    keeper().put_draft_soon(key, body) as f64
}

#[wasm_bindgen]
pub fn saved(key: &str) -> String {
    match keeper().saved(key) {
        Saved::Saving => "saving".into(),
        Saved::Saved(number) => copies(number),
        Saved::Failed(error) => format!("failed: {error:?}"),
    }
}

#[wasm_bindgen]
pub fn get(key: &str) -> Option<String> {
    keeper().get(key)
}

/// JSON: [[key, body], …].
#[wasm_bindgen]
pub fn list(prefix: &str) -> String {
    serde_json::to_string(&keeper().list(prefix)).expect("pairs of strings")
}

#[wasm_bindgen]
pub async fn flush() -> String {
    match keeper().flush().await {
        Ok(()) => String::new(),
        Err(error) => format!("failed: {error:?}"),
    }
}

/// JSON: [[key, body or null], …].
#[wasm_bindgen]
pub async fn commit(changes: String) -> String {
    outcome(keeper().commit(serde_json::from_str(&changes).expect("pairs")).await)
}

/// JSON.
#[wasm_bindgen]
pub fn health() -> String {
    let health = keeper().health();
    serde_json::json!({
        "copies": health.copies.map_or("none".into(), copies),
        "indexed": standing(&health.indexed), "log": standing(&health.log), "cache": standing(&health.cache),
        "notes": health.notes.iter().map(|note| format!("{note:?}")).collect::<Vec<_>>(),
        "unreadable": health.unreadable, "persisted": health.persisted,
        "quota": health.quota.is_some(),
    })
    .to_string()
}

#[wasm_bindgen]
pub async fn lock(key: String) -> bool {
    let lock = keeper().lock(&key).await;
    let held = lock.is_some();
    if let Some(lock) = lock {
        LOCKS.with_borrow_mut(|locks| locks.insert(key, lock));
    }
    held
}

#[wasm_bindgen]
pub async fn take_over(key: String) -> bool {
    let lock = keeper().take_over(&key).await;
    let held = lock.is_some();
    if let Some(lock) = lock {
        LOCKS.with_borrow_mut(|locks| locks.insert(key, lock));
    }
    held
}

#[wasm_bindgen]
pub fn held(key: &str) -> bool {
    LOCKS.with_borrow(|locks| locks.get(key).is_some_and(DraftLock::held))
}

#[wasm_bindgen]
pub fn release(key: &str) {
    LOCKS.with_borrow_mut(|locks| locks.remove(key));
}

#[wasm_bindgen]
pub fn rescue() -> String {
    keeper().rescue(|entry| Some(entry.clone()))
}

#[wasm_bindgen]
pub async fn take_rescue(text: String) -> String {
    format!("{:?}", keeper().take_rescue(&text).await)
}

/// The device's id, after its key has signed something that verifies.
#[wasm_bindgen]
pub async fn device() -> String {
    let device = match Device::open().await {
        Ok(device) => device,
        Err(error) => return format!("failed: {error:?}"),
    };
    let signature = Web.sign(&device.key, b"minping").await.expect("the key signs");
    assert_eq!(Web.verify(&device.public, b"minping", &signature).await, Ok(true), "the signature verifies");
    assert!(Web.export_sign(&device.key).await.is_err(), "the key cannot be exported");
    device.id.0
}

/// The primitives against the published examples of RFC 3394, RFC 7515 and RFC 7518, and against themselves.
#[wasm_bindgen]
pub async fn crypto() -> String {
    fn hex<const N: usize>(text: &str) -> [u8; N] {
        std::array::from_fn(|index| u8::from_str_radix(&text[2 * index..2 * index + 2], 16).expect("hexadecimal"))
    }
    let mut failed = Vec::new();
    let mut check = |name: &str, holds: bool| {
        if !holds {
            failed.push(name.to_owned());
        }
    };
    // RFC 3394 section 4.6: 256 bits of key data with a 256-bit key.
    let wrapping = hex::<32>("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F");
    let data = hex::<32>("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F");
    let wrapped = hex::<40>("28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21");
    check("wrap", Web.wrap_key(&wrapping, &data).await == Ok(wrapped));
    check("unwrap", Web.unwrap_key(&wrapping, &wrapped).await == Ok(data));
    let mut changed = wrapped;
    changed[3] ^= 1;
    check("unwrap changed", Web.unwrap_key(&wrapping, &changed).await == Err(CryptoError::Refused));
    check("unwrap cut", Web.unwrap_key(&wrapping, &wrapped[..7]).await == Err(CryptoError::Refused));
    // FIPS 180-4: "abc".
    let abc = hex::<32>("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check("sha256", Web.sha256(b"abc").await == Ok(abc));
    // RFC 7518 appendix C: Z of the ECDH-ES example.
    let alice = PrivateKey {
        kty: "EC".into(),
        crv: "P-256".into(),
        x: "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0".into(),
        y: "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps".into(),
        d: "0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo".into(),
    };
    let bob = PrivateKey {
        kty: "EC".into(),
        crv: "P-256".into(),
        x: "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ".into(),
        y: "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck".into(),
        d: "VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw".into(),
    };
    let z = [
        158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163, 218, 128, 106,
        72, 246, 218, 167, 121, 140, 254, 144, 196,
    ];
    let key = Web.import_agree(&alice).await.expect("a published key");
    check("agree", Web.agree(&key, &bob.public()).await == Ok(z));
    check("export", Web.export_agree(&key).await == Ok(alice.clone()));
    let (ephemeral, there) = Web.agree_ephemeral(&bob.public()).await.expect("a published key");
    let key = Web.import_agree(&bob).await.expect("a published key");
    check("ephemeral", Web.agree(&key, &ephemeral).await == Ok(there));
    let mut off_curve = bob.public();
    off_curve.x = alice.x.clone();
    check("off the curve", Web.agree(&key, &off_curve).await == Err(CryptoError::BadKey));
    // RFC 7515 appendix A.3: an ES256 signature.
    let signer = minping::plan::PublicKey::p256(
        "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU".into(),
        "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0".into(),
    );
    let input = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let mut signature = [
        14, 209, 33, 83, 121, 99, 108, 72, 60, 47, 127, 21, 88, 7, 212, 2, 163, 178, 40, 3, 58, 249, 124, 126, 23, 129,
        154, 195, 22, 158, 166, 101, 197, 10, 7, 211, 140, 60, 112, 229, 216, 241, 45, 175, 8, 74, 84, 128, 166, 101,
        144, 197, 242, 147, 80, 154, 143, 63, 127, 138, 131, 163, 84, 213,
    ];
    check("verify", Web.verify(&signer, input.as_bytes(), &signature).await == Ok(true));
    signature[9] ^= 4;
    check("verify changed", Web.verify(&signer, input.as_bytes(), &signature).await == Ok(false));
    let (key, public) = Web.generate_sign(true).await.expect("a key");
    let signature = Web.sign(&key, b"x").await.expect("a signature");
    check("sign", Web.verify(&public, b"x", &signature).await == Ok(true));
    let exported = Web.export_sign(&key).await.expect("exportable");
    check("export sign", exported.public() == public);
    check("import sign", Web.import_sign(&exported).await.is_ok());
    let (iv, aad) = ([7; 12], b"head");
    let sealed = Web.encrypt(&data, &iv, aad, b"answer").await.expect("sealed");
    check("decrypt", Web.decrypt(&data, &iv, aad, &sealed).await.as_deref() == Ok(b"answer"));
    check("decrypt other aad", Web.decrypt(&data, &iv, b"tail", &sealed).await == Err(CryptoError::Refused));
    check("decrypt other key", Web.decrypt(&wrapping, &iv, aad, &sealed).await == Err(CryptoError::Refused));
    check("decrypt nothing", Web.decrypt(&data, &iv, aad, b"").await == Err(CryptoError::Refused));
    let mut random = vec![0; 70_000];
    check("random", Web.random(&mut random).is_ok() && random[69_900..].iter().any(|byte| *byte != 0));
    check(
        "pbkdf2",
        Web.pbkdf2_sha512(b"password", b"salt", 1).await
            == Ok(hex::<32>("867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252")),
    );
    failed.join(", ")
}
