//! Strict base64url without padding (RFC 7515 section 2): one text for one sequence of bytes.
use base64ct::{Base64UrlUnpadded, Encoding};

pub fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// None for padding, foreign characters, an impossible length, and unused bits that are not zero.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    if text.len() % 4 == 1 {
        return None;
    }
    Base64UrlUnpadded::decode_vec(text).ok()
}

/// Exactly `N` bytes.
pub fn decode_exact<const N: usize>(text: &str) -> Option<[u8; N]> {
    decode(text)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_every_length_read_back() {
        for length in 0..70 {
            let bytes: Vec<u8> = (0..length).map(|x| (x * 37 + length) as u8).collect();
            assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }

    #[test]
    fn only_one_text_stands_for_the_same_bytes() {
        assert_eq!(decode("AA"), Some(vec![0]));
        for text in ["AB", "AA=", "AA==", "A", "AAAAA", "A A", "AA\n", "+A", "/A", "AAB"] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }
}
