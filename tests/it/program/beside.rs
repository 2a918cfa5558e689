//! The other commands while a bot runs over the same store: they ask it through a socket that is its user's alone.

use std::{
    fs::{self, Permissions},
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    os::unix::{
        fs::{FileTypeExt, PermissionsExt},
        net::{UnixListener, UnixStream},
    },
    path::{Path, PathBuf},
    thread,
};

use crate::support::{
    feed_server::{Answer, FeedServer},
    page::{Posted, StatusPage},
    program::{Home, Program},
};

/// Pages on this computer may be watched.
const PRIVATE_TOO: &str = "watch = { allow_private = true }\n";

fn socket(home: &Home) -> PathBuf {
    home.directory().join("data/control.sock")
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// A bot that can be asked.
fn start(home: &Home) -> Program {
    let program = home.start();
    program.until_logged("other commands can ask this bot");
    program
}

fn well(home: &Home, arguments: &[&str]) -> String {
    let ended = home.run(arguments, b"");
    assert_eq!(ended.code(), Some(0), "{arguments:?}: {ended:?}");
    ended.stdout
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_exported_while_it_runs_is_what_is_exported_when_it_is_stopped() {
    let server = FeedServer::start().await;
    let many = (0..150).map(|number| (format!("service-{number}"), format!("Service {number}")));
    let (ids, services): (Vec<_>, Vec<_>) =
        many.map(|(id, name)| (id.clone(), StatusPage::new(&server, &id).service(&name))).unzip();
    let home = Home::new(&services.concat());
    let mut program = start(&home);
    ids.iter().for_each(|id| program.type_line(&format!("/subscribe {id}")));
    program.ask("/settings timezone Europe/Vienna");
    program.ask("/mute service-7 3d");
    let exported = well(&home, &["export"]);
    assert_eq!(exported.lines().count(), 1 + 150 + 2 + 1, "{exported}");
    well(&home, &["export", "all.jsonl"]);
    assert_eq!(fs::read_to_string(home.directory().join("all.jsonl")).unwrap(), exported);
    assert_eq!(well(&home, &["import", "all.jsonl"]), "Imported: nothing.\nThere already: 152.\n");
    assert_eq!(program.stop("TERM").code(), Some(0));
    assert!(!socket(&home).exists(), "it was taken away at the end");
    assert_eq!(well(&home, &["export"]), exported);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_imported_while_it_runs_is_told_of_the_next_outage() {
    let server = FeedServer::start().await;
    let (acme, beta) = (StatusPage::new(&server, "acme"), StatusPage::new(&server, "beta"));
    server.set("/beta", Answer::html("<!DOCTYPE html><html><head><title>Status</title></head></html>"));
    let services = PRIVATE_TOO.to_owned() + &acme.service("Acme");
    let (old, new) = (Home::new(&services), Home::new(&services));
    let mut program = old.start();
    program.ask("/subscribe acme");
    let answer = program.ask(&format!("/watch {}", server.url("/beta")));
    assert!(answer.contains("This chat now watches beta"), "{answer}");
    program.stop("TERM");
    well(&old, &["export", "all.jsonl"]);
    let file = old.directory().join("all.jsonl");
    let rubbish = fs::read_to_string(&file).unwrap().replacen('\n', "\nrubbish\n", 1);
    fs::write(&file, rubbish).unwrap();

    let mut program = start(&new);
    acme.until_read().await;
    let imported = new.run(&["import", file.to_str().unwrap()], b"");
    assert_eq!(imported.code(), Some(1), "{imported:?}");
    let said: Vec<&str> = imported.stdout.lines().collect();
    assert_eq!(said[..2], ["Imported: settings of 1 chat, 2 subscriptions, 1 watch.", "Skipped: 1."], "{imported:?}");
    assert!(said[2].starts_with("  line 2: it cannot be read: "), "{imported:?}");
    // It was not read before somebody watched it.
    beta.until_read().await;
    acme.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    assert!(program.message_with("Acme: major outage").contains("Log-in fails"));
    beta.show(&[Posted::new("i2", "Uploads fail", "critical")]);
    assert!(program.message_with("beta: major outage").contains("Uploads fail"));
}

#[tokio::test(flavor = "multi_thread")]
async fn status_is_what_the_running_bot_knows() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    let home = Home::new(&page.service("Acme"));
    let program = start(&home);
    page.until_read().await;
    // Who reads the page now learns nothing.
    page.answer(Answer::new(500, ""));
    page.until_read().await;
    for arguments in [&["status"][..], &["status", "acme"]] {
        let known = home.run(arguments, b"");
        assert_eq!((known.code(), known.stderr.as_str()), (Some(0), ""), "{known:?}");
        assert!(known.stdout.contains("Log-in fails"), "{known:?}");
    }
    let unknown = home.run(&["status", "acm"], b"");
    assert_eq!((unknown.code(), unknown.stdout.as_str()), (Some(2), ""), "{unknown:?}");
    assert_eq!(unknown.stderr, "error: `acm` is no service; did you mean `acme`?\n");
    program.stop("TERM");
    let read = well(&home, &["status", "acme"]);
    assert!(!read.contains("Log-in fails"), "{read}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_health_page_health_is_asked_through_the_socket() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    page.answer(Answer::new(500, ""));
    let home = Home::new(&page.service("Acme"));
    let nobody = home.run(&["health"], b"");
    assert_eq!(nobody.code(), Some(1), "{nobody:?}");
    assert_eq!(nobody.stderr, "error: the store at data: no bot runs over it that could be asked\n");
    let _program = start(&home);
    page.until_read().await;
    assert_eq!(well(&home, &["health"]), "ok\n");
    let faulty = home.run(&["health", "--ready"], b"");
    assert_eq!((faulty.code(), faulty.stdout.as_str()), (Some(1), ""), "{faulty:?}");
    assert_eq!(faulty.stderr, "error: the store at data: polls: no source was read well since the start\n");
}

#[test]
fn only_its_user_can_open_the_socket_and_rights_to_the_directory_stay_as_they_are() {
    let (fresh, given) = (Home::new(""), Home::new(""));
    let data = |home: &Home| home.directory().join("data");
    fs::create_dir(data(&given)).unwrap();
    fs::set_permissions(data(&given), Permissions::from_mode(0o755)).unwrap();
    for (home, rights) in [(&fresh, 0o700), (&given, 0o755)] {
        let _program = start(home);
        assert!(fs::symlink_metadata(socket(home)).unwrap().file_type().is_socket());
        assert_eq!((mode(&socket(home)), mode(&data(home))), (0o600, rights));
    }
}

#[test]
fn a_socket_that_a_killed_bot_left_keeps_nobody_from_the_store_and_is_replaced() {
    let home = Home::new("");
    start(&home).kill();
    assert!(socket(&home).exists());
    assert_eq!(well(&home, &["outbox"]), "Everything was delivered.\n");
    let program = start(&home);
    assert_eq!(well(&home, &["health"]), "ok\n");
    assert_eq!(well(&home, &["outbox"]), "Everything was delivered.\n");
    assert_eq!(mode(&socket(&home)), 0o600);
    assert_eq!(program.stop("TERM").code(), Some(0));
}

#[test]
fn a_second_bot_is_refused_and_leaves_the_first_its_socket() {
    let home = Home::new("");
    let mut program = start(&home);
    let second = home.run(&["run"], b"");
    assert_eq!(second.code(), Some(1), "{second:?}");
    assert!(second.stderr.contains("is in use by another process"), "{second:?}");
    assert_eq!(well(&home, &["health"]), "ok\n");
    assert!(program.ask("/about").contains("Foghorn"));
}

#[test]
fn rubbish_on_the_socket_harms_nobody() {
    let home = Home::new("");
    let mut program = start(&home);
    for rubbish in [&b"GET / HTTP/1.1\r\n\r\n"[..], b"{\"turns\":{\"x\":1}}\n", b"\xff\xfe\0\n", b"[[[[[[\n", b"\n"] {
        let mut line = BufReader::new(UnixStream::connect(socket(&home)).unwrap());
        let mut greeting = String::new();
        line.read_line(&mut greeting).unwrap();
        assert!(greeting.contains("\"protocol\":1"), "{greeting}");
        line.get_mut().write_all(rubbish).unwrap();
        let mut answer = Vec::new();
        // What it has not read of it makes the end of the conversation a reset one.
        line.read_to_end(&mut answer).ok();
        let answer = String::from_utf8(answer).unwrap();
        assert!(answer.starts_with("{\"failed\":\"it does not understand: "), "{answer}");
    }
    // A line without an end is not read for ever.
    let mut endless = UnixStream::connect(socket(&home)).unwrap();
    let cut_off = (0..100_000).find_map(|_| endless.write_all(&[b'x'; 1_024]).err());
    assert!(cut_off.is_some_and(|cause| [ErrorKind::BrokenPipe, ErrorKind::ConnectionReset].contains(&cause.kind())));

    let idle: Vec<UnixStream> = (0..20).map(|_| UnixStream::connect(socket(&home)).unwrap()).collect();
    assert_eq!(well(&home, &["outbox"]), "Everything was delivered.\n");
    drop(idle);
    assert!(program.ask("/about").contains("Foghorn"));
    let ended = program.stop("TERM");
    assert_eq!(ended.code(), Some(0));
    assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
}

#[tokio::test]
async fn a_bot_of_another_version_is_not_misunderstood() {
    let home = Home::new("");
    fs::create_dir(home.directory().join("data")).unwrap();
    let listener = UnixListener::bind(socket(&home)).unwrap();
    let greeting = thread::spawn(move || {
        for _ in 0..2 {
            let (mut stream, _) = listener.accept().unwrap();
            stream.write_all(b"{\"foghorn\":\"9.8.7\",\"protocol\":99,\"more\":[]}\n").unwrap();
            stream.read_to_end(&mut Vec::new()).unwrap();
        }
    });
    let refused = home.run(&["export"], b"");
    assert_eq!((refused.code(), refused.stdout.as_str()), (Some(1), ""), "{refused:?}");
    assert!(refused.stderr.starts_with("error: the bot that runs is foghorn 9.8.7, this is foghorn "), "{refused:?}");
    // What the sources say can be read all the same.
    let status = home.run(&["status"], b"");
    assert_eq!(status.code(), Some(0), "{status:?}");
    assert!(status.stderr.starts_with("warning: the bot that runs is foghorn 9.8.7"), "{status:?}");
    greeting.join().unwrap();
}

#[test]
fn a_store_whose_path_is_too_long_for_a_socket_does_without_and_says_so() {
    let path = "d".repeat(120);
    let store = format!("store = {{ path = \"{path}\" }}\nservices = {{");
    let home = Home::changed(&[("services = {", &store)], "");
    let mut program = home.start();
    program.until_logged("its socket cannot be used");
    assert!(program.ask("/about").contains("Foghorn"));
    let refused = home.run(&["outbox"], b"");
    assert_eq!((refused.code(), refused.stdout.as_str()), (Some(1), ""), "{refused:?}");
    assert!(refused.stderr.contains("stop it, do this, and start it again"), "{refused:?}");
    assert_eq!(program.stop("TERM").code(), Some(0));
    assert_eq!(well(&home, &["outbox"]), "Everything was delivered.\n");
}
