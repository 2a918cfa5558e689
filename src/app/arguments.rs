//! The command line.

use std::{path::PathBuf, sync::LazyLock};

use clap::{
    Parser, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use clap_complete::Shell;

use crate::domain::{Platform, SourceKind};

/// The commit that this was built from, where whoever built it said so.
pub const COMMIT: Option<&str> = match option_env!("FOGHORN_COMMIT") {
    Some(commit) if !commit.is_empty() => Some(commit),
    Some(_) | None => None,
};

/// The version, with the commit.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let version = env!("CARGO_PKG_VERSION");
    COMMIT.map_or_else(|| version.to_owned(), |commit| format!("{version} ({commit})"))
});

/// What `foghorn` was asked to do.
#[derive(Clone, Debug, PartialEq, Parser)]
#[command(
    name = "foghorn",
    version = VERSION.as_str(),
    about = "Tells chats about outages: once, completely, and when they are over",
    long_about = "Foghorn reads the status feeds of the services people rely on and tells every chat that asked about \
                  an outage: when it begins, how it goes on, and that it is over. Without a subcommand it runs the bot.",
    after_help = EXAMPLES
)]
pub struct Arguments {
    /// The configuration, where one is named.
    #[arg(long, value_name = "FILE", global = true, help = CONFIG_HELP)]
    pub config: Option<PathBuf>,
    /// What to do; `None`: run the bot.
    #[command(subcommand)]
    pub task: Option<Task>,
}

const CONFIG_HELP: &str =
    "The configuration; without it the file FOGHORN_CONFIG names, then foghorn.toml, config/foghorn.toml";

const EXAMPLES: &str = "\
Examples:
  foghorn demo                          watch four outages, no token or internet needed
  foghorn                               run the bot; without a token it talks on this terminal
  foghorn check                         is everything set up well, can every feed be read?
  foghorn status whatsapp github        how are these now?
  foghorn inspect https://www.githubstatus.com
  foghorn outbox                        what is not delivered, and why?

Tokens come from the environment (DISCORD_TOKEN, TELEGRAM_BOT_TOKEN) or a file, never from here.
Exit codes: 0 done, 1 the thing asked for failed, 2 wrong usage or configuration.";

/// One of the program's commands.
#[derive(Clone, Debug, PartialEq, Subcommand)]
pub enum Task {
    /// Run the bot: every chat platform whose token is set; with none set, the console.
    #[command(
        after_help = "Examples:\n  foghorn run\n  FOGHORN_STORE__PATH=/data foghorn run --config /etc/foghorn.toml"
    )]
    Run,
    /// Replay the outages of WhatsApp, TikTok, Spotify and Fiverr on this terminal.
    ///
    /// The same program against a status site simulated on this computer; needs no token and no internet, and ends by itself.
    #[command(after_help = "Examples:\n  foghorn demo\n  foghorn demo --speed 2")]
    Demo {
        /// How many times as fast as usual; at 1, all four fit into a minute. From 3 up it gets no faster.
        #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = speed)]
        speed: f64,
    },
    /// Validate configuration, services and command files, and read every feed once.
    #[command(
        after_help = "Examples:\n  foghorn check\n  foghorn check --config /etc/foghorn.toml\n\nExit codes: 0 all is well, 1 something is wrong, 2 the configuration is wrong."
    )]
    Check,
    /// Read one status page or feed and print what it says.
    #[command(after_help = "Examples:
  foghorn inspect https://www.githubstatus.com
  foghorn inspect saved-feed.rss --kind rss --format json")]
    Inspect {
        /// The page, the feed, or a file with a saved one.
        #[arg(value_name = "URL-or-FILE")]
        target: String,
        /// The format of the feed; without it, found out.
        #[arg(long, value_name = "KIND", value_parser = kind_parser())]
        kind: Option<SourceKind>,
        /// How the answer looks.
        #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
        format: OutputFormat,
    },
    /// Print the state of these services: what the bot knows while it runs, else what their feeds say now.
    #[command(after_help = "Examples:\n  foghorn status\n  foghorn status whatsapp tiktok")]
    Status {
        /// Ids, names or aliases; none: all services.
        #[arg(value_name = "SERVICE")]
        services: Vec<String>,
    },
    /// Ask the bot that runs with this configuration whether it turns; for container health checks.
    ///
    /// It is asked at `http.listen` or, where that is empty, through its socket in `store.path`.
    #[command(after_help = "Examples:
  foghorn health                        does it turn?
  foghorn health --ready                is it connected, does it read its sources? what is wrong?

