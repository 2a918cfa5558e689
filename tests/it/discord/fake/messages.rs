//! Messages, replies, pings, threads, posts, rights.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use super::Bot;
use crate::support::discord::{Discord, Kind, OldEdits, Ping, Rate, Server, Settings, permission};

async fn generous() -> (Discord, Bot, Server) {
    let discord = Discord::start().await;
    discord.set(Settings::unlimited);
    let server = discord.server("Acme");
    let bot = Bot::new(&discord);
    (discord, bot, server)
}

#[tokio::test]
async fn a_message_is_posted_edited_answered_and_deleted() {
    let (_discord, bot, server) = generous().await;
    let channel = server.channel("general");
    let id = bot.post(channel.id, json!({"content": "It is down."})).await.id();
    let edited = bot.edit(
        channel.id,
        id,
        json!({"embeds": [{"title": "Down", "fields": [{"name": "Since", "value": "noon"}]}]}),
    );
    assert!(edited.await.body["edited_timestamp"].is_string());
    let reply = json!({"content": "Over.", "message_reference": {"message_id": id.to_string()}});
    let answer = bot.post(channel.id, reply.clone()).await;
    assert_eq!(
        (answer.body["type"].as_u64(), &answer.body["referenced_message"]["id"]),
        (Some(19), &json!(id.to_string()))
    );
    let shown = channel.messages();
    assert_eq!(shown[0].text(), "It is down.\n| **Down**\n| **Since**\n| noon");
    assert_eq!((shown[0].edits, shown[1].reply_to), (1, Some(id)));

    assert_eq!(bot.edit(channel.id, id, json!({"content": null, "embeds": []})).await.refusal(), (400, 50_006));
    channel.loses(&shown[0]);
    assert!(channel.message(id).is_none());
    assert_eq!(bot.edit(channel.id, id, json!({"content": "x"})).await.refusal(), (404, 10_008));
    assert_eq!(bot.post(channel.id, reply).await.refusal(), (400, 50_035));
    let lenient =
        json!({"content": "Over.", "message_reference": {"message_id": id.to_string(), "fail_if_not_exists": false}});
    let answer = bot.post(channel.id, lenient).await;
    assert_eq!(channel.message(answer.id()).unwrap().reply_to, None);
    let path = format!("/channels/{}/messages/{}", channel.id, answer.id());
    assert_eq!(bot.get(&path).await.id(), answer.id());
    assert_eq!(bot.call(Method::DELETE, &path, json!({})).await.status, 204);
    assert_eq!(bot.get(&format!("/channels/{}/messages?limit=5", channel.id)).await.body.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_nonce_that_is_to_be_unique_makes_one_message_for_some_minutes() {
    let (discord, bot, server) = generous().await;
    let (channel, other) = (server.channel("a"), server.channel("b"));
    let body = json!({"content": "once", "nonce": "n-1", "enforce_nonce": true});
    let first = bot.post(channel.id, body.clone()).await.id();
    assert_eq!(bot.post(channel.id, body.clone()).await.id(), first);
    // It is the bot's, not the channel's.
    assert_eq!(bot.post(other.id, body.clone()).await.id(), first);
    assert!(other.messages().is_empty() && channel.messages().len() == 1);
    assert_ne!(bot.post(channel.id, json!({"content": "again", "nonce": "n-1"})).await.id(), first);
    discord.advance(Duration::from_secs(301));
    assert_ne!(bot.post(channel.id, body).await.id(), first);
}

#[tokio::test]
async fn only_those_are_pinged_whom_the_message_allows_and_the_bot_may() {
    let (discord, bot, server) = generous().await;
    let channel = server.channel("general");
    let (person, role, closed) = (discord.person("ada"), server.role("on-call", true), server.role("closed", false));
    let text = format!("@everyone <@&{role}> <@&{closed}> <@{}>", person.id);
    let ping = async |allowed| {
        let answer = bot.post(channel.id, json!({"content": text, "allowed_mentions": allowed})).await;
        channel.message(answer.id()).unwrap().pings
    };
    assert_eq!(ping(json!({"parse": []})).await, []);
    assert_eq!(ping(json!({"parse": [], "roles": [role.to_string()]})).await, [Ping::Role(role)]);
    assert_eq!(ping(json!({"parse": ["users"]})).await, [Ping::User(person.id)]);
    assert_eq!(ping(json!(null)).await, [Ping::Role(role), Ping::User(person.id)]);
    channel.gives_bot(permission::MENTION_EVERYONE, 0);
    let all = [Ping::Everyone, Ping::Role(role), Ping::Role(closed), Ping::User(person.id)];
    assert_eq!(ping(json!(null)).await, all);
    // What stands in an embed pings nobody, nor does an edit.
    let answer = bot.post(channel.id, json!({"embeds": [{"description": text}]})).await;
    bot.edit(channel.id, answer.id(), json!({"content": text})).await;
    assert_eq!(channel.message(answer.id()).unwrap().pings, []);
}

#[tokio::test]
async fn what_the_bot_may_not_do_is_refused_by_what_is_missing() {
    let (discord, bot, server) = generous().await;
    let channel = server.channel("general");
    let (plain, rich) = (json!({"content": "x"}), json!({"embeds": [{"title": "x"}]}));
    let id = bot.post(channel.id, plain.clone()).await.id();
    channel.gives_bot(0, permission::EMBED_LINKS);
    assert_eq!(bot.post(channel.id, rich).await.refusal(), (403, 50_013));
    channel.gives_bot(0, permission::SEND_MESSAGES);
    assert_eq!(bot.post(channel.id, plain.clone()).await.refusal(), (403, 50_013));
    channel.gives_bot(0, permission::READ_MESSAGE_HISTORY);
    let reply = json!({"content": "x", "message_reference": {"message_id": id.to_string()}});
    assert_eq!(bot.post(channel.id, reply).await.refusal(), (400, 160_002));
    channel.gives_bot(0, permission::VIEW_CHANNEL);
    assert_eq!(bot.post(channel.id, plain.clone()).await.refusal(), (403, 50_001));
    channel.gives_bot(0, 0);
    assert_eq!(bot.edit(channel.id, 1, plain.clone()).await.refusal(), (404, 10_008));

    let guild = format!("/guilds/{}", server.id);
    assert_eq!(bot.get(&guild).await.body["name"], "Acme");
    assert_eq!(bot.get(&format!("{guild}/channels")).await.body[0]["name"], "general");
    assert_eq!(bot.get(&format!("{guild}/roles")).await.body[0]["name"], "@everyone");
    let member = bot.get(&format!("{guild}/members/{}", discord.bot())).await;
    assert_eq!(member.body["user"]["bot"], true);
    server.kicks_bot();
    assert_eq!(bot.get(&guild).await.refusal(), (403, 50_001));
    assert_eq!(bot.post(channel.id, plain.clone()).await.refusal(), (403, 50_001));
    server.invites_bot();
    assert_eq!(bot.post(channel.id, plain.clone()).await.status, 200);
    let id = channel.id;
    channel.goes();
    assert_eq!(bot.post(id, plain.clone()).await.refusal(), (404, 10_003));
    assert_eq!(bot.call(Method::DELETE, &format!("/users/@me/guilds/{}", server.id), json!({})).await.status, 204);
    assert_eq!(bot.get("/users/@me/guilds").await.body, json!([]));

    let person = discord.person("ada");
    let opened = bot.call(Method::POST, "/users/@me/channels", json!({"recipient_id": person.id.to_string()})).await;
    assert_eq!(opened.id(), person.private().id);
    assert_eq!(bot.post(opened.id(), plain.clone()).await.status, 200);
    person.private().is_closed();
    assert_eq!(bot.post(opened.id(), plain).await.refusal(), (403, 50_007));
}

#[tokio::test]
async fn threads_posts_and_announcements_follow_their_own_rules() {
    let (_discord, bot, server) = generous().await;
    let (text, forum) = (server.channel("general"), server.channel_of(Kind::Forum, "posts"));
    let news = server.channel_of(Kind::Announcement, "news");
    let id = bot.post(text.id, json!({"content": "x"})).await.id();
    let path = format!("/channels/{}/messages/{id}", text.id);
    let thread = bot.call(Method::POST, &format!("{path}/threads"), json!({"name": "Talk"})).await;
    assert_eq!((thread.status, thread.id(), text.message(id).unwrap().thread), (201, id, Some(id)));
    let again = bot.call(Method::POST, &format!("{path}/threads"), json!({"name": "Talk"})).await;
    assert_eq!(again.refusal(), (400, 160_004));
    let thread = text.until_threads(1).await.remove(0);
    let inside = bot.post(thread.id, json!({"content": "inside"})).await.id();
    assert_eq!(thread.until_says("inside").await.place.message, inside);
    thread.sleeps(false);
    assert_eq!(bot.edit(thread.id, inside, json!({"content": "y"})).await.refusal(), (400, 50_083));
    assert_eq!(bot.post(thread.id, json!({"content": "awake"})).await.status, 200);
    let path = format!("/channels/{}", thread.id);
    let renamed = bot.call(Method::PATCH, &path, json!({"name": "Over", "archived": true})).await;
    assert_eq!((renamed.status, thread.name().as_str()), (200, "Over"));
    thread.sleeps(true);
    assert_eq!(bot.post(thread.id, json!({"content": "z"})).await.refusal(), (400, 160_005));

    assert_eq!(bot.post(forum.id, json!({"content": "x"})).await.refusal(), (400, 50_008));
    let posts = format!("/channels/{}/threads", forum.id);
    assert_eq!(bot.call(Method::POST, &posts, json!({"name": "Post"})).await.refusal(), (400, 50_035));
    forum.needs_tag();
    let (tag, first) = (forum.has_tag("outage"), json!({"content": "first"}));
    assert_eq!(bot.call(Method::POST, &posts, json!({"name": "P", "message": first})).await.refusal(), (400, 40_067));
    let tagged = json!({"name": "P", "message": first, "applied_tags": [tag.to_string()]});
    let post = bot.call(Method::POST, &posts, tagged).await;
    assert_eq!((post.status, &post.body["message"]["id"]), (201, &post.body["id"]));
    assert_eq!(forum.threads()[0].messages()[0].text(), "first");

    let id = bot.post(news.id, json!({"content": "x"})).await.id();
    let publish = async |channel, message| {
        bot.call(Method::POST, &format!("/channels/{channel}/messages/{message}/crosspost"), json!({})).await.refusal()
    };
    assert_eq!(publish(news.id, id).await, (200, 0));
    assert!(news.message(id).unwrap().is_published);
    assert_eq!(publish(news.id, id).await, (400, 40_033));
    let id = bot.post(text.id, json!({"content": "x"})).await.id();
    assert_eq!(publish(text.id, id).await, (400, 50_024));
}

#[tokio::test]
async fn old_messages_are_edited_so_often_and_no_more() {
    let (discord, bot, server) = generous().await;
    let channel = server.channel("general");
    let hour = Duration::from_secs(3_600);
    discord.set(|settings| settings.old_edits = OldEdits { age: hour, rate: Rate::new(2, hour) });
    let id = bot.post(channel.id, json!({"content": "x"})).await.id();
    let edit = async || bot.edit(channel.id, id, json!({"content": "y"})).await.refusal();
    for _ in 0..3 {
        assert_eq!(edit().await, (200, 0));
    }
    discord.advance(hour);
    assert_eq!((edit().await, edit().await, edit().await), ((200, 0), (200, 0), (429, 30_046)));
    discord.advance(hour);
    assert_eq!(edit().await, (200, 0));
}
