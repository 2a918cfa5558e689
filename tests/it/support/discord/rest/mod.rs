//! The REST side: what every request goes through, and to whom it is handed.

mod commands;
mod guilds;
mod identity;
mod interactions;
mod messages;
mod threads;

use std::sync::Arc;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, FromRequestParts, Request, State, WebSocketUpgrade},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};

use super::{
    Desk,
    fault::Fault,
    gateway,
    line::Line,
    rate::{self, Headers, TooMany},
    refusal::Refusal,
    route::{Call, Route},
    wire,
    world::{Refused, World},
};

const PREFIX: &str = "/api/v10";
const MOST_BYTES: usize = 10 << 20;
/// Time over which invalid requests are counted.
const INVALID_SPAN_MS: u64 = 600_000;

/// What a call that worked gives back.
struct Reply {
    status: u16,
    body: Option<Value>,
}

impl Reply {
    fn ok(body: Value) -> Self {
        Self { status: 200, body: Some(body) }
    }

    fn created(body: Value) -> Self {
        Self { status: 201, body: Some(body) }
    }

    fn nothing() -> Self {
        Self { status: 204, body: None }
    }
}

/// What came with a request.
struct Asked<'r> {
    call: &'r Call,
    headers: &'r HeaderMap,
    query: &'r str,
    body: &'r Bytes,
}

impl Asked<'_> {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    fn json(&self) -> Result<Value, Refusal> {
        if !self.header(header::CONTENT_TYPE).starts_with("application/json") {
            let text = "Expected \"Content-Type\" header to be one of {'application/json'}.".to_owned();
            return Err(Refusal::form(&[(String::new(), "CONTENT_TYPE_INVALID", text)]));
        }
        serde_json::from_slice(self.body).map_err(|_| Refusal::invalid_json())
    }

    /// A value of the query.
    fn asks(&self, name: &str) -> Option<String> {
        let mut pairs = url::form_urlencoded::parse(self.query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}

/// Answers whatever comes in over one connection.
pub async fn answer(State(desk): State<Arc<Desk>>, ConnectInfo(line): ConnectInfo<Line>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    if parts.headers.contains_key(header::UPGRADE) {
        if let Some(Fault::Status(status)) = trouble(&desk, (Route::Gateway, 0)) {
            return broken(status);
        }
        let query = parts.uri.query().unwrap_or_default().to_owned();
        return match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
            Ok(upgrade) => upgrade.on_upgrade(async move |socket| gateway::serve(desk, socket, line, &query).await),
            Err(_) => draw(400, &[], None),
        };
    }
    let Ok(body) = to_bytes(body, MOST_BYTES).await else { return draw(413, &[], None) };
    let path = parts.uri.path().strip_prefix(PREFIX).unwrap_or("/nowhere");
    let call = Call::parse(parts.method.as_str(), path);
    let fault = call.as_ref().ok().and_then(|call| trouble(&desk, call.place()));
    match &fault {
        Some(Fault::Status(status)) => return broken(*status),
        Some(Fault::Cut) => {
            line.cut_after(0);
            return draw(500, &[], None);
        }
        Some(Fault::Hang) => std::future::pending().await,
        Some(
            Fault::AllWait(_) | Fault::RouteWaits(_) | Fault::SharedWait(_) | Fault::LoseAnswer | Fault::Behind(_),
        )
        | None => {}
    }
    let mut response = desk.change(|world| {
        let call = match &call {
            Ok(call) => call,
            Err(refusal) => return refuse(world, &format!("{} {path}", parts.method), refusal, &[]),
        };
        let query = parts.uri.query().unwrap_or_default();
        pass(world, &Asked { call, headers: &parts.headers, query, body: &body }, fault.as_ref())
    });
    let date = wire::http_date(desk.world().now());
    response.headers_mut().insert(header::DATE, date.parse().unwrap());
    match fault {
        Some(Fault::LoseAnswer) => line.cut_after(0),
        Some(Fault::Behind(gate)) => gate.acquire().await.unwrap().forget(),
        _ => {}
    }
    response
}

