//! `/metrics`: what was counted, and how things are at the moment somebody asks.

use std::{collections::BTreeMap, fmt};

use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, info::Info},
    registry::{Metric, Registry, Unit},
};
use tokio::{task::spawn_blocking, time::timeout};

use super::{Health, STORE_LIMIT, process};
use crate::{
    app::{arguments::COMMIT, tracks::Tracks},
    domain::{Incident, ServiceId, Track},
    metrics::PREFIX,
    store::Depth,
};

/// The name under which all pages that chats watch are told together: how many there are is up to chats.
const WATCHED: &str = "watched";

type Number = Gauge<f64, std::sync::atomic::AtomicU64>;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ServiceLabel {
    service: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct PlatformLabel {
    platform: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct BuildLabels {
    version: &'static str,
    commit: &'static str,
}

/// The whole page.
///
/// # Errors
///
/// None in practice: it is written into memory.
pub(super) async fn page(health: &Health) -> Result<String, fmt::Error> {
    let depths = match timeout(STORE_LIMIT, health.store.depths()).await {
        Ok(Ok(depths)) => Some(depths),
        Ok(Err(_)) | Err(_) => None,
    };
    let directory = health.options.store.clone();
    let figures = spawn_blocking(move || process::figures(&directory)).await.unwrap_or_default();
    let mut ours = Registry::with_prefix(PREFIX);
    let build = BuildLabels { version: env!("CARGO_PKG_VERSION"), commit: COMMIT.unwrap_or_default() };
    ours.register("build", "Which version this is, and of which commit", Info::new(build));
    services(&mut ours, health);
    links(&mut ours, health);
    outbox(&mut ours, health, depths.as_deref());
    gauge(&mut ours, "store", "Size of the store's files", Some(Unit::Bytes), figures.store);
    let mut general = Registry::default();
    of_process(&mut general, health, figures);
    let mut page = String::new();
    health.metrics.write(&mut page)?;
    text::encode_registry(&mut page, &ours)?;
    text::encode_registry(&mut page, &general)?;
    text::encode_eof(&mut page)?;
    Ok(page)
}

/// What is known of one service, or of all pages that chats watch.
#[derive(Default)]
struct Known {
    /// Seconds since its last good reading, of several the longest; since the start where there was none.
    age: f64,
    open: u32,
}

fn services(registry: &mut Registry, health: &Health) {
    let known = by_service(&health.tracks, health);
    let (ages, open): (Family<ServiceLabel, Number>, Family<ServiceLabel, Number>) = Default::default();
    for (service, Known { age, open: count }) in known {
        let label = ServiceLabel { service };
        ages.get_or_create(&label).set(age);
        open.get_or_create(&label).set(f64::from(count));
    }
    let help = "Time since any source of a service was last read well; since the start where none was";
    registry.register_with_unit("reading_age", help, Unit::Seconds, ages);
    registry.register("open_incidents", "Outages that are going on, by service", open);
    let standing = health.tracks.standing();
    gauge(registry, "services", "Services that are watched", None, number(standing.watched));
    let sources = health.roster.sources().borrow().len();
    gauge(registry, "sources", "Sources that are read", None, number(sources));
}

fn by_service(tracks: &Tracks, health: &Health) -> BTreeMap<String, Known> {
    let now = health.clock.now();
    let since_start = health.clock.uptime().saturating_sub(health.started).as_secs_f64();
    let age = |track: &Track| {
        track.last_good().map_or(since_start, |last| (now - last).to_std().unwrap_or_default().as_secs_f64())
    };
    let is_outage = |incident: &&Incident| !incident.is_notice();
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    for track in tracks.all() {
        let known = known.entry(label(&track.service, health)).or_default();
        known.age = known.age.max(age(&track));
        let open = u32::try_from(track.open_incidents().filter(is_outage).count()).unwrap_or(u32::MAX);
        known.open = known.open.saturating_add(open);
    }
    known
}

fn label(service: &ServiceId, health: &Health) -> String {
    let (_, is_page) = health.roster.pages(service);
    if is_page { WATCHED.to_owned() } else { service.as_str().to_owned() }
}

fn links(registry: &mut Registry, health: &Health) {
    let connected: Family<PlatformLabel, Number> = Family::default();
    let (reconnects, limited): (Family<PlatformLabel, Counter>, Family<PlatformLabel, Counter>) = Default::default();
    for platform in &health.options.unusable {
        connected.get_or_create(&PlatformLabel { platform: platform.word() }).set(0.0);
    }
    for chat in &health.chats {
        let (link, label) = (chat.link(), PlatformLabel { platform: chat.platform().word() });
        connected.get_or_create(&label).set(f64::from(u8::from(link.is_up)));
        reconnects.get_or_create(&label).inc_by(link.reconnects);
        limited.get_or_create(&label).inc_by(link.rate_limited);
    }
    registry.register("connected", "Whether what people type on a platform is heard", connected);
    registry.register("reconnects", "Connections to a platform that were made anew", reconnects);
    registry.register("rate_limited", "Answers of a platform that it was asked too fast (429)", limited);
}

/// What waits; nothing when the store did not say so in time.
fn outbox(registry: &mut Registry, health: &Health, depths: Option<&[Depth]>) {
    let is_up = f64::from(u8::from(depths.is_some()));
    gauge(registry, "store_up", "Whether the store answers", None, Some(is_up));
    let Some(depths) = depths else { return };
    let [waiting, fan_outs, oldest]: [Family<PlatformLabel, Number>; 3] = Default::default();
    let now = health.clock.now();
    let is_here =
        |depth: &&Depth| depth.oldest.is_some() || health.chats.iter().any(|chat| chat.platform() == depth.platform);
    for depth in depths.iter().filter(is_here) {
        let label = PlatformLabel { platform: depth.platform.word() };
        waiting.get_or_create(&label).set(number(depth.deliveries).unwrap_or_default());
        fan_outs.get_or_create(&label).set(number(depth.fan_outs).unwrap_or_default());
        let age = depth.oldest.map(|since| (now - since).to_std().unwrap_or_default());
        oldest.get_or_create(&label).set(age.unwrap_or_default().as_secs_f64());
    }
    registry.register("outbox_deliveries", "Messages that wait or are being sent, by platform", waiting);
    registry.register("outbox_fan_outs", "News that has not come to all chats of a platform yet", fan_outs);
    let help = "How long the oldest of both has been due, or up to ten seconds longer";
    registry.register_with_unit("outbox_oldest", help, Unit::Seconds, oldest);
}

fn of_process(registry: &mut Registry, health: &Health, figures: process::Figures) {
    if let Some(seconds) = figures.cpu {
        let cpu: Counter<f64, std::sync::atomic::AtomicU64> = Counter::default();
        cpu.inc_by(seconds);
        registry.register_with_unit("process_cpu", "Processor time", Unit::Seconds, cpu);
    }
    gauge(registry, "process_resident_memory", "Memory that is there", Some(Unit::Bytes), figures.resident);
    let help = "Memory that was asked for";
    gauge(registry, "process_virtual_memory", help, Some(Unit::Bytes), figures.virtual_memory);
    gauge(registry, "process_threads", "Threads", None, figures.threads);
    gauge(registry, "process_open_fds", "Open files", None, figures.open_files);
    gauge(registry, "process_max_fds", "How many files may be open", None, figures.most_files);
    let running = health.clock.uptime().saturating_sub(health.started);
    let started = health.clock.now() - running;
    let seconds = started.timestamp_millis().to_string().parse::<f64>().ok().map(|millis| millis / 1_000.0);
    let help = "When the program started, since the beginning of 1970";
    gauge(registry, "process_start_time", help, Some(Unit::Seconds), seconds);
}

fn gauge(registry: &mut Registry, name: &str, help: &str, unit: Option<Unit>, value: Option<f64>) {
    let Some(value) = value else { return };
    let gauge = Number::default();
    gauge.set(value);
    register(registry, name, help, unit, gauge);
}

fn register(registry: &mut Registry, name: &str, help: &str, unit: Option<Unit>, metric: impl Metric) {
    match unit {
        Some(unit) => registry.register_with_unit(name, help, unit, metric),
        None => registry.register(name, help, metric),
    }
}

fn number(count: usize) -> Option<f64> {
    u32::try_from(count).ok().map(f64::from)
}
