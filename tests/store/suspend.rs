//! Chats that rest because they cannot be written to.

use chrono::TimeDelta;
use foghorn::{
    domain::{Change, ChatId, Filter, Mute, Muted, Platform, Resumption, Severity, SuspensionState},
    store::{Settled, Standing},
};

use crate::bench::{Bench, category, chat, is_barred, is_gone, over_both, time, topic};

async fn resume(bench: &mut Bench, place: &str, why: Resumption) {
    let (platform, place) = (Platform::Telegram, place.into());
    bench.apply(vec![Change::Resume { platform, place, why }]).await;
}

async fn suspend(bench: &mut Bench, place: &str) {
    let (platform, place) = (Platform::Telegram, place.into());
    bench.apply(vec![Change::Suspend { platform, place, reason: "kicked".to_owned() }]).await;
}

async fn state(bench: &Bench, chat: &ChatId) -> Option<SuspensionState> {
    bench.store().suspension(chat).await.unwrap().map(|suspension| suspension.state)
}

/// What is claimed next, told to its end: incident and whether it goes on, in order.
async fn told(bench: &Bench) -> Vec<(String, bool)> {
    let mut told = Vec::new();
    for claim in bench.claim(99).await {
        told.push((claim.id.incident.to_string(), claim.incident.is_open()));
        bench.tell_all(&claim).await;
    }
    told.sort();
    told
}

