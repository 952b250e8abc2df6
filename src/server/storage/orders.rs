//! Orders: where each stands, and the ids by which a submission or a move is recognised when it comes again.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};
use uuid::Uuid;

use super::{Error, cards, day, time};
use crate::domain::number::{Number, TerminalCode};
use crate::domain::order::{self, Id, Identity, Ore, Payment, Reason, State, Status};
use crate::domain::person::{Language, UserName};
use crate::domain::{photo, place};
use crate::wire;

/// An order as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    pub id: Id,
    pub number: Number,
    pub user_name: UserName,
    /// The person's name, where the register knows them.
    pub name: Option<String>,
    /// Where it was made.
    pub terminal: TerminalCode,
    pub state: State,
    pub reason: Reason,
    pub promised: Option<Date>,
    pub submitted_at: Timestamp,
    pub received_at: Timestamp,
    pub consents: Vec<String>,
    /// What the student is told is told in it.
    pub language: Language,
    /// Without its report.
    pub photo: wire::order::Photo,
    pub report: Option<Reported>,
    pub refusal: Option<Refusal>,
    pub pin_delivered: bool,
    pub version: i64,
    /// SHA-256 of the submission.
    pub content_hash: Vec<u8>,
    /// Mixed into the record's commitments to this order's personal values.
    pub salt: Vec<u8>,
}

/// The photo's check report as its terminal signed it, verified when it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    pub text: String,
    /// Hex.
    pub signature: String,
    /// The public key that it was verified with, hex.
    pub key: String,
}

/// What the student is told about a refused photo or a cancelled order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub rule: Option<photo::Rule>,
    pub words: String,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT o.*, coalesce(s.preferred_name, s.legal_name) AS name FROM orders o \
             LEFT JOIN students s ON s.user_name = o.user_name ",
            $rest
        )
    };
}

fn read(row: &SqliteRow) -> Result<Stored, Error> {
    let text = |column: &str| -> Result<&str, Error> { Ok(row.try_get(column)?) };
    let id = text("id")?;
    let (number, user_name, terminal) = (text("number")?, text("user_name")?, text("terminal")?);
    let (status, place, payment) = (text("status")?, text("place")?, text("payment")?);
    let language = text("language")?;
    let amount = Ore(row.try_get("amount")?);
    let promised: Option<&str> = row.try_get("promised")?;
    let refusal_words: Option<String> = row.try_get("refusal_words")?;
    let refusal_rule: Option<&str> = row.try_get("refusal_rule")?;
    let card: Option<i64> = row.try_get("card")?;
    Ok(Stored {
        id: Id(id.parse().map_err(|_| Error::corrupt("an id", id))?),
        number: number.parse().map_err(|_| Error::corrupt("an order number", number))?,
        user_name: UserName::new(user_name).ok_or_else(|| Error::corrupt("a user name", user_name))?,
        name: row.try_get("name")?,
        terminal: terminal.parse().map_err(|_| Error::corrupt("a terminal's code", terminal))?,
        state: State {
            status: Status::from_code(status).ok_or_else(|| Error::corrupt("a status", status))?,
            payment: match payment {
                "free" => Payment::Free,
                "due" => Payment::Due(amount),
                "paid" => Payment::Paid {
                    amount,
                    slip: row.try_get::<Option<String>, _>("slip")?.unwrap_or_default(),
                },
                _ => return Err(Error::corrupt("a payment", payment)),
            },
            identity: wire::order::identity_of(text("identity")?)
                .map_err(|error| Error::corrupt("an identity", error))?,
            place: place::Id::new(place).ok_or_else(|| Error::corrupt("a place", place))?,
            card: card.map(cards::number).transpose()?,
            slot: row.try_get("slot")?,
            handed_out_at: row.try_get::<Option<i64>, _>("handed_out_at")?.map(time).transpose()?,
            owes_old_card: false,
        },
        reason: wire::order::reason_of(text("reason")?).map_err(|error| Error::corrupt("a reason", error))?,
        promised: promised.map(day).transpose()?,
        submitted_at: time(row.try_get("submitted_at")?)?,
        received_at: time(row.try_get("received_at")?)?,
        consents: serde_json::from_str(text("consents")?)?,
        language: Language::from_tag(language).ok_or_else(|| Error::corrupt("a language", language))?,
        photo: wire::order::Photo {
            sha256: row.try_get("photo_sha256")?,
            verdict: row.try_get("photo_verdict")?,
            policy: row.try_get("photo_policy")?,
            findings: serde_json::from_str(text("photo_findings")?)?,
            insisted: row.try_get::<i64, _>("photo_insisted")? != 0,
            report: None,
            signed_by: None,
        },
        report: reported(row)?,
        refusal: refusal_words
            .map(|words| -> Result<_, Error> {
                let rule = refusal_rule
                    .map(|code| photo::Rule::from_code(code).ok_or_else(|| Error::corrupt("a rule", code)));
                Ok(Refusal { rule: rule.transpose()?, words })
            })
            .transpose()?,
        pin_delivered: row.try_get::<i64, _>("pin_delivered")? != 0,
        version: row.try_get("version")?,
        content_hash: row.try_get("content_hash")?,
        salt: row.try_get("salt")?,
    })
}

