//! The bot is killed at random moments, amid everything it does, and started again.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::{
    Measure,
    platforms::Named,
    report::Row,
    scene::{Scene, Told, judged},
    support::{page::Posted, program::Program},
};

/// How long after its answer a message may still be unknown to the store, also on a busy computer.
const SETTLING: Duration = Duration::from_secs(10);

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
    let calls = scene.telegram.received("sendMessage").into_iter().skip(since);
    calls.filter(|call| call.answered.is_none_or(|answered| answered >= noted)).count()
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
    let scene = Scene::new(1, 500).await;
    let mut program = scene.start(10_000);
    scene.until_connected(0).await;
    scene.page(0).until_read().await;
    let outage = Posted::new("i1", TITLE, "critical");
    scene.page(0).show(std::slice::from_ref(&outage));
    let (mut in_flight, mut before) = (0, 0);
    for _ in 0..4 {
        let told = random.usize(20..120);
        let calls = before + told;
        let is_over = || scene.rooms.iter().all(|room| !room.told().is_empty());
        scene
            .telegram
            .until_so("some are told", || scene.telegram.received("sendMessage").len() >= calls || is_over())
            .await;
        in_flight += kill(&scene, program, before);
        before = scene.telegram.received("sendMessage").len();
        program = scene.start(10_000);
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

/// Services break, news comes, and they are well again, while the bot is killed at random moments of polling, detecting,
/// fanning out, sending and settling.
async fn random_moments(measure: Measure) -> Vec<Row> {
    const NAME: &str = "killed at random moments";
    const SERVICES: usize = 4;
    let mut random = fastrand::Rng::with_seed(measure.seed);
    let scene = Scene::new(SERVICES, 12).await;
    let mut program = scene.start(10_000);
    scene.until_connected(0).await;
    for number in 0..SERVICES {
        scene.page(number).until_read().await;
    }
    let mut shown: Vec<Vec<Posted>> = vec![Vec::new(); SERVICES];
    let (mut titles, mut in_flight, mut before) = (Vec::new(), 0, 0);
    let (mut kills, began) = (0, Instant::now());
    while kills < measure.kills && began.elapsed() < measure.killing {
        turn(&scene, &mut random, &mut shown, &mut titles).await;
        // Some polls and messages later, and then a moment more.
        let some = random.usize(1..6);
        let asked = scene.feeds.asked(&scene.page(0).path()).len() + some;
        let sent = scene.telegram.received("sendMessage").len() + random.usize(1..30);
        loop {
            let has_polled = scene.feeds.asked(&scene.page(0).path()).len() >= asked;
            if has_polled || scene.telegram.received("sendMessage").len() >= sent {
                break;
            }
            sleep(Duration::from_millis(2)).await;
        }
        sleep(Duration::from_micros(random.u64(..30_000))).await;
        in_flight += kill(&scene, program, before);
        before = scene.telegram.received("sendMessage").len();
        kills += 1;
        program = scene.start(10_000);
    }
    // Everything ends, and has its time.
    for (number, posted) in shown.iter_mut().enumerate() {
        end_last(posted);
        scene.page(number).show(posted);
    }
    for title in &titles {
        let is_whole = |told: &[Told]| told.iter().any(|one| one.text.contains(": resolved"));
        scene.until_all(&format!("the end of {title}"), title, is_whole).await;
    }
    scene.page(0).until_read_often().await;
    let all = |told: fn(&Scene, &str) -> Vec<Vec<Told>>| -> Vec<Vec<Told>> {
        titles.iter().flat_map(|title| told(&scene, title)).collect()
    };
    let remark = format!("{kills} kills, {} outages, {in_flight} in flight on Telegram", titles.len());
    vec![
        Row { remark: remark.clone(), ..row(NAME, "Discord", &all(Scene::told_on_discord)) },
        Row { may_double: in_flight, remark, ..row(NAME, "Telegram", &all(Scene::told_on_telegram)) },
    ]
}

/// Something happens to one service: it breaks, there is news, or it is well again.
pub async fn turn(scene: &Scene, random: &mut fastrand::Rng, shown: &mut [Vec<Posted>], titles: &mut Vec<String>) {
    /// A page keeps so many outages that are over.
    const KEPT: usize = 8;
    let number = random.usize(..shown.len());
    let posted = &mut shown[number];
    match posted.last_mut() {
        Some(last) if last.updates.last().is_some_and(|(phase, _)| *phase != "resolved") => {
            // What comes and goes between two polls nobody hears of.
            scene.page(number).until_read().await;
            *last = if last.updates.len() < 3 && random.bool() {
                last.clone().and("identified", "A cable is cut.")
            } else {
                last.clone().resolved()
            };
        }
        Some(_) | None => {
            let title = format!("Trouble number {}.", titles.len());
            posted.push(Posted::new(&format!("i{}", titles.len()), &title, "critical"));
            titles.push(title);
            if posted.len() > KEPT {
                posted.remove(0);
            }
        }
    }
    scene.page(number).show(posted);
}

/// The last outage of a page is over.
pub fn end_last(posted: &mut [Posted]) {
    if let Some(last) = posted.last_mut()
        && last.updates.last().is_some_and(|(phase, _)| *phase != "resolved")
    {
        *last = last.clone().resolved();
    }
}
