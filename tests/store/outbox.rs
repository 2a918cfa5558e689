//! Fan-outs, claims and how they are settled.

use chrono::TimeDelta;
use foghorn::{
    domain::{Alert, Change, ChatId, ChatSettings, Filter, Locale, MessageId, Platform, Severity, Subscription},
    store::{Outcome, Settled},
};

use crate::bench::{
    addresses, all_told, at_least, category, chat, is_barred, is_gone, over_both, subscription, time, topic,
};

fn dead(reason: &str) -> Outcome {
    Outcome::Dead { reason: reason.to_owned() }
}

over_both! {
    async fn a_transition_reaches_those_of_the_service_and_of_its_category_once(bench: Bench) {
        bench.subscribe(&chat("service"), topic("signal"), Filter::default()).await;
        bench.subscribe(&chat("category"), category(), Filter::default()).await;
        bench.subscribe(&chat("both"), topic("signal"), Filter::default()).await;
        bench.subscribe(&chat("both"), category(), Filter::default()).await;
        bench.subscribe(&chat("other"), topic("whatsapp"), Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        bench.pass(5);

        let claims = bench.claim(10).await;
        assert_eq!(addresses(&claims), ["both", "service", "category"]);
        assert_eq!(claims[0].topic, topic("signal"));
        assert_eq!(claims[2].topic, category());
        assert_eq!(*claims[0].incident, *bench.known(&id));
        assert_eq!((claims[0].revision, claims[0].chapter, claims[0].attempts), (1, 1, 0));
        assert_eq!(claims[0].since, time(0));
        assert_eq!(claims[0].alert, None);
        assert_eq!(bench.backlog().await, (0, 3, 0));
        assert!(bench.claim(10).await.is_empty());
    }

    async fn a_claim_carries_who_is_to_be_called(bench: Bench) {
        let calling = Subscription {
            mention: Some("@team".to_owned()),
            ..subscription(&chat("here"), topic("signal"), Filter::default())
        };
        bench.apply(vec![Change::Subscribe(calling)]).await;
        bench.open("signal", Severity::Degraded).await;
        assert_eq!(bench.claim_one().await.mention.as_deref(), Some("@team"));
    }

    async fn platforms_without_subscribers_get_no_fan_out(bench: Bench) {
        bench.open("signal", Severity::Degraded).await;
        assert_eq!(bench.backlog().await, (0, 0, 0));

        let console = ChatId { platform: Platform::Console, address: "here".into() };
        bench.subscribe(&console, category(), Filter::default()).await;
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        assert_eq!(bench.backlog().await, (2, 0, 0));
        assert_eq!(bench.claim_one().await.id.chat, chat("here"));
        assert_eq!(bench.store().next_due(Platform::Discord, bench.now).await.unwrap(), None);
        assert_eq!(bench.store().claim(Platform::Console, bench.now, 9).await.unwrap()[0].id.chat, console);
    }

    async fn a_filter_keeps_incidents_away_until_the_chat_was_told(bench: Bench) {
        let here = chat("here");
        bench.subscribe(&here, topic("signal"), at_least(Severity::MajorOutage)).await;
        let id = bench.open("signal", Severity::Degraded).await;
        assert!(bench.claim(9).await.is_empty());
        assert_eq!(bench.backlog().await, (0, 0, 0));

        bench.known(&id).peak = Severity::MajorOutage.condition();
        bench.update(&id).await;
        let claim = bench.claim_one().await;
        bench.tell_all(&claim).await;

        bench.apply(vec![Change::Subscribe(Subscription {
            filter: Filter { components: vec!["Login".to_owned()], ..Filter::default() },
            ..subscription(&here, topic("signal"), Filter::default())
        })]).await;
        bench.known(&id).components = vec!["API".to_owned()];
        bench.resolve(&id).await;
        assert_eq!(bench.claim_one().await.alert, Some(Alert { message: Some(MessageId("m1".into())), shown: 2, chapter: 1, announced: 2 }));
    }

    async fn the_filter_for_the_service_beats_that_for_its_category(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), at_least(Severity::MajorOutage)).await;
        bench.subscribe(&chat("here"), category(), Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        assert!(bench.claim(9).await.is_empty());
    }

    async fn who_already_knows_is_left_out(bench: Bench) {
        bench.subscribe_many(2, &topic("signal"), &Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        for claim in bench.claim(9).await {
            assert_eq!(bench.tell_all(&claim).await, Settled::Finished);
        }
        bench.tell(&id).await;
        assert!(bench.claim(9).await.is_empty());
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn what_is_claimed_is_due_again_after_a_restart_for_the_same_revision(bench: Bench) {
        bench.subscribe_many(2, &topic("signal"), &Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        let claims = bench.claim(9).await;
        bench.settle(&claims[0], Outcome::Retry { at: time(60), counted: true, is_in_doubt: true, reason: None }).await;
        bench.pass(30);
        bench.resolve(&id).await;
        bench.restart();

        let again = bench.claim_one().await;
        assert_eq!(again.id, claims[1].id);
        assert_eq!((again.revision, again.chapter), (1, 1));
        assert_eq!((again.incident.revision, again.incident.chapter), (2, 2));
        assert_eq!(again.since, time(0));
        bench.pass(30);
        bench.restart();
        let both = bench.claim(9).await;
        assert_eq!(addresses(&both), ["c001", "c000"]);
        assert_eq!(both.iter().map(|claim| claim.attempts).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(both[1].revision, 1);
    }

    async fn a_fan_out_goes_on_where_it_was_after_a_restart(bench: Bench) {
        bench.subscribe_many(50, &topic("signal"), &Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        let mut told = Vec::new();
        for most in [1, 16, 20, 50] {
            let claims = bench.claim(most).await;
            told.extend(addresses(&claims));
            for claim in &claims {
                bench.tell_all(claim).await;
            }
            bench.restart();
        }
        let everybody: Vec<_> = (0..50).map(|number| format!("c{number:03}")).collect();
        assert_eq!(told, everybody);
        assert_eq!(bench.next_due().await, None);
    }

    async fn what_was_settled_stays_settled_after_a_restart(bench: Bench) {
        bench.subscribe_many(3, &topic("signal"), &Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        let claims = bench.claim(9).await;
        bench.tell_all(&claims[0]).await;
        bench.settle(&claims[1], Outcome::Needless).await;
        bench.settle(&claims[2], dead("refused")).await;
        bench.restart();
        assert!(bench.claim(9).await.is_empty());
        assert_eq!(bench.backlog().await, (0, 0, 1));
    }

    async fn news_that_came_during_a_send_are_due_when_it_is_settled(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        let id = bench.open("signal", Severity::MajorOutage).await;
        let first = bench.claim_one().await;
        bench.pass(10);
        bench.update(&id).await;
        assert!(bench.claim(9).await.is_empty(), "one send at a time");

        assert_eq!(bench.tell_all(&first).await, Settled::Waiting);
        assert_eq!(bench.next_due().await, Some(bench.now));
        let second = bench.claim_one().await;
        assert_eq!((second.revision, second.chapter, second.attempts), (2, 1, 0));
        assert_eq!(second.alert, Some(all_told(&first.incident)));
        assert_eq!(second.since, time(10));
        assert_eq!(second.urgency, 3, "news of a major outage");
        assert_eq!(bench.tell_all(&second).await, Settled::Finished);
        assert_eq!(bench.next_due().await, None);
    }

    async fn a_second_message_that_is_owed_is_due_at_once_and_still_urgent(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        let id = bench.open("signal", Severity::MajorOutage).await;
        let opened = bench.claim_one().await;
        bench.tell_all(&opened).await;
        bench.resolve(&id).await;
        bench.update(&id).await;

        let edit = bench.claim_one().await;
        let edited = Alert { chapter: 1, ..all_told(&edit.incident) };
        assert_eq!(bench.settle(&edit, Outcome::Told(edited.clone())).await, Settled::Waiting);
        let recovery = bench.claim_one().await;
        assert_eq!(recovery.alert, Some(edited));
        assert_eq!((recovery.chapter, recovery.urgency), (2, 0));
    }

    async fn the_urgency_of_replaced_news_is_not_lost(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        let id = bench.open("signal", Severity::MajorOutage).await;
        bench.update(&id).await;
        assert_eq!(bench.backlog().await, (1, 0, 0));
        let claim = bench.claim_one().await;
        assert_eq!((claim.revision, claim.urgency), (2, 0));
    }

    async fn a_replaced_fan_out_visits_everybody_again_but_tells_nobody_twice(bench: Bench) {
        bench.subscribe_many(4, &topic("signal"), &Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        let first = bench.claim(2).await;
        bench.tell_all(&first[0]).await;
        bench.update(&id).await;

        let second = bench.claim(9).await;
        assert_eq!(addresses(&second), ["c000", "c002", "c003"]);
        assert!(second.iter().all(|claim| claim.revision == 2));
        assert_eq!(bench.tell_all(&first[1]).await, Settled::Waiting);
        assert_eq!(addresses(&bench.claim(9).await), ["c001"]);
    }

    async fn nothing_to_tell_ends_a_delivery_unless_the_incident_moved_on(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        let first = bench.claim_one().await;
        bench.update(&id).await;
        assert_eq!(bench.settle(&first, Outcome::Needless).await, Settled::Waiting);
        let second = bench.claim_one().await;
        assert_eq!(second.revision, 2);
        assert_eq!(bench.settle(&second, Outcome::Needless).await, Settled::Finished);
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn a_retry_waits_for_its_time_and_counts_only_when_told(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        let first = bench.claim_one().await;
        let settled = bench.settle(&first, Outcome::Retry { at: time(30), counted: false, is_in_doubt: true, reason: None }).await;
        assert_eq!(settled, Settled::Waiting);
        assert_eq!(bench.next_due().await, Some(time(30)));
        bench.pass(29);
        bench.update(&id).await;
        assert!(bench.claim(9).await.is_empty());

        bench.pass(1);
        let second = bench.claim_one().await;
        assert_eq!((second.revision, second.attempts, second.since), (1, 0, time(0)));
        bench.settle(&second, Outcome::Retry { at: time(31), counted: true, is_in_doubt: true, reason: None }).await;
        bench.pass(1);
        let third = bench.claim_one().await;
        assert_eq!((third.revision, third.attempts, third.since), (1, 1, time(0)));
        assert_eq!(bench.backlog().await, (0, 1, 0));
    }

    async fn a_retry_between_two_microseconds_is_not_early(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        let at = time(1) + TimeDelta::nanoseconds(500);
        bench.settle(&claim, Outcome::Retry { at, counted: true, is_in_doubt: true, reason: None }).await;
        bench.pass(1);
        assert!(bench.claim(9).await.is_empty());
        let due = bench.next_due().await.unwrap();
        assert!(due >= at);
        assert_eq!(bench.store().claim(Platform::Telegram, due, 9).await.unwrap().len(), 1);
    }

    async fn a_clock_that_is_set_back_makes_nothing_wait_longer_than_it_was_to(bench: Bench) {
        bench.subscribe_many(700, &topic("signal"), &Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        bench.pass(10_000);
        let mut claims = Vec::new();
        while bench.backlog().await.0 > 0 {
            claims.extend(bench.claim(700).await);
        }
        let at = |bench: &crate::bench::Bench, seconds| bench.now + chrono::TimeDelta::seconds(seconds);
        for (number, claim) in claims.iter().enumerate() {
            let seconds = if number == 0 { 5_000 } else { 30 };
            bench.settle(claim, Outcome::Retry { at: at(bench, seconds), counted: true, is_in_doubt: false, reason: None }).await;
        }
        // While it runs, and then also between two runs.
        for is_restarted in [false, true] {
            bench.pass(-3_000);
            if is_restarted {
                bench.restart();
            }
            assert!(bench.claim(9).await.is_empty());
            while bench.next_due().await == Some(bench.now) {
                assert!(bench.claim(9).await.is_empty());
            }
            assert_eq!(bench.next_due().await, Some(at(bench, 30)));
        }
        bench.pass(30);
        let mut count = 0;
        while bench.next_due().await == Some(bench.now) {
            count += bench.claim(700).await.len();
        }
        assert_eq!((claims.len(), count), (700, 699));
        assert_eq!(bench.next_due().await, Some(at(bench, 4_970)), "a longer wait is kept");
    }

    async fn a_message_that_is_gone_is_sent_anew_at_once(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        bench.tell_all(&claim).await;
        bench.update(&id).await;
        let edit = bench.claim_one().await;
        bench.update(&id).await;
        assert_eq!(bench.settle(&edit, Outcome::MessageGone).await, Settled::Waiting);
        let again = bench.claim_one().await;
        assert_eq!((again.alert, again.revision), (None, 3));
    }

    async fn a_dead_delivery_is_kept_apart_and_later_news_are_still_told(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        bench.settle(&claim, Outcome::Retry { at: bench.now, counted: true, is_in_doubt: true, reason: None }).await;
        let claim = bench.claim_one().await;
        bench.resolve(&id).await;
        assert_eq!(bench.settle(&claim, dead("refused")).await, Settled::Waiting);
        assert_eq!(bench.backlog().await, (1, 1, 1));

        let resolved = bench.claim_one().await;
        assert_eq!((resolved.revision, resolved.attempts), (2, 0));
        assert_eq!(bench.settle(&resolved, dead("refused")).await, Settled::Finished);
        assert_eq!(bench.backlog().await, (0, 0, 2));
    }

    async fn a_chat_that_is_gone_rests_and_what_waits_for_it_is_let_go(bench: Bench) {
        let gone = chat("gone");
        let settings = ChatSettings { locale: Locale::De, timezone: chrono_tz::Tz::UTC, ..ChatSettings::default() };
        bench.apply(vec![Change::Settings { chat: gone.clone(), settings }]).await;
        for name in ["signal", "whatsapp"] {
            bench.subscribe(&gone, topic(name), Filter::default()).await;
        }
        bench.subscribe(&chat("gone2"), topic("signal"), Filter::default()).await;
        let first = bench.open("signal", Severity::Degraded).await;
        let claims = bench.claim(9).await;
        bench.tell_all(&claims[0]).await;
        bench.tell_all(&claims[1]).await;
        bench.open("whatsapp", Severity::Degraded).await;
        let in_flight = bench.claim_one().await;
        bench.update(&first).await;
        let claims = bench.claim(9).await;
        assert_eq!(addresses(&claims), ["gone", "gone2"]);

        assert_eq!(bench.settle(&claims[0], is_gone()).await, Settled::Suspended);
        assert_eq!(bench.store().subscriptions(&gone).await.unwrap().len(), 2);
        assert_eq!(bench.store().settings(&gone).await.unwrap(), Some(settings));
        assert_eq!(bench.backlog().await, (0, 2, 0), "what is being sent is settled as it ends");
        assert_eq!(bench.settle(&in_flight, Outcome::Retry { at: time(0), counted: true, is_in_doubt: true, reason: None }).await, Settled::Finished);
        assert_eq!(bench.backlog().await, (0, 1, 0));
        assert_eq!(bench.settle(&in_flight, is_gone()).await, Settled::Suspended);
        assert_eq!(bench.store().suspension(&chat("gone2")).await.unwrap(), None);
    }

    async fn a_chat_that_moves_keeps_everything_under_its_new_address(bench: Bench) {
        let (old, new) = (chat("-1"), chat("-1001"));
        let settings = ChatSettings { locale: Locale::De, timezone: chrono_tz::Tz::UTC, ..ChatSettings::default() };
        bench.apply(vec![Change::Settings { chat: old.clone(), settings }]).await;
        bench.subscribe(&old, topic("signal"), at_least(Severity::Degraded)).await;
        bench.subscribe(&old, category(), Filter::default()).await;
        let told = bench.open("signal", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        bench.tell_all(&claim).await;
        bench.update(&told).await;
        let moving = bench.claim_one().await;

        assert_eq!(bench.settle(&moving, Outcome::ChatMoved { to: new.clone() }).await, Settled::Waiting);
        bench.restart();
        assert_eq!(bench.store().subscriptions(&old).await.unwrap(), []);
        assert_eq!(
            bench.store().subscriptions(&new).await.unwrap(),
            [
                subscription(&new, topic("signal"), at_least(Severity::Degraded)),
                subscription(&new, category(), Filter::default()),
            ]
        );
        assert_eq!(bench.store().settings(&new).await.unwrap(), Some(settings));
        assert_eq!(bench.store().settings(&old).await.unwrap(), None);
        let again = bench.claim_one().await;
        assert_eq!((&again.id.chat, again.revision), (&new, moving.revision));
        // What was told is known; the message that told it stayed behind.
        assert_eq!(again.alert, Some(Alert { message: None, shown: 1, chapter: 1, announced: 1 }));
        assert_eq!(bench.backlog().await, (0, 1, 0));
    }

    async fn what_is_in_flight_to_the_old_address_is_settled_under_the_new_one(bench: Bench) {
        let (old, new) = (chat("-1"), chat("-1001"));
        bench.subscribe(&old, category(), Filter::default()).await;
        for name in ["signal", "telegram", "whatsapp"] {
            bench.open(name, Severity::Degraded).await;
        }
        let claims = bench.claim(9).await;
        bench.settle(&claims[0], Outcome::ChatMoved { to: new.clone() }).await;
        let moved = bench.claim_one().await;
        assert_eq!((&moved.id.chat, &moved.id.incident), (&new, &claims[0].id.incident));

        assert_eq!(bench.tell_all(&claims[1]).await, Settled::Finished);
        bench.update(&claims[1].id.incident).await;
        let next = bench.claim_one().await;
        assert_eq!((&next.id.chat, next.alert.as_ref().unwrap().message.as_ref()), (&new, None), "it arrived over there");
        bench.tell_all(&next).await;
        bench.update(&claims[1].id.incident).await;
        let next = bench.claim_one().await;
        assert_eq!(next.alert.as_ref().unwrap().message, Some(MessageId("m1".into())), "and this one here");
        bench.tell_all(&next).await;
        assert_eq!(bench.settle(&claims[2], is_gone()).await, Settled::Waiting);
        assert_eq!(bench.store().subscriptions(&new).await.unwrap().len(), 1);
        let last = bench.claim_one().await;
        assert_eq!((&last.id.chat, &last.id.incident), (&new, &claims[2].id.incident));
        assert_eq!(bench.backlog().await, (0, 2, 0));
    }

    async fn what_the_new_address_has_already_stays(bench: Bench) {
        let (old, new) = (chat("-1"), chat("-1001"));
        bench.subscribe(&old, topic("signal"), Filter::default()).await;
        bench.subscribe(&new, topic("signal"), at_least(Severity::Degraded)).await;
        let id = bench.open("signal", Severity::Degraded).await;
        let claims = bench.claim(9).await;
        assert_eq!(addresses(&claims), ["-1", "-1001"]);
        bench.settle(&claims[1], Outcome::Told(Alert { message: Some(MessageId("new".into())), ..all_told(&claims[1].incident) })).await;

        bench.settle(&claims[0], Outcome::ChatMoved { to: new.clone() }).await;
        let subscriptions = bench.store().subscriptions(&new).await.unwrap();
        assert_eq!(subscriptions, [subscription(&new, topic("signal"), at_least(Severity::Degraded))]);
        bench.update(&id).await;
        let next = bench.claim_one().await;
        assert_eq!(next.alert.unwrap().message, Some(MessageId("new".into())));
        assert_eq!(bench.backlog().await, (0, 1, 0));
    }

    async fn the_most_urgent_go_first_whether_new_or_retried(bench: Bench) {
        bench.subscribe(&chat("here"), category(), Filter::default()).await;
        let mild = bench.open("mild", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        bench.tell_all(&claim).await;
        bench.open("retried", Severity::PartialOutage).await;
        let retried = bench.claim_one().await;
        bench.settle(&retried, Outcome::Retry { at: bench.now, counted: true, is_in_doubt: true, reason: None }).await;
        bench.update(&mild).await;
        bench.open("fresh", Severity::PartialOutage).await;
        bench.open("down", Severity::MajorOutage).await;

        let mut order = Vec::new();
        while let Some(claim) = bench.claim(1).await.pop() {
            order.push(claim.id.incident.service.to_string());
        }
        assert_eq!(order, ["down", "retried", "fresh", "mild"]);
    }

    async fn waiting_deliveries_of_one_urgency_go_in_order_of_time(bench: Bench) {
        bench.subscribe_many(3, &topic("signal"), &Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        let claims = bench.claim(9).await;
        for (claim, seconds) in claims.iter().zip([30, 10, 20]) {
            bench.settle(claim, Outcome::Retry { at: time(seconds), counted: true, is_in_doubt: true, reason: None }).await;
        }
        assert_eq!(bench.next_due().await, Some(time(10)));
        bench.pass(20);
        assert_eq!(addresses(&bench.claim(9).await), ["c001", "c002"]);
        assert_eq!(bench.next_due().await, Some(time(30)));
    }

    async fn the_next_due_time_is_that_of_the_earliest_whatever_its_urgency(bench: Bench) {
        bench.subscribe(&chat("here"), category(), Filter::default()).await;
        bench.open("down", Severity::MajorOutage).await;
        bench.open("mild", Severity::Degraded).await;
        let claims = bench.claim(9).await;
        bench.settle(&claims[0], Outcome::Retry { at: time(90), counted: true, is_in_doubt: true, reason: None }).await;
        bench.settle(&claims[1], Outcome::Retry { at: time(40), counted: true, is_in_doubt: true, reason: None }).await;
        assert_eq!(bench.next_due().await, Some(time(40)));
        bench.open("new", Severity::Degraded).await;
        assert_eq!(bench.next_due().await, Some(bench.now));
    }

    async fn fan_outs_of_equal_urgency_take_turns(bench: Bench) {
        bench.subscribe_many(200, &topic("long"), &Filter::default()).await;
        bench.subscribe_many(3, &topic("short"), &Filter::default()).await;
        bench.open("long", Severity::Degraded).await;
        bench.open("short", Severity::Degraded).await;

        let claims = bench.claim(40).await;
        assert_eq!(claims.len(), 40);
        let short = claims.iter().filter(|claim| claim.id.incident.service.as_str() == "short").count();
        assert_eq!(short, 3, "the short one does not wait for the long one");
        assert_eq!(bench.backlog().await, (1, 40, 0));
    }

    async fn turns_go_on_over_small_claims(bench: Bench) {
        bench.subscribe_many(20, &topic("one"), &Filter::default()).await;
        bench.subscribe_many(20, &topic("two"), &Filter::default()).await;
        bench.open("one", Severity::Degraded).await;
        bench.open("two", Severity::Degraded).await;
        let mut services = Vec::new();
        for _ in 0..4 {
            services.push(bench.claim(1).await[0].id.incident.service.to_string());
        }
        assert_eq!(services, ["one", "two", "one", "two"]);
    }

    async fn a_claim_looks_at_few_chats_and_says_that_there_is_more(bench: Bench) {
        bench.subscribe_many(900, &topic("signal"), &at_least(Severity::MajorOutage)).await;
        bench.subscribe(&chat("z"), topic("signal"), Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;

        let mut rounds = 0;
        let found = loop {
            rounds += 1;
            let claims = bench.claim(50).await;
            if !claims.is_empty() {
                break claims;
            }
            assert_eq!(bench.next_due().await, Some(bench.now));
        };
        assert_eq!(addresses(&found), ["z"]);
        assert_eq!(rounds, 5, "200 chats are looked at in a claim of up to 50");
        assert_eq!(bench.next_due().await, None);
    }

    async fn a_claim_of_none_takes_none(bench: Bench) {
        bench.subscribe_many(2, &topic("signal"), &Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        assert!(bench.claim(0).await.is_empty());
        assert_eq!(bench.claim(9).await.len(), 2);
    }

    async fn the_last_claim_of_a_fan_out_ends_it(bench: Bench) {
        bench.subscribe_many(16, &topic("signal"), &Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        assert_eq!(bench.claim(16).await.len(), 16);
        assert_eq!(bench.backlog().await, (0, 16, 0));
        assert_eq!(bench.next_due().await, None, "claimed deliveries do not count");
    }

    async fn unsubscribing_drops_what_waits_unless_the_category_still_asks_for_it(bench: Bench) {
        let here = chat("here");
        bench.subscribe(&here, topic("signal"), Filter::default()).await;
        bench.subscribe(&here, category(), Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        bench.settle(&claim, Outcome::Retry { at: time(60), counted: true, is_in_doubt: true, reason: None }).await;

        bench.unsubscribe(&here, topic("signal")).await;
        assert_eq!(bench.backlog().await, (0, 1, 0));
        bench.unsubscribe(&here, category()).await;
        assert_eq!(bench.backlog().await, (0, 0, 0));
        assert_eq!(bench.next_due().await, None);
    }

    async fn what_is_being_sent_when_a_chat_unsubscribes_is_settled_and_not_told_again(bench: Bench) {
        let here = chat("here");
        bench.subscribe(&here, topic("signal"), Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        bench.unsubscribe(&here, topic("signal")).await;
        bench.update(&id).await;
        bench.tell_all(&claim).await;
        assert!(bench.claim(9).await.is_empty());
        assert_eq!(bench.backlog().await, (0, 0, 0));

        bench.subscribe(&here, topic("signal"), Filter::default()).await;
        bench.update(&id).await;
        assert!(bench.claim_one().await.alert.is_some(), "what it was told is remembered");
    }

    async fn a_chat_that_waits_for_a_retry_gets_later_news_in_the_same_delivery(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        let id = bench.open("signal", Severity::MajorOutage).await;
        let claim = bench.claim_one().await;
        bench.tell_all(&claim).await;
        bench.update(&id).await;
        let claim = bench.claim_one().await;
        assert_eq!(claim.urgency, 3);
        bench.settle(&claim, Outcome::Retry { at: time(60), counted: true, is_in_doubt: true, reason: None }).await;
        bench.resolve(&id).await;
        assert!(bench.claim(9).await.is_empty());
        assert_eq!(bench.backlog().await, (0, 1, 0));

        bench.pass(60);
        let claim = bench.claim_one().await;
        assert_eq!((claim.urgency, claim.revision, claim.incident.revision), (0, 2, 3));
    }

    async fn a_claim_of_before_touches_nothing_of_the_one_that_holds_the_delivery_now(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        let before = bench.claim_one().await;
        bench.restart();
        let held = bench.claim_one().await;
        assert!(held.number > before.number);
        let later = Outcome::Retry { at: time(60), counted: true, is_in_doubt: true, reason: None };
        for outcome in [later, Outcome::Needless, is_barred(time(60)), Outcome::MessageGone, dead("late")] {
            assert_eq!(bench.settle(&before, outcome).await, Settled::Finished);
        }
        assert!(bench.store().renew(&before, bench.now).await.unwrap().is_none());
        assert_eq!((bench.backlog().await, bench.next_due().await), ((0, 1, 0), None), "it is being sent");
        let renewed = bench.store().renew(&held, bench.now).await.unwrap().unwrap();
        assert_eq!((renewed.number, renewed.attempts), (held.number, 0));
        bench.tell_all(&held).await;
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn what_went_to_the_old_address_settles_nothing_that_goes_to_the_new_one(bench: Bench) {
        let (old, new) = (chat("-1"), chat("-1001"));
        for chat in [&old, &new] {
            bench.subscribe(chat, topic("signal"), Filter::default()).await;
        }
        bench.open("signal", Severity::Degraded).await;
        let [to_old, to_new] = bench.claim(9).await.try_into().unwrap();
        bench.apply(vec![Change::Move { from: old, to: new.clone() }]).await;
        assert_eq!(bench.tell_all(&to_old).await, Settled::Finished);
        assert!(bench.store().renew(&to_old, bench.now).await.unwrap().is_none());
        assert_eq!((bench.backlog().await, bench.next_due().await), ((0, 1, 0), None), "it is being sent");
        let later = Outcome::Retry { at: bench.now, counted: true, is_in_doubt: false, reason: None };
        assert_eq!(bench.settle(&to_new, later).await, Settled::Waiting);
        let again = bench.claim_one().await;
        assert_eq!((again.id.chat, again.alert, again.attempts), (new, None, 1), "it was told over there only");
    }

    async fn settling_what_is_not_there_does_nothing(bench: Bench) {
        bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        bench.tell_all(&claim).await;
        for outcome in [Outcome::Needless, dead("late"), Outcome::MessageGone] {
            assert_eq!(bench.settle(&claim, outcome).await, Settled::Finished);
        }
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }
}

#[tokio::test]
async fn ten_thousand_dead_letters_are_kept() {
    let mut bench = crate::bench::Bench::memory();
    bench.subscribe_many(1, &topic("signal"), &Filter::default()).await;
    let id = bench.open("signal", Severity::Degraded).await;
    for _ in 0..10_002 {
        let claim = bench.claim_one().await;
        bench.settle(&claim, dead("refused")).await;
        bench.tell(&id).await;
    }
    assert_eq!(bench.backlog().await, (1, 0, 10_000));
}
