//! Students, staff, cards and places from CSV files: all of a file or nothing.

use std::collections::HashSet;
use std::hash::Hash;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, Time, Weekday};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;

use super::storage::persons::{Registered, Staff};
use super::storage::{self, Storage, cards, persons, places, record, search};
use super::{identity, install};
use crate::domain::audit::Subject;
use crate::domain::card::{self, Card, IdDocument};
use crate::domain::person::{Role, Student, UserName};
use crate::domain::place::{self, Hours, Localized, Place};
use crate::system::{Clock, NoRandomness, Randomness};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Students,
    Staff,
    Cards,
    Places,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Self::Students => "students",
            Self::Staff => "staff",
            Self::Cards => "cards",
            Self::Places => "places",
        }
    }
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{path} cannot be read")]
    File { path: PathBuf, source: std::io::Error },
    #[error("the file is not CSV in UTF-8 with the columns {columns}")]
    Csv { columns: &'static str, source: csv::Error },
    #[error("line {line}: {problem}")]
    Line { line: u64, problem: String },
    #[error(transparent)]
    Storage(#[from] storage::Error),
    #[error(transparent)]
    Identity(#[from] identity::Error),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Storage(error.into())
    }
}

/// One line of a file of students.
#[derive(Deserialize)]
struct StudentLine {
    user_name: String,
    preferred_name: Option<String>,
    legal_name: String,
    student_number: String,
    birth_date: String,
    phone: Option<String>,
    registered: String,
    fee_paid: String,
    valid_to: String,
    password: Option<String>,
}

#[derive(Deserialize)]
struct StaffLine {
    user_name: String,
    name: String,
    roles: String,
    password: Option<String>,
}

#[derive(Deserialize)]
struct CardLine {
    number: String,
    owner: String,
    status: String,
    valid_from: String,
    valid_to: String,
}

#[derive(Deserialize)]
struct PlaceLine {
    id: String,
    name_nb: String,
    name_nn: String,
    name_en: String,
    address: String,
    directions_nb: String,
    directions_nn: String,
    directions_en: String,
    /// `mon-fri 09:00-15:00; wed 10:00-12:00`
    hours: String,
    /// ISO days with blanks between.
    closed: String,
    /// Codes of identity documents with blanks between.
    documents: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

const STUDENT_COLUMNS: &str = "user_name, preferred_name, legal_name, student_number, birth_date, phone, registered, \
     fee_paid, valid_to (and password)";
const STAFF_COLUMNS: &str = "user_name, name, roles (and password)";
const CARD_COLUMNS: &str = "number, owner, status, valid_from, valid_to";
const PLACE_COLUMNS: &str = "id, name_nb, name_nn, name_en, address, directions_nb, directions_nn, directions_en, hours, \
     closed, documents, latitude, longitude";

/// Reads the lines of a file, each with its number.
fn lines<T: DeserializeOwned>(content: &[u8], columns: &'static str) -> Result<Vec<(u64, T)>, Error> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(content);
    let wrong = |source: csv::Error| match source.position() {
        Some(position) if position.line() > 1 => {
            Error::Line { line: position.line(), problem: source.to_string() }
        }
        _ => Error::Csv { columns, source },
    };
    let headers = reader.headers().map_err(wrong)?.clone();
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.map_err(wrong)?;
        let line = record.position().map_or(0, csv::Position::line);
        found.push((line, record.deserialize(Some(&headers)).map_err(wrong)?));
    }
    Ok(found)
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "1" | "yes" | "ja" | "true" | "j" => Some(true),
        "0" | "no" | "nei" | "false" | "n" => Some(false),
        _ => None,
    }
}

fn day(column: &str, text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("{column}: {text:?} is no day as in 2026-11-22"))
}

fn days(text: &str) -> Option<Vec<Weekday>> {
    const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let at = |name: &str| NAMES.iter().position(|known| *known == name);
    let (from, to) = match text.split_once('-') {
        Some((from, to)) => (at(from)?, at(to)?),
        None => (at(text)?, at(text)?),
    };
    (from..=to).map(|day| Weekday::from_monday_zero_offset(i8::try_from(day).ok()?).ok()).collect()
}

