//! The digests that ODK's `digest()` knows; a browser's own are asynchronous. For comparing with what other
//! systems made, not for security: records are sealed and signed with the platform's.

use super::Host;
use base64ct::{Base64, Encoding};

/// FIPS 180-4, section 4.2.3; the upper halves are those of section 4.2.2.
#[rustfmt::skip]
const CONSTANTS: [u64; 80] = [
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
];

/// FIPS 180-4, section 5.3.5; the upper halves are those of section 5.3.3.
#[rustfmt::skip]
const SHA_512: [u64; 8] = [
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1,
    0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
];

/// FIPS 180-4, section 5.3.4.
#[rustfmt::skip]
const SHA_384: [u64; 8] = [
    0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939, 0x67332667ffc00b31,
    0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
];

/// The digest of a text's UTF-8 (`MD5`, `SHA-1`, `SHA-256`, `SHA-384`, `SHA-512`) in hexadecimal or base64; `None` for an unknown algorithm.
pub fn digest(text: &str, algorithm: &str, hex: bool, host: &dyn Host) -> Option<String> {
    let text = text.as_bytes();
    let bytes = match algorithm {
        "MD5" => md5(text, host),
        "SHA-1" => sha_1(text),
        "SHA-256" => sha_2(text, false, SHA_512.map(|word| word >> 32), 32),
        "SHA-384" => sha_2(text, true, SHA_384, 48),
        "SHA-512" => sha_2(text, true, SHA_512, 64),
        _ => return None,
    };
    if !hex {
        return Some(Base64::encode_string(&bytes));
    }
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    Some(digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect())
}

/// SHA-256 of bytes, for rooms that cannot wait for the platform's.
pub fn sha_256(bytes: &[u8]) -> [u8; 32] {
    let mut digest = [0; 32];
    digest.copy_from_slice(&sha_2(bytes, false, SHA_512.map(|word| word >> 32), 32));
    digest
}

/// The message, a one bit, zeros, and the message's length in bits, as whole blocks.
fn pad(message: &[u8], block: usize, little: bool) -> Vec<u8> {
    let mut padded = message.to_vec();
    padded.push(0x80);
    let length = block / 8;
    padded.resize((padded.len() + length).next_multiple_of(block), 0);
    let bits = message.len() as u64 * 8;
    let end = padded.len() - 8;
    padded[end..].copy_from_slice(&if little { bits.to_le_bytes() } else { bits.to_be_bytes() });
    padded
}

/// SHA-2 on words of 64 bits, or of 32 bits in the lower halves.
fn sha_2(message: &[u8], wide: bool, mut state: [u64; 8], length: usize) -> Vec<u8> {
    let (size, rounds) = if wide { (8, 80) } else { (4, 64) };
    let mask = if wide { u64::MAX } else { u64::from(u32::MAX) };
    let turn = |word: u64, by: u32| match wide {
        true => word.rotate_right(by),
        false => u64::from((word as u32).rotate_right(by)),
    };
    // The rotations of the four mixing functions; the last one of the two for the schedule is a shift.
    let turns: [[u32; 3]; 4] = match wide {
        true => [[28, 34, 39], [14, 18, 41], [1, 8, 7], [19, 61, 6]],
        false => [[2, 13, 22], [6, 11, 25], [7, 18, 3], [17, 19, 10]],
    };
    let mix = |word: u64, which: usize| {
        let [a, b, c] = turns[which];
        turn(word, a) ^ turn(word, b) ^ if which < 2 { turn(word, c) } else { word >> c }
    };
    for block in pad(message, size * 16, false).chunks_exact(size * 16) {
        let mut words = [0u64; 80];
        for (i, bytes) in block.chunks_exact(size).enumerate() {
            words[i] = bytes.iter().fold(0, |word, &byte| word << 8 | u64::from(byte));
        }
        for i in 16..rounds {
            let sum = mix(words[i - 2], 3).wrapping_add(words[i - 7]).wrapping_add(mix(words[i - 15], 2));
            words[i] = sum.wrapping_add(words[i - 16]) & mask;
        }
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
        for i in 0..rounds {
            let constant = if wide { CONSTANTS[i] } else { CONSTANTS[i] >> 32 };
            let first = h.wrapping_add(mix(e, 1)).wrapping_add(e & f ^ !e & g).wrapping_add(constant);
            let first = first.wrapping_add(words[i]);
            let second = mix(a, 0).wrapping_add(a & b ^ a & c ^ b & c);
            (h, g, f, e) = (g, f, e, d.wrapping_add(first) & mask);
            (d, c, b, a) = (c, b, a, first.wrapping_add(second) & mask);
        }
        for (kept, new) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
            *kept = kept.wrapping_add(new) & mask;
        }
    }
    let bytes = state.iter().flat_map(|word| word.to_be_bytes().into_iter().skip(8 - size));
    bytes.take(length).collect()
}

