//! Everything at once: platforms answer wrongly in every way, feeds flap, and the bot is killed.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::{
    Measure,
    kills::UNLIMITED,
    platforms::{Named, doubts},
    report::Row,
    scene::{Scene, Told, judged},
    stories::Stories,
    support::{
        discord::{self, Route, Which},
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
    let (scene, mut program) = Scene::opened(SERVICES, 12, UNLIMITED).await;
    let (mut stories, mut kills) = (Stories::new(SERVICES), 0);
    let (mut on_discord, mut on_telegram) = (None, None);
    let until = Instant::now() + measure.chaos;
    while Instant::now() < until {
        // One trouble ends where the next begins, and now and then there is none.
        on_discord.take();
        on_telegram.take();
        let (which, fault) = discord_trouble(&mut random);
        on_discord = (random.u8(..3) > 0).then(|| scene.discord.fail_while(which, fault));
        let (method, fault) = telegram_trouble(&mut random);
        on_telegram = (random.u8(..3) > 0).then(|| scene.telegram.fail_while(method, fault));
        stories.turn(&scene, &mut random).await;
        sleep(Duration::from_millis(random.u64(100..700))).await;
        if is_killed && random.u8(..4) == 0 {
            drop(program.kill());
            program = scene.start(UNLIMITED);
            kills += 1;
        }
    }
    drop((on_discord, on_telegram));
    stories.end(&scene).await;
    let row = |platform, told: fn(&Scene, &str) -> Vec<Vec<Told>>| {
        let chats = stories.told(&scene, told);
        let (lost, doubled, out_of_order) = judged(&chats);
        let remark = format!("{} outages, {kills} kills", stories.titles.len());
        Row { scenario, platform, alerts: chats.len(), lost, doubled, out_of_order, remark, ..Row::default() }
    };
    // How often an answer was lost, or the bot killed before it came, bounds what Telegram may have twice.
    let lost =
        scene.telegram.received("sendMessage").iter().filter(|call| call.is_lost || call.answered.is_none()).count();
    let flights = kills * 12 * SERVICES;
    vec![
        row("Discord", Scene::told_on_discord),
        Row { may_double: lost + flights + doubts(&program), ..row("Telegram", Scene::told_on_telegram) },
    ]
}

/// What requests to Discord run into, and which.
fn discord_trouble(random: &mut fastrand::Rng) -> (Which, discord::Fault) {
    use discord::Fault as F;
    let wait = Duration::from_millis(random.u64(300..1_500));
    let all = [
        F::Status(500),
        F::Status(503),
        F::Cut,
        F::Hang,
        F::LoseAnswer,
        F::RouteWaits(wait),
        F::SharedWait(wait),
        F::AllWait(wait),
    ];
    let route = if random.bool() { Route::CreateMessage } else { Route::EditMessage };
    (Which::Route(route), all[random.usize(..all.len())].clone())
}

/// The same of Telegram.
fn telegram_trouble(random: &mut fastrand::Rng) -> (&'static str, telegram::Fault) {
    use telegram::Fault as F;
    let all = [
        F::BadGateway,
        F::Refused(500, "Internal Server Error"),
        F::Reset,
        F::Hang,
        F::AnswerLost,
        F::Torn,
        F::Flood(1),
    ];
    let method = if random.bool() { "sendMessage" } else { "editMessageText" };
    (method, all[random.usize(..all.len())].clone())
}
