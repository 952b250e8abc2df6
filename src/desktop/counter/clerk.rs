//! A clerk at the counter: how they come, with the server or without it, and what goes with them.

use std::sync::Arc;

use iced::Task;
use zeroize::Zeroizing;

use crate::store::clerks::{Clerk, Tried};
use crate::sync::answer::{Account, ProblemCode, Session, Token};
use crate::sync::client::Client;
use crate::sync::replica::{Alone, Refused};

use super::handover::Handover;
use super::office::Office;
use super::production::Production;
use super::review::{self, Review};
use super::sign_in::{self, SignIn};
use super::{Counter, Desk, Message, Trouble};

/// The clerk's own part: gone when they go.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) user_name: String,
    pub(super) clerk: String,
    pub(super) office: Office,
    pub(super) desks: Vec<Desk>,
    pub(super) desk: Desk,
    pub(super) handover: Handover,
    pub(super) review: Review,
    pub(super) production: Production,
}

impl Work {
    /// The field that is always ready.
    pub(super) fn first(&self) -> Option<&'static str> {
        match (self.desk, self.review.step()) {
            (Desk::Handover | Desk::Production, _) => Some("field"),
            (Desk::Review, review::Step::Writing(_)) => Some("words"),
            (Desk::Review, _) => None,
        }
    }
}

impl Counter {
    pub(super) fn signing_in(&mut self, message: sign_in::Message) -> Task<Message> {
        match self.sign_in.update(message) {
            sign_in::Action::None => Task::none(),
            sign_in::Action::Speak(language) => {
                self.start.language = language;
                Task::none()
            }
            sign_in::Action::SignIn { user_name, password } => {
                let (client, alone) = (self.start.client.clone(), self.start.alone.clone());
                Task::future(sign_in(client, alone, user_name, password))
            }
        }
    }

    /// A clerk begins.
    pub(super) fn begin(&mut self, session: &Session) -> Task<Message> {
        let Account::Staff { user_name, name, roles } = &session.account else {
            self.sign_in.refused(Trouble::Refused { code: ProblemCode::WrongKind, retry_after: None });
            return Task::none();
        };
        let clerk = Clerk { user_name: user_name.clone(), name: name.clone(), roles: roles.clone() };
        self.online = true;
        self.begin_work(&clerk, Some(session.token.clone()), Desk::of_roles(roles))
    }

    /// A clerk begins without the server: at the one desk that works alone.
    pub(super) fn begin_alone(&mut self, clerk: &Clerk) -> Task<Message> {
        let mut desks = Desk::of_roles(&clerk.roles);
        desks.retain(|desk| *desk == Desk::Handover);
        if desks.is_empty() {
            self.sign_in.refused(Trouble::NeedsServer);
            return Task::none();
        }
        self.begin_work(clerk, None, desks)
    }

    fn begin_work(&mut self, clerk: &Clerk, token: Option<Token>, desks: Vec<Desk>) -> Task<Message> {
        let Some(&desk) = desks.first() else {
            self.sign_in.refused(Trouble::Refused { code: ProblemCode::Forbidden, retry_after: None });
            return Task::none();
        };
        self.turn += 1;
        self.idle = 0;
        self.sign_in = SignIn::of(&clerk.user_name);
        let here = self.start.places.iter().find(|place| place.id == self.start.place);
        let documents = here.map(|place| place.documents.clone()).unwrap_or_default();
        self.work = Some(Work {
            user_name: clerk.user_name.clone(),
            clerk: clerk.name.clone(),
            office: Office {
                client: self.start.client.clone(),
                token,
                clerk: clerk.user_name.clone(),
                here: self.start.place.clone(),
                alone: self.start.alone.clone(),
                cut_off: false,
                print_folder: self.start.print_folder.clone(),
                dialogs: self.start.dialogs.clone(),
            },
            desks,
            desk,
            handover: Handover::new(
                self.start.place.as_str().to_owned(),
                documents,
                self.start.prices.lost.0,
                self.start.judging.clone(),
            ),
            review: Review::default(),
            production: Production::default(),
        });
        self.found(self.online);
        self.open(desk)
    }

    /// The clerk goes: by themselves, after a while without a key, or because the server wants a new sign-in.
    pub(super) fn lock(&mut self, because: Option<Trouble>) -> Task<Message> {
        let Some(work) = self.work.take() else { return Task::none() };
        self.turn += 1;
        self.pending.clear();
        self.sign_in = SignIn::of(&work.user_name);
        if let Some(trouble) = because {
            self.sign_in = std::mem::take(&mut self.sign_in).because(trouble);
        }
        let Some(token) = work.office.token else { return Task::none() };
        Task::future(async move {
            if let Err(error) = work.office.client.sign_out(&token).await {
                tracing::info!(%error, "the session ends by itself on the server");
            }
        })
        .discard()
    }
}

/// Signs in with the server. A clerk whom it lets in may unlock without it for a while, one whom it shuts out may not; only
/// when it is away does the counter look for itself.
async fn sign_in(
    client: Client,
    alone: Option<Alone>,
    user_name: String,
    password: Zeroizing<String>,
) -> Message {
    let told = client.sign_in(&user_name, &password).await;
    let Some(alone) = alone else { return Message::SignedIn(told.map(Arc::new).map_err(Trouble::from)) };
    match told {
        Ok(session) => {
            if let Account::Staff { user_name, name, roles } = &session.account {
                let clerk = Clerk { user_name: user_name.clone(), name: name.clone(), roles: roles.clone() };
                // takes its time, and nobody waits for it
                tokio::spawn(async move {
                    if let Err(error) = alone.signed_in(&clerk, password).await {
                        tracing::error!(%error, "the clerk cannot unlock without the server");
                    }
                });
            }
            Message::SignedIn(Ok(Arc::new(session)))
        }
        Err(error) if error.offline() => match alone.unlock(&user_name, password).await {
            Ok(Tried::In(clerk)) => Message::Unlocked(clerk),
            Ok(Tried::Wrong) => Message::SignedIn(Err(Trouble::Refused {
                code: ProblemCode::WrongPassword,
                retry_after: None,
            })),
            Ok(Tried::Closed) => Message::SignedIn(Err(Trouble::Closed)),
            Ok(Tried::Unknown) => Message::SignedIn(Err(Trouble::Unlockable)),
            Err(error) => Message::SignedIn(Err(Refused::from(error).into())),
        },
        Err(error) => {
            let trouble = Trouble::from(error);
            if let Trouble::Refused { code: ProblemCode::Disabled | ProblemCode::WrongKind, .. } = trouble
                && let Err(error) = alone.shut_out(&user_name).await
            {
                tracing::error!(%error, "a clerk who was shut out cannot be forgotten");
            }
            Message::SignedIn(Err(trouble))
        }
    }
}
