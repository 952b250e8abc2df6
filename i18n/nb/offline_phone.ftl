# Innlogging med telefon når kiosken ikke når serveren, og uten.

# Siden på telefonen
phone-title = Studentkort – kode til kiosken
phone-languages = Språk
phone-heading = Logg inn for en kiosk
phone-kiosk = Kiosk { $code }, { $place }
phone-user = Brukernavn
phone-password = Passord
phone-submit = Gi meg koden
phone-warning = Gå bare videre hvis du selv står ved denne kiosken
phone-warning-more = Har noen sendt deg lenken eller vist deg bildet, lukker du siden. De kan bestille kort i ditt navn.
phone-code-heading = Skriv denne koden på kiosken
phone-code = Koden din
phone-code-minutes = { $minutes ->
    [one] Gjelder i ett minutt til, én gang.
   *[other] Gjelder i { $minutes } minutter til, én gang.
}
phone-code-valid = Gjelder én gang, til ti minutter etter at QR-koden kom opp på kiosken.
phone-code-own = Ikke si koden til noen
phone-code-own-more = Vi spør aldri etter den på telefon, e-post eller melding. Dekk den til hvis noen ser deg over skulderen.
phone-incomplete = Skriv både brukernavn og passord.
phone-wrong = Brukernavn og passord passer ikke sammen. Prøv igjen.
phone-locked = { $minutes ->
    [one] For mange forsøk. Vent ett minutt og prøv igjen.
   *[other] For mange forsøk. Vent { $minutes } minutter og prøv igjen.
}
phone-no-student = Bare studenter kan bestille kort på kiosken. Bruk studentkontoen.
phone-unregistered = Du er ikke registrert dette semesteret. Registrer deg i Studentweb, så kan du bestille kort.
phone-fee-missing = Semesteravgiften er ikke betalt. Det tar tre til fem dager før vi ser en betaling.
phone-foreign = Denne QR-koden er ikke fra en av kioskene våre
phone-foreign-more = Skann koden på skjermen til kiosken en gang til. Kom du hit fra en lenke noen har sendt deg, lukker du siden.
phone-closed = Denne kiosken er ute av bruk
phone-closed-more = Gå til en annen kiosk eller til en skranke.
phone-old = QR-koden er for gammel
phone-old-more = Be om en ny på kiosken, og skann den.

# Kiosken: QR-koden
kiosk-phone-choose = Bruk telefonen
kiosk-phone-title = Logg inn med telefonen
kiosk-phone-lead = Telefonen har sitt eget nett. Det virker også når kiosken ikke har noe.
kiosk-phone-scan = Skann QR-koden med kameraet på telefonen
kiosk-phone-page = Logg inn på siden som åpner seg
kiosk-phone-type = Trykk «Jeg har en kode» her og skriv koden
kiosk-phone-time = QR-koden gjelder i { $minutes ->
    [one] ett minutt
   *[other] { $minutes } minutter
} til.
kiosk-phone-have = Jeg har en kode
kiosk-phone-new = Ny QR-kode
kiosk-phone-none = Jeg har ikke telefonen med
kiosk-phone-preparing = Vi lager en QR-kode …

# Kiosken: brukernavn og kode
kiosk-phone-code-title = Skriv koden din
kiosk-phone-code-lead = Brukernavnet ditt og de åtte tegnene fra telefonen.
kiosk-phone-code = Kode fra telefonen
kiosk-phone-submit = Logg inn
kiosk-phone-incomplete = Noe mangler
kiosk-phone-incomplete-more = Skriv brukernavnet og alle de åtte tegnene i koden.
kiosk-phone-wrong = Koden passer ikke til brukernavnet
kiosk-phone-wrong-more = { $left ->
    [one] Se på telefonen en gang til. Du har ett forsøk igjen.
   *[other] Se på telefonen en gang til. Du har { $left } forsøk igjen.
}
kiosk-phone-spent = Fem gale koder: QR-koden er stengt
kiosk-phone-spent-more = Her er en ny. Skann den, så får du en ny kode.
kiosk-phone-used = Den koden er brukt
kiosk-phone-used-more = En kode virker én gang. Skann QR-koden som vises nå, så får du en ny.
kiosk-phone-earlier = Den koden hører til en tidligere QR-kode
kiosk-phone-earlier-more = Skann QR-koden som vises nå, så får du den riktige.
kiosk-phone-expired = QR-koden har vært vist i mer enn ti minutter
kiosk-phone-expired-more = Her er en ny. Skann den, så får du en ny kode.
kiosk-phone-locked = For mange gale koder på denne kiosken
kiosk-phone-locked-more = { $minutes ->
    [one] Vent ett minutt og prøv igjen, eller gå til skranken.
   *[other] Vent { $minutes } minutter og prøv igjen, eller gå til skranken.
}

# Kiosken: brukernavnet alene
kiosk-alone-title = Bestill med bare brukernavn
kiosk-alone-bring = Du må vise gyldig legitimasjon når du henter kortet
kiosk-alone-bring-more = Vi sjekker den før du får noe. Det du har bestilt før, kan ikke ses her, og ingen gamle kort blir endret.
kiosk-alone-wrong = Det kan ikke være et brukernavn. Prøv igjen.
kiosk-alone-submit = Gå videre

# Etter det
kiosk-overview-alone = Kiosken har ikke nett akkurat nå
kiosk-overview-alone-more = Du kan bestille kort, og bestillingen blir sendt når nettet er tilbake. Det du har bestilt før, kan ikke ses her.
kiosk-overview-alone-unproven = Ta med gyldig legitimasjon: vi sjekker hvem du er når du henter kortet.
kiosk-reason-lost-alone = Det gamle er ikke sperret ennå. Meld fra i en skranke, så blir det sperret med en gang.
kiosk-receipt-check = Ta med gyldig legitimasjon: vi sjekker hvem du er

# Skranken
counter-unproven-check = Ingen har ennå vist hvem som bestilte dette
counter-unproven-check-more = Sammenlign legitimasjonen nøye med bilde, navn og ansikt. Uten legitimasjon blir ingenting utlevert.
