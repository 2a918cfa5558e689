//! `foghorn check`: is everything set up well, and can every feed be read?

use std::{fmt, path::PathBuf, pin::pin, sync::Arc, time::Duration};

use futures_util::{StreamExt, stream};

use crate::{
    app::platforms::Verify,
    chat::Verified,
    clock::Clock,
    config::{ConfigFaults, Loaded},
    domain::{Ask, Observation, Platform, Reading, ServiceId, SourceId, clean_line, shorten},
    feeds::Feed,
    store::Aside,
};

/// After so long, feeds that have not answered count as unreadable.
const LONGEST: Duration = Duration::from_secs(90);

/// The longest reason in the table, in characters.
const MOST_REASON: usize = 200;

/// The longest sentence above it, in characters.
const MOST_SENTENCE: usize = 400;

/// The longest host in the table, in characters; longer ones are cut.
const MOST_HOST: usize = 40;

/// A source to read once.
pub type CheckedFeed = (ServiceId, SourceId, Arc<dyn Feed>);

/// A token to try, and whose it is.
pub type CheckedToken = (Platform, Verify);

/// What loading the command files gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandFiles {
    /// How many there are.
    pub count: usize,
    /// What is wrong with them, one sentence each.
    pub faults: Vec<String>,
}

/// What `foghorn check` found; shows as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckReport {
    summary: Vec<(&'static str, String)>,
    faults: Vec<String>,
    rows: Vec<Row>,
    configuration_is_wrong: bool,
    commands_are_wrong: bool,
    tokens_are_wrong: bool,
    chats_are_wrong: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    service: ServiceId,
    source: SourceId,
    latency: Option<Duration>,
    verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    Read(String),
    Unreadable(String),
}

/// Checks a configuration, these command files and these tokens, and reads each feed once, side by side.
///
/// One that cannot be read is a row of the table; none keeps the others waiting longer than a minute and a half.
pub async fn check(
    loaded: &Result<Loaded, ConfigFaults>,
    commands: &CommandFiles,
    tokens: Vec<CheckedToken>,
    feeds: Vec<CheckedFeed>,
    clock: &dyn Clock,
) -> CheckReport {
    let at_once = loaded.as_ref().map_or(1, |loaded| loaded.settings.poll.concurrency);
    let mut faults: Vec<String> = Vec::new();
    if let Err(found) = loaded {
        faults.extend(found.faults().iter().map(ToString::to_string));
    }
    faults.extend(commands.faults.iter().cloned());
    let mut summary = summary(loaded, commands);
    let (tried, rows) = tokio::join!(try_all(tokens, clock), read_all(feeds, at_once, clock));
    let tokens_are_wrong = tried.iter().any(|(_, tried)| tried.is_err());
    let mut chats_are_wrong = false;
    for (platform, tried) in tried {
        match tried {
            Ok(Verified { words, notes, faults: found }) => {
                summary.push((shown(platform), format!("the token works: {words}")));
                summary.extend(notes.into_iter().map(|note| (shown(platform), note)));
                chats_are_wrong |= !found.is_empty();
                faults.extend(found.into_iter().map(|fault| format!("{}: {fault}", shown(platform))));
            }
            Err(reason) => faults.push(format!("{}: {reason}", shown(platform))),
        }
    }
    CheckReport {
        summary,
        faults,
        rows,
        configuration_is_wrong: loaded.is_err(),
        commands_are_wrong: !commands.faults.is_empty(),
        tokens_are_wrong,
        chats_are_wrong,
    }
}

impl CheckReport {
    /// The program's exit code: 0 all is well, 1 something is wrong, 2 the configuration is.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        let is_wrong =
            self.commands_are_wrong || self.tokens_are_wrong || self.chats_are_wrong || self.unreadable() > 0;
        if self.configuration_is_wrong { 2 } else { u8::from(is_wrong) }
    }

    fn unreadable(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.verdict, Verdict::Unreadable(_))).count()
    }
}

