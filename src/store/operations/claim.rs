//! Taking deliveries that are due.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};

use crate::{
    domain::{ChatId, Incident, IncidentId, Platform, Subscription, Topic, WATCHED_CATEGORY},
    store::{
        Claim, DeliveryId, News, StoreError,
        keyed::{Draft, Row},
        keys,
        operations::{chat, incident, mutes, outbox, watches},
        record::{
            BarRecord, DeliveryRecord, FanoutRecord, FanoutStage, Fixed, ProgressRecord, State, SubscriptionRecord,
            decode,
        },
    },
};

/// How many chats a fan-out visits before the next one of its urgency has its turn.
const TURN: usize = 16;

/// How many chats and deliveries are looked at for each that may be claimed, so that one claim does not take long where
/// few chats want to hear.
const LOOKS_PER_CLAIM: usize = 4;

/// See [`crate::store::Store::claim`].
pub(super) fn claim(
    draft: &mut Draft<'_>,
    platform: Platform,
    now: DateTime<Utc>,
    most: usize,
) -> Result<Vec<Claim>, StoreError> {
    let looks = most.saturating_mul(LOOKS_PER_CLAIM);
    let mut round = Round { platform, now, most, looks, claims: Vec::new(), incidents: HashMap::new() };
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

/// One claim as it grows.
struct Round {
    platform: Platform,
    now: DateTime<Utc>,
    most: usize,
    /// How many more may be looked at.
    looks: usize,
    claims: Vec<Claim>,
    /// What was read already: a fan-out needs the same one for every chat.
    incidents: HashMap<IncidentId, Option<Known>>,
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
                let Some(known) = self.incident(draft, &id.incident)? else { continue };
                if let Some(subscription) = chat::subscription_for(draft, &id, &delivery.category)? {
                    let judged_at = self.now;
                    self.take(draft, id, delivery, known, subscription, judged_at)?;
                }
            }
        }
        Ok(())
    }

    /// Lets the fan-outs of one urgency visit chats, in turn.
    fn advance_fanouts(&mut self, draft: &mut Draft<'_>, urgency: u8) -> Result<(), StoreError> {
        while !self.is_over() {
            let Some(mut fanout) = outbox::take_fanout(draft, self.platform, urgency)? else { break };
            let is_done = match self.incident(draft, &fanout.incident.0)? {
                Some(known) => self.visit_some(draft, &mut fanout, urgency, &known)?,
                None => true,
            };
            if !is_done {
                outbox::put_fanout(draft, self.platform, urgency, &fanout)?;
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
                let subscription = record.into_subscription(chat, topic(fanout));
                self.visit(draft, fanout, urgency, known, subscription)?;
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
        subscription: Subscription,
    ) -> Result<(), StoreError> {
        self.looks = self.looks.saturating_sub(1);
        let id = DeliveryId { chat: subscription.chat.clone(), incident: known.incident.id.clone() };
        if fanout.stage == FanoutStage::Category {
            // It was visited for the service, by the wishes it has about that.
            let service = Topic::Service(id.incident.service.clone());
            if draft.has(&keys::subscription(&service, &id.chat))? {
                return Ok(());
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
        let is_wanted = alert.is_some() || subscription.filter.admits(&incident);
        let is_known = alert.as_ref().is_some_and(|alert| progress.is_told_by(alert));
        // A fixed try may have reached the platform already, and only what it answered is unknown: it is repeated.
        if !is_wanted || (is_known && delivery.fixed.is_none()) {
            return Ok(());
        }
        let is_muted = mutes::is_muted(draft, &id.chat, &incident, judged_at)?;
        if is_muted && alert.is_none() && delivery.fixed.is_none() {
            return Ok(());
        }
        let fixed = delivery.fixed.unwrap_or(Fixed { revision: progress.revision, chapter: progress.chapter });
        let is_in_doubt = delivery.fixed.is_some();
        let newer = (progress.chapter != fixed.chapter).then_some((progress.chapter, self.now));
        let later_chapter = delivery.later_chapter.or(newer);
        let claimed =
            DeliveryRecord { state: State::Claimed, fixed: Some(fixed), is_in_doubt, later_chapter, ..delivery };
        let incident = match claimed.category == WATCHED_CATEGORY {
            true => called_as_there(draft, &id.chat, incident)?,
            false => incident,
        };
        self.claims.push(Claim {
            revision: fixed.revision,
            chapter: fixed.chapter,
            is_in_doubt,
            later_chapter,
            incident,
            alert,
            topic: subscription.topic,
            mention: subscription.mention,
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

/// The incident of a watched page under the name that the chat gave the page.
fn called_as_there(draft: &Draft<'_>, chat: &ChatId, incident: Arc<Incident>) -> Result<Arc<Incident>, StoreError> {
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
