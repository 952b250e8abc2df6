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
