# Det `kortautomat check` sier på kommandolinjen.

check-accept = godkjent
check-ask = et menneske må se på det
check-refuse = avvist
check-unreadable = kan ikke leses
# $degrees: 90, 180 eller 270
check-turned = Det lå på siden eller sto på hodet: vurdert etter at det ble dreid { $degrees }° med klokken.
# $file: en sti
check-no-such-file = { $file }: Det finnes ingen slik fil eller mappe.
# $file: en sti, $problem: det operativsystemet sier
check-file-error = { $file }: kan ikke åpnes ({ $problem }).
# $folder: en sti
check-no-pictures = { $folder }: Det er ingen bilder i denne mappen.
# $name: det som ble skrevet etter --policy
check-no-such-policy = Det finnes ikke noe regelsett med navnet { $name }, og ingen slik fil. Regelsett som følger med: university, passport.
# $name: det som ble skrevet etter --policy, $problem: hva som er galt i det
check-bad-policy = Regelsettet { $name } kan ikke brukes: { $problem }
# $problem: hvilken fil som mangler eller er endret
check-no-models = Nettverkene som vurderer bilder, er ikke klare: { $problem }. Hent dem med packaging/models og prøv igjen.

# Verdier og grenser. $figure: et tall, klart til å leses
check-quantity-share = { $figure } %
check-quantity-levels = { $figure } nivåer
check-quantity-colour = { $figure } i CIELAB
# $count: hvor mange
check-quantity-faces = { $count ->
    [one] 1 ansikt
   *[other] { $count } ansikter
}
# $limit: en verdi med enhet
check-limit-least = minst { $limit }
check-limit-most = høyst { $limit }
check-limit-exactly = nøyaktig { $limit }
# $from, $to: verdier med enhet
check-limit-between = fra { $from } til { $to }
check-weight-hard = må være riktig
check-weight-soft = et menneske avgjør
check-weight-advice = et godt råd

# Underveis. $done, $all: antall bilder
check-progress = { $done } av { $all } bilder
# $minutes: hvor lenge det tar
check-progress-left = { $minutes ->
    [0] under ett minutt igjen
    [one] omtrent ett minutt igjen
   *[other] omtrent { $minutes } minutter igjen
}
check-stopped = Stanset etter { $done } av { $all } bilder.
# $file: en sti
check-report-written = Rapporten ligger i { $file }.
# $folder: en sti, $problem: det operativsystemet sier
check-report-unwritable = { $folder }: Rapporten kan ikke skrives dit ({ $problem }). Velg en annen mappe.

# Rapporten
check-report-title = Bildesjekk
# $policy: navnet på et regelsett
check-report-policy = Regelsett: { $policy }
check-report-running = Sjekken pågår: { $done } av { $all } bilder så langt. Last siden på nytt for å se flere.
check-report-done = { $all ->
    [one] Ett bilde er sjekket.
   *[other] { $all } bilder er sjekket.
}
check-report-verdicts = Avgjørelser
check-report-rules = Dette ble funnet
check-report-rules-none = Ingenting: Alle bildene følger alle reglene.
check-report-rule = Regel
check-report-photos = Bilder
check-report-list = Alle bildene
check-report-show = Vis
check-report-show-all = alle
check-report-sort = Sorter etter
check-report-sort-given = gitt rekkefølge
check-report-photo = Bilde
check-report-file = Fil
check-report-verdict = Avgjørelse
check-report-findings = Funn
check-report-nothing = Ingenting å rette på.
# $measured, $limit: verdier med enhet
check-report-measured = Målt { $measured }, skal være { $limit }.
check-report-values = Alle verdiene
check-report-ofiq = Tall etter ISO/IEC 29794-5 (OFIQ): verdi og poeng av 100
check-report-no-crop = Det er ikke plass til noe kortbilde i dette bildet.
check-report-face = ansikt
check-report-card = kortbilde
check-report-place = funn
# $file: en sti
check-report-picture = Bildet { $file } med det som ble funnet, tegnet inn
