//! The menus of commands that Telegram shows beside the input line, derived from the commands' declarations. Pure.

use teloxide::types::{BotCommand, BotCommandScope};

use super::limits;
use crate::{
    commands::{Permission, Spec},
    domain::{Locale, Platform, shorten},
};

/// The menu of one kind of reader in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Menu {
    /// Who sees it.
    pub(super) scope: BotCommandScope,
    /// In which language; `None`: in all that have no menu of their own.
    pub(super) language: Option<&'static str>,
    /// What it lists.
    pub(super) commands: Vec<BotCommand>,
}

/// All menus. What only managers may use is listed where the reader is one: in private chats and for administrators.
pub(super) fn menus(specs: &[Spec]) -> Vec<Menu> {
    let scopes = [
        (BotCommandScope::Default, false),
        (BotCommandScope::AllPrivateChats, true),
        (BotCommandScope::AllGroupChats, false),
        (BotCommandScope::AllChatAdministrators, true),
    ];
    let mut menus = Vec::new();
    for (scope, for_managers) in scopes {
        for locale in Locale::ALL {
            menus.push(Menu {
                scope: scope.clone(),
                language: (locale != Locale::default()).then(|| locale.primary()),
                commands: commands(specs, locale, for_managers),
            });
        }
    }
    menus
}

/// A short word for what the menus say, by which it is seen whether they changed: FNV-1a, 64 bits.
pub(super) fn digest(menus: &[Menu], bot: u64) -> String {
    let text = format!("{bot} {menus:?}");
    let digest = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |digest, byte| (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{digest:016x}")
}

fn commands(specs: &[Spec], locale: Locale, for_managers: bool) -> Vec<BotCommand> {
    specs
        .iter()
        .filter(|spec| spec.platforms.contains(&Platform::Telegram))
        .filter(|spec| for_managers || spec.permission == Permission::Anyone)
        .map(|spec| BotCommand::new(&*spec.name, shorten(spec.summary.say(locale), limits::DESCRIPTION)))
        .take(limits::COMMANDS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::specs;

    fn names(menus: &[Menu], scope: &BotCommandScope, language: Option<&str>) -> Vec<String> {
        let menu = menus.iter().find(|menu| menu.scope == *scope && menu.language == language).unwrap();
        menu.commands.iter().map(|command| command.command.clone()).collect()
    }

    #[test]
    fn what_only_managers_may_use_is_listed_for_them_alone() {
        let menus = menus(specs());
        for language in [None, Some("de"), Some("ar")] {
            for scope in [BotCommandScope::AllPrivateChats, BotCommandScope::AllChatAdministrators] {
                assert!(names(&menus, &scope, language).contains(&"subscribe".to_owned()), "{scope:?}");
            }
            for scope in [BotCommandScope::Default, BotCommandScope::AllGroupChats] {
                let names = names(&menus, &scope, language);
                assert!(names.contains(&"status".to_owned()) && !names.contains(&"subscribe".to_owned()), "{scope:?}");
            }
        }
        assert_eq!(menus.len(), 4 * Locale::ALL.len());
    }

    #[test]
    fn every_menu_keeps_telegrams_limits() {
        for menu in menus(specs()) {
            assert!((1..=limits::COMMANDS).contains(&menu.commands.len()));
            for BotCommand { command, description } in menu.commands {
                assert!((1..=32).contains(&command.len()));
                assert!(command.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'));
                assert!((1..=limits::DESCRIPTION).contains(&description.chars().count()));
            }
        }
    }

    #[test]
    fn a_changed_word_or_another_bot_changes_the_digest() {
        let menus = menus(specs());
        let mut other = menus.clone();
        other[0].commands[0].description.push('!');
        assert_eq!(digest(&menus, 1), digest(&menus.clone(), 1));
        assert_ne!(digest(&menus, 1), digest(&other, 1));
        assert_ne!(digest(&menus, 1), digest(&menus, 2));
    }
}
