//! Under which keys things are stored. Every key begins with a byte that says what it holds.
//!
//! | key | holds |
//! | --- | --- |
//! | `!` | the schema's version |
//! | `#` | how many there are of what, and the last sequence number |
//! | `.` | the number of the last group of changes (the store on disk alone) |
//! | `t` service | a track's head |
//! | `s` service, source | what is remembered of one source |
//! | `k` service, number | that the track still needs this incident |
//! | `i` service, number (newest first), `h` | an incident without its updates |
//! | `i` service, number (newest first), `u`, position | one of its updates |
//! | `y` service, beginning (newest first), number (newest first) | that the history has this incident |
//! | `n` service, number | how far the incident has come: revision, chapter, urgency |
//! | `w` topic, chat | a subscription |
//! | `b` chat, topic | that the chat has this subscription |
//! | `g` chat | how the chat wants to be spoken to |
//! | `h` chat | what the chat does not want to hear for a while |
//! | `v` service | a page that chats watch |
//! | `l` chat, service | that the chat watches this page, and what it calls it |
//! | `a` chat, service, number | what the chat was told of the incident |
//! | `u` chat | how often outages began there lately, and its storms |
//! | `j` chat, service, number | that one of the chat's storms tells the incident |
//! | `d` chat, service, number | a delivery, waiting or claimed |
//! | `q` platform, urgency, time, sequence | a waiting delivery's name: who is next |
//! | `c` chat, service, number | that the delivery is claimed |
//! | `%` platform, time | how many deliveries, waiting or claimed, were first due within [`DEPTH_SPAN`] from then |
//! | `f` platform, urgency, turn | a fan-out; it goes to the end of its urgency after each turn |
//! | `o` service, number, platform | urgency and turn of the incident's fan-out |
//! | `z` chat | the chat's new address |
//! | `p` chat | that the chat rests, or rested |
//! | `P` time, chat | the same by time, so that those are found that rest for long |
//! | `A` chat, kind | an appointment: what is to be done for the chat, and when |
//! | `T` time, chat, kind | the same by time |
//! | `x` sequence | a dead letter |
//! | `e` name | a memo: a few words that an adapter must find again |
//! | `r` request | when the request's changes were made |
//! | `m` time, request | the same by time, so that the old ones are found |
//! | `~` key, piece | what did not fit into the value at `key` |
//! | `?` key | what stood at `key` and could not be understood |
//!
//! Incidents are kept as long as the history goes back, and those of a page that nobody watches any more go with it; what
//! chats were told of them is kept until a week after the end: an incident that comes back is answered under its own alert.
//!
//! Texts end with a zero byte, which stands in none of them; numbers are big-endian, so that keys sort like what they
//! name. A chat is the first letter of its platform and its address, a topic `s` or `c` and its name. A storm of a chat has
//! an alert and a delivery as an incident has, under the service `~storm` and its number.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    domain::{ChatId, IncidentId, Platform, RequestId, ServiceId, SourceId, Topic},
    store::{DeliveryId, StoreError},
};

/// Deliveries that were first due within so many seconds are counted together: in a day of outage, when every delivery waits,
/// that is fewer than ten thousand rows.
const DEPTH_SPAN: i64 = 10;

/// Keys from one (included) to another (excluded).
#[derive(Clone, Debug)]
pub(super) struct Range {
    pub(super) from: Vec<u8>,
    pub(super) until: Vec<u8>,
}

impl Range {
    /// All keys that begin so.
    pub(super) fn of(prefix: Key) -> Self {
        Self { until: after(&prefix.0), from: prefix.0 }
    }

    /// All there are.
    pub(super) fn all() -> Self {
        Self { from: Vec::new(), until: vec![u8::MAX] }
    }

    /// Without `last` and all before it, and without all that begin with `last`.
    pub(super) fn behind(self, last: Key) -> Self {
        Self { from: after(&last.0), ..self }
    }

    /// What of it comes after just this key; `None` when that is nothing.
    pub(super) fn rest(mut self, last: &[u8]) -> Option<Self> {
        if self.from.as_slice() <= last {
            self.from = last.to_vec();
            self.from.push(0);
        }
        (self.from < self.until).then_some(self)
    }
}

/// The first key behind all that begin so.
fn after(prefix: &[u8]) -> Vec<u8> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if let Some(next) = last.checked_add(1) {
            end.push(next);
            break;
        }
    }
    end
}

