//! Bytes in, observation out: the one door to every format.

use crate::{
    domain::{Observation, SourceKind},
    feeds::{
        ParseError, alertmanager, apple, aws, azure_devops, document, firehydrant, google, heroku, html, incidentio,
        json_rule::JsonReader,
        metastatus, microsoft, pagerduty,
        rss::{self, Dialect},
        salesforce, slack, statusio, statuspage, tidy,
    },
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
            let observation =
                if kind == SourceKind::Incidentio { incidentio::parse(&text)? } else { statuspage::parse(&text)? };
            // A list document tells of incidents alone.
            let lists_parts = !observation.components.is_empty();
            (observation, lists_parts)
        }
        SourceKind::Statusio => (statusio::parse(&text)?, true),
        SourceKind::Google => (google::parse(&text)?, false),
        SourceKind::Aws => (aws::parse(&text)?, false),
        SourceKind::AwsRss => (rss::parse(&text, Dialect::Aws)?, false),
        SourceKind::AzureRss => (rss::parse(&text, Dialect::Azure)?, false),
        SourceKind::AzureDevops => (azure_devops::parse(&text)?, true),
        SourceKind::Microsoft => (microsoft::parse(&text)?, false),
        SourceKind::Heroku => (heroku::parse(&text)?, false),
        SourceKind::Salesforce => (salesforce::parse(&text)?, false),
        SourceKind::Apple => (apple::parse(&text)?, true),
        SourceKind::Firehydrant => (firehydrant::parse(&text)?, true),
        SourceKind::Pagerduty => (pagerduty::parse(&text)?, false),
        SourceKind::Site24x7 => (rss::parse(&text, Dialect::Site24x7)?, true),
        SourceKind::Alertmanager => (alertmanager::parse(&text)?, false),
        SourceKind::Slack => (slack::parse(&text)?, false),
        SourceKind::Metastatus => (metastatus::parse(&text)?, true),
        SourceKind::Rss => (rss::parse(&text, Dialect::General)?, false),
        SourceKind::Html => (html::parse(&text)?, false),
        SourceKind::Json => {
            let reason = "a json document is read by the paths of its source: describe it in a service file";
            return Err(ParseError { reason: reason.to_owned() });
        }
        SourceKind::Http => {
            return Err(ParseError { reason: "a probe measures, it reads no document".to_owned() });
        }
    };
    finish(observation, parts, lists_parts)
}

/// As [`parse`], by the paths of a source of the kind `json`.
pub(super) fn parse_json(
    reader: &JsonReader,
    body: &[u8],
    charset: Option<&str>,
    parts: &[String],
) -> Result<Observation, ParseError> {
    let text = document::decode(body, charset)?;
    finish(reader.read(&text)?, parts, reader.lists_parts())
}

fn finish(observation: Observation, parts: &[String], lists_parts: bool) -> Result<Observation, ParseError> {
    if let Some(reason) = tidy::doubt(&observation) {
        return Err(ParseError { reason });
    }
    let observation = tidy::finish(observation);
    Ok(if parts.is_empty() { observation } else { tidy::restrict(observation, parts, lists_parts) })
}

#[cfg(test)]
mod tests;
