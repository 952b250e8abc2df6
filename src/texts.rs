//! Every text that a person reads, in bokmål, nynorsk and English (Fluent). The only place that names a message's key:
//! the rest of the program calls one function a message, which the build makes from `i18n/en/*.ftl`.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::domain::person::Language;

mod check;
pub mod hours;
mod names;
mod photo;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// The messages of one language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

/// A message file that Fluent cannot read: found by the build's and the tests' reading of the same files.
#[derive(Debug, thiserror::Error)]
#[error("{language:?}: {file}: {problem}")]
pub struct Error {
    pub language: Language,
    pub file: &'static str,
    pub problem: String,
}

/// The message files of a language: name and content.
pub fn sources(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::Bokmal => NB,
        Language::Nynorsk => NN,
        Language::English => EN,
    }
}

impl Texts {
    /// Reads the messages of a language. They are part of the program: this costs a few milliseconds and fails only where a
    /// test would have failed.
    pub fn load(language: Language) -> Result<Self, Error> {
        let id: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // the marks around placeables are shown as boxes by some typefaces, and we never mix directions in a sentence
        bundle.set_use_isolating(false);
        for (file, source) in sources(language) {
            let error = |problem: String| Error { language, file, problem };
            let resource = FluentResource::try_new((*source).to_owned())
                .map_err(|(_, errors)| error(format!("{errors:?}")))?;
            bundle.add_resource(resource).map_err(|errors| error(format!("{errors:?}")))?;
        }
        Ok(Self { language, bundle })
    }

    pub fn language(&self) -> Language {
        self.language
    }

    fn say(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, language = self.language.tag(), "a message is missing");
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, arguments, &mut errors).into_owned();
        for error in errors {
            tracing::error!(key, language = self.language.tag(), %error, "a message cannot be formed");
        }
        said
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Texts({})", self.language.tag())
    }
}
