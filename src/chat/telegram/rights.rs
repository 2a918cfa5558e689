//! Who may change a chat's subscriptions: its administrators, as Telegram says, believed for a minute.
//!
//! Only a yes is remembered: who has just been made an administrator shall not be told that they are none.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::{
    api::{Api, Failure},
    limits,
};

/// What Telegram said about people's rights lately.
#[derive(Debug, Default)]
pub(super) struct Rights {
    known: Mutex<HashMap<(i64, u64), Instant>>,
    /// Who administers groups that hide their members, and since when that is known.
    lists: Mutex<HashMap<i64, (Instant, HashSet<u64>)>>,
}

/// Somebody in a chat, as far as it matters here.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Member {
    status: String,
    #[serde(default)]
    can_post_messages: bool,
}

/// An administrator in a list of all.
#[derive(Deserialize)]
struct Listed {
    user: Person,
}

#[derive(Deserialize)]
struct Person {
    id: u64,
}

#[derive(Serialize)]
struct Whose {
    chat_id: i64,
}

#[derive(Serialize)]
struct WhoIs {
    chat_id: i64,
    user_id: u64,
}

impl Member {
    /// Whether they administer the chat.
    pub(super) fn manages(&self) -> bool {
        self.status == "creator" || self.status == "administrator"
    }

    /// Whether they may post in a channel.
    pub(super) fn posts(&self) -> bool {
        self.status == "creator" || (self.status == "administrator" && self.can_post_messages)
    }
}

/// Somebody's part in a chat. Asked with a reader of our own, for what a new kind of member lacks must cost nobody a right.
///
/// # Errors
///
/// [`Failure`] when Telegram does not say.
pub(super) async fn member(api: &Api, chat: i64, person: u64) -> Result<Member, Failure> {
    api.ask("GetChatMember", &WhoIs { chat_id: chat, user_id: person }, limits::PATIENCE).await
}

impl Rights {
    /// Whether a person manages a chat.
    ///
    /// # Errors
    ///
    /// [`Failure`] when it cannot be found out now. Who is no member manages nothing; that is no failure. Neither is it one
    /// when a group hides its members from a bot that does not administer it: it still tells who administers it.
    pub(super) async fn manages(&self, api: &Api, chat: i64, person: u64) -> Result<bool, Failure> {
        if self.knows(chat, person, Instant::now()) {
            return Ok(true);
        }
        let (mut found, mut now_at) = (member(api, chat, person).await, chat);
        if let Err(Failure::Refused { moved_to: Some(to), .. }) = found {
            // It was typed before the group grew; who managed it then does now.
            (found, now_at) = (member(api, to, person).await, to);
        }
        let manages = match found {
            Ok(member) => member.manages(),
            Err(Failure::Refused { code: 400, .. }) => self.is_listed(api, now_at, person).await?,
            Err(Failure::Refused { code: 403, .. }) => false,
            Err(failure) => return Err(failure),
        };
        if manages {
            self.note(chat, person, Instant::now());
        }
        Ok(manages)
    }

    /// Whether a person is among those who administer a group, as it says itself.
    async fn is_listed(&self, api: &Api, chat: i64, person: u64) -> Result<bool, Failure> {
        let known = self.listed(chat, person, Instant::now());
        if let Some(is_listed) = known {
            return Ok(is_listed);
        }
        let list: Vec<Listed> = api.ask("GetChatAdministrators", &Whose { chat_id: chat }, limits::PATIENCE).await?;
        let people: HashSet<u64> = list.into_iter().map(|listed| listed.user.id).collect();
        let is_listed = people.contains(&person);
        self.note_list(chat, people, Instant::now());
        Ok(is_listed)
    }

    fn listed(&self, chat: i64, person: u64, now: Instant) -> Option<bool> {
        let lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, people) = lists.get(&chat)?;
        (now.duration_since(*at) < limits::ADMINISTRATORS_KEPT).then(|| people.contains(&person))
    }

    fn note_list(&self, chat: i64, people: HashSet<u64>, now: Instant) {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.retain(|_, (at, _)| now.duration_since(*at) < limits::ADMINISTRATORS_KEPT);
        if lists.len() < limits::ADMINISTRATORS {
            lists.insert(chat, (now, people));
        }
    }

    fn knows(&self, chat: i64, person: u64, now: Instant) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&(chat, person)).is_some_and(|at| now.duration_since(*at) < limits::RIGHTS_KEPT)
    }

    fn note(&self, chat: i64, person: u64, now: Instant) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= limits::RIGHTS {
            known.retain(|_, at| now.duration_since(*at) < limits::RIGHTS_KEPT);
        }
        // Whoever comes after so many within a minute is asked for each time.
        if known.len() < limits::RIGHTS {
            known.insert((chat, person), now);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_was_said_is_believed_for_a_minute() {
        let (rights, now) = (Rights::default(), Instant::now());
        rights.note(-1, 7, now);
        assert!(rights.knows(-1, 7, now + Duration::from_secs(59)));
        assert!(!rights.knows(-1, 7, now + Duration::from_secs(60)));
        assert!(!rights.knows(-2, 7, now), "in another chat that says nothing");
    }

    #[test]
    fn a_list_of_administrators_is_believed_for_a_moment() {
        let (rights, now) = (Rights::default(), Instant::now());
        rights.note_list(-1, HashSet::from([7]), now);
        let soon = now + limits::ADMINISTRATORS_KEPT / 2;
        assert_eq!((rights.listed(-1, 7, soon), rights.listed(-1, 8, soon)), (Some(true), Some(false)));
        assert_eq!(rights.listed(-2, 7, soon), None);
        assert_eq!(rights.listed(-1, 7, now + limits::ADMINISTRATORS_KEPT), None);
        (0..1_000).for_each(|chat| rights.note_list(chat, HashSet::new(), now));
        assert_eq!(rights.lists.lock().unwrap().len(), limits::ADMINISTRATORS);
    }

    #[test]
    fn no_crowd_fills_the_memory() {
        let (rights, now) = (Rights::default(), Instant::now());
        (0..2 * limits::RIGHTS as u64).for_each(|person| rights.note(-1, person, now));
        assert_eq!(rights.known.lock().unwrap().len(), limits::RIGHTS);
        rights.note(-1, 9_999_999, now + Duration::from_secs(61));
        assert_eq!(rights.known.lock().unwrap().len(), 1);
    }

    #[test]
    fn administrators_and_the_owner_manage_and_nobody_else() {
        let member = |json: &str| serde_json::from_str::<Member>(json).unwrap();
        assert!(member(r#"{"status":"creator","user":{"id":1}}"#).posts());
        assert!(member(r#"{"status":"administrator"}"#).manages());
        assert!(!member(r#"{"status":"administrator"}"#).posts());
        assert!(member(r#"{"status":"administrator","can_post_messages":true}"#).posts());
        for status in ["member", "restricted", "left", "kicked", "something new"] {
            assert!(!member(&format!(r#"{{"status":"{status}","can_post_messages":true}}"#)).manages());
        }
    }
}
