use std::ops::Range;

/// Answers as bits, so that a comparison of two records takes a few machine words. Each answer is a number below 2^bits of its
/// column, 0 for none. Columns that need equally many bits stand together; of them, bit p of 64 columns is one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Packed {
    segments: Vec<Segment>,
    /// Words of a row: of each segment which answers there are, then its bits plane by plane.
    stride: usize,
    words: Vec<u64>,
    /// Answers in each row.
    answers: Vec<u32>,
    columns: u32,
}

/// Columns that need equally many bits.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    start: usize,
    words: usize,
    planes: usize,
}

impl Packed {
    /// `values`: rows of `columns` answers each, one after the other.
    pub(super) fn new(values: &[u16], columns: usize) -> Packed {
        let rows = values.len().checked_div(columns).unwrap_or(0);
        // Only values that occur take bits: their ranks stand for them.
        let mut ranks: Vec<Vec<u16>> = vec![Vec::new(); columns];
        for row in values.chunks_exact(columns.max(1)) {
            for (ranks, value) in ranks.iter_mut().zip(row) {
                if ranks.len() <= *value as usize {
                    ranks.resize(*value as usize + 1, 0);
                }
                ranks[*value as usize] = u16::from(*value != 0);
            }
        }
        let mut greatest = vec![0u16; columns];
        for (ranks, greatest) in ranks.iter_mut().zip(&mut greatest) {
            for rank in ranks.iter_mut().filter(|rank| **rank != 0) {
                *greatest += 1;
                *rank = *greatest;
            }
        }
        let bits = |column: usize| (16 - greatest[column].leading_zeros()) as usize;
        let mut segments = Vec::new();
        let mut places = vec![(0, 0); columns];
        let mut stride = 0;
        for planes in 1..=16 {
            let own: Vec<usize> = (0..columns).filter(|column| bits(*column) == planes).collect();
            if own.is_empty() {
                continue;
            }
            own.iter().enumerate().for_each(|(at, column)| places[*column] = (segments.len(), at));
            let words = own.len().div_ceil(64);
            segments.push(Segment { start: stride, words, planes });
            stride += words * (planes + 1);
        }
        let mut packed =
            Packed { segments, stride, words: vec![0; rows * stride], answers: vec![0; rows], columns: columns as u32 };
        for (at, row) in values.chunks_exact(columns.max(1)).enumerate() {
            let into = &mut packed.words[at * stride..][..stride];
            for (column, value) in row.iter().enumerate().filter(|(_, value)| **value != 0) {
                let (segment, place) = &places[column];
                let value = ranks[column][*value as usize];
                let Segment { start, words, planes } = packed.segments[*segment];
                let (word, bit) = (start + place / 64, 1u64 << (place % 64));
                into[word] |= bit;
                (0..planes)
                    .filter(|plane| value >> plane & 1 == 1)
                    .for_each(|plane| into[word + (plane + 1) * words] |= bit);
                packed.answers[at] += 1;
            }
        }
        packed
    }

    pub(super) fn rows(&self) -> usize {
        self.answers.len()
    }

    /// Compares row `row` with each of `others` and tells how many answers are equal, and how many both gave.
    #[inline]
    pub(super) fn compare(&self, row: usize, others: Range<usize>, tell: impl FnMut(usize, u32, u32)) {
        #[cfg(target_arch = "x86_64")]
        if std::is_x86_feature_detected!("avx2") && std::is_x86_feature_detected!("popcnt") {
            // SAFETY: the processor has what the function is compiled for.
            return unsafe { self.compare_wide(row, others, tell) };
        }
        self.compare_words(row, others, tell);
    }

    /// The same code, for processors that count bits in one step.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,popcnt")]
    fn compare_wide(&self, row: usize, others: Range<usize>, tell: impl FnMut(usize, u32, u32)) {
        self.compare_words(row, others, tell);
    }

    #[inline(always)]
    fn compare_words(&self, row: usize, others: Range<usize>, mut tell: impl FnMut(usize, u32, u32)) {
        let stride = self.stride;
        let own = &self.words[row * stride..][..stride];
        let whole = self.answers[row] == self.columns;
        let rows = self.words[others.start * stride..others.end * stride].chunks_exact(stride.max(1));
        // Nearly all plans have one kind of scale, hence one segment of few planes: that loop is worth its own code.
        match self.segments[..] {
            [Segment { words, planes: 2, .. }] => self.scan::<2>(own, words, whole, others.start, rows, &mut tell),
            [Segment { words, planes: 3, .. }] => self.scan::<3>(own, words, whole, others.start, rows, &mut tell),
            [Segment { words, planes: 4, .. }] => self.scan::<4>(own, words, whole, others.start, rows, &mut tell),
            _ => {
                for (at, other) in rows.enumerate() {
                    let (mut equal, mut both) = (0, 0);
                    for Segment { start, words, planes } in &self.segments {
                        let (ours, theirs) = (&own[*start..], &other[*start..]);
                        for word in 0..*words {
                            let differs = (1..=*planes).fold(0, |differs, plane| {
                                differs | (ours[word + plane * words] ^ theirs[word + plane * words])
                            });
                            equal += (ours[word] & !differs & theirs[word]).count_ones();
                            both += (ours[word] & theirs[word]).count_ones();
                        }
                    }
                    tell(others.start + at, equal, both);
                }
            }
        }
    }

    #[inline(always)]
    fn scan<'a, const PLANES: usize>(
        &self,
        own: &[u64],
        words: usize,
        whole: bool,
        first: usize,
        rows: impl Iterator<Item = &'a [u64]>,
        tell: &mut impl FnMut(usize, u32, u32),
    ) {
        let (there, bits) = own.split_at(words);
        let answered = there.iter().map(|word| word.count_ones()).sum();
        for (at, other) in rows.enumerate() {
            let (theirs, others) = other.split_at(words);
            let mut equal = 0;
            for word in 0..words {
                let mut differs = 0;
                for plane in 0..PLANES {
                    differs |= bits[word + plane * words] ^ others[word + plane * words];
                }
                equal += (there[word] & !differs & theirs[word]).count_ones();
            }
            let both = match () {
                // Who answered everything shares with another all that the other answered.
                () if whole => self.answers[first + at],
                () if self.answers[first + at] == self.columns => answered,
                () => there.iter().zip(theirs).map(|(ours, theirs)| (ours & theirs).count_ones()).sum(),
            };
            tell(first + at, equal, both);
        }
    }
}
