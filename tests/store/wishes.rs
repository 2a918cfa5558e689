//! Whatever chats choose to hear, and whenever they change it: what a chat was shown the beginning of, it is shown the end of,
//! in order and once; and it is shown nothing that it did not ask for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use foghorn::{
    dispatch::{Manner, Step, after, is_silent, nonce, notice, step},
    domain::{
        Change, ChatId, ChatSettings, Condition, Filter, Form, Incident, IncidentId, MaintenancePhase, MessageId, Mute,
        Muted, Planned, Role, Severity, SourceId, Sources, Topic, TransitionKind, Witness,
    },
    store::{Claim, Outcome},
};
use proptest::{prelude::*, sample::select, test_runner::RngSeed};

use crate::bench::{Bench, category, chat, service, topic};

const SEED: u64 = 1;
const PLACES: [&str; 3] = ["Login", "API", "Core - API"];
const REGIONS: [&str; 2] = ["EU", "eu-west-1"];
const SERVICES: [&str; 2] = ["signal", "whatsapp"];

#[derive(Clone, Debug)]
enum Turn {
    /// A chat chooses what it hears of a service, or of the category.
    Choose {
        chat: u8,
        of_category: bool,
        service: usize,
        filter: Filter,
    },
    Mute {
        chat: u8,
        what: u8,
        minutes: Option<i64>,
    },
    Unmute {
        chat: u8,
        what: u8,
    },
    Open {
        service: usize,
        news: News,
    },
    /// Somebody else tells of the last one too, or it becomes worse, or spreads.
    Grow {
        service: usize,
        news: News,
    },
    End {
        service: usize,
    },
    Return {
        service: usize,
    },
    Tell {
        most: usize,
        how: How,
    },
    Pass {
        minutes: i64,
    },
    Restart,
}

/// What an incident is like.
#[derive(Clone, Debug)]
struct News {
    severity: Severity,
    role: Role,
    component: Option<&'static str>,
    region: Option<&'static str>,
    is_planned: bool,
}

/// How a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Well,
    /// It is not taken.
    Refused,
    /// It is taken, and the answer never comes.
    Unanswered,
    /// It is taken, and the process is killed before it notes that.
    Killed,
}

fn filter() -> impl Strategy<Value = Filter> {
    let severity = prop::option::of(select(Severity::ALL.to_vec()));
    let components = prop::option::weighted(0.4, select(PLACES.to_vec()));
    let regions = prop::option::weighted(0.3, select(REGIONS.to_vec()));
    let names = |name: Option<&str>| name.map(str::to_owned).into_iter().collect();
    (severity, components, regions, any::<Option<bool>>(), select(Sources::ALL.to_vec())).prop_map(
        move |(severity, components, regions, maintenance, sources)| Filter {
            severity,
            components: names(components),
            regions: names(regions),
            maintenance,
            sources,
        },
    )
}

fn news() -> impl Strategy<Value = News> {
    let component = prop::option::of(select(PLACES.to_vec()));
    let region = prop::option::of(select(REGIONS.to_vec()));
    let role = select(vec![Role::Reported, Role::Measured, Role::Official]);
    (select(Severity::ALL.to_vec()), role, component, region, prop::bool::weighted(0.2)).prop_map(
        |(severity, role, component, region, is_planned)| News { severity, role, component, region, is_planned },
    )
}

fn turn() -> impl Strategy<Value = Turn> {
    let how = select(vec![How::Well, How::Well, How::Well, How::Refused, How::Unanswered, How::Killed]);
    prop_oneof![
        4 => (0..3_u8, any::<bool>(), 0..2_usize, filter())
            .prop_map(|(chat, of_category, service, filter)| Turn::Choose { chat, of_category, service, filter }),
        2 => (0..3_u8, 0..4_u8, prop::option::of(1..60_i64))
            .prop_map(|(chat, what, minutes)| Turn::Mute { chat, what, minutes }),
        1 => (0..3_u8, 0..4_u8).prop_map(|(chat, what)| Turn::Unmute { chat, what }),
        3 => (0..2_usize, news()).prop_map(|(service, news)| Turn::Open { service, news }),
        3 => (0..2_usize, news()).prop_map(|(service, news)| Turn::Grow { service, news }),
        2 => (0..2_usize).prop_map(|service| Turn::End { service }),
        1 => (0..2_usize).prop_map(|service| Turn::Return { service }),
        8 => (1..6_usize, how).prop_map(|(most, how)| Turn::Tell { most, how }),
        2 => (0..40_i64).prop_map(|minutes| Turn::Pass { minutes }),
        1 => Just(Turn::Restart),
    ]
}

