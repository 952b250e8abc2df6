//! Signing in with a phone: a terminal's part of it, for which it needs no server.

use super::terminal::Terminal;
use crate::domain::person::UserName;
use crate::domain::phone::{Nonce, Refusal, Shown};
use crate::seal::phone::{Challenge, Code};
use crate::store;

fn challenge(terminal: &Terminal, shown: &Shown) -> Challenge {
    Challenge { terminal: terminal.enrolment().code, nonce: shown.nonce, at: shown.at }
}

/// A new challenge: its nonce, and the last part of its address.
pub async fn show(terminal: &Terminal) -> Result<(Nonce, String), store::Error> {
    let shown = terminal.store().phone().show().await?;
    Ok((shown.nonce, challenge(terminal, &shown).text(terminal.phone_key())))
}

/// Whether this code proves that it is this user, for the challenge with this nonce. What was tried is on the disk when this
/// returns.
pub async fn attempt(
    terminal: &Terminal,
    nonce: Nonce,
    user: &UserName,
    code: &Code,
) -> Result<Result<(), Refusal>, store::Error> {
    let fits = |shown: &Shown| challenge(terminal, shown).code(terminal.phone_key(), user).fits(code);
    terminal.store().phone().attempt(nonce, fits).await
}
