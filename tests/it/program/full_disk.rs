//! A disk that takes nothing more, and directories that cannot be written.
//!
//! The disk is full for one process: it may write no file beyond its first few bytes.

use std::process::Command;

use crate::support::{
    feed_server::FeedServer,
    page::{Posted, StatusPage},
    program::{Home, Program, alerts},
};

/// Starts the bot so that a write that is too large fails, and does not end it.
fn start(home: &Home) -> Program {
    Program::start(home.command_after("trap '' XFSZ; exec \"$0\" \"$@\"", &[]))
}

fn limit_files(program: &Program, bytes: &str) {
    let told = Command::new("prlimit").args([format!("--pid={}", program.id()), format!("--fsize={bytes}:")]).status();
    assert!(told.expect("prlimit of util-linux is needed").success());
}

fn fill_disk(program: &Program) {
    limit_files(program, "64");
}

const FULL: &str = "the store cannot be written; nothing new is accepted until it can";

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_stops_new_work_loses_nothing_and_all_goes_on_without_a_restart_when_there_is_room() {
    let server = FeedServer::start().await;
    let (acme, beta) = (StatusPage::new(&server, "acme"), StatusPage::new(&server, "beta"));
    let home = Home::new(&(acme.service("Acme") + &beta.service("Beta")));
    let mut program = start(&home);
    program.ask("/subscribe acme");
    acme.until_read().await;
    beta.until_read().await;

    fill_disk(&program);
    for _ in 0..2 {
        let refused = program.ask("/subscribe beta");
        assert!(refused.contains("Something went wrong"), "{refused}");
    }
    program.until_logged(FULL);
    let outage = Posted::new("i1", "Log-in fails", "critical");
    acme.show(std::slice::from_ref(&outage));
    program.until_logged("storing a reading failed");
    let kept = program.ask("/subscriptions");
    assert!(kept.contains("Acme") && !kept.contains("Beta"), "{kept}");
    beta.until_read_often().await;
    assert_eq!(alerts(&program.printed()), Vec::<String>::new(), "what is not stored is not told");

    limit_files(&program, "unlimited");
    let told = program.message_with("Acme: major outage");
    assert!(told.contains("Log-in fails"), "{told}");
    assert_eq!(program.logged().matches(FULL).count(), 1, "{}", program.logged());
    assert_eq!(program.logged().matches("the store can be written again").count(), 1, "{}", program.logged());
    let kept = program.ask("/subscriptions");
    assert!(kept.contains("Acme") && !kept.contains("Beta"), "what was refused was made all the same: {kept}");
    program.ask("/subscribe beta");
    program.kill();

    let mut program = home.start();
    let kept = program.ask("/subscriptions");
    assert!(kept.contains("Acme") && kept.contains("Beta"), "{kept}");
    acme.show(&[outage.resolved()]);
    program.message_with("Acme: resolved");
    assert_eq!(alerts(&program.printed()), ["Acme: resolved"]);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_is_killed_while_its_disk_is_full_has_all_it_accepted_at_the_next_start() {
    let server = FeedServer::start().await;
    let acme = StatusPage::new(&server, "acme");
    let home = Home::new(&acme.service("Acme"));
    let outages: Vec<_> = (0..3).map(|number| Posted::new(&format!("i{number}"), "Log-in fails", "critical")).collect();
    let mut program = start(&home);
    program.ask("/subscribe acme");
    acme.show(&outages[..1]);
    program.message_with("Acme: major outage");
    acme.until_read().await;
    for round in 1..3 {
        fill_disk(&program);
        acme.show(&outages[round..=round]);
        program.until_logged(FULL);
        program.type_line("/mute all 1h");
        program.until("Something went wrong");
        program.kill();
        program = start(&home);
        program.message_with("Acme: major outage");
        acme.until_read().await;
        let kept = program.ask("/subscriptions");
        assert!(kept.contains("Acme"), "{kept}");
        assert!(!kept.to_lowercase().contains("mute"), "what was refused was made all the same: {kept}");
    }
}

/// Starts the bot as somebody who owns its home and may not do everything, as root may: modes of files hold for nobody
/// else. `None`, said aloud: this system lets nobody become somebody else.
#[cfg(target_os = "linux")]
fn start_as_owner(home: &Home) -> Option<Program> {
    use std::{
        io::Write,
        os::unix::fs::{MetadataExt, chown},
    };

    let is_root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
    if !is_root {
        return Some(home.start());
    }
    let becomes = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let can_run = Command::new("setpriv").args(becomes).arg(env!("CARGO_BIN_EXE_foghorn")).arg("--version").output();
    if !can_run.is_ok_and(|ran| ran.status.success()) {
        // Not by a macro, whose words are kept from who runs the tests.
        let told = b"NOT TESTED: root may write everything, and setpriv of util-linux starts no program as another\n";
        std::io::stderr().write_all(told).unwrap();
        return None;
    }
    let mut places = vec![home.directory().to_owned()];
    while let Some(place) = places.pop() {
        chown(&place, Some(65534), Some(65534)).unwrap();
        if place.is_dir() {
            places.extend(std::fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    let words = format!("exec setpriv {} \"$0\" \"$@\"", becomes.join(" "));
    Some(Program::start(home.command_after(&words, &[])))
}

#[cfg(target_os = "linux")]
fn set_mode(home: &Home, mode: u32) {
    use std::os::unix::fs::PermissionsExt;

    std::fs::set_permissions(home.directory().join("data"), std::fs::Permissions::from_mode(mode)).unwrap();
}

const NO_COPY: &str = "the copy of the store cannot be written";

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_directory_that_may_only_be_read_is_told_and_nothing_in_it_is_moved() {
    let home = Home::new("");
    std::fs::create_dir(home.directory().join("data")).unwrap();
    set_mode(&home, 0o555);
    let Some(program) = start_as_owner(&home) else { return };
    let ended = program.finish(b"");
    assert_eq!((ended.code(), ended.stdout.as_str()), (Some(1), ""), "{ended:?}");
    assert!(ended.stderr.contains("cannot be opened") && ended.stderr.contains("ermission denied"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("damaged") && !ended.stderr.contains("panicked"), "{}", ended.stderr);
    set_mode(&home, 0o755);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_directory_that_becomes_read_only_while_the_bot_runs_stops_nothing_and_loses_nothing() {
    let server = FeedServer::start().await;
    let acme = StatusPage::new(&server, "acme");
    let home = Home::new(&acme.service("Acme"));
    let Some(mut program) = start_as_owner(&home) else { return };
    program.ask("/subscribe acme");
    acme.until_read().await;
    set_mode(&home, 0o555);
    let outage = Posted::new("i1", "Log-in fails", "critical");
    acme.show(std::slice::from_ref(&outage));
    program.message_with("Acme: major outage");
    program.ask("/settings timezone Europe/Vienna");
    assert_eq!(program.stop("TERM").code(), Some(0));

    set_mode(&home, 0o755);
    let mut program = start_as_owner(&home).unwrap();
    assert!(program.ask("/subscriptions").contains("Acme"));
    assert!(program.ask("/settings").contains("Europe/Vienna"));
    acme.show(&[outage.resolved()]);
    program.message_with("Acme: resolved");
    assert_eq!(alerts(&program.printed()), ["Acme: resolved"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_cannot_be_written_is_told_once_and_stops_nothing() {
    let server = FeedServer::start().await;
    let acme = StatusPage::new(&server, "acme");
    let home = Home::new(&acme.service("Acme"));
    // Not even root can write a file where there is a directory.
    std::fs::create_dir_all(home.directory().join("data/copy.new/in the way")).unwrap();
    let mut program = home.start();
    program.ask("/subscribe acme");
    acme.until_read().await;
    program.until_logged(NO_COPY);
    acme.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    program.message_with("Acme: major outage");
    assert_eq!(program.logged().matches(NO_COPY).count(), 1, "{}", program.logged());
    assert_eq!(program.stop("TERM").code(), Some(0));
    assert!(home.start().ask("/subscriptions").contains("Acme"));
}

#[tokio::test]
async fn a_directory_that_cannot_be_written_is_told_at_the_start() {
    let home = Home::new("");
    // Not even root may make a directory there.
    let mut command = home.command(&[]);
    command.env("FOGHORN_STORE__PATH", "/proc/foghorn");
    let ended = Program::start(command).finish(b"");
    assert_eq!((ended.code(), ended.stdout.as_str()), (Some(1), ""), "{ended:?}");
    assert!(ended.stderr.contains("error: the store at /proc/foghorn cannot be opened: "), "{}", ended.stderr);
    assert!(!ended.stderr.contains("damaged") && !ended.stderr.contains("panicked"), "{}", ended.stderr);
}
