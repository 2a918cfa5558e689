//! What the operator is told of the program itself, in a chat of Telegram.

use std::fs;

use crate::support::{
    feed_server::{Answer, FeedServer},
    page::{Posted, StatusPage},
    program::{Home, Program},
    telegram::{Fault, Limits, Room, Telegram},
};

/// A bot whose operator is told in this room, in this language, of what cannot be read for a second.
fn home(room: &Room, language: &str, services: &str) -> Home {
    let chat = format!("telegram:{}", room.chat);
    let operator =
        format!("operator = {{ chat = \"{chat}\", language = \"{language}\", unreadable_after = \"1s\" }}\n");
    Home::new(&(operator + services))
}

fn start(home: &Home, telegram: &Telegram) -> Program {
    let mut command = home.command(&[]);
    command.env("TELEGRAM_BOT_TOKEN", telegram.token()).env("FOGHORN_TELEGRAM__API_URL", telegram.url());
    Program::start(command)
}

/// How many alerts there are of this; what answers them is none.
fn alerts_of(room: &Room, text: &str) -> usize {
    room.told().iter().filter(|seen| seen.reply_to.is_none() && seen.text.contains(text)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_cannot_be_read_for_long_is_told_to_the_operator_once_and_so_is_its_recovery() {
    let (server, telegram) = (FeedServer::start().await, Telegram::start().await);
    telegram.limit(Limits::none());
    let page = StatusPage::new(&server, "acme");
    let (olga, bob) = (telegram.person("Olga"), telegram.person("Bob"));
    let room = olga.private();
    let home = home(&room, "", &page.service("Acme"));
    let program = start(&home, &telegram);
    page.until_read().await;
    assert!(olga.asks(&room, "/about").await.text.contains("All is well."));
    let unknown = bob.asks(&bob.private(), "/subscribe foghorn").await;
    assert!(!unknown.text.contains("now hears about"), "{unknown}");
    let own = olga.asks(&room, "/subscriptions").await;
    assert!(own.text.contains("Foghorn"), "{own}");

    page.answer(Answer::new(500, "no"));
    let alert = room.until_told("Acme cannot be read").await;
    assert!(alert.text.contains("Foghorn: degraded"), "{alert}");
    assert!(alert.text.contains("500"), "it says why: {alert}");
    let short = bob.asks(&bob.private(), "/about").await;
    assert!(short.text.contains("1 source cannot be read now."), "{short}");
    assert!(!bob.private().told().iter().any(|seen| seen.text.contains("Acme cannot be read")));
    let refused = bob.asks(&bob.private(), "/incident foghorn-1").await;
    assert!(!refused.text.contains("Acme cannot be read"), "it is for the operator: {refused}");
    program.stop("TERM");

    let program = start(&home, &telegram);
    page.until_read_often().await;
    let told = olga.asks(&room, "/status foghorn").await;
    assert!(told.text.contains("Acme cannot be read"), "{told}");
    page.show(&[]);
    let end = room.until("the end", |seen| seen.reply_to == Some(alert.id)).await;
    assert!(end.text.contains("It can be read again; it was unreadable for"), "{end}");
    page.until_read_often().await;
    assert!(olga.asks(&room, "/about").await.text.contains("All is well."));
    assert_eq!(room.told().iter().filter(|seen| seen.reply_to == Some(alert.id)).count(), 1);
    let ended = program.stop("TERM");
    let (_, secret) = telegram.token().split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned())).unwrap();
    assert!(room.told().iter().all(|seen| !seen.text.contains(&secret)) && !ended.stderr.contains(&secret));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_given_up_is_told_to_the_operator_once_until_none_is_left() {
    let (server, telegram) = (FeedServer::start().await, Telegram::start().await);
    telegram.limit(Limits::none());
    let page = StatusPage::new(&server, "acme");
    let (olga, bob) = (telegram.person("Olga"), telegram.person("Bob"));
    let room = olga.private();
    let home = home(&room, "de", &page.service("Acme"));
    let program = start(&home, &telegram);
    olga.says(&room, "/start");
    room.until("an answer", |seen| seen.is_from_bot).await;
    bob.asks(&bob.private(), "/subscribe acme").await;
    page.until_read().await;
    telegram.fail("sendMessage", Fault::Refused(400, "Bad Request: as a test"), 1);
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    let alert = room.until_told("Nachrichten konnten nicht zugestellt werden").await;
    assert!(alert.text.contains("1 Nachricht wurde aufgegeben."), "{alert}");
    assert!(alert.text.contains("foghorn outbox list --dead"), "{alert}");
    let short = bob.asks(&bob.private(), "/about").await;
    assert!(short.text.contains("1 message could not be delivered."), "{short}");
    program.stop("TERM");

    let program = start(&home, &telegram);
    page.until_read_often().await;
    assert_eq!(alerts_of(&room, "Nachrichten konnten nicht zugestellt werden"), 1);
    program.until_logged("other commands can ask this bot");
    let dropped = home.run(&["outbox", "drop", "--all"], b"");
    assert_eq!(dropped.code(), Some(0), "{dropped:?}");
    let end = room.until("the end", |seen| seen.reply_to == Some(alert.id)).await;
    assert!(end.text.contains("Keine davon ist übrig"), "{end}");
    assert_eq!(room.told().iter().filter(|seen| seen.reply_to == Some(alert.id)).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_can_be_none_is_a_fault_that_names_its_line() {
    for (chat, found) in [("telegram:@ops", "`telegram:@ops`"), ("discord:12", "`discord:12`"), ("ops", "`ops`")] {
        let home = Home::new(&format!("operator = {{ chat = \"{chat}\" }}\n"));
        let checked = home.run(&["check"], b"");
        assert_eq!(checked.code(), Some(2));
        let all = checked.stdout + &checked.stderr;
        let said = if chat.contains('@') { "a text with `@`" } else { found };
        assert!(all.contains("operator.chat") && all.contains(said) && all.contains("discord:SERVER/CHANNEL"), "{all}");
    }
    let home = Home::new(&crate::support::program::service("foghorn", "Foggy", "rss", "http://127.0.0.1:1/"));
    let checked = home.run(&["check"], b"");
    assert!(checked.stdout.contains("`foghorn` is the bot itself; choose another id"), "{checked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_was_damaged_is_told_to_the_operator_as_long_as_its_files_lie_there() {
    let (server, telegram) = (FeedServer::start().await, Telegram::start().await);
    telegram.limit(Limits::none());
    let page = StatusPage::new(&server, "acme");
    let olga = telegram.person("Olga");
    let room = olga.private();
    let home = home(&room, "", &page.service("Acme"));
    let program = start(&home, &telegram);
    page.until_read().await;
    assert!(olga.asks(&room, "/about").await.text.contains("All is well."));
    page.until_read_often().await;
    program.stop("TERM");
    let data = home.directory().join("data");
    let length = fs::metadata(data.join("db")).unwrap().len();
    fs::write(data.join("db"), vec![0; usize::try_from(length).unwrap()]).unwrap();

    let program = start(&home, &telegram);
    let alert = room.until_told("The store was damaged").await;
    assert!(alert.text.contains("All of it was restored from its copy."), "{alert}");
    let mut entries = fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path());
    let moved = entries.find(|path| path.display().to_string().contains("damaged-")).expect("it was moved aside");
    assert!(alert.text.contains(&moved.file_name().unwrap().to_string_lossy().into_owned()), "it says where: {alert}");
    page.until_read_often().await;
    assert_eq!(alerts_of(&room, "The store was damaged"), 1);
    fs::remove_dir_all(moved).unwrap();
    let end = room.until("the end", |seen| seen.reply_to == Some(alert.id)).await;
    assert!(end.text.contains("The damaged files were removed."), "{end}");
    program.stop("TERM");
}
