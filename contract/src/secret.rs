//! A text that must not leave traces in memory or output.

use std::rc::Rc;

use zeroize::Zeroizing;

/// A secret text. Clones share it, and it is overwritten when the last of them is dropped. It has no `Debug`, no
/// `Display` and no `Serialize`, so that it can't end up in a log, a panic or a document.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Rc<Zeroizing<String>>);

impl Secret {
    /// Takes ownership of a text without leaving a copy.
    pub fn new(text: String) -> Self {
        Self(Rc::new(Zeroizing::new(text)))
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_of_a_kind_that_is_overwritten_when_dropped() {
        fn is_overwritten(_: &impl zeroize::ZeroizeOnDrop) {}
        is_overwritten(&*Secret::new("x".into()).0);
    }

    #[test]
    fn clones_share_one_text() {
        let secret = Secret::new("MII".into());
        assert!(Rc::ptr_eq(&secret.0, &secret.clone().0));
        assert_eq!(secret.expose(), "MII");
    }
}
