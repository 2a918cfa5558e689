//! What is done for chats at a time that they chose: digests, and what is told when a mute ends.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use foghorn::{
    domain::{
        Change, ChatSettings, Digest, Filter, IncidentId, MaintenancePhase, Mute, Muted, Occasion, Part, Planned,
        Schedule, Severity, StormRule, TransitionKind,
    },
    store::{Claim, Outcome, Settled},
};

use crate::bench::{Bench, at_least, category, chat, is_gone, over_both, service, topic};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn vienna(digest: Option<&str>) -> ChatSettings {
    let digest = digest.map(|text| Schedule::parse(text).unwrap());
    ChatSettings { timezone: Tz::Europe__Vienna, digest, ..ChatSettings::default() }
}

/// The services of some incidents.
fn names(part: &Part) -> Vec<String> {
    part.listed.iter().map(|incident| incident.id.service.to_string()).collect()
}

fn digest(claim: &Claim) -> &Digest {
    assert!(claim.id.incident.is_digest(), "{claim:?}");
    claim.digest.as_deref().unwrap()
}

impl Bench {
    /// A chat that hears of a category and is told how things are at nine in Vienna, from this time on.
    async fn with_digest(&mut self, from: &str) {
        self.now = at(from);
        self.subscribe(&chat("here"), category(), Filter::default()).await;
        self.choose(vienna(Some("0 9 * * *"))).await;
    }

    async fn choose(&mut self, settings: ChatSettings) {
        self.apply(vec![Change::Settings { chat: chat("here"), settings }]).await;
    }

    /// Keeps what is due, and says how much that was and when there is more.
    async fn keep(&self) -> (usize, Option<DateTime<Utc>>) {
        let kept = self.store().keep_appointments(self.now, 10).await.unwrap();
        (kept.kept, kept.next)
    }

    async fn next(&self) -> Option<DateTime<Utc>> {
        let (kept, next) = self.keep().await;
        assert_eq!(kept, 0);
        next
    }

    async fn mute_until(&mut self, muted: Muted, until: &str) {
        let mute = Mute { muted, until: Some(at(until)) };
        self.apply(vec![Change::Mute { chat: chat("here"), mute }]).await;
    }

    async fn work(&mut self, name: &str, days: i64) -> IncidentId {
        let id = self.incident(name, Severity::Degraded);
        let start = self.now + TimeDelta::days(days);
        let incident = self.known(&id);
        incident.planned = Some(Planned { phase: MaintenancePhase::Scheduled, starts_at: Some(start), ends_at: None });
        incident.last_kind = TransitionKind::Announced;
        self.tell(&id).await;
        id
    }

    /// Tells all that is due, and how much that was.
    async fn told(&self) -> usize {
        let claims = self.claim(99).await;
        for claim in &claims {
            self.tell_all(claim).await;
        }
        claims.len()
    }
}

