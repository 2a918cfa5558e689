//! What people see of a message on Telegram, and that no text from outside does anything there.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use teloxide::types::{MessageEntity, MessageEntityKind};

use crate::{
    chat::{
        message::of_notice,
        telegram::{
            limits,
            render::{Drawn, bare, draw, heading, plain, units},
        },
    },
    domain::{
        Act, Block, Button, ChatSettings, Condition, Course, Form, Incident, IncidentId, Listed, Locale,
        MaintenancePhase, Mark, Message, Notice, Phase, Planned, Role, ServiceId, SourceId, SourceKind, Span, Storm,
        TransitionKind, Update, Witness,
    },
    text,
};

fn at(text: &str) -> DateTime<Utc> {
    format!("2026-11-{text}:00Z").parse().unwrap()
}

fn outage() -> Incident {
    let update = |phase: Phase, time: &str, body: &str| Update {
        key: time.to_owned(),
        phase,
        at: at(time),
        body: body.to_owned(),
        role: Role::Official,
    };
    Incident {
        id: IncidentId { service: ServiceId::new("whatsapp").unwrap(), number: 3 },
        service_name: "WhatsApp".to_owned(),
        planned: None,
        title: Some("Messages to @everyone are not delivered 😀".to_owned()),
        impact: Condition::MajorOutage,
        peak: Condition::MajorOutage,
        phase: Phase::Identified,
        started_at: at("22T14:05"),
        resolved_at: None,
        seen_at: at("22T14:07"),
        turned_at: at("22T14:07"),
        components: ["Messages", "Calls"].map(str::to_owned).to_vec(),
        regions: vec!["Europe".to_owned()],
        url: Some("https://www.status.example/incidents/3".to_owned()),
        witnesses: vec![Witness {
            source: SourceId::new(SourceKind::Statuspage, "https://status.example/summary.json"),
            role: Role::Official,
            posted: Vec::new(),
            is_bad: true,
            impact: Condition::MajorOutage,
        }],
        updates: vec![
            update(Phase::Investigating, "22T14:06", "We are looking into it."),
            update(
                Phase::Identified,
                "22T14:30",
                "A change is the cause, see status.example/3.\nWrite to help@status.example.",
            ),
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
        resolved_at: Some(at("26T16:05")),
        chapter: 2,
        last_kind: TransitionKind::Resolved,
        ..outage()
    }
}

fn measured() -> Incident {
    let witnesses = outage().witnesses.into_iter().map(|one| Witness { role: Role::Measured, ..one }).collect();
    Incident { title: None, components: Vec::new(), updates: Vec::new(), witnesses, ..outage() }
}

fn work(phase: MaintenancePhase, is_over: bool) -> Incident {
    Incident {
        planned: Some(Planned { phase, starts_at: Some(at("24T01:00")), ends_at: Some(at("24T03:00")) }),
        title: Some("Moving databases".to_owned()),
        impact: Condition::Maintenance,
        peak: Condition::Maintenance,
        resolved_at: is_over.then(|| at("24T02:30")),
        chapter: if is_over { 2 } else { 1 },
        ..outage()
    }
}

/// What people see, with what stands out as tags; a word joiner is shown as `¦`.
fn shown(drawn: &Drawn) -> String {
    let tag = |entity: &MessageEntity| {
        let entity = serde_json::to_value(entity).unwrap();
        match entity["type"].as_str().unwrap() {
            "bold" => ("<b>".to_owned(), "</b>"),
            "italic" => ("<i>".to_owned(), "</i>"),
            "code" => ("<code>".to_owned(), "</code>"),
            "blockquote" => ("<q>".to_owned(), "</q>"),
            "expandable_blockquote" => ("<q more>".to_owned(), "</q>"),
            "text_link" => (format!("<a {}>", entity["url"].as_str().unwrap()), "</a>"),
            other => panic!("{other} is never drawn"),
        }
    };
    let mut text = String::new();
    let mut place = 0;
    for character in drawn.text.chars().chain(['\n']) {
        for entity in drawn.entities.iter().rev().filter(|entity| entity.offset + entity.length == place) {
            text.push_str(tag(entity).1);
        }
        for entity in drawn.entities.iter().filter(|entity| entity.offset == place) {
            text.push_str(&tag(entity).0);
        }
        text.push(if character == '\u{2060}' { '¦' } else { character });
        place += character.len_utf16();
    }
    for row in drawn.keyboard.iter().flat_map(|keyboard| &keyboard.inline_keyboard) {
        let buttons = row.iter().map(|button| {
            let button = serde_json::to_value(button).unwrap();
            let does = button["url"].as_str().or(button["callback_data"].as_str()).unwrap();
            format!("[{} → {does}]", button["text"].as_str().unwrap())
        });
        text.push_str(&buttons.collect::<Vec<_>>().join(" "));
        text.push('\n');
    }
    text
}

/// The alert as chats in every language see it.
fn told(form: Form, incident: Incident) -> String {
    drawn_of(&Notice {
        form,
        incident: Arc::new(incident),
        storm: None,
        digest: None,
        mention: Some("@ops_team".to_owned()),
    })
}

/// What a notice looks like in every language.
fn drawn_of(notice: &Notice) -> String {
    let german = ChatSettings { locale: Locale::De, timezone: chrono_tz::Europe::Berlin, ..ChatSettings::default() };
    [ChatSettings::default(), german]
        .map(|settings| {
            let now = at("22T15:05");
            let moment = |when, style| text::moment(&settings, when, style, now);
            let drawn = draw(&of_notice(notice, &settings, now), &moment);
            sound(&drawn).unwrap();
            shown(&drawn)
        })
        .join("~~~~\n")
}

#[test]
fn an_opening() {
    insta::assert_snapshot!(told(Form::Alert, outage()));
}

#[test]
fn a_milder_one() {
    insta::assert_snapshot!(told(Form::Alert, Incident { impact: Condition::PartialOutage, ..outage() }));
}

#[test]
fn a_measured_one() {
    insta::assert_snapshot!(told(Form::Alert, Incident { impact: Condition::Degraded, ..measured() }));
}

#[test]
fn an_opening_that_is_over() {
    insta::assert_snapshot!(told(Form::Alert, resolved()));
}

#[test]
fn a_recovery() {
    insta::assert_snapshot!(told(Form::Recovery, resolved()));
}

#[test]
fn a_return() {
    insta::assert_snapshot!(told(Form::Return, Incident { reopened_at: vec![at("22T15:00")], chapter: 3, ..outage() }));
}

#[test]
fn an_update() {
    insta::assert_snapshot!(told(Form::Update, outage()));
}

#[test]
fn planned_work() {
    insta::assert_snapshot!(told(Form::Alert, work(MaintenancePhase::Scheduled, false)));
}

#[test]
fn work_in_progress() {
    insta::assert_snapshot!(told(Form::Alert, work(MaintenancePhase::InProgress, false)));
}

#[test]
fn work_that_is_done() {
    insta::assert_snapshot!(told(Form::Recovery, work(MaintenancePhase::Completed, true)));
}

#[test]
fn work_that_was_moved() {
    let moved = Incident { last_kind: TransitionKind::Moved, ..work(MaintenancePhase::Scheduled, false) };
    insta::assert_snapshot!(told(Form::Alert, moved));
}

#[test]
fn work_that_was_called_off() {
    let off = Incident { resolved_at: Some(at("23T12:00")), ..work(MaintenancePhase::Completed, true) };
    insta::assert_snapshot!(told(Form::Recovery, off));
}

#[test]
fn an_outage_that_comes_and_goes() {
    insta::assert_snapshot!(told(Form::Alert, Incident { is_flapping: true, ..measured() }));
}

#[test]
fn one_that_came_and_went_and_is_over() {
    let reopened_at = vec![at("22T15:00"), at("22T15:20")];
    let over = Incident { components: Vec::new(), updates: Vec::new(), title: None, ..resolved() };
    let witnesses = measured().witnesses;
    insta::assert_snapshot!(told(Form::Recovery, Incident { is_flapping: true, reopened_at, witnesses, ..over }));
}

/// Outages told together, of which so many go on and so many are over.
fn storm(form: Form, open: usize, over: usize) -> String {
    let one = |number: usize| {
        let incident = match number {
            number if number >= open => resolved(),
            number if number.is_multiple_of(2) => outage(),
            _ => Incident { impact: Condition::Degraded, ..measured() },
        };
        let incident = Incident { service_name: format!("Service {number} @here"), ..incident };
        Listed { incident: Arc::new(incident), is_news: true }
    };
    let storm = Storm { listed: (0..open + over).map(one).collect(), open, over, ..Storm::default() };
    let course = Course {
        began: at("22T14:05"),
        ended: Some(at("26T16:05")),
        peak: Condition::MajorOutage,
        revision: 7,
        chapter: if open > 0 { 1 } else { 2 },
    };
    let incident = Arc::new(storm.as_incident(IncidentId::of_storm(2), &course));
    let mention = Some("@ops_team".to_owned()).filter(|_| over == 0);
    drawn_of(&Notice { form, incident, storm: Some(Arc::new(storm)), digest: None, mention })
}

#[test]
fn many_outages_at_once() {
    insta::assert_snapshot!(storm(Form::Alert, 4, 0));
}

#[test]
fn many_outages_that_end_one_after_the_other() {
    insta::assert_snapshot!(storm(Form::Alert, 1, 3));
}

#[test]
fn many_outages_that_are_over() {
    insta::assert_snapshot!(storm(Form::Alert, 0, 4));
}

#[test]
fn the_end_of_many_outages() {
    insta::assert_snapshot!(storm(Form::Recovery, 0, 4));
}

#[test]
fn the_return_of_many_outages() {
    insta::assert_snapshot!(storm(Form::Return, 2, 2));
}

fn no_time(_: DateTime<Utc>, _: crate::domain::Moment) -> String {
    "22 Nov, 14:05 UTC".to_owned()
}

fn words(text: &str) -> Vec<Span> {
    vec![Span::Text(text.to_owned())]
}

fn paragraph(spans: Vec<Span>) -> Message {
    Message { blocks: vec![Block::Paragraph(spans)], ..Message::default() }
}

#[test]
fn every_mark_has_a_sign_of_its_own_beside_the_words() {
    let mut signs: Vec<String> = Condition::ALL
        .into_iter()
        .map(Mark::Condition)
        .chain([Mark::Refused])
        .map(|mark| draw(&Message { mark: Some(mark), ..paragraph(words("x")) }, &no_time).text)
        .collect();
    signs.sort();
    signs.dedup();
    assert_eq!(signs.len(), 7, "{signs:?}");
}

#[test]
fn a_command_alone_can_be_tapped_and_one_with_words_can_be_copied() {
    let code = |words: &str| Span::Code(words.to_owned());
    let drawn = draw(&paragraph(vec![code("/help"), code(" "), code("/status whatsapp"), code("/nothing")]), &no_time);
    assert_eq!(drawn.text, "/help /status whatsapp/nothing");
    assert_eq!(drawn.entities, [MessageEntity::code(6, 16), MessageEntity::code(22, 8)]);
}

#[test]
fn only_who_is_meant_to_be_called_is_called() {
    let message = |mention: &str| Message {
        mention: Some(mention.to_owned()),
        ..paragraph(words("Ask @boss or #ops, $CASH, /kill, tg://x, a.example or me@a.example; 3.5 and/or e.g. this."))
    };
    let text = shown(&draw(&message("@ops_team @x.y"), &no_time));
    assert_eq!(
        text.lines().collect::<Vec<_>>(),
        [
            "Ask @¦boss or #¦ops, $¦CASH, /¦kill, tg:¦/¦/¦x, a.¦example or me@¦a.¦example; 3.5 and/or e.¦g. this.",
            "@ops_team @¦x.¦y"
        ]
    );
}

#[test]
fn signs_are_parted_from_what_follows_in_another_style() {
    let message =
        paragraph(vec![Span::Text("@".to_owned()), Span::Strong("boss".to_owned()), Span::Text(".".to_owned())]);
    assert_eq!(shown(&draw(&message, &no_time)), "@<b>¦boss</b>.\n");
}

#[test]
fn spaces_at_the_ends_are_left_out_before_places_are_counted() {
    let message =
        paragraph(vec![Span::Text(" \n".to_owned()), Span::Strong(" bold ".to_owned()), Span::Text(" ".to_owned())]);
    assert_eq!(draw(&message, &no_time).entities, [MessageEntity::bold(0, 4)]);
    assert_eq!(draw(&message, &no_time).text, "bold");
}

#[test]
fn links_lead_to_web_pages_only() {
    let link = |url: &str| Span::Link { label: "@here".to_owned(), url: url.to_owned() };
    let drawn = draw(
        &paragraph(vec![
            link("https://a.example/x"),
            Span::Text(" ".to_owned()),
            link("tg://user?id=7"),
            link("http://intranet/"),
        ]),
        &no_time,
    );
    assert_eq!(shown(&drawn), "<a https://a.example/x>@here</a> @¦here@¦here\n");
}

#[test]
fn buttons_that_telegram_would_refuse_are_left_out() {
    let button = |label: &str, act: Act| Button { label: label.to_owned(), act };
    let press = |words: &str| Act::Press(words.to_owned());
    let message = Message {
        buttons: vec![
            vec![
                button("Page", Act::Open("https://a.example/".to_owned())),
                button("x", Act::Open("tg://x".to_owned())),
            ],
            vec![button("long", press(&"x".repeat(65))), button("empty", press("")), button("", press("x"))],
            vec![button("Story", press("incident whatsapp-3"))],
        ],
        ..paragraph(words("x"))
    };
    assert_eq!(shown(&draw(&message, &no_time)), "x\n[Page → https://a.example/]\n[Story → incident whatsapp-3]\n");
}

#[test]
fn a_quote_that_is_too_long_is_cut_before_anything_else() {
    let message = Message {
        blocks: vec![Block::Title(words("Title")), Block::Quote("😀".repeat(3_000)), Block::Footer(words("Official"))],
        ..Message::default()
    };
    let drawn = draw(&message, &no_time);
    sound(&drawn).unwrap();
    assert!(drawn.text.starts_with("Title\n\n😀") && drawn.text.ends_with("😀…\n\nOfficial"));
    assert!(units(&drawn.text) > 2_500, "no more is cut than must be");
}

#[test]
fn what_is_still_too_long_ends_in_an_ellipsis_within_the_limit() {
    let line =
        || Block::Item { mark: None, line: vec![Span::Strong("😀".repeat(200)), Span::Code("x y".repeat(30))] };
    let drawn = draw(&Message { blocks: (0..40).map(|_| line()).collect(), ..Message::default() }, &no_time);
    sound(&drawn).unwrap();
    assert!(drawn.text.ends_with('…'));
    assert!(units(&drawn.text) > limits::TEXT - 3);
}

#[test]
fn a_popup_has_the_words_alone() {
    let message = Message {
        mark: Some(Mark::Refused),
        ..paragraph(vec![Span::Text("Ask @boss. ".to_owned()), Span::Code("/help".to_owned())])
    };
    assert_eq!(plain(&message, limits::POPUP, &no_time), "🚫 Ask @boss. /help");
    assert_eq!(plain(&paragraph(words(&"ä".repeat(500))), limits::POPUP, &no_time).chars().count(), limits::POPUP);
}

#[test]
fn a_result_of_inline_mode_has_a_title_and_a_line_below() {
    let message = Message {
        blocks: vec![
            Block::Title(words("WhatsApp: degraded")),
            Block::Paragraph(words("Slow.")),
            Block::Footer(words("Measured")),
        ],
        mark: Some(Mark::Condition(Condition::Degraded)),
        ..Message::default()
    };
    assert_eq!(heading(&message, 60, &no_time), ("🟡 WhatsApp: degraded".to_owned(), "Slow. Measured".to_owned()));
}

/// Whether Telegram would take it: in bounds, no character split, nothing empty, nested as it allows.
fn sound(drawn: &Drawn) -> Result<(), String> {
    let length = units(&drawn.text);
    if length > limits::TEXT || drawn.entities.len() > limits::ENTITIES || drawn.text.trim() != drawn.text {
        return Err(format!("{length} units, {} entities, {:?}", drawn.entities.len(), drawn.text));
    }
    let mut starts: Vec<usize> = drawn
        .text
        .chars()
        .scan(0, |place, one| {
            let start = *place;
            *place += one.len_utf16();
            Some(start)
        })
        .collect();
    starts.push(length);
    for entity in &drawn.entities {
        let (start, end) = (entity.offset, entity.offset + entity.length);
        if entity.length == 0 || !starts.contains(&start) || !starts.contains(&end) {
            return Err(format!("{entity:?} is out of bounds or splits a character"));
        }
    }
    for (place, one) in drawn.entities.iter().enumerate() {
        for other in &drawn.entities[place + 1..] {
            let (start, end) =
                (one.offset.max(other.offset), (one.offset + one.length).min(other.offset + other.length));
            let is_apart = start >= end;
            let is_within = (start, end) == (one.offset, one.offset + one.length)
                || (start, end) == (other.offset, other.offset + other.length);
            let is_code = [one, other].iter().any(|entity| entity.kind == MessageEntityKind::Code);
            if !is_apart && (!is_within || is_code || one.kind == other.kind) {
                return Err(format!("{one:?} and {other:?} get in each other's way"));
            }
        }
    }
    Ok(())
}

/// What Telegram would make of the text by itself, roughly as tdlib's `MessageEntity.cpp` does, rather too much than too
/// little; what lies in code or a link is left alone there.
fn found(drawn: &Drawn) -> Vec<String> {
    let is_left_alone = |place: usize| {
        drawn.entities.iter().any(|entity| {
            matches!(entity.kind, MessageEntityKind::Code | MessageEntityKind::TextLink { .. })
                && (entity.offset..entity.offset + entity.length).contains(&place)
        })
    };
    let text: Vec<char> = drawn.text.chars().collect();
    let mut found = Vec::new();
    let mut place = 0;
    for (index, sign) in text.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| text.get(index)).copied();
        let next = text.get(index + 1).copied().unwrap_or(' ');
        let is_word = |one: char| one.is_alphanumeric() || one == '_';
        let would = match sign {
            '@' | '#' | '$' => is_word(next),
            '/' => is_word(next) && !before.is_some_and(is_word),
            '.' => next.is_alphabetic() && before.is_some_and(|one| !one.is_whitespace()),
            ':' => next == '/' && text.get(index + 2) == Some(&'/'),
            _ => false,
        };
        if would && !is_left_alone(place) {
            found.push(text[index.saturating_sub(3)..text.len().min(index + 8)].iter().collect());
        }
        place += sign.len_utf16();
    }
    found
}

