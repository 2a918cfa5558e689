//! What people can do beyond asking how things are: mutes, settings, menus.

use super::*;
use crate::domain::{Sound, Sources, Updates};

fn everything() -> Chat {
    Chat { mutes: mutes(), components: components(), ..Chat::new() }
}

fn telegram() -> Chat {
    let origin =
        Origin { chat: ChatId { platform: Platform::Telegram, address: "42".into() }, is_private: true, ..origin() };
    Chat { origin, ..Chat::without_subscriptions() }
}

#[test]
fn filters_are_typed_as_words_and_given_as_options_alike() {
    let chat = || Chat { components: components(), ..Chat::without_subscriptions() };
    let filter = |answer: Answer| match answer.changes.as_slice() {
        [Change::Subscribe(one)] => one.filter.clone(),
        other => panic!("{other:?}: {}", sketch(&answer.reply, &ChatSettings::default(), now())),
    };
    let wanted = Filter {
        severity: Some(Severity::PartialOutage),
        components: vec!["Actions".to_owned(), "API Requests".to_owned()],
        regions: vec!["EU".to_owned(), "Mars".to_owned()],
        maintenance: Some(true),
        sources: Sources::Official,
    };
    for line in [
        "/subscribe github partial_outage components=Actions,api-requests regions=eu,Mars maintenance=on sources=official",
        "/subscribe regions:eu, Mars maintenance:an sources:offiziell components:actions, API requests topic:github severity:teilausfall",
        "/subscribe github partial outage Actions, API Requests sources=official maintenance=yes regions=eu, Mars",
    ] {
        assert_eq!(filter(chat().answer(line)), wanted, "{line}");
    }
    let options = [
        ("topic", "github"),
        ("severity", "partial_outage"),
        ("components", "Actions, API Requests"),
        ("regions", "EU, Mars"),
        ("maintenance", "on"),
        ("sources", "official"),
    ];
    let options = options.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let typed = Typed::Call { command: "subscribe", options: &options };
    assert_eq!(filter(chat().answer_in(Locale::En, typed)), wanted);
    let off = Filter { maintenance: Some(false), ..Filter::default() };
    assert_eq!(filter(chat().answer("/subscribe github maintenance=aus")), off);
}

#[test]
fn filters_are_shown_and_changed_one_by_one_and_it_is_said_what_that_does() {
    insta::assert_snapshot!(Chat { components: components(), ..Chat::new() }.said_each(&[
        "/subscribe github maintenance=off sources=official regions=EU",
        "/subscribe github major_outage",
        "/subscribe github",
        "/subscribe github maintenance=perhaps",
        "/subscribe github sources=mine",
        "[subscribe ~works github]",
        "[subscribe ~official github]",
        "[subscribe ~places github]",
        "[subscribe ~place github #00000000]",
    ]));
}

#[test]
fn a_region_that_is_pressed_is_chosen_and_pressed_again_it_is_not() {
    let mut chat = Chat { components: components(), ..Chat::new() };
    let shown = chat.said_each(&["[subscribe ~places github]"]);
    let button = shown.split("subscribe ~place github ").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    let press = format!("subscribe ~place github {button}");
    let chosen = |answer: &Answer| match answer.changes.as_slice() {
        [Change::Subscribe(one)] => one.filter.regions.clone(),
        other => panic!("{other:?}"),
    };
    let first = chat.press(&press);
    assert_eq!(chosen(&first), ["EU"]);
    chat.subscriptions[0].filter.regions = chosen(&first);
    assert_eq!(chosen(&chat.press(&press)), [""; 0]);
}

#[test]
fn a_component_that_the_provider_lists_no_more_is_named_in_the_list() {
    let mut chat = Chat { components: components(), ..Chat::new() };
    chat.subscriptions[0].filter.components = vec!["GitHub - api requests".to_owned(), "Codespaces".to_owned()];
    let text = chat.said("/subscriptions");
    assert!(
        text.contains("**GitHub** does not list this at present, so it cannot be heard about: Codespaces."),
        "{text}"
    );
    chat.components.clear();
    let text = chat.said("/subscriptions");
    assert!(!text.contains("does not list"), "nothing was read yet: {text}");
}

#[test]
fn muting_says_until_when_and_what_still_comes() {
    insta::assert_snapshot!(Chat::new().said_each(&[
        "/mute whatsapp",
        "/mute google workspace 1 day",
        "/mute all until 9:00",
        "/mute github-7",
        "[mute github-7]",
    ]));
}