Exit codes: 0 yes, 1 no, 2 the configuration is wrong.")]
    Health {
        /// Ask whether it does what it is for: the store answers, every platform is connected, sources are read.
        #[arg(long)]
        ready: bool,
    },
    /// See what is not delivered, and send again or drop what was given up.
    ///
    /// While the bot runs, it is asked; what is sent again goes out at once. Else it goes out when the bot starts.
    #[command(after_help = "Examples:
  foghorn outbox                        how much, by platform
  foghorn outbox list --dead            what was given up, and why
  foghorn outbox retry 17 18            send these after all
  foghorn outbox drop --all --platform telegram")]
    Outbox {
        /// What to do; without it, count.
        #[command(subcommand)]
        task: Option<OutboxTask>,
        /// How the answer looks.
        #[arg(long, value_enum, default_value_t = OutputFormat::Text, global = true)]
        format: OutputFormat,
    },
    /// Write down what chats have asked for, as JSON Lines: subscriptions, settings, mutes and watched pages.
    ///
    /// The bot may run meanwhile.
    #[command(after_help = "Examples:\n  foghorn export chats.jsonl\n  foghorn export | gzip > chats.jsonl.gz")]
    Export {
        /// Where to; without it, standard output.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Read what `export` has written into the store. What is there already stays as it is.
    ///
    /// While the bot runs, it takes that in, and tells whoever is new of the next outage.
    #[command(
        after_help = "Examples:\n  foghorn import chats.jsonl\n\nExit codes: 0 all is there, 1 some lines were skipped, and are named."
    )]
    Import {
        /// What `export` has written.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Write the script that completes these commands in a shell.
    #[command(after_help = "Examples:
  foghorn completions bash > ~/.local/share/bash-completion/completions/foghorn
  foghorn completions zsh > \"${fpath[1]}/_foghorn\"
  foghorn completions fish > ~/.config/fish/completions/foghorn.fish")]
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Write the manual page; into a directory, that of each command as well.
    #[command(after_help = "Examples:\n  foghorn man | man -l -\n  foghorn man /usr/local/share/man/man1")]
    Man {
        /// Where to; without it, standard output.
        #[arg(value_name = "DIRECTORY")]
        directory: Option<PathBuf>,
    },
    /// Read what can be read of a damaged store; the program starts this itself, as a process that may die of it.
    #[command(hide = true)]
    Salvage {
        /// Where the damaged files are.
        directory: PathBuf,
        /// Where to write.
        file: PathBuf,
    },
}

/// What `outbox` does.
#[derive(Clone, Debug, PartialEq, Subcommand)]
pub enum OutboxTask {
    /// List deliveries, the dead ones last.
    List {
        /// Only what waits for its first try.
        #[arg(long, conflicts_with_all = ["retrying", "dead"])]
        pending: bool,
        /// Only what was tried and is tried again.
        #[arg(long, conflicts_with = "dead")]
        retrying: bool,
        /// Only what was given up.
        #[arg(long)]
        dead: bool,
        /// Only for chats of this platform.
        #[arg(long, value_name = "PLATFORM", value_parser = platform_parser())]
        platform: Option<Platform>,
        /// At most so many.
        #[arg(long, value_name = "N", default_value_t = 50)]
        most: usize,
    },
    /// Deliver what was given up after all: what is true now is told now.
    Retry(Letters),
    /// Forget what was given up.
    Drop(Letters),
}

/// Which of the dead letters.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
pub struct Letters {
    /// Their numbers, as `list` shows them.
    #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    pub ids: Vec<u64>,
    /// All of them.
    #[arg(long)]
    pub all: bool,
    /// Of all, only those for chats of this platform.
    #[arg(long, value_name = "PLATFORM", requires = "all", value_parser = platform_parser())]
    pub platform: Option<Platform>,
}

/// How `inspect` and `outbox` answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

impl Arguments {
    /// What to do, `run` when nothing else was asked for.
    #[must_use]
    pub fn into_task(self) -> Task {
        self.task.unwrap_or(Task::Run)
    }
}

fn speed(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(speed) if speed.is_finite() && speed > 0.0 => Ok(speed),
        _ => Err("expected a number above 0, such as 5 or 0.5".to_owned()),
    }
}

fn kind_parser() -> impl TypedValueParser<Value = SourceKind> {
    PossibleValuesParser::new(SourceKind::ALL.map(SourceKind::word)).try_map(|word| {
        // The words above are the only ones that come here.
        SourceKind::from_word(&word).ok_or("unknown kind")
    })
}

fn platform_parser() -> impl TypedValueParser<Value = Platform> {
    PossibleValuesParser::new(Platform::ALL.map(Platform::word)).try_map(|word| {
        // The words above are the only ones that come here.
        Platform::from_word(&word).ok_or("unknown platform")
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(line.split_whitespace())
    }

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn without_a_subcommand_the_bot_runs() {
        assert_eq!(parse("foghorn").unwrap().into_task(), Task::Run);
        assert_eq!(parse("foghorn --config a.toml").unwrap().config, Some("a.toml".into()));
    }

    #[test]
    fn the_configuration_may_be_named_after_every_command() {
        for line in ["run", "demo", "check", "inspect x", "status", "health", "outbox", "outbox list", "export"] {
            let arguments = parse(&format!("foghorn {line} --config a.toml")).unwrap();
            assert_eq!(arguments.config, Some("a.toml".into()), "{line}");
        }
    }

    #[test]
    fn inspect_takes_every_kind_and_no_other() {
        for kind in SourceKind::ALL {
            let arguments = parse(&format!("foghorn inspect page --kind {}", kind.word())).unwrap();
            let expect = Task::Inspect { target: "page".to_owned(), kind: Some(kind), format: OutputFormat::Text };
            assert_eq!(arguments.into_task(), expect);
        }
        let error = parse("foghorn inspect page --kind statuspaeg").unwrap_err();
        assert!(error.to_string().contains("'statuspage'"), "{error}");
    }

    #[test]
    fn wrong_usage_exits_with_two_and_help_with_zero() {
        for line in [
            "foghorn inspect",
            "foghorn rnu",
            "foghorn demo --speed 0",
            "foghorn --token x",
            "foghorn outbox retry",
            "foghorn outbox drop 1 --all",
        ] {
            assert_eq!(parse(line).unwrap_err().exit_code(), 2, "{line}");
        }
        for line in ["foghorn --help", "foghorn --version", "foghorn inspect --help"] {
            assert_eq!(parse(line).unwrap_err().exit_code(), 0, "{line}");
        }
    }
}