/// What a row holds, by the first byte of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The schema's version.
    Version,
    /// How many there are of what.
    Counters,
    /// The number of the last group of changes.
    Sequence,
    /// A track's head.
    Head,
    /// What is remembered of one source.
    Source,
    /// That the track needs an incident.
    Kept,
    /// An incident, or one of its updates.
    Incident,
    /// That the history has an incident.
    Began,
    /// How far an incident has come.
    Progress,
    /// A subscription.
    Subscription,
    /// That a chat has a subscription.
    Topic,
    /// How a chat wants to be spoken to.
    Settings,
    /// What a chat does not want to hear.
    Mutes,
    /// A page that chats watch.
    Page,
    /// That a chat watches a page.
    Watch,
    /// What a chat was told.
    Alert,
    /// The storms of a chat.
    Weather,
    /// That a storm tells an incident.
    Member,
    /// A delivery.
    Delivery,
    /// A waiting delivery's place.
    Place,
    /// That a delivery is claimed.
    Claimed,
    /// How many deliveries were first due about a time.
    Depth,
    /// A fan-out.
    Fanout,
    /// Where an incident's fan-out stands.
    FanoutPlace,
    /// A chat's new address.
    Moved,
    /// That a chat rests, or rested.
    Suspension,
    /// The same by time.
    Suspended,
    /// What is to be done for a chat at a time.
    Appointment,
    /// The same by time.
    AppointmentAt,
    /// A dead letter.
    Dead,
    /// A memo.
    Memo,
    /// A request's changes were made.
    Request,
    /// The same by time.
    RequestAt,
    /// What did not fit into a value.
    Piece,
    /// What was set aside.
    Aside,
}

impl Kind {
    /// The kind of a row with this key; `None`: this version knows none such.
    pub(super) fn of(key: &[u8]) -> Option<Self> {
        Some(match key.first()? {
            b'!' => Self::Version,
            b'#' => Self::Counters,
            b'.' => Self::Sequence,
            b't' => Self::Head,
            b's' => Self::Source,
            b'k' => Self::Kept,
            b'i' => Self::Incident,
            b'y' => Self::Began,
            b'n' => Self::Progress,
            b'w' => Self::Subscription,
            b'b' => Self::Topic,
            b'g' => Self::Settings,
            b'h' => Self::Mutes,
            b'v' => Self::Page,
            b'l' => Self::Watch,
            b'a' => Self::Alert,
            b'u' => Self::Weather,
            b'j' => Self::Member,
            b'd' => Self::Delivery,
            b'q' => Self::Place,
            b'c' => Self::Claimed,
            b'%' => Self::Depth,
            b'f' => Self::Fanout,
            b'o' => Self::FanoutPlace,
            b'z' => Self::Moved,
            b'p' => Self::Suspension,
            b'P' => Self::Suspended,
            b'A' => Self::Appointment,
            b'T' => Self::AppointmentAt,
            b'x' => Self::Dead,
            b'e' => Self::Memo,
            b'r' => Self::Request,
            b'm' => Self::RequestAt,
            b'~' => Self::Piece,
            b'?' => Self::Aside,
            _ => return None,
        })
    }
}

/// A key, or the beginning of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key(pub(super) Vec<u8>);

impl Key {
    fn new(space: u8) -> Self {
        Self(vec![space])
    }

    fn text(mut self, text: &str) -> Self {
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(0);
        self
    }

    fn byte(mut self, byte: u8) -> Self {
        self.0.push(byte);
        self
    }

    fn number(mut self, number: u32) -> Self {
        self.0.extend_from_slice(&number.to_be_bytes());
        self
    }

    fn long_number(mut self, number: u64) -> Self {
        self.0.extend_from_slice(&number.to_be_bytes());
        self
    }

    fn micros(self, micros: i64) -> Self {
        // With the sign turned around, negative times sort before positive ones.
        self.long_number(micros.cast_unsigned() ^ (1 << 63))
    }

    /// As [`Key::micros`], so that later times sort first.
    fn newest_first(self, micros: i64) -> Self {
        self.micros(!micros)
    }

    fn chat(mut self, chat: &ChatId) -> Self {
        self.0.push(letter(chat.platform));
        self.text(&chat.address)
    }

    fn topic(mut self, topic: &Topic) -> Self {
        match topic {
            Topic::Service(id) => {
                self.0.push(b's');
                self.text(id.as_str())
            }
            Topic::Category(category) => {
                self.0.push(b'c');
                self.text(category)
            }
        }
    }

    fn incident(self, incident: &IncidentId) -> Self {
        self.text(incident.service.as_str()).number(incident.number)
    }
}

