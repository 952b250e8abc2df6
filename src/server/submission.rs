//! Taking an order in: exactly once, and never refused for what a person can settle.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;

use super::App;
use super::authentication;
use super::problem::Error;
use super::registry;
use super::reports;
use super::storage::orders::{self, Reported, Stored};
use super::storage::persons::Registered;
use super::storage::record::commitment;
use super::storage::sessions::Kind;
use super::storage::terminals::Terminal;
use super::storage::{cards, persons, phone, photos, places, record, search, sessions, settings};
use crate::domain::audit::{Entry, Subject};
use crate::domain::card;
use crate::domain::number::Number;
use crate::domain::order::{Event, Id, Identity, Intake, Ore, Payment, Reason, State};
use crate::domain::person::{Language, UserName};
use crate::domain::phone::Nonce;
use crate::domain::photo::Verdict;
use crate::seal::signing::PublicKey;
use crate::wire::{self, Impossible, ProblemCode};

/// The longest sealed PIN, in bytes.
const SEALED_PIN: usize = 512;

/// The most findings and consents that an order may carry.
const LISTED: usize = 64;

/// A submission whose every part the domain can hold.
struct Checked {
    number: Number,
    user_name: UserName,
    identity: Identity,
    session: Option<wire::session::Token>,
    /// The QR code for which the person proved on a phone who they are.
    phone: Option<Nonce>,
    reason: Reason,
    place: crate::domain::place::Id,
    promised: Option<jiff::civil::Date>,
    submitted_at: Timestamp,
    consents: Vec<String>,
    language: Language,
    photo: wire::order::Photo,
    report: Option<Reported>,
    broken_report: bool,
    needs_review: bool,
    sealed_pin: Vec<u8>,
    pin_key_fingerprint: String,
    /// SHA-256 of the submission without its session.
    content_hash: Vec<u8>,
}

/// Whether a person must look at a photo with this report.
pub fn needs_review(photo: &wire::order::Photo) -> Result<bool, Impossible> {
    if photo.findings.len() > LISTED {
        return Err(Impossible::new("findings", photo.findings.len()));
    }
    for finding in &photo.findings {
        crate::domain::photo::Finding::try_from(finding)?;
    }
    match Verdict::from_code(&photo.verdict) {
        Some(Verdict::Accept) => Ok(photo.insisted),
        Some(Verdict::Ask | Verdict::Refuse) => Ok(true),
        Some(Verdict::Unreadable) | None => Err(Impossible::new("verdict", &photo.verdict)),
    }
}

fn check(mut submission: wire::order::Submission, report_keys: &[PublicKey]) -> Result<Checked, Error> {
    let session = submission.session.take();
    let content = serde_json::to_vec(&submission).map_err(super::storage::Error::from)?;
    let sealed_pin = hex::decode(&submission.sealed_pin)
        .map_err(|_| Impossible::new("sealed_pin", "no hexadecimal digits"))?;
    if sealed_pin.is_empty() || sealed_pin.len() > SEALED_PIN {
        return Err(Impossible::new("sealed_pin", sealed_pin.len()).into());
    }
    if submission.consents.len() > LISTED {
        return Err(Impossible::new("consents", submission.consents.len()).into());
    }
    let needs_review = needs_review(&submission.photo)?;
    let (identity, phone) = wire::order::proof_of(&submission.identity, submission.nonce.as_deref())?;
    let reports::Checked { photo, report, broken } = reports::check(submission.photo, report_keys);
    Ok(Checked {
        number: submission.number.parse().map_err(|_| Impossible::new("number", &submission.number))?,
        user_name: UserName::new(&submission.user_name)
            .ok_or_else(|| Impossible::new("user_name", &submission.user_name))?,
        identity,
        session,
        phone,
        reason: wire::order::reason_of(&submission.reason)?,
        place: wire::order::place_of(&submission.place)?,
        promised: submission
            .promised
            .map(|day| day.parse().map_err(|_| Impossible::new("promised", day)))
            .transpose()?,
        submitted_at: wire::time_of(submission.submitted_at)?,
        consents: submission.consents,
        language: match submission.language {
            Some(tag) => Language::from_tag(&tag).ok_or_else(|| Impossible::new("language", tag))?,
            None => Language::default(),
        },
        needs_review: needs_review || broken,
        photo,
        report,
        broken_report: broken,
        sealed_pin,
        pin_key_fingerprint: submission.pin_key_fingerprint,
        content_hash: Sha256::digest(&content).to_vec(),
    })
}

