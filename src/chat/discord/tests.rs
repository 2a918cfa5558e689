use std::sync::Arc;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use serde_json::Value;

use super::{
    desk::Desk,
    markup::units,
    place::Place,
    render::{Envelope, Reader, drawn, posted, thread_name},
};
use crate::{
    chat::{DeliveryError, Parcel, Receipt, message},
    domain::{
        Act, Block, Button, ChatSettings, Condition, Course, Form, Incident, IncidentId, Listed, Locale,
        MaintenancePhase, Mark, Message, MessageId, Moment, Notice, Phase, Planned, Role, ServiceId, SourceId,
        SourceKind, Span, Storm, TransitionKind, Update, Witness,
    },
};

fn at(text: &str) -> DateTime<Utc> {
    format!("2026-11-{text}:00Z").parse().unwrap()
}

fn witness(role: Role) -> Witness {
    Witness {
        source: SourceId::new(SourceKind::Statuspage, "https://status.example/summary.json"),
        role,
        posted: Vec::new(),
        is_bad: true,
        impact: Condition::MajorOutage,
    }
}

fn update(phase: Phase, time: &str, body: &str) -> Update {
    Update { key: format!("{time}{}", phase.word()), phase, at: at(time), body: body.to_owned(), role: Role::Official }
}

/// An outage with all that can be told of one.
fn outage() -> Incident {
    Incident {
        id: IncidentId { service: ServiceId::new("spotify").unwrap(), number: 7 },
        service_name: "Spotify".to_owned(),
        planned: None,
        title: Some("Songs *stop* after a second".to_owned()),
        impact: Condition::PartialOutage,
        peak: Condition::MajorOutage,
        phase: Phase::Identified,
        started_at: at("22T14:05"),
        resolved_at: None,
        seen_at: at("22T14:07"),
        turned_at: at("22T14:07"),
        components: vec!["Playback".to_owned(), "Search".to_owned()],
        regions: vec!["Europe".to_owned()],
        url: Some("https://www.status.example/incidents/7".to_owned()),
        witnesses: vec![witness(Role::Official)],
        updates: vec![
            update(Phase::Investigating, "22T14:06", "We are looking into it."),
            update(Phase::Identified, "22T14:30", "@everyone: a <b>switch</b> broke.\n# We replace it."),
        ],
        revision: 2,
        chapter: 1,
        reopened_at: Vec::new(),
        is_flapping: false,
        last_kind: TransitionKind::Updated,
    }
}

fn resolved() -> Incident {
    Incident {
        phase: Phase::Resolved,
        impact: Condition::Operational,
        resolved_at: Some(at("22T16:05")),
        chapter: 2,
        last_kind: TransitionKind::Resolved,
        ..outage()
    }
}

fn work(phase: MaintenancePhase, kind: TransitionKind) -> Incident {
    Incident {
        planned: Some(Planned { phase, starts_at: Some(at("24T01:00")), ends_at: Some(at("24T03:00")) }),
        title: Some("Moving databases".to_owned()),
        impact: Condition::Maintenance,
        peak: Condition::Maintenance,
        last_kind: kind,
        ..outage()
    }
}

/// The JSON of a notice's message in two languages.
fn told(form: Form, incident: Incident) -> String {
    drawn_in_all(&Notice {
        form,
        incident: Arc::new(incident),
        storm: None,
        digest: None,
        mention: Some("<@&77>".to_owned()),
    })
}

/// The same of any notice.
fn drawn_in_all(notice: &Notice) -> String {
    let bodies = [Locale::En, Locale::De].map(|locale| {
        let settings = ChatSettings { locale, ..ChatSettings::default() };
        let now = at("22T15:05");
        let message = message::of_notice(notice, &settings, now);
        let envelope = Envelope { nonce: Some("0123456789abcdef"), ..Envelope::default() };
        let body = posted(&message, Reader { settings: &settings, at: now }, &envelope);
        check(&body);
        serde_json::to_string_pretty(&body).unwrap()
    });
    bodies.join("\n")
}

#[test]
fn an_opening() {
    insta::assert_snapshot!(told(Form::Alert, Incident { updates: Vec::new(), ..outage() }));
}

#[test]
fn an_outage_with_an_update_whose_words_are_inert() {
    insta::assert_snapshot!(told(Form::Alert, outage()));
}

#[test]
fn a_measured_outage() {
    let incident = Incident { title: None, updates: Vec::new(), witnesses: vec![witness(Role::Measured)], ..outage() };
    insta::assert_snapshot!(told(Form::Alert, incident));
}