pub(super) fn version() -> Key {
    Key::new(b'!')
}

pub(super) fn counters() -> Key {
    Key::new(b'#')
}

pub(super) fn heads() -> Range {
    Range::of(Key::new(b't'))
}

pub(super) fn head(service: &ServiceId) -> Key {
    Key::new(b't').text(service.as_str())
}

pub(super) fn head_service(key: &[u8]) -> Result<ServiceId, StoreError> {
    Parts::of(key).service()
}

pub(super) fn sources(service: &ServiceId) -> Range {
    Range::of(Key::new(b's').text(service.as_str()))
}

pub(super) fn source(service: &ServiceId, source: &SourceId) -> Key {
    Key::new(b's').text(service.as_str()).text(source.as_str())
}

pub(super) fn source_id(key: &[u8]) -> Result<SourceId, StoreError> {
    let mut parts = Parts::of(key);
    parts.service()?;
    Ok(SourceId::stored(parts.text()?))
}

pub(super) fn all_kept(service: &ServiceId) -> Range {
    Range::of(Key::new(b'k').text(service.as_str()))
}

pub(super) fn kept(incident: &IncidentId) -> Key {
    Key::new(b'k').incident(incident)
}

pub(super) fn kept_incident(key: &[u8]) -> Result<IncidentId, StoreError> {
    Parts::of(key).incident()
}

/// Everything about all of a service's incidents, the newest first.
pub(super) fn history(service: &ServiceId) -> Range {
    Range::of(Key::new(b'i').text(service.as_str()))
}

fn incident_prefix(incident: &IncidentId) -> Key {
    Key::new(b'i').text(incident.service.as_str()).number(u32::MAX - incident.number)
}

/// The part of [`history`] that is older than this incident.
pub(super) fn history_before(incident: &IncidentId) -> Range {
    history(&incident.service).behind(incident_prefix(incident))
}

pub(super) fn history_incident(key: &[u8]) -> Result<IncidentId, StoreError> {
    let mut incident = Parts::of(key).incident()?;
    incident.number = u32::MAX - incident.number;
    Ok(incident)
}

/// That a service has incidents by when they began, at all.
pub(super) fn all_histories() -> Range {
    Range::of(Key::new(b'y'))
}

/// A service's incidents by when they began, the newest first.
pub(super) fn begun(service: &ServiceId) -> Range {
    Range::of(Key::new(b'y').text(service.as_str()))
}

/// The part of [`begun`] that began at this time or later.
pub(super) fn begun_since(service: &ServiceId, time: DateTime<Utc>) -> Range {
    let last = Key::new(b'y').text(service.as_str()).newest_first(time.timestamp_micros());
    Range { until: after(&last.0), ..begun(service) }
}

/// The part of [`begun`] that began before this time.
pub(super) fn begun_before(service: &ServiceId, time: DateTime<Utc>) -> Range {
    let from = Key::new(b'y').text(service.as_str()).newest_first(time.timestamp_micros().saturating_sub(1));
    Range { from: from.0, ..begun(service) }
}

/// An incident's place among those of its service.
pub(super) fn began(incident: &IncidentId, at: DateTime<Utc>) -> Key {
    let place = Key::new(b'y').text(incident.service.as_str()).newest_first(at.timestamp_micros());
    place.number(u32::MAX - incident.number)
}

/// The incident that a key of [`began`] is about.
pub(super) fn begun_incident(key: &[u8]) -> Result<IncidentId, StoreError> {
    let mut parts = Parts::of(key);
    let service = parts.service()?;
    parts.long_number()?;
    Ok(IncidentId { service, number: u32::MAX - parts.number()? })
}

pub(super) fn incident(incident: &IncidentId) -> Key {
    incident_prefix(incident).byte(b'h')
}

pub(super) fn updates(incident: &IncidentId) -> Range {
    Range::of(incident_prefix(incident).byte(b'u'))
}

pub(super) fn update(incident: &IncidentId, position: u32) -> Key {
    incident_prefix(incident).byte(b'u').number(position)
}

pub(super) fn progress(incident: &IncidentId) -> Key {
    Key::new(b'n').incident(incident)
}

/// Subscriptions to a topic on one platform, by chat.
pub(super) fn subscribers(topic: &Topic, platform: Platform) -> Range {
    Range::of(Key::new(b'w').topic(topic).byte(letter(platform)))
}

pub(super) fn subscription(topic: &Topic, chat: &ChatId) -> Key {
    Key::new(b'w').topic(topic).chat(chat)
}

