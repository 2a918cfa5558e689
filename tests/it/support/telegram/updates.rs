//! What happened and the bot has not confirmed yet, and the two ways to hear of it.

use std::{collections::VecDeque, time::Duration};

use serde_json::{Value, json};

use super::{
    Inner,
    parameters::Parameters,
    refusal::{Outcome, Refusal},
    world::{World, now},
};

/// Kinds of updates that are told only to bots that ask for them by name.
const ONLY_WHEN_NAMED: &[&str] = &["chat_member", "message_reaction", "message_reaction_count"];
/// Source: <https://core.telegram.org/bots/api#getupdates>.
const MOST_AT_ONCE: i64 = 100;
const LONGEST_POLL_S: i64 = 50;

/// What is waiting for the bot.
pub struct Updates {
    pending: VecDeque<(i64, Value)>,
    /// What was confirmed.
    past: Vec<(i64, Value)>,
    last_id: i64,
    /// Empty: all but [`ONLY_WHEN_NAMED`].
    allowed: Vec<String>,
    /// Counts calls of `getUpdates`: only the last one is served.
    polls: u64,
    pub webhook: Option<Webhook>,
}

/// Where updates are sent instead of being asked for.
#[derive(Clone, Debug)]
pub struct Webhook {
    pub url: String,
    pub secret: Option<String>,
    /// What went wrong last, and when.
    pub last_error: Option<(i64, String)>,
    most_connections: i64,
}

impl Updates {
    pub fn new() -> Self {
        Self {
            pending: VecDeque::new(),
            past: Vec::new(),
            last_id: 812_345_600,
            allowed: Vec::new(),
            polls: 0,
            webhook: None,
        }
    }

    /// Something happened.
    pub fn tell(&mut self, kind: &str, what: Value) {
        let is_wanted = if self.allowed.is_empty() {
            !ONLY_WHEN_NAMED.contains(&kind)
        } else {
            self.allowed.iter().any(|allowed| allowed == kind)
        };
        if is_wanted {
            self.last_id += 1;
            self.pending.push_back((self.last_id, json!({ "update_id": self.last_id, kind: what })));
        }
    }

    /// How often `getUpdates` was called.
    pub fn polls(&self) -> u64 {
        self.polls
    }

    /// Updates that the bot has not confirmed.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Kinds that the bot asked for.
    pub fn allowed(&self) -> &[String] {
        &self.allowed
    }

    /// The first one that waits.
    pub fn first(&self) -> Option<(i64, Value)> {
        self.pending.front().cloned()
    }

    pub fn confirm_up_to(&mut self, offset: i64) {
        while let Some(update) = self.pending.pop_front_if(|(id, _)| *id < offset) {
            self.past.push(update);
        }
    }

    /// Forgets that anything was confirmed.
    pub fn repeat(&mut self) {
        for update in self.past.drain(..).rev() {
            self.pending.push_front(update);
        }
    }

    /// Confirms everything, unread.
    pub fn drop_all(&mut self) {
        self.pending.clear();
    }

    fn allow(&mut self, parameters: &Parameters) -> Result<(), Refusal> {
        if let Some(list) = parameters.object("allowed_updates")? {
            let list = list.as_array().ok_or_else(|| Refusal::bad_request("expected an Array of allowed updates"))?;
            self.allowed = list.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        }
        Ok(())
    }
}

const TERMINATED: &str = "terminated by other getUpdates request; make sure that only one bot instance is running";

