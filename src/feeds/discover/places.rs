//! Where status pages keep their documents: well-known hosts, what a page names itself, and the usual paths.

use url::Url;

use crate::{
    domain::SourceKind,
    feeds::markup::{Token, tokens},
};

/// Feeds that a page names and that are looked at.
const MOST_LINKS: usize = 2;
/// Repositories that an Upptime page links to and that are told apart, and those of them that are looked into.
const MOST_LINKED: usize = 20;
const MOST_REPOSITORIES: usize = 2;
/// How much of a page is searched for its vendor and its id, in bytes.
const SEARCHED: usize = 200_000;

/// The one document of a service that has no page like others: host, beginning of the path, where it is, and the word of
/// its kind where the document alone cannot tell.
const HOSTS: [(&str, &str, &str, &str); 19] = [
    ("slack-status.com", "/", "https://slack-status.com/api/v2.0.0/current", ""),
    ("status.slack.com", "/", "https://slack-status.com/api/v2.0.0/current", ""),
    ("status.heroku.com", "/", "https://status.heroku.com/api/v4/current-status", ""),
    ("status.cloud.google.com", "/", "https://status.cloud.google.com/incidents.json", ""),
    ("www.google.com", "/appsstatus", "https://www.google.com/appsstatus/dashboard/incidents.json", ""),
    ("ads.google.com", "/status/publisher", "https://ads.google.com/status/publisher/incidents.json", ""),
    ("status.play.google.com", "/", "https://status.play.google.com/incidents.json", ""),
    ("status.cloud.microsoft", "/", "https://status.cloud.microsoft/api/posts/m365Consumer", ""),
    ("health.aws.amazon.com", "/", "https://health.aws.amazon.com/public/currentevents", "aws"),
    ("status.aws.amazon.com", "/", "https://health.aws.amazon.com/public/currentevents", "aws"),
    ("azure.status.microsoft", "/", "https://azure.status.microsoft/en-us/status/feed/", ""),
    ("status.dev.azure.com", "/", "https://status.dev.azure.com/_apis/status/health?api-version=7.1-preview.1", ""),
    (
        "www.apple.com",
        "/support/systemstatus",
        "https://www.apple.com/support/systemstatus/data/system_status_en_US.js",
        "",
    ),
    (
        "developer.apple.com",
        "/system-status",
        "https://www.apple.com/support/systemstatus/data/developer/system_status_en_US.js",
        "",
    ),
    ("metastatus.com", "/", "https://metastatus.com/data/orgs.json", ""),
    ("status.signal.org", "/", "https://status.signal.org/", "html"),
    ("status.okta.com", "/", "https://status.okta.com/", "html"),
    ("status.salesforce.com", "/", "https://api.status.salesforce.com/v1/incidents/active", "salesforce"),
    ("signalstatus.org", "/", "https://status.signal.org/", "html"),
];

/// Paths and the words of the kinds whose documents are there, in the order of FORMATS §4.
const PATHS: [(&str, &str); 14] = [
    ("api/v2/summary.json", "statuspage incidentio"),
    ("summary.json", "instatus"),
    ("index.json", "betterstack cstate"),
    ("api/v1/status.json", "sorry"),
    ("api/status-page/default", "uptime-kuma"),
    ("api/v1/endpoints/statuses", "gatus"),
    ("api/v1/components", "cachet"),
    ("data/payload.json", "firehydrant"),
    ("history.atom", "rss"),
    ("history.rss", "rss"),
    ("feed.atom", "rss"),
    ("feed.rss", "rss"),
    ("feed", "rss aws-rss azure-rss"),
    ("rss", "rss site24x7"),
];

/// What stands in a page and whose it is, by the word of the kind.
const VENDORS: [(&str, &str); 16] = [
    ("statuspage.io", "statuspage"),
    ("incident.io", "incidentio"),
    ("instatus", "instatus"),
    ("betterstack", "betterstack"),
    ("betteruptime", "betterstack"),
    ("uptime-kuma", "uptime-kuma"),
    ("uptime kuma", "uptime-kuma"),
    ("cstate", "cstate"),
    ("sorryapp", "sorry"),
    ("gatus", "gatus"),
    ("cachet", "cachet"),
    ("firehydrant", "firehydrant"),
    ("hund.io", "rss"),
    ("statusiq", "site24x7"),
    ("site24x7", "site24x7"),
    ("statuspal", "rss"),
];