/// A message as a chat reads it, edits left out.
#[derive(Clone, Debug)]
struct Seen {
    form: Form,
    is_open: bool,
    revision: u32,
    is_silent: bool,
}

/// The platform, which knows a message again, and what it shows.
#[derive(Default)]
struct World {
    names: BTreeMap<String, DateTime<Utc>>,
    seen: BTreeMap<(ChatId, IncidentId), Vec<Seen>>,
    /// Stories of which some message may have been sent and nobody knows whether it arrived.
    doubtful: BTreeSet<(ChatId, IncidentId)>,
    /// What each chat chose, and keeps silent about.
    filters: BTreeMap<(ChatId, Topic), Filter>,
    mutes: BTreeMap<(ChatId, Muted), Option<DateTime<Utc>>>,
}

fn a_chat(number: u8) -> ChatId {
    chat(&number.to_string())
}

fn last(bench: &Bench, number: usize) -> Option<IncidentId> {
    Some(bench.tracks.get(&service(SERVICES[number]))?.incidents.last()?.id.clone())
}

fn what(bench: &Bench, what: u8) -> Muted {
    match what {
        0 => Muted::All,
        1 => last(bench, 0).map_or(Muted::All, Muted::Incident),
        number => Muted::Service(service(SERVICES[usize::from(number - 2)])),
    }
}

/// Puts into an incident what became known of it.
fn learn(incident: &mut Incident, news: &News) {
    let known = incident.witnesses.iter().any(|witness| witness.role == news.role);
    if !known {
        incident.witnesses.push(Witness {
            source: SourceId::stored(news.role.word()),
            role: news.role,
            posted: Vec::new(),
            is_bad: true,
            impact: news.severity.condition(),
        });
    }
    incident.peak = incident.peak.worst(news.severity.condition());
    for (names, name) in [(&mut incident.components, news.component), (&mut incident.regions, news.region)] {
        names.extend(name.filter(|name| !names.iter().any(|known| known == name)).map(str::to_owned));
    }
}

impl World {
    /// Whether a chat that was told nothing yet wants to hear of the incident now, as people would say it.
    fn wants(&self, chat: &ChatId, incident: &Incident, now: DateTime<Utc>) -> bool {
        let of = |topic: Topic| self.filters.get(&(chat.clone(), topic));
        let Some(filter) = of(Topic::Service(incident.id.service.clone())).or_else(|| of(category())) else {
            return false;
        };
        let is_part = |one: &String| match filter.components.first().map(String::as_str) {
            // The name of a group is left out as often as not.
            Some("API" | "Core - API") => one.ends_with("API"),
            Some(other) => one == other,
            None => true,
        };
        let is_there = |one: &String| match filter.regions.first().map(String::as_str) {
            Some("EU") => one == "EU" || one == "eu-west-1",
            Some(other) => one == other,
            None => true,
        };
        let is_of_kind = match incident.planned {
            Some(_) => filter.maintenance == Some(true) || (filter.maintenance.is_none() && filter.severity.is_none()),
            None => filter.severity.is_none_or(|least| incident.peak_severity() >= least),
        };
        let is_trusted =
            filter.sources == Sources::All || incident.witnesses.iter().any(|witness| witness.role == Role::Official);
        is_of_kind
            && is_trusted
            && (incident.components.is_empty() || incident.components.iter().any(is_part))
            && (incident.regions.is_empty() || incident.regions.iter().any(is_there))
            && !self.is_muted(chat, incident, now)
    }

