//! Breaking a document in random ways, near enough to the whole one that readers get far into it.

use fastrand::Rng;
use serde_json::{Value, json};

/// Bits of documents that readers look for, and what upsets them.
const PIECES: [&str; 44] = [
    "null",
    "true",
    "[]",
    "{}",
    "[{}]",
    "{\"id\":1}",
    "-1",
    "0",
    "1e400",
    "18446744073709551616",
    "\"\"",
    "\"operational\"",
    "\"major\"",
    "\"resolved\"",
    "\"investigating\"",
    "\"2026-06-01T10:00:00Z\"",
    "\"0001-01-01T00:00:00Z\"",
    "\"9999-12-31\"",
    "1760000000",
    "1760000000000",
    "<item>",
    "</item>",
    "<entry>",
    "</channel>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>",
    "&a;",
    "&lt;",
    "&#55296;",
    "<strong>Resolved</strong> - ",
    "<small>Feb 29, 24:61 UTC</small>",
    "\\ud83d",
    "\\u0000",
    "\u{FEFF}",
    "\u{202E}",
    "\0",
    "\r\n\r\n",
    "<script id=\"data\" type=\"application/json\">",
    "</script>",
    "<p>",
    "jsonCallback(",
];

/// A document made from others.
pub fn mutated(rng: &mut Rng, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut body = corpus[rng.usize(..corpus.len())].clone();
    if rng.u8(..) < 150
        && let Ok(mut value) = serde_json::from_slice::<Value>(&body)
    {
        for _ in 0..rng.usize(1..6) {
            replant(rng, &mut value, corpus);
        }
        body = value.to_string().into_bytes();
        if rng.bool() {
            return body;
        }
    }
    for _ in 0..rng.usize(1..6) {
        scratch(rng, &mut body, corpus);
    }
    // Whatever grows must not make a round long.
    body.truncate(256 * 1024);
    body
}

/// Puts something else in the place of one value, takes it away, or has it many times.
fn replant(rng: &mut Rng, root: &mut Value, corpus: &[Vec<u8>]) {
    let mut place = rng.usize(..count(root).max(1));
    let new = match rng.u8(..4) {
        0 => serde_json::from_str(PIECES[rng.usize(..20)]).unwrap_or(Value::Null),
        1 => json!(rng.i64(..)),
        2 => json!(std::iter::repeat_with(|| rng.char(..)).take(20).collect::<String>()),
        _ => {
            let other = serde_json::from_slice(&corpus[rng.usize(..corpus.len())]).unwrap_or(Value::Null);
            let place = rng.usize(..count(&other).max(1));
            nth(&other, place)
        }
    };
    let how = rng.u8(..4);
    let times = rng.usize(1..40);
    at(root, &mut place, &mut |value| match (how, &mut *value) {
        (0, Value::Array(list)) => {
            let again: Vec<Value> = list.iter().cycle().take(times * list.len().min(20)).cloned().collect();
            list.extend(again);
        }
        (0 | 1, Value::Object(object)) => {
            let key = object.keys().nth(times % object.len().max(1)).cloned().unwrap_or_default();
            if how == 0 {
                object.insert(key, new.clone());
            } else {
                object.remove(&key);
            }
        }
        (1, Value::Array(list)) => list.push(new.clone()),
        _ => *value = new.clone(),
    });
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(count).sum::<usize>(),
        Value::Object(object) => object.values().map(count).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

fn nth(value: &Value, place: usize) -> Value {
    let (mut value, mut place, mut found) = (value.clone(), place, Value::Null);
    at(&mut value, &mut place, &mut |value| found = value.clone());
    found
}

/// Does something to the value that is so far from the root.
fn at(value: &mut Value, place: &mut usize, act: &mut dyn FnMut(&mut Value)) -> bool {
    if *place == 0 {
        act(value);
        return true;
    }
    *place -= 1;
    match value {
        Value::Array(list) => list.iter_mut().any(|inner| at(inner, place, act)),
        Value::Object(object) => object.values_mut().any(|inner| at(inner, place, act)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Changes some bytes, whatever they mean.
fn scratch(rng: &mut Rng, body: &mut Vec<u8>, corpus: &[Vec<u8>]) {
    let place = rng.usize(..=body.len());
    let end = (place + rng.usize(..40)).min(body.len());
    match rng.u8(..7) {
        0 => body.truncate(place),
        1 => drop(body.drain(place..end)),
        2 => body[place..end].iter_mut().for_each(|byte| *byte = rng.u8(..)),
        3 => {
            let again = body[place..end].repeat(rng.usize(1..200));
            body.splice(place..place, again);
        }
        4 => {
            let other = &corpus[rng.usize(..corpus.len())];
            let from = rng.usize(..=other.len());
            let piece = other[from..(from + rng.usize(..200)).min(other.len())].to_vec();
            body.splice(place..end, piece);
        }
        5 => {
            if let Some(byte) = body.get_mut(place) {
                *byte ^= 1 << rng.u8(..8);
            }
        }
        _ => drop(body.splice(place..place, PIECES[rng.usize(..PIECES.len())].bytes())),
    }
}
