//! A way out for addresses that came from people: only to the public internet.
//!
//! Names are looked up by the client itself, once for each connection, and it connects to the very addresses that were
//! checked here: a name that leads elsewhere the next time gains nothing. Addresses written as numbers never reach the
//! look-up, so they are checked before each request, redirects included.

use std::{
    error::Error,
    fmt, io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use futures_util::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::{HttpError, hosts::name_of, public::is_public};

/// Ports below this belong to services that are none of the web, and what sends mail or keeps time must not be spoken to;
/// status pages that people run themselves listen above it.
const FIRST_FREE_PORT: u16 = 1024;

/// Looks a name up.
type Lookup = dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> + Send + Sync;

/// What is let out.
#[derive(Clone)]
pub(super) struct Guard {
    lookup: Arc<Lookup>,
    may_reach: fn(IpAddr) -> bool,
}

/// A name that leads to no public address.
#[derive(Debug)]
pub(super) struct NotPublic;

impl Guard {
    /// To the public internet, by the system's look-up.
    pub(super) fn new() -> Self {
        Self { lookup: Arc::new(|name| Box::pin(look_up(name))), may_reach: is_public }
    }

    /// Whether an address may be asked, as far as it tells that itself; the rest is decided when its name is looked up.
    pub(super) fn check(&self, url: &Url) -> Result<(), HttpError> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err(HttpError::Address { reason: "carries a user's name or password" });
        }
        let is_web = matches!(url.port_or_known_default(), Some(80 | 443 | FIRST_FREE_PORT..));
        if !is_web {
            return Err(HttpError::Port { host: name_of(url) });
        }
        let may_reach = match url.host() {
            Some(Host::Ipv4(address)) => (self.may_reach)(address.into()),
            Some(Host::Ipv6(address)) => (self.may_reach)(address.into()),
            Some(Host::Domain(_)) => true,
            None => false,
        };
        if may_reach { Ok(()) } else { Err(HttpError::NotPublic { host: name_of(url) }) }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let (found, may_reach) = ((self.lookup)(name.as_str().to_owned()), self.may_reach);
        Box::pin(async move {
            let found = found.await?;
            let public: Vec<SocketAddr> = found
                .iter()
                .filter(|address| may_reach(**address))
                .map(|address| SocketAddr::new(*address, 0))
                .collect();
            if found.is_empty() {
                Err(io::Error::new(io::ErrorKind::NotFound, "the name has no address").into())
            } else if public.is_empty() {
                Err(NotPublic.into())
            } else {
                Ok(Box::new(public.into_iter()) as Addrs)
            }
        })
    }
}

async fn look_up(name: String) -> io::Result<Vec<IpAddr>> {
    // The port is the connection's affair.
    Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect())
}

impl fmt::Debug for Guard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Guard")
    }
}

impl fmt::Display for NotPublic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name leads to no public address")
    }
}

