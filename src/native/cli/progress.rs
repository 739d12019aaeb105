use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// How far a long step is: one line on standard error, only on a terminal and only after a second.
pub struct Progress {
    what: &'static str,
    done: usize,
    of: usize,
    start: Instant,
    shown: Option<Instant>,
    terminal: bool,
}

impl Progress {
    pub fn new(what: &'static str, of: usize) -> Progress {
        let terminal = std::io::stderr().is_terminal();
        Progress { what, done: 0, of, start: Instant::now(), shown: None, terminal }
    }

    pub fn add(&mut self, more: usize) {
        self.done += more;
        let due = self.shown.map_or(self.start + Duration::from_secs(1), |last| last + Duration::from_millis(200));
        if self.terminal && Instant::now() >= due {
            self.shown = Some(Instant::now());
            let mut out = std::io::stderr().lock();
            // Progress is a courtesy: a terminal that went away stops nothing.
            let _ = write!(out, "\r{} {}/{}", self.what, self.done, self.of).and_then(|()| out.flush());
        }
    }

    /// Clears the line.
    pub fn finish(self) {
        if self.shown.is_some() {
            let mut out = std::io::stderr().lock();
            let _ = write!(out, "\r\u{1b}[K").and_then(|()| out.flush());
        }
    }
}
