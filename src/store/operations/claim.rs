//! Taking deliveries that are due.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};

use crate::{
    domain::{
        Alert, ChatId, Digest, Incident, IncidentId, Listed, Platform, ServiceId, Storm, StormRule, Subscription,
        Topic, WATCHED_CATEGORY,
    },
    store::{
        Claim, DeliveryId, News, StoreError,
        keyed::{Draft, Row},
        keys,
        operations::{
            agenda, chat, digests, incident, mutes, outbox,
            storms::{self, Telling},
            suspend::{self, Passed},
            watches,
        },
        record::{
            BarRecord, DeliveryRecord, FanoutRecord, FanoutStage, Fixed, MemberRecord, ProgressRecord, State,
            StormRecord, SubscriptionRecord, decode,
        },
    },
};

/// How many chats a fan-out visits before the next one of its urgency has its turn.
const TURN: usize = 16;

/// How many chats and deliveries are looked at for each that may be claimed, so that one claim does not take long where
/// few chats want to hear.
const LOOKS_PER_CLAIM: usize = 4;

/// How many chapters are remembered of tries in doubt: more than an outage has while one message is tried.
const LATER_CHAPTERS: usize = 8;

/// How many outages of a storm are read, to be listed.
const LISTED: usize = 40;

/// See [`crate::store::Store::claim`].
pub(super) fn claim(
    draft: &mut Draft<'_>,
    platform: Platform,
    now: DateTime<Utc>,
    most: usize,
    rule: StormRule,
) -> Result<Vec<Claim>, StoreError> {
    let looks = most.saturating_mul(LOOKS_PER_CLAIM);
    let mut round = Round {
        platform,
        now,
        most,
        rule,
        looks,
        claims: Vec::new(),
        incidents: HashMap::new(),
        services: None,
        renewed: None,
    };
    let mut least = Some(0);
    while let Some(from) = least
        && !round.is_over()
    {
        let Some(urgency) = outbox::next_urgency(draft, platform, from)? else { break };
        round.take_due(draft, urgency)?;
        round.advance_fanouts(draft, urgency)?;
        least = urgency.checked_add(1);
    }
    Ok(round.claims)
}

/// See [`crate::store::Store::renew`].
pub(super) fn renew(
    draft: &mut Draft<'_>,
    id: &DeliveryId,
    number: u64,
    now: DateTime<Utc>,
    rule: StormRule,
) -> Result<Option<Claim>, StoreError> {
    let place = chat::whereabouts(draft, id, number)?;
    if place.chat != id.chat {
        // It is claimed again where the chat is now.
        outbox::release(draft, &place, number)?;
        return Ok(None);
    }
    let Some(delivery) = outbox::held(draft, id, number)? else { return Ok(None) };
    if suspend::is_unwanted(draft, id, &delivery)? {
        suspend::let_go_late(draft, id, false)?;
        suspend::keep_trying(draft, &id.chat, now)?;
        return Ok(None);
    }
    outbox::remove(draft, id)?;
    let (platform, claims, incidents) = (id.chat.platform, Vec::new(), HashMap::new());
    let (services, renewed) = (None, Some(number));
    let mut round = Round { platform, now, most: 1, rule, looks: 1, claims, incidents, services, renewed };
    // Of this try nobody has heard. An earlier one may have arrived, and keeps its name.
    let is_in_doubt = delivery.is_in_doubt;
    let delivery = DeliveryRecord {
        fixed: delivery.fixed.filter(|_| is_in_doubt),
        later_chapters: if is_in_doubt { delivery.later_chapters } else { Vec::new() },
        ..delivery
    };
    round.take_one(draft, id.clone(), delivery)?;
    if round.claims.is_empty() {
        suspend::keep_trying(draft, &id.chat, now)?;
    }
    Ok(round.claims.pop())
}

/// One claim as it grows.
struct Round {
    platform: Platform,
    now: DateTime<Utc>,
    most: usize,
    rule: StormRule,
    /// How many more may be looked at.
    looks: usize,
    claims: Vec<Claim>,
    /// What was read already: a fan-out needs the same one for every chat.
    incidents: HashMap<IncidentId, Option<Known>>,
    /// All services, each with its category, where a digest needed them.
    services: Option<Arc<[(ServiceId, String)]>>,
    /// The number of the claim that is renewed, where one is.
    renewed: Option<u64>,
}

/// A chat that a fan-out comes to.
struct Visited {
    subscription: Subscription,
    /// Whether the chat rests.
    rests: bool,
}

