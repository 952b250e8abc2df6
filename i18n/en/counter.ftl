# The counter: what staff read at the three desks. Short; the desk is busy.

counter-window = Kortautomat – counter
counter-desk-handover = Handover
counter-desk-review = Photo review
counter-desk-production = Production
counter-lock = Lock
counter-online = Online
counter-offline = Offline
counter-waiting = One moment …
counter-none = –
counter-unknown = Unknown
counter-reload = Refresh
counter-back = Back

# Signing in
counter-sign-in = Sign in at the counter
counter-sign-in-now = Sign in
counter-signing-in = Signing in …
counter-user-name = User name
counter-password = Password

# Where an order stands
counter-status-needs-person = Needs a person
counter-status-review = Photo in review
counter-status-photo-refused = Photo refused
counter-status-approved = Approved
counter-status-in-production = In production
counter-status-printed = Printed
counter-status-ready = Ready
counter-status-handed-out = Handed out
counter-status-cancelled = Cancelled
counter-card-active = Active
counter-card-blocked = Blocked
counter-card-dead = Dead
counter-reason-new = New card
counter-reason-lost = Replaces a lost card
counter-reason-worn = Replaces a worn card
counter-reason-violation = Photo broke the rules
counter-payment-free = Free
# $kroner: whole Norwegian kroner
counter-payment-due = NOK { $kroner } due
# $kroner: whole Norwegian kroner, $slip: the card terminal's slip number
counter-payment-paid = NOK { $kroner } paid, slip { $slip }

# Identity documents and reasons
counter-document-passport = Passport
counter-document-national = National ID card
counter-document-driving = Driving licence
counter-document-bank = Bank card with photo
counter-document-travel = Immigrant’s travel document
counter-document-digital = Digital driving licence
counter-withheld-id = No valid ID
counter-withheld-face = The face differs
counter-withheld-card = The card is not here
counter-withheld-place = Wrong pickup place

# An order's history
counter-event-submitted = Ordered
counter-event-approved = Photo accepted
counter-event-refused = Photo refused
counter-event-replaced = New photo
counter-event-released = Settled
counter-event-production = Sent to print
counter-event-printed = Printed
counter-event-shelved = Put in the tray
counter-event-misprint = Misprint
counter-event-handed-out = Handed out
counter-event-withheld = Not handed out
counter-event-undone = Handover taken back
counter-event-paid = Paid
counter-event-moved = Pickup place changed
counter-event-cancelled = Cancelled
counter-event-pin-delivered = The doors have the PIN
counter-event-pin-refused = The doors did not take the PIN
counter-event-card-found = the card was found
counter-event-other = Changed

# Handover: the field
counter-field-search = Search or scan
counter-field-document = Which ID did you see?
counter-field-card = Scan the card
counter-field-old-card = Scan the old card
counter-field-reason = Why not?
counter-field-choose-card = Which card?
counter-field-confirm = Press Enter to confirm
counter-field-slip = Slip number from the card terminal
counter-field-words = Why is the order cancelled?
counter-hint-search = The order’s code, a card number, a user name or a name. “oyvind” finds Øyvind.
counter-hint-document = Compare the face with photo and ID. Press the number of what you saw.
counter-hint-card = Take the card from the tray and scan it. If the number fits, it is handed out.
counter-hint-old-card = The worn card comes in before the new one goes out.
counter-hint-reason = Press the number of the reason. Esc goes back.
counter-hint-choose-card = Press the number beside the card. Esc goes back.
counter-hint-release = Have you seen valid ID and settled what held the order? Enter confirms, Esc goes back.
counter-hint-found = The card opens doors again. Enter confirms, Esc goes back.
counter-hint-lost = The card is blocked at once and opens no door. Enter confirms, Esc goes back.
counter-hint-slip = Take the payment on the card terminal first. Enter saves, Esc goes back.
counter-hint-words = The student reads what you write. Enter cancels the order, Esc goes back.
counter-hint-own = Enter uses the photo. F11 chooses another, Esc goes back.

