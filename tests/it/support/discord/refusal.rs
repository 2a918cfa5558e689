//! What Discord says when it does not do what it was asked.

use serde_json::{Map, Value, json};

/// An answer that is an error: a status, Discord's own code, its words.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub status: u16,
    pub code: u32,
    pub message: String,
    errors: Option<Value>,
}

impl Refusal {
    pub fn new(status: u16, code: u32, message: &str) -> Self {
        Self { status, code, message: message.to_owned(), errors: None }
    }

    /// 50035 with a tree of what is wrong where.
    pub fn form(faults: &[(String, &'static str, String)]) -> Self {
        let mut errors = json!({});
        for (path, code, message) in faults {
            let place = path.split('.').filter(|part| !part.is_empty()).fold(&mut errors, |place, part| {
                let fields = place.as_object_mut().unwrap();
                fields.entry(part).or_insert_with(|| Value::Object(Map::new()))
            });
            let list = place.as_object_mut().unwrap().entry("_errors").or_insert_with(|| json!([]));
            list.as_array_mut().unwrap().push(json!({"code": code, "message": message}));
        }
        Self { errors: Some(errors), ..Self::new(400, 50_035, "Invalid Form Body") }
    }

    pub fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

/// The refusals that have no more to say than their code.
macro_rules! refusals {
    ($($name:ident = $status:literal $code:literal $message:literal;)*) => {
        impl Refusal {
            $(pub fn $name() -> Self {
                Self::new($status, $code, $message)
            })*
        }
    };
}

refusals! {
    unauthorized = 401 0 "401: Unauthorized";
    not_found = 404 0 "404: Not Found";
    wrong_method = 405 0 "405: Method Not Allowed";
    unknown_application = 404 10_002 "Unknown Application";
    unknown_channel = 404 10_003 "Unknown Channel";
    unknown_guild = 404 10_004 "Unknown Guild";
    unknown_member = 404 10_007 "Unknown Member";
    unknown_message = 404 10_008 "Unknown Message";
    unknown_webhook = 404 10_015 "Unknown Webhook";
    unknown_interaction = 404 10_062 "Unknown interaction";
    too_many_edits = 429 30_046 "Maximum number of edits to messages older than 1 hour reached. Try again later";
    too_many_creates = 429 30_034 "Max number of daily application command creates has been reached (200)";
    already_published = 400 40_033 "This message has already been crossposted";
    already_acknowledged = 400 40_060 "Interaction has already been acknowledged.";
    tag_required = 400 40_067 "A tag is required to create a forum post in this channel";
    too_many_follow_ups = 400 40_094 "This interaction has reached the maximum number of follow-up messages";
    internal_network_error = 403 40_333 "internal network error";
    missing_access = 403 50_001 "Missing Access";
    not_the_author = 403 50_005 "Cannot edit a message authored by another user";
    empty_message = 400 50_006 "Cannot send an empty message";
    cannot_message_user = 403 50_007 "Cannot send messages to this user";
    not_a_text_channel = 400 50_008 "Cannot send messages in a non-text channel";
    missing_permissions = 403 50_013 "Missing Permissions";
    wrong_channel_kind = 400 50_024 "Cannot execute action on this channel type";
    invalid_webhook_token = 401 50_027 "Invalid Webhook Token";
    archived_thread = 400 50_083 "Thread is archived";
    invalid_json = 400 50_109 "The request body contains invalid JSON.";
    cannot_reply = 400 160_002 "Cannot reply without permission to read message history";
    thread_exists = 400 160_004 "A thread has already been created for this message";
    locked_thread = 400 160_005 "Thread is locked";
}
