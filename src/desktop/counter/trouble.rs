//! What went wrong with a wish, in the words of the person at the desk: what happened, what to do, that nothing is lost.

use crate::desktop::widget::notice::Kind;
use crate::domain::order;
use crate::domain::replica::{Needs, Refusal};
use crate::sync::answer::ProblemCode;
use crate::sync::client::Error;
use crate::sync::replica::Refused;
use crate::texts::Texts;

/// Why a wish was not fulfilled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The server does not answer.
    Offline,
    Refused {
        code: ProblemCode,
        /// Seconds after which to try again.
        retry_after: Option<u64>,
    },
    /// The stored photo cannot be decoded.
    PhotoUnreadable,
    /// The file could not be written.
    NotSaved,
    /// The system has no program that shows the file.
    NoViewer,
    /// The system has no file dialog.
    NoDialog,
    /// An answer in a form that this program does not know.
    Unexpected,
    /// It waits for the network, and why.
    Needs(Needs),
    /// The desk works with the server only.
    NeedsServer,
    /// The copy does not have it.
    NotCopied,
    /// The card stands on the list of blocked cards.
    OnList,
    /// The order is for another place.
    Elsewhere,
    /// It could not be written to the disk, so it was not done.
    NotKept,
    /// The clerk has not signed in here with the network of late.
    Unlockable,
    /// Too many wrong passwords without the network.
    Closed,
}

impl From<Error> for Trouble {
    /// Logged here, once, with what stays out of the words.
    fn from(error: Error) -> Self {
        tracing::warn!(%error, "the server did not do it");
        match error {
            Error::Refused(problem) => Self::Refused { code: problem.code, retry_after: problem.retry_after },
            error if error.offline() => Self::Offline,
            _ => Self::Unexpected,
        }
    }
}

impl From<Refused> for Trouble {
    /// Logged where it is more than a rule.
    fn from(refused: Refused) -> Self {
        let code = match refused {
            Refused::NotCopied => return Self::NotCopied,
            Refused::Refusal(Refusal::Blocked) => return Self::OnList,
            Refused::Refusal(Refusal::Elsewhere) => return Self::Elsewhere,
            Refused::Refusal(Refusal::Order(refusal)) => match refusal {
                order::Refusal::OtherCard => ProblemCode::OtherCard,
                order::Refusal::OldCardMissing => ProblemCode::OldCardMissing,
                order::Refusal::TooLate => ProblemCode::TooLate,
                _ => ProblemCode::IllegalMove,
            },
            Refused::Store(error) => {
                tracing::error!(%error, "not done alone");
                return Self::NotKept;
            }
            Refused::Impossible(_) | Refused::Unreadable(_) => {
                tracing::error!(error = %refused, "not done alone");
                return Self::Unexpected;
            }
        };
        Self::Refused { code, retry_after: None }
    }
}

impl Trouble {
    /// Whether the clerk has to sign in again.
    pub fn signed_out(self) -> bool {
        matches!(self, Self::Refused { code: ProblemCode::SessionExpired, .. })
    }

    /// Whether what is shown is older than what the server has.
    pub fn outdated(self) -> bool {
        matches!(
            self,
            Self::Refused {
                code: ProblemCode::Changed | ProblemCode::IllegalMove | ProblemCode::Conflict,
                ..
            }
        )
    }

