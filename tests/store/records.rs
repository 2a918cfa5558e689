//! Tracks, incidents, subscriptions and settings.

use std::sync::Arc;

use foghorn::{
    domain::{
        Change, ChatSettings, Condition, Filed, Filter, IncidentId, Locale, MaintenancePhase, PageId, PageMove, Phase,
        Planned, Posted, RequestId, Role, Severity, SourceId, SourceKind, SourceTrack, Sources, TransitionKind,
        Witness,
    },
    store::{Applied, StoreError},
};

use crate::bench::{at_least, category, chat, over_both, service, subscription, time, topic, update};

over_both! {
    async fn a_track_is_read_back_as_it_was_committed_also_after_a_restart(bench: Bench) {
        let id = bench.incident("whatsapp", Severity::PartialOutage);
        let incident = bench.known(&id);
        incident.planned = Some(Planned {
            phase: MaintenancePhase::Verifying,
            starts_at: Some(time(1)),
            ends_at: None,
        });
        incident.title = Some("Größere Störung".to_owned());
        incident.impact = Condition::Maintenance;
        incident.components = vec!["Login".to_owned(), "API".to_owned()];
        incident.regions = vec!["EU".to_owned()];
        incident.url = Some("https://status.example/1".to_owned());
        incident.witnesses = vec![Witness {
            source: SourceId::new(SourceKind::Rss, "https://status.example/feed"),
            role: Role::Measured,
            posted: vec![Posted { id: "p1".to_owned(), phase: Phase::Monitoring, absent: 2 }],
            is_bad: true,
            impact: Condition::PartialOutage,
        }];
        incident.updates = vec![update(0, "We are looking."), update(1, "")];
        incident.reopened_at = vec![time(3)];
        incident.is_flapping = true;
        incident.last_kind = TransitionKind::Moved;
        let source = SourceTrack {
            last_good: Some(time(1)),
            last_tried: Some(time(2) + chrono::TimeDelta::nanoseconds(123_456_789)),
            unreadable: Some("HTTP 503".to_owned()),
            condition: Condition::Unknown,
            not_well: vec![("Login".to_owned(), Condition::Degraded)],
            accepted: Condition::MajorOutage,
            accepted_parts: vec!["Login".to_owned()],
            streak: 2,
            streak_since: Some(time(4)),
            latency_ms: Some(120),
            remark: Some("slow".to_owned()),
            page: PageId { id: Some("p1".to_owned()), host: Some("status.whatsapp.example".to_owned()) },
            moved: Some(PageMove { to: PageId { id: None, host: Some("new.example".to_owned()) }, since: time(5) }),
            filed: (0..400).map(|number| Filed { id: number, story: u32::MAX - number, words: 0, number }).collect(),
        };
        let feed = SourceId::new(SourceKind::Http, "https://web.whatsapp.example/");
        bench.tracks.get_mut(&id.service).unwrap().sources.insert(feed, Arc::new(source));
        bench.commit(&id, Vec::new(), Vec::new()).await;
        bench.open("signal", Severity::Degraded).await;

        let tracks: Vec<_> = bench.tracks.values().cloned().collect();
        assert_eq!(bench.store().tracks().await.unwrap(), tracks);
        bench.restart();
        assert_eq!(bench.store().tracks().await.unwrap(), tracks);
    }

    async fn a_forgotten_incident_leaves_the_track_and_stays_in_the_history(bench: Bench) {
        let first = bench.open("whatsapp", Severity::Degraded).await;
        let second = bench.open("whatsapp", Severity::Degraded).await;
        bench.commit(&second, Vec::new(), vec![first.clone()]).await;

        let tracks = bench.store().tracks().await.unwrap();
        let kept: Vec<_> = tracks[0].incidents.iter().map(|incident| incident.id.clone()).collect();
        assert_eq!(kept, [second]);
        assert_eq!(bench.store().incident(&first).await.unwrap().unwrap().id, first);
        assert_eq!(bench.store().history(&service("whatsapp"), 9).await.unwrap().len(), 2);
    }

    async fn only_incidents_that_are_named_are_written(bench: Bench) {
        let first = bench.open("whatsapp", Severity::Degraded).await;
        let second = bench.open("whatsapp", Severity::Degraded).await;
        bench.known(&first).title = Some("not named".to_owned());
        bench.tell(&second).await;

        assert_eq!(bench.store().incident(&first).await.unwrap().unwrap().title, None);
    }

    async fn a_source_that_was_taken_from_its_service_is_forgotten(bench: Bench) {
        let id = bench.incident("whatsapp", Severity::Degraded);
        let feed = SourceId::new(SourceKind::Rss, "https://status.example/feed");
        bench.tracks.get_mut(&id.service).unwrap().sources.insert(feed, Arc::default());
        bench.tell(&id).await;
        assert_eq!(bench.store().tracks().await.unwrap()[0].sources.len(), 1);

        bench.tracks.get_mut(&id.service).unwrap().sources.clear();
        bench.tell(&id).await;
        assert_eq!(bench.store().tracks().await.unwrap()[0].sources.len(), 0);
    }

    async fn updates_are_kept_in_their_order_and_go_when_the_provider_removes_them(bench: Bench) {
        let id = bench.incident("whatsapp", Severity::Degraded);
        bench.known(&id).updates = (0..300).map(|number| update(number, "more")).collect();
        bench.tell(&id).await;
        assert_eq!(bench.store().incident(&id).await.unwrap().unwrap(), *bench.known(&id));

        bench.known(&id).updates = vec![update(7, "edited"), update(3, "older")];
        bench.tell(&id).await;
        assert_eq!(bench.store().incident(&id).await.unwrap().unwrap(), *bench.known(&id));
    }

    async fn long_texts_come_back_whole_and_shrink_without_a_rest(bench: Bench) {
        let id = bench.incident("whatsapp", Severity::Degraded);
        bench.known(&id).components = (0..1_000).map(|number| format!("Komponente für Größe {number}")).collect();
        bench.known(&id).updates = vec![update(0, &"ü".repeat(20_000))];
        bench.tell(&id).await;
        bench.restart();
        assert_eq!(bench.store().incident(&id).await.unwrap().unwrap(), *bench.known(&id));

        bench.known(&id).components.truncate(200);
        bench.known(&id).updates = vec![update(0, "short")];
        bench.tell(&id).await;
        assert_eq!(bench.store().incident(&id).await.unwrap().unwrap(), *bench.known(&id));
    }

    async fn the_past_is_kept_in_order_of_its_beginning_and_a_restart_changes_nothing(bench: Bench) {
        let told = bench.open("whatsapp", Severity::Degraded).await;
        let past = [3, 1, 2].map(|days| {
            let id = bench.incident("whatsapp", Severity::MajorOutage);
            let mut past = bench.tracks.get_mut(&id.service).unwrap().incidents.pop().unwrap();
            past.started_at = time(-days * 86_400);
            past.resolved_at = Some(time(-days * 86_400 + 60));
            past.updates = (0..20).map(|number| update(number, &"ü".repeat(600))).collect();
            past
        });
        bench.commit_past(&told.service, past.to_vec(), time(-400 * 86_400)).await;
        for _ in 0..2 {
            let history = bench.store().history(&told.service, 9).await.unwrap();
            let ids: Vec<_> = history.iter().map(|incident| incident.id.number).collect();
            assert_eq!(ids, [1, 3, 4, 2]);
            assert_eq!(history[1], past[1]);
            let track = &bench.store().tracks().await.unwrap()[0];
            assert_eq!((track.incidents.len(), track.next_number), (1, 5), "the past is not in the track");
            assert_eq!(bench.store().history(&told.service, 2).await.unwrap().len(), 2);
            assert_eq!(bench.store().incident(&past[2].id).await.unwrap().as_ref(), Some(&past[2]));
            bench.restart();
        }
        // It comes back, and is told from now on: its updates are stored one by one, and none is lost or there twice.
        let mut back = past[0].clone();
        back.updates.push(update(99, "It is back."));
        let id = back.id.clone();
        bench.tracks.get_mut(&id.service).unwrap().recall(back.clone());
        bench.tell(&id).await;
        assert_eq!(bench.store().incident(&id).await.unwrap(), Some(back));
    }

    async fn an_incident_whose_beginning_is_corrected_moves_in_the_history(bench: Bench) {
        let first = bench.open("whatsapp", Severity::Degraded).await;
        bench.pass(60);
        let second = bench.open("whatsapp", Severity::Degraded).await;
        bench.known(&second).started_at = time(-60);
        bench.tell(&second).await;
        let history = bench.store().history(&first.service, 9).await.unwrap();
        let ids: Vec<_> = history.into_iter().map(|incident| incident.id).collect();
        assert_eq!(ids, [first, second]);
    }

    async fn what_is_older_than_the_history_goes_bit_by_bit_and_what_goes_on_stays(bench: Bench) {
        let open = bench.open("whatsapp", Severity::Degraded).await;
        bench.known(&open).started_at = time(-500 * 86_400);
        bench.tell(&open).await;
        let mut old = Vec::new();
        for number in 0..40 {
            let id = bench.incident("whatsapp", Severity::Degraded);
            let mut past = bench.tracks.get_mut(&id.service).unwrap().incidents.pop().unwrap();
            past.started_at = time(-(400 + number) * 86_400);
            old.push(past);
        }
        bench.commit_past(&open.service, old.clone(), time(-1_000 * 86_400)).await;
        assert_eq!(bench.store().history(&open.service, 99).await.unwrap().len(), 41);
        let mut lengths = Vec::new();
        for _ in 0..4 {
            bench.commit_past(&open.service, Vec::new(), time(-410 * 86_400)).await;
            lengths.push(bench.store().history(&open.service, 99).await.unwrap().len());
        }
        // Of 0 to 39 days before, those of 11 and more go; 16 at a time.
        assert_eq!(lengths, [25, 12, 12, 12]);
        assert!(bench.store().incident(&open).await.unwrap().is_some(), "it goes on");
        assert!(bench.store().incident(&old[39].id).await.unwrap().is_none());
        assert!(bench.store().incident(&old[10].id).await.unwrap().is_some());
    }

    async fn a_history_has_its_limit_and_the_oldest_goes_first(bench: Bench) {
        let first = bench.open("whatsapp", Severity::Degraded).await;
        for round in 0..6 {
            let past = (0..100).map(|number| {
                let id = bench.incident("whatsapp", Severity::Degraded);
                let mut past = bench.tracks.get_mut(&id.service).unwrap().incidents.pop().unwrap();
                past.started_at = time(-(100 * round + number) * 3_600);
                past
            });
            let past = past.collect();
            bench.commit_past(&first.service, past, time(-400 * 86_400)).await;
        }
        for _ in 0..12 {
            let next = bench.incident("whatsapp", Severity::Degraded);
            let mut past = bench.tracks.get_mut(&next.service).unwrap().incidents.pop().unwrap();
            past.started_at = time(0);
            bench.commit_past(&first.service, vec![past], time(-400 * 86_400)).await;
        }
        let history = bench.store().history(&first.service, 9_999).await.unwrap();
        assert_eq!(history.len(), 500);
        assert!(history.is_sorted_by(|one, two| one.started_at >= two.started_at));
        assert!(history.last().unwrap().started_at > time(-500 * 3_600));
    }

    async fn history_is_newest_first_bounded_and_of_one_service(bench: Bench) {
        for _ in 0..3 {
            bench.open("whatsapp", Severity::Degraded).await;
            bench.open("whatsapp-business", Severity::Degraded).await;
        }
        let history = bench.store().history(&service("whatsapp"), 2).await.unwrap();
        let ids: Vec<_> = history.iter().map(|incident| incident.id.to_string()).collect();
        assert_eq!(ids, ["whatsapp-3", "whatsapp-2"]);
        assert_eq!(bench.store().history(&service("whatsapp"), 9).await.unwrap().len(), 3);
    }

    async fn what_was_never_stored_is_none_or_empty(bench: Bench) {
        let nobody = chat("nobody");
        assert_eq!(bench.store().tracks().await.unwrap(), []);
        assert_eq!(bench.store().incident(&IncidentId::parse("x-1").unwrap()).await.unwrap(), None);
        assert_eq!(bench.store().history(&service("x"), 9).await.unwrap(), []);
        assert_eq!(bench.store().subscriptions(&nobody).await.unwrap(), []);
        assert_eq!(bench.store().settings(&nobody).await.unwrap(), None);
        assert_eq!(bench.next_due().await, None);
        assert!(bench.claim(9).await.is_empty());
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn subscriptions_are_listed_in_order_of_topic_and_survive_a_restart(bench: Bench) {
        let here = chat("here");
        let filter = Filter {
            severity: Some(Severity::PartialOutage),
            components: vec!["Login".to_owned()],
            regions: vec!["EU".to_owned()],
            maintenance: Some(true),
            sources: Sources::Official,
        };
        bench.subscribe(&here, category(), Filter::default()).await;
        bench.subscribe(&here, topic("whatsapp"), filter.clone()).await;
        bench.subscribe(&here, topic("signal"), at_least(Severity::MajorOutage)).await;
        bench.subscribe(&chat("her"), topic("signal"), Filter::default()).await;
        bench.restart();

        assert_eq!(
            bench.store().subscriptions(&here).await.unwrap(),
            [
                subscription(&here, topic("signal"), at_least(Severity::MajorOutage)),
                subscription(&here, topic("whatsapp"), filter),
                subscription(&here, category(), Filter::default()),
            ]
        );
    }

    async fn a_subscription_made_again_is_replaced_but_as_old_as_the_first(bench: Bench) {
        let here = chat("here");
        bench.subscribe(&here, topic("signal"), Filter::default()).await;
        let mut again = subscription(&here, topic("signal"), at_least(Severity::MajorOutage));
        again.mention = Some("@team".to_owned());
        again.since = time(50);
        bench.apply(vec![Change::Subscribe(again.clone())]).await;

        again.since = time(0);
        assert_eq!(bench.store().subscriptions(&here).await.unwrap(), [again]);
    }

    async fn unsubscribing_ends_one_or_all(bench: Bench) {
        let here = chat("here");
        for name in ["signal", "telegram", "whatsapp"] {
            bench.subscribe(&here, topic(name), Filter::default()).await;
        }
        bench.unsubscribe(&here, topic("telegram")).await;
        assert_eq!(bench.store().subscriptions(&here).await.unwrap().len(), 2);

        bench.apply(vec![Change::UnsubscribeAll { chat: here.clone() }]).await;
        assert_eq!(bench.store().subscriptions(&here).await.unwrap(), []);
        bench.open("signal", Severity::MajorOutage).await;
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn settings_are_kept_and_come_with_a_claim(bench: Bench) {
        let here = chat("here");
        let settings = ChatSettings { locale: Locale::De, timezone: chrono_tz::Europe::Vienna, ..ChatSettings::default() };
        bench.apply(vec![Change::Settings { chat: here.clone(), settings }]).await;
        bench.subscribe(&here, topic("signal"), Filter::default()).await;
        bench.restart();

        assert_eq!(bench.store().settings(&here).await.unwrap(), Some(settings));
        bench.open("signal", Severity::Degraded).await;
        assert_eq!(bench.claim_one().await.settings, Some(settings));
    }

    async fn the_same_request_changes_nothing_the_second_time(bench: Bench) {
        let here = chat("here");
        let request = RequestId("r1".into());
        let subscribe = vec![Change::Subscribe(subscription(&here, topic("signal"), Filter::default()))];
        let first = bench.store().apply(&request, subscribe.clone(), bench.now).await.unwrap();
        assert_eq!(first, Applied::Now);
        bench.unsubscribe(&here, topic("signal")).await;
        bench.restart();

        let second = bench.store().apply(&request, subscribe, bench.now).await.unwrap();
        assert_eq!(second, Applied::Before);
        assert_eq!(bench.store().subscriptions(&here).await.unwrap(), []);
    }

    async fn a_request_is_remembered_for_two_days_and_then_forgotten(bench: Bench) {
        let request = RequestId("r1".into());
        bench.store().apply(&request, Vec::new(), bench.now).await.unwrap();
        bench.pass(48 * 3_600);
        bench.apply(Vec::new()).await;
        let again = bench.store().apply(&request, Vec::new(), bench.now).await.unwrap();
        assert_eq!(again, Applied::Before);

        bench.pass(1);
        bench.apply(Vec::new()).await;
        let again = bench.store().apply(&request, Vec::new(), bench.now).await.unwrap();
        assert_eq!(again, Applied::Now);
    }

    async fn nothing_is_done_after_closing(bench: Bench) {
        bench.store().close().await.unwrap();
        assert!(matches!(bench.store().tracks().await, Err(StoreError::Closed)));
        let applied = bench.store().apply(&RequestId("r1".into()), Vec::new(), bench.now).await;
        assert!(matches!(applied, Err(StoreError::Closed)));
    }

    async fn what_is_closed_opens_again_with_all_that_was_stored(bench: Bench) {
        let id = bench.open("whatsapp", Severity::Degraded).await;
        bench.known(&id).phase = Phase::Identified;
        bench.tell(&id).await;
        bench.store().close().await.unwrap();
        bench.restart();
        assert_eq!(bench.store().incident(&id).await.unwrap().unwrap().phase, Phase::Identified);
    }
}
