//! The real program with the platforms' real limits in force: how much of them it uses, and how often it is refused.

use std::time::{Duration, Instant};

use foghorn::domain::{ChatId, Platform};

use crate::{
    support::{
        discord::Discord,
        feed_server::FeedServer,
        long_ago,
        page::{Posted, StatusPage},
        program::{Home, Program},
        telegram::{Limits, Room, Telegram},
    },
    table::{Budget, Table},
};

/// Long enough that the first second weighs little.
const CHATS: usize = 1_000;
/// What each platform takes from a bot in a second.
const OF_TELEGRAM: f64 = 30.0;
const OF_DISCORD: f64 = 50.0;

pub fn measure(table: &mut Table) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    for (name, run, rate) in [("Telegram", telegram as fn() -> Run, OF_TELEGRAM), ("Discord", discord, OF_DISCORD)] {
        let row = format!("fan-out to {CHATS} chats at {name}'s real limits");
        if table.wants(&row) {
            let (took, refused) = runtime.block_on(run());
            // The first one goes at once.
            let share = (CHATS - 1) as f64 / (rate * took.as_secs_f64());
            table.row(&row, share * 100.0, "% of the limit", Budget::AtLeast(99.0));
            table.row(&format!("… refused by {name}"), refused as f64, "", Budget::AtMost(0.0));
        }
    }
}

type Run = std::pin::Pin<Box<dyn Future<Output = (Duration, usize)>>>;

fn telegram() -> Run {
    Box::pin(async {
        let (feeds, telegram) = (FeedServer::start().await, Telegram::start().await);
        telegram.limit(Limits::of_telegram());
        let page = StatusPage::new(&feeds, "acme");
        let home = Home::new(&page.service("Acme"));
        let rooms: Vec<Room> = (0..CHATS).map(|number| telegram.person(&format!("P{number}")).private()).collect();
        let chat = |room: &Room| ChatId { platform: Platform::Telegram, address: room.chat.to_string().into() };
        long_ago::subscribed(&home, "acme", rooms.iter().map(chat)).await;
        let mut command = home.command(&[]);
        command.env("TELEGRAM_BOT_TOKEN", telegram.token()).env("FOGHORN_TELEGRAM__API_URL", telegram.url());
        let _program = Program::start(command);
        page.until_read().await;
        page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
        telegram.until_called("sendMessage", CHATS).await;
        let times: Vec<Instant> = telegram.received("sendMessage").iter().map(|call| call.at).collect();
        (*times.iter().max().unwrap() - *times.iter().min().unwrap(), telegram.floods().0)
    })
}

fn discord() -> Run {
    Box::pin(async {
        let (feeds, discord) = (FeedServer::start().await, Discord::start().await);
        let page = StatusPage::new(&feeds, "acme");
        let home = Home::new(&page.service("Acme"));
        let channels: Vec<_> = (0..CHATS / 250)
            .flat_map(|server| {
                let server = discord.server(&format!("Server {server}"));
                (0..250).map(move |number| server.channel(&format!("c{number}")))
            })
            .collect();
        let chat = |address: String| ChatId { platform: Platform::Discord, address: address.into() };
        long_ago::subscribed(&home, "acme", channels.iter().map(|channel| chat(channel.address()))).await;
        let mut command = home.command(&[]);
        command.env("DISCORD_TOKEN", discord.token()).env("FOGHORN_DISCORD__API_URL", discord.url());
        let _program = Program::start(command);
        discord.gateway().until_ready().await;
        page.until_read().await;
        page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
        discord.until_messages(1).await;
        let began = Instant::now();
        discord.until_messages(CHATS).await;
        (began.elapsed(), discord.refused().iter().filter(|one| one.status == 429).count())
    })
}
