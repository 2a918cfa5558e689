//! Which call a request is.

use std::fmt;

use super::refusal::Refusal;

/// Calls that share their limits, and that a test can make fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// Where the gateway is, and connecting to it.
    Gateway,
    /// Who the bot is.
    Identity,
    Commands,
    Guild,
    Channel,
    ReadMessage,
    CreateMessage,
    EditMessage,
    DeleteMessage,
    Crosspost,
    CreateThread,
    Callback,
    Webhook,
}

impl Route {
    /// Interactions do not count in the limit over all.
    pub fn counts_globally(self) -> bool {
        !matches!(self, Self::Gateway | Self::Callback | Self::Webhook)
    }

    /// Whether it needs the bot's token.
    fn needs_token(self) -> bool {
        !matches!(self, Self::Callback | Self::Webhook)
    }
}

/// A call with what it is about.
#[derive(Clone, Debug)]
pub enum Call {
    Gateway,
    GatewayBot,
    Me,
    MyApplication,
    MyGuilds,
    OpenPrivate,
    Commands {
        application: u64,
    },
    SetCommands {
        application: u64,
    },
    Guild {
        guild: u64,
    },
    GuildChannels {
        guild: u64,
    },
    GuildRoles {
        guild: u64,
    },
    ActiveThreads {
        guild: u64,
    },
    GuildMember {
        guild: u64,
        user: u64,
    },
    LeaveGuild {
        guild: u64,
    },
    Channel {
        channel: u64,
    },
    ChangeChannel {
        channel: u64,
    },
    Messages {
        channel: u64,
    },
    Message {
        channel: u64,
        message: u64,
    },
    CreateMessage {
        channel: u64,
    },
    EditMessage {
        channel: u64,
        message: u64,
    },
    DeleteMessage {
        channel: u64,
        message: u64,
    },
    Crosspost {
        channel: u64,
        message: u64,
    },
    ThreadFromMessage {
        channel: u64,
        message: u64,
    },
    Thread {
        channel: u64,
    },
    Callback {
        interaction: u64,
        token: String,
    },
    FollowUp {
        application: u64,
        token: String,
    },
    /// `None` is `@original`.
    ReadAnswer {
        application: u64,
        token: String,
        message: Option<u64>,
    },
    EditAnswer {
        application: u64,
        token: String,
        message: Option<u64>,
    },
    DeleteAnswer {
        application: u64,
        token: String,
        message: Option<u64>,
    },
}

impl Call {
    /// Reads method and path, which begins behind `/api/v10`.
    pub fn parse(method: &str, path: &str) -> Result<Self, Refusal> {
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        // A part that should be an id and is none leads nowhere.
        let id = |text: &str| text.parse::<u64>().map_err(|_| Refusal::not_found());
        let answer = |text: &str| if text == "@original" { Ok(None) } else { id(text).map(Some) };
        let call = match (method, parts.as_slice()) {
            ("GET", ["gateway"]) => Self::Gateway,
            ("GET", ["gateway", "bot"]) => Self::GatewayBot,
            ("GET", ["users", "@me"]) => Self::Me,
            ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => Self::MyApplication,
            ("GET", ["users", "@me", "guilds"]) => Self::MyGuilds,
            ("POST", ["users", "@me", "channels"]) => Self::OpenPrivate,
            ("DELETE", ["users", "@me", "guilds", guild]) => Self::LeaveGuild { guild: id(guild)? },
            ("GET", ["applications", of, "commands"]) => Self::Commands { application: id(of)? },
            ("PUT", ["applications", of, "commands"]) => Self::SetCommands { application: id(of)? },
            ("GET", ["guilds", guild]) => Self::Guild { guild: id(guild)? },
            ("GET", ["guilds", guild, "channels"]) => Self::GuildChannels { guild: id(guild)? },
            ("GET", ["guilds", guild, "roles"]) => Self::GuildRoles { guild: id(guild)? },
            ("GET", ["guilds", guild, "threads", "active"]) => Self::ActiveThreads { guild: id(guild)? },
            ("GET", ["guilds", guild, "members", user]) => Self::GuildMember { guild: id(guild)?, user: id(user)? },
            ("GET", ["channels", of]) => Self::Channel { channel: id(of)? },
            ("PATCH", ["channels", of]) => Self::ChangeChannel { channel: id(of)? },
            ("GET", ["channels", of, "messages"]) => Self::Messages { channel: id(of)? },
            ("POST", ["channels", of, "messages"]) => Self::CreateMessage { channel: id(of)? },
            ("POST", ["channels", of, "threads"]) => Self::Thread { channel: id(of)? },
            (_, ["channels", of, "messages", message, rest @ ..]) => {
                Self::message(method, id(of)?, id(message)?, rest)?
            }
            ("POST", ["interactions", of, token, "callback"]) => {
                Self::Callback { interaction: id(of)?, token: (*token).to_owned() }
            }
            ("POST", ["webhooks", of, token]) => Self::FollowUp { application: id(of)?, token: (*token).to_owned() },
            (_, ["webhooks", of, token, "messages", message]) => {
                let (application, token, message) = (id(of)?, (*token).to_owned(), answer(message)?);
                match method {
                    "GET" => Self::ReadAnswer { application, token, message },
                    "PATCH" => Self::EditAnswer { application, token, message },
                    "DELETE" => Self::DeleteAnswer { application, token, message },
                    _ => return Err(Refusal::wrong_method()),
                }
            }
            _ => return Err(Refusal::not_found()),
        };
        Ok(call)
    }