    /// How it is shown: the kind of notice, what happened, what to do.
    pub fn words(self, texts: &Texts) -> (Kind, String, String) {
        use ProblemCode as P;
        let (code, retry_after) = match self {
            Self::Offline => {
                return (
                    Kind::Warning,
                    texts.counter_trouble_offline(),
                    texts.counter_trouble_offline_help(),
                );
            }
            Self::PhotoUnreadable => {
                return (Kind::Warning, texts.counter_trouble_photo(), texts.counter_trouble_photo_help());
            }
            Self::NotSaved => {
                return (Kind::Danger, texts.counter_trouble_save(), texts.counter_trouble_save_help());
            }
            Self::NoViewer => {
                return (Kind::Warning, texts.counter_trouble_viewer(), texts.counter_trouble_viewer_help());
            }
            Self::NoDialog => {
                return (Kind::Warning, texts.counter_trouble_dialog(), texts.counter_trouble_dialog_help());
            }
            Self::Unexpected => {
                return (Kind::Danger, texts.counter_trouble_other(), texts.counter_trouble_other_help());
            }
            Self::Needs(_)
            | Self::NeedsServer
            | Self::NotCopied
            | Self::OnList
            | Self::Elsewhere
            | Self::NotKept
            | Self::Unlockable
            | Self::Closed => return self.words_alone(texts),
            Self::Refused { code, retry_after } => (code, retry_after),
        };
        let (kind, what, help) = match code {
            P::WrongPassword => {
                (Kind::Danger, texts.counter_trouble_password(), texts.counter_trouble_password_help())
            }
            P::Locked => {
                let minutes = retry_after.unwrap_or(60).div_ceil(60);
                let help = texts.counter_trouble_locked_help(minutes);
                (Kind::Danger, texts.counter_trouble_locked(), help)
            }
            P::Disabled => {
                (Kind::Danger, texts.counter_trouble_disabled(), texts.counter_trouble_disabled_help())
            }
            P::WrongKind => {
                (Kind::Danger, texts.counter_trouble_student(), texts.counter_trouble_student_help())
            }
            P::Forbidden => (Kind::Danger, texts.counter_trouble_role(), texts.counter_trouble_role_help()),
            P::TerminalUnknown | P::CodeUsed => {
                (Kind::Danger, texts.counter_trouble_terminal(), texts.counter_trouble_terminal_help())
            }
            P::TerminalRevoked => (Kind::Danger, texts.terminal_revoked(), texts.terminal_revoked_help()),
            P::TerminalSetAside => {
                (Kind::Danger, texts.terminal_set_aside(), texts.terminal_set_aside_help())
            }
            P::SessionExpired => {
                (Kind::Warning, texts.counter_trouble_session(), texts.counter_trouble_session_help())
            }
            P::NotFound => (Kind::Warning, texts.counter_trouble_gone(), texts.counter_trouble_gone_help()),
            P::OtherCard => (Kind::Danger, texts.counter_trouble_card(), texts.counter_trouble_card_help()),
            P::OldCardMissing => {
                (Kind::Warning, texts.counter_trouble_old(), texts.counter_trouble_old_help())
            }
            P::NotPaid => {
                (Kind::Warning, texts.counter_trouble_unpaid(), texts.counter_trouble_unpaid_help())
            }
            P::NoSlip => (Kind::Warning, texts.counter_trouble_slip(), texts.counter_trouble_slip_help()),
            P::TooLate => (Kind::Warning, texts.counter_trouble_late(), texts.counter_trouble_late_help()),
            P::Changed | P::IllegalMove | P::Conflict | P::AlreadyPrinted | P::AlreadyOrdered => {
                (Kind::Warning, texts.counter_trouble_changed(), texts.counter_trouble_changed_help())
            }
            P::PhotoMissing | P::PhotoUnreadable | P::TooLarge => {
                (Kind::Warning, texts.counter_trouble_photo(), texts.counter_trouble_photo_help())
            }
            P::Storage => {
                (Kind::Danger, texts.counter_trouble_storage(), texts.counter_trouble_storage_help())
            }
            P::BadRequest | P::CutOff | P::Internal => {
                (Kind::Danger, texts.counter_trouble_other(), texts.counter_trouble_other_help())
            }
        };
        (kind, what, help)
    }

    /// The same for what goes wrong without the network.
    fn words_alone(self, texts: &Texts) -> (Kind, String, String) {
        let needs = |why| (Kind::Info, texts.alone_needs(), why);
        match self {
            Self::Needs(Needs::Slips) => needs(texts.alone_needs_slips()),
            Self::Needs(Needs::Register) => needs(texts.alone_needs_register()),
            Self::Needs(Needs::Others) => needs(texts.alone_needs_others()),
            Self::Needs(Needs::Photos) => needs(texts.alone_needs_photos()),
            Self::Elsewhere => needs(texts.alone_needs_elsewhere()),
            Self::NotCopied => (Kind::Warning, texts.alone_old_copy(), texts.alone_old_copy_help()),
            Self::OnList => (Kind::Danger, texts.alone_on_list(), texts.alone_on_list_help()),
            Self::NotKept => (Kind::Danger, texts.alone_not_kept(), texts.alone_not_kept_help()),
            Self::Unlockable => {
                (Kind::Warning, texts.alone_sign_in_unknown(), texts.alone_sign_in_unknown_help())
            }
            Self::Closed => (Kind::Danger, texts.alone_sign_in_locked(), texts.alone_sign_in_locked_help()),
            _ => needs(texts.alone_needs_desk()),
        }
    }
}
