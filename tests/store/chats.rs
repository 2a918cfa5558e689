//! What belongs to chats besides subscriptions: mutes, leaving together, and the memos of adapters.

use chrono::{DateTime, TimeDelta, Utc};
use foghorn::{
    domain::{Alert, Change, ChatId, Filter, IncidentId, Mute, Muted, Platform, RequestId, Severity, TransitionKind},
    store::{Applied, News, Outcome, Settled},
};

use crate::bench::{
    Bench, addresses, all_told, category, chat, is_barred, is_gone, over_both, service, subscription, time, topic,
    update,
};

fn until(muted: Muted, seconds: i64) -> Mute {
    Mute { muted, until: Some(time(seconds)) }
}

fn for_good(muted: Muted) -> Mute {
    Mute { muted, until: None }
}

fn signal() -> Muted {
    Muted::Service(service("signal"))
}

impl Bench {
    async fn mute(&mut self, chat: &ChatId, mute: Mute) {
        self.apply(vec![Change::Mute { chat: chat.clone(), mute }]).await;
    }

    async fn unmute(&mut self, chat: &ChatId, muted: Muted) {
        self.apply(vec![Change::Unmute { chat: chat.clone(), muted }]).await;
    }

    async fn mutes(&self, chat: &ChatId) -> Vec<Mute> {
        self.store().mutes(chat, self.now).await.unwrap()
    }

    pub(crate) async fn told_opening(&mut self, name: &str) -> IncidentId {
        let id = self.open(name, Severity::MajorOutage).await;
        for claim in self.claim(99).await {
            self.tell_all(&claim).await;
        }
        id
    }

    async fn leave(&self, request: &str, place: &str) -> Applied {
        let change = Change::Leave { platform: Platform::Telegram, place: place.into() };
        self.store().apply(&RequestId(request.into()), vec![change], self.now).await.unwrap()
    }
}

