//! Documents that cost more than they weigh: of nothing but tiny parts, or of long names that everything refers to.

use std::collections::BTreeSet;

use foghorn::{
    domain::SourceKind,
    feeds::{find_kind, parse},
};
use serde_json::{Map, Value, json};

use crate::{
    documents::documents,
    formats::{TARGETS, find_some_kind, read},
    scale::longer,
};

/// How long these documents are, in bytes.
const LENGTH: usize = 128 * 1024;

fn each_kind(body: &[u8]) {
    find_some_kind(body, None);
    for kind in TARGETS {
        read(body, || parse(kind, body, None, &[]));
    }
}

/// Each list of a document in turn has rows as small as they can be, as many as fit.
#[test]
fn no_list_of_tiny_rows_is_worth_far_more_memory_than_it_weighs() {
    for kind in TARGETS {
        for (_, body) in documents(kind) {
            let Ok(document) = serde_json::from_slice::<Value>(&body) else { continue };
            for path in lists(&document) {
                for row in tiny_rows(&document, &path).into_iter().take(4) {
                    let many = LENGTH / (row.to_string().len() + 1);
                    let mut filled = document.clone();
                    *filled.pointer_mut(&path).unwrap() = Value::Array(vec![row; many]);
                    let filled = filled.to_string().into_bytes();
                    find_some_kind(&filled, None);
                    read(&filled, || parse(kind, &filled, None, &[]));
                }
            }
        }
    }
}

/// Lists within lists: few rows each, and many of them.
#[test]
fn no_rows_of_tiny_rows_are_worth_far_more_memory_than_they_weigh() {
    for kind in TARGETS {
        for (_, body) in documents(kind) {
            let Ok(document) = serde_json::from_slice::<Value>(&body) else { continue };
            for path in lists(&document) {
                let Some(row) = document.pointer(&path).and_then(|rows| rows.get(0)) else { continue };
                for inner in lists(row) {
                    for small in tiny_rows(row, &inner).into_iter().take(2) {
                        let mut row = row.clone();
                        *row.pointer_mut(&inner).unwrap() = Value::Array(vec![small; 150]);
                        let many = LENGTH / (row.to_string().len() + 1);
                        let mut filled = document.clone();
                        *filled.pointer_mut(&path).unwrap() = Value::Array(vec![row; many]);
                        let filled = longer(filled.to_string().as_bytes(), 1);
                        read(&filled, || parse(kind, &filled, None, &[]));
                    }
                }
            }
        }
    }
}

/// What stands once and is told of many: the name of a group, of a page, of a component that incidents refer to.
#[test]
fn no_long_name_is_repeated_for_everything_that_refers_to_it() {
    for kind in TARGETS {
        for (name, body) in documents(kind) {
            let long = longer(&body, (LENGTH / 4 / body.len()).clamp(1, 400));
            let Ok(mut document) = serde_json::from_slice::<Value>(&long) else { continue };
            for key in keys(&document) {
                let former = lengthen(&mut document, &key);
                let text = document.to_string().into_bytes();
                read(&text, || parse(kind, &text, None, &[]));
                assert!(former.is_some(), "{name} has {key}");
                shorten(&mut document, &key, former.unwrap());
            }
        }
    }
}

#[test]
fn no_document_of_tiny_parts_is_worth_far_more_memory_than_it_weighs() {
    // The list that a kind looks for is among these.
    const KEYS: [&str; 12] = [
        "components",
        "incidents",
        "services",
        "data",
        "included",
        "systems",
        "status",
        "updates",
        "Instances",
        "alerts",
        "response",
        "publicGroupList",
    ];
    for row in [
        "{}",
        "[]",
        "0",
        "{\"\":0}",
        "{\"id\":1}",
        "[[0]]",
        "\"\"",
        "{\"id\":{}}",
        "{\"updates\":[{},{},{},{}]}",
        "{\"name\":\"a name so long as is believed\"}",
    ] {
        let rows = |length: usize| format!("[{}]", vec![row; length / (row.len() + 1)].join(","));
        let lists = KEYS.map(|key| format!("\"{key}\":{}", rows(LENGTH / KEYS.len()))).join(",");
        each_kind(rows(LENGTH).as_bytes());
        each_kind(format!("{{\"page\":{{\"id\":\"x\",\"name\":\"x\"}},\"key\":\"x\",{lists}}}").as_bytes());
    }
    let keys: String = (0..LENGTH / 12).map(|key| format!("\"k{key}\":{{}},")).collect();
    each_kind(format!("{{{keys}\"components\":{{{keys}\"\":0}}}}").as_bytes());
    // Bytes that are no text grow when they are decoded.
    each_kind(
        &[b"{\"page\":{\"name\":\"".as_slice(), &[0xFF; LENGTH], b"\"},\"status\":{\"indicator\":\"none\"}}"].concat(),
    );
}

