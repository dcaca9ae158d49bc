//! The address of the page that contains the console.

use contract::search;

/// The address of the page, without its fragment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageAddress(String);

impl PageAddress {
    /// The address of a page; a fragment is left out.
    pub fn new(href: &str) -> Self {
        Self(href.split('#').next().unwrap_or_default().to_owned())
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> &str {
        self.parts().0
    }

    /// The path of the folder that the page is in, without the slash at its end: empty for the root.
    pub(crate) fn folder(&self) -> &str {
        let path = self.parts().1.split('?').next().unwrap_or_default();
        path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The address with a fragment.
    pub(crate) fn with_fragment(&self, fragment: &str) -> String {
        format!("{}#{fragment}", self.0)
    }

    /// The origin, and what follows it.
    fn parts(&self) -> (&str, &str) {
        let authority = search::find(&self.0, "://").map_or(0, |scheme| scheme + 3);
        let end = self.0.get(authority..).and_then(|rest| rest.find('/')).map_or(self.0.len(), |path| authority + path);
        self.0.split_at_checked(end).unwrap_or((&self.0, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        for (href, origin, folder) in [
            ("https://backup.example/", "https://backup.example", ""),
            ("https://backup.example", "https://backup.example", ""),
            ("https://backup.example/index.html", "https://backup.example", ""),
            ("https://backup.example/tools/rds/", "https://backup.example", "/tools/rds"),
            ("https://backup.example/tools/rds/index.html?a=/b/c#/d/", "https://backup.example", "/tools/rds"),
            ("http://localhost:8080/tools/?x", "http://localhost:8080", "/tools"),
            ("", "", ""),
        ] {
            let address = PageAddress::new(href);
            assert_eq!((address.origin(), address.folder()), (origin, folder), "{href}");
        }
    }
}
