//! The services to watch: those built in, those of a directory, those of the configuration itself.

use std::{collections::BTreeSet, fs, path::Path};

use include_dir::{Dir, include_dir};

use crate::{
    config::{
        document::{self, Entry, Value},
        fault::{Fault, Place, suggestion},
        service_file::{self, Described, Rules, tables_of},
        settings::ServiceSettings,
    },
    domain::{Catalogue, CatalogueFault, ServiceId},
};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config/services");

/// Where services came from, after replacements and `only`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    /// Built into the program.
    pub built_in: usize,
    /// From `[services] directory`.
    pub directory: usize,
    /// From `[[service]]` in the configuration.
    pub inline: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    BuiltIn,
    Directory,
    Inline,
}

/// Services being gathered. Later ones take the place of earlier ones of another origin.
#[derive(Default)]
struct Gathered {
    services: Vec<(Origin, Described)>,
    /// Ids of services that a fault has left out: who names one of them is not at fault.
    broken: BTreeSet<ServiceId>,
    faults: Vec<Fault>,
}

/// The services that these settings ask for, with everything that is wrong with them.
///
/// `inline` are those of the configuration; `None` when it could not be read to its end: then nobody knows which
/// services it would have added, and `only` is not looked at.
pub(super) fn load(settings: &ServiceSettings, inline: Option<Option<&Entry>>) -> (Catalogue, Origins, Vec<Fault>) {
    let mut gathered = Gathered::default();
    if settings.catalogue {
        gathered.take_built_in();
    }
    if let Some(directory) = &settings.directory {
        gathered.take_directory(directory);
    }
    if let Some(Some(entry)) = inline {
        gathered.take_inline(entry);
    }
    gathered.check_together();
    if inline.is_some() {
        gathered.keep_only(&settings.only);
    }
    let Gathered { services, faults, .. } = gathered;
    let count = |origin| services.iter().filter(|(of, _)| *of == origin).count();
    let origins = Origins {
        built_in: count(Origin::BuiltIn),
        directory: count(Origin::Directory),
        inline: count(Origin::Inline),
    };
    let (catalogue, _) = Catalogue::new(services.into_iter().map(|(_, described)| described.service));
    (catalogue, origins, faults)
}

impl Gathered {
    fn take_built_in(&mut self) {
        let mut files: Vec<_> = BUILT_IN.files().collect();
        files.sort_by_key(|file| file.path());
        for file in files {
            let name = Path::new("config/services").join(file.path());
            self.take_file(Origin::BuiltIn, &name, file.contents_utf8().unwrap_or_default());
        }
    }

