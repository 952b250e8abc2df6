//! Everything personal between sign-in and Done, in one value: when it goes, it is wiped (invariant 5).

use zeroize::Zeroize;

use crate::desktop::photo::Chosen;
use crate::domain::order::{self, Reason};
use crate::domain::person::UserName;
use crate::domain::pin::Forbidden;
use crate::domain::place;
use crate::seal::Secret;
use crate::seal::pin::SealedPin;
use crate::sync::answer::{self, Person, Token};

/// What the person is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Errand {
    #[default]
    Order,
    /// Another photo for the open order.
    ReplacePhoto,
    /// Another pickup place for the open order.
    ChangePlace,
}

/// A step of an order, in the order in which they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Reason,
    Terms,
    Photo,
    Pin,
    Place,
    Summary,
}

impl Step {
    pub const ALL: [Self; 6] =
        [Self::Reason, Self::Terms, Self::Photo, Self::Pin, Self::Place, Self::Summary];
}

/// See the module.
pub struct Session {
    pub user_name: UserName,
    pub person: Person,
    pub token: Token,
    pub forbidden: Vec<Forbidden>,
    /// The order that is being made.
    pub id: order::Id,
    pub errand: Errand,
    pub reason: Option<Reason>,
    /// What was agreed to, by key and version of the text; none before it was read.
    pub consents: Option<Vec<String>>,
    pub photo: Option<Chosen>,
    pub pin: Option<SealedPin>,
    pub place: Option<place::Id>,
}

/// Why a session cannot begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    Staff,
    /// The server's answer cannot be a student's.
    Impossible,
}

impl Session {
    /// Begins with the server's answer to a sign-in.
    pub fn begin(session: answer::Session, id: order::Id) -> Result<Self, Unfit> {
        let answer::Session { token, account } = session;
        match account {
            answer::Account::Staff { .. } => Err(Unfit::Staff),
            answer::Account::Student { person, forbidden_pins } => {
                let user_name = UserName::new(&person.user_name).ok_or(Unfit::Impossible)?;
                let forbidden = forbidden_pins.iter().map(|pin| Forbidden::new(pin.0)).collect();
                Ok(Self {
                    user_name,
                    person,
                    token,
                    forbidden,
                    id,
                    errand: Errand::Order,
                    reason: None,
                    consents: None,
                    photo: None,
                    pin: None,
                    place: None,
                })
            }
        }
    }

    /// The first step that has not been taken.
    pub fn next(&self) -> Step {
        if self.reason.is_none() {
            Step::Reason
        } else if self.consents.is_none() {
            Step::Terms
        } else if self.photo.is_none() {
            Step::Photo
        } else if self.pin.is_none() {
            Step::Pin
        } else if self.place.is_none() {
            Step::Place
        } else {
            Step::Summary
        }
    }

    /// The order that is not finished yet.
    pub fn open_order(&self) -> Option<&answer::order::Order> {
        self.person
            .orders
            .iter()
            .find(|order| order::Status::from_code(&order.status).is_some_and(order::Status::open))
    }

    /// The session's token for the outbox.
    pub fn proof(&self) -> Secret {
        Secret::new(self.token.0.clone())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let person = &mut self.person;
        for text in [
            &mut person.user_name,
            &mut person.name,
            &mut person.legal_name,
            &mut person.student_number,
            &mut person.valid_to,
        ] {
            text.zeroize();
        }
        for card in &mut person.cards {
            card.number.zeroize();
            card.owner.zeroize();
        }
        for order in &mut person.orders {
            for text in [&mut order.number, &mut order.user_name, &mut order.name] {
                text.zeroize();
            }
        }
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session(****)")
    }
}