pub(super) fn subscriber(key: &[u8]) -> Result<ChatId, StoreError> {
    let mut parts = Parts::of(key);
    parts.text()?;
    parts.chat()
}

/// Every subscription there is.
pub(super) fn all_subscriptions() -> Range {
    Range::of(Key::new(b'w'))
}

/// Topic and chat in a key of [`subscription`].
pub(super) fn subscription_of(key: &[u8]) -> Result<(Topic, ChatId), StoreError> {
    let mut parts = Parts::of(key);
    Ok((parts.topic()?, parts.chat()?))
}

pub(super) fn topics(chat: &ChatId) -> Range {
    Range::of(Key::new(b'b').chat(chat))
}

/// All topics of all chats of a platform, by chat; behind those of `after`, when there is one.
pub(super) fn topics_on(platform: Platform, after: Option<&ChatId>) -> Range {
    let all = Range::of(Key::new(b'b').byte(letter(platform)));
    match after {
        Some(chat) => all.behind(Key::new(b'b').chat(chat)),
        None => all,
    }
}

/// All topics of all chats.
pub(super) fn all_topics() -> Range {
    Range::of(Key::new(b'b'))
}

pub(super) fn topic(chat: &ChatId, topic: &Topic) -> Key {
    Key::new(b'b').chat(chat).topic(topic)
}

pub(super) fn topic_of(key: &[u8]) -> Result<(ChatId, Topic), StoreError> {
    let mut parts = Parts::of(key);
    Ok((parts.chat()?, parts.topic()?))
}

pub(super) fn pages() -> Range {
    Range::of(Key::new(b'v'))
}

pub(super) fn page(service: &ServiceId) -> Key {
    Key::new(b'v').text(service.as_str())
}

pub(super) fn page_id(key: &[u8]) -> Result<ServiceId, StoreError> {
    Parts::of(key).service()
}

pub(super) fn watches(chat: &ChatId) -> Range {
    Range::of(Key::new(b'l').chat(chat))
}

pub(super) fn watch(chat: &ChatId, service: &ServiceId) -> Key {
    Key::new(b'l').chat(chat).text(service.as_str())
}

/// The page that a key of [`watch`] is about.
pub(super) fn watch_page(key: &[u8]) -> Result<ServiceId, StoreError> {
    let mut parts = Parts::of(key);
    parts.chat()?;
    parts.service()
}

/// Every watch there is.
pub(super) fn all_watches() -> Range {
    Range::of(Key::new(b'l'))
}

pub(super) fn settings(chat: &ChatId) -> Key {
    Key::new(b'g').chat(chat)
}

/// The settings of every chat.
pub(super) fn all_settings() -> Range {
    Range::of(Key::new(b'g'))
}

/// The chat in a key of [`settings`], [`mutes`], [`suspension`] or [`watch`].
pub(super) fn chat_of(key: &[u8]) -> Result<ChatId, StoreError> {
    Parts::of(key).chat()
}

/// The mutes of every chat.
pub(super) fn all_mutes() -> Range {
    Range::of(Key::new(b'h'))
}

pub(super) fn mutes(chat: &ChatId) -> Key {
    Key::new(b'h').chat(chat)
}

pub(super) fn memo(name: &str) -> Key {
    // A name may hold anything, also a zero byte: it is the last part of its key.
    let mut key = Key::new(b'e');
    key.0.extend_from_slice(name.as_bytes());
    key
}

/// A place on a platform: the chat with this address, and all whose address begins with it and a slash.
pub(super) struct Place {
    /// The beginning of a chat in a key: that of the chat itself, and that of those below it.
    beginnings: [Vec<u8>; 2],
}

impl Place {
    pub(super) fn of(platform: Platform, place: &str) -> Self {
        let mut below = vec![letter(platform)];
        below.extend_from_slice(place.as_bytes());
        let mut itself = below.clone();
        itself.push(0);
        below.push(b'/');
        Self { beginnings: [itself, below] }
    }

    fn keys(&self, space: u8) -> [Range; 2] {
        self.beginnings.each_ref().map(|beginning| {
            let mut key = Key::new(space);
            key.0.extend_from_slice(beginning);
            Range::of(key)
        })
    }

    pub(super) fn topics(&self) -> [Range; 2] {
        self.keys(b'b')
    }

    pub(super) fn deliveries(&self) -> [Range; 2] {
        self.keys(b'd')
    }

    pub(super) fn settings(&self) -> [Range; 2] {
        self.keys(b'g')
    }

