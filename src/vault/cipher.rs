//! A wrapped body: `locked1 <whose> <base64url of nonce and ciphertext>`, and after a line break what may be read without the key. That
//! part, the owner and the entry's key are authenticated: none can be put in another's place.

use base64ct::{Base64UrlUnpadded, Encoding};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};

/// No body of another room begins so: they are JSON, base64, a signed text or a number.
const MARK: &str = "locked1 ";
const NONCE: usize = 12;

/// The owner of what every canvasser of the device can open.
pub const SHARED: &str = "all";

pub struct Wrapped<'a> {
    pub whose: &'a str,
    sealed: &'a str,
    /// What may be read without the key.
    pub open: &'a str,
}

/// `None`: the body is not wrapped.
pub fn read(body: &str) -> Option<Wrapped<'_>> {
    let (head, open) = body.strip_prefix(MARK)?.split_once('\n')?;
    let (whose, sealed) = head.split_once(' ')?;
    Some(Wrapped { whose, sealed, open })
}

/// Whose key a body needs: the id of a canvasser, or [`SHARED`]. `None`: it is not wrapped.
pub fn whose(body: &str) -> Option<&str> {
    read(body).map(|wrapped| wrapped.whose)
}

fn bound(whose: &str, key: &str, open: &str) -> Vec<u8> {
    [whose, "\n", key, "\n", open].concat().into_bytes()
}

fn cipher(secret: &[u8; 32]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&Key::from(*secret))
}

/// `nonce`: random, never used before with this secret. `None` only where the text is longer than the cipher takes (256 GB).
pub fn wrap(secret: &[u8; 32], nonce: [u8; NONCE], whose: &str, key: &str, text: &str, open: &str) -> Option<String> {
    let sealed = seal(secret, nonce, &bound(whose, key, open), text.as_bytes())?;
    Some([MARK, whose, " ", &sealed, "\n", open].concat())
}

/// `None`: another key, or not what was written.
pub fn unwrap(secret: &[u8; 32], key: &str, wrapped: &Wrapped) -> Option<String> {
    let text = unseal(secret, &bound(wrapped.whose, key, wrapped.open), wrapped.sealed)?;
    String::from_utf8(text).ok()
}

/// Nonce and ciphertext in base64url.
pub fn seal(secret: &[u8; 32], nonce: [u8; NONCE], aad: &[u8], msg: &[u8]) -> Option<String> {
    let sealed = cipher(secret).encrypt(&Nonce::from(nonce), Payload { msg, aad }).ok()?;
    let mut bytes = nonce.to_vec();
    bytes.extend_from_slice(&sealed);
    Some(Base64UrlUnpadded::encode_string(&bytes))
}

pub fn unseal(secret: &[u8; 32], aad: &[u8], sealed: &str) -> Option<Vec<u8>> {
    let bytes = Base64UrlUnpadded::decode_vec(sealed).ok()?;
    let (nonce, msg) = bytes.split_first_chunk::<NONCE>()?;
    cipher(secret).decrypt(&Nonce::from(*nonce), Payload { msg, aad }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cipher_is_that_of_rfc_8439() {
        // Section 2.8.2.
        let secret: [u8; 32] = std::array::from_fn(|at| 0x80 + at as u8);
        let nonce = [7, 0, 0, 0, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47];
        let aad = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let text = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
        let sealed = Base64UrlUnpadded::decode_vec(&seal(&secret, nonce, &aad, text.as_bytes()).unwrap()).unwrap();
        let tag = [0x1a, 0xe1, 0x0b, 0x59, 0x4f, 0x09, 0xe2, 0x6a, 0x7e, 0x90, 0x2e, 0xcb, 0xd0, 0x60, 0x06, 0x91];
        assert_eq!(sealed[12..16], [0xd3, 0x1a, 0x8d, 0x34]);
        assert_eq!(sealed[sealed.len() - 16..], tag);
    }

    #[test]
    fn a_wrapped_body_opens_under_its_own_key_and_place_and_nowhere_else() {
        let text = wrap(&[1; 32], [9; 12], "a", "draft/1", "secret", "{}").unwrap();
        assert!(!text.contains("secret"));
        let wrapped = read(&text).unwrap();
        assert_eq!((wrapped.whose, wrapped.open), ("a", "{}"));
        assert_eq!(unwrap(&[1; 32], "draft/1", &wrapped).as_deref(), Some("secret"));
        assert_eq!(unwrap(&[2; 32], "draft/1", &wrapped), None);
        assert_eq!(unwrap(&[1; 32], "draft/2", &wrapped), None);
        for changed in [text.replace("{}", "{ }"), text.replace(" a ", " b ")] {
            assert_eq!(unwrap(&[1; 32], "draft/1", &read(&changed).unwrap()), None);
        }
        assert!(read("{\"v\":1}").is_none() && read("locked1 ").is_none());
    }
}
