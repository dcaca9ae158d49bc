//! The languages of the page. Everything that differs by language is made from the table here.

/// Runs a macro with the table of languages, in the order in which the page offers them: the variant of [`Language`], the
/// module with its sentences (`src/text/`), its tag (BCP 47), `X-Language` for the API, which knows `en-us` and `zh-cn`
/// (parameters of Huawei's RDS `OpenAPI` description), and the tags by which browsers ask for it, in lower case. `de-*` stands
/// for `de` and every tag below it.
///
/// The first one is built in: whoever prefers none of the others gets it, and it stands in for those that aren't loaded.
#[macro_export]
macro_rules! for_each_language {
    ($run:ident) => {
        $run! {
            (English, english, "en", "en-us", []),
            (German, german, "de", "en-us", ["de-*"]),
            (SimplifiedChinese, chinese, "zh-CN", "zh-cn", ["zh", "zh-cn-*", "zh-sg-*", "zh-hans-*"]),
        }
    };
}

macro_rules! define_languages {
    (
        ($first:ident, $first_module:ident, $first_tag:literal, $first_api_tag:literal, [$($first_range:literal),*]),
        $(($variant:ident, $module:ident, $tag:literal, $api_tag:literal, [$($range:literal),*]),)*
    ) => {
        /// The language of the page.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum Language {
            #[doc = concat!("`", $first_tag, "`.")]
            #[default]
            $first,
            $(#[doc = concat!("`", $tag, "`.")] $variant,)*
        }

        impl Language {
            /// How many there are.
            pub const COUNT: usize = [$first_tag, $($tag),*].len();
            /// Every language, in the order in which the page offers them.
            pub const ALL: [Self; Self::COUNT] = [Self::$first, $(Self::$variant),*];
            /// Their tags, as a sentence lists them.
            pub const TAGS: &str = concat!($first_tag, $(", ", $tag),*);

            /// Its tag for `lang` attributes, settings and the browser's own formats.
            pub fn tag(self) -> &'static str {
                match self {
                    Self::$first => $first_tag,
                    $(Self::$variant => $tag,)*
                }
            }

            /// `X-Language` for the API.
            pub fn api_tag(self) -> &'static str {
                match self {
                    Self::$first => $first_api_tag,
                    $(Self::$variant => $api_tag,)*
                }
            }

            /// The module with its sentences, and the name of their file.
            pub fn module(self) -> &'static str {
                match self {
                    Self::$first => stringify!($first_module),
                    $(Self::$variant => stringify!($module),)*
                }
            }

            /// The tags by which browsers ask for it; `-*` at the end stands for every tag below.
            pub fn ranges(self) -> &'static [&'static str] {
                match self {
                    Self::$first => &[$($first_range),*],
                    $(Self::$variant => &[$($range),*],)*
                }
            }
        }
    };
}

for_each_language!(define_languages);

impl Language {
    /// The page's language for a browser that prefers `tag` (BCP 47).
    pub fn of_tag(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase();
        let is_asked_for = |language: &Self| language.ranges().iter().any(|range| covers(range, &tag));
        Self::ALL.into_iter().find(is_asked_for).unwrap_or_default()
    }

    /// Every language that is loaded when it is wanted.
    pub fn loaded() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|language| *language != Self::default())
    }
}

fn covers(range: &str, tag: &str) -> bool {
    match range.strip_suffix("-*") {
        None => tag == range,
        Some(parent) => tag.strip_prefix(parent).is_some_and(|below| below.is_empty() || below.starts_with('-')),
    }
}
