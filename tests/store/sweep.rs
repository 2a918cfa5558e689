//! Removing what nobody needs any more.

use chrono::{DateTime, TimeDelta, Utc};
use foghorn::{
    domain::{Filter, Severity},
    store::{Outcome, SweepPlace},
};

use crate::bench::{Bench, over_both, service, time, topic};

const DAY: i64 = 86_400;

impl Bench {
    /// Goes through the store once; says how much went.
    async fn sweep(&self, history_from: DateTime<Utc>) -> usize {
        let (mut place, mut removed, mut steps): (Option<SweepPlace>, _, _) = (None, 0, 0);
        loop {
            let swept = self.store().sweep(place, self.now, history_from).await.unwrap();
            removed += swept.removed;
            steps += 1;
            assert!(steps < 1_000, "it comes to no end");
            match swept.next {
                None => return removed,
                next => place = next,
            }
        }
    }
}

fn always() -> DateTime<Utc> {
    DateTime::<Utc>::MIN_UTC
}

over_both! {
    async fn what_a_chat_knew_goes_a_week_after_the_end_and_not_before(bench: Bench) {
        bench.subscribe_many(200, &topic("signal"), &Filter::default()).await;
        let over = bench.open("signal", Severity::Degraded).await;
        for claim in bench.claim(999).await {
            bench.tell_all(&claim).await;
        }
        bench.resolve(&over).await;
        for claim in bench.claim(999).await {
            bench.tell_all(&claim).await;
        }
        let open = bench.open("signal", Severity::MajorOutage).await;
        bench.commit(&open, Vec::new(), vec![over.clone()]).await;
        for claim in bench.claim(999).await {
            bench.tell_all(&claim).await;
        }
        bench.pass(6 * DAY);
        assert_eq!(bench.sweep(always()).await, 0, "a delivery of it might still be under way");
        bench.pass(2 * DAY);
        assert_eq!(bench.sweep(always()).await, 200);
        assert_eq!(bench.sweep(always()).await, 0);

        // What goes on is told on: every chat knows of it.
        bench.update(&open).await;
        let claims = bench.claim(999).await;
        assert_eq!(claims.len(), 200);
        assert!(claims.iter().all(|claim| claim.alert.is_some()));
        assert!(bench.store().incident(&over).await.unwrap().is_some(), "the history has it as ever");
    }

    async fn what_is_not_delivered_keeps_what_the_chat_knew(bench: Bench) {
        bench.subscribe_many(1, &topic("signal"), &Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        bench.tell_all(&claim).await;
        bench.resolve(&id).await;
        let claim = bench.claim_one().await;
        let at = bench.now + TimeDelta::days(30);
        let later = Outcome::Retry { at, counted: true, is_in_doubt: false, reason: None };
        bench.settle(&claim, later).await;
        let next = bench.open("signal", Severity::Degraded).await;
        bench.commit(&next, Vec::new(), vec![id.clone()]).await;
        bench.pass(29 * DAY);
        assert_eq!(bench.sweep(always()).await, 0);
        bench.pass(DAY);
        let claims = bench.claim(9).await;
        let end = claims.iter().find(|claim| claim.id.incident == id).unwrap();
        assert!(end.alert.is_some(), "the end answers the alert");
    }

    async fn a_history_is_cut_off_by_age_where_nothing_happens_any_more(bench: Bench) {
        for name in ["signal", "whatsapp"] {
            for _ in 0..40 {
                let id = bench.open(name, Severity::Degraded).await;
                bench.resolve(&id).await;
                bench.pass(DAY);
            }
            let last = bench.open(name, Severity::Degraded).await;
            let old = bench.tracks[&service(name)].incidents.iter().map(|incident| incident.id.clone());
            let old = old.filter(|id| *id != last).collect();
            bench.commit(&last, Vec::new(), old).await;
        }
        assert_eq!(bench.sweep(always()).await, 0);
        // The first of the two is quiet since then; the second began on day 40.
        let removed = bench.sweep(time(60 * DAY)).await;
        assert_eq!(removed, 40 + 20);
        let left = |history: Vec<foghorn::domain::Incident>| history.len();
        assert_eq!(left(bench.store().history(&service("signal"), 99).await.unwrap()), 1, "what goes on stays");
        assert_eq!(left(bench.store().history(&service("whatsapp"), 99).await.unwrap()), 21);
        bench.restart();
        assert_eq!(bench.store().tracks().await.unwrap().len(), 2);
    }

    async fn a_dead_letter_goes_with_what_it_was_about(bench: Bench) {
        bench.subscribe_many(2, &topic("signal"), &Filter::default()).await;
        let id = bench.open("signal", Severity::Degraded).await;
        for claim in bench.claim(9).await {
            bench.settle(&claim, Outcome::Dead { reason: "too long".to_owned() }).await;
        }
        bench.resolve(&id).await;
        for claim in bench.claim(9).await {
            bench.settle(&claim, Outcome::Dead { reason: "too long".to_owned() }).await;
        }
        let next = bench.open("signal", Severity::Degraded).await;
        bench.commit(&next, Vec::new(), vec![id]).await;
        let (_, _, dead) = bench.backlog().await;
        assert!(dead >= 2, "{dead}");
        bench.pass(10 * DAY);
        assert_eq!(bench.sweep(always()).await, 0, "it can still be tried again");
        let before = bench.now - TimeDelta::days(5);
        bench.sweep(before).await;
        assert_eq!(bench.backlog().await.2, 0);
        bench.restart();
        assert_eq!(bench.backlog().await.2, 0);
    }
}
