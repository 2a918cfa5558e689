//! Many outages at once in one chat.

use std::{collections::BTreeSet, time::Duration};

use foghorn::{
    domain::{Alert, Change, Filter, IncidentId, MessageId, Platform, Severity, StormRule, Subscription},
    store::{Claim, Outcome, Revived, Settled, Standing, Undelivered},
};

use crate::bench::{Bench, all_told, category, chat, over_both, subscription, topic};

const RULE: StormRule = StormRule { outages: 2, within: Duration::from_secs(300) };

/// Outages of services `s0`, `s1` and so on, which a chat hears of by their category.
async fn outages(bench: &mut Bench, count: usize) -> Vec<IncidentId> {
    bench.set_storms(RULE);
    let calling = Subscription {
        mention: Some("@team".to_owned()),
        ..subscription(&chat("here"), category(), Filter::default())
    };
    bench.apply(vec![Change::Subscribe(calling)]).await;
    let mut ids = Vec::new();
    for number in 0..count {
        ids.push(bench.open(&format!("s{number}"), Severity::PartialOutage).await);
    }
    ids
}

/// The deliveries of single incidents, each told, and that of the storm a moment later.
async fn told_but_the_storm(bench: &mut Bench) -> Claim {
    for claim in bench.claim(99).await {
        assert_eq!(claim.storm, None);
        bench.tell_all(&claim).await;
    }
    bench.pass(3);
    bench.claim_one().await
}

/// How many go on and are over, and who of the listed, with a mark behind what is new.
fn standing(claim: &Claim) -> (usize, usize, Vec<String>) {
    let storm = claim.storm.as_ref().unwrap();
    let name = |listed: &foghorn::domain::Listed| {
        format!("{}{}", listed.incident.id.service, if listed.is_news { "!" } else { "" })
    };
    (storm.open, storm.over, storm.listed.iter().map(name).collect())
}