#[test]
fn an_update_of_its_own() {
    insta::assert_snapshot!(told(Form::Update, outage()));
}

#[test]
fn an_alert_that_is_over() {
    insta::assert_snapshot!(told(Form::Alert, resolved()));
}

#[test]
fn a_recovery() {
    insta::assert_snapshot!(told(Form::Recovery, resolved()));
}

#[test]
fn a_return() {
    let incident = Incident { chapter: 3, reopened_at: vec![at("22T14:55")], ..outage() };
    insta::assert_snapshot!(told(Form::Return, incident));
}

#[test]
fn maintenance() {
    insta::assert_snapshot!(
        [
            told(Form::Alert, work(MaintenancePhase::Scheduled, TransitionKind::Announced)),
            told(Form::Alert, work(MaintenancePhase::InProgress, TransitionKind::Started)),
        ]
        .join("\n")
    );
}

#[test]
fn maintenance_that_is_moved_checked_over_or_called_off() {
    let ended = |at| Incident {
        phase: Phase::Resolved,
        resolved_at: Some(at),
        chapter: 2,
        ..work(MaintenancePhase::Completed, TransitionKind::Ended)
    };
    for (state, form, incident) in [
        ("moved", Form::Alert, work(MaintenancePhase::Scheduled, TransitionKind::Moved)),
        ("verifying", Form::Alert, work(MaintenancePhase::Verifying, TransitionKind::Updated)),
        ("completed", Form::Alert, ended(at("24T02:40"))),
        ("completed_reply", Form::Recovery, ended(at("24T02:40"))),
        ("called_off", Form::Alert, ended(at("23T12:00"))),
        ("called_off_reply", Form::Recovery, ended(at("23T12:00"))),
    ] {
        insta::assert_snapshot!(format!("maintenance_{state}"), told(form, incident));
    }
}

#[test]
fn many_outages_told_together_from_the_first_to_the_last() {
    let other = |number: u32, name: &str, incident: Incident| Incident {
        id: IncidentId { service: ServiceId::new(name).unwrap(), number },
        service_name: name.to_uppercase(),
        ..incident
    };
    let first = other(1, "acme", outage());
    let second = other(2, "bank", Incident { impact: Condition::MajorOutage, ..outage() });
    let over = |incident: &Incident| {
        let (phase, impact) = (Phase::Resolved, Condition::Operational);
        Incident { phase, impact, resolved_at: Some(at("22T14:55")), chapter: 2, ..incident.clone() }
    };
    let storm = |incidents: [Incident; 2], chapter, ended| {
        let open = incidents.iter().filter(|one| one.is_open()).count();
        let listed = incidents.map(|one| Listed { incident: Arc::new(one), is_news: true }).to_vec();
        let storm = Storm { listed, open, over: 2 - open, ..Storm::default() };
        let course = Course { began: at("22T14:05"), ended, peak: Condition::MajorOutage, revision: 3, chapter };
        (storm.as_incident(outage().id, &course), Some(Arc::new(storm)))
    };
    let ended = Some(at("22T14:55"));
    for (state, form, (incident, storm)) in [
        ("opening", Form::Alert, storm([second.clone(), first.clone()], 1, None)),
        ("countdown", Form::Alert, storm([second.clone(), over(&first)], 1, None)),
        ("end", Form::Alert, storm([over(&second), over(&first)], 2, ended)),
        ("end_reply", Form::Recovery, storm([over(&second), over(&first)], 2, ended)),
    ] {
        let notice =
            Notice { form, incident: Arc::new(incident), storm, digest: None, mention: Some("<@&77>".to_owned()) };
        insta::assert_snapshot!(format!("storm_{state}"), drawn_in_all(&notice));
    }
}

/// An alert on its way into a channel of a server.
fn parcel(channel: u64) -> Parcel {
    Parcel {
        to: Place::Server { guild: 1, channel }.chat(),
        notice: Notice { form: Form::Alert, incident: Arc::new(outage()), storm: None, digest: None, mention: None },
        settings: ChatSettings::default(),
        reply_to: None,
        nonce: "0123456789abcdef".to_owned(),
        may_repeat: false,
        is_silent: false,
        at: at("22T15:05"),
    }
}