    /// Those that rest or rested; the first range is the place itself.
    pub(super) fn suspensions(&self) -> [Range; 2] {
        self.keys(b'p')
    }

    pub(super) fn appointments(&self) -> [Range; 2] {
        self.keys(b'A')
    }

    /// What is of interest only while the chats are there: what they were told, and what they do not want to hear.
    pub(super) fn notes(&self) -> [Range; 8] {
        let ([told, told_below], [muted, muted_below]) = (self.keys(b'a'), self.keys(b'h'));
        let ([weather, weather_below], [members, members_below]) = (self.keys(b'u'), self.keys(b'j'));
        [told, told_below, muted, muted_below, weather, weather_below, members, members_below]
    }
}

pub(super) fn alerts(chat: &ChatId) -> Range {
    Range::of(Key::new(b'a').chat(chat))
}

/// What any chat was told.
pub(super) fn all_alerts() -> Range {
    Range::of(Key::new(b'a'))
}

pub(super) fn alert(delivery: &DeliveryId) -> Key {
    Key::new(b'a').chat(&delivery.chat).incident(&delivery.incident)
}

pub(super) fn weather(chat: &ChatId) -> Key {
    Key::new(b'u').chat(chat)
}

/// The incidents that a chat's storms tell.
pub(super) fn members(chat: &ChatId) -> Range {
    Range::of(Key::new(b'j').chat(chat))
}

pub(super) fn member(delivery: &DeliveryId) -> Key {
    Key::new(b'j').chat(&delivery.chat).incident(&delivery.incident)
}

pub(super) fn deliveries(chat: &ChatId) -> Range {
    Range::of(Key::new(b'd').chat(chat))
}

/// Every delivery there is.
pub(super) fn all_deliveries() -> Range {
    Range::of(Key::new(b'd'))
}

pub(super) fn delivery(delivery: &DeliveryId) -> Key {
    Key::new(b'd').chat(&delivery.chat).incident(&delivery.incident)
}

pub(super) fn all_claimed() -> Range {
    Range::of(Key::new(b'c'))
}

pub(super) fn claimed(delivery: &DeliveryId) -> Key {
    Key::new(b'c').chat(&delivery.chat).incident(&delivery.incident)
}

/// Which delivery a key of [`delivery`], [`claimed`], [`alert`] or [`member`] is about.
pub(super) fn delivery_id(key: &[u8]) -> Result<DeliveryId, StoreError> {
    let mut parts = Parts::of(key);
    Ok(DeliveryId { chat: parts.chat()?, incident: parts.incident()? })
}

/// The platform's waiting deliveries from this urgency on.
pub(super) fn queue(platform: Platform, least: u8) -> Range {
    let all = Key::new(b'q').byte(letter(platform));
    Range { from: all.clone().byte(least).0, ..Range::of(all) }
}

/// The platform's waiting deliveries of one urgency.
pub(super) fn queue_of(platform: Platform, urgency: u8) -> Range {
    Range::of(Key::new(b'q').byte(letter(platform)).byte(urgency))
}

/// The platform's deliveries of one urgency that are due.
pub(super) fn due(platform: Platform, urgency: u8, now: DateTime<Utc>) -> Range {
    let all = Key::new(b'q').byte(letter(platform)).byte(urgency);
    Range { from: all.0.clone(), until: after(&all.micros(now.timestamp_micros()).0) }
}

/// A waiting delivery's place; the time is rounded up, so that none is taken too early.
pub(super) fn place(platform: Platform, urgency: u8, due: DateTime<Utc>, sequence: u64) -> Key {
    let exact = due.timestamp_subsec_nanos().is_multiple_of(1_000);
    let micros = due.timestamp_micros().saturating_add(i64::from(!exact));
    Key::new(b'q').byte(letter(platform)).byte(urgency).micros(micros).long_number(sequence)
}

/// Urgency and time in a key of [`place`].
pub(super) fn place_of(key: &[u8]) -> Result<(u8, DateTime<Utc>), StoreError> {
    let mut parts = Parts::of(key);
    parts.byte()?;
    Ok((parts.byte()?, parts.time()?))
}

/// The platform's fan-outs from this urgency on.
pub(super) fn fanouts(platform: Platform, least: u8) -> Range {
    let all = Key::new(b'f').byte(letter(platform));
    Range { from: all.clone().byte(least).0, ..Range::of(all) }
}

/// How many deliveries of a platform were first due about then.
pub(super) fn depth(platform: Platform, since: DateTime<Utc>) -> Key {
    let start = since.timestamp().div_euclid(DEPTH_SPAN).saturating_mul(DEPTH_SPAN);
    Key::new(b'%').byte(letter(platform)).micros(start.saturating_mul(1_000_000))
}

