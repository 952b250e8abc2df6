//! What this kiosk is set up with, as its screens need it.

use std::sync::Arc;

use crate::domain::number::TerminalCode;
use crate::domain::order::Prices;
use crate::domain::photo::Policy;
use crate::domain::place::{self, Place};
use crate::seal::pin::AccessKey;
use crate::sync::setup::Setup;
use crate::vision::policy;

/// Tells whether a code is the one with which staff leave full screen.
pub type ExitCheck = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// See the module.
#[derive(Clone)]
pub struct Office {
    pub code: TerminalCode,
    /// Where the kiosk stands: offered first.
    pub place: place::Id,
    pub places: Vec<Place>,
    pub prices: Prices,
    pub public_url: String,
    pub access_key: AccessKey,
    pub policy: Arc<Policy>,
    /// None: full screen is not left.
    pub exit: Option<ExitCheck>,
}

impl Office {
    /// The setup that the server sent; its photo policy must be one that this program has.
    pub fn of(setup: Setup) -> Result<Self, policy::Error> {
        let policy = Arc::new(policy::named(&setup.photo_policy)?);
        let mut places = setup.places.clone();
        places.sort_by_key(|place| place.id != setup.place);
        let setup = Arc::new(setup);
        let exit = setup.has_staff_exit().then(|| {
            let setup = Arc::clone(&setup);
            Arc::new(move |code: &str| setup.opens_staff_exit(code)) as ExitCheck
        });
        Ok(Self {
            code: setup.code,
            place: setup.place.clone(),
            places,
            prices: setup.prices,
            public_url: setup.public_url.clone(),
            access_key: setup.access_key.clone(),
            policy,
            exit,
        })
    }

    /// The place with this id.
    pub fn find(&self, id: &place::Id) -> Option<&Place> {
        self.places.iter().find(|place| place.id == *id)
    }
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Office({}, {} places)", self.code, self.places.len())
    }
}
