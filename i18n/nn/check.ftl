# Det `kortautomat check` seier på kommandolinja.

check-accept = godkjent
check-ask = eit menneske må sjå på det
check-refuse = avvist
check-unreadable = kan ikkje lesast
# $degrees: 90, 180 eller 270
check-turned = Det låg på sida eller stod på hovudet: vurdert etter at det vart dreia { $degrees }° med klokka.
# $file: ein sti
check-no-such-file = { $file }: Det finst inga slik fil eller mappe.
# $file: ein sti, $problem: det operativsystemet seier
check-file-error = { $file }: kan ikkje opnast ({ $problem }).
# $folder: ein sti
check-no-pictures = { $folder }: Det er ingen bilete i denne mappa.
# $name: det som blei skrive etter --policy
check-no-such-policy = Det finst ikkje noko regelsett med namnet { $name }, og inga slik fil. Regelsett som følgjer med: university, passport.
# $name: det som blei skrive etter --policy, $problem: kva som er gale i det
check-bad-policy = Regelsettet { $name } kan ikkje brukast: { $problem }
# $problem: kva fil som manglar eller er endra
check-no-models = Nettverka som vurderer bilete, er ikkje klare: { $problem }. Hent dei med packaging/models og prøv på nytt.

# Verdiar og grenser. $figure: eit tal, klart til å lesast
check-quantity-share = { $figure } %
check-quantity-levels = { $figure } nivå
check-quantity-colour = { $figure } i CIELAB
# $count: kor mange
check-quantity-faces = { $count ->
    [one] 1 ansikt
   *[other] { $count } ansikt
}
# $limit: ein verdi med eining
check-limit-least = minst { $limit }
check-limit-most = høgst { $limit }
check-limit-exactly = nøyaktig { $limit }
# $from, $to: verdiar med eining
check-limit-between = frå { $from } til { $to }
check-weight-hard = må vere rett
check-weight-soft = eit menneske avgjer
check-weight-advice = eit godt råd

# Undervegs. $done, $all: kor mange bilete
check-progress = { $done } av { $all } bilete
# $minutes: kor lenge det tek
check-progress-left = { $minutes ->
    [0] under eitt minutt att
    [one] om lag eitt minutt att
   *[other] om lag { $minutes } minutt att
}
check-stopped = Stoppa etter { $done } av { $all } bilete.
# $file: ein sti
check-report-written = Rapporten ligg i { $file }.
# $folder: ein sti, $problem: det operativsystemet seier
check-report-unwritable = { $folder }: Rapporten kan ikkje skrivast dit ({ $problem }). Vel ei anna mappe.

# Rapporten
check-report-title = Biletsjekk
# $policy: namnet på eit regelsett
check-report-policy = Regelsett: { $policy }
check-report-running = Sjekken går enno: { $done } av { $all } bilete så langt. Last sida på nytt for å sjå fleire.
check-report-done = { $all ->
    [one] Eitt bilete er sjekka.
   *[other] { $all } bilete er sjekka.
}
check-report-verdicts = Avgjerder
check-report-rules = Dette vart funne
check-report-rules-none = Ingenting: Alle bileta følgjer alle reglane.
check-report-rule = Regel
check-report-photos = Bilete
check-report-list = Alle bileta
check-report-show = Vis
check-report-show-all = alle
check-report-sort = Sorter etter
check-report-sort-given = rekkjefølgja dei kom i
check-report-photo = Bilete
check-report-file = Fil
check-report-verdict = Avgjerd
check-report-findings = Funn
check-report-nothing = Ingenting å rette på.
# $measured, $limit: verdiar med eining
check-report-measured = Målt { $measured }, skal vere { $limit }.
check-report-values = Alle verdiane
check-report-ofiq = Tal etter ISO/IEC 29794-5 (OFIQ): verdi og poeng av 100
check-report-no-crop = Det er ikkje plass til noko kortbilete i dette biletet.
check-report-face = ansikt
check-report-card = kortbilete
check-report-place = funn
# $file: ein sti
check-report-picture = Biletet { $file } med det som vart funne, teikna inn