fn hours(text: &str) -> Option<Vec<Hours>> {
    let mut found: Vec<Hours> = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (on, times) = part.split_once(' ')?;
        let (from, to) = times.trim().split_once('-')?;
        let time = |text: &str| Time::strptime("%H:%M", text).ok();
        for day in days(on)? {
            found.retain(|hours| hours.day != day);
            found.push(Hours { day, from: time(from)?, to: time(to)? });
        }
    }
    found.sort_by_key(|hours| hours.day.to_monday_zero_offset());
    Some(found)
}

fn place_of(line: PlaceLine) -> Result<Place, String> {
    let each = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    Ok(Place {
        id: place::Id::new(&line.id).ok_or("id: 2–32 small letters, digits and hyphens")?,
        name: Localized { nb: line.name_nb, nn: line.name_nn, en: line.name_en },
        address: line.address,
        directions: Localized { nb: line.directions_nb, nn: line.directions_nn, en: line.directions_en },
        hours: hours(&line.hours).ok_or("hours: as in `mon-fri 09:00-15:00; wed 10:00-12:00`")?,
        closed: each(&line.closed).iter().map(|text| day("closed", text)).collect::<Result<_, _>>()?,
        documents: each(&line.documents)
            .iter()
            .map(|code| IdDocument::from_code(code).ok_or(format!("documents: {code} is not known")))
            .collect::<Result<_, _>>()?,
        position: line.latitude.zip(line.longitude),
    })
}

fn student_of(line: StudentLine) -> Result<(Student, Option<String>), String> {
    if line.legal_name.is_empty() || line.student_number.is_empty() {
        return Err("legal_name and student_number are needed".into());
    }
    let student = Student {
        user_name: UserName::new(&line.user_name).ok_or("user_name: 2–64 of a–z, 0–9, . _ - @")?,
        preferred_name: filled(line.preferred_name),
        legal_name: line.legal_name,
        student_number: line.student_number,
        birth_date: match line.birth_date.as_str() {
            "" => None,
            text => Some(day("birth_date", text)?),
        },
        phone: filled(line.phone),
        registered: flag(&line.registered).ok_or("registered: yes or no")?,
        fee_paid: flag(&line.fee_paid).ok_or("fee_paid: yes or no")?,
        valid_to: day("valid_to", &line.valid_to)?,
    };
    Ok((student, filled(line.password)))
}

fn card_of(line: &CardLine) -> Result<Card, String> {
    Ok(Card {
        number: line.number.parse().map_err(|error: card::Error| format!("number: {error}"))?,
        owner: UserName::new(&line.owner).ok_or("owner: a user name")?,
        status: card::Status::from_code(&line.status).ok_or("status: active, blocked or dead")?,
        valid_from: day("valid_from", &line.valid_from)?,
        valid_to: day("valid_to", &line.valid_to)?,
        produced_at: None,
    })
}

/// Lines that are written together.
const BATCH: usize = 500;

/// Gathers what is written together: no key twice, so that of two lines about the same the later one counts.
struct Batch<T, K> {
    key: fn(&T) -> K,
    keys: HashSet<K>,
    lines: Vec<u64>,
    items: Vec<T>,
}

impl<T, K: Eq + Hash> Batch<T, K> {
    fn new(key: fn(&T) -> K) -> Self {
        Self { key, keys: HashSet::new(), lines: Vec::new(), items: Vec::new() }
    }

    /// Adds an item; gives what was gathered before it, with the lines, once that is to be written.
    fn add(&mut self, line: u64, item: T) -> Option<(Vec<u64>, Vec<T>)> {
        let key = (self.key)(&item);
        let full = (self.items.len() == BATCH || self.keys.contains(&key)).then(|| self.rest());
        self.keys.insert(key);
        self.lines.push(line);
        self.items.push(item);
        full
    }

    /// What is left.
    fn rest(&mut self) -> (Vec<u64>, Vec<T>) {
        self.keys.clear();
        (std::mem::take(&mut self.lines), std::mem::take(&mut self.items))
    }
}

/// Writes students and makes them findable.
async fn put_students(
    db: &mut SqliteConnection,
    (lines, students): (Vec<u64>, Vec<Registered>),
) -> Result<(), Error> {
    if students.is_empty() {
        return Ok(());
    }
    match persons::put_students(&mut *db, &students).await {
        // one by one until the line that it was
        Err(error) if error.is_duplicate() => {
            for (line, student) in lines.into_iter().zip(&students) {
                persons::put_students(&mut *db, std::slice::from_ref(student)).await.map_err(|error| {
                    match error.is_duplicate() {
                        true => Error::Line {
                            line,
                            problem: "the number belongs to another person already".into(),
                        },
                        false => Error::Storage(error),
                    }
                })?;
            }
        }
        done => done?,
    }
    let students: Vec<&Student> = students.iter().map(|known| &known.student).collect();
    Ok(search::put_students(db, &students).await?)
}

