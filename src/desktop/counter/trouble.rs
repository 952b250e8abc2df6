//! What went wrong with a wish, in the words of the person at the desk: what happened, what to do, that nothing is lost.

use crate::desktop::widget::notice::Kind;
use crate::sync::answer::ProblemCode;
use crate::sync::client::Error;
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
}
