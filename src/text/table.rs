//! The table of all texts: a variant for each key of the wording files, with what the wording may use.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::domain::{Condition, Span};

/// What a wording may use, by how it is drawn.
pub(super) enum Value<'a> {
    /// Plain words, set into the sentence.
    Word(&'a str),
    /// A word the wording chooses by; it is never shown itself, unless as the last resort.
    Choice(&'a str),
    /// A number, which decides the plural.
    Count(usize),
    /// A length of time.
    Lasting(Duration),
    /// The word for a condition.
    Condition(Condition),
    /// Words that carry the line.
    Strong(&'a str),
    /// Something that can be typed.
    Code(&'a str),
    /// A time by the clock.
    Time(DateTime<Utc>),
    /// How long ago, or ahead.
    Ago(DateTime<Utc>),
    /// A run of text made before: a list, a link.
    Spans(&'a [Span]),
}

/// Declares [`Text`]: variant, key, and the fields with how and as what type they are given.
macro_rules! texts {
    ($life:lifetime; $(
        $(#[$doc:meta])*
        $variant:ident = $key:literal $({ $($field:ident: $kind:ident($type:ty)),+ $(,)? })?;
    )+) => {
        /// A text people read, with what it speaks of.
        #[derive(Clone, Copy, Debug)]
        pub enum Text<$life> {
            $(
                $(#[$doc])*
                $variant $({ $(
                    #[doc = concat!("`$", stringify!($field), "` in the wording.")]
                    $field: $type,
                )+ })?,
            )+
        }

        impl<$life> Text<$life> {
            /// The key of the wording and what it may use.
            pub(super) fn parts(&self) -> (&'static str, Vec<(&'static str, Value<$life>)>) {
                match self {
                    $( Self::$variant $({ $($field),+ })? => (
                        $key,
                        vec![$( $((stringify!($field), Value::$kind(*$field))),+ )?],
                    ), )+
                }
            }

            /// One text of each variant, every number in it being `count`.
            #[cfg(test)]
            pub(super) fn samples(count: usize) -> Vec<Text<'static>> {
                use super::tests::Sample;
                vec![ $( Text::$variant $({ $($field: <_>::sample(stringify!($field), count)),+ })?, )+ ]
            }
        }
    };
}

texts! { 'a;
    // Words.
    /// "major outage"
    ConditionWord = "condition" { condition: Choice(&'a str) };
    /// "investigating"
    PhaseWord = "phase" { phase: Choice(&'a str) };
    /// "in progress"
    MaintenancePhaseWord = "maintenance-phase" { phase: Choice(&'a str) };
    /// "official"
    RoleWord = "role" { role: Choice(&'a str) };
    /// The mark of something that is over, as a word.
    Recovered = "recovered";
    /// The mark of a refusal, as a word.
    Refused = "refused";

    // Times.
    /// "Nov"
    Month = "month" { month: Choice(&'a str) };
    /// The abbreviation of a time zone as people of the language write it.
    Zone = "zone" { zone: Word(&'a str) };
    /// "22 Nov, 14:05 UTC"
    Date = "date" { day: Word(&'a str), month: Word(&'a str), time: Word(&'a str), zone: Word(&'a str) };
    /// "22 Nov 2025, 14:05 UTC"
    DateWithYear = "date-with-year" {
        day: Word(&'a str), month: Word(&'a str), year: Word(&'a str), time: Word(&'a str), zone: Word(&'a str),
    };
    /// Less than a minute ago.
    JustNow = "just-now";
    /// "5 minutes ago"
    MinutesAgo = "minutes-ago" { count: Count(usize) };
    /// "5 hours ago"
    HoursAgo = "hours-ago" { count: Count(usize) };
    /// "5 days ago"
    DaysAgo = "days-ago" { count: Count(usize) };
    /// In less than a minute.
    InAMoment = "in-a-moment";
    /// "in 5 minutes"
    InMinutes = "in-minutes" { count: Count(usize) };
    /// "in 5 hours"
    InHours = "in-hours" { count: Count(usize) };
    /// "in 5 days"
    InDays = "in-days" { count: Count(usize) };
    /// "5 days"
    Days = "days" { count: Count(usize) };
    /// "5 hours"
    Hours = "hours" { count: Count(usize) };
    /// "5 minutes"
    Minutes = "minutes" { count: Count(usize) };
    /// "5 seconds"
    Seconds = "seconds" { count: Count(usize) };
    /// "4 days 2 hours"
    TwoUnits = "two-units" { large: Word(&'a str), small: Word(&'a str) };

    // Lists.
    /// "a, b and c"
    ListAnd = "list-and" { first: Spans(&'a [Span]), last: Spans(&'a [Span]) };
    /// "a, b or c"
    ListOr = "list-or" { first: Spans(&'a [Span]), last: Spans(&'a [Span]) };
    /// "a, b and 3 more"
    ListMore = "list-more" { list: Spans(&'a [Span]), count: Count(usize) };

    // What an incident is called, and what is told of it wherever it is told.
    /// The headline of an open incident.
    AlertTitle = "alert-title" { service: Strong(&'a str), condition: Choice(&'a str) };
    /// The headline once it is over.
    ResolvedTitle = "resolved-title" { service: Strong(&'a str), role: Choice(&'a str) };
    /// The headline when it has come back.
    ReturnTitle = "return-title" { service: Strong(&'a str), condition: Choice(&'a str) };
    /// The headline of planned work.
    MaintenanceTitle = "maintenance-title" { service: Strong(&'a str), state: Choice(&'a str) };
    /// The name of an incident nobody has posted, found by a probe.
    MeasuredTitle = "measured-title" { condition: Choice(&'a str) };
    /// The name of an incident nobody has posted, found on a status page.
    ReportedTitle = "reported-title" { condition: Condition(Condition) };
    /// It goes on and off.
    Flapping = "flapping";
    /// The times of something that is over.
    WasDown = "was-down" {
        condition: Choice(&'a str), start: Time(DateTime<Utc>), end: Time(DateTime<Utc>), length: Lasting(Duration),
    };
    /// From when to when, and how long.
    Period = "period" { start: Time(DateTime<Utc>), end: Time(DateTime<Utc>), length: Lasting(Duration) };
    /// From when to when planned work is to last.
    PlannedPeriod = "planned-period" { start: Time(DateTime<Utc>), end: Time(DateTime<Utc>) };
    /// A time that stands alone.
    At = "at" { at: Time(DateTime<Utc>) };
    /// A beginning and how long it lasts by now.
    SinceFor = "since-for" { at: Time(DateTime<Utc>), length: Lasting(Duration) };
    /// How it stands, and how bad it ever was.
    PhaseAndPeak = "phase-and-peak" { phase: Word(&'a str), peak: Condition(Condition) };
    /// Stands before the words of an update.
    LastUpdate = "last-update" { at: Time(DateTime<Utc>), phase: Word(&'a str), role: Choice(&'a str) };
    /// Stands before the words of an update about planned work.
    LastNote = "last-note" { at: Time(DateTime<Utc>), role: Choice(&'a str) };
    /// Who says so, and where there is more.
    AlertFooter = "alert-footer" { role: Choice(&'a str), command: Code(&'a str) };

    // Labels.
    /// Label: what an incident is called.
    LabelIncident = "label-incident";
    /// Label: where it stands.
    LabelState = "label-state";
    /// Label: since when.
    LabelSince = "label-since";
    /// Label: when it was.
    LabelWhen = "label-when";
    /// Label: how long it was.
    LabelDuration = "label-duration";
    /// Label: components.
    LabelAffected = "label-affected";
    /// Label: regions.
    LabelRegions = "label-regions";
    /// Label: when planned work is to be.
    LabelPlanned = "label-planned";
    /// Label: where people can read about it.
    LabelStatusPage = "label-status-page";
    /// Label: what was read, and how that went.
    LabelSources = "label-sources";
}
