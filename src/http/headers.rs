//! Header values as we need them.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{HeaderMap, HeaderName};

/// How long a host is left alone that names a date to come back but not its own time of day.
const UNTOLD_WAIT: Duration = Duration::from_secs(60);

/// The value of a header that is text and not empty.
pub(super) fn text_of(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim).filter(|value| !value.is_empty())
}

/// The time in an HTTP date, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(super) fn http_date(value: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(value).ok().map(|date| date.to_utc())
}

/// The wait that a `Retry-After` asks for, in seconds or as a date; `None` when it asks for none.
///
/// A date is compared with the server's own `Date`: its clock set both, ours may differ.
pub(super) fn retry_after(value: &str, date: Option<DateTime<Utc>>) -> Option<Duration> {
    let wait = if value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number too large for us still means "long".
        Duration::from_secs(value.parse().unwrap_or(u64::MAX))
    } else {
        let until = http_date(value)?;
        match date {
            Some(date) => (until - date).to_std().ok()?,
            None => UNTOLD_WAIT,
        }
    };
    (!wait.is_zero()).then_some(wait)
}

/// The `charset` parameter of a media type.
pub(super) fn charset_of(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_seconds_or_as_a_date() {
        let date = http_date("Sun, 06 Nov 1994 08:49:37 GMT");
        assert!(date.is_some());
        assert_eq!(retry_after("120", None), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:50:07 GMT", date), Some(Duration::from_secs(30)));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:50:07 GMT", None), Some(UNTOLD_WAIT));
        assert_eq!(retry_after("99999999999999999999999", None), Some(Duration::from_secs(u64::MAX)));
    }

    #[test]
    fn a_wait_that_is_over_or_nonsense_is_none() {
        let date = http_date("Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(retry_after("0", None), None);
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:36 GMT", date), None);
        assert_eq!(retry_after("soon", date), None);
        assert_eq!(retry_after("-5", date), None);
    }

    #[test]
    fn the_charset_is_found_among_the_parameters() {
        assert_eq!(charset_of("text/xml; boundary=x; Charset=\"GB2312\""), Some("GB2312".to_owned()));
        assert_eq!(charset_of("text/xml"), None);
        assert_eq!(charset_of("charset=utf-8"), None);
    }
}
