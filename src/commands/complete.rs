//! What can stand where somebody is typing.

use std::collections::BTreeSet;

use crate::{
    commands::{
        Kind, OptionSpec, Partial, Spec, View,
        line::{Word, words},
        parse::command_name,
        spec, specs,
        unsubscribe::ALL_WORDS,
    },
    domain::{Catalogue, Severity, Subscription, Topic},
};

/// As many as Discord shows; see PLATFORMS: 25 choices.
const MOST: usize = 25;

/// Something that can stand where somebody is typing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Completion {
    /// What is put in.
    pub insert: String,
    /// What is shown.
    pub label: String,
}

impl Completion {
    fn new(insert: impl Into<String>, label: impl Into<String>) -> Self {
        Self { insert: insert.into(), label: label.into() }
    }

    fn same(word: impl Into<String>) -> Self {
        let word = word.into();
        Self { label: word.clone(), insert: word }
    }
}

/// What can stand at the cursor (a place in `line`, in bytes), and from where on it takes the place of what is there.
#[must_use]
pub fn complete(
    line: &str,
    cursor: usize,
    catalogue: &Catalogue,
    subscriptions: &[Subscription],
) -> (usize, Vec<Completion>) {
    let typed = line.get(..cursor).unwrap_or(line);
    let mut before = words(typed);
    let is_within = typed.ends_with(|last: char| !last.is_whitespace());
    let current = if is_within { before.pop() } else { None };
    let current = current.unwrap_or(Word { text: String::new(), start: typed.len(), bare: usize::MAX });
    let mut before = before.into_iter();
    let Some(first) = before.next() else {
        return (current.start, commands(&current.text));
    };
    let Some(spec) = command_name(&first.text).and_then(|name| spec(&name)) else {
        return (current.start, Vec::new());
    };
    if let Some((name, value)) = current.named()
        && let Some(option) = option(spec, name)
    {
        return (current.start + name.len() + 1, completions(option.kind, value, catalogue, subscriptions));
    }
    at_position(spec, before.collect(), &current, catalogue, subscriptions)
}

/// What an option can be that somebody is typing; at most 25.
#[must_use]
pub fn suggest(partial: &Partial<'_>, view: &View<'_>) -> Vec<Completion> {
    let option = spec(partial.command).and_then(|spec| option(spec, partial.option));
    option.map_or_else(Vec::new, |option| completions(option.kind, partial.typed, view.catalogue, view.subscriptions))
}

/// What an option of this kind can be, given what was typed of it; at most 25.
fn completions(kind: Kind, typed: &str, catalogue: &Catalogue, subscriptions: &[Subscription]) -> Vec<Completion> {
    let typed = typed.trim().to_lowercase();
    let mut found = match kind {
        Kind::Service | Kind::Incident => services(&typed, catalogue),
        Kind::Topic => {
            let mut both = services(&typed, catalogue);
            both.extend(categories(&typed, catalogue));
            both
        }
        Kind::Search => categories(&typed, catalogue),
        Kind::Subscribed => subscribed(&typed, catalogue, subscriptions),
        Kind::Severity => starting(&typed, Severity::ALL.into_iter().map(Severity::word)),
        Kind::Command => starting(&typed, specs().iter().map(|spec| spec.name.as_str())),
        Kind::Text
        | Kind::Integer
        | Kind::Duration
        | Kind::Channel
        | Kind::Names
        | Kind::Mention
        | Kind::Mutable
        | Kind::Muted
        | Kind::Setting
        | Kind::Choice => Vec::new(),
    };
    found.truncate(MOST);
    found
}

fn commands(typed: &str) -> Vec<Completion> {
    match typed.strip_prefix('/') {
        Some(name) => {
            let name = name.to_lowercase();
            let fitting = specs().iter().filter(|spec| spec.name.starts_with(&name));
            fitting.map(|spec| Completion::same(format!("/{}", spec.name))).collect()
        }
        None if typed.is_empty() => specs().iter().map(|spec| Completion::same(format!("/{}", spec.name))).collect(),
        None => Vec::new(),
    }
}

