//! Both backends do the same, whatever is asked of them, and nobody is forgotten.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use foghorn::{
    domain::{
        Alert, Change, ChatId, Filter, Incident, IncidentId, Mute, Muted, Platform, Resumption, Severity, Topic,
        WatchLimits,
    },
    store::{Claim, Outcome, PageEnd},
};
use proptest::prelude::*;

use crate::{
    bench::{Bench, all_told, at_least, category, chat, is_barred, is_gone, page, service, subscription, topic},
    watches::wish,
};

#[derive(Clone, Debug)]
enum Step {
    Subscribe { chat: u8, topic: u8, major_only: bool },
    Unsubscribe { chat: u8, topic: u8 },
    UnsubscribeAll { chat: u8 },
    Open { service: u8, severity: usize },
    Update { service: u8 },
    Resolve { service: u8 },
    Claim { most: usize },
    Settle { claim: usize, how: u8 },
    Pass { seconds: i64 },
    Mute { chat: u8, what: u8, seconds: Option<i64> },
    Unmute { chat: u8, what: u8 },
    Move { from: u8, to: u8 },
    Leave { chat: u8 },
    Rest { chat: u8, how: u8 },
    Watch { chat: u8, page: u8, is_named: bool },
    EndPage { page: u8 },
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..6_u8, 0..2_u8, any::<bool>())
            .prop_map(|(chat, page, is_named)| Step::Watch { chat, page, is_named }),
        2 => (0..2_u8).prop_map(|page| Step::EndPage { page }),
        6 => (0..6_u8, 0..3_u8, any::<bool>())
            .prop_map(|(chat, topic, major_only)| Step::Subscribe { chat, topic, major_only }),
        2 => (0..6_u8, 0..5_u8).prop_map(|(chat, topic)| Step::Unsubscribe { chat, topic }),
        1 => (0..6_u8).prop_map(|chat| Step::UnsubscribeAll { chat }),
        3 => (0..4_u8, 0..3_usize).prop_map(|(service, severity)| Step::Open { service, severity }),
        3 => (0..4_u8).prop_map(|service| Step::Update { service }),
        2 => (0..4_u8).prop_map(|service| Step::Resolve { service }),
        6 => (0..5_usize).prop_map(|most| Step::Claim { most }),
        2 => (0..6_u8, 0..4_u8, prop::option::of(0..60_i64))
            .prop_map(|(chat, what, seconds)| Step::Mute { chat, what, seconds }),
        1 => (0..6_u8, 0..4_u8).prop_map(|(chat, what)| Step::Unmute { chat, what }),
        1 => (0..6_u8, 0..6_u8).prop_map(|(from, to)| Step::Move { from, to }),
        1 => (0..6_u8).prop_map(|chat| Step::Leave { chat }),
        4 => (0..6_u8, 0..7_u8).prop_map(|(chat, how)| Step::Rest { chat, how }),
        8 => (any::<prop::sample::Index>(), 0..9_u8)
            .prop_map(|(claim, how)| Step::Settle { claim: claim.index(64), how }),
        2 => (0..40_i64).prop_map(|seconds| Step::Pass { seconds }),
        1 => Just(Step::Restart),
    ]
}

fn a_chat(number: u8) -> ChatId {
    chat(&number.to_string())
}

fn a_topic(number: u8) -> Topic {
    match number {
        0 => topic("signal"),
        1 => topic("whatsapp"),
        2 => category(),
        number => Topic::Service(page(usize::from(number - 3)).id),
    }
}

fn a_service(number: u8) -> String {
    match number {
        0 => "signal".to_owned(),
        1 => "whatsapp".to_owned(),
        number => page(usize::from(number - 2)).id.to_string(),
    }
}

/// One page for a chat, and two over all.
const LIMITS: WatchLimits = WatchLimits { per_chat: 1, overall: 2 };

fn an_outcome(how: u8, claim: &Claim, bench: &Bench) -> Outcome {
    let told = all_told(&claim.incident);
    match how {
        0..3 => Outcome::Told(told),
        3 => Outcome::Told(Alert { shown: claim.revision, chapter: claim.chapter, ..told }),
        4 => Outcome::Retry { at: bench.now + TimeDelta::seconds(20), counted: true, is_in_doubt: true, reason: None },
        5 => Outcome::MessageGone,
        8 => is_barred(bench.now + TimeDelta::seconds(30)),
        6 => Outcome::Dead { reason: "refused".to_owned() },
        _ if claim.id.chat == a_chat(5) => Outcome::ChatMoved { to: a_chat(4) },
        _ => is_gone(),
    }
}

