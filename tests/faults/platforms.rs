//! Platforms that fail, refuse, hang, or lose their answers.

use std::{
    pin::Pin,
    time::{Duration, Instant},
};

use tokio::time::sleep;

use crate::{
    Measure,
    report::Row,
    scene::{Scene, Told, judged},
    support::{
        discord::{self, Route, Which},
        page::Posted,
        program::Program,
        telegram::{self, Limits},
    },
};

/// A scenario by its name.
pub type Named = (&'static str, fn(Measure) -> Run);
/// A scenario that runs.
pub type Run = Pin<Box<dyn Future<Output = Vec<Row>> + Send>>;

/// How many chats each platform has.
const CHATS: usize = 100;
const POSTS: Which = Which::Route(Route::CreateMessage);
const TITLE: &str = "Log-in fails";

pub fn all() -> [Named; 6] {
    [
        ("platform answers 500", |measure| Box::pin(errors(measure))),
        ("platform answers 429", |measure| Box::pin(refusals(measure))),
        ("platform hangs", |measure| Box::pin(hangs(measure))),
        ("many alerts into one chat", |measure| Box::pin(one_chat(measure))),
        ("ends while the platform fails", |measure| Box::pin(ends_meanwhile(measure))),
        ("answers never come", |measure| Box::pin(lost_answers(measure))),
    ]
}

fn outage() -> Posted {
    Posted::new("i1", TITLE, "critical")
}

fn is_told(told: &[Told]) -> bool {
    !told.is_empty()
}

/// So many requests were made to tell these chats, from those that are counted already.
fn tries_on_telegram(scene: &Scene) -> usize {
    scene.telegram.count("sendMessage")
}

/// One row for each platform, from what its chats have been told.
fn rows(scenario: &'static str, scene: &Scene, program: &Program, told_after: [Duration; 2]) -> [Row; 2] {
    let row = |platform, chats: &[Vec<Told>], tries, told_after| {
        let (lost, doubled, out_of_order) = judged(chats);
        Row {
            scenario,
            platform,
            alerts: chats.len(),
            lost,
            doubled,
            out_of_order,
            tries,
            told_after: Some(told_after),
            ..Row::default()
        }
    };
    let on_telegram = row("Telegram", &scene.told_on_telegram(TITLE), tries_on_telegram(scene), told_after[1]);
    [
        row("Discord", &scene.told_on_discord(TITLE), scene.discord.posted(), told_after[0]),
        // Telegram has no name for a message by which it would know it again.
        Row { may_double: doubts(program), ..on_telegram },
    ]
}

/// How often the bot could not know whether Telegram had taken a message: on a very busy computer answers may also come too
/// late.
pub fn doubts(program: &Program) -> usize {
    let log = program.logged();
    let is_doubt = |line: &&str| line.contains("is_in_doubt=true") && line.contains("telegram:");
    log.lines().filter(is_doubt).count()
}

/// Waits until all were told; says how long that took on each platform from now on.
async fn until_told(scene: &Scene, what: &str, is_so: impl Fn(&[Told]) -> bool) -> [Duration; 2] {
    let ended = Instant::now();
    let discord = async {
        scene.until_on_discord(what, TITLE, &is_so).await;
        ended.elapsed()
    };
    let telegram = async {
        scene.until_on_telegram(what, TITLE, &is_so).await;
        ended.elapsed()
    };
    let (discord, telegram) = tokio::join!(discord, telegram);
    [discord, telegram]
}

/// Both platforms, with a program that is there and has read everything.
async fn opened(chats: usize) -> (Scene, Program) {
    Scene::opened(1, chats, 50).await
}

async fn errors(measure: Measure) -> Vec<Row> {
    let (scene, program) = opened(CHATS).await;
    let on_discord = scene.discord.fail_while(POSTS, discord::Fault::Status(500));
    let on_telegram = scene.telegram.fail_while("sendMessage", telegram::Fault::Refused(500, "Internal Server Error"));
    scene.page(0).show(&[outage()]);
    sleep(measure.trouble).await;
    drop((on_discord, on_telegram));
    let took = until_told(&scene, "an alert after the errors", is_told).await;
    rows("platform answers 500", &scene, &program, took).map(|row| Row { most_tries: 12, ..row }).into()
}

async fn refusals(measure: Measure) -> Vec<Row> {
    let (scene, program) = opened(CHATS).await;
    let wait = Duration::from_secs(5);
    let on_discord = scene.discord.fail_while(POSTS, discord::Fault::AllWait(wait));
    let on_telegram = scene.telegram.fail_while("sendMessage", telegram::Fault::Flood(wait.as_secs()));
    scene.page(0).show(&[outage()]);
    sleep(measure.trouble).await;
    drop((on_discord, on_telegram));
    let took = until_told(&scene, "an alert after the refusals", is_told).await;
    rows("platform answers 429, wait 5 s", &scene, &program, took)
        // Two for each, and single ones that find out; more go where answers are slow.
        .map(|row| Row { most_tries: 3, ..row })
        .into()
}

async fn hangs(measure: Measure) -> Vec<Row> {
    let (scene, program) = opened(CHATS).await;
    let on_discord = scene.discord.fail_while(POSTS, discord::Fault::Hang);
    let on_telegram = scene.telegram.fail_while("sendMessage", telegram::Fault::Hang);
    scene.page(0).show(&[outage()]);
    let read = || scene.feeds.count(&scene.page(0).path());
    let before = read();
    sleep(measure.trouble).await;
    let polls = read() - before;
    drop((on_discord, on_telegram));
    let took = until_told(&scene, "an alert after the silence", is_told).await;
    let remark = format!("{polls} polls meanwhile");
    assert!(polls > 0, "polls go on while platforms hang");
    rows("platform hangs", &scene, &program, took).map(|row| Row { remark: remark.clone(), ..row }).into()
}

/// Many services break at once, and all of that goes into one chat of each platform, with the limits in force.
async fn one_chat(measure: Measure) -> Vec<Row> {
    /// So many are told one by one, as usual.
    const SINGLE: usize = 5;
    let scene = Scene::with_storms(measure.alerts, 1, SINGLE).await;
    scene.telegram.limit(Limits::of_telegram());
    scene.discord.set(|settings| {
        let usual = discord::Settings::default();
        settings.global = usual.global;
        settings.create_message = usual.create_message;
        settings.edit_message = usual.edit_message;
    });
    let program = scene.start(50);
    scene.until_connected(0).await;
    for number in 0..measure.alerts {
        scene.page(number).until_read().await;
    }
    let began = Instant::now();
    for number in 0..measure.alerts {
        scene.page(number).show(&[Posted::new("i1", "It fails", "critical")]);
    }
    let (room, channel) = (&scene.rooms[0], &scene.channels[0]);
    let together = format!("{} more outages", measure.alerts - SINGLE);
    let is_single = |text: &str| text.contains(": major outage");
    let on_discord = async {
        let is_all = |told: &[discord::Shown]| told.len() > SINGLE && told.iter().any(|one| one.says(&together));
        channel.wait_for("all outages on Discord", is_all).await;
        began.elapsed()
    };
    let on_telegram = async {
        let is_all = || room.told().len() > SINGLE && room.told().iter().any(|one| one.text.contains(&together));
        scene.telegram.until_so("all outages on Telegram", is_all).await;
        began.elapsed()
    };
    let took = tokio::join!(on_discord, on_telegram);
    drop(program.stop("TERM"));
    let refused = scene.discord.refused().iter().filter(|one| one.status == 429).count();
    let row = |platform, messages: usize, singles: usize, tries, too_fast, took| Row {
        scenario: "many alerts into one chat, real limits",
        platform,
        alerts: measure.alerts,
        lost: SINGLE.saturating_sub(singles),
        doubled: messages - SINGLE - 1,
        tries,
        too_fast,
        told_after: Some(took),
        remark: format!("{messages} messages, of which one is kept true for {} outages", measure.alerts - SINGLE),
        ..Row::default()
    };
    let (told, shown) = (room.told(), channel.messages());
    let singles = [
        shown.iter().filter(|one| is_single(&one.text())).count(),
        told.iter().filter(|one| is_single(&one.text)).count(),
    ];
    let on_telegram = tries_on_telegram(&scene);
    vec![
        row("Discord", shown.len(), singles[0], scene.discord.posted(), refused, took.0),
        row("Telegram", told.len(), singles[1], on_telegram, scene.telegram.floods().0, took.1),
    ]
}

async fn ends_meanwhile(_: Measure) -> Vec<Row> {
    let (scene, program) = opened(CHATS).await;
    let on_discord = scene.discord.fail_while(POSTS, discord::Fault::Status(503));
    let on_telegram = scene.telegram.fail_while("sendMessage", telegram::Fault::BadGateway);
    let page = scene.page(0);
    page.show(&[outage()]);
    scene.discord.until_fails_again(&scene.channels[0]).await;
    page.show(&[outage().resolved()]);
    page.until_read_often().await;
    drop((on_discord, on_telegram));
    let is_both =
        |told: &[Told]| told.iter().any(|one| one.text.contains("resolved") && one.text.contains("Was down from"));
    let took = until_told(&scene, "one message that says both", is_both).await;
    let rows = rows("ends while the platform fails", &scene, &program, took);
    let replies = [scene.told_on_discord(TITLE), scene.told_on_telegram(TITLE)];
    let more = replies.map(|chats| chats.iter().flatten().filter(|one| one.is_reply).count());
    let [on_discord, on_telegram] = rows;
    vec![
        Row { doubled: on_discord.doubled + more[0], ..on_discord },
        Row { doubled: on_telegram.doubled + more[1], ..on_telegram },
    ]
}

async fn lost_answers(_: Measure) -> Vec<Row> {
    /// Fewer than make the bot think that nothing arrives at all.
    const LOST: usize = 12;
    let (scene, program) = opened(CHATS).await;
    scene.discord.fail(POSTS, discord::Fault::LoseAnswer, LOST);
    scene.telegram.fail("sendMessage", telegram::Fault::AnswerLost, LOST);
    let page = scene.page(0);
    page.show(&[outage()]);
    scene.discord.until_failed().await;
    scene.telegram.until_faults_are_over().await;
    // One of each chat's messages is known to the bot: news changes it in its place.
    page.show(&[outage().and("identified", "A cable is cut.")]);
    let is_edited = |told: &[Told]| told.iter().any(|one| one.text.contains("A cable is cut."));
    let took = until_told(&scene, "news in the alert's place", is_edited).await;
    let remark = |told: Vec<Vec<Told>>| {
        let known = told.iter().flatten().filter(|one| one.text.contains("A cable is cut.")).count();
        format!("{known} alerts edited in place afterwards")
    };
    let [on_discord, on_telegram] = rows("delivered, but the answer never comes", &scene, &program, took);
    vec![
        Row { remark: remark(scene.told_on_discord(TITLE)), ..on_discord },
        Row { remark: remark(scene.told_on_telegram(TITLE)), ..on_telegram },
    ]
}
