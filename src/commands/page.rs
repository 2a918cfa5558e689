//! Status pages that people name by their address.
//!
//! A request about such a page is run twice: first it says which address must be looked at ([`Answer::page`]), then it is
//! run again with what was found there ([`View::page`]).

use url::Url;

use crate::{
    commands::{Answer, Refusal, Request, View, subscribe, subscriptions},
    domain::{Change, Condition, Mark, Message, Role, Service, Subscription, Topic, Watch, WatchedPage, clean_line},
    text::{Draft, Text, bounded, host_link, role, say},
};

/// The longest name that a chat may give a page, in characters.
const LONGEST_NAME: usize = 60;

/// The longest address, in bytes; browsers take hardly longer ones.
pub(super) const LONGEST_ADDRESS: usize = 2_000;

/// Incidents that are named in the answer.
const MOST_NAMED: usize = 3;

/// What was found at an address that somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The page, as it would be watched.
    pub page: WatchedPage,
    /// Where its document is, without what may be secret in the address.
    pub document: String,
    /// The other host that the address led to, when it led to one.
    pub moved_to: Option<String>,
    /// How the service is now.
    pub condition: Condition,
    /// The titles of the incidents that are open there, the newest first.
    pub open: Vec<String>,
    /// Whether it would be one page more than may be watched over all chats.
    pub is_too_much: bool,
}

/// Why what is at an address cannot be watched, or not now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageFault {
    /// It leads to an address that is not on the public internet.
    NotPublic {
        /// Host and port it led to.
        host: String,
    },
    /// It leads to a port that is no web server's.
    Port {
        /// Host and port it led to.
        host: String,
    },
    /// Nothing could be read there.
    Unreachable(Unreachable),
    /// It took too long.
    Slow,
    /// There is something, but no status page that can be read.
    Nothing {
        /// The places that were tried besides.
        tried: Vec<String>,
    },
    /// Other addresses are being looked at just now.
    Busy,
    /// Too many addresses were looked at lately.
    TooOften {
        /// How long until the next one may be.
        wait: std::time::Duration,
    },
    /// Over all chats no more pages may be watched.
    Full,
}

/// Why nothing could be read at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreachable {
    /// The name leads nowhere.
    Unknown,
    /// Nobody listens there.
    Refused,
    /// The server cannot prove who it is.
    Tls,
    /// The connection failed.
    Connection,
    /// Redirects that lead nowhere.
    Redirects,
    /// It is larger than a status page can be.
    TooLarge,
    /// An answer with this HTTP status.
    Status(u16),
}

impl Unreachable {
    /// The word by which texts choose; a status has its number beside it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Refused => "refused",
            Self::Tls => "tls",
            Self::Connection => "connection",
            Self::Redirects => "redirects",
            Self::TooLarge => "large",
            Self::Status(_) => "status",
        }
    }
}

/// The address in a text, `None` when there is none of a web page: `status.example.com` is one as well.
pub(super) fn read(text: &str) -> Option<Url> {
    let text = text.trim().trim_matches(['<', '>']);
    if text.len() > LONGEST_ADDRESS || text.contains(char::is_whitespace) {
        return None;
    }
    let url = match Url::parse(text) {
        Ok(url) if text.contains("://") => url,
        // `status.example.com:8080` is no address of the scheme `status.example.com`.
        Ok(_) | Err(_) => {
            let host = text.split(['/', '?', '#']).next().unwrap_or_default();
            let is_host = host.contains('.') && !host.starts_with('.') && !text.contains(['@', ',']);
            Url::parse(&format!("https://{text}")).ok().filter(|_| is_host)?
        }
    };
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    is_web.then(|| {
        let mut url = url;
        url.set_fragment(None);
        url
    })
}

