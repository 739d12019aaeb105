use crate::language::Numerals;

/// What the edge lends to expressions: what a browser and a native program each already have, so that the resident's
/// bundle does not carry it twice. Every function is a pure one: the same arguments give the same value.
pub trait Host: Sync {
    /// The real function of this ODK name (`sqrt`, `exp`, `log`, `log10`, `sin`, `cos`, `tan`, `asin`, `acos`, `atan`,
    /// `atan2`, `pow`); `y` is the second value of `atan2` and `pow`. Angles are radians; undefined is NaN.
    fn math(&self, name: &str, x: f64, y: f64) -> f64;
    /// The shortest decimal text that reads back as this finite number; it may have an exponent (`1e-7`, `1e+21`).
    fn number(&self, value: f64) -> String;
    /// Whether the regular expression matches somewhere in the text; `None`: it is no regular expression. The common
    /// subset of JavaScript's and Rust's is promised: literals, `.`, classes, `\d \w \s \b`, groups, `|`, `^`, `$`, and
    /// the quantifiers `* + ? {n,m}` with their lazy forms. See [`super::check_pattern`].
    fn matches(&self, text: &str, pattern: &str) -> Option<bool>;
    /// The digest of a text's UTF-8 (`MD5`, `SHA-1`, `SHA-256`, `SHA-384`, `SHA-512`) in base64 or hexadecimal; `None`:
    /// the host has none. [`super::digest`] is one for every host that can afford its size.
    fn digest(&self, text: &str, algorithm: &str, hex: bool) -> Option<String>;
    /// The text whose UTF-8 this base64 is; `None`: it is none.
    fn decode(&self, base64: &str) -> Option<String>;
    /// How a language writes numbers. `None`, as where nobody reads them: as records do.
    fn numerals(&self, language: &str) -> Option<Numerals> {
        let _ = language;
        None
    }
    /// A day (`2026-11-24`), a time (`14:30`) or both with `T` between as a language writes them, in the calendar in which they
    /// were asked for. `None`: as records do.
    fn moment(&self, kept: &str, language: &str) -> Option<String> {
        let _ = (kept, language);
        None
    }
}

/// A host without regular expressions and base64: for a program that evaluates nothing but conditions on answers.
pub struct Plain;

impl Host for Plain {
    fn math(&self, name: &str, x: f64, y: f64) -> f64 {
        match name {
            "sqrt" => x.sqrt(),
            "exp" => x.exp(),
            "log" => x.ln(),
            "log10" => x.log10(),
            "sin" => x.sin(),
            "cos" => x.cos(),
            "tan" => x.tan(),
            "asin" => x.asin(),
            "acos" => x.acos(),
            "atan" => x.atan(),
            "atan2" => x.atan2(y),
            "pow" => x.powf(y),
            _ => f64::NAN,
        }
    }

    fn number(&self, value: f64) -> String {
        value.to_string()
    }

    fn matches(&self, _: &str, _: &str) -> Option<bool> {
        None
    }

    fn digest(&self, text: &str, algorithm: &str, hex: bool) -> Option<String> {
        super::digest(text, algorithm, hex, self)
    }

    fn decode(&self, _: &str) -> Option<String> {
        None
    }
}
