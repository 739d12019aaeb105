use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// What chance decides. Each has its own stream, so that one more draw here changes nothing there.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Units,
    People,
    Opinion,
    Answers,
    Round,
    Ids,
    Sample,
}

/// The stream of draws that follows from the seed and up to two numbers: the same for the same, in any order of asking.
pub(super) fn chance(seed: u64, of: Of, first: u64, second: u64) -> ChaCha8Rng {
    let mut key = [0; 32];
    for (bytes, number) in key.chunks_exact_mut(8).zip([seed, of as u64, first, second]) {
        bytes.copy_from_slice(&number.to_le_bytes());
    }
    ChaCha8Rng::from_seed(key)
}
