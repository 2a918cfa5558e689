//! What an option can be, given what was typed of it.

use std::sync::Arc;

use crate::{
    commands::{
        Kind, Length, View,
        components::{Known, digest},
        digests, length, mute, mutes, parse,
        settings::Setting,
        specs,
        unsubscribe::ALL_WORDS,
        zones,
    },
    domain::{IncidentId, Locale, Platform, Service, Severity, Sources, Topic, shorten},
    text::{Text, duration, plain, title},
};

/// As many as Discord shows; see PLATFORMS: 25 choices.
pub(super) const MOST: usize = 25;

/// The longest label and the longest value of a choice, in characters; see PLATFORMS: Discord, autocomplete.
const LONGEST: usize = 100;

/// Something that can stand where somebody is typing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Completion {
    /// What is put in.
    pub insert: String,
    /// What is shown.
    pub label: String,
}

impl Completion {
    pub(super) fn new(insert: impl Into<String>, label: &str) -> Self {
        Self { insert: insert.into(), label: shorten(label, LONGEST) }
    }

    pub(super) fn same(word: impl Into<String>) -> Self {
        let word = word.into();
        Self { label: shorten(&word, LONGEST), insert: word }
    }
}

/// What an option of this kind can be; at most [`MOST`]. `given` are the command's other options.
pub(super) fn choices(kind: Kind, typed: &str, given: &[(String, String)], view: &View<'_>) -> Vec<Completion> {
    let whole = typed;
    let typed = typed.trim().to_lowercase();
    let mut found = match kind {
        Kind::Service => services(&typed, view),
        Kind::Incident => [incidents(&typed, view), services(&typed, view)].concat(),
        Kind::Topic => [services(&typed, view), categories(&typed, view)].concat(),
        Kind::Search => categories(&typed, view),
        Kind::Subscribed => subscribed(&typed, view),
        Kind::Watched => watched(&typed, view),
        Kind::Severity => severities(&typed, view),
        Kind::Command => commands(&typed),
        Kind::Names => components(whole, given, view),
        Kind::Regions => regions(whole, given, view),
        Kind::Switch => switches(&typed, view),
        Kind::Sources => sources(&typed, view),
        Kind::Duration => lengths(&typed, view),
        Kind::Mutable => mutable(&typed, view),
        Kind::Muted => muted(&typed, view),
        Kind::Setting => settings(&typed, view),
        Kind::Choice => setting_choices(&typed, given, view),
        Kind::Text | Kind::Integer | Kind::Channel | Kind::Mention | Kind::Address => Vec::new(),
    };
    found.retain(|one| !one.insert.is_empty() && one.insert.chars().count() <= LONGEST);
    found.truncate(MOST);
    found
}

/// Services by id, name or alias: those that begin so, else those of nearly that name.
fn services(typed: &str, view: &View<'_>) -> Vec<Completion> {
    let begins = |word: &str| word.to_lowercase().starts_with(typed);
    let fitting: Vec<_> = view
        .catalogue
        .services()
        .filter(|service| {
            begins(service.id.as_str()) || begins(&service.name) || service.aliases.iter().any(|alias| begins(alias))
        })
        .collect();
    let fitting = if fitting.is_empty() { view.catalogue.near(typed, MOST) } else { fitting };
    fitting.into_iter().map(|service| Completion::new(service.id.as_str(), &service.name)).collect()
}

fn categories(typed: &str, view: &View<'_>) -> Vec<Completion> {
    starting(typed, view.catalogue.categories())
}

/// Open incidents, those of the chat's services first, by id, service or words of the title.
fn incidents(typed: &str, view: &View<'_>) -> Vec<Completion> {
    let locale = view.settings.locale;
    let is_ours = |service: &Service| view.subscriptions.iter().any(|one| one.topic.covers(service));
    let mut services: Vec<&Arc<Service>> = view.catalogue.services().collect();
    services.sort_by_key(|service| !is_ours(service));
    let open = services.into_iter().filter_map(|service| (view.tracks)(&service.id)).flat_map(|track| {
        let label = |id: &IncidentId, title: &str| Completion::new(id.to_string(), &format!("{id} {title}"));
        let open = track.open_incidents().filter(|incident| !incident.is_notice());
        open.map(|incident| label(&incident.id, &title(locale, incident))).collect::<Vec<_>>()
    });
    open.filter(|one| one.label.to_lowercase().contains(typed)).take(MOST).collect()
}

