//! `/services`: the catalogue, in pages.

use std::sync::Arc;

use crate::{
    commands::{Answer, Kind, Refusal, Request, View, parse, standing::Standing},
    domain::{Mark, Service, Span},
    text::{Draft, Text, affected},
};

/// Lines on a page.
const PAGE: usize = 20;

/// The categories with their sizes, or the services of a category or a search.
///
/// # Errors
///
/// [`Refusal::UnknownService`] when the search finds nothing.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let page = request.integer("page").unwrap_or(1);
    let mut draft = Draft::new(view.settings.locale);
    match request.text("search") {
        None => categories(page, view, &mut draft),
        Some(search) => {
            let found = found(search, view);
            if found.is_empty() {
                return Err(parse::unknown_service(search, Kind::Topic, view.catalogue));
            }
            draft.title(&Text::ServicesFound { count: found.len(), search });
            let shown = Shown::new(page, found.len());
            for service in found.iter().skip(shown.from).take(PAGE) {
                let standing = Standing::of(service, view);
                let code = format!("/status {}", service.id);
                draft.item(
                    Some(Mark::Condition(standing.condition)),
                    &Text::ServiceLine { service: &service.name, condition: standing.condition, command: &code },
                );
            }
            shown.footer(&format!("/services {search}"), &mut draft);
        }
    }
    Ok(Answer::shown(draft.finish()))
}

fn categories(page: usize, view: &View<'_>, draft: &mut Draft) {
    let categories = view.catalogue.categories();
    draft.title(&Text::Services { count: view.catalogue.services().len() });
    let shown = Shown::new(page, categories.len());
    for category in categories.iter().skip(shown.from).take(PAGE) {
        let names: Vec<String> = view
            .catalogue
            .services()
            .filter(|service| service.category == *category)
            .map(|service| service.name.clone())
            .collect();
        let list: Vec<Span> = affected(view.settings.locale, &names);
        draft.item(None, &Text::CategoryLine { category, count: names.len(), services: &list });
    }
    if let Some(first) = categories.first() {
        draft.paragraph(&Text::ServicesHint { command: &format!("/services {first}") });
    }
    shown.footer("/services", draft);
}

/// A category's services; else those with the words in id, name or an alias; else those of nearly that name.
fn found<'a>(search: &str, view: &View<'a>) -> Vec<&'a Arc<Service>> {
    let wanted = search.trim().to_lowercase();
    let all = || view.catalogue.services();
    let of_category: Vec<_> = all().filter(|service| service.category == wanted).collect();
    if !of_category.is_empty() {
        return of_category;
    }
    let has_words = |service: &Service| {
        service.id.as_str().contains(&wanted)
            || service.name.to_lowercase().contains(&wanted)
            || service.aliases.iter().any(|alias| alias.contains(&wanted))
    };
    let with_words: Vec<_> = all().filter(|service| has_words(service)).collect();
    if with_words.is_empty() { view.catalogue.near(search, PAGE) } else { with_words }
}

/// Which part of a long list is shown.
struct Shown {
    page: usize,
    pages: usize,
    from: usize,
}

impl Shown {
    /// A page beyond the last is the last.
    fn new(page: usize, lines: usize) -> Self {
        let pages = lines.div_ceil(PAGE).max(1);
        let page = page.clamp(1, pages);
        Self { page, pages, from: (page - 1) * PAGE }
    }

    fn footer(&self, command: &str, draft: &mut Draft) {
        let (page, pages) = (self.page, self.pages);
        if page < pages {
            let next = format!("{command} page:{}", page + 1);
            draft.footer(&Text::PageNext { page, pages, next: &next });
        } else if pages > 1 {
            draft.footer(&Text::PageLast { page, pages });
        }
    }
}