fn what_is_muted(bench: &Bench, what: u8) -> Muted {
    match what {
        0 => Muted::All,
        1 => last(bench, 0).map_or(Muted::All, Muted::Incident),
        _ => Muted::Service(service(&a_service(what % 2))),
    }
}

/// The service's last incident.
fn last(bench: &Bench, number: u8) -> Option<IncidentId> {
    Some(bench.tracks.get(&service(&a_service(number)))?.incidents.last()?.id.clone())
}

/// Does one step, and says all that can be seen of it.
#[expect(clippy::too_many_lines, reason = "an arm for each step, which reads better whole")]
async fn take(bench: &mut Bench, held: &mut Vec<Claim>, step: &Step) -> String {
    let seen = match *step {
        Step::Subscribe { chat, topic, major_only } => {
            let filter = if major_only { at_least(Severity::MajorOutage) } else { Filter::default() };
            bench.apply(vec![Change::Subscribe(subscription(&a_chat(chat), a_topic(topic), filter))]).await;
            format!("{:?}", bench.store().subscriptions(&a_chat(chat)).await)
        }
        Step::Unsubscribe { chat, topic } => {
            bench.unsubscribe(&a_chat(chat), a_topic(topic)).await;
            format!("{:?}", bench.store().subscriptions(&a_chat(chat)).await)
        }
        Step::UnsubscribeAll { chat } => {
            bench.apply(vec![Change::UnsubscribeAll { chat: a_chat(chat) }]).await;
            String::new()
        }
        Step::Open { service, severity } => {
            format!("{}", bench.open(&a_service(service), Severity::ALL[severity]).await)
        }
        Step::Update { service } => {
            if let Some(id) = last(bench, service) {
                bench.update(&id).await;
            }
            String::new()
        }
        Step::Resolve { service } => {
            if let Some(id) = last(bench, service)
                && bench.known(&id).is_open()
            {
                bench.resolve(&id).await;
            }
            format!("{:?}", bench.store().history(&crate::bench::service(&a_service(service)), 2).await)
        }
        Step::Claim { most } => {
            let claims = bench.claim(most).await;
            held.extend(claims.iter().cloned());
            format!("{claims:?}")
        }
        Step::Settle { claim, how } => {
            if held.is_empty() {
                String::new()
            } else {
                let claim = held.remove(claim % held.len());
                let outcome = an_outcome(how, &claim, bench);
                format!("{:?}", bench.settle(&claim, outcome).await)
            }
        }
        Step::Pass { seconds } => {
            bench.pass(seconds);
            String::new()
        }
        Step::Mute { chat, what, seconds } => {
            let until = seconds.map(|seconds| bench.now + TimeDelta::seconds(seconds));
            let mute = Mute { muted: what_is_muted(bench, what), until };
            bench.apply(vec![Change::Mute { chat: a_chat(chat), mute }]).await;
            format!("{:?}", bench.store().mutes(&a_chat(chat), bench.now).await)
        }
        Step::Unmute { chat, what } => {
            let muted = what_is_muted(bench, what);
            bench.apply(vec![Change::Unmute { chat: a_chat(chat), muted }]).await;
            format!("{:?}", bench.store().mutes(&a_chat(chat), bench.now).await)
        }
        Step::Move { from, to } if from == to => String::new(),
        Step::Move { from, to } => {
            bench.apply(vec![Change::Move { from: a_chat(from), to: a_chat(to) }]).await;
            format!("{:?}", bench.store().mutes(&a_chat(to), bench.now).await)
        }
        Step::Leave { chat } => {
            let place = chat.to_string().into();
            bench.apply(vec![Change::Leave { platform: Platform::Telegram, place }]).await;
            format!("{:?}", bench.store().subscriptions(&a_chat(chat)).await)
        }
        Step::Rest { chat, how } => {
            let (platform, place) = (Platform::Telegram, chat.to_string().into());
            let why = match how {
                0 => Resumption::Here,
                1 => Resumption::HereAndBelow,
                2 => Resumption::Perhaps,
                3 => Resumption::Asked,
                _ => Resumption::Joined,
            };
            match how {
                0..5 => bench.apply(vec![Change::Resume { platform, place, why }]).await,
                5 => bench.apply(vec![Change::Suspend { platform, place, reason: "kicked".to_owned() }]).await,
                _ => {
                    let since = bench.now - TimeDelta::seconds(60);
                    bench.store().end_suspended(since).await.unwrap();
                }
            }
            format!(
                "{:?} {:?}",
                bench.store().suspensions(None, 9).await,
                bench.store().subscriptions(&a_chat(chat)).await
            )
        }
        Step::Watch { chat, page: number, is_named } => {
            let name = is_named.then_some("Ours");
            bench.apply(wish(&a_chat(chat), &page(usize::from(number)), name, LIMITS)).await;
            format!("{:?}", bench.store().watches(&a_chat(chat)).await)
        }
        Step::EndPage { page: number } => {
            let page = page(usize::from(number));
            let ended = bench.store().end_page(&page.id).await.unwrap();
            if ended == PageEnd::Ended
                && let Some(track) = bench.tracks.get_mut(&page.id)
            {
                track.incidents.clear();
            }
            format!("{ended:?} {:?}", bench.store().track(&page.id).await)
        }
        Step::Restart => {
            bench.restart();
            held.clear();
            format!("{:?}", bench.store().tracks().await)
        }
    };
    let pages = check_watches(bench, step).await;
    format!("{seen} {pages} {:?} {:?}", bench.next_due().await, bench.backlog().await)
}