/// An incident, and how far it has come.
#[derive(Clone)]
struct Known {
    incident: Arc<Incident>,
    progress: ProgressRecord,
}

impl Round {
    fn is_over(&self) -> bool {
        self.looks == 0 || self.claims.len() >= self.most
    }

    fn room(&self) -> usize {
        self.most.saturating_sub(self.claims.len()).min(self.looks)
    }

    fn incident(&mut self, draft: &Draft<'_>, id: &IncidentId) -> Result<Option<Known>, StoreError> {
        if let Some(known) = self.incidents.get(id) {
            return Ok(known.clone());
        }
        let known = match incident::load(draft, id)? {
            Some(incident) => {
                let stored = incident::progress(draft, id)?;
                let progress = stored.unwrap_or_else(|| ProgressRecord::of(&incident, News::default()));
                Some(Known { incident: Arc::new(incident), progress })
            }
            None => None,
        };
        self.incidents.insert(id.clone(), known.clone());
        Ok(known)
    }

    /// Takes what waits and is due.
    fn take_due(&mut self, draft: &mut Draft<'_>, urgency: u8) -> Result<(), StoreError> {
        while !self.is_over() {
            let due = outbox::due(draft, self.platform, urgency, self.now, self.room())?;
            if due.is_empty() {
                break;
            }
            // Each of them is claimed or dropped, so that none is found again.
            for id in due {
                self.looks = self.looks.saturating_sub(1);
                let Some(delivery) = outbox::delivery(draft, &id)? else { continue };
                outbox::remove(draft, &id)?;
                let (chat, before) = (id.chat.clone(), self.claims.len());
                self.take_one(draft, id, delivery)?;
                if self.claims.len() == before {
                    suspend::keep_trying(draft, &chat, self.now)?;
                }
            }
        }
        Ok(())
    }

    /// Takes a delivery that was due, unless nobody wants it any more.
    fn take_one(&mut self, draft: &mut Draft<'_>, id: DeliveryId, delivery: DeliveryRecord) -> Result<(), StoreError> {
        if id.incident.is_storm() {
            return self.take_storm(draft, id, delivery);
        }
        if id.incident.is_digest() {
            return self.take_digest(draft, id, delivery);
        }
        let Some(known) = self.incident(draft, &id.incident)? else { return Ok(()) };
        let Some(subscription) = chat::subscription_for(draft, &id, &delivery.category)? else { return Ok(()) };
        let judged_at = self.now;
        self.take(draft, id, delivery, known, subscription, judged_at)
    }

    /// Lets the fan-outs of one urgency visit chats, in turn.
    fn advance_fanouts(&mut self, draft: &mut Draft<'_>, urgency: u8) -> Result<(), StoreError> {
        while !self.is_over() {
            // Read together: reading the first one again and again would pass over all that are gone already.
            let fanouts = outbox::first_fanouts(draft, self.platform, urgency, self.room())?;
            if fanouts.is_empty() {
                break;
            }
            for (place, mut fanout) in fanouts {
                if self.is_over() {
                    break;
                }
                if !outbox::take_fanout(draft, self.platform, &place, &fanout)? {
                    continue;
                }
                let is_done = match self.incident(draft, &fanout.incident.0)? {
                    Some(known) => self.visit_some(draft, &mut fanout, urgency, &known)?,
                    None => true,
                };
                if !is_done {
                    outbox::put_fanout(draft, self.platform, urgency, &fanout)?;
                }
            }
        }
        Ok(())
    }

    /// Lets a fan-out visit chats for one turn, and says whether it has visited all.
    fn visit_some(
        &mut self,
        draft: &mut Draft<'_>,
        fanout: &mut FanoutRecord,
        urgency: u8,
        known: &Known,
    ) -> Result<bool, StoreError> {
        let mut turn = TURN;
        loop {
            let chats = turn.min(self.room());
            // One more than is visited tells whether this stage goes on.
            let mut rows = self.subscribers(draft, fanout, chats + 1)?;
            let goes_on = rows.len() > chats;
            rows.truncate(chats);
            turn = turn.saturating_sub(rows.len());
            for (key, bytes) in rows {
                let chat = keys::subscriber(&key)?;
                fanout.visited = Some(chat.address.as_ref().to_owned());
                let record: SubscriptionRecord = decode(&key, &bytes)?;
                let rests = record.rests;
                let subscription = record.into_subscription(chat, topic(fanout));
                self.visit(draft, fanout, urgency, known, Visited { subscription, rests })?;
            }
            match fanout.stage {
                _ if goes_on => return Ok(false),
                FanoutStage::Category => return Ok(true),
                FanoutStage::Service => {
                    fanout.stage = FanoutStage::Category;
                    fanout.visited = None;
                }
            }
        }
    }

