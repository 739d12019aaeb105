//! Wrong PINs in a row, and the pauses that they cost.

use crate::json::{Node, Writer};

/// Wrong PINs before there is a pause, the first pause and the longest, in milliseconds.
const FREE: u64 = 4;
const PAUSE: u64 = 30_000;
const LONGEST: u64 = 15 * 60_000;

/// Kept beside a PIN, so that a reload does not end a pause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    /// Wrong ones in a row.
    wrong: u64,
    /// No try before this moment, in milliseconds since 1970.
    until: u64,
}

impl Tries {
    pub fn read(node: Node) -> Tries {
        Tries { wrong: node.whole_or_zero("wrong"), until: node.whole_or_zero("until") }
    }

    pub fn write(self, out: &mut Writer) {
        out.number_if_any("wrong", self.wrong);
        out.number_if_any("until", self.until);
    }

    /// Milliseconds until the next try, at `now`. Never longer than the longest pause, also when the clock was put back.
    pub fn pause(self, now: u64) -> u64 {
        self.until.saturating_sub(now).min(LONGEST)
    }

    /// After a wrong try, at `now`: to be kept before it is said.
    pub fn after_wrong(self, now: u64) -> Tries {
        let wrong = self.wrong.saturating_add(1);
        let pause = match wrong.checked_sub(FREE) {
            Some(more) if more > 0 => PAUSE.saturating_mul(1 << (more - 1).min(10)).min(LONGEST),
            _ => 0,
        };
        Tries { wrong, until: if pause > 0 { now + pause } else { 0 } }
    }

    /// After the right one; None: nothing has changed.
    pub fn after_right(self) -> Option<Tries> {
        (self.wrong > 0).then(Tries::default)
    }
}
