//! `minping demo`: one command from a built app to a running evaluation, for people who want to see it.

pub(super) mod day;
mod gallery;
mod guide;
mod office;
mod ready;

use super::link::page;
use super::serve::{ServeError, Site, start_log};
use super::{Context, Exit, Failure};
use crate::native::publish::check_app;
use crate::receiver::{Door, Folder, Limit, ReceiptKey, Receiver, read_token};
use gallery::Gallery;
use guide::Guide;
use office::DemoOffice;
use ready::PRINTED;
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

/// First port tried, and how many after it.
const PORT: u16 = 8080;
const PORTS: u16 = 20;
const LARGEST: usize = 8 << 20;

/// Makes office keys, publishes the ready plans, makes links for residents, and runs the app and the receiver on one port.
///
/// The passphrase of the keys lies beside them: for trying only. A second start goes on with the same data folder.
#[derive(clap::Args)]
pub struct Demo {
    /// The built app's folder; the plans are published into it
    #[arg(long, default_value = "dist")]
    app: PathBuf,
    /// Folder for keys, plans and batches; made if missing
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Address and port to listen on; by default all addresses of this machine, port 8080 or the next free one
    #[arg(long, value_name = "ADDRESS")]
    bind: Option<SocketAddr>,
    /// Address under which people reach the app, such as a proxy's; it goes into the links
    #[arg(long, value_name = "URL")]
    url: Option<String>,
}

impl Demo {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        check_app(&self.app)?;
        let given = self.url.as_deref().map(page).transpose().map_err(|error| Failure::told(Exit::Usage, error))?;
        let folder = Folder::open(&self.data).map_err(|cause| ServeError::Data { path: self.data.clone(), cause })?;
        let key = ReceiptKey::open(&self.data)?;
        let (token, _) = read_token(&self.data, None)?;
        let office = DemoOffice::open(&self.data)?;
        let plans = office.publish_ready_plans(&self.app, &key.public, day::of(SystemTime::now()))?;

        let listener = self.listen()?;
        let address = listener.local_addr().map_err(ServeError::Io)?;
        let local = ["http://localhost:", &address.port().to_string(), "/"].concat();
        let lan =
            lan_address(address).map(|ip| ["http://", &SocketAddr::new(ip, address.port()).to_string(), "/"].concat());
        // Links work on the machine that the page is opened on: here, unless an address was given.
        let base = given.unwrap_or_else(|| [local.as_str(), "index.html"].concat());
        let links = office.make_links(&plans, &base)?;
        let gallery = Gallery::open(&self.app, &self.data, plans.clone(), &links)?;

        start_log();
        let (data, lang) = (self.data.clone(), context.lang);
        // Beside the server, which need not wait for it, and ends with the program.
        std::thread::spawn(move || {
            let tell = |failure: super::Failure| failure.report(lang);
            match DemoOffice::open(&data) {
                Ok(office) => gallery.make_reports(&office, tell),
                Err(failure) => tell(failure),
            }
        });
        let door = Door::of_app(&self.app)?;
        let receiver = Arc::new(Receiver::new(folder, door, key, token.clone(), Limit::new(600), LARGEST));
        let guide = Guide {
            local: &local,
            lan: lan.as_deref(),
            given: self.url.as_deref(),
            links: &links[..links.partition_point(|link| link.plan < PRINTED)],
            plans: &plans[..PRINTED],
            office: &office,
            data: &self.data,
            token: &token,
        };
        Site { receiver, app: Some(self.app.clone()) }.serve(listener, || guide.print(context))
    }

    fn listen(&self) -> Result<TcpListener, ServeError> {
        if let Some(address) = self.bind {
            let failed = |cause| ServeError::Bind { address: address.to_string(), cause };
            return TcpListener::bind(address).map_err(failed);
        }
        let every = |port| TcpListener::bind(SocketAddr::from(([0, 0, 0, 0], port)));
        let free = (PORT..PORT + PORTS).find_map(|port| every(port).ok());
        let failed = |cause| ServeError::Bind { address: "a free port".into(), cause };
        free.map_or_else(|| every(0), Ok).map_err(failed)
    }
}

/// This machine's address in its network, where the listener can be reached by it. Connecting a UDP socket asks the system for
/// the route and sends nothing.
fn lan_address(listening: SocketAddr) -> Option<IpAddr> {
    if !listening.ip().is_unspecified() {
        return Some(listening.ip()).filter(|ip| !ip.is_loopback());
    }
    let socket = UdpSocket::bind(("0.0.0.0", 0)).ok()?;
    socket.connect(("192.0.2.1", 9)).ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
}
