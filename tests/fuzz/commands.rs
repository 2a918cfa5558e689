//! What people type.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use fastrand::Rng;
use foghorn::{
    commands::{
        About, Completion, Origin, PageFault, Partial, Typed, View, Wellbeing, needs, read, refused, run, suggest,
    },
    domain::{
        Catalogue, ChatId, ChatSettings, Locale, Platform, RequestId, Service, ServiceId, Source, SourceKind, Track,
        WatchLimits,
    },
};

use crate::fuzz;

/// Words that mean something in some place.
const WORDS: [&str; 60] = [
    "/status",
    "/subscribe",
    "/unsubscribe",
    "/subscriptions",
    "/services",
    "/incident",
    "/maintenance",
    "/mute",
    "/unmute",
    "/settings",
    "/test",
    "/help",
    "/about",
    "/start",
    "status",
    "incident",
    "/",
    "//",
    "/@bot",
    "/status@foghorn_bot",
    "whatsapp",
    "WhatsApp",
    "wathsap",
    "tik",
    "tiktok",
    "all",
    "messaging",
    "whatsapp-3",
    "whatsapp-99999999999",
    "-1",
    "page:2",
    "page:0",
    "page:18446744073709551616",
    "severity:major_outage",
    "severity:",
    "components:Login,API",
    "components:,,,",
    "mention:@here",
    "mention:<@&1>",
    "major_outage",
    "2h",
    "1 day",
    "until 9:00",
    "until",
    "99999999999999y",
    "0s",
    "-5m",
    "3 Tage",
    "1e9h",
    "language",
    "de",
    "timezone",
    "Europe/Vienna",
    "UTC+99",
    "sound",
    "updates",
    "\"a b\"",
    "\"",
    "'",
    "~",
];

/// Characters that upset what counts them.
const LETTERS: [char; 16] = [
    '\0',
    '\n',
    '\u{202E}',
    '\u{200B}',
    '\u{FEFF}',
    '\u{1F468}',
    '\u{301}',
    'ß',
    'İ',
    '=',
    ':',
    ',',
    '/',
    ' ',
    '"',
    '\u{10FFFF}',
];

fn line(rng: &mut Rng) -> String {
    let words = rng.usize(..8);
    let mut line: Vec<String> = (0..words).map(|_| WORDS[rng.usize(..WORDS.len())].to_owned()).collect();
    for word in &mut line {
        if rng.u8(..) < 60 {
            let place =
                word.char_indices().map(|(place, _)| place).nth(rng.usize(..word.len().max(1))).unwrap_or_default();
            word.insert(place, LETTERS[rng.usize(..LETTERS.len())]);
        }
        if rng.u8(..) < 6 {
            *word = word.repeat(rng.usize(1..2_000));
        }
    }
    let blank = if rng.u8(..) < 30 { "\u{3000}\t" } else { " " };
    line.join(blank)
}

fn service(id: &str, name: &str) -> Service {
    Service {
        id: ServiceId::new(id).unwrap(),
        name: name.to_owned(),
        aliases: vec![format!("{id}-too")],
        category: "messaging".to_owned(),
        homepage: None,
        status_page: None,
        depends_on: Vec::new(),
        alternatives: Vec::new(),
        sources: vec![Source::new(SourceKind::Http, "https://example.org/")],
    }
}

#[test]
fn what_people_type_is_answered_whatever_it_is() {
    let (catalogue, faults) =
        Catalogue::new([service("whatsapp", "WhatsApp"), service("tiktok", "TikTok"), service("x", "X")]);
    assert!(faults.is_empty());
    let track = |id: &ServiceId| Some(Arc::new(Track::new(id.clone())));
    let components = |_: &ServiceId| Arc::from(["Login".to_owned(), "Größe".to_owned()]);
    let now: DateTime<Utc> = "2026-06-01T10:00:00Z".parse().unwrap();
    let mut answered = 0;
    fuzz("commands", |rng| {
        let (typed, given) = (line(rng), line(rng));
        let origin = Origin {
            id: RequestId("r1".into()),
            chat: ChatId { platform: Platform::Telegram, address: "7".into() },
            is_private: rng.bool(),
            may_manage: rng.bool(),
        };
        let locale = rng.choice([Locale::En, Locale::De]).unwrap();
        let settings = ChatSettings { locale, ..ChatSettings::default() };
        let view = View {
            now,
            catalogue: &catalogue,
            tracks: &track,
            subscriptions: &[],
            mutes: &[],
            settings,
            components: &components,
            regions: &components,
            history: &[],
            limits: WatchLimits { per_chat: 3, overall: 9 },
            page: None,
            about: About {
                version: "1",
                uptime: Duration::MAX,
                last_poll: Some(DateTime::<Utc>::MAX_UTC),
                wellbeing: Wellbeing { unreadable: usize::MAX, given_up: usize::MAX, unusable: usize::MAX },
            },
        };
        let options: Vec<(String, String)> = ["service", "page", "duration", "severity", "key", "value", "incident"]
            .map(|name| (name.to_owned(), line(rng)))
            .to_vec();
        let command = typed.trim_start_matches('/').split(' ').next().unwrap();
        for typed in [Typed::Line(&typed), Typed::Press(&typed), Typed::Call { command, options: &options }] {
            let reply = match read(origin.clone(), typed, &catalogue) {
                Ok(request) => {
                    drop(needs(&request));
                    answered += 1;
                    let answer = run(&request, &view);
                    match answer.page {
                        Some(_) => run(&request, &View { page: Some(&Err(PageFault::Slow)), ..view }).reply,
                        None => answer.reply,
                    }
                }
                Err(refusal) => refused(&refusal, settings, &catalogue).reply,
            };
            assert!(format!("{reply:?}").len() < 200_000, "an answer is bounded");
        }
        let partial = Partial { command, option: "service", typed: &given, given: &options };
        let suggested: Vec<Completion> = suggest(&partial, &view);
        assert!(suggested.len() <= 25, "{}", suggested.len());
    });
    assert!(answered > 0, "nothing that was typed meant anything");
}