/// Subscribes the chat to the page, or to the service of the catalogue that the page belongs to.
///
/// # Errors
///
/// [`Refusal`] when the page cannot be watched here, or not be read.
pub(super) fn take(url: &Url, request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::SecretInAddress);
    }
    if let Some(known) = view.catalogue.by_address(url.as_str()) {
        return known_one(known, url, request, view);
    }
    let limits = view.limits;
    if limits.per_chat == 0 {
        return Err(Refusal::WatchingOff);
    }
    if view.catalogue.own().len() >= limits.per_chat {
        return Err(Refusal::WatchesEnough { most: limits.per_chat });
    }
    let name = request.text("name").map(|name| clean_line(name, LONGEST_NAME)).filter(|name| !name.is_empty());
    if let Some(taken) = name.as_ref().and_then(|name| view.catalogue.by_word(name)) {
        return Err(Refusal::NameTaken { name: taken.name.clone() });
    }
    let found = match view.page {
        None => return Ok(Answer { page: Some(url.clone()), ..Answer::shown(Message::default()) }),
        Some(Err(fault)) => return Err(Refusal::Page { host: host(url), fault: fault.clone() }),
        Some(Ok(found)) => found,
    };
    if let Some(known) = view.catalogue.by_id(&found.page.id).or_else(|| view.catalogue.by_address(&found.page.url)) {
        return known_one(known, url, request, view);
    }
    if found.is_too_much {
        return Err(Refusal::Page { host: host(url), fault: PageFault::Full });
    }
    let watch = Watch { page: found.page.clone(), name };
    let wanted = subscribe::wanted(request, &Topic::Service(found.page.id.clone()), view);
    let reply = told(&watch, found, &wanted, view);
    let chat = request.origin.chat.clone();
    let changes = vec![Change::Watch { chat, watch, limits }, Change::Subscribe(wanted)];
    Ok(Answer { changes, ..Answer::shown(reply) })
}

/// The page is that of a service the chat can name already.
fn known_one(known: &Service, url: &Url, request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    if known.is_watched_page() && request.spec.name == "watch" {
        return Err(Refusal::WatchedAlready { name: known.name.clone(), id: known.id.clone() });
    }
    let mut answer = subscribe::to(&Topic::Service(known.id.clone()), request, view)?;
    if !known.is_watched_page() {
        let mut draft = Draft::new(view.settings.locale);
        draft.paragraph(&Text::PageOfService { page: &host(url), service: &known.name });
        answer.reply.blocks.splice(0..0, draft.finish().blocks);
    }
    Ok(answer)
}

/// What was found, and how it stands there.
fn told(watch: &Watch, found: &Page, wanted: &Subscription, view: &View<'_>) -> Message {
    let locale = view.settings.locale;
    let Service { id, name, .. } = watch.service();
    let mut draft = Draft::new(locale);
    draft.paragraph(&Text::Watching { page: &name });
    draft.field(&Text::LabelStatusPage, vec![host_link(&found.page.page)]);
    let format = Text::FormatAt { format: found.page.kind.word(), document: &found.document };
    draft.field(&Text::LabelFormat, say(locale, &format));
    if let Some(host) = &found.moved_to {
        draft.paragraph(&Text::PageLeadsTo { host });
    }
    let (condition, mark) = (found.condition, Some(Mark::Condition(found.condition)));
    if condition == Condition::Unknown {
        draft.item(mark, &Text::LineUntold { service: &name });
    } else {
        draft.item(mark, &Text::LineCondition { service: &name, condition, role: &role(locale, Role::Official) });
    }
    if !found.open.is_empty() {
        draft.paragraph(&Text::OpenThere { count: found.open.len(), list: &bounded(locale, &found.open, MOST_NAMED) });
    }
    subscriptions::filters(wanted, view, &mut draft);
    draft.footer(&Text::SubscribedFooter { command: &format!("/unwatch {id}") });
    draft.finish()
}

/// Host and port of an address, for people.
pub(super) fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_with_and_without_its_scheme() {
        for (text, expect) in [
            ("https://status.example.com", Some("https://status.example.com/")),
            ("HTTP://Status.Example.com/x#now", Some("http://status.example.com/x")),
            ("status.example.com", Some("https://status.example.com/")),
            ("status.example.com:8443/eu", Some("https://status.example.com:8443/eu")),
            ("<https://status.example.com>", Some("https://status.example.com/")),
            ("ftp://status.example.com/", None),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("mailto:me@example.com", None),
            ("https://status.example.com major_outage", None),
            ("whatsapp", None),
            ("My page", None),
            ("https://", None),
            ("", None),
        ] {
            assert_eq!(read(text).map(String::from).as_deref(), expect, "{text}");
        }
    }
}
