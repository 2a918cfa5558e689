//! Status pages that the catalogue does not have.

use super::*;
use crate::domain::{PageId, Watch, WatchedPage};

const ACME: &str = "https://status.acme.example/";

fn acme() -> Watch {
    let document = "https://status.acme.example/api/v2/summary.json";
    Watch { page: WatchedPage::new(SourceKind::Statuspage, document, ACME, "Acme"), name: None }
}

fn found() -> Page {
    Page {
        page: acme().page,
        document: acme().page.url,
        moved_to: None,
        condition: Condition::Operational,
        open: Vec::new(),
        is_too_much: false,
    }
}

/// A chat in which that is found wherever one looks.
fn finding(found: Result<Page, PageFault>) -> Chat {
    Chat { found: Some(found), ..Chat::without_subscriptions() }
}

/// A chat that watches Acme's page.
fn watching() -> Chat {
    let source = acme().service().sources[0].clone();
    let state = SourceTrack {
        page: PageId { id: None, host: Some("acme.hosted.example".to_owned()) },
        ..well(Condition::PartialOutage)
    };
    let page = Track {
        sources: [(source.id, Arc::new(state))].into(),
        incidents: vec![Incident {
            id: IncidentId { service: acme().page.id, number: 1 },
            ..incident("github", "Acme", 1, Role::Official)
        }],
        ..Track::new(acme().page.id)
    };
    let mut chat = Chat { history: Vec::new(), ..Chat::without_subscriptions() };
    chat.catalogue = chat.catalogue.with(&[Watch { name: Some("Our API".to_owned()), ..acme() }]);
    chat.tracks.insert(acme().page.id, Arc::new(page));
    chat.subscriptions = vec![subscription(Topic::Service(acme().page.id)), subscription(Topic::Service(id("github")))];
    chat
}

fn refused_with(chat: &Chat, line: &str) -> Answer {
    let answer = chat.answer(line);
    assert_eq!(answer.reply.mark, Some(Mark::Refused), "{line}");
    assert_eq!((answer.changes.as_slice(), &answer.page), (&[] as &[Change], &None), "{line}");
    answer
}

#[test]
fn an_address_is_looked_at_before_anything_is_said() {
    let chat = Chat::without_subscriptions();
    for line in [
        "/watch https://status.acme.example/#x",
        "/watch status.acme.example",
        "/subscribe https://status.acme.example",
    ] {
        let answer = chat.answer(line);
        assert_eq!(answer.page.map(String::from).as_deref(), Some(ACME), "{line}");
        assert_eq!(answer.changes, [], "{line}");
    }
}

#[test]
fn watching_says_what_was_found_and_subscribes() {
    let chat = finding(Ok(found()));
    let wanted = subscription(Topic::Service(acme().page.id));
    let limits = chat.limits;
    let watch = |watch| Change::Watch { chat: super::chat(), watch, limits };
    let answer = chat.answer("/watch https://status.acme.example");
    assert_eq!(answer.changes, [watch(acme()), Change::Subscribe(wanted.clone())]);
    let named = Watch { name: Some("Our API".to_owned()), ..acme() };
    let answer = chat.answer("/watch https://status.acme.example \"Our API\"");
    assert_eq!(answer.changes, [watch(named), Change::Subscribe(wanted.clone())]);
    let answer = chat.answer("/subscribe https://status.acme.example major components:Login, API");
    let severe = Filter {
        severity: Some(Severity::MajorOutage),
        components: vec!["Login".to_owned(), "API".to_owned()],
        ..Filter::default()
    };
    assert_eq!(answer.changes, [watch(acme()), Change::Subscribe(Subscription { filter: severe, ..wanted })]);

    let down = Page {
        moved_to: Some("acme.hosted.example".to_owned()),
        condition: Condition::MajorOutage,
        open: vec!["Log-in fails".to_owned(), "Slow search".to_owned()],
        ..found()
    };
    let silent = Page { condition: Condition::Unknown, ..found() };
    let told = [
        chat.said("/watch status.acme.example"),
        finding(Ok(down)).said("/watch https://status.acme.example \"Our API\""),
        finding(Ok(silent)).said("/subscribe https://status.acme.example major"),
    ];
    insta::assert_snapshot!(told.join("\n====\n"));
}

#[test]
fn the_address_of_a_service_of_the_catalogue_subscribes_to_that() {
    let github = Change::Subscribe(subscription(Topic::Service(id("github"))));
    let chat = finding(Ok(Page { page: WatchedPage { url: statuspage("github").url, ..acme().page }, ..found() }));
    let chat = Chat { found: chat.found.map(|found| found.map(|page| Page { is_too_much: true, ..page })), ..chat };
    for line in [
        "/watch https://status.github.example",
        "/subscribe http://status.github.example/",
        "/subscribe https://status.github.example/api/v2/summary.json",
        // Known only once it was looked at.
        "/watch https://uptime.github.example",
    ] {
        assert_eq!(chat.answer(line).changes, std::slice::from_ref(&github), "{line}");
    }
    insta::assert_snapshot!(chat.said("/watch https://status.github.example"));
}

#[test]
fn a_page_that_the_chat_watches_is_a_service_of_its_own() {
    let chat = watching();
    let service = Muted::Service(acme().page.id);
    let until = Some(now() + TimeDelta::hours(2));
    let muted = Change::Mute { chat: super::chat(), mute: Mute { muted: service, until } };
    assert_eq!(chat.answer("/mute \"our api\" 2h").changes, [muted]);
    let told = chat.said_each(&[
        "/status our api",
        "/status",
        "/incident our api",
        "/subscriptions",
        "/services",
        "/services api",
        "/subscribe our api major",
        "/subscribe https://status.acme.example",
    ]);
    insta::assert_snapshot!(told.replace(acme().page.id.as_str(), "acme-example-xxxxx"));
}