/// The trouble that a test has laid out for this request.
fn trouble(desk: &Desk, place: (Route, u64)) -> Option<Fault> {
    let mut world = desk.world();
    world.posted += usize::from(place.0 == Route::CreateMessage);
    let found = world.faults.pick(place);
    drop(world);
    if found.is_some() {
        desk.changed.send_replace(());
    }
    found
}

/// Lets a request through the door, the turnstile and to its desk.
fn pass(world: &mut World, asked: &Asked<'_>, fault: Option<&Fault>) -> Response {
    let (now, place) = (world.now(), asked.call.place());
    let name = asked.call.to_string();
    if is_shut_out(world) {
        world.refused.push(Refused { request: name, status: 429, code: 1_015, body: String::new(), at: now });
        return broken(429);
    }
    if !is_known_agent(asked.header(header::USER_AGENT)) {
        return refuse(world, &name, &Refusal::internal_network_error(), &[]);
    }
    if asked.call.needs_token() && asked.header(header::AUTHORIZATION) != format!("Bot {}", world.token) {
        return refuse(world, &name, &Refusal::unauthorized(), &[]);
    }
    match fault {
        Some(Fault::AllWait(span)) => world.rates.all_wait(now + rate::millis(*span)),
        Some(Fault::RouteWaits(span)) => world.rates.waits(place, now + rate::millis(*span), "user"),
        Some(Fault::SharedWait(span)) => world.rates.waits(place, now + rate::millis(*span), "shared"),
        _ => {}
    }
    let rate = match place.0 {
        Route::Gateway | Route::Callback => None,
        Route::CreateMessage => world.settings.create_message,
        Route::EditMessage => world.settings.edit_message,
        Route::DeleteMessage => world.settings.delete_message,
        Route::Crosspost => world.settings.crosspost,
        Route::CreateThread => world.settings.create_thread,
        Route::Webhook => world.settings.webhook,
        Route::Identity | Route::Commands | Route::Guild | Route::Channel | Route::ReadMessage => world.settings.other,
    };
    let global = world.settings.global;
    let (headers, taken) = world.rates.take(place, rate, global, now);
    if let Err(too_many) = taken {
        return hold_off(world, &name, &too_many, headers);
    }
    match perform(world, asked) {
        Ok(reply) => draw(reply.status, &headers, reply.body.as_ref()),
        Err(refusal) => refuse(world, &name, &refusal, &headers),
    }
}

fn perform(world: &mut World, asked: &Asked<'_>) -> Result<Reply, Refusal> {
    match asked.call {
        Call::Gateway => Ok(identity::gateway(world)),
        Call::GatewayBot => Ok(identity::gateway_bot(world)),
        Call::Me => Ok(identity::me(world)),
        Call::MyApplication => Ok(identity::application(world)),
        Call::MyGuilds => Ok(guilds::mine(world)),
        Call::OpenPrivate => guilds::open_private(world, &asked.json()?),
        Call::Commands { application } => commands::list(world, *application),
        Call::SetCommands { application } => commands::set(world, *application, &asked.json()?),
        Call::Guild { guild } => guilds::one(world, *guild),
        Call::GuildChannels { guild } => guilds::channels(world, *guild),
        Call::GuildRoles { guild } => guilds::roles(world, *guild),
        Call::ActiveThreads { guild } => guilds::active_threads(world, *guild),
        Call::GuildMember { guild, user } => guilds::member(world, *guild, *user),
        Call::LeaveGuild { guild } => guilds::leave(world, *guild),
        Call::Channel { channel } => guilds::channel(world, *channel),
        Call::ChangeChannel { channel } => threads::change(world, *channel, &asked.json()?),
        Call::Messages { channel } => messages::list(world, *channel, asked.asks("limit").as_deref()),
        Call::Message { channel, message } => messages::one(world, *channel, *message),
        Call::CreateMessage { channel } => messages::create(world, *channel, &asked.json()?),
        Call::EditMessage { channel, message } => messages::edit(world, *channel, *message, &asked.json()?),
        Call::DeleteMessage { channel, message } => messages::delete(world, *channel, *message),
        Call::Crosspost { channel, message } => messages::publish(world, *channel, *message),
        Call::ThreadFromMessage { channel, message } => {
            threads::from_message(world, *channel, *message, &asked.json()?)
        }
        Call::Thread { channel } => threads::create(world, *channel, &asked.json()?),
        Call::Callback { interaction, token } => {
            let wants_answer = asked.asks("with_response").as_deref() == Some("true");
            interactions::callback(world, *interaction, token, &asked.json()?, wants_answer)
        }
        Call::FollowUp { application, token } => interactions::follow_up(world, *application, token, &asked.json()?),
        Call::ReadAnswer { application, token, message } => interactions::read(world, *application, token, *message),
        Call::EditAnswer { application, token, message } => {
            interactions::edit(world, *application, token, *message, &asked.json()?)
        }
        Call::DeleteAnswer { application, token, message } => {
            interactions::delete(world, *application, token, *message)
        }
    }
}

