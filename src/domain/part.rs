//! Names of components and regions, held against each other as a person would.
//!
//! Providers rename and number their parts anew: `API` becomes `API – Requests` of a group, `2. Login` becomes `3. Login`.
//! A chat that chose one of them must not fall silent for that.

/// What stands between the name of a group and that of a component in it.
const BETWEEN: [&str; 10] = [" - ", " – ", " — ", ": ", " / ", " > ", " › ", " » ", " | ", "::"];

/// Whether two names of components are meant for the same one: neither case nor punctuation nor a number before the name
/// counts, and the name of a group before it only where both have one.
#[must_use]
pub fn is_same_part(one: &str, other: &str) -> bool {
    if fold(one) == fold(other) {
        return true;
    }
    match (split(one), split(other)) {
        ((Some(_), leaf), (None, whole)) | ((None, whole), (Some(_), leaf)) => fold(leaf) == fold(whole),
        ((None, _), (None, _)) | ((Some(_), _), (Some(_), _)) => false,
    }
}

/// Whether a region that was chosen covers one that a provider names: `EU` covers `eu-west-1` and `Europe` covers
/// `Europe (Frankfurt)`.
#[must_use]
pub fn is_in_region(chosen: &str, named: &str) -> bool {
    let (chosen, named) = (words(chosen), words(named));
    !chosen.is_empty() && named.windows(chosen.len()).any(|some| some == chosen)
}

/// Group and name.
fn split(name: &str) -> (Option<&str>, &str) {
    let last = BETWEEN.iter().filter_map(|between| Some((name.rfind(between)?, between.len()))).max();
    match last.and_then(|(at, length)| Some((name.get(..at)?, name.get(at + length..)?))) {
        Some((group, leaf)) if !group.trim().is_empty() && !leaf.trim().is_empty() => (Some(group), leaf),
        Some(_) | None => (None, name),
    }
}

/// What of a name counts. `+` and `#` do: C, C++ and C# are three.
fn fold(name: &str) -> String {
    let name = unnumbered(name.trim()).to_lowercase().replace('&', "and");
    let counts = |letter: &char| letter.is_alphanumeric() || matches!(letter, '+' | '#');
    let folded: String = name.chars().filter(counts).collect();
    // A name of signs alone is still a name.
    if folded.is_empty() { name } else { folded }
}

/// The name without a number that only puts it in order: `2. Login`, `3) Login`.
fn unnumbered(name: &str) -> &str {
    let rest = name.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let rest = if rest.len() < name.len() { rest.strip_prefix(['.', ')']) } else { None };
    let rest = rest.filter(|rest| rest.starts_with(char::is_whitespace)).map(str::trim_start);
    rest.filter(|rest| !rest.is_empty()).unwrap_or(name)
}

fn words(name: &str) -> Vec<String> {
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_is_the_same_when_only_its_writing_changed() {
        for (one, other) in [
            ("API Requests", "api requests"),
            ("API-Requests", "API requests"),
            ("Login & Signup", "Login and Signup"),
            ("2. Login", "Login"),
            ("2. Login", "3) Login"),
            ("Core – API", "API"),
            ("Core / API", "core: api"),
            ("Europe > Core > API", "API"),
            ("***", "***"),
        ] {
            assert!(is_same_part(one, other), "{one} {other}");
            assert!(is_same_part(other, one), "{other} {one}");
        }
        for (one, other) in [
            ("API", "API Requests"),
            ("EU - API", "US - API"),
            ("EU - API", "EU"),
            ("C", "C++"),
            ("C#", "C++"),
            ("Area 51", "Area 52"),
            ("2. Login", "2. Calls"),
            ("1.1.1.1", "1.1.1.2"),
            ("***", "---"),
            ("", "API"),
        ] {
            assert!(!is_same_part(one, other), "{one} {other}");
            assert!(!is_same_part(other, one), "{other} {one}");
        }
    }

    #[test]
    fn a_region_covers_what_lies_in_it() {
        for (chosen, named) in
            [("EU", "eu-west-1"), ("us-east-1", "US East 1"), ("Europe", "Europe (Frankfurt)"), ("west", "EU West")]
        {
            assert!(is_in_region(chosen, named), "{chosen} {named}");
        }
        for (chosen, named) in
            [("eu", "Europe"), ("us-east-1", "us-east-2"), ("eu-west-1", "EU"), ("", "EU"), ("?", "?")]
        {
            assert!(!is_in_region(chosen, named), "{chosen} {named}");
        }
    }
}
