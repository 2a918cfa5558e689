//! The `foghorn` program: arguments, error report, exit code.

use std::process::ExitCode;

use clap::Parser;
use color_eyre::eyre::Result;
use foghorn::app::{arguments::Arguments, cli};

fn main() -> Result<ExitCode> {
    color_eyre::config::HookBuilder::default().display_env_section(false).install()?;
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let ended = runtime.block_on(cli::execute(arguments));
    // A thread that waits for a line of the terminal must not hold up the end.
    runtime.shutdown_background();
    Ok(ExitCode::from(cli::report(ended)))
}