#[tokio::test]
async fn of_channels_that_were_refused_together_one_finds_out_when_they_are_open_again() {
    let core = Desk::new().await.core;
    let refused = || async { Err(DeliveryError::Barred { reason: "no".to_owned() }) };
    let taken = || async { Ok(Receipt { message: MessageId("1".into()), repeats: None, rest: None }) };
    for channel in 10..20 {
        let answer = core.where_possible(&parcel(channel), refused()).await;
        assert!(matches!(answer, Err(DeliveryError::Barred { .. })), "{answer:?}");
    }
    let early = core.where_possible(&parcel(10), async { panic!("nothing goes there now") }).await;
    assert!(matches!(early, Err(DeliveryError::Early { everywhere: false, .. })), "{early:?}");
    assert!(core.where_possible(&parcel(30), taken()).await.is_ok(), "that one was never refused");
    assert!(core.known().bars.news(1));
    for channel in 10..20 {
        assert!(core.where_possible(&parcel(channel), taken()).await.is_ok(), "{channel}");
    }
    assert!(!core.known().bars.news(1));
}

/// Everything for which Discord refuses a message.
fn check(body: &Value) {
    let length = |value: &Value| value.as_str().map_or(0, units);
    let embeds = body["embeds"].as_array().unwrap();
    assert_eq!(embeds.len(), 1);
    let embed = &embeds[0];
    let none = Vec::new();
    let fields = embed.get("fields").map_or(&none, |fields| fields.as_array().unwrap());
    assert!(length(&embed["title"]) <= 256 && length(&embed["description"]) <= 4_096 && fields.len() <= 25);
    let mut all = length(&embed["title"]) + length(&embed["description"]) + length(&embed["footer"]["text"]);
    for field in fields {
        let (name, value) = (length(&field["name"]), length(&field["value"]));
        assert!((1..=256).contains(&name) && (1..=1_024).contains(&value), "{field}");
        all += name + value;
    }
    assert!(all <= 6_000 && all > 0, "{all}");
    assert!(length(&embed["footer"]["text"]) <= 2_048);
    assert!(length(&body["content"]) <= 2_000 && length(&body["nonce"]) <= 25);
    let rows = body["components"].as_array().unwrap();
    assert!(rows.len() <= 5);
    let mut ids = Vec::new();
    for row in rows {
        let buttons = row["components"].as_array().unwrap();
        assert!((1..=5).contains(&buttons.len()));
        for button in buttons {
            assert!((1..=80).contains(&length(&button["label"])));
            match button.get("custom_id") {
                Some(id) => {
                    assert!((1..=100).contains(&length(id)) && button["style"] == 2, "{button}");
                    assert!(!ids.contains(&id), "two buttons are called {id}");
                    ids.push(id);
                }
                None => assert!(button["style"] == 5 && length(&button["url"]) <= 512, "{button}"),
            }
        }
    }
}

fn body_of(message: &Message, envelope: &Envelope<'_>) -> Value {
    let settings = ChatSettings::default();
    posted(message, Reader { settings: &settings, at: at("22T15:05") }, envelope)
}

#[test]
fn only_the_role_that_was_chosen_is_called() {
    let message = |mention: &str| Message { mention: Some(mention.to_owned()), ..Message::default() };
    let body = body_of(&message("<@&77>"), &Envelope { guild: Some(1), ..Envelope::default() });
    assert_eq!(body["content"], "<@&77>");
    assert_eq!(body["allowed_mentions"]["roles"], serde_json::json!(["77"]));
    assert_eq!(body["allowed_mentions"]["parse"], serde_json::json!([]));
    for nobody in ["@everyone", "@here", "<@5>", "<@&1>", "<@&77> @everyone"] {
        let body = body_of(&message(nobody), &Envelope { guild: Some(1), ..Envelope::default() });
        assert_eq!(body.get("content"), None, "{nobody}");
        assert_eq!(body["allowed_mentions"].get("roles"), None, "{nobody}");
    }
}

#[test]
fn a_change_calls_nobody_and_takes_the_buttons_away() {
    let settings = ChatSettings::default();
    let message = Message { mention: Some("<@&77>".to_owned()), ..Message::default() };
    let body = drawn(&message, Reader { settings: &settings, at: at("22T15:05") });
    assert_eq!(body.get("content"), None);
    assert_eq!(body["components"], serde_json::json!([]));
    assert_eq!(body["allowed_mentions"], serde_json::json!({ "parse": [], "replied_user": false }));
}

#[test]
fn a_silent_message_says_so_and_an_answer_names_what_it_answers() {
    let envelope = Envelope { is_silent: true, reply_to: Some(9), ..Envelope::default() };
    let body = body_of(&Message::default(), &envelope);
    assert_eq!(body["flags"], 4_096);
    assert_eq!(body["message_reference"], serde_json::json!({ "message_id": "9", "fail_if_not_exists": false }));
}

