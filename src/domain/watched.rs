//! Status pages that chats watch although no service of the catalogue has them.

use crate::domain::{Service, ServiceId, Source, SourceKind};

/// The category of watched pages. It is no word, so nobody can subscribe to it, nor put a service of their own into it.
pub const WATCHED_CATEGORY: &str = "~watched";

/// The longest part of an id that is made from a host's name; the rest tells the pages of one host apart.
const LONGEST_STEM: usize = 26;

/// Ids that a page may have. Each is one of a million, so somebody can make an address that has another page's first one.
const MOST_IDS: u8 = 16;

/// Letters that make no words, and no numbers either: an incident's number must not be confused with them.
const LETTERS: [char; 16] = ['b', 'c', 'd', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p', 'q', 'r', 's', 't', 'x'];

/// A status page that chats watch. Those who watch the same document share it: it is polled once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedPage {
    /// The id of the service that the page is; the same whenever the same document is watched.
    pub id: ServiceId,
    /// The format of the document.
    pub kind: SourceKind,
    /// Where the document is.
    pub url: String,
    /// The page for people, http or https.
    pub page: String,
    /// What the page calls itself.
    pub name: String,
}

/// A page as one chat watches it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// The page.
    pub page: WatchedPage,
    /// What this chat calls it; `None`: as the page calls itself. No other chat sees that.
    pub name: Option<String>,
}

/// How much may be watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WatchLimits {
    /// Pages that one chat may watch; 0: nobody may watch any.
    pub per_chat: usize,
    /// Pages over all chats.
    pub overall: usize,
}

/// Which of the limits was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchLimit {
    /// That of the chat.
    PerChat,
    /// That of all chats.
    Overall,
}

impl WatchedPage {
    /// The page whose document of this kind is at this address.
    #[must_use]
    pub fn new(kind: SourceKind, url: &str, page: &str, name: &str) -> Self {
        Self { id: id(kind, url, 0), kind, url: url.to_owned(), page: page.to_owned(), name: name.to_owned() }
    }

    /// The id for it beside other pages: the one it has unless that is another document's. `None`: all it may have are
    /// others'. `is_it` tells whether what has an id is the same document, and is `None` where nothing has it.
    ///
    /// # Errors
    ///
    /// What `is_it` meets.
    pub fn id_beside<E>(&self, is_it: impl Fn(&ServiceId) -> Result<Option<bool>, E>) -> Result<Option<ServiceId>, E> {
        let mut free = None;
        let others = (1..MOST_IDS).map(|number| id(self.kind, &self.url, number));
        for id in std::iter::once(self.id.clone()).chain(others) {
            match is_it(&id)? {
                Some(true) => return Ok(Some(id)),
                Some(false) => {}
                None => free = free.or(Some(id)),
            }
        }
        Ok(free)
    }

    /// Whether this document is the page's.
    #[must_use]
    pub fn is_at(&self, kind: SourceKind, url: &str) -> bool {
        self.kind == kind && self.url == url
    }
}

impl Watch {
    /// The page as a service.
    #[must_use]
    pub fn service(&self) -> Service {
        let WatchedPage { id, kind, url, page, name } = &self.page;
        Service {
            id: id.clone(),
            name: self.name.as_ref().unwrap_or(name).clone(),
            aliases: vec![host(page).to_lowercase()],
            category: WATCHED_CATEGORY.to_owned(),
            homepage: None,
            status_page: Some(page.clone()),
            depends_on: Vec::new(),
            alternatives: Vec::new(),
            sources: vec![Source::new(*kind, url)],
        }
    }
}

impl Service {
    /// Whether the service is a page that chats watch, and none of the catalogue.
    #[must_use]
    pub fn is_watched_page(&self) -> bool {
        self.category == WATCHED_CATEGORY
    }
}

/// Host and port of an address.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// What two spellings of one address have in common: no scheme, no `www.`, no fragment, no slash at the end.
#[must_use]
pub fn address_essence(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default();
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let host = host.to_lowercase();
    format!("{}{}", host.strip_prefix("www.").unwrap_or(&host), path.trim_end_matches('/'))
}

/// An id that people can recognise: the host's name, and letters that tell its documents apart; others for each number.
fn id(kind: SourceKind, url: &str, number: u8) -> ServiceId {
    let host = host(url).to_lowercase();
    let labels = host.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|label| !label.is_empty());
    let mut labels: Vec<&str> = labels.collect();
    if labels.len() > 2 && labels.first().is_some_and(|first| matches!(*first, "www" | "status" | "api")) {
        labels.remove(0);
    }
    let stem: String = labels.join("-").chars().take(LONGEST_STEM).collect();
    let stem = if stem.is_empty() { "page" } else { stem.trim_end_matches('-') };
    let letters = match number {
        0 => letters(&format!("{} {url}", kind.word())),
        _ => letters(&format!("{} {url} {number}", kind.word())),
    };
    ServiceId::new(&format!("{stem}-{letters}")).expect("lowercase letters, digits and dashes, at most 32")
}

/// Five letters by which texts differ, the same for the same text for ever: FNV-1a, since stored ids must not change with
/// the compiler. Source: <https://www.rfc-editor.org/rfc/rfc9923> (FNV, 64 bits).
fn letters(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    // Its high bits depend on all of the text.
    (0..5).filter_map(|place| LETTERS.get(usize::try_from(hash >> (60 - 4 * place) & 0xF).ok()?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_of(url: &str) -> String {
        WatchedPage::new(SourceKind::Statuspage, url, url, "x").id.to_string()
    }

    #[test]
    fn an_id_tells_the_host_and_differs_for_each_document() {
        let acme = id_of("https://status.acme.com/api/v2/summary.json");
        assert!(acme.starts_with("acme-com-") && acme.len() == "acme-com-".len() + 5, "{acme}");
        assert_eq!(acme, id_of("https://status.acme.com/api/v2/summary.json"));
        assert_ne!(acme, id_of("https://status.acme.com/eu/api/v2/summary.json"));
        let rss = WatchedPage::new(SourceKind::Rss, "https://status.acme.com/api/v2/summary.json", "", "x").id;
        assert_ne!(acme, rss.to_string());
    }

    #[test]
    fn any_host_makes_an_id_that_no_incident_is_confused_with() {
        for (url, stem) in [
            ("http://127.0.0.1:8080/x", "127-0-0-1-8080-"),
            ("http://[2001:db8::1]/", "2001-db8-1-"),
            ("https://status.io/", "status-io-"),
            ("https://xn--bcher-kva.example/", "xn-bcher-kva-example-"),
            ("https://a-very-long-name-of-a-host-that-goes-on.example/", "a-very-long-name-of-a-host-"),
            ("https:///", "page-"),
        ] {
            let id = id_of(url);
            assert!(id.starts_with(stem), "{id}");
            assert!(crate::domain::IncidentId::parse(&id).is_none(), "{id}");
        }
    }

    #[test]
    fn spellings_of_one_address_are_one() {
        let essence = address_essence("https://www.Acme.example/Status/#now");
        assert_eq!(essence, "acme.example/Status");
        assert_eq!(address_essence("http://acme.example/Status"), essence);
        assert_ne!(address_essence("http://acme.example/status"), essence);
        assert_ne!(address_essence("http://acme.example/Status?page=2"), essence);
        assert_eq!(address_essence("https://acme.example/"), address_essence("acme.example"));
    }
}
