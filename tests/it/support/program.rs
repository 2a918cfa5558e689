//! The real program as a child process: its console by pipes, its files in a directory of its own.

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::{Arc, Condvar, Mutex},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// How long anything may take before a test gives up, with all that was said so far.
const PATIENCE: Duration = Duration::from_secs(240);

/// What every program of these tests is told unless a test says otherwise: nothing built in, no page, quick polls, and
/// an alert for each outage, however many there are.
const SETTINGS: &str = r#"
poll = { interval = "60ms", incident_interval = "60ms", timeout = "5s", per_host = 64 }
probe = { controls = [] }
console = { language = "en", timezone = "UTC" }
http = { listen = "" }
delivery = { storm_outages = 0 }
services = { catalogue = false }
"#;

/// A directory with a configuration, and the store that programs started in it share.
pub struct Home {
    directory: tempfile::TempDir,
}

impl Home {
    /// With the usual settings and these services.
    pub fn new(services: &str) -> Self {
        Self::with(SETTINGS, services)
    }

    /// With the usual settings, of which some say something else: what is to be replaced, and by what.
    pub fn changed(changes: &[(&str, &str)], services: &str) -> Self {
        let settings = changes.iter().fold(SETTINGS.to_owned(), |settings, (from, to)| {
            assert!(settings.contains(from), "{from} is not set in {settings}");
            settings.replace(from, to)
        });
        Self::with(&settings, services)
    }

    /// With just this configuration.
    pub fn with(settings: &str, services: &str) -> Self {
        let home = Self { directory: tempfile::tempdir().unwrap() };
        fs::write(home.config(), format!("{settings}\n{services}")).unwrap();
        home
    }

    /// Where the programs are started.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    pub fn config(&self) -> PathBuf {
        self.directory.path().join("foghorn.toml")
    }

    /// The program with these arguments, not started yet: nothing of the tests' own environment changes what it does.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.prepared(Command::new(env!("CARGO_BIN_EXE_foghorn")), arguments)
    }

    /// The program as a shell starts it after these words, which end with `exec "$0" "$@"`.
    pub fn command_after(&self, words: &str, arguments: &[&str]) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", words, env!("CARGO_BIN_EXE_foghorn")]);
        self.prepared(shell, arguments)
    }

    fn prepared(&self, mut command: Command, arguments: &[&str]) -> Command {
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            let is_ours = text.starts_with("FOGHORN_") || text.starts_with("LC_") || text.ends_with("_TOKEN");
            if is_ours || ["LANG", "LANGUAGE", "TZ", "RUST_LOG", "NO_COLOR", "RUST_BACKTRACE"].contains(&&*text) {
                command.env_remove(name);
            }
        }
        command.args(arguments).current_dir(self.directory.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Starts the bot.
    pub fn start(&self) -> Program {
        Program::start(self.command(&[]))
    }

    /// Runs the program to its end with this on its standard input.
    pub fn run(&self, arguments: &[&str], input: &[u8]) -> Ended {
        Program::start(self.command(arguments)).finish(input)
    }
}

/// A `[[service]]` with one source.
pub fn service(id: &str, name: &str, kind: &str, url: &str) -> String {
    format!("[[service]]\nid = \"{id}\"\nname = \"{name}\"\n[[service.source]]\nkind = \"{kind}\"\nurl = \"{url}\"\n")
}

/// How a program ended, and all it said.
#[derive(Debug)]
pub struct Ended {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

impl Ended {
    pub fn code(&self) -> Option<i32> {
        self.status.code()
    }
}

/// A running program; it is killed when dropped.
pub struct Program {
    child: Child,
    input: Option<ChildStdin>,
    output: Heard,
    log: Heard,
    /// How much of the output a test has looked at.
    seen: usize,
    marks: usize,
}

impl Program {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let output = Heard::listen(child.stdout.take().unwrap());
        let log = Heard::listen(child.stderr.take().unwrap());
        Self { input: child.stdin.take(), child, output, log, seen: 0, marks: 0 }
    }

    pub fn type_line(&mut self, line: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(format!("{line}\n").as_bytes()).unwrap();
        input.flush().unwrap();
    }

    /// Waits until this is printed after what was waited for before; gives what was printed until then.
    pub fn until(&mut self, text: &str) -> String {
        let whole = self.output.wait(text, self.seen, &self.log);
        let end = whole[self.seen..].find(text).unwrap() + self.seen + text.len();
        let passage = whole[self.seen..end].to_owned();
        self.seen = end;
        passage
    }

    /// As [`Program::until`], with everything up to the end of the message.
    pub fn message_with(&mut self, text: &str) -> String {
        let beginning = self.until(text);
        beginning + &self.until("\n\n")
    }

