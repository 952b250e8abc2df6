//! The three languages say the same: the same files, messages, arguments and attributes, and nothing is left untranslated.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::sources;

const LANGUAGES: [&str; 3] = ["nb", "nn", "en"];

/// Messages that are rightly the same word in bokmål and English.
const SAME: [&str; 8] = [
    "app-name",
    "language-nb",
    "language-nn",
    "language-en",
    "doctor-version",
    "kiosk-pin-label",
    "kiosk-summary-pin",
    "phone-kiosk",
];

/// What one message or term is.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shape {
    arguments: BTreeSet<String>,
    attributes: BTreeSet<String>,
}

/// A language's messages by file and key.
type Shapes = BTreeMap<(String, String), Shape>;

fn read(language: &str) -> (Shapes, BTreeMap<String, String>) {
    let (mut shapes, mut words) = (Shapes::new(), BTreeMap::new());
    for source in sources::under(&format!("i18n/{language}"), "ftl") {
        let file = source.path.rsplit('/').next().unwrap().to_owned();
        let resource = fluent_syntax::parser::parse(source.text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", source.path));
        for entry in &resource.body {
            let (key, value, attributes) = match entry {
                Entry::Message(message) => {
                    (message.id.name.to_owned(), message.value.as_ref(), &message.attributes)
                }
                Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
                _ => continue,
            };
            let mut shape = Shape::default();
            for attribute in attributes {
                shape.attributes.insert(attribute.id.name.to_owned());
                of_pattern(&attribute.value, &mut shape.arguments);
            }
            if let Some(value) = value {
                of_pattern(value, &mut shape.arguments);
                words.insert(key.clone(), plain(value));
            }
            let twice = shapes.keys().find(|(_, known)| *known == key).map(|(file, _)| file.clone());
            assert!(
                twice.is_none(),
                "{language}: {key} stands in {file} and in {}",
                twice.unwrap_or_default()
            );
            shapes.insert((file.clone(), key), shape);
        }
    }
    (shapes, words)
}

/// The words of a pattern with its placeables left out.
fn plain(pattern: &Pattern<&str>) -> String {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => *value,
            PatternElement::Placeable { .. } => "\u{fffc}",
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

fn of_pattern(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, found);
        }
    }
}

fn of_expression(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, found),
        Expression::Select { selector, variants } => {
            of_inline(selector, found);
            variants.iter().for_each(|variant| of_pattern(&variant.value, found));
        }
    }
}

fn of_call(arguments: &CallArguments<&str>, found: &mut BTreeSet<String>) {
    arguments.positional.iter().for_each(|argument| of_inline(argument, found));
    arguments.named.iter().for_each(|argument| of_inline(&argument.value, found));
}

fn of_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => of_expression(expression, found),
        InlineExpression::FunctionReference { arguments, .. } => of_call(arguments, found),
        InlineExpression::TermReference { arguments: Some(arguments), .. } => of_call(arguments, found),
        _ => {}
    }
}

#[test]
fn invariant_12_every_text_exists_in_three_languages() {
    let (english, _) = read("en");
    assert!(!english.is_empty());
    let mut wrong = Vec::new();
    for language in ["nb", "nn"] {
        let (other, _) = read(language);
        for (at @ (file, key), shape) in &english {
            // a term belongs to its language's grammar: only messages are compared
            if key.starts_with('-') {
                continue;
            }
            match other.get(at) {
                None => wrong.push(format!("{language}/{file} lacks {key}")),
                Some(found) if found != shape => {
                    wrong.push(format!("{language}/{file}: {key} takes {found:?}, English {shape:?}"));
                }
                Some(_) => {}
            }
        }
        for (file, key) in other.keys() {
            if !key.starts_with('-') && !english.contains_key(&(file.clone(), key.clone())) {
                wrong.push(format!("en/{file} lacks {key}, which {language} has"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_text_is_left_untranslated() {
    let (_, bokmal) = read("nb");
    let (_, english) = read("en");
    let same: Vec<_> = bokmal
        .iter()
        .filter(|(key, words)| {
            english.get(*key) == Some(words)
                && words.chars().any(char::is_alphabetic)
                && !SAME.contains(&key.as_str())
        })
        .map(|(key, words)| format!("{key} = {words}"))
        .collect();
    assert!(same.is_empty(), "the same in bokmål and English:\n{}", same.join("\n"));
    for key in SAME {
        assert_eq!(bokmal.get(key), english.get(key), "{key} needs no exception any more");
    }
}

#[test]
fn each_language_has_the_same_files() {
    let names = |language: &str| -> Vec<String> {
        sources::under(&format!("i18n/{language}"), "ftl")
            .into_iter()
            .map(|source| source.path.rsplit('/').next().unwrap().to_owned())
            .collect()
    };
    for language in LANGUAGES {
        assert_eq!(names(language), names("en"), "{language}");
    }
}
