//! Looking at what is not delivered, dead letters that get another chance, and what is kept of chats.

use chrono::{DateTime, TimeDelta, Utc};
use foghorn::{
    domain::{
        Change, ChatSettings, Filter, Locale, Mute, Muted, Platform, Severity, Subscription, Topic, Watch, WatchLimits,
    },
    store::{Depth, Kept, Outcome, Revived, Standing, Undelivered},
};

use crate::bench::{Bench, addresses, at_least, category, chat, is_barred, over_both, page, subscription, time, topic};

const NO_LIMITS: WatchLimits = WatchLimits { per_chat: 99, overall: 99 };

impl Bench {
    /// What is not delivered, read in pages of two.
    async fn undelivered(&self) -> Vec<Undelivered> {
        let mut all: Vec<Undelivered> = Vec::new();
        loop {
            let after = all.last().map(|one| one.place.clone());
            let some = self.store().undelivered(after, 2).await.unwrap();
            let is_last = some.len() < 2;
            all.extend(some);
            if is_last {
                return all;
            }
        }
    }

    /// The numbers of the dead letters.
    async fn dead(&self) -> Vec<u64> {
        let number = |one: Undelivered| match one.standing {
            Standing::Dead { number, .. } => Some(number),
            Standing::Pending | Standing::Retrying { .. } => None,
        };
        self.undelivered().await.into_iter().filter_map(number).collect()
    }

    async fn depths(&self) -> Vec<Depth> {
        self.store().depths().await.unwrap()
    }

    /// Fan-outs, deliveries and the oldest of both on the platform that the chats are on.
    async fn depth(&self) -> (usize, usize, Option<DateTime<Utc>>) {
        let depths = self.depths().await;
        let depth = depths.iter().find(|depth| depth.platform == Platform::Telegram).unwrap();
        (depth.fan_outs, depth.deliveries, depth.oldest)
    }

    async fn kept(&self) -> Vec<Kept> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let (some, next) = self.store().kept(after, 1).await.unwrap();
            all.extend(some);
            after = Some(match next {
                Some(next) => next,
                None => return all,
            });
        }
    }
}

fn dead(reason: &str) -> Outcome {
    Outcome::Dead { reason: reason.to_owned() }
}

