//! AWS's older feeds: one item for each update, its place and time in the guid, its weight in the first words of the title.

use super::{words::Word, xml::Log};
use crate::domain::{Condition, Phase};

/// Whether a feed is AWS's: that of all services, or that of one, which is called by its name.
pub(super) fn is_aws(log: &Log) -> bool {
    log.generator.starts_with("AWS Service Health")
        || log.title.starts_with("Amazon Web Services Service Status")
        || log.home.as_deref().is_some_and(|home| home.contains("//status.aws.amazon.com"))
        || log.items.iter().any(|item| item.id.as_deref().is_some_and(|id| id.contains("//status.aws.amazon.com/#")))
}

/// What the items of one story share: `http://status.aws.amazon.com/#sqs-eu-west-1_1429783922` is of Ireland's queues, and
/// the time behind `_` that of the update.
pub(super) fn place(id: &str) -> Option<&str> {
    id.rsplit_once('_').map(|(place, _)| place)
}

/// AWS tells how bad it is in the first words of the title. An item that does not say that all is over says that it is not.
pub(super) fn weigh(title: &str, word: Option<Word>) -> (Option<Word>, Option<Condition>) {
    let word = word.or(Some(Word::Open(Phase::Investigating)));
    let front = title.split_once(':').map_or("", |(front, _)| front).trim().to_lowercase();
    let says = |stems: &[&str]| stems.iter().any(|stem| front.contains(stem));
    let impact = if says(&["informational"]) {
        Condition::Operational
    } else if says(&["performance", "degradation"]) {
        Condition::Degraded
    } else if says(&["disruption", "outage"]) {
        Condition::MajorOutage
    } else {
        return (word, None);
    };
    (word, Some(impact))
}

/// Service and region in the guid of an item: `…#sqs-eu-west-1_1429783922` is `sqs` in `eu-west-1`.
pub(super) fn scope(id: &str) -> (Vec<String>, Vec<String>) {
    const CONTINENTS: [&str; 10] = ["af", "ap", "ca", "cn", "eu", "il", "me", "mx", "sa", "us"];
    let Some(name) = place(id).and_then(|place| place.rsplit_once('#')).map(|(_, name)| name) else {
        return (Vec::new(), Vec::new());
    };
    let words: Vec<&str> = name.split('-').collect();
    let start = words.iter().skip(1).position(|word| CONTINENTS.contains(word)).map(|position| position + 1);
    match start.and_then(|start| words.split_at_checked(start)) {
        Some((service, region)) => (vec![service.join("-")], vec![region.join("-")]),
        None => (vec![name.to_owned()], Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_tells_service_and_region() {
        let scope = |name: &str| scope(&format!("http://status.aws.amazon.com/#{name}_1429783922"));
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(scope("sqs-eu-west-1"), (words(&["sqs"]), words(&["eu-west-1"])));
        assert_eq!(scope("multipleservices-us-gov-west-1"), (words(&["multipleservices"]), words(&["us-gov-west-1"])));
        assert_eq!(scope("route53"), (words(&["route53"]), words(&[])));
    }
}
