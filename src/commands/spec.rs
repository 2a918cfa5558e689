//! How a command file declares a command. A file describes and never decides.
//!
//! ```toml
//! name       = "subscribe"            # [a-z][a-z0-9_]{0,31}, the same in every language
//! summary.en = "Hear about a service" # 1–100 characters, in every language
//! summary.de = "…"
//! permission = "manage"               # anyone | manage
//! where      = ["discord", "telegram", "console"]
//! example    = "/subscribe whatsapp"  # a line that works, shown when a line did not
//!
//! [[option]]                          # in the order they are typed; required ones first
//! name       = "topic"
//! kind       = "topic"                # see `Kind`
//! required   = true
//! summary.en = "…"
//! ```

use std::{collections::BTreeMap, fmt, ops::Range};

use serde::Deserialize;
use toml::Spanned;

use crate::domain::{Locale, Platform};

/// A command as its file declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// What is typed after the slash.
    pub name: String,
    /// What it does, in each language.
    pub summary: Summary,
    /// Who may use it.
    pub permission: Permission,
    /// On which platforms it exists.
    pub platforms: Vec<Platform>,
    /// A line that works.
    pub example: String,
    /// What can stand behind it, in the order it is typed.
    pub options: Vec<OptionSpec>,
}

/// One thing that can stand behind a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionSpec {
    /// Its name, for the form `name:value`.
    pub name: String,
    /// What it may be.
    pub kind: Kind,
    /// Whether the command needs it.
    pub is_required: bool,
    /// What it is, in each language.
    pub summary: Summary,
}

/// A sentence in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary(BTreeMap<Locale, String>);

impl Summary {
    /// The sentence in a language.
    #[must_use]
    pub fn say(&self, locale: Locale) -> &str {
        self.0.get(&locale).map_or("", String::as_str)
    }
}

/// Who may use a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Permission {
    /// Everybody.
    Anyone,
    /// People who may manage the chat.
    Manage,
}

/// What an option may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Any words.
    Text,
    /// A whole number from 1.
    Integer,
    /// A length of time such as `2h 30m`.
    Duration,
    /// A service by id, name or alias.
    Service,
    /// A channel, in the platform's own form.
    Channel,
    /// How bad: `degraded`, `partial_outage`, `major_outage`, or a word people use for one of them.
    Severity,
    /// A service or a category, or the address of a status page.
    Topic,
    /// One of the chat's subscriptions, or `all`.
    Subscribed,
    /// The address of a page, http or https.
    Address,
    /// One of the pages that the chat watches.
    Watched,
    /// Several names separated by commas.
    Names,
    /// Several names of regions separated by commas; always typed with its name.
    Regions,
    /// On or off; always typed with its name.
    Switch,
    /// Whose word is enough: `all` or `official`; always typed with its name.
    Sources,
    /// Who is called, in the platform's own form; begins with `@` or `<@` when it is typed without its name.
    Mention,
    /// A category or part of a service's name.
    Search,
    /// A service, or the id of an incident.
    Incident,
    /// The name of a command.
    Command,
    /// A service, the id of an incident, or `all`: what alerts can be silenced about.
    Mutable,
    /// One of the chat's mutes, or `all`.
    Muted,
    /// The name of a setting.
    Setting,
    /// What a setting can be; depends on the setting that is given before it.
    Choice,
}

impl Kind {
    /// Whether a value is only understood behind the option's name, as in `maintenance:off`.
    #[must_use]
    pub const fn needs_name(self) -> bool {
        matches!(self, Self::Regions | Self::Switch | Self::Sources)
    }
}

/// What is wrong in a command file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct SpecFault {
    /// The file's name.
    pub file: String,
    /// Where in it, from 1.
    pub line: usize,
    /// The key it is about; empty when the file cannot be read at all.
    pub key: String,
    /// What is wrong and what is expected.
    pub problem: String,
}

