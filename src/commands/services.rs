//! `/services`: the catalogue, in pages.

use std::sync::Arc;

use crate::{
    commands::{Answer, Kind, Refusal, Request, View, menu, pages::Pages, parse, standing::Standing},
    domain::{Button, Catalogue, Locale, Mark, Service, Span},
    text::{Draft, Text, affected, plain, press},
};

/// Services on a page.
const PAGE: usize = 20;

/// Categories on a page: each has a button.
const CATEGORIES: usize = 16;

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
            let found = found(search, view.catalogue);
            if found.is_empty() {
                return Err(parse::unknown_service(search, Kind::Topic, view.catalogue));
            }
            draft.title(&Text::ServicesFound { count: found.len(), search });
            let shown = Pages::new(page, found.len(), PAGE);
            for service in found.iter().skip(shown.from).take(PAGE) {
                let condition = Standing::of(service, view).now();
                let code = format!("/status {}", service.id);
                draft.item(
                    Some(Mark::Condition(condition)),
                    &Text::ServiceLine { service: &service.name, condition, command: &code },
                );
            }
            let words = |page: usize| format!("services {search} page:{page}");
            menu::pages_footer(shown, &words, &mut draft);
            draft.row(beneath(search, shown, view.settings.locale));
        }
    }
    Ok(Answer::aside(draft.finish()))
}

fn categories(page: usize, view: &View<'_>, draft: &mut Draft) {
    let categories = view.catalogue.categories();
    draft.title(&Text::Services { count: view.catalogue.services().count() });
    let shown = Pages::new(page, categories.len(), CATEGORIES);
    let visible = || categories.iter().skip(shown.from).take(CATEGORIES);
    for category in visible() {
        let names: Vec<String> = view
            .catalogue
            .services()
            .filter(|service| service.category == *category)
            .map(|service| service.name.clone())
            .collect();
        let list: Vec<Span> = affected(view.settings.locale, &names);
        draft.item(None, &Text::CategoryLine { category, count: names.len(), services: &list });
    }
    let own: Vec<String> = view.catalogue.own().map(|page| page.name.clone()).collect();
    if !own.is_empty() && shown.page == 1 {
        let list = affected(view.settings.locale, &own);
        draft.item(None, &Text::OwnPages { count: own.len(), pages: &list });
    }
    if let Some(first) = categories.first() {
        draft.paragraph(&Text::ServicesHint { command: &format!("/services {first}") });
    }
    let words = |page: usize| format!("services page:{page}");
    menu::pages_footer(shown, &words, draft);
    // The page is named, so that the list makes room for the category.
    menu::rows(
        visible().filter_map(|category| press(category, format!("services {category} page:1"))).collect(),
        4,
        draft,
    );
    draft.row(menu::turning(view.settings.locale, shown, &Text::ButtonPrevious, &Text::ButtonNext, &words));
}

/// Back to the categories and on to the other pages of a search, as far as a button can hold its words.
fn beneath(search: &str, shown: Pages, locale: Locale) -> Vec<Button> {
    let mut buttons: Vec<_> = press(&plain(locale, &Text::ButtonBack), "services page:1").into_iter().collect();
    // A number at its end, or what looks like an option, would be read as one.
    let is_read_back = search.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '.'))
        && !search.ends_with(|last: char| last.is_ascii_digit());
    if is_read_back {
        let words = |page: usize| format!("services {search} page:{page}");
        buttons.extend(menu::turning(locale, shown, &Text::ButtonPrevious, &Text::ButtonNext, &words));
    }
    buttons
}

/// A category's services; else those with the words in id, name or an alias; else those of nearly that name.
fn found<'a>(search: &str, catalogue: &'a Catalogue) -> Vec<&'a Arc<Service>> {
    let wanted = search.trim().to_lowercase();
    let all = || catalogue.services();
    let of_category: Vec<_> = all().filter(|service| service.category == wanted).collect();
    if !of_category.is_empty() {
        return of_category;
    }
    let has_words = |service: &Service| {
        service.id.as_str().contains(&wanted)
            || service.name.to_lowercase().contains(&wanted)
            || service.aliases.iter().any(|alias| alias.contains(&wanted))
    };
    let mut with_words: Vec<_> = all().filter(|service| has_words(service)).collect();
    if with_words.is_empty() {
        return catalogue.near(search, PAGE);
    }
    // Who types a name means it: `yt` is YouTube before it is a part of Python.
    let is_name = |service: &Service| {
        service.id.as_str() == wanted || service.name.to_lowercase() == wanted || service.aliases.contains(&wanted)
    };
    with_words.sort_by_key(|service| !is_name(service));
    with_words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ServiceId;

    #[test]
    fn a_name_is_found_before_what_only_contains_it() {
        let service = |id: &str, name: &str, aliases: &[&str]| Service {
            id: ServiceId::new(id).unwrap(),
            name: name.to_owned(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            category: "code".to_owned(),
            homepage: None,
            status_page: None,
            depends_on: Vec::new(),
            alternatives: Vec::new(),
            sources: Vec::new(),
        };
        let (catalogue, faults) =
            Catalogue::new([service("python", "Python", &[]), service("youtube", "YouTube", &["yt"])]);
        assert_eq!(faults, []);
        let names = |search| found(search, &catalogue).iter().map(|one| one.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names("yt"), ["YouTube", "Python"]);
        assert_eq!(names("yth"), ["Python"]);
    }
}