    /// What the console answers to a line, with whatever is told meanwhile.
    pub fn ask(&mut self, line: &str) -> String {
        self.marks += 1;
        let mark = format!("`/mark{}`", self.marks);
        self.type_line(line);
        self.type_line(mark.trim_matches('`'));
        let passage = self.message_with(&mark);
        passage.trim_end().rsplit_once("\n\n").map_or("", |(answer, _)| answer).to_owned()
    }

    /// Waits until this is in the log.
    pub fn until_logged(&self, text: &str) {
        self.log.wait(text, 0, &self.output);
    }

    /// Everything printed so far.
    pub fn printed(&self) -> String {
        self.output.so_far()
    }

    pub fn logged(&self) -> String {
        self.log.so_far()
    }

    /// The most memory that the process ever held, in bytes.
    pub fn peak_memory(&self) -> u64 {
        self.memory("VmHWM:")
    }

    /// One of the kernel's figures on the process's memory (`proc(5)`, status), in bytes.
    pub fn memory(&self, figure: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(figure)).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, name: &str) {
        let told = Command::new("kill").args([format!("-{name}"), self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
    }

    /// Ends it without a warning.
    pub fn kill(mut self) -> Ended {
        self.child.kill().unwrap();
        self.ended()
    }

    /// Signals and waits for the end.
    pub fn stop(mut self, signal: &str) -> Ended {
        self.signal(signal);
        self.ended()
    }

    /// Types what is left, then waits for the end.
    pub fn finish(mut self, input: &[u8]) -> Ended {
        // One that does not read its input ends without.
        drop(self.input.take().unwrap().write_all(input));
        self.ended()
    }

    /// Waits for the end, with the input left open.
    fn ended(&mut self) -> Ended {
        let until = Instant::now() + PATIENCE;
        if !(self.output.finish(until) && self.log.finish(until)) {
            panic!("it did not end\n{}\n{}", self.output.so_far(), self.log.so_far());
        }
        let status = self.child.wait().unwrap();
        Ended { status, stdout: self.output.so_far(), stderr: self.log.so_far() }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended before.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What comes out of a pipe, read by a thread of its own.
struct Heard {
    page: Arc<Page>,
    reader: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Page {
    text: Mutex<Text>,
    grown: Condvar,
}

#[derive(Default)]
struct Text {
    bytes: Vec<u8>,
    is_whole: bool,
}

impl Heard {
    fn listen(mut pipe: impl Read + Send + 'static) -> Self {
        let page = Arc::new(Page::default());
        let ours = Arc::clone(&page);
        let reader = thread::spawn(move || {
            let mut piece = [0; 4096];
            loop {
                let count = pipe.read(&mut piece).unwrap_or_default();
                let mut text = ours.text.lock().unwrap();
                text.bytes.extend_from_slice(&piece[..count]);
                text.is_whole = count == 0;
                ours.grown.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        Self { page, reader: Some(reader) }
    }

    /// Waits until all is read; whether that came in time.
    fn finish(&mut self, until: Instant) -> bool {
        let text = self.page.text.lock().unwrap();
        let left = until.saturating_duration_since(Instant::now());
        let (text, _) = self.page.grown.wait_timeout_while(text, left, |text| !text.is_whole).unwrap();
        let is_whole = text.is_whole;
        drop(text);
        if is_whole {
            self.reader.take().into_iter().for_each(|reader| reader.join().unwrap());
        }
        is_whole
    }

    fn so_far(&self) -> String {
        String::from_utf8_lossy(&self.page.text.lock().unwrap().bytes).into_owned()
    }

    fn wait(&self, text: &str, from: usize, other: &Self) -> String {
        let holds =
            |page: &Text| page.bytes.get(from..).is_some_and(|rest| String::from_utf8_lossy(rest).contains(text));
        let page = self.page.text.lock().unwrap();
        let waited = self.page.grown.wait_timeout_while(page, PATIENCE, |page| !page.is_whole && !holds(page));
        let (page, _) = waited.unwrap();
        let (is_there, whole) = (holds(&page), String::from_utf8_lossy(&page.bytes).into_owned());
        drop(page);
        assert!(is_there, "{text:?} did not come\n--- this did:\n{whole}\n--- and beside it:\n{}", other.so_far());
        whole
    }
}

/// Titles of the alerts in what a console printed: they begin with the time of day.
pub fn alerts(printed: &str) -> Vec<String> {
    let is_stamp = |line: &&str| {
        let bytes = line.as_bytes();
        bytes.len() > 6
            && bytes[2] == b':'
            && bytes[5] == b' '
            && [0, 1, 3, 4].iter().all(|at| bytes[*at].is_ascii_digit())
    };
    printed.lines().filter(is_stamp).map(|line| line[6..].to_owned()).collect()
}
