//! Posts in forums: one for each incident. Discord takes no name (nonce) for them, so before a post is sent again that may
//! be there already, it is looked for.

use serde_json::{Value, json};
use tracing::info;

use super::{
    errors::RestError,
    interaction::{id, id_at},
    limits::THREAD_MINUTES,
    place::Spot,
    posting::{Errand, Posted, sent_at},
    render::{pressed, thread_name},
    rest::Answer,
    route::Route,
};

/// The forum takes no post without a tag.
const TAG_REQUIRED: u32 = 40_067;
/// Posts that are looked into for one that may be there already, the newest first.
const LOOKED_INTO: usize = 10;

impl Errand<'_> {
    /// As a post of its own.
    pub(super) async fn in_forum(&self) -> Result<Posted, RestError> {
        if self.parcel.may_repeat
            && let Some(posted) = self.earlier_post().await?
        {
            info!(forum = self.channel, post = posted.spot.channel, "a post is there already, its answer was lost");
            return Ok(posted);
        }
        let mut message = self.body(None);
        if let Some(fields) = message.as_object_mut() {
            fields.remove("nonce");
            fields.remove("enforce_nonce");
        }
        let mut body = json!({
            "name": thread_name(&self.message, self.reader()),
            "auto_archive_duration": THREAD_MINUTES,
            "message": message,
        });
        let route = Route::ForumPost(self.channel);
        let answer = match self.core.rest.call(&route, Some(&body)).await {
            Err(error) if error.code() == TAG_REQUIRED => {
                let tag = self.first_tag().await?.ok_or(error)?;
                if let Some(fields) = body.as_object_mut() {
                    fields.insert("applied_tags".to_owned(), json!([tag.to_string()]));
                }
                self.core.rest.call(&route, Some(&body)).await?
            }
            outcome => outcome?,
        };
        let thread = answer.body.get("id").and_then(id).unwrap_or_default();
        let message = id_at(&answer.body, "/message/id").unwrap_or(thread);
        Ok(Posted { spot: Spot { channel: thread, message }, answer, repeats: None })
    }

    /// The first tag of the forum that everybody may set.
    async fn first_tag(&self) -> Result<Option<u64>, RestError> {
        let answer = self.core.rest.call(&Route::Channel(self.channel), None).await?;
        let tags = answer.body.get("available_tags").and_then(Value::as_array);
        let is_free = |tag: &&Value| tag.get("moderated").and_then(Value::as_bool) != Some(true);
        Ok(tags.and_then(|tags| tags.iter().find(is_free)).and_then(|tag| id(tag.get("id")?)))
    }

    /// The newest post of the bot's own whose first message is about the same incident.
    async fn earlier_post(&self) -> Result<Option<Posted>, RestError> {
        let Some(guild) = self.guild else { return Ok(None) };
        let own = self.core.own_id().await?;
        let listed = self.core.rest.call(&Route::Threads(guild), None).await?;
        let threads = listed.body.get("threads").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let is_ours = |thread: &&Value| {
            id_at(thread, "/parent_id") == Some(self.channel) && id_at(thread, "/owner_id") == Some(own)
        };
        let mut posts: Vec<u64> = threads.iter().filter(is_ours).filter_map(|thread| id_at(thread, "/id")).collect();
        posts.sort_unstable_by(|one, other| other.cmp(one));
        let incident = self.parcel.notice.incident.id.to_string();
        for post in posts.into_iter().take(LOOKED_INTO) {
            // A post's first message has the post's own id.
            match self.core.rest.call(&Route::Look(post, post), None).await {
                Ok(answer) if is_about(&answer, &incident) => {
                    let repeats = sent_at(&answer);
                    return Ok(Some(Posted { spot: Spot { channel: post, message: post }, answer, repeats }));
                }
                Ok(_) => {}
                Err(error) if error.is_passing() => return Err(error),
                // Somebody deleted it, or the bot may not read here: then it cannot be told.
                Err(_) => {}
            }
        }
        Ok(None)
    }
}

/// Whether one of a message's buttons is about an incident.
fn is_about(answer: &Answer, incident: &str) -> bool {
    let rows = answer.body.get("components").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let buttons = rows.iter().filter_map(|row| row.get("components")?.as_array()).flatten();
    let ids = buttons.filter_map(|button| button.get("custom_id")?.as_str());
    ids.filter_map(pressed).any(|words| words.split_whitespace().any(|word| word == incident))
}