    fn take_directory(&mut self, directory: &Path) {
        let place = Place::File(directory.display().to_string().into());
        let listed = fs::read_dir(directory)
            .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>());
        let mut paths = match listed {
            Ok(paths) => paths,
            Err(error) => {
                let message = format!("the directory of `services.directory` cannot be read: {error}");
                self.faults.push(Fault::new(&place, message));
                return;
            }
        };
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
        paths.sort();
        for path in paths {
            match fs::read_to_string(&path) {
                Ok(text) => self.take_file(Origin::Directory, &path, &text),
                Err(error) => {
                    let place = Place::File(path.display().to_string().into());
                    self.faults.push(Fault::new(&place, format!("cannot be read: {error}")));
                }
            }
        }
    }

    fn take_file(&mut self, origin: Origin, path: &Path, text: &str) {
        let table = match document::parse(&path.display().to_string(), text) {
            Ok(table) => table,
            Err(broken) => {
                self.faults.extend(broken.faults);
                self.broken.extend(path.file_stem().and_then(|stem| ServiceId::new(stem.to_str()?)));
                return;
            }
        };
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if let Some(entry) = table.entry("id")
            && let Value::Text(id) = &entry.value
            && id != stem
        {
            let message = format!("`id`: the file is called `{stem}.toml`, so expected \"{stem}\", found `{id}`");
            self.faults.push(Fault::new(&entry.place, message));
        }
        self.take(origin, &table, Rules { prefix: "", https_only: origin == Origin::BuiltIn });
    }

    fn take_inline(&mut self, entry: &Entry) {
        match tables_of(entry) {
            Some(tables) => {
                for table in tables {
                    self.take(Origin::Inline, table, Rules { prefix: "service.", https_only: false });
                }
            }
            None => self.faults.push(Fault::new(&entry.place, "`service`: expected [[service]], with two brackets")),
        }
    }

    fn take(&mut self, origin: Origin, table: &document::Table, rules: Rules) {
        let Some(described) = service_file::read(table, rules, &mut self.faults) else {
            self.broken.extend(table.entry("id").and_then(|entry| ServiceId::new(entry.value.text()?)));
            return;
        };
        let id = &described.service.id;
        if id.is_of_bot() {
            let message = format!("`{}id`: `{id}` is the bot itself; choose another id", rules.prefix);
            self.faults.push(Fault::new(described.place_of(id.as_str()), message));
            return;
        }
        match self.services.iter_mut().find(|(_, other)| other.service.id == *id) {
            Some((of, _)) if *of == origin => {
                let fault = CatalogueFault::SameId(id.clone()).to_string();
                self.faults.push(Fault::new(described.place_of(id.as_str()), fault));
            }
            Some(replaced) => *replaced = (origin, described),
            None => self.services.push((origin, described)),
        }
    }

    /// Notes what is wrong between services: words that name two, relations to services that do not exist.
    fn check_together(&mut self) {
        // The operator's come last, so that a word both want is told at the operator's place.
        self.services.sort_by_key(|(origin, _)| match origin {
            Origin::BuiltIn => 0,
            Origin::Directory => 1,
            Origin::Inline => 2,
        });
        let (catalogue, faults) = Catalogue::new(self.services.iter().map(|(_, described)| described.service.clone()));
        for fault in faults {
            let (service, word) = match &fault {
                CatalogueFault::SameId(id) => (id, id.as_str()),
                CatalogueFault::SameWord { word, second, .. } => (second, word.as_str()),
                CatalogueFault::Missing { missing, .. } if self.broken.contains(missing) => continue,
                CatalogueFault::Missing { service, missing, .. } => (service, missing.as_str()),
            };
            let near = match &fault {
                CatalogueFault::Missing { missing, .. } => suggestion(missing.as_str(), ids(&catalogue)),
                CatalogueFault::SameId(_) | CatalogueFault::SameWord { .. } => String::new(),
            };
            if let Some((_, described)) = self.services.iter().find(|(_, described)| described.service.id == *service) {
                self.faults.push(Fault::new(described.place_of(word), format!("{fault}{near}")));
            }
        }
        for (_, described) in &self.services {
            let category = &described.service.category;
            if let Some(other) = catalogue.by_word(category) {
                let message = format!("`{category}` cannot be a category: it names the service `{}`", other.id);
                self.faults.push(Fault::new(described.place_of(category), message));
            }
        }
    }

    /// Leaves out all but these, also where others name them.
    fn keep_only(&mut self, only: &[(Place, String)]) {
        if only.is_empty() {
            return;
        }
        let known: Vec<&str> = self.services.iter().map(|(_, described)| described.service.id.as_str()).collect();
        for (place, id) in only {
            let is_broken = ServiceId::new(id).is_some_and(|id| self.broken.contains(&id));
            if !known.contains(&id.as_str()) && !is_broken {
                let near = suggestion(id, known.iter().copied());
                self.faults.push(Fault::new(place, format!("`services.only`: there is no service `{id}`{near}")));
            }
        }
        let is_kept = |id: &ServiceId| only.iter().any(|(_, kept)| kept == id.as_str());
        self.services.retain(|(_, described)| is_kept(&described.service.id));
        for (_, described) in &mut self.services {
            described.service.depends_on.retain(is_kept);
            described.service.alternatives.retain(is_kept);
        }
    }
}

