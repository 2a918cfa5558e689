//! Bytes in, observation out: the one door to every format.

use std::borrow::Cow;

use crate::{
    domain::{Observation, SourceKind, clean_line},
    feeds::{
        ParseError, alertmanager, apple, aws, azure_devops, betterstack, cachet, cstate, document, firehydrant, gatus,
        google, heroku, html, hund, incidentio, instatus,
        json_rule::JsonReader,
        metastatus, microsoft, pagerduty,
        rss::{self, Dialect},
        salesforce, slack, sorry, statusio, statuspage, statuspal, tidy, upptime, uptime_kuma,
    },
};

/// The longest reason why a document cannot be read, in characters.
const LONGEST_REASON: usize = 300;

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
    parse_together(kind, &[(body, charset)], parts)
}

/// As [`parse`], of all the documents of one page (bytes and character set), the one that its kind is told by first. Kinds
/// that are one document read the first alone.
///
/// # Errors
///
/// [`ParseError`] when any of them is no document of this kind.
pub fn parse_together(
    kind: SourceKind,
    documents: &[(&[u8], Option<&str>)],
    parts: &[String],
) -> Result<Observation, ParseError> {
    let texts = documents
        .iter()
        .map(|(body, charset)| document::decode(body, *charset))
        .collect::<Result<Vec<Cow<'_, str>>, ParseError>>()?;
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    let (observation, lists_parts) = read(kind, &texts).map_err(shortened)?;
    finish(observation, parts, lists_parts)
}

/// As [`parse`], by the paths of a source of the kind `json`.
///
/// # Errors
///
/// [`ParseError`] when the bytes are no JSON, or when nothing stands at any of the paths.
pub fn parse_json(
    reader: &JsonReader,
    body: &[u8],
    charset: Option<&str>,
    parts: &[String],
) -> Result<Observation, ParseError> {
    let text = document::decode(body, charset)?;
    finish(reader.read(&text).map_err(shortened)?, parts, reader.lists_parts())
}

/// Readers quote the document, and a document may say anything at any length.
fn shortened(error: ParseError) -> ParseError {
    ParseError { reason: clean_line(&error.reason, LONGEST_REASON) }
}

fn finish(observation: Observation, parts: &[String], lists_parts: bool) -> Result<Observation, ParseError> {
    if let Some(reason) = tidy::doubt(&observation) {
        return Err(ParseError { reason });
    }
    let observation = tidy::finish(observation);
    Ok(if parts.is_empty() { observation } else { tidy::restrict(observation, parts, lists_parts) })
}

/// What the documents say, and whether the format lists every part.
fn read(kind: SourceKind, texts: &[&str]) -> Result<(Observation, bool), ParseError> {
    let text = texts.first().copied().unwrap_or_default();
    // A list of incidents alone tells of no parts.
    let with_parts = |observation: Observation| {
        let lists_parts = !observation.components.is_empty();
        (observation, lists_parts)
    };
    Ok(match kind {
        SourceKind::Statuspage => with_parts(statuspage::parse(text)?),
        SourceKind::Incidentio => with_parts(incidentio::parse(text)?),
        SourceKind::Instatus => with_parts(instatus::parse(texts)?),
        SourceKind::Betterstack => (betterstack::parse(text)?, true),
        SourceKind::Statusio => (statusio::parse(text)?, true),
        SourceKind::Statuspal => (statuspal::parse(text)?, true),
        SourceKind::Sorry => with_parts(sorry::parse(texts)?),
        SourceKind::Hund => (hund::parse(text)?, false),
        SourceKind::Cachet => with_parts(cachet::parse(texts)?),
        SourceKind::Cstate => with_parts(cstate::parse(text)?),
        SourceKind::Upptime => (upptime::parse(text)?, true),
        SourceKind::UptimeKuma => (uptime_kuma::parse(texts)?, true),
        SourceKind::Gatus => (gatus::parse(text)?, true),
        SourceKind::Google => (google::parse(text)?, false),
        SourceKind::Aws => (aws::parse(text)?, false),
        SourceKind::Slack => (slack::parse(text)?, false),
        SourceKind::Metastatus => (metastatus::parse(text)?, true),
        SourceKind::AwsRss => (rss::parse(text, Dialect::Aws)?, false),
        SourceKind::AzureRss => (rss::parse(text, Dialect::Azure)?, false),
        SourceKind::AzureDevops => (azure_devops::parse(text)?, true),
        SourceKind::Microsoft => (microsoft::parse(text)?, false),
        SourceKind::Heroku => (heroku::parse(text)?, false),
        SourceKind::Salesforce => (salesforce::parse(text)?, false),
        SourceKind::Apple => (apple::parse(text)?, true),
        SourceKind::Firehydrant => (firehydrant::parse(text)?, true),
        SourceKind::Pagerduty => (pagerduty::parse(text)?, false),
        SourceKind::Site24x7 => (rss::parse(text, Dialect::Site24x7)?, true),
        SourceKind::Alertmanager => (alertmanager::parse(text)?, false),
        SourceKind::Rss => (rss::parse(text, Dialect::General)?, false),
        SourceKind::Html => (html::parse(text)?, false),
        SourceKind::Json => {
            let reason = "a json document is read by the paths of its source: describe it in a service file";
            return Err(ParseError { reason: reason.to_owned() });
        }
        SourceKind::Http => {
            return Err(ParseError { reason: "a probe measures, it reads no document".to_owned() });
        }
    })
}

#[cfg(test)]
mod mangled_tests;
#[cfg(test)]
mod page_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod variation_tests;
