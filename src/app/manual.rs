//! What shells and `man` want to know of the command line, from the command line itself.

use std::{io, path::Path};

use clap::CommandFactory;
use clap_complete::Shell;

use crate::app::arguments::Arguments;

/// The script that completes the program's commands in this shell.
#[must_use]
pub fn completions(shell: Shell) -> String {
    let mut command = Arguments::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The manual page of the program as a whole, in roff.
///
/// # Errors
///
/// None in practice: it is written into memory.
pub fn page() -> io::Result<String> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// Writes the manual pages of the program and of each of its commands into a directory, which is made where it is not there.
///
/// # Errors
///
/// When that cannot be written.
pub fn write_pages(directory: &Path) -> io::Result<()> {
    std::fs::create_dir_all(directory)?;
    clap_mangen::generate_to(Arguments::command(), directory)
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn every_shell_gets_a_script_that_knows_the_commands() {
        for shell in Shell::value_variants() {
            let script = completions(*shell);
            for command in ["inspect", "outbox", "retry"] {
                assert!(script.contains(command), "{shell}: {command}");
            }
        }
    }

    #[test]
    fn each_command_that_is_not_hidden_has_a_page() {
        assert!(page().unwrap().contains(".TH foghorn 1"));
        let directory = tempfile::tempdir().unwrap();
        let pages = directory.path().join("man1");
        write_pages(&pages).unwrap();
        let mut names: Vec<String> = Vec::new();
        for entry in std::fs::read_dir(&pages).unwrap() {
            names.push(entry.unwrap().file_name().into_string().unwrap());
        }
        for expected in ["foghorn.1", "foghorn-run.1", "foghorn-check.1", "foghorn-outbox-retry.1"] {
            assert!(names.iter().any(|name| name == expected), "{expected} is not among {names:?}");
        }
        assert!(!names.iter().any(|name| name.contains("salvage")), "{names:?}");
    }
}
