//! Commands for a channel from a private chat: `/subscribe whatsapp in @channel`. Nobody can be seen typing in a channel, so
//! its administrators say it here.

use serde::{Deserialize, Serialize};

use super::{
    api::{Api, Failure},
    limits, rights,
    update::Identity,
};
use crate::{
    domain::{Act, Block, Locale, Mark, Message, Span, clean_line},
    text::{Draft, Text, say},
};

/// The longest name of a channel that is repeated.
const NAME: usize = 80;

/// A channel that a person may speak for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Channel {
    /// Its number.
    pub(super) chat: i64,
    /// What people call it.
    pub(super) title: String,
    /// What is typed to name it.
    pub(super) handle: String,
}

/// Why nothing can be done for a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// There is none of that name, or none that the bot can see.
    Unknown {
        /// What was typed.
        typed: String,
    },
    /// It is a group: there people can type themselves.
    Group {
        /// Its title.
        title: String,
    },
    /// The bot may not post there.
    Silent {
        /// Its title.
        title: String,
    },
    /// The person is no administrator there.
    Stranger {
        /// Its title.
        title: String,
    },
    /// Telegram does not say.
    Unchecked,
}

/// A chat as far as it matters here.
#[derive(Deserialize)]
struct Chat {
    id: i64,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    username: Option<String>,
}

#[derive(Serialize)]
struct Which<'a> {
    chat_id: &'a str,
}

/// The line without its last two words, and the channel they name, when they are `in` and a channel.
pub(super) fn split(line: &str) -> Option<(&str, String)> {
    let (rest, channel) = line.trim_end().rsplit_once(char::is_whitespace)?;
    let rest = rest.trim_end();
    let rest = rest.strip_suffix("in").or_else(|| rest.strip_suffix("IN")).or_else(|| rest.strip_suffix("In"))?;
    let named = ["https://t.me/", "http://t.me/", "t.me/", "@"].into_iter().find_map(|lead| channel.strip_prefix(lead));
    let is_name =
        |name: &&str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let is_number = |text: &&str| text.strip_prefix('-').is_some_and(|digits| digits.parse::<u64>().is_ok());
    let channel = match named {
        Some(name) => format!("@{}", Some(name).filter(is_name)?),
        None => Some(channel).filter(is_number)?.to_owned(),
    };
    let is_word_of_its_own = rest.ends_with(char::is_whitespace) && rest.starts_with('/');
    is_word_of_its_own.then(|| (rest.trim_end(), channel))
}

/// The channel of this name, when both the bot and the person may speak there.
///
/// # Errors
///
/// [`Obstacle`] says what is in the way.
pub(super) async fn find(api: &Api, me: &Identity, typed: &str, person: u64) -> Result<Channel, Obstacle> {
    let is_no = |failure: &Failure| matches!(failure, Failure::Refused { code: 400 | 403, .. });
    let found: Chat = match api.ask("GetChat", &Which { chat_id: typed }, limits::PATIENCE).await {
        Ok(chat) => chat,
        Err(failure) if is_no(&failure) => return Err(Obstacle::Unknown { typed: typed.to_owned() }),
        Err(_) => return Err(Obstacle::Unchecked),
    };
    let name = clean_line(&found.title, NAME);
    let title = if name.is_empty() { typed.to_owned() } else { name };
    match found.kind.as_str() {
        "channel" => {}
        "group" | "supergroup" => return Err(Obstacle::Group { title }),
        _ => return Err(Obstacle::Unknown { typed: typed.to_owned() }),
    }
    match rights::member(api, found.id, me.id).await {
        Ok(member) if member.posts() => {}
        Ok(_) => return Err(Obstacle::Silent { title }),
        Err(failure) if is_no(&failure) => return Err(Obstacle::Silent { title }),
        Err(_) => return Err(Obstacle::Unchecked),
    }
    match rights::member(api, found.id, person).await {
        Ok(member) if member.manages() => {
            let handle = found.username.map_or_else(|| typed.to_owned(), |name| format!("@{name}"));
            Ok(Channel { chat: found.id, title, handle })
        }
        Ok(_) => Err(Obstacle::Stranger { title }),
        Err(failure) if is_no(&failure) => Err(Obstacle::Stranger { title }),
        Err(_) => Err(Obstacle::Unchecked),
    }
}

/// The answer to a command that cannot be carried out for a channel.
pub(super) fn refusal(locale: Locale, obstacle: &Obstacle) -> Message {
    let mut draft = Draft::new(locale);
    draft.mark(Mark::Refused);
    draft.paragraph(&match obstacle {
        Obstacle::Unknown { typed } => Text::ChannelUnknown { typed },
        Obstacle::Group { title } => Text::ChannelIsGroup { channel: title },
        Obstacle::Silent { title } => Text::ChannelSilent { channel: title },
        Obstacle::Stranger { title } => Text::ChannelStranger { channel: title },
        Obstacle::Unchecked => Text::RightsUnchecked,
    });
    draft.finish()
}