    /// The next chats that a fan-out visits.
    fn subscribers(&self, draft: &Draft<'_>, fanout: &FanoutRecord, most: usize) -> Result<Vec<Row>, StoreError> {
        let topic = topic(fanout);
        let all = keys::subscribers(&topic, self.platform);
        let rest = match &fanout.visited {
            None => all,
            Some(address) => {
                let last = ChatId { platform: self.platform, address: address.as_str().into() };
                all.behind(keys::subscription(&topic, &last))
            }
        };
        draft.scan(&rest, most)
    }

    fn visit(
        &mut self,
        draft: &mut Draft<'_>,
        fanout: &FanoutRecord,
        urgency: u8,
        known: &Known,
        Visited { subscription, rests }: Visited,
    ) -> Result<(), StoreError> {
        self.looks = self.looks.saturating_sub(1);
        let id = DeliveryId { chat: subscription.chat.clone(), incident: known.incident.id.clone() };
        let subscription = match fanout.stage {
            FanoutStage::Service => subscription,
            FanoutStage::Category => {
                let service = Topic::Service(id.incident.service.clone());
                match chat::subscription(draft, &id.chat, &service)? {
                    // It was visited for the service, by the wishes it has about that.
                    Some(own) if own.since < fanout.since => return Ok(()),
                    // It has chosen the service meanwhile, and may not have been visited for it.
                    Some(own) => own,
                    None => subscription,
                }
            }
        };
        if rests {
            let Known { incident, progress } = known;
            let fresh = DeliveryRecord::fresh(fanout, urgency);
            match suspend::pass(draft, &id, incident, *progress, &fresh, subscription.since)? {
                Passed::Not => {}
                Passed::By => return Ok(()),
                Passed::Try(bar) => {
                    let fresh = DeliveryRecord { bar: Some(bar), ..fresh };
                    return self.take(draft, id, fresh, known.clone(), subscription, fanout.since);
                }
            }
        }
        match outbox::delivery(draft, &id)? {
            // When it is claimed or settled, the incident is looked at as it is then.
            Some(waiting) if urgency < waiting.urgency && waiting.state != State::Claimed => {
                outbox::insert(draft, &id, DeliveryRecord { urgency, ..waiting })
            }
            Some(_) => Ok(()),
            None => {
                let fresh = DeliveryRecord::fresh(fanout, urgency);
                self.take(draft, id, fresh, known.clone(), subscription, fanout.since)
            }
        }
    }

    /// Claims a delivery that stands nowhere now, unless its chat does not want it, did not want it at the time that is
    /// judged, or knows already.
    fn take(
        &mut self,
        draft: &mut Draft<'_>,
        id: DeliveryId,
        delivery: DeliveryRecord,
        known: Known,
        subscription: Subscription,
        judged_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let Known { incident, progress } = known;
        let alert = chat::alert(draft, &id)?;
        // What the chat was told, or may have been, it is told to its end, whatever it has chosen since.
        let may_know = alert.is_some() || delivery.was_told || delivery.fixed.is_some();
        let is_wanted = may_know || subscription.filter.admits(&incident);
        let is_known = alert.as_ref().is_some_and(|alert| progress.is_told_by(alert));
        if suspend::is_stale(&delivery, alert.is_some(), incident.is_open()) {
            return Ok(());
        }
        // Of what nobody tells any more only those hear who were told of it.
        if incident.is_lost() && alert.is_none() && delivery.fixed.is_none() && !delivery.was_told {
            return Ok(());
        }
        // A fixed try may have reached the platform already, and only what it answered is unknown: it is repeated.
        if !is_wanted || (is_known && delivery.fixed.is_none()) {
            return Ok(());
        }
        let is_muted = mutes::is_muted(draft, &id.chat, &incident, judged_at)?;
        if is_muted && !may_know {
            return Ok(());
        }
        let telling = Telling { id: &id, category: &delivery.category, incident: &incident, progress };
        let stayed_behind = alert.as_ref().is_some_and(|alert| alert.message.is_none());
        if stayed_behind && storms::hears(draft, &telling, self.now)? {
            return Ok(());
        }
        let begins = self.rule.outages > 0 && begins(&delivery, &incident, alert.as_ref());
        if begins && storms::takes(draft, self.rule, &telling, &subscription, self.now)? {
            return Ok(());
        }
        let delivery = DeliveryRecord { is_counted: delivery.is_counted || begins, ..delivery };
        let incident = called_as_there(draft, &id.chat, &delivery.category, incident)?;
        let Subscription { topic, mention, .. } = subscription;
        self.hand_out(draft, id, delivery, Tale { progress, alert, topic, mention, is_muted, ..Tale::of(incident) })
    }

