//! What ships the program: the Dockerfile, the compose file and the systemd unit say what is so, and the Dockerfile's steps
//! work.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|cause| panic!("{path}: {cause}"))
}

/// An instruction of the Dockerfile: its word and what stands behind it.
type Instruction = (String, String);

/// The instructions, stage by stage, each with lines that go on joined and without comments.
fn stages() -> Vec<Vec<Instruction>> {
    let file = text("Dockerfile");
    let lines = file.lines().filter(|line| !line.trim_start().starts_with('#')).map(str::trim);
    let mut stages: Vec<Vec<Instruction>> = Vec::new();
    let mut whole = String::new();
    for line in lines {
        let (part, goes_on) = line.strip_suffix('\\').map_or((line, false), |part| (part, true));
        whole.push_str(part.trim_end());
        whole.push(' ');
        if goes_on || whole.trim().is_empty() {
            continue;
        }
        let (word, rest) = whole.trim().split_once(' ').unwrap();
        if word == "FROM" {
            stages.push(Vec::new());
        }
        stages.last_mut().unwrap().push((word.to_owned(), rest.trim().to_owned()));
        whole.clear();
    }
    stages
}

fn all<'i>(stage: &'i [Instruction], word: &str) -> Vec<&'i str> {
    stage.iter().filter(|(own, _)| own == word).map(|(_, rest)| rest.as_str()).collect()
}

/// What a `COPY` takes, and where to; what it takes from another stage is none of the context's.
fn copied(rest: &str) -> (Vec<String>, String) {
    let mut words: Vec<String> =
        rest.split_whitespace().filter(|word| !word.starts_with("--")).map(str::to_owned).collect();
    let to = words.pop().unwrap();
    (words, to)
}

#[test]
fn what_the_image_is_built_from_is_there_and_all_of_it() {
    let stages = stages();
    let ignored = text(".dockerignore");
    let mut sources = BTreeSet::new();
    for copy in all(&stages[0], "COPY") {
        for source in copied(copy).0 {
            assert!(root().join(&source).exists(), "{source} is copied and not there");
            assert!(!ignored.lines().any(|line| line == source), "{source} is copied and ignored");
            sources.insert(source);
        }
    }
    // Everything that is compiled in comes from below these.
    assert_eq!(
        sources.iter().map(String::as_str).collect::<Vec<_>>(),
        ["Cargo.lock", "Cargo.toml", "build.rs", "commands", "config", "src"]
    );
    // Cargo wants a file for every target that the manifest names.
    let (first, manifest) = (all(&stages[0], "RUN")[0].to_owned(), text("Cargo.toml"));
    let mut kind = "";
    for line in manifest.lines() {
        kind = match line {
            "[[bench]]" => "benches",
            "[[test]]" => "tests",
            line if line.starts_with('[') => "",
            _ => kind,
        };
        if let Some(name) = line.strip_prefix("name = \"").filter(|_| !kind.is_empty()) {
            let name = name.trim_end_matches('"');
            let is_file = root().join(kind).join(format!("{name}.rs")).exists();
            let place = if is_file { format!("{kind}/{name}") } else { format!("{kind}/{name}/main") };
            assert!(first.contains(&format!(" {place} ")) || first.contains(&format!(" {place};")), "{place}: {first}");
        }
    }
}

#[test]
fn it_is_built_as_the_readme_says_with_the_toolchain_that_the_manifest_names() {
    let (stages, readme) = (stages(), text("README.md"));
    let build = readme.lines().find(|line| line.starts_with("cargo build")).unwrap();
    assert!(all(&stages[0], "RUN").iter().all(|run| run.contains(build)), "{build}");
    let manifest = text("Cargo.toml");
    let version = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap().trim_matches('"');
    assert!(all(&stages[0], "FROM")[0].starts_with(&format!("rust:{version}-")), "{version}");
    assert!(readme.contains(&format!("Rust toolchain ({version} or newer)")), "{version}");
}

#[test]
fn the_image_runs_as_nobody_keeps_its_data_in_the_volume_and_asks_itself_how_it_is() {
    let stages = stages();
    let last = stages.last().unwrap();
    let user = all(last, "USER")[0];
    assert!(user.split(':').all(|id| id.parse::<u32>().unwrap() > 0), "{user}");
    let volume = all(last, "VOLUME")[0];
    assert!(all(last, "ENV").contains(&&*format!("FOGHORN_STORE__PATH={volume}")));
    let copies = all(last, "COPY");
    assert!(copies.iter().any(|copy| copy.contains(&format!("--chown={user} ")) && copied(copy).1 == volume));
    let program = copied(copies[0]).1;
    assert_eq!(all(last, "ENTRYPOINT"), [format!("[\"{program}\"]")]);
    assert!(all(last, "HEALTHCHECK")[0].ends_with(&format!("CMD [\"{program}\", \"health\"]")));
    assert!(all(last, "LABEL")[0].contains("org.opencontainers.image.licenses=\"MIT OR Apache-2.0\""));
}

