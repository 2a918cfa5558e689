//! What this Telegram takes, refuses and tells, as bots meet it.

mod messages;
mod people;
mod speed;
mod typed;
mod wires;

use serde_json::{Value, json};

use super::Telegram;

/// A bot that writes its own requests.
pub struct Client<'t> {
    telegram: &'t Telegram,
    http: reqwest::Client,
}

impl<'t> Client<'t> {
    pub fn new(telegram: &'t Telegram) -> Self {
        Self { telegram, http: reqwest::Client::builder().no_proxy().build().unwrap() }
    }

    pub fn url(&self, method: &str) -> String {
        format!("{}/bot{}/{method}", self.telegram.url(), self.telegram.token())
    }

    pub async fn answer(&self, request: reqwest::RequestBuilder) -> Value {
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
        assert_eq!(body["ok"] == true, status == 200);
        assert!(body["ok"] == true || body["error_code"] == status, "{body}");
        body
    }

    pub fn post(&self, method: &str) -> reqwest::RequestBuilder {
        self.http.post(self.url(method))
    }

    async fn call(&self, method: &str, parameters: &Value) -> Value {
        let request = self.post(method).header("content-type", "application/json");
        self.answer(request.body(parameters.to_string())).await
    }

    /// What a call gives.
    pub async fn gets(&self, method: &str, parameters: Value) -> Value {
        let body = self.call(method, &parameters).await;
        assert_eq!(body["ok"], true, "{method} {parameters} {body}");
        body["result"].clone()
    }

    /// Why a call is refused.
    pub async fn refused(&self, method: &str, parameters: Value) -> String {
        let body = self.call(method, &parameters).await;
        assert_eq!(body["ok"], false, "{method} {parameters} {body}");
        format!("{} {}", body["error_code"], body["description"].as_str().unwrap())
    }

    /// Everything that has not been confirmed.
    pub async fn updates(&self) -> Vec<Value> {
        self.gets("getUpdates", json!({})).await.as_array().unwrap().clone()
    }
}
