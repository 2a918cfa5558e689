//! Messages, as they are posted, edited and given as answers.

use serde_json::Value;

use super::{
    super::{
        form::{Faults, Form, length},
        limits,
        refusal::Refusal,
    },
    component, embed,
};

pub const SUPPRESS_EMBEDS: u64 = 1 << 2;
pub const EPHEMERAL: u64 = 1 << 6;
/// "… is thinking".
pub const LOADING: u64 = 1 << 7;
pub const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;

/// What a body is for; not every field may stand in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Post,
    /// The first message of a forum post.
    ForumPost,
    Edit,
    /// The data of an interaction's first answer.
    Answer,
    FollowUp,
}

impl Use {
    /// The fields that may stand in it.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Post => &[
                "content",
                "embeds",
                "components",
                "allowed_mentions",
                "flags",
                "attachments",
                "tts",
                "nonce",
                "enforce_nonce",
                "message_reference",
                "sticker_ids",
            ],
            Self::ForumPost => {
                &["content", "embeds", "components", "allowed_mentions", "flags", "attachments", "sticker_ids"]
            }
            Self::Edit => &["content", "embeds", "components", "allowed_mentions", "flags", "attachments"],
            Self::Answer | Self::FollowUp => {
                &["content", "embeds", "components", "allowed_mentions", "flags", "attachments", "tts"]
            }
        }
    }

    fn flags(self) -> u64 {
        match self {
            Self::Post | Self::ForumPost => SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS,
            Self::Edit => SUPPRESS_EMBEDS,
            Self::Answer | Self::FollowUp => SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | EPHEMERAL,
        }
    }
}

/// Whom a message may ping.
#[derive(Clone, Debug)]
pub struct Allowed {
    pub everyone: bool,
    pub all_users: bool,
    pub all_roles: bool,
    pub users: Vec<u64>,
    pub roles: Vec<u64>,
}

impl Allowed {
    /// What holds where nothing is said: everybody who is named.
    const ALL: Self = Self { everyone: true, all_users: true, all_roles: true, users: Vec::new(), roles: Vec::new() };
}

/// The message that a new one answers.
#[derive(Clone, Debug)]
pub struct Reference {
    pub message: u64,
    pub channel: Option<u64>,
    pub must_exist: bool,
}

/// A message as a body has it; `None` where it does not say.
#[derive(Clone, Debug)]
pub struct Draft {
    pub content: Option<String>,
    pub embeds: Option<Vec<Value>>,
    pub components: Option<Vec<Value>>,
    pub flags: Option<u64>,
    pub allowed: Allowed,
    pub nonce: Option<String>,
    pub enforce_nonce: bool,
    pub reference: Option<Reference>,
}

impl Draft {
    /// Whether there would be nothing to see.
    pub fn is_empty(&self) -> bool {
        let is_nothing = |text: &String| length(text) == 0;
        self.content.as_ref().is_none_or(is_nothing)
            && !self.embeds.iter().flatten().any(embed::shows_something)
            && self.components.as_ref().is_none_or(Vec::is_empty)
    }
}

/// Reads a body.
pub fn read(body: &Value, purpose: Use) -> Result<Draft, Refusal> {
    let faults = Faults::default();
    let draft = Form::new(body, "", &faults).map(|form| draft(&form, purpose));
    faults.into_result()?;
    Ok(draft.unwrap())
}

/// Reads one that stands inside of a body.
pub fn draft(form: &Form<'_>, purpose: Use) -> Draft {
    form.only(purpose.fields());
    let content = form.text("content", 0..=limits::CONTENT).unwrap_or_default();
    form.boolean("tts");
    let flags = form.integer("flags", 0..=i64::MAX).map(|flags| u64::try_from(flags).unwrap_or_default());
    if let Some(flags) = flags.filter(|flags| flags & !purpose.flags() != 0) {
        form.fault("flags", "MESSAGE_FLAGS_INVALID", format!("{flags} cannot be set here"));
    }
    if !form.list("attachments", 0..=10).is_empty() {
        form.fault("attachments", "ATTACHMENT_NOT_FOUND", "No file was uploaded");
    }
    let nonce = nonce(form);
    let enforce_nonce = form.boolean("enforce_nonce").unwrap_or_default();
    Draft {
        content: form.has("content").then(|| content.trim().to_owned()),
        embeds: embed::embeds(form),
        components: component::components(form),
        flags,
        allowed: form.form("allowed_mentions").map_or(Allowed::ALL, |allowed| self::allowed(&allowed)),
        nonce,
        enforce_nonce,
        reference: form.form("message_reference").and_then(|reference| self::reference(&reference)),
    }
}

fn nonce(form: &Form<'_>) -> Option<String> {
    let value = form.value("nonce")?;
    if value.is_i64() || value.is_u64() {
        return Some(value.to_string());
    }
    form.text("nonce", 0..=limits::NONCE).map(str::to_owned)
}

fn allowed(form: &Form<'_>) -> Allowed {
    form.only(&["parse", "roles", "users", "replied_user"]);
    let mut kinds = Vec::new();
    for (index, kind) in form.list("parse", 0..=3).iter().enumerate() {
        match kind.as_str() {
            Some(kind @ ("users" | "roles" | "everyone")) => kinds.push(kind),
            _ => {
                let text = "Value must be one of ('users', 'roles', 'everyone').";
                form.fault(&format!("parse.{index}"), "BASE_TYPE_CHOICES", text);
            }
        }
    }
    let (users, roles) = (form.snowflakes("users", limits::MENTIONS), form.snowflakes("roles", limits::MENTIONS));
    for (kind, ids) in [("users", &users), ("roles", &roles)] {
        if kinds.contains(&kind) && !ids.is_empty() {
            let text = format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            form.fault("parse", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text);
        }
    }
    // Whom the bot answers is itself: people write nothing here.
    form.boolean("replied_user");
    Allowed {
        everyone: kinds.contains(&"everyone"),
        all_users: kinds.contains(&"users"),
        all_roles: kinds.contains(&"roles"),
        users,
        roles,
    }
}

fn reference(form: &Form<'_>) -> Option<Reference> {
    form.only(&["type", "message_id", "channel_id", "guild_id", "fail_if_not_exists"]);
    form.one_of("type", &[0]);
    form.snowflake("guild_id");
    form.require("message_id");
    let must_exist = form.boolean("fail_if_not_exists").unwrap_or(true);
    Some(Reference { message: form.snowflake("message_id")?, channel: form.snowflake("channel_id"), must_exist })
}