#[test]
fn no_feed_of_tiny_parts_is_worth_far_more_memory_than_it_weighs() {
    let attributes: String = (0..LENGTH / 12).map(|number| format!(" a{number}=\"\"")).collect();
    let tags = [
        "<item/>".to_owned(),
        "<item></item>".to_owned(),
        "<item><guid>x</guid></item>".to_owned(),
        "<item><title>x</title><link>x</link></item>".to_owned(),
        "<a/>".to_owned(),
        "<category/>".to_owned(),
        "<category>abc</category>".to_owned(),
        "<link href='x'/>".to_owned(),
        "<p>x</p>".to_owned(),
        "&amp;".to_owned(),
        "<!---->".to_owned(),
        format!("<item{attributes}/>"),
    ];
    for row in tags {
        let rows = row.repeat((LENGTH / row.len()).max(1));
        let atom = rows.replace("item", "entry");
        for text in [
            format!("<rss version=\"2.0\"><channel><title>x</title>{rows}</channel></rss>"),
            format!("<rss version=\"2.0\"><channel><title>x</title><item>{rows}</item></channel></rss>"),
            format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>x</title>{atom}</feed>"),
            format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>x</title>{atom}</entry></feed>"),
            format!("<!DOCTYPE html><html><body>{rows}</body></html>"),
        ] {
            find_some_kind(text.as_bytes(), None);
            // Other kinds than these refuse whatever begins with `<`.
            for kind in
                [SourceKind::Rss, SourceKind::AwsRss, SourceKind::Site24x7, SourceKind::Html, SourceKind::Pagerduty]
            {
                read(text.as_bytes(), || parse(kind, text.as_bytes(), None, &[]));
            }
        }
    }
}

/// A feed however long is told by its newest items, as one that is short.
#[test]
fn a_feed_of_many_items_is_read_in_pieces() {
    let mut seen = 0;
    for (name, body) in documents(SourceKind::Rss) {
        let long = longer(&body, 200);
        if long.len() < 100 * body.len() || find_kind(&body, None) != Some(SourceKind::Rss) {
            continue;
        }
        let (is_read, taken) = read(&long, || parse(SourceKind::Rss, &long, None, &[]));
        assert!(is_read, "{name}");
        assert!(taken.bytes_max < 3 * u64::try_from(long.len()).unwrap() + 1_000_000, "{name}: {taken:?}");
        seen += 1;
    }
    assert!(seen > 0);
}

/// Where lists stand in a document, the first of each kind of place.
fn lists(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    walk(value, &mut String::new(), &mut String::new(), &mut |path, shape, value| {
        if value.is_array() && seen.insert(shape.to_owned()) {
            found.push(path.to_owned());
        }
    });
    found
}

/// Visits every value with its place, and with the same place without numbers.
fn walk(value: &Value, path: &mut String, shape: &mut String, visit: &mut dyn FnMut(&str, &str, &Value)) {
    visit(path, shape, value);
    let mut step = |key: &str, is_row: bool, inner: &Value| {
        let (before, of_shape) = (path.len(), shape.len());
        path.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1")));
        shape.push_str(&if is_row { "/*".to_owned() } else { format!("/{key}") });
        walk(inner, path, shape, visit);
        path.truncate(before);
        shape.truncate(of_shape);
    };
    match value {
        Value::Array(rows) => rows.iter().enumerate().for_each(|(at, row)| step(&at.to_string(), true, row)),
        Value::Object(fields) => fields.iter().for_each(|(key, field)| step(key, false, field)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Rows that may stand in a list, and as little as possible in them.
fn tiny_rows(document: &Value, path: &str) -> Vec<Value> {
    let own = document.pointer(path).and_then(|rows| rows.get(0));
    let Some(Value::Object(fields)) = own else { return vec![json!({}), json!(0), json!("x")] };
    let one = |wanted: &[&str]| {
        let kept = fields.iter().filter(|(key, _)| wanted.contains(&key.as_str()));
        Value::Object(kept.map(|(key, value)| (key.clone(), small(value))).collect::<Map<String, Value>>())
    };
    let all = fields.iter().map(|(key, value)| (key.clone(), small(value))).collect();
    let mut rows = vec![json!({}), Value::Object(all)];
    for wanted in [&["id"][..], &["name"], &["id", "name"], &["title"], &["id", "status"], &["key", "environment"]] {
        let row = one(wanted);
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

/// A value of the same type, as short as can be.
fn small(value: &Value) -> Value {
    match value {
        Value::Null | Value::Bool(_) => Value::Null,
        Value::Number(_) => json!(0),
        Value::String(_) => json!("x"),
        Value::Array(rows) => Value::Array(rows.iter().take(1).map(small).collect()),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), small(value))).collect(),
    }
}

/// All keys that have a text somewhere.
fn keys(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk(value, &mut String::new(), &mut String::new(), &mut |_, shape, value| {
        let key = shape.rsplit('/').next().unwrap();
        if value.is_string() && key != "*" && !key.is_empty() {
            found.insert(key.to_owned());
        }
    });
    found
}

/// The first text under a key becomes very long; gives back what it was.
fn lengthen(value: &mut Value, wanted: &str) -> Option<Value> {
    replace(value, wanted, &json!("a long name ".repeat(LENGTH / 24)))
}

fn shorten(value: &mut Value, wanted: &str, former: Value) {
    replace(value, wanted, &former).unwrap();
}

/// Puts a text in the place of the first under a key.
fn replace(value: &mut Value, wanted: &str, new: &Value) -> Option<Value> {
    match value {
        Value::Array(rows) => rows.iter_mut().find_map(|row| replace(row, wanted, new)),
        Value::Object(fields) => fields.iter_mut().find_map(|(key, field)| {
            if key == wanted && field.is_string() {
                return Some(std::mem::replace(field, new.clone()));
            }
            replace(field, wanted, new)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}
