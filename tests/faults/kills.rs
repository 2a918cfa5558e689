//! The bot is killed at random moments, amid everything it does, and started again.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{task::JoinSet, time::sleep};

use crate::{
    Measure,
    platforms::Named,
    report::Row,
    scene::{Scene, Told, judged},
    stories::Stories,
    support::{page::Posted, program::Program},
};

/// How long after its answer a message may still be unknown to the store, also on a busy computer.
const SETTLING: Duration = Duration::from_secs(2);

/// Bots that are killed side by side, each with platforms, services and chats of its own: one starts while others are killed.
const BOTS: usize = 4;
/// Polls of a page after which no message comes any more: that is told by an edit, or nothing was to be told.
const PATIENCE: usize = 30;
const SERVICES: usize = 4;
const CHATS: usize = 8;

pub fn all() -> [Named; 2] {
    [
        ("killed in a burst", |measure| Box::pin(burst(measure))),
        ("killed at random moments", |measure| Box::pin(random_moments(measure))),
    ]
}

/// Kills the bot, and counts what Telegram was asked that the bot may not know the answer of.
fn kill(scene: &Scene, program: Program, since: usize) -> usize {
    let noted = Instant::now().checked_sub(SETTLING).unwrap();
    drop(program.kill());
    let calls = scene.telegram.received_after("sendMessage", since);
    calls.iter().filter(|call| call.answered.is_none_or(|answered| answered >= noted)).count()
}

fn row(scenario: &'static str, platform: &'static str, chats: &[Vec<Told>]) -> Row {
    let (lost, doubled, out_of_order) = judged(chats);
    Row { scenario, platform, alerts: chats.len(), lost, doubled, out_of_order, ..Row::default() }
}

/// A thousand chats are being told when it is killed.
async fn burst(measure: Measure) -> Vec<Row> {
    const NAME: &str = "killed in a burst of 1,000";
    const TITLE: &str = "Log-in fails";
    let mut random = fastrand::Rng::with_seed(measure.seed);
    let (scene, mut program) = Scene::opened(1, 500, UNLIMITED).await;
    let outage = Posted::new("i1", TITLE, "critical");
    scene.page(0).show(std::slice::from_ref(&outage));
    let (mut in_flight, mut before) = (0, 0);
    for _ in 0..4 {
        let told = random.usize(20..120);
        let calls = before + told;
        let is_over = || scene.rooms.iter().all(|room| !room.told().is_empty());
        scene.telegram.until_so("some are told", || scene.telegram.count("sendMessage") >= calls || is_over()).await;
        in_flight += kill(&scene, program, before);
        before = scene.telegram.count("sendMessage");
        program = scene.start(UNLIMITED);
    }
    scene.until_all("an alert in spite of the kills", TITLE, |told| !told.is_empty()).await;
    scene.page(0).show(&[outage.resolved()]);
    scene.until_all("the end", TITLE, |told| told.iter().any(|one| one.is_reply)).await;
    let remark = format!("4 kills, {in_flight} in flight on Telegram");
    vec![
        Row { remark: remark.clone(), ..row(NAME, "Discord", &scene.told_on_discord(TITLE)) },
        Row { may_double: in_flight, remark, ..row(NAME, "Telegram", &scene.told_on_telegram(TITLE)) },
    ]
}

/// Requests to Discord in a second where that is not what is looked at.
pub const UNLIMITED: u32 = 10_000;

/// What the bot is doing, as far as platforms and pages see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    /// It has asked for nothing since it was started.
    Starting,
    /// A page has just been asked for.
    Polling,
    /// A page was read a moment ago, and nothing has been told since.
    Detecting,
    /// Some chats were told a moment ago, and others wait.
    FanningOut,
    /// A message has no answer yet.
    Sending,
    /// A message has just been answered.
    Settling,
    /// None of that.
    Resting,
}

impl Moment {
    /// Of which each long run must meet some: they follow each other within moments, so that which of them it is, is luck.
    const TELLING: [Self; 3] = [Self::FanningOut, Self::Sending, Self::Settling];
    const ALL: [Self; 7] = [
        Self::Starting,
        Self::Polling,
        Self::Detecting,
        Self::FanningOut,
        Self::Sending,
        Self::Settling,
        Self::Resting,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Starting => "start",
            Self::Polling => "poll",
            Self::Detecting => "detect",
            Self::FanningOut => "fan-out",
            Self::Sending => "send",
            Self::Settling => "settle",
            Self::Resting => "rest",
        }
    }

    /// Which it is now: so much was asked for, and so many messages came, before the bot was started.
    fn of(scene: &Scene, asked: usize, sent: usize) -> Self {
        let is_within = |at: Option<Instant>, ms| at.is_some_and(|at| at.elapsed() < Duration::from_millis(ms));
        let calls = scene.telegram.received_after("sendMessage", sent);
        let answered = calls.iter().filter_map(|call| call.answered).max();
        let read = scene.feeds.last_asked();
        if calls.iter().any(|call| call.answered.is_none()) {
            Self::Sending
        } else if is_within(answered, 3) {
            Self::Settling
        } else if is_within(answered, 40) && !calls.len().is_multiple_of(CHATS) {
            Self::FanningOut
        } else if scene.feeds.count_all() == asked {
            Self::Starting
        } else if is_within(read, 3) {
            Self::Polling
        } else if is_within(read, 25) {
            Self::Detecting
        } else {
            Self::Resting
        }
    }

    /// Waits until it may be so, or for a few polls when nothing is told.
    async fn come(self, scene: &Scene, random: &mut fastrand::Rng) {
        let page = scene.page(0).path();
        let polls = |count| scene.feeds.until_asked_again(&page, count);
        let sends = scene.telegram.count("sendMessage") + random.usize(1..CHATS);
        let answers = scene.telegram.calls_count("sendMessage") + random.usize(1..CHATS);
        let sent = scene.telegram.until_so("a message", || scene.telegram.count("sendMessage") >= sends);
        let answered = scene.telegram.until_so("an answer", || scene.telegram.calls_count("sendMessage") >= answers);
        let pause = match self {
            Self::Starting => random.u64(..400_000),
            Self::Polling => {
                polls(random.usize(1..4)).await;
                0
            }
            Self::Detecting => {
                polls(random.usize(1..4)).await;
                random.u64(3_000..12_000)
            }
            Self::Sending | Self::FanningOut => {
                tokio::select! { () = sent => {}, () = polls(PATIENCE) => {} }
                if self == Self::Sending { random.u64(..1_000) } else { random.u64(3_000..20_000) }
            }
            Self::Settling => {
                tokio::select! { () = answered => {}, () = polls(PATIENCE) => {} }
                random.u64(..2_000)
            }
            Self::Resting => {
                polls(random.usize(2..6)).await;
                random.u64(..30_000)
            }
        };
        sleep(Duration::from_micros(pause)).await;
    }
}

