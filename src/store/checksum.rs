//! CRC-32 (IEEE 802.3, reflected, as in gzip and PNG) against accidental damage. It is no protection against intent:
//! what leaves the device is signed and sealed by the batch room.
//!
//! Byte by byte from a table that is worked out anew for each sum: a table in the program does not compress, and the
//! answering app counts bytes. A whole draft goes through here several times with every answer; what the table costs is
//! that of some hundred bytes.

fn table() -> [u32; 256] {
    let mut table = [0; 256];
    for (byte, entry) in (0..).zip(&mut table) {
        *entry = (0..8).fold(byte, |value: u32, _| (value >> 1) ^ (0xEDB8_8320 & (value & 1).wrapping_neg()));
    }
    table
}

/// The checksum of several pieces as if they were one.
pub fn crc32(pieces: &[&[u8]]) -> u32 {
    let table = table();
    let mut sum = !0;
    for piece in pieces {
        for byte in *piece {
            sum = (sum >> 8) ^ table[((sum ^ u32::from(*byte)) & 255) as usize];
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
    fn the_table_is_as_bit_by_bit() {
        let bytes: Vec<u8> = (0..=255).chain((0..=255).rev()).collect();
        let bitwise = bytes.iter().fold(!0u32, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 })
        });
        assert_eq!(crc32(&[&bytes[..77], &bytes[77..]]), !bitwise);
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
