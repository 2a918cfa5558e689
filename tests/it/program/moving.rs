//! What chats have asked for, from one store to another.

use std::fs;

use crate::support::{
    feed_server::FeedServer,
    page::StatusPage,
    program::{Home, Program},
};

#[tokio::test(flavor = "multi_thread")]
async fn what_chats_have_asked_for_moves_to_another_store_and_twice_is_once() {
    let server = FeedServer::start().await;
    let (acme, beta) = (StatusPage::new(&server, "acme"), StatusPage::new(&server, "beta"));
    let services = acme.service("Acme") + &beta.service("Beta");
    let (old, new) = (Home::new(&services), Home::new(&services));
    let mut program = old.start();
    program.ask("/subscribe acme major_outage");
    program.ask("/subscribe beta");
    program.ask("/settings timezone Europe/Vienna");
    program.ask("/mute beta 3d");
    assert_eq!(program.stop("TERM").code(), Some(0));

    let exported = old.run(&["export"], b"");
    assert_eq!(exported.code(), Some(0), "{exported:?}");
    assert_eq!(old.run(&["export", "all.jsonl"], b"").code(), Some(0));
    let file = old.directory().join("all.jsonl");
    assert_eq!(fs::read_to_string(&file).unwrap(), exported.stdout);
    assert_eq!(exported.stdout.lines().count(), 1 + 4 + 1, "{}", exported.stdout);

    let path = file.to_str().unwrap();
    let imported = new.run(&["import", path], b"");
    assert_eq!(imported.code(), Some(0), "{imported:?}");
    assert_eq!(imported.stdout, "Imported: 1 mute, settings of 1 chat, 2 subscriptions.\n");
    let again = new.run(&["import", path], b"");
    assert_eq!((again.code(), again.stdout.as_str()), (Some(0), "Imported: nothing.\nThere already: 4.\n"));
    assert_eq!(new.run(&["export"], b"").stdout, exported.stdout);
    let mut program = new.start();
    let kept = program.ask("/subscriptions");
    assert!(kept.contains("Acme") && kept.contains("Beta") && kept.contains("major outage only"), "{kept}");
    assert!(program.ask("/settings").contains("Europe/Vienna"));
    program.ask("/subscribe acme degraded");
    program.stop("TERM");

    // What a chat has asked for since then stays.
    let later = new.run(&["import", path], b"");
    assert_eq!(later.code(), Some(1), "{later:?}");
    assert!(later.stdout.contains("There already: 3.\nSkipped: 1.\n  line "), "{}", later.stdout);
    assert!(later.stdout.contains("something newer in its place"), "{}", later.stdout);
}

#[test]
fn what_is_wrong_in_a_file_is_skipped_with_its_line_and_reason_and_the_rest_is_taken() {
    let home = Home::new("");
    let line = |chat: &str, topic: &str| {
        format!(
            r#"{{"kind":"subscription","chat":"{chat}","topic":"{topic}","severity":null,"mention":null,"since":"2026-01-01T00:00:00Z"}}"#
        )
    };
    let lines = [
        line("discord:1/2", "service:acme"),
        "no JSON".to_owned(),
        line("pigeon:1", "service:acme"),
        String::new(),
        line("discord:1/2", "planet:mars"),
        r#"{"kind":"pigeon","chat":"discord:1/2"}"#.to_owned(),
        line("telegram:7\\u0000", "service:acme"),
        format!("{{\"kind\":\"{}\"}}", "x".repeat(2_000_000)),
        r#"{"kind":"mute","chat":"discord:1/2","about":"all","until":"2020-01-01T00:00:00Z"}"#.to_owned(),
        line("telegram:7", "category:messaging"),
    ];
    fs::write(home.directory().join("in.jsonl"), lines.join("\n")).unwrap();
    let imported = home.run(&["import", "in.jsonl"], b"");
    assert_eq!(imported.code(), Some(1), "{imported:?}");
    let said: Vec<&str> = imported.stdout.lines().collect();
    assert_eq!(said[0], "Imported: 2 subscriptions.");
    assert_eq!(said[1], "The file has no last line: it was cut off when it was written or copied.");
    assert_eq!(said[2], "Skipped: 7.");
    for (place, start) in [
        "  line 2: it cannot be read: ",
        "  line 3: `pigeon:1` is no chat",
        "  line 5: `planet:mars` is neither a service nor a category",
        "  line 6: it cannot be read: unknown variant `pigeon`",
        "  line 7: `telegram:7",
        "  line 8: it is too long",
        "  line 9: the mute is over",
    ]
    .iter()
    .enumerate()
    {
        assert!(said[3 + place].starts_with(start), "{}", imported.stdout);
    }
    let missing = home.run(&["import", "nowhere.jsonl"], b"");
    assert_eq!(missing.code(), Some(1), "{missing:?}");
    assert!(missing.stderr.starts_with("error: nowhere.jsonl cannot be read"), "{}", missing.stderr);
}

#[test]
fn without_a_store_there_is_nothing_to_export_and_none_is_made() {
    let home = Home::new("");
    for arguments in [&["export"][..], &["outbox"]] {
        let ended = Program::start(home.command(arguments)).finish(b"");
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(1), ""), "{ended:?}");
        assert_eq!(ended.stderr, "error: there is no store at data; `store.path` says where it is\n");
    }
    assert!(!home.directory().join("data").exists());
}
