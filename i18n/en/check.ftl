# What `kortautomat check` says on the command line.

check-accept = accepted
check-ask = a person has to look at it
check-refuse = refused
check-unreadable = cannot be read
# $degrees: 90, 180 or 270
check-turned = It lay on its side or stood on its head: judged after turning it { $degrees }° clockwise.
# $file: a path
check-no-such-file = { $file }: there is no such file or folder.
# $file: a path, $problem: what the operating system says
check-file-error = { $file }: cannot be opened ({ $problem }).
# $folder: a path
check-no-pictures = { $folder }: there are no pictures in this folder.
# $name: what was written after --policy
check-no-such-policy = There is no policy called { $name }, and no such file. Policies that come with the program: university, passport.
# $name: what was written after --policy, $problem: what is wrong in it
check-bad-policy = The policy { $name } cannot be used: { $problem }
# $problem: which file is missing or altered
check-no-models = The networks that judge photos are not ready: { $problem }. Fetch them with packaging/models, then try again.

# Values and limits. $figure: a number, ready to be read
check-quantity-share = { $figure }%
check-quantity-levels = { $figure } levels
check-quantity-colour = { $figure } in CIELAB
# $count: how many
check-quantity-faces = { $count ->
    [one] 1 face
   *[other] { $count } faces
}
# $limit: a value with its unit
check-limit-least = at least { $limit }
check-limit-most = at most { $limit }
check-limit-exactly = exactly { $limit }
# $from, $to: values with their units
check-limit-between = from { $from } to { $to }
check-weight-hard = must be right
check-weight-soft = a person decides
check-weight-advice = good advice

# While it runs. $done, $all: how many photos
check-progress = { $done } of { $all } photos
# $minutes: how long it will take
check-progress-left = { $minutes ->
    [0] less than a minute left
    [one] about a minute left
   *[other] about { $minutes } minutes left
}
check-stopped = Stopped after { $done } of { $all } photos.
# $file: a path
check-report-written = The report is in { $file }.
# $folder: a path, $problem: what the operating system says
check-report-unwritable = { $folder }: the report cannot be written there ({ $problem }). Choose another folder.

# The report
check-report-title = Photo check
# $policy: the name of a set of rules
check-report-policy = Rules: { $policy }
check-report-running = The check is still running: { $done } of { $all } photos so far. Reload the page to see more.
check-report-done = { $all ->
    [one] One photo was checked.
   *[other] { $all } photos were checked.
}
check-report-verdicts = Verdicts
check-report-rules = What was found
check-report-rules-none = Nothing: every photo keeps to all rules.
check-report-rule = Rule
check-report-photos = Photos
check-report-list = All photos
check-report-show = Show
check-report-show-all = all
check-report-sort = Sort by
check-report-sort-given = given order
check-report-photo = Photo
check-report-file = File
check-report-verdict = Verdict
check-report-findings = Findings
check-report-nothing = Nothing to put right.
# $measured, $limit: values with their units
check-report-measured = Measured { $measured }; it should be { $limit }.
check-report-values = All values
check-report-ofiq = Scores by ISO/IEC 29794-5 (OFIQ): value and points of 100
check-report-no-crop = No card picture fits into this photo.
check-report-face = face
check-report-card = card picture
check-report-place = finding
# $file: a path
check-report-picture = The photo { $file } with what was found drawn on it
