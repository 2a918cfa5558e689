//! Which part of a long list is shown.

/// One page of a long list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pages {
    /// The page that is shown, from 1.
    pub(super) page: usize,
    /// How many there are, at least 1.
    pub(super) pages: usize,
    /// Lines before this page.
    pub(super) from: usize,
}

impl Pages {
    /// A list of `lines`, `size` of them to a page. A page beyond the last is the last.
    pub(super) fn new(page: usize, lines: usize, size: usize) -> Self {
        let pages = lines.div_ceil(size).max(1);
        let page = page.clamp(1, pages);
        Self { page, pages, from: (page - 1) * size }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_beyond_the_last_is_the_last() {
        assert_eq!(Pages::new(1, 0, 10), Pages { page: 1, pages: 1, from: 0 });
        assert_eq!(Pages::new(2, 10, 10), Pages { page: 1, pages: 1, from: 0 });
        assert_eq!(Pages::new(usize::MAX, 21, 10), Pages { page: 3, pages: 3, from: 20 });
        assert_eq!(Pages::new(0, 21, 10), Pages { page: 1, pages: 3, from: 0 });
    }
}