over_both! {
    async fn outages_beyond_the_rule_are_one_delivery_that_waits_a_moment(bench: Bench) {
        let ids = outages(bench, 5).await;
        let first = bench.claim(99).await;
        assert_eq!(first.iter().map(|claim| claim.id.incident.clone()).collect::<Vec<_>>(), ids[..2]);
        assert_eq!(bench.backlog().await, (0, 3, 0), "two of incidents and one of the storm");
        assert_eq!(bench.next_due().await, Some(bench.now + chrono::TimeDelta::seconds(3)));
        bench.pass(2);
        assert!(bench.claim(99).await.is_empty());
        bench.restart();
        for claim in bench.claim(99).await {
            assert!(claim.is_in_doubt && claim.storm.is_none(), "claimed before the kill");
            bench.tell_all(&claim).await;
        }
        bench.pass(1);
        let storm = bench.claim_one().await;
        assert!(storm.id.incident.is_storm());
        let named = ["s2!", "s3!", "s4!"].map(str::to_owned).to_vec();
        let (open, over, mut listed) = standing(&storm);
        listed.sort();
        assert_eq!((open, over, listed), (3, 0, named));
        assert_eq!((storm.mention.as_deref(), &storm.topic, storm.urgency), (Some("@team"), &category(), 1));
        assert!(storm.incident.is_open() && storm.incident.planned.is_none());
        assert_eq!(bench.tell_all(&storm).await, Settled::Finished);
        assert_eq!((bench.backlog().await, bench.next_due().await), ((0, 0, 0), None));
    }

    async fn what_is_new_of_an_outage_in_a_storm_is_told_by_the_storm(bench: Bench) {
        let ids = outages(bench, 5).await;
        let storm = told_but_the_storm(bench).await;
        bench.resolve(&ids[3]).await;
        bench.update(&ids[4]).await;
        assert!(bench.claim(99).await.is_empty(), "it is being sent");
        assert_eq!(bench.tell_all(&storm).await, Settled::Waiting, "and has gone on meanwhile");
        bench.restart();
        bench.pass(3);
        let again = bench.claim_one().await;
        assert_eq!(standing(&again), (2, 1, ["s4!", "s2", "s3!"].map(str::to_owned).to_vec()));
        assert!(!again.is_in_doubt && again.incident.revision > storm.incident.revision);
        assert_eq!(again.alert.as_ref().map(|alert| alert.shown), Some(storm.incident.revision));
    }

    async fn a_storm_that_waited_in_memory_is_told_as_it_is_when_it_is_sent(bench: Bench) {
        let ids = outages(bench, 5).await;
        let storm = told_but_the_storm(bench).await;
        bench.resolve(&ids[3]).await;
        let renewed = bench.store().renew(&storm, bench.now).await.unwrap().unwrap();
        assert_eq!((standing(&renewed).0, standing(&renewed).1, renewed.is_in_doubt), (2, 1, false));
        assert_eq!(bench.tell_all(&renewed).await, Settled::Finished);
        assert!(bench.claim(99).await.is_empty(), "the end was told with it");
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn a_storm_that_is_over_is_forgotten_and_what_comes_back_goes_on_by_itself(bench: Bench) {
        let ids = outages(bench, 4).await;
        let storm = told_but_the_storm(bench).await;
        bench.tell_all(&storm).await;
        bench.pass(600);
        for id in &ids[2..] {
            bench.resolve(id).await;
        }
        assert!(bench.claim(99).await.is_empty());
        bench.pass(3);
        let end = bench.claim_one().await;
        assert_eq!((standing(&end).0, standing(&end).1), (0, 2));
        assert_eq!((end.incident.is_open(), end.incident.chapter), (false, 2));
        assert_eq!(bench.tell_all(&end).await, Settled::Finished);

        let late = bench.known(&ids[2]);
        late.chapter += 1;
        late.resolved_at = None;
        bench.update(&ids[2]).await;
        let back = bench.claim_one().await;
        assert_eq!((&back.id.incident, back.storm.is_none()), (&ids[2], true));
        let known = Alert { message: None, shown: 2, chapter: 2, announced: 2 };
        assert_eq!(back.alert, Some(known));
        bench.open("s0", Severity::Degraded).await;
        bench.tell_all(&back).await;
        let next = bench.claim_one().await;
        assert_eq!(next.storm, None, "and a new outage has its own alert");
    }

    async fn an_outage_that_nobody_tells_of_any_more_keeps_no_storm_going(bench: Bench) {
        let ids = outages(bench, 5).await;
        let storm = told_but_the_storm(bench).await;
        bench.tell_all(&storm).await;
        bench.pass(600);
        bench.lose(&ids[2]).await;
        bench.lose(&ids[3]).await;
        bench.resolve(&ids[4]).await;
        assert!(bench.claim(99).await.is_empty());
        bench.pass(3);
        bench.restart();
        let end = bench.claim_one().await;
        assert_eq!((standing(&end).0, standing(&end).1), (0, 3));
        assert_eq!((end.incident.is_open(), end.incident.is_lost()), (false, false), "one is over");
        assert_eq!(end.storm.as_ref().unwrap().lost(), 2);
        assert_eq!(bench.tell_all(&end).await, Settled::Finished);
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn a_storm_whose_outages_nobody_tells_of_any_more_is_lost_itself(bench: Bench) {
        let ids = outages(bench, 4).await;
        let storm = told_but_the_storm(bench).await;
        bench.tell_all(&storm).await;
        for id in &ids[2..] {
            bench.lose(id).await;
        }
        assert!(bench.claim(99).await.is_empty());
        bench.pass(3);
        let end = bench.claim_one().await;
        assert!(end.incident.is_lost(), "and so no recovery");
        assert_eq!(bench.tell_all(&end).await, Settled::Finished);
    }

    async fn what_nobody_tells_of_any_more_is_said_to_those_alone_who_were_told_of_it(bench: Bench) {
        bench.subscribe(&chat("told"), topic("acme"), Filter::default()).await;
        let id = bench.open("acme", Severity::PartialOutage).await;
        let claim = bench.claim_one().await;
        bench.tell_all(&claim).await;
        bench.subscribe(&chat("late"), topic("acme"), Filter::default()).await;
        bench.lose(&id).await;
        bench.restart();
        let claim = bench.claim_one().await;
        assert_eq!((claim.id.chat.clone(), claim.incident.lost_at()), (chat("told"), Some(bench.now)));
        assert_eq!(bench.tell_all(&claim).await, Settled::Finished);
        assert!(bench.claim(99).await.is_empty());
    }

    async fn a_second_storm_is_another_one(bench: Bench) {
        outages(bench, 4).await;
        let first = told_but_the_storm(bench).await;
        bench.tell_all(&first).await;
        bench.pass(600);
        for number in 0..3 {
            bench.open(&format!("t{number}"), Severity::MajorOutage).await;
        }
        let second = told_but_the_storm(bench).await;
        assert_ne!(second.id, first.id);
        assert_eq!(standing(&second), (1, 0, vec!["t2!".to_owned()]));
    }

    async fn a_ninth_storm_leaves_nobody_untold(bench: Bench) {
        outages(bench, 0).await;
        let mut told = Vec::new();
        for storm in 0..9 {
            for number in 0..4 {
                bench.open(&format!("n{storm}x{number}"), Severity::PartialOutage).await;
            }
            // The single ones are told; nothing else reaches the chat while it storms.
            for claim in bench.claim(99).await {
                match claim.storm {
                    None => {
                        bench.tell_all(&claim).await;
                        told.push(claim.id.incident);
                    }
                    Some(_) => {
                        let later = Outcome::Retry { at: bench.now, counted: true, is_in_doubt: false, reason: None };
                        bench.settle(&claim, later).await;
                    }
                }
            }
            bench.pass(600);
        }
        bench.restart();
        for _ in 0..3 {
            for claim in bench.claim(99).await {
                told.extend(claim.storm.iter().flat_map(|storm| &storm.listed).map(|listed| listed.incident.id.clone()));
                told.extend(claim.storm.is_none().then(|| claim.id.incident.clone()));
                bench.tell_all(&claim).await;
            }
            bench.pass(3);
        }
        let all: BTreeSet<_> = told.iter().collect();
        assert_eq!((all.len(), told.len()), (36, 36), "each once");
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn a_storm_that_is_being_sent_is_not_given_up_for_another_one(bench: Bench) {
        outages(bench, 0).await;
        let (mut held, mut singles) = (Vec::new(), 0);
        for storm in 0..9 {
            for number in 0..3 {
                bench.open(&format!("n{storm}x{number}"), Severity::PartialOutage).await;
            }
            let single = bench.claim(99).await;
            for claim in &single {
                bench.tell_all(claim).await;
            }
            singles = single.len();
            bench.pass(3);
            held.extend(bench.claim(99).await);
            bench.pass(600);
        }
        assert!(held.len() == 8 && held.iter().all(|claim| claim.storm.is_some()));
        assert_eq!(singles, 3, "the last outage has its own alert");
        for claim in &held {
            assert_eq!(bench.tell_all(claim).await, Settled::Finished);
        }
        assert_eq!((bench.backlog().await, bench.next_due().await), ((0, 0, 0), None));
    }

    async fn what_a_storm_has_not_told_is_told_at_an_address_that_has_storms_of_its_own(bench: Bench) {
        bench.set_storms(RULE);
        for (address, letter) in [("here", 's'), ("there", 't')] {
            for number in 0..4 {
                let name = format!("{letter}{number}");
                bench.subscribe(&chat(address), topic(&name), Filter::default()).await;
                bench.open(&name, Severity::PartialOutage).await;
            }
        }
        for claim in bench.claim(99).await {
            bench.tell_all(&claim).await;
        }
        bench.apply(vec![Change::Move { from: chat("here"), to: chat("there") }]).await;
        bench.pass(3);
        let claims = bench.claim(99).await;
        assert!(claims.iter().all(|claim| claim.id.chat == chat("there")));
        let (storms, singles): (Vec<_>, Vec<_>) = claims.into_iter().partition(|claim| claim.storm.is_some());
        assert_eq!(storms.iter().map(|storm| standing(storm).0).collect::<Vec<_>>(), [2]);
        let mut names: Vec<_> = singles.iter().map(|claim| claim.id.incident.service.to_string()).collect();
        names.sort();
        assert_eq!(names, ["s2", "s3"]);
        assert!(singles.iter().all(|claim| claim.alert.is_none()));
    }

    async fn a_storm_that_is_over_and_was_given_up_is_told_when_its_letter_is_retried(bench: Bench) {
        let ids = outages(bench, 4).await;
        for claim in bench.claim(99).await {
            bench.tell_all(&claim).await;
        }
        for id in &ids[2..] {
            bench.resolve(id).await;
        }
        assert!(bench.claim(99).await.is_empty());
        bench.pass(3);
        let over = bench.claim_one().await;
        assert_eq!(bench.settle(&over, Outcome::Dead { reason: "no".to_owned() }).await, Settled::Finished);
        bench.restart();
        let letters = || async {
            let undelivered = bench.store().undelivered(None, 9).await.unwrap().into_iter();
            let number = |one: Undelivered| match one.standing {
                Standing::Dead { number, .. } => Some(number),
                Standing::Pending | Standing::Retrying { .. } => None,
            };
            undelivered.filter_map(number).collect::<Vec<_>>()
        };
        let revived = bench.store().revive(letters().await, bench.now).await.unwrap();
        assert_eq!(revived, Revived { due: 1, ..Revived::default() });
        let again = bench.claim_one().await;
        assert_eq!((standing(&again).0, standing(&again).1), (0, 2));
        bench.settle(&again, Outcome::Dead { reason: "no again".to_owned() }).await;
        let revived = bench.store().revive(letters().await, bench.now).await.unwrap();
        assert_eq!(revived, Revived { due: 1, ..Revived::default() });
        bench.tell_all(&bench.claim_one().await).await;
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn a_storm_whose_letter_is_dropped_is_forgotten(bench: Bench) {
        let ids = outages(bench, 3).await;
        for claim in bench.claim(99).await {
            bench.tell_all(&claim).await;
        }
        bench.pass(3);
        let first = bench.claim_one().await;
        bench.settle(&first, Outcome::Dead { reason: "no".to_owned() }).await;
        bench.resolve(&ids[2]).await;
        assert!(bench.claim(99).await.is_empty());
        bench.pass(3);
        let second = bench.claim_one().await;
        bench.settle(&second, Outcome::Dead { reason: "no again".to_owned() }).await;
        let undelivered = bench.store().undelivered(None, 9).await.unwrap();
        let numbers: Vec<u64> = undelivered
            .iter()
            .filter_map(|one| match one.standing {
                Standing::Dead { number, .. } => Some(number),
                Standing::Pending | Standing::Retrying { .. } => None,
            })
            .collect();
        assert_eq!(bench.store().discard(numbers[1..].to_vec()).await.unwrap(), 1);
        let revived = bench.store().revive(numbers, bench.now).await.unwrap();
        assert_eq!(revived, Revived { forgotten: 1, unknown: 1, ..Revived::default() });
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn planned_work_and_what_the_chat_knows_already_make_no_storm(bench: Bench) {
        let ids = outages(bench, 2).await;
        for claim in bench.claim(99).await {
            bench.settle(&claim, Outcome::Retry { at: bench.now, counted: true, is_in_doubt: false, reason: None }).await;
        }
        for claim in bench.claim(99).await {
            assert_eq!(claim.storm, None, "it is the same outage");
            bench.tell_all(&claim).await;
        }
        for id in &ids {
            bench.update(id).await;
        }
        let work = bench.incident("work", Severity::Degraded);
        let planned =
            foghorn::domain::Planned { phase: foghorn::domain::MaintenancePhase::InProgress, starts_at: None, ends_at: None };
        bench.known(&work).planned = Some(planned);
        bench.tell(&work).await;
        let claims = bench.claim(99).await;
        assert_eq!((claims.len(), claims.iter().filter(|claim| claim.storm.is_some()).count()), (3, 0));
    }

    async fn each_chat_has_its_own_weather(bench: Bench) {
        outages(bench, 2).await;
        bench.subscribe(&chat("late"), topic("s2"), Filter::default()).await;
        bench.open("s2", Severity::Degraded).await;
        let claims = bench.claim(99).await;
        let single = claims.iter().filter(|claim| claim.id.chat == chat("late") && claim.storm.is_none()).count();
        assert_eq!((claims.len(), single), (3, 1));
        bench.pass(3);
        assert_eq!(bench.claim_one().await.id.chat, chat("here"));
    }

    async fn a_chat_that_leaves_takes_its_storm_along(bench: Bench) {
        let ids = outages(bench, 5).await;
        let storm = told_but_the_storm(bench).await;
        bench.tell_all(&storm).await;
        bench.apply(vec![Change::Leave { platform: Platform::Telegram, place: "here".into() }]).await;
        assert_eq!(bench.backlog().await, (0, 0, 0));
        bench.subscribe(&chat("here"), category(), Filter::default()).await;
        bench.resolve(&ids[4]).await;
        let claim = bench.claim_one().await;
        assert_eq!((&claim.id.incident, claim.alert), (&ids[4], None), "nothing is known of the time before");
    }

    async fn a_storm_that_moves_is_known_and_has_no_message_there(bench: Bench) {
        let ids = outages(bench, 4).await;
        let storm = told_but_the_storm(bench).await;
        bench.tell_all(&storm).await;
        bench.apply(vec![Change::Move { from: chat("here"), to: chat("there") }]).await;
        bench.resolve(&ids[3]).await;
        assert!(bench.claim(99).await.is_empty());
        bench.pass(3);
        let moved = bench.claim_one().await;
        assert_eq!((&moved.id.chat, standing(&moved).0, standing(&moved).1), (&chat("there"), 1, 1));
        let alert = Alert { message: None, ..all_told(&storm.incident) };
        assert_eq!(moved.alert, Some(alert));
        assert_ne!(moved.alert.unwrap().message, Some(MessageId("m1".into())));
    }

    async fn many_outages_are_counted_and_the_worst_are_listed(bench: Bench) {
        outages(bench, 60).await;
        for claim in bench.claim(99).await {
            bench.tell_all(&claim).await;
        }
        bench.open("worst", Severity::MajorOutage).await;
        while bench.backlog().await.0 > 0 {
            assert!(bench.claim(99).await.is_empty());
        }
        bench.pass(3);
        let (open, over, listed) = standing(&bench.claim_one().await);
        assert_eq!((open, over, listed.len(), listed[0].as_str()), (59, 0, 40, "worst!"));
    }

    async fn an_outage_whose_service_is_watched_no_more_leaves_its_storm_which_ends_without_it(bench: Bench) {
        let ids = outages(bench, 4).await;
        let storm = told_but_the_storm(bench).await;
        bench.tell_all(&storm).await;
        let now = bench.now;
        bench.known(&ids[2]).note_watching(false, now).unwrap();
        bench.tell(&ids[2]).await;
        let alone = bench.claim_one().await;
        assert_eq!((&alone.id.incident, alone.storm.is_none()), (&ids[2], true));
        assert_eq!(alone.alert.as_ref().map(|alert| (alert.message.clone(), alert.shown)), Some((None, 1)));
        bench.tell_all(&alone).await;
        bench.pass(3);
        let rest = bench.claim_one().await;
        assert_eq!(standing(&rest), (1, 0, vec!["s3".to_owned()]));
        bench.tell_all(&rest).await;
        bench.resolve(&ids[3]).await;
        assert!(bench.claim(99).await.is_empty());
        bench.pass(3);
        let end = bench.claim_one().await;
        assert_eq!((standing(&end).0, standing(&end).1, end.incident.is_open()), (0, 1, false));
        assert_eq!(bench.tell_all(&end).await, Settled::Finished);

        bench.known(&ids[2]).note_watching(true, now).unwrap();
        bench.tell(&ids[2]).await;
        bench.tell_all(&bench.claim_one().await).await;
        bench.resolve(&ids[2]).await;
        let over = bench.claim_one().await;
        assert_eq!((&over.id.incident, over.incident.is_open()), (&ids[2], false));
    }

    async fn an_outage_whose_service_is_watched_no_more_begins_no_storm(bench: Bench) {
        bench.set_storms(RULE);
        for number in 0..3 {
            let id = bench.incident(&format!("s{number}"), Severity::MajorOutage);
            let now = bench.now;
            bench.known(&id).note_watching(false, now).unwrap();
            bench.apply(vec![Change::Subscribe(subscription(&chat("here"), category(), Filter::default()))]).await;
            bench.tell(&id).await;
        }
        assert_eq!(bench.claim(99).await.iter().filter(|claim| claim.storm.is_none()).count(), 3);
    }
}
