//! JSON Pointer to line and column.