fn subscribed(typed: &str, view: &View<'_>) -> Vec<Completion> {
    let mut found: Vec<Completion> = view
        .subscriptions
        .iter()
        .map(|one| match &one.topic {
            Topic::Service(id) => {
                let name = view.catalogue.by_id(id).map_or(id.as_str(), |service| service.name.as_str());
                Completion::new(id.as_str(), name)
            }
            Topic::Category(category) => Completion::same(category.as_str()),
        })
        .filter(|one| one.insert.starts_with(typed) || one.label.to_lowercase().starts_with(typed))
        .collect();
    if !view.subscriptions.is_empty() {
        found.truncate(MOST - 1);
        found.extend(all(typed, view));
    }
    found
}

/// The pages that the chat watches, by id, name or host.
fn watched(typed: &str, view: &View<'_>) -> Vec<Completion> {
    let begins = |service: &&Arc<Service>| {
        service.id.as_str().starts_with(typed)
            || service.name.to_lowercase().starts_with(typed)
            || service.aliases.iter().any(|alias| alias.starts_with(typed))
    };
    let fitting = view.catalogue.own().filter(begins);
    fitting.map(|service| Completion::new(service.id.as_str(), &service.name)).collect()
}

/// The word for everything, where what was typed can be its beginning.
fn all(typed: &str, view: &View<'_>) -> Option<Completion> {
    let all = ALL_WORDS.first().filter(|all| all.starts_with(typed))?;
    Some(Completion::new(*all, &plain(view.settings.locale, &Text::Everything)))
}

fn severities(typed: &str, view: &View<'_>) -> Vec<Completion> {
    let fitting = |severity: Severity| {
        let label = plain(view.settings.locale, &Text::FilterSeverity { severity: severity.word() });
        let fits = severity.word().starts_with(typed) || label.to_lowercase().starts_with(typed);
        fits.then(|| Completion::new(severity.word(), &label))
    };
    Severity::ALL.into_iter().filter_map(fitting).collect()
}

fn switches(typed: &str, view: &View<'_>) -> Vec<Completion> {
    let fitting = |word: &'static str| {
        let label = plain(view.settings.locale, &Text::SwitchWord { state: word });
        let fits = word.starts_with(typed) || label.to_lowercase().starts_with(typed);
        fits.then(|| Completion::new(word, &label))
    };
    parse::SWITCH.into_iter().filter_map(fitting).collect()
}

fn sources(typed: &str, view: &View<'_>) -> Vec<Completion> {
    let fitting = |sources: Sources| {
        let label = plain(view.settings.locale, &Text::FilterSources { sources: sources.word() });
        let fits = sources.word().starts_with(typed) || label.to_lowercase().starts_with(typed);
        fits.then(|| Completion::new(sources.word(), &label))
    };
    Sources::ALL.into_iter().filter_map(fitting).collect()
}

fn commands(typed: &str) -> Vec<Completion> {
    let typed = typed.trim_start_matches('/');
    // What exists on one platform only would be refused on the others.
    let everywhere = specs().iter().filter(|spec| spec.platforms.len() == Platform::ALL.len());
    starting(typed, everywhere.map(|spec| spec.name.as_str()))
}

/// Components of the service or category that was given; of several names the last one is completed.
fn components(typed: &str, given: &[(String, String)], view: &View<'_>) -> Vec<Completion> {
    given
        .iter()
        .find_map(|(_, value)| topic(value, view))
        .map_or_else(Vec::new, |topic| listed(typed, &Known::of(&topic, view)))
}

/// Regions of the service or category that was given; of several names the last one is completed.
fn regions(typed: &str, given: &[(String, String)], view: &View<'_>) -> Vec<Completion> {
    let topic = given.iter().find_map(|(_, value)| topic(value, view));
    topic.map_or_else(Vec::new, |topic| listed(typed, &Known::regions_of(&topic, view)))
}

/// Known names, the last of several completed.
fn listed(typed: &str, known: &Known) -> Vec<Completion> {
    let (before, last) = typed.rsplit_once([',', ';']).map_or(("", typed), |(before, last)| (before, last));
    let last = last.trim().to_lowercase();
    let before: Vec<&str> = before.split([',', ';']).map(str::trim).filter(|name| !name.is_empty()).collect();
    let is_new = |name: &&String| {
        let lowercase = name.to_lowercase();
        let digest = digest(name);
        !before.iter().any(|named| named.to_lowercase() == lowercase || *named == digest)
    };
    let mut fitting: Vec<&String> =
        known.names.iter().filter(|name| name.to_lowercase().contains(&last)).filter(is_new).collect();
    fitting.sort_by_key(|name| !name.to_lowercase().starts_with(&last));
    let near = if fitting.is_empty() { known.near(&last, MOST) } else { Vec::new() };
    let completed = |name: &String| {
        let with = |name: &str| before.iter().copied().chain([name]).collect::<Vec<_>>().join(", ");
        // A comma parts names, so a name that has one is put in by its digest; so is what would be too long.
        let (label, mut insert) = (with(name), with(name));
        if name.contains([',', ';']) || insert.chars().count() > LONGEST {
            insert = with(&digest(name));
        }
        Completion::new(insert, &label)
    };
    fitting.into_iter().chain(near.iter().filter(is_new)).take(MOST).map(completed).collect()
}

