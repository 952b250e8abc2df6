# The photo rules: a title, what is wrong and what to do; the short words on the camera screen; files that cannot be read.

rule-large-enough = The picture is too small
rule-large-enough-help = There are too few pixels for a sharp card. Take a new picture, or choose the original instead of a copy from a chat or a web page.
rule-one-face = There must be one face
rule-one-face-help = We need exactly one face, yours, looking at the camera. Ask others to step aside and make sure that your whole face can be seen.
rule-whole-head = Part of the head is missing
rule-whole-head-help = The whole head must be in the picture, from the chin to the crown. Move back a little.
rule-resolution = The face is too small
rule-resolution-help = Your face takes up too little of the picture. Come closer, or choose a picture taken from nearer.
rule-head-size = You are too close
rule-head-size-help = There has to be some space around your head. Move back a little.
rule-centred = The face is too far to one side
rule-centred-help = There is not enough picture on one side of your head. Put your face in the middle.
rule-eye-line = The face is too high or too low
rule-eye-line-help = There is not enough picture above or below your head. Hold the camera level with your eyes.
rule-yaw = The head is turned to the side
rule-yaw-help = Turn your nose and your shoulders straight towards the camera.
rule-pitch = The head is tipped up or down
rule-pitch-help = Hold your chin level and look straight ahead. The camera should be level with your eyes.
rule-roll = The head is tilted
rule-roll-help = Hold your head upright, both eyes at the same height.
rule-eyes-open = The eyes seem to be closed
rule-eyes-open-help = Both eyes should be open. If that is how your eyes are, send the picture: a person will look at it.
rule-mouth-closed = The mouth is open
rule-mouth-closed-help = Close your mouth so that no teeth show. A gentle smile is fine.
rule-exposure = Detail is lost in light or shadow
rule-exposure-help = Parts of your face are so bright or so dark that nothing can be seen in them. Choose softer light, not a lamp or the sun straight on your face.
rule-dynamic-range = The picture is flat
rule-dynamic-range-help = Light and dark can hardly be told apart in your face. Find a place with more light.
rule-even-light = The light is uneven
rule-even-light-help = One part of your face is much darker than another. Turn towards the light, so that it comes from the front.
rule-sharp = The picture is not sharp
rule-sharp-help = Hold still, wipe the lens, and let the camera focus on your face.
rule-background-plain = The background is not plain
rule-background-plain-help = Stand in front of a plain, light wall with nothing else behind you.

instruction-step-into-view = Step into view
instruction-one-person = One person only
instruction-come-closer = Come closer
instruction-move-back = Move back a little
instruction-move-left = Move left
instruction-move-right = Move right
instruction-move-up = Stand a little taller
instruction-move-down = Move down a little
instruction-turn-left = Turn your face left
instruction-turn-right = Turn your face right
instruction-lift-chin = Lift your chin
instruction-lower-chin = Lower your chin
instruction-straighten-head = Hold your head straight
instruction-close-mouth = Close your mouth
instruction-open-eyes = Open your eyes
instruction-more-light = More light is needed
instruction-light-from-front = Face the light
instruction-hold-still = Hold still
instruction-plain-background = Find a plain background
instruction-good = Perfect, hold still

intake-empty = The file is empty. Choose another picture.
# $megabytes: the size of the file, $limit: the largest that is read
intake-too-many-bytes = The file is { $megabytes } MB. The largest we can read is { $limit } MB: choose a smaller version of the picture.
# $megapixels: millions of pixels in the picture, $limit: the most that are read
intake-too-many-pixels = The picture has { $megapixels } megapixels. We can read at most { $limit }: choose a smaller version of the picture.
intake-too-much-memory = The picture is too large to be read. Choose a smaller version of it.
intake-heic = This is a HEIC picture from an iPhone. Share or save it as JPEG and choose it again, or take a picture here.
intake-unknown-format = This file is not a picture that we can read. Choose a JPEG, PNG or WebP picture.
intake-truncated = The file is incomplete: part of the picture is missing. Copy it again, or choose another.
intake-broken = The picture is damaged and cannot be read. Choose another.