impl fmt::Display for CheckReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (subject, finding) in &self.summary {
            writeln!(formatter, "{subject:<15}{finding}")?;
        }
        if !self.faults.is_empty() {
            writeln!(formatter)?;
            for fault in &self.faults {
                writeln!(formatter, "{fault}")?;
            }
        }
        if self.rows.is_empty() {
            return Ok(());
        }
        writeln!(formatter)?;
        let heads = ["SERVICE", "KIND", "HOST", "TIME", "VERDICT"].map(str::to_owned);
        let lines: Vec<[String; 5]> = std::iter::once(heads).chain(self.rows.iter().map(Row::cells)).collect();
        let width = |column: usize| {
            lines
                .iter()
                .filter_map(|cells| cells.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or_default()
        };
        let [first, second, third, fourth] = [width(0), width(1), width(2), width(3)];
        for [service, kind, host, time, verdict] in &lines {
            writeln!(formatter, "{service:<first$}  {kind:<second$}  {host:<third$}  {time:>fourth$}  {verdict}")?;
        }
        let (all, unreadable) = (self.rows.len(), self.unreadable());
        write!(formatter, "\n{} of {all} sources read", all - unreadable)?;
        if unreadable > 0 {
            write!(formatter, ", {unreadable} cannot be read")?;
        }
        writeln!(formatter)
    }
}

impl Row {
    fn cells(&self) -> [String; 5] {
        let (kind, address) = self.source.as_str().split_once(':').unwrap_or(("", self.source.as_str()));
        let host = address.split(['/', '?', '#']).next().unwrap_or_default();
        let time = self.latency.map_or_else(|| "-".to_owned(), |latency| format!("{} ms", latency.as_millis()));
        let verdict = match &self.verdict {
            Verdict::Read(state) => state.clone(),
            Verdict::Unreadable(reason) => format!("cannot be read: {reason}"),
        };
        [self.service.to_string(), kind.to_owned(), shorten(host, MOST_HOST), time, verdict]
    }
}

fn summary(loaded: &Result<Loaded, ConfigFaults>, commands: &CommandFiles) -> Vec<(&'static str, String)> {
    let mut summary = Vec::new();
    match loaded {
        Ok(loaded) => {
            let file =
                loaded.file.as_ref().map_or_else(|| "built-in defaults".to_owned(), |file| file.display().to_string());
            let origins = loaded.origins;
            let services = format!(
                "{} services: {} built in, {} from a directory, {} from the configuration",
                loaded.catalogue.services().count(),
                origins.built_in,
                origins.directory,
                origins.inline
            );
            let token = |name, is_set: bool| format!("{name} {}", if is_set { "set" } else { "not set" });
            let discord = token("Discord", loaded.settings.discord.token.is_some());
            let telegram = token("Telegram", loaded.settings.telegram.token.is_some());
            summary.push(("Configuration", format!("{file}, no faults")));
            summary.push(("Catalogue", services));
            summary.push(("Tokens", format!("{discord}, {telegram}")));
            summary.extend(loaded.notes.iter().map(|note| ("Note", note.clone())));
            let aside = Aside::all(&loaded.settings.store.path);
            let kept = |directory: &PathBuf| {
                format!("a damaged one was moved to {}; delete that when it is needed no more", directory.display())
            };
            summary.extend(aside.iter().map(|directory| ("Store", kept(directory))));
        }
        Err(found) => {
            summary.push(("Configuration", format!("{}; no feed was read", counted(found.faults().len(), "fault"))));
        }
    }
    let faults = match commands.faults.len() {
        0 => "no faults".to_owned(),
        count => counted(count, "fault"),
    };
    summary.push(("Commands", format!("{}, {faults}", counted(commands.count, "file"))));
    summary
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

const fn shown(platform: Platform) -> &'static str {
    match platform {
        Platform::Discord => "Discord",
        Platform::Telegram => "Telegram",
        Platform::Console => "Console",
    }
}

/// What each platform says of its token.
async fn try_all(tokens: Vec<CheckedToken>, clock: &dyn Clock) -> Vec<(Platform, Result<Verified, String>)> {
    let tried = tokens.into_iter().map(|(platform, verify)| async move {
        let verdict = tokio::select! {
            biased;
            verdict = verify => verdict.map_err(|failure| failure.reason),
            () = clock.sleep(LONGEST) => Err(format!("no answer within {} s", LONGEST.as_secs())),
        };
        let tidy = |words: String| clean_line(&words, MOST_REASON);
        let all_tidy =
            |sentences: Vec<String>| sentences.iter().map(|words| clean_line(words, MOST_SENTENCE)).collect();
        let verdict = verdict.map(|Verified { words, notes, faults }| Verified {
            words: tidy(words),
            notes: all_tidy(notes),
            faults: all_tidy(faults),
        });
        (platform, verdict.map_err(tidy))
    });
    futures_util::future::join_all(tried).await
}

