//! Bodies that Discord refuses, and where it says the fault is.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Answer, Bot, ask_command};
use crate::support::discord::{Channel, Discord, Settings};

async fn generous() -> (Discord, Bot, Channel) {
    let discord = Discord::start().await;
    discord.set(Settings::unlimited);
    let channel = discord.server("Acme").channel("general");
    let bot = Bot::new(&discord);
    (discord, bot, channel)
}

/// Every fault of a refused form: where, and the code.
fn faults(answer: &Answer) -> Vec<String> {
    fn collect(tree: &Value, path: &str, found: &mut Vec<String>) {
        for (key, inner) in tree.as_object().unwrap() {
            if key == "_errors" {
                found.extend(
                    inner.as_array().unwrap().iter().map(|one| format!("{path} {}", one["code"].as_str().unwrap())),
                );
            } else {
                collect(inner, &format!("{path}/{key}"), found);
            }
        }
    }
    assert_eq!(answer.refusal(), (400, 50_035), "{answer:?}");
    let mut found = Vec::new();
    collect(&answer.body["errors"], "", &mut found);
    found
}

fn embed(fields: Value) -> Value {
    json!({"embeds": [fields]})
}

fn row(buttons: Value) -> Value {
    json!({"content": "x", "components": [{"type": 1, "components": buttons}]})
}

fn button(custom_id: &str) -> Value {
    json!({"type": 2, "style": 1, "label": "Press", "custom_id": custom_id})
}

#[tokio::test]
async fn messages_that_are_too_much_are_refused_and_those_at_the_limit_are_not() {
    let (_discord, bot, channel) = generous().await;
    let text = |length: usize| "x".repeat(length);
    let field = |name: usize, value: usize| json!({"name": text(name), "value": text(value)});
    for (fitting, faulty, fault) in [
        (json!({"content": text(2_000)}), json!({"content": text(2_001)}), "/content BASE_TYPE_MAX_LENGTH"),
        (
            json!({"content": "💥".repeat(1_000)}),
            json!({"content": "💥".repeat(1_001)}),
            "/content BASE_TYPE_MAX_LENGTH",
        ),
        (
            embed(json!({"title": text(256)})),
            embed(json!({"title": text(257)})),
            "/embeds/0/title BASE_TYPE_MAX_LENGTH",
        ),
        (
            embed(json!({"description": text(4_096)})),
            embed(json!({"description": text(4_097)})),
            "/embeds/0/description BASE_TYPE_MAX_LENGTH",
        ),
        (
            embed(json!({"fields": vec![field(1, 1); 25]})),
            embed(json!({"fields": vec![field(1, 1); 26]})),
            "/embeds/0/fields BASE_TYPE_MAX_LENGTH",
        ),
        (
            embed(json!({"fields": [field(256, 1_024)]})),
            embed(json!({"fields": [field(257, 1_024)]})),
            "/embeds/0/fields/0/name BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!({"embeds": [{"description": text(4_096)}, {"description": text(1_904)}]}),
            json!({"embeds": [{"description": text(4_096)}, {"description": text(1_905)}]}),
            "/embeds MAX_EMBED_SIZE_EXCEEDED",
        ),
        (
            json!({"embeds": vec![json!({"title": "x"}); 10]}),
            json!({"embeds": vec![json!({"title": "x"}); 11]}),
            "/embeds BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!({"content": "x", "nonce": text(25)}),
            json!({"content": "x", "nonce": text(26)}),
            "/nonce BASE_TYPE_MAX_LENGTH",
        ),
    ] {
        let answer = bot.post(channel.id, fitting).await;
        assert_eq!(answer.status, 200, "{fault}: {answer:?}");
        assert_eq!(faults(&bot.post(channel.id, faulty).await), [fault]);
    }
}

