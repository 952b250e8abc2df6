//! The index that search reads: one row a word, found by its beginning, in an order that needs no sorting.

use sqlx::SqliteConnection;

use super::{Error, orders};
use crate::domain::order::Id;
use crate::domain::person::{Student, UserName, search_form};
use crate::domain::place;

/// Rows that are looked at for one answer at most: words that thousands share are told apart by a second word.
const LOOKED_AT: i64 = 5_000;

/// The words of a text as they are compared.
pub fn words(text: &str) -> Vec<String> {
    search_form(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn of_student(student: &Student) -> Vec<String> {
    let mut terms = words(&student.legal_name);
    terms.extend(student.preferred_name.iter().flat_map(|name| words(name)));
    terms.extend([student.student_number.to_lowercase()]);
    terms.extend(words(student.user_name.as_str()));
    terms.sort();
    terms.dedup();
    terms
}

async fn write(
    db: &mut SqliteConnection,
    kind: &str,
    subject: &str,
    terms: &[String],
    open: bool,
    place: &str,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM search_terms WHERE subject = $1 AND kind = $2")
        .bind(subject)
        .bind(kind)
        .execute(&mut *db)
        .await?;
    for term in terms {
        sqlx::query(
            "INSERT INTO search_terms (kind, subject, term, open, place) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(kind)
        .bind(subject)
        .bind(term)
        .bind(i64::from(open))
        .bind(place)
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Makes a student findable, and the orders of that student by the names that they now have.
pub async fn put_student(db: &mut SqliteConnection, student: &Student) -> Result<(), Error> {
    write(db, "p", student.user_name.as_str(), &of_student(student), false, "").await?;
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
    let mut terms = student.map_or_else(|| words(order.user_name.as_str()), of_student);
    terms.push(order.number.as_str().to_lowercase());
    let open = order.state.status.open();
    write(db, "o", &order.id.0.to_string(), &terms, open, order.state.place.as_str()).await
}

/// Tells the index where an order has gone.
pub async fn move_order(db: &mut SqliteConnection, order: &orders::Stored) -> Result<(), Error> {
    sqlx::query("UPDATE search_terms SET open = $2, place = $3 WHERE subject = $1 AND kind = 'o' AND (open <> $2 OR place <> $3)")
        .bind(order.id.0.to_string())
        .bind(i64::from(order.state.status.open()))
        .bind(order.state.place.as_str())
        .execute(db)
        .await?;
    Ok(())
}

/// The first text after all that begin with `prefix`.
fn after(prefix: &str) -> String {
    format!("{prefix}\u{10FFFF}")
}

/// The subjects that have every word, each by its beginning. At most three words decide; longer ones come first because
/// fewer share them.
async fn subjects(
    db: &mut SqliteConnection,
    kind: &str,
    open: bool,
    place: Option<&place::Id>,
    words: &[&str],
    limit: i64,
) -> Result<Vec<String>, Error> {
    let sql = match place {
        Some(_) => {
            "SELECT DISTINCT subject FROM (SELECT subject FROM search_terms WHERE kind = $1 AND open = $2 \
             AND place = $3 AND term >= $4 AND term < $5 LIMIT $10) t \
             WHERE ($6 = '' OR EXISTS (SELECT 1 FROM search_terms b WHERE b.subject = t.subject \
             AND b.term >= $6 AND b.term < $7)) \
             AND ($8 = '' OR EXISTS (SELECT 1 FROM search_terms c WHERE c.subject = t.subject \
             AND c.term >= $8 AND c.term < $9)) LIMIT $11"
        }
        None => {
            "SELECT DISTINCT subject FROM (SELECT subject FROM search_terms WHERE kind = $1 AND open = $2 \
             AND $3 IS NULL AND term >= $4 AND term < $5 LIMIT $10) t \
             WHERE ($6 = '' OR EXISTS (SELECT 1 FROM search_terms b WHERE b.subject = t.subject \
             AND b.term >= $6 AND b.term < $7)) \
             AND ($8 = '' OR EXISTS (SELECT 1 FROM search_terms c WHERE c.subject = t.subject \
             AND c.term >= $8 AND c.term < $9)) LIMIT $11"
        }
    };
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    Ok(sqlx::query_scalar(sql)
        .bind(kind)
        .bind(i64::from(open))
        .bind(place.map(place::Id::as_str))
        .bind(word(0))
        .bind(after(word(0)))
        .bind(word(1))
        .bind(after(word(1)))
        .bind(word(2))
        .bind(after(word(2)))
        .bind(LOOKED_AT)
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
    query: &[String],
    here: &place::Id,
    limit: usize,
) -> Result<Hits, Error> {
    let mut longest: Vec<&str> = query.iter().map(String::as_str).collect();
    longest.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut hits = Hits::default();
    if longest.is_empty() {
        return Ok(hits);
    }
    let asked = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    for (open, place) in [(true, Some(here)), (true, None), (false, None)] {
        if hits.orders.len() > limit {
            break;
        }
        for subject in subjects(&mut *db, "o", open, place, &longest, asked).await? {
            let id = Id(subject.parse().map_err(|_| Error::corrupt("an id", &subject))?);
            if !hits.orders.contains(&id) {
                hits.orders.push(id);
            }
        }
    }
    if hits.orders.len() <= limit {
        for subject in subjects(&mut *db, "p", false, None, &longest, asked).await? {
            hits.persons
                .push(UserName::new(&subject).ok_or_else(|| Error::corrupt("a user name", &subject))?);
        }
    }
    hits.more = hits.orders.len() > limit || hits.persons.len() > limit;
    hits.orders.truncate(limit);
    hits.persons.truncate(limit);
    Ok(hits)
}