fn reported(row: &SqliteRow) -> Result<Option<Reported>, Error> {
    let text = |column: &str| -> Result<Option<String>, Error> { Ok(row.try_get(column)?) };
    let (report, signature) = (text("photo_report")?, text("photo_report_signature")?);
    let parts = report.zip(signature).zip(text("photo_report_key")?);
    Ok(parts.map(|((text, signature), key)| Reported { text, signature, key }))
}

fn read_all(rows: &[SqliteRow]) -> Result<Vec<Stored>, Error> {
    rows.iter().map(read).collect()
}

pub async fn find(db: &mut SqliteConnection, id: Id) -> Result<Option<Stored>, Error> {
    let row = sqlx::query(select!("WHERE o.id = $1")).bind(id.0.to_string()).fetch_optional(db);
    row.await?.as_ref().map(read).transpose()
}

pub async fn with_number(db: &mut SqliteConnection, number: Number) -> Result<Option<Stored>, Error> {
    let row = sqlx::query(select!("WHERE o.number = $1")).bind(number.as_str()).fetch_optional(db);
    row.await?.as_ref().map(read).transpose()
}

/// A person's orders, newest first.
pub async fn of(db: &mut SqliteConnection, user: &UserName) -> Result<Vec<Stored>, Error> {
    let rows = sqlx::query(select!("WHERE o.user_name = $1 ORDER BY o.received_at DESC, o.id"))
        .bind(user.as_str())
        .fetch_all(db);
    read_all(&rows.await?)
}

/// The orders of several people, newest first.
pub async fn of_all(db: &mut SqliteConnection, users: &[&UserName]) -> Result<Vec<Stored>, Error> {
    let mut ask = QueryBuilder::<Sqlite>::new(select!("WHERE o.user_name IN ("));
    super::list(&mut ask, users.iter().map(|user| user.as_str()));
    ask.push(" ORDER BY o.received_at DESC, o.id");
    read_all(&ask.build().fetch_all(db).await?)
}

/// The orders with these ids, in the same order; ids of none are passed over.
pub async fn all(db: &mut SqliteConnection, ids: &[Id]) -> Result<Vec<Stored>, Error> {
    let mut ask = QueryBuilder::<Sqlite>::new(select!("WHERE o.id IN ("));
    super::list(&mut ask, ids.iter().map(|id| id.0.to_string()));
    let mut found = read_all(&ask.build().fetch_all(db).await?)?;
    found.sort_by_key(|order| ids.iter().position(|id| *id == order.id));
    Ok(found)
}

