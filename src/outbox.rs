//! What happens to a closed session on its device: which store steps seal it, put it into a batch, and let it go after a
//! receipt. Pure: it makes [`Step`]s for the store from what the store holds; the edge signs, writes and uploads.
//!
//! Keys it owns: `sealed/<id>`, `batch/<digest>`, `receipt/<digest>`, `sent/<digest>`, `setting/chain/<plan digest>`.
