/// Writes compact JSON, member by member, as [`serde_json`] writes the same values.
#[derive(Clone, Debug, Default)]
pub struct Writer(String);

impl Writer {
    pub fn new() -> Writer {
        Writer::default()
    }

    /// The next value belongs to this member.
    #[inline(never)]
    pub fn name(&mut self, name: &str) {
        self.next();
        quote(&mut self.0, name);
        self.0.push(':');
    }

    /// A comma, unless nothing stands before.
    fn next(&mut self) {
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(',');
        }
    }

    /// Begins an object with `{` or a list with `[`.
    #[inline(never)]
    pub fn open(&mut self, bracket: char) {
        self.next();
        self.0.push(bracket);
    }

    pub fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    #[inline(never)]
    pub fn string(&mut self, text: &str) {
        self.next();
        quote(&mut self.0, text);
    }

    #[inline(never)]
    pub fn raw(&mut self, json: &str) {
        self.next();
        self.0.push_str(json);
    }

    pub fn text(&mut self, name: &str, text: &str) {
        self.name(name);
        self.string(text);
    }

    /// Nothing at all where there is none.
    #[inline(never)]
    pub fn text_if_some(&mut self, name: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    #[inline(never)]
    pub fn number(&mut self, name: &str, number: u64) {
        self.name(name);
        self.raw(&number.to_string());
    }

    /// Nothing at all for 0.
    pub fn number_if_any(&mut self, name: &str, number: u64) {
        if number > 0 {
            self.number(name, number);
        }
    }

    pub fn finish(self) -> String {
        self.0
    }
}

/// Appends `text` as a JSON string.
#[inline(never)]
pub fn quote(out: &mut String, text: &str) {
    out.push('"');
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' | b'\\' => byte,
            8 => b'b',
            9 => b't',
            10 => b'n',
            12 => b'f',
            13 => b'r',
            0..0x20 => b'u',
            _ => continue,
        };
        out.push_str(&text[from..at]);
        from = at + 1;
        out.push('\\');
        out.push(char::from(escape));
        if escape == b'u' {
            out.push_str("00");
            out.push(if byte < 16 { '0' } else { '1' });
            out.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
        }
    }
    out.push_str(&text[from..]);
    out.push('"');
}
