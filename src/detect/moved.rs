//! Pages that are no longer the page they were: another page answers at the address, or the address leads to another host.
//!
//! What such a page says is about something else, or about the same service by other names: an incident that is missing
//! there has not ended, and one that stands there is no news. So the source counts as unreadable for a while. A page that
//! still answers then is taken as the new one, with what is going on there as a baseline; what only the old one held open is
//! lost: closed, and its alert says that nobody knows how it ended.

use crate::{
    detect::{elapsed, progress::Step, story},
    domain::{PageId, PageMove, SourceTrack},
};

/// Whether a document is of another page than before and not to be believed yet: the reason, for operators. Otherwise the
/// page is remembered.
pub(super) fn refuse(step: &mut Step<'_>, page: &PageId) -> Option<String> {
    if !page.differs(&step.here.page) {
        step.here.moved = None;
        step.here.page.learn(page);
        return None;
    }
    let known = step.here.moved.take().filter(|moved| !page.differs(&moved.to));
    let moved = known.unwrap_or_else(|| PageMove { to: page.clone(), since: step.now });
    if elapsed(moved.since, step.now) >= step.rules.believe_moved_after {
        story::drop_own_witness(step);
        // What the old page told stays in the history, and the new one may tell the same.
        let filed = std::mem::take(&mut step.here.filed);
        step.here =
            SourceTrack { page: page.clone(), last_tried: step.here.last_tried, filed, ..SourceTrack::default() };
        return None;
    }
    let reason = reason(&step.here.page, page);
    step.here.moved = Some(moved);
    Some(reason)
}

fn reason(was: &PageId, is: &PageId) -> String {
    let host = |page: &PageId| page.host.clone().unwrap_or_else(|| "an unknown host".to_owned());
    match (&was.id, &is.id) {
        (Some(was_id), Some(is_id)) if was_id != is_id => {
            format!("the page has moved: {is_id} at {} answers instead of {was_id}", host(is))
        }
        _ => format!("the page has moved: the address leads to {} instead of {}", host(is), host(was)),
    }
}
