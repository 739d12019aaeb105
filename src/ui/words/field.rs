//! The canvasser's screens.
