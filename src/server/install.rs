//! What the operator does to a data folder: makes it, adds terminals, sets passwords, copies it.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use zeroize::Zeroizing;

use super::storage::persons::Staff;
use super::storage::settings::{self, Name};
use super::storage::terminals::{Role, Terminal};
use super::storage::{self, Storage, persons, places, record, terminals};
use super::terminals::issue_code;
use super::{identity, photo_folder, tls};
use crate::domain::audit::{Entry, Subject};
use crate::domain::number::TerminalCode;
use crate::domain::person::{self, UserName};
use crate::domain::place;
use crate::system::{Clock, NoRandomness, Randomness};
use crate::wire::terminal::{Enrolment, Secret};

/// The shortest password that is taken, in characters.
pub const SHORTEST_PASSWORD: usize = 10;

/// Why something could not be done to a data folder.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Storage(#[from] storage::Error),
    #[error(transparent)]
    Identity(#[from] identity::Error),
    #[error(transparent)]
    Tls(#[from] tls::Error),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    #[error("the access system's public key is 64 hexadecimal digits, or a file that holds them")]
    PinKey,
    #[error("say first to which key PINs are sealed: `kortserver pin-key --data DIR KEY`")]
    NoPinKey,
    #[error("there is no place {0:?}; known are: {1}")]
    UnknownPlace(String, String),
    #[error("all 1,024 terminal codes are in use")]
    NoCode,
    #[error("there is no terminal {0}: `kortserver terminals` names all")]
    NoTerminal(TerminalCode),
    #[error("the terminal {0} is not active: it has no key to exchange")]
    NotActive(TerminalCode),
    #[error("a password needs at least {SHORTEST_PASSWORD} characters")]
    ShortPassword,
    #[error("there is no account {0}")]
    NoAccount(UserName),
    #[error("a code of 4 to 12 digits is needed")]
    ExitCode,
    #[error("{0} is there already")]
    Exists(PathBuf),
    #[error("{path} cannot be written or read")]
    File { path: PathBuf, source: std::io::Error },
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Storage(error.into())
    }
}

/// An entry of the record made on the command line.
pub fn entry(
    now: Timestamp,
    subject: Subject,
    id: String,
    action: &str,
    details: Vec<(String, String)>,
) -> Entry {
    Entry {
        at: now,
        terminal_at: None,
        actor: "operator".into(),
        place: "server".into(),
        subject,
        subject_id: id,
        action: action.into(),
        details,
    }
}

/// Makes the database in a new data folder, with salt and epoch.
pub async fn create(
    data: &Path,
    demo: bool,
    clock: &Clock,
    randomness: &Randomness,
) -> Result<Storage, Error> {
    let storage = Storage::create(data).await?;
    let mut db = storage.write().await?;
    settings::set(&mut db, Name::Epoch, &randomness.uuid()?.to_string()).await?;
    settings::set(&mut db, Name::Salt, &hex::encode(randomness.bytes::<32>()?)).await?;
    if demo {
        settings::set(&mut db, Name::Demo, "yes").await?;
    }
    let kind = if demo { "demo" } else { "real" };
    let made =
        entry(clock.now(), Subject::Register, "server".into(), "created", vec![("kind".into(), kind.into())]);
    record::append(&mut db, &made).await?;
    db.commit().await?;
    Ok(storage)
}

/// Makes a data folder for real: the database and its first administrator, who may work at every desk.
pub async fn init(
    data: &Path,
    user: UserName,
    password: &str,
    pin_key: Option<&[u8; 32]>,
    clock: &Clock,
    randomness: &Randomness,
) -> Result<(), Error> {
    let hash = checked_hash(password, randomness)?;
    let storage = create(data, false, clock, randomness).await?;
    tls::Authority::make(data)?;
    if let Some(key) = pin_key {
        set_pin_key(&storage, key, clock).await?;
    }
    let staff = Staff {
        id: randomness.uuid()?,
        name: user.to_string(),
        user_name: user,
        roles: person::Role::ALL.to_vec(),
        closed: false,
    };
    let mut db = storage.write().await?;
    persons::put_staff(&mut db, &staff).await?;
    persons::put_password(&mut db, &staff.user_name, &hash).await?;
    let added = entry(clock.now(), Subject::Staff, staff.id.to_string(), "added", roles(&staff));
    record::append(&mut db, &added).await?;
    db.commit().await?;
    storage.close().await;
    Ok(())
}

/// The roles of a member of staff, for the record.
pub fn roles(staff: &Staff) -> Vec<(String, String)> {
    staff.roles.iter().map(|role| ("role".to_owned(), role.code().to_owned())).collect()
}

fn checked_hash(password: &str, randomness: &Randomness) -> Result<String, Error> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(Error::ShortPassword);
    }
    Ok(identity::hash(password, randomness)?)
}