    /// Claims the delivery of a storm that stands nowhere now, unless its chat knows already.
    fn take_storm(
        &mut self,
        draft: &mut Draft<'_>,
        id: DeliveryId,
        delivery: DeliveryRecord,
    ) -> Result<(), StoreError> {
        let Some(storm) = storms::storm(draft, &id)? else { return Ok(()) };
        let (alert, mut progress) = (chat::alert(draft, &id)?, storm.progress());
        if delivery.fixed.is_none() && alert.as_ref().is_some_and(|alert| progress.is_told_by(alert)) {
            return storms::end_if_over(draft, &id);
        }
        if suspend::is_stale(&delivery, alert.is_some(), !storm.is_over()) {
            return storms::end_if_over(draft, &id);
        }
        let members = storms::members(draft, &id.chat, storm.number)?;
        let mut listed = Vec::with_capacity(members.len().min(LISTED));
        for (incident, member) in members.into_iter().take(LISTED) {
            listed.extend(self.incident(draft, &incident)?.map(|known| (member, known)));
        }
        self.looks = self.looks.saturating_sub(listed.len());
        // What has happened to them and is still on its way to the chat is told as well.
        for (member, Known { incident, progress }) in &listed {
            if member.revision < progress.revision {
                let member_id = DeliveryId { chat: id.chat.clone(), incident: incident.id.clone() };
                let telling = Telling { id: &member_id, category: &member.category, incident, progress: *progress };
                storms::hears(draft, &telling, self.now)?;
            }
        }
        let Some(storm) = storms::storm(draft, &id)? else { return Ok(()) };
        // Those have left it.
        listed.retain(|(_, known)| !known.incident.is_left());
        progress = storm.progress();
        let shown = alert.as_ref().map_or(0, |alert| alert.shown);
        let told = self.told_together(draft, &id.chat, &storm, shown, listed)?;
        let mut is_muted = !told.listed.is_empty();
        for Listed { incident, .. } in &told.listed {
            is_muted = is_muted && mutes::is_muted(draft, &id.chat, incident, self.now)?;
        }
        if is_muted && alert.is_none() && delivery.fixed.is_none() {
            return storms::end_if_over(draft, &id);
        }
        let incident = Arc::new(told.as_incident(id.incident.clone(), &storm.course()));
        let (topic, mention, storm) = (storm.topic.0, storm.mention, Some(Arc::new(told)));
        let tale = Tale { storm, progress, alert, topic, mention, is_muted, ..Tale::of(incident) };
        self.hand_out(draft, id, delivery, tale)
    }

