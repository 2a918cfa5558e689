//! What was measured, with the budget beside it.

/// Prints a row for each figure as soon as it is known.
pub struct Table {
    words: Vec<String>,
    missed: Vec<String>,
}

/// How a figure is held against its budget.
#[derive(Clone, Copy)]
pub enum Budget {
    AtMost(f64),
    AtLeast(f64),
    /// Nothing was promised.
    Free,
}

impl Table {
    pub fn new(words: Vec<String>) -> Self {
        if words.is_empty() {
            let cores = std::thread::available_parallelism().map_or(1, usize::from);
            println!("# Performance\n");
            println!(
                "What Foghorn costs, measured by `cargo bench --bench budgets > docs/PERFORMANCE.md` on a computer of {cores} cores,"
            );
            println!("on which the status pages and both platforms ran as well.\n");
        }
        println!("| what | measured | budget | |\n| --- | ---: | ---: | --- |");
        Self { words, missed: Vec::new() }
    }

    /// Whether this row was asked for.
    pub fn wants(&self, name: &str) -> bool {
        self.words.is_empty() || self.words.iter().any(|word| name.contains(word.as_str()))
    }

    pub fn row(&mut self, name: &str, figure: f64, unit: &str, budget: Budget) {
        let (promise, is_kept) = match budget {
            Budget::AtMost(most) => (format!("≤ {} {unit}", shown(most)), Some(figure <= most)),
            Budget::AtLeast(least) => (format!("≥ {} {unit}", shown(least)), Some(figure >= least)),
            Budget::Free => ("–".to_owned(), None),
        };
        let verdict = match is_kept {
            Some(true) => "kept",
            Some(false) => "**missed**",
            None => "",
        };
        println!("| {name} | {} {unit} | {promise} | {verdict} |", shown(figure));
        if is_kept == Some(false) {
            self.missed.push(name.to_owned());
        }
    }

    /// Says which budgets were missed.
    pub fn end(self) {
        match self.missed.as_slice() {
            [] => println!("\nall budgets are kept"),
            missed => println!("\nmissed: {}", missed.join("; ")),
        }
    }
}

/// A number with three digits that count.
fn shown(figure: f64) -> String {
    match figure.abs() {
        small if small < 10.0 => format!("{figure:.2}"),
        middling if middling < 100.0 => format!("{figure:.1}"),
        _ => format!("{figure:.0}"),
    }
}

/// The value that so many hundredths of all lie below.
pub fn quantile(sorted: &[f64], hundredths: usize) -> f64 {
    sorted[(sorted.len() * hundredths / 100).min(sorted.len() - 1)]
}
