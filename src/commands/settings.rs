//! `/settings`: how the chat wants to be spoken to.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use crate::{
    commands::{
        Answer, Refusal, Request, View, digests,
        menu::{self, Choices},
        zones,
    },
    domain::{Change, ChatSettings, Locale, Sound, Span, Updates},
    text::{Draft, Text, plain, press, recognise, say},
};

/// Zones of nearly a name that are offered.
const OFFERED: usize = 3;

/// Something a chat can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// In which language.
    Language,
    /// In which time zone.
    Timezone,
    /// How what is new about an open incident arrives.
    Updates,
    /// Which messages make a sound.
    Sound,
    /// When it is told how things are.
    Digest,
}

impl Setting {
    /// Every setting.
    pub(super) const ALL: [Self; 5] = [Self::Language, Self::Timezone, Self::Updates, Self::Sound, Self::Digest];

    /// The word that is typed for it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Timezone => "timezone",
            Self::Updates => "updates",
            Self::Sound => "sound",
            Self::Digest => "digest",
        }
    }

    /// The setting that is called so, by its word or its name in any language.
    pub(super) fn read(typed: &str) -> Option<Self> {
        let word = typed.trim().to_lowercase();
        let by_name = || {
            let names = Self::ALL.map(|setting| Text::SettingName { setting: setting.word() });
            recognise(typed, &names).and_then(|place| Self::ALL.get(place).copied())
        };
        Self::ALL.into_iter().find(|setting| setting.word() == word).or_else(by_name)
    }

    /// What it is called.
    pub(super) fn name(self, locale: Locale) -> String {
        plain(locale, &Text::SettingName { setting: self.word() })
    }

    /// The words for what it can be; for a time zone and a digest those that many want.
    pub(super) fn choices(self) -> Vec<&'static str> {
        match self {
            Self::Language => Locale::ALL.map(Locale::tag).to_vec(),
            Self::Timezone => zones::COMMON.map(|zone| zone.name()).to_vec(),
            Self::Updates => Updates::ALL.map(Updates::word).to_vec(),
            Self::Sound => Sound::ALL.map(Sound::word).to_vec(),
            Self::Digest => digests::choices(),
        }
    }

    /// What one of its [`Setting::choices`] is called.
    pub(super) fn choice_name(self, locale: Locale, choice: &str) -> String {
        match self {
            Self::Language => {
                Locale::from_tag(choice).map_or_else(|| choice.to_owned(), |language| language.name().to_owned())
            }
            Self::Timezone => choice.to_owned(),
            Self::Updates | Self::Sound => plain(locale, &Text::ChoiceName { choice }),
            Self::Digest if digests::choices().contains(&choice) => plain(locale, &Text::ChoiceName { choice }),
            Self::Digest => choice.to_owned(),
        }
    }

    /// What it is now.
    pub(super) fn now(self, settings: &ChatSettings) -> Cow<'static, str> {
        match self {
            Self::Language => settings.locale.tag().into(),
            Self::Timezone => settings.timezone.name().into(),
            Self::Updates => settings.updates.word().into(),
            Self::Sound => settings.sound.word().into(),
            Self::Digest => digests::word(settings.digest).into(),
        }
    }

    /// The settings with this one as somebody typed it.
    fn changed(self, typed: &str, settings: ChatSettings) -> Result<ChatSettings, Refusal> {
        let typed = typed.trim();
        let bad = || Refusal::BadChoice { typed: typed.to_owned(), known: self.choices() };
        let word = || {
            let wanted = typed.to_lowercase();
            let choices = self.choices();
            let by_name = || {
                let names: Vec<Text<'_>> = choices.iter().map(|choice| Text::ChoiceName { choice }).collect();
                recognise(typed, &names).and_then(|place| choices.get(place).copied())
            };
            choices.iter().copied().find(|choice| *choice == wanted).or_else(by_name)
        };
        match self {
            Self::Language => {
                // In a chat that speaks German, "Englisch" is typed as likely as "English".
                let by_others = || (typed.to_lowercase() == "englisch").then_some(Locale::En);
                let locale = Locale::from_name(typed).or_else(by_others).ok_or_else(bad)?;
                Ok(ChatSettings { locale, ..settings })
            }
            Self::Timezone => {
                let unknown = || Refusal::UnknownZone { typed: typed.to_owned(), near: zones::near(typed, OFFERED) };
                Ok(ChatSettings { timezone: zones::read(typed).ok_or_else(unknown)?, ..settings })
            }
            Self::Updates => {
                let updates = word().and_then(Updates::from_word).ok_or_else(bad)?;
                Ok(ChatSettings { updates, ..settings })
            }
            Self::Sound => {
                let sound = word().and_then(Sound::from_word).ok_or_else(bad)?;
                Ok(ChatSettings { sound, ..settings })
            }
            Self::Digest => {
                let digest = match word() {
                    Some(digests::OFF) => None,
                    Some(choice) => digests::of_choice(choice),
                    None => Some(digests::read(typed).ok_or_else(|| Refusal::BadSchedule { typed: typed.to_owned() })?),
                };
                Ok(ChatSettings { digest, ..settings })
            }
        }
    }

    /// What it is now, in words.
    fn value(self, settings: &ChatSettings, now: DateTime<Utc>) -> Vec<Span> {
        let (locale, choice) = (settings.locale, self.now(settings));
        let choice = choice.as_ref();
        match self {
            Self::Language | Self::Timezone => vec![Span::Text(self.choice_name(locale, choice))],
            Self::Updates | Self::Sound => {
                let meaning = plain(locale, &Text::ChoiceMeaning { choice });
                say(locale, &Text::ChoiceLine { choice, meaning: &meaning })
            }
            Self::Digest => {
                let when = self.choice_name(locale, choice);
                match next_digest(settings, now) {
                    Some(next) => say(locale, &Text::DigestNext { when: &when, next }),
                    None => vec![Span::Text(when)],
                }
            }
        }
    }
}