/// Whoever watches is subscribed, and to a page that is there. Gives the pages.
async fn check_watches(bench: &Bench, step: &Step) -> String {
    let mut watching = 0;
    for chat in (0..6).map(a_chat) {
        let subscriptions = bench.store().subscriptions(&chat).await.unwrap();
        for watch in bench.store().watches(&chat).await.unwrap() {
            watching += 1;
            let topic = Topic::Service(watch.page.id);
            assert!(
                subscriptions.iter().any(|one| one.topic == topic),
                "{chat} watches without a subscription: {step:?}"
            );
        }
    }
    let pages = bench.store().pages().await.unwrap();
    assert!(watching == 0 || pages.iter().any(|(_, is_watched)| *is_watched), "{step:?}");
    format!("{pages:?}")
}

/// Tells everybody everything, and says how many claims that took.
async fn tell_the_rest(bench: &mut Bench) -> usize {
    bench.restart();
    bench.pass(1_000);
    let mut claims = 0;
    while let Some(due) = bench.next_due().await {
        bench.now = bench.now.max(due);
        for claim in bench.claim(3).await {
            bench.tell_all(&claim).await;
        }
        claims += 1;
        assert!(claims < 1_000, "it never ends");
    }
    claims
}

/// What happens to one delivery after another, when nobody leaves.
#[derive(Clone, Debug)]
enum Turn {
    Open {
        service: u8,
        severity: usize,
    },
    Update {
        service: u8,
    },
    Resolve {
        service: u8,
    },
    Claim {
        most: usize,
    },
    /// The first of those claimed is settled.
    Settle(How),
    Pass {
        seconds: i64,
    },
    /// The bot may write to a chat again.
    Resume {
        chat: u8,
    },
    Restart,
}

#[derive(Clone, Copy, Debug)]
enum How {
    /// The chat was told all there is.
    Told,
    /// It was told the revision that was claimed.
    ToldAsClaimed,
    Later,
    MessageGone,
    /// The chat is gone, or may not be written to.
    Gone,
    Barred,
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        2 => (0..2_u8, 0..3_usize).prop_map(|(service, severity)| Turn::Open { service, severity }),
        3 => (0..2_u8).prop_map(|service| Turn::Update { service }),
        2 => (0..2_u8).prop_map(|service| Turn::Resolve { service }),
        5 => (1..5_usize).prop_map(|most| Turn::Claim { most }),
        5 => Just(Turn::Settle(How::Told)),
        3 => Just(Turn::Settle(How::ToldAsClaimed)),
        3 => Just(Turn::Settle(How::Later)),
        1 => Just(Turn::Settle(How::MessageGone)),
        1 => Just(Turn::Settle(How::Gone)),
        2 => Just(Turn::Settle(How::Barred)),
        2 => (0..4_u8).prop_map(|chat| Turn::Resume { chat }),
        2 => (0..40_i64).prop_map(|seconds| Turn::Pass { seconds }),
        1 => Just(Turn::Restart),
    ]
}

/// What one chat was last told of one incident.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    revision: u32,
    chapter: u32,
    /// Somebody removed the message since.
    is_gone: bool,
}

type Known = BTreeMap<(ChatId, IncidentId), Told>;

impl Told {
    /// Whether this is all there is to know. What is said after an end, to a chat that knew of it and removed the message,
    /// is not told again.
    fn is_all_of(self, incident: &Incident) -> bool {
        let knows_the_end = self.is_gone && !incident.is_open();
        self.chapter == incident.chapter && (self.revision == incident.revision || knows_the_end)
    }
}

