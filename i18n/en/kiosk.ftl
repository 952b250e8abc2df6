# The kiosk: what a student reads on the screen in the hall. Short, friendly, direct.

# On the keyboard on the screen
keyboard-delete = Delete
keyboard-shift = Capital letters
keyboard-signs = Signs
keyboard-space = Space
kiosk-keyboard-next = Next
kiosk-keyboard-done = Sign in

# Around every page
desktop-no-display = There is no display here. Start the program from the desktop, or set DISPLAY or WAYLAND_DISPLAY.
kiosk-back = Back
kiosk-next = Next
kiosk-change = Change
kiosk-start-over = Cancel
kiosk-scheme = Colours and contrast
kiosk-offline = Offline
# $done: the step, $total: all steps
kiosk-step = Step { $done } of { $total }
kiosk-try-again-or-ask = Try once more. If that does not help, ask at the counter. Nothing is lost.

# Days
kiosk-day = { $weekday } { $day } { $month }
kiosk-weekday = { $weekday ->
   *[1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
    [7] Sunday
}
kiosk-month = { $month ->
   *[1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
    [12] December
}

# Welcome
kiosk-attract-title = Your student card
kiosk-attract-lead = Order it here in a minute and a half.
kiosk-attract-photo = Take a photo, we help you
kiosk-attract-pin = Choose a PIN for the doors
kiosk-attract-pickup = Pick up the card in two working days
kiosk-attract-begin = Touch to begin
kiosk-language-title = Which language?

# Signing in
kiosk-sign-in-title = Sign in
kiosk-sign-in-lead = With your university user name and password.
kiosk-sign-in-user = User name
kiosk-sign-in-password = Password
kiosk-sign-in-show = Show password
kiosk-sign-in-hide = Hide password
kiosk-sign-in-submit = Sign in
kiosk-sign-in-waiting = Asking the server …
kiosk-sign-in-wrong = User name and password do not match. Try again.
kiosk-sign-in-incomplete = Something is missing
kiosk-sign-in-incomplete-more = Type both user name and password.
kiosk-sign-in-locked = Too many attempts
kiosk-sign-in-locked-more = { $minutes ->
    [one] Wait one minute and try again.
   *[other] Wait { $minutes } minutes and try again.
}
kiosk-sign-in-disabled = The account is closed
kiosk-sign-in-disabled-more = IT support can open it again. Ask at the counter.
kiosk-sign-in-staff = This is a staff account
kiosk-sign-in-staff-more = Students order cards here. If you are a student too, use your student account.
kiosk-sign-in-offline = The server cannot be reached
kiosk-sign-in-offline-more = You can sign in with your phone instead. It uses its own network.
kiosk-sign-in-unavailable = Something went wrong on our side
kiosk-sign-in-unavailable-more = It is not your fault. Try again, or ask at the counter.

# What is already there
kiosk-overview-title = Hello, { $name }!
kiosk-overview-number = Order number
kiosk-overview-hours = Opening hours
kiosk-overview-due = To pay at the counter
kiosk-overview-cancel = Cancel the order
kiosk-overview-cancel-question = Do you want to cancel the order?
kiosk-overview-cancel-sure = Yes, cancel it
kiosk-overview-keep = No, keep it
kiosk-overview-new-photo = Take a new photo
kiosk-overview-words = The person who looked at it wrote
# $words: what the person wrote who refused the photo
kiosk-overview-quoted = “{ $words }”
kiosk-overview-unregistered = You are not registered this semester
kiosk-overview-unregistered-more = Register in Studentweb. Then you can order a card here.
kiosk-overview-fee = The semester fee is not paid
kiosk-overview-fee-more = It takes three to five days until we see a payment.
kiosk-overview-card = You have a card
kiosk-overview-card-more = Number { $number }, valid until { $until }.
kiosk-overview-none = You have no card yet
kiosk-overview-none-more = Order it here. The first one is free.
kiosk-overview-blocked = Your card is blocked
kiosk-overview-blocked-more = It opens no doors any more. Order a new one here.
kiosk-overview-order = Order a card
kiosk-overview-order-again = Order a new card

# Where the order stands
kiosk-status-person = We are looking at the order
kiosk-status-person-more = A person has to settle something first. You need not do anything.
kiosk-status-review = A person is looking at the photo
kiosk-status-review-more = It usually takes one working day.
kiosk-status-refused = The photo was not accepted
kiosk-status-refused-more = Take a new one, and the order goes on with the same number.
kiosk-status-approved = The card is ordered
kiosk-status-production = The card is being made
kiosk-status-promised = It will be ready on { $day }.
kiosk-status-told = You will be told when it is ready.
kiosk-status-ready = The card is ready: { $place }
kiosk-status-ready-more = Bring a passport, national ID card, driving licence or bank card with photo. The student-ID app is good to have as well.

# Changes of an order
kiosk-errand-too-late = The card is already being made
kiosk-errand-too-late-more = It cannot be changed here any more. Ask at the counter.
kiosk-errand-changed = The order has changed in the meantime
kiosk-errand-changed-more = Sign in again to see it as it is now.
kiosk-errand-offline = The server cannot be reached
kiosk-errand-offline-more = Nothing was changed. Try again in a moment.
kiosk-errand-unavailable = That did not work
kiosk-done-photo = Thank you, the photo is sent
kiosk-done-photo-more = The order goes on with the same number.
kiosk-done-cancelled = The order is cancelled
kiosk-done-cancelled-more = The photo and the PIN are deleted. You can order again whenever you like.

# What it is about
kiosk-reason-title = What is it about?
kiosk-reason-new = New card
kiosk-reason-new-more = Your first card.
kiosk-reason-lost = Lost card
kiosk-reason-lost-more = The old one is blocked. If you find it before the new one is made, it is opened again.
kiosk-reason-worn = Worn card
kiosk-reason-worn-more = Bring the old one when you pick up the new one.
kiosk-reason-photo = The photo breaks the rules
kiosk-reason-photo-more = You need a new card.

# What you need to know
kiosk-terms-title = What you need to know
kiosk-terms-personal = The card is yours alone. It is valid as long as you are a student.
kiosk-terms-lending = You may not lend it to anyone.
kiosk-terms-show = Show it when a duty officer asks for it.
kiosk-terms-photo = The photo is used on the card and to recognise you, for nothing else.
kiosk-terms-deleted = We delete it 30 days after the card is out of use.
kiosk-terms-agree = I have read this and want to order a card
kiosk-terms-app = Show the photo in the student-ID app too (your choice)

# PIN
kiosk-pin-title = Choose a PIN
kiosk-pin-again-title = Once more
kiosk-pin-lead = Four digits for the doors. Only you will know it.
kiosk-pin-label = PIN
kiosk-pin-again-label = The same PIN again
kiosk-pin-tip = Choose something others cannot guess: no birthday, not 1234.
kiosk-pin-refused = Choose another PIN
kiosk-pin-personal = This one is among your own details: a date or a number that others may know.
kiosk-pin-same-digit = Four equal digits are the first thing anyone tries.
kiosk-pin-repetition = A pattern of two digits is easy to guess.
kiosk-pin-sequence = Digits in a row are easy to guess.
kiosk-pin-year = Years are easy to guess.
kiosk-pin-popular-date = Many people choose this date.
kiosk-pin-keypad-shape = This is a shape on the keypad, and easy to see.
kiosk-pin-keypad-word = This is a word on the letters of the keypad.
kiosk-pin-different = The two were not the same
kiosk-pin-different-more = Start again and choose a PIN that you remember.
kiosk-pin-sealing = The PIN could not be sealed

# Pickup place
kiosk-place-title = Where will you pick it up?
kiosk-place-change = Change the pickup place

# Summary
kiosk-summary-title = Is everything right?
kiosk-summary-name = Name on the card
kiosk-summary-reason = About
kiosk-summary-pin = PIN
kiosk-summary-place = Pick up
kiosk-summary-ready = Ready
kiosk-summary-price = Price
kiosk-summary-photo = Another photo
kiosk-summary-change = Change: { $what }
kiosk-summary-from = { $day } from { $time }
kiosk-summary-no-promise = You will be told when it is ready
kiosk-summary-pay = Paid by card at the counter before the card is made.
kiosk-summary-submit = Order the card
kiosk-summary-sending = One moment …
kiosk-summary-disk = The kiosk cannot store the order
kiosk-summary-disk-more = Its disk is full or read-only. Nothing was ordered: please go to the counter.
kiosk-summary-failed = The order was not taken

# Receipt
kiosk-receipt-title = Thank you, your card is ordered!
kiosk-receipt-number = Order number
kiosk-receipt-picture = Take a picture of this screen
kiosk-receipt-ready = Ready on { $day }
kiosk-receipt-ready-from = Ready on { $day } from { $time }
kiosk-receipt-ready-later = Ready in a few working days
kiosk-receipt-told = You will be told.
kiosk-receipt-bring = Bring valid ID
kiosk-receipt-bring-more = Passport, national ID card, driving licence or bank card with photo. The student-ID app is good to have as well.
kiosk-receipt-pay = Pay { $price } at the counter
kiosk-receipt-lending = The card may not be lent to anyone.
kiosk-receipt-done = Done

# Is anybody there?
kiosk-idle-title = Are you still there?
kiosk-idle-lead = Otherwise everything you entered is deleted.
kiosk-idle-stay = Yes, go on
kiosk-idle-leave = No, delete it all

# For staff
kiosk-exit-title = For staff
kiosk-exit-code = Code
kiosk-exit-wrong = The code is wrong.
kiosk-exit-locked = Too many attempts. Try again in ten minutes.
kiosk-exit-close = Back
kiosk-exit-leave = Leave the kiosk

# Setting up
kiosk-setup-title = Set up this kiosk
kiosk-setup-lead = IT does this once. Place and rules come from the server.
kiosk-setup-server = The server's address
kiosk-setup-code = Code from “kortserver terminal add”
kiosk-setup-how = The command “kortautomat enrol” does the same.
kiosk-setup-enrol = Set up
kiosk-setup-enrolling = Asking the server …
kiosk-setup-starting = One moment
kiosk-setup-starting-more = The kiosk is starting.
kiosk-setup-trouble = The kiosk is closed right now
kiosk-setup-staff = Please go to the counter meanwhile. Orders that were made are safe.
kiosk-setup-retry = Try again
kiosk-trouble-not-enrolled = The kiosk has not been set up yet.
kiosk-trouble-in-use = The kiosk is already running in another window.
kiosk-trouble-newer = The data here are from a newer version of the program.
kiosk-trouble-damaged = The data here cannot be read.
kiosk-trouble-disk = The disk is full or read-only.
kiosk-trouble-keys = The keyring is locked.
kiosk-trouble-offline = The server does not answer.
kiosk-trouble-not-our-server = Something other than our server answers at the address.
kiosk-trouble-unknown = The server does not know this kiosk.
kiosk-trouble-other-key = The server shows another PIN key than the one the kiosk was set up with.
kiosk-trouble-policy = The server uses photo rules that this program does not have.
kiosk-trouble-malformed = The address or the code is not written right. The address begins with https://.
kiosk-trouble-other = Something went wrong. The log knows more.

# The command line: setting up, and the doctor
enrol-done = The terminal is set up.
enrol-keyring = The keys are in the system's keyring.
enrol-files = The keys are in files in the data folder: only this user can read them, but no keyring protects them.
doctor-version = Kortautomat { $version }
doctor-display = There is a display.
doctor-undumped = No crash dump of this program is written.
doctor-dumped = A crash dump of this program may hold personal data: this system writes one.
doctor-locked = Its memory is never swapped to the disk.
doctor-swapped = Its memory may be swapped to the disk: allow it to lock memory (systemd: LimitMEMLOCK=infinity), or encrypt the swap.
doctor-folder = The data folder { $folder } can be used.
doctor-folder-failed = The data folder { $folder } cannot be used: { $why }
doctor-server = The server { $server } answers (version { $version }).
doctor-server-failed = The server { $server } does not answer as it should: { $why }
doctor-models = The networks for the photo rules are there.
doctor-models-failed = The networks for the photo rules are missing: { $why }. Fetch them with packaging/models.
doctor-camera = The camera works: { $name }.
doctor-watched = { $frames } frames in { $seconds } s: { $rate } a second.
kiosk-camera-title = The camera
kiosk-camera-lead = This kiosk stands in { $place }. Look into the camera: the picture must stand upright.
kiosk-camera-which = Which camera
kiosk-camera-any = The first that works
kiosk-camera-turn = Turn the picture ({ $degrees }°)
kiosk-camera-sound-on = Tones on the camera screen: on
kiosk-camera-sound-off = Tones on the camera screen: off
kiosk-camera-keep = This is right
