//! What became of the alerts of a scenario, as a row of a table.

use std::{fmt, time::Duration};

/// What became of the alerts of a scenario on one platform.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub scenario: &'static str,
    pub platform: &'static str,
    /// How many were to be told.
    pub alerts: usize,
    pub lost: usize,
    pub doubled: usize,
    /// How many may be doubled there: those whose answer nobody can know.
    pub may_double: usize,
    pub out_of_order: usize,
    /// Requests that were made for them.
    pub tries: usize,
    /// How many tries there may be for each; 0: nothing is promised.
    pub most_tries: usize,
    /// Requests refused for coming too fast that were not ordered.
    pub too_fast: usize,
    /// From the end of the trouble until the last was told.
    pub told_after: Option<Duration>,
    /// Which moments of the bot's work no kill fell into.
    pub missed: String,
    /// What else there is to know.
    pub remark: String,
}

impl Row {
    pub const HEAD: &'static str = "| scenario | platform | alerts | lost | doubled | out of order | tries | 429 | told after | |\n\
        | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |";

    /// Which promises it breaks.
    pub fn broken(&self) -> impl Iterator<Item = String> {
        let Self { alerts, lost, doubled, may_double, out_of_order, tries, most_tries, too_fast, ref missed, .. } =
            *self;
        let promises = [
            (lost > 0, format!("{lost} of {alerts} were lost")),
            (doubled > may_double, format!("{doubled} were told twice, and {may_double} may be")),
            (out_of_order > 0, format!("{out_of_order} were told out of order")),
            (most_tries > 0 && tries > alerts * most_tries, format!("{tries} tries for {alerts} alerts")),
            (too_fast > 0, format!("{too_fast} requests came too fast")),
            (!missed.is_empty(), format!("no kill fell into: {missed}")),
        ];
        let platform = self.platform;
        promises.into_iter().filter(|(is_broken, _)| *is_broken).map(move |(_, words)| format!("{platform}: {words}"))
    }
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scenario, platform, alerts, lost, doubled, out_of_order, tries, too_fast, remark, .. } = self;
        let told_after = self.told_after.map_or_else(|| "–".to_owned(), |span| format!("{:.1} s", span.as_secs_f64()));
        write!(
            formatter,
            "| {scenario} | {platform} | {alerts} | {lost} | {doubled} | {out_of_order} | {tries} | {too_fast} | {told_after} | {remark} |"
        )
    }
}