    /// Claims a digest that stands nowhere now, unless its chat wants it no more.
    fn take_digest(
        &mut self,
        draft: &mut Draft<'_>,
        id: DeliveryId,
        delivery: DeliveryRecord,
    ) -> Result<(), StoreError> {
        let Some(since) = agenda::digest_since(draft, &id)? else { return Ok(()) };
        let services = match &self.services {
            Some(services) => services.clone(),
            None => self.services.insert(digests::services(draft)?.into()).clone(),
        };
        let (now, view): (_, &Draft<'_>) = (self.now, draft);
        let digest = digests::compose(view, &id.chat, since, now, &services, |one, category| {
            if !self.incidents.contains_key(one) {
                self.looks = self.looks.saturating_sub(1);
            }
            let known = self.incident(view, one)?;
            known.map(|known| called_as_there(view, &id.chat, category, known.incident)).transpose()
        })?;
        let incident = Arc::new(digest.as_incident(id.incident.clone()));
        self.hand_out(draft, id, delivery, Tale { digest: Some(Arc::new(digest)), ..Tale::of(incident) })
    }

    /// The outages of a storm as they stand, those that go on first. `shown`: the storm's revision that the chat knows.
    fn told_together(
        &self,
        draft: &Draft<'_>,
        chat: &ChatId,
        storm: &StormRecord,
        shown: u32,
        members: Vec<(MemberRecord, Known)>,
    ) -> Result<Storm, StoreError> {
        let mut listed = Vec::with_capacity(members.len());
        for (member, Known { incident, progress }) in members {
            let is_news = member.noted > shown || member.revision < progress.revision;
            let incident = called_as_there(draft, chat, &member.category, incident)?;
            listed.push(Listed { incident, is_news });
        }
        // Some may just have turned out to be over. Otherwise they keep their order.
        listed.sort_by_key(|listed| !listed.incident.is_open());
        let (open, over, occasion) = (storm.open, storm.over, storm.occasion.0);
        Ok(Storm { listed, open, over, occasion })
    }

    /// Claims a delivery: marks it as being sent and gives it out.
    fn hand_out(
        &mut self,
        draft: &mut Draft<'_>,
        id: DeliveryId,
        delivery: DeliveryRecord,
        tale: Tale,
    ) -> Result<(), StoreError> {
        let Tale { incident, storm, digest, progress, alert, topic, mention, is_muted } = tale;
        let fixed = delivery.fixed.unwrap_or(Fixed { revision: progress.revision, chapter: progress.chapter });
        let is_in_doubt = delivery.fixed.is_some();
        let mut later_chapters = delivery.later_chapters;
        if progress.chapter != later_chapters.last().map_or(fixed.chapter, |(chapter, _)| *chapter) {
            if later_chapters.len() == LATER_CHAPTERS {
                later_chapters.remove(0);
            }
            later_chapters.push((progress.chapter, self.now));
        }
        // A number that no flush has made safe was not given to anybody either.
        let number = self.renewed.unwrap_or_else(|| draft.counters.next());
        let claimed = DeliveryRecord {
            state: State::Claimed,
            claim: number,
            fixed: Some(fixed),
            is_in_doubt,
            later_chapters: later_chapters.clone(),
            ..delivery
        };
        self.claims.push(Claim {
            number,
            revision: fixed.revision,
            chapter: fixed.chapter,
            is_in_doubt,
            later_chapters,
            incident,
            storm,
            digest,
            alert,
            topic,
            mention,
            settings: chat::settings(draft, &id.chat)?,
            attempts: claimed.attempts,
            since: claimed.since,
            urgency: claimed.urgency,
            news: progress.news(),
            is_muted,
            bar: claimed.bar.map(BarRecord::into_bar),
            was_told: claimed.was_told,
            id: id.clone(),
        });
        outbox::insert(draft, &id, claimed)
    }
}

/// What a claim is about, and what its chat knows of it.
struct Tale {
    incident: Arc<Incident>,
    storm: Option<Arc<Storm>>,
    digest: Option<Arc<Digest>>,
    progress: ProgressRecord,
    alert: Option<Alert>,
    topic: Topic,
    mention: Option<String>,
    is_muted: bool,
}

impl Tale {
    /// What is told of an incident to a chat that knows nothing of it and calls nobody.
    fn of(incident: Arc<Incident>) -> Self {
        let progress = ProgressRecord::of(&incident, News::default());
        let topic = Topic::Service(incident.id.service.clone());
        let (storm, digest, alert, mention) = (None, None, None, None);
        Self { incident, storm, digest, progress, alert, topic, mention, is_muted: false }
    }
}

/// Whether a delivery tells the chat of an outage that is new to it, or that is back with no message to follow, and was
/// not counted before.
fn begins(delivery: &DeliveryRecord, incident: &Incident, alert: Option<&Alert>) -> bool {
    let is_new = match alert {
        None => !delivery.was_told,
        Some(alert) => alert.message.is_none() && alert.chapter.is_multiple_of(2) && incident.is_open(),
    };
    is_new && incident.planned.is_none() && !incident.is_left() && delivery.fixed.is_none() && !delivery.is_counted
}

/// The incident under the name that the chat gave the page, when it is of a watched page.
fn called_as_there(
    draft: &Draft<'_>,
    chat: &ChatId,
    category: &str,
    incident: Arc<Incident>,
) -> Result<Arc<Incident>, StoreError> {
    if category != WATCHED_CATEGORY {
        return Ok(incident);
    }
    Ok(match watches::name(draft, chat, &incident.id.service)? {
        Some(service_name) => Arc::new(Incident { service_name, ..(*incident).clone() }),
        None => incident,
    })
}

/// The topic whose subscribers a fan-out visits now.
fn topic(fanout: &FanoutRecord) -> Topic {
    match fanout.stage {
        FanoutStage::Service => Topic::Service(fanout.incident.0.service.clone()),
        FanoutStage::Category => Topic::Category(fanout.category.clone()),
    }
}