/// When the chat's next digest comes, where it wants any.
fn next_digest(settings: &ChatSettings, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    settings.digest.and_then(|schedule| schedule.next_after(now, settings.timezone))
}

/// Shows all settings, the choices of one, or changes one.
///
/// # Errors
///
/// [`Refusal::UnknownSetting`], [`Refusal::BadChoice`], [`Refusal::BadSchedule`] and [`Refusal::UnknownZone`] for what there
/// is not, [`Refusal::Outdated`] for a button that is not understood any more.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let read = |typed: &str| {
        let known = || Setting::ALL.map(Setting::word).to_vec();
        Setting::read(typed).ok_or_else(|| Refusal::UnknownSetting { typed: typed.to_owned(), known: known() })
    };
    match request.menu().as_deref() {
        None => match (request.text("key"), request.text("value")) {
            (None, None) => Ok(show(view)),
            (None, Some(value)) => Err(Refusal::UnknownSetting {
                typed: value.to_owned(),
                known: Setting::ALL.map(Setting::word).to_vec(),
            }),
            (Some(key), None) => Ok(ask(read(key)?, 1, view)),
            (Some(key), Some(value)) => change(request, read(key)?, value, view),
        },
        Some([]) => Ok(show(view)),
        Some(["zones", page @ ..]) => Ok(ask(Setting::Timezone, menu::page(page), view)),
        Some(["languages", page @ ..]) => Ok(ask(Setting::Language, menu::page(page), view)),
        Some([key]) => Ok(ask(read(key)?, 1, view)),
        Some([key, value @ ..]) => change(request, read(key)?, &value.join(" "), view),
    }
}

/// A line for each setting.
pub(super) fn lines(settings: &ChatSettings, now: DateTime<Utc>, draft: &mut Draft) {
    for setting in Setting::ALL {
        draft.field(&Text::SettingName { setting: setting.word() }, setting.value(settings, now));
    }
}

