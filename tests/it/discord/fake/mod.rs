//! Whether the fake Discord is one: serenity's real client in it, and a plain one that does what bots must not do.

mod connection;
mod interactions;
mod markdown;
mod messages;
mod refusals;
mod serenity_bot;
mod trouble;

use reqwest::{Method, header::HeaderMap};
use serde_json::{Value, json};

use crate::support::discord::Discord;

/// What came back from a call.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Status and code of a refusal.
    fn refusal(&self) -> (u16, u64) {
        (self.status, self.body["code"].as_u64().unwrap_or_default())
    }

    fn id(&self) -> u64 {
        self.body["id"].as_str().unwrap().parse().unwrap()
    }
}

/// A bot that calls what it likes.
struct Bot {
    http: reqwest::Client,
    base: String,
    token: String,
    agent: String,
}

impl Bot {
    fn new(discord: &Discord) -> Self {
        Self {
            http: reqwest::Client::builder().build().unwrap(),
            base: format!("{}/api/v10", discord.url()),
            token: discord.token().to_owned(),
            agent: "DiscordBot (https://bot.example, 1.0)".to_owned(),
        }
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> Answer {
        self.try_call(method, path, &body).await.unwrap()
    }

    async fn try_call(&self, method: Method, path: &str, body: &Value) -> Result<Answer, reqwest::Error> {
        let request = self.http.request(method, format!("{}{path}", self.base));
        let request = request.header("authorization", format!("Bot {}", self.token)).header("user-agent", &self.agent);
        let request = request.header("content-type", "application/json").body(body.to_string());
        let answer = request.send().await?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = serde_json::from_slice(&answer.bytes().await?).unwrap_or_default();
        Ok(Answer { status, headers, body })
    }

    async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, json!({})).await
    }

    async fn post(&self, channel: u64, body: Value) -> Answer {
        self.call(Method::POST, &format!("/channels/{channel}/messages"), body).await
    }

    async fn edit(&self, channel: u64, message: u64, body: Value) -> Answer {
        self.call(Method::PATCH, &format!("/channels/{channel}/messages/{message}"), body).await
    }

    /// Registers these commands.
    async fn declare(&self, discord: &Discord, commands: Value) -> Answer {
        self.call(Method::PUT, &format!("/applications/{}/commands", discord.bot()), commands).await
    }
}

/// A command with an option that is completed and one that is chosen.
fn ask_command() -> Value {
    json!({"name": "ask", "description": "Asks", "contexts": [0, 1], "integration_types": [0, 1], "options": [
        {"type": 3, "name": "what", "description": "What", "required": true, "autocomplete": true},
        {"type": 3, "name": "how", "description": "How", "choices": [{"name": "Loudly", "value": "loud"}]},
        {"type": 4, "name": "often", "description": "Often", "min_value": 1},
    ]})
}
