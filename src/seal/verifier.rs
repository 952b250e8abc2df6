//! What a counter keeps of a clerk's password, so that the clerk can unlock it without the server: an argon2id hash (RFC 9106)
//! as a PHC string, of more work than a sign-in at the server.

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::system::{NoRandomness, Randomness};

/// Memory in KiB and passes: about a quarter of a second on a terminal.
const MEMORY: u32 = 64 * 1024;
const PASSES: u32 = 3;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    #[error("a password cannot be hashed: {0}")]
    Hash(argon2::password_hash::Error),
}

/// The hash of a password.
pub fn of(password: &str, randomness: &Randomness) -> Result<String, Error> {
    let salt = SaltString::encode_b64(&randomness.bytes::<16>()?).map_err(Error::Hash)?;
    let params = Params::new(MEMORY, PASSES, 1, None).map_err(|error| Error::Hash(error.into()))?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Ok(argon.hash_password(password.as_bytes(), &salt).map_err(Error::Hash)?.to_string())
}

/// Whether it is the hash of this password. Takes its time, and a core.
pub fn fits(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_fits() {
        let hash = of("hemmelig", &Randomness::system()).unwrap();
        assert!(fits(&hash, "hemmelig"));
        assert!(!fits(&hash, "Hemmelig") && !fits("", "hemmelig"));
        assert!(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{hash}");
    }
}