/// Imports a file; how many lines it had.
pub async fn file(
    storage: &Storage,
    kind: Kind,
    path: &Path,
    clock: &Clock,
    randomness: &Randomness,
) -> Result<usize, Error> {
    let content = std::fs::read(path).map_err(|source| Error::File { path: path.to_owned(), source })?;
    self::content(storage, kind, &content, clock, randomness).await
}

/// Imports the content of a file; how many lines it had.
pub async fn content(
    storage: &Storage,
    kind: Kind,
    content: &[u8],
    clock: &Clock,
    randomness: &Randomness,
) -> Result<usize, Error> {
    // a spreadsheet's mark of UTF-8
    let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
    let mut db = storage.write().await?;
    let on = |line: u64| move |problem: String| Error::Line { line, problem };
    let mut count = 0;
    match kind {
        Kind::Students => {
            let mut batch = Batch::new(|known: &Registered| known.student.user_name.clone());
            for (line, student) in lines(content, STUDENT_COLUMNS)? {
                let (student, password) = student_of(student).map_err(on(line))?;
                if let Some(password) = password {
                    let hash = identity::hash(&password, randomness)?;
                    persons::put_password(&mut db, &student.user_name, &hash).await?;
                }
                let known = Registered { id: randomness.uuid()?, student };
                if let Some(full) = batch.add(line, known) {
                    put_students(&mut db, full).await?;
                }
                count += 1;
            }
            put_students(&mut db, batch.rest()).await?;
        }
        Kind::Staff => {
            for (line, staff) in lines::<StaffLine>(content, STAFF_COLUMNS)? {
                let roles = staff.roles.split_whitespace();
                let roles =
                    roles.map(|code| Role::from_code(code).ok_or(format!("roles: {code} is not known")));
                let user_name = UserName::new(&staff.user_name);
                let user_name =
                    user_name.ok_or_else(|| on(line)("user_name: 2–64 of a–z, 0–9, . _ - @".into()))?;
                let staff_member = Staff {
                    id: randomness.uuid()?,
                    user_name,
                    name: staff.name,
                    roles: roles.collect::<Result<_, _>>().map_err(on(line))?,
                    closed: false,
                };
                persons::put_staff(&mut db, &staff_member).await?;
                if let Some(password) = filled(staff.password) {
                    let hash = identity::hash(&password, randomness)?;
                    persons::put_password(&mut db, &staff_member.user_name, &hash).await?;
                }
                let added = install::entry(
                    clock.now(),
                    Subject::Staff,
                    staff_member.id.to_string(),
                    "imported",
                    install::roles(&staff_member),
                );
                record::append(&mut db, &added).await?;
                count += 1;
            }
        }
        Kind::Cards => {
            let mut batch = Batch::new(|card: &Card| card.number);
            for (line, card) in lines(content, CARD_COLUMNS)? {
                let card = card_of(&card).map_err(on(line))?;
                if let Some((_, full)) = batch.add(line, card) {
                    cards::put_all(&mut db, &full).await?;
                }
                count += 1;
            }
            let (_, rest) = batch.rest();
            if !rest.is_empty() {
                cards::put_all(&mut db, &rest).await?;
            }
        }
        Kind::Places => {
            for (position, (line, place)) in (0..).zip(lines(content, PLACE_COLUMNS)?) {
                places::put(&mut db, position, &place_of(place).map_err(on(line))?).await?;
                count += 1;
            }
        }
    }
    let details = vec![
        ("lines".to_owned(), count.to_string()),
        ("sha256".to_owned(), hex::encode(Sha256::digest(content))),
    ];
    let imported =
        install::entry(clock.now(), Subject::Register, kind.code().to_owned(), "imported", details);
    record::append(&mut db, &imported).await?;
    db.commit().await?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_hours_are_read() {
        let read = hours("mon-fri 09:00-15:00; wed 10:00-12:00").unwrap();
        assert_eq!(read.len(), 5);
        assert_eq!(read[2].from, Time::constant(10, 0, 0, 0));
        for bad in ["mon 9-15-16", "someday 09:00-15:00", "mon"] {
            assert_eq!(hours(bad), None, "{bad}");
        }
    }
}
