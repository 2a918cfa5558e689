use std::{fs, path::PathBuf};

use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;
use crate::domain::{Locale, Role, Service, ServiceId, SourceKind, StormRule};

/// A directory with a configuration in it, gone when dropped.
struct Desk {
    directory: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap() }
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Loads this text under these variables; faults come without the directory's name.
    fn load(&self, text: &str, variables: &[(&str, &str)]) -> Result<Loaded, String> {
        let path = self.write("foghorn.toml", text);
        load(Some(&path), environment(variables))
            .map_err(|faults| faults.to_string().replace(&format!("{}/", self.directory.path().display()), ""))
    }
}

fn environment(variables: &[(&str, &str)]) -> Vec<(String, String)> {
    variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn loaded(text: &str, variables: &[(&str, &str)]) -> Loaded {
    Desk::new().load(text, variables).unwrap()
}

fn faults(text: &str, variables: &[(&str, &str)]) -> String {
    Desk::new().load(text, variables).unwrap_err()
}

fn service<'l>(loaded: &'l Loaded, id: &str) -> &'l Service {
    loaded.catalogue.by_id(&ServiceId::new(id).unwrap()).unwrap()
}

#[test]
fn without_a_word_from_the_operator_everything_has_its_documented_default() {
    let settings = loaded("", &[]).settings;
    assert_eq!(settings.store.path, PathBuf::from("data"));
    assert_eq!(settings.poll.interval, Duration::from_secs(60));
    assert_eq!(settings.poll.incident_interval, Duration::from_secs(20));
    assert_eq!(settings.poll.timeout, Duration::from_secs(10));
    assert_eq!((settings.poll.concurrency, settings.poll.per_host), (256, 2));
    assert_eq!(settings.poll.user_agent, concat!("foghorn/", env!("CARGO_PKG_VERSION")));
    assert_eq!(settings.probe.controls.len(), 3);
    assert_eq!(settings.detect.absent_readings, 3);
    assert_eq!(settings.detect.reopen_within, Duration::from_secs(15 * 60));
    assert_eq!(settings.history.keep, Duration::from_secs(400 * 24 * 3600));
    assert_eq!(settings.delivery.give_up_after, Duration::from_secs(24 * 3600));
    let within = Duration::from_secs(5 * 60);
    assert_eq!(settings.delivery.storms, StormRule { outages: 5, within });
    assert_eq!((settings.chats.locale, settings.chats.timezone), (Locale::En, Tz::UTC));
    assert_eq!((settings.console.locale, settings.console.timezone), (Locale::En, Tz::UTC));
    assert!(settings.discord.token.is_none() && settings.telegram.token.is_none());
    assert!(settings.telegram.webhook.is_none() && !settings.telegram.paid_broadcast);
    assert_eq!(settings.discord.api_url.as_str(), "https://discord.com/");
    assert_eq!(settings.telegram.api_url.as_str(), "https://api.telegram.org/");
    assert_eq!(settings.http.listen, Some("127.0.0.1:9464".parse().unwrap()));
    assert_eq!((settings.log.level.as_str(), settings.log.format), ("info", LogFormat::Text));
}

#[test]
fn every_key_of_the_built_in_file_is_read_and_refuses_what_it_cannot_be() {
    let keys = Layers::new(built_in(), None, &[]).known();
    assert!(keys.len() > 25, "{keys:?}");
    for key in keys {
        let (section, name) = key.split_once('.').unwrap();
        let told = faults(&format!("[{section}]\n{name} = 1979-05-27\n"), &[]);
        assert!(told.starts_with(&format!("foghorn.toml:2: `{key}`: expected ")), "{told}");
    }
}

