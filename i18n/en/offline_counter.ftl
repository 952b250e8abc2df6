# The counter without the server, and what has to be looked at afterwards.

# $time: a time of day, or day and time
alone-since = Working alone since { $time }
alone-copy = Orders as of { $time }
alone-copy-none = No copy of the orders here yet
alone-blocked = Blocked cards as of { $time }
# $count: things done here that the server has not heard of
alone-waiting = { $count ->
    [one] one thing still to be sent
   *[other] { $count } things still to be sent
}
# $count: things that the server refuses
alone-stuck = { $count ->
    [one] The server refuses one thing done here: tell the operator
   *[other] The server refuses { $count } things done here: tell the operator
}
alone-back = The network is back: lock with Ctrl L and sign in to work with the server
# $version: a program's version
alone-version = Version { $version } of the program is wanted here

# Signing in
alone-sign-in-unknown = The server does not answer
alone-sign-in-unknown-help = Without it you can sign in here only if you did so with the network in the last 12 hours.
alone-sign-in-locked = Too many wrong passwords
alone-sign-in-locked-help = Without the network this counter does not open for you until you have signed in with it.

# What was done
alone-card-blocked = Blocked at this counter
alone-card-blocked-help = At other counters and at the doors it counts when the network is back.
alone-card-taken-in = The old card is taken in
alone-card-taken-in-help = The doors hear of it when the network is back. Destroy it.
alone-history = History and other orders come with the network.
alone-nothing-found = Not in the copy: { $query }
alone-nothing-found-help = Only open orders of this place are kept here. To block a card without the network, press F5 and scan or type its number.

# What waits for the network
alone-needs = This needs the network
alone-needs-slips = A slip pays one order only, and the server alone knows them all. Take the money when the network is back.
alone-needs-register = Only the register says who it is and what else is ordered. Ask the person to come back, or wait.
alone-needs-others = Another place may have done something with it meanwhile. Try when the network is back.
alone-needs-photos = The photo is kept and printed by the server. Try when the network is back.
alone-needs-elsewhere = The card is for another place, and this counter has no copy of its orders.
alone-needs-desk = Photos are decided and cards are printed with the server only. Handover (F1) works alone.
alone-on-list = This card is blocked
alone-on-list-help = It stands on the list of blocked cards. Do not hand it out: press F4 and keep it.
alone-not-kept = This was not done
alone-not-kept-help = The terminal’s disk cannot be written. Keep the card and tell the operator.
alone-old-copy = This order is not in the copy
alone-old-copy-help = It cannot be handed out before the network is back.
alone-field-block = Card number to block
alone-hint-block = Scan or type the ten digits of the lost card. Enter blocks it at this counter, Esc goes back.

# Conflicts
# $count: conflicts
conflict-count = { $count ->
    [one] One thing does not fit together
   *[other] { $count } things do not fit together
}
conflict-open = Look at it
conflict-title = What does not fit together
conflict-help = Done at a counter without the network. Look for the card and the person, then write what you found and did.
conflict-here = At the counter
conflict-there = At the server
conflict-field = What you found and did
conflict-hint = Up and down choose, Enter settles it with your words and your name, Esc goes back.
conflict-settled = Settled
conflict-settled-help = Your words are in the record.
conflict-no-order = The server knows no such order.
# $clerk: a name; $terminal: a counter's code
conflict-by = { $clerk }, counter { $terminal }
# $time: day and time
conflict-counter-time = { $time } by the counter’s clock
conflict-heard = the server heard of it { $time }
conflict-twice = Handed out twice
conflict-twice-help = The order was handed out before. Find out who has the card.
conflict-cancelled = Handed out, but cancelled
conflict-cancelled-help = The order was cancelled meanwhile. The card is out and opens nothing.
conflict-card-blocked = Handed out, but blocked
conflict-card-blocked-help = The card was blocked meanwhile and stays blocked.
conflict-other-card = Handed out, but printed anew
conflict-other-card-help = The order has another card by now. The one that is out opens nothing.
conflict-moved = No longer where the counter saw it
conflict-moved-help = The order was changed meanwhile. Find the card and see that it fits.
conflict-unknown-order = No such order
conflict-unknown-order-help = The server does not know the order. The card is blocked.
conflict-unknown-card = No such card
conflict-unknown-card-help = The number is not in the registry, so nothing was blocked. If a card was reported lost, find its right number and block it.
conflict-unknown-clerk = By nobody of staff
conflict-unknown-clerk-help = The named clerk may not hand out cards. The card is blocked; tell the operator.

# The history
alone-event-noted = Told later by a counter, changes nothing
alone-event-conflict = Does not fit together
alone-event-settled = Looked at by a person

# What was done at the counter
alone-did-hand-out = Handed out against { $document }
alone-did-withhold = Not handed out: { $reason }
alone-did-undo = Handover taken back
alone-did-block = Card { $card } blocked
alone-did-take-in = Old card { $card } taken in