/// `DiscordBot (address, version)`, and whatever follows.
fn is_known_agent(agent: &str) -> bool {
    let inside = agent.strip_prefix("DiscordBot (").and_then(|rest| rest.split_once(')'));
    inside.and_then(|(inside, _)| inside.split_once(", ")).is_some_and(|(url, version)| {
        (url.starts_with("https://") || url.starts_with("http://")) && !version.trim().is_empty()
    })
}

/// Whether so many requests were invalid lately that this address is heard no more.
fn is_shut_out(world: &World) -> bool {
    let since = world.now().saturating_sub(INVALID_SPAN_MS);
    let recent = world.refused.iter().rev().take_while(|one| one.at >= since);
    recent.filter(|one| [401, 403, 429].contains(&one.status) && one.body != "shared").count()
        >= world.settings.invalid_requests
}

fn refuse(world: &mut World, request: &str, refusal: &Refusal, headers: &[(&'static str, String)]) -> Response {
    let (body, at) = (refusal.body(), world.now());
    let noted =
        Refused { request: request.to_owned(), status: refusal.status, code: refusal.code, body: body.to_string(), at };
    world.refused.push(noted);
    draw(refusal.status, headers, Some(&body))
}

fn hold_off(world: &mut World, request: &str, too_many: &TooMany, mut headers: Headers) -> Response {
    let (is_global, at) = (too_many.scope == "global", world.now());
    let scope = too_many.scope.to_owned();
    world.refused.push(Refused { request: request.to_owned(), status: 429, code: 0, body: scope.clone(), at });
    headers.push(("retry-after", too_many.wait_ms.div_ceil(1_000).to_string()));
    headers.push(("x-ratelimit-scope", scope));
    if is_global {
        headers.push(("x-ratelimit-global", "true".to_owned()));
    }
    let wait: Value = serde_json::from_str(&rate::seconds(too_many.wait_ms)).unwrap();
    let body = json!({"message": "You are being rate limited.", "retry_after": wait, "global": is_global});
    draw(429, &headers, Some(&body))
}

fn draw(status: u16, headers: &[(&'static str, String)], body: Option<&Value>) -> Response {
    let mut response = Response::builder().status(StatusCode::from_u16(status).unwrap());
    for (name, value) in headers {
        response = response.header(*name, value);
    }
    let Some(body) = body else { return response.body(Body::empty()).unwrap() };
    response.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())).unwrap()
}

/// What stands before Discord when Discord does not: a page, not JSON.
fn broken(status: u16) -> Response {
    let page = "<html><head><title>Something is wrong</title></head><body>cloudflare</body></html>";
    let response = Response::builder().status(status).header(header::CONTENT_TYPE, "text/html");
    response.body(Body::from(page)).unwrap()
}