#[test]
fn every_commented_key_of_a_service_in_the_built_in_file_is_one() {
    let start = BUILT_IN.find("# [[service]]").unwrap();
    let example: String =
        BUILT_IN[start..].lines().map(|line| line.trim_start_matches('#').to_owned() + "\n").collect();
    let loaded = loaded(&example, &[]);
    let intranet = service(&loaded, "intranet");
    assert_eq!(intranet.sources.len(), 3);
    assert_eq!(intranet.sources[0].parts, ["Login"]);
    assert_eq!(intranet.sources[1].probe.reachable, [(200, 299), (401, 401)]);
    assert_eq!(intranet.sources[1].probe.slow_after, Some(Duration::from_secs(5)));
    assert_eq!(intranet.sources[1].role, Role::Measured);
    let json = intranet.sources[2].json.as_deref().unwrap();
    assert_eq!(json.values.len(), 3);
    assert_eq!(json.incidents.as_ref().unwrap().components.as_deref(), Some("$.touches[*].name"));
    assert_eq!(loaded.origins.inline, 1);
}

#[test]
fn a_json_source_without_sound_paths_is_refused_with_the_line_of_each_fault() {
    let text = "\
[[service]]
id = \"intranet\"
name = \"Intranet\"
[[service.source]]
kind = \"json\"
url = \"https://intranet.example/state.json\"
condition = \"$.state[\"
values = { green = \"fine\" }
[service.source.incidents]
each = \"events\"
titel = \"$.x\"
[[service.source]]
kind = \"json\"
url = \"https://intranet.example/other.json\"
[[service.source]]
kind = \"rss\"
url = \"https://intranet.example/feed\"
condition = \"$.state\"
";
    let told = faults(text, &[]);
    let lines: Vec<&str> = told.lines().collect();
    for (line, expect) in lines.iter().zip([
        "foghorn.toml:7: `service.source.condition`: expected a JSONPath, such as \"$.status.level\", found `$.state[`, which is wrong ",
        "foghorn.toml:8: `service.source.values.green`: expected one of operational, degraded, partial_outage, major_outage, maintenance, unknown, found `fine`",
        "foghorn.toml:9: `service.source.incidents.id`: is missing: expected a JSONPath",
        "foghorn.toml:10: `service.source.incidents.each`: expected a JSONPath, such as \"$.status.level\", found `events`",
        "foghorn.toml:11: unknown key `service.source.incidents.titel`; did you mean `service.source.incidents.title`?",
        "foghorn.toml:12: `service.source.condition`: is missing: a json source needs `condition`, `components` or `incidents`",
        "foghorn.toml:18: `service.source.condition`: only kind \"json\" has this key",
    ]) {
        assert!(line.starts_with(expect), "{line}");
    }
    assert_eq!(lines.len(), 7, "{told}");
}

#[test]
fn variables_win_over_the_file_and_the_file_over_the_defaults() {
    let text = "[store]\npath = \"from-file\"\n[poll]\ninterval = \"200ms\"\nconcurrency = 8\n";
    let variables = [
        ("FOGHORN_STORE__PATH", "/data"),
        ("FOGHORN_POLL__CONCURRENCY", "16"),
        ("FOGHORN_SERVICES__CATALOGUE", "true"),
        ("FOGHORN_SERVICES__ONLY", "whatsapp, tiktok"),
        ("FOGHORN_HTTP__LISTEN", ""),
        ("FOGHORN_PROBE__CONTROLS", ""),
        ("PATH", "/bin"),
    ];
    let loaded = loaded(text, &variables);
    assert_eq!(loaded.settings.store.path, PathBuf::from("/data"));
    assert_eq!(loaded.settings.poll.interval, Duration::from_millis(200));
    assert_eq!(loaded.settings.poll.concurrency, 16);
    assert_eq!(loaded.settings.poll.per_host, 2);
    assert_eq!(loaded.settings.http.listen, None);
    assert!(loaded.settings.probe.controls.is_empty());
    let ids: Vec<&str> = loaded.catalogue.services().map(|service| service.id.as_str()).collect();
    assert_eq!(ids, ["tiktok", "whatsapp"]);
}

#[test]
fn sources_with_an_incident_are_never_read_less_often_than_the_others() {
    let settings = loaded("[poll]\ninterval = \"5s\"\n", &[]).settings;
    assert_eq!(settings.poll.incident_interval, Duration::from_secs(5));
}

#[test]
fn unknown_keys_are_refused_with_line_and_nearest_key() {
    let text = "[poll]\n# how often\nintervall = \"5s\"\n\n[pol]\ntimeout = \"1s\"\n\n[store]\ntimeout = \"1s\"\n";
    let expect = "\
foghorn.toml:3: unknown key `poll.intervall`; did you mean `poll.interval`?
foghorn.toml:5: unknown section `pol`; did you mean `poll`?
foghorn.toml:9: unknown key `store.timeout`; did you mean `poll.timeout`?";
    assert_eq!(faults(text, &[]), expect);
    let text = "interval = \"5s\"\nhttp = \"x\"\nweather = \"fine\"\n";
    let expect = "\
foghorn.toml:1: unknown key `interval`; did you mean `poll.interval`?
foghorn.toml:2: `http` is a section: write [http] and its keys below
foghorn.toml:3: unknown key `weather`";
    assert_eq!(faults(text, &[]), expect);
}

#[test]
fn unknown_variables_are_refused_but_not_those_of_kubernetes() {
    let variables = [
        ("FOGHORN_POLL__INTERVALL", "5s"),
        ("FOGHORN_STORE_PATH", "/data"),
        ("FOGHORN_SERVICE_HOST", "10.0.0.1"),
        ("FOGHORN_SERVICE_PORT_HTTP", "9464"),
        ("FOGHORN_PORT_9464_TCP_ADDR", "10.0.0.1"),
    ];
    let expect = "\
environment variable FOGHORN_POLL__INTERVALL: there is no such setting; did you mean `FOGHORN_POLL__INTERVAL`?
environment variable FOGHORN_STORE_PATH: there is no such setting; did you mean `FOGHORN_STORE__PATH`?";
    assert_eq!(faults("", &variables), expect);
}

#[test]
fn wrong_values_say_what_is_expected() {
    let check = |text: &str, expect: &str| assert_eq!(faults(text, &[]), format!("foghorn.toml:2: {expect}"));
    check(
        "[poll]\ninterval = \"soon\"",
        "`poll.interval`: expected a span of time from 50ms to 1day, such as \"60s\", found `soon`",
    );
    check(
        "[poll]\ninterval = 60",
        "`poll.interval`: expected a span of time from 50ms to 1day, such as \"60s\", found the number 60",
    );
    check("[poll]\nconcurrency = 0", "`poll.concurrency`: expected a whole number from 1 to 10000, found the number 0");
    check("[poll]\nper_host = \"2\"", "`poll.per_host`: expected a whole number from 1 to 100, found `2`");
    check(
        "[http]\nlisten = \"9464\"",
        "`http.listen`: expected an address and port, such as \"127.0.0.1:9464\", or \"\", found `9464`",
    );
    check("[services]\ncatalogue = \"no\"", "`services.catalogue`: expected `true` or `false`, found `no`");
    check(
        "[chats]\ntimezone = \"Berlin\"",
        "`chats.timezone`: expected a time zone's name, such as \"Europe/Berlin\", found `Berlin`",
    );
    let tags = Locale::ALL.map(|locale| format!("\"{}\"", locale.tag())).join(", ");
    check("[chats]\nlanguage = \"xx\"", &format!("`chats.language`: expected {tags}, found `xx`"));
    check("[log]\nformat = \"xml\"", "`log.format`: expected \"text\" or \"json\", found `xml`");
    check(
        "[log]\nlevel = \"inof\"",
        "`log.level`: expected a level such as \"info\" or a filter such as \"info,foghorn::feeds=debug\", found `inof`",
    );
    check(
        "[telegram]\napi_url = \"https://me:secret@api.example\"",
        "`telegram.api_url`: expected a web address without a user's name, such as \"https://api.example.org\", \
         found a text with `@`",
    );
    check(
        "[probe]\ncontrols = [\"example.org\"]",
        "`probe.controls`: expected a web address without a user's name, such as \"https://api.example.org\", found \
         `example.org`",
    );
    check("[store]\npath = \"\"", "`store.path`: expected a path, such as \"data\", found nothing");
}

#[test]
fn all_faults_of_all_places_are_told_at_once_in_order() {
    let desk = Desk::new();
    let directory = desk.directory.path().join("more");
    desk.write("more/b.toml", "id = \"b\"\nname = \"B\"\nalias = [\"bee\"]\n");
    desk.write("more/a.toml", "id = \n");
    let told = desk
        .load(
            "[poll]\ntimeout = 1\n[[service]]\nid = \"C\"\n",
            &[("FOGHORN_SERVICES__DIRECTORY", directory.to_str().unwrap()), ("FOGHORN_X", "1")],
        )
        .unwrap_err();
    let places: Vec<&str> = told.lines().map(|line| line.split(": ").next().unwrap()).collect();
    let expect = [
        "foghorn.toml:2",
        "foghorn.toml:3",
        "foghorn.toml:3",
        "foghorn.toml:4",
        "more/a.toml:1",
        "more/b.toml:1",
        "more/b.toml:3",
        "environment variable FOGHORN_X",
    ];
    assert_eq!(places, expect, "{told}");
}

#[test]
fn what_stands_above_a_fault_against_the_grammar_is_checked_as_well() {
    let text =
        "[poll]\nintervall = \"5s\"\ntimeout = 1\n[services]\nonly = [\"mine\"]\n[http]\nlisten = [\n[[service]]\n";
    let told = faults(text, &[("FOGHORN_X", "1")]);
    let places: Vec<&str> = told.lines().map(|line| line.split(": ").next().unwrap()).collect();
    let expect =
        ["foghorn.toml:2", "foghorn.toml:3", "foghorn.toml:8", "foghorn.toml:8", "environment variable FOGHORN_X"];
    assert_eq!(places, expect, "{told}");
}

#[test]
fn a_file_that_is_named_must_be_there() {
    let missing = Desk::new().directory.path().join("gone.toml");
    for variables in [vec![], environment(&[("FOGHORN_CONFIG", missing.to_str().unwrap())])] {
        let path = variables.is_empty().then_some(missing.as_path());
        let told = load(path, variables).unwrap_err().to_string();
        assert!(told.contains("gone.toml: the configuration cannot be read: "), "{told}");
    }
}

#[test]
fn tokens_come_from_a_variable_or_a_file_and_are_never_shown() {
    let desk = Desk::new();
    let file = desk.write("token", " f1le-token \n");
    let text = format!("[discord]\ntoken_env = \"MY_TOKEN\"\n[telegram]\ntoken_file = {:?}\n", file.display());
    let loaded = desk.load(&text, &[("MY_TOKEN", "v4riable-token"), ("TELEGRAM_BOT_TOKEN", "the-file-wins")]).unwrap();
    let token = |token: &Option<Secret>| token.as_ref().map(|token| token.reveal().to_owned());
    assert_eq!(token(&loaded.settings.discord.token).as_deref(), Some("v4riable-token"));
    assert_eq!(token(&loaded.settings.telegram.token).as_deref(), Some("f1le-token"));
    let shown = format!("{loaded:?}");
    assert!(!shown.contains("v4riable") && !shown.contains("f1le-token"), "{shown}");
}

#[test]
fn a_webhook_needs_a_secret_that_telegram_takes() {
    let text = "[telegram]\nwebhook_url = \"https://bot.example/hook\"\npaid_broadcast = true\n";
    let telegram = loaded(text, &[("TELEGRAM_WEBHOOK_SECRET", "a_good-s3cret")]).settings.telegram;
    let webhook = telegram.webhook.unwrap();
    assert_eq!((webhook.url.as_str(), webhook.listen.port()), ("https://bot.example/hook", 8443));
    assert_eq!(webhook.secret.reveal(), "a_good-s3cret");
    assert!(telegram.paid_broadcast);
    let told = faults(text, &[]);
    assert!(told.contains("foghorn.toml:2: `telegram.webhook_url`: a webhook needs a secret"), "{told}");
    let told = faults(text, &[("TELEGRAM_WEBHOOK_SECRET", "b/d")]);
    assert!(told.contains("`telegram.webhook_url`: its secret may have 1 to 256 of"), "{told}");
    assert!(!told.contains("b/d"), "{told}");
}

#[test]
fn a_token_in_the_wrong_place_is_refused_without_showing_it() {
    let text = "[discord]\ntoken = \"s3cret.a\"\ntoken_env = \"s3cret.b\"\n[telegram]\ntoken_file = \"s3cret.c\"\n";
    let told = faults(text, &[("FOGHORN_DISCORD__TOKEN", "s3cret.d")]);
    assert_eq!(told.lines().count(), 4, "{told}");
    assert!(told.contains("foghorn.toml:2: unknown key `discord.token`; did you mean `discord.token_"), "{told}");
    assert!(
        told.contains("foghorn.toml:3: `discord.token_env`: expected the name of an environment variable"),
        "{told}"
    );
    assert!(told.contains("foghorn.toml:5: `telegram.token_file`: the file it names cannot be read"), "{told}");
    assert!(!told.contains("s3cret"), "{told}");
}

#[test]
fn the_console_speaks_as_the_terminal_does_unless_told() {
    let console = |text: &str, variables: &[(&str, &str)]| {
        let console = loaded(text, variables).settings.console;
        (console.locale, console.timezone)
    };
    let german = [("LANG", "de_DE.UTF-8"), ("TZ", ":Europe/Berlin")];
    assert_eq!(console("", &german), (Locale::De, Tz::Europe__Berlin));
    assert_eq!(console("", &[("LC_ALL", "C.UTF-8"), ("LANG", "de_DE.UTF-8")]), (Locale::En, Tz::UTC));
    let told = "[console]\nlanguage = \"en\"\ntimezone = \"Asia/Tokyo\"\n";
    assert_eq!(console(told, &german), (Locale::En, Tz::Asia__Tokyo));
    assert_eq!(console("[chats]\nlanguage = \"de\"\n", &[]), (Locale::De, Tz::UTC));
}

#[test]
fn a_service_of_the_operator_takes_the_place_of_a_built_in_one() {
    let desk = Desk::new();
    let file = "id = \"zoom\"\nname = \"Our Zoom\"\n[[source]]\nkind = \"http\"\nurl = \"http://zoom.example/\"\n";
    desk.write("more/zoom.toml", file);
    let directory = desk.directory.path().join("more");
    let text = "[[service]]\nid = \"slack\"\nname = \"Our Slack\"\n[[service.source]]\nkind = \"http\"\nurl = \
                \"http://slack.example/\"\n";
    let before = loaded("", &[]).origins.built_in;
    let loaded = desk.load(text, &[("FOGHORN_SERVICES__DIRECTORY", directory.to_str().unwrap())]).unwrap();
    assert_eq!(loaded.origins, Origins { built_in: before - 2, directory: 1, inline: 1 });
    assert_eq!(service(&loaded, "zoom").name, "Our Zoom");
    assert_eq!(service(&loaded, "slack").name, "Our Slack");
    assert_eq!(service(&loaded, "slack").category, "other");
}

#[test]
fn services_left_out_are_no_fault_where_others_name_them() {
    let loaded = loaded("[services]\nonly = [\"whatsapp\", \"signal\"]\n", &[]);
    let whatsapp = service(&loaded, "whatsapp");
    assert_eq!(whatsapp.alternatives, [ServiceId::new("signal").unwrap()]);
    assert!(whatsapp.depends_on.is_empty());
    let told = faults("[services]\nonly = [\n  \"watsapp\",\n]\n", &[]);
    assert_eq!(told, "foghorn.toml:3: `services.only`: there is no service `watsapp`; did you mean `whatsapp`?");
}

#[test]
fn faults_of_services_name_line_key_and_expectation() {
    let head = "[[service]]\nid = \"intranet\"\nname = \"Intranet\"\n";
    let source = "[[service.source]]\nkind = \"http\"\nurl = \"http://a.example/\"\n";
    let check = |text: &str, expect: &str| assert_eq!(faults(text, &[]), expect, "{text}");
    check(head, "foghorn.toml:1: no source: expected at least one [[service.source]]");
    check(
        &format!("{head}aliasses = [\"a\"]\n{source}"),
        "foghorn.toml:4: unknown key `service.aliasses`; did you mean `service.aliases`?",
    );
    check(&format!("{head}aliases = [\n\"gh\"]\n{source}"), "foghorn.toml:5: `gh` names both `github` and `intranet`");
    check(
        &format!("{head}depends_on = [\"awss\"]\n{source}"),
        "foghorn.toml:4: `intranet` names `awss` as depends_on, which is no service; did you mean `aws`?",
    );
    check(
        &format!("{head}category = \"zoom\"\n{source}"),
        "foghorn.toml:4: `zoom` cannot be a category: it names the service `zoom`",
    );
    check(&format!("{head}{source}{head}{source}"), "foghorn.toml:8: there are two services with the id `intranet`");
    check(
        &format!("{head}{source}{source}"),
        "foghorn.toml:7: another source of this service has the same kind and address: write one, with the parts of both",
    );
    check(
        &format!("{head}{source}role = \"official\"\nparts = [\"a\"]\nreachable = [\"499-200\"]\n"),
        "foghorn.toml:7: `service.source.role`: a probe is what we see, not what the provider or people say: \
         expected \"measured\" or \"hint\"\nfoghorn.toml:8: `service.source.parts`: only a status feed has this key\n\
         foghorn.toml:9: `service.source.reachable`: expected HTTP status codes, such as \"200-299\" or \"401\", \
         found `499-200`",
    );
    let feed = "[[service.source]]\nkind = \"rss\"\nurl = \"http://a.example/\"\n";
    check(
        &format!("{head}{feed}failures = 5\n"),
        "foghorn.toml:7: `service.source.failures`: only kind \"http\" or role \"reported\" has this key",
    );
    check(
        &format!("{head}{feed}role = \"rumoured\"\n"),
        "foghorn.toml:7: `service.source.role`: expected one of hint, reported, measured, official, found `rumoured`",
    );
    check(
        &format!("{head}[[service.source]]\nkind = \"statuspaeg\"\nurl = \"ftp://a.example\"\nfailures = 3\n"),
        &format!(
            "foghorn.toml:5: `service.source.kind`: expected one of {}, found `statuspaeg`\n\
             foghorn.toml:6: `service.source.url`: expected a web address without a user's name, such as \
             \"https://status.example.org/\", found `ftp://a.example`",
            SourceKind::ALL.map(SourceKind::word).join(", ")
        ),
    );
    check("[service]\nid = \"a\"\n", "foghorn.toml:1: `service`: expected [[service]], with two brackets");
}

#[test]
fn what_people_report_is_as_patient_as_it_is_told_to_be() {
    let text = "[[service]]\nid = \"intranet\"\nname = \"Intranet\"\n[[service.source]]\nkind = \"rss\"\n\
        url = \"http://a.example/\"\nrole = \"reported\"\nfailures = 7\n";
    let loaded = loaded(text, &[]);
    let source = &service(&loaded, "intranet").sources[0];
    assert!(source.is_patient());
    assert_eq!((source.role, source.probe.failures, source.probe.successes), (Role::Reported, 7, 2));
}

#[test]
fn a_service_file_is_called_as_its_service() {
    let desk = Desk::new();
    let text = "id = \"intranet\"\nname = \"I\"\n[[source]]\nkind = \"http\"\nurl = \"http://a.example/\"\n";
    desk.write("more/intra.toml", text);
    let directory = desk.directory.path().join("more");
    let told = desk.load("", &[("FOGHORN_SERVICES__DIRECTORY", directory.to_str().unwrap())]).unwrap_err();
    assert_eq!(
        told,
        "more/intra.toml:1: `id`: the file is called `intra.toml`, so expected \"intra\", found `intranet`"
    );
}

#[test]
fn every_built_in_service_is_read_over_https_and_has_a_home() {
    let loaded = loaded("", &[]);
    assert_eq!(loaded.origins, Origins { built_in: loaded.catalogue.services().count(), ..Origins::default() });
    for service in loaded.catalogue.services() {
        assert!(service.homepage.is_some(), "{}", service.id);
        assert_ne!(service.category, "other", "{}", service.id);
        for source in &service.sources {
            assert!(source.url.starts_with("https://"), "{}", source.id);
            assert_eq!(source.kind == SourceKind::Http, source.role == Role::Measured, "{}", source.id);
        }
    }
}

#[test]
fn the_services_of_the_story_are_built_in_with_their_best_sources() {
    use Role::{Hint, Measured, Official};
    let loaded = loaded("", &[]);
    let check = |id: &str, expect: &[(SourceKind, Role)]| {
        let found: Vec<_> = service(&loaded, id).sources.iter().map(|source| (source.kind, source.role)).collect();
        assert_eq!(found, expect, "{id}");
    };
    let probe = (SourceKind::Http, Measured);
    for id in ["whatsapp", "facebook", "instagram"] {
        check(id, &[probe, (SourceKind::Metastatus, Hint)]);
    }
    for id in ["tiktok", "fiverr", "youtube", "airbnb"] {
        check(id, &[probe]);
    }
    for id in ["telegram", "x"] {
        check(id, &[probe, probe]);
    }
    check("spotify", &[(SourceKind::Statuspage, Official), probe]);
    check("signal", &[(SourceKind::Html, Official)]);
    check("upwork", &[(SourceKind::Statusio, Official)]);
    check("slack", &[(SourceKind::Slack, Official)]);
    check("google-workspace", &[(SourceKind::Google, Official)]);
    check("aws", &[(SourceKind::Aws, Official)]);
    check("openai", &[(SourceKind::Incidentio, Official)]);
    check("meta", &[(SourceKind::Metastatus, Official)]);
    for id in ["zoom", "trello", "discord", "github", "cloudflare"] {
        check(id, &[(SourceKind::Statuspage, Official)]);
    }
}

#[test]
fn words_people_type_find_their_service() {
    let loaded = loaded("", &[]);
    let check = |word: &str, id: &str| {
        assert_eq!(loaded.catalogue.by_word(word).map(|service| service.id.as_str()), Some(id), "{word}");
    };
    for (word, id) in [
        ("wa", "whatsapp"),
        ("IG", "instagram"),
        ("insta", "instagram"),
        ("fb", "facebook"),
        ("twitter", "x"),
        ("yt", "youtube"),
        ("gh", "github"),
        ("cf", "cloudflare"),
        ("ChatGPT", "openai"),
        ("claude", "anthropic"),
        ("gmail", "google-workspace"),
    ] {
        check(word, id);
    }
}

/// Lines that configurations are made of, right and wrong.
fn lines() -> impl Strategy<Value = String> {
    let keys = Layers::new(built_in(), None, &[]).known();
    let names: Vec<String> = keys.iter().map(|key| key.split_once('.').unwrap().1.to_owned()).collect();
    let sections: Vec<String> = keys.iter().map(|key| key.split_once('.').unwrap().0.to_owned()).collect();
    let service_keys = ["id", "name", "aliases", "kind", "url", "reachable", "depends_on", "failures", "source"];
    let value = prop_oneof![
        Just("\"\"".to_owned()),
        Just("true".to_owned()),
        Just("[\"a\", 1]".to_owned()),
        Just("{ id = 1 }".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        "[a-z0-9:/. -]{0,12}".prop_map(|text| format!("{text:?}")),
    ];
    let line = prop_oneof![
        proptest::sample::select(sections).prop_map(|section| format!("[{section}]")),
        Just("[[service]]".to_owned()),
        Just("[[service.source]]".to_owned()),
        (proptest::sample::select(names), value.clone()).prop_map(|(name, value)| format!("{name} = {value}")),
        (proptest::sample::select(service_keys.to_vec()), value).prop_map(|(name, value)| format!("{name} = {value}")),
        "\\PC{0,20}",
    ];
    proptest::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_settings_or_faults_in_order(text in lines()) {
        // Without the built-in services, which are the same each time.
        let variables = [("FOGHORN_SERVICES__CATALOGUE", "false")];
        if let Err(told) = Desk::new().load(&text, &variables) {
            let line = |fault: &str| fault.strip_prefix("foghorn.toml:")?.split(':').next()?.parse::<usize>().ok();
            let numbers: Vec<usize> = told.lines().filter_map(line).collect();
            prop_assert!(!numbers.is_empty(), "{told}");
            prop_assert!(numbers.is_sorted(), "{told}");
        }
    }
}
