# Bildet: velge, ta, hente og se over. Rolig og kort; ingen skal føle seg dømt.

# Hvor bildet kommer fra
photo-choice = Bildet på kortet
photo-choice-lead = Bildet blir på kortet i flere år. Vi hjelper deg underveis.
photo-here = Ta et bilde her
photo-here-more = Kameraet veileder deg, og du ser bildet før du bestemmer deg.
photo-own = Bruk et bilde jeg har
photo-own-more = Fra en minnepinne: JPEG, PNG eller WebP.
photo-tips = Da blir det bra
photo-tip-face = Se rett fram, med munnen lukket.
photo-tip-light = Finn jevnt lys og en rolig bakgrunn.
photo-tip-glasses = Ta av solbriller og lue.

# Foran kameraet
photo-capture = Ta bildet
photo-shutter = Ta bilde
photo-countdown = Se rett inn i kameraet
photo-checking = Vi ser på bildet …
photo-eye-loading = Veilederen gjør seg klar …
photo-eye-missing = Bildet kan ikke kontrolleres her nå
photo-eye-missing-more = Ta bildet likevel. Et menneske ser på det før kortet lages.

# Når kameraet ikke virker: hva som skjer, hva du kan gjøre
photo-camera-starting = Kameraet starter …
photo-camera-missing = Vi finner ikke noe kamera
photo-camera-missing-more = Så snart et kamera er koblet til, fortsetter vi her.
photo-camera-busy = Et annet program bruker kameraet
photo-camera-busy-more = Vi prøver igjen hele tiden og fortsetter når det er ledig.
photo-camera-frozen = Kameraet har stoppet opp
photo-camera-frozen-more = Vi starter det på nytt. Det tar noen sekunder.
photo-camera-unplugged = Kameraet er koblet fra
photo-camera-unplugged-more = Sitter kontakten i? Vi fortsetter så snart det er tilbake.
photo-camera-no-rights = Kiosken har ikke lov til å bruke kameraet
photo-camera-no-rights-more = Si fra til IT-hjelp. Vi prøver igjen hele tiden.
photo-camera-failed = Kameraet virker ikke
photo-camera-failed-more = Vi prøver igjen hele tiden. Si fra til IT-hjelp hvis det ikke kommer tilbake.
photo-out-of-order = Dette kameraet er ute av drift
photo-out-of-order-more = { $why }. De som passer på kiosken, kan se det. Bruk et bilde du har på en minnepinne. Kommer kameraet tilbake, fortsetter vi her.
photo-meanwhile = Ingenting er tapt. Imens kan du bruke et bilde du har.

# Eget bilde
photo-files = Velg bildet ditt
photo-files-lead = Et bilde rett forfra, foran en rolig bakgrunn, fungerer best.
photo-files-none = Sett inn en minnepinne
photo-files-none-more = Vi viser bildene dine her så snart den er på plass.
photo-files-empty = Her er det ingen bilder
photo-files-empty-more = Vi ser etter JPEG, PNG og WebP.
photo-files-reading = Vi leser minnepinnen …
# $page: siden som vises, $pages: hvor mange det er
photo-files-page = Side { $page } av { $pages }
photo-files-next = Neste
photo-files-previous = Forrige
photo-files-up = Tilbake til mappen over
photo-files-unreadable = Bildet lot seg ikke lese
photo-files-gone = Filen er ikke der lenger. Sitter minnepinnen i?
photo-files-here = Ta et bilde her i stedet

# Se over
photo-accept = Dette ble et fint bilde
photo-accept-lead = Det følger alle reglene.
photo-ask = Nesten i mål
photo-ask-lead = Se hva som kan bli bedre, og prøv gjerne en gang til.
photo-refuse = Vi trenger et nytt bilde
photo-refuse-lead = Slik blir det godkjent:
photo-unjudged = Et menneske må se på bildet
photo-unjudged-lead = Kontrollen virker ikke her nå. Bildet kan sendes likevel.
photo-use = Bruk dette bildet
photo-again = Ta et nytt bilde
photo-other = Velg et annet bilde
photo-insist = Bildet er greit: la et menneske se på det
# $price: prisen, ferdig skrevet
photo-insist-cost = Et menneske avgjør før kortet lages. Bryter bildet reglene, kan et nytt kort koste { $price }.
# $count: hvor mange funn som ikke står i listen
photo-findings-more = { $count ->
    [one] Én ting til er merket i bildet.
   *[other] { $count } ting til er merket i bildet.
}
photo-sending = Vi sender bildet …
photo-as-card = Slik blir kortet
photo-picture = Bildet ditt
photo-wrong = Slik blir det feil
photo-right = Slik blir det riktig

# Bildene du kan velge mellom
photo-shots = Velg gjerne et av de andre
# $at: hvilket, $of: av hvor mange
photo-shot = Bilde { $at } av { $of }

# Noe på hodet
photo-covering = Dekker du hodet av religiøse eller medisinske grunner?
photo-covering-help = Da trenger bare ansiktet å være fritt.
photo-covering-yes = Ja
photo-covering-no = Nei
photo-covering-declared = Du dekker hodet av religiøse eller medisinske grunner
photo-covering-change = Det stemmer ikke

# Beskjære selv
photo-crop-open = Beskjær selv
photo-crop = Beskjær bildet
photo-crop-lead = Dra i bildet, eller bruk knappene. Hodet skal fylle ovalen.
photo-crop-larger = Større
photo-crop-smaller = Mindre
photo-crop-left = Mot venstre
photo-crop-right = Mot høyre
photo-crop-up = Opp
photo-crop-down = Ned
photo-crop-lean-left = Len til venstre
photo-crop-lean-right = Len til høyre
photo-crop-quarter = Snu
photo-crop-mirror = Speilvend
photo-crop-automatic = Som foreslått
photo-crop-done = Kontroller utsnittet

# På selve kortet
card-face-title = STUDENTKORT