/// The value of the option whose turn it is; names of further options where one of them may stand.
fn at_position(
    spec: &'static Spec,
    before: Vec<Word>,
    current: &Word,
    catalogue: &Catalogue,
    subscriptions: &[Subscription],
) -> (usize, Vec<Completion>) {
    let named: BTreeSet<String> = before.iter().filter_map(|word| Some(word.named()?.0.to_lowercase())).collect();
    let before: Vec<&Word> = before.iter().filter(|word| word.named().is_none()).collect();
    let mut open = spec.options.iter().filter(|option| !named.contains(&option.name));
    let Some(first) = open.next() else { return (current.start, Vec::new()) };
    // The first option may have blanks in it, so words before the cursor can be its beginning.
    let joined = before.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let is_given = !before.is_empty() && is_known(first.kind, &joined, catalogue);
    if !is_given {
        let start = before.first().map_or(current.start, |word| word.start);
        let typed = if joined.is_empty() { current.text.clone() } else { format!("{joined} {}", current.text) };
        let mut found = completions(first.kind, &typed, catalogue, subscriptions);
        if before.is_empty() && !current.text.is_empty() {
            found.extend(option_names(&current.text, open.filter(|option| !option.is_required)));
        }
        return (start, found);
    }
    let rest: Vec<&OptionSpec> = open.collect();
    let mut found =
        rest.first().map_or_else(Vec::new, |next| completions(next.kind, &current.text, catalogue, subscriptions));
    found.extend(option_names(&current.text, rest.into_iter()));
    (current.start, found)
}

/// Whether the words are all of an option's value.
fn is_known(kind: Kind, words: &str, catalogue: &Catalogue) -> bool {
    let is_category = || catalogue.categories().contains(&words.to_lowercase().as_str());
    match kind {
        Kind::Service | Kind::Incident => catalogue.by_word(words).is_some(),
        Kind::Topic | Kind::Search | Kind::Subscribed => catalogue.by_word(words).is_some() || is_category(),
        Kind::Integer | Kind::Severity | Kind::Channel | Kind::Command => true,
        Kind::Text
        | Kind::Duration
        | Kind::Names
        | Kind::Mention
        | Kind::Mutable
        | Kind::Muted
        | Kind::Setting
        | Kind::Choice => false,
    }
}

fn option_names<'a>(typed: &str, options: impl Iterator<Item = &'a OptionSpec>) -> Vec<Completion> {
    let typed = typed.to_lowercase();
    let fitting = options.filter(|option| option.name.starts_with(&typed));
    fitting.map(|option| Completion::same(format!("{}:", option.name))).collect()
}

fn option(spec: &'static Spec, name: &str) -> Option<&'static OptionSpec> {
    spec.options.iter().find(|option| option.name.eq_ignore_ascii_case(name))
}

/// Services by id, name or alias: those that begin so, else those of nearly that name.
fn services(typed: &str, catalogue: &Catalogue) -> Vec<Completion> {
    let begins = |word: &str| word.to_lowercase().starts_with(typed);
    let fitting: Vec<_> = catalogue
        .services()
        .filter(|service| {
            begins(service.id.as_str()) || begins(&service.name) || service.aliases.iter().any(|alias| begins(alias))
        })
        .collect();
    let fitting = if fitting.is_empty() { catalogue.near(typed, MOST) } else { fitting };
    fitting.into_iter().map(|service| Completion::new(service.id.as_str(), service.name.as_str())).collect()
}

fn categories(typed: &str, catalogue: &Catalogue) -> Vec<Completion> {
    starting(typed, catalogue.categories())
}

fn subscribed(typed: &str, catalogue: &Catalogue, subscriptions: &[Subscription]) -> Vec<Completion> {
    let mut found: Vec<Completion> = subscriptions
        .iter()
        .map(|one| match &one.topic {
            Topic::Service(id) => {
                let name = catalogue.by_id(id).map_or(id.as_str(), |service| service.name.as_str());
                Completion::new(id.as_str(), name)
            }
            Topic::Category(category) => Completion::same(category.as_str()),
        })
        .filter(|one| one.insert.starts_with(typed) || one.label.to_lowercase().starts_with(typed))
        .collect();
    if let Some(all) = ALL_WORDS.first().filter(|all| !subscriptions.is_empty() && all.starts_with(typed)) {
        found.push(Completion::same(*all));
    }
    found
}

fn starting<'a>(typed: &str, words: impl IntoIterator<Item = &'a str>) -> Vec<Completion> {
    words.into_iter().filter(|word| word.starts_with(typed)).map(Completion::same).collect()
}
