//! Values as bytes, from one thread of the app to the other: a worker has a memory of its own, and what it made has to be
//! carried over. The bytes are for the same build of the app only; they are never kept, sent or signed.
//!
//! **Promises**: what was put is taken as it was, floating numbers to the bit. Bytes that are cut or changed give `None`
//! and never a panic, and no more memory is asked for than there are bytes.
//! **Refuses** to be a format: nothing here has versions or names. What leaves the app is JSON (FORMAT.md).

use std::collections::{BTreeMap, BTreeSet};

#[cfg(test)]
mod tests;

/// What can be carried.
pub trait Carry: Sized {
    fn put(&self, out: &mut Vec<u8>);
    /// `None`: these are not the bytes of such a value.
    fn take(from: &mut Load<'_>) -> Option<Self>;
}

/// Bytes that are being taken from.
pub struct Load<'a>(&'a [u8]);

/// A value as bytes.
pub fn carried(value: &impl Carry) -> Vec<u8> {
    let mut out = Vec::new();
    value.put(&mut out);
    out
}

/// The value of these bytes, all of them.
pub fn arrived<T: Carry>(bytes: &[u8]) -> Option<T> {
    let mut from = Load(bytes);
    let value = T::take(&mut from)?;
    from.0.is_empty().then_some(value)
}

impl<'a> Load<'a> {
    pub fn new(bytes: &'a [u8]) -> Load<'a> {
        Load(bytes)
    }

    /// The next so many bytes.
    pub fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.bytes(1)?.first().copied()
    }

    /// A number of things of which each takes one byte or more.
    fn count(&mut self) -> Option<usize> {
        let count = usize::take(self)?;
        (count <= self.0.len()).then_some(count)
    }

    fn text(&mut self) -> Option<&'a str> {
        let count = self.count()?;
        std::str::from_utf8(self.bytes(count)?).ok()
    }
}

/// Seven bits a byte, the lowest first; small numbers are short.
fn put_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take_number(from: &mut Load<'_>) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = from.byte()?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

macro_rules! numbers {
    ($($kind:ty)*) => {$(
        impl Carry for $kind {
            fn put(&self, out: &mut Vec<u8>) {
                put_number(*self as u64, out);
            }
            fn take(from: &mut Load<'_>) -> Option<$kind> {
                <$kind>::try_from(take_number(from)?).ok()
            }
        }
    )*};
}

numbers!(u16 u32 u64 usize);

impl Carry for u8 {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }
    fn take(from: &mut Load<'_>) -> Option<u8> {
        from.byte()
    }
}

impl Carry for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
    fn take(from: &mut Load<'_>) -> Option<bool> {
        match from.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Carry for i64 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }
    fn take(from: &mut Load<'_>) -> Option<i64> {
        Some(i64::from_le_bytes(from.bytes(8)?.try_into().ok()?))
    }
}

impl Carry for f64 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.to_bits().to_le_bytes());
    }
    fn take(from: &mut Load<'_>) -> Option<f64> {
        Some(f64::from_bits(u64::from_le_bytes(from.bytes(8)?.try_into().ok()?)))
    }
}

impl Carry for String {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        out.extend(self.as_bytes());
    }
    fn take(from: &mut Load<'_>) -> Option<String> {
        from.text().map(str::to_owned)
    }
}

impl Carry for Box<str> {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        out.extend(self.as_bytes());
    }
    fn take(from: &mut Load<'_>) -> Option<Box<str>> {
        from.text().map(Box::from)
    }
}

impl Carry for Box<[u8]> {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        out.extend(&self[..]);
    }
    fn take(from: &mut Load<'_>) -> Option<Box<[u8]>> {
        let count = from.count()?;
        from.bytes(count).map(Box::from)
    }
}

impl<T: Carry> Carry for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        self.iter().for_each(|one| one.put(out));
    }
    fn take(from: &mut Load<'_>) -> Option<Vec<T>> {
        (0..from.count()?).map(|_| T::take(from)).collect()
    }
}

impl<T: Carry> Carry for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        self.iter().for_each(|one| one.put(out));
    }
    fn take(from: &mut Load<'_>) -> Option<Option<T>> {
        Some(if bool::take(from)? { Some(T::take(from)?) } else { None })
    }
}

impl<T: Carry, E: Carry> Carry for Result<T, E> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_ok().put(out);
        match self {
            Ok(value) => value.put(out),
            Err(error) => error.put(out),
        }
    }
    fn take(from: &mut Load<'_>) -> Option<Result<T, E>> {
        Some(if bool::take(from)? { Ok(T::take(from)?) } else { Err(E::take(from)?) })
    }
}

impl<A: Carry, B: Carry> Carry for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }
    fn take(from: &mut Load<'_>) -> Option<(A, B)> {
        Some((A::take(from)?, B::take(from)?))
    }
}

impl<A: Carry, B: Carry, C: Carry> Carry for (A, B, C) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
        self.2.put(out);
    }
    fn take(from: &mut Load<'_>) -> Option<(A, B, C)> {
        Some((A::take(from)?, B::take(from)?, C::take(from)?))
    }
}

impl<K: Carry + Ord, V: Carry> Carry for BTreeMap<K, V> {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        for (key, value) in self {
            key.put(out);
            value.put(out);
        }
    }
    fn take(from: &mut Load<'_>) -> Option<BTreeMap<K, V>> {
        (0..from.count()?).map(|_| Some((K::take(from)?, V::take(from)?))).collect()
    }
}

impl<T: Carry + Ord> Carry for BTreeSet<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        self.iter().for_each(|one| one.put(out));
    }
    fn take(from: &mut Load<'_>) -> Option<BTreeSet<T>> {
        (0..from.count()?).map(|_| T::take(from)).collect()
    }
}

/// Says which members of a structure are carried (all of them), or which number each variant of an enumeration has.
///
/// ```ignore
/// carry!(struct PlanRef { id, version, digest });
/// carry!(enum Standing { 0 Admitted, 1 Quarantined(reason) });
/// ```
macro_rules! carry {
    (struct $name:ident { $($member:ident),* $(,)? }) => {
        impl $crate::carry::Carry for $name {
            fn put(&self, out: &mut Vec<u8>) {
                let $name { $($member),* } = self;
                $($crate::carry::Carry::put($member, out);)*
            }
            fn take(from: &mut $crate::carry::Load<'_>) -> Option<$name> {
                Some($name { $($member: $crate::carry::Carry::take(from)?),* })
            }
        }
    };
    (enum $name:ident { $($tag:literal $variant:ident $(($($held:ident),*))? $({ $($member:ident),* })?),* $(,)? }) => {
        impl $crate::carry::Carry for $name {
            fn put(&self, out: &mut Vec<u8>) {
                match self {
                    $($name::$variant $(($($held),*))? $({ $($member),* })? => {
                        out.push($tag);
                        $($($crate::carry::Carry::put($held, out);)*)?
                        $($($crate::carry::Carry::put($member, out);)*)?
                    })*
                }
            }
            fn take(from: &mut $crate::carry::Load<'_>) -> Option<$name> {
                Some(match <u8 as $crate::carry::Carry>::take(from)? {
                    $($tag => {
                        $($(let $held = $crate::carry::Carry::take(from)?;)*)?
                        $($(let $member = $crate::carry::Carry::take(from)?;)*)?
                        $name::$variant $(($($held),*))? $({ $($member),* })?
                    })*
                    _ => return None,
                })
            }
        }
    };
}
pub(crate) use carry;
