//! One running receiver, and requests to it.

use minping::batch::SignedBatch;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

pub struct Running {
    child: Child,
    /// Host and port.
    pub address: String,
    lines: Mutex<Receiver<String>>,
    log: String,
    // Open, so that the program can go on writing.
    _out: BufReader<ChildStdout>,
}

pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<String> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }
}

impl Running {
    pub fn start(data: &Path, arguments: &[&str]) -> Running {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
        command.args(["serve", "--bind", "127.0.0.1:0", "--data"]).arg(data).args(arguments);
        Running::of(command)
    }

    pub fn of(mut command: Command) -> Running {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (line, lines) = channel();
        let log = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for text in log.lines().map_while(Result::ok) {
                let _ = line.send(text);
            }
        });
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        let address = first.trim().strip_prefix("http://").and_then(|rest| rest.strip_suffix('/'));
        let Some(address) = address.map(str::to_owned) else {
            panic!("no address but {first:?}: {:?}", lines.iter().collect::<Vec<_>>())
        };
        Running { child, address, lines: Mutex::new(lines), log: String::new(), _out: out }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        // A receiver that does not answer fails the test instead of holding it up.
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        send(self.connect(), "GET", path, headers, "")
    }

    pub fn put(&self, batch: &SignedBatch) -> Answer {
        self.put_text(batch.digest.as_str(), &batch.text)
    }

    pub fn put_text(&self, digest: &str, text: &str) -> Answer {
        send(self.connect(), "PUT", &["/api/batches/", digest].concat(), &[], text)
    }

    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn terminate(&self) {
        let status = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    pub fn wait(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// Waits for a line of the log with `words` in it.
    pub fn wait_for_log(&mut self, words: &str) {
        loop {
            let line = self
                .lines
                .get_mut()
                .unwrap()
                .recv()
                .unwrap_or_else(|_| panic!("`{words}` is not in the log:\n{}", self.log));
            self.log.push_str(&line);
            self.log.push('\n');
            if line.contains(words) {
                return;
            }
        }
    }

    /// The whole log of a program that has ended.
    pub fn log(&mut self) -> String {
        for line in self.lines.get_mut().unwrap().iter() {
            self.log.push_str(&line);
            self.log.push('\n');
        }
        self.log.clone()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn send(mut stream: TcpStream, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request =
        format!("{method} {path} HTTP/1.1\r\nhost: minping\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    // A refused upload may be answered, and the connection closed, before all of it is written.
    let _ = stream.write_all(body.as_bytes());
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer to {method} {path}: {text:?}"));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}