/// A password of 20 letters and digits, about 100 bits.
pub fn generate_password(randomness: &Randomness) -> Result<Zeroizing<String>, Error> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let bytes = Zeroizing::new(randomness.bytes::<20>()?);
    let letters = bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32)));
    Ok(Zeroizing::new(letters.map(|letter| char::from(*letter)).collect()))
}

/// Gives a member of staff or a student another password.
pub async fn set_password(
    storage: &Storage,
    user: &UserName,
    password: &str,
    clock: &Clock,
    randomness: &Randomness,
) -> Result<(), Error> {
    let hash = checked_hash(password, randomness)?;
    let mut db = storage.write().await?;
    let id = match (persons::staff(&mut db, user).await?, persons::student(&mut db, user).await?) {
        (Some(staff), _) => staff.id,
        (None, Some(known)) => known.id,
        (None, None) => return Err(Error::NoAccount(user.clone())),
    };
    persons::put_password(&mut db, user, &hash).await?;
    let changed = entry(clock.now(), Subject::Staff, id.to_string(), "password_set", vec![]);
    record::append(&mut db, &changed).await?;
    db.commit().await?;
    Ok(())
}

/// The access system's public key from 64 hexadecimal digits, or from a file that holds them.
pub fn read_pin_key(text: &str) -> Result<[u8; 32], Error> {
    let mut key = [0; 32];
    if hex::decode_to_slice(text.trim(), &mut key).is_ok() {
        return Ok(key);
    }
    let path = Path::new(text);
    let held =
        std::fs::read_to_string(path).map_err(|source| Error::File { path: path.to_owned(), source })?;
    hex::decode_to_slice(held.trim(), &mut key).map_err(|_| Error::PinKey)?;
    Ok(key)
}

/// Says to which key terminals seal PINs. Terminals that pinned another key seal none until they are added anew.
pub async fn set_pin_key(storage: &Storage, key: &[u8; 32], clock: &Clock) -> Result<(), Error> {
    let mut db = storage.write().await?;
    settings::set(&mut db, Name::PinKey, &hex::encode(key)).await?;
    let details = vec![("fingerprint".to_owned(), hex::encode(Sha256::digest(key)))];
    record::append(&mut db, &entry(clock.now(), Subject::Register, "server".into(), "pin_key_set", details))
        .await?;
    db.commit().await?;
    Ok(())
}

/// Sets the code by which staff leaves a kiosk's full screen.
pub async fn set_staff_exit(
    storage: &Storage,
    code: &str,
    clock: &Clock,
    randomness: &Randomness,
) -> Result<(), Error> {
    if !(4..=12).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Error::ExitCode);
    }
    let salt = randomness.bytes::<16>()?;
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(code.as_bytes());
    let content = format!("{} {}", hex::encode(salt), hex::encode(hash.finalize()));
    let mut db = storage.write().await?;
    settings::set(&mut db, Name::StaffExit, &content).await?;
    let set = entry(clock.now(), Subject::Register, "server".into(), "staff_exit_set", vec![]);
    record::append(&mut db, &set).await?;
    db.commit().await?;
    Ok(())
}

/// A free code: K and a character for kiosks, C and a character for counters, any when those are used up.
async fn free_code(db: &mut SqliteConnection, role: Role) -> Result<TerminalCode, Error> {
    let taken: Vec<TerminalCode> = terminals::all(db).await?.iter().map(|terminal| terminal.code).collect();
    let letter = match role {
        Role::Kiosk => 'K',
        Role::Counter => 'C',
    };
    let own = (0..1024).map(TerminalCode::nth).filter(|code| code.as_str().starts_with(letter));
    // the first of each is K1 and C1, not K0 and C0
    own.clone()
        .skip(1)
        .chain(own)
        .chain((0..1024).map(TerminalCode::nth))
        .find(|code| !taken.contains(code))
        .ok_or(Error::NoCode)
}

/// Adds a terminal; its enrolment is told once and not kept. `authority` is the server's own, where terminals are to trust
/// no other.
pub async fn add_terminal(
    storage: &Storage,
    place: &str,
    role: Role,
    authority: Option<[u8; 32]>,
    clock: &Clock,
    randomness: &Randomness,
) -> Result<Enrolment, Error> {
    let mut db = storage.write().await?;
    let pin_key_fingerprint = pin_key_fingerprint(&mut db).await?;
    let known = places::all(&mut db).await?;
    let place =
        place::Id::new(place).filter(|id| known.iter().any(|place| place.id == *id)).ok_or_else(|| {
            let ids: Vec<_> = known.iter().map(|place| place.id.as_str()).collect();
            Error::UnknownPlace(place.to_owned(), ids.join(", "))
        })?;
    let code = free_code(&mut db, role).await?;
    let terminal = Terminal::new(code, place, role, clock.now());
    terminals::add(&mut db, &terminal).await?;
    let details = vec![
        ("role".to_owned(), role.code().to_owned()),
        ("place".to_owned(), terminal.place.as_str().to_owned()),
    ];
    let secret = invite(&mut db, code, "added", details, clock, randomness).await?;
    db.commit().await?;
    Ok(Enrolment { code, secret, pin_key_fingerprint, authority })
}

