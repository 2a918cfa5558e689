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
    /// "official", "official and measured"
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
    /// What stands between two of a list.
    ListSeparator = "list-separator";
    /// What stands between a label and its value.
    LabelSeparator = "label-separator";
    /// "API (degraded)"
    WithCondition = "with-condition" { name: Word(&'a str), condition: Condition(Condition) };
    /// "a, b and c"
    ListAnd = "list-and" { first: Spans(&'a [Span]), last: Spans(&'a [Span]) };
    /// "a, b or c"
    ListOr = "list-or" { first: Spans(&'a [Span]), last: Spans(&'a [Span]) };
    /// "a, b and 3 more"
    ListMore = "list-more" { list: Spans(&'a [Span]), count: Count(usize) };

    // Telegram: channels and rights.
    /// Stands below the headline of an answer about a channel that is given in a private chat.
    ChannelNoted = "channel-noted" { channel: Strong(&'a str) };
    /// How to go on once the bot may post in a channel.
    ChannelWelcome = "channel-welcome" { channel: Strong(&'a str), command: Code(&'a str) };
    /// There is no such channel, or the bot cannot see it.
    ChannelUnknown = "channel-unknown" { typed: Word(&'a str) };
    /// What was taken for a channel is a group.
    ChannelIsGroup = "channel-is-group" { channel: Strong(&'a str) };
    /// The bot may not post in the channel.
    ChannelSilent = "channel-silent" { channel: Strong(&'a str) };
    /// The person is no administrator of the channel.
    ChannelStranger = "channel-stranger" { channel: Strong(&'a str) };
    /// It cannot be found out what a person may do.
    RightsUnchecked = "rights-unchecked";
    /// Alerts of this chat rested and go on.
    AlertsRested = "alerts-rested" { since: Time(DateTime<Utc>), until: Time(DateTime<Utc>) };
    /// Alerts of this chat rest.
    AlertsRest = "alerts-rest" { since: Time(DateTime<Utc>), command: Code(&'a str) };
    /// What was asked for was done at once, and is answered late.
    DoneBefore = "done-before";
    /// Pressed below a message of which the platform does not say any more where it stands.
    PressedTooLate = "pressed-too-late" { command: Code(&'a str) };
    /// The timeline that somebody wants to see is there.
    TimelineThere = "timeline-there";
    /// The answer that somebody wants to see is there.
    AnswerThere = "answer-there";

    // What an incident is called, and what is told of it wherever it is told.
    /// The headline of an open incident.
    AlertTitle = "alert-title" { service: Strong(&'a str), condition: Choice(&'a str) };
    /// The headline once it is over.
    ResolvedTitle = "resolved-title" { service: Strong(&'a str), role: Choice(&'a str) };
    /// The headline when nobody tells of it any more.
    LostTitle = "lost-title" { service: Strong(&'a str) };
    /// The headline of news about an alert that cannot be edited: nobody shall take it for another outage.
    UpdateTitle = "update-title" { service: Strong(&'a str), kind: Choice(&'a str), condition: Choice(&'a str) };
    /// The headline when it has come back.
    ReturnTitle = "return-title" { service: Strong(&'a str), condition: Choice(&'a str) };
    /// The headline of planned work.
    MaintenanceTitle = "maintenance-title" { service: Strong(&'a str), state: Choice(&'a str) };
    /// The name of an incident nobody has posted, found by a probe.
    MeasuredTitle = "measured-title" { condition: Choice(&'a str), voices: Choice(&'a str) };
    /// The name of an incident nobody has posted, found on a status page.
    OfficialTitle = "official-title" { voices: Choice(&'a str), condition: Condition(Condition) };
    /// The name of an incident nobody has posted, which only people report.
    PeopleTitle = "people-title" { condition: Condition(Condition) };
    /// It goes on and off.
    Flapping = "flapping";
    /// That the service is watched no more while its outage goes on.
    WatchLeft = "watch-left" { at: Time(DateTime<Utc>) };
    /// That the service is watched again.
    WatchBack = "watch-back" { at: Time(DateTime<Utc>) };
    /// That nobody tells of it any more while the service is watched.
    PageGone = "page-gone" { at: Time(DateTime<Utc>) };
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
    LastUpdate = "last-update" { at: Time(DateTime<Utc>), phase: Word(&'a str), role: Word(&'a str) };
    /// Stands before the words of an update about planned work.
    LastNote = "last-note" { at: Time(DateTime<Utc>), role: Word(&'a str) };
    /// Who says so, and where there is more.
    AlertFooter = "alert-footer" { role: Choice(&'a str), command: Code(&'a str) };

    // Many outages that are told together.
    /// The headline while some of them go on.
    StormTitle = "storm-title" { count: Count(usize), occasion: Choice(&'a str) };
    /// The headline when all are over.
    StormOverTitle = "storm-over-title" { count: Count(usize) };
    /// The headline when none goes on as far as anybody knows, and the end of some is not known.
    StormLostTitle = "storm-lost-title";
    /// Why they stand in one message.
    StormIntro = "storm-intro" { occasion: Choice(&'a str) };
    /// How many of them are over while others go on.
    StormEnded = "storm-ended" { count: Count(usize) };
    /// One that goes on.
    StormLine = "storm-line" { service: Strong(&'a str), what: Word(&'a str), since: Time(DateTime<Utc>) };
    /// One that is over.
    StormLineOver = "storm-line-over" { service: Strong(&'a str), what: Word(&'a str), length: Lasting(Duration) };
    /// One that nobody tells of any more.
    StormLineLost = "storm-line-lost" { service: Strong(&'a str), what: Word(&'a str), since: Time(DateTime<Utc>) };
    /// How many of them nobody tells of any more.
    StormLost = "storm-lost" { count: Count(usize) };
    /// How many there are that are not listed.
    StormMore = "storm-more" { count: Count(usize) };
    /// Where there is more.
    StormFooter = "storm-footer" { command: Code(&'a str) };

    // How things are.
    /// A digest that has nothing to tell.
    DigestWell = "digest-well" { since: Time(DateTime<Utc>) };
    /// The headline of a digest: how many outages go on.
    DigestTitle = "digest-title" { count: Count(usize) };
    /// Above those that are over.
    DigestOver = "digest-over" { count: Count(usize), since: Time(DateTime<Utc>) };
    /// None is over.
    DigestNothing = "digest-nothing" { since: Time(DateTime<Utc>) };
    /// Above work that goes on.
    DigestRunning = "digest-running";
    /// Above work that is ahead.
    DigestAhead = "digest-ahead";
    /// Work that is ahead.
    DigestWork = "digest-work" {
        service: Strong(&'a str), title: Word(&'a str), start: Time(DateTime<Utc>), end: Time(DateTime<Utc>),
    };
    /// Work that is ahead, without end.
    DigestWorkFrom = "digest-work-from" { service: Strong(&'a str), title: Word(&'a str), start: Time(DateTime<Utc>) };
    /// Work that goes on until a time.
    DigestWorkUntil = "digest-work-until" { service: Strong(&'a str), title: Word(&'a str), end: Time(DateTime<Utc>) };
    /// Work that goes on.
    DigestWorkRunning = "digest-work-running" { service: Strong(&'a str), title: Word(&'a str) };
    /// Where the digest comes from.
    DigestFooter = "digest-footer" { command: Code(&'a str) };

    // Labels.
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
    /// The format of a status page.
    LabelFormat = "label-format";
    /// Label: where people can read about it.
    LabelStatusPage = "label-status-page";
    /// Label: what was said last.
    LabelLastUpdate = "label-last-update";
    /// Label: when it came back.
    LabelAgain = "label-again";
    /// Label: when planned work ended.
    LabelEnded = "label-ended";
    /// Label: when Foghorn noticed.
    LabelNoticed = "label-noticed";
    /// Label: what to type for the whole story.
    LabelTimeline = "label-timeline";
    /// Label: components that are not well.
    LabelNotWell = "label-not-well";

    // Planned work.
    /// How long something lasted.
    Lasted = "lasted" { length: Lasting(Duration) };
    /// Planned from a time on, without end.
    PlannedFrom = "planned-from" { at: Time(DateTime<Utc>) };
    /// Planned to end at a time.
    PlannedUntil = "planned-until" { at: Time(DateTime<Utc>) };
    /// It ended before it was to begin.
    CalledOff = "called-off";
    /// Work that goes on until a time.
    WorkUntil = "work-until" { title: Strong(&'a str), end: Time(DateTime<Utc>) };
    /// Work that goes on.
    WorkRunning = "work-running" { title: Strong(&'a str) };
    /// Work that is ahead.
    WorkAhead = "work-ahead" { title: Strong(&'a str), start: Time(DateTime<Utc>), end: Time(DateTime<Utc>) };
    /// Work that is ahead, without end.
    WorkFrom = "work-from" { title: Strong(&'a str), start: Time(DateTime<Utc>) };
    /// Work that is ahead, nobody said when.
    WorkPlanned = "work-planned" { title: Strong(&'a str) };

    /// A work in a list of several services.
    MaintenanceLine = "maintenance-line" { service: Strong(&'a str), work: Spans(&'a [Span]), command: Code(&'a str) };
    /// How much is planned or going on.
    Maintenances = "maintenances" { count: Count(usize) };
    /// Nothing is planned.
    NoMaintenance = "no-maintenance";
    /// Nothing is planned there.
    NoMaintenanceAt = "no-maintenance-at" { service: Strong(&'a str) };

    // Refusals.
    /// It does not begin with a slash.
    NotACommand = "not-a-command" { command: Code(&'a str) };
    /// There is no such command.
    UnknownCommand = "unknown-command" { typed: Code(&'a str), command: Code(&'a str) };
    /// Near names.
    DidYouMean = "did-you-mean" { near: Spans(&'a [Span]) };
    /// There is no such service.
    UnknownService = "unknown-service" { typed: Strong(&'a str), command: Code(&'a str) };
    /// It is a category where a service is wanted.
    IsCategory = "is-category" { category: Strong(&'a str), command: Code(&'a str) };
    /// There is no such incident.
    UnknownIncident = "unknown-incident" { typed: Strong(&'a str), command: Code(&'a str) };
    /// It is no address of a web page.
    NoAddress = "no-address" { typed: Strong(&'a str) };
    /// The address carries a user's name or password.
    SecretInAddress = "secret-in-address";
    /// The operator lets nobody watch pages.
    WatchingOff = "watching-off" { command: Code(&'a str) };
    /// The chat watches as many pages as it may.
    WatchesEnough = "watches-enough" { count: Count(usize), command: Code(&'a str) };
    /// The chat watches the page already.
    WatchedAlready = "watched-already" { page: Strong(&'a str), status: Code(&'a str), command: Code(&'a str) };
    /// Another service is called so.
    NameTaken = "name-taken" { service: Strong(&'a str) };
    /// The chat watches no such page.
    NotWatched = "not-watched" { typed: Strong(&'a str) };
    /// It is a service of the catalogue, whose subscription ends otherwise.
    EndsOtherwise = "ends-otherwise" { command: Code(&'a str) };
    /// What the chat watches.
    WatchedHere = "watched-here" { list: Spans(&'a [Span]) };
    /// The address leads into somebody's own network.
    PageNotPublic = "page-not-public" { host: Strong(&'a str) };
    /// The address leads to a port that is no web server's.
    PagePort = "page-port" { host: Strong(&'a str) };
    /// Nothing could be read at the address.
    PageUnreachable = "page-unreachable" { host: Strong(&'a str), why: Choice(&'a str), status: Word(&'a str) };
    /// Looking took too long.
    PageSlow = "page-slow" { host: Strong(&'a str) };
    /// There is no status page that can be read.
    PageNothing = "page-nothing" { host: Strong(&'a str) };
    /// What was tried besides the address itself.
    PageTried = "page-tried" { list: Spans(&'a [Span]) };
    /// Other addresses are being looked at.
    PageBusy = "page-busy";
    /// Too many addresses were looked at lately.
    PageTooOften = "page-too-often" { wait: Lasting(Duration) };
    /// Over all chats no more pages may be watched.
    PagesFull = "pages-full";
    /// The chat has no such subscription.
    NotSubscribed = "not-subscribed" { typed: Strong(&'a str), command: Code(&'a str) };
    /// It still comes in through its category.
    CoveredByCategory = "covered-by-category" { category: Strong(&'a str), command: Code(&'a str) };
    /// No severity.
    BadSeverity = "bad-severity" { typed: Strong(&'a str), known: Spans(&'a [Span]) };
    /// No number.
    BadNumber = "bad-number" { typed: Strong(&'a str) };
    /// No length of time.
    BadDuration = "bad-duration" { typed: Strong(&'a str), known: Spans(&'a [Span]) };
    /// A length of time until the clock shows something, as it is typed.
    UntilExample = "until-example";
    /// Nobody who can be called.
    BadMention = "bad-mention" { platform: Choice(&'a str), typed: Strong(&'a str) };
    /// None of the components exists there.
    UnknownComponents = "unknown-components" { topic: Strong(&'a str), typed: Strong(&'a str) };
    /// The components that exist there.
    KnownComponents = "known-components" { list: Spans(&'a [Span]) };
    /// More components than one subscription holds.
    TooManyComponents = "too-many-components" { count: Count(usize) };
    /// Not muted.
    NotMuted = "not-muted" { typed: Strong(&'a str), command: Code(&'a str) };
    /// An incident that is over cannot be muted.
    AlreadyOver = "already-over" { incident: Strong(&'a str), command: Code(&'a str) };
    /// No such setting.
    UnknownSetting = "unknown-setting" { typed: Strong(&'a str), known: Spans(&'a [Span]) };
    /// Not what the setting can be.
    BadChoice = "bad-choice" { typed: Strong(&'a str), known: Spans(&'a [Span]) };
    /// No such time zone.
    UnknownZone = "unknown-zone" { typed: Strong(&'a str), example: Code(&'a str) };
    /// A button of former times.
    Outdated = "outdated" { command: Code(&'a str) };
    /// Something was left out.
    Missing = "missing" { command: Code(&'a str), wanted: Word(&'a str) };
    /// No such option.
    UnknownOption = "unknown-option" { command: Code(&'a str), typed: Code(&'a str) };
    /// Too much.
    TooMuch = "too-much" { command: Code(&'a str), typed: Strong(&'a str) };
    /// Only managers may.
    NotManager = "not-manager" { command: Code(&'a str) };
    /// Something went wrong that is no fault of the person's.
    Failed = "failed" { reference: Code(&'a str) };
    /// Not on this platform.
    NotHere = "not-here" { command: Code(&'a str) };
    /// How it is typed.
    Usage = "usage" { usage: Code(&'a str), example: Code(&'a str) };

    // One service in one line.
    /// With an incident.
    LineIncident = "line-incident" {
        service: Strong(&'a str), condition: Condition(Condition), role: Word(&'a str), since: Ago(DateTime<Utc>),
        title: Word(&'a str),
    };
    /// With an incident nobody has posted.
    LineDerived = "line-derived" {
        service: Strong(&'a str), condition: Condition(Condition), role: Word(&'a str), since: Ago(DateTime<Utc>),
    };
    /// Without an incident.
    LineCondition = "line-condition" { service: Strong(&'a str), condition: Condition(Condition), role: Word(&'a str) };
    /// Nothing was read yet.
    LineNever = "line-never" { service: Strong(&'a str) };
    /// Nothing could ever be read.
    LineUnreadable = "line-unreadable" { service: Strong(&'a str) };
    /// Nothing can be read now.
    LineStale = "line-stale" { service: Strong(&'a str), condition: Condition(Condition), ago: Ago(DateTime<Utc>) };
    /// The sources say nothing.
    LineUntold = "line-untold" { service: Strong(&'a str) };

    // Status of all.
    /// How many are not well.
    OverviewNotWell = "overview-not-well" { count: Count(usize) };
    /// How many are under maintenance, when nothing is worse.
    OverviewMaintenance = "overview-maintenance" { count: Count(usize) };
    /// How many are well, when nothing is known to be wrong.
    OverviewWell = "overview-well" { count: Count(usize) };
    /// No condition is told, and no trouble either.
    OverviewQuiet = "overview-quiet";
    /// Nothing is known.
    OverviewUnknown = "overview-unknown";
    /// The chat has no subscriptions.
    OverviewAllServices = "overview-all-services" { count: Count(usize), command: Code(&'a str) };
    /// More than are shown.
    OverviewMore = "overview-more" { count: Count(usize) };
    /// The others are well.
    OverviewRest = "overview-rest" { count: Count(usize) };
    /// Cannot be read.
    OverviewUnreadable = "overview-unreadable" { services: Spans(&'a [Span]) };
    /// When nothing at all can be read, the reader is more likely at fault than everybody else.
    OverviewOwnNetwork = "overview-own-network";
    /// Not read yet.
    OverviewNever = "overview-never" { services: Spans(&'a [Span]) };
    /// Read, but they do not say.
    OverviewUntold = "overview-untold" { services: Spans(&'a [Span]) };
    /// How to see more.
    OverviewFooter = "overview-footer" { command: Code(&'a str) };

    // Status of one.
    /// The headline.
    DetailTitle = "detail-title" { service: Strong(&'a str), condition: Condition(Condition) };
    /// The headline before anything was read.
    DetailNever = "detail-never" { service: Strong(&'a str) };
    /// The headline when nothing could ever be read.
    DetailUnreadable = "detail-unreadable" { service: Strong(&'a str) };
    /// The headline when the sources say nothing.
    DetailUntold = "detail-untold" { service: Strong(&'a str) };
    /// How old the knowledge is.
    DetailStale = "detail-stale" { ago: Ago(DateTime<Utc>) };
    /// Whose word a condition without an incident is.
    DetailSaidBy = "detail-said-by" { role: Choice(&'a str) };
    /// An incident.
    DetailIncident = "detail-incident" { title: Strong(&'a str), role: Word(&'a str) };
    /// More incidents than are shown.
    DetailMoreIncidents = "detail-more-incidents" { count: Count(usize), command: Code(&'a str) };
    /// Not subscribed.
    DetailSubscribe = "detail-subscribe" { command: Code(&'a str) };
    /// Another service that this one needs is not well either.
    LikelyCause = "likely-cause" { service: Strong(&'a str), condition: Condition(Condition), command: Code(&'a str) };
    /// What else people use.
    Alternatives = "alternatives" { services: Spans(&'a [Span]) };
    /// What a neighbour says.
    Hint = "hint" { service: Strong(&'a str), host: Word(&'a str), remark: Word(&'a str) };
    /// Stands before the sources.
    SourcesHeading = "sources-heading";
    /// A source that was read well.
    SourceWell = "source-well" {
        role: Word(&'a str), host: Word(&'a str), condition: Condition(Condition), ago: Ago(DateTime<Utc>),
    };
    /// A probe that was answered.
    SourceMeasured = "source-measured" {
        role: Word(&'a str), host: Word(&'a str), condition: Condition(Condition), latency: Count(usize),
        ago: Ago(DateTime<Utc>),
    };
    /// A source that was never read.
    SourceNever = "source-never" { role: Word(&'a str), host: Word(&'a str) };
    /// A source that could never be read.
    SourceUnreadable = "source-unreadable" { role: Word(&'a str), host: Word(&'a str) };
    /// A source at whose address another page answers than before.
    SourceMoved = "source-moved" { role: Word(&'a str), host: Word(&'a str), to: Word(&'a str) };
    /// A source whose address leads to another host.
    SourceLeadsTo = "source-leads-to" { host: Word(&'a str), to: Word(&'a str) };
    /// A source that cannot be read now.
    SourceStale = "source-stale" {
        role: Word(&'a str), host: Word(&'a str), condition: Condition(Condition), ago: Ago(DateTime<Utc>),
    };

    // Subscriptions.
    /// Made.
    Subscribed = "subscribed" { topic: Strong(&'a str) };
    /// Changed.
    SubscriptionChanged = "subscription-changed" { topic: Strong(&'a str) };
    /// It was there, just so.
    SubscribedBefore = "subscribed-before" { topic: Strong(&'a str) };
    /// How to end it.
    SubscribedFooter = "subscribed-footer" { command: Code(&'a str) };
    /// The services of a category.
    CategoryServices = "category-services" { count: Count(usize), services: Spans(&'a [Span]) };
    /// None of them has trouble that is known.
    CategoryQuiet = "category-quiet";
    /// How bad it must be.
    LabelSeverity = "label-severity";
    /// What it must touch.
    LabelComponents = "label-components";
    /// Where it must be.
    LabelOnlyRegions = "label-only-regions";
    /// Whether planned work is told.
    LabelMaintenance = "label-maintenance";
    /// Whose word is enough.
    LabelHeard = "label-heard";
    /// Who is called.
    LabelMention = "label-mention";
    /// Only from this severity up.
    FilterSeverity = "filter-severity" { severity: Choice(&'a str) };
    /// On or off.
    SwitchWord = "switch-word" { state: Choice(&'a str) };
    /// Whose word is enough, in words.
    FilterSources = "filter-sources" { sources: Choice(&'a str) };
    /// What goes on that was not told before and is from now on.
    FilterTakesIn = "filter-takes-in" { count: Count(usize), list: Spans(&'a [Span]) };
    /// What goes on and was told before is told to its end.
    FilterKeeps = "filter-keeps" { count: Count(usize), list: Spans(&'a [Span]) };
    /// What goes on is not told here.
    FilterLeavesOut = "filter-leaves-out" { list: Spans(&'a [Span]) };
    /// Who is called when.
    FilterMention = "filter-mention" { mention: Code(&'a str) };
    /// The chat watches a page now.
    Watching = "watching" { page: Strong(&'a str) };
    /// The address belongs to a service of the catalogue.
    PageOfService = "page-of-service" { page: Strong(&'a str), service: Strong(&'a str) };
    /// The format of a page, and where its document is.
    FormatAt = "format-at" { format: Strong(&'a str), document: Code(&'a str) };
    /// The address led to another host.
    PageLeadsTo = "page-leads-to" { host: Strong(&'a str) };
    /// Incidents that are open on a page.
    OpenThere = "open-there" { count: Count(usize), list: Spans(&'a [Span]) };
    /// The chat watches a page no more.
    Unwatched = "unwatched" { page: Strong(&'a str) };
    /// The chat watches no page at all.
    NothingWatched = "nothing-watched" { command: Code(&'a str) };
    /// Ended.
    Unsubscribed = "unsubscribed" { topic: Strong(&'a str) };
    /// All ended.
    UnsubscribedAll = "unsubscribed-all" { count: Count(usize) };
    /// There was none.
    NothingToUnsubscribe = "nothing-to-unsubscribe";
    /// None remains.
    NothingRemains = "nothing-remains";
    /// What remains.
    Remains = "remains" { count: Count(usize), list: Spans(&'a [Span]) };
    /// The headline of the list.
    Subscriptions = "subscriptions" { count: Count(usize) };
    /// What a category is called.
    CategoryName = "category-name" { category: Word(&'a str) };
    /// A service in the list.
    SubscriptionLine = "subscription-line" { topic: Strong(&'a str) };
    /// A category in the list.
    SubscriptionCategory = "subscription-category" { topic: Strong(&'a str), count: Count(usize) };
    /// A service that is not in the catalogue any more.
    SubscriptionUnwatched = "subscription-unwatched" { topic: Strong(&'a str) };
    /// The list is empty.
    NoSubscriptions = "no-subscriptions" { example: Code(&'a str), command: Code(&'a str) };
    /// Components that nobody knows there now.
    StrangeComponents = "strange-components" { topic: Strong(&'a str), list: Spans(&'a [Span]) };
    /// Components that were chosen and that the provider lists no more.
    ComponentsGone = "components-gone" { topic: Strong(&'a str), list: Spans(&'a [Span]) };

    // Mutes.
    /// All that can be muted, as a name.
    Everything = "everything";
    /// An incident, as a name.
    MutedIncident = "muted-incident" { service: Word(&'a str), title: Word(&'a str) };
    /// Muted until a time.
    MutedUntil = "muted-until" { muted: Strong(&'a str), until: Time(DateTime<Utc>) };
    /// Muted until it is over or ended by hand.
    MutedOpen = "muted-open" { muted: Strong(&'a str), kind: Choice(&'a str) };
    /// What still comes.
    MutedRecovery = "muted-recovery";
    /// How to end it.
    MutedFooter = "muted-footer" { command: Code(&'a str) };
    /// Not muted any more.
    Unmuted = "unmuted" { muted: Strong(&'a str) };
    /// Everything is muted besides.
    StillMuted = "still-muted" { command: Code(&'a str) };
    /// There is no mute.
    NothingMuted = "nothing-muted";
    /// Stands before the mutes.
    MutesHeading = "mutes-heading";
    /// A mute in the list.
    MuteLine = "mute-line" { muted: Strong(&'a str), until: Time(DateTime<Utc>) };
    /// A mute in the list, without a time.
    MuteLineOpen = "mute-line-open" { muted: Strong(&'a str), kind: Choice(&'a str) };

    // Settings.
    /// The headline.
    SettingsTitle = "settings-title";
    /// What a setting is called.
    SettingName = "setting-name" { setting: Choice(&'a str) };
    /// What a choice is called.
    ChoiceName = "choice-name" { choice: Choice(&'a str) };
    /// What a choice means.
    ChoiceMeaning = "choice-meaning" { choice: Choice(&'a str) };
    /// A choice in a list.
    ChoiceLine = "choice-line" { choice: Code(&'a str), meaning: Word(&'a str) };
    /// What is asked.
    SettingQuestion = "setting-question" { setting: Choice(&'a str) };
    /// How it is now.
    SettingNow = "setting-now" { value: Strong(&'a str) };
    /// How to type one that is not shown.
    SettingOther = "setting-other" { command: Code(&'a str) };
    /// Changed.
    SettingChanged = "setting-changed" { setting: Choice(&'a str), value: Strong(&'a str) };
    /// It was so before.
    SettingSame = "setting-same" { setting: Choice(&'a str), value: Strong(&'a str) };
    /// When a digest comes, and when next.
    DigestNext = "digest-next" { when: Word(&'a str), next: Time(DateTime<Utc>) };
    /// When the next digest comes.
    DigestNextTime = "digest-next-time" { next: Time(DateTime<Utc>) };
    /// A time of a digest that is not understood.
    BadSchedule = "bad-schedule" { typed: Strong(&'a str), examples: Spans(&'a [Span]) };
    /// How to change one.
    SettingsFooter = "settings-footer" { command: Code(&'a str) };

    // A sample.
    /// What follows.
    SampleFollows = "sample-follows";

    // Welcome.
    /// The greeting.
    Welcome = "welcome";
    /// What to type first.
    WelcomeFirst = "welcome-first" { command: Code(&'a str), help: Code(&'a str) };

    // Menus.
    /// Which category?
    AskCategory = "ask-category";
    /// Which service of it?
    AskService = "ask-service" { category: Strong(&'a str) };
    /// From which severity on?
    AskSeverity = "ask-severity" { topic: Strong(&'a str) };
    /// Which components?
    AskComponents = "ask-components" { topic: Strong(&'a str) };
    /// Which regions?
    AskRegions = "ask-regions" { topic: Strong(&'a str) };
    /// Which page shall be watched no more?
    AskUnwatch = "ask-unwatch";
    /// Which subscription shall end?
    AskUnsubscribe = "ask-unsubscribe";
    /// What shall be muted?
    AskMute = "ask-mute";
    /// For how long?
    AskLength = "ask-length" { muted: Strong(&'a str) };
    /// Which mute shall end?
    AskUnmute = "ask-unmute";
    /// Which page of the choices this is.
    ChoicesPage = "choices-page" { page: Count(usize), pages: Count(usize) };

    // Buttons.
    /// Opens the status page.
    ButtonStatusPage = "button-status-page";
    /// Shows the timeline.
    ButtonTimeline = "button-timeline";
    /// Shows the timeline of one of several.
    ButtonTimelineOf = "button-timeline-of" { incident: Word(&'a str) };
    /// Mutes.
    ButtonMute = "button-mute";
    /// Button: what is not well now.
    ButtonNotWell = "button-not-well";
    /// Ends a mute.
    ButtonUnmute = "button-unmute";
    /// Ends this mute.
    ButtonUnmuteThis = "button-unmute-this" { muted: Word(&'a str) };
    /// Subscribes.
    ButtonSubscribe = "button-subscribe";
    /// Shows older updates.
    ButtonOlder = "button-older";
    /// Shows newer updates.
    ButtonNewer = "button-newer";
    /// Shows the page before.
    ButtonPrevious = "button-previous";
    /// Shows the page after.
    ButtonNext = "button-next";
    /// Goes one step back.
    ButtonBack = "button-back";
    /// What is chosen now.
    ButtonChosen = "button-chosen" { label: Word(&'a str) };
    /// A category.
    ButtonCategory = "button-category" { category: Word(&'a str), count: Count(usize) };
    /// All of a category.
    ButtonAllOf = "button-all-of" { category: Word(&'a str) };
    /// All there is, maintenance included.
    ButtonAnySeverity = "button-any-severity";
    /// Goes on to the components.
    ButtonComponents = "button-components";
    /// To the regions.
    ButtonRegions = "button-regions";
    /// Planned work too, or not.
    ButtonMaintenance = "button-maintenance";
    /// Only what the provider says.
    ButtonOfficial = "button-official";
    /// Ends choosing.
    ButtonDone = "button-done";
    /// Chooses services.
    ButtonChoose = "button-choose";
    /// Shows what can be typed.
    ButtonHelp = "button-help";
    /// Until it is over.
    ButtonUntilOver = "button-until-over";

    // The catalogue.
    /// The headline.
    Services = "services" { count: Count(usize) };
    /// The headline of a category or search.
    ServicesFound = "services-found" { count: Count(usize), search: Strong(&'a str) };
    /// A category.
    CategoryLine = "category-line" { category: Strong(&'a str), count: Count(usize), services: Spans(&'a [Span]) };
    /// The pages that the chat watches.
    OwnPages = "own-pages" { count: Count(usize), pages: Spans(&'a [Span]) };
    /// A service.
    ServiceLine = "service-line" { service: Strong(&'a str), condition: Condition(Condition), command: Code(&'a str) };
    /// How to see a category.
    ServicesHint = "services-hint" { command: Code(&'a str) };
    /// There is another page.
    PageNext = "page-next" { page: Count(usize), pages: Count(usize), next: Code(&'a str) };
    /// This is the last page.
    PageLast = "page-last" { page: Count(usize), pages: Count(usize) };

    // The story of an incident.
    /// The headline.
    StoryTitle = "story-title" { service: Strong(&'a str), title: Word(&'a str) };
    /// Its id and whose word it is.
    StoryFooter = "story-footer" { id: Code(&'a str), role: Word(&'a str) };
    /// Which page of the updates this is, and what shows those before.
    PageEarlier = "page-earlier" { page: Count(usize), pages: Count(usize), earlier: Code(&'a str) };
    /// Nobody said anything about it.
    NoUpdates = "no-updates" { role: Choice(&'a str) };
    /// Nothing ever happened.
    NoIncidents = "no-incidents" { service: Strong(&'a str) };
    /// Stands before the other incidents.
    OtherIncidents = "other-incidents";
    /// Another incident.
    OtherIncident = "other-incident" { start: Time(DateTime<Utc>), title: Word(&'a str), command: Code(&'a str) };

    // Help and about.
    /// The headline.
    HelpTitle = "help-title";
    /// A command.
    HelpCommand = "help-command" { usage: Code(&'a str), summary: Word(&'a str) };
    /// What else can be asked.
    HelpFooter = "help-footer" { example: Code(&'a str) };
    /// The headline for one command.
    HelpTitleOf = "help-title-of" { usage: Code(&'a str) };
    /// What it does.
    HelpSummary = "help-summary" { summary: Word(&'a str) };
    /// What it needs.
    HelpOption = "help-option" { name: Code(&'a str), summary: Word(&'a str) };
    /// What it may be given.
    HelpOptionalOption = "help-optional-option" { name: Code(&'a str), summary: Word(&'a str) };
    /// A line that works.
    HelpExample = "help-example" { example: Code(&'a str) };
    /// Who may use it.
    HelpManagers = "help-managers";
    /// Name and version.
    AboutTitle = "about-title" { version: Word(&'a str) };
    /// What it is for.
    AboutPurpose = "about-purpose";
    /// How many services.
    AboutServices = "about-services" { count: Count(usize) };
    /// How many sources.
    AboutSources = "about-sources" { count: Count(usize) };
    /// How long it has been running.
    AboutUptime = "about-uptime" { length: Lasting(Duration) };
    /// When a source was last read.
    AboutLastPoll = "about-last-poll" { ago: Ago(DateTime<Utc>) };
    /// No source was read yet.
    AboutNoPoll = "about-no-poll";
    /// Nothing is wrong with the program itself.
    AboutWell = "about-well";
    /// How many sources cannot be read.
    AboutUnreadable = "about-unreadable" { count: Count(usize) };
    /// How many messages were given up.
    AboutGivenUp = "about-given-up" { count: Count(usize) };
    /// How many platforms cannot be used.
    AboutUnusable = "about-unusable" { count: Count(usize) };

    // What the operator is told of the program itself.
    /// A source cannot be read for long.
    OwnUnreadable = "own-unreadable" { service: Word(&'a str), source: Word(&'a str) };
    /// It can be read again.
    OwnReadable = "own-readable" { length: Lasting(Duration) };
    /// The page of a source has become another one.
    OwnMoved = "own-moved" { service: Word(&'a str), source: Word(&'a str) };
    /// A page is believed there again.
    OwnMovedEnd = "own-moved-end" { length: Lasting(Duration) };
    /// The source is not read any more.
    OwnWatchedNoMore = "own-watched-no-more";
    /// Messages were given up.
    OwnGivenUp = "own-given-up";
    /// How many.
    OwnGivenUpCount = "own-given-up-count" { count: Count(usize), command: Code(&'a str) };
    /// None of them is left.
    OwnGivenUpEnd = "own-given-up-end";
    /// The store takes in nothing.
    OwnStore = "own-store";
    /// It does again.
    OwnStoreEnd = "own-store-end" { length: Lasting(Duration) };
    /// The store was damaged.
    OwnDamaged = "own-damaged";
    /// What became of it; `place`: where its files are.
    OwnDamagedWhole = "own-damaged-whole" { place: Code(&'a str) };
    /// The same where not all could be read; `copied` and `saved`: how much of what came from its copy and from its files.
    OwnDamagedPart = "own-damaged-part" { place: Code(&'a str), copied: Word(&'a str), saved: Word(&'a str) };
    /// Its files were removed.
    OwnDamagedEnd = "own-damaged-end";
    /// A platform cannot be used.
    OwnPlatform = "own-platform" { platform: Choice(&'a str) };
    /// It can be used again.
    OwnPlatformEnd = "own-platform-end";
    /// What stands in the place of a service's name in the sample of `/test`.
    SampleService = "sample-service";
    /// The title of the sample.
    SampleTitle = "sample-title";
    /// What is said at the sample's beginning.
    SampleWords = "sample-words";
    /// What is said while it lasts.
    SampleNews = "sample-news";
    /// Why there is no sample.
    SampleFailed = "sample-failed" { reason: Word(&'a str) };
    /// Where to go on.
    AboutHelp = "about-help" { command: Code(&'a str) };

    // What only Discord needs.
    /// Beside the bot's name: all is well.
    PresenceWell = "presence-well" { count: Count(usize) };
    /// Beside the bot's name: not all is well.
    PresenceNotWell = "presence-not-well" { bad: Word(&'a str), count: Count(usize) };
    /// A right by the name Discord shows for it.
    DiscordRight = "discord-right" { right: Choice(&'a str) };
    /// The bot could not post here.
    DiscordMissingRights = "discord-missing-rights" { rights: Spans(&'a [Span]) };
    /// The bot is no member here.
    DiscordNotHere = "discord-not-here" { command: Code(&'a str) };
    /// The role for everybody was chosen to be called.
    DiscordNotEverybody = "discord-not-everybody";
    /// The program did not answer in time.
    DiscordNoAnswer = "discord-no-answer";
    /// More is asked than can be answered at once.
    DiscordBusy = "discord-busy";
}