#[tokio::test]
async fn messages_in_a_wrong_form_are_refused() {
    let (_discord, bot, channel) = generous().await;
    for (faulty, fault) in [
        (json!({"contents": "x"}), "/contents UNKNOWN_FIELD"),
        (json!({"content": 5}), "/content STRING_TYPE_CONVERT"),
        (json!([]), " DICT_TYPE_CONVERT"),
        (json!({"embeds": {}}), "/embeds LIST_TYPE_CONVERT"),
        (embed(json!({"title": "x", "url": "javascript:1"})), "/embeds/0/url URL_TYPE_INVALID_SCHEME"),
        (embed(json!({"title": "x", "url": "nowhere"})), "/embeds/0/url URL_TYPE_INVALID_URL"),
        (embed(json!({"title": "x", "color": 0x0100_0000})), "/embeds/0/color NUMBER_TYPE_MAX"),
        (embed(json!({"title": "x", "color": "red"})), "/embeds/0/color NUMBER_TYPE_COERCE"),
        (embed(json!({"title": "x", "timestamp": "now"})), "/embeds/0/timestamp DATE_TIME_TYPE_PARSE"),
        (embed(json!({"fields": [{"name": "x", "value": " "}]})), "/embeds/0/fields/0/value BASE_TYPE_REQUIRED"),
        (embed(json!({"fields": [{"name": "x"}]})), "/embeds/0/fields/0/value BASE_TYPE_REQUIRED"),
        (json!({"content": "x", "enforce_nonce": "yes"}), "/enforce_nonce BOOLEAN_TYPE_CONVERT"),
        (json!({"content": "x", "flags": 64}), "/flags MESSAGE_FLAGS_INVALID"),
        (
            json!({"content": "x", "message_reference": {"message_id": "1"}}),
            "/message_reference REPLIES_UNKNOWN_MESSAGE",
        ),
        (json!({"content": "x", "message_reference": {}}), "/message_reference/message_id BASE_TYPE_REQUIRED"),
        (
            json!({"content": "x", "allowed_mentions": {"parse": ["all"]}}),
            "/allowed_mentions/parse/0 BASE_TYPE_CHOICES",
        ),
        (
            json!({"content": "x", "allowed_mentions": {"parse": ["roles"], "roles": ["1"]}}),
            "/allowed_mentions/parse MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        ),
        (row(json!([button("a"), button("a")])), "/components/0/components/1/custom_id COMPONENT_CUSTOM_ID_DUPLICATED"),
        (row(json!(["a", "b", "c", "d", "e", "f"].map(button))), "/components/0/components BASE_TYPE_BAD_LENGTH"),
        (row(json!([])), "/components/0/components BASE_TYPE_BAD_LENGTH"),
        (row(json!([button(&"x".repeat(101))])), "/components/0/components/0/custom_id BASE_TYPE_BAD_LENGTH"),
        (row(json!([{"type": 2, "style": 5, "label": "Go"}])), "/components/0/components/0/url BASE_TYPE_REQUIRED"),
        (
            row(json!([{"type": 2, "style": 1, "label": "Go"}])),
            "/components/0/components/0/custom_id BASE_TYPE_REQUIRED",
        ),
        (
            row(json!([{"type": 2, "style": 1, "custom_id": "x"}])),
            "/components/0/components/0/label BASE_TYPE_REQUIRED",
        ),
        (
            row(json!([{"type": 2, "style": 2, "custom_id": "x", "label": "x".repeat(81)}])),
            "/components/0/components/0/label BASE_TYPE_MAX_LENGTH",
        ),
        (
            row(json!([{"type": 3, "custom_id": "s", "options": []}])),
            "/components/0/components/0/options BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!({"content": "x", "components": vec![json!({"type": 1, "components": [{"type": 2, "style": 5, "label": "Go", "url": "https://a.example"}]}); 6]}),
            "/components BASE_TYPE_MAX_LENGTH",
        ),
    ] {
        let answer = bot.post(channel.id, faulty.clone()).await;
        assert_eq!(faults(&answer), [fault], "{faulty}");
    }
    assert!(channel.messages().is_empty());
    assert_eq!(bot.post(channel.id, json!({"content": " "})).await.refusal(), (400, 50_006));
    assert_eq!(bot.post(channel.id, embed(json!({}))).await.refusal(), (400, 50_006));
}

#[tokio::test]
async fn a_form_with_several_faults_tells_all_of_them() {
    let (_discord, bot, channel) = generous().await;
    let body = json!({"content": "x".repeat(2_001), "embeds": [{"title": "x".repeat(257), "color": -1}]});
    let mut found = faults(&bot.post(channel.id, body).await);
    found.sort();
    let expected =
        ["/content BASE_TYPE_MAX_LENGTH", "/embeds/0/color NUMBER_TYPE_MIN", "/embeds/0/title BASE_TYPE_MAX_LENGTH"];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn commands_out_of_form_are_refused() {
    let (discord, bot, _channel) = generous().await;
    let with = |key: &str, value: Value| {
        let mut command = ask_command();
        command[key] = value;
        json!([command])
    };
    let option = |key: &str, value: Value| {
        let mut command = ask_command();
        command["options"][0][key] = value;
        json!([command])
    };
    let choices: Vec<Value> = (0..26).map(|number| json!({"name": number.to_string(), "value": "v"})).collect();
    for (faulty, fault) in [
        (with("name", json!("Ask")), "/0/name APPLICATION_COMMAND_INVALID_NAME"),
        (with("name", json!("a b")), "/0/name APPLICATION_COMMAND_INVALID_NAME"),
        (with("name", json!("a".repeat(33))), "/0/name BASE_TYPE_BAD_LENGTH"),
        (with("description", json!("")), "/0/description BASE_TYPE_BAD_LENGTH"),
        (with("description", json!("d".repeat(101))), "/0/description BASE_TYPE_BAD_LENGTH"),
        (
            with("description_localizations", json!({"de-DE": "x"})),
            "/0/description_localizations/de-DE BASE_TYPE_CHOICES",
        ),
        (
            with("description_localizations", json!({"de": "d".repeat(101)})),
            "/0/description_localizations/de BASE_TYPE_BAD_LENGTH",
        ),
        (
            with("name_localizations", json!({"de": "Frage"})),
            "/0/name_localizations/de APPLICATION_COMMAND_INVALID_NAME",
        ),
        (with("default_member_permissions", json!(16)), "/0/default_member_permissions STRING_TYPE_CONVERT"),
        (with("contexts", json!([3])), "/0/contexts/0 BASE_TYPE_CHOICES"),
        (with("integration_types", json!([])), "/0/integration_types BASE_TYPE_BAD_LENGTH"),
        (with("help", json!("x")), "/0/help UNKNOWN_FIELD"),
        (option("type", json!(12)), "/0/options/0/type BASE_TYPE_CHOICES"),
        (option("name", json!("how")), "/0/options/1/name APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"),
        (option("min_value", json!(1)), "/0/options/0/min_value APPLICATION_COMMAND_OPTION_FIELD_INVALID"),
        (
            option("choices", json!([{"name": "a", "value": "b"}])),
            "/0/options/0/autocomplete APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
        ),
        (
            json!([{"name": "a", "description": "b", "options": [{"type": 3, "name": "c", "description": "d", "choices": choices}]}]),
            "/0/options/0/choices BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!([{"name": "a", "description": "b", "options": [
                {"type": 3, "name": "c", "description": "d"}, {"type": 3, "name": "e", "description": "f", "required": true}]}]),
            "/0/options/1/required APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (
            json!([{"name": "a", "description": "b", "options": [{"type": 3, "name": "c", "description": "d",
                "choices": [{"name": "n", "value": 1}]}]}]),
            "/0/options/0/choices/0/value STRING_TYPE_CONVERT",
        ),
        (json!([ask_command(), ask_command()]), "/1/name APPLICATION_COMMANDS_DUPLICATE_NAME"),
    ] {
        let answer = bot.declare(&discord, faulty.clone()).await;
        assert_eq!(faults(&answer), [fault], "{faulty}");
    }
    assert!(discord.commands().is_empty());
}

