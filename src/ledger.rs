//! What an office accepted: a set of batches and of records, never a sum. Merging is union: order and repetition change
//! nothing. Nothing is dropped silently: quarantine, duplicates, conflicts, gaps, forks and what could not be opened are all listed.
