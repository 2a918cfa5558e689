//! What the operator decides: settings, services, secrets.
//!
//! [`load`] reads the file, the environment and the service files and gives either all of it or every fault at once.

mod document;
mod fault;
mod json_rule;
mod layers;
mod reading;
mod secret;
mod service_file;
mod services;
mod settings;
#[cfg(test)]
mod tests;

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use document::Table;
use layers::Layers;

use crate::domain::Catalogue;
pub use fault::{ConfigFaults, Fault, Place};
pub use secret::Secret;
pub use services::Origins;
pub use settings::{
    DeliverySettings, DetectSettings, DiscordSettings, HistorySettings, HttpSettings, LogFormat, LogSettings,
    OperatorSettings, PollSettings, ProbeSettings, ServiceSettings, Settings, StoreSettings, TelegramSettings,
    WatchSettings, WebhookSettings,
};

/// The file that documents every setting and holds its default.
const BUILT_IN: &str = include_str!("../../config/foghorn.toml");

/// Where the configuration is looked for when nobody names a file.
const USUAL_FILES: [&str; 2] = ["foghorn.toml", "config/foghorn.toml"];

/// The environment variable that names the file when `--config` does not.
const FILE_VARIABLE: &str = "FOGHORN_CONFIG";

/// A configuration without a fault.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The settings.
    pub settings: Settings,
    /// The services to watch.
    pub catalogue: Catalogue,
    /// Where they came from.
    pub origins: Origins,
    /// The file that was read; `None`: built-in defaults only.
    pub file: Option<PathBuf>,
    /// What is no fault but worth telling the operator, one sentence each.
    pub notes: Vec<String>,
}

/// Loads the configuration from this file, or else the usual ones, under these environment variables.
///
/// # Errors
///
/// [`ConfigFaults`]: everything that is wrong in any file or variable.
pub fn load(
    path: Option<&Path>,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Loaded, ConfigFaults> {
    let environment: Vec<(String, String)> = environment.into_iter().collect();
    let mut faults = Vec::new();
    let file = file_to_read(path, &environment);
    let table = file.as_deref().and_then(|file| read_file(file, &mut faults));
    let is_whole = faults.is_empty();
    let mut layers = Layers::new(built_in(), table, &environment);
    let settings = reading::settings(&mut layers, &environment);
    let inline = is_whole.then(|| layers.service_entry());
    let (catalogue, origins, service_faults) = services::load(&settings.services, inline);
    let notes = notes(&settings, &layers);
    faults.extend(layers.into_faults());
    faults.extend(service_faults);
    match ConfigFaults::sorted(faults) {
        Some(faults) => Err(faults),
        None => Ok(Loaded { settings, catalogue, origins, file, notes }),
    }
}

/// The built-in settings under these environment variables, of which only those of the terminal's language and zone count.
#[must_use]
pub fn defaults(environment: impl IntoIterator<Item = (String, String)>) -> Settings {
    let is_own = |(name, _): &(String, String)| name.starts_with("FOGHORN_");
    let environment: Vec<(String, String)> = environment.into_iter().filter(|pair| !is_own(pair)).collect();
    reading::settings(&mut Layers::new(built_in(), None, &environment), &environment)
}

/// The variables of this process, for [`load`]; with the computer's time zone as `TZ` when that is not set.
#[must_use]
pub fn process_environment() -> Vec<(String, String)> {
    // What is no Unicode is kept as well as it can be: a setting that is dropped in silence would be worse.
    let mut variables: Vec<(String, String)> = env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
        .collect();
    if !variables.iter().any(|(name, _)| name == "TZ") {
        variables.extend(computer_timezone().map(|zone| ("TZ".to_owned(), zone)));
    }
    variables
}

/// The name in the tz database that `/etc/localtime` points to, on systems that have it as a link.
fn computer_timezone() -> Option<String> {
    let target = fs::read_link("/etc/localtime").ok()?;
    target.to_str()?.split_once("/zoneinfo/").map(|(_, name)| name.to_owned())
}

fn built_in() -> Table {
    document::parse("config/foghorn.toml (built in)", BUILT_IN).expect("the built-in file is valid, as a test shows")
}

fn file_to_read(path: Option<&Path>, environment: &[(String, String)]) -> Option<PathBuf> {
    let from_variable = || environment.iter().find(|(name, file)| name == FILE_VARIABLE && !file.is_empty());
    path.map(Path::to_path_buf)
        .or_else(|| from_variable().map(|(_, file)| PathBuf::from(file)))
        .or_else(|| USUAL_FILES.into_iter().map(PathBuf::from).find(|file| file.exists()))
}

/// What stands in the operator's file, as far as it can be read.
fn read_file(file: &Path, faults: &mut Vec<Fault>) -> Option<Table> {
    let name = file.display().to_string();
    match fs::read_to_string(file) {
        Ok(text) => Some(document::parse(&name, &text).unwrap_or_else(|broken| {
            faults.extend(broken.faults);
            broken.above
        })),
        Err(error) => {
            let message = format!("the configuration cannot be read: {error}");
            faults.push(Fault::new(&Place::File(name.into()), message));
            None
        }
    }
}

fn notes(settings: &Settings, layers: &Layers) -> Vec<String> {
    let mut notes = Vec::new();
    if settings.poll.interval < Duration::from_secs(5) && layers.is_set("poll.interval") {
        let interval = humantime::format_duration(settings.poll.interval);
        notes.push(format!("`poll.interval` is {interval}: public status pages will ask to be read less often"));
    }
    notes
}
