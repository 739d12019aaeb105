use std::io::{self, Write};

/// Bytecode compression: eight opcodes, then what they stand for where that is more than a byte.
pub struct Packer<W> {
    out: W,
    codes: Vec<u8>,
    raw: Vec<u8>,
}

/// What is added to a small whole number to make it an opcode.
pub const BIAS: i64 = 100;
const END: u8 = 252;
const RAW: u8 = 253;
const BLANKS: u8 = 254;
const SYSTEM_MISSING: u8 = 255;

impl<W: Write> Packer<W> {
    pub fn new(out: W) -> Packer<W> {
        Packer { out, codes: Vec::with_capacity(8), raw: Vec::with_capacity(64) }
    }

    fn put(&mut self, code: u8, raw: &[u8]) -> io::Result<()> {
        self.codes.push(code);
        self.raw.extend_from_slice(raw);
        if self.codes.len() == 8 { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.codes.resize(8, 0);
        self.out.write_all(&self.codes)?;
        self.out.write_all(&self.raw)?;
        self.codes.clear();
        self.raw.clear();
        Ok(())
    }

    pub fn number(&mut self, number: Option<f64>) -> io::Result<()> {
        let Some(number) = number else { return self.put(SYSTEM_MISSING, &[]) };
        let code = number as i64 + BIAS;
        let small = number.fract() == 0.0
            && (1..i64::from(END)).contains(&code)
            && !(number == 0.0 && number.is_sign_negative());
        match small {
            true => self.put(code as u8, &[]),
            false => self.put(RAW, &number.to_le_bytes()),
        }
    }

    /// A string, filled with blanks to `width` and then to whole eights.
    pub fn text(&mut self, bytes: &[u8], width: usize) -> io::Result<()> {
        for at in (0..width).step_by(8) {
            let mut eight = [b' '; 8];
            let rest = bytes.get(at..).unwrap_or_default();
            let rest = &rest[..rest.len().min(8)];
            eight[..rest.len()].copy_from_slice(rest);
            match eight {
                [b' ', b' ', b' ', b' ', b' ', b' ', b' ', b' '] => self.put(BLANKS, &[])?,
                _ => self.put(RAW, &eight)?,
            }
        }
        Ok(())
    }

    pub fn finish(mut self) -> io::Result<()> {
        self.put(END, &[])?;
        if self.codes.is_empty() { Ok(()) } else { self.flush() }
    }
}
