//! Answers that are lost, on a platform that posts a message twice when it is sent twice.

use std::sync::atomic::Ordering;

use foghorn::{
    domain::{Form, Severity, TransitionKind},
    store::{Backlog, Standing, Store},
};

use super::{Answer, Desk};

async fn doubling(chats: &[&str]) -> Desk {
    let mut desk = Desk::new();
    desk.chat.doubles.store(true, Ordering::SeqCst);
    for chat in chats {
        desk.subscribe(chat, "signal").await;
    }
    desk
}

/// Who is in doubt, and why.
async fn doubts(desk: &Desk) -> Vec<(String, Option<String>)> {
    let undelivered = desk.store.undelivered(None, 99).await.unwrap().into_iter();
    let doubt = undelivered.filter_map(|one| match one.standing {
        Standing::Retrying { is_in_doubt: true, reason, .. } => Some((one.id.chat.address.to_string(), reason)),
        Standing::Retrying { .. } | Standing::Pending | Standing::Dead { .. } => None,
    });
    doubt.collect()
}

#[tokio::test]
async fn a_message_whose_answer_is_lost_is_sent_once_more_late_and_edited_in_place_afterwards() {
    let mut desk = doubling(&["dumb", "other"]).await;
    desk.script("dumb", [Answer::Lost]);
    desk.breaks("signal", Severity::Degraded).await;
    desk.pass_seconds(4).await;
    assert_eq!(desk.told(), ["dumb", "other"], "not at once");
    assert_eq!(doubts(&desk).await, [("dumb".to_owned(), Some("the connection broke".to_owned()))]);
    desk.pass_seconds(2).await;
    assert_eq!(desk.told(), ["dumb", "other", "dumb"], "others were answered meanwhile");
    assert_eq!(desk.backlog().await, Backlog::default());
    desk.turns("signal", TransitionKind::Updated).await;
    desk.pass_seconds(100).await;
    let edited = desk.sent().split_off(3);
    assert!(edited.len() == 2 && edited.iter().all(|sent| sent.is_edit), "{edited:?}");
}

#[tokio::test]
async fn a_platform_that_answers_nobody_is_asked_by_one_that_is_in_doubt_after_the_other() {
    let mut desk = doubling(&["a", "b", "c"]).await;
    for chat in ["a", "b", "c"] {
        desk.script(chat, (0..99).map(|_| Answer::Lost));
    }
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    assert_eq!(desk.told().len(), 3);
    desk.pass_seconds(29).await;
    assert_eq!(desk.told().len(), 3 + 5, "one in five seconds");
    desk.chat.script.lock().unwrap().clear();
    desk.pass_seconds(12).await;
    assert_eq!(desk.told().len(), 3 + 5 + 3, "each once more when it answers");
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn a_chat_whose_alert_is_in_doubt_learns_the_end() {
    let mut desk = doubling(&["dumb", "other"]).await;
    desk.script("dumb", [Answer::Lost]);
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    desk.turns("signal", TransitionKind::Resolved).await;
    desk.pass_seconds(6).await;
    let to_dumb: Vec<_> = desk.sent().into_iter().filter(|sent| sent.to == "dumb").collect();
    assert_eq!(to_dumb.iter().map(|sent| sent.form).collect::<Vec<_>>(), [Form::Alert, Form::Alert]);
    assert_eq!(to_dumb.iter().map(|sent| sent.is_open).collect::<Vec<_>>(), [true, false], "one that says both");
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn what_was_in_doubt_at_a_stop_is_sent_again_at_the_next_start() {
    let mut desk = doubling(&["dumb"]).await;
    desk.script("dumb", [Answer::Lost]);
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    desk.restart();
    desk.pass_seconds(80).await;
    assert_eq!(desk.told(), ["dumb", "dumb"]);
    assert_eq!(desk.backlog().await, Backlog::default());
}
