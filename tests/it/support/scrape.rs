//! The pages on which the program tells how it is itself, read as those read them who watch over it.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use foghorn::http::{Http, HttpLimits, Want};
use prometheus_parse::{Scrape, Value};
use serde_json::Value as Json;
use url::Url;

use super::program::Program;

/// How long anything may be waited for.
const PATIENCE: Duration = Duration::from_secs(240);
/// Between two looks: the program says how it is only to who asks.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Where a program tells how it is.
pub struct Pages {
    address: String,
    http: Http,
}

/// What `/metrics` said at one moment.
pub struct Metrics {
    scrape: Scrape,
    /// Every name in it, as one asks for it, with the labels that it has.
    pub names: BTreeMap<String, BTreeSet<String>>,
}

impl Pages {
    /// Of a program whose `http.listen` is any free port.
    pub fn of(program: &Program) -> Self {
        program.until_logged("the health page is served");
        let log = program.logged();
        let line = log.lines().find(|line| line.contains("the health page is served")).unwrap();
        let (_, behind) = line.split_once("listen=").unwrap();
        let address = behind.split_whitespace().next().unwrap().to_owned();
        Self { address, http: Http::new(HttpLimits::default()).unwrap() }
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    async fn get(&self, path: &str) -> (u16, String, Option<String>) {
        let url = Url::parse(&format!("http://{}{path}", self.address)).unwrap();
        let answer = self.http.get(&url, Want::Beginning).await.unwrap();
        (answer.status, String::from_utf8(answer.body).unwrap(), answer.content_type)
    }

    pub async fn metrics(&self) -> Metrics {
        let (status, page, kind) = self.get("/metrics").await;
        assert_eq!((status, kind.as_deref()), (200, Some("application/openmetrics-text")), "{page}");
        Metrics::read(&page)
    }

    /// Whether the program says that it is ready, and if not, what is wrong by what it is wrong with.
    pub async fn faults(&self) -> BTreeMap<String, String> {
        let (status, page, _) = self.get("/readyz").await;
        let page: Json = serde_json::from_str(&page).unwrap();
        let checks = page["checks"].as_array().unwrap();
        let faulty = checks.iter().filter(|check| check["ok"] == false);
        let faults: BTreeMap<_, _> = faulty
            .map(|check| (check["name"].as_str().unwrap().to_owned(), check["fault"].as_str().unwrap().to_owned()))
            .collect();
        assert_eq!(page["ready"], faults.is_empty(), "{page}");
        assert_eq!(status, if faults.is_empty() { 200 } else { 503 }, "{page}");
        faults
    }

    /// Waits until just this is wrong.
    pub async fn until_faulty(&self, wrong: &[&str]) -> BTreeMap<String, String> {
        let (began, mut looks) = (Instant::now(), tokio::time::interval(LOOK_EVERY));
        loop {
            looks.tick().await;
            let faults = self.faults().await;
            if faults.keys().eq(wrong) {
                return faults;
            }
            assert!(began.elapsed() < PATIENCE, "{wrong:?} should be wrong, and this is: {faults:?}");
        }
    }

    /// Waits until the figures are so.
    pub async fn until(&self, what: &str, is_so: impl Fn(&Metrics) -> bool) -> Metrics {
        let (began, mut looks) = (Instant::now(), tokio::time::interval(LOOK_EVERY));
        loop {
            looks.tick().await;
            let metrics = self.metrics().await;
            if is_so(&metrics) {
                return metrics;
            }
            assert!(began.elapsed() < PATIENCE, "{what} did not come: {:#?}", metrics.scrape.samples);
        }
    }
}

impl Metrics {
    /// Reads the page; it must be whole, and nothing in it may be such that a reader would leave it out.
    fn read(page: &str) -> Self {
        assert!(page.ends_with("\n# EOF\n"), "{page}");
        let lines: Vec<&str> = page.lines().filter(|line| !line.starts_with('#')).collect();
        let scrape = Scrape::parse(page.lines().map(|line| Ok(line.to_owned()))).unwrap();
        let read: usize = scrape
            .samples
            .iter()
            .map(|sample| if let Value::Histogram(counts) = &sample.value { counts.len() } else { 1 })
            .sum();
        assert_eq!(read, lines.len(), "{page}");
        let series: BTreeSet<&str> = lines.iter().map(|line| line.rsplit_once(' ').unwrap().0).collect();
        assert_eq!(series.len(), lines.len(), "a series stands there twice\n{page}");
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for sample in &scrape.samples {
            let is_histogram = matches!(sample.value, Value::Histogram(_));
            let name = if is_histogram { format!("{}_bucket", sample.metric) } else { sample.metric.clone() };
            let labels = names.entry(name).or_default();
            labels.extend(sample.labels.keys().cloned());
            labels.extend(is_histogram.then(|| "le".to_owned()));
        }
        Self { scrape, names }
    }

    /// The series of this name with these labels among theirs, and no other.
    pub fn value(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        let found: Vec<f64> = self.all(name, labels).collect();
        assert_eq!(found.len(), 1, "{name} {labels:?}: {:#?}", self.scrape.samples);
        found[0]
    }

    /// All series of this name with these labels among theirs, together.
    pub fn sum(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        self.all(name, labels).sum()
    }

    /// The values that a label has anywhere.
    pub fn values_of(&self, label: &str) -> BTreeSet<&str> {
        self.scrape.samples.iter().filter_map(|sample| sample.labels.get(label)).collect()
    }

    fn all(&self, name: &str, labels: &[(&str, &str)]) -> impl Iterator<Item = f64> {
        let is_it = move |sample: &&prometheus_parse::Sample| {
            sample.metric == name && labels.iter().all(|(label, value)| sample.labels.get(label) == Some(*value))
        };
        self.scrape.samples.iter().filter(is_it).filter_map(|sample| match sample.value {
            Value::Counter(value) | Value::Gauge(value) | Value::Untyped(value) => Some(value),
            Value::Histogram(_) | Value::Summary(_) => None,
        })
    }
}
