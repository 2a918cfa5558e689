//! Time zones by the names people type.

use std::cmp::Reverse;

use chrono_tz::{TZ_VARIANTS, Tz};
use strsim::jaro_winkler;

/// Zones that are offered as buttons: where many people live, from west to east.
pub(super) const COMMON: [Tz; 16] = [
    Tz::UTC,
    Tz::America__Los_Angeles,
    Tz::America__Chicago,
    Tz::America__New_York,
    Tz::America__Sao_Paulo,
    Tz::Europe__London,
    Tz::Europe__Berlin,
    Tz::Europe__Vienna,
    Tz::Europe__Istanbul,
    Tz::Europe__Kyiv,
    Tz::Africa__Lagos,
    Tz::Asia__Kolkata,
    Tz::Asia__Jakarta,
    Tz::Asia__Shanghai,
    Tz::Asia__Tokyo,
    Tz::Australia__Sydney,
];

/// How near a name must be to be offered, from 0 to 1.
const NEAR: f64 = 0.85;

/// The zone of this name, without case; a place is enough where only one zone is called so: `vienna`, `new york`.
pub(super) fn read(typed: &str) -> Option<Tz> {
    let wanted = plain(typed);
    let all = || TZ_VARIANTS.iter().copied();
    let exact = all().find(|zone| zone.name().to_lowercase() == wanted);
    exact.or_else(|| {
        let mut places = all().filter(|zone| place(*zone) == wanted);
        places.next().filter(|_| places.next().is_none())
    })
}

/// Zones with these letters in their name, those that begin so first; all that are common when nothing is typed.
pub(super) fn search(typed: &str, most: usize) -> Vec<Tz> {
    let wanted = plain(typed);
    if wanted.is_empty() {
        return COMMON.into_iter().take(most).collect();
    }
    let mut found: Vec<Tz> =
        TZ_VARIANTS.iter().copied().filter(|zone| zone.name().to_lowercase().contains(&wanted)).collect();
    found.sort_by_key(|zone| (!place(*zone).starts_with(&wanted), !COMMON.contains(zone)));
    found.truncate(most);
    found
}

/// Zones of nearly this name.
pub(super) fn near(typed: &str, most: usize) -> Vec<&'static str> {
    let wanted = plain(typed);
    // No zone has a name so long.
    if wanted.len() > 64 {
        return Vec::new();
    }
    let with_letters = if wanted.len() >= 3 { search(typed, most) } else { Vec::new() };
    if !with_letters.is_empty() {
        return with_letters.into_iter().map(Tz::name).collect();
    }
    let likeness = |zone: Tz| {
        let best = jaro_winkler(&wanted, &place(zone)).max(jaro_winkler(&wanted, &zone.name().to_lowercase()));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a likeness lies between 0 and 1")]
        (best >= NEAR).then_some((best * 1_000.0) as u32)
    };
    let mut near: Vec<(u32, Tz)> = TZ_VARIANTS.iter().filter_map(|zone| Some((likeness(*zone)?, *zone))).collect();
    near.sort_by_key(|(likeness, _)| Reverse(*likeness));
    near.into_iter().take(most).map(|(_, zone)| zone.name()).collect()
}

/// The last part of a zone's name, lowercase: `vienna`.
fn place(zone: Tz) -> String {
    let name = zone.name();
    name.rsplit_once('/').map_or(name, |(_, place)| place).to_lowercase()
}

fn plain(typed: &str) -> String {
    typed.trim().to_lowercase().replace(' ', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_found_by_its_name_or_its_place() {
        assert_eq!(read("Europe/Vienna"), Some(Tz::Europe__Vienna));
        assert_eq!(read(" europe/VIENNA"), Some(Tz::Europe__Vienna));
        assert_eq!(read("vienna"), Some(Tz::Europe__Vienna));
        assert_eq!(read("New York"), Some(Tz::America__New_York));
        assert_eq!(read("utc"), Some(Tz::UTC));
        assert_eq!(read("Europe/Viena"), None);
        assert_eq!(near("Europe/Viena", 1), ["Europe/Vienna"]);
        assert_eq!(near("viena", 1), ["Europe/Vienna"]);
        assert_eq!(near("q", 3), Vec::<&str>::new());
    }

    #[test]
    fn searching_finds_what_begins_so_first() {
        assert_eq!(search("berl", 5).first(), Some(&Tz::Europe__Berlin));
        assert_eq!(search("", 3).len(), 3);
        assert!(search("a", 25).len() == 25);
    }
}