impl fmt::Display for SpecFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: ", self.file, self.line)?;
        if !self.key.is_empty() {
            write!(formatter, "`{}`: ", self.key)?;
        }
        formatter.write_str(&self.problem)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommandFile {
    name: Spanned<String>,
    summary: Spanned<BTreeMap<Spanned<String>, Spanned<String>>>,
    permission: Permission,
    #[serde(rename = "where")]
    platforms: Spanned<Vec<Spanned<String>>>,
    example: Spanned<String>,
    #[serde(default, rename = "option")]
    options: Vec<OptionTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionTable {
    name: Spanned<String>,
    kind: Kind,
    #[serde(default)]
    required: bool,
    summary: Spanned<BTreeMap<Spanned<String>, Spanned<String>>>,
}

/// Reads a command file.
///
/// # Errors
///
/// Every fault found in it.
pub fn parse(file: &str, text: &str) -> Result<Spec, Vec<SpecFault>> {
    let mut check = Check { file, text, faults: Vec::new() };
    let table: CommandFile = match toml::from_str(text) {
        Ok(table) => table,
        Err(error) => {
            check.fault(error.span().unwrap_or(0..0), "", error.message());
            return Err(check.faults);
        }
    };
    check.name("name", &table.name);
    let example = table.example.get_ref();
    if example.split_whitespace().next() != Some(&format!("/{}", table.name.get_ref())) {
        check.fault(
            table.example.span(),
            "example",
            format!("expected a line that begins with `/{}`", table.name.get_ref()),
        );
    }
    let mut platforms = Vec::new();
    for word in table.platforms.get_ref() {
        match Platform::from_word(word.get_ref()) {
            Some(platform) => platforms.push(platform),
            None => check.fault(
                word.span(),
                "where",
                format!("`{}` is no platform; expected discord, telegram or console", word.get_ref()),
            ),
        }
    }
    if table.platforms.get_ref().is_empty() {
        check.fault(table.platforms.span(), "where", "expected at least one of discord, telegram, console");
    }
    let summary = check.summary("summary", &table.summary);
    let mut options: Vec<OptionSpec> = Vec::new();
    for option in &table.options {
        check.name("option.name", &option.name);
        if options.iter().any(|earlier| earlier.name == *option.name.get_ref()) {
            check.fault(
                option.name.span(),
                "option.name",
                format!("there are two options `{}`", option.name.get_ref()),
            );
        }
        if option.required && options.iter().any(|earlier| !earlier.is_required) {
            check.fault(option.name.span(), "option.required", "a required option stands before the others");
        }
        options.push(OptionSpec {
            name: option.name.get_ref().clone(),
            kind: option.kind,
            is_required: option.required,
            summary: check.summary("option.summary", &option.summary),
        });
    }
    if !check.faults.is_empty() {
        return Err(check.faults);
    }
    Ok(Spec {
        name: table.name.into_inner(),
        summary,
        permission: table.permission,
        platforms,
        example: table.example.into_inner(),
        options,
    })
}

struct Check<'a> {
    file: &'a str,
    text: &'a str,
    faults: Vec<SpecFault>,
}

