//! Everything personal between sign-in and Done, in one value: when it goes, it is wiped (invariant 5).

use zeroize::Zeroize;

use crate::desktop::photo::Chosen;
use crate::domain::order::{self, Identity, Reason};
use crate::domain::person::UserName;
use crate::domain::phone::Nonce;
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

/// How it is known who the person is.
#[derive(Debug, Clone)]
pub enum Proof {
    /// The server was given their password.
    Server(Token),
    /// They brought a code from their phone for this QR code.
    Phone(Nonce),
    /// Not at all: a user name was typed.
    None,
}

/// See the module.
pub struct Session {
    pub user_name: UserName,
    /// What the server says of the person; none while it cannot be asked.
    pub person: Option<Person>,
    pub proof: Proof,
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
                let mut session = Self::alone(user_name, Proof::Server(token), id);
                (session.person, session.forbidden) = (Some(person), forbidden);
                Ok(session)
            }
        }
    }

    /// Begins without the server: nothing is known of the person but the user name, and a PIN is held against common ones only.
    pub fn alone(user_name: UserName, proof: Proof, id: order::Id) -> Self {
        Self {
            user_name,
            person: None,
            proof,
            forbidden: Vec::new(),
            id,
            errand: Errand::Order,
            reason: None,
            consents: None,
            photo: None,
            pin: None,
            place: None,
        }
    }

    /// What the person is called as far as it is known.
    pub fn name(&self) -> &str {
        self.person.as_ref().map_or(self.user_name.as_str(), |person| person.name.as_str())
    }

    /// How sure it is who the person is.
    pub fn identity(&self) -> Identity {
        match self.proof {
            Proof::Server(_) | Proof::Phone(_) => Identity::Proven,
            Proof::None => Identity::Unproven,
        }
    }

    /// What the server knows the session by.
    pub fn token(&self) -> Option<&Token> {
        match &self.proof {
            Proof::Server(token) => Some(token),
            Proof::Phone(_) | Proof::None => None,
        }
    }

    /// The QR code that was answered with a code from a phone.
    pub fn nonce(&self) -> Option<Nonce> {
        match self.proof {
            Proof::Phone(nonce) => Some(nonce),
            Proof::Server(_) | Proof::None => None,
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
            .as_ref()?
            .orders
            .iter()
            .find(|order| order::Status::from_code(&order.status).is_some_and(order::Status::open))
    }

    /// The session's token for the outbox.
    pub fn secret(&self) -> Option<Secret> {
        self.token().map(|token| Secret::new(token.0.clone()))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let Some(person) = &mut self.person else { return };
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
