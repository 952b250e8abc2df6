use super::*;
use crate::domain::order::{Identity, Payment};

fn number(serial: u64) -> card::Number {
    card::Number::with_check(serial).unwrap()
}

fn place(id: &str) -> place::Id {
    place::Id::new(id).unwrap()
}

fn state(status: Status) -> State {
    let at_counter = matches!(status, Status::Printed | Status::Ready | Status::HandedOut);
    State {
        status,
        payment: Payment::Free,
        identity: Identity::Proven,
        place: place("gjovik"),
        card: at_counter.then(|| number(4711)),
        slot: None,
        handed_out_at: (status == Status::HandedOut).then_some(Timestamp::UNIX_EPOCH),
        owes_old_card: false,
    }
}

fn hand_out() -> Deed {
    Deed::HandOut { document: IdDocument::Passport, scanned: number(4711) }
}

/// How the server finds an order; each row changes what it is about.
struct Row {
    name: &'static str,
    deed: Deed,
    order: Option<State>,
    card: Option<card::Status>,
    changed: bool,
    clerk: bool,
    own: Own,
    expected: (OrderEffect, CardEffect, Told),
}

impl Row {
    fn new(name: &'static str, deed: Deed, expected: (OrderEffect, CardEffect, Told)) -> Self {
        Self {
            name,
            deed,
            order: Some(state(Status::Ready)),
            card: Some(card::Status::Active),
            changed: false,
            clerk: true,
            own: Own::None,
            expected,
        }
    }

    fn order(self, change: impl FnOnce(&mut State)) -> Self {
        let mut order = state(Status::Ready);
        change(&mut order);
        Self { order: Some(order), ..self }
    }
}

fn rows() -> Vec<Row> {
    use CardEffect as C;
    use OrderEffect as O;
    let conflict = |why| (O::Stays, C::Block, Told::Conflict(why));
    let block = || Deed::Block { card: number(4711) };
    let take_in = || Deed::TakeIn { card: number(4711) };
    let withhold = || Deed::Withhold { reason: Withheld::FaceDiffers };
    let mut rows = vec![
        Row::new("handed out, still ready", hand_out(), (O::HandOut, C::Stays, Told::Done)),
        Row::new("handed out, person unproven until now", hand_out(), (O::HandOut, C::Stays, Told::Done))
            .order(|order| order.identity = Identity::Unproven),
        Row {
            changed: true,
            ..Row::new(
                "handed out, withheld elsewhere meanwhile",
                hand_out(),
                (O::HandOut, C::Stays, Told::Noted(Note::Changed)),
            )
        },
        Row::new(
            "handed out, shelved elsewhere",
            hand_out(),
            (O::HandOut, C::Stays, Told::Noted(Note::OtherPlace)),
        )
        .order(|order| order.place = place("alesund")),
        Row::new(
            "handed out, worn card still out",
            hand_out(),
            (O::HandOut, C::Stays, Told::Noted(Note::OldCardOut)),
        )
        .order(|order| order.owes_old_card = true),
        Row::new(
            "handed out at two counters",
            hand_out(),
            (O::Stays, C::Stays, Told::Conflict(Conflict::Twice)),
        )
        .order(|order| *order = state(Status::HandedOut)),
        Row::new("handed out, cancelled meanwhile", hand_out(), conflict(Conflict::Cancelled))
            .order(|order| *order = state(Status::Cancelled)),
        Row {
            card: Some(card::Status::Blocked),
            ..Row::new(
                "handed out, card blocked meanwhile",
                hand_out(),
                (O::HandOut, C::Stays, Told::Conflict(Conflict::CardBlocked)),
            )
        },
        Row::new("handed out, printed anew meanwhile", hand_out(), conflict(Conflict::OtherCard))
            .order(|order| order.card = Some(number(4712))),
        Row { card: None, ..Row::new("no such card", hand_out(), conflict(Conflict::UnknownCard)) },
        Row { order: None, ..Row::new("no such order", hand_out(), conflict(Conflict::UnknownOrder)) },
        Row { clerk: false, ..Row::new("by nobody of staff", hand_out(), conflict(Conflict::UnknownClerk)) },
        Row::new("withheld", withhold(), (O::Withhold, C::Stays, Told::Done)),
        Row::new(
            "withheld, handed out elsewhere",
            withhold(),
            (O::Stays, C::Stays, Told::Noted(Note::NotWaiting)),
        )
        .order(|order| *order = state(Status::HandedOut)),
        Row {
            own: Own::Stands,
            order: Some(state(Status::HandedOut)),
            ..Row::new("taken back", Deed::TakeBack, (O::TakeBack, C::Stays, Told::Done))
        },
        Row {
            own: Own::Conflict,
            order: Some(state(Status::HandedOut)),
            ..Row::new(
                "taken back what did not count",
                Deed::TakeBack,
                (O::Stays, C::Stays, Told::Noted(Note::LookedAt)),
            )
        },
        Row {
            order: Some(state(Status::HandedOut)),
            ..Row::new(
                "taken back, handed out elsewhere since",
                Deed::TakeBack,
                (O::Stays, C::Stays, Told::Conflict(Conflict::Moved)),
            )
        },
        Row {
            card: Some(card::Status::Dead),
            ..Row::new("blocked, dead already", block(), (O::Stays, C::Stays, Told::Noted(Note::Dead)))
        },
        Row {
            card: None,
            ..Row::new(
                "blocked, no such card",
                block(),
                (O::Stays, C::Stays, Told::Conflict(Conflict::UnknownCard)),
            )
        },
        Row {
            clerk: false,
            ..Row::new(
                "blocked by nobody of staff",
                block(),
                (O::Stays, C::Block, Told::Noted(Note::UnknownClerk)),
            )
        },
        Row::new("taken in", take_in(), (O::Stays, C::Kill, Told::Done)),
    ];
    let back =
        [Status::NeedsPerson, Status::Review, Status::PhotoRefused, Status::Approved, Status::InProduction];
    rows.extend(back.map(|status| {
        Row::new("handed out, moved back or refused meanwhile", hand_out(), conflict(Conflict::Moved))
            .order(|order| *order = state(status))
    }));
    // the blocked card arrives late: whatever the order came to
    rows.extend(Status::ALL.map(|status| {
        Row::new("blocked, late", block(), (O::Stays, C::Block, Told::Done))
            .order(|order| *order = state(status))
    }));
    rows
}