impl Check<'_> {
    fn fault(&mut self, at: Range<usize>, key: &str, problem: impl Into<String>) {
        let before = self.text.get(..at.start).unwrap_or_default();
        self.faults.push(SpecFault {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            key: key.to_owned(),
            problem: problem.into(),
        });
    }

    /// Names suit every platform: lowercase letters, digits and underscores, 32 at most.
    fn name(&mut self, key: &str, name: &Spanned<String>) {
        let text = name.get_ref();
        let fits = text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.len() <= 32
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !fits {
            self.fault(name.span(), key, format!("`{text}` is no name; expected [a-z][a-z0-9_]{{0,31}}"));
        }
    }

    fn summary(&mut self, key: &str, table: &Spanned<BTreeMap<Spanned<String>, Spanned<String>>>) -> Summary {
        let mut sentences = BTreeMap::new();
        for (tag, sentence) in table.get_ref() {
            let key = format!("{key}.{}", tag.get_ref());
            let Some(locale) = Locale::ALL.into_iter().find(|locale| locale.tag() == tag.get_ref()) else {
                self.fault(tag.span(), &key, "there are no texts in this language");
                continue;
            };
            // Discord takes 1–100 characters, see PLATFORMS: application command description.
            if !(1..=100).contains(&sentence.get_ref().chars().count()) {
                self.fault(sentence.span(), &key, "expected 1 to 100 characters");
            }
            sentences.insert(locale, sentence.get_ref().clone());
        }
        for locale in Locale::ALL.into_iter().filter(|locale| !sentences.contains_key(locale)) {
            self.fault(table.span(), &format!("{key}.{}", locale.tag()), "is missing");
        }
        Summary(sentences)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
name       = "mute"
summary    = { en = "Stop alerts", de = "Meldungen anhalten", OTHERS }
# in each language
permission = "manage"
where      = ["discord", "console"]
example    = "/mute whatsapp 2h"

[[option]]
name       = "service"
kind       = "service"
required   = true
summary    = { en = "Service to mute", de = "Welcher Dienst", OTHERS }
# in each language

[[option]]
name       = "for"
kind       = "duration"
summary    = { en = "How long", de = "Wie lange", OTHERS }
# in each language
"#;

    /// The file with something in the other languages too.
    fn whole(text: &str) -> String {
        let others = Locale::ALL.into_iter().filter(|locale| !matches!(locale, Locale::En | Locale::De));
        text.replace("OTHERS", &others.map(|locale| format!("{} = \"…\"", locale.tag())).collect::<Vec<_>>().join(", "))
    }

    fn faults(from: &str, to: &str) -> Vec<String> {
        assert!(GOOD.contains(from), "the file has no {from}");
        parse("mute.toml", &whole(&GOOD.replacen(from, to, 1))).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_command_file_is_read_whole() {
        let spec = parse("mute.toml", &whole(GOOD)).unwrap();
        assert_eq!(spec.name, "mute");
        assert_eq!(spec.permission, Permission::Manage);
        assert_eq!(spec.platforms, [Platform::Discord, Platform::Console]);
        assert_eq!(spec.summary.say(Locale::De), "Meldungen anhalten");
        assert_eq!(spec.options.len(), 2);
        assert_eq!(spec.options[1].kind, Kind::Duration);
        assert!(!spec.options[1].is_required);
    }

    #[test]
    fn a_fault_names_file_line_and_key() {
        assert_eq!(
            faults("\"mute\"", "\"Mute!\"")[0],
            "mute.toml:2: `name`: `Mute!` is no name; expected [a-z][a-z0-9_]{0,31}"
        );
        assert_eq!(faults("de = \"Meldungen anhalten\", ", ""), ["mute.toml:3: `summary.de`: is missing"]);
        assert_eq!(faults("\"Stop alerts\"", "\"\""), ["mute.toml:3: `summary.en`: expected 1 to 100 characters"]);
        assert_eq!(
            faults("\"console\"]", "\"irc\"]"),
            ["mute.toml:6: `where`: `irc` is no platform; expected discord, telegram or console"]
        );
        assert_eq!(
            faults("/mute whats", "/moot whats"),
            ["mute.toml:7: `example`: expected a line that begins with `/mute`"]
        );
        assert_eq!(faults("\"for\"", "\"service\""), ["mute.toml:17: `option.name`: there are two options `service`"]);
    }

    #[test]
    fn an_unknown_key_or_kind_is_a_fault_with_its_line() {
        assert!(
            faults("permission", "permision")[0].starts_with("mute.toml:5: "),
            "{:?}",
            faults("permission", "permision")
        );
        assert!(faults("\"duration\"", "\"time\"")[0].starts_with("mute.toml:18: "));
        assert!(faults("[[option]]", "[[option").iter().all(|fault| fault.starts_with("mute.toml:9: ")));
    }
}
