//! What the desks ask of the server. A screen only says what it wants ([`Ask`]); it is carried out here, and the answer is
//! given back to the screen, so that every screen can be tried without a server.

use std::path::PathBuf;

use bytes::Bytes;
use iced::widget::image;
use uuid::Uuid;

use super::alone;
use super::dialogs::{Dialogs, Question};
use super::trouble::Trouble;
use super::viewer;
use crate::camera::decode;
use crate::desktop::photo::Chosen;
use crate::domain::{card, order, person, place};
use crate::sync::answer::card::{Card, Report, ReportKind};
use crate::sync::answer::order::{Details, Found, Move, Order, Wish};
use crate::sync::answer::production::{Batch, NewBatch};
use crate::sync::answer::replica::Conflict;
use crate::sync::answer::{Person, Token};
use crate::sync::client::{Client, Search, Size};
use crate::sync::replica::Alone;

/// The most orders that a list shows.
const LONGEST_LIST: u32 = 500;
/// The most that a search shows: more is answered by typing on.
const MOST_FOUND: u32 = 40;

/// A wish of a screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Orders and persons by name, user name, order number or card number.
    Find(String),
    /// All orders of a status, at one place or at all.
    List {
        status: order::Status,
        place: Option<String>,
    },
    Order(String),
    Person(String),
    /// A photo, scaled to this height in pixels.
    Photo {
        sha256: String,
        height: u32,
    },
    Move {
        order: String,
        version: i64,
        wish: Wish,
    },
    /// A picture file is to be chosen.
    PickPhoto,
    /// This photo takes the place of the order's.
    ReplacePhoto {
        order: String,
        version: i64,
        photo: Chosen,
    },
    Report {
        card: String,
        what: ReportKind,
    },
    /// A batch of everything that can be printed, for one place or for all.
    MakeBatch {
        place: Option<String>,
    },
    Batches,
    /// The PDF of a batch, to be kept or printed.
    SaveBatch(String),
    SaveAlignment,
    /// A saved file is to be shown by the system.
    OpenFile(PathBuf),
    /// What does not fit together at this place.
    Conflicts,
    /// A person looked at it and says what they found and did.
    Settle {
        conflict: String,
        words: String,
    },
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum Answer {
    Found(Found),
    List {
        status: order::Status,
        orders: Vec<Order>,
    },
    Details(Box<Details>),
    Person(Box<Person>),
    Photo(Photo),
    /// The chosen file; none when the person thought better of it.
    Picked(Option<PathBuf>),
    Card(Card),
    Batch(Batch),
    Batches(Vec<Batch>),
    /// Where the file is now; none when the person thought better of it.
    Saved(Option<PathBuf>),
    Opened,
    Conflicts(Vec<Conflict>),
    Settled,
    /// The same, from the copy of this counter and without the server.
    Alone(Box<Answer>),
    /// Blocked or taken in at this counter, and nowhere else yet.
    CardAlone,
}

/// A photo at the size in which it is drawn.
#[derive(Debug, Clone)]
pub struct Photo {
    pub sha256: String,
    pub width: u32,
    pub height: u32,
    pub handle: image::Handle,
}

/// Who asks, and where files go.
#[derive(Debug, Clone)]
pub struct Office {
    pub client: Client,
    /// None for a clerk who unlocked without the server.
    pub token: Option<Token>,
    /// The clerk's user name.
    pub clerk: String,
    /// Where this counter stands.
    pub here: place::Id,
    /// What works without the server.
    pub alone: Option<Alone>,
    /// The server did not answer of late: what can be done alone is done alone at once.
    pub cut_off: bool,
    /// A folder for the printer's files; without one, the person is asked.
    pub print_folder: Option<PathBuf>,
    pub dialogs: Dialogs,
}

impl Office {
    /// Carries out one wish, with the server or alone. `id` names it: asked again, the server gives its first answer, and what
    /// is done alone after the line was cut is known by it.
    pub async fn carry_out(self, ask: Ask, id: Uuid) -> Result<Answer, Trouble> {
        let Some(alone) = self.alone.clone().filter(|_| alone::possible(&ask)) else {
            return match &self.token {
                Some(token) => self.with_server(token, ask, id).await,
                None => Err(Trouble::NeedsServer),
            };
        };
        let told = match &self.token {
            Some(token) if !self.cut_off && !alone::only(&alone, &ask).await => {
                self.with_server(token, ask.clone(), id).await
            }
            _ => Err(Trouble::Offline),
        };
        match told {
            Err(Trouble::Offline) => {
                let answer = alone::carry_out(&alone, &self.clerk, &self.here, ask, id).await?;
                Ok(Answer::Alone(Box::new(answer)))
            }
            told => told,
        }
    }

