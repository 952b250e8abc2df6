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