impl Error for NotPublic {}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
        task::JoinSet,
    };

    use super::*;
    use crate::http::{Http, HttpLimits, Want};

    fn checked(address: &str) -> Result<(), HttpError> {
        Guard::new().check(&Url::parse(address).unwrap())
    }

    #[test]
    fn addresses_written_as_numbers_are_checked_in_every_form() {
        for address in [
            "http://127.0.0.1/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://2130706433/",
            "http://127.1/",
            "http://0/",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::127.0.0.1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[fd00:ec2::254]/",
            "http://１２７.0.0.1/",
            "https://10.1.2.3:8443/",
        ] {
            assert!(matches!(checked(address), Err(HttpError::NotPublic { .. })), "{address}");
        }
        assert!(checked("http://1.1.1.1/").is_ok());
    }

    #[test]
    fn ports_of_other_services_and_credentials_are_refused() {
        for port in [21, 22, 25, 81, 465, 1023] {
            let refused = checked(&format!("https://status.example:{port}/"));
            assert!(matches!(refused, Err(HttpError::Port { .. })), "{port}");
        }
        for port in [80, 443, 1024, 3001, 8443] {
            assert!(checked(&format!("https://status.example:{port}/")).is_ok(), "{port}");
        }
        assert!(matches!(checked("https://me:secret@status.example/"), Err(HttpError::Address { .. })));
    }

    /// Listens at this address and answers every request with these headers.
    async fn answering(listener: TcpListener, head: String, asked: Arc<Mutex<usize>>) {
        loop {
            let (mut connection, _) = listener.accept().await.unwrap();
            *asked.lock().unwrap() += 1;
            let mut request = [0; 1024];
            drop(connection.read(&mut request).await);
            let answer = format!("HTTP/1.1 {head}\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok");
            drop(connection.write_all(answer.as_bytes()).await);
        }
    }

    /// Only this address of the loopback counts as public here.
    fn is_pretended(address: IpAddr) -> bool {
        address == IpAddr::from([127, 0, 0, 2])
    }

    /// A way out by a look-up that gives these answers in turn.
    fn way_out(answers: Vec<Vec<IpAddr>>) -> Http {
        let answers = Arc::new(Mutex::new(answers.into_iter()));
        let lookup = move |_| -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
            let next = answers.lock().unwrap().next().unwrap_or_default();
            Box::pin(async move { Ok(next) })
        };
        Http::behind(HttpLimits::default(), Guard { lookup: Arc::new(lookup), may_reach: is_pretended }).unwrap()
    }

    struct Two {
        port: u16,
        secret_asked: Arc<Mutex<usize>>,
        _servers: JoinSet<()>,
    }

    /// A server that counts as public and one that does not, on the same port.
    async fn two(head: impl FnOnce(u16) -> String) -> Two {
        let public = TcpListener::bind("127.0.0.2:0").await.unwrap();
        let port = public.local_addr().unwrap().port();
        let secret = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let secret_asked = Arc::new(Mutex::new(0));
        let mut servers = JoinSet::new();
        servers.spawn(answering(public, head(port), Arc::default()));
        servers.spawn(answering(secret, "200 OK".to_owned(), Arc::clone(&secret_asked)));
        Two { port, secret_asked, _servers: servers }
    }

    #[tokio::test]
    async fn a_name_that_leads_elsewhere_the_next_time_gains_nothing() {
        let two = two(|_| "200 OK".to_owned()).await;
        let http = way_out(vec![vec![[127, 0, 0, 2].into()], vec![[127, 0, 0, 1].into()]]);
        let url = Url::parse(&format!("http://rebinding.example:{}/", two.port)).unwrap();
        // The connection goes to the address that was checked: a second look-up would lead to the other server.
        assert_eq!(http.get(&url, Want::Document).await.unwrap().body, b"ok");
        assert_eq!(*two.secret_asked.lock().unwrap(), 0);
        let refused = http.get(&url, Want::Document).await.unwrap_err();
        assert!(matches!(refused, HttpError::NotPublic { .. }), "{refused:?}");
        assert_eq!(*two.secret_asked.lock().unwrap(), 0);
    }

    #[tokio::test]
    async fn of_several_addresses_only_the_public_ones_are_tried() {
        let two = two(|_| "200 OK".to_owned()).await;
        let http = way_out(vec![vec![[127, 0, 0, 1].into(), [127, 0, 0, 2].into()]]);
        let url = Url::parse(&format!("http://mixed.example:{}/", two.port)).unwrap();
        assert_eq!(http.get(&url, Want::Document).await.unwrap().status, 200);
        assert_eq!(*two.secret_asked.lock().unwrap(), 0);
    }

    #[tokio::test]
    async fn a_redirect_leads_to_the_public_internet_or_nowhere() {
        for host in ["127.0.0.1", "localhost", "0x7f.1"] {
            let two = two(|port| format!("302 Found\r\nlocation: http://{host}:{port}/")).await;
            let http = way_out(vec![vec![[127, 0, 0, 2].into()], vec![[127, 0, 0, 1].into()]]);
            let url = Url::parse(&format!("http://public.example:{}/", two.port)).unwrap();
            let refused = http.get(&url, Want::Document).await.unwrap_err();
            assert!(matches!(refused, HttpError::NotPublic { .. }), "{host}: {refused:?}");
            assert_eq!(*two.secret_asked.lock().unwrap(), 0);
        }
    }

    #[tokio::test]
    async fn the_systems_look_up_of_a_name_for_this_computer_is_refused() {
        let http = Http::guarded(HttpLimits::default()).unwrap();
        let url = Url::parse("http://localhost:9999/").unwrap();
        let refused = http.get(&url, Want::Document).await.unwrap_err();
        assert!(matches!(refused, HttpError::NotPublic { .. }), "{refused:?}");
    }

    #[tokio::test]
    async fn a_name_nobody_knows_is_that_and_no_more() {
        let http = way_out(vec![Vec::new()]);
        let refused = http.get(&Url::parse("http://nobody.example/").unwrap(), Want::Document).await.unwrap_err();
        assert!(matches!(refused, HttpError::Dns { .. }), "{refused:?}");
    }
}