/// Takes an order in. The same submission again is answered with the order as it stands now; another one with the same id
/// or number is a conflict. A second open order, an unknown person or an unknown place is taken in for a person to settle.
pub async fn submit(
    app: &App,
    terminal: &Terminal,
    report_keys: &[PublicKey],
    id: Id,
    submission: wire::order::Submission,
) -> Result<Stored, Error> {
    let checked = check(submission, report_keys)?;
    reports::vouched(app, &checked.photo, checked.report.as_ref()).await?;
    let salt = app.randomness.bytes::<16>()?;
    let now = app.clock.now();
    let mut db = app.storage.write().await?;
    if let Some(stored) = orders::find(&mut db, id).await? {
        return if stored.content_hash == checked.content_hash {
            Ok(stored)
        } else {
            Err(Error::refused(ProblemCode::Conflict, "the id belongs to another order"))
        };
    }
    if orders::with_number(&mut db, checked.number).await?.is_some() {
        return Err(Error::refused(ProblemCode::Conflict, "the number belongs to another order"));
    }
    if !photos::known(&mut db, &checked.photo.sha256).await? {
        return Err(Error::refused(ProblemCode::PhotoMissing, "send the photo first"));
    }
    let student = persons::student(&mut db, &checked.user_name).await?;
    let order = intake(&mut db, terminal, id, &checked, student.as_ref(), &salt, now).await?;
    orders::add(&mut db, &order).await?;
    orders::keep_pin(&mut db, id, &checked.sealed_pin, &checked.pin_key_fingerprint).await?;
    search::put_order(&mut db, &order, student.as_ref().map(|known| &known.student)).await?;
    let actor = match &student {
        Some(known) if orders::proven(&order) => known.id.to_string(),
        _ => terminal.code.to_string(),
    };
    let entry = Entry {
        at: now,
        terminal_at: Some(order.submitted_at),
        actor: actor.clone(),
        place: terminal.code.to_string(),
        subject: Subject::Order,
        subject_id: id.0.to_string(),
        action: Event::Submitted.code().into(),
        details: vec![
            ("status".into(), order.state.status.code().into()),
            ("reason".into(), wire::order::reason_code(order.reason).into()),
            ("identity".into(), wire::order::identity_code(order.state.identity).into()),
            ("number".into(), order.number.as_str().into()),
            ("person".into(), commitment(&order.salt, order.user_name.as_str())),
            ("photo".into(), commitment(&order.salt, &order.photo.sha256)),
            ("verdict".into(), order.photo.verdict.clone()),
            ("report".into(), report_word(order.report.is_some(), checked.broken_report).into()),
        ],
    };
    record::append(&mut db, &entry).await?;
    if order.reason == Reason::Lost && orders::proven(&order) {
        for lost in cards::of(&mut db, &order.user_name).await? {
            if lost.status == card::Status::Active {
                registry::block(app, &mut db, &lost, &actor, terminal.code.as_str(), now).await?;
            }
        }
    }
    db.commit().await?;
    app.wake_jobs();
    Ok(order)
}

/// What the record says about the check report that came with a photo.
pub fn report_word(holds: bool, broken: bool) -> &'static str {
    match (holds, broken) {
        (true, _) => "signed",
        (false, true) => "broken",
        (false, false) => "none",
    }
}

async fn intake(
    db: &mut SqliteConnection,
    terminal: &Terminal,
    id: Id,
    checked: &Checked,
    student: Option<&Registered>,
    salt: &[u8],
    now: Timestamp,
) -> Result<Stored, Error> {
    let known_place = places::find(&mut *db, &checked.place).await?.is_some();
    let others = orders::of(&mut *db, &checked.user_name).await?;
    let identity = match (checked.identity, checked.phone, &checked.session) {
        (Identity::Proven, Some(nonce), _) => {
            let proven = phone::proven(&mut *db, terminal.code, nonce, &checked.user_name).await?;
            if proven { Identity::Proven } else { Identity::Unproven }
        }
        // also after its end: an order may reach the server long after its session
        (Identity::Proven, None, Some(token)) => {
            let session = sessions::find(&mut *db, &authentication::hash(&token.0)).await?;
            let own = session.is_some_and(|session| {
                session.user_name == checked.user_name
                    && session.kind == Kind::Student
                    && session.terminal == terminal.code
            });
            if own { Identity::Proven } else { Identity::Unproven }
        }
        _ => Identity::Unproven,
    };
    let intake = Intake {
        identity,
        needs_review: checked.needs_review,
        has_open_order: others.iter().any(|other| other.state.status.open()),
        known_person: student.is_some() && known_place,
    };
    let has_card =
        cards::of(&mut *db, &checked.user_name).await?.iter().any(|card| card.status != card::Status::Dead);
    let price = checked.reason.price(&settings::prices(&mut *db).await?);
    // a card that nobody knows of is not charged for
    let payment = if price == Ore(0) || !has_card { Payment::Free } else { Payment::Due(price) };
    Ok(Stored {
        id,
        number: checked.number,
        user_name: checked.user_name.clone(),
        name: student.map(|known| known.student.name().to_owned()),
        terminal: terminal.code,
        state: State {
            status: intake.status(),
            payment,
            identity,
            place: checked.place.clone(),
            card: None,
            slot: None,
            handed_out_at: None,
            owes_old_card: false,
        },
        reason: checked.reason,
        promised: checked.promised,
        submitted_at: checked.submitted_at,
        received_at: now,
        consents: checked.consents.clone(),
        language: checked.language,
        photo: checked.photo.clone(),
        report: checked.report.clone(),
        refusal: None,
        pin_delivered: false,
        version: 1,
        content_hash: checked.content_hash.clone(),
        salt: salt.to_vec(),
    })
}
