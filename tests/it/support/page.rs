//! Status documents as providers publish them, written by a test.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use foghorn::clock::{Clock, SystemClock};
use serde_json::{Value, json};

use super::feed_server::{Answer, FeedServer};

/// So many minutes ago.
pub fn ago(minutes: i64) -> DateTime<Utc> {
    SystemClock::new().now() - TimeDelta::minutes(minutes)
}

/// An incident as Statuspage has it; its updates are a phase and a text each, the oldest first.
#[derive(Clone, Debug)]
pub struct Posted {
    pub id: String,
    pub title: String,
    pub impact: &'static str,
    pub began: DateTime<Utc>,
    /// Where it can be read.
    pub link: Option<&'static str>,
    /// What is affected.
    pub components: Vec<&'static str>,
    pub updates: Vec<(&'static str, String)>,
}

impl Posted {
    pub fn new(id: &str, title: &str, impact: &'static str) -> Self {
        let updates = vec![("investigating", format!("We look into it ({id})."))];
        let (id, title) = (id.to_owned(), title.to_owned());
        Self { id, title, impact, began: ago(12), link: None, components: Vec::new(), updates }
    }

    pub fn and(mut self, phase: &'static str, body: &str) -> Self {
        self.updates.push((phase, body.to_owned()));
        self
    }

    pub fn resolved(self) -> Self {
        self.and("resolved", "It is over.")
    }

    fn is_open(&self) -> bool {
        self.updates.last().is_some_and(|(phase, _)| *phase != "resolved")
    }

    fn json(&self) -> Value {
        let at = |index: usize| time(self.began + TimeDelta::minutes(i64::try_from(index).unwrap()));
        let update = |(index, (phase, body)): (usize, &(&str, String))| json!({"id": format!("{}-{index}", self.id), "status": phase, "body": body, "display_at": at(index), "created_at": at(index)});
        let phase = self.updates.last().unwrap().0;
        let component = |name: &&str| json!({"id": name, "name": name, "status": "major_outage"});
        json!({
            "shortlink": self.link, "components": self.components.iter().map(component).collect::<Vec<_>>(),
            "id": self.id, "name": self.title, "impact": self.impact, "status": phase,
            "created_at": at(0), "started_at": at(0),
            "resolved_at": (phase == "resolved").then(|| at(self.updates.len() - 1)),
            "incident_updates": self.updates.iter().enumerate().rev().map(update).collect::<Vec<_>>(),
        })
    }

    fn rss(&self) -> String {
        let at = |index: usize| self.began + TimeDelta::minutes(i64::try_from(index).unwrap());
        let word = |phase: &str| phase[..1].to_uppercase() + &phase[1..];
        let said = |(index, (phase, body)): (usize, &(&str, String))| {
            let stamp = at(index).format("%b %e, %H:%M UTC");
            format!("<p><small>{stamp}</small><br><strong>{}</strong> - {body}</p>", word(phase))
        };
        let body: String = self.updates.iter().enumerate().rev().map(said).collect();
        let (id, title) = (&self.id, &self.title);
        let published = at(self.updates.len() - 1).to_rfc2822();
        format!(
            "<item><title>{title}</title><description><![CDATA[{body}]]></description><pubDate>{published}</pubDate>\
             <link>https://status.example/incidents/{id}</link><guid>https://status.example/incidents/{id}</guid></item>"
        )
    }
}

/// Statuspage's summary: only what is open.
pub fn summary(name: &str, incidents: &[Posted]) -> Answer {
    let open: Vec<Value> = incidents.iter().filter(|incident| incident.is_open()).map(Posted::json).collect();
    let worst = ["critical", "major", "minor"].into_iter();
    let worst = worst.into_iter().find(|impact| incidents.iter().any(|one| one.is_open() && one.impact == *impact));
    Answer::json(
        json!({"page": {"id": name, "name": name}, "status": {"indicator": worst.unwrap_or("none")}, "components": [],
            "incidents": open, "scheduled_maintenances": []})
        .to_string(),
    )
}

/// Statuspage's history: what is over as well.
pub fn history(name: &str, incidents: &[Posted]) -> Answer {
    let all: Vec<Value> = incidents.iter().rev().map(Posted::json).collect();
    Answer::json(json!({"page": {"id": name, "name": name}, "incidents": all}).to_string())
}

/// Statuspage's RSS history.
pub fn rss(name: &str, incidents: &[Posted]) -> Answer {
    let items: String = incidents.iter().rev().map(Posted::rss).collect();
    let head = format!("<title>{name} Status - Incident History</title><link>https://status.example</link>");
    let text = format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>{head}{items}</channel></rss>");
    Answer::new(200, text).header("content-type", "application/rss+xml")
}

/// A status page on a server, at a path of its own.
pub struct StatusPage<'s> {
    server: &'s FeedServer,
    id: String,
}

impl<'s> StatusPage<'s> {
    /// A page on which nothing is wrong.
    pub fn new(server: &'s FeedServer, id: &str) -> Self {
        let page = Self::of(server, id);
        page.show(&[]);
        page
    }

    /// The page as it stands there.
    pub fn of(server: &'s FeedServer, id: &str) -> Self {
        Self { server, id: id.to_owned() }
    }

    pub fn path(&self) -> String {
        format!("/{}/api/v2/summary.json", self.id)
    }

    /// The `[[service]]` that watches it.
    pub fn service(&self, name: &str) -> String {
        super::program::service(&self.id, name, "statuspage", &self.server.url(&self.path()))
    }

    /// From now on these have been posted.
    pub fn show(&self, incidents: &[Posted]) {
        self.server.set(&format!("/{}/api/v2/incidents.json", self.id), history(&self.id, incidents));
        self.server.set(&self.path(), summary(&self.id, incidents));
    }

    /// From now on its document is this.
    pub fn answer(&self, answer: Answer) {
        self.server.set(&self.path(), answer);
    }

    /// Waits until what it shows now has been read and whatever follows from that is stored.
    pub async fn until_read(&self) {
        self.server.until_asked_again(&self.path(), 2).await;
    }

    /// Waits until it has been read so many times more.
    pub async fn until_read_often(&self) {
        self.server.until_asked_again(&self.path(), 5).await;
    }
}

/// A list of what people complain of, as those who gather such things keep it: a number for each service.
pub struct Complaints<'s> {
    server: &'s FeedServer,
}

impl<'s> Complaints<'s> {
    const PATH: &'static str = "/complaints.json";

    /// A list on which hardly anybody complains.
    pub fn new(server: &'s FeedServer) -> Self {
        let complaints = Self { server };
        complaints.are("few");
        complaints
    }

    /// The `[[service.source]]` that watches it, for the service that was described last.
    pub fn source(&self) -> String {
        let url = self.server.url(Self::PATH);
        format!(
            "[[service.source]]\nkind = \"json\"\nurl = \"{url}\"\nrole = \"reported\"\ncondition = \"$.acme\"\n\
             values = {{ few = \"operational\", some = \"degraded\", many = \"major_outage\" }}\n"
        )
    }

    /// From now on there are so many.
    pub fn are(&self, many: &str) {
        self.server.set(Self::PATH, Answer::json(json!({"acme": many}).to_string()));
    }

    /// Waits until the list as it is now has been read and whatever follows from that is stored.
    pub async fn until_read(&self) {
        self.server.until_asked_again(Self::PATH, 2).await;
    }

    /// Waits until it has been read more often than it takes to be believed.
    pub async fn until_read_often(&self) {
        self.server.until_asked_again(Self::PATH, 6).await;
    }
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