#[test]
fn a_mute_ends_when_it_was_told_to() {
    let mute = |line: &str| match Chat::new().answer(line).changes.as_slice() {
        [Change::Mute { mute, .. }] => (mute.muted.clone(), mute.until.map(|until| until - now())),
        other => panic!("{line}: {other:?}"),
    };
    let (whatsapp, github) = (Muted::Service(id("whatsapp")), IncidentId::parse("github-7").unwrap());
    let hours = |hours| Some(TimeDelta::hours(hours));
    assert_eq!(mute("/mute whatsapp"), (whatsapp.clone(), hours(24)));
    assert_eq!(mute("/mute wa 2h"), (whatsapp.clone(), hours(2)));
    assert_eq!(mute("/mute whatsapp for 3 days"), (whatsapp.clone(), hours(72)));
    assert_eq!(mute("/mute duration:2h whatsapp"), (whatsapp.clone(), hours(2)));
    assert_eq!(mute("/mute what:whatsapp duration:until 16:05"), (whatsapp.clone(), hours(1)));
    assert_eq!(mute("/mute duration:until tomorrow 15:05 whatsapp"), (whatsapp.clone(), hours(24)));
    assert_eq!(mute("/mute whatsapp eine Stunde"), (whatsapp.clone(), hours(1)));
    assert_eq!(mute("/mute what:whatsapp duration:1 day"), (whatsapp.clone(), hours(24)));
    assert_eq!(mute("/mute whatsapp until 16:05"), (whatsapp, hours(1)));
    assert_eq!(mute("/mute all"), (Muted::All, hours(24)));
    assert_eq!(mute("/mute alles 90m"), (Muted::All, Some(TimeDelta::minutes(90))));
    assert_eq!(mute("/mute github-7"), (Muted::Incident(github.clone()), None));
    assert_eq!(mute("/mute github-7 8h"), (Muted::Incident(github), hours(8)));
}

#[test]
fn an_incident_that_is_over_or_unknown_cannot_be_muted() {
    let chat = Chat::new();
    insta::assert_snapshot!(chat.said_each(&["/mute github-5", "[mute whatsapp-99]"]));
    assert_eq!(chat.answer("/mute github-5").changes, []);
}

#[test]
fn unmuting_ends_what_is_meant() {
    let mut all = everything();
    all.mutes.push(Mute { muted: Muted::All, until: None });
    let one = Chat { mutes: mutes()[..1].to_vec(), ..Chat::new() };
    insta::assert_snapshot!(
        [
            one.said("/unmute"),
            everything().said("/unmute"),
            everything().said("/unmute github"),
            everything().said("/unmute telegram"),
            all.said("/unmute signal"),
            all.said("/unmute all"),
            Chat::new().said("/unmute"),
        ]
        .join("\n====\n")
    );
    assert_eq!(one.answer("/unmute").changes.len(), 1);
    assert_eq!(everything().answer("/unmute").changes, []);
    assert_eq!(all.answer("/unmute all").changes, [Change::Unmute { chat: chat(), muted: Muted::All }]);
    let of_incident = Muted::Incident(IncidentId::parse("github-7").unwrap());
    assert_eq!(everything().answer("/unmute github").changes, [Change::Unmute { chat: chat(), muted: of_incident }]);
}

#[test]
fn subscriptions_show_mutes_and_settings() {
    insta::assert_snapshot!(everything().said("/subscriptions"));
}

#[test]
fn many_subscriptions_come_in_pages() {
    let mut chat = Chat::new();
    chat.subscriptions = (1..=41).map(|number| subscription(Topic::Service(id(&format!("s{number:02}"))))).collect();
    let first = chat.answer("/subscriptions");
    let text = sketch(&first.reply, &ChatSettings::default(), now());
    assert!(text.contains("Page 1 of 3. Next: `/subscriptions page:2`"), "{text}");
    assert!(text.contains("s20") && !text.contains("s21"), "{text}");
    let last = sketch(&chat.press("subscriptions page:3").reply, &ChatSettings::default(), now());
    assert!(last.contains("s41") && !last.contains("Language"), "{last}");
}

#[test]
fn settings_are_shown_and_changed() {
    insta::assert_snapshot!(Chat::new().said_each(&[
        "/settings",
        "/settings sprache",
        "/settings timezone",
        "/settings updates",
        "/settings language deutsch",
        "/settings timezone vienna",
        "/settings language en",
        "[settings ~sound off]",
        "/settings digest",
        "[settings ~digest weekdays]",
        "/settings digest 8:30 Mon-Wed, Fri",
        "/settings digest soon",
    ]));
}