    fn is_muted(&self, chat: &ChatId, incident: &Incident, now: DateTime<Utc>) -> bool {
        let about = [Muted::All, Muted::Service(incident.id.service.clone()), Muted::Incident(incident.id.clone())];
        let holds = |until: &Option<DateTime<Utc>>| until.is_none_or(|until| now < until);
        about.into_iter().any(|muted| self.mutes.get(&(chat.clone(), muted)).is_some_and(holds))
    }

    /// What the platform does with a message, and when it had it before.
    fn post(&mut self, claim: &Claim, form: Form, silent: bool, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let name = nonce(claim, form);
        if let Some(before) = self.names.get(&name) {
            return Some(*before);
        }
        self.names.insert(name, now);
        let (is_open, revision) = (claim.incident.is_open(), claim.incident.revision);
        let key = (claim.id.chat.clone(), claim.id.incident.clone());
        self.seen.entry(key).or_default().push(Seen { form, is_open, revision, is_silent: silent });
        None
    }

    /// Does with a claim what the outbox does, on a platform with edits: one step, and what is left comes with the next claim.
    async fn tell(&mut self, bench: &mut Bench, claim: Claim, how: How) {
        let key = (claim.id.chat.clone(), claim.id.incident.clone());
        let is_first = claim.alert.is_none() && !self.seen.contains_key(&key) && !claim.is_in_doubt;
        let is_wanted = self.wants(&key.0, &claim.incident, bench.now);
        assert!(!is_first || is_wanted, "{} is told what it did not ask for: {claim:?}", key.0);
        let settings = ChatSettings::default();
        let manner = Manner::of(&claim, true, &settings);
        let next = step(&claim, manner);
        let Some(notice) = notice(&next, &claim) else {
            bench.settle(&claim, Outcome::Needless).await;
            return;
        };
        let silent = is_silent(&next, &claim, settings.sound);
        let repeats = match next {
            Step::Post { .. } if how != How::Refused => self.post(&claim, notice.form, silent, bench.now),
            Step::Post { .. } | Step::Edit { .. } | Step::Nothing => None,
        };
        if matches!(how, How::Unanswered | How::Killed) {
            self.doubtful.insert(key);
        }
        let outcome = match how {
            How::Well => {
                let known = after(&next, &claim, MessageId("m1".into()), repeats, manner);
                Outcome::Told(known.expect("what was sent is known"))
            }
            How::Refused | How::Unanswered => {
                let (at, is_in_doubt) = (bench.now + TimeDelta::seconds(20), how == How::Unanswered);
                Outcome::Retry { at, counted: true, is_in_doubt, reason: None }
            }
            How::Killed => return bench.restart(),
        };
        bench.settle(&claim, outcome).await;
    }

    async fn take(&mut self, bench: &mut Bench, turn: &Turn) {
        // No two things happen at once: a platform says when it had a message, and a turn of the story came before or after.
        bench.pass(1);
        match turn {
            Turn::Choose { chat, of_category, service, filter } => {
                let topic = if *of_category { category() } else { topic(SERVICES[*service]) };
                self.filters.insert((a_chat(*chat), topic.clone()), filter.clone());
                bench.subscribe(&a_chat(*chat), topic, filter.clone()).await;
            }
            Turn::Mute { chat, what: about, minutes } => {
                let until = minutes.map(|minutes| bench.now + TimeDelta::minutes(minutes));
                let muted = what(bench, *about);
                self.mutes.insert((a_chat(*chat), muted.clone()), until);
                bench.apply(vec![Change::Mute { chat: a_chat(*chat), mute: Mute { muted, until } }]).await;
            }
            Turn::Unmute { chat, what: about } => {
                let muted = what(bench, *about);
                self.mutes.retain(|(of, one), _| *of != a_chat(*chat) || (*one != muted && muted != Muted::All));
                bench.apply(vec![Change::Unmute { chat: a_chat(*chat), muted }]).await;
            }
            Turn::Open { service, news } => open(bench, SERVICES[*service], news).await,
            Turn::Grow { service, news } => {
                if let Some(id) = last(bench, *service).filter(|id| bench.known(id).is_open()) {
                    let incident = bench.known(&id);
                    learn(incident, news);
                    incident.revision += 1;
                    incident.last_kind = TransitionKind::Updated;
                    bench.tell(&id).await;
                }
            }
            Turn::End { service } => {
                if let Some(id) = last(bench, *service).filter(|id| bench.known(id).is_open()) {
                    bench.resolve(&id).await;
                }
            }
            Turn::Return { service } => {
                if let Some(id) = last(bench, *service).filter(|id| !bench.known(id).is_open()) {
                    let now = bench.now;
                    let incident = bench.known(&id);
                    incident.chapter += 1;
                    incident.revision += 1;
                    incident.resolved_at = None;
                    incident.turned_at = now;
                    incident.last_kind = TransitionKind::Reopened;
                    bench.tell(&id).await;
                }
            }
            Turn::Tell { most, how } => {
                let mut claims = bench.claim(*most).await.into_iter();
                while let Some(claim) = claims.next() {
                    self.tell(bench, claim, *how).await;
                    if *how == How::Killed {
                        // Of what was claimed beside it nobody knows either how far it was.
                        self.doubtful.extend(claims.map(|claim| (claim.id.chat, claim.id.incident)));
                        break;
                    }
                }
            }
            Turn::Pass { minutes } => {
                bench.pass(minutes * 60);
                // Mutes may have ended.
                bench.store().keep_appointments(bench.now, 99).await.unwrap();
            }
            Turn::Restart => bench.restart(),
        }
    }
}