/// A place to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) url: Url,
    /// The kind of what is there, where the document alone cannot tell.
    pub(super) kind: Option<SourceKind>,
}

/// Where to look for the document of a page, the likeliest first. With a kind, only where such documents are.
pub(super) fn places(page: &Url, body: &str, kind: Option<SourceKind>) -> Vec<Place> {
    let body = (0..=SEARCHED.min(body.len())).rev().find_map(|end| body.get(..end)).unwrap_or_default();
    let lowercase = body.to_lowercase();
    let is_wanted = |kinds: &str| kind.is_none_or(|kind| kinds.split(' ').any(|word| word == kind.word()));
    let mut found: Vec<Place> = Vec::new();
    let mut add = |url: Option<Url>, kind: Option<SourceKind>| {
        if let Some(url) = url.filter(|url| url != page || kind.is_some())
            && found.iter().all(|place| place.url != url)
        {
            found.push(Place { url, kind });
        }
    };
    let host = page.host_str().unwrap_or_default();
    for (_, _, url, word) in HOSTS.iter().filter(|(of, start, _, _)| *of == host && page.path().starts_with(start)) {
        add(Url::parse(url).ok(), SourceKind::from_word(word));
    }
    if is_wanted("statusio") {
        add(statusio(body), None);
    }
    if is_wanted("statuspal") {
        add(statuspal(host).or_else(|| statuspal_in(body)), None);
    }
    if is_wanted("upptime") && (kind.is_some() || lowercase.contains("upptime")) {
        upptime(page, body).into_iter().for_each(|url| add(Some(url), None));
    }
    if is_wanted("alertmanager") && (kind.is_some() || lowercase.contains("<title>alertmanager")) {
        add(at_top(page, "api/v2/alerts"), SourceKind::from_word("alertmanager"));
    }
    if is_wanted("uptime-kuma") {
        add(uptime_kuma(page), None);
    }
    let links = if is_wanted("rss") || is_wanted("aws-rss") || is_wanted("azure-rss") || is_wanted("site24x7") {
        links(page, body)
    } else {
        Vec::new()
    };
    let vendors: Vec<&str> =
        VENDORS.iter().filter(|(mark, _)| lowercase.contains(mark)).map(|(_, word)| *word).collect();
    let is_named = |kinds: &str| kinds.split(' ').any(|word| vendors.contains(&word));
    let (likely, others): (Vec<_>, Vec<_>) =
        PATHS.iter().filter(|(_, kinds)| is_wanted(kinds)).partition(|(_, kinds)| is_named(kinds));
    for (path, _) in likely.into_iter().chain(others.iter().copied().filter(|(_, kinds)| !tells_little(kinds))) {
        // A page below a path, such as that of a region, has its documents there.
        if path == "api/v2/summary.json" {
            add(below(page, path), None);
        }
        add(at_top(page, path), None);
    }
    for link in links {
        add(Some(link), None);
    }
    for (path, _) in others.into_iter().filter(|(_, kinds)| tells_little(kinds)) {
        add(at_top(page, path), None);
    }
    found
}

/// A feed is a log and not a state: it comes after what tells the state.
fn tells_little(kinds: &str) -> bool {
    kinds.starts_with("rss")
}

fn at_top(page: &Url, path: &str) -> Option<Url> {
    let mut url = page.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.set_path(&format!("/{path}"));
    Some(url)
}

fn below(page: &Url, path: &str) -> Option<Url> {
    at_top(page, format!("{}/{path}", page.path().trim_matches('/')).trim_start_matches('/'))
}

/// Status.io's documents stand on a host of its own, under the id of the page.
fn statusio(body: &str) -> Option<Url> {
    let (_, rest) = body.split_once("statuspage_id").or_else(|| body.split_once("api.status.io/1.0/status/"))?;
    let is_hex = |letter: char| letter.is_ascii_hexdigit();
    let id = rest.get(..200).unwrap_or(rest).split(|letter: char| !is_hex(letter)).find(|word| word.len() == 24)?;
    Url::parse(&format!("https://api.status.io/1.0/status/{id}")).ok()
}

