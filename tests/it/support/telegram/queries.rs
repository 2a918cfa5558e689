//! Questions that wait for the bot's answer: pressed buttons, and what is typed after its name in any chat.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{
    entities::{self, Entity},
    keyboard::{self, Keyboard},
    parameters::Parameters,
    refusal::{Outcome, Refusal},
    world::World,
};

/// What a person sees after pressing a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Empty: the button just stops turning.
    pub text: String,
    /// Whether it must be closed by hand.
    pub is_alert: bool,
    pub url: Option<String>,
}

/// What the bot offers to send.
#[derive(Clone, Debug)]
pub struct Offer {
    pub title: String,
    pub description: String,
    pub text: String,
    pub entities: Vec<Entity>,
    pub keyboard: Keyboard,
    pub is_previewed: bool,
}

/// What the bot offers for one question.
#[derive(Clone, Debug)]
pub struct Offers {
    pub offers: Vec<Offer>,
    /// Whether another person may be shown the same.
    pub is_personal: bool,
    /// Where the next page begins; empty: there is none.
    pub next_offset: String,
}

/// Questions by name; `None` where no answer has come.
#[derive(Default)]
pub struct Queries {
    pub pressed: BTreeMap<String, Option<Notification>>,
    pub typed: BTreeMap<String, Option<Offers>>,
}

const TOO_OLD: &str = "query is too old and response timeout expired or query ID is invalid";
/// Source: <https://core.telegram.org/bots/api#answercallbackquery>.
const LONGEST_NOTIFICATION: usize = 200;
/// Source: <https://core.telegram.org/bots/api#answerinlinequery>.
const MOST_OFFERS: usize = 50;

impl World {
    pub fn answer_callback_query(&mut self, parameters: &Parameters) -> Outcome {
        let id = parameters.text("callback_query_id").unwrap_or_default();
        let open = self.queries.pressed.get_mut(&id).filter(|answer| answer.is_none());
        let open = open.ok_or_else(|| Refusal::bad_request(TOO_OLD))?;
        let text = parameters.text("text").unwrap_or_default();
        if text.chars().count() > LONGEST_NOTIFICATION {
            return Err(Refusal::bad_request("MESSAGE_TOO_LONG"));
        }
        let url = parameters.text("url").filter(|url| !url.is_empty());
        if url.as_ref().is_some_and(|url| !url.starts_with("t.me/") && !url.starts_with("https://t.me/")) {
            return Err(Refusal::bad_request("URL_INVALID"));
        }
        *open = Some(Notification { text, is_alert: parameters.flag("show_alert"), url });
        Ok(json!(true))
    }

    pub fn answer_inline_query(&mut self, parameters: &Parameters) -> Outcome {
        let id = parameters.text("inline_query_id").unwrap_or_default();
        let open = self.queries.typed.get_mut(&id).filter(|answer| answer.is_none());
        let open = open.ok_or_else(|| Refusal::bad_request(TOO_OLD))?;
        let results = parameters.object("results")?;
        let results = results.as_ref().and_then(Value::as_array);
        let results = results.ok_or_else(|| Refusal::bad_request("can't parse inline query results JSON object"))?;
        if results.len() > MOST_OFFERS {
            return Err(Refusal::bad_request("RESULTS_TOO_MUCH"));
        }
        let mut names = BTreeSet::new();
        for result in results {
            let name = result["id"].as_str().unwrap_or_default();
            if !(1..=64).contains(&name.len()) {
                return Err(Refusal::bad_request("RESULT_ID_INVALID"));
            }
            if !names.insert(name) {
                return Err(Refusal::bad_request("RESULT_ID_DUPLICATE"));
            }
        }
        let next_offset = parameters.text("next_offset").unwrap_or_default();
        if next_offset.len() > 64 {
            return Err(Refusal::bad_request("NEXT_OFFSET_INVALID"));
        }
        let offers = results.iter().map(offer).collect::<Result<_, _>>()?;
        *open = Some(Offers { offers, is_personal: parameters.flag("is_personal"), next_offset });
        Ok(json!(true))
    }
}

fn offer(result: &Value) -> Result<Offer, Refusal> {
    let wrong = |why: &str| Refusal::bad_request(&format!("can't parse InlineQueryResult: {why}"));
    let text = |name: &str| result[name].as_str().unwrap_or_default().to_owned();
    if result["type"] != "article" {
        return Err(wrong("this server knows articles only"));
    }
    let title = text("title");
    if title.trim().is_empty() {
        return Err(wrong("can't find field \"title\""));
    }
    let content = &result["input_message_content"];
    let said = content["message_text"].as_str().ok_or_else(|| wrong("can't find field \"message_text\""))?;
    refuse_parse_mode(content["parse_mode"].as_str())?;
    let (text_of_message, entities) = entities::accept(said, content.get("entities"))?;
    let is_previewed = is_previewed(content.get("link_preview_options"), &entities);
    let keyboard = keyboard::accept(result.get("reply_markup"))?;
    Ok(Offer { title, description: text("description"), text: text_of_message, entities, keyboard, is_previewed })
}

/// This server reads no markup: who sends entities needs none.
pub fn refuse_parse_mode(mode: Option<&str>) -> Result<(), Refusal> {
    match mode {
        None | Some("") => Ok(()),
        Some(mode) => Err(Refusal::bad_request(&format!("can't parse entities: this server does not read {mode}"))),
    }
}

/// Whether the page behind the first link is shown below the text.
pub fn is_previewed(options: Option<&Value>, entities: &[Entity]) -> bool {
    let is_off = options.is_some_and(|options| options["is_disabled"] == true);
    !is_off && entities.iter().any(|entity| matches!(entity.kind.as_str(), "url" | "text_link"))
}
