//! Documents as broken as they come: whatever it is, it is read or refused. How much that takes is shown in `tests/fuzz`.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    parse, parse_together,
    tests::{DOCUMENTS, FIXTURES, check_promises, fixture},
};
use crate::{domain::SourceKind, feeds::find_kind};

/// Reads a body as every kind that there is.
fn read_as_all(body: &[u8]) {
    for kind in DOCUMENTS {
        if let Ok(observation) = parse(kind, body, None, &[]) {
            check_promises(&observation);
        }
    }
    assert!(find_kind(body, None).is_none_or(|kind| DOCUMENTS.contains(&kind)));
}

fn is_json(body: &[u8]) -> bool {
    body.starts_with(b"{") || body.starts_with(b"[")
}

/// Every value of a document, counted from its root.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(count).sum::<usize>(),
        Value::Object(object) => object.values().map(count).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// Puts another value in the place that is so far from the root.
fn swap(value: &mut Value, place: &mut usize, new: &Value) {
    if *place == 0 {
        *value = new.clone();
    }
    // Counts on below what was put in its place, so that nothing else changes.
    *place = place.wrapping_sub(1);
    match value {
        Value::Array(list) => list.iter_mut().for_each(|inner| swap(inner, place, new)),
        Value::Object(object) => object.values_mut().for_each(|inner| swap(inner, place, new)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Values of every type, harmless and not.
fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(json!("9999-12-31T23:59:59Z")),
        Just(json!("0001-01-01 00:00:00 +0000 UTC")),
        Just(json!(["x", null, {"id": 1, "name": []}])),
        Just(json!({"id": {"id": 1}, "value": -1, "status": "operational"})),
    ]
}

fn nested(depth: usize, open: &str, inner: &str, close: &str) -> Vec<u8> {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth)).into_bytes()
}

#[test]
fn what_nests_too_deep_is_refused_and_no_stack_overflows() {
    for depth in [100, 200, 20_000] {
        for (open, inner, close) in [
            ("[", "", "]"),
            ("{\"page\":", "1", "}"),
            ("{\"components\":[", "", "]}"),
            ("{\"status_page\":{\"name\":\"x\"},\"services\":[{\"name\":\"x\",\"children\":[", "", "]}]}"),
            ("{\"name\":\"x\",\"isParent\":true,\"children\":[", "", "]}"),
            ("{\"attributes\":", "{}", "}"),
            ("{\"heartbeatList\":{\"1\":", "[]", "}}"),
            ("<a>", "", "</a>"),
            ("<rss><channel><item>", "", "</item></channel></rss>"),
        ] {
            read_as_all(&nested(depth, open, inner, close));
        }
    }
    // Children as deep as JSON allows are read.
    let tree = nested(60, "{\"name\":\"x\",\"children\":[", "", "]}");
    let tree = String::from_utf8(tree).unwrap();
    for (kind, text) in [
        (SourceKind::Statuspal, format!(r#"{{"status_page": {{"name": "x"}}, "services": [{tree}]}}"#)),
        (SourceKind::Instatus, format!(r#"{{"page": {{"status": "UP"}}, "components": [{tree}]}}"#)),
    ] {
        assert_eq!(parse(kind, text.as_bytes(), None, &[]).unwrap().components.len(), 60, "{kind:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn swapped_types_are_survived(
        which in any::<prop::sample::Index>(),
        swaps in proptest::collection::vec((any::<prop::sample::Index>(), any_value()), 1..5),
    ) {
        let documents: Vec<_> = FIXTURES.into_iter().filter(|(_, _, body)| is_json(body)).collect();
        let (_, _, body) = documents[which.index(documents.len())];
        let mut document: Value = serde_json::from_slice(body).unwrap();
        for (place, new) in swaps {
            let mut place = place.index(count(&document));
            swap(&mut document, &mut place, &new);
        }
        read_as_all(document.to_string().as_bytes());
    }

    #[test]
    fn a_row_of_another_type_costs_no_more_than_itself(which in any::<prop::sample::Index>(), new in any_value()) {
        let (name, path) = *[
            ("instatus/components.json", "/components"),
            ("betterstack/index.json", "/included"),
            ("statuspal/summary.json", "/services"),
            ("cachet/components.json", "/data"),
            ("cachet/incidents.json", "/data"),
            ("upptime/summary.json", ""),
            ("gatus/statuses.json", ""),
            ("cstate/index.json", "/systems"),
            ("uptime-kuma/page.json", "/incidents"),
        ]
        .get(which.index(9))
        .unwrap();
        let (kind, body) = fixture(name);
        let mut document: Value = serde_json::from_slice(body).unwrap();
        let before = parse(kind, body, None, &[]).unwrap();
        let rows = document.pointer_mut(path).and_then(Value::as_array_mut).unwrap();
        rows.push(if new.is_object() { json!({"unheard": new}) } else { new });
        let after = parse(kind, document.to_string().as_bytes(), None, &[]).unwrap();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn flipped_bytes_are_survived(
        which in 0..FIXTURES.len(),
        flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        end in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut body = FIXTURES[which].2.to_vec();
        for (place, byte) in flips {
            let place = place.index(body.len());
            body[place] = byte;
        }
        if is_cut {
            body.truncate(end.index(body.len()));
        }
        read_as_all(&body);
    }

    #[test]
    fn any_documents_together_are_survived(
        which in proptest::collection::vec(0..FIXTURES.len(), 1..5),
    ) {
        let bodies: Vec<(&[u8], Option<&str>)> = which.iter().map(|which| (FIXTURES[*which].2, None)).collect();
        for kind in DOCUMENTS {
            if let Ok(observation) = parse_together(kind, &bodies, &[]) {
                check_promises(&observation);
            }
        }
    }
}