#[tokio::test]
async fn a_command_keeps_its_id_and_new_ones_are_counted() {
    let (discord, bot, _channel) = generous().await;
    discord.set(|settings| settings.command_creates = 2);
    let named = |name: &str| json!({"name": name, "description": "x"});
    assert_eq!(bot.declare(&discord, json!([named("a"), named("b")])).await.status, 200);
    discord.until_command("b").await;
    let before = discord.commands()[1]["id"].clone();
    assert_eq!(bot.declare(&discord, json!([named("b")])).await.status, 200);
    assert_eq!(discord.commands()[0]["id"], before);
    assert_eq!(discord.registrations(), 2);
    assert_eq!(bot.declare(&discord, json!([named("c")])).await.refusal(), (429, 30_034));
    let path = format!("/applications/{}/commands", discord.bot());
    assert_eq!(bot.get(&path).await.body.as_array().unwrap().len(), 1);
    assert_eq!(bot.call(Method::PUT, "/applications/1/commands", json!([])).await.refusal(), (404, 10_002));
}

#[tokio::test]
async fn who_does_not_say_who_they_are_is_not_served() {
    let (discord, bot, channel) = generous().await;
    let nameless = Bot { agent: "curl/8".to_owned(), ..Bot::new(&discord) };
    assert_eq!(nameless.get("/users/@me").await.refusal(), (403, 40_333));
    let stranger = Bot { token: "wrong".to_owned(), ..Bot::new(&discord) };
    assert_eq!(stranger.post(channel.id, json!({"content": "x"})).await.refusal(), (401, 0));
    assert_eq!(stranger.get("/gateway").await.status, 200);
    assert_eq!(bot.get("/nowhere").await.refusal(), (404, 0));
    let of = format!("/channels/{}/messages/1", channel.id);
    assert_eq!(bot.call(Method::PUT, &of, json!({})).await.refusal(), (405, 0));
    assert_eq!(bot.get("/users/@me").await.id(), discord.bot());
    assert_eq!(bot.get("/applications/@me").await.id(), discord.bot());
    assert_eq!(discord.until_refused(403, 40_333).await.request, "Me");
}
