//! The observation as a page for people.

use std::fmt::{self, Write as _};

use chrono::{DateTime, Utc};

use crate::{
    app::inspect::Seen,
    domain::{Condition, MaintenancePhase, Observation, PostedIncident, PostedMaintenance, PostedUpdate},
};

/// Incidents that are over, so that a year's history does not push what matters off the screen.
const MOST_PAST: usize = 5;

/// The page, with a line end.
pub(super) fn render(seen: &Seen, now: DateTime<Utc>) -> String {
    let mut page = String::new();
    write(&mut page, seen, now).expect("writing to a string never fails");
    page
}

fn write(page: &mut String, seen: &Seen, now: DateTime<Utc>) -> fmt::Result {
    let observation = &seen.observation;
    let service = observation.service.as_deref().unwrap_or("(unnamed service)");
    writeln!(page, "{service}: {}", observation.condition.word())?;
    writeln!(page, "  read as {} on {}", seen.kind.word(), time(Some(now)))?;
    if let Some(address) = &seen.found_at {
        writeln!(page, "  found at {address}")?;
    }
    if let Some(host) = &seen.moved_to {
        writeln!(page, "  the address leads to another host, {host}")?;
    }
    if let Some(remark) = &observation.remark {
        writeln!(page, "  {remark}")?;
    }
    if let Some(latency_ms) = observation.latency_ms {
        writeln!(page, "  answered after {latency_ms} ms")?;
    }
    let (past, open): (Vec<_>, Vec<_>) = observation.incidents.iter().partition(|incident| incident.is_closed());
    if !open.is_empty() {
        writeln!(page, "\nOpen incidents")?;
    }
    for incident in open {
        write_incident(page, incident)?;
    }
    write_components(page, observation)?;
    let ahead = |maintenance: &&PostedMaintenance| maintenance.phase != MaintenancePhase::Completed;
    if observation.maintenances.iter().any(|maintenance| ahead(&maintenance)) {
        writeln!(page, "\nMaintenance")?;
    }
    for maintenance in observation.maintenances.iter().filter(ahead) {
        let (from, to) = (time(maintenance.starts_at), time(maintenance.ends_at));
        writeln!(page, "  {} ({}), {from} to {to}", maintenance.title, maintenance.phase.word())?;
        write_updates(page, &maintenance.updates)?;
    }
    if !past.is_empty() {
        writeln!(page, "\nPast incidents ({})", past.len())?;
    }
    for incident in past.into_iter().take(MOST_PAST) {
        let (from, to) = (time(incident.started_at), time(incident.resolved_at));
        writeln!(page, "  {}, {from} to {to}", incident.title)?;
    }
    Ok(())
}

fn write_incident(page: &mut String, incident: &PostedIncident) -> fmt::Result {
    let impact = incident.impact.map_or("impact not told", Condition::word);
    let phase = incident.phase.map_or("phase not told", |phase| phase.word());
    writeln!(page, "  {} ({impact}, {phase}), since {}", incident.title, time(incident.started_at))?;
    for (label, names) in [("components", &incident.components), ("regions", &incident.regions)] {
        if !names.is_empty() {
            writeln!(page, "    {label}: {}", names.join(", "))?;
        }
    }
    if let Some(url) = &incident.url {
        writeln!(page, "    {url}")?;
    }
    write_updates(page, &incident.updates)
}

fn write_updates(page: &mut String, updates: &[PostedUpdate]) -> fmt::Result {
    for update in updates {
        let phase = update.phase.map_or("update", |phase| phase.word());
        writeln!(page, "    {} {phase}", time(update.at))?;
        for line in update.body.iter().flat_map(|body| body.lines()) {
            writeln!(page, "      {line}")?;
        }
    }
    Ok(())
}

/// Only what is not well; of the rest the number.
fn write_components(page: &mut String, observation: &Observation) -> fmt::Result {
    let leaves: Vec<_> = observation.components.iter().filter(|component| !component.is_group).collect();
    if leaves.is_empty() {
        return Ok(());
    }
    writeln!(page, "\nComponents")?;
    let (well, not_well): (Vec<_>, Vec<_>) =
        leaves.into_iter().partition(|component| component.condition == Condition::Operational);
    for component in not_well {
        let group = component.group.as_ref().map_or_else(String::new, |group| format!("{group} / "));
        writeln!(page, "  {group}{}: {}", component.name, component.condition.word())?;
    }
    writeln!(page, "  {} operational", well.len())
}

fn time(time: Option<DateTime<Utc>>) -> String {
    time.map_or_else(|| "(time not told)".to_owned(), |time| time.format("%Y-%m-%d %H:%M UTC").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Component, Phase, SourceKind};

    #[test]
    fn the_page_tells_what_is_not_well_and_counts_the_rest() {
        let at = DateTime::from_timestamp(1_790_000_000, 0);
        let component = |name: &str, condition| Component {
            id: None,
            name: name.to_owned(),
            group: Some("Europe".to_owned()),
            is_group: false,
            condition,
        };
        let observation = Observation {
            service: Some("Harbour".to_owned()),
            condition: Condition::Degraded,
            components: vec![
                component("Lifts", Condition::Degraded),
                component("Cranes", Condition::Operational),
                Component { is_group: true, ..component("Europe", Condition::Degraded) },
            ],
            incidents: vec![PostedIncident {
                id: "i1".to_owned(),
                title: "Lifts are slow".to_owned(),
                impact: Some(Condition::Degraded),
                phase: Some(Phase::Identified),
                started_at: at,
                resolved_at: None,
                url: Some("https://harbour.example/i1".to_owned()),
                components: vec!["Lifts".to_owned()],
                regions: Vec::new(),
                updates: vec![PostedUpdate {
                    id: None,
                    phase: Some(Phase::Identified),
                    at,
                    body: Some("A belt broke.\nWe replace it.".to_owned()),
                }],
            }],
            ..Observation::default()
        };
        let expected = "\
Harbour: degraded
  read as statuspage on 2026-09-21 14:13 UTC
  found at https://harbour.example/api/v2/summary.json
  the address leads to another host, harbour.example

Open incidents
  Lifts are slow (degraded, identified), since 2026-09-21 14:13 UTC
    components: Lifts
    https://harbour.example/i1
    2026-09-21 14:13 UTC identified
      A belt broke.
      We replace it.

Components
  Europe / Lifts: degraded
  1 operational
";
        let seen = Seen {
            kind: SourceKind::Statuspage,
            observation,
            found_at: Some("https://harbour.example/api/v2/summary.json".to_owned()),
            moved_to: Some("harbour.example".to_owned()),
        };
        assert_eq!(render(&seen, at.expect("a valid time")), expected);
    }
}