/// Issues the secret that a terminal is enrolled with, and records why.
async fn invite(
    db: &mut SqliteConnection,
    code: TerminalCode,
    action: &str,
    details: Vec<(String, String)>,
    clock: &Clock,
    randomness: &Randomness,
) -> Result<Secret, Error> {
    let secret = Secret::new(&randomness.bytes::<16>()?);
    issue_code(db, code, secret.as_str(), clock.now()).await?;
    record::append(db, &entry(clock.now(), Subject::Terminal, code.to_string(), action, details)).await?;
    Ok(secret)
}

async fn pin_key_fingerprint(db: &mut SqliteConnection) -> Result<[u8; 32], Error> {
    let key = settings::get(db, Name::PinKey).await?.ok_or(Error::NoPinKey)?;
    Ok(Sha256::digest(read_pin_key(&key)?).into())
}

/// A new code for a terminal that was revoked, set aside or made new: it becomes active when it is enrolled with it.
pub async fn restore_terminal(
    storage: &Storage,
    code: TerminalCode,
    authority: Option<[u8; 32]>,
    clock: &Clock,
    randomness: &Randomness,
) -> Result<Enrolment, Error> {
    let mut db = storage.write().await?;
    let pin_key_fingerprint = pin_key_fingerprint(&mut db).await?;
    terminals::find(&mut db, code).await?.ok_or(Error::NoTerminal(code))?;
    let secret = invite(&mut db, code, "code_issued", vec![], clock, randomness).await?;
    db.commit().await?;
    Ok(Enrolment { code, secret, pin_key_fingerprint, authority })
}

/// Copies the database, whole and consistent while the server runs, to `file`, the photos to the folder `FILE.photos` beside
/// it, and the authority that terminals trust to `FILE.tls`.
pub async fn backup(storage: &Storage, data: &Path, file: &Path) -> Result<(), Error> {
    let beside = |what: &str| {
        let mut path = file.as_os_str().to_owned();
        path.push(what);
        PathBuf::from(path)
    };
    let (photos, authority) = (beside(".photos"), beside(".tls"));
    for path in [file, &photos, &authority] {
        if path.exists() {
            return Err(Error::Exists(path.to_owned()));
        }
    }
    storage.copy_to(file).await?;
    // the database first: every photo that it names is there already
    copy_folder(&photo_folder(data), &photos)?;
    if tls::folder(data).exists() {
        copy_folder(&tls::folder(data), &authority)?;
    }
    Ok(())
}

/// Makes an empty data folder of what [`backup`] wrote. The database has another epoch from then on, by which the terminals
/// know that they have to hand in once more what they still keep.
pub async fn restore(
    file: &Path,
    data: &Path,
    clock: &Clock,
    randomness: &Randomness,
) -> Result<Storage, Error> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::File { path, source }
    };
    let target = data.join(storage::FILE);
    if target.exists() {
        return Err(Error::Exists(target));
    }
    let mut photos = file.as_os_str().to_owned();
    photos.push(".photos");
    copy_folder(Path::new(&photos), &photo_folder(data))?;
    // under another name until it has its new epoch: cut off here, there is no server that says the old one
    let name = data.join("restoring");
    std::fs::create_dir_all(&name).map_err(failed(&name))?;
    let copy = name.join(storage::FILE);
    std::fs::copy(file, &copy).map_err(failed(file))?;
    let restored = Storage::open(&name).await?;
    let epoch = randomness.uuid()?.to_string();
    let mut db = restored.write().await?;
    settings::set(&mut db, Name::Epoch, &epoch).await?;
    let note = entry(clock.now(), Subject::Register, "server".into(), "restored", vec![]);
    record::append(&mut db, &note).await?;
    db.commit().await?;
    restored.close().await;
    std::fs::rename(&copy, &target).map_err(failed(&target))?;
    std::fs::remove_dir_all(&name).map_err(failed(&name))?;
    Ok(Storage::open(data).await?)
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Error> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::File { path, source }
    };
    std::fs::create_dir_all(to).map_err(failed(to))?;
    if !from.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(from).map_err(failed(from))? {
        let entry = entry.map_err(failed(from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy_folder(&source, &target)?;
        } else {
            std::fs::copy(&source, &target).map_err(failed(&source))?;
        }
    }
    Ok(())
}
