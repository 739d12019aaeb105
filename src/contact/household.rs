//! Who is asked in a household: the tables of L. Kish, "A procedure for objective respondent selection within the household",
//! *Journal of the American Statistical Association* 44 (1949), 380–387.

/// One of the eight tables: which adult is asked where there are 1, 2, 3, 4, 5, 6 or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KishTable {
    pub name: &'static str,
    chosen: [u64; 6],
}

const TABLES: [KishTable; 8] = [
    KishTable { name: "A", chosen: [1, 1, 1, 1, 1, 1] },
    KishTable { name: "B1", chosen: [1, 1, 1, 1, 2, 2] },
    KishTable { name: "B2", chosen: [1, 1, 1, 2, 2, 2] },
    KishTable { name: "C", chosen: [1, 1, 2, 2, 3, 3] },
    KishTable { name: "D", chosen: [1, 2, 2, 3, 4, 4] },
    KishTable { name: "E1", chosen: [1, 2, 3, 3, 3, 5] },
    KishTable { name: "E2", chosen: [1, 2, 3, 4, 5, 5] },
    KishTable { name: "F", chosen: [1, 2, 3, 4, 5, 6] },
];

/// Of twelve cases: two each for A, C, D and F, one each for the others.
const SHARES: [usize; 12] = [0, 0, 1, 2, 3, 3, 4, 4, 5, 6, 7, 7];

impl KishTable {
    /// The number of the person who is asked, where `adults` can be: men from the oldest to the youngest, then women likewise.
    /// None, where there is nobody. Of more than six, the first six are counted.
    pub fn choose(&self, adults: u64) -> Option<u64> {
        let at = adults.checked_sub(1)?.min(5) as usize;
        Some(self.chosen[at])
    }
}

/// The table of a case. It follows from plan and case, so that nobody can choose it at the door, and everybody can check it:
/// FNV-1a over `<plan>/<case>`, one step of SplitMix64, as for the order of questions (FORMAT.md).
pub fn kish_table(plan: &str, case: &str) -> KishTable {
    let mut seed: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in [plan, "/", case].iter().flat_map(|part| part.bytes()) {
        seed = (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    TABLES[SHARES[(((z >> 32) * 12) >> 32) as usize]]
}
