//! A server as far as it decides which alerts arrive in it: its channels, and what the bot is allowed there. Pure.

use serde_json::Value;

use super::{
    interaction::id_at,
    known::ChannelKind,
    rights::{Right, Room, Standing, names, overwrites},
};
use crate::domain::Updates;

/// A server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Server {
    /// Its name.
    pub(super) name: String,
    /// Its channels, without threads.
    pub(super) channels: Vec<Channel>,
    /// Its threads that are not put away, each with the channel it belongs to.
    pub(super) threads: Vec<(u64, u64)>,
}

/// A channel of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Channel {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) kind: ChannelKind,
    /// What the bot is allowed there; `None`: nobody has told.
    pub(super) rights: Option<u64>,
}

/// What the bot is not allowed in a channel, of what it needs or could use there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lack {
    /// The channel as people know it.
    pub(super) channel: String,
    /// Without these no alert arrives.
    pub(super) needed: Vec<Right>,
    /// Without these not all arrives as the chat wants it.
    pub(super) wished: Vec<Right>,
}

impl Server {
    /// The server in this JSON with these channels, where the bot has this standing.
    pub(super) fn read(guild: &Value, channels: &[Value], standing: Option<&Standing>) -> Self {
        let text = |json: &Value| json.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        let channel = |channel: &Value| {
            Some(Channel {
                id: id_at(channel, "/id")?,
                name: text(channel),
                kind: ChannelKind::of(channel.get("type").and_then(Value::as_u64)?),
                rights: standing.map(|standing| standing.within(&overwrites(channel))),
            })
        };
        let threads = guild.get("threads").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let thread = |thread: &Value| Some((id_at(thread, "/id")?, id_at(thread, "/parent_id")?));
        Self {
            name: text(guild),
            channels: channels.iter().filter_map(channel).collect(),
            threads: threads.iter().filter_map(thread).collect(),
        }
    }

    /// Whether it has this channel, or a thread by this id.
    pub(super) fn has(&self, id: u64) -> bool {
        self.room(id).is_some()
    }

    /// What the bot is not allowed in a channel or thread that wants to hear of updates in this way; `None`: nothing that
    /// matters, or nobody knows.
    pub(super) fn lack(&self, id: u64, updates: Updates) -> Option<Lack> {
        let (room, channel) = self.room(id)?;
        let rights = channel.rights?;
        let (needed, wished) = (room.lacks(rights), room.would_like(rights, updates));
        let within = if room == Room::Thread { "a thread in " } else { "" };
        let channel = format!("{within}#{} ({id})", channel.name);
        let is_something = !needed.is_empty() || !wished.is_empty();
        is_something.then_some(Lack { channel, needed, wished })
    }

    fn room(&self, id: u64) -> Option<(Room, &Channel)> {
        let find = |id| self.channels.iter().find(|channel| channel.id == id);
        if let Some(channel) = find(id) {
            let room = match channel.kind {
                ChannelKind::Ordinary | ChannelKind::Announcement => Room::Channel,
                ChannelKind::Forum => Room::Forum,
            };
            return Some((room, channel));
        }
        let (_, parent) = self.threads.iter().find(|(thread, _)| *thread == id)?;
        Some((Room::Thread, find(*parent)?))
    }
}

impl Lack {
    /// Why no alert arrives in a channel of this server, and what to do about it; `None`: they arrive.
    pub(super) fn fault(&self, server: &str) -> Option<String> {
        let Self { channel, needed, .. } = self;
        let missing = names(needed);
        (!needed.is_empty()).then(|| {
            format!(
                "no alert can arrive in {channel} of {server}: the bot lacks {missing} there. \
                 Allow its role that in the channel's settings, under Permissions"
            )
        })
    }

    /// What does not arrive as the channel of this server wants it; `None`: all does, or nothing arrives anyway.
    pub(super) fn note(&self, server: &str) -> Option<String> {
        let Self { channel, wished, .. } = self;
        let missing = names(wished);
        (self.needed.is_empty() && !wished.is_empty()).then(|| {
            format!(
                "in {channel} of {server} not all arrives in reply to its alert or in a thread on it: \
                 the bot lacks {missing} there"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_channel_a_thread_and_a_forum_each_lack_what_they_need() {
        let guild = json!({
            "id": "1", "name": "Fans", "roles": [{ "id": "1", "permissions": (1_024 | 2_048 | 16_384).to_string() }],
            "threads": [{ "id": "21", "parent_id": "10", "type": 11 }],
        });
        let standing = Standing::read(&guild, &json!({ "user": { "id": "5" }, "roles": [] })).unwrap();
        let closed = json!([{ "id": "1", "type": 0, "allow": "0", "deny": "16384" }]);
        let channels = [
            json!({ "id": "10", "name": "outages", "type": 0 }),
            json!({ "id": "11", "name": "closed", "type": 0, "permission_overwrites": closed }),
            json!({ "id": "15", "name": "ideas", "type": 15 }),
        ];
        let server = Server::read(&guild, &channels, Some(&standing));
        let fault = |id| server.lack(id, Updates::Edits).unwrap().fault("Fans").unwrap_or_default();
        assert_eq!(fault(10), "");
        assert!(fault(11).contains("#closed (11) of Fans: the bot lacks Embed Links there"), "{}", fault(11));
        assert!(fault(15).contains("#ideas (15) of Fans: the bot lacks Send Messages in Threads"), "{}", fault(15));
        assert!(fault(21).contains("a thread in #outages (21) of Fans"), "{}", fault(21));
        let note = server.lack(10, Updates::Thread).unwrap().note("Fans").unwrap();
        assert!(note.contains("Read Message History, Create Public Threads, Send Messages in Threads"), "{note}");
        assert_eq!(server.lack(99, Updates::Edits), None);
        assert_eq!(Server::read(&guild, &channels, None).lack(11, Updates::Edits), None);
    }
}