# Handover: what is shown
counter-empty = Ready for the next one
counter-empty-help = Scan the code on the phone, or type a name.
counter-no-order = No order
counter-found-more = There are more. Type more of the name.
counter-photo-loading = Fetching the photo …
counter-unproven = Identity not proven
counter-elsewhere = Another pickup place
counter-fact-reason = What for
counter-fact-payment = Payment
counter-fact-card = Card number
counter-fact-slot = Tray slot
counter-fact-pin = PIN
counter-fact-legal = Legal name
counter-fact-valid = Card valid until
counter-pin-delivered = The doors have it
counter-pin-waiting = Not with the doors yet
counter-which-document = 1 · ID
counter-scan-card = 2 · Scan the card
# $number: the card's number
counter-scan-card-more = It should be M { $number }.
counter-why-not = Do not hand out – why?
counter-old-card = Take in the old card first
# $number: the old card's number
counter-old-card-more = Scan M { $number }. Then it is destroyed.
counter-cards = Cards
counter-no-cards = No known cards.
# $day: a day
counter-valid-to = until { $day }
counter-other-orders = Other orders
counter-history = History
# $name: who got the card
counter-handed-out = Handed out to { $name }
# $number: the order's number
counter-handed-out-more = Order { $number } is done. Remind them: the card must not be lent.

# Handover: what can be wanted
counter-want-withhold = Do not hand out
counter-want-lost = Report lost
counter-want-found = Found again
counter-want-pay = Paid
counter-want-release = Settled
counter-want-undo = Undo the handover
counter-want-own-photo = Photo from a file
counter-want-cancel = Cancel the order

# Handover: why not now
counter-stands-person = The order must be settled first
counter-stands-person-help = The person is unknown or has another open order. See their ID, cancel the order that should not count, then choose “Settled”.
counter-stands-review = The photo is being reviewed
counter-stands-review-help = Somebody looks at the photo today. The card is printed once it is accepted.
counter-stands-refused = The photo was refused
# $words: what the reviewer wrote
counter-stands-refused-help = { $words } The student signs in at the kiosk and takes a new photo; the order keeps its number.
counter-stands-unpaid = The card is not paid
counter-stands-unpaid-help = Take the payment on the card terminal, then choose “Paid”. After that the card can be printed.
counter-stands-making = The card is being made
# $day: the day that was promised
counter-stands-making-help = Promised for { $day }. The student is told when it is ready.
counter-stands-making-help-soon = The student is told when it is ready.
counter-stands-elsewhere = The card is at another pickup place
counter-stands-elsewhere-help = It can only be collected where it is. Show the student the way.
counter-stands-handed-out = The card has been handed out
counter-stands-handed-out-help = If it is lost or worn, a new one is ordered at the kiosk.
counter-stands-cancelled = The order was cancelled
# $words: why
counter-stands-cancelled-help = { $words } A new one is ordered at the kiosk.
counter-not-registered = Not registered this term
counter-not-registered-help = The student registers in Studentweb first. It can take a day to show here.
counter-fee-missing = The semester fee is missing
counter-fee-missing-help = A payment shows after three to five days. No card is made before that.
counter-has-card = Has a valid card
# $kroner: the price of a new card
counter-has-card-help = Lost: report it here and the card is blocked at once; a new one costs NOK { $kroner } and is ordered at the kiosk. Worn: ordered at the kiosk for free.
counter-may-order = May order a card
counter-may-order-help = There is no order. Show the student to the kiosk; it takes a minute and a half.

# Handover: what happened
# $query: what was searched for
counter-nothing-found = Nothing found: { $query }
counter-nothing-found-help = Try part of the name, the user name, or the number on the receipt.
counter-misread = This is not a card number
counter-misread-help = A digit was misread. Scan again.
counter-not-old = This is not the old card
counter-not-old-help = Scan the card that the student has had until now. If it is gone, report it lost.
counter-id-first = ID first
counter-id-first-help = The card is read. Press the number of the ID that you saw, and it is handed out.
counter-withheld-noted = Noted: not handed out
counter-withheld-noted-help = Put the card back in the tray. It can be handed out later.
counter-blocked = The card is blocked
# $kroner: the price of a new card
counter-blocked-help = A new one is ordered at the kiosk and costs NOK { $kroner }, paid here.
counter-unblocked = The card works again
counter-unblocked-help = It can take a while until every door knows.
counter-taken-in = The old card is taken in
counter-taken-in-help = Destroy it. Go on with the ID.
counter-paid = The payment is recorded
counter-paid-help = The card is printed once the photo is accepted.
counter-released = The order is settled
counter-released-help = It goes on by itself.
counter-undone = The handover is taken back
counter-undone-help = Put the card back into its slot. The record keeps both.
counter-ended = The order is cancelled
counter-ended-help = The student sees the reason at the next sign-in.

