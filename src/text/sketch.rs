//! Messages as plain text, for tests to compare.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use crate::{
    domain::{Act, Block, ChatSettings, Message, Span},
    text::{Text, mark, moment, plain},
};

/// The message with its structure shown by signs.
pub(crate) fn sketch(message: &Message, settings: &ChatSettings, now: DateTime<Utc>) -> String {
    let run = |spans: &[Span]| -> String {
        spans
            .iter()
            .map(|span| match span {
                Span::Text(words) => words.clone(),
                Span::Strong(words) => format!("**{words}**"),
                Span::Code(words) => format!("`{words}`"),
                Span::Link { label, url } => format!("[{label}]({url})"),
                Span::Time { at, style } => moment(settings, *at, *style, now),
            })
            .collect()
    };
    let mut text = String::new();
    if let Some(state) = message.mark {
        writeln!(text, "({})", mark(settings.locale, state)).unwrap();
    }
    if let Some(mention) = &message.mention {
        writeln!(text, "{mention}").unwrap();
    }
    for block in &message.blocks {
        match block {
            Block::Title(spans) => writeln!(text, "# {}", run(spans)),
            Block::Paragraph(spans) => writeln!(text, "{}", run(spans)),
            Block::Field { label, value } => {
                writeln!(text, "{}{}{}", run(label), plain(settings.locale, &Text::LabelSeparator), run(value))
            }
            Block::Item { mark: None, line } => writeln!(text, "- {}", run(line)),
            Block::Item { mark: Some(state), line } => {
                writeln!(text, "- ({}) {}", mark(settings.locale, *state), run(line))
            }
            Block::Quote(words) => writeln!(text, "> {}", words.replace('\n', "\n> ")),
            Block::Footer(spans) => writeln!(text, "-- {}", run(spans)),
        }
        .unwrap();
    }
    for row in &message.buttons {
        let row: Vec<String> = row
            .iter()
            .map(|button| match &button.act {
                Act::Open(url) => format!("[{}]({url})", button.label),
                Act::Press(words) => format!("[{}: {words}]", button.label),
            })
            .collect();
        writeln!(text, "{}", row.join(" ")).unwrap();
    }
    text
}
