//! Finding out which format a document is in, by its own words (FORMATS §4).

use serde_json::{Map, Value};

use crate::{
    domain::SourceKind,
    feeds::{
        apple, cachet, document, incidentio, instatus, pagerduty,
        rss::{self, Dialect},
        sketch::sketch,
        statuspage, uptime_kuma,
    },
};

/// The kind of a document, where its own words tell. `None` for formats that are not read here, for documents that could be
/// of several kinds (an empty list), and for most web pages: which rule reads a page is for its service to say.
#[must_use]
pub fn find_kind(body: &[u8], charset: Option<&str>) -> Option<SourceKind> {
    let text = document::decode(body, charset).ok()?;
    if text.starts_with('<') {
        return find_xml_kind(&text);
    }
    match sketch(apple::unwrapped(&text))? {
        Value::Object(object) => find_object_kind(&object),
        Value::Array(array) => find_array_kind(&array),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

fn find_object_kind(object: &Map<String, Value>) -> Option<SourceKind> {
    if let Some(kind) = object.get("page").and_then(Value::as_object).and_then(|page| find_page_kind(object, page)) {
        return Some(kind);
    }
    let lists = ["incidents", "scheduled_maintenances"].into_iter().filter_map(|name| object.get(name)?.as_array());
    let stories: Vec<&Value> = lists.flatten().collect();
    if !stories.is_empty() && stories.iter().all(|story| story.get("incident_updates").is_some_and(Value::is_array)) {
        return Some(by_id(stories.first().and_then(|story| story.get("id"))));
    }
    if statuspage::is_archive(object) {
        return Some(SourceKind::Statuspage);
    }
    if object.get("result").is_some_and(|result| result.get("status_overall").is_some_and(Value::is_object)) {
        return Some(SourceKind::Statusio);
    }
    if let Some(kind) = find_hosted_kind(object).or_else(|| find_self_hosted_kind(object)) {
        return Some(kind);
    }
    let is_slack = object.get("active_incidents").is_some_and(Value::is_array)
        && object.get("status").is_some_and(Value::is_string);
    if is_slack {
        return Some(SourceKind::Slack);
    }
    if incidentio::is_own(object) {
        return Some(SourceKind::Incidentio);
    }
    find_vendor_kind(object)
}

/// Formats of one service or one vendor, told by a list of rows with keys of their own.
fn find_vendor_kind(object: &Map<String, Value>) -> Option<SourceKind> {
    let has = |key: &str| object.contains_key(key);
    let rows_have = |list: &str, key: &str| {
        let rows = object.get(list).and_then(Value::as_array);
        rows.is_some_and(|rows| rows.iter().any(|row| row.get(key).is_some()))
    };
    let is_list = |key: &str| object.get(key).is_some_and(Value::is_array);
    if rows_have("status", "system") {
        Some(SourceKind::Heroku)
    } else if object.get("status").is_some_and(|status| status.get("health").is_some()) && is_list("services") {
        Some(SourceKind::AzureDevops)
    } else if rows_have("services", "events") {
        Some(SourceKind::Apple)
    } else if (has("conditions") && is_list("components") && is_list("incidents"))
        || (has("components") && rows_have("incidents", "timestamps"))
    {
        Some(SourceKind::Firehydrant)
    } else if is_list("alerts") && (has("groupKey") || (rows_have("alerts", "labels") && has("receiver"))) {
        Some(SourceKind::Alertmanager)
    } else if (has("key") && (is_list("Instances") || (has("environment") && is_list("Incidents"))))
        || (has("id") && is_list("IncidentImpacts"))
    {
        Some(SourceKind::Salesforce)
    } else if has("state") && is_list("updates") && (has("full_url") || rows_have("updates", "update_type")) {
        Some(SourceKind::Heroku)
    } else if (has("Status") && has("Message") && has("LastUpdatedTime")) || rows_have("Services", "IsUp") {
        Some(SourceKind::Microsoft)
    } else {
        None
    }
}

/// Statuspage and incident.io; others too have a `page`, but with a state of its own in it.
fn find_page_kind(object: &Map<String, Value>, page: &Map<String, Value>) -> Option<SourceKind> {
    let told = |key: &str| page.get(key).filter(|value| !value.is_null());
    if let Some(word) = told("status") {
        let is_theirs = is_loud_word(word) || word.as_str().is_some_and(instatus::is_page_word);
        return is_theirs.then_some(SourceKind::Instatus);
    }
    if let Some(state) = told("state") {
        return is_word(state).then_some(SourceKind::Sorry);
    }
    if !(page.contains_key("name") || page.contains_key("id")) || page.contains_key("state") {
        return None;
    }
    let has_indicator =
        object.get("status").is_some_and(|status| status.get("indicator").is_some_and(Value::is_string));
    let components = object.get("components").and_then(Value::as_array);
    let mut lists = ["components", "incidents", "scheduled_maintenances"]
        .into_iter()
        .filter_map(|name| object.get(name)?.as_array());
    // Without an overall word, lists of things that look like theirs must do.
    let is_row = |row: &Value| {
        row.get("incident_updates").is_some() || row.get("status").is_some_and(|status| !is_loud_word(status))
    };
    let is_list = lists.clone().next().is_some() && lists.all(|list| list.iter().all(is_row));
    let is_page = page.contains_key("id") || page.contains_key("url");
    let is_of_them = has_indicator || (is_page && is_list);
    if !is_of_them {
        return None;
    }
    let lacks_groups =
        components.is_some_and(|rows| !rows.is_empty() && rows.iter().all(|row| row.get("group").is_none()));
    Some(if lacks_groups { SourceKind::Incidentio } else { by_id(page.get("id")) })
}

/// Pages of hosts that are told by other keys than `page`.
fn find_hosted_kind(object: &Map<String, Value>) -> Option<SourceKind> {
    let list = |name: &str| object.get(name).and_then(Value::as_array);
    let text = |name: &str| object.get(name).and_then(Value::as_str);
    let is_row = |row: &Value| row.get("isParent").is_some() || row.get("status").is_some_and(is_loud_word);
    let is_instatus = list("components").is_some_and(|rows| !rows.is_empty() && rows.iter().all(is_row));
    let is_notice = |row: &Value| row.get("state").is_some_and(is_word) && row.get("id").is_some();
    if is_instatus || list("activeIncidents").is_some() || list("activeMaintenances").is_some() {
        Some(SourceKind::Instatus)
    } else if object.get("data").and_then(|data| data.get("type")).and_then(Value::as_str) == Some("status_page") {
        Some(SourceKind::Betterstack)
    } else if object.get("status_page").is_some_and(|page| {
        let is_told = page.get("subdomain").is_some() && page.get("current_incident_type").is_some();
        is_told || (page.is_object() && list("services").is_some())
    }) {
        Some(SourceKind::Statuspal)
    } else if list("response").is_some_and(|rows| !rows.is_empty() && rows.iter().all(is_notice)) {
        Some(SourceKind::Sorry)
    } else if text("type") == Some("paged_array")
        && list("data").is_some_and(|rows| rows.iter().any(|row| row.get("specialization").is_some()))
    {
        Some(SourceKind::Hund)
    } else {
        None
    }
}

/// Pages that people run themselves.
fn find_self_hosted_kind(object: &Map<String, Value>) -> Option<SourceKind> {
    let list = |name: &str| object.get(name).and_then(Value::as_array);
    let has_pages = object.get("meta").is_some_and(|meta| meta.get("pagination").is_some_and(Value::is_object));
    let is_typed = |row: &Value| {
        let kind = row.get("type").and_then(Value::as_str);
        row.get("attributes").is_some() && kind.is_some_and(cachet::is_row_type)
    };
    let is_cachet = list("data").is_some_and(|rows| has_pages || (!rows.is_empty() && rows.iter().all(is_typed)));
    let is_of_cstate = match object.get("is").and_then(Value::as_str) {
        Some("issue") => object.contains_key("severity"),
        Some("index") => list("systems").is_some(),
        Some(_) | None => object.contains_key("cStateVersion"),
    };
    if is_cachet {
        Some(SourceKind::Cachet)
    } else if is_of_cstate {
        Some(SourceKind::Cstate)
    } else if list("publicGroupList").is_some()
        || object.get("heartbeatList").is_some_and(Value::is_object)
        || list("incidents").is_some_and(|rows| rows.iter().any(uptime_kuma::is_notice))
    {
        Some(SourceKind::UptimeKuma)
    } else if object.get("key").is_some_and(Value::is_string) && has_condition_results(object) {
        Some(SourceKind::Gatus)
    } else {
        None
    }
}

fn has_condition_results(endpoint: &Map<String, Value>) -> bool {
    let mut results = endpoint.get("results").and_then(Value::as_array).into_iter().flatten();
    results.any(|result| result.get("conditionResults").is_some())
}

fn find_array_kind(array: &[Value]) -> Option<SourceKind> {
    let rows = || array.iter().filter_map(Value::as_object);
    // One row may lack what it has nothing to tell of.
    let have = |keys: &[&str]| rows().any(|row| keys.iter().all(|key| row.contains_key(*key)));
    let is_aws =
        |row: &Map<String, Value>| row.get("arn").and_then(Value::as_str).is_some_and(|arn| arn.starts_with("arn:aws"));
    if have(&["external_desc", "most_recent_update"]) {
        Some(SourceKind::Google)
    } else if rows().any(is_aws) {
        Some(SourceKind::Aws)
    } else if have(&["notes", "services", "title"]) {
        Some(SourceKind::Slack)
    } else if have(&["rss_file_paths", "services"]) {
        Some(SourceKind::Metastatus)
    } else if have(&["slug", "uptimeDay"]) || have(&["slug", "dailyMinutesDown"]) {
        Some(SourceKind::Upptime)
    } else if have(&["key", "results"]) && rows().any(has_condition_results) {
        Some(SourceKind::Gatus)
    } else if have(&["key", "environment", "Incidents"]) || have(&["IncidentImpacts"]) || have(&["MaintenanceImpacts"])
    {
        Some(SourceKind::Salesforce)
    } else if have(&["state", "updates", "full_url"]) {
        Some(SourceKind::Heroku)
    } else if have(&["labels", "startsAt", "fingerprint"]) {
        Some(SourceKind::Alertmanager)
    } else if have(&["Status", "Message", "LastUpdatedTime"]) {
        Some(SourceKind::Microsoft)
    } else {
        None
    }
}

/// RSS and Atom, with the feeds that mean something else by an item (FORMATS §11, §12, §26), and pages that hold JSON.
fn find_xml_kind(text: &str) -> Option<SourceKind> {
    if pagerduty::is_page(text) {
        return Some(SourceKind::Pagerduty);
    }
    let is_feed = matches!(root_name(text)?.rsplit(':').next(), Some("rss" | "feed" | "RDF"));
    is_feed.then(|| match rss::find_dialect(text) {
        Dialect::General => SourceKind::Rss,
        Dialect::Aws => SourceKind::AwsRss,
        Dialect::Azure => SourceKind::AzureRss,
        Dialect::Site24x7 => SourceKind::Site24x7,
    })
}

/// The name of the first element, behind declarations and comments.
fn root_name(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let (_, from) = rest.split_once('<')?;
        if let Some(comment) = from.strip_prefix("!--") {
            rest = comment.split_once("-->")?.1;
        } else if from.starts_with(['?', '!']) {
            rest = from.split_once('>')?.1;
        } else {
            return from.split(|character: char| character.is_whitespace() || matches!(character, '>' | '/')).next();
        }
    }
}

/// incident.io's ids are ULIDs.
fn by_id(id: Option<&Value>) -> SourceKind {
    let is_ulid = id
        .and_then(Value::as_str)
        .is_some_and(|id| id.len() == 26 && id.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()));
    if is_ulid { SourceKind::Incidentio } else { SourceKind::Statuspage }
}

fn is_word(value: &Value) -> bool {
    value.as_str().is_some_and(|word| !word.is_empty())
}

/// Instatus writes its states so.
fn is_loud_word(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'))
}
