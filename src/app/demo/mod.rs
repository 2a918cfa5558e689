//! The demo: a simulated status site that replays four outages, and a clock on which days pass in seconds. Everything
//! else is the ordinary program.

mod clock;
mod documents;
mod scenario;
mod scene;
mod show;
mod site;

use std::{fmt, io, sync::Arc, time::Duration};

pub use self::{
    clock::DemoClock,
    show::{ShowError, run},
    site::Site,
};
use self::{
    scenario::{Cast, Feed, Scenario, Told},
    site::{FORUM, FRONT_PAGE, HISTORY, STATUS_PAGE, SUMMARY},
};
use crate::{
    chat::console::Console,
    clock::Clock,
    domain::{Filter, Incident, ProbeRule, Service, Source, SourceKind, Subscription, Topic},
};

/// How fast the demo may run, beside its own speed of 1.
pub const SPEEDS: std::ops::RangeInclusive<f64> = 0.1..=100.0;

/// From one moment of a story to the next, at speed 1: time to read a message.
const STEP: Duration = Duration::from_millis(1_600);
/// However fast, so long remains for a step to be seen, told and printed.
const SHORTEST_STEP: Duration = Duration::from_millis(600);
/// Between two looks at a source, at speed 1. Several are needed for a step, since a probe believes only several tries.
const POLL: Duration = Duration::from_millis(100);
/// Looks at a source within a step, when steps are shorter.
const LOOKS: u32 = 16;
/// A front page that takes longer is called slow; a slow one takes twice as long. What is merely late on a busy computer
/// stays below.
const SLOW_AFTER: Duration = Duration::from_millis(250);
/// From the beginning to the first moment, in steps: time to read the introduction.
const LEAD_STEPS: f64 = 0.75;

/// Everything that makes the ordinary program a demo.
#[derive(Debug)]
pub struct Stage {
    /// The services the stories are about, each with its sources on the simulated site.
    pub services: Vec<Service>,
    /// The console's subscriptions to all of them.
    pub subscriptions: Vec<Subscription>,
    /// The clock the program is to run by.
    pub clock: Arc<DemoClock>,
    /// Between two looks at a source, by [`Clock::uptime`], also while an incident is open.
    pub poll: Duration,
    /// The simulated site; it must run until nobody looks at it any more, lest its end look like an outage.
    pub site: Site,
    step: Duration,
}

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A speed at which nothing could be seen.
    #[error("the speed is {0}, but must be between 0.1 and 100")]
    Speed(f64),
    /// A story that was compiled in cannot be read.
    #[error("the story {file} cannot be read")]
    Scenario {
        /// Which.
        file: &'static str,
        /// Why.
        #[source]
        cause: Box<toml::de::Error>,
    },
    /// No port on loopback.
    #[error("the simulated status site cannot be opened on 127.0.0.1")]
    Site(#[source] io::Error),
}

impl Stage {
    /// Sets the stage. The calendar stands still until [`DemoClock::begin`] is called, when every source was read once.
    ///
    /// # Errors
    ///
    /// [`DemoError`] says why there is no demo.
    pub fn set(speed: f64) -> Result<Self, DemoError> {
        if !SPEEDS.contains(&speed) {
            return Err(DemoError::Speed(speed));
        }
        let scenarios =
            Scenario::all().map_err(|(file, cause)| DemoError::Scenario { file, cause: Box::new(cause) })?;
        let step = STEP.div_f64(speed).max(SHORTEST_STEP);
        let poll = (step / LOOKS).min(POLL);
        let moments: Vec<Vec<_>> = scenarios.iter().map(|scenario| scenario.moments().collect()).collect();
        let casts: Vec<Cast> = scenarios.iter().map(|scenario| scenario.service.clone()).collect();
        let sources = casts.iter().map(|cast| cast.sources.len()).sum();
        let clock = Arc::new(DemoClock::new(&moments, sources, step.mul_f64(LEAD_STEPS), step));
        let site = Site::open(scenarios, Arc::clone(&clock), SLOW_AFTER * 2).map_err(DemoError::Site)?;
        let services: Vec<Service> = casts.into_iter().map(|cast| service(cast, site.base())).collect();
        let since = clock.now();
        let subscriptions = services
            .iter()
            .map(|service| Subscription {
                chat: Console::chat(),
                topic: Topic::Service(service.id.clone()),
                filter: Filter::default(),
                mention: None,
                since,
            })
            .collect();
        Ok(Self { services, subscriptions, clock, poll, site, step })
    }

    /// What is about to be seen, in a sentence or two.
    #[must_use]
    pub fn introduction(&self) -> String {
        let names: Vec<&str> = self.services.iter().map(|service| service.name.as_str()).collect();
        let names =
            names.split_last().map_or_else(String::new, |(last, others)| format!("{} and {last}", others.join(", ")));
        format!(
            "Demo: outages in the manner of those of {names}, simulated on this computer. It takes about {} s; commands such \
             as `/status whatsapp` or `/help` can be typed meanwhile.",
            self.length().as_secs()
        )
    }

    /// From the beginning until the last moment had its time to be told.
    #[must_use]
    pub fn length(&self) -> Duration {
        self.clock.last_moment() + self.step
    }

    /// Waits until the last moment of the last story had its time to be told.
    pub fn ended(&self) -> impl Future<Output = ()> + Send + 'static {
        let clock = Arc::clone(&self.clock);
        let length = self.length();
        async move { clock.reach(length).await }
    }
}

