//! The words of the program: plain data with the rules that belong to it. No I/O, no clock, no platform, no feed format.

mod catalogue;
mod chat;
mod condition;
mod digest;
mod incident;
mod json_rule;
mod locale;
mod message;
mod notice;
mod observation;
mod part;
mod plain;
mod schedule;
mod service;
mod storm;
mod subscription;
mod suspension;
mod track;
mod voices;
mod watched;

pub use catalogue::{Catalogue, CatalogueFault};
pub use chat::{ChatId, ChatSettings, MessageId, Platform, Sound, Updates};
pub use condition::{Condition, Severity};
pub use digest::{Digest, Part};
pub use incident::{
    Incident, IncidentId, MaintenancePhase, Phase, Planned, Posted, Revision, Transition, TransitionKind, Update,
    Watching, Witness,
};
pub use json_rule::{JsonComponents, JsonIncidents, JsonRule};
pub use locale::Locale;
pub use message::{Act, Block, Button, Mark, Message, Moment, Span};
pub use notice::{Alert, Form, Notice};
pub use observation::{Ask, Component, Observation, PageId, PostedIncident, PostedMaintenance, PostedUpdate, Reading};
pub use part::{is_in_region, is_same_part};
pub use plain::{clean_block, clean_line, public_link, shorten, web_link};
pub use schedule::{Schedule, ScheduleFault};
pub use service::{ProbeRule, Role, Service, ServiceId, Source, SourceId, SourceKind};
pub use storm::{Course, Listed, Occasion, Storm, StormRule};
pub use subscription::{Change, Filter, Mute, Muted, RequestId, Sources, Subscription, Topic};
pub use suspension::{LONGEST_SUSPENSION, Resumption, Suspension, SuspensionState};
pub use track::{Filed, PageMove, SourceTrack, Track};
pub use voices::Voices;
pub use watched::{WATCHED_CATEGORY, Watch, WatchLimit, WatchLimits, WatchedPage, address_essence};