#[test]
fn what_follows_a_label_stays_below_it() {
    let text = |words: &str| vec![Span::Text(words.to_owned())];
    let message = Message {
        blocks: vec![
            Block::Paragraph(text("above")),
            Block::Field { label: text("Since"), value: text("noon") },
            Block::Field { label: text("Last update"), value: text("one") },
            Block::Quote("two\nthree".to_owned()),
        ],
        ..Message::default()
    };
    let body = body_of(&message, &Envelope::default());
    let embed = &body["embeds"][0];
    assert_eq!(embed["description"], "above");
    assert_eq!(embed["fields"][0], serde_json::json!({ "name": "Since", "value": "noon", "inline": true }));
    assert_eq!(embed["fields"][1]["value"], "one\n> two\n> three");
    assert_eq!(embed["fields"][1]["inline"], false);
}

#[test]
fn a_message_too_long_for_fields_is_told_in_lines_and_cut() {
    let mut blocks = vec![Block::Title(vec![Span::Text("T".to_owned())])];
    for number in 0..30 {
        let label = vec![Span::Text(format!("L{number}"))];
        blocks.push(Block::Field { label, value: vec![Span::Text("v".repeat(300))] });
    }
    let body = body_of(&Message { blocks, ..Message::default() }, &Envelope::default());
    check(&body);
    let embed = &body["embeds"][0];
    assert_eq!(embed.get("fields"), None);
    let description = embed["description"].as_str().unwrap();
    assert!(description.starts_with("**L0:** v") && description.ends_with('…'));
}

#[test]
fn a_thread_is_named_after_the_headline() {
    let settings = ChatSettings::default();
    let reader = Reader { settings: &settings, at: at("22T15:05") };
    let title = |words: String| Message { blocks: vec![Block::Title(vec![Span::Strong(words)])], ..Message::default() };
    assert_eq!(thread_name(&title("Spotify: *down*".to_owned()), reader), "Spotify: *down*");
    assert_eq!(units(&thread_name(&title("😀".repeat(200)), reader)), 99);
    assert_eq!(thread_name(&Message::default(), reader), "…");
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[\\PC\\s]{0,80}",
        "(@everyone|<@&1>|<@2>|\\*\\*|`|\\|\\||\\[x\\]\\(https://e\\.example\\)|\u{202E}|\n# |> ){0,25}",
        (1_000_usize..9_000).prop_map(|length| "so long ".repeat(length / 8)),
        (500_usize..3_000).prop_map(|length| "😀ä".repeat(length / 2)),
    ]
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    let span = prop_oneof![
        words().prop_map(Span::Text),
        words().prop_map(Span::Strong),
        words().prop_map(Span::Code),
        (words(), "https://e\\.example/[a-z()]{0,60}").prop_map(|(label, url)| Span::Link { label, url }),
        Just(Span::Time { at: DateTime::UNIX_EPOCH, style: Moment::Relative }),
    ];
    proptest::collection::vec(span, 0..4)
}

fn block() -> impl Strategy<Value = Block> {
    prop_oneof![
        spans().prop_map(Block::Title),
        spans().prop_map(Block::Paragraph),
        (spans(), spans()).prop_map(|(label, value)| Block::Field { label, value }),
        spans().prop_map(|line| Block::Item { mark: Some(Mark::Recovered), line }),
        words().prop_map(Block::Quote),
        spans().prop_map(Block::Footer),
    ]
}

fn button() -> impl Strategy<Value = Button> {
    let act = prop_oneof![
        "https://e\\.example/[a-z]{0,600}".prop_map(Act::Open),
        "[a-z]{1,2}".prop_map(Act::Press),
        "[a-z]{90,120}".prop_map(Act::Press),
    ];
    ("\\PC{0,100}", act).prop_map(|(label, act)| Button { label, act })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn discord_takes_whatever_comes_in(
        blocks in proptest::collection::vec(block(), 0..16),
        buttons in proptest::collection::vec(proptest::collection::vec(button(), 0..7), 0..7),
    ) {
        let message = Message { blocks, buttons, ..Message::default() };
        let body = body_of(&message, &Envelope { nonce: Some("0123456789abcdef"), ..Envelope::default() });
        check(&body);
        let embed = &body["embeds"][0];
        for text in embed.as_object().unwrap().values().chain(embed["fields"].as_array().into_iter().flatten()) {
            let text = text.to_string();
            prop_assert!(!text.contains("@everyone") || text.contains("\"text\":"), "{text}");
            prop_assert!(!text.contains('\u{202E}'), "{text}");
        }
    }
}
