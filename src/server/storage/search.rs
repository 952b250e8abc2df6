//! The index that search reads: the words of each order and student, every one found by its beginning. Beside them stands a
//! mark of what it is and where, so that one's own place is asked before all others and nothing needs to be sorted.

use sqlx::SqliteConnection;

use super::{Error, orders};
use crate::domain::order::Id;
use crate::domain::person::{Student, UserName, search_form};
use crate::domain::place;

/// The most words of a question; further ones are passed over.
const WORDS: usize = 8;

/// The words of a text as they are compared: letters and digits only.
pub fn words(text: &str) -> Vec<String> {
    search_form(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The mark of an open order. No word begins with an underscore.
const OPEN: &str = "_open";
const CLOSED: &str = "_closed";
const STUDENT: &str = "_student";

fn open_at(place: &place::Id) -> String {
    format!("_open_at_{}", place.as_str().replace('-', "_"))
}

fn marks(order: &orders::Stored) -> String {
    if order.state.status.open() {
        format!("{OPEN} {}", open_at(&order.state.place))
    } else {
        CLOSED.to_owned()
    }
}

fn of_student(student: &Student) -> String {
    let mut words = words(&student.legal_name);
    words.extend(student.preferred_name.iter().flat_map(|name| self::words(name)));
    words.extend(self::words(&student.student_number));
    words.extend(self::words(student.user_name.as_str()));
    words.join(" ")
}

async fn write(
    db: &mut SqliteConnection,
    kind: &str,
    subject: &str,
    words: &str,
    marks: &str,
) -> Result<(), Error> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO search_subjects (kind, subject, words) VALUES ($1, $2, $3) \
         ON CONFLICT (kind, subject) DO UPDATE SET words = excluded.words RETURNING id",
    )
    .bind(kind)
    .bind(subject)
    .bind(words)
    .fetch_one(&mut *db)
    .await?;
    sqlx::query("INSERT OR REPLACE INTO search_words (rowid, words) VALUES ($1, $2)")
        .bind(id)
        .bind(format!("{words} {marks}"))
        .execute(db)
        .await?;
    Ok(())
}

/// Makes a student findable, and the orders of that student by the names that they now have.
pub async fn put_student(db: &mut SqliteConnection, student: &Student) -> Result<(), Error> {
    write(db, "p", student.user_name.as_str(), &of_student(student), STUDENT).await?;
    for order in orders::of(&mut *db, &student.user_name).await? {
        put_order(&mut *db, &order, Some(student)).await?;
    }
    Ok(())
}

/// Makes an order findable by its number and its person.
pub async fn put_order(
    db: &mut SqliteConnection,
    order: &orders::Stored,
    student: Option<&Student>,
) -> Result<(), Error> {
    let person = student.map_or_else(|| words(order.user_name.as_str()).join(" "), of_student);
    let words = format!("{person} {}", order.number.as_str().to_lowercase());
    write(db, "o", &order.id.0.to_string(), &words, &marks(order)).await
}

/// Tells the index where an order has gone, from the state before.
pub async fn move_order(
    db: &mut SqliteConnection,
    before: &crate::domain::order::State,
    order: &orders::Stored,
) -> Result<(), Error> {
    if before.status.open() == order.state.status.open() && before.place == order.state.place {
        return Ok(());
    }
    let subject = order.id.0.to_string();
    let words: Option<String> =
        sqlx::query_scalar("SELECT words FROM search_subjects WHERE kind = 'o' AND subject = $1")
            .bind(&subject)
            .fetch_optional(&mut *db)
            .await?;
    match words {
        Some(words) => write(db, "o", &subject, &words, &marks(order)).await,
        None => Ok(()),
    }
}

/// The subjects that carry the mark and every word, each by its beginning; those that came first before the others.
async fn subjects(
    db: &mut SqliteConnection,
    mark: &str,
    words: &[String],
    limit: i64,
) -> Result<Vec<String>, Error> {
    // words hold letters and digits only, so nothing in them can be meant as an operator
    let mut question = format!("\"{mark}\"");
    for word in words.iter().take(WORDS) {
        question.push_str(&format!(" AND \"{word}\"*"));
    }
    Ok(sqlx::query_scalar(
        "SELECT s.subject FROM search_words w JOIN search_subjects s ON s.id = w.rowid \
         WHERE search_words MATCH $1 ORDER BY w.rowid LIMIT $2",
    )
    .bind(question)
    .bind(limit)
    .fetch_all(db)
    .await?)
}

/// What was found, best first, and whether there is more.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Hits {
    pub orders: Vec<Id>,
    pub persons: Vec<UserName>,
    pub more: bool,
}

/// Orders and students that have every word: open orders of one's own place first, then open ones elsewhere, then closed
/// ones, then students.
pub async fn find(
    db: &mut SqliteConnection,
    words: &[String],
    here: &place::Id,
    limit: usize,
) -> Result<Hits, Error> {
    let mut hits = Hits::default();
    if words.is_empty() {
        return Ok(hits);
    }
    let asked = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    for mark in [open_at(here).as_str(), OPEN, CLOSED] {
        if hits.orders.len() > limit {
            break;
        }
        for subject in subjects(&mut *db, mark, words, asked).await? {
            let id = Id(subject.parse().map_err(|_| Error::corrupt("an id", &subject))?);
            if !hits.orders.contains(&id) {
                hits.orders.push(id);
            }
        }
    }
    if hits.orders.len() <= limit {
        for subject in subjects(&mut *db, STUDENT, words, asked).await? {
            hits.persons
                .push(UserName::new(&subject).ok_or_else(|| Error::corrupt("a user name", &subject))?);
        }
    }
    hits.more = hits.orders.len() > limit || hits.persons.len() > limit;
    hits.orders.truncate(limit);
    hits.persons.truncate(limit);
    Ok(hits)
}
