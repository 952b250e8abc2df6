//! The index that search reads: the words of each order and student, every one found by its beginning. Each word stands
//! there once for each mark of what it belongs to and where, so that one's own place is asked before all others, and what
//! is wanted of a long list is read from its front.

use std::collections::{BTreeSet, HashMap, HashSet};

use futures_util::TryStreamExt as _;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

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

const OPEN: &str = "open";
const CLOSED: &str = "closed";
const STUDENT: &str = "student";

fn open_at(place: &place::Id) -> String {
    format!("{OPEN}@{}", place.as_str())
}

/// What is found: an order or a student.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Order,
    Person,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Self::Order => "o",
            Self::Person => "p",
        }
    }
}

/// One thing to be found, as the index holds it: words and marks with blanks between.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Subject {
    name: String,
    words: String,
    marks: String,
}

impl Subject {
    fn student(student: &Student) -> Self {
        Self {
            name: student.user_name.as_str().to_owned(),
            words: of_student(student),
            marks: STUDENT.to_owned(),
        }
    }

    fn order(order: &orders::Stored, student: Option<&Student>) -> Self {
        let person = student.map_or_else(|| words(order.user_name.as_str()).join(" "), of_student);
        Self {
            name: order.id.0.to_string(),
            words: format!("{person} {}", order.number.as_str().to_lowercase()),
            marks: marks(order),
        }
    }

    /// Its places in the index.
    fn places(&self) -> BTreeSet<(&str, &str)> {
        self.marks
            .split_whitespace()
            .flat_map(|mark| self.words.split_whitespace().map(move |word| (mark, word)))
            .collect()
    }
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

/// The most subjects and rows that one statement writes, so that its values stay below SQLite's 32,766.
const SUBJECTS: usize = 500;
const ROWS: usize = 5_000;

/// Brings the index to what the subjects are now; what is as it was is not written.
async fn write(db: &mut SqliteConnection, kind: Kind, subjects: &[Subject]) -> Result<(), Error> {
    for subjects in subjects.chunks(SUBJECTS) {
        let before = held(&mut *db, kind, subjects.iter().map(|subject| subject.name.as_str())).await?;
        let changed: Vec<&Subject> = subjects
            .iter()
            .filter(|subject| before.get(&subject.name).is_none_or(|(_, held)| held != *subject))
            .collect();
        if changed.is_empty() {
            continue;
        }
        let ids = put(&mut *db, kind, &changed).await?;
        let mut new: Vec<(&str, &str, i64)> = Vec::new();
        for subject in changed {
            let id = *ids.get(&subject.name).ok_or_else(|| Error::corrupt("a subject", &subject.name))?;
            let places = subject.places();
            let held = before.get(&subject.name).map(|(_, held)| held.places()).unwrap_or_default();
            for (mark, word) in held.difference(&places) {
                sqlx::query("DELETE FROM search_words WHERE mark = $1 AND word = $2 AND subject = $3")
                    .bind(*mark)
                    .bind(*word)
                    .bind(id)
                    .execute(&mut *db)
                    .await?;
            }
            new.extend(places.difference(&held).map(|(mark, word)| (*mark, *word, id)));
        }
        // in the index's own order the pages are written one after the other
        new.sort_unstable();
        for rows in new.chunks(ROWS) {
            let mut insert = QueryBuilder::<Sqlite>::new("INSERT INTO search_words (mark, word, subject) ");
            insert.push_values(rows, |mut row, (mark, word, id)| {
                row.push_bind(*mark).push_bind(*word).push_bind(*id);
            });
            insert.build().persistent(subjects.len() == 1).execute(&mut *db).await?;
        }
    }
    Ok(())
}

/// What the index holds of these, with its ids.
async fn held(
    db: &mut SqliteConnection,
    kind: Kind,
    names: impl ExactSizeIterator<Item = &str>,
) -> Result<HashMap<String, (i64, Subject)>, Error> {
    let few = names.len() == 1;
    let mut ask =
        QueryBuilder::<Sqlite>::new("SELECT id, subject, words, marks FROM search_subjects WHERE kind = ");
    ask.push_bind(kind.code()).push(" AND subject IN (");
    super::list(&mut ask, names);
    let rows = ask.build().persistent(few).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            let subject = Subject { name: row.try_get(1)?, words: row.try_get(2)?, marks: row.try_get(3)? };
            Ok((subject.name.clone(), (row.try_get(0)?, subject)))
        })
        .collect()
}

