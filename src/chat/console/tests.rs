use std::{
    io::{Cursor, Read, Write},
    os::unix::net::UnixStream,
    sync::mpsc as threads,
};

use tokio::sync::mpsc;

use super::{typed::LONGEST_LINE, *};
use crate::{
    chat::{Parcel, Reply},
    domain::{Block, Condition, Form, Incident, IncidentId, Notice, Phase, ServiceId, Span, TransitionKind},
};

/// What was printed, kept where a test can see it.
#[derive(Clone, Debug, Default)]
struct Printed(Arc<Mutex<Vec<u8>>>);

impl Printed {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Printed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A pipe whose reader went away.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn console(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> Console {
    Console::new(ConsoleOptions {
        screen: Screen::Pipe { input: Box::new(input), output: Box::new(output) },
        paper: Paper { is_terminal: false, colour: false, width: None },
        locale_hint: Some(Locale::De),
        hold_input: Duration::ZERO,
    })
    .unwrap()
}

/// Listens until the console ends, with an app that answers what was typed in capitals. Gives the lines that came.
async fn conversation(console: &Console, stop: &CancellationToken) -> (Result<Ended, ChatError>, Vec<String>) {
    let (inbox, mut requests) = mpsc::channel::<Event>(1);
    let app = async {
        let mut lines = Vec::new();
        while let Some(Event::Asked(Incoming { input, answer, .. })) = requests.recv().await {
            let Input::Line(line) = input else { continue };
            let reply = says(&line.to_uppercase());
            lines.push(line);
            // Silence is an answer as well.
            if lines.last().is_some_and(|line| line != "/silence") {
                answer.send(reply).unwrap();
            }
        }
        lines
    };
    let listen = console.listen(inbox, stop.clone());
    let (ended, lines) = tokio::join!(listen, app);
    (ended, lines)
}

fn says(words: &str) -> Reply {
    let paragraph = Block::Paragraph(vec![Span::Text(words.to_owned())]);
    let message = Message { blocks: vec![paragraph], ..Message::default() };
    Reply { message, settings: ChatSettings::default(), at: DateTime::UNIX_EPOCH, is_private: false, replaces: false }
}

fn alert() -> Parcel {
    let at: DateTime<Utc> = "2026-03-18T14:05:00Z".parse().unwrap();
    let incident = Incident {
        id: IncidentId { service: ServiceId::new("whatsapp").unwrap(), number: 1 },
        service_name: "WhatsApp".to_owned(),
        planned: None,
        title: None,
        impact: Condition::MajorOutage,
        peak: Condition::MajorOutage,
        phase: Phase::Investigating,
        started_at: at,
        resolved_at: None,
        seen_at: at,
        turned_at: at,
        components: vec![],
        regions: vec![],
        url: None,
        witnesses: vec![],
        updates: vec![],
        revision: 1,
        chapter: 1,
        reopened_at: vec![],
        is_flapping: false,
        last_kind: TransitionKind::Opened,
    };
    Parcel {
        to: Console::chat(),
        notice: Notice { form: Form::Alert, incident: Arc::new(incident), storm: None, digest: None, mention: None },
        settings: ChatSettings { timezone: chrono_tz::Europe::Berlin, ..ChatSettings::default() },
        reply_to: None,
        nonce: "0000000000000001".to_owned(),
        may_repeat: false,
        is_silent: false,
        at,
    }
}

#[tokio::test]
async fn every_line_is_answered_in_order_before_the_end() {
    let printed = Printed::default();
    let console = console(Cursor::new("/status\n\n  \r\nhello\r\n/silence\n/help"), printed.clone());
    let (ended, lines) = conversation(&console, &CancellationToken::new()).await;
    assert_eq!(ended.unwrap(), Ended::Left);
    assert_eq!(lines, ["/status", "hello", "/silence", "/help"]);
    assert_eq!(printed.text(), "/STATUS\n\nHELLO\n\n/HELP\n\n");
}

#[tokio::test]
async fn closed_input_is_the_end() {
    let console = console(Cursor::new(""), Printed::default());
    let (ended, lines) = conversation(&console, &CancellationToken::new()).await;
    assert_eq!(ended.unwrap(), Ended::Left);
    assert!(lines.is_empty());
}

#[tokio::test]
async fn quit_leaves_and_reads_no_further() {
    let console = console(Cursor::new("/about\n /quit \n/help\n"), Printed::default());
    let (ended, lines) = conversation(&console, &CancellationToken::new()).await;
    assert_eq!(ended.unwrap(), Ended::Left);
    assert_eq!(lines, ["/about"]);
}

#[tokio::test]
async fn the_next_line_is_not_handed_over_before_the_last_is_answered() {
    let console = console(Cursor::new("/one\n/two\n"), Printed::default());
    let (inbox, mut requests) = mpsc::channel::<Event>(8);
    let app = async {
        let first = requests.recv().await.unwrap();
        for _ in 0..64 {
            tokio::task::yield_now().await;
        }
        assert!(requests.try_recv().is_err());
        let Event::Asked(first) = first else { panic!("it is asked") };
        first.answer.send(says("one")).unwrap();
        drop(requests.recv().await.unwrap());
        assert!(requests.recv().await.is_none());
    };
    let (ended, ()) = tokio::join!(console.listen(inbox, CancellationToken::new()), app);
    assert_eq!(ended.unwrap(), Ended::Left);
}

#[tokio::test]
async fn whoever_types_on_the_console_may_manage_it_and_no_two_requests_share_a_name() {
    let console = console(Cursor::new("/one\n/two\n"), Printed::default());
    let (inbox, mut requests) = mpsc::channel::<Event>(8);
    let app = async {
        let mut names = Vec::new();
        while let Some(Event::Asked(incoming)) = requests.recv().await {
            assert!(incoming.may_manage && incoming.is_private);
            assert_eq!(incoming.chat, Console::chat());
            assert_eq!(incoming.locale_hint, Some(Locale::De));
            names.push(incoming.id);
        }
        names
    };
    let (_, names) = tokio::join!(console.listen(inbox, CancellationToken::new()), app);
    assert_eq!(names.len(), 2);
    assert_ne!(names[0], names[1]);
}

#[tokio::test]
async fn a_line_that_is_too_long_is_cut_at_a_character_and_the_rest_is_not_taken_for_a_line() {
    let long = format!("{}ä{}\n/help\n", "a".repeat(LONGEST_LINE - 1), "b".repeat(LONGEST_LINE * 3));
    let console = console(Cursor::new(long), Printed::default());
    let (_, lines) = conversation(&console, &CancellationToken::new()).await;
    assert_eq!(lines, ["a".repeat(LONGEST_LINE - 1).as_str(), "/help"]);
}

#[tokio::test]
async fn a_line_of_just_the_longest_length_stays_whole() {
    let long = "a".repeat(LONGEST_LINE);
    let console = console(Cursor::new(format!("{long}\n{long}")), Printed::default());
    let (_, lines) = conversation(&console, &CancellationToken::new()).await;
    assert_eq!(lines, [long.as_str(), long.as_str()]);
}

#[tokio::test]
async fn bytes_that_are_no_text_are_replaced() {
    let console = console(Cursor::new(b"/status wh\xffats\n".to_vec()), Printed::default());
    let (_, lines) = conversation(&console, &CancellationToken::new()).await;
    assert_eq!(lines, ["/status wh\u{fffd}ats"]);
}

#[tokio::test]
async fn stop_ends_listening_while_nobody_types() {
    // The other end stays open and silent.
    let (_silent, input) = UnixStream::pair().unwrap();
    let console = console(input, Printed::default());
    let stop = CancellationToken::new();
    stop.cancel();
    let (ended, _) = conversation(&console, &stop).await;
    assert_eq!(ended.unwrap(), Ended::Stopped);
}

#[tokio::test]
async fn an_app_that_is_gone_ends_listening() {
    let console = console(Cursor::new("/status\n"), Printed::default());
    let (inbox, requests) = mpsc::channel::<Event>(1);
    drop(requests);
    assert_eq!(console.listen(inbox, CancellationToken::new()).await.unwrap(), Ended::Stopped);
}

#[tokio::test]
async fn piped_lines_wait_for_the_first_readings() {
    /// Tells when it is read.
    struct Watched(threads::Sender<()>);
    impl Read for Watched {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            self.0.send(()).unwrap();
            Ok(0)
        }
    }
    let (is_read, reads) = threads::channel();
    let mut console = console(Watched(is_read), Printed::default());
    console.hold_input = Duration::from_secs(600);
    let stop = CancellationToken::new();
    let app = async {
        for _ in 0..64 {
            tokio::task::yield_now().await;
        }
        assert!(reads.try_recv().is_err());
        console.ready();
    };
    let ((ended, _), ()) = tokio::join!(conversation(&console, &stop), app);
    assert_eq!(ended.unwrap(), Ended::Left);
    assert!(reads.try_recv().is_ok());
}

#[tokio::test]
async fn closed_output_is_a_failure_that_ends_listening() {
    let (_silent, input) = UnixStream::pair().unwrap();
    let console = console(input, Closed);
    let stop = CancellationToken::new();
    let parcel = alert();
    let ((ended, _), posted) = tokio::join!(conversation(&console, &stop), console.post(&parcel));
    assert!(matches!(posted, Err(DeliveryError::Temporary { .. })));
    assert_eq!(ended.unwrap_err().platform, Platform::Console);
}

#[tokio::test]
async fn an_alert_that_answers_another_one_is_called_an_update() {
    let page = Printed::default();
    let console = console(&b""[..], page.clone());
    console.post(&alert()).await.unwrap();
    console.post(&Parcel { reply_to: Some(MessageId("1".into())), ..alert() }).await.unwrap();
    let headlines: Vec<String> =
        page.text().split("\n\n").filter_map(|block| Some(block.lines().next()?.to_owned())).collect();
    assert_eq!(headlines.len(), 2);
    assert!(!headlines[0].contains("update") && headlines[1].contains(", update: "), "{headlines:?}");
}

#[tokio::test]
async fn an_alert_is_printed_with_the_time_in_the_zone_of_the_chat() {
    let printed = Printed::default();
    let console = console(Cursor::new(""), printed.clone());
    let first = console.post(&alert()).await.unwrap();
    let second = console.post(&alert()).await.unwrap();
    assert_ne!(first, second);
    assert_eq!(console.alerts(), 2);
    let text = printed.text();
    let (first, rest) = text.split_once("\n\n").unwrap();
    assert!(first.starts_with("15:05 WhatsApp: major outage\n"), "{text}");
    assert_eq!(rest, format!("{first}\n\n"));
}
