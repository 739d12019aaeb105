//! `minping demo` with the built app, as `./run` starts it.

use super::process::Process;
use super::site::{built_app, copy};
use std::io::{BufRead, BufReader};
use std::process::{ChildStdout, Command, Stdio};
use tempfile::TempDir;

pub struct Demo {
    _folder: TempDir,
    _process: Process,
    // Held open: the demo ends when nobody can read what it says.
    _output: BufReader<ChildStdout>,
    /// With the slash at its end.
    address: String,
}

impl Demo {
    pub fn open() -> Self {
        let folder = tempfile::Builder::new().prefix("minping-demo-").tempdir().expect("a folder for the demo");
        copy(&built_app(), &folder.path().join("dist"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
        command.args(["--lang", "en", "demo", "--bind", "127.0.0.1:0"]).current_dir(folder.path());
        let mut process = Process::start(command.stdout(Stdio::piped()).stderr(Stdio::null()));
        let mut output = BufReader::new(process.child().stdout.take().expect("its output"));
        let mut address = None;
        let mut line = String::new();
        while !line.starts_with("Ctrl-C") {
            line.clear();
            assert!(output.read_line(&mut line).expect("its output") > 0, "the demo ended before it was ready");
            if address.is_none() && line.trim().starts_with("http://localhost:") {
                address = Some(line.trim().to_owned());
            }
        }
        let address = address.expect("the address of the first page");
        Demo { _folder: folder, _process: process, _output: output, address }
    }

    /// Address of a page; of the first one where it is empty.
    pub fn url(&self, page: &str) -> String {
        [&self.address, page].concat()
    }
}
