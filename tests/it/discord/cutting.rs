//! The gateway's line is cut, again and again.

use super::stage::Stage;
use crate::support::{discord::Order, page::StatusPage, program::Home};

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_cut_twenty_times_loses_no_command() {
    let stage = Stage::new().await;
    stage.discord.set(crate::support::discord::Settings::unlimited);
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    let orders = [Order::Cut, Order::CutInFrame, Order::Reconnect, Order::Close(4_000), Order::Cut];
    let mut asked = Vec::new();
    for round in 0..20 {
        let connected = stage.discord.gateway().connected();
        asked.push(stage.asks("/status service:acme"));
        stage.discord.gateway().order(orders[round % orders.len()]);
        asked.push(stage.asks("/status service:acme"));
        stage.discord.gateway().until_ready_again(connected).await;
        asked.push(stage.asks("/status service:acme"));
    }
    for one in asked {
        let answer = one.answer().await;
        assert!(answer.says("Acme: operational"), "{}", answer.text());
        assert_eq!(one.answers().len(), 1);
    }
    assert_eq!(stage.discord.gateway().identified().len(), 1, "sessions are taken up again");
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_lost_is_begun_anew_and_commands_are_heard_again() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    let connected = stage.discord.gateway().connected();
    stage.discord.gateway().order(Order::Invalidate { may_resume: false });
    stage.discord.gateway().until_ready_again(connected).await;
    assert!(stage.ask("/subscriptions").await.contains("Acme"));
    assert_eq!(stage.discord.registrations(), 1);
}
