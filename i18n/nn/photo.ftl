# Biletet: velje, ta, hente og sjå over. Roleg og kort; ingen skal kjenne seg dømd.

# Kvar biletet kjem frå
photo-choice = Biletet på kortet
photo-choice-lead = Biletet står på kortet i fleire år. Vi hjelper deg undervegs.
photo-here = Ta eit bilete her
photo-here-more = Kameraet rettleier deg, og du ser biletet før du bestemmer deg.
photo-own = Bruk eit bilete eg har
photo-own-more = Frå ein minnepinne: JPEG, PNG eller WebP.
photo-tips = Då blir det bra
photo-tip-face = Sjå rett fram, med munnen lukka.
photo-tip-light = Finn jamt lys og ein roleg bakgrunn.
photo-tip-glasses = Ta av solbriller og lue.

# Framfor kameraet
photo-capture = Ta biletet
photo-shutter = Ta bilete
photo-countdown = Sjå rett inn i kameraet
photo-checking = Vi ser på biletet …
photo-eye-loading = Rettleiaren gjer seg klar …
photo-eye-missing = Biletet kan ikkje kontrollerast her no
photo-eye-missing-more = Ta biletet likevel. Eit menneske ser på det før kortet blir laga.

# Når kameraet ikkje verkar: kva som skjer, kva du kan gjere
photo-camera-starting = Kameraet startar …
photo-camera-missing = Vi finn ikkje noko kamera
photo-camera-missing-more = Så snart eit kamera er kopla til, held vi fram her.
photo-camera-busy = Eit anna program bruker kameraet
photo-camera-busy-more = Vi prøver på nytt heile tida og held fram når det er ledig.
photo-camera-frozen = Kameraet har stoppa opp
photo-camera-frozen-more = Vi startar det på nytt. Det tek nokre sekund.
photo-camera-unplugged = Kameraet er kopla frå
photo-camera-unplugged-more = Sit kontakten i? Vi held fram så snart det er tilbake.
photo-camera-no-rights = Kiosken har ikkje lov til å bruke kameraet
photo-camera-no-rights-more = Sei frå til IT-hjelp. Vi prøver på nytt heile tida.
photo-camera-failed = Kameraet verkar ikkje
photo-camera-failed-more = Vi prøver på nytt heile tida. Sei frå til IT-hjelp om det ikkje kjem tilbake.
photo-out-of-order = Dette kameraet er ute av drift
photo-out-of-order-more = { $why }. Dei som passar på kiosken, kan sjå det. Bruk eit bilete du har på ein minnepinne. Kjem kameraet tilbake, held vi fram her.
photo-meanwhile = Ingenting er tapt. Imens kan du bruke eit bilete du har.

# Eige bilete
photo-files = Vel biletet ditt
photo-files-lead = Eit bilete rett framanfrå, framfor ein roleg bakgrunn, fungerer best.
photo-files-none = Set inn ein minnepinne
photo-files-none-more = Vi viser bileta dine her så snart han er på plass.
photo-files-empty = Her er det ingen bilete
photo-files-empty-more = Vi ser etter JPEG, PNG og WebP.
photo-files-reading = Vi les minnepinnen …
# $page: sida som blir vist, $pages: kor mange det er
photo-files-page = Side { $page } av { $pages }
photo-files-next = Neste
photo-files-previous = Førre
photo-files-up = Tilbake til mappa over
photo-files-unreadable = Biletet lét seg ikkje lese
photo-files-gone = Fila er ikkje der lenger. Sit minnepinnen i?
photo-files-here = Ta eit bilete her i staden

# Sjå over
photo-accept = Dette blei eit fint bilete
photo-accept-lead = Det følgjer alle reglane.
photo-ask = Nesten i mål
photo-ask-lead = Sjå kva som kan bli betre, og prøv gjerne ein gong til.
photo-refuse = Vi treng eit nytt bilete
photo-refuse-lead = Slik blir det godkjent:
photo-unjudged = Eit menneske må sjå på biletet
photo-unjudged-lead = Kontrollen verkar ikkje her no. Biletet kan sendast likevel.
photo-use = Bruk dette biletet
photo-again = Ta eit nytt bilete
photo-other = Vel eit anna bilete
photo-insist = Biletet er greitt: la eit menneske sjå på det
# $price: prisen, ferdig skriven
photo-insist-cost = Eit menneske avgjer før kortet blir laga. Bryt biletet reglane, kan eit nytt kort koste { $price }.
# $count: kor mange funn som ikkje står i lista
photo-findings-more = { $count ->
    [one] Éin ting til er merkt i biletet.
   *[other] { $count } ting til er merkte i biletet.
}
photo-sending = Vi sender biletet …
photo-as-card = Slik blir kortet
photo-picture = Biletet ditt
photo-wrong = Slik blir det feil
photo-right = Slik blir det rett

# Bileta du kan velje mellom
photo-shots = Vel gjerne eit av dei andre
# $at: kva for eit, $of: av kor mange
photo-shot = Bilete { $at } av { $of }

# Noko på hovudet
photo-covering = Dekkjer du hovudet av religiøse eller medisinske grunnar?
photo-covering-help = Då treng berre ansiktet å vere fritt.
photo-covering-yes = Ja
photo-covering-no = Nei
photo-covering-declared = Du dekkjer hovudet av religiøse eller medisinske grunnar
photo-covering-change = Det stemmer ikkje

# Skjere til sjølv
photo-crop-open = Skjer til sjølv
photo-crop = Skjer til biletet
photo-crop-lead = Dra i biletet, eller bruk knappane. Hovudet skal fylle ovalen.
photo-crop-larger = Større
photo-crop-smaller = Mindre
photo-crop-left = Mot venstre
photo-crop-right = Mot høgre
photo-crop-up = Opp
photo-crop-down = Ned
photo-crop-lean-left = Len til venstre
photo-crop-lean-right = Len til høgre
photo-crop-quarter = Snu
photo-crop-mirror = Spegelvend
photo-crop-automatic = Som foreslått
photo-crop-done = Kontroller utsnittet

# På sjølve kortet
card-face-title = STUDENTKORT
