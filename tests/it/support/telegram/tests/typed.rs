//! A bot built with teloxide understands what it is told here.

use teloxide::{
    ApiError, Bot, RequestError,
    payloads::{EditMessageTextSetters, GetUpdatesSetters, SendMessageSetters, SetMyCommandsSetters},
    requests::Requester,
    types::{
        AllowedUpdate, BotCommand, BotCommandScope, ChatId, ChatMemberStatus, InlineKeyboardButton,
        InlineKeyboardMarkup, MessageEntity, ReplyParameters, Seconds, ThreadId, Update, UpdateKind, UserId,
    },
};

use crate::support::telegram::{Fault, Limits, Member, Telegram};

async fn start() -> (Telegram, Bot) {
    let telegram = Telegram::start().await;
    telegram.limit(Limits::none());
    let bot = Bot::new(telegram.token()).set_api_url(telegram.url().parse().unwrap());
    (telegram, bot)
}

#[tokio::test]
async fn teloxide_reads_every_update_that_people_cause() {
    let (telegram, bot) = start().await;
    assert_eq!(bot.get_me().await.unwrap().username(), telegram.username());
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    anna.says(&anna.private(), "/start x");
    let group = anna.group("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    anna.makes_bot(Member::Muted, &group);
    anna.makes_bot(Member::Administrator, &group);
    anna.makes(&ben, Member::Anonymous, &group);
    ben.says(&group, "/hidden");
    anna.upgrades(&group);
    let forum = anna.forum("Company");
    anna.makes_bot(Member::Ordinary, &forum);
    let topic = anna.opens_topic(&forum, "Alerts");
    anna.says(&topic, "/status");
    anna.closes_topic(&topic, true);
    let channel = anna.channel("News");
    anna.makes_bot(Member::Administrator, &channel);
    anna.says(&channel, "/status");
    anna.blocks(true);
    telegram.inner.change(|world| world.type_inline(anna.id, "acme", ""));
    let markup = InlineKeyboardMarkup::new([[InlineKeyboardButton::callback("Mute", "m")]]);
    let sent = bot.send_message(ChatId(forum.chat), "x").reply_markup(markup).await.unwrap();
    telegram.inner.change(|world| world.press(forum.chat, anna.id, i64::from(sent.id.0), "Mute"));

    let asked = [AllowedUpdate::Message, AllowedUpdate::CallbackQuery];
    let updates = bot.get_updates().timeout(0).allowed_updates(asked).await.unwrap();
    let kind = |update: &Update| match &update.kind {
        UpdateKind::Message(message) => {
            let migrates = message.migrate_to_chat_id().is_some() || message.migrate_from_chat_id().is_some();
            if migrates {
                "migration"
            } else if message.text().is_some() {
                "message"
            } else {
                "service"
            }
        }
        UpdateKind::ChannelPost(_) => "post",
        UpdateKind::MyChatMember(_) => "member",
        UpdateKind::CallbackQuery(_) => "button",
        UpdateKind::InlineQuery(_) => "inline",
        other => panic!("{other:?}"),
    };
    let kinds: Vec<&str> = updates.iter().map(kind).collect();
    assert_eq!(
        kinds,
        [
            "message",
            "member",
            "service",
            "member",
            "member",
            "message",
            "member",
            "migration",
            "migration",
            "member",
            "service",
            "service",
            "message",
            "service",
            "member",
            "post",
            "member",
            "inline",
            "button",
        ]
    );
    assert_eq!(telegram.allowed_updates(), ["message", "callback_query"]);
}

#[tokio::test]
async fn teloxide_sends_edits_and_looks() {
    let (telegram, bot) = start().await;
    let anna = telegram.person("Anna").speaking("de");
    let forum = anna.forum("Company");
    anna.makes_bot(Member::Administrator, &forum);
    let topic = anna.opens_topic(&forum, "Alerts");
    let chat = ChatId(forum.chat);
    let thread = ThreadId(teloxide::types::MessageId(i32::try_from(topic.thread.unwrap()).unwrap()));
    let first = bot.send_message(chat, "Acme is down").message_thread_id(thread);
    let first = first.entities([MessageEntity::bold(0, 4)]).await.unwrap();
    let reply = ReplyParameters::new(first.id);
    bot.send_message(chat, "Acme is well").message_thread_id(thread).reply_parameters(reply).await.unwrap();
    bot.edit_message_text(chat, first.id, "Acme is slow").entities([MessageEntity::code(0, 4)]).await.unwrap();
    let same = bot.edit_message_text(chat, first.id, "Acme is slow").entities([MessageEntity::code(0, 4)]).await;
    assert!(matches!(same, Err(RequestError::Api(ApiError::MessageNotModified))), "{same:?}");
    let seen: Vec<(String, usize)> = topic.told().into_iter().map(|seen| (seen.drawn, seen.edits)).collect();
    assert_eq!(seen, [("`Acme` is slow".to_owned(), 1), ("Acme is well".to_owned(), 0)]);
    assert_eq!(topic.told()[1].reply_to, Some(i64::from(first.id.0)));

    let member = bot.get_chat_member(chat, UserId(u64::try_from(anna.id).unwrap())).await.unwrap();
    assert_eq!(member.kind.status(), ChatMemberStatus::Owner);
    assert_eq!(bot.get_chat_administrators(chat).await.unwrap().len(), 1);
    assert_eq!(bot.get_chat(chat).await.unwrap().title(), Some("Company"));
    assert!(bot.get_chat(ChatId(anna.private().chat)).await.unwrap().is_private());
    let commands = [BotCommand::new("status", "Sagt, wie es steht")];
    bot.set_my_commands(commands).scope(BotCommandScope::AllGroupChats).language_code("de").await.unwrap();
    assert_eq!(anna.menu(&forum), [("status".to_owned(), "Sagt, wie es steht".to_owned())]);
    assert!(bot.get_webhook_info().await.unwrap().url.is_none());
    let answering = async {
        let update = bot.get_updates().timeout(10).await.unwrap().pop().unwrap();
        let UpdateKind::Message(asked) = update.kind else { panic!("{update:?}") };
        bot.send_message(asked.chat.id, "Hello").await.unwrap();
    };
    bot.get_updates().offset(-1).timeout(0).await.unwrap();
    let (hello, ()) = tokio::join!(anna.follows_link("acme"), answering);
    assert_eq!(hello.text, "Hello");
}

#[tokio::test]
async fn teloxide_understands_refusals() {
    let (telegram, bot) = start().await;
    let anna = telegram.person("Anna");
    let group = anna.group("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    let new = anna.upgrades(&group);
    let moved = bot.send_message(ChatId(group.chat), "x").await;
    assert!(matches!(moved, Err(RequestError::MigrateToChatId(to)) if to.0 == new.chat), "{moved:?}");
    telegram.fail("sendMessage", Fault::Flood(3), 1);
    let flood = bot.send_message(ChatId(new.chat), "x").await;
    assert!(matches!(flood, Err(RequestError::RetryAfter(wait)) if wait == Seconds::from_seconds(3)), "{flood:?}");
    let private = anna.private();
    anna.blocks(true);
    let blocked = bot.send_message(ChatId(private.chat), "x").await;
    assert!(matches!(blocked, Err(RequestError::Api(ApiError::BotBlocked))), "{blocked:?}");
    let wrong = format!("{}:{}", 123_456_789, "x".repeat(35));
    let unknown = Bot::new(wrong).set_api_url(telegram.url().parse().unwrap()).get_me().await;
    assert!(matches!(unknown, Err(RequestError::Api(ApiError::InvalidToken))), "{unknown:?}");
}
