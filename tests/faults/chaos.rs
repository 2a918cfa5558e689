//! Everything at once: platforms answer wrongly in every way, feeds flap, and the bot is killed.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::{
    Measure,
    kills::{end_last, turn},
    platforms::Named,
    report::Row,
    scene::{Scene, Told, judged},
    support::{
        discord::{self, Route, Which},
        page::Posted,
        telegram,
    },
};

pub fn all() -> [Named; 2] {
    [
        ("platforms in chaos", |measure| Box::pin(chaos(measure, "platforms in chaos, feeds flap", false))),
        ("killed in chaos", |measure| Box::pin(chaos(measure, "the same, and killed now and then", true))),
    ]
}

async fn chaos(measure: Measure, scenario: &'static str, is_killed: bool) -> Vec<Row> {
    const SERVICES: usize = 4;
    let mut random = fastrand::Rng::with_seed(measure.seed);
    let scene = Scene::new(SERVICES, 12).await;
    let mut program = scene.start(10_000);
    scene.until_connected(0).await;
    for number in 0..SERVICES {
        scene.page(number).until_read().await;
    }
    let mut shown: Vec<Vec<Posted>> = vec![Vec::new(); SERVICES];
    let (mut titles, mut kills) = (Vec::new(), 0);
    let until = Instant::now() + measure.chaos;
    while Instant::now() < until {
        trouble(&scene, &mut random);
        turn(&scene, &mut random, &mut shown, &mut titles).await;
        sleep(Duration::from_millis(random.u64(100..700))).await;
        if is_killed && random.u8(..4) == 0 {
            drop(program.kill());
            program = scene.start(10_000);
            kills += 1;
        }
    }
    for (number, posted) in shown.iter_mut().enumerate() {
        end_last(posted);
        scene.page(number).show(posted);
    }
    for title in &titles {
        let is_whole = |told: &[Told]| told.iter().any(|one| one.text.contains(": resolved"));
        scene.until_all(&format!("the end of {title}"), title, is_whole).await;
    }
    let row = |platform, told: fn(&Scene, &str) -> Vec<Vec<Told>>| {
        let chats: Vec<Vec<Told>> = titles.iter().flat_map(|title| told(&scene, title)).collect();
        let (lost, doubled, out_of_order) = judged(&chats);
        let remark = format!("{} outages, {kills} kills", titles.len());
        Row { scenario, platform, alerts: chats.len(), lost, doubled, out_of_order, remark, ..Row::default() }
    };
    // How often an answer was lost, or the bot killed before it came, bounds what Telegram may have twice.
    let lost =
        scene.telegram.received("sendMessage").iter().filter(|call| call.is_lost || call.answered.is_none()).count();
    let flights = kills * 12 * SERVICES;
    vec![
        row("Discord", Scene::told_on_discord),
        Row { may_double: lost + flights, ..row("Telegram", Scene::told_on_telegram) },
    ]
}

/// The next requests of both platforms run into something.
fn trouble(scene: &Scene, random: &mut fastrand::Rng) {
    use discord::Fault as D;
    use telegram::Fault as T;
    let wait = Duration::from_millis(random.u64(300..1_500));
    let on_discord = [
        D::Status(500),
        D::Status(503),
        D::Cut,
        D::LoseAnswer,
        D::RouteWaits(wait),
        D::SharedWait(wait),
        D::AllWait(wait),
    ];
    let route = if random.bool() { Route::CreateMessage } else { Route::EditMessage };
    scene.discord.fail(Which::Route(route), on_discord[random.usize(..on_discord.len())].clone(), random.usize(1..6));
    let on_telegram =
        [T::BadGateway, T::Refused(500, "Internal Server Error"), T::Reset, T::AnswerLost, T::Torn, T::Flood(1)];
    let method = if random.bool() { "sendMessage" } else { "editMessageText" };
    scene.telegram.fail(method, on_telegram[random.usize(..on_telegram.len())].clone(), random.usize(1..6));
}