fn statuspal(host: &str) -> Option<Url> {
    let (subdomain, domain) = host.split_once('.')?;
    let is_theirs = matches!(domain, "statuspal.io" | "statuspal.eu") && subdomain != "www";
    let address = format!("https://{domain}/api/v2/status_pages/{subdomain}/summary");
    is_theirs.then(|| Url::parse(&address).ok()).flatten()
}

/// Under a domain of its own, a page loads things from its first address.
fn statuspal_in(body: &str) -> Option<Url> {
    [".statuspal.io", ".statuspal.eu"].into_iter().find_map(|domain| {
        let mut hosts = body.match_indices(domain).filter_map(|(end, _)| {
            let before = body.get(..end)?;
            let start = before.rfind(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'))? + 1;
            before.get(start..).map(|name| format!("{name}{domain}"))
        });
        hosts.find_map(|host| statuspal(&host))
    })
}

/// Upptime's pages are drawn in the browser from a repository, which their bar and their last line link to.
fn upptime(page: &Url, body: &str) -> Vec<Url> {
    let of_page = page.host_str().and_then(|host| host.strip_suffix(".github.io")).and_then(|owner| {
        let name = page.path_segments()?.next().filter(|name| !name.is_empty())?;
        Some((owner.to_owned(), name.to_owned()))
    });
    let is_name = |name: &str| !name.is_empty() && name != ".git";
    let linked = ["raw.githubusercontent.com/", "github.com/"].into_iter().flat_map(|host| {
        body.match_indices(host).filter_map(move |(start, _)| {
            let end = |letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.'));
            let mut names = body.get(start + host.len()..)?.splitn(3, '/');
            let (owner, name) = (names.next()?, names.next()?.split(end).next()?);
            (is_name(name) && !owner.contains(end)).then(|| (owner.to_owned(), name.to_owned()))
        })
    });
    let mut repositories: Vec<(String, String)> = Vec::new();
    for repository in linked.chain(of_page) {
        if !repositories.contains(&repository) && repositories.len() < MOST_LINKED {
            repositories.push(repository);
        }
    }
    // Every page names Upptime's own repository as well; it counts for Upptime's own page alone.
    repositories.sort_by_key(|(owner, _)| owner == "upptime");
    let address = |(owner, name): &(String, String), branch: &str| {
        Url::parse(&format!("https://raw.githubusercontent.com/{owner}/{name}/{branch}/history/summary.json")).ok()
    };
    let first = repositories.iter().take(MOST_REPOSITORIES);
    first
        .flat_map(|repository| ["master", "main"].into_iter().filter_map(|branch| address(repository, branch)))
        .collect()
}

/// `/status/<slug>` is the page, `/api/status-page/<slug>` what it shows.
fn uptime_kuma(page: &Url) -> Option<Url> {
    let slug = page.path().strip_prefix("/status/")?.split('/').next().filter(|slug| !slug.is_empty())?;
    at_top(page, &format!("api/status-page/{slug}"))
}

/// Feeds that a page names in its head.
fn links(page: &Url, body: &str) -> Vec<Url> {
    let found = tokens(body).filter_map(|token| match token {
        Token::Open { name, attributes } if name == "link" => {
            let is_alternate = attributes.get("rel")?.split_ascii_whitespace().any(|word| word == "alternate");
            let is_feed = matches!(attributes.get("type")?.as_ref(), "application/rss+xml" | "application/atom+xml");
            page.join(&attributes.get("href")?).ok().filter(|_| is_alternate && is_feed)
        }
        Token::Open { .. } | Token::Close { .. } | Token::Text(_) => None,
    });
    found.filter(|url| matches!(url.scheme(), "http" | "https")).take(MOST_LINKS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str, body: &str, kind: Option<SourceKind>) -> Vec<String> {
        let page = Url::parse(page).unwrap();
        places(&page, body, kind).into_iter().map(|place| place.url.to_string()).collect()
    }

    #[test]
    fn a_page_below_a_path_is_asked_there_first() {
        let found = found("https://status.example/eu?x=1", "", None);
        assert_eq!(
            found.get(..3).unwrap(),
            [
                "https://status.example/eu/api/v2/summary.json",
                "https://status.example/api/v2/summary.json",
                "https://status.example/summary.json"
            ]
        );
    }

    #[test]
    fn whose_scripts_a_page_loads_tells_where_to_look_first() {
        let body = "<script src='https://uptime.betterstack.com/widgets/x.js'></script>";
        assert_eq!(found("https://status.example/", body, None).first().unwrap(), "https://status.example/index.json");
        let body = "<a href='https://firehydrant.com'>Powered by FireHydrant</a>";
        let first = found("https://status.example/", body, None).remove(0);
        assert_eq!(first, "https://status.example/data/payload.json");
    }

    #[test]
    fn documents_on_other_hosts_are_found_by_the_page() {
        let body = "<script>var statuspage_id = '59779e3e1a7d4a0b9e3f0c11';</script>";
        assert_eq!(
            found("https://status.example/", body, None).first().unwrap(),
            "https://api.status.io/1.0/status/59779e3e1a7d4a0b9e3f0c11"
        );
        assert_eq!(
            found("https://status.heroku.com/", "", None).first().unwrap(),
            "https://status.heroku.com/api/v4/current-status"
        );
        assert_eq!(
            found("https://acme.statuspal.eu/", "", None).first().unwrap(),
            "https://statuspal.eu/api/v2/status_pages/acme/summary"
        );
        assert_eq!(
            found("https://up.example/status/front", "", None).first().unwrap(),
            "https://up.example/api/status-page/front"
        );
    }

    #[test]
    fn the_repository_of_an_upptime_page_is_found_by_its_links() {
        let body = "<!DOCTYPE html><meta property='og:url' content='https://upptime.js.org/'>\
            <link rel='icon' href='https://raw.githubusercontent.com/upptime/upptime/master/assets/upptime-icon.svg'>\
            <a href=\"https://github.com/otter-works/den.status\">GitHub</a><div id='sapper'></div>";
        let raw = |path: &str| format!("https://raw.githubusercontent.com/{path}/history/summary.json");
        let places = found("https://status.example/", body, None);
        assert_eq!(
            places.get(..2).unwrap(),
            [raw("otter-works/den.status/master"), raw("otter-works/den.status/main")]
        );
        let own = found("https://heron.github.io/pond/", "<title>Pond</title> powered by Upptime", None);
        assert_eq!(own.first().unwrap(), &raw("heron/pond/master"));
        // Other pages link to repositories too.
        let body = "<a href='https://github.com/otter/den'>source</a>";
        assert!(found("https://status.example/", body, None).iter().all(|place| !place.contains("githubusercontent")));
    }

    #[test]
    fn a_page_of_statuspal_is_known_under_a_domain_of_its_own() {
        let body = "<link href='https://www.statuspal.io/x.css'><img src=\"https://otter.statuspal.eu/logo.png\">";
        let places = found("https://status.example/", body, None);
        assert_eq!(places.first().unwrap(), "https://statuspal.eu/api/v2/status_pages/otter/summary");
    }

    #[test]
    fn an_alertmanager_is_asked_for_its_alerts() {
        let places = found("http://alerts.example:9093/#/alerts", "<html><title>Alertmanager</title>", None);
        assert_eq!(places.first().unwrap(), "http://alerts.example:9093/api/v2/alerts");
    }

    #[test]
    fn a_kind_that_was_named_is_looked_for_where_it_is() {
        let statuspage = found("https://status.example/", "", Some(SourceKind::Statuspage));
        assert_eq!(statuspage, ["https://status.example/api/v2/summary.json"]);
        let feed = "<link rel='alternate' type='application/rss+xml' href='/news.xml'>";
        let rss = found("https://status.example/", feed, Some(SourceKind::Rss));
        assert_eq!(rss.first().unwrap(), "https://status.example/news.xml");
        assert_eq!(rss.len(), 7);
    }
}
