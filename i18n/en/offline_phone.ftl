# Signing in with a phone while the kiosk hears no server, and without one.

# The page on the phone
phone-title = Student card – code for the kiosk
phone-languages = Language
phone-heading = Sign in for a kiosk
# $code: what stands beside the QR code, $place: where the kiosk stands
phone-kiosk = Kiosk { $code }, { $place }
phone-user = User name
phone-password = Password
phone-submit = Get my code
phone-warning = Only go on if you stand at this kiosk yourself
phone-warning-more = If somebody sent you this link or showed you the picture, close the page. They could order a card in your name.
phone-code-heading = Type this code at the kiosk
phone-code = Your code
phone-code-minutes = { $minutes ->
    [one] Valid for one more minute, once.
   *[other] Valid for { $minutes } more minutes, once.
}
phone-code-valid = Valid once, until ten minutes after the QR code appeared on the kiosk.
phone-code-own = Tell the code to nobody
phone-code-own-more = We never ask for it by phone, e-mail or message. Cover it if somebody looks over your shoulder.
phone-incomplete = Type both user name and password.
phone-wrong = User name and password do not match. Try again.
phone-locked = { $minutes ->
    [one] Too many attempts. Wait one minute and try again.
   *[other] Too many attempts. Wait { $minutes } minutes and try again.
}
phone-no-student = Only students can order a card at the kiosk. Use your student account.
phone-unregistered = You are not registered this semester. Register in Studentweb, then you can order a card.
phone-fee-missing = The semester fee is not paid. It takes three to five days until we see a payment.
phone-foreign = This QR code is not from one of our kiosks
phone-foreign-more = Scan the code on the kiosk’s screen once more. If you came here by a link that somebody sent you, close the page.
phone-closed = This kiosk is out of use
phone-closed-more = Go to another kiosk, or to a counter.
phone-old = The QR code is too old
phone-old-more = Ask for a new one on the kiosk, and scan that.

# The kiosk: the QR code
kiosk-phone-choose = Use your phone
kiosk-phone-title = Sign in with your phone
kiosk-phone-lead = Your phone uses its own network. That works even when the kiosk has none.
kiosk-phone-scan = Scan the QR code with your phone’s camera
kiosk-phone-page = Sign in on the page that opens
kiosk-phone-type = Tap “I have a code” here and type the code
kiosk-phone-time = The QR code is valid for { $minutes ->
    [one] one more minute
   *[other] { $minutes } more minutes
}.
kiosk-phone-have = I have a code
kiosk-phone-new = New QR code
kiosk-phone-none = I have no phone with me
kiosk-phone-preparing = Making a QR code …

# The kiosk: user name and code
kiosk-phone-code-title = Type your code
kiosk-phone-code-lead = Your user name, and the eight characters from the phone.
kiosk-phone-code = Code from the phone
kiosk-phone-submit = Sign in
kiosk-phone-incomplete = Something is missing
kiosk-phone-incomplete-more = Type your user name and all eight characters of the code.
kiosk-phone-wrong = The code does not fit the user name
kiosk-phone-wrong-more = { $left ->
    [one] Look once more at your phone. You have one more try.
   *[other] Look once more at your phone. You have { $left } more tries.
}
kiosk-phone-spent = Five wrong codes: the QR code is closed
kiosk-phone-spent-more = Here is a new one. Scan it, and you get a new code.
kiosk-phone-used = That code has been used already
kiosk-phone-used-more = A code works once. Scan the QR code that is shown now to get a new one.
kiosk-phone-earlier = That code belongs to an earlier QR code
kiosk-phone-earlier-more = Scan the QR code that is shown now to get the right one.
kiosk-phone-expired = The QR code was shown for more than ten minutes
kiosk-phone-expired-more = Here is a new one. Scan it, and you get a new code.
kiosk-phone-locked = Too many wrong codes at this kiosk
kiosk-phone-locked-more = { $minutes ->
    [one] Wait one minute and try again, or go to the counter.
   *[other] Wait { $minutes } minutes and try again, or go to the counter.
}

# The kiosk: the user name alone
kiosk-alone-title = Order with your user name only
kiosk-alone-bring = You must show valid ID when you pick up the card
kiosk-alone-bring-more = We check it before you get anything. Nothing you ordered earlier can be seen here, and no old card is changed.
kiosk-alone-wrong = That cannot be a user name. Try again.
kiosk-alone-submit = Go on

# After that
kiosk-overview-alone = The kiosk has no network right now
kiosk-overview-alone-more = You can order a card, and it is sent as soon as the network is back. What you ordered earlier cannot be seen here.
kiosk-overview-alone-unproven = Bring valid ID: we check who you are when you pick up the card.
kiosk-reason-lost-alone = The old one is not blocked yet. Report it at a counter to have it blocked at once.
kiosk-receipt-check = Bring valid ID: your identity will be checked

# The counter
counter-unproven-check = Nobody has proven yet who ordered this
counter-unproven-check-more = Compare the ID with photo, name and face with care. Without ID, nothing is handed out.
