//! The languages that texts exist in.

/// Declares [`Locale`]: each language with its tag, its own name and its English name.
macro_rules! locales {
    ($( $(#[$attribute:meta])* $variant:ident = $tag:literal, $name:literal, $english:literal; )+) => {
        /// A language the texts exist in.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Locale {
            $(
                #[doc = concat!($english, ".")]
                $(#[$attribute])*
                $variant,
            )+
        }

        impl Locale {
            /// Every language, in the order in which they are offered.
            pub const ALL: [Self; [$($tag),+].len()] = [$(Self::$variant),+];

            /// The language tag, such as `de` or `pt-BR`.
            #[must_use]
            pub const fn tag(self) -> &'static str {
                match self { $(Self::$variant => $tag,)+ }
            }

            /// What those who speak it call it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What it is called in English.
            #[must_use]
            pub const fn english_name(self) -> &'static str {
                match self { $(Self::$variant => $english,)+ }
            }
        }
    };
}

locales! {
    #[default]
    En = "en", "English", "English";
    De = "de", "Deutsch", "German";
    Es = "es", "Español", "Spanish";
    Fr = "fr", "Français", "French";
    PtBr = "pt-BR", "Português (Brasil)", "Portuguese (Brazil)";
    Ru = "ru", "Русский", "Russian";
    Uk = "uk", "Українська", "Ukrainian";
    Tr = "tr", "Türkçe", "Turkish";
    Id = "id", "Bahasa Indonesia", "Indonesian";
    Ja = "ja", "日本語", "Japanese";
    Zh = "zh", "简体中文", "Simplified Chinese";
    Ar = "ar", "العربية", "Arabic";
}

impl Locale {
    /// The first part of the tag: the two letters of ISO 639.
    #[must_use]
    pub fn primary(self) -> &'static str {
        self.tag().split('-').next().unwrap_or_default()
    }

    /// The language that a tag of a platform or of the environment asks for: `de`, `de-AT`, `de_DE.UTF-8`, `es-419`. Of a
    /// language that is written in several countries there is one form, which all of them are given.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        // Old systems still say `in` for Indonesian. Source: ISO 639-1, withdrawn codes.
        let primary = if primary.eq_ignore_ascii_case("in") { "id" } else { primary };
        Self::ALL.into_iter().find(|locale| locale.primary().eq_ignore_ascii_case(primary))
    }

    /// The language that somebody names: by a tag, by its own name or by its English one, in any case.
    #[must_use]
    pub fn from_name(typed: &str) -> Option<Self> {
        let wanted = typed.trim().to_lowercase();
        let is_called = |name: &str| {
            let name = name.to_lowercase();
            // "Português" is enough where the list says "Português (Brasil)", "Chinese" where it says "Simplified Chinese".
            let bare = name.split(" (").next().unwrap_or_default();
            name == wanted || bare == wanted || name.strip_prefix("simplified ").is_some_and(|rest| rest == wanted)
        };
        let mut all = Self::ALL.into_iter();
        let named = all.find(|locale| is_called(locale.name()) || is_called(locale.english_name()));
        named.or_else(|| Self::from_tag(&wanted))
    }

    /// Whether it is written from right to left.
    #[must_use]
    pub const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Ar)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Discord and Telegram say for people who read these. Sources: <https://discord.com/developers/docs/reference#locales>
    /// (read 2026-08-30), Telegram's `language_code` (an IETF tag).
    const PLATFORMS: [(&str, Locale); 12] = [
        ("en-GB", Locale::En),
        ("es-ES", Locale::Es),
        ("es-419", Locale::Es),
        ("pt-BR", Locale::PtBr),
        ("pt-br", Locale::PtBr),
        ("pt", Locale::PtBr),
        ("zh-CN", Locale::Zh),
        ("zh-TW", Locale::Zh),
        ("zh-hans", Locale::Zh),
        ("uk", Locale::Uk),
        ("ja", Locale::Ja),
        ("ar", Locale::Ar),
    ];

    #[test]
    fn a_language_is_found_by_every_tag_that_platforms_and_systems_use() {
        for locale in Locale::ALL {
            assert_eq!(Locale::from_tag(locale.tag()), Some(locale));
            assert_eq!(Locale::from_tag(&format!("{}_XX.UTF-8", locale.primary())), Some(locale));
            assert_eq!(Locale::from_tag(&locale.tag().to_uppercase()), Some(locale));
        }
        let others = [("de-AT", Locale::De), ("fr_CA", Locale::Fr), ("en-US", Locale::En), ("in", Locale::Id)]
            .into_iter()
            .chain(PLATFORMS);
        for (tag, locale) in others {
            assert_eq!(Locale::from_tag(tag), Some(locale), "{tag}");
        }
        for tag in ["", "C", "C.UTF-8", "POSIX", "tlh", "e", "english"] {
            assert_eq!(Locale::from_tag(tag), None, "{tag}");
        }
    }

    #[test]
    fn a_language_is_found_by_its_own_name_and_the_english_one() {
        for locale in Locale::ALL {
            for name in [locale.tag(), locale.name(), locale.english_name()] {
                assert_eq!(Locale::from_name(name), Some(locale), "{name}");
                assert_eq!(Locale::from_name(&format!(" {} ", name.to_uppercase())), Some(locale), "{name}");
            }
        }
        assert_eq!(Locale::from_name("Klingon"), None);
    }
}
