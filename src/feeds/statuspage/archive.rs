//! Statuspage's archive, `history.json`: a quarter of incidents, as the page of past incidents shows them.
//!
//! Nobody documents it. Survived: times without a year (the month's, or the year before for what began in December), an end
//! without a day, the zone as an abbreviation behind the end only, records without an end, months without any, and of all
//! that was said only the newest text. A record does not say whether it is over: one that has an end is.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::words::impact;
use crate::{
    domain::{MaintenancePhase, Observation, PageId, Phase, PostedIncident, PostedMaintenance, PostedUpdate},
    feeds::{
        ParseError, headline,
        prose::plain,
        rss,
        tidy::{MOST_STORIES, worst_open},
        time::{month_number, zone_seconds},
        wire::{List, Object, Scalar},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct PageStatus {
    page: Object<Page>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Page {
    id: Scalar,
    name: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Month {
    name: Scalar,
    year: Scalar,
    incidents: List<Object<Record>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Record {
    code: Scalar,
    name: Scalar,
    message: Scalar,
    impact: Scalar,
    timestamp: Scalar,
}

/// Whether an object is such a quarter.
pub(in crate::feeds) fn is_archive(object: &Map<String, Value>) -> bool {
    let is_month = |month: &Value| month.get("year").is_some() && month.get("incidents").is_some_and(Value::is_array);
    object
        .get("months")
        .and_then(Value::as_array)
        .is_some_and(|months| !months.is_empty() && months.iter().all(is_month))
}

/// What a quarter tells. It does not speak of the present, but for what has clearly not ended.
pub(super) fn read(
    months: &List<Object<Month>>,
    page: Option<PageStatus>,
    start: &Scalar,
) -> Result<Observation, ParseError> {
    let is_month = |month: &Month| month.year.number().is_some() && matches!(month.incidents, List::Items(_));
    if !months.objects().all(is_month) || months.objects().next().is_none() {
        return Err(ParseError { reason: "expected `months` with `year` and `incidents`".to_owned() });
    }
    let page = page.and_then(|status| status.page.0).unwrap_or_default();
    // For zones whose abbreviation nobody knows, the one that the page had when the quarter began.
    let offset = start.text().and_then(|start| DateTime::parse_from_rfc3339(&start).ok());
    let offset = offset.map_or(0, |start| start.offset().local_minus_utc());
    let mut incidents = Vec::new();
    let mut maintenances = Vec::new();
    for month in months.objects() {
        for record in month.incidents.objects() {
            if incidents.len() + maintenances.len() >= MOST_STORIES {
                break;
            }
            let span = month.span(record, offset);
            if record.impact.word().as_deref() == Some("maintenance") {
                maintenances.extend(record.maintenance(span));
            } else {
                incidents.extend(record.incident(span));
            }
        }
    }
    let told: Vec<PostedIncident> = incidents.iter().filter(|incident| incident.phase.is_some()).cloned().collect();
    Ok(Observation {
        service: page.name.name(),
        condition: worst_open(&told),
        incidents,
        maintenances,
        page: PageId { id: page.id.text(), host: None },
        ..Observation::default()
    })
}

/// When something began, and when it ended.
type Span = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

impl Month {
    /// `Sep 23, 10:11 - Sep 24, 04:55 UTC`, the second day left out when it is the first, the end when there is none.
    fn span(&self, record: &Record, offset: i32) -> Span {
        let Some(text) = record.timestamp.text().map(|text| plain(&text)) else { return (None, None) };
        let (from, until) = match text.split_once(" - ").or_else(|| text.split_once('–')) {
            Some((from, until)) => (from, Some(until)),
            None => (text.as_str(), None),
        };
        let zone = text.split_whitespace().next_back().and_then(zone_seconds).unwrap_or(offset);
        let start = Moment::read(from, None);
        let end = until.and_then(|until| Moment::read(until, start.as_ref()));
        let starts_at = start.and_then(|start| self.time(&start, zone, 0));
        // It is filed under the month it ends in; should it not be, the end is after the beginning all the same.
        let is_behind = |at: &DateTime<Utc>| starts_at.is_none_or(|starts_at| *at >= starts_at);
        let ends_at =
            end.and_then(|end| [0, 1].into_iter().find_map(|later| self.time(&end, zone, later).filter(is_behind)));
        (starts_at, ends_at)
    }

    /// The time in the year of this month, or so many years later.
    fn time(&self, moment: &Moment, zone: i32, later: i32) -> Option<DateTime<Utc>> {
        let own = self.name.text().as_deref().map(str::trim).and_then(month_number);
        let year = i32::try_from(self.year.number()?).ok()?.checked_add(later)?;
        // What is filed under January and began in December did so the year before.
        let year = if own.is_some_and(|own| moment.month > own) { year.checked_sub(1)? } else { year };
        let day = NaiveDate::from_ymd_opt(year, moment.month, moment.day)?;
        let naive = day.and_hms_opt(moment.hour, moment.minute, 0)?;
        naive.and_utc().checked_sub_signed(TimeDelta::seconds(zone.into()))
    }
}

/// A time without year and zone.
struct Moment {
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
}

impl Moment {
    /// `Sep 23, 10:11`, or `10:11` of the same day as another.
    fn read(text: &str, same_day: Option<&Self>) -> Option<Self> {
        let text = text.replace(',', " ");
        let mut words = text.split_whitespace().peekable();
        let (month, day) = if words.peek().is_some_and(|word| word.contains(':')) {
            same_day.map(|other| (other.month, other.day))?
        } else {
            (month_number(words.next()?)?, words.next()?.parse().ok()?)
        };
        let (hour, minute) = words.next()?.split_once(':')?;
        Some(Self { month, day, hour: hour.parse().ok()?, minute: minute.parse().ok()? })
    }
}

impl Record {
    fn title(&self) -> String {
        self.name.text().map(|name| plain(&name)).unwrap_or_default()
    }

    /// The newest thing said: of what is over, that it is.
    fn updates(&self, phase: Option<Phase>, (starts_at, ends_at): Span) -> Vec<PostedUpdate> {
        let body = self.message.text().map(|message| plain(&message));
        let said = |body| PostedUpdate { id: None, phase, at: ends_at.or(starts_at), body: Some(body) };
        body.map(said).into_iter().collect()
    }

    fn is_over(&self, (_, ends_at): Span) -> bool {
        ends_at.is_some() || self.message.text().is_some_and(|message| rss::tells_an_end(&plain(&message)))
    }

    fn incident(&self, span: Span) -> Option<PostedIncident> {
        let (starts_at, ends_at) = span;
        let is_over = self.is_over(span);
        let phase = is_over.then_some(Phase::Resolved);
        Some(PostedIncident {
            id: self.code.text()?,
            title: self.title(),
            impact: self.impact.word().map(|word| headline::impact(impact(&word))),
            phase,
            started_at: starts_at,
            resolved_at: ends_at.or(starts_at).filter(|_| is_over),
            url: None,
            components: Vec::new(),
            regions: Vec::new(),
            updates: self.updates(phase, span),
        })
    }

    fn maintenance(&self, span: Span) -> Option<PostedMaintenance> {
        let (starts_at, ends_at) = span;
        let says = |words: &str| self.message.text().is_some_and(|text| text.to_lowercase().contains(words));
        Some(PostedMaintenance {
            id: self.code.text()?,
            title: self.title(),
            phase: if says("in progress") { MaintenancePhase::InProgress } else { MaintenancePhase::Completed },
            starts_at,
            ends_at,
            url: None,
            components: Vec::new(),
            updates: self.updates(None, span),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Condition, SourceKind},
        feeds::parse,
    };

    fn span(month: &str, year: i32, timestamp: &str) -> (String, String) {
        let text = format!(
            r#"{{"page_status": {{"page": {{"name": "Plum"}}}}, "start_time": "2025-10-01T00:00:00-05:00", "months": [{{"name": "{month}",
            "year": {year}, "incidents": [{{"code": "c1", "name": "n", "impact": "minor", "timestamp": "{timestamp}"}}]}}]}}"#
        );
        let incident = parse(SourceKind::Statuspage, text.as_bytes(), None, &[]).unwrap().incidents.remove(0);
        let told = |at: Option<DateTime<Utc>>| at.map_or("?".to_owned(), |at| at.format("%FT%RZ").to_string());
        (told(incident.started_at), told(incident.resolved_at))
    }

    #[test]
    fn times_are_completed_by_the_month_they_stand_under() {
        let var = "Dec <var data-var='date'>30</var>, <var data-var='time'>17:55</var> - <var data-var='time'>19:46</var> PST";
        for (month, year, timestamp, begins, ends) in [
            ("December", 2025, var, "2025-12-31T01:55Z", "2025-12-31T03:46Z"),
            ("September", 2026, "Sep 23, 10:11 - Sep 24, 04:55 UTC", "2026-09-23T10:11Z", "2026-09-24T04:55Z"),
            ("January", 2026, "Dec 31, 23:00 - Jan  1, 01:00 UTC", "2025-12-31T23:00Z", "2026-01-01T01:00Z"),
            ("December", 2025, "Dec 31, 23:00 - Jan  1, 01:00 UTC", "2025-12-31T23:00Z", "2026-01-01T01:00Z"),
            ("November", 2025, "Nov 28, 05:59 CET", "2025-11-28T04:59Z", "?"),
            ("November", 2025, "Nov 28, 05:59 - 06:10 ZZZ", "2025-11-28T10:59Z", "2025-11-28T11:10Z"),
            ("February", 2025, "Feb 29, 05:59 - 06:10 UTC", "?", "?"),
            ("February", 2025, "yesterday", "?", "?"),
        ] {
            assert_eq!(span(month, year, timestamp), (begins.to_owned(), ends.to_owned()), "{timestamp}");
        }
    }

    #[test]
    fn what_does_not_say_whether_it_is_over_makes_no_outage() {
        let read = |message: &str| {
            let text = format!(
                r#"{{"months": [{{"name": "May", "year": 2026, "incidents": [{{"code": "c1", "name": "n", "impact": "major",
                "message": "{message}", "timestamp": "May 1, 10:00 UTC"}}]}}]}}"#
            );
            let observation = parse(SourceKind::Statuspage, text.as_bytes(), None, &[]).unwrap();
            (observation.condition, observation.incidents.first().and_then(|incident| incident.phase))
        };
        assert_eq!(read("Users saw errors."), (Condition::Unknown, None));
        assert_eq!(read("This incident has been resolved."), (Condition::Unknown, Some(Phase::Resolved)));
    }
}
