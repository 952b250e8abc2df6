//! The access system: the doors. It is told who has which card, which cards are blocked, and gets PINs that only it can
//! read. Each call is accepted at once and confirmed seconds to hours later.
//!
//! | call | body → answer |
//! |---|---|
//! | `PUT /persons/{user}` | [`Person`] → 204 |
//! | `PUT /persons/{user}/card` | [`NewCard`] → 202 [`Change`] |
//! | `PUT /persons/{user}/pin` | [`NewPin`] → 202 [`Change`]; 422 when it is not this order's PIN |
//! | `POST /cards/{number}/block`, `…/unblock` | [`Asked`] → 202 [`Change`] |
//! | `GET /changes/{id}` | → [`Change`] |
//! | `GET /key` | → the public key, hex |

pub mod simulator;

use std::time::Duration;

use reqwest::{Client, Response, StatusCode, Url};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::card::Number;
use crate::domain::order;
use crate::domain::person::UserName;

const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCard {
    /// The caller's id of this change: asked again, it is made once.
    pub id: Uuid,
    pub number: String,
    pub valid_from: String,
    pub valid_to: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPin {
    pub id: Uuid,
    pub order: Uuid,
    /// Hex.
    pub sealed: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub id: Uuid,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    Pending,
    Confirmed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub id: Uuid,
    pub state: Progress,
}

/// Why the access system did not take something.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0:?} is no address: give one like http://127.0.0.1:8700")]
    Address(String),
    /// Worth trying again.
    #[error("the access system cannot be reached")]
    Away(#[from] reqwest::Error),
    #[error("the access system answers {0}")]
    Busy(StatusCode),
    /// Never worth trying again.
    #[error("the access system refuses with {0}")]
    Refused(StatusCode),
}

/// The access system as the server calls it.
#[derive(Debug, Clone)]
pub struct AccessSystem {
    client: Client,
    url: String,
}

fn accepted(response: Response) -> Result<Response, Error> {
    let status = response.status();
    match status {
        status if status.is_success() => Ok(response),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => Err(Error::Busy(status)),
        status if status.is_client_error() => Err(Error::Refused(status)),
        status => Err(Error::Busy(status)),
    }
}

impl AccessSystem {
    /// The access system at this address.
    pub fn at(url: &str) -> Result<Self, Error> {
        let address =
            Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if address.is_none() {
            return Err(Error::Address(url.to_owned()));
        }
        let client = Client::builder().timeout(PATIENCE).no_proxy().build()?;
        Ok(Self { client, url: url.trim_end_matches('/').to_owned() })
    }

    /// Adds a person or changes the name.
    pub async fn person(&self, user: &UserName, name: &str) -> Result<(), Error> {
        let url = format!("{}/persons/{user}", self.url);
        accepted(self.client.put(url).json(&Person { name: name.to_owned() }).send().await?)?;
        Ok(())
    }

    /// Gives a person a card in place of any other.
    pub async fn card(&self, user: &UserName, card: &NewCard) -> Result<Change, Error> {
        let url = format!("{}/persons/{user}/card", self.url);
        Ok(accepted(self.client.put(url).json(card).send().await?)?.json().await?)
    }

    /// Gives a person the PIN that was sealed for an order.
    pub async fn pin(
        &self,
        id: Uuid,
        user: &UserName,
        order: order::Id,
        sealed: &[u8],
    ) -> Result<Change, Error> {
        let url = format!("{}/persons/{user}/pin", self.url);
        let pin = NewPin { id, order: order.0, sealed: hex::encode(sealed) };
        Ok(accepted(self.client.put(url).json(&pin).send().await?)?.json().await?)
    }

    /// Blocks a card, or unblocks it.
    pub async fn block(&self, id: Uuid, card: Number, blocked: bool) -> Result<Change, Error> {
        let what = if blocked { "block" } else { "unblock" };
        let url = format!("{}/cards/{card}/{what}", self.url);
        Ok(accepted(self.client.post(url).json(&Asked { id }).send().await?)?.json().await?)
    }

    /// How far a change is.
    pub async fn change(&self, id: Uuid) -> Result<Change, Error> {
        Ok(accepted(self.client.get(format!("{}/changes/{id}", self.url)).send().await?)?.json().await?)
    }
}
