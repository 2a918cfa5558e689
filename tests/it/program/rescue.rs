//! Damaged stores: the program goes on with their copy, and without one with what can be read of them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::support::{
    feed_server::FeedServer,
    page::{Posted, StatusPage},
    program::{Home, Program, alerts},
};

fn db(home: &Home) -> PathBuf {
    home.directory().join("data/db")
}

fn damage(home: &Home, how: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(db(home)).unwrap();
    how(&mut bytes);
    fs::write(db(home), bytes).unwrap();
}

fn copy(home: &Home) -> PathBuf {
    home.directory().join("data/copy")
}

/// What was written since these words were is gone.
fn cut_at(home: &Home, words: &[u8]) {
    damage(home, |bytes| {
        let at = bytes.windows(words.len()).position(|part| part == words).expect("they stand there");
        bytes.truncate(at);
    });
}

/// Where damaged stores are.
fn moved(home: &Home) -> Vec<PathBuf> {
    let entries = fs::read_dir(home.directory().join("data")).unwrap().map(|entry| entry.unwrap().path());
    let is_moved = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with("damaged-");
    entries.filter(is_moved).collect()
}

fn read(path: &Path) -> String {
    String::from_utf8(fs::read(path).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_store_is_restored_from_its_copy_and_no_outage_is_told_twice_or_its_end_lost() {
    let server = FeedServer::start().await;
    let acme = StatusPage::new(&server, "acme");
    let home = Home::new(&acme.service("Acme"));
    let mut program = home.start();
    program.ask("/subscribe acme major_outage");
    program.ask("/settings timezone Europe/Vienna");
    acme.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    acme.show(std::slice::from_ref(&outage));
    program.message_with("Acme: major outage");
    // That it was told is stored long before these.
    program.ask("/settings updates replies");
    acme.until_read_often().await;
    program.kill();
    damage(&home, |bytes| bytes.fill(0));

    // Nothing else touches it.
    for arguments in [&["outbox"][..], &["export"], &["outbox", "retry", "--all"]] {
        let ended = home.run(arguments, b"");
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(1), ""), "{ended:?}");
        assert!(ended.stderr.contains("is damaged; start the bot"), "{}", ended.stderr);
    }
    assert_eq!(moved(&home), Vec::<PathBuf>::new());

    let mut program = home.start();
    let kept = program.ask("/subscriptions");
    assert!(kept.contains("Acme") && kept.contains("major outage only"), "{kept}");
    assert!(program.ask("/settings").contains("Europe/Vienna"));
    let log = program.logged();
    assert!(log.contains("the store is damaged; it is moved aside"), "{log}");
    assert!(log.contains("all of it was restored from its copy"), "{log}");
    assert!(log.contains("settings of 1 chat, 1 subscription"), "{log}");
    acme.until_read_often().await;
    acme.show(&[outage.resolved()]);
    program.message_with("Acme: resolved");
    assert_eq!(alerts(&program.printed()), ["Acme: resolved"], "the beginning is not told again");
    let directory = moved(&home).pop().unwrap();
    assert!(log.contains(directory.file_name().unwrap().to_str().unwrap()), "{log}");
    assert!(directory.join("db").exists() && directory.join("copy").exists() && !directory.join("reading").exists());
    assert_eq!(program.stop("TERM").code(), Some(0));

    // It is said as long as the damaged files are there, and done once.
    let checked = home.run(&["check"], b"").stdout;
    assert!(checked.contains("a damaged one was moved to") && checked.contains("damaged-"), "{checked}");
    let mut program = home.start();
    assert!(program.ask("/subscriptions").contains("Acme"));
    assert!(!program.logged().contains("damaged"), "{}", program.logged());
    assert_eq!(moved(&home), [directory]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_copy_what_chats_had_asked_for_is_read_from_the_damaged_files() {
    let server = FeedServer::start().await;
    let acme = StatusPage::new(&server, "acme");
    let home = Home::new(&acme.service("Acme"));
    let mut program = home.start();
    program.ask("/subscribe acme major_outage");
    program.ask("/settings timezone Europe/Vienna");
    program.ask("/mute all 3d");
    // This is what is cut off.
    program.ask("/settings sound off");
    assert_eq!(program.stop("TERM").code(), Some(0));
    fs::write(copy(&home), b"nothing of a copy").unwrap();
    cut_at(&home, b"\"sound\":\"off\"");

    let mut program = home.start();
    let kept = program.ask("/subscriptions");
    assert!(kept.contains("Acme") && kept.contains("major outage only"), "{kept}");
    assert!(program.ask("/settings").contains("Europe/Vienna"));
    let log = program.logged();
    assert!(log.contains("the store and its copy were damaged"), "{log}");
    assert!(log.contains("1 mute, settings of 1 chat, 1 subscription"), "{log}");
    program.ask("/unmute all");
    acme.until_read().await;
    acme.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    program.message_with("Acme: major outage");
    let directory = moved(&home).pop().unwrap();
    assert!(read(&directory.join("rescued.jsonl")).contains("\"topic\":\"service:acme\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn when_nothing_can_be_read_it_is_said_plainly_and_the_bot_runs() {
    let server = FeedServer::start().await;
    let acme = StatusPage::new(&server, "acme");
    let home = Home::new(&acme.service("Acme"));
    let mut program = home.start();
    program.ask("/subscribe acme");
    program.kill();
    damage(&home, |bytes| bytes.fill(0));
    fs::remove_file(copy(&home)).unwrap();

    let mut program = home.start();
    assert!(!program.ask("/subscriptions").contains("Acme"));
    let log = program.logged();
    assert!(log.contains("nothing could be read of them: a new and empty one is used"), "{log}");
    program.ask("/subscribe acme");
    program.kill();
    assert!(home.start().ask("/subscriptions").contains("Acme"));
    assert_eq!(moved(&home).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rescue_that_is_killed_goes_on_at_the_next_start() {
    let server = FeedServer::start().await;
    let acme = StatusPage::new(&server, "acme");
    let home = Home::new(&acme.service("Acme"));
    let mut program = home.start();
    program.ask("/subscribe acme");
    assert_eq!(program.stop("TERM").code(), Some(0));
    damage(&home, |bytes| bytes.fill(0));
    for log in ["the store is damaged", "the store was damaged"] {
        let program = home.start();
        program.until_logged(log);
        program.kill();
    }
    assert!(home.start().ask("/subscriptions").contains("Acme"));
    assert_eq!(moved(&home).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_in_use_or_of_a_newer_version_is_not_moved() {
    let server = FeedServer::start().await;
    let acme = StatusPage::new(&server, "acme");
    let home = Home::new(&acme.service("Acme"));
    let mut program = home.start();
    program.ask("/subscribe acme");
    let second = home.run(&[], b"");
    assert_eq!(second.code(), Some(1), "{second:?}");
    assert!(second.stderr.contains("in use by another process"), "{}", second.stderr);
    assert!(program.ask("/subscriptions").contains("Acme"));
    assert_eq!(program.stop("TERM").code(), Some(0));
    {
        fs::remove_file(copy(&home)).unwrap();
        let db = sled::open(home.directory().join("data")).unwrap();
        db.insert(b"!", b"\0\x009").unwrap();
        db.flush().unwrap();
    }
    let ended = Program::start(home.command(&[])).finish(b"");
    assert_eq!(ended.code(), Some(1), "{ended:?}");
    assert!(ended.stderr.contains("use a newer foghorn"), "{}", ended.stderr);
    assert_eq!(moved(&home), Vec::<PathBuf>::new());
}