/// All such of a platform, the oldest first.
pub(super) fn depths(platform: Platform) -> Range {
    Range::of(Key::new(b'%').byte(letter(platform)))
}

/// The time at which those counted at a key of [`depth`] were due at the latest.
pub(super) fn depth_since(key: &[u8]) -> Result<DateTime<Utc>, StoreError> {
    let mut parts = Parts::of(key);
    parts.byte()?;
    Ok(parts.time()?.checked_add_signed(TimeDelta::seconds(DEPTH_SPAN)).unwrap_or(DateTime::<Utc>::MAX_UTC))
}

/// Every fan-out there is.
pub(super) fn all_fanouts() -> Range {
    Range::of(Key::new(b'f'))
}

/// Every waiting delivery's place.
pub(super) fn all_queues() -> Range {
    Range::of(Key::new(b'q'))
}

/// The platform's fan-outs of one urgency.
pub(super) fn fanouts_of(platform: Platform, urgency: u8) -> Range {
    Range::of(Key::new(b'f').byte(letter(platform)).byte(urgency))
}

pub(super) fn fanout(platform: Platform, urgency: u8, turn: u64) -> Key {
    Key::new(b'f').byte(letter(platform)).byte(urgency).long_number(turn)
}

pub(super) fn fanout_urgency(key: &[u8]) -> Result<u8, StoreError> {
    let mut parts = Parts::of(key);
    parts.byte()?;
    parts.byte()
}

pub(super) fn fanout_of(incident: &IncidentId, platform: Platform) -> Key {
    Key::new(b'o').incident(incident).byte(letter(platform))
}

pub(super) fn moved(chat: &ChatId) -> Key {
    Key::new(b'z').chat(chat)
}

pub(super) fn suspension(chat: &ChatId) -> Key {
    Key::new(b'p').chat(chat)
}

/// Every suspension; behind that of `after`, when there is one.
pub(super) fn suspensions(after: Option<&ChatId>) -> Range {
    let all = Range::of(Key::new(b'p'));
    match after {
        Some(chat) => all.behind(suspension(chat)),
        None => all,
    }
}

pub(super) fn suspended_at(since: DateTime<Utc>, chat: &ChatId) -> Key {
    Key::new(b'P').micros(since.timestamp_micros()).chat(chat)
}

/// Chats that rest since this time or longer.
pub(super) fn suspended_until(time: DateTime<Utc>) -> Range {
    Range { from: Key::new(b'P').0, until: after(&Key::new(b'P').micros(time.timestamp_micros()).0) }
}

/// Every chat that rests, by time.
pub(super) fn all_suspended() -> Range {
    Range::of(Key::new(b'P'))
}

/// Time and chat in a key of [`suspended_at`].
pub(super) fn suspended(key: &[u8]) -> Result<(DateTime<Utc>, ChatId), StoreError> {
    let mut parts = Parts::of(key);
    Ok((parts.time()?, parts.chat()?))
}

/// An appointment of a chat; the byte says of which kind.
pub(super) fn appointment(chat: &ChatId, kind: u8) -> Key {
    Key::new(b'A').chat(chat).byte(kind)
}

/// Every appointment there is.
pub(super) fn all_appointments() -> Range {
    Range::of(Key::new(b'A'))
}

/// Chat and kind in a key of [`appointment`].
pub(super) fn appointment_of(key: &[u8]) -> Result<(ChatId, u8), StoreError> {
    let mut parts = Parts::of(key);
    Ok((parts.chat()?, parts.byte()?))
}

/// An appointment's place among all.
pub(super) fn appointment_at(due: DateTime<Utc>, chat: &ChatId, kind: u8) -> Key {
    Key::new(b'T').micros(due.timestamp_micros()).chat(chat).byte(kind)
}

/// All appointments, by time.
pub(super) fn agenda() -> Range {
    Range::of(Key::new(b'T'))
}

/// The part of [`agenda`] that is due.
pub(super) fn agenda_until(now: DateTime<Utc>) -> Range {
    Range { until: Key::new(b'T').micros(now.timestamp_micros().saturating_add(1)).0, ..agenda() }
}

/// Time, chat and kind in a key of [`appointment_at`].
pub(super) fn on_agenda(key: &[u8]) -> Result<(DateTime<Utc>, ChatId, u8), StoreError> {
    let mut parts = Parts::of(key);
    Ok((parts.time()?, parts.chat()?, parts.byte()?))
}