fn sha_1(message: &[u8]) -> Vec<u8> {
    let mut state = [0x6745_2301u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    for block in pad(message, 64, false).chunks_exact(64) {
        let mut words = [0u32; 80];
        for (i, bytes) in block.chunks_exact(4).enumerate() {
            words[i] = bytes.iter().fold(0, |word, &byte| word << 8 | u32::from(byte));
        }
        for i in 16..80 {
            words[i] = (words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16]).rotate_left(1);
        }
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for (i, word) in words.into_iter().enumerate() {
            let (mixed, constant) = match i / 20 {
                0 => (b & c | !b & d, 0x5a82_7999),
                1 => (b ^ c ^ d, 0x6ed9_eba1),
                2 => (b & c | b & d | c & d, 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6),
            };
            let sum = a.rotate_left(5).wrapping_add(mixed).wrapping_add(e).wrapping_add(constant).wrapping_add(word);
            (e, d, c, b, a) = (d, c, b.rotate_left(30), a, sum);
        }
        for (kept, new) in state.iter_mut().zip([a, b, c, d, e]) {
            *kept = kept.wrapping_add(new);
        }
    }
    state.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// RFC 1321.
fn md5(message: &[u8], host: &dyn Host) -> Vec<u8> {
    const SHIFTS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let mut state = [0x6745_2301u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    let constants: Vec<u32> =
        (1..65).map(|i| (host.math("sin", f64::from(i), 0.0).abs() * 4_294_967_296.0) as u32).collect();
    for block in pad(message, 64, true).chunks_exact(64) {
        let word =
            |i: usize| block[4 * i..4 * i + 4].iter().rev().fold(0u32, |word, &byte| word << 8 | u32::from(byte));
        let [mut a, mut b, mut c, mut d] = state;
        for i in 0..64 {
            let (mixed, index) = match i / 16 {
                0 => (b & c | !b & d, i),
                1 => (d & b | !d & c, 5 * i + 1),
                2 => (b ^ c ^ d, 3 * i + 5),
                _ => (c ^ (b | !d), 7 * i),
            };
            let sum = a.wrapping_add(mixed).wrapping_add(constants[i]).wrapping_add(word(index % 16));
            (a, d, c, b) = (d, c, b, b.wrapping_add(sum.rotate_left(SHIFTS[i / 16][i % 4])));
        }
        for (kept, new) in state.iter_mut().zip([a, b, c, d]) {
            *kept = kept.wrapping_add(new);
        }
    }
    state.iter().flat_map(|word| word.to_le_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Plain;
    use super::*;

    #[test]
    fn digests_are_those_of_the_standards() {
        let long = "1234567890".repeat(8);
        // RFC 1321, section A.5; the examples of FIPS 180.
        for (text, algorithm, expected) in [
            ("", "MD5", "d41d8cd98f00b204e9800998ecf8427e"),
            ("message digest", "MD5", "f96b697d7cb7938d525a2f31aaf161d0"),
            (&long, "MD5", "57edf4a22be3c955ac49da2e2107b67a"),
            ("abc", "SHA-1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            ("abc", "SHA-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abc",
                "SHA-384",
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
            ),
            (
                "abc",
                "SHA-512",
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            ),
        ] {
            assert_eq!(digest(text, algorithm, true, &Plain).as_deref(), Some(expected), "{algorithm} of {text}");
        }
        assert_eq!(digest("a", "CRC", true, &Plain), None);
        assert_eq!(digest("", "MD5", false, &Plain).as_deref(), Some("1B2M2Y8AsgTpgAmY7PhCfg=="));
    }

    /// Lengths around the ends of blocks, where padding goes wrong.
    #[cfg(feature = "cli")]
    #[test]
    fn digests_agree_with_a_library_at_every_length() {
        use aws_lc_rs::digest as aws;
        for length in 0..300 {
            let text = "x".repeat(length);
            for (name, algorithm) in [
                ("SHA-1", &aws::SHA1_FOR_LEGACY_USE_ONLY),
                ("SHA-256", &aws::SHA256),
                ("SHA-384", &aws::SHA384),
                ("SHA-512", &aws::SHA512),
            ] {
                let expected = Base64::encode_string(aws::digest(algorithm, text.as_bytes()).as_ref());
                assert_eq!(digest(&text, name, false, &Plain), Some(expected), "{name} of {length}");
            }
        }
    }
}