async fn open(bench: &mut Bench, name: &str, news: &News) {
    // A service has one story at a time here, so that the last one is the one that goes on.
    let is_open = bench.tracks.get(&service(name)).is_some_and(|track| track.incidents.iter().any(Incident::is_open));
    if is_open {
        return;
    }
    bench.pass(1);
    let id = bench.incident(name, news.severity);
    let incident = bench.known(&id);
    learn(incident, news);
    if news.is_planned {
        incident.planned = Some(Planned { phase: MaintenancePhase::Scheduled, starts_at: None, ends_at: None });
        incident.peak = Condition::Maintenance;
        incident.last_kind = TransitionKind::Announced;
    }
    bench.tell(&id).await;
}

/// What is wrong with what a chat saw of one incident. Of a doubtful one it may have missed a turn as far as anybody knows, and is
/// then told of the one after that.
fn fault(story: &[Seen], is_doubtful: bool) -> Option<&'static str> {
    let mut is_open: Option<bool> = None;
    let mut revision = 0;
    for seen in story {
        let is_right = match (seen.form, is_open) {
            (Form::Alert, None) => true,
            (Form::Recovery, Some(was_open)) => {
                !seen.is_open && (was_open || (is_doubtful && seen.revision > revision))
            }
            (Form::Return, Some(was_open)) => seen.is_open && (!was_open || (is_doubtful && seen.revision > revision)),
            (Form::Alert | Form::Update, _) | (Form::Recovery | Form::Return, None) => false,
        };
        if !is_right {
            return Some("a turn is told twice, or out of order");
        }
        if seen.revision < revision {
            return Some("something older comes after something newer");
        }
        (is_open, revision) = (Some(seen.is_open), seen.revision);
    }
    (is_open != Some(false)).then_some("the end is not told")
}

/// The same wishes in each run, so that a change is judged by itself; `WISHES_SEED` takes others.
fn seed() -> RngSeed {
    let told = std::env::var("WISHES_SEED").ok().map(|text| text.parse().expect("WISHES_SEED is a number"));
    RngSeed::Fixed(told.unwrap_or(SEED))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, rng_seed: seed(), ..ProptestConfig::default() })]

    #[test]
    fn what_a_chat_saw_begin_it_sees_end_and_nothing_else_is_told(turns in prop::collection::vec(turn(), 1..80)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (mut bench, mut world) = (Bench::memory(), World::default());
            for turn in &turns {
                world.take(&mut bench, turn).await;
            }
            for service in 0..SERVICES.len() {
                world.take(&mut bench, &Turn::End { service }).await;
            }
            bench.restart();
            while let Some(due) = bench.next_due().await {
                bench.now = bench.now.max(due);
                for claim in bench.claim(3).await {
                    world.tell(&mut bench, claim, How::Well).await;
                }
            }
            assert_eq!(bench.backlog().await, (0, 0, 0));
            for (key @ (chat, incident), story) in &world.seen {
                if let Some(fault) = fault(story, world.doubtful.contains(key)) {
                    panic!("{chat}, {incident}: {fault}: {story:?}");
                }
            }
        });
    }
}