pub(super) fn all_dead() -> Range {
    Range::of(Key::new(b'x'))
}

pub(super) fn dead(sequence: u64) -> Key {
    Key::new(b'x').long_number(sequence)
}

/// The number in a key of [`dead`].
pub(super) fn dead_number(key: &[u8]) -> Result<u64, StoreError> {
    Parts::of(key).long_number()
}

pub(super) fn request(id: &RequestId) -> Key {
    Key::new(b'r').text(&id.0)
}

pub(super) fn request_at(at: DateTime<Utc>, id: &RequestId) -> Key {
    Key::new(b'm').micros(at.timestamp_micros()).text(&id.0)
}

/// Requests made before this time.
pub(super) fn requests_before(time: DateTime<Utc>) -> Range {
    Range { from: Key::new(b'm').0, until: Key::new(b'm').micros(time.timestamp_micros()).0 }
}

pub(super) fn old_request(key: &[u8]) -> Result<RequestId, StoreError> {
    let mut parts = Parts::of(key);
    parts.time()?;
    Ok(RequestId(parts.text()?.into()))
}

/// Where a further piece of the value at a key stands.
pub(super) fn piece(key: &Key, number: u16) -> Key {
    let mut piece = Key::new(b'~');
    piece.0.extend_from_slice(&key.0);
    piece.0.extend_from_slice(&number.to_be_bytes());
    piece
}

/// Where a row is set aside that cannot be understood.
pub(super) fn aside(key: &[u8]) -> Key {
    let mut aside = Key::new(b'?');
    aside.0.extend_from_slice(key);
    aside
}

/// What was wrong with a key that stands in this row's value is wrong with the row.
pub(super) fn bad_row(row: Vec<u8>, error: StoreError) -> StoreError {
    match error {
        StoreError::Damaged { key: _, cause } => StoreError::Damaged { key: row, cause },
        StoreError::InUse { .. }
        | StoreError::Newer { .. }
        | StoreError::Unusable { .. }
        | StoreError::Ruined { .. }
        | StoreError::Io(_)
        | StoreError::Closed => error,
    }
}

/// What of a platform's queue stands at this place: urgency, time and sequence number.
pub(super) fn whole_place(key: &[u8]) -> Result<(Platform, u8, DateTime<Utc>, u64), StoreError> {
    let mut parts = Parts::of(key);
    Ok((parts.platform()?, parts.byte()?, parts.time()?, parts.long_number()?))
}

/// Platform, urgency and turn in a key of [`fanout`].
pub(super) fn whole_fanout(key: &[u8]) -> Result<(Platform, u8, u64), StoreError> {
    let mut parts = Parts::of(key);
    Ok((parts.platform()?, parts.byte()?, parts.long_number()?))
}

/// Where every fan-out stands.
pub(super) fn all_fanout_places() -> Range {
    Range::of(Key::new(b'o'))
}

/// Incident and platform in a key of [`fanout_of`].
pub(super) fn fanout_incident(key: &[u8]) -> Result<(IncidentId, Platform), StoreError> {
    let mut parts = Parts::of(key);
    Ok((parts.incident()?, parts.platform()?))
}

const fn letter(platform: Platform) -> u8 {
    match platform {
        Platform::Discord => b'd',
        Platform::Telegram => b't',
        Platform::Console => b'c',
    }
}