/// The orders of a status, of one place or of all, oldest first.
pub async fn of_status(
    db: &mut SqliteConnection,
    status: Status,
    place: Option<&place::Id>,
    limit: u32,
) -> Result<Vec<Stored>, Error> {
    let rows = sqlx::query(select!(
        "WHERE o.status = $1 AND ($2 IS NULL OR o.place = $2) ORDER BY o.received_at, o.id LIMIT $3"
    ))
    .bind(status.code())
    .bind(place.map(place::Id::as_str))
    .bind(i64::from(limit))
    .fetch_all(db);
    read_all(&rows.await?)
}

fn payment(state: &State) -> (&'static str, i64, Option<&str>) {
    match &state.payment {
        Payment::Free => ("free", 0, None),
        Payment::Due(amount) => ("due", amount.0, None),
        Payment::Paid { amount, slip } => ("paid", amount.0, Some(slip)),
    }
}

/// Adds an order. A taken id or number is a duplicate.
pub async fn add(db: &mut SqliteConnection, order: &Stored) -> Result<(), Error> {
    let (payment, amount, slip) = payment(&order.state);
    sqlx::query(
        "INSERT INTO orders (id, number, user_name, terminal, status, identity, reason, place, promised, \
         submitted_at, received_at, changed_at, consents, photo_sha256, photo_verdict, photo_policy, \
         photo_findings, photo_insisted, payment, amount, slip, pin_delivered, version, content_hash, salt, \
         language, photo_report, photo_report_signature, photo_report_key) VALUES ($1, $2, $3, $4, $5, $6, \
         $7, $8, $9, $10, $11, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 0, $21, $22, $23, $24, $25, \
         $26, $27)",
    )
    .bind(order.id.0.to_string())
    .bind(order.number.as_str())
    .bind(order.user_name.as_str())
    .bind(order.terminal.as_str())
    .bind(order.state.status.code())
    .bind(wire::order::identity_code(order.state.identity))
    .bind(wire::order::reason_code(order.reason))
    .bind(order.state.place.as_str())
    .bind(order.promised.as_ref().map(Date::to_string))
    .bind(order.submitted_at.as_microsecond())
    .bind(order.received_at.as_microsecond())
    .bind(serde_json::to_string(&order.consents)?)
    .bind(&order.photo.sha256)
    .bind(&order.photo.verdict)
    .bind(&order.photo.policy)
    .bind(serde_json::to_string(&order.photo.findings)?)
    .bind(i64::from(order.photo.insisted))
    .bind(payment)
    .bind(amount)
    .bind(slip)
    .bind(order.version)
    .bind(&order.content_hash)
    .bind(&order.salt)
    .bind(order.language.tag())
    .bind(order.report.as_ref().map(|report| report.text.as_str()))
    .bind(order.report.as_ref().map(|report| report.signature.as_str()))
    .bind(order.report.as_ref().map(|report| report.key.as_str()))
    .execute(db)
    .await?;
    Ok(())
}

