//! Bytes in, observation out: the one door to every format.

use crate::{
    domain::{Observation, SourceKind},
    feeds::{ParseError, aws, document, google, html, metastatus, rss, slack, statusio, statuspage, tidy},
};

/// What a document of this kind says. Pure, of linear cost, and bounded whatever the bytes are.
///
/// `charset` is that of the answer's Content-Type. With `parts` only what concerns these parts is told: names or ids of
/// components, names of regions, ids of products.
///
/// # Errors
///
/// [`ParseError`] when the bytes are no document of this kind; that says nothing about the service.
pub fn parse(
    kind: SourceKind,
    body: &[u8],
    charset: Option<&str>,
    parts: &[String],
) -> Result<Observation, ParseError> {
    let text = document::decode(body, charset)?;
    let (observation, lists_parts) = match kind {
        SourceKind::Statuspage | SourceKind::Incidentio => {
            let observation = statuspage::parse(&text)?;
            // A list document tells of incidents alone.
            let lists_parts = !observation.components.is_empty();
            (observation, lists_parts)
        }
        SourceKind::Statusio => (statusio::parse(&text)?, true),
        SourceKind::Google => (google::parse(&text)?, false),
        SourceKind::Aws => (aws::parse(&text)?, false),
        SourceKind::Slack => (slack::parse(&text)?, false),
        SourceKind::Metastatus => (metastatus::parse(&text)?, true),
        SourceKind::Rss => (rss::parse(&text)?, false),
        SourceKind::Html => (html::parse(&text)?, false),
        SourceKind::Http => {
            return Err(ParseError { reason: "a probe measures, it reads no document".to_owned() });
        }
    };
    if let Some(reason) = tidy::doubt(&observation) {
        return Err(ParseError { reason });
    }
    let observation = tidy::finish(observation);
    Ok(if parts.is_empty() { observation } else { tidy::restrict(observation, parts, lists_parts) })
}

#[cfg(test)]
mod tests;