#[test]
fn invariant_3_every_row_of_the_table() {
    for row in rows() {
        let (order, card, told) = row.expected;
        let here = place("gjovik");
        let found = Found {
            order: row.order.as_ref(),
            changed: row.changed,
            here: &here,
            card: row.card,
            clerk: row.clerk,
            own: row.own,
        };
        assert_eq!(becomes(&row.deed, &found), Outcome { order, card, told }, "{}", row.name);
    }
}

#[test]
fn invariant_3_a_card_is_handed_out_once_whatever_the_server_finds() {
    let here = place("gjovik");
    for status in Status::ALL {
        for card in [None, Some(card::Status::Active), Some(card::Status::Blocked), Some(card::Status::Dead)]
        {
            for (clerk, changed) in [(true, false), (true, true), (false, false), (false, true)] {
                let order = state(status);
                let found = Found { order: Some(&order), changed, here: &here, card, clerk, own: Own::None };
                let outcome = becomes(&hand_out(), &found);
                let handed_out = outcome.order == OrderEffect::HandOut;
                assert!(!handed_out || (status == Status::Ready && clerk && card.is_some()));
                // what is not as the counter saw it is never silent
                assert!(handed_out || matches!(outcome.told, Told::Conflict(_)), "{status:?} {outcome:?}");
                let opens = handed_out && card == Some(card::Status::Active);
                assert!(opens || matches!(outcome.told, Told::Conflict(_)));
            }
        }
    }
}

#[test]
fn invariant_3_alone_as_with_the_server() {
    let (here, now) = (place("gjovik"), Timestamp::UNIX_EPOCH);
    let ready = state(Status::Ready);
    let out = may(&ready, &here, false, &hand_out(), now).unwrap();
    assert_eq!((out.status, out.identity), (Status::HandedOut, Identity::Proven));
    assert_eq!(
        may(&out, &here, false, &hand_out(), now),
        Err(order::Refusal::Illegal(Status::HandedOut).into())
    );
    let other = Deed::HandOut { document: IdDocument::Passport, scanned: number(4712) };
    assert_eq!(may(&ready, &here, false, &other, now), Err(order::Refusal::OtherCard.into()));
    assert_eq!(may(&ready, &here, true, &hand_out(), now), Err(Refusal::Blocked));
    assert_eq!(may(&ready, &place("alesund"), false, &hand_out(), now), Err(Refusal::Elsewhere));
    let worn = State { owes_old_card: true, ..ready };
    assert_eq!(may(&worn, &here, false, &hand_out(), now), Err(order::Refusal::OldCardMissing.into()));
    assert_eq!(may(&out, &here, false, &Deed::TakeBack, now).unwrap().status, Status::Ready);
    let late = now + jiff::SignedDuration::from_mins(11);
    assert_eq!(may(&out, &here, false, &Deed::TakeBack, late), Err(order::Refusal::TooLate.into()));
}

#[test]
fn what_only_the_server_can_know_waits() {
    for errand in [Errand::Pay, Errand::Release, Errand::Unblock, Errand::Cancel, Errand::ReplacePhoto] {
        assert!(errand.alone().is_err(), "{errand:?}");
    }
    assert_eq!(Errand::HandOut.alone(), Ok(()));
    for conflict in Conflict::ALL {
        assert_eq!(Conflict::from_code(conflict.code()), Some(conflict));
    }
}