/// Writes the subjects themselves; their ids by their names.
async fn put(
    db: &mut SqliteConnection,
    kind: Kind,
    subjects: &[&Subject],
) -> Result<HashMap<String, i64>, Error> {
    let mut insert =
        QueryBuilder::<Sqlite>::new("INSERT INTO search_subjects (kind, subject, words, marks) ");
    insert.push_values(subjects, |mut row, subject| {
        row.push_bind(kind.code())
            .push_bind(subject.name.as_str())
            .push_bind(subject.words.as_str())
            .push_bind(subject.marks.as_str());
    });
    insert.push(
        " ON CONFLICT (kind, subject) DO UPDATE SET words = excluded.words, marks = excluded.marks \
         RETURNING subject, id",
    );
    let rows = insert.build().persistent(subjects.len() == 1).fetch_all(db).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// Makes students findable, each once, and their orders by the names that they now have.
pub async fn put_students(db: &mut SqliteConnection, students: &[&Student]) -> Result<(), Error> {
    let subjects: Vec<Subject> = students.iter().map(|student| Subject::student(student)).collect();
    write(&mut *db, Kind::Person, &subjects).await?;
    let known: HashMap<&UserName, &Student> =
        students.iter().map(|student| (&student.user_name, *student)).collect();
    let names: Vec<&UserName> = students.iter().map(|student| &student.user_name).collect();
    let orders = orders::of_all(&mut *db, &names).await?;
    let orders: Vec<Subject> =
        orders.iter().map(|order| Subject::order(order, known.get(&order.user_name).copied())).collect();
    write(db, Kind::Order, &orders).await
}

/// Makes an order findable by its number and its person.
pub async fn put_order(
    db: &mut SqliteConnection,
    order: &orders::Stored,
    student: Option<&Student>,
) -> Result<(), Error> {
    write(db, Kind::Order, &[Subject::order(order, student)]).await
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
    let name = order.id.0.to_string();
    match held(&mut *db, Kind::Order, std::iter::once(name.as_str())).await?.remove(&name) {
        Some((_, subject)) => write(db, Kind::Order, &[Subject { marks: marks(order), ..subject }]).await,
        None => Ok(()),
    }
}

/// Behind every word that begins like this one: no text holds this noncharacter.
fn end(word: &str) -> String {
    format!("{word}\u{10FFFF}")
}

/// Words that more students have than this are common ones, and not counted further.
const COMMON: i64 = 4_000;

/// A word of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    word: String,
    /// So many students have it that their whole list is long to read.
    common: bool,
}

/// The words, the one that the fewest students have at the front: its list is the one that is read.
async fn rarest_first(db: &mut SqliteConnection, words: &[String]) -> Result<Vec<Asked>, Error> {
    let mut counted = Vec::with_capacity(words.len());
    for word in words.iter().take(WORDS) {
        let count: i64 = if words.len() < 2 {
            0
        } else {
            sqlx::query_scalar(
                "SELECT count(*) FROM (SELECT 1 FROM search_words WHERE mark = $1 AND word >= $2 AND word < $3 \
                 LIMIT $4) AS found",
            )
            .bind(STUDENT)
            .bind(word)
            .bind(end(word))
            .bind(COMMON)
            .fetch_one(&mut *db)
            .await?
        };
        counted.push((count, word));
    }
    if let Some((at, _)) =
        counted.iter().enumerate().min_by_key(|(_, (count, word))| (*count, std::cmp::Reverse(word.len())))
    {
        counted.swap(0, at);
    }
    let asked =
        counted.into_iter().map(|(count, word)| Asked { word: word.clone(), common: count >= COMMON });
    Ok(asked.collect())
}

/// The subjects that carry the mark and every word, each by its beginning, as many as are wanted: by the first word, whole
/// words before longer ones, and of the same word those that came first.
async fn subjects(
    db: &mut SqliteConnection,
    mark: &str,
    words: &[Asked],
    wanted: usize,
) -> Result<Vec<String>, Error> {
    let Some((Asked { word: first, .. }, others)) = words.split_first() else { return Ok(Vec::new()) };
    let mut ask = QueryBuilder::<Sqlite>::new(
        "SELECT s.subject FROM search_words w JOIN search_subjects s ON s.id = w.subject WHERE w.mark = ",
    );
    ask.push_bind(mark).push(" AND w.word >= ").push_bind(first.as_str());
    ask.push(" AND w.word < ").push_bind(end(first));
    for Asked { word, common } in others {
        if *common {
            // words hold letters and digits only, so nothing in them can be meant as a pattern
            ask.push(" AND ' ' || s.words LIKE ").push_bind(format!("% {word}%"));
        } else {
            // both lists in the index: the subjects themselves are read where they agree only
            ask.push(" AND w.subject IN (SELECT subject FROM search_words WHERE mark = ").push_bind(mark);
            ask.push(" AND word >= ").push_bind(word.as_str()).push(" AND word < ").push_bind(end(word));
            ask.push(")");
        }
    }
    if mark == STUDENT {
        // found by the order already
        ask.push(" AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.user_name = s.subject)");
    }
    ask.push(" ORDER BY w.word, w.subject");
    let query = ask.build();
    let mut rows = query.fetch(db);
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    while found.len() < wanted
        && let Some(row) = rows.try_next().await?
    {
        let subject: String = row.try_get(0)?;
        // two words of one name can begin alike
        if seen.insert(subject.clone()) {
            found.push(subject);
        }
    }
    Ok(found)
}

/// What was found, best first, and whether there is more.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Hits {
    pub orders: Vec<Id>,
    /// Students without an order.
    pub persons: Vec<UserName>,
    pub more: bool,
}

/// Orders and students that have every word: open orders of one's own place first, then open ones elsewhere, then closed
/// ones, then students without an order.
pub async fn find(
    db: &mut SqliteConnection,
    words: &[String],
    here: &place::Id,
    limit: usize,
) -> Result<Hits, Error> {
    let mut hits = Hits::default();
    let words = rarest_first(&mut *db, words).await?;
    let wanted = limit.saturating_add(1);
    let mut seen = HashSet::new();
    for mark in [open_at(here).as_str(), OPEN, CLOSED] {
        if hits.orders.len() > limit {
            break;
        }
        for subject in subjects(&mut *db, mark, &words, wanted).await? {
            let id = Id(subject.parse().map_err(|_| Error::corrupt("an id", &subject))?);
            if seen.insert(id) {
                hits.orders.push(id);
            }
        }
    }
    if hits.orders.len() <= limit {
        for subject in subjects(&mut *db, STUDENT, &words, wanted).await? {
            hits.persons
                .push(UserName::new(&subject).ok_or_else(|| Error::corrupt("a user name", &subject))?);
        }
    }
    hits.more = hits.orders.len() > limit || hits.persons.len() > limit;
    hits.orders.truncate(limit);
    hits.persons.truncate(limit);
    Ok(hits)
}
