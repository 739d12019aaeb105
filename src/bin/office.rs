//! The answering app: residents and canvassers.
fn main() {}