async fn read_all(feeds: Vec<CheckedFeed>, at_once: usize, clock: &dyn Clock) -> Vec<Row> {
    let too_late = || Verdict::Unreadable(format!("no answer within {} s", LONGEST.as_secs()));
    let mut rows: Vec<Row> = Vec::with_capacity(feeds.len());
    let mut readings = Vec::with_capacity(feeds.len());
    for (position, (service, source, feed)) in feeds.into_iter().enumerate() {
        rows.push(Row { service, source, latency: None, verdict: too_late() });
        readings.push(async move {
            let began = clock.uptime();
            let verdict = read(feed.as_ref()).await;
            (position, clock.uptime().saturating_sub(began), verdict)
        });
    }
    let mut readings = pin!(stream::iter(readings).buffer_unordered(at_once.max(1)));
    let mut end = pin!(clock.sleep(LONGEST));
    loop {
        let finished = tokio::select! {
            biased;
            finished = readings.next() => finished,
            () = &mut end => None,
        };
        let Some((position, latency, verdict)) = finished else { break };
        if let Some(row) = rows.get_mut(position) {
            row.latency = Some(latency);
            row.verdict = verdict;
        }
    }
    rows.sort_by(|one, other| one.service.cmp(&other.service));
    rows
}

async fn read(feed: &dyn Feed) -> Verdict {
    match feed.read(&Ask::default()).await {
        Ok(Reading::Fresh(observation)) => Verdict::Read(state(&observation)),
        Ok(Reading::Unchanged) => Verdict::Read("unchanged".to_owned()),
        Ok(Reading::Unreadable { reason }) => Verdict::Unreadable(clean_line(&reason, MOST_REASON)),
        Err(error) => Verdict::Unreadable(clean_line(&error.to_string(), MOST_REASON)),
    }
}