#[tokio::test]
async fn what_was_alerted_before_a_mute_ends_without_a_sound_and_what_begins_then_is_not_told() {
    let (mut bench, mut world) = (Bench::memory(), World::default());
    let plain = News {
        severity: Severity::MajorOutage,
        role: Role::Official,
        component: None,
        region: None,
        is_planned: false,
    };
    let tell = Turn::Tell { most: 9, how: How::Well };
    let turns = [
        Turn::Choose { chat: 0, of_category: true, service: 0, filter: Filter::default() },
        Turn::Open { service: 0, news: plain.clone() },
        tell.clone(),
        Turn::Mute { chat: 0, what: 0, minutes: Some(30) },
        Turn::Open { service: 1, news: plain },
        Turn::End { service: 0 },
        tell.clone(),
        Turn::End { service: 1 },
        tell,
    ];
    for turn in &turns {
        world.take(&mut bench, turn).await;
    }
    let seen: Vec<&Seen> = world.seen.values().flatten().collect();
    assert_eq!(
        seen.iter().map(|seen| (seen.form, seen.is_silent)).collect::<Vec<_>>(),
        [(Form::Alert, false), (Form::Recovery, true)]
    );
}

#[tokio::test]
async fn who_chooses_a_service_while_its_news_is_on_the_way_hears_that_once() {
    let plain =
        News { severity: Severity::Degraded, role: Role::Official, component: None, region: None, is_planned: false };
    let choose = |chat, of_category| Turn::Choose { chat, of_category, service: 0, filter: Filter::default() };
    let tell = |most| Turn::Tell { most, how: How::Well };
    let (open, end) = (Turn::Open { service: 0, news: plain }, Turn::End { service: 0 });
    let category = [choose(0, true), choose(1, true)];
    // The news has come to the first chat when the second one chooses.
    let an_opening = [open.clone(), tell(1), choose(1, false), tell(9), end.clone(), tell(9)];
    let an_end = [open, tell(9), end, tell(1), choose(1, false), tell(9)];
    for turns in [an_opening, an_end] {
        let (mut bench, mut world) = (Bench::memory(), World::default());
        for turn in category.iter().chain(&turns) {
            world.take(&mut bench, turn).await;
        }
        let heard: Vec<Vec<Form>> =
            world.seen.values().map(|seen| seen.iter().map(|seen| seen.form).collect()).collect();
        assert_eq!(heard, [[Form::Alert, Form::Recovery], [Form::Alert, Form::Recovery]], "{turns:?}");
    }
}

#[tokio::test]
async fn who_chooses_a_service_and_leaves_its_category_still_hears_the_end() {
    let plain =
        News { severity: Severity::Degraded, role: Role::Official, component: None, region: None, is_planned: false };
    let (mut bench, mut world) = (Bench::memory(), World::default());
    let choose = |chat, of_category| Turn::Choose { chat, of_category, service: 0, filter: Filter::default() };
    let tell = |most| Turn::Tell { most, how: How::Well };
    for turn in [
        choose(0, true),
        choose(1, true),
        Turn::Open { service: 0, news: plain },
        tell(9),
        Turn::End { service: 0 },
        tell(1),
        choose(1, false),
    ] {
        world.take(&mut bench, &turn).await;
    }
    bench.apply(vec![Change::Unsubscribe { chat: a_chat(1), topic: category() }]).await;
    world.take(&mut bench, &tell(9)).await;
    for (chat, seen) in &world.seen {
        let forms: Vec<Form> = seen.iter().map(|seen| seen.form).collect();
        assert_eq!(forms, [Form::Alert, Form::Recovery], "{chat:?}");
    }
}