over_both! {
    async fn a_digest_tells_how_things_are_and_what_happened_since_the_last_one(bench: Bench) {
        bench.with_digest("2026-03-27T06:00:00Z").await;
        assert_eq!(bench.next().await, Some(at("2026-03-27T08:00:00Z")), "nine in winter");
        let long = bench.open("long", Severity::MajorOutage).await;
        bench.told().await;
        bench.now = at("2026-03-27T08:00:00Z");
        assert_eq!(bench.keep().await, (1, Some(at("2026-03-28T08:00:00Z"))));
        let first = bench.claim_one().await;
        assert_eq!((digest(&first).since, digest(&first).until), (at("2026-03-27T06:00:00Z"), bench.now));
        assert_eq!((names(&digest(&first).open), digest(&first).over.all), (vec!["long".to_owned()], 0));
        assert_eq!(bench.tell_all(&first).await, Settled::Finished);
        assert_eq!(bench.backlog().await, (0, 0, 0));

        bench.pass(3_600);
        let short = bench.open("short", Severity::Degraded).await;
        bench.open("worse", Severity::PartialOutage).await;
        bench.open("mild", Severity::Degraded).await;
        bench.work("ahead", 3).await;
        bench.work("far", 30).await;
        bench.told().await;
        bench.pass(3_600);
        bench.resolve(&short).await;
        bench.pass(60);
        bench.resolve(&long).await;
        bench.told().await;
        bench.now = at("2026-03-28T08:00:00Z");
        assert_eq!(bench.keep().await, (1, Some(at("2026-03-29T07:00:00Z"))), "nine in summer");
        let second = bench.claim_one().await;
        let told = digest(&second);
        assert_eq!(told.since, at("2026-03-27T08:00:00Z"));
        assert_eq!(names(&told.open), ["worse", "mild"], "the worst first");
        assert_eq!(names(&told.over), ["long", "short"], "the last first, also what began before");
        assert_eq!(names(&told.ahead), ["ahead"]);
        assert!(second.incident.id != first.incident.id && second.mention.is_none());
        bench.tell_all(&second).await;
        bench.now = at("2026-03-29T07:00:00Z");
        bench.keep().await;
        assert_eq!(digest(&bench.claim_one().await).over.all, 0, "that was told");
    }

    async fn of_digests_that_were_missed_one_is_told_and_tells_all(bench: Bench) {
        bench.with_digest("2026-10-22T06:00:00Z").await;
        let short = bench.open("short", Severity::Degraded).await;
        bench.told().await;
        bench.pass(600);
        bench.resolve(&short).await;
        bench.told().await;
        bench.restart();
        bench.now = at("2026-10-25T12:00:00Z");
        assert_eq!(bench.keep().await, (1, Some(at("2026-10-26T08:00:00Z"))), "reckoned from now, in winter");
        let late = bench.claim_one().await;
        assert_eq!((digest(&late).since, names(&digest(&late).over)), (at("2026-10-22T06:00:00Z"), vec!["short".to_owned()]));
        bench.restart();
        let again = bench.claim_one().await;
        assert_eq!((again.revision, again.is_in_doubt), (late.revision, true), "killed while it was sent: the same name");
        bench.tell_all(&again).await;
        assert_eq!(bench.keep().await.0, 0);
        assert!(bench.claim(9).await.is_empty());
    }

    async fn a_digest_that_still_waits_goes_in_the_place_of_the_next(bench: Bench) {
        bench.with_digest("2026-03-01T06:00:00Z").await;
        bench.now = at("2026-03-01T08:00:00Z");
        bench.keep().await;
        let claim = bench.claim_one().await;
        let at_night = at("2026-03-02T20:00:00Z");
        let retry = Outcome::Retry { at: at_night, counted: true, is_in_doubt: false, reason: None };
        assert_eq!(bench.settle(&claim, retry).await, Settled::Waiting);
        bench.now = at("2026-03-02T08:00:00Z");
        assert_eq!(bench.keep().await.0, 1);
        assert_eq!(bench.backlog().await, (0, 1, 0));
        bench.now = at_night;
        let late = bench.claim_one().await;
        assert_eq!(late.id, claim.id);
        assert_eq!((digest(&late).since, digest(&late).until), (at("2026-03-01T06:00:00Z"), at_night));
        bench.tell_all(&late).await;
        bench.now = at("2026-03-03T08:00:00Z");
        bench.keep().await;
        assert_eq!(digest(&bench.claim_one().await).since, at_night);
    }

    async fn a_digest_goes_along_with_what_the_chat_chooses(bench: Bench) {
        bench.with_digest("2026-03-01T06:00:00Z").await;
        bench.choose(ChatSettings { timezone: Tz::America__New_York, ..vienna(Some("0 9 * * *")) }).await;
        assert_eq!(bench.next().await, Some(at("2026-03-01T14:00:00Z")), "nine there");
        bench.choose(vienna(Some("0 12 * * 1"))).await;
        assert_eq!(bench.next().await, Some(at("2026-03-02T11:00:00Z")));
        bench.restart();
        let to = chat("there");
        bench.apply(vec![Change::Move { from: chat("here"), to: to.clone() }]).await;
        bench.now = at("2026-03-02T11:00:00Z");
        assert_eq!(bench.keep().await.0, 1);
        assert_eq!(bench.claim_one().await.id.chat, to, "it goes along with a chat that moves");
        bench.apply(vec![Change::Settings { chat: to.clone(), settings: vienna(None) }]).await;
        assert_eq!(bench.next().await, None);
        bench.restart();
        assert!(bench.claim(9).await.is_empty(), "what waits is not told any more");
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn an_overdue_digest_comes_also_when_something_else_is_chosen_first(bench: Bench) {
        bench.with_digest("2026-03-01T06:00:00Z").await;
        bench.now = at("2026-03-02T12:00:00Z");
        bench.choose(ChatSettings { sound: foghorn::domain::Sound::Off, ..vienna(Some("0 9 * * *")) }).await;
        assert_eq!(bench.keep().await.0, 1);
        assert_eq!(bench.backlog().await, (0, 1, 0));
    }

    async fn a_digest_tells_what_the_chat_asked_for_and_not_what_it_muted(bench: Bench) {
        let here = chat("here");
        bench.now = at("2026-03-01T06:00:00Z");
        bench.subscribe(&here, topic("severe"), at_least(Severity::MajorOutage)).await;
        bench.subscribe(&here, topic("plain"), Filter::default()).await;
        bench.subscribe(&here, topic("muted"), Filter::default()).await;
        bench.choose(vienna(Some("0 9 * * *"))).await;
        bench.apply(vec![Change::Mute { chat: here.clone(), mute: Mute { muted: Muted::Service(service("muted")), until: None } }]).await;
        for name in ["severe", "plain", "muted", "other"] {
            bench.open(name, Severity::Degraded).await;
        }
        bench.told().await;
        bench.now = at("2026-03-01T08:00:00Z");
        bench.keep().await;
        let claim = bench.claim_one().await;
        assert_eq!(names(&digest(&claim).open), ["plain"]);
        bench.tell_all(&claim).await;

        bench.mute_until(Muted::All, "2026-03-02T12:00:00Z").await;
        bench.now = at("2026-03-02T08:00:00Z");
        bench.keep().await;
        assert!(bench.claim(9).await.is_empty(), "all is muted");
        bench.now = at("2026-03-03T08:00:00Z");
        bench.keep().await;
        bench.keep().await;
        let claims = bench.claim(9).await;
        let told: Vec<_> = claims.iter().filter_map(|claim| claim.digest.as_deref()).collect();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].since, at("2026-03-01T08:00:00Z"), "the time in between is told as well");
    }

    async fn a_chat_that_is_gone_or_hears_of_nothing_gets_no_digest(bench: Bench) {
        bench.with_digest("2026-03-01T06:00:00Z").await;
        bench.unsubscribe(&chat("here"), category()).await;
        bench.now = at("2026-03-01T08:00:00Z");
        assert_eq!(bench.keep().await, (1, Some(at("2026-03-02T08:00:00Z"))));
        assert!(bench.claim(9).await.is_empty());
        bench.subscribe(&chat("here"), category(), Filter::default()).await;
        bench.open("signal", Severity::Degraded).await;
        let claim = bench.claim_one().await;
        bench.settle(&claim, is_gone()).await;
        bench.now = at("2026-03-02T08:00:00Z");
        bench.keep().await;
        assert!(bench.claim(9).await.is_empty());
        let leave = Change::Leave { platform: foghorn::domain::Platform::Telegram, place: "here".into() };
        bench.apply(vec![leave]).await;
        assert_eq!(bench.next().await, None);
        bench.subscribe(&chat("here"), category(), Filter::default()).await;
        assert_eq!(bench.next().await, Some(at("2026-03-03T08:00:00Z")), "its settings are kept, and hold again");
    }

    async fn many_digests_at_the_same_time_are_begun_a_few_at_a_time(bench: Bench) {
        bench.now = at("2026-03-01T06:00:00Z");
        bench.subscribe_many(25, &category(), &Filter::default()).await;
        for number in 0..25 {
            let chat = chat(&format!("c{number:03}"));
            bench.apply(vec![Change::Settings { chat, settings: vienna(Some("0 9 * * *")) }]).await;
        }
        bench.open("signal", Severity::Degraded).await;
        bench.told().await;
        bench.now = at("2026-03-01T08:00:00Z");
        assert_eq!(bench.keep().await, (10, Some(bench.now)));
        assert_eq!(bench.keep().await, (10, Some(bench.now)));
        assert_eq!(bench.keep().await, (5, Some(at("2026-03-02T08:00:00Z"))));
        let mut told = 0;
        while bench.backlog().await.1 > 0 {
            for claim in bench.claim(25).await {
                assert_eq!(digest(&claim).open.all, 1);
                bench.tell_all(&claim).await;
                told += 1;
            }
        }
        assert_eq!(told, 25);
    }

    async fn when_a_mute_ends_by_its_time_what_it_kept_silent_and_goes_on_is_told(bench: Bench) {
        bench.now = at("2026-03-01T06:00:00Z");
        bench.subscribe(&chat("here"), category(), at_least(Severity::PartialOutage)).await;
        let known = bench.open("known", Severity::MajorOutage).await;
        bench.told().await;
        bench.mute_until(Muted::All, "2026-03-01T07:00:00Z").await;
        bench.mute_until(Muted::Service(service("other")), "2026-03-01T08:00:00Z").await;
        assert_eq!(bench.next().await, Some(at("2026-03-01T07:00:00Z")));
        bench.open("goes", Severity::MajorOutage).await;
        bench.open("mild", Severity::Degraded).await;
        let over = bench.open("over", Severity::MajorOutage).await;
        bench.open("other", Severity::MajorOutage).await;
        bench.resolve(&over).await;
        bench.update(&known).await;
        assert_eq!(bench.told().await, 1, "what was told before stays true");
        bench.restart();
        bench.now = at("2026-03-01T07:00:00Z");
        assert_eq!(bench.keep().await, (1, Some(at("2026-03-01T08:00:00Z"))));
        let claim = bench.claim_one().await;
        assert_eq!(claim.id.incident.service, service("goes"));
        assert!(claim.alert.is_none() && !claim.is_muted && claim.incident.is_open());
        bench.tell_all(&claim).await;
        bench.now = at("2026-03-01T08:00:00Z");
        assert_eq!(bench.keep().await, (1, None));
        let claim = bench.claim_one().await;
        assert_eq!(claim.id.incident.service, service("other"), "its own mute held for longer");
        bench.tell_all(&claim).await;
        assert_eq!(bench.keep().await, (0, None));
        assert_eq!(bench.backlog().await, (0, 0, 0));
    }

    async fn many_that_a_mute_kept_silent_are_told_as_one_that_stays_true(bench: Bench) {
        bench.set_storms(StormRule { outages: 5, within: Duration::from_secs(300) });
        bench.now = at("2026-03-01T06:00:00Z");
        bench.subscribe(&chat("here"), category(), Filter::default()).await;
        bench.mute_until(Muted::All, "2026-03-01T07:00:00Z").await;
        let mut ids = Vec::new();
        for name in ["one", "two", "three"] {
            ids.push(bench.open(name, Severity::PartialOutage).await);
        }
        assert_eq!(bench.told().await, 0);
        bench.now = at("2026-03-01T09:00:00Z");
        bench.restart();
        assert_eq!(bench.keep().await, (1, None), "late, after a start");
        bench.open("four", Severity::PartialOutage).await;
        assert_eq!(bench.claim_one().await.id.incident.service, service("four"), "what begins now has its own alert");
        bench.pass(3);
        let claims = bench.claim(9).await;
        let storm = claims.iter().find(|claim| claim.storm.is_some()).unwrap();
        let together = storm.storm.as_ref().unwrap();
        assert_eq!((together.open, together.over, together.occasion), (3, 0, Occasion::MuteEnded));
        bench.tell_all(storm).await;
        for id in &ids {
            bench.resolve(id).await;
        }
        bench.claim(9).await;
        bench.pass(3);
        let end = bench.claim(9).await.into_iter().find(|claim| claim.storm.is_some()).unwrap();
        assert!(!end.incident.is_open());
        assert_eq!(end.alert.map(|alert| alert.chapter), Some(1));
    }

    async fn a_mute_that_ended_is_seen_to_before_another_takes_its_place(bench: Bench) {
        bench.now = at("2026-03-01T06:00:00Z");
        bench.subscribe(&chat("here"), category(), Filter::default()).await;
        bench.mute_until(Muted::Service(service("one")), "2026-03-01T07:00:00Z").await;
        bench.open("one", Severity::PartialOutage).await;
        bench.told().await;
        bench.now = at("2026-03-01T07:00:10Z");
        bench.mute_until(Muted::Service(service("two")), "2026-03-01T08:00:00Z").await;
        assert_eq!(bench.claim_one().await.id.incident.service, service("one"));
        assert_eq!(bench.next().await, Some(at("2026-03-01T08:00:00Z")));
        bench.apply(vec![Change::Unmute { chat: chat("here"), muted: Muted::All }]).await;
        assert_eq!(bench.next().await, None);
    }

    async fn what_began_and_ended_within_a_mute_is_not_told_however_late_it_comes(bench: Bench) {
        bench.now = at("2026-03-01T06:00:00Z");
        bench.subscribe(&chat("here"), category(), Filter::default()).await;
        bench.mute_until(Muted::All, "2026-03-01T07:00:00Z").await;
        let over = bench.open("over", Severity::MajorOutage).await;
        bench.pass(60);
        bench.resolve(&over).await;
        bench.now = at("2026-03-01T07:30:00Z");
        assert_eq!(bench.keep().await, (1, None));
        assert_eq!(bench.backlog().await.0, 1, "nobody was there to visit the chat");
        assert!(bench.claim(9).await.is_empty());
    }

    async fn a_mute_that_is_made_longer_or_ended_by_hand_has_no_old_end(bench: Bench) {
        bench.now = at("2026-03-01T06:00:00Z");
        bench.subscribe(&chat("here"), category(), Filter::default()).await;
        bench.mute_until(Muted::All, "2026-03-01T07:00:00Z").await;
        bench.open("one", Severity::PartialOutage).await;
        bench.told().await;
        bench.mute_until(Muted::All, "2026-03-01T10:00:00Z").await;
        bench.now = at("2026-03-01T07:00:00Z");
        assert_eq!(bench.next().await, Some(at("2026-03-01T10:00:00Z")));
        assert!(bench.claim(9).await.is_empty());
    }
}