/// `partial_outage, 2 open incidents` or `degraded (HTTP 503)`.
fn state(observation: &Observation) -> String {
    let mut state = observation.condition.word().to_owned();
    if let Some(remark) = &observation.remark {
        state.push_str(&format!(" ({})", clean_line(remark, MOST_REASON)));
    }
    let open = observation.incidents.iter().filter(|incident| !incident.is_closed()).count();
    if open > 0 {
        state.push_str(&format!(", {}", counted(open, "open incident")));
    }
    state
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use async_trait::async_trait;
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::{
        chat::ChatError,
        config,
        domain::{Condition, SourceKind},
        feeds::FeedError,
    };

    /// A clock that goes on by 5 ms at every look, and whose waiting ends once the others have had their turn.
    #[derive(Default)]
    struct LookedAtClock(AtomicU64);

    #[async_trait]
    impl Clock for LookedAtClock {
        fn now(&self) -> DateTime<Utc> {
            DateTime::UNIX_EPOCH
        }

        fn uptime(&self) -> Duration {
            Duration::from_millis(5 * self.0.fetch_add(1, Ordering::Relaxed))
        }

        async fn sleep(&self, _: Duration) {
            tokio::task::yield_now().await;
        }
    }

    enum Scripted {
        Says(Observation),
        Fails,
        Hangs,
    }

    #[async_trait]
    impl Feed for Scripted {
        async fn read(&self, _: &Ask) -> Result<Reading, FeedError> {
            match self {
                Self::Says(observation) => Ok(Reading::Fresh(observation.clone())),
                Self::Fails => Err(FeedError::Unreadable { reason: "HTTP 404\nnot found".to_owned() }),
                Self::Hangs => std::future::pending().await,
            }
        }
    }

    fn feed(service: &str, address: &str, says: Scripted) -> CheckedFeed {
        let id = ServiceId::new(service).unwrap();
        (id, SourceId::new(SourceKind::Statuspage, address), Arc::new(says))
    }

    fn says(condition: Condition) -> Scripted {
        Scripted::Says(Observation { condition, ..Observation::default() })
    }

    fn two_files() -> CommandFiles {
        CommandFiles { count: 2, faults: Vec::new() }
    }

    fn plain() -> Result<Loaded, ConfigFaults> {
        config::load(None, [("FOGHORN_SERVICES__ONLY".to_owned(), "github,fiverr".to_owned())])
    }

    #[tokio::test]
    async fn one_unreadable_and_one_hanging_feed_are_rows_and_stop_no_other() {
        let feeds = vec![
            feed("whatsapp", "https://hangs.example/feed", Scripted::Hangs),
            feed("github", "https://status.example/api", says(Condition::PartialOutage)),
            feed("fiverr", "https://gone.example/x", Scripted::Fails),
        ];
        let report = check(&plain(), &two_files(), Vec::new(), feeds, &LookedAtClock::default()).await;
        assert_eq!(report.exit_code(), 1);
        let expect = "\
SERVICE   KIND        HOST            TIME  VERDICT
fiverr    statuspage  gone.example    5 ms  cannot be read: HTTP 404 not found
github    statuspage  status.example  5 ms  partial_outage
whatsapp  statuspage  hangs.example      -  cannot be read: no answer within 90 s

1 of 3 sources read, 2 cannot be read
";
        let told = report.to_string();
        assert!(told.ends_with(expect), "{told}");
        assert!(told.contains("Catalogue      2 services: 2 built in, 0 from a directory"), "{told}");
    }

    #[tokio::test]
    async fn when_every_feed_is_read_all_is_well_whatever_the_services_say() {
        let feeds = vec![feed("github", "https://status.example/api", says(Condition::MajorOutage))];
        let report = check(&plain(), &two_files(), Vec::new(), feeds, &LookedAtClock::default()).await;
        assert_eq!(report.exit_code(), 0);
    }

    #[tokio::test]
    async fn a_wrong_configuration_is_told_in_full_and_exits_with_two() {
        let wrong = config::load(None, [("FOGHORN_POLL__INTERVALL".to_owned(), "1s".to_owned())]);
        let report = check(&wrong, &two_files(), Vec::new(), Vec::new(), &LookedAtClock::default()).await;
        assert_eq!(report.exit_code(), 2);
        let told = report.to_string();
        assert!(told.contains("Configuration  1 fault; no feed was read"), "{told}");
        assert!(told.contains("did you mean `FOGHORN_POLL__INTERVAL`?"), "{told}");
    }

    #[tokio::test]
    async fn a_fault_in_a_command_file_exits_with_one() {
        let commands = CommandFiles { count: 1, faults: vec!["commands/mute.toml:3: unknown kind".to_owned()] };
        let report = check(&plain(), &commands, Vec::new(), Vec::new(), &LookedAtClock::default()).await;
        assert_eq!(report.exit_code(), 1);
        assert!(report.to_string().contains("commands/mute.toml:3: unknown kind"), "{report}");
    }

    #[tokio::test]
    async fn what_keeps_alerts_from_chats_is_a_fault_and_what_is_good_to_know_is_none() {
        let verified = |faults: &[&str]| Verified {
            words: "signed in as Fog".to_owned(),
            notes: vec!["it is in no server yet".to_owned()],
            faults: faults.iter().map(|fault| (*fault).to_owned()).collect(),
        };
        for (faults, exit_code) in [(&[][..], 0), (&["#outages: missing Embed Links"], 1)] {
            let told = verified(faults);
            let tokens: Vec<CheckedToken> = vec![(Platform::Discord, Box::pin(async { Ok(told) }))];
            let report = check(&plain(), &two_files(), tokens, Vec::new(), &LookedAtClock::default()).await;
            assert_eq!(report.exit_code(), exit_code);
            assert!(report.to_string().contains("Discord        it is in no server yet\n"), "{report}");
            assert_eq!(report.to_string().contains("\nDiscord: #outages: missing Embed Links\n"), exit_code == 1);
        }
    }

    #[tokio::test]
    async fn a_token_that_is_refused_is_a_fault_and_one_that_works_is_told() {
        let refused = ChatError { platform: Platform::Discord, reason: "401: the token is wrong".to_owned() };
        let tokens: Vec<CheckedToken> = vec![
            (Platform::Discord, Box::pin(async { Err(refused) })),
            (
                Platform::Telegram,
                Box::pin(async { Ok(Verified { words: "@foghorn_bot".to_owned(), ..Verified::default() }) }),
            ),
        ];
        let report = check(&plain(), &two_files(), tokens, Vec::new(), &LookedAtClock::default()).await;
        assert_eq!(report.exit_code(), 1);
        let told = report.to_string();
        assert!(told.contains("\nDiscord: 401: the token is wrong\n"), "{told}");
        assert!(told.contains("Telegram       the token works: @foghorn_bot\n"), "{told}");
    }
}
