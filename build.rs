//! Makes one Rust function of every message in `i18n/en/*.ftl`, so that the compiler checks keys and arguments.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

const LANGUAGES: [&str; 3] = ["nb", "nn", "en"];

fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "ftl"));
    files.sort();
    Ok(files)
}

fn arguments(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
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
            variants.iter().for_each(|variant| arguments(&variant.value, found));
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => of_expression(expression, found),
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| of_inline(argument, found));
        }
        _ => {}
    }
}

/// When the program is built, seconds since 1970: a clock before that is wrong. Reproducible builds set the variable.
fn built() -> Result<u64, Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=SOURCE_DATE_EPOCH");
    if let Ok(set) = env::var("SOURCE_DATE_EPOCH") {
        return Ok(set.trim().parse()?);
    }
    #[expect(clippy::disallowed_methods, reason = "the one moment that belongs to the build itself")]
    let now = std::time::SystemTime::now();
    Ok(now.duration_since(std::time::UNIX_EPOCH)?.as_secs())
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=i18n");
    println!("cargo::rustc-env=KORTAUTOMAT_BUILT={}", built()?);
    let mut code = String::new();
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("i18n");
    writeln!(
        code,
        "/// Every message, a function each, made from `i18n/en` when the crate is built.\nimpl Texts {{"
    )?;
    for path in files(&root.join("en"))? {
        let source = fs::read_to_string(&path)?;
        let resource = fluent_syntax::parser::parse(source.as_str())
            .map_err(|(_, errors)| format!("{}: {errors:?}", path.display()))?;
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let Some(value) = &message.value else { continue };
            let mut names = BTreeSet::new();
            arguments(value, &mut names);
            let key = message.id.name;
            let function = key.replace('-', "_");
            let said: String = source
                .lines()
                .find_map(|line| line.strip_prefix(key).and_then(|rest| rest.trim_start().strip_prefix('=')))
                .unwrap_or_default()
                .trim()
                .replace(['[', ']', '<', '>'], "");
            writeln!(code, "    /// {}", if said.is_empty() { key } else { &said })?;
            if names.is_empty() {
                writeln!(code, "    pub fn {function}(&self) -> String {{ self.say({key:?}, None) }}")?;
                continue;
            }
            let parameters: Vec<_> =
                names.iter().map(|name| format!("{name}: impl Into<FluentValue<'a>>")).collect();
            let values: Vec<_> = names.iter().map(|name| format!("({name:?}, {name}.into())")).collect();
            writeln!(
                code,
                "    pub fn {function}<'a>(&self, {}) -> String {{ let given: FluentArgs<'a> = \
                 [{}].into_iter().collect(); self.say({key:?}, Some(&given)) }}",
                parameters.join(", "),
                values.join(", "),
            )?;
        }
    }
    writeln!(code, "}}")?;
    for language in LANGUAGES {
        let paths = files(&root.join(language))?;
        let list: Vec<_> = paths
            .iter()
            .map(|path| format!("({:?}, include_str!({path:?}))", path.file_name().unwrap_or_default()))
            .collect();
        writeln!(code, "const {}: &[(&str, &str)] = &[{}];", language.to_uppercase(), list.join(", "))?;
    }
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("messages.rs"), code)?;
    Ok(())
}