impl Inner {
    /// Waits for updates; ends at once when another one asks as well.
    pub async fn get_updates(&self, parameters: &Parameters) -> Outcome {
        let limit = match parameters.integer("limit")?.unwrap_or(MOST_AT_ONCE) {
            limit @ 1..=MOST_AT_ONCE => usize::try_from(limit).unwrap(),
            _ => 100,
        };
        let seconds = parameters.integer("timeout")?.unwrap_or(0).clamp(0, LONGEST_POLL_S);
        let offset = parameters.integer("offset")?.unwrap_or(0);
        let poll = self.change(|world| {
            let updates = &mut world.updates;
            if updates.webhook.is_some() {
                let why = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
                return Err(Refusal::conflict(why));
            }
            updates.allow(parameters)?;
            if offset >= 0 {
                updates.confirm_up_to(offset);
            } else {
                let kept = usize::try_from(-offset).unwrap().min(updates.pending.len());
                let first = updates.pending.get(updates.pending.len() - kept).map(|(id, _)| *id);
                updates.confirm_up_to(first.unwrap_or_default());
            }
            updates.polls += 1;
            Ok(updates.polls)
        })?;
        let there_is_some = self.find(|world| {
            let updates = &world.updates;
            if updates.polls != poll {
                return Some(Err(Refusal::conflict(TERMINATED)));
            }
            if updates.webhook.is_some() {
                return Some(Err(Refusal::conflict("terminated by setWebhook request")));
            }
            let some: Vec<Value> = updates.pending.iter().take(limit).map(|(_, update)| update.clone()).collect();
            (!some.is_empty()).then_some(Ok(json!(some)))
        });
        let span = Duration::from_secs(u64::try_from(seconds).unwrap());
        tokio::time::timeout(span, there_is_some).await.unwrap_or(Ok(json!([])))
    }
}

impl World {
    pub fn set_webhook(&mut self, parameters: &Parameters) -> Outcome {
        let url = parameters.text("url").unwrap_or_default();
        if url.is_empty() {
            return self.delete_webhook(parameters);
        }
        let bad = |why: &str| Refusal::bad_request(&format!("bad webhook: {why}"));
        let address = url::Url::parse(&url).map_err(|_| bad("invalid URL"))?;
        if address.scheme() != "https" {
            return Err(bad("An HTTPS URL must be provided for webhook"));
        }
        if !matches!(address.port_or_known_default(), Some(443 | 80 | 88 | 8443)) {
            return Err(bad("Webhook can be set up only on ports 80, 88, 443 or 8443"));
        }
        if !address.host_str().is_some_and(|host| self.proxies.contains_key(host)) {
            return Err(bad("Failed to resolve host: Name or service not known"));
        }
        let secret = parameters.text("secret_token").filter(|secret| !secret.is_empty());
        let is_allowed = |character: char| character.is_ascii_alphanumeric() || "_-".contains(character);
        if secret.as_ref().is_some_and(|secret| secret.len() > 256 || !secret.chars().all(is_allowed)) {
            return Err(Refusal::bad_request("secret token contains unallowed characters"));
        }
        let most_connections = parameters.integer("max_connections")?.unwrap_or(40).clamp(1, 100);
        self.updates.allow(parameters)?;
        if parameters.flag("drop_pending_updates") {
            self.updates.drop_all();
        }
        self.updates.webhook = Some(Webhook { url, secret, last_error: None, most_connections });
        Ok(json!(true))
    }

    pub fn delete_webhook(&mut self, parameters: &Parameters) -> Outcome {
        self.updates.webhook = None;
        if parameters.flag("drop_pending_updates") {
            self.updates.drop_all();
        }
        Ok(json!(true))
    }

    pub fn webhook_info(&self) -> Value {
        let pending = self.updates.pending();
        let mut info = json!({ "url": "", "has_custom_certificate": false, "pending_update_count": pending });
        if !self.updates.allowed.is_empty() {
            info["allowed_updates"] = json!(self.updates.allowed);
        }
        if let Some(webhook) = &self.updates.webhook {
            info["url"] = json!(webhook.url);
            info["max_connections"] = json!(webhook.most_connections);
            if let Some((date, message)) = &webhook.last_error {
                info["last_error_date"] = json!(date);
                info["last_error_message"] = json!(message);
            }
        }
        info
    }

    /// How an update was taken at the webhook.
    pub fn webhook_answered(&mut self, update: i64, answer: Result<(), String>) {
        match answer {
            Ok(()) => self.updates.confirm_up_to(update + 1),
            Err(message) => {
                if let Some(webhook) = &mut self.updates.webhook {
                    webhook.last_error = Some((now(), message));
                }
            }
        }
    }
}
