//! A bot made with serenity: it answers `/ask` and `/slow`, completes, and hears its button.

use std::sync::{Arc, Mutex};

use serenity::{
    all::{
        ActionRowComponent, AutocompleteChoice, ButtonStyle, Channel, ChannelId, CommandInteraction, Context,
        CreateActionRow, CreateAutocompleteResponse, CreateButton, CreateEmbed, CreateInteractionResponse,
        CreateInteractionResponseMessage, EditInteractionResponse, EventHandler, GatewayIntents, Guild, GuildChannel,
        Http, HttpBuilder, Interaction, RawEventHandler, Ready, UnavailableGuild,
    },
    async_trait,
    client::ClientBuilder,
    model::event::Event,
};
use tokio::{sync::watch, task::JoinSet};

use crate::support::discord::Discord;

/// What the bot has heard, in order.
#[derive(Clone, Default)]
pub struct Heard(Arc<Mutex<Vec<String>>>, Arc<watch::Sender<()>>);

impl Heard {
    fn add(&self, what: String) {
        self.0.lock().unwrap().push(what);
        self.1.send_replace(());
    }

    pub fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    pub fn count(&self, what: &str) -> usize {
        self.all().iter().filter(|one| *one == what).count()
    }

    pub async fn until(&self, what: &str) {
        let mut news = self.1.subscribe();
        let search = async {
            while self.count(what) == 0 {
                news.changed().await.unwrap();
            }
        };
        let found = tokio::time::timeout(std::time::Duration::from_secs(60), search).await;
        assert!(found.is_ok(), "{what} was not heard, but {:?}", self.all());
    }
}

#[async_trait]
impl RawEventHandler for Heard {
    async fn raw_event(&self, _: Context, event: Event) {
        if let Event::Unknown(unknown) = event {
            self.add(format!("not understood: {unknown:?}"));
        }
    }
}

#[async_trait]
impl EventHandler for Heard {
    async fn ready(&self, _: Context, ready: Ready) {
        self.add(format!("ready {:?}", ready.shard.map(|shard| (shard.id.0, shard.total))));
    }

    async fn guild_create(&self, _: Context, guild: Guild, _: Option<bool>) {
        let greets = guild.system_channel_id.map(|channel| format!(" greets in {channel}")).unwrap_or_default();
        self.add(format!("guild {} with {} in {}{greets}", guild.name, guild.channels.len(), guild.preferred_locale));
    }

    async fn guild_delete(&self, _: Context, guild: UnavailableGuild, _: Option<Guild>) {
        self.add(if guild.unavailable { "guild away" } else { "guild gone" }.to_owned());
    }

    async fn channel_create(&self, _: Context, channel: GuildChannel) {
        self.add(format!("new channel {}", channel.name));
    }

    async fn channel_delete(&self, _: Context, channel: GuildChannel, _: Option<Vec<serenity::all::Message>>) {
        self.add(format!("no channel {}", channel.name));
    }

    async fn thread_create(&self, _: Context, thread: GuildChannel) {
        self.add(format!("new thread {}", thread.name));
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        match interaction {
            Interaction::Command(command) => answer(&context, &command).await,
            Interaction::Autocomplete(typing) => {
                let typed = typing.data.autocomplete().unwrap().value.to_owned();
                let offer = CreateAutocompleteResponse::new()
                    .set_choices(vec![AutocompleteChoice::new(format!("{typed}!"), format!("{typed}-1"))]);
                let response = CreateInteractionResponse::Autocomplete(offer);
                typing.create_response(&context.http, response).await.unwrap();
            }
            Interaction::Component(press) => {
                let row = &press.message.components[0].components[0];
                assert!(matches!(row, ActionRowComponent::Button(_)));
                let message = CreateInteractionResponseMessage::new().content("pressed").components(Vec::new());
                let response = CreateInteractionResponse::UpdateMessage(message);
                press.create_response(&context.http, response).await.unwrap();
            }
            other => self.add(format!("not expected: {:?}", other.kind())),
        }
    }
}

async fn answer(context: &Context, command: &CommandInteraction) {
    let member = command.member.as_ref().and_then(|member| member.permissions);
    let said = command.data.options.iter().map(|option| format!("{}={:?}", option.name, option.value));
    let said = format!("{} {}", said.collect::<Vec<_>>().join(" "), command.locale);
    if command.data.name == "slow" {
        command.defer_ephemeral(&context.http).await.unwrap();
        let edit = EditInteractionResponse::new().content(format!("slowly: {}", member.is_some()));
        command.edit_response(&context.http, edit).await.unwrap();
        return;
    }
    let buttons = vec![
        CreateButton::new("more").label("More").style(ButtonStyle::Secondary),
        CreateButton::new_link("https://status.example").label("Page"),
    ];
    let message = CreateInteractionResponseMessage::new()
        .content(said)
        .embed(CreateEmbed::new().title("Answer").description("All is well."))
        .components(vec![CreateActionRow::Buttons(buttons)]);
    command.create_response(&context.http, CreateInteractionResponse::Message(message)).await.unwrap();
}

/// A running bot; it stops when dropped.
pub struct SerenityBot {
    pub heard: Heard,
    pub http: Arc<Http>,
    /// How its client ended, if it did.
    pub ended: JoinSet<Result<(), serenity::Error>>,
}

impl SerenityBot {
    pub async fn start(discord: &Discord) -> Self {
        Self::with(discord, discord.token(), GatewayIntents::GUILDS).await
    }

    pub async fn with(discord: &Discord, token: &str, intents: GatewayIntents) -> Self {
        let http = HttpBuilder::new(token).proxy(discord.url()).ratelimiter_disabled(true).build();
        let heard = Heard::default();
        let mut client = ClientBuilder::new_with_http(http, intents)
            .event_handler(heard.clone())
            .raw_event_handler(heard.clone())
            .await
            .unwrap();
        let http = Arc::clone(&client.http);
        let mut ended = JoinSet::new();
        ended.spawn(async move { client.start_autosharded().await });
        Self { heard, http, ended }
    }

    /// What serenity makes of a channel.
    pub async fn channel(&self, id: u64) -> Channel {
        self.http.get_channel(ChannelId::new(id)).await.unwrap()
    }
}
