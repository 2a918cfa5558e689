//! How what people write reaches the program: asked for or posted, once, and with nothing said that must stay secret.

use super::{bot, command, ends_well, keeps_secret, pages, telegram, watching};
use crate::support::{
    feed_server::deserted_port,
    page::{Posted, StatusPage},
    program::Program,
    telegram::{Fault, Member, Seen},
};

#[tokio::test(flavor = "multi_thread")]
async fn an_update_is_confirmed_when_its_effect_is_stored_and_a_repeated_one_changes_nothing() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    anna.asks(&chat, "/subscribe acme").await;
    anna.asks(&chat, "/unsubscribe acme").await;
    anna.asks(&chat, "/subscribe acme major").await;
    telegram.until_confirmed().await;
    assert!(telegram.allowed_updates().iter().any(|kind| kind == "my_chat_member"), "{:?}", telegram.allowed_updates());
    program.kill();

    // The same updates once more: Telegram had not noted that they were confirmed.
    telegram.repeat_updates();
    let program = bot(&home, &telegram);
    telegram.until_confirmed().await;
    // Done once more, the first of them would have set the filter back, and the second ended everything.
    page.show(&[Posted::new("i1", "Log-in is slow", "minor")]);
    page.until_read_often().await;
    let asked = anna.says(&chat, "/subscriptions");
    let is_list = |message: &Seen| message.id > asked && message.is_from_bot && message.text.contains("Acme");
    let listed = chat.until("the list", is_list).await;
    assert!(listed.text.contains("major outage"), "{listed}");
    assert!(!chat.told().iter().any(|message| message.text.contains("Log-in is slow")), "{:#?}", chat.told());
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_before_a_kill_and_not_stored_yet_is_done_once_after_it() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let group = anna.supergroup("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    group.until("the greeting", |message| message.is_from_bot).await;
    telegram.until_confirmed().await;
    // Nothing is stored before it is known who asks, and that is not answered.
    let held = telegram.fail_while("getChatMember", Fault::Held);
    let asked = anna.says(&group, "/subscribe acme major");
    telegram.until_held(1).await;
    assert_eq!(telegram.unconfirmed(), 1);
    program.kill();
    drop(held);
    let program = bot(&home, &telegram);
    let is_answer = |message: &Seen| message.is_from_bot && message.id > asked;
    let answer = group.until("the answer", is_answer).await;
    assert!(answer.text.contains("This chat now hears about Acme"), "{answer}");
    telegram.until_confirmed().await;
    assert!(anna.asks(&group, "/subscriptions").await.text.contains("major outage"));
    assert_eq!(group.told().iter().filter(|message| message.text.contains("now hears")).count(), 1);
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_while_it_was_down_is_answered_and_errors_at_the_poll_are_survived() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let anna = telegram.person("Anna");
    let chat = anna.private();
    anna.says(&chat, "/subscribe acme");
    telegram.fail("getUpdates", Fault::Reset, 1);
    telegram.fail("getUpdates", Fault::Refused(409, "Conflict: terminated by other getUpdates request"), 1);
    telegram.fail("getMe", Fault::Reset, 1);
    let program = bot(&home, &telegram);
    chat.until_told("This chat now hears about Acme").await;
    telegram.until_faults_are_over().await;
    assert!(anna.asks(&chat, "/subscriptions").await.text.contains("Acme"));
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_taken_is_said_clearly_and_shown_nowhere() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let mut command = command(&home, &telegram);
    let secret = "AAzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";
    command.env("TELEGRAM_BOT_TOKEN", format!("123456789:{secret}")).env("RUST_LOG", "trace");
    let ended = Program::start(command).finish(b"");
    assert_eq!(ended.code(), Some(1), "{}", ended.stderr);
    assert!(ended.stderr.contains("does not take the bot's token"), "{}", ended.stderr);
    assert!(!ended.stderr.contains(secret) && !ended.stdout.contains(secret), "{}", ended.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_token_is_logged_however_much_goes_wrong_and_is_logged() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    for fault in [Fault::Reset, Fault::BadGateway, Fault::Refused(400, "Bad Request: as a test"), Fault::AnswerLost] {
        telegram.fail("sendMessage", fault.clone(), 1);
        telegram.fail("setMyCommands", fault, 1);
    }
    telegram.fail("getMe", Fault::Reset, 1);
    telegram.fail("getUpdates", Fault::Reset, 1);
    let mut command = command(&home, &telegram);
    command.env("RUST_LOG", "trace");
    let program = Program::start(command);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    anna.says(&chat, "/status");
    anna.says(&chat, "/help");
    telegram.until_called("sendMessage", 4).await;
    telegram.until_confirmed().await;
    keeps_secret(&program.stop("TERM"), &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_kill_left_unanswered_is_answered_by_what_is_true() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    // The subscription is stored, and its answer does not leave.
    telegram.fail("sendMessage", Fault::Hang, 1);
    anna.says(&chat, "/subscribe acme major");
    telegram.until_called("sendMessage", 1).await;
    program.kill();
    telegram.repeat_updates();
    let program = bot(&home, &telegram);
    let answer = chat.until("the answer", |message| message.is_from_bot).await;
    assert!(answer.text.contains("What you asked for is done"), "{answer}");
    assert!(answer.text.contains("Acme") && answer.text.contains("major outage only"), "{answer}");
    assert!(!answer.text.contains("already"), "{answer}");
    telegram.until_confirmed().await;
    assert_eq!(chat.told().len(), 1);
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_very_much_at_once_from_one_chat_nothing_is_lost_and_others_are_answered_meanwhile() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    let chat = anna.private();
    for _ in 0..250 {
        anna.says(&chat, "/mute all 1h");
    }
    anna.says(&chat, "/unmute all");
    anna.says(&chat, "/subscribe acme");
    let asked = ben.says(&ben.private(), "/status acme");
    let program = bot(&home, &telegram);
    ben.private().until("the answer", |message| message.is_from_bot && message.id > asked).await;
    telegram.until_confirmed().await;
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    chat.until_told("Acme: major outage").await;
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_revoked_ends_telegram_with_clear_words_also_behind_a_webhook() {
    for has_webhook in [false, true] {
        let (server, telegram) = (pages().await, telegram().await);
        let page = StatusPage::new(&server, "acme");
        let home = watching(&page, "Acme");
        let mut command = command(&home, &telegram);
        if has_webhook {
            let port = deserted_port().await;
            telegram.proxy("bot.example", ([127, 0, 0, 1], port).into());
            command
                .env("FOGHORN_TELEGRAM__WEBHOOK_URL", "https://bot.example/telegram")
                .env("FOGHORN_TELEGRAM__WEBHOOK_LISTEN", format!("127.0.0.1:{port}"))
                .env("TELEGRAM_WEBHOOK_SECRET", "s3cret_Word-of-ours");
        }
        let program = Program::start(command);
        let anna = telegram.person("Anna");
        anna.asks(&anna.private(), "/subscribe acme").await;
        let old = telegram.token();
        telegram.revokes_token();
        page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
        let ended = program.finish(b"");
        assert_eq!(ended.code(), Some(1), "{}", ended.stderr);
        assert!(ended.stderr.contains("does not take the bot's token"), "{}", ended.stderr);
        let (_, secret) = old.split_once(':').unwrap();
        assert!(!ended.stderr.contains(secret) && !ended.stdout.contains(secret), "{}", ended.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_check_says_what_to_do_when_telegram_cannot_be_reached() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let port = deserted_port().await;
    let mut command = home.command(&["check"]);
    command.env("TELEGRAM_BOT_TOKEN", telegram.token());
    command.env("FOGHORN_TELEGRAM__API_URL", format!("http://127.0.0.1:{port}"));
    let ended = Program::start(command).finish(b"");
    assert_eq!(ended.code(), Some(1), "{}{}", ended.stdout, ended.stderr);
    let said = format!("{}{}", ended.stdout, ended.stderr);
    for part in [
        &format!("cannot be reached at 127.0.0.1:{port}"),
        "connection, firewalls and proxies",
        "`api_url` in [telegram]",
    ] {
        assert!(said.contains(part), "{part:?} is not in {said}");
    }
    keeps_secret(&ended, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_set_with_its_secret_and_only_who_knows_that_is_heard() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let port = deserted_port().await;
    telegram.proxy("bot.example", ([127, 0, 0, 1], port).into());
    let start = || {
        let mut command = command(&home, &telegram);
        command
            .env("FOGHORN_TELEGRAM__WEBHOOK_URL", "https://bot.example/telegram")
            .env("FOGHORN_TELEGRAM__WEBHOOK_LISTEN", format!("127.0.0.1:{port}"))
            .env("TELEGRAM_WEBHOOK_SECRET", "s3cret_Word-of-ours");
        Program::start(command)
    };
    let program = start();
    let anna = telegram.person("Anna");
    let chat = anna.private();
    assert!(anna.asks(&chat, "/subscribe acme").await.text.contains("This chat now hears about Acme"));
    let hook = telegram.webhook().expect("no webhook was set");
    assert_eq!(hook.secret.as_deref(), Some("s3cret_Word-of-ours"));
    assert_eq!(telegram.calls("getUpdates").len(), 0);
    telegram.until_confirmed().await;

    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let forged = r#"{"update_id":99999999,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private","first_name":"x"},"text":"/status"}}"#;
    let told = chat.told().len();
    for secret in [None, Some("wrong")] {
        let mut request = client.post(format!("http://127.0.0.1:{port}/telegram")).body(forged);
        if let Some(secret) = secret {
            request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        let status = request.header("content-type", "application/json").send().await.unwrap().status();
        assert!(status.is_client_error(), "{status}");
    }
    let ended = ends_well(program, &telegram);
    assert!(!ended.stderr.contains("s3cret"), "{}", ended.stderr);
    assert_eq!(chat.told().len(), told);

    // What comes while it is down is sent again and taken once it is back.
    let asked = anna.says(&chat, "/subscriptions");
    let program = start();
    let answer = chat.until("the answer", |message| message.is_from_bot && message.id > asked).await;
    assert!(answer.text.contains("Acme"), "{answer}");
    ends_well(program, &telegram);
    // Without the settings it asks again, and takes the webhook away first.
    let program = bot(&home, &telegram);
    anna.asks(&chat, "/status").await;
    assert!(telegram.webhook().is_none());
    ends_well(program, &telegram);
}