#[test]
fn a_setting_is_found_by_what_people_call_it() {
    let set = |line: &str| match Chat::new().answer(line).changes.as_slice() {
        [Change::Settings { settings, .. }] => *settings,
        other => panic!("{line}: {other:?}"),
    };
    assert_eq!(set("/settings language German").locale, Locale::De);
    assert_eq!(set("/settings Sprache de-AT").locale, Locale::De);
    assert_eq!(set("/settings timezone new york").timezone, chrono_tz::America::New_York);
    assert_eq!(set("/settings Zeitzone Europe/Berlin").timezone, chrono_tz::Europe::Berlin);
    assert_eq!(set("/settings updates Antworten").updates, Updates::Replies);
    assert_eq!(set("/settings updates thread").updates, Updates::Thread);
    assert_eq!(set("/settings key:sound value:off").sound, Sound::Off);
    let digest = |line: &str| set(line).digest.map(|schedule| schedule.to_string()).unwrap_or_default();
    assert_eq!(digest("/settings digest daily"), "0 9 * * *");
    assert_eq!(digest("/settings digest werktags um 9:00"), "0 9 * * 1-5");
    assert_eq!(digest("/settings Überblick Mo 7:15"), "15 7 * * 1");
    assert_eq!(digest("/settings key:digest value:0 9 1 * *"), "0 9 1 * *");
    assert_eq!(Chat::new().answer("/settings digest aus").changes, [], "it is so already");
    assert_eq!(Chat::new().answer("/settings sound news").changes, [], "it is so already");
}

#[test]
fn a_sample_is_announced() {
    insta::assert_snapshot!(Chat::new().said("/test"));
    assert!(Chat::new().answer("/test").shows_sample);
    assert!(!Chat::new().answer("/status").shows_sample);
}

#[test]
fn maintenance_is_listed_running_first() {
    let mut running = work();
    running.id.number = 8;
    running.title = Some("Changing switches".to_owned());
    if let Some(planned) = &mut running.planned {
        planned.phase = MaintenancePhase::InProgress;
    }
    let mut chat = Chat::new();
    let fine = vec![(statuspage("github"), well(Condition::Operational))];
    chat.tracks.insert(id("github"), track("github", fine, vec![work(), running]));
    insta::assert_snapshot!(
        [
            chat.said("/maintenance"),
            chat.said("/maintenance signal"),
            Chat { tracks: BTreeMap::new(), ..Chat::without_subscriptions() }.said("/maintenance"),
        ]
        .join("\n====\n")
    );
}

#[test]
fn who_comes_is_greeted() {
    let settings = ChatSettings::default();
    let german = ChatSettings { locale: Locale::De, ..settings };
    let greeting = [settings, german].map(|settings| sketch(&welcome(settings, &catalogue()).reply, &settings, now()));
    insta::assert_snapshot!([greeting.join("~~~~\n"), telegram().said_each(&["/start", "/start whatsapp"])].join("\n"));
    assert!(matches!(telegram().answer("/start whatsapp").changes.as_slice(), [Change::Subscribe(_)]));
    assert_eq!(telegram().answer("/start").changes, []);
}

#[test]
fn a_link_subscribes_only_for_those_who_may() {
    let mut group = telegram();
    group.origin.may_manage = false;
    let refused = group.answer("/start whatsapp");
    assert_eq!((refused.changes, refused.reply.mark), (Vec::new(), Some(Mark::Refused)));
    assert_ne!(group.answer("/start").reply.mark, Some(Mark::Refused));
}

#[test]
fn components_are_held_against_what_is_known() {
    let chat = Chat { components: components(), ..Chat::without_subscriptions() };
    insta::assert_snapshot!(chat.said_each(&[
        "/subscribe github components:actions, git operations",
        "/subscribe github components:actions, acitons",
        "/subscribe github components:acitons",
        "/subscribe github components:qqqqqq",
        "/subscribe signal components:anything",
    ]));
    let named = |line: &str| match chat.answer(line).changes.as_slice() {
        [Change::Subscribe(subscription)] => subscription.filter.components.clone(),
        _ => Vec::new(),
    };
    assert_eq!(named("/subscribe github components:ACTIONS, actions"), ["Actions"]);
    assert_eq!(named("/subscribe github components:actions, nonsense"), ["Actions", "nonsense"]);
    assert_eq!(named("/subscribe github components:nonsense"), Vec::<String>::new());
    assert_eq!(named("/subscribe signal components:anything"), ["anything"]);
}

