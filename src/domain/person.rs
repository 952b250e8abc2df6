//! People: students who order, staff who work.

use std::fmt;

use jiff::civil::Date;

/// A university's user name: 2–64 of lower-case letters, digits and `. _ - @`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserName(String);

impl UserName {
    /// The user name as it is compared: trimmed and in lower case; none if it cannot be one.
    pub fn new(text: &str) -> Option<Self> {
        let name = text.trim().to_lowercase();
        let fits = (2..=64).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-@".contains(&b));
        fits.then_some(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The languages that a person can be spoken to in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    #[default]
    Bokmal,
    Nynorsk,
    English,
}

impl Language {
    pub const ALL: [Self; 3] = [Self::Bokmal, Self::Nynorsk, Self::English];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Bokmal => "nb",
            Self::Nynorsk => "nn",
            Self::English => "en",
        }
    }

    /// The language of a tag, `no` meaning bokmål; none if we do not speak it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "nb" | "no" => Some(Self::Bokmal),
            "nn" => Some(Self::Nynorsk),
            "en" => Some(Self::English),
            _ => None,
        }
    }
}

/// What a member of staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Hands out cards at a counter.
    Handover,
    /// Decides about photos.
    Review,
    /// Prints cards.
    Production,
    /// Adds terminals, imports, looks after the server.
    Administrator,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Handover, Self::Review, Self::Production, Self::Administrator];

    pub fn code(self) -> &'static str {
        match self {
            Self::Handover => "handover",
            Self::Review => "review",
            Self::Production => "production",
            Self::Administrator => "administrator",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A student as the register knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Student {
    pub user_name: UserName,
    /// The name that the person uses; shown and printed before the legal one.
    pub preferred_name: Option<String>,
    pub legal_name: String,
    pub student_number: String,
    pub birth_date: Option<Date>,
    pub phone: Option<String>,
    /// Registered for the present term.
    pub registered: bool,
    /// The semester fee is paid or need not be.
    pub fee_paid: bool,
    pub valid_to: Date,
}

impl Student {
    pub fn name(&self) -> &str {
        self.preferred_name.as_deref().unwrap_or(&self.legal_name)
    }
}

/// How a name is searched for: without case and marks, and with the letters that people leave out or write otherwise
/// (`ø` = `o` = `oe`, `å` = `a` = `aa`, `æ` = `ae`), so that "oyvind" finds Øyvind.
pub fn search_form(name: &str) -> String {
    let mut form = String::with_capacity(name.len());
    for character in name.chars().flat_map(char::to_lowercase) {
        match character {
            'ø' | 'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ō' | 'ő' => form.push('o'),
            'å' | 'ä' | 'á' | 'à' | 'â' | 'ã' | 'ā' | 'ă' | 'ą' => form.push('a'),
            'æ' => form.push_str("ae"),
            'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => form.push('e'),
            'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' => form.push('i'),
            'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => form.push('u'),
            'ý' | 'ÿ' => form.push('y'),
            'ç' | 'č' | 'ć' => form.push('c'),
            'ñ' | 'ń' | 'ň' => form.push('n'),
            'š' | 'ś' | 'ş' | 'ș' => form.push('s'),
            'ž' | 'ź' | 'ż' => form.push('z'),
            'ð' | 'đ' | 'ď' => form.push('d'),
            'þ' => form.push_str("th"),
            'ß' => form.push_str("ss"),
            'ł' => form.push('l'),
            'ř' => form.push('r'),
            'ť' | 'ţ' | 'ț' => form.push('t'),
            'ğ' => form.push('g'),
            other if other.is_alphanumeric() => form.push(other),
            _ if form.ends_with(' ') => {}
            _ => form.push(' '),
        }
    }
    form.trim().replace("oe", "o").replace("aa", "a").replace("ae", "a")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_they_are_typed() {
        for (name, typed) in [
            ("Øyvind Ødegård", "oyvind"),
            ("Øyvind Ødegård", "oeyvind oedegaard"),
            ("Åse Sæther", "aase saether"),
            ("José María Núñez", "jose maria nunez"),
            ("Anne-Marie O’Brien", "anne marie o brien"),
        ] {
            assert!(search_form(name).starts_with(&search_form(typed)), "{typed} does not find {name}");
        }
        assert_eq!(search_form("محمد"), "محمد");
    }

    #[test]
    fn user_names_are_compared_without_case() {
        assert_eq!(UserName::new(" KariN ").unwrap().as_str(), "karin");
        assert_eq!(UserName::new("kari nordmann"), None);
        assert_eq!(UserName::new("k"), None);
    }

    #[test]
    fn no_means_bokmal() {
        assert_eq!(Language::from_tag("no-NO"), Some(Language::Bokmal));
        assert_eq!(Language::from_tag("nn_NO.UTF-8"), Some(Language::Nynorsk));
        assert_eq!(Language::from_tag("sv"), None);
    }
}
