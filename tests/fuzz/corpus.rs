//! What hostile minds make of a document.

use serde_json::{Value, json};

/// What hostile minds make of a document: each is a whole document again, of the same shape or nearly so.
pub fn hostile(body: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let text = String::from_utf8_lossy(body).into_owned();
    let utf16 = |mark: u16, bytes: fn(u16) -> [u8; 2]| {
        [mark].into_iter().chain(text.encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
    };
    let mut all = vec![
        ("nothing", Vec::new()),
        ("a mark alone", b"\xEF\xBB\xBF".to_vec()),
        ("a mark before it", [b"\xEF\xBB\xBF".as_slice(), body].concat()),
        ("UTF-16, big end first", utf16(0xFEFF, u16::to_be_bytes)),
        ("UTF-16, little end first", utf16(0xFEFF, u16::to_le_bytes)),
        ("UTF-16 cut in a character", utf16(0xFEFF, u16::to_be_bytes)[..body.len() | 1].to_vec()),
        ("lines that end like letters", text.replace('\n', "\r\n").into_bytes()),
        ("zeroes between", text.replace(", ", ",\0 ").into_bytes()),
        ("zeroes after it", [body, &[0; 4_096]].concat()),
        ("bytes that are no text", text.replace("e", "\u{1}").bytes().map(|b| if b == 1 { 0xFF } else { b }).collect()),
        ("itself twice", [body, body].concat()),
        ("lone halves of characters", text.replace("a", "\\ud800").into_bytes()),
        ("dates out of range", dates(&text, "99999-99-99T99:99:99Z").into_bytes()),
        ("dates before the Flood", dates(&text, "-262143-01-01T00:00:00Z").into_bytes()),
        ("dates of far days", dates(&text, "9999-12-31T23:59:59.999999999+14:00").into_bytes()),
        ("leap seconds", dates(&text, "2016-12-31T23:59:60Z").into_bytes()),
        ("directions turned", text.replace(' ', " \u{202E}\u{2066}\u{200F}").into_bytes()),
        ("a body in a body", text.replace("</", "<![CDATA[<b></b>]]></").into_bytes()),
        ("entities of entities", text.replace('a', "&amp;amp;lt;&#x110000;&#0;&nbsp;&bogus;").into_bytes()),
    ];
    // HTML has each tag that was left open begin again in each block after it.
    let open: String = (0..800).map(|number| format!("<b a={number}>")).collect();
    let again = open + &"<p>x".repeat(800);
    let escaped = again.replace('<', "&lt;").replace('>', "&gt;");
    let within = [text.replacen("</", &format!("{again}</"), 3), text.replacen("</", &format!("{escaped}</"), 3)];
    all.extend(within.map(|text| ("formatting that begins again", text.into_bytes())));
    for (name, open, close) in [
        ("lists in lists", "[", "]"),
        ("objects in objects", "{\"components\":", "}"),
        ("tags in tags", "<div>", "</div>"),
    ] {
        all.push((name, [open.repeat(5_000), text.clone(), close.repeat(5_000)].concat().into_bytes()));
    }
    if let Ok(value) = serde_json::from_slice::<Value>(body) {
        all.extend(hostile_json(&value, &text));
    }
    all
}

/// A name, which values are chosen by their key and themselves, and what is put in their place.
type Swap<'f> = (&'static str, &'f dyn Fn(&str, &Value) -> bool, Value);

fn hostile_json(value: &Value, text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let is_id = |key: &str| key.to_lowercase().ends_with("id") || key == "key" || key == "slug";
    let is_parent = |key: &str| ["group", "parent", "section", "child"].iter().any(|word| key.contains(word));
    let is_list = |value: &Value| value.is_object() || value.is_array();
    let open: String = (0..800).map(|number| format!("<b a={number}>")).collect();
    let again = open + &"<p>x".repeat(800);
    let swaps: [Swap<'_>; 12] = [
        ("formatting that begins again", &|key, value| value.is_string() && key != "id", json!(again)),
        ("one id for all", &|key, value| is_id(key) && !is_list(value), json!("same")),
        ("parents of themselves", &|key, value| (is_id(key) || is_parent(key)) && !is_list(value), json!("1")),
        ("huge numbers", &|_, value| value.is_number(), json!(u64::MAX)),
        ("numbers below all", &|_, value| value.is_number(), json!(i64::MIN)),
        ("numbers for words", &|_, value| value.is_string(), json!(1e308)),
        ("words for numbers", &|_, value| value.is_number(), json!("NaN")),
        ("nulls for all", &|_, value| !is_list(value), Value::Null),
        ("empty words", &|_, value| value.is_string(), json!("")),
        ("blank words", &|_, value| value.is_string(), json!(" \u{200B}\t\n")),
        ("long words", &|key, value| value.is_string() && key != "id", json!("\u{1F4A5}x ".repeat(3_000))),
        ("lists of everything", &|_, value| value.is_string(), json!(["x", [], {}, null, 0])),
    ];
    let swapped = |(name, is_chosen, new): &Swap<'_>| {
        let mut value = value.clone();
        each(&mut value, "", &|key, value| {
            if is_chosen(key, value) {
                *value = new.clone();
            }
        });
        (*name, value.to_string().into_bytes())
    };
    let mut all: Vec<(&'static str, Vec<u8>)> = swaps.iter().map(swapped).collect();
    all.push(("keys that come twice", text.replace("\"id\":", "\"id\": null, \"id\": [], \"id\":").into_bytes()));
    all.push(("a number beyond numbers", text.replacen(": \"", ": 1e999999, \"x\": \"", 1).into_bytes()));
    all
}

/// Visits every value from the leaves up, with the key it stands at.
fn each(value: &mut Value, key: &str, visit: &dyn Fn(&str, &mut Value)) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|inner| each(inner, key, visit)),
        Value::Object(object) => object.iter_mut().for_each(|(key, inner)| each(inner, key, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    visit(key, value);
}

/// The text with another date in place of each that begins like one of our days.
fn dates(text: &str, date: &str) -> String {
    let mut rest = text;
    let mut changed = String::new();
    while let Some(place) = rest.find("\"20") {
        let (before, from) = rest.split_at(place + 1);
        let end = from.find('"').unwrap_or(from.len());
        changed.push_str(before);
        changed.push_str(if from[..end].contains('-') { date } else { &from[..end] });
        rest = &from[end..];
    }
    changed + rest
}
