//! What people who start the program see of it: answers on standard output, complaints on standard error, exit codes.

use serde_json::Value;

use crate::support::{
    feed_server::{Answer, FeedServer},
    page::{Posted, StatusPage, summary},
    program::{Home, Program, alerts, service},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_script_is_answered_line_by_line_and_its_end_is_the_end() {
    let server = FeedServer::start().await;
    let home = Home::new(&StatusPage::new(&server, "whatsapp").service("WhatsApp"));
    let ended = home
        .run(&[], b"/subscribe whatsapp\n/status\n/help\n/nonsense\n/status watsap\n\nhello there\n/quit\n/about\n");
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    let expected = [
        "This chat now hears about WhatsApp",
        "well",
        "What you can type",
        "There is no command `/nonsense`",
        "WhatsApp: operational",
        "Commands begin with a slash",
    ];
    let answers: Vec<&str> = ended.stdout.trim_end().split("\n\n").collect();
    assert_eq!(answers.len(), expected.len(), "{}", ended.stdout);
    for (answer, expected) in answers.iter().zip(expected) {
        assert!(answer.contains(expected) || answer.contains("Did you mean"), "{expected:?} is not in {answer:?}");
    }
    assert!(answers[4].contains("WhatsApp"), "{}", answers[4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_typed_something_is_answered() {
    let home = Home::new("");
    let mut input = b"/status ".to_vec();
    input.extend(vec![b'x'; 100 * 1024]);
    input.extend(b"\n\xff\xfe\x00\x1b[31m\x80\n/status \xff\x1b]0;x\x07\n/subscribe\n/\n/ status\n/about");
    let ended = home.run(&[], &input);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    assert_eq!(ended.stdout.trim_end().split("\n\n").count(), 7, "{}", ended.stdout);
    assert!(ended.stdout.contains("Foghorn "), "{}", ended.stdout);
    assert!(!ended.stdout.contains(['\u{1b}', '\u{0}', '\u{7}']), "{:?}", ended.stdout);
    assert!(ended.stdout.len() < 20_000, "{} bytes", ended.stdout.len());
    assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
}

#[tokio::test]
async fn a_wrong_configuration_is_refused_with_every_fault_and_its_place() {
    let settings = "[poll]\nintervall = \"60s\"\ntimeout = \"soon\"\n\n[sotre]\npath = \"x\"\n";
    let home = Home::with(settings, "[[service]]\nid = \"Not An Id\"\nname = \"A\"\n");
    for arguments in [&["run"][..], &["status"], &["health"], &[]] {
        let ended = home.run(arguments, b"");
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(2), ""), "{arguments:?} {ended:?}");
        assert_eq!(ended.stderr.matches("`poll.intervall`").count(), 1, "said twice: {}", ended.stderr);
        for expected in [
            "foghorn.toml:2: ",
            "`poll.intervall`",
            "`poll.interval`?",
            "foghorn.toml:3: ",
            "`poll.timeout`",
            "foghorn.toml:5: ",
            "foghorn.toml:9: ",
            "`service.id`",
        ] {
            assert!(ended.stderr.contains(expected), "{expected} is not in {}", ended.stderr);
        }
    }
    let ended = home.run(&["check"], b"");
    assert_eq!(ended.code(), Some(2), "{ended:?}");
    assert!(ended.stdout.contains("`poll.intervall`"), "{ended:?}");

    let plain = Home::with("", "");
    let mut command = plain.command(&["status"]);
    command.env("FOGHORN_POLL__TIMEOUTT", "1s");
    let ended = Program::start(command).finish(b"");
    assert_eq!(ended.code(), Some(2), "{ended:?}");
    assert!(ended.stderr.contains("FOGHORN_POLL__TIMEOUT`?"), "{ended:?}");
    let missing = home.run(&["--config", "nowhere.toml"], b"");
    assert_eq!(missing.code(), Some(2), "{missing:?}");
    assert!(missing.stderr.contains("nowhere.toml"), "{missing:?}");
}

#[tokio::test]
async fn wrong_usage_is_refused_and_help_is_not() {
    let home = Home::with("", "");
    for arguments in [&["rnu"][..], &["inspect"], &["--token", "x"], &["demo", "--speed", "0"], &["status", "watsap"]] {
        let ended = home.run(arguments, b"");
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(2), ""), "{arguments:?} {ended:?}");
        assert!(ended.stderr.starts_with("error: "), "{arguments:?} {ended:?}");
    }
    for arguments in [&["--help"][..], &["--version"], &["completions", "bash"], &["man"]] {
        let ended = home.run(arguments, b"");
        assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(ended.stdout.contains("foghorn"), "{ended:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn check_reads_every_feed_once_and_says_which_cannot_be_read() {
    let server = FeedServer::start().await;
    let (fine, bad) = (StatusPage::new(&server, "fine"), StatusPage::new(&server, "bad"));
    let home = Home::new(&fine.service("Fine"));
    let ended = home.run(&["check"], b"");
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    assert!(ended.stdout.contains("no faults") && ended.stdout.contains("1 of 1 sources read"), "{ended:?}");

    bad.answer(Answer::html("<html>moved</html>"));
    let home = Home::new(&(fine.service("Fine") + &bad.service("Bad")));
    let ended = home.run(&["check"], b"");
    assert_eq!(ended.code(), Some(1), "{ended:?}");
    assert!(ended.stdout.contains("1 of 2 sources read, 1 cannot be read"), "{ended:?}");
    let row = ended.stdout.lines().find(|line| line.starts_with("bad ")).unwrap();
    assert!(row.contains("statuspage") && row.contains("cannot be read: ") && row.contains("HTML"), "{row}");
    assert_eq!(server.asked(&bad.path()).len(), 1);
    assert_eq!(server.asked(&fine.path()).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn inspect_prints_the_observation_alone_or_says_why_there_is_none() {
    let server = FeedServer::start().await;
    let page = summary("Acme", &[Posted::new("i1", "Log-in fails", "critical")]);
    let home = Home::with("", "");
    let file = home.config().with_file_name("saved.json");
    std::fs::write(&file, page.clone().bytes()).unwrap();
    server.set("/api/v2/summary.json", page);
    let other = FeedServer::start().await;
    other.set("/page", Answer::html("<!DOCTYPE html><html><body>Hello</body></html>"));
    let url = server.url("/api/v2/summary.json");
    for target in [url.as_str(), "saved.json"] {
        for more in [&[][..], &["--kind", "statuspage"]] {
            let ended = home.run(&[&["inspect", target, "--format", "json"], more].concat(), b"");
            assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{target}");
            let object: Value = serde_json::from_str(&ended.stdout).unwrap();
            assert_eq!((&object["kind"], &object["condition"]), (&"statuspage".into(), &"major_outage".into()));
            assert_eq!(object["incidents"][0]["title"], "Log-in fails");
        }
    }
    let url = other.url("/page");
    for arguments in
        [&["inspect", url.as_str()][..], &["inspect", "saved.json", "--kind", "rss"], &["inspect", "no.json"]]
    {
        let ended = home.run(&[arguments, &["--format", "json"]].concat(), b"");
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(1), ""), "{arguments:?}");
        assert!(ended.stderr.starts_with("error: "), "{ended:?}");
    }
    let ended = home.run(&["inspect", "saved.json", "--kind", "statuspaeg"], b"");
    assert_eq!(ended.code(), Some(2), "{ended:?}");
}

#[tokio::test]
async fn the_demo_tells_four_stories_in_order_and_ends_by_itself() {
    let ended = Home::with("", "").run(&["demo", "--speed", "3"], b"");
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{}", ended.stdout);
    let told = alerts(&ended.stdout);
    let mut from = 0;
    for name in ["WhatsApp", "TikTok", "Spotify", "Fiverr"] {
        let position = |what: &str, from: usize| {
            let place = told.iter().skip(from).position(|title| title.starts_with(name) && title.contains(what));
            from + place.unwrap_or_else(|| panic!("{name} {what} after {from} is not in {told:?}"))
        };
        let opened = position("outage", from).min(position("d", from));
        from = position(": resolved", opened) + 1;
        assert_eq!(told.iter().filter(|title| **title == format!("{name}: resolved")).count(), 1, "{told:?}");
        let last = told.iter().rposition(|title| title.starts_with(name));
        assert_eq!(last, Some(from - 1), "{name} goes on after its end: {told:?}");
    }
    let last = ended.stdout.trim_end().lines().next_back().unwrap();
    assert!(last.starts_with("Demo ended: 4 outages told from first sign to recovery"), "{last}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_any_output() {
    const SECRETS: [&str; 4] = [
        "MTA5ODc2NTQzMjEwOTg3NjU0Mw.GabcDE.fakefakefakefakefakefakefakefakefakefa",
        "1234567890:AAFakeFakeFakeFakeFakeFakeFakeFakeFake",
        "c3cr3t-query-value",
        "wr0ng-query-value",
    ];
    let server = FeedServer::start().await;
    let page = summary("Acme", &[]);
    server.set("/acme/api/v2/summary.json", page);
    let good = server.url(&format!("/acme/api/v2/summary.json?token={}", SECRETS[2]));
    let bad = server.url(&format!("/nowhere?token={}", SECRETS[3]));
    let services = service("acme", "Acme", "statuspage", &good) + &service("bad", "Bad", "statuspage", &bad);
    let home = Home::new(&services);
    // Nobody listens there, so each error has a chance to tell what was asked for.
    let nowhere = "http://127.0.0.1:1";
    for (arguments, has_tokens) in [(&["run"][..], false), (&["run"], true), (&["check"], true), (&["status"], true)] {
        let mut command = home.command(arguments);
        command.env("RUST_LOG", "trace");
        if has_tokens {
            command.env("DISCORD_TOKEN", SECRETS[0]).env("TELEGRAM_BOT_TOKEN", SECRETS[1]);
            command.env("FOGHORN_DISCORD__API_URL", nowhere).env("FOGHORN_TELEGRAM__API_URL", nowhere);
        }
        let program = Program::start(command);
        let ended = if has_tokens && arguments == ["run"] {
            server.until_asked_again("/nowhere", 2).await;
            program.stop("TERM")
        } else {
            let ended = program.finish(b"/subscribe acme\n/status\n/status bad\n/status acme\n/about\n");
            assert!(ended.stdout.to_lowercase().contains("bad"), "{ended:?}");
            ended
        };
        for secret in SECRETS {
            for (name, text) in [("output", &ended.stdout), ("log", &ended.stderr)] {
                let line = text.lines().find(|line| line.contains(secret));
                assert!(line.is_none(), "{arguments:?}: {secret} is in the {name}: {line:?}");
            }
        }
    }
    // An address with a user's name is refused, and the refusal does not repeat what must not be told.
    let with_password = service("acme", "Acme", "statuspage", "http://me:passw0rd@127.0.0.1:1/feed");
    let ended = Home::new(&with_password).run(&[], b"");
    assert_eq!(ended.code(), Some(2), "{ended:?}");
    assert!(!ended.stderr.contains("passw0rd"), "{}", ended.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn logs_can_be_read_by_programs_and_nothing_piped_has_colours() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    page.answer(Answer::new(503, "no"));
    for format in ["json", "text"] {
        let home = Home::with(
            &format!(
                "log = {{ format = \"{format}\", level = \"debug\" }}\nservices = {{ catalogue = false }}\nhttp = {{ listen = \"\" }}\n"
            ),
            &page.service("Acme"),
        );
        let mut program = home.start();
        program.ask("/status acme");
        let ended = program.stop("TERM");
        assert_eq!(ended.code(), Some(0), "{ended:?}");
        assert!(!ended.stdout.contains('\u{1b}') && !ended.stderr.contains('\u{1b}'), "{ended:?}");
        assert!(ended.stderr.lines().count() > 3, "{ended:?}");
        if format == "json" {
            let lines: Vec<Value> = ended.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            let is_about_feed = |line: &&Value| line["service"] == "acme" && line["level"] == "WARN";
            let line = lines.iter().find(is_about_feed).unwrap();
            assert!(line["reason"].as_str().unwrap().contains("503"), "{line}");
        }
    }
}
