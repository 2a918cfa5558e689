//! The rules of the house that a program can check: who may name whom, and where I/O and the clock are absent.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Module → modules it may name. A module may always name itself.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("clock", &[]),
    ("http", &[]),
    ("metrics", &["domain"]),
    ("telemetry", &[]),
    ("text", &["domain"]),
    ("detect", &["domain"]),
    ("store", &["domain"]),
    ("config", &["domain"]),
    ("commands", &["domain", "text"]),
    ("feeds", &["domain", "http"]),
    ("chat", &["domain", "text", "commands", "http"]),
    ("dispatch", &["domain", "store", "chat", "clock", "metrics"]),
    (
        "app",
        &[
            "domain",
            "clock",
            "http",
            "metrics",
            "telemetry",
            "text",
            "detect",
            "store",
            "config",
            "commands",
            "feeds",
            "chat",
            "dispatch",
        ],
    ),
    ("main", &["app", "config", "telemetry"]),
];

/// Words that mean I/O, a clock, concurrency or chance.
const IMPURE: &[&str] = &[
    "async fn",
    ".await",
    "tokio::",
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "reqwest",
    "Instant::now",
    "SystemTime",
    "Utc::now",
    "Local::now",
    "fastrand",
    "rand::",
];

/// Files and folders where none of [`IMPURE`] may stand.
const PURE: &[&str] = &[
    "domain",
    "text",
    "detect",
    "commands",
    "feeds",
    "dispatch/plan.rs",
    "dispatch/pace.rs",
    "dispatch/backoff.rs",
    "chat/message",
    "chat/console/render.rs",
    "chat/discord/buckets.rs",
    "chat/discord/errors.rs",
    "chat/discord/interaction.rs",
    "chat/discord/known.rs",
    "chat/discord/limits.rs",
    "chat/discord/markup.rs",
    "chat/discord/place.rs",
    "chat/discord/registration.rs",
    "chat/discord/render.rs",
    "chat/telegram/render.rs",
    "chat/telegram/menu.rs",
    "chat/telegram/update.rs",
    "chat/telegram/errors.rs",
];

/// The edges within them, which read what the others understand.
const EDGES: &[&str] =
    &["feeds/mod.rs", "feeds/discover/mod.rs", "feeds/pages.rs", "feeds/source.rs", "feeds/probe.rs"];

fn sources() -> Vec<(String, String)> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    files
        .iter()
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            (name, production_code(&fs::read_to_string(path).unwrap()))
        })
        .filter(|(name, _)| name != "lib.rs" && !name.ends_with("tests.rs") && !name.contains("/tests/"))
        .collect()
}

/// The file without comments and without the tests at its end.
fn production_code(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
    let lines = code.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code));
    lines.collect::<Vec<_>>().join("\n")
}

/// The first segments of every path that begins with `root`, also in grouped imports such as `crate::{chat::Chat, text}`.
fn named_modules(code: &str, root: &str) -> Vec<String> {
    let mut named = Vec::new();
    for (start, _) in code.match_indices(root) {
        let rest = &code[start + root.len()..];
        match rest.strip_prefix('{') {
            Some(group) => named.extend(members(group).iter().map(|member| first_segment(member))),
            None => named.push(first_segment(rest)),
        }
    }
    named.retain(|name| !name.is_empty());
    named
}

/// The members of an import group, from behind its opening brace to its closing one.
fn members(group: &str) -> Vec<String> {
    let mut members = vec![String::new()];
    let mut depth = 1;
    for character in group.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        match (depth, character) {
            (0, _) => break,
            (1, ',') => members.push(String::new()),
            _ => members.last_mut().unwrap().push(character),
        }
    }
    members
}

fn first_segment(path: &str) -> String {
    path.trim().chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

#[test]
fn no_module_names_one_it_may_not() {
    let mut faults = Vec::new();
    for (file, code) in sources() {
        let module = file.split(['/', '.']).next().unwrap();
        let allowed = MAY_NAME.iter().find(|(name, _)| *name == module);
        let Some((_, allowed)) = allowed else {
            faults.push(format!("{file}: the module `{module}` is not in the table"));
            continue;
        };
        // The library calls itself `crate`, the program around it calls it by name.
        let root = if file == "main.rs" { "foghorn::" } else { "crate::" };
        for named in named_modules(&code, root) {
            if named != module && !allowed.contains(&named.as_str()) {
                faults.push(format!("{file}: names `{named}`"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn no_adapter_names_another() {
    let mut faults = Vec::new();
    for (file, code) in sources() {
        let Some(own) = file.strip_prefix("chat/").and_then(|rest| rest.split_once('/')).map(|(own, _)| own) else {
            continue;
        };
        for other in ["console", "discord", "telegram"].into_iter().filter(|other| *other != own) {
            if code.contains(&format!("chat::{other}")) || code.contains(&format!("super::{other}")) {
                faults.push(format!("{file}: names the adapter `{other}`"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn dispatch_knows_the_platform_trait_and_no_platform() {
    for (file, code) in sources().into_iter().filter(|(file, _)| file.starts_with("dispatch/")) {
        for adapter in ["chat::console", "chat::discord", "chat::telegram", "chat::message", "Console"] {
            assert!(!code.contains(adapter), "{file}: names {adapter}");
        }
    }
}

#[test]
fn the_core_does_no_input_or_output_and_knows_no_clock() {
    let mut faults = Vec::new();
    for (file, code) in sources() {
        let is_pure = PURE.iter().any(|pure| file == *pure || file.starts_with(&format!("{pure}/")));
        if is_pure && !EDGES.contains(&file.as_str()) {
            faults.extend(IMPURE.iter().filter(|word| code.contains(**word)).map(|word| format!("{file}: `{word}`")));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn domain_types_are_not_wire_types() {
    for (file, code) in sources().into_iter().filter(|(file, _)| file.starts_with("domain/")) {
        assert!(!code.contains("serde"), "{file}: names serde");
    }
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (file, _) in sources() {
        let text = fs::read_to_string(root.join(&file)).unwrap();
        assert!(text.starts_with("//! "), "{file}: has no module documentation at its top");
    }
}

#[test]
fn nothing_that_changes_is_static() {
    let mut faults = Vec::new();
    for (file, code) in sources() {
        let changes = |line: &&str| {
            line.contains("static ")
                && ["static mut", "Mutex<", "RwLock<", "Atomic", "RefCell<", "Cell<"]
                    .iter()
                    .any(|word| line.contains(word))
        };
        faults.extend(code.lines().filter(changes).map(|line| format!("{file}: {}", line.trim())));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