over_both! {
    async fn the_chats_that_have_subscriptions_are_listed_once_each_and_in_pages(bench: Bench) {
        for address in ["1/2", "1/20", "3/1", "30/1"] {
            for name in ["signal", "whatsapp"] {
                bench.subscribe(&chat(address), topic(name), Filter::default()).await;
            }
        }
        let list = async |after: Option<ChatId>, most: usize| {
            let platform = chat("1/2").platform;
            let found = bench.store().subscribers(platform, after, most).await.unwrap();
            found.into_iter().map(|(chat, _)| chat.address.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(list(None, 3).await, ["1/2", "1/20", "3/1"]);
        assert_eq!(list(Some(chat("3/1")), 3).await, ["30/1"]);
        assert_eq!(list(Some(chat("30/1")), 3).await, Vec::<String>::new());
        assert_eq!(bench.store().subscribers(Platform::Console, None, 3).await.unwrap(), []);
    }

    async fn mutes_are_listed_while_they_hold_also_after_a_restart(bench: Bench) {
        let here = chat("here");
        let id = bench.told_opening("whatsapp").await;
        bench.mute(&here, until(signal(), 60)).await;
        bench.mute(&here, for_good(Muted::Incident(id.clone()))).await;
        bench.mute(&here, until(Muted::All, 30)).await;
        bench.mute(&chat("her"), for_good(Muted::All)).await;
        bench.restart();
        let incident = for_good(Muted::Incident(id.clone()));
        assert_eq!(bench.mutes(&here).await, [until(Muted::All, 30), until(signal(), 60), incident.clone()]);
        bench.mute(&here, until(signal(), 90)).await;
        bench.pass(30);
        assert_eq!(bench.mutes(&here).await, [until(signal(), 90), incident]);
        bench.resolve(&id).await;
        assert_eq!(bench.mutes(&here).await, [until(signal(), 90)], "the incident is over");
        bench.pass(60);
        assert_eq!(bench.mutes(&here).await, []);
    }

    async fn unmuting_ends_one_or_all(bench: Bench) {
        let here = chat("here");
        for muted in [signal(), Muted::Service(service("slack")), Muted::All] {
            bench.mute(&here, for_good(muted)).await;
        }
        bench.unmute(&here, signal()).await;
        assert_eq!(bench.mutes(&here).await.len(), 2);
        bench.unmute(&here, Muted::All).await;
        assert_eq!(bench.mutes(&here).await, []);
    }

    async fn a_mute_of_an_incident_nobody_knows_is_not_kept(bench: Bench) {
        bench.mute(&chat("here"), for_good(Muted::Incident(IncidentId::parse("signal-7").unwrap()))).await;
        bench.open("signal", Severity::Degraded).await;
        assert_eq!(bench.mutes(&chat("here")).await, []);
    }

    async fn a_muted_chat_is_told_of_no_beginning_and_others_are(bench: Bench) {
        bench.subscribe_many(2, &topic("signal"), &Filter::default()).await;
        bench.mute(&chat("c000"), until(Muted::All, 100)).await;
        let id = bench.open("signal", Severity::Degraded).await;
        assert_eq!(addresses(&bench.claim(9).await), ["c001"]);
        bench.pass(50);
        bench.resolve(&id).await;
        bench.pass(60);
        assert!(!addresses(&bench.claim(9).await).contains(&"c000".to_owned()), "it began and ended within the mute");
    }

    async fn when_a_mute_is_over_the_next_transition_is_told(bench: Bench) {
        for (address, mute) in [("by time", until(signal(), 100)), ("by hand", for_good(signal()))] {
            bench.subscribe(&chat(address), topic("signal"), Filter::default()).await;
            bench.mute(&chat(address), mute).await;
        }
        let id = bench.open("signal", Severity::Degraded).await;
        assert!(bench.claim(9).await.is_empty());
        assert_eq!(bench.backlog().await, (0, 0, 0));
        bench.pass(100);
        bench.unmute(&chat("by hand"), signal()).await;
        assert!(bench.claim(9).await.is_empty(), "nothing has happened yet");
        bench.update(&id).await;
        let claims = bench.claim(9).await;
        assert_eq!(addresses(&claims), ["by hand", "by time"]);
        assert!(claims.iter().all(|claim| claim.alert.is_none() && !claim.is_muted));
    }

    async fn what_was_told_before_a_mute_goes_on_and_says_that_it_is_muted(bench: Bench) {
        let here = chat("here");
        bench.subscribe(&here, topic("signal"), Filter::default()).await;
        let id = bench.told_opening("signal").await;
        bench.mute(&here, for_good(Muted::Incident(id.clone()))).await;
        bench.update(&id).await;
        let claim = bench.claim_one().await;
        assert!(claim.is_muted && claim.alert.is_some());
        bench.tell_all(&claim).await;
        bench.resolve(&id).await;
        let claim = bench.claim_one().await;
        assert!(claim.is_muted, "its recovery is told silently");
        bench.tell_all(&claim).await;
        bench.told_opening("signal").await;
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn what_waits_is_dropped_by_a_mute_unless_it_may_have_arrived(bench: Bench) {
        bench.subscribe_many(2, &topic("signal"), &Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        for (claim, is_in_doubt) in bench.claim(9).await.iter().zip([false, true]) {
            bench.settle(claim, Outcome::Retry { at: time(10), counted: true, is_in_doubt, reason: None }).await;
        }
        for address in ["c000", "c001"] {
            bench.mute(&chat(address), for_good(Muted::All)).await;
        }
        bench.pass(10);
        assert_eq!(addresses(&bench.claim(9).await), ["c001"]);
        assert_eq!(bench.backlog().await, (0, 1, 0));
    }

    async fn mutes_move_with_their_chat_and_end_with_it(bench: Bench) {
        let (old, new) = (chat("-1"), chat("-1001"));
        bench.mute(&old, for_good(Muted::All)).await;
        bench.mute(&old, until(signal(), 50)).await;
        bench.mute(&new, until(signal(), 99)).await;
        bench.apply(vec![Change::Move { from: old.clone(), to: new.clone() }]).await;
        assert_eq!(bench.mutes(&old).await, []);
        assert_eq!(bench.mutes(&new).await, [for_good(Muted::All), until(signal(), 99)]);
        bench.unmute(&new, Muted::All).await;

        bench.subscribe(&new, topic("signal"), Filter::default()).await;
        bench.mute(&new, until(Muted::Service(service("slack")), 99)).await;
        bench.open("signal", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        bench.settle(&claim, is_gone()).await;
        assert_eq!(bench.mutes(&new).await.len(), 1, "it rests");
        assert_eq!(bench.store().end_suspended(bench.now).await.unwrap().len(), 1);
        assert_eq!(bench.mutes(&new).await, []);
    }

    async fn a_chat_that_moves_past_a_fan_out_is_told_all_the_same(bench: Bench) {
        bench.subscribe_many(40, &topic("signal"), &Filter::default()).await;
        bench.subscribe(&chat("z"), topic("signal"), Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        assert_eq!(bench.claim(20).await.len(), 20);
        bench.apply(vec![Change::Move { from: chat("z"), to: chat("a") }]).await;
        let rest = addresses(&bench.claim(99).await);
        assert_eq!(rest.len(), 21);
        assert!(rest.contains(&"a".to_owned()), "{rest:?}");
        assert_eq!(bench.next_due().await, None);
    }

    async fn a_place_that_is_left_takes_all_of_its_chats_along_and_no_other(bench: Bench) {
        for address in ["77", "77/1", "77/2", "777", "7", "77-1"] {
            bench.subscribe(&chat(address), topic("signal"), Filter::default()).await;
            bench.subscribe(&chat(address), category(), Filter::default()).await;
            bench.mute(&chat(address), for_good(Muted::Service(service("slack")))).await;
        }
        let id = bench.told_opening("signal").await;
        bench.update(&id).await;
        let claims = bench.claim(9).await;
        assert_eq!(claims.len(), 6);
        for claim in claims.iter().step_by(2) {
            bench.settle(claim, Outcome::Retry { at: time(5), counted: true, is_in_doubt: false, reason: None }).await;
        }
        assert_eq!(bench.leave("left", "77").await, Applied::Now);
        assert_eq!(bench.leave("left", "77").await, Applied::Before);
        bench.restart();
        bench.pass(5);
        let mut rest = addresses(&bench.claim(9).await);
        rest.sort();
        assert_eq!(rest, ["7", "77-1", "777"]);
        for address in ["77", "77/1", "77/2"] {
            assert_eq!(bench.store().subscriptions(&chat(address)).await.unwrap(), []);
            assert_eq!(bench.mutes(&chat(address)).await, []);
        }
        bench.subscribe(&chat("77/1"), topic("signal"), Filter::default()).await;
        bench.update(&id).await;
        assert_eq!(bench.claim_one().await.alert, None, "what it was told went with it");
        assert_eq!(bench.mutes(&chat("777")).await.len(), 1);
    }

    async fn a_delivery_under_way_to_a_place_that_was_left_is_settled_and_that_is_all(bench: Bench) {
        bench.subscribe(&chat("77/1"), topic("signal"), Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        bench.leave("left", "77").await;
        assert_eq!(bench.tell_all(&claim).await, Settled::Finished);
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn thousands_of_chats_leave_in_steps(bench: Bench) {
        for batch in 0..4 {
            let subscribe = (0..500).map(|number| {
                Change::Subscribe(subscription(&chat(&format!("77/{batch}-{number}")), topic("signal"), Filter::default()))
            });
            bench.apply(subscribe.collect()).await;
        }
        bench.subscribe(&chat("78"), topic("signal"), Filter::default()).await;
        let mut steps = 0;
        while bench.leave("left", "77").await == Applied::Partly {
            steps += 1;
        }
        assert_eq!(steps, 3, "512 rows at once");
        assert_eq!(bench.leave("left", "77").await, Applied::Before);
        bench.open("signal", Severity::Degraded).await;
        assert_eq!(addresses(&bench.claim(9).await), ["78"]);
    }

    async fn memos_are_kept_and_replaced(bench: Bench) {
        assert_eq!(bench.store().memo("discord commands").await.unwrap(), None);
        for words in ["1", "größer", ""] {
            bench.store().set_memo("discord commands", words).await.unwrap();
            bench.store().set_memo("discord\0", "other").await.unwrap();
            bench.restart();
            assert_eq!(bench.store().memo("discord commands").await.unwrap().as_deref(), Some(words));
        }
    }

    async fn what_is_worth_a_message_is_what_became_worse_or_was_said_in_words(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        let id = bench.told_opening("signal").await;
        let mut seen = Vec::new();
        let turns: [(TransitionKind, Option<&str>); 5] = [
            (TransitionKind::Updated, None),
            (TransitionKind::Updated, Some("")),
            (TransitionKind::Updated, Some("We found it.")),
            (TransitionKind::Escalated, None),
            (TransitionKind::Updated, None),
        ];
        for (number, (kind, words)) in turns.into_iter().enumerate() {
            let incident = bench.known(&id);
            incident.revision += 1;
            incident.last_kind = kind;
            incident.updates.extend(words.map(|words| update(number, words)));
            bench.tell(&id).await;
            bench.restart();
            let claim = bench.claim_one().await;
            seen.push((claim.news.important, claim.news.escalated));
            bench.tell_all(&claim).await;
        }
        assert_eq!(seen, [(0, 0), (0, 0), (4, 0), (5, 5), (5, 5)]);
    }

    async fn a_delivery_waits_for_an_important_update_to_be_a_message(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        let id = bench.told_opening("signal").await;
        bench.known(&id).updates.push(update(0, "We found it."));
        bench.update(&id).await;
        let claim = bench.claim_one().await;
        assert_eq!(claim.news, News { important: 2, escalated: 0 });
        let edited = Alert { announced: 1, ..all_told(&claim.incident) };
        assert_eq!(bench.settle(&claim, Outcome::Told(edited)).await, Settled::Waiting);
        let claim = bench.claim_one().await;
        assert_eq!(bench.tell_all(&claim).await, Settled::Finished);
    }

    async fn a_bar_is_remembered_with_its_beginning_and_tries_until_something_is_told(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        let barred = |seconds: i64| -> DateTime<Utc> { time(0) + TimeDelta::seconds(seconds) };
        let mut bars = Vec::new();
        for seconds in [60, 120, 180] {
            let claim = bench.claim_one().await;
            bars.push(claim.bar.map(|bar| (bar.since, bar.tries)));
            assert_eq!(claim.attempts, 0, "not a failure of the platform");
            assert_eq!(bench.settle(&claim, is_barred(barred(seconds))).await, Settled::Waiting);
            assert_eq!(bench.next_due().await, Some(barred(seconds)));
            bench.restart();
            bench.pass(60);
        }
        assert_eq!(bars, [None, Some((time(0), 1)), Some((time(0), 2))]);
        let claim = bench.claim_one().await;
        bench.update(&id).await;
        assert_eq!(bench.tell_all(&claim).await, Settled::Waiting);
        assert_eq!(bench.claim_one().await.bar, None);
    }
}