/// Takes a key apart, from the left.
struct Parts<'a> {
    whole: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(key: &'a [u8]) -> Self {
        Self { whole: key, rest: key.get(1..).unwrap_or_default() }
    }

    fn damaged(&self) -> StoreError {
        StoreError::Damaged { key: self.whole.to_vec(), cause: "the key has another form".into() }
    }

    fn text(&mut self) -> Result<&'a str, StoreError> {
        let end = self.rest.iter().position(|byte| *byte == 0).ok_or_else(|| self.damaged())?;
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest.get(1..).unwrap_or_default();
        str::from_utf8(text).map_err(|_| self.damaged())
    }

    fn byte(&mut self) -> Result<u8, StoreError> {
        let (byte, rest) = self.rest.split_first().ok_or_else(|| self.damaged())?;
        self.rest = rest;
        Ok(*byte)
    }

    fn number(&mut self) -> Result<u32, StoreError> {
        let (number, rest) = self.rest.split_first_chunk().ok_or_else(|| self.damaged())?;
        self.rest = rest;
        Ok(u32::from_be_bytes(*number))
    }

    fn long_number(&mut self) -> Result<u64, StoreError> {
        let (number, rest) = self.rest.split_first_chunk().ok_or_else(|| self.damaged())?;
        self.rest = rest;
        Ok(u64::from_be_bytes(*number))
    }

    fn time(&mut self) -> Result<DateTime<Utc>, StoreError> {
        let micros = (self.long_number()? ^ (1 << 63)).cast_signed();
        DateTime::from_timestamp_micros(micros).ok_or_else(|| self.damaged())
    }

    fn service(&mut self) -> Result<ServiceId, StoreError> {
        ServiceId::stored(self.text()?).ok_or_else(|| self.damaged())
    }

    fn incident(&mut self) -> Result<IncidentId, StoreError> {
        Ok(IncidentId { service: self.service()?, number: self.number()? })
    }

    fn platform(&mut self) -> Result<Platform, StoreError> {
        let first = self.byte()?;
        Platform::ALL.into_iter().find(|one| letter(*one) == first).ok_or_else(|| self.damaged())
    }

    fn chat(&mut self) -> Result<ChatId, StoreError> {
        Ok(ChatId { platform: self.platform()?, address: self.text()?.into() })
    }

    fn topic(&mut self) -> Result<Topic, StoreError> {
        match self.byte()? {
            b's' => Ok(Topic::Service(self.service()?)),
            b'c' => Ok(Topic::Category(self.text()?.to_owned())),
            _ => Err(self.damaged()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u32) -> IncidentId {
        IncidentId { service: ServiceId::new("whatsapp").unwrap(), number }
    }

    fn time(micros: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(micros).unwrap()
    }

    #[test]
    fn a_prefix_ends_before_its_successor_also_after_the_highest_byte() {
        assert_eq!(after(&[1, 2]), [1, 3]);
        assert_eq!(after(&[1, 0xFF]), [2]);
    }

    #[test]
    fn a_delivery_is_found_again_in_its_key_whatever_its_number() {
        let chat = ChatId { platform: Platform::Telegram, address: "-100:7".into() };
        for number in [0, 1, 256, u32::MAX] {
            let delivery_id_in = DeliveryId { chat: chat.clone(), incident: id(number) };
            assert_eq!(delivery_id(&delivery(&delivery_id_in).0).unwrap(), delivery_id_in);
        }
    }

    /// What becomes of a row that cannot be read is decided for every [`Kind`], so there must be one for every letter.
    #[test]
    fn every_letter_that_a_key_begins_with_or_the_table_names_is_a_kind() {
        // Not this test, which names what it looks for.
        let source = include_str!("keys.rs").split("#[cfg(test)]").next().unwrap();
        let in_code = source.split("Key::new(b'").skip(1).filter_map(|rest| rest.bytes().next());
        let in_table = source.split("//! | `").skip(1).filter_map(|rest| rest.bytes().next());
        let letters: std::collections::BTreeSet<u8> = in_code.chain(in_table).collect();
        assert!(letters.len() >= 30, "{letters:?}");
        for letter in letters {
            assert!(Kind::of(&[letter]).is_some(), "{} is no kind", letter.escape_ascii());
        }
    }

    #[test]
    fn a_key_of_another_form_is_damage() {
        assert!(matches!(delivery_id(b"dt123"), Err(StoreError::Damaged { .. })));
        assert!(matches!(topic_of(b"bt1\0x\0"), Err(StoreError::Damaged { .. })));
    }

    #[test]
    fn the_newest_incident_comes_first() {
        assert!(incident(&id(300)).0 < incident(&id(2)).0);
        assert_eq!(history_incident(&incident(&id(300)).0).unwrap(), id(300));
    }

    #[test]
    fn places_sort_by_urgency_then_time_then_sequence() {
        let console = Platform::Console;
        let places = [
            place(console, 0, time(-5), 9),
            place(console, 0, time(7), 1),
            place(console, 0, time(7), 2),
            place(console, 1, time(0), 0),
        ];
        assert!(places.is_sorted_by(|one, next| one.0 < next.0));
        assert_eq!(place_of(&places[0].0).unwrap(), (0, time(-5)));
    }

    #[test]
    fn a_delivery_is_due_at_its_time_and_not_before() {
        let due_at = time(1_000) + chrono::TimeDelta::nanoseconds(1);
        let place = place(Platform::Console, 3, due_at, 1);
        assert!(place.0 >= due(Platform::Console, 3, time(1_000)).until);
        assert!(place.0 < due(Platform::Console, 3, time(1_001)).until);
    }
}