fn ids(catalogue: &Catalogue) -> impl Iterator<Item = &str> {
    catalogue.services().map(|service| service.id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ServiceId, SourceKind};

    /// What is wrong with the catalogue when this file is one more of it.
    fn faults(text: &str) -> Vec<String> {
        let mut gathered = Gathered::default();
        gathered.take_built_in();
        gathered.take_file(Origin::BuiltIn, Path::new("new.toml"), text);
        gathered.check_together();
        gathered.faults.into_iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn a_catalogue_file_at_fault_is_refused() {
        let source = "[[source]]\nkind = \"statuspage\"\nurl = \"https://status.new.example/api/v2/summary.json\"\n";
        let file = |more: &str, source: &str| {
            format!(
                "id = \"new\"\nname = \"New\"\ncategory = \"work\"\nhomepage = \"https://new.example\"\n{more}\n{source}"
            )
        };
        assert_eq!(
            faults(&file("aliases = [\"newest\"]\nalternatives = [\"github\"]\ndepends_on = [\"aws\"]", source)),
            [""; 0]
        );
        for (more, source, expect) in [
            ("", source.replace("statuspage", "statuspag"), "expected one of"),
            ("", source.replace("https:", "http:"), "expected an https address"),
            ("", source.replace("https://status", "https://me:secret@status"), "expected an https address"),
            ("status_page = \"http://status.new.example\"", source.to_owned(), "expected an https address"),
            ("", String::new(), "no source"),
            ("alternatives = [\"githob\"]", source.to_owned(), "names `githob` as alternatives, which is no service"),
            ("depends_on = [\"awss\"]", source.to_owned(), "names `awss` as depends_on, which is no service"),
            // Another's alias, id and name, in any letters; and an alias that is somebody's name.
            ("aliases = [\"Gh\"]", source.to_owned(), "`gh` names both `github` and `new`"),
            ("aliases = [\"OpenAI\"]", source.to_owned(), "`openai` names both"),
            ("aliases = [\"google workspace\"]", source.to_owned(), "`google workspace` names both"),
            ("aliases = [\"messaging\"]", source.to_owned(), "`messaging` cannot be a category"),
        ] {
            let told = faults(&file(more, &source));
            assert!(told.iter().any(|fault| fault.contains(expect)), "{more} {source}: {told:?}");
        }
        let homepage = file("", source).replace("https://new.example", "http://new.example");
        assert!(faults(&homepage).iter().any(|fault| fault.contains("expected an https")), "{:?}", faults(&homepage));
        let name = file("", source).replace("\"New\"", "\"Spotify\"");
        assert!(faults(&name).iter().any(|fault| fault.contains("`spotify` names both")), "{:?}", faults(&name));
    }

    #[test]
    fn the_catalogue_is_large_and_says_each_thing_once() {
        let mut gathered = Gathered::default();
        gathered.take_built_in();
        gathered.check_together();
        assert!(gathered.faults.is_empty());
        let services: Vec<_> = gathered.services.iter().map(|(_, described)| &described.service).collect();
        assert!(services.len() >= 120, "{}", services.len());
        let categories: BTreeSet<&str> = services.iter().map(|service| service.category.as_str()).collect();
        assert!(categories.len() >= 12, "{categories:?}");
        for service in services {
            let words = [service.id.as_str(), service.name.as_str()]
                .into_iter()
                .chain(service.aliases.iter().map(String::as_str));
            let words: Vec<String> = words.map(str::to_lowercase).collect();
            let aliases = words.iter().skip(2);
            let is_new = |alias: &String| words.iter().filter(|word| *word == alias).count() == 1;
            assert!(aliases.clone().all(is_new), "{}: {:?}", service.id, service.aliases);
            let others: Vec<&ServiceId> = service.alternatives.iter().chain(&service.depends_on).collect();
            assert!(!others.contains(&&service.id), "{} is no alternative to itself", service.id);
            assert_eq!(others.len(), others.iter().collect::<BTreeSet<_>>().len(), "{}", service.id);
            assert!(service.sources.iter().all(|source| source.kind != SourceKind::Json || source.json.is_some()));
        }
    }
}