/// The keys of the default configuration, as `SECTION__KEY`.
fn keys() -> BTreeSet<String> {
    let (mut section, mut keys) = (String::new(), BTreeSet::new());
    for line in text("config/foghorn.toml").lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name.to_uppercase();
        } else if let Some((key, _)) = line.split_once(" = ").filter(|(key, _)| !key.starts_with(['#', ' '])) {
            keys.insert(format!("{section}__{}", key.to_uppercase()));
        }
    }
    keys
}

#[test]
fn what_is_set_beside_the_program_is_a_setting_that_there_is() {
    let keys = keys();
    assert!(keys.contains("STORE__PATH") && keys.contains("HTTP__LISTEN"), "{keys:?}");
    for file in ["Dockerfile", "config/deploy/compose.yaml", "config/deploy/foghorn.service"] {
        let text = text(file);
        let named: Vec<&str> = text
            .split(|character: char| !(character.is_ascii_uppercase() || character == '_'))
            .filter_map(|word| word.strip_prefix("FOGHORN_"))
            .filter(|word| !["COMMIT", "CONFIG"].contains(word))
            .collect();
        assert!(!named.is_empty(), "{file}");
        for name in named {
            assert!(keys.contains(name), "{file} sets {name}, which is no setting");
        }
    }
}

#[test]
fn tokens_come_from_files_that_only_the_bot_reads() {
    let (compose, unit) = (text("config/deploy/compose.yaml"), text("config/deploy/foghorn.service"));
    for file in [&compose, &unit] {
        assert!(!file.contains("DISCORD_TOKEN=") && !file.contains("DISCORD_TOKEN:"), "{file}");
    }
    assert!(compose.contains("FOGHORN_DISCORD__TOKEN_FILE: /run/secrets/discord_token\n"));
    assert!(compose.contains("    file: ./discord_token\n") && text(".gitignore").contains("/config/deploy/*_token"));
    assert!(compose.contains("read_only: true\n") && compose.contains("cap_drop: [ALL]\n"));
    assert!(unit.contains("LoadCredential=discord_token:") && unit.contains("TOKEN_FILE=%d/discord_token\n"));
    for line in ["DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "StateDirectory=foghorn"] {
        assert!(unit.lines().any(|own| own == line), "{line}");
    }
}

/// Copies a file, or a directory with all that is in it.
fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}

/// Runs the steps of the build stage in a directory with nothing else in it. What cargo builds is kept in `target/dockerfile`,
/// so that only the first time takes long.
#[test]
#[ignore = "builds the release twice over: cargo test --test packaging -- --ignored"]
fn the_steps_of_the_dockerfile_make_a_program_that_runs() {
    let stages = stages();
    let clean = tempfile::tempdir().unwrap();
    let target = root().join("target/dockerfile");
    for (word, rest) in &stages[0] {
        match word.as_str() {
            "COPY" => {
                let (sources, to) = copied(rest);
                for source in sources {
                    let name = if to.ends_with('/') { &source } else { &to };
                    copy(&root().join(&source), &clean.path().join(name));
                }
            }
            "RUN" => {
                let ran = Command::new("sh")
                    .args(["-ec", rest])
                    .current_dir(clean.path())
                    .env("CARGO_TARGET_DIR", &target)
                    .env("COMMIT", "0123abc")
                    .status()
                    .unwrap();
                assert!(ran.success(), "{rest}");
            }
            "FROM" | "WORKDIR" | "ARG" => {}
            other => panic!("what does {other} do here?"),
        }
    }
    let made = |path: &str| -> PathBuf {
        let path = path.strip_prefix("/src/").unwrap();
        path.strip_prefix("target/").map_or_else(|| clean.path().join(path), |path| target.join(path))
    };
    for copy in all(stages.last().unwrap(), "COPY") {
        let path = made(&copied(copy).0[0]);
        assert!(path.exists(), "{} was not made", path.display());
    }
    let program = made(&copied(all(stages.last().unwrap(), "COPY")[0]).0[0]);
    let version = Command::new(program).arg("--version").output().unwrap();
    let expected = format!("foghorn {} (0123abc)\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(String::from_utf8_lossy(&version.stdout), expected);
}
