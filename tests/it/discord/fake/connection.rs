//! Connecting, leaving, coming back.

use std::time::Duration;

use serde_json::json;
use serenity::{
    Error,
    all::{Channel, GatewayError, GatewayIntents},
};

use super::{Bot, ask_command, serenity_bot::SerenityBot};
use crate::support::discord::{Discord, Kind, Order, Settings};

#[tokio::test(flavor = "multi_thread")]
async fn serenity_connects_and_is_told_of_servers_channels_and_their_end() {
    let discord = Discord::start().await;
    let server = discord.server("Acme");
    let channel = server.channel("general");
    let forum = server.channel_of(Kind::Forum, "posts");
    server.speaks("de");
    server.greets_in(&channel);
    let bot = SerenityBot::start(&discord).await;
    bot.heard.until(&format!("guild Acme with 2 in de greets in {}", channel.id)).await;
    bot.heard.until("ready Some((0, 1))").await;

    let found = bot.channel(channel.id).await;
    assert!(matches!(found, Channel::Guild(found) if found.name == "general"));
    server.channel("late");
    bot.heard.until("new channel late").await;
    forum.gets_post("Hello");
    bot.heard.until("new thread Hello").await;
    channel.goes();
    bot.heard.until("no channel general").await;
    server.is_available(false);
    bot.heard.until("guild away").await;
    server.is_available(true);
    server.kicks_bot();
    bot.heard.until("guild gone").await;
    server.invites_bot();
    let other = discord.server("Second");
    other.channel("c");
    bot.heard.until("guild Second with 0 in en-US").await;
    bot.heard.until("new channel c").await;
    assert!(!bot.heard.all().iter().any(|one| one.starts_with("not understood")), "{:?}", bot.heard.all());
    let identified = discord.gateway().identified();
    assert_eq!(identified.iter().map(|one| one.shard).collect::<Vec<_>>(), [(0, 1)]);
    assert_eq!(identified[0].intents, GatewayIntents::GUILDS.bits());
    discord.gateway().until_presence("online").await;
    discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_while_a_client_is_cut_off_is_told_when_it_comes_back() {
    let discord = Discord::start().await;
    let channel = discord.server("Acme").channel("general");
    let person = discord.person("ada");
    let (bot, plain) = (SerenityBot::start(&discord).await, Bot::new(&discord));
    let server = discord.server("Second");
    server.welcomes(&person, 0);
    let other = server.channel("other");
    plain.declare(&discord, json!([ask_command()])).await;
    discord.gateway().until_ready().await;
    for (round, order) in [Order::Cut, Order::CutInFrame, Order::Reconnect, Order::Close(4_000)].into_iter().enumerate()
    {
        let connected = discord.gateway().connected();
        discord.gateway().order(order);
        let asked = person.types(&other, &format!("/ask what:{round}"));
        assert!(asked.answer().await.says(&round.to_string()));
        discord.gateway().until_ready_again(connected).await;
        assert_eq!(discord.gateway().resumed(), round + 1);
    }
    assert_eq!(discord.gateway().identified().len(), 1);
    assert!(channel.messages().is_empty());
    assert_eq!(bot.heard.count("ready Some((0, 1))"), 1);
    discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_no_more_is_begun_anew() {
    let settings = Settings { identify_span: Duration::ZERO, ..Settings::default() };
    let discord = Discord::with(settings).await;
    discord.server("Acme").channel("general");
    let bot = SerenityBot::start(&discord).await;
    bot.heard.until("guild Acme with 1 in en-US").await;
    let connected = discord.gateway().connected();
    discord.gateway().order(Order::Invalidate { may_resume: false });
    discord.gateway().until_ready_again(connected).await;
    assert_eq!((discord.gateway().identified().len(), discord.gateway().resumed()), (2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn hearts_are_heard_beating_and_asked_to() {
    // serenity looks at the clock twice a second.
    let heartbeat = Duration::from_secs(1);
    let settings = Settings { heartbeat, identify_span: Duration::ZERO, ..Settings::default() };
    let discord = Discord::with(settings).await;
    let _bot = SerenityBot::start(&discord).await;
    discord.gateway().until_heartbeats(2).await;
    let before = discord.gateway().heartbeats();
    discord.gateway().order(Order::AskForHeartbeat);
    discord.gateway().until_heartbeats(before + 1).await;
    // A client that hears nothing back comes again.
    let connected = discord.gateway().connected();
    discord.gateway().deaf(true);
    discord.gateway().until_ready_again(connected).await;
    discord.gateway().deaf(false);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_falls_silent_is_closed() {
    let settings = Settings { identify_within: Duration::from_millis(1), ..Settings::default() };
    let discord = Discord::with(settings).await;
    let socket = tokio::net::TcpStream::connect(discord.url().trim_start_matches("http://")).await.unwrap();
    let hello = "GET /?v=10 HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
                 sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    socket.writable().await.unwrap();
    assert_eq!(socket.try_write(hello.as_bytes()).unwrap(), hello.len());
    discord.gateway().until_closed(4_009).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn shards_are_told_of_their_own_servers() {
    let settings = Settings { shards: 2, shards_needed: 2, identify_span: Duration::ZERO, ..Settings::default() };
    let discord = Discord::with(settings).await;
    let names: Vec<String> = (0..8).map(|number| format!("Server {number}")).collect();
    let servers: Vec<_> = names.iter().map(|name| discord.server(name)).collect();
    let bot = SerenityBot::start(&discord).await;
    for name in &names {
        bot.heard.until(&format!("guild {name} with 0 in en-US")).await;
    }
    // All servers may be those of one of them.
    discord.gateway().until_identified(2).await;
    let mut shards: Vec<_> = discord.gateway().identified().iter().map(|one| one.shard).collect();
    shards.sort_unstable();
    assert_eq!(shards, [(0, 2), (1, 2)]);
    let heard = bot.heard.all().iter().filter(|one| one.starts_with("guild Server")).count();
    assert_eq!(heard, servers.len(), "each is told once");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_come_in_is_told_why() {
    let discord = Discord::start().await;
    let mut bot = SerenityBot::with(&discord, discord.token(), GatewayIntents::GUILD_MEMBERS).await;
    let ended = bot.ended.join_next().await.unwrap().unwrap();
    assert!(matches!(ended, Err(Error::Gateway(GatewayError::DisallowedGatewayIntents))), "{ended:?}");

    let mut stranger = SerenityBot::with(&discord, "MTAw.wrong.token", GatewayIntents::GUILDS).await;
    let ended = stranger.ended.join_next().await.unwrap().unwrap();
    assert!(ended.is_err());
    assert_eq!((discord.refused()[0].status, discord.refused()[0].code), (401, 0));
}