/// What became of one bot's chats.
struct Life {
    on_discord: Vec<Vec<Told>>,
    on_telegram: Vec<Vec<Told>>,
    outages: usize,
    kills: BTreeMap<Moment, usize>,
    in_flight: usize,
}

/// Services break, news comes, and they are well again, while bots are killed at random moments of polling, detecting,
/// fanning out, sending and settling.
async fn random_moments(measure: Measure) -> Vec<Row> {
    const NAME: &str = "killed at random moments";
    let left = Arc::new(AtomicUsize::new(measure.kills));
    let until = Instant::now() + measure.killing;
    let began = Instant::now();
    let mut bots = JoinSet::new();
    for bot in 0..BOTS {
        let random = fastrand::Rng::with_seed(measure.seed + bot as u64);
        bots.spawn(killed_again_and_again(random, Arc::clone(&left), until));
    }
    let lives = bots.join_all().await;
    let took = began.elapsed().as_secs();
    let mut moments: BTreeMap<Moment, usize> = BTreeMap::new();
    for (moment, kills) in lives.iter().flat_map(|life| &life.kills) {
        *moments.entry(*moment).or_default() += kills;
    }
    let kills: usize = moments.values().sum();
    let words: Vec<String> = moments.iter().map(|(moment, kills)| format!("{} {kills}", moment.word())).collect();
    let has_met = |these: &[Moment]| these.iter().any(|moment| moments.contains_key(moment));
    let work: [&[Moment]; 3] = [&[Moment::Polling], &[Moment::Detecting], &Moment::TELLING];
    let missed = work.into_iter().filter(|these| kills >= ENOUGH && !has_met(these)).flatten();
    let missed: Vec<&str> = missed.map(|moment| moment.word()).collect();
    let (outages, in_flight) =
        lives.iter().fold((0, 0), |(outages, flights), life| (outages + life.outages, flights + life.in_flight));
    let remark = format!(
        "{kills} kills of {BOTS} bots in {took} s: {}; {outages} outages, {in_flight} in flight on Telegram",
        words.join(", ")
    );
    let all = |told: fn(&Life) -> &Vec<Vec<Told>>| -> Vec<Vec<Told>> { lives.iter().flat_map(told).cloned().collect() };
    let missed = missed.join(", ");
    vec![
        Row { remark: remark.clone(), missed, ..row(NAME, "Discord", &all(|life| &life.on_discord)) },
        Row { may_double: in_flight, remark, ..row(NAME, "Telegram", &all(|life| &life.on_telegram)) },
    ]
}

/// So many kills are to meet every moment of the work.
const ENOUGH: usize = 100;

/// One bot, killed as long as kills are left and there is time.
async fn killed_again_and_again(mut random: fastrand::Rng, left: Arc<AtomicUsize>, until: Instant) -> Life {
    let (scene, mut program) = Scene::opened(SERVICES, CHATS, UNLIMITED).await;
    let mut stories = Stories::new(SERVICES);
    let (mut kills, mut in_flight, mut asked, mut sent) = (BTreeMap::new(), 0, 0, 0);
    let take_one = |left: usize| left.checked_sub(1);
    while Instant::now() < until && left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take_one).is_ok() {
        stories.turn(&scene, &mut random).await;
        random.choice(Moment::ALL).unwrap().come(&scene, &mut random).await;
        *kills.entry(Moment::of(&scene, asked, sent)).or_default() += 1;
        in_flight += kill(&scene, program, sent);
        (asked, sent) = (scene.feeds.count_all(), scene.telegram.count("sendMessage"));
        program = scene.start(UNLIMITED);
    }
    stories.end(&scene).await;
    scene.page(0).until_read_often().await;
    Life {
        on_discord: stories.told(&scene, Scene::told_on_discord),
        on_telegram: stories.told(&scene, Scene::told_on_telegram),
        outages: stories.titles.len(),
        kills,
        in_flight,
    }
}