    async fn with_server(&self, token: &Token, ask: Ask, id: Uuid) -> Result<Answer, Trouble> {
        let client = &self.client;
        Ok(match ask {
            Ask::Find(query) => {
                let search = Search { query: Some(query), limit: Some(MOST_FOUND), ..Search::default() };
                Answer::Found(client.orders(token, &search).await?)
            }
            Ask::List { status, place } => {
                let search = Search {
                    status: Some(status.code().to_owned()),
                    place,
                    limit: Some(LONGEST_LIST),
                    ..Search::default()
                };
                Answer::List { status, orders: client.orders(token, &search).await?.orders }
            }
            Ask::Order(order) => Answer::Details(Box::new(client.order(token, id_of(&order)?).await?)),
            Ask::Person(user_name) => {
                let user_name = person::UserName::new(&user_name).ok_or(Trouble::Unexpected)?;
                Answer::Person(Box::new(client.person(token, &user_name).await?))
            }
            Ask::Photo { sha256, height } => {
                let jpeg = client.photo(token, &sha256, Size::Full).await?;
                let drawn = tokio::task::spawn_blocking(move || drawn(sha256, &jpeg, height));
                Answer::Photo(drawn.await.map_err(|_| Trouble::Unexpected)??)
            }
            Ask::Move { order, version, wish } => Answer::Details(Box::new(
                self.moved(token, &order, Move { id: id.to_string(), version, wish }).await?,
            )),
            Ask::PickPhoto => Answer::Picked(self.dialogs.ask(Question::Picture).await?),
            Ask::ReplacePhoto { order, version, photo } => {
                let wish = Wish::ReplacePhoto { photo: photo.told(photo.signed(client)) };
                client.put_photo(&photo.sha256(), Bytes::from_owner(photo.jpeg().clone())).await?;
                Answer::Details(Box::new(
                    self.moved(token, &order, Move { id: id.to_string(), version, wish }).await?,
                ))
            }
            Ask::Report { card, what } => {
                let number: card::Number = card.parse().map_err(|_| Trouble::Unexpected)?;
                Answer::Card(client.report_card(token, number, &Report { what }).await?)
            }
            Ask::MakeBatch { place } => {
                let batch = NewBatch { id: id.to_string(), place, orders: Vec::new() };
                Answer::Batch(client.new_batch(token, &batch).await?)
            }
            Ask::Batches => Answer::Batches(client.batches(token).await?.batches),
            Ask::SaveBatch(batch) => {
                let pdf = client.batch_pdf(token, &batch).await?;
                let name = format!("kort-{}.pdf", batch.chars().take(8).collect::<String>());
                Answer::Saved(self.save(&name, pdf).await?)
            }
            Ask::SaveAlignment => {
                let pdf = client.alignment_pdf(token).await?;
                Answer::Saved(self.save("alignment.pdf", pdf).await?)
            }
            Ask::OpenFile(path) => {
                viewer::open(&path).await.map_err(|error| {
                    tracing::warn!(path = %path.display(), error = &error as &dyn std::error::Error, "not opened");
                    Trouble::NoViewer
                })?;
                Answer::Opened
            }
            Ask::Conflicts => Answer::Conflicts(client.conflicts(token).await?.conflicts),
            Ask::Settle { conflict, words } => {
                client.settle(token, &conflict, &words).await?;
                Answer::Settled
            }
        })
    }

    async fn moved(&self, token: &Token, order: &str, wish: Move) -> Result<Details, Trouble> {
        let (client, order) = (&self.client, id_of(order)?);
        Ok(match client.move_order(token, order, &wish).await {
            // the line may have been cut after the server acted: the same id gives the same answer
            Err(error) if error.offline() => client.move_order(token, order, &wish).await?,
            answer => answer?,
        })
    }

    async fn save(&self, name: &str, pdf: Bytes) -> Result<Option<PathBuf>, Trouble> {
        let path = match &self.print_folder {
            Some(folder) => folder.join(name),
            None => match self.dialogs.ask(Question::Pdf(name.to_owned())).await? {
                Some(path) => path,
                None => return Ok(None),
            },
        };
        match tokio::fs::write(&path, pdf).await {
            Ok(()) => Ok(Some(path)),
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "the printer's file cannot be written");
                Err(Trouble::NotSaved)
            }
        }
    }
}

fn id_of(order: &str) -> Result<order::Id, Trouble> {
    order.parse().map(order::Id).map_err(|_| Trouble::Unexpected)
}

/// The photo as it is drawn: decoded within limits, scaled once.
pub(super) fn drawn(sha256: String, jpeg: &[u8], height: u32) -> Result<Photo, Trouble> {
    let picture = decode::decode(jpeg, None).map_err(|error| {
        tracing::warn!(%error, "a stored photo cannot be shown");
        Trouble::PhotoUnreadable
    })?;
    let width =
        (u64::from(picture.width) * u64::from(height) / u64::from(picture.height.max(1))).clamp(1, 4096);
    let width = u32::try_from(width).unwrap_or(1);
    let rgba = crate::camera::preview::scaled(&picture, (width, height)).ok_or(Trouble::PhotoUnreadable)?;
    Ok(Photo { sha256, width, height, handle: image::Handle::from_rgba(width, height, rgba) })
}