fn topic(word: &str, view: &View<'_>) -> Option<Topic> {
    let wanted = word.trim().to_lowercase();
    let service = view.catalogue.by_word(&wanted).map(|service| Topic::Service(service.id.clone()));
    service.or_else(|| view.catalogue.categories().contains(&wanted.as_str()).then_some(Topic::Category(wanted)))
}

/// Lengths that begin with what was typed; a bare number is offered in every unit.
fn lengths(typed: &str, view: &View<'_>) -> Vec<Completion> {
    let locale = view.settings.locale;
    let said = |word: String| match length::parse(&word)? {
        Length::For(length) => Some(Completion::new(word, &duration(locale, length))),
        Length::Until(_) | Length::UntilDay(..) => Some(Completion::same(word)),
    };
    let is_number = !typed.is_empty() && typed.len() <= 5 && typed.bytes().all(|byte| byte.is_ascii_digit());
    let mut words: Vec<String> = Vec::new();
    if length::parse(typed).is_some() {
        words.push(typed.to_owned());
    }
    words.extend(mute::OFFERED.map(length::word).into_iter().filter(|word| word.starts_with(typed)));
    if is_number {
        words.extend(["h", "d", "m"].map(|unit| format!("{typed}{unit}")));
    }
    words.extend(Some(plain(locale, &Text::UntilExample)).filter(|until| until.starts_with(typed)));
    let mut found: Vec<Completion> = Vec::new();
    for one in words.into_iter().filter_map(said) {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

/// Everything, what is going on, the chat's services, and then all others.
fn mutable(typed: &str, view: &View<'_>) -> Vec<Completion> {
    let mut found: Vec<Completion> = all(typed, view).into_iter().chain(incidents(typed, view)).collect();
    let mut services = services(typed, view);
    let ours: Vec<&str> = view.subscribed_services().into_iter().map(|service| service.id.as_str()).collect();
    services.sort_by_key(|one| !ours.contains(&one.insert.as_str()));
    found.extend(services);
    found
}

fn muted(typed: &str, view: &View<'_>) -> Vec<Completion> {
    let mut found: Vec<Completion> = mutes::active(view)
        .map(|mute| Completion::new(mutes::word(&mute.muted), &mutes::name(&mute.muted, view)))
        .filter(|one| one.insert.starts_with(typed) || one.label.to_lowercase().starts_with(typed))
        .collect();
    let all = all(typed, view).filter(|all| !found.is_empty() && found.iter().all(|one| one.insert != all.insert));
    found.truncate(MOST - 1);
    found.extend(all);
    found
}

fn settings(typed: &str, view: &View<'_>) -> Vec<Completion> {
    let fitting = |setting: Setting| {
        let name = setting.name(view.settings.locale);
        let fits = setting.word().starts_with(typed) || name.to_lowercase().starts_with(typed);
        fits.then(|| Completion::new(setting.word(), &name))
    };
    Setting::ALL.into_iter().filter_map(fitting).collect()
}

fn setting_choices(typed: &str, given: &[(String, String)], view: &View<'_>) -> Vec<Completion> {
    let locale = view.settings.locale;
    let Some(setting) = given.iter().find_map(|(_, value)| Setting::read(value)) else { return Vec::new() };
    if setting == Setting::Timezone {
        return zones::search(typed, MOST).into_iter().map(|zone| Completion::same(zone.name())).collect();
    }
    let fitting = |choice: &'static str| {
        let name = setting.choice_name(locale, choice);
        let in_english = || Locale::from_tag(choice).map_or("", Locale::english_name).to_lowercase();
        let fits = choice.to_lowercase().starts_with(typed)
            || name.to_lowercase().starts_with(typed)
            || setting == Setting::Language && in_english().starts_with(typed);
        fits.then(|| Completion::new(choice, &name))
    };
    let typed_one = digests::read(typed).filter(|_| setting == Setting::Digest);
    let other = typed_one.map(|digest| digests::word(Some(digest))).map(Completion::same);
    other.into_iter().chain(setting.choices().into_iter().filter_map(fitting)).collect()
}

fn starting<'a>(typed: &str, words: impl IntoIterator<Item = &'a str>) -> Vec<Completion> {
    words.into_iter().filter(|word| word.starts_with(typed)).map(Completion::same).collect()
}