# Handover: a photo that the student brings
counter-own-title = Photo from the student
counter-own-choosing = Choose the photo in the window that opened
counter-own-choosing-help = JPEG, PNG or WebP. Nothing is sent before you have seen it.
counter-own-checking = The rules look at the photo …
counter-own-unusable = The file cannot be used
counter-own-gone = The file cannot be opened. Is the memory stick still in?
counter-own-accepted = The photo keeps to the rules
counter-own-accepted-help = Compare the face with the student before you use it.
counter-own-doubted = The rules have something against the photo
counter-own-doubted-help = Choose another, or send this one to photo review.
counter-own-refused = The photo cannot be used
counter-own-refused-help = Choose another, or show the student to the kiosk.
counter-own-unjudged = The photo cannot be checked here now
counter-own-unjudged-help = Send it to photo review, and a person looks at it.
counter-own-use = Use this photo
counter-own-review = Send to photo review
counter-own-another = Choose another
counter-own-taken = The photo was replaced
counter-own-taken-help = The order is approved. Who took the photo in stands in the history.
counter-own-taken-review = Photo review looks at it. Who took the photo in stands in the history.

# Photo review
counter-review = Is the photo good enough?
counter-review-hint = Only the rules count. Skin, hair, eye shape and age never do.
counter-review-empty = No photo is waiting
# $count: photos decided since signing in
counter-review-empty-help = You have decided { $count } so far.
# $count: photos
counter-queue = Waiting: { $count }
# $count: photos decided since signing in
counter-decided = Decided: { $count }
counter-findings = What the rules found
# $policy: the name of the rules, $program: the version of the program, $terminal: the code of the kiosk
counter-report-signed = Judged by the rules “{ $policy }”, version { $program }, and signed by { $terminal }.
counter-report-unsigned = Judged by the rules “{ $policy }”. There is no signed report.
counter-no-findings = Nothing. The student asked for a person all the same.
# $count: findings
counter-findings-count = { $count ->
    [0] no findings
    [one] one finding
   *[other] { $count } findings
}
counter-insisted = The student thinks this photo is fine
counter-insisted-help = There are reasons that the rules do not know, such as a mouth that cannot close.
# $limit: the limit, $measured: the value
counter-measured-least = Measured { $measured }, at least { $limit }
# $limit: the limit, $measured: the value
counter-measured-most = Measured { $measured }, at most { $limit }
# $from and $to: the limits, $measured: the value
counter-measured-between = Measured { $measured }, between { $from } and { $to }
counter-accept = Accept
counter-refuse = Refuse
counter-refuse-now = Refuse the photo
counter-which-rule = Which rule does it break?
counter-which-rule-help = Press the key beside the rule, or the arrows and Enter. Esc goes back.
counter-words-title = What is the student told?
counter-words-label = To the student
counter-words-help = At the next sign-in the student sees the rule, the picture and this, and takes a new photo. The order keeps its number.
# $language: the name of a language
counter-words-language = The student chose { $language } and gets the words as they stand here.
# $language: the name of a language
counter-words-other-language = The student chose { $language }. F6 changes the language.
counter-other-language = Other language
# $title: what is wrong with the photo
counter-refusal-words = { $title }. Please take a new photo; the rest goes by itself.