/// Text as nobody would want it: much of what means something to Telegram, and much that is awkward to count.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[@#$/.: a-zA-Z0-9_😀äé\u{202e}\u{200d}\u{2060}\n\t]{0,12}",
        Just("@everyone".to_owned()),
        Just("https://a.example/b".to_owned()),
        Just("/kill".to_owned()),
        Just("👩‍👩‍👧‍👧".to_owned()),
        ".{0,40}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    let span = prop_oneof![
        nasty().prop_map(Span::Text),
        nasty().prop_map(Span::Strong),
        nasty().prop_map(|words| Span::Code(format!("{words} x"))),
        (nasty(), prop_oneof![Just("https://a.example/".to_owned()), nasty()])
            .prop_map(|(label, url)| Span::Link { label, url }),
        Just(Span::Time { at: DateTime::UNIX_EPOCH, style: crate::domain::Moment::Absolute }),
    ];
    prop::collection::vec(span, 0..5)
}

fn messages() -> impl Strategy<Value = Message> {
    let block = prop_oneof![
        spans().prop_map(Block::Title),
        spans().prop_map(Block::Paragraph),
        (spans(), spans()).prop_map(|(label, value)| Block::Field { label, value }),
        spans().prop_map(|line| Block::Item { mark: Some(Mark::Recovered), line }),
        nasty().prop_map(Block::Quote),
        spans().prop_map(Block::Footer),
    ];
    let blocks =
        prop_oneof![3 => prop::collection::vec(block.clone(), 0..8), 1 => prop::collection::vec(block, 40..60)];
    let mark = prop::option::of(Just(Mark::Condition(Condition::MajorOutage)));
    (mark, blocks).prop_map(|(mark, blocks)| Message { mark, blocks, ..Message::default() })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_said_telegram_takes_it_and_makes_nothing_of_it(message in messages()) {
        let drawn = draw(&message, &no_time);
        prop_assert_eq!(sound(&drawn), Ok(()));
        prop_assert_eq!(found(&drawn), Vec::<String>::new());
        let bare = bare(&drawn);
        prop_assert_eq!(sound(&bare), Ok(()));
        prop_assert_eq!(found(&bare), Vec::<String>::new());
        prop_assert!(!drawn.text.chars().any(|one| one.is_control() && one != '\n'));
    }
}