/// An answer about a channel, fit for the private chat it goes to: it says so, and the commands in it and its buttons name the
/// channel. Where a button has no room for that none is left that would be about the private chat: all can be typed.
pub(super) fn told(locale: Locale, channel: &Channel, mut message: Message) -> Message {
    for span in message.blocks.iter_mut().flat_map(spans) {
        if let Span::Code(command) = span
            && command.starts_with('/')
        {
            command.push_str(" in ");
            command.push_str(&channel.handle);
        }
    }
    let place = usize::from(matches!(message.blocks.first(), Some(Block::Title(_))));
    message.blocks.insert(place, Block::Paragraph(say(locale, &Text::ChannelNoted { channel: &channel.title })));
    let named = format!(" in {}", channel.chat);
    let is_room = message.buttons.iter().flatten().all(|button| match &button.act {
        Act::Open(_) => true,
        Act::Press(words) => words.len() + named.len() <= limits::PRESS,
    });
    for row in &mut message.buttons {
        row.retain_mut(|button| match &mut button.act {
            Act::Open(_) => true,
            Act::Press(words) => {
                words.push_str(&named);
                is_room
            }
        });
    }
    message
}

fn spans(block: &mut Block) -> Vec<&mut Span> {
    match block {
        Block::Title(spans) | Block::Paragraph(spans) | Block::Footer(spans) | Block::Item { line: spans, .. } => {
            spans.iter_mut().collect()
        }
        Block::Field { label, value } => label.iter_mut().chain(value).collect(),
        Block::Quote(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Button;

    #[test]
    fn a_channel_is_named_behind_the_word_in_at_the_end() {
        let check = |line, expect: Option<(&str, &str)>| {
            let split = split(line);
            assert_eq!(split.as_ref().map(|(line, channel)| (*line, channel.as_str())), expect, "{line}");
        };
        check("/subscribe whatsapp in @outages", Some(("/subscribe whatsapp", "@outages")));
        check("/subscribe whatsapp major  In -1001234567890 ", Some(("/subscribe whatsapp major", "-1001234567890")));
        check("/subscriptions in https://t.me/outages", Some(("/subscriptions", "@outages")));
        check("/subscribe whatsapp mention:@ops", None);
        check("/subscribe whatsapp @ops", None);
        check("/status within @ops", None);
        check("/status in Berlin", None);
        check("/status in @", None);
        check("tell me what is broken in @outages", None);
    }

    #[test]
    fn an_answer_about_a_channel_names_it_below_the_headline() {
        let channel = Channel { chat: -100, title: "Outages".to_owned(), handle: "@outages".to_owned() };
        let mut draft = Draft::new(Locale::En);
        draft.title(&Text::HelpManagers);
        draft.paragraph(&Text::HelpManagers);
        let message = told(Locale::En, &channel, draft.finish());
        assert_eq!(message.blocks.len(), 3);
        let Block::Paragraph(spans) = &message.blocks[1] else { panic!("a paragraph") };
        assert!(crate::text::flat(Locale::En, spans).contains("Outages"));
    }

    #[test]
    fn buttons_of_an_answer_about_a_channel_name_it_or_there_are_none() {
        let channel = Channel { chat: -1_001_234_567_890, title: "Outages".to_owned(), handle: "@outages".to_owned() };
        let button = |act| Button { label: "x".to_owned(), act };
        let press = |words: &str| button(Act::Press(words.to_owned()));
        let page = || button(Act::Open("https://a.example/".to_owned()));
        let told = |buttons| told(Locale::En, &channel, Message { buttons, ..Message::default() }).buttons;
        let named = told(vec![vec![page(), press("subscribe ~")], vec![press("subscribe ~how whatsapp")]]);
        let expect = [
            vec![page(), press("subscribe ~ in -1001234567890")],
            vec![press("subscribe ~how whatsapp in -1001234567890")],
        ];
        assert_eq!(named, expect);
        for Button { act, .. } in named.iter().flatten() {
            let Act::Press(words) = act else { continue };
            let (words, name) = split(&format!("/{words}")).map(|(words, name)| (words.to_owned(), name)).unwrap();
            assert!(words.starts_with("/subscribe ~") && name == "-1001234567890", "{words}");
        }
        let long = press(&"x".repeat(limits::PRESS - 17));
        assert_eq!(told(vec![vec![page(), long], vec![press("subscribe ~")]]).concat(), [page()]);
    }

    #[test]
    fn commands_in_an_answer_about_a_channel_name_it() {
        let channel = Channel { chat: -100, title: "Outages".to_owned(), handle: "@outages".to_owned() };
        let mut draft = Draft::new(Locale::En);
        draft.paragraph(&Text::Usage { usage: "/subscribe service", example: "/subscribe whatsapp" });
        let message = told(Locale::En, &channel, draft.finish());
        let Some(Block::Paragraph(spans)) = message.blocks.last() else { panic!("a paragraph") };
        let said = crate::text::flat(Locale::En, spans);
        assert!(said.contains("/subscribe service in @outages"), "{said}");
        assert!(said.contains("/subscribe whatsapp in @outages"), "{said}");
    }
}
