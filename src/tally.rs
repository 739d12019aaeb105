//! Exact counts over the ledger's records, and the estimates made from them (STATISTICS sections 2.1, 2.2, 2.6, 2.10, 2.16).
