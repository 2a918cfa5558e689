//! The web server: addresses, tokens, answers and what goes wrong with them.

use std::{
    future::pending,
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    body::{Body, Bytes},
    extract::{ConnectInfo, State},
    http::{HeaderMap, Uri, header::CONTENT_TYPE},
    response::Response,
};
use futures_util::stream;
use serde_json::{Value, json};

use super::{
    Inner,
    faults::Fault,
    parameters::Parameters,
    refusal::{Outcome, Refusal},
    wire::Cutter,
    world::{Call, Received},
};

/// How soon an update that a webhook did not take is sent again.
const PAUSE: Duration = Duration::from_millis(50);
const WEBHOOK_LIMIT: Duration = Duration::from_secs(10);

/// Answers one request.
pub async fn answer(
    State(inner): State<Arc<Inner>>,
    ConnectInfo(cutter): ConnectInfo<Cutter>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let at = Instant::now();
    let method = match inner.method(uri.path()) {
        Ok(method) => method,
        Err(refusal) => return draw(&Err(refusal)),
    };
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let parameters = match Parameters::read(uri.query().unwrap_or_default(), content_type, &body) {
        Ok(parameters) => parameters,
        Err(refusal) => return draw(&Err(refusal)),
    };
    let chat = parameters.text("chat_id");
    let thread = parameters.integer("message_thread_id").ok().flatten();
    let (fault, number) = inner.change(|world| {
        let received = Received { method: method.clone(), chat: chat.clone(), at, answered: None, is_lost: false };
        world.received.push(received);
        (world.faults.next(&method), world.received.len() - 1)
    });
    let call = |code: u16| {
        inner.change(|world| {
            world.calls.push(Call { method: method.clone(), chat: chat.clone(), thread, at, code });
            world.received[number].answered = (code != 0).then(Instant::now);
        });
    };
    let lose = || inner.change(|world| world.received[number].is_lost = true);
    let response = match fault {
        None => draw(&inner.perform(&method, &parameters, at).await),
        Some((Fault::Held, switch)) => {
            inner.hold(switch).await;
            draw(&inner.perform(&method, &parameters, at).await)
        }
        Some((Fault::AnswerHeld, switch)) => {
            let outcome = inner.perform(&method, &parameters, at).await;
            inner.hold(switch).await;
            draw(&outcome)
        }
        Some((Fault::Flood(seconds), _)) => draw(&Err(Refusal::flood(seconds))),
        Some((Fault::Refused(code, description), _)) => draw(&Err(Refusal::other(code, description))),
        Some((Fault::BadGateway, _)) => {
            let page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
            Response::builder().status(502).header(CONTENT_TYPE, "text/html").body(Body::from(page)).unwrap()
        }
        Some((Fault::Torn, _)) => {
            let whole = draw(&inner.perform(&method, &parameters, at).await);
            let (head, body) = whole.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            let half = body.slice(..body.len() / 2);
            lose();
            let torn = stream::iter([Ok(half), Err(io::Error::from(io::ErrorKind::ConnectionReset))]);
            call(0);
            return Response::from_parts(head, Body::from_stream(torn));
        }
        Some((Fault::Hang, _)) => {
            call(0);
            pending().await
        }
        Some((fault @ (Fault::Reset | Fault::AnswerLost), _)) => {
            if matches!(fault, Fault::AnswerLost) {
                drop(inner.perform(&method, &parameters, at).await);
                lose();
            }
            call(0);
            cutter.cut();
            return Response::new(Body::empty());
        }
    };
    call(response.status().as_u16());
    response
}

impl Inner {
    /// The method that a path names, in small letters.
    fn method(&self, path: &str) -> Result<String, Refusal> {
        let path = path.strip_prefix("/bot").ok_or_else(Refusal::not_found)?;
        let (token, method) = path.split_once('/').ok_or_else(Refusal::not_found)?;
        if !token.contains(':') {
            return Err(Refusal::not_found());
        }
        if self.look(|world| world.token != token) {
            return Err(Refusal::unauthorized());
        }
        Ok(method.to_lowercase())
    }

    async fn perform(&self, method: &str, parameters: &Parameters, at: Instant) -> Outcome {
        if method == "getupdates" {
            return self.get_updates(parameters).await;
        }
        self.change(|world| world.perform(method, parameters, at))
    }

    /// Waits until a switch is turned off.
    async fn hold(&self, switch: Option<Arc<AtomicBool>>) {
        self.change(|world| world.held += 1);
        if let Some(is_on) = switch {
            self.find(|_| (!is_on.load(Ordering::SeqCst)).then_some(())).await;
        }
    }

    /// Sends updates to the webhook, one after the other, whenever there is one.
    pub async fn push(&self) {
        let client = reqwest::Client::builder().timeout(WEBHOOK_LIMIT).no_proxy().build().unwrap();
        loop {
            let (id, update, address, secret) = self
                .find(|world| {
                    let webhook = world.updates.webhook.as_ref()?;
                    let (id, update) = world.updates.first()?;
                    let mut url = url::Url::parse(&webhook.url).unwrap();
                    let proxy = world.proxies[url.host_str().unwrap()];
                    // The proxy ends the encryption and hands on the rest.
                    url.set_scheme("http").unwrap();
                    url.set_ip_host(proxy.ip()).unwrap();
                    url.set_port(Some(proxy.port())).unwrap();
                    Some((id, update, url, webhook.secret.clone()))
                })
                .await;
            let mut request = client.post(address).header(CONTENT_TYPE, "application/json").body(update.to_string());
            if let Some(secret) = secret {
                request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
            }
            let answer = match request.send().await {
                Ok(response) if response.status().is_success() => {
                    self.reply(&response.bytes().await);
                    Ok(())
                }
                Ok(response) => Err(format!("Wrong response from the webhook: {}", response.status())),
                Err(_) => Err("Connection refused".to_owned()),
            };
            let failed = answer.is_err();
            self.change(|world| world.webhook_answered(id, answer));
            if failed {
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    /// The answer to an update may hold a call.
    fn reply(&self, body: &Result<Bytes, reqwest::Error>) {
        let Some(Value::Object(call)) = body.as_ref().ok().and_then(|body| serde_json::from_slice(body).ok()) else {
            return;
        };
        if let Some(method) = call.get("method").and_then(Value::as_str).map(str::to_lowercase) {
            // Nobody is told how it went.
            let parameters = Parameters::from(call);
            self.change(|world| drop(world.perform(&method, &parameters, Instant::now())));
        }
    }
}

fn draw(outcome: &Outcome) -> Response {
    let (code, body) = match outcome {
        Ok(result) => (200, json!({ "ok": true, "result": result })),
        Err(refusal) => (refusal.code, refusal.body()),
    };
    let response = Response::builder().status(code).header(CONTENT_TYPE, "application/json");
    response.body(Body::from(body.to_string())).unwrap()
}
