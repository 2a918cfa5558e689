//! What can stand where somebody is typing: a line at the console, or one option where the platform tells them apart.

use std::collections::BTreeSet;

use crate::{
    commands::{
        Kind, OptionSpec, Partial, Spec, View,
        choices::{Completion, choices},
        length,
        line::{Word, words},
        mutes,
        parse::command_name,
        spec, specs,
    },
    domain::Platform,
};

/// What can stand at the cursor (a place in `line`, in bytes), and from where on it takes the place of what is there.
#[must_use]
pub fn complete(line: &str, cursor: usize, view: &View<'_>) -> (usize, Vec<Completion>) {
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
    let before: Vec<Word> = before.collect();
    if let Some((name, value)) = current.named()
        && let Some(option) = option(spec, name)
    {
        return (current.start + name.len() + 1, choices(option.kind, value, &given(&before), view));
    }
    at_position(spec, before, &current, view)
}

/// What an option can be that somebody is typing; at most 25.
#[must_use]
pub fn suggest(partial: &Partial<'_>, view: &View<'_>) -> Vec<Completion> {
    let option = spec(partial.command).and_then(|spec| option(spec, partial.option));
    option.map_or_else(Vec::new, |option| choices(option.kind, partial.typed, partial.given, view))
}

fn commands(typed: &str) -> Vec<Completion> {
    let name = match typed.strip_prefix('/') {
        Some(name) => name.to_lowercase(),
        None if typed.is_empty() => String::new(),
        None => return Vec::new(),
    };
    // Lines are typed at the console.
    let here = specs().iter().filter(|spec| spec.platforms.contains(&Platform::Console));
    let fitting = here.filter(|spec| spec.name.starts_with(&name));
    fitting.map(|spec| Completion::same(format!("/{}", spec.name))).collect()
}

/// What stands before the cursor, as far as one can tell before the line is read: each run of words is a value.
fn given(before: &[Word]) -> Vec<(String, String)> {
    let named = before.iter().filter_map(Word::named).map(|(name, value)| (name.to_owned(), value.to_owned()));
    let others: Vec<&str> =
        before.iter().filter(|word| word.named().is_none()).map(|word| word.text.as_str()).collect();
    let runs = (1..=others.len()).filter_map(|end| Some((String::new(), others.get(..end)?.join(" "))));
    named.chain(runs).collect()
}

/// The value of the option whose turn it is; names of further options where one of them may stand.
fn at_position(spec: &'static Spec, before: Vec<Word>, current: &Word, view: &View<'_>) -> (usize, Vec<Completion>) {
    let given = given(&before);
    let named: BTreeSet<String> = before.iter().filter_map(|word| Some(word.named()?.0.to_lowercase())).collect();
    let before: Vec<&Word> = before.iter().filter(|word| word.named().is_none()).collect();
    let mut open = spec.options.iter().filter(|option| !named.contains(&option.name));
    let Some(first) = open.next() else { return (current.start, Vec::new()) };
    // The first option may have blanks in it, so words before the cursor can be its beginning.
    let joined = before.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let is_given = !before.is_empty() && is_known(first.kind, &joined, view);
    if !is_given {
        let start = before.first().map_or(current.start, |word| word.start);
        let typed = if joined.is_empty() { current.text.clone() } else { format!("{joined} {}", current.text) };
        let mut found = choices(first.kind, &typed, &given, view);
        if before.is_empty() && !current.text.is_empty() {
            found.extend(option_names(&current.text, open.filter(|option| !option.is_required)));
        }
        return (start, found);
    }
    let rest: Vec<&OptionSpec> = open.collect();
    let next = rest.iter().find(|option| !option.kind.needs_name());
    let mut found = next.map_or_else(Vec::new, |next| choices(next.kind, &current.text, &given, view));
    found.extend(option_names(&current.text, rest.into_iter()));
    (current.start, found)
}

/// Whether the words are all of an option's value.
fn is_known(kind: Kind, words: &str, view: &View<'_>) -> bool {
    let is_category = || view.catalogue.categories().contains(&words.to_lowercase().as_str());
    match kind {
        Kind::Service | Kind::Incident => view.catalogue.by_word(words).is_some(),
        Kind::Topic if words.contains("://") => true,
        Kind::Topic | Kind::Search | Kind::Subscribed => view.catalogue.by_word(words).is_some() || is_category(),
        Kind::Watched => view.catalogue.by_word(words).is_some(),
        Kind::Mutable | Kind::Muted => mutes::read(words, view.catalogue).is_some(),
        Kind::Duration => length::parse(words).is_some(),
        Kind::Integer
        | Kind::Severity
        | Kind::Switch
        | Kind::Sources
        | Kind::Channel
        | Kind::Command
        | Kind::Setting
        | Kind::Address => true,
        Kind::Text | Kind::Names | Kind::Regions | Kind::Mention | Kind::Choice => false,
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