fn service(cast: Cast, base: &str) -> Service {
    let home = format!("{base}/{}", cast.id);
    let sources = cast.sources.iter().filter_map(|told| source(told, &home)).collect();
    Service {
        status_page: Some(format!("{home}/{STATUS_PAGE}")),
        id: cast.id,
        name: cast.name,
        aliases: cast.aliases,
        category: cast.category,
        homepage: Some(cast.homepage),
        depends_on: Vec::new(),
        alternatives: Vec::new(),
        sources,
    }
}

/// `None` for kinds that the simulated site does not speak.
fn source(told: &Told, home: &str) -> Option<Source> {
    let path = if told.kind == SourceKind::Http {
        FRONT_PAGE
    } else if told.kind == SourceKind::Statuspage {
        SUMMARY
    } else if told.kind == SourceKind::Rss {
        match told.feed {
            Feed::History => HISTORY,
            Feed::Forum => FORUM,
        }
    } else {
        return None;
    };
    let url = format!("{home}/{path}");
    let usual = Source::new(told.kind, &url);
    Some(Source {
        role: told.role.unwrap_or(usual.role),
        // On a busy computer any answer may be late, so only who is slow in the story is measured for it.
        probe: ProbeRule { slow_after: told.is_slow_told.then_some(SLOW_AFTER), ..ProbeRule::default() },
        ..usual
    })
}

/// How the demo went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Outages that were told.
    pub outages: usize,
    /// How many of them were told to their end.
    pub recovered: usize,
    /// Messages that were sent.
    pub messages: usize,
    /// How long it took.
    pub took: Duration,
}

impl Ending {
    /// The ending of a demo that left these incidents behind: the history of the services, since detection forgets what
    /// was over a day ago.
    #[must_use]
    pub fn of<'a>(incidents: impl IntoIterator<Item = &'a Incident>, messages: usize, took: Duration) -> Self {
        let mut ending = Self { outages: 0, recovered: 0, messages, took };
        let was_told = |incident: &&Incident| incident.planned.is_none() && incident.revision > 0;
        for outage in incidents.into_iter().filter(was_told) {
            ending.outages += 1;
            ending.recovered += usize::from(!outage.is_open());
        }
        ending
    }

    /// Whether so many outages were told, all of them to their end.
    #[must_use]
    pub const fn is_whole(&self, stories: usize) -> bool {
        self.outages == stories && self.recovered == stories
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { outages, recovered, messages, took } = self;
        let seconds = took.as_secs_f64().round();
        let outages_told = if *outages == 1 { "1 outage".to_owned() } else { format!("{outages} outages") };
        if outages == recovered {
            write!(formatter, "Demo ended: {outages_told} told from first sign to recovery, ")?;
        } else {
            write!(formatter, "Demo ended: {outages_told} told, {recovered} of them to recovery, ")?;
        }
        write!(formatter, "{messages} messages in {seconds} s.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;

    #[test]
    fn four_services_stand_on_the_stage_and_the_console_hears_of_each() {
        let stage = Stage::set(1.0).unwrap();
        let ids: Vec<_> = stage.services.iter().map(|service| service.id.as_str()).collect();
        assert_eq!(ids, ["whatsapp", "tiktok", "spotify", "fiverr"]);
        for (service, subscription) in stage.services.iter().zip(&stage.subscriptions) {
            assert!(subscription.topic.covers(service));
            assert_eq!(service.sources.iter().filter(|source| source.role == Role::Measured).count(), 1);
            assert!(service.sources.iter().any(|source| source.role == Role::Official));
            assert!(service.sources.iter().all(|source| source.url.starts_with(stage.site.base())));
        }
    }

    #[test]
    fn the_introduction_says_what_comes_and_how_long_it_takes() {
        let introduction = Stage::set(1.0).unwrap().introduction();
        assert!(
            introduction.starts_with("Demo: outages in the manner of those of WhatsApp, TikTok, Spotify and Fiverr,")
        );
        assert!(introduction.contains("about 49 s"), "{introduction}");
    }

    #[test]
    fn it_takes_most_of_a_minute_and_speed_shortens_it() {
        let length = |speed| Stage::set(speed).unwrap().length().as_secs();
        assert!((45..=55).contains(&length(1.0)), "{}", length(1.0));
        assert!((22..=28).contains(&length(2.0)));
        assert!((18..=20).contains(&length(100.0)));
    }

    #[test]
    fn speeds_out_of_range_are_refused() {
        for speed in [0.0, -1.0, 0.09, 101.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(Stage::set(speed), Err(DemoError::Speed(_))), "{speed}");
        }
    }

    #[test]
    fn the_last_line_tells_what_was_seen() {
        let whole = Ending { outages: 4, recovered: 4, messages: 23, took: Duration::from_millis(47_300) };
        assert!(whole.is_whole(4));
        assert_eq!(whole.to_string(), "Demo ended: 4 outages told from first sign to recovery, 23 messages in 47 s.");
        let cut_off = Ending { recovered: 1, outages: 2, ..whole };
        assert!(!cut_off.is_whole(4));
        assert_eq!(cut_off.to_string(), "Demo ended: 2 outages told, 1 of them to recovery, 23 messages in 47 s.");
    }
}
