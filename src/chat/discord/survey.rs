//! Where alerts would not arrive, told before one is missed: in the log when the bot starts, and by `foghorn check`.

use std::collections::BTreeMap;

use serde_json::Value;
use tracing::warn;

use super::{
    Core,
    errors::{RestError, plain},
    interaction::{id, id_at},
    place::Place,
    rights::{INVITED, Room, Standing, names},
    route::Route,
    server::Server,
};
use crate::{
    chat::{Subscriber, Verified},
    domain::{Platform, Updates},
};

/// Channels of which the log tells at most, between two starts.
const MOST_TOLD: usize = 40;
/// Servers that `foghorn check` looks into.
const MOST_SERVERS: usize = 100;
/// Sentences it says at most.
const MOST_SENTENCES: usize = 100;

/// The link by which a bot is asked into a server, with all it needs there.
pub(super) fn invitation(application: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={INVITED}"
    )
}

/// Where a chat is, if it is in a server: the server, and the channel or thread.
fn within(subscriber: &Subscriber) -> Option<(u64, u64)> {
    match Place::of(&subscriber.chat.address)? {
        Place::Server { guild, channel } => Some((guild, channel)),
        Place::Direct { .. } | Place::Carried { .. } => None,
    }
}

/// Chats in servers by server.
pub(super) fn by_server(subscribers: Vec<Subscriber>) -> BTreeMap<u64, Vec<(u64, Updates)>> {
    let mut servers: BTreeMap<u64, Vec<(u64, Updates)>> = BTreeMap::new();
    for subscriber in subscribers {
        if let Some((guild, channel)) = within(&subscriber) {
            servers.entry(guild).or_default().push((channel, subscriber.settings.updates));
        }
    }
    servers
}

/// How much the log has said.
#[derive(Debug, Default)]
pub(super) struct Told(usize);

impl Told {
    /// Says which of these chats of a server will not hear all they asked for, and why.
    pub(super) fn tell(&mut self, server: &Server, chats: &[(u64, Updates)]) {
        for lack in chats.iter().filter_map(|(channel, updates)| server.lack(*channel, *updates)) {
            self.0 += 1;
            if self.0 > MOST_TOLD {
                if self.0 == MOST_TOLD + 1 {
                    warn!("more channels on Discord lack permissions; `foghorn check` names them");
                }
                return;
            }
            let sentences = [lack.fault(&server.name), lack.note(&server.name)];
            for sentence in sentences.into_iter().flatten() {
                warn!("on Discord {}", plain_sentence(&sentence));
            }
        }
    }
}

/// Names of channels and servers are people's words.
fn plain_sentence(sentence: &str) -> String {
    crate::domain::clean_line(sentence, 400)
}

impl Core {
    /// What Discord says to the token, and where alerts would not arrive.
    pub(super) async fn verify(&self) -> Result<Verified, RestError> {
        let me = self.rest.call(&Route::Me, None).await?.body;
        let name = me.get("username").and_then(Value::as_str).map(plain).unwrap_or_default();
        let own = me.get("id").and_then(id).unwrap_or_default();
        let application = self.application().await?;
        let servers = self.rest.call(&Route::Servers, None).await?.body;
        let servers = servers.as_array().map_or(&[][..], Vec::as_slice);
        let count = match servers.len() {
            0 => "no server yet".to_owned(),
            1 => "1 server".to_owned(),
            many @ 200.. => format!("{many} servers or more"),
            many => format!("{many} servers"),
        };
        let mut verified = Verified {
            words: format!("signed in as {name}, in {count}; no privileged intent is needed"),
            ..Verified::default()
        };
        if servers.is_empty() {
            verified.notes.push(format!("invite it with {}", invitation(application)));
        }
        match self.memory.subscribers(Platform::Discord).await.map(by_server) {
            Some(chats) if !chats.is_empty() => self.survey(own, chats, &mut verified).await?,
            Some(_) | None => verified.notes.extend(servers.iter().filter_map(overview)),
        }
        verified.notes.truncate(MOST_SENTENCES);
        verified.faults.truncate(MOST_SENTENCES);
        Ok(verified)
    }

    /// Looks at each channel that has subscribed.
    async fn survey(
        &self,
        own: u64,
        servers: BTreeMap<u64, Vec<(u64, Updates)>>,
        verified: &mut Verified,
    ) -> Result<(), RestError> {
        if servers.len() > MOST_SERVERS {
            let count = servers.len();
            verified.notes.push(format!("{count} servers have subscriptions; {MOST_SERVERS} of them were looked into"));
        }
        for (guild, chats) in servers.into_iter().take(MOST_SERVERS) {
            match self.look_into(own, guild, &chats).await {
                Ok(server) => {
                    for (channel, updates) in chats {
                        let lack = server.lack(channel, updates);
                        verified.faults.extend(lack.as_ref().and_then(|lack| lack.fault(&server.name)));
                        verified.notes.extend(lack.as_ref().and_then(|lack| lack.note(&server.name)));
                    }
                }
                Err(RestError::Refused { status: 403 | 404, .. }) => verified.notes.push(format!(
                    "the bot is in server {guild} no more; its {} subscribed channels are forgotten when the bot starts",
                    chats.len()
                )),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// A server with its channels, and of its threads those that are asked for.
    async fn look_into(&self, own: u64, guild: u64, chats: &[(u64, Updates)]) -> Result<Server, RestError> {
        let about = self.rest.call(&Route::Server(guild), None).await?.body;
        let member = self.rest.call(&Route::Member(guild, own), None).await?.body;
        let channels = self.rest.call(&Route::Channels(guild), None).await?.body;
        let channels = channels.as_array().map_or(&[][..], Vec::as_slice);
        let mut server = Server::read(&about, channels, Standing::read(&about, &member).as_ref());
        for (channel, _) in chats {
            if !server.has(*channel) {
                // One that is gone or out of sight is told of when something is to be sent there.
                let Ok(answer) = self.rest.call(&Route::Channel(*channel), None).await else { continue };
                server.threads.extend(id_at(&answer.body, "/parent_id").map(|parent| (*channel, parent)));
            }
        }
        Ok(server)
    }
}

/// What the bot's roles do not allow in a server as a whole, as the list of its servers tells.
fn overview(server: &Value) -> Option<String> {
    let missing = Room::Channel.lacks(id_at(server, "/permissions")?);
    let name = server.get("name").and_then(Value::as_str).map(plain).unwrap_or_default();
    (!missing.is_empty()).then(|| {
        format!("in {name} its roles lack {}; alerts can arrive only where a channel allows that", names(&missing))
    })
}
