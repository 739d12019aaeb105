//! Processes that end with their owner, children included.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Command};

/// A started program. Dropping it kills it and all its descendants.
pub struct Process {
    child: Child,
}

impl Process {
    pub fn start(command: &mut Command) -> Self {
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().unwrap_or_else(|error| panic!("{program} does not start: {error}"));
        Self { child }
    }

    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Kills the program and its descendants at once (SIGKILL), and waits until it is gone.
    pub fn kill(&mut self) {
        let mut all = descendants(self.child.id());
        all.push(self.child.id());
        signal("-KILL", &all);
        let _ = self.child.wait();
    }

    /// Asks the program to end (SIGTERM) and waits for it. Answers whether it ended well.
    pub fn end(&mut self) -> bool {
        signal("-TERM", &[self.child.id()]);
        self.child.wait().is_ok_and(|status| status.success())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.kill();
        }
    }
}

/// Sends a signal; processes that are gone already are no matter.
pub fn signal(name: &str, ids: &[u32]) {
    if ids.is_empty() {
        return;
    }
    let ids = ids.iter().map(u32::to_string);
    let _ = Command::new("kill").arg(name).args(ids).stderr(std::process::Stdio::null()).status();
}

/// Ids of all processes below this one.
pub fn descendants(root: u32) -> Vec<u32> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (id, stat) in each_process("stat") {
        // `id (name) state parent …`: the name may hold anything, so look behind its last bracket.
        let Some(parent) = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1)) else { continue };
        if let Ok(parent) = parent.parse() {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut found = Vec::new();
    let mut next = vec![root];
    while let Some(id) = next.pop() {
        for &child in children.get(&id).into_iter().flatten() {
            found.push(child);
            next.push(child);
        }
    }
    found
}

/// Ids of all processes that have this text in their command line.
pub fn with_argument(text: &str) -> Vec<u32> {
    each_process("cmdline").into_iter().filter(|(_, line)| line.contains(text)).map(|(id, _)| id).collect()
}

fn each_process(file: &str) -> Vec<(u32, String)> {
    let Ok(folder) = fs::read_dir("/proc") else { return Vec::new() };
    folder
        .filter_map(|entry| {
            let id = entry.ok()?.file_name().to_str()?.parse().ok()?;
            let bytes = fs::read(format!("/proc/{id}/{file}")).ok()?;
            Some((id, String::from_utf8_lossy(&bytes).into_owned()))
        })
        .collect()
}
