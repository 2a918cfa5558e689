//! The platforms that are reached over the internet, each on when its token is set.

use std::{future::Future, pin::Pin, sync::Arc};

use crate::{
    chat::{
        ChatError, Memory, SharedChat, Verified,
        discord::{Discord, DiscordOptions, Token},
        telegram::{Telegram, TelegramOptions, WebhookOptions},
    },
    clock::{Clock, SystemClock},
    config::Settings,
};

/// Asks a platform whether the token works, and what it says of the bot.
pub type Verify = Pin<Box<dyn Future<Output = Result<Verified, ChatError>> + Send>>;

/// A platform that is on.
pub struct Adapter {
    /// The platform.
    pub chat: SharedChat,
    /// Whether its token works, found out when this is awaited.
    pub verify: Verify,
}

/// Opens a platform; `None` when its token is not set. Nothing is asked of the platform yet.
type Open = fn(&Settings, &Arc<dyn Memory>) -> Option<Result<Adapter, ChatError>>;

/// Every platform there is an adapter for.
const PLATFORMS: [Open; 2] = [discord, telegram];

/// Whether any platform's token is set; when none is, the bot talks on the console.
#[must_use]
pub const fn any_is_on(settings: &Settings) -> bool {
    settings.discord.token.is_some() || settings.telegram.token.is_some()
}

/// The platforms whose token is set. One that cannot be opened, be it for a token that is none, is an error of its own
/// and keeps no other from running.
#[must_use]
pub fn open(settings: &Settings, memory: &Arc<dyn Memory>) -> Vec<Result<Adapter, ChatError>> {
    PLATFORMS.iter().filter_map(|open| open(settings, memory)).collect()
}

fn discord(settings: &Settings, memory: &Arc<dyn Memory>) -> Option<Result<Adapter, ChatError>> {
    let own = &settings.discord;
    let options = DiscordOptions {
        token: Token::new(own.token.as_ref()?.reveal()),
        api_url: own.api_url.clone(),
        requests_per_second: own.requests_per_second,
        memory: memory.clone(),
        now: SystemClock::new().now(),
    };
    Some(Discord::new(options).map(|discord| {
        let discord = Arc::new(discord);
        let asked = discord.clone();
        Adapter { chat: discord, verify: Box::pin(async move { asked.verify().await }) }
    }))
}

fn telegram(settings: &Settings, memory: &Arc<dyn Memory>) -> Option<Result<Adapter, ChatError>> {
    let own = &settings.telegram;
    let webhook = own.webhook.as_ref().map(|webhook| WebhookOptions {
        url: webhook.url.clone(),
        listen: webhook.listen,
        secret: webhook.secret.reveal().to_owned(),
    });
    let options = TelegramOptions {
        token: own.token.as_ref()?.reveal().to_owned(),
        api_url: own.api_url.clone(),
        webhook,
        is_paid: own.paid_broadcast,
        defaults: settings.chats,
        memory: memory.clone(),
        now: SystemClock::new().now(),
    };
    Some(Telegram::new(options).map(|telegram| {
        let telegram = Arc::new(telegram);
        let asked = telegram.clone();
        let verify = async move { Ok(Verified { words: asked.verify().await?, ..Verified::default() }) };
        Adapter { chat: telegram, verify: Box::pin(verify) }
    }))
}
