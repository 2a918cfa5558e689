//! What goes wrong, as a test wants it.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::watch;

/// How a call goes wrong.
#[derive(Clone, Debug)]
pub enum Fault {
    /// The page of a proxy instead of an answer; nothing was done.
    BadGateway,
    /// No answer; nothing was done.
    Hang,
    /// The connection breaks; nothing was done.
    Reset,
    /// It is done, and then the connection breaks.
    AnswerLost,
    /// It is done, and the connection breaks in the middle of the answer.
    Torn,
    /// It is refused for so many seconds, whatever the limits say.
    Flood(u64),
    /// It is refused with this code and description.
    Refused(u16, &'static str),
    /// It waits until the switch is turned off, and is then done.
    Held,
    /// It is done, and the answer waits until the switch is turned off.
    AnswerHeld,
}

/// A fault that lasts until this is dropped.
pub struct Switch {
    pub(super) is_on: Arc<AtomicBool>,
    /// Told when it is turned off.
    pub(super) turned: watch::Sender<u64>,
}

impl Drop for Switch {
    fn drop(&mut self) {
        self.is_on.store(false, Ordering::SeqCst);
        self.turned.send_modify(|count| *count += 1);
    }
}

/// What is planned to go wrong.
#[derive(Default)]
pub struct Faults(Vec<Planned>);

struct Planned {
    /// In small letters; empty: any.
    method: String,
    /// One after the other, and then from the beginning.
    faults: VecDeque<Fault>,
    until: Until,
}

enum Until {
    Left(usize),
    Off(Arc<AtomicBool>),
    Over(Instant),
}

impl Faults {
    /// The next calls of this method go wrong so, after what is planned already.
    pub fn plan(&mut self, method: &str, fault: Fault, times: usize) {
        self.0.push(Planned { method: method.to_lowercase(), faults: [fault].into(), until: Until::Left(times) });
    }

    /// From now on, for so long, the calls of this method go wrong in these ways, in turn.
    pub fn plan_for(&mut self, method: &str, faults: &[Fault], span: Duration) {
        let faults = faults.iter().cloned().collect();
        self.0.push(Planned { method: method.to_lowercase(), faults, until: Until::Over(Instant::now() + span) });
    }

    pub fn plan_while(&mut self, method: &str, fault: Fault) -> Arc<AtomicBool> {
        let is_on = Arc::new(AtomicBool::new(true));
        self.0.push(Planned {
            method: method.to_lowercase(),
            faults: [fault].into(),
            until: Until::Off(Arc::clone(&is_on)),
        });
        is_on
    }

    /// What happens to a call that comes now, and for held ones the switch.
    pub fn next(&mut self, method: &str) -> Option<(Fault, Option<Arc<AtomicBool>>)> {
        self.0.retain(|planned| match &planned.until {
            Until::Left(left) => *left > 0,
            Until::Off(is_on) => is_on.load(Ordering::SeqCst),
            Until::Over(end) => Instant::now() < *end,
        });
        let planned = self.0.iter_mut().find(|planned| planned.method.is_empty() || planned.method == method)?;
        let switch = match &mut planned.until {
            Until::Left(left) => {
                *left -= 1;
                None
            }
            Until::Off(is_on) => Some(Arc::clone(is_on)),
            Until::Over(_) => None,
        };
        planned.faults.rotate_left(1);
        Some((planned.faults.back()?.clone(), switch))
    }

    /// Whether everything that was planned to happen a number of times has happened.
    pub fn are_over(&self) -> bool {
        !self.0.iter().any(|planned| matches!(planned.until, Until::Left(left) if left > 0))
    }
}
