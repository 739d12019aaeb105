//! ODK expressions.