over_both! {
    async fn what_is_not_delivered_is_listed_with_what_is_going_to_happen_to_it(bench: Bench) {
        bench.subscribe_many(6, &topic("signal"), &Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        assert_eq!(bench.store().fan_outs(Platform::Telegram).await.unwrap(), [(id.clone(), time(0))]);
        assert_eq!(bench.store().fan_outs(Platform::Discord).await.unwrap(), []);
        assert_eq!(bench.undelivered().await, []);
        let claims = bench.claim(9).await;
        bench.pass(60);
        bench.settle(&claims[1], Outcome::Retry { at: time(90), counted: true, is_in_doubt: true, reason: Some("no answer".to_owned()) }).await;
        bench.settle(&claims[2], is_barred(time(300))).await;
        bench.settle(&claims[3], dead("the message is too long")).await;
        bench.settle(&claims[4], Outcome::Retry { at: time(80), counted: false, is_in_doubt: false, reason: None }).await;
        bench.tell_all(&claims[5]).await;

        assert_eq!(bench.store().fan_outs(Platform::Telegram).await.unwrap(), []);
        let all = bench.undelivered().await;
        let told: Vec<_> = all.iter().map(|one| (&*one.id.chat.address, one.tries, &one.standing)).collect();
        let retrying = |due, barred_since, reason: Option<&str>| Standing::Retrying {
            due: time(due),
            barred_since,
            reason: reason.map(str::to_owned),
            is_in_doubt: reason.is_some(),
        };
        let number = bench.dead().await[0];
        assert_eq!(told, [
            ("c000", 0, &Standing::Pending),
            ("c001", 1, &retrying(90, None, Some("no answer"))),
            ("c002", 1, &retrying(300, Some(time(60)), None)),
            // A platform's limit is no failure.
            ("c004", 0, &Standing::Pending),
            ("c003", 0, &Standing::Dead { number, at: time(60), reason: "the message is too long".to_owned() }),
        ]);
        assert!(all.iter().all(|one| one.id.incident == id && one.since == time(0)));
    }

    async fn how_much_waits_is_known_by_platform_and_since_when(bench: Bench) {
        bench.subscribe_many(3, &topic("signal"), &Filter::default()).await;
        assert!(bench.depths().await.iter().all(|depth| (depth.deliveries, depth.oldest) == (0, None)));
        let signal = bench.open("signal", Severity::Degraded).await;
        assert_eq!(bench.depth().await, (1, 0, Some(time(0))), "no chat was come to yet");
        let claims = bench.claim(9).await;
        let (fan_outs, deliveries, oldest) = bench.depth().await;
        assert_eq!((fan_outs, deliveries), (0, 3));
        assert!(oldest >= Some(time(0)) && oldest <= Some(time(10)), "{oldest:?}");
        bench.settle(&claims[0], Outcome::Retry { at: time(90), counted: true, is_in_doubt: false, reason: None }).await;
        bench.settle(&claims[1], dead("the message is too long")).await;
        bench.pass(60);
        bench.tell_all(&claims[2]).await;
        assert_eq!(bench.depth().await, (0, 1, oldest), "what is tried again is as old as before");
        bench.restart();
        assert_eq!(bench.depth().await, (0, 1, oldest));
        bench.update(&signal).await;
        assert_eq!(bench.depth().await, (1, 1, oldest));
        for claim in bench.claim(9).await {
            bench.tell_all(&claim).await;
        }
        bench.pass(60);
        for claim in bench.claim(9).await {
            bench.tell_all(&claim).await;
        }
        assert_eq!(bench.depth().await, (0, 0, None));
        let others = bench.depths().await.into_iter().filter(|depth| depth.platform != Platform::Telegram);
        assert!(others.into_iter().all(|depth| (depth.fan_outs, depth.deliveries, depth.oldest) == (0, 0, None)));
    }

    async fn a_dead_letter_that_is_retried_tells_what_is_true_then_at_once(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        bench.settle(&bench.claim_one().await, dead("no")).await;
        bench.pass(60);
        bench.known(&id).title = Some("It is worse.".to_owned());
        bench.update(&id).await;
        bench.settle(&bench.claim_one().await, dead("no again")).await;
        bench.pass(60);
        let letters = bench.dead().await;
        assert_eq!((letters.len(), bench.backlog().await), (2, (0, 0, 2)));

        let revived = bench.store().revive(letters, bench.now).await.unwrap();
        assert_eq!(revived, Revived { due: 2, ..Revived::default() });
        assert_eq!(bench.backlog().await, (0, 1, 0));
        assert_eq!(bench.next_due().await, Some(bench.now));
        let claim = bench.claim_one().await;
        assert_eq!((claim.incident.title.as_deref(), claim.attempts, claim.since), (Some("It is worse."), 0, bench.now));
        assert_eq!(claim.alert, None);
        bench.tell_all(&claim).await;
        assert_eq!((bench.next_due().await, bench.backlog().await), (None, (0, 0, 0)));
    }

    async fn a_letter_whose_chat_wants_it_no_more_is_dropped_and_one_by_category_is_found(bench: Bench) {
        bench.subscribe(&chat("gone"), topic("signal"), Filter::default()).await;
        bench.subscribe(&chat("category"), category(), Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        for claim in bench.claim(9).await {
            bench.settle(&claim, dead("no")).await;
        }
        bench.unsubscribe(&chat("gone"), topic("signal")).await;
        let mut letters = bench.dead().await;
        letters.push(999);
        let revived = bench.store().revive(letters.clone(), bench.now).await.unwrap();
        assert_eq!(revived, Revived { due: 1, unwanted: 1, unknown: 1, ..Revived::default() });
        assert_eq!(addresses(&bench.claim(9).await), ["category"]);
        let again = bench.store().revive(letters, bench.now).await.unwrap();
        assert_eq!(again, Revived { unknown: 3, ..Revived::default() });
    }

    async fn a_letter_that_needs_no_message_any_more_says_why(bench: Bench) {
        let (here, muted) = (chat("here"), chat("muted"));
        bench.subscribe(&here, topic("signal"), Filter::default()).await;
        bench.subscribe(&muted, topic("whatsapp"), Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        bench.settle(&bench.claim_one().await, dead("no")).await;
        bench.update(&id).await;
        bench.tell_all(&bench.claim_one().await).await;
        bench.open("whatsapp", Severity::Degraded).await;
        bench.settle(&bench.claim_one().await, dead("no")).await;
        let mute = Mute { muted: Muted::All, until: None };
        bench.apply(vec![Change::Mute { chat: muted, mute }]).await;
        let revived = bench.store().revive(bench.dead().await, bench.now).await.unwrap();
        assert_eq!(revived, Revived { told: 1, unwanted: 1, ..Revived::default() });
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn a_letter_finds_its_chat_where_it_has_moved(bench: Bench) {
        bench.subscribe(&chat("old"), topic("signal"), Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        bench.settle(&bench.claim_one().await, dead("no")).await;
        bench.apply(vec![Change::Move { from: chat("old"), to: chat("new") }]).await;
        for claim in bench.claim(9).await {
            bench.settle(&claim, dead("no")).await;
        }
        bench.store().revive(bench.dead().await, bench.now).await.unwrap();
        assert_eq!(addresses(&bench.claim(9).await), ["new"]);
    }

    async fn dropped_letters_are_gone_and_counted_once(bench: Bench) {
        bench.subscribe_many(3, &topic("signal"), &Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        for claim in bench.claim(9).await {
            bench.settle(&claim, dead("no")).await;
        }
        let letters = bench.dead().await;
        assert_eq!(bench.store().discard(letters[1..].to_vec()).await.unwrap(), 2);
        assert_eq!(bench.store().discard(letters.clone()).await.unwrap(), 1);
        bench.restart();
        assert_eq!((bench.dead().await, bench.backlog().await), (Vec::new(), (0, 0, 0)));
    }

    async fn all_that_chats_have_said_is_listed_a_watch_before_its_subscription(bench: Bench) {
        let (here, there) = (chat("here"), chat("there"));
        let settings = ChatSettings { locale: Locale::De, ..ChatSettings::default() };
        let mute = |muted, seconds| Mute { muted, until: Some(time(0) + TimeDelta::seconds(seconds)) };
        let mutes = [mute(Muted::All, 60), mute(Muted::Service(crate::bench::service("signal")), 90)];
        let watch = Watch { page: page(1), name: Some("Ours".to_owned()) };
        let watched = Topic::Service(watch.page.id.clone());
        let calling = Subscription {
            mention: Some("@team".to_owned()),
            ..subscription(&there, category(), at_least(Severity::MajorOutage))
        };
        bench.apply(vec![
            Change::Settings { chat: here.clone(), settings },
            Change::Mute { chat: here.clone(), mute: mutes[0].clone() },
            Change::Mute { chat: here.clone(), mute: mutes[1].clone() },
            Change::Watch { chat: there.clone(), watch: watch.clone(), limits: NO_LIMITS },
            Change::Subscribe(subscription(&there, watched.clone(), Filter::default())),
            Change::Subscribe(calling.clone()),
        ]).await;
        assert_eq!(bench.kept().await, [
            Kept::Settings { chat: here.clone(), settings },
            Kept::Mute { chat: here.clone(), mute: mutes[0].clone() },
            Kept::Mute { chat: here, mute: mutes[1].clone() },
            Kept::Watch { chat: there.clone(), watch },
            Kept::Subscription(calling),
            Kept::Subscription(subscription(&there, watched, Filter::default())),
        ]);
    }
}
