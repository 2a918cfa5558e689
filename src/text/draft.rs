//! Putting a message together from texts.

use crate::{
    domain::{Block, Button, Locale, Mark, Message, Span},
    text::{Text, say},
};

/// A message being put together in one language.
#[derive(Clone, Debug)]
pub struct Draft {
    locale: Locale,
    message: Message,
}

impl Draft {
    /// An empty message.
    #[must_use]
    pub fn new(locale: Locale) -> Self {
        Self { locale, message: Message { locale, ..Message::default() } }
    }

    /// Its language.
    #[must_use]
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// The mark of the whole.
    pub fn mark(&mut self, mark: Mark) {
        self.message.mark = Some(mark);
    }

    /// Who is called.
    pub fn mention(&mut self, mention: Option<String>) {
        self.message.mention = mention;
    }

    /// The headline.
    pub fn title(&mut self, text: &Text<'_>) {
        self.push(Block::Title(say(self.locale, text)));
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &Text<'_>) {
        self.push(Block::Paragraph(say(self.locale, text)));
    }

    /// A label with a value.
    pub fn field(&mut self, label: &Text<'_>, value: Vec<Span>) {
        self.push(Block::Field { label: say(self.locale, label), value });
    }

    /// A line of a list.
    pub fn item(&mut self, mark: Option<Mark>, text: &Text<'_>) {
        self.push(Block::Item { mark, line: say(self.locale, text) });
    }

    /// Small print.
    pub fn footer(&mut self, text: &Text<'_>) {
        self.push(Block::Footer(say(self.locale, text)));
    }

    /// A row of buttons below all that was put below before; none when it is empty.
    pub fn row(&mut self, buttons: impl IntoIterator<Item = Button>) {
        let row: Vec<Button> = buttons.into_iter().collect();
        if !row.is_empty() {
            self.message.buttons.push(row);
        }
    }

    /// Any other part.
    pub fn push(&mut self, block: Block) {
        self.message.blocks.push(block);
    }

    /// The message.
    #[must_use]
    pub fn finish(self) -> Message {
        self.message
    }
}