/// Writes what a move changed, if the order still has the version before; whether it had.
pub async fn update(db: &mut SqliteConnection, order: &Stored, now: Timestamp) -> Result<bool, Error> {
    let (payment, amount, slip) = payment(&order.state);
    let done = sqlx::query(
        "UPDATE orders SET status = $3, identity = $4, place = $5, photo_sha256 = $6, photo_verdict = $7, \
         photo_policy = $8, photo_findings = $9, photo_insisted = $10, payment = $11, amount = $12, slip = $13, \
         card = $14, slot = $15, handed_out_at = $16, refusal_rule = $17, refusal_words = $18, \
         changed_at = $19, photo_report = $20, photo_report_signature = $21, photo_report_key = $22, \
         version = $2 WHERE id = $1 AND version = $2 - 1",
    )
    .bind(order.id.0.to_string())
    .bind(order.version)
    .bind(order.state.status.code())
    .bind(wire::order::identity_code(order.state.identity))
    .bind(order.state.place.as_str())
    .bind(&order.photo.sha256)
    .bind(&order.photo.verdict)
    .bind(&order.photo.policy)
    .bind(serde_json::to_string(&order.photo.findings)?)
    .bind(i64::from(order.photo.insisted))
    .bind(payment)
    .bind(amount)
    .bind(slip)
    .bind(order.state.card.map(cards::stored))
    .bind(&order.state.slot)
    .bind(order.state.handed_out_at.map(Timestamp::as_microsecond))
    .bind(order.refusal.as_ref().and_then(|refusal| refusal.rule).map(photo::Rule::code))
    .bind(order.refusal.as_ref().map(|refusal| refusal.words.as_str()))
    .bind(now.as_microsecond())
    .bind(order.report.as_ref().map(|report| report.text.as_str()))
    .bind(order.report.as_ref().map(|report| report.signature.as_str()))
    .bind(order.report.as_ref().map(|report| report.key.as_str()))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The access system has confirmed the order's PIN.
pub async fn pin_delivered(db: &mut SqliteConnection, id: Id) -> Result<(), Error> {
    sqlx::query("UPDATE orders SET pin_delivered = 1 WHERE id = $1")
        .bind(id.0.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// The order and the content's hash of a move that was made before.
pub async fn made_move(db: &mut SqliteConnection, id: Uuid) -> Result<Option<(Id, Vec<u8>)>, Error> {
    let row = sqlx::query("SELECT order_id, content_hash FROM moves WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let order: &str = row.try_get(0)?;
    Ok(Some((Id(order.parse().map_err(|_| Error::corrupt("an id", order))?), row.try_get(1)?)))
}

/// Notes that a move was made.
pub async fn add_move(
    db: &mut SqliteConnection,
    id: Uuid,
    order: Id,
    content_hash: &[u8],
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query("INSERT INTO moves (id, order_id, content_hash, at) VALUES ($1, $2, $3, $4)")
        .bind(id.to_string())
        .bind(order.0.to_string())
        .bind(content_hash)
        .bind(now.as_microsecond())
        .execute(db)
        .await?;
    Ok(())
}

/// Keeps an order's sealed PIN until it is delivered; a newer one takes its place.
pub async fn keep_pin(
    db: &mut SqliteConnection,
    order: Id,
    sealed: &[u8],
    key_fingerprint: &str,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO sealed_pins (order_id, sealed, key_fingerprint) VALUES ($1, $2, $3) \
         ON CONFLICT (order_id) DO UPDATE SET sealed = excluded.sealed, key_fingerprint = excluded.key_fingerprint",
    )
    .bind(order.0.to_string())
    .bind(sealed)
    .bind(key_fingerprint)
    .execute(db)
    .await?;
    Ok(())
}

/// An order's sealed PIN, while it waits.
pub async fn sealed_pin(db: &mut SqliteConnection, order: Id) -> Result<Option<Vec<u8>>, Error> {
    Ok(sqlx::query_scalar("SELECT sealed FROM sealed_pins WHERE order_id = $1")
        .bind(order.0.to_string())
        .fetch_optional(db)
        .await?)
}

pub async fn forget_pin(db: &mut SqliteConnection, order: Id) -> Result<(), Error> {
    sqlx::query("DELETE FROM sealed_pins WHERE order_id = $1").bind(order.0.to_string()).execute(db).await?;
    Ok(())
}

/// Whether a person may have no further order: one is open already that is not itself held for a person.
pub fn open_beside(orders: &[Stored], id: Id) -> bool {
    orders.iter().any(|order| {
        order.id != id && order.state.status.open() && order.state.status != order::Status::NeedsPerson
    })
}

/// How sure the order's person is, for what only a proven person may cause.
pub fn proven(order: &Stored) -> bool {
    order.state.identity == Identity::Proven
}

/// The order that a card was made for, in production or later, unless the card is dead.
pub async fn with_card(
    db: &mut SqliteConnection,
    card: crate::domain::card::Number,
) -> Result<Option<Stored>, Error> {
    let row = sqlx::query(select!(
        "WHERE o.id = (SELECT b.order_id FROM batch_items b WHERE b.card = $1 AND b.dead = 0)"
    ))
    .bind(cards::stored(card))
    .fetch_optional(db);
    row.await?.as_ref().map(read).transpose()
}