    fn message(method: &str, channel: u64, message: u64, rest: &[&str]) -> Result<Self, Refusal> {
        match (method, rest) {
            ("GET", []) => Ok(Self::Message { channel, message }),
            ("PATCH", []) => Ok(Self::EditMessage { channel, message }),
            ("DELETE", []) => Ok(Self::DeleteMessage { channel, message }),
            ("POST", ["crosspost"]) => Ok(Self::Crosspost { channel, message }),
            ("POST", ["threads"]) => Ok(Self::ThreadFromMessage { channel, message }),
            (_, []) => Err(Refusal::wrong_method()),
            _ => Err(Refusal::not_found()),
        }
    }

    /// What it counts as, and the channel or guild it counts for.
    pub fn place(&self) -> (Route, u64) {
        match self {
            Self::Gateway | Self::GatewayBot => (Route::Gateway, 0),
            Self::Me | Self::MyApplication | Self::MyGuilds | Self::OpenPrivate => (Route::Identity, 0),
            Self::Commands { application } | Self::SetCommands { application } => (Route::Commands, *application),
            Self::Guild { guild }
            | Self::GuildChannels { guild }
            | Self::GuildRoles { guild }
            | Self::GuildMember { guild, .. }
            | Self::ActiveThreads { guild }
            | Self::LeaveGuild { guild } => (Route::Guild, *guild),
            Self::Channel { channel } | Self::ChangeChannel { channel } => (Route::Channel, *channel),
            Self::Messages { channel } | Self::Message { channel, .. } => (Route::ReadMessage, *channel),
            Self::CreateMessage { channel } => (Route::CreateMessage, *channel),
            Self::EditMessage { channel, .. } => (Route::EditMessage, *channel),
            Self::DeleteMessage { channel, .. } => (Route::DeleteMessage, *channel),
            Self::Crosspost { channel, .. } => (Route::Crosspost, *channel),
            Self::ThreadFromMessage { channel, .. } | Self::Thread { channel } => (Route::CreateThread, *channel),
            Self::Callback { interaction, .. } => (Route::Callback, *interaction),
            Self::FollowUp { token, .. }
            | Self::ReadAnswer { token, .. }
            | Self::EditAnswer { token, .. }
            | Self::DeleteAnswer { token, .. } => (Route::Webhook, interaction_of(token).unwrap_or_default()),
        }
    }

    pub fn needs_token(&self) -> bool {
        self.place().0.needs_token() && !matches!(self, Self::Gateway)
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// Tokens of interactions begin with the interaction's id.
pub fn interaction_of(token: &str) -> Option<u64> {
    token.split_once('-')?.0.parse().ok()
}
