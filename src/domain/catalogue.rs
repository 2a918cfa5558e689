//! All services that are watched, found by what people type.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use strsim::{damerau_levenshtein, jaro_winkler};

use crate::domain::{Service, ServiceId, Watch, address_essence};

/// All services that a chat can speak of: those that are watched for everybody, and the pages that it watches besides.
///
/// Clones share what is for everybody.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    everybodys: Arc<Shelf>,
    /// The chat's own.
    own: Shelf,
    /// The bot itself, for the chat that is told of it.
    bot: Option<Arc<Service>>,
}

/// Services, found by their words.
#[derive(Clone, Debug, Default)]
struct Shelf {
    services: BTreeMap<ServiceId, Arc<Service>>,
    /// Lowercase id, name or alias → service.
    words: BTreeMap<String, ServiceId>,
}

/// Why services cannot stand in one catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueFault {
    /// Two services share an id.
    #[error("there are two services with the id `{0}`")]
    SameId(ServiceId),
    /// Two services answer to one word.
    #[error("`{word}` names both `{first}` and `{second}`")]
    SameWord {
        /// The word.
        word: String,
        /// Who had it.
        first: ServiceId,
        /// Who wants it too.
        second: ServiceId,
    },
    /// A service names another that does not exist.
    #[error("`{service}` names `{missing}` as {relation}, which is no service")]
    Missing {
        /// Who names it.
        service: ServiceId,
        /// What is named.
        missing: ServiceId,
        /// `depends_on` or `alternatives`.
        relation: &'static str,
    },
}

impl Catalogue {
    /// The catalogue of these services, with every fault found in it; a service at fault is kept where it can be.
    #[must_use]
    pub fn new(services: impl IntoIterator<Item = Service>) -> (Self, Vec<CatalogueFault>) {
        let mut shelf = Shelf::default();
        let mut faults = Vec::new();
        for service in services {
            shelf.put(service, &mut faults);
        }
        for service in shelf.services.values() {
            for (relation, named) in [("depends_on", &service.depends_on), ("alternatives", &service.alternatives)] {
                faults.extend(named.iter().filter(|id| !shelf.services.contains_key(id)).map(|missing| {
                    CatalogueFault::Missing { service: service.id.clone(), missing: missing.clone(), relation }
                }));
            }
        }
        (Self { everybodys: Arc::new(shelf), ..Self::default() }, faults)
    }

    /// This catalogue with the pages that a chat watches besides. Where one of them has a word of a service that is
    /// watched for everybody, the word stays with that one.
    #[must_use]
    pub fn with(&self, watches: &[Watch]) -> Self {
        let mut own = Shelf::default();
        for service in watches.iter().map(Watch::service) {
            // Words that two pages share stay with the first; each has its id.
            own.put(service, &mut Vec::new());
        }
        Self { everybodys: Arc::clone(&self.everybodys), own, bot: None }
    }

    /// This catalogue with the bot itself as a service.
    #[must_use]
    pub fn with_bot(self, bot: Arc<Service>) -> Self {
        Self { bot: Some(bot), ..self }
    }

    /// Every service, by id; the chat's own last.
    pub fn services(&self) -> impl Iterator<Item = &Arc<Service>> {
        self.everybodys.services.values().chain(self.own()).chain(&self.bot)
    }

    /// The pages that the chat watches besides what is watched for everybody, by id.
    pub fn own(&self) -> impl ExactSizeIterator<Item = &Arc<Service>> {
        self.own.services.values()
    }

    /// The service with this id.
    #[must_use]
    pub fn by_id(&self, id: &ServiceId) -> Option<&Arc<Service>> {
        let bot = || self.bot.as_ref().filter(|bot| bot.id == *id);
        self.everybodys.services.get(id).or_else(|| self.own.services.get(id)).or_else(bot)
    }

    /// The service that is called exactly so (id, name or alias, without case).
    #[must_use]
    pub fn by_word(&self, word: &str) -> Option<&Arc<Service>> {
        let word = word.trim().to_lowercase();
        let bot = || self.bot.as_ref().filter(|bot| bot.id.as_str() == word);
        self.everybodys.by_word(&word).or_else(|| self.own.by_word(&word)).or_else(bot)
    }

    /// The one service that this is an address of: its status page, its front page, or a document that is all about it.
    #[must_use]
    pub fn by_address(&self, address: &str) -> Option<&Arc<Service>> {
        let wanted = address_essence(address);
        let is_meant = |known: &str| address_essence(known) == wanted;
        let has_page = |service: &Service| service.status_page.as_deref().is_some_and(is_meant);
        let has_front = |service: &Service| service.homepage.as_deref().is_some_and(is_meant);
        let has_document =
            |service: &Service| service.sources.iter().any(|source| source.parts.is_empty() && is_meant(&source.url));
        let everybodys = || self.everybodys.services.values();
        // Several services may share a page: then it is the page of none.
        only(self.own().filter(|service| has_page(service) || has_document(service)))
            .or_else(|| only(everybodys().filter(|service| has_page(service))))
            .or_else(|| only(everybodys().filter(|service| has_document(service))))
            .or_else(|| only(everybodys().filter(|service| has_front(service))))
    }

    /// Every category in use, sorted.
    #[must_use]
    pub fn categories(&self) -> Vec<&str> {
        let services = self.everybodys.services.values();
        let mut categories: Vec<&str> = services.map(|service| service.category.as_str()).collect();
        categories.sort_unstable();
        categories.dedup();
        categories
    }

