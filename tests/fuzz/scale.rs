//! Documents as long as one likes: the rows of a short one again and again, each with ids of its own.

use serde_json::Value;

/// A document with so many times the rows; what has no rows stays as it is.
pub fn longer(body: &[u8], times: usize) -> Vec<u8> {
    if let Ok(mut value) = serde_json::from_slice::<Value>(body) {
        repeat(&mut value, times);
        return value.to_string().into_bytes();
    }
    let text = String::from_utf8_lossy(body);
    for (open, close) in [("<item>", "</item>"), ("<item ", "</item>"), ("<entry>", "</entry>")] {
        if let (Some(first), Some(last)) = (text.find(open), text.rfind(close)) {
            let (head, rest) = text.split_at(first);
            let (rows, tail) = rest.split_at(last + close.len() - first);
            let rows = (0..times).map(|number| renamed(rows, number));
            return [head.to_owned()].into_iter().chain(rows).chain([tail.to_owned()]).collect::<String>().into_bytes();
        }
    }
    body.to_vec()
}

/// Guids and links that no other row has.
fn renamed(rows: &str, number: usize) -> String {
    ["</guid>", "</link>", "</id>", "</title>"]
        .iter()
        .fold(rows.to_owned(), |rows, end| rows.replace(end, &format!("-{number}{end}")))
}

/// Repeats the entries of the outermost lists.
fn repeat(value: &mut Value, times: usize) {
    match value {
        Value::Array(list) => {
            let once = std::mem::take(list);
            for number in 0..times {
                list.extend(once.iter().cloned().map(|mut row| {
                    rename(&mut row, "", number);
                    row
                }));
            }
        }
        Value::Object(object) => object.values_mut().for_each(|inner| repeat(inner, times)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Gives ids and names a number, the first time none.
fn rename(value: &mut Value, key: &str, number: usize) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|inner| rename(inner, key, number)),
        Value::Object(object) => object.iter_mut().for_each(|(key, inner)| rename(inner, key, number)),
        Value::String(text) if number > 0 => {
            let key = key.to_lowercase();
            let is_name = key.ends_with("id")
                || key.ends_with("name")
                || ["key", "slug", "permalink", "arn", "fingerprint", "uri"].contains(&key.as_str());
            if is_name {
                text.push_str(&format!("-{number}"));
            }
        }
        Value::Number(_) if number > 0 && key.to_lowercase().ends_with("id") => {
            *value =
                Value::from(value.as_u64().unwrap_or_default() + 100_000 * u64::try_from(number).unwrap_or_default());
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
