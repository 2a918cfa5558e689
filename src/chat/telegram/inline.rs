//! Inline mode: `@bot whatsapp` in any chat offers how WhatsApp is as a message.

use futures_util::future::join_all;
use serde::de::IgnoredAny;
use teloxide::{
    payloads::AnswerInlineQuery,
    types::{
        InlineKeyboardButtonKind, InlineKeyboardMarkup, InlineQueryId, InlineQueryResult, InlineQueryResultArticle,
        InputMessageContent, InputMessageContentText, LinkPreviewOptions,
    },
};
use tokio::sync::oneshot;
use tracing::debug;

use super::{
    address::Address,
    limits,
    reception::Reception,
    render::{Drawn, draw, heading},
    update::Sought,
};
use crate::{
    chat::{Completing, Event, Reply},
    commands,
    domain::{Mark, RequestId},
    text,
};

/// The command whose answers are offered.
const COMMAND: &str = "status";
/// Characters of a result's description.
const DESCRIPTION: usize = 120;

/// Answers an inline query with the best few matches; one without words, with what is not well.
pub(super) async fn answer(reception: &Reception, request: &RequestId, sought: &Sought) {
    let lines = if sought.words.is_empty() {
        vec![format!("/{COMMAND}")]
    } else {
        names(reception, sought).await.iter().map(|name| format!("/{COMMAND} \"{name}\"")).collect()
    };
    let replies = lines.into_iter().enumerate().map(|(number, line)| {
        let id = RequestId(format!("{}-{number}", request.0).into());
        reception.ask_aside(id, sought.by, sought.locale, line)
    });
    let results = join_all(replies).await.into_iter().flatten().filter(is_answer);
    let results: Vec<_> = results.enumerate().map(|(number, reply)| result(number, &reply)).collect();
    let mut answer = AnswerInlineQuery::new(InlineQueryId(sought.query.clone()), results);
    answer.cache_time = Some(limits::INLINE_CACHE);
    answer.is_personal = Some(true);
    let answered: Result<IgnoredAny, _> = reception.sender.api.call(&answer, limits::PATIENCE).await;
    if let Err(failure) = answered {
        // Too late, most likely: whoever types on asks again.
        debug!(platform = "telegram", cause = %failure, "an inline query was not answered");
    }
}

/// The services that the words may mean.
async fn names(reception: &Reception, sought: &Sought) -> Vec<String> {
    let Some(option) = commands::spec(COMMAND).and_then(|spec| spec.options.first()) else { return Vec::new() };
    let (answer, found) = oneshot::channel();
    let completing = Completing {
        chat: Address::of(sought.by).chat_id(),
        command: COMMAND.to_owned(),
        option: option.name.clone(),
        typed: sought.words.clone(),
        given: Vec::new(),
        locale_hint: sought.locale,
        answer,
    };
    if reception.inbox.send(Event::Completing(completing)).await.is_err() {
        return Vec::new();
    }
    let found = found.await.unwrap_or_default();
    found.into_iter().take(limits::RESULTS).map(|completion| completion.insert).collect()
}

/// A refusal is nothing to put into somebody's chat.
fn is_answer(reply: &Reply) -> bool {
    reply.message.mark != Some(Mark::Refused) && !reply.message.blocks.is_empty()
}

fn result(number: usize, reply: &Reply) -> InlineQueryResult {
    let moment = |when, style| text::moment(&reply.settings, when, style, reply.at);
    let (title, description) = heading(&reply.message, DESCRIPTION, &moment);
    let Drawn { text, entities, keyboard } = draw(&reply.message, &moment);
    let preview = LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    };
    let content = InputMessageContentText::new(text).entities(entities).link_preview_options(preview);
    let mut article = InlineQueryResultArticle::new(number.to_string(), title, InputMessageContent::Text(content));
    article.description = Some(description).filter(|words| !words.is_empty());
    article.reply_markup = keyboard.and_then(links_only);
    InlineQueryResult::Article(article)
}

/// In a chat where the bot is not, a button that asks it for something would be dead.
fn links_only(keyboard: InlineKeyboardMarkup) -> Option<InlineKeyboardMarkup> {
    let rows: Vec<Vec<_>> = keyboard
        .inline_keyboard
        .into_iter()
        .map(|row| row.into_iter().filter(|button| matches!(button.kind, InlineKeyboardButtonKind::Url(_))).collect())
        .filter(|row: &Vec<_>| !row.is_empty())
        .collect();
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}