    /// Services whose id, name or an alias is like what was typed, the likeliest first, at most `most`.
    #[must_use]
    pub fn near(&self, typed: &str, most: usize) -> Vec<&Arc<Service>> {
        let typed = typed.trim().to_lowercase();
        // What people type is a word or two; comparing a novel with every name would only cost time.
        if typed.is_empty() || typed.chars().count() > 64 {
            return Vec::new();
        }
        let mut likely: BTreeMap<&ServiceId, u32> = BTreeMap::new();
        for (word, id) in self.everybodys.words.iter().chain(&self.own.words) {
            if let Some(likeness) = likeness(&typed, word) {
                let best = likely.entry(id).or_default();
                *best = likeness.max(*best);
            }
        }
        let mut likely: Vec<(&ServiceId, u32)> = likely.into_iter().collect();
        likely.sort_by_key(|(_, likeness)| Reverse(*likeness));
        likely.into_iter().take(most).filter_map(|(id, _)| self.by_id(id)).collect()
    }
}

impl Shelf {
    fn put(&mut self, service: Service, faults: &mut Vec<CatalogueFault>) {
        if self.services.contains_key(&service.id) {
            faults.push(CatalogueFault::SameId(service.id));
            return;
        }
        let own_words =
            [service.id.as_str(), service.name.as_str()].into_iter().chain(service.aliases.iter().map(String::as_str));
        for word in own_words {
            let word = word.to_lowercase();
            match self.words.get(&word) {
                Some(first) if *first != service.id => {
                    faults.push(CatalogueFault::SameWord { word, first: first.clone(), second: service.id.clone() })
                }
                Some(_) => {}
                None => {
                    self.words.insert(word, service.id.clone());
                }
            }
        }
        self.services.insert(service.id.clone(), Arc::new(service));
    }

    fn by_word(&self, word: &str) -> Option<&Arc<Service>> {
        self.services.get(self.words.get(word)?)
    }
}

/// The only one there is.
fn only<T>(mut several: impl Iterator<Item = T>) -> Option<T> {
    several.next().filter(|_| several.next().is_none())
}

/// How like two lowercase words are, in thousandths; `None` when nobody would mean one by the other.
fn likeness(typed: &str, word: &str) -> Option<u32> {
    if word.starts_with(typed) || (typed.chars().count() >= 3 && word.contains(typed)) {
        return Some(990);
    }
    let slips = damerau_levenshtein(typed, word);
    let longest = typed.chars().count().max(word.chars().count());
    // One slip in four letters is a typo, more is another word.
    if slips * 4 > longest + 2 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a likeness lies between 0 and 1")]
    Some((jaro_winkler(typed, word) * 980.0) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Source, SourceKind, WatchedPage};

    fn service(id: &str, page: &str, front: &str, document: &str) -> Service {
        Service {
            id: ServiceId::new(id).unwrap(),
            name: id.to_uppercase(),
            aliases: Vec::new(),
            category: "code".to_owned(),
            homepage: Some(front.to_owned()),
            status_page: Some(page.to_owned()),
            depends_on: Vec::new(),
            alternatives: Vec::new(),
            sources: vec![Source::new(SourceKind::Statuspage, document)],
        }
    }

    fn catalogue() -> Catalogue {
        let shared =
            Source { parts: vec!["Two".to_owned()], ..Source::new(SourceKind::Rss, "https://all.example/feed.rss") };
        let mut two = service("two", "https://all.example/", "https://two.example/app", "https://two.example/s.json");
        two.sources.push(shared);
        let one = service("one", "https://www.one.example/", "https://one.example/app", "https://one.example/s.json");
        let three = service("three", "https://all.example", "https://three.example", "https://three.example/s.json");
        Catalogue::new([one, two, three]).0
    }

    fn acme() -> Watch {
        let page = WatchedPage::new(SourceKind::Rss, "https://acme.example/rss", "https://acme.example/", "Acme");
        Watch { page, name: None }
    }

    #[test]
    fn a_service_is_found_by_the_addresses_that_are_its_own() {
        let catalogue = catalogue();
        let found = |address| catalogue.by_address(address).map(|service| service.id.as_str());
        assert_eq!(found("http://one.example"), Some("one"));
        assert_eq!(found("https://one.example/s.json"), Some("one"));
        assert_eq!(found("https://www.two.example/app/"), Some("two"));
        assert_eq!(found("https://two.example/"), None);
        assert_eq!(found("https://all.example/"), None, "a page that several share is the page of none");
        assert_eq!(found("https://all.example/feed.rss"), None, "a document that is about more than the service");
    }

    #[test]
    fn a_chats_own_pages_stand_beside_what_everybody_has_and_nowhere_else() {
        let everybodys = catalogue();
        let mine = everybodys.with(&[acme()]);
        let id = acme().page.id;
        assert_eq!(mine.by_word("ACME").unwrap().id, id);
        assert_eq!(mine.by_word("acme.example").unwrap().id, id);
        assert_eq!(mine.by_address("https://acme.example").unwrap().id, id);
        assert_eq!(mine.by_address("https://acme.example/rss").unwrap().id, id);
        assert_eq!(mine.near("acm", 3).first().unwrap().id, id);
        assert_eq!(mine.services().count(), 4);
        assert_eq!(mine.categories(), ["code"]);
        assert!(everybodys.by_word("acme").is_none() && everybodys.by_id(&id).is_none());
    }

    #[test]
    fn a_word_of_a_service_for_everybody_stays_with_it() {
        let mine = catalogue().with(&[Watch { name: Some("One".to_owned()), ..acme() }]);
        assert_eq!(mine.by_word("one").unwrap().id.as_str(), "one");
        assert_eq!(mine.by_word(acme().page.id.as_str()).unwrap().name, "One");
    }
}