over_both! {
    async fn a_chat_that_is_back_is_told_how_what_it_saw_ended_and_what_began_meanwhile_and_goes_on(bench: Bench) {
        let here = chat("here");
        bench.subscribe(&here, topic("signal"), Filter::default()).await;
        bench.subscribe(&here, category(), Filter::default()).await;
        let seen = bench.told_opening("signal").await;
        let last = bench.open("whatsapp", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        bench.pass(60);
        assert_eq!(bench.settle(&claim, is_gone()).await, Settled::Suspended);
        assert_eq!(state(bench, &here).await, Some(SuspensionState::Gone));

        bench.pass(60);
        bench.resolve(&seen).await;
        let brief = bench.open("slack", Severity::MajorOutage).await;
        bench.resolve(&brief).await;
        let lasting = bench.open("zoom", Severity::Degraded).await;
        assert_eq!(told(bench).await, []);
        assert_eq!((bench.next_due().await, bench.backlog().await), (None, (0, 0, 0)));
        bench.restart();
        bench.pass(60);
        resume(bench, "here", Resumption::Here).await;
        assert_eq!(state(bench, &here).await, Some(SuspensionState::Over(time(180))));
        let expect = [(seen.to_string(), false), (last.to_string(), true), (lasting.to_string(), true)];
        assert_eq!(told(bench).await, expect);
        assert_eq!(bench.backlog().await, (0, 0, 0));

        bench.update(&lasting).await;
        assert_eq!(told(bench).await, [(lasting.to_string(), true)], "from now on it hears again");
        resume(bench, "here", Resumption::Asked).await;
        assert_eq!(state(bench, &here).await, None, "somebody was told");
    }

    async fn what_was_muted_or_not_wanted_is_not_told_when_a_chat_is_back(bench: Bench) {
        let here = chat("here");
        bench.subscribe(&here, category(), crate::bench::at_least(Severity::MajorOutage)).await;
        suspend(bench, "here").await;
        bench.open("signal", Severity::Degraded).await;
        bench.open("slack", Severity::MajorOutage).await;
        let loud = bench.open("zoom", Severity::MajorOutage).await;
        let mute = Mute { muted: Muted::Service(crate::bench::service("slack")), until: None };
        bench.apply(vec![Change::Mute { chat: here, mute }]).await;
        resume(bench, "here", Resumption::Here).await;
        assert_eq!(told(bench).await, [(loud.to_string(), true)]);
    }

    async fn what_went_on_before_and_was_not_told_is_no_news(bench: Bench) {
        let old = bench.open("signal", Severity::Degraded).await;
        assert_eq!(told(bench).await, []);
        bench.pass(60);
        bench.subscribe(&chat("here"), category(), Filter::default()).await;
        suspend(bench, "here").await;
        bench.pass(60);
        bench.known(&old).updates.push(crate::bench::update(0, "We look into it."));
        bench.update(&old).await;
        assert_eq!(told(bench).await, []);
        resume(bench, "here", Resumption::Here).await;
        assert_eq!(told(bench).await, []);
        bench.resolve(&old).await;
        assert_eq!(told(bench).await, [(old.to_string(), false)]);
    }

    async fn a_barred_chat_keeps_one_try_and_what_arrives_opens_it(bench: Bench) {
        let (here, other) = (chat("here"), chat("other"));
        for chat in [&here, &other] {
            bench.subscribe(chat, category(), Filter::default()).await;
        }
        let first = bench.open("signal", Severity::Degraded).await;
        let second = bench.open("slack", Severity::Degraded).await;
        let claims = bench.claim(9).await;
        let mine: Vec<_> = claims.iter().filter(|claim| claim.id.chat == here).collect();
        for claim in claims.iter().filter(|claim| claim.id.chat == other) {
            bench.tell_all(claim).await;
        }
        assert_eq!(bench.settle(mine[0], is_barred(time(60))).await, Settled::Waiting);
        assert_eq!(state(bench, &here).await, Some(SuspensionState::Barred));
        let later = foghorn::store::Outcome::Retry { at: time(0), counted: false, is_in_doubt: false, reason: None };
        assert_eq!(bench.settle(mine[1], later).await, Settled::Finished, "one try is enough");
        let third = bench.open("zoom", Severity::MajorOutage).await;
        assert_eq!(told(bench).await, [(third.to_string(), true)], "to the other one");
        let waiting = bench.store().undelivered(None, 9).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].standing, Standing::Retrying {
            due: time(60),
            barred_since: Some(time(0)),
            reason: None,
            is_in_doubt: false,
        });

        bench.restart();
        bench.pass(60);
        let again = bench.claim_one().await;
        assert_eq!(again.bar.map(|bar| (bar.since, bar.tries)), Some((time(0), 1)));
        assert_eq!(bench.settle(&again, is_barred(time(180))).await, Settled::Waiting);
        resume(bench, "here", Resumption::Perhaps).await;
        assert_eq!(bench.next_due().await, Some(time(65)), "rights have changed, and it was tried a moment ago");
        bench.pass(5);
        let again = bench.claim_one().await;
        assert_eq!(bench.tell_all(&again).await, Settled::Waiting);
        assert_eq!(state(bench, &here).await, Some(SuspensionState::Over(time(65))));
        let mut rest = told(bench).await;
        rest.push((again.id.incident.to_string(), true));
        rest.sort();
        let mut expect = [first, second, third].map(|id| (id.to_string(), true));
        expect.sort();
        assert_eq!(rest, expect);
    }

    async fn a_try_is_about_what_people_were_told_and_ends_with_what_they_were_not(bench: Bench) {
        let here = chat("here");
        bench.subscribe(&here, category(), Filter::default()).await;
        let seen = bench.told_opening("signal").await;
        let unseen = bench.open("slack", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        bench.settle(&claim, is_barred(time(60))).await;
        bench.resolve(&unseen).await;
        bench.pass(60);
        assert_eq!(told(bench).await, [], "nobody knew of it");
        assert_eq!(bench.next_due().await, None);
        let other = bench.open("zoom", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        assert_eq!((&claim.id.incident, claim.bar.map(|bar| bar.tries)), (&other, Some(1)));
        bench.settle(&claim, is_barred(time(300))).await;
        bench.resolve(&seen).await;
        bench.resolve(&other).await;
        bench.claim(9).await;
        bench.pass(240);
        assert_eq!(told(bench).await, [(seen.to_string(), false)]);
        assert_eq!(bench.backlog().await, (0, 0, 0));
        assert!(matches!(state(bench, &here).await, Some(SuspensionState::Over(_))));
    }

    async fn a_group_rests_and_goes_on_with_its_topics_and_a_topic_alone(bench: Bench) {
        let chats = ["-1", "-1/7", "-1/8", "-12"].map(chat);
        for chat in &chats {
            bench.subscribe(chat, category(), Filter::default()).await;
        }
        suspend(bench, "-1").await;
        let resting = bench.store().suspended(Platform::Telegram, "-1").await.unwrap();
        assert_eq!(resting, chats[..3]);
        resume(bench, "-1/7", Resumption::Here).await;
        let id = bench.open("signal", Severity::Degraded).await;
        let claims = bench.claim(9).await;
        assert_eq!(crate::bench::addresses(&claims), ["-1/7", "-12"]);
        bench.settle(&claims[0], is_barred(time(60))).await;
        assert_eq!(bench.tell_all(&claims[1]).await, Settled::Finished);
        resume(bench, "-1", Resumption::HereAndBelow).await;
        assert_eq!(told(bench).await, [(id.to_string(), true), (id.to_string(), true), (id.to_string(), true)]);
    }

    async fn who_asks_where_the_bot_was_gone_brings_it_back_and_where_it_may_not_write_causes_a_try(bench: Bench) {
        for (name, outcome) in [("gone", is_gone()), ("barred", is_barred(time(900)))] {
            bench.subscribe(&chat(name), topic("signal"), Filter::default()).await;
            let id = bench.open("signal", Severity::Degraded).await;
            let claims = bench.claim(9).await;
            let claim = claims.iter().find(|claim| claim.id.chat == chat(name)).unwrap();
            bench.settle(claim, outcome).await;
            bench.pass(30);
            resume(bench, name, Resumption::Asked).await;
            let claim = bench.claim_one().await;
            assert_eq!((&claim.id.incident, claim.id.chat.clone()), (&id, chat(name)));
            assert_eq!(state(bench, &chat(name)).await, (name == "barred").then_some(SuspensionState::Barred));
            bench.tell_all(&claim).await;
            bench.unsubscribe(&chat(name), topic("signal")).await;
        }
    }

    async fn a_chat_that_moves_goes_on_where_it_is_now(bench: Bench) {
        let (old, new) = (chat("-1"), chat("-1001"));
        bench.subscribe(&old, topic("signal"), Filter::default()).await;
        suspend(bench, "-1").await;
        let id = bench.open("signal", Severity::Degraded).await;
        bench.apply(vec![Change::Move { from: old.clone(), to: new.clone() }]).await;
        assert_eq!((state(bench, &old).await, state(bench, &new).await), (None, None));
        let claim = bench.claim_one().await;
        assert_eq!((claim.id.chat, claim.id.incident), (new, id));
    }

    async fn a_chat_that_rests_for_too_long_leaves_nothing(bench: Bench) {
        for name in ["one", "two", "three"] {
            bench.subscribe(&chat(name), topic("signal"), Filter::default()).await;
        }
        let settings = foghorn::domain::ChatSettings::default();
        bench.apply(vec![Change::Settings { chat: chat("one"), settings }]).await;
        bench.told_opening("signal").await;
        suspend(bench, "one").await;
        bench.pass(60);
        suspend(bench, "two").await;
        resume(bench, "two", Resumption::Here).await;
        suspend(bench, "three").await;
        bench.restart();
        let ended = bench.store().end_suspended(bench.now - TimeDelta::seconds(1)).await.unwrap();
        assert_eq!(ended.iter().map(|one| (&*one.chat.address, one.subscriptions)).collect::<Vec<_>>(), [("one", 1)]);
        assert_eq!(bench.store().subscriptions(&chat("one")).await.unwrap(), []);
        assert_eq!(bench.store().settings(&chat("one")).await.unwrap(), None);
        assert_eq!(state(bench, &chat("one")).await, None);
        let ended = bench.store().end_suspended(bench.now).await.unwrap();
        assert_eq!(ended.iter().map(|one| &*one.chat.address).collect::<Vec<_>>(), ["three"]);
        assert_eq!(bench.store().end_suspended(bench.now).await.unwrap(), []);
        assert_eq!(bench.store().subscriptions(&chat("two")).await.unwrap().len(), 1);
    }

    async fn whoever_subscribes_elsewhere_for_a_chat_that_rests_hears_when_it_goes_on(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        suspend(bench, "here").await;
        bench.subscribe(&chat("here"), topic("slack"), Filter::default()).await;
        let id = bench.open("slack", Severity::Degraded).await;
        assert_eq!(told(bench).await, []);
        resume(bench, "here", Resumption::Here).await;
        assert_eq!(told(bench).await, [(id.to_string(), true)]);
    }
}