#[test]
fn only_who_can_be_called_is_called() {
    let mention = |platform, word: &str| {
        let mut chat = Chat::without_subscriptions();
        chat.origin.chat = ChatId { platform, address: "1".into() };
        let answer = chat.answer(&format!("/subscribe github mention:{word}"));
        match answer.changes.as_slice() {
            [Change::Subscribe(subscription)] => subscription.mention.clone(),
            _ => None,
        }
    };
    let check = |platform, word: &str, fits: bool| {
        assert_eq!(mention(platform, word).as_deref(), fits.then_some(word), "{platform:?} {word}");
    };
    check(Platform::Discord, "<@&123456789012345678>", true);
    check(Platform::Discord, "<@123456789012345678>", false);
    check(Platform::Discord, "@everyone", false);
    check(Platform::Discord, "<@&1>@everyone<@&2>", false);
    check(Platform::Telegram, "@on_call", true);
    check(Platform::Telegram, "@all!", false);
    check(Platform::Telegram, "<@&1>", false);
    check(Platform::Console, "@ops", true);
    check(Platform::Console, "ops", false);
    let mut chat = Chat::without_subscriptions();
    chat.origin.chat.platform = Platform::Discord;
    insta::assert_snapshot!(chat.said("/subscribe github mention:@everyone"));
}

#[test]
fn menus_ask_step_by_step() {
    let chat = everything();
    insta::assert_snapshot!(chat.said_each(&[
        "/subscribe",
        "[subscribe ~in messaging]",
        "[subscribe ~how github]",
        "[subscribe ~parts github]",
        "[subscribe ~at github major_outage]",
        "/unsubscribe",
        "[unsubscribe ~end messaging]",
        "/mute",
        "[mute ~for github-7]",
        "[mute ~set whatsapp 8h]",
    ]));
}

#[test]
fn a_menu_changes_one_thing_and_keeps_the_rest() {
    let chat = everything();
    let github = |words: &str| match chat.press(words).changes.as_slice() {
        [Change::Subscribe(subscription)] => subscription.clone(),
        other => panic!("{words}: {other:?}"),
    };
    let major = github("subscribe ~at github major_outage");
    assert_eq!(major.filter.severity, Some(Severity::MajorOutage));
    assert_eq!((major.filter.components.len(), major.mention.as_deref()), (2, Some("@ops")));
    let part = |name| format!("subscribe ~part github {}", components::digest(name));
    assert_eq!(github(&part("Actions")).filter.components, ["API Requests"]);
    assert_eq!(github(&part("Webhooks")).filter.components, ["Actions", "API Requests", "Webhooks"]);
    let typed = chat.answer("/subscribe github");
    assert!(matches!(typed.changes.as_slice(), [Change::Subscribe(one)] if one.filter == Filter::default()));
}

#[test]
fn a_button_of_former_times_gets_a_clear_answer() {
    let chat = everything();
    let lines = [
        "[subscribe ~part github #00000000]",
        "[subscribe ~in poetry]",
        "[subscribe ~how gone]",
        "[unsubscribe ~end signal]",
        "[unmute ~end spotify]",
        "[mute ~for ]",
        "[incident gone-3]",
        "[sing aloud]",
        "[status ~x]",
        "[settings ~colour blue]",
    ];
    insta::assert_snapshot!(chat.said_each(&lines));
    for line in lines {
        let answer = chat.press(&line[1..line.len() - 1]);
        assert_eq!((answer.is_private, answer.replaces), (true, false), "{line}");
        assert_eq!(answer.changes, [], "{line}");
    }
}

#[test]
fn a_press_needs_the_same_right_as_typing() {
    let mut member = everything();
    member.origin.may_manage = false;
    for words in ["subscribe ~in messaging", "subscribe whatsapp", "mute github-7", "settings ~sound off", "unmute"] {
        let answer = member.press(words);
        assert_eq!(
            (answer.reply.mark, answer.is_private, answer.replaces),
            (Some(Mark::Refused), true, false),
            "{words}"
        );
        assert_eq!(answer.changes, [], "{words}");
    }
    assert_ne!(member.press("incident github-7").reply.mark, Some(Mark::Refused));
}

#[test]
fn who_sees_an_answer_and_where_it_stands() {
    let chat = everything();
    let typed = |line: &str| chat.answer(line).is_private;
    for line in ["/status", "/status github", "/incident github", "/maintenance", "/subscribe spotify", "/mute spotify"]
    {
        assert!(!typed(line), "{line}");
    }
    for line in ["/help", "/about", "/settings", "/settings sound", "/services", "/subscriptions", "/nonsense"] {
        assert!(typed(line), "{line}");
    }
    assert!(!typed("/settings sound off"), "the chat hears of it");
    let pressed = |words: &str| {
        let answer = chat.press(words);
        (answer.is_private, answer.replaces)
    };
    assert_eq!(pressed("incident github-7"), (true, false), "only who pressed asked");
    assert_eq!(pressed("mute github-7"), (false, false), "the chat hears of it");
    assert!(pressed("incident github-7 1").1);
    assert!(pressed("services page:1").1);
    assert_eq!(pressed("subscribe ~in messaging"), (false, true));
    assert_eq!(pressed("subscribe"), (false, false), "the welcome stays");
}