#[test]
fn what_one_chat_watches_another_does_not_know() {
    for line in ["/status acme", "/mute acme 2h", "/subscribe acme", "/unsubscribe acme", "/unwatch acme"] {
        refused_with(&Chat::new(), line);
    }
    assert_eq!(Chat::new().answer("/services acme").reply.mark, Some(Mark::Refused));
}

#[test]
fn a_watch_ends_by_name_address_or_button_and_it_is_said_what_remains() {
    let mut chat = watching();
    let page = acme().page.id;
    let end = Change::Unsubscribe { chat: super::chat(), topic: Topic::Service(page.clone()) };
    for line in [
        "/unwatch our api".to_owned(),
        "/unwatch https://status.acme.example".to_owned(),
        "/unwatch status.acme.example".to_owned(),
        "/unwatch https://status.acme.example/api/v2/summary.json".to_owned(),
        format!("/unwatch {page}"),
        "/unsubscribe our api".to_owned(),
        "/unsubscribe https://status.acme.example".to_owned(),
    ] {
        assert_eq!(chat.answer(&line).changes, std::slice::from_ref(&end), "{line}");
    }
    assert_eq!(chat.press(&format!("unwatch ~end {page}")).changes, std::slice::from_ref(&end));
    let told = [chat.said("/unwatch our api"), chat.said("/unwatch"), Chat::new().said("/unwatch")];
    insta::assert_snapshot!(told.join("\n====\n").replace(page.as_str(), "acme-example-xxxxx"));
    let muted = Muted::Service(page);
    chat.mutes.push(Mute { muted: muted.clone(), until: None });
    assert_eq!(chat.answer("/unwatch our api").changes, [Change::Unmute { chat: super::chat(), muted }, end]);
}

#[test]
fn who_may_not_manage_the_chat_may_not_watch() {
    let member = Chat { origin: Origin { may_manage: false, ..origin() }, ..finding(Ok(found())) };
    refused_with(&member, "/watch https://status.acme.example");
    refused_with(&member, "/subscribe https://status.acme.example");
    refused_with(&Chat { origin: member.origin, ..watching() }, "/unwatch our api");
}

#[test]
fn refusals_of_pages_say_what_to_do() {
    let wait = Duration::from_secs(240);
    let place = |name: &str| format!("https://status.acme.example/{name}");
    let many = ["api/v2/summary.json", "summary.json", "index.json", "feed", "rss", "history.atom"].map(place).to_vec();
    let faults = [
        PageFault::NotPublic { host: "localhost:8080".to_owned() },
        PageFault::Port { host: "acme.example:25".to_owned() },
        PageFault::Unreachable(Unreachable::Unknown),
        PageFault::Unreachable(Unreachable::Refused),
        PageFault::Unreachable(Unreachable::Tls),
        PageFault::Unreachable(Unreachable::Connection),
        PageFault::Unreachable(Unreachable::Redirects),
        PageFault::Unreachable(Unreachable::TooLarge),
        PageFault::Unreachable(Unreachable::Status(503)),
        PageFault::Slow,
        PageFault::Nothing { tried: Vec::new() },
        PageFault::Nothing { tried: many[..1].to_vec() },
        PageFault::Nothing { tried: many },
        PageFault::Busy,
        PageFault::TooOften { wait },
        PageFault::Full,
    ];
    let line = "/watch https://status.acme.example";
    let mut told = Vec::new();
    for fault in faults {
        let chat = finding(Err(fault));
        refused_with(&chat, line);
        told.push(chat.said(line));
    }
    for line in [
        "/watch",
        "/watch acme",
        "/watch ftp://acme.example",
        "/subscribe ftp://acme.example",
        "/watch https://me:secret@acme.example/",
        "/unwatch acme",
        "/unwatch github",
    ] {
        refused_with(&watching(), line);
        told.push(watching().said(line));
    }
    told.push(
        watching().said("/watch https://status.acme.example").replace(acme().page.id.as_str(), "acme-example-xxxxx"),
    );
    let limits = WatchLimits { per_chat: 1, overall: 100 };
    told.push(Chat { limits, ..watching() }.said("/watch https://status.other.example"));
    let limits = WatchLimits { per_chat: 0, overall: 100 };
    told.push(Chat { limits, ..Chat::new() }.said("/watch https://status.other.example"));
    told.push(finding(Ok(found())).said("/watch https://status.acme.example github"));
    insta::assert_snapshot!(told.join("\n====\n"));
}

#[test]
fn pages_are_completed_where_the_chat_watches_them() {
    let completed = |chat: &Chat, command, option, typed| {
        let view = View { subscriptions: &chat.subscriptions, ..View::bare(&chat.catalogue, now()) };
        let found = suggest(&Partial { command, option, typed, given: &[] }, &view);
        found.into_iter().map(|one| one.label).collect::<Vec<_>>()
    };
    for (command, option) in [
        ("unwatch", "page"),
        ("unsubscribe", "topic"),
        ("status", "service"),
        ("mute", "what"),
        ("incident", "incident"),
    ] {
        assert_eq!(completed(&watching(), command, option, "our")[0], "Our API", "{command}");
        assert!(!completed(&Chat::new(), command, option, "our").contains(&"Our API".to_owned()), "{command}");
    }
    assert_eq!(completed(&watching(), "watch", "url", "https"), Vec::<String>::new());
}
