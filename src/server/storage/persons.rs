//! Students, staff, and the passwords of those who sign in with one.

use jiff::civil::Date;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};
use uuid::Uuid;

use super::{Error, day};
use crate::domain::person::{Role, Student, UserName};

/// A student of the register with the id that the record names them by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    pub id: Uuid,
    pub student: Student,
}

/// A member of staff with the id that the record names them by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    pub id: Uuid,
    pub user_name: UserName,
    pub name: String,
    pub roles: Vec<Role>,
    pub closed: bool,
}

fn uuid(text: &str) -> Result<Uuid, Error> {
    text.parse().map_err(|_| Error::corrupt("an id", text))
}

fn user_name(text: &str) -> Result<UserName, Error> {
    UserName::new(text).ok_or_else(|| Error::corrupt("a user name", text))
}

fn read_student(row: &SqliteRow) -> Result<Registered, Error> {
    let birth_date: Option<&str> = row.try_get("birth_date")?;
    Ok(Registered {
        id: uuid(row.try_get("id")?)?,
        student: Student {
            user_name: user_name(row.try_get("user_name")?)?,
            preferred_name: row.try_get("preferred_name")?,
            legal_name: row.try_get("legal_name")?,
            student_number: row.try_get("student_number")?,
            birth_date: birth_date.map(day).transpose()?,
            phone: row.try_get("phone")?,
            registered: row.try_get::<i64, _>("registered")? != 0,
            fee_paid: row.try_get::<i64, _>("fee_paid")? != 0,
            valid_to: day(row.try_get("valid_to")?)?,
        },
    })
}

pub async fn student(db: &mut SqliteConnection, user: &UserName) -> Result<Option<Registered>, Error> {
    let row =
        sqlx::query("SELECT * FROM students WHERE user_name = $1").bind(user.as_str()).fetch_optional(db);
    row.await?.as_ref().map(read_student).transpose()
}

/// The students with these user names, in the same order; names of none are passed over.
pub async fn students(db: &mut SqliteConnection, users: &[&UserName]) -> Result<Vec<Registered>, Error> {
    let mut ask = QueryBuilder::<Sqlite>::new("SELECT * FROM students WHERE user_name IN (");
    super::list(&mut ask, users.iter().map(|user| user.as_str()));
    let rows = ask.build().fetch_all(db).await?;
    let mut found = rows.iter().map(read_student).collect::<Result<Vec<_>, _>>()?;
    found.sort_by_key(|known| users.iter().position(|user| **user == known.student.user_name));
    Ok(found)
}

/// Adds students, each once, or brings what the register says of them up to date; the ids stay, and what is as it was is
/// not written.
pub async fn put_students(db: &mut SqliteConnection, students: &[Registered]) -> Result<(), Error> {
    let mut insert = QueryBuilder::<Sqlite>::new(
        "INSERT INTO students (user_name, id, preferred_name, legal_name, student_number, birth_date, phone, \
         registered, fee_paid, valid_to) ",
    );
    insert.push_values(students, |mut row, Registered { id, student }| {
        row.push_bind(student.user_name.as_str())
            .push_bind(id.to_string())
            .push_bind(student.preferred_name.as_deref())
            .push_bind(student.legal_name.as_str())
            .push_bind(student.student_number.as_str())
            .push_bind(student.birth_date.as_ref().map(Date::to_string))
            .push_bind(student.phone.as_deref())
            .push_bind(i64::from(student.registered))
            .push_bind(i64::from(student.fee_paid))
            .push_bind(student.valid_to.to_string());
    });
    insert.push(
        " ON CONFLICT (user_name) DO UPDATE SET preferred_name = excluded.preferred_name, \
         legal_name = excluded.legal_name, student_number = excluded.student_number, \
         birth_date = excluded.birth_date, phone = excluded.phone, registered = excluded.registered, \
         fee_paid = excluded.fee_paid, valid_to = excluded.valid_to \
         WHERE (students.preferred_name, students.legal_name, students.student_number, students.birth_date, \
         students.phone, students.registered, students.fee_paid, students.valid_to) IS DISTINCT FROM \
         (excluded.preferred_name, excluded.legal_name, excluded.student_number, excluded.birth_date, \
         excluded.phone, excluded.registered, excluded.fee_paid, excluded.valid_to)",
    );
    insert.build().execute(db).await?;
    Ok(())
}

pub async fn staff(db: &mut SqliteConnection, user: &UserName) -> Result<Option<Staff>, Error> {
    let row = sqlx::query("SELECT user_name, id, name, roles, closed FROM staff WHERE user_name = $1")
        .bind(user.as_str())
        .fetch_optional(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let roles: &str = row.try_get("roles")?;
    Ok(Some(Staff {
        id: uuid(row.try_get("id")?)?,
        user_name: user_name(row.try_get("user_name")?)?,
        name: row.try_get("name")?,
        roles: roles
            .split_whitespace()
            .map(|code| Role::from_code(code).ok_or_else(|| Error::corrupt("a role", code)))
            .collect::<Result<_, _>>()?,
        closed: row.try_get::<i64, _>("closed")? != 0,
    }))
}

/// Adds a member of staff, or changes name, roles and whether the account is closed; the id stays.
pub async fn put_staff(db: &mut SqliteConnection, staff: &Staff) -> Result<(), Error> {
    let roles: Vec<_> = staff.roles.iter().map(|role| role.code()).collect();
    sqlx::query(
        "INSERT INTO staff (user_name, id, name, roles, closed) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (user_name) DO UPDATE SET name = excluded.name, roles = excluded.roles, \
         closed = excluded.closed",
    )
    .bind(staff.user_name.as_str())
    .bind(staff.id.to_string())
    .bind(&staff.name)
    .bind(roles.join(" "))
    .bind(i64::from(staff.closed))
    .execute(db)
    .await?;
    Ok(())
}

/// The argon2id hash of a person's password (PHC string).
pub async fn password(db: &mut SqliteConnection, user: &UserName) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar("SELECT hash FROM passwords WHERE user_name = $1")
        .bind(user.as_str())
        .fetch_optional(db)
        .await?)
}

pub async fn put_password(db: &mut SqliteConnection, user: &UserName, hash: &str) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO passwords (user_name, hash) VALUES ($1, $2) \
         ON CONFLICT (user_name) DO UPDATE SET hash = excluded.hash",
    )
    .bind(user.as_str())
    .bind(hash)
    .execute(db)
    .await?;
    Ok(())
}
