//! The network between the browser and the server: a relay on the address that the browser knows. It can be cut, and it
//! can spoil what passes, the same way for every engine and for service workers too.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What becomes of traffic.
#[derive(Clone, Debug, PartialEq)]
pub enum Weather {
    /// Passes.
    Fair,
    /// Open connections break and new ones are refused at once.
    Cut,
    /// Uploads break after this many bytes of the request have passed; everything else passes.
    CutUploadAfter(usize),
    /// Uploads reach the server, but the connection breaks before a byte of the answer comes back.
    CutReply,
    /// Uploads get this answer and do not reach the server: status and body.
    Answer(u16, String),
}

pub struct Network {
    pub address: SocketAddr,
    weather: watch::Sender<Weather>,
    uploads: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Network {
    /// Opens a relay in front of `server` on a free port.
    pub async fn open(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        Self::relay(listener, server)
    }

    /// The same on a socket that is bound already, for servers that must know their address before they start.
    pub fn relay(listener: TcpListener, server: SocketAddr) -> Self {
        let address = listener.local_addr().expect("the port of a bound socket");
        let (weather, _) = watch::channel(Weather::Fair);
        let uploads = Arc::new(AtomicUsize::new(0));
        let (sender, count) = (weather.clone(), uploads.clone());
        let task = tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                let (watch, count) = (sender.subscribe(), count.clone());
                tokio::spawn(async move {
                    let mut cut = watch.clone();
                    tokio::select! {
                        _ = pass(browser, server, watch, &count) => {}
                        _ = cut.wait_for(|weather| *weather == Weather::Cut) => {}
                    }
                });
            }
        });
        Self { address, weather, uploads, task }
    }

    pub fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }

    pub fn cut(&self) {
        self.set(Weather::Cut);
    }

    pub fn restore(&self) {
        self.set(Weather::Fair);
    }

    /// How many uploads (`PUT`) were begun so far, whatever became of them.
    pub fn uploads(&self) -> usize {
        self.uploads.load(Ordering::SeqCst)
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Relays one request: each comes on a connection of its own, since the answer says `connection: close`.
async fn pass(
    mut browser: TcpStream,
    server: SocketAddr,
    weather: watch::Receiver<Weather>,
    uploads: &AtomicUsize,
) -> Option<()> {
    if *weather.borrow() == Weather::Cut {
        return None;
    }
    let (head, mut body) = read_head(&mut browser).await?;
    let text = String::from_utf8_lossy(&head).into_owned();
    let upload = text.starts_with("PUT ");
    if upload {
        uploads.fetch_add(1, Ordering::SeqCst);
    }
    let length = content_length(&text);
    let now = weather.borrow().clone();

    // Each request on a connection of its own to the server, so that the end of the answer is the end of it.
    let mut far = None;
    if !(upload && matches!(now, Weather::Answer(..))) {
        far = Some(TcpStream::connect(server).await.ok()?);
    }
    if let Some(far) = &mut far {
        far.write_all(single(&text).as_bytes()).await.ok()?;
    }
    let mut passed = 0;
    loop {
        if upload && let Weather::CutUploadAfter(limit) = now {
            let left = limit.saturating_sub(passed);
            if body.len() >= left {
                if let Some(far) = &mut far {
                    far.write_all(&body[..left]).await.ok()?;
                }
                return None;
            }
        }
        if let Some(far) = &mut far {
            far.write_all(&body).await.ok()?;
        }
        passed += body.len();
        if passed >= length {
            break;
        }
        body.resize(64 * 1024, 0);
        let count = browser.read(&mut body).await.ok()?;
        if count == 0 {
            return None;
        }
        body.truncate(count);
    }
    match (&now, far) {
        (Weather::Answer(status, text), None) => {
            let head = format!(
                "HTTP/1.1 {status} Spoiled\r\ncontent-type: text/plain\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                text.len()
            );
            browser.write_all(head.as_bytes()).await.ok()?;
            browser.write_all(text.as_bytes()).await.ok()?;
        }
        (now, Some(mut far)) => {
            if upload && *now == Weather::CutReply {
                let mut first = [0];
                let _ = far.read(&mut first).await;
                return None;
            }
            tokio::io::copy(&mut far, &mut browser).await.ok()?;
        }
        (_, None) => return None,
    }
    browser.shutdown().await.ok()?;
    Some(())
}

/// Reads up to the empty line; answers the head and what came of the body with it.
async fn read_head(stream: &mut TcpStream) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let body = bytes.split_off(end + 4);
            return Some((bytes, body));
        }
        let count = stream.read(&mut chunk).await.ok()?;
        if count == 0 {
            return None;
        }
        bytes.extend_from_slice(&chunk[..count]);
    }
}

fn content_length(head: &str) -> usize {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok())
        .unwrap_or(0)
}

/// The head with `connection: close`, so that the server ends the answer by closing.
fn single(head: &str) -> String {
    let mut out: String = head
        .trim_end()
        .split("\r\n")
        .filter(|line| !line.to_ascii_lowercase().starts_with("connection:"))
        .flat_map(|line| [line, "\r\n"])
        .collect();
    out.push_str("connection: close\r\n\r\n");
    out
}
