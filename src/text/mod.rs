//! Every text a person reads in a chat, by language. The wording stands in the `.ftl` files beside this one; code names
//! a text by a variant of [`Text`] whose fields are what the wording may use.

mod button;
mod direction;
mod draft;
mod incident;
mod list;
mod moment;
#[cfg(test)]
pub(crate) mod sketch;
mod table;
mod words;

use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::domain::{ChatSettings, Locale, Moment, Span};

pub use button::{LONGEST_PRESS, open, press};
pub use direction::isolated;
pub use draft::Draft;
pub use incident::{affected, called_off, host, host_link, title};
pub use list::{Joint, bounded, join, separated};
pub use moment::{duration, moment};
pub use table::Text;
pub use words::{condition, maintenance_phase, mark, phase, role, voices};

use table::Value;

type Bundle = FluentBundle<FluentResource>;

/// Declares where the wording of each language stands.
macro_rules! wordings {
    ($( $locale:ident = $file:literal; )+) => {
        /// The wording of a language, as compiled in.
        const fn wording(locale: Locale) -> &'static str {
            match locale { $( Locale::$locale => include_str!($file), )+ }
        }

        /// The bundle of a language, once somebody was spoken to in it: the others take no memory.
        fn place(locale: Locale) -> &'static OnceLock<Bundle> {
            match locale { $( Locale::$locale => { static PLACE: OnceLock<Bundle> = OnceLock::new(); &PLACE } )+ }
        }
    };
}

wordings! {
    En = "en.ftl";
    De = "de.ftl";
    Es = "es.ftl";
    Fr = "fr.ftl";
    PtBr = "pt-BR.ftl";
    Ru = "ru.ftl";
    Uk = "uk.ftl";
    Tr = "tr.ftl";
    Id = "id.ftl";
    Ja = "ja.ftl";
    Zh = "zh.ftl";
    Ar = "ar.ftl";
}

/// The first of the characters that stand for a span while Fluent puts a sentence together. They are of the private use
/// area, which text from outside is cleaned of (see `clean_line`).
const FIRST_STAND_IN: u32 = 0xE000;

/// A text in a language, with names, commands and times as spans of their own.
#[must_use]
pub fn say(locale: Locale, text: &Text<'_>) -> Vec<Span> {
    let (key, values) = text.parts();
    let mut spans: Vec<Vec<Span>> = Vec::new();
    let mut args = FluentArgs::with_capacity(values.len());
    for (name, value) in values {
        args.set(name, argument(locale, value, &mut spans));
    }
    let sentence = format(kept(locale), key, &args).or_else(|| format(kept(Locale::En), key, &args));
    // The tests show that every key exists in every language, so the key itself is never seen.
    let sentence = sentence.unwrap_or_else(|| key.to_owned());
    split(&direction::lead(locale, sentence), spans)
}

/// A text in a language as one string: times in UTC, link labels without their address.
#[must_use]
pub fn plain(locale: Locale, text: &Text<'_>) -> String {
    flat(locale, &say(locale, text))
}

/// Spans as one string, as in [`plain`].
#[must_use]
pub fn flat(locale: Locale, spans: &[Span]) -> String {
    let settings = ChatSettings { locale, ..ChatSettings::default() };
    spans
        .iter()
        .map(|span| match span {
            Span::Text(words) | Span::Strong(words) | Span::Code(words) | Span::Link { label: words, .. } => {
                words.clone()
            }
            Span::Time { at, .. } => moment(&settings, *at, Moment::Absolute, *at),
        })
        .collect()
}

/// Which of these texts somebody typed, in whatever language and case; a language that nobody is spoken to in is not kept.
#[must_use]
pub fn recognise(typed: &str, texts: &[Text<'_>]) -> Option<usize> {
    let wanted = typed.trim().to_lowercase();
    let is_meant = |bundle: &Bundle, text: &Text<'_>| {
        let (key, values) = text.parts();
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set(name, argument(Locale::default(), value, &mut Vec::new()));
        }
        format(bundle, key, &args).is_some_and(|words| words.to_lowercase() == wanted)
    };
    let find = |bundle: &Bundle| texts.iter().position(|text| is_meant(bundle, text));
    Locale::ALL.into_iter().find_map(|locale| match place(locale).get() {
        Some(bundle) => find(bundle),
        None => find(&bundle(locale)),
    })
}

/// What Fluent is given for a value; what is more than words is put aside in `spans` behind a stand-in character.
fn argument<'a>(locale: Locale, value: Value<'a>, spans: &mut Vec<Vec<Span>>) -> FluentValue<'a> {
    let aside = match value {
        Value::Word(word) | Value::Choice(word) => return FluentValue::from(word),
        Value::Count(count) => return FluentValue::from(count),
        Value::Lasting(length) => return FluentValue::from(duration(locale, length)),
        Value::Condition(state) => return FluentValue::from(condition(locale, state)),
        Value::Strong(words) => vec![Span::Strong(words.to_owned())],
        Value::Code(words) => vec![Span::Code(words.to_owned())],
        Value::Time(at) => vec![Span::Time { at, style: Moment::Absolute }],
        Value::Ago(at) => vec![Span::Time { at, style: Moment::Relative }],
        Value::Spans(several) => several.to_vec(),
    };
    let stand_in = u32::try_from(spans.len()).ok().and_then(|number| char::from_u32(FIRST_STAND_IN + number));
    spans.push(aside);
    FluentValue::from(stand_in.map(String::from).unwrap_or_default())
}

/// The words of a key with these arguments; `None` when the language lacks the key or the wording is at fault.
fn format(bundle: &Bundle, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut faults = Vec::new();
    let words = bundle.format_pattern(pattern, Some(args), &mut faults).into_owned();
    faults.is_empty().then_some(words)
}

/// Puts the spans in the place of their stand-ins.
fn split(sentence: &str, mut spans: Vec<Vec<Span>>) -> Vec<Span> {
    let mut whole = Vec::new();
    let mut words = String::new();
    for character in sentence.chars() {
        let aside = (character as u32)
            .checked_sub(FIRST_STAND_IN)
            .and_then(|number| spans.get_mut(usize::try_from(number).ok()?));
        match aside {
            Some(aside) => {
                if !words.is_empty() {
                    whole.push(Span::Text(std::mem::take(&mut words)));
                }
                // A wording may use a value twice.
                whole.extend(aside.iter().cloned());
            }
            None => words.push(character),
        }
    }
    if !words.is_empty() {
        whole.push(Span::Text(words));
    }
    whole
}

/// The bundle of a language that somebody is spoken to in.
fn kept(locale: Locale) -> &'static Bundle {
    place(locale).get_or_init(|| bundle(locale))
}

fn bundle(locale: Locale) -> Bundle {
    let language: LanguageIdentifier = locale.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![language]);
    // A name of the other direction would otherwise drag its neighbours along; see `direction`.
    bundle.set_use_isolating(locale.is_right_to_left());
    // What Fluent cannot parse it leaves out; the tests show that nothing is left out.
    let resource = FluentResource::try_new(wording(locale).to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests;
