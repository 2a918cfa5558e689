//! Whether the program is ready, as it says itself, and that nobody who asks can do it harm.

use std::io::{ErrorKind, Read, Write};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    discord::stage::Stage,
    support::{
        discord::{Fault, Order, Route, Which},
        feed_server::{Answer, FeedServer},
        page::StatusPage,
        program::{Home, Program},
        scrape::Pages,
        telegram::{self, Telegram},
    },
};

/// With its pages at a free port, and sources that are late after little more than a second.
fn served(port: u16) -> [(&'static str, String); 2] {
    let listen = format!("listen = \"127.0.0.1:{port}\"");
    [("listen = \"\"", listen), ("timeout = \"5s\"", "timeout = \"1s\"".to_owned())]
}

fn home(port: u16, services: &str) -> Home {
    let changes = served(port);
    Home::changed(&changes.each_ref().map(|(from, to)| (*from, to.as_str())), services)
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_what_keeps_it_from_being_ready_and_when_that_is_over() {
    let (stage, telegram) = (Stage::new().await, Telegram::start().await);
    let page = StatusPage::new(&stage.feeds, "acme");
    let port = crate::support::feed_server::deserted_port().await;
    let home = home(port, &page.service("Acme"));
    let mut command = stage.command(&home, &[]);
    command.env("TELEGRAM_BOT_TOKEN", telegram.token()).env("FOGHORN_TELEGRAM__API_URL", telegram.url());
    let program = Program::start(command);
    let pages = Pages::of(&program);
    pages.until_faulty(&[]).await;
    let connected = pages.metrics().await;

    let trouble = stage.discord.fail_while(Which::Route(Route::Gateway), Fault::Status(503));
    stage.discord.gateway().order(Order::Cut);
    let faults = pages.until_faulty(&["discord"]).await;
    assert_eq!(faults["discord"], "not connected");
    let asked = home.run(&["health", "--ready"], b"");
    assert_eq!((asked.code(), asked.stdout.as_str()), (Some(1), ""));
    assert!(asked.stderr.contains("/readyz: ") && asked.stderr.contains("discord: not connected"), "{asked:?}");
    let turns = home.run(&["health"], b"");
    assert_eq!((turns.code(), turns.stdout.as_str()), (Some(0), "ok\n"), "to begin anew would not help");
    let discord = ("platform", "discord");
    assert_eq!(pages.metrics().await.value("foghorn_connected", &[discord]), 0.0);
    drop(trouble);
    pages.until_faulty(&[]).await;
    let again = pages.metrics().await;
    let reconnects = "foghorn_reconnects_total";
    assert!(again.value(reconnects, &[discord]) > connected.value(reconnects, &[discord]));

    let trouble = telegram.fail_while("getUpdates", telegram::Fault::BadGateway);
    // What is asked for already ends with an update.
    let anna = telegram.person("Anna");
    anna.says(&anna.private(), "/status");
    pages.until_faulty(&["telegram"]).await;
    drop(trouble);
    pages.until_faulty(&[]).await;
    assert!(pages.metrics().await.value(reconnects, &[("platform", "telegram")]) > 0.0);

    page.answer(Answer::new(500, ""));
    let faults = pages.until_faulty(&["polls"]).await;
    assert!(faults["polls"].starts_with("no source was read well for "), "{faults:?}");
    let unreadable = [("kind", "statuspage"), ("outcome", "unreadable")];
    assert!(pages.metrics().await.value("foghorn_polls_total", &unreadable) > 0.0);
    page.show(&[]);
    pages.until_faulty(&[]).await;
    assert_eq!(home.run(&["health", "--ready"], b"").stdout, "ok\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_rubbish_or_nothing_at_all_keeps_nobody_from_asking() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let port = crate::support::feed_server::deserted_port().await;
    let home = home(port, &page.service("Acme"));
    let program = home.start();
    let pages = Pages::of(&program);
    let before = pages.metrics().await.value("process_open_fds", &[]);

    for rubbish in
        [&b"\x16\x03\x01\x00\x00 what is this\r\n\r\n"[..], b"GET /metrics\r\n\r\n", b"POST /healthz HTTP/1.1\r\n\r\n"]
    {
        let mut line = TcpStream::connect(pages.address()).await.unwrap();
        line.write_all(rubbish).await.unwrap();
        let mut answer = Vec::new();
        // It may be cut off instead of answered.
        line.read_to_end(&mut answer).await.ok();
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 4"), "{}", String::from_utf8_lossy(&answer));
    }
    // A heading without an end: it is not read for ever.
    let mut endless = std::net::TcpStream::connect(pages.address()).unwrap();
    let mut cut_off = None;
    for _ in 0..100_000 {
        if let Err(cause) = endless.write_all(&[b'x'; 1_024]) {
            cut_off = Some(cause.kind());
            break;
        }
    }
    assert!(matches!(cut_off, Some(ErrorKind::BrokenPipe | ErrorKind::ConnectionReset)), "{cut_off:?}");

    let mut idle: Vec<std::net::TcpStream> =
        (0..300).map(|_| std::net::TcpStream::connect(pages.address()).unwrap()).collect();
    idle.iter_mut().for_each(|line| line.write_all(b"GET /metr").unwrap());
    let well = home.run(&["health"], b"");
    assert_eq!(well.code(), Some(0), "{well:?}");
    let crowded = pages.metrics().await;
    assert!(crowded.value("process_open_fds", &[]) < before + 100.0, "most were shown out");
    // The first to come was the first to go.
    let mut rest = Vec::new();
    assert!(matches!(idle[0].read_to_end(&mut rest), Ok(0)) || rest.is_empty());
    page.until_read().await;
}
