# The photo: choosing, taking, fetching, looking it over. Calm and short; nobody shall feel judged.

# Where the picture comes from
photo-choice = The photo on your card
photo-choice-lead = It stays on the card for years. We help you along the way.
photo-here = Take a photo here
photo-here-more = The camera guides you, and you see the photo before you decide.
photo-own = Use a photo I have
photo-own-more = From a memory stick: JPEG, PNG or WebP.
photo-tips = For a good photo
photo-tip-face = Look straight ahead, mouth closed.
photo-tip-light = Find even light and a plain background.
photo-tip-glasses = Take off sunglasses and hat.

# In front of the camera
photo-capture = Take the photo
photo-shutter = Take photo
photo-countdown = Look straight at the camera
photo-checking = We are looking at your photo …
photo-eye-loading = Your guide is getting ready …
photo-eye-missing = Photos cannot be checked here right now
photo-eye-missing-more = Take it all the same. A person looks at it before the card is made.

# When the camera does not work: what happens, what you can do
photo-camera-starting = The camera is starting …
photo-camera-missing = We cannot find a camera
photo-camera-missing-more = As soon as one is connected, we go on here.
photo-camera-busy = Another program is using the camera
photo-camera-busy-more = We keep trying, and go on when it is free.
photo-camera-frozen = The camera has stopped responding
photo-camera-frozen-more = We are starting it again. That takes a few seconds.
photo-camera-unplugged = The camera is unplugged
photo-camera-unplugged-more = Is the plug in? We go on as soon as it is back.
photo-camera-no-rights = The kiosk is not allowed to use the camera
photo-camera-no-rights-more = Please tell the IT help desk. We keep trying.
photo-camera-failed = The camera does not work
photo-camera-failed-more = We keep trying. Please tell the IT help desk if it does not come back.
photo-out-of-order = This camera is out of order
photo-out-of-order-more = { $why }. Those who look after it can see that. Use a photo you have on a memory stick; if the camera comes back, we go on here.
photo-meanwhile = Nothing is lost. Meanwhile you can use a photo that you have.

# A photo of one's own
photo-files = Choose your photo
photo-files-lead = Straight from the front, with a plain background, works best.
photo-files-none = Put in a memory stick
photo-files-none-more = Your photos appear here as soon as it is in.
photo-files-empty = There are no photos here
photo-files-empty-more = We look for JPEG, PNG and WebP.
photo-files-reading = We are reading the memory stick …
# $page: the page that is shown, $pages: how many there are
photo-files-page = Page { $page } of { $pages }
photo-files-next = Next
photo-files-previous = Previous
photo-files-up = Back to the folder above
photo-files-unreadable = This photo could not be read
photo-files-gone = The file is not there any more. Is the memory stick still in?
photo-files-here = Take a photo here instead

# Looking it over
photo-accept = That is a fine photo
photo-accept-lead = It follows all the rules.
photo-ask = Almost there
photo-ask-lead = See what could be better, and feel free to try again.
photo-refuse = We need another photo
photo-refuse-lead = This is how it will be accepted:
photo-unjudged = A person has to look at the photo
photo-unjudged-lead = The check does not work here right now. You can send it all the same.
photo-use = Use this photo
photo-again = Take another photo
photo-other = Choose another photo
photo-insist = This photo is fine: let a person look
# $price: the price, ready to be read
photo-insist-cost = A person decides before the card is made. If the photo breaks the rules, a new card may cost { $price }.
# $count: how many findings are not in the list
photo-findings-more = { $count ->
    [one] One more thing is marked in the photo.
   *[other] { $count } more things are marked in the photo.
}
photo-sending = We are sending your photo …
photo-as-card = How your card will look
photo-picture = Your photo
photo-wrong = This is wrong
photo-right = This is right

# The frames to choose from
photo-shots = Choose another one, if you like it better
# $at: which one, $of: of how many
photo-shot = Photo { $at } of { $of }

# A head covering
photo-covering = Do you cover your head for religious or medical reasons?
photo-covering-help = Then only your face has to be free.
photo-covering-yes = Yes
photo-covering-no = No
photo-covering-declared = You cover your head for religious or medical reasons
photo-covering-change = That is not so

# Cropping by hand
photo-crop-open = Crop it myself
photo-crop = Crop your photo
photo-crop-lead = Drag the photo, or use the buttons. Your head should fill the oval.
photo-crop-larger = Larger
photo-crop-smaller = Smaller
photo-crop-left = To the left
photo-crop-right = To the right
photo-crop-up = Up
photo-crop-down = Down
photo-crop-lean-left = Lean left
photo-crop-lean-right = Lean right
photo-crop-quarter = Turn
photo-crop-mirror = Mirror
photo-crop-automatic = As suggested
photo-crop-done = Check this crop

# On the card itself
card-face-title = STUDENT CARD