async fn settle_first(bench: &Bench, held: &mut Vec<Claim>, known: &mut Known, how: How) {
    if held.is_empty() {
        return;
    }
    let claim = held.remove(0);
    let all = all_told(&claim.incident);
    let outcome = match how {
        How::Told => Outcome::Told(all),
        How::ToldAsClaimed => Outcome::Told(Alert { shown: claim.revision, chapter: claim.chapter, ..all }),
        How::Later => {
            Outcome::Retry { at: bench.now + TimeDelta::seconds(20), counted: true, is_in_doubt: true, reason: None }
        }
        How::MessageGone => Outcome::MessageGone,
        How::Gone => is_gone(),
        How::Barred => is_barred(bench.now + TimeDelta::seconds(20)),
    };
    let told = known.entry((claim.id.chat.clone(), claim.id.incident.clone())).or_default();
    if let Outcome::Told(alert) = &outcome {
        *told = Told { revision: alert.shown, chapter: alert.chapter, is_gone: false };
    } else {
        told.is_gone |= matches!(how, How::MessageGone);
    }
    bench.settle(&claim, outcome).await;
}

async fn resume(bench: &mut Bench, chat: u8) {
    let (platform, place, why) = (Platform::Telegram, chat.to_string().into(), Resumption::Here);
    bench.apply(vec![Change::Resume { platform, place, why }]).await;
}

async fn play(bench: &mut Bench, turns: &[Turn]) -> Known {
    let mut known = Known::new();
    let mut held = Vec::new();
    for turn in turns {
        match *turn {
            Turn::Open { service, severity } => {
                bench.open(&a_service(service), Severity::ALL[severity]).await;
            }
            Turn::Update { service } => {
                if let Some(id) = last(bench, service) {
                    bench.update(&id).await;
                }
            }
            Turn::Resolve { service } => {
                if let Some(id) = last(bench, service)
                    && bench.known(&id).is_open()
                {
                    bench.resolve(&id).await;
                }
            }
            Turn::Claim { most } => {
                let claims = bench.claim(most).await;
                for claim in &claims {
                    let is_held = held.iter().any(|held: &Claim| held.id == claim.id);
                    assert!(!is_held, "{:?} is claimed twice", claim.id);
                }
                held.extend(claims);
            }
            Turn::Pass { seconds } => bench.pass(seconds),
            Turn::Resume { chat } => resume(bench, chat).await,
            Turn::Restart => {
                bench.restart();
                held.clear();
            }
            Turn::Settle(how) => settle_first(bench, &mut held, &mut known, how).await,
        }
    }
    bench.restart();
    bench.pass(1_000);
    for chat in 0..4 {
        resume(bench, chat).await;
    }
    while let Some(due) = bench.next_due().await {
        bench.now = bench.now.max(due);
        let mut rest = bench.claim(3).await;
        while !rest.is_empty() {
            settle_first(bench, &mut rest, &mut known, How::Told).await;
        }
    }
    known
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn memory_and_disk_answer_alike_and_lose_nothing(steps in prop::collection::vec(step(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (mut memory, mut disk) = (Bench::memory(), Bench::disk());
            let (mut held_in_memory, mut held_on_disk) = (Vec::new(), Vec::new());
            for step in &steps {
                let in_memory = take(&mut memory, &mut held_in_memory, step).await;
                let on_disk = take(&mut disk, &mut held_on_disk, step).await;
                assert_eq!(in_memory, on_disk, "{step:?}");
            }
            assert_eq!(tell_the_rest(&mut memory).await, tell_the_rest(&mut disk).await);
            assert_eq!(memory.backlog().await, disk.backlog().await);
            assert_eq!(disk.backlog().await.1, 0);
        });
    }

    #[test]
    fn in_the_end_everybody_knows_the_whole_story(turns in prop::collection::vec(turn(), 1..80)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut bench = Bench::memory();
            let here: Vec<_> = (0..4).map(a_chat).collect();
            for chat in &here {
                bench.subscribe(chat, category(), Filter::default()).await;
            }
            let known = play(&mut bench, &turns).await;
            let rested = turns.iter().any(|turn| matches!(turn, Turn::Settle(How::Gone | How::Barred)));
            assert_eq!(bench.backlog().await, (0, 0, 0));
            for incident in bench.tracks.values().flat_map(|track| &track.incidents) {
                for chat in &here {
                    let told = known.get(&(chat.clone(), incident.id.clone())).copied().unwrap_or_default();
                    // What began and ended while the chat rested is history.
                    let is_missed = rested && told.revision == 0 && !incident.is_open();
                    assert!(is_missed || told.is_all_of(incident), "{chat} of {}: {told:?}", incident.id);
                }
            }
        });
    }
}
