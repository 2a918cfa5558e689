//! What differs between one day at Discord and another: rates, deadlines, how the gateway is set up.

use std::time::Duration;

/// So many requests in so much time.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    pub limit: u32,
    pub span: Duration,
}

impl Rate {
    pub const fn new(limit: u32, span: Duration) -> Self {
        Self { limit, span }
    }
}

/// How often a message may be edited that is older than an age.
#[derive(Clone, Copy, Debug)]
pub struct OldEdits {
    pub age: Duration,
    pub rate: Rate,
}

/// Where a rate is `None`, there is no limit and no header about one.
#[derive(Clone, Debug)]
pub struct Settings {
    pub global: Option<Rate>,
    /// Per channel.
    pub create_message: Option<Rate>,
    /// Per channel.
    pub edit_message: Option<Rate>,
    /// Per channel.
    pub delete_message: Option<Rate>,
    /// Per channel.
    pub crosspost: Option<Rate>,
    /// Per channel.
    pub create_thread: Option<Rate>,
    /// Per interaction.
    pub webhook: Option<Rate>,
    /// Per guild or channel; all that is named nowhere else.
    pub other: Option<Rate>,
    pub old_edits: OldEdits,
    /// How long an interaction waits for its first answer.
    pub answer_within: Duration,
    /// How long an interaction may be answered at all.
    pub token_life: Duration,
    /// How long a nonce is remembered.
    pub nonce_memory: Duration,
    /// Answers of 401, 403 and 429 in ten minutes after which the address is shut out.
    pub invalid_requests: usize,
    /// New commands a day.
    pub command_creates: usize,
    pub heartbeat: Duration,
    /// How long the gateway waits for the first word of a client.
    pub identify_within: Duration,
    /// Time in which only `max_concurrency` clients may identify themselves.
    pub identify_span: Duration,
    pub max_concurrency: u64,
    /// How often a client may still identify itself today.
    pub identifies_left: u32,
    /// How many shards are recommended.
    pub shards: u64,
    /// How many are needed at least.
    pub shards_needed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            global: Some(Rate::new(50, seconds(1))),
            create_message: Some(Rate::new(5, seconds(5))),
            edit_message: Some(Rate::new(5, seconds(5))),
            delete_message: Some(Rate::new(5, seconds(1))),
            crosspost: Some(Rate::new(10, seconds(3_600))),
            create_thread: Some(Rate::new(5, seconds(5))),
            webhook: Some(Rate::new(5, seconds(2))),
            other: Some(Rate::new(10, seconds(10))),
            old_edits: OldEdits { age: seconds(3_600), rate: Rate::new(30, seconds(3_600)) },
            answer_within: seconds(3),
            token_life: seconds(15 * 60),
            nonce_memory: seconds(5 * 60),
            invalid_requests: 10_000,
            command_creates: 200,
            heartbeat: Duration::from_millis(41_250),
            identify_within: seconds(30),
            identify_span: seconds(5),
            max_concurrency: 1,
            identifies_left: 1_000,
            shards: 1,
            shards_needed: 1,
        }
    }
}

impl Settings {
    /// Without any limit on how many requests come in how much time.
    pub fn unlimited(&mut self) {
        self.global = None;
        self.create_message = None;
        self.edit_message = None;
        self.delete_message = None;
        self.crosspost = None;
        self.create_thread = None;
        self.webhook = None;
        self.other = None;
    }
}
