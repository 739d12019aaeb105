//! CRC-32 (IEEE 802.3, reflected, as in gzip and PNG) against accidental damage. It is no protection against intent:
//! what leaves the device is signed and sealed by the batch room.
//!
//! Sixteen table entries instead of 256: the table of a kilobyte does not compress, and the answering app counts bytes.

const TABLE: [u32; 16] = {
    let mut table = [0; 16];
    let mut index = 0;
    while index < 16 {
        let mut value = index as u32;
        let mut bit = 0;
        while bit < 4 {
            value = if value & 1 == 1 { (value >> 1) ^ 0xEDB8_8320 } else { value >> 1 };
            bit += 1;
        }
        table[index] = value;
        index += 1;
    }
    table
};

/// The checksum of several pieces as if they were one.
pub fn crc32(pieces: &[&[u8]]) -> u32 {
    let mut sum = !0;
    for piece in pieces {
        for byte in *piece {
            sum ^= u32::from(*byte);
            sum = (sum >> 4) ^ TABLE[(sum & 15) as usize];
            sum = (sum >> 4) ^ TABLE[(sum & 15) as usize];
        }
    }
    !sum
}

/// Eight lower-case hexadecimal digits, without the formatting machinery.
pub fn hex8(value: u32) -> [u8; 8] {
    let mut digits = [0; 8];
    for (index, digit) in digits.iter_mut().enumerate() {
        *digit = b"0123456789abcdef"[(value >> (28 - 4 * index) & 15) as usize];
    }
    digits
}

/// Reads what [`hex8`] writes and nothing else: no sign, no upper case.
pub fn read_hex8(digits: &[u8]) -> Option<u32> {
    if digits.len() != 8 {
        return None;
    }
    digits.iter().try_fold(0, |value: u32, digit| {
        let nibble = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        Some(value << 4 | u32::from(nibble))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_check_value_of_crc_32_is_met() {
        assert_eq!(crc32(&[b"123456789"]), 0xCBF4_3926);
        assert_eq!(crc32(&[b"1234", b"", b"56789"]), 0xCBF4_3926);
    }

    #[test]
    fn hexadecimal_reads_back() {
        for value in [0, 1, 0xCBF4_3926, u32::MAX] {
            assert_eq!(read_hex8(&hex8(value)), Some(value));
        }
        assert_eq!(read_hex8(b"+0000001"), None);
        assert_eq!(read_hex8(b"0000000"), None);
    }
}