# Production
# $count: orders
counter-to-print = To print: { $count }
# $count: cards
counter-make-batch = { $count ->
    [one] Print one card
   *[other] Print { $count } cards
}
counter-nothing-to-print = Nothing to print now
counter-nothing-to-print-help = Approved and paid orders appear here.
counter-unpaid-below = Waiting for payment
counter-alignment = Alignment page
counter-pdf-again = Get the PDF
counter-open-file = Open
counter-misprint = Misprint
counter-batches = Batches
counter-turn-batches = turn between batches
# $count: cards, $left: cards not yet in a tray
counter-batch-of = { $count } cards, { $left } to go
counter-no-batch = No batch yet.
counter-column-page = Page
counter-column-name = Name
counter-column-card = Card number
counter-column-place = Pickup place
counter-column-slot = Slot
counter-column-status = State
counter-field-printed = Scan the card from the printer
counter-field-slot = Tray slot
counter-field-misprint = What went wrong?
counter-hint-printed = Scan each card as it comes out. Enter without a scan takes the marked one.
counter-hint-slot = Put the card there and press Enter. Type another slot if you like.
counter-hint-misprint = The old number is dead and the card is printed again. Enter saves, Esc goes back.
# $count: cards
counter-batch-made = { $count ->
    [one] A batch of one card is ready
   *[other] A batch of { $count } cards is ready
}
counter-batch-made-help = Print the PDF at full size, without scaling.
counter-saved = The file is saved
# $path: where
counter-saved-help = { $path }
counter-unknown-card = The card is in no batch
counter-unknown-card-help = Refresh with F5. If it is still missing, put the card aside.
counter-dead-card = The number is dead
counter-dead-card-help = The card is a misprint. Destroy it.
counter-already = The card already has its place
# $slot: where it lies
counter-already-help = Slot { $slot }
# $slot: where it lies
counter-shelved = Slot { $slot }
# $name: whose card
counter-shelved-help = { $name }’s card is ready. Scan the next one.
# $name: whose card
counter-misprinted = { $name }’s card will be printed again
counter-misprinted-help = The old number is dead. Destroy the card.
counter-tray-full = The tray is full
counter-tray-full-help = Type a slot yourself.

# What can go wrong
counter-trouble-offline = The server does not answer
counter-trouble-offline-help = Nothing is lost. Try again in a moment; the program says when the network is back.
counter-trouble-photo = The photo cannot be shown
counter-trouble-photo-help = The order is fine. Try again, or ask the student for a new photo.
counter-trouble-save = The file cannot be saved
counter-trouble-save-help = The disk is full or the folder is read-only. The batch is safe: get the PDF again.
counter-trouble-dialog = The system has no file dialog
counter-trouble-dialog-help = Ask IT to install one: xdg-desktop-portal or zenity. Nothing has changed.
counter-trouble-viewer = No program opens the file
counter-trouble-viewer-help = It is saved all the same. Open the folder yourself, or choose a program for PDF in the system.
counter-trouble-other = Something went wrong
counter-trouble-other-help = Nothing was changed. Try again; if it happens again, tell IT.
counter-trouble-password = Wrong user name or password
counter-trouble-password-help = Type both once more.
counter-trouble-locked = Too many attempts
# $minutes: minutes to wait
counter-trouble-locked-help = { $minutes ->
    [one] Wait a minute, then try again.
   *[other] Wait { $minutes } minutes, then try again.
}
counter-trouble-disabled = The account is closed
counter-trouble-disabled-help = Talk to the administrator.
counter-trouble-student = This is a student’s account
counter-trouble-student-help = The counter is for staff. Students use the kiosk.
counter-trouble-role = You do not have access to this
counter-trouble-role-help = Ask the administrator for the role, or let a colleague do it.
counter-trouble-terminal = The server does not know this computer
counter-trouble-terminal-help = It has to be enrolled again. Tell IT.
counter-trouble-session = You are signed out
counter-trouble-session-help = Sign in again and go on.
counter-trouble-gone = It is no longer there
counter-trouble-gone-help = Search again.
counter-trouble-card = This is another card
counter-trouble-card-help = Do not hand it out. Scan the card with the number shown beside the order.
counter-trouble-old = The old card is missing
counter-trouble-old-help = Scan the worn card first.
counter-trouble-unpaid = The card is not paid
counter-trouble-unpaid-help = Record the payment at the handover desk first.
counter-trouble-slip = The slip number is missing
counter-trouble-slip-help = It stands on the card terminal’s slip.
counter-trouble-late = Too late to undo
counter-trouble-late-help = It works in the first minutes only. Report the card lost if it is gone.
counter-trouble-changed = Somebody else was faster
counter-trouble-changed-help = The order has been read again. Look it over and try again.
counter-trouble-storage = The server cannot save
counter-trouble-storage-help = Nothing was changed. Tell IT at once.