fn show(view: &View<'_>) -> Answer {
    let mut draft = Draft::new(view.settings.locale);
    draft.title(&Text::SettingsTitle);
    overview(&view.settings, view.now, &mut draft);
    Answer::aside(draft.finish())
}

/// All settings, and a button to change each.
fn overview(settings: &ChatSettings, now: DateTime<Utc>, draft: &mut Draft) {
    lines(settings, now, draft);
    draft.footer(&Text::SettingsFooter { command: "/settings timezone Europe/Vienna" });
    let button = |setting: Setting| press(&setting.name(settings.locale), format!("settings ~{}", setting.word()));
    menu::rows(Setting::ALL.into_iter().filter_map(button).collect(), 2, draft);
}

fn ask(setting: Setting, page: usize, view: &View<'_>) -> Answer {
    let locale = view.settings.locale;
    let now = setting.now(&view.settings);
    let now = now.as_ref();
    let mut draft = Draft::new(locale);
    draft.paragraph(&Text::SettingQuestion { setting: setting.word() });
    draft.paragraph(&Text::SettingNow { value: &setting.choice_name(locale, now) });
    let next = next_digest(&view.settings, view.now).filter(|_| setting == Setting::Digest);
    next.into_iter().for_each(|next| draft.paragraph(&Text::DigestNextTime { next }));
    match setting {
        Setting::Language => {}
        Setting::Timezone => draft.paragraph(&Text::SettingOther { command: "/settings timezone Europe/Vienna" }),
        Setting::Digest => draft.paragraph(&Text::SettingOther { command: "/settings digest 8:30 Mon-Fri" }),
        Setting::Updates | Setting::Sound => {
            for choice in setting.choices() {
                let meaning = plain(locale, &Text::ChoiceMeaning { choice });
                draft.item(None, &Text::ChoiceLine { choice, meaning: &meaning });
            }
        }
    }
    if !matches!(setting, Setting::Timezone | Setting::Digest) {
        let example = setting.choices().into_iter().find(|choice| *choice != now).unwrap_or(now);
        draft.footer(&Text::SettingOther { command: &format!("/settings {} {example}", setting.word()) });
    }
    let choice = |choice: &str| {
        let label = menu::marked(locale, setting.choice_name(locale, choice), choice == now);
        (label, format!("settings ~{} {choice}", setting.word()))
    };
    Choices {
        choices: setting.choices().into_iter().map(choice).collect(),
        // All languages stand on one page: who cannot read the words around them must find the own one.
        per_row: if setting == Setting::Language { 3 } else { 2 },
        page,
        turn: &|page| match setting {
            Setting::Language => format!("settings ~languages {page}"),
            Setting::Timezone | Setting::Updates | Setting::Sound | Setting::Digest => {
                format!("settings ~zones {page}")
            }
        },
        back: Some("settings ~".to_owned()),
        beside: None,
    }
    .put(locale, &mut draft);
    Answer::aside(draft.finish())
}

/// The answer is in the language that is spoken from now on.
fn change(request: &Request, setting: Setting, typed: &str, view: &View<'_>) -> Result<Answer, Refusal> {
    let settings = setting.changed(typed, view.settings)?;
    let mut draft = Draft::new(settings.locale);
    let value = setting.choice_name(settings.locale, &setting.now(&settings));
    let is_same = settings == view.settings;
    if is_same {
        draft.paragraph(&Text::SettingSame { setting: setting.word(), value: &value });
    } else {
        draft.paragraph(&Text::SettingChanged { setting: setting.word(), value: &value });
    }
    let next = next_digest(&settings, view.now).filter(|_| setting == Setting::Digest);
    next.into_iter().for_each(|next| draft.paragraph(&Text::DigestNextTime { next }));
    if request.turns() {
        overview(&settings, view.now, &mut draft);
    }
    let changes =
        if is_same { Vec::new() } else { vec![Change::Settings { chat: request.origin.chat.clone(), settings }] };
    Ok(Answer { changes, is_private: is_same, ..Answer::shown(draft.finish()) })
}
