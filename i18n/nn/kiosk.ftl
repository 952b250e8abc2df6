# Kiosken: det ein student les på skjermen i gangen. Kort, venleg, direkte.

# På tastaturet på skjermen
keyboard-delete = Slett
keyboard-shift = Store bokstavar
keyboard-signs = Teikn
keyboard-space = Mellomrom
kiosk-keyboard-next = Neste
kiosk-keyboard-done = Logg inn

# Rundt kvar side
desktop-no-display = Det er ingen skjerm her. Start programmet frå skrivebordet, eller set DISPLAY eller WAYLAND_DISPLAY.
kiosk-back = Tilbake
kiosk-next = Neste
kiosk-change = Endre
kiosk-start-over = Avbryt
kiosk-scheme = Fargar og kontrast
kiosk-offline = Utan nett
# $done: steget, $total: alle stega
kiosk-step = Steg { $done } av { $total }
kiosk-try-again-or-ask = Prøv ein gong til. Hjelper det ikkje, så spør i skranken. Ingenting er gått tapt.

# Dagar
kiosk-day = { $weekday } { $day }. { $month }
kiosk-weekday = { $weekday ->
   *[1] måndag
    [2] tysdag
    [3] onsdag
    [4] torsdag
    [5] fredag
    [6] laurdag
    [7] sundag
}
kiosk-month = { $month ->
   *[1] januar
    [2] februar
    [3] mars
    [4] april
    [5] mai
    [6] juni
    [7] juli
    [8] august
    [9] september
    [10] oktober
    [11] november
    [12] desember
}

# Velkomen
kiosk-attract-title = Studentkortet ditt
kiosk-attract-lead = Bestill det her på halvtanna minutt.
kiosk-attract-photo = Ta bilete, vi hjelper deg
kiosk-attract-pin = Vel PIN til dørene
kiosk-attract-pickup = Hent kortet om to vyrkedagar
kiosk-attract-begin = Trykk for å byrje
kiosk-language-title = Kva språk?

# Innlogging
kiosk-sign-in-title = Logg inn
kiosk-sign-in-lead = Med brukarnamnet og passordet ditt frå universitetet.
kiosk-sign-in-user = Brukarnamn
kiosk-sign-in-password = Passord
kiosk-sign-in-show = Vis passord
kiosk-sign-in-hide = Skjul passord
kiosk-sign-in-submit = Logg inn
kiosk-sign-in-waiting = Vi spør tenaren …
kiosk-sign-in-wrong = Brukarnamn og passord passar ikkje saman. Prøv igjen.
kiosk-sign-in-incomplete = Noko manglar
kiosk-sign-in-incomplete-more = Skriv både brukarnamn og passord.
kiosk-sign-in-locked = For mange forsøk
kiosk-sign-in-locked-more = { $minutes ->
    [one] Vent eitt minutt og prøv igjen.
   *[other] Vent { $minutes } minutt og prøv igjen.
}
kiosk-sign-in-disabled = Kontoen er stengd
kiosk-sign-in-disabled-more = IT-hjelp kan opne han igjen. Spør i skranken.
kiosk-sign-in-staff = Dette er ein konto for tilsette
kiosk-sign-in-staff-more = Her bestiller studentar kort. Er du student òg, bruk studentkontoen.
kiosk-sign-in-offline = Vi får ikkje kontakt med tenaren
kiosk-sign-in-offline-more = Du kan logge inn med telefonen i staden. Han har sitt eige nett.
kiosk-sign-in-unavailable = Noko gjekk gale hos oss
kiosk-sign-in-unavailable-more = Det er ikkje din feil. Prøv igjen, eller spør i skranken.

# Det som finst
kiosk-overview-title = Hei, { $name }!
kiosk-overview-number = Bestillingsnummer
kiosk-overview-hours = Opningstider
kiosk-overview-due = Å betale i skranken
kiosk-overview-cancel = Avbestill
kiosk-overview-cancel-question = Vil du avbestille kortet?
kiosk-overview-cancel-sure = Ja, avbestill
kiosk-overview-keep = Nei, behald
kiosk-overview-new-photo = Ta nytt bilete
kiosk-overview-words = Den som såg på biletet, skreiv
# $words: orda frå den som avviste biletet
kiosk-overview-quoted = «{ $words }»
kiosk-overview-unregistered = Du er ikkje registrert dette semesteret
kiosk-overview-unregistered-more = Registrer deg i Studentweb. Etterpå kan du bestille kort her.
kiosk-overview-fee = Semesteravgifta er ikkje betalt
kiosk-overview-fee-more = Det tek tre til fem dagar før vi ser ei betaling.
kiosk-overview-card = Du har eit kort
kiosk-overview-card-more = Nummer { $number }, gyldig til { $until }.
kiosk-overview-none = Du har ikkje noko kort enno
kiosk-overview-none-more = Bestill det her. Det første er gratis.
kiosk-overview-blocked = Kortet ditt er sperra
kiosk-overview-blocked-more = Det opnar ingen dører lenger. Bestill eit nytt her.
kiosk-overview-order = Bestill kort
kiosk-overview-order-again = Bestill nytt kort

# Kvar bestillinga står
kiosk-status-person = Vi ser på bestillinga
kiosk-status-person-more = Eit menneske må avgjere noko først. Du treng ikkje gjere noko.
kiosk-status-review = Eit menneske ser på biletet
kiosk-status-review-more = Det tek som regel ein vyrkedag.
kiosk-status-refused = Biletet blei ikkje godkjent
kiosk-status-refused-more = Ta eit nytt, så går bestillinga vidare med same nummer.
kiosk-status-approved = Kortet er bestilt
kiosk-status-production = Kortet blir laga
kiosk-status-promised = Det er klart { $day }.
kiosk-status-told = Du får melding når det er klart.
kiosk-status-ready = Kortet er klart: { $place }
kiosk-status-ready-more = Ta med pass, nasjonalt ID-kort, førarkort eller bankkort med bilete. Studentbevis-appen er fin å ha i tillegg.

# Endringar av ei bestilling
kiosk-errand-too-late = Kortet er alt under arbeid
kiosk-errand-too-late-more = Det kan ikkje endrast her lenger. Spør i skranken.
kiosk-errand-changed = Bestillinga er endra i mellomtida
kiosk-errand-changed-more = Logg inn på nytt for å sjå henne slik ho er no.
kiosk-errand-offline = Vi får ikkje kontakt med tenaren
kiosk-errand-offline-more = Ingenting er endra. Prøv igjen om litt.
kiosk-errand-unavailable = Det gjekk ikkje
kiosk-done-photo = Takk, biletet er sendt
kiosk-done-photo-more = Bestillinga går vidare med same nummer.
kiosk-done-cancelled = Kortet er avbestilt
kiosk-done-cancelled-more = Biletet og PIN-koden blir sletta. Du kan bestille igjen når du vil.

# Kva det gjeld
kiosk-reason-title = Kva gjeld det?
kiosk-reason-new = Nytt kort
kiosk-reason-new-more = Det første kortet ditt.
kiosk-reason-lost = Mista kort
kiosk-reason-lost-more = Det gamle blir sperra. Finn du det før det nye er laga, blir det opna igjen.
kiosk-reason-worn = Slite kort
kiosk-reason-worn-more = Ta med det gamle når du hentar det nye.
kiosk-reason-photo = Biletet bryt reglane
kiosk-reason-photo-more = Du må ha eit nytt kort.

# Det du må vite
kiosk-terms-title = Dette må du vite
kiosk-terms-personal = Kortet er ditt åleine. Det gjeld så lenge du er student.
kiosk-terms-lending = Du kan ikkje låne det bort.
kiosk-terms-show = Vis det når ei vakt bed om det.
kiosk-terms-photo = Biletet blir brukt på kortet og til å kjenne deg att, ikkje til noko anna.
kiosk-terms-deleted = Vi slettar det 30 dagar etter at kortet er ute av bruk.
kiosk-terms-agree = Eg har lese dette og vil bestille kort
kiosk-terms-app = Vis biletet i studentbevis-appen òg (du vel sjølv)

# PIN
kiosk-pin-title = Vel ein PIN
kiosk-pin-again-title = Ein gong til
kiosk-pin-lead = Fire siffer til dørene. Berre du får vite han.
kiosk-pin-label = PIN
kiosk-pin-again-label = Same PIN på nytt
kiosk-pin-tip = Vel noko andre ikkje kan gjette: ikkje ein fødselsdag, ikkje 1234.
kiosk-pin-refused = Vel ein annan PIN
kiosk-pin-personal = Denne finst i opplysningane om deg: ein dato eller eit nummer som andre kan vite.
kiosk-pin-same-digit = Fire like siffer er det første nokon prøver.
kiosk-pin-repetition = Eit mønster av to siffer er lett å gjette.
kiosk-pin-sequence = Siffer på rekkje er lette å gjette.
kiosk-pin-year = Årstal er lette å gjette.
kiosk-pin-popular-date = Denne datoen er det mange som vel.
kiosk-pin-keypad-shape = Dette er ein figur på tastaturet, og han er lett å sjå.
kiosk-pin-keypad-word = Dette er eit ord på bokstavane på tastaturet.
kiosk-pin-different = Dei to var ikkje like
kiosk-pin-different-more = Byrj på nytt og vel ein PIN du hugsar.
kiosk-pin-sealing = PIN-koden kunne ikkje forseglast

# Hentestad
kiosk-place-title = Kvar vil du hente kortet?
kiosk-place-change = Endre hentestad

# Oppsummering
kiosk-summary-title = Stemmer alt?
kiosk-summary-name = Namn på kortet
kiosk-summary-reason = Gjeld
kiosk-summary-pin = PIN
kiosk-summary-place = Hentast
kiosk-summary-ready = Klart
kiosk-summary-price = Pris
kiosk-summary-photo = Nytt bilete
kiosk-summary-change = Endre: { $what }
kiosk-summary-from = { $day } frå { $time }
kiosk-summary-no-promise = Du får melding når det er klart
kiosk-summary-pay = Blir betalt med kort i skranken før kortet blir laga.
kiosk-summary-submit = Bestill kortet
kiosk-summary-sending = Ein augeblikk …
kiosk-summary-disk = Kiosken kan ikkje lagre bestillinga
kiosk-summary-disk-more = Disken er full eller skriveverna. Ingenting er bestilt: Gå til skranken.
kiosk-summary-failed = Bestillinga blei ikkje teken imot

# Kvittering
kiosk-receipt-title = Takk, kortet er bestilt!
kiosk-receipt-number = Bestillingsnummer
kiosk-receipt-picture = Ta bilete av denne skjermen
kiosk-receipt-ready = Klart { $day }
kiosk-receipt-ready-from = Klart { $day } frå kl. { $time }
kiosk-receipt-ready-later = Klart om nokre vyrkedagar
kiosk-receipt-told = Du får melding.
kiosk-receipt-bring = Ta med gyldig legitimasjon
kiosk-receipt-bring-more = Pass, nasjonalt ID-kort, førarkort eller bankkort med bilete. Studentbevis-appen er fin å ha i tillegg.
kiosk-receipt-pay = Betal { $price } i skranken
kiosk-receipt-lending = Kortet kan ikkje lånast bort.
kiosk-receipt-done = Ferdig

# Er nokon her?
kiosk-idle-title = Er du her enno?
kiosk-idle-lead = Elles slettar vi alt du har skrive.
kiosk-idle-stay = Ja, hald fram
kiosk-idle-leave = Nei, slett alt

# For tilsette
kiosk-exit-title = For tilsette
kiosk-exit-code = Kode
kiosk-exit-wrong = Koden er feil.
kiosk-exit-locked = For mange forsøk. Prøv igjen om ti minutt.
kiosk-exit-close = Tilbake
kiosk-exit-leave = Avslutt kiosken

# Oppsett
kiosk-setup-title = Set opp kiosken
kiosk-setup-lead = Dette gjer IT éin gong. Stad og reglar kjem frå tenaren.
kiosk-setup-server = Adressa til tenaren
kiosk-setup-code = Kode frå «kortserver terminal add»
kiosk-setup-how = Det same gjer kommandoen «kortautomat enrol».
kiosk-setup-enrol = Set opp
kiosk-setup-enrolling = Vi spør tenaren …
kiosk-setup-starting = Ein augeblikk
kiosk-setup-starting-more = Kiosken startar.
kiosk-setup-trouble = Kiosken er stengd akkurat no
kiosk-setup-staff = Gå til skranken imens. Bestillingar som er gjorde, er trygge.
kiosk-setup-retry = Prøv igjen
kiosk-trouble-not-enrolled = Kiosken er ikkje sett opp enno.
kiosk-trouble-in-use = Kiosken køyrer alt i eit anna vindauge.
kiosk-trouble-newer = Dataa her er frå ein nyare versjon av programmet.
kiosk-trouble-damaged = Dataa her kan ikkje lesast.
kiosk-trouble-disk = Disken er full eller skriveverna.
kiosk-trouble-keys = Nøkkelringen er låst.
kiosk-trouble-offline = Tenaren svarar ikkje.
kiosk-trouble-not-our-server = Noko anna enn tenaren vår svarar på adressa.
kiosk-trouble-unknown = Tenaren kjenner ikkje denne kiosken.
kiosk-trouble-other-key = Tenaren viser ein annan PIN-nøkkel enn den kiosken blei sett opp med.
kiosk-trouble-policy = Tenaren bruker biletreglar som dette programmet ikkje har.
kiosk-trouble-malformed = Adressa eller koden er ikkje rett skriven. Adressa byrjar med https://.
kiosk-trouble-other = Noko gjekk gale. Loggen veit meir.

# Kommandolinja: oppsett og lege
enrol-done = Terminalen er sett opp.
enrol-keyring = Nøklane ligg i nøkkelringen til systemet.
enrol-files = Nøklane ligg i filer i datamappa: Berre denne brukaren kan lese dei, men dei er ikkje verna av ein nøkkelring.
doctor-version = Kortautomat { $version }
doctor-display = Her er det ein skjerm.
doctor-undumped = Krasjar programmet, blir ikkje minnet skrive til disk.
doctor-dumped = Krasjar programmet, kan minnet med personopplysningar bli skrive til disk.
doctor-locked = Minnet blir aldri lagt i vekselfila.
doctor-swapped = Minnet kan hamne i vekselfila: lat programmet låse minnet (systemd: LimitMEMLOCK=infinity), eller krypter vekselfila.
doctor-folder = Datamappa { $folder } kan brukast.
doctor-folder-failed = Datamappa { $folder } kan ikkje brukast: { $why }
doctor-server = Tenaren { $server } svarar (versjon { $version }).
doctor-server-failed = Tenaren { $server } svarar ikkje som han skal: { $why }
doctor-models = Nettverka for biletreglane er på plass.
doctor-models-failed = Nettverka for biletreglane manglar: { $why }. Hent dei med packaging/models.
doctor-camera = Kameraet verkar: { $name }.
doctor-watched = { $frames } bilete på { $seconds } s: { $rate } i sekundet.
kiosk-camera-title = Kameraet
kiosk-camera-lead = Denne kiosken står i { $place }. Sjå inn i kameraet: biletet skal stå rett veg.
kiosk-camera-which = Kva kamera
kiosk-camera-any = Det første som verkar
kiosk-camera-turn = Snu biletet ({ $degrees }°)
kiosk-camera-sound-on = Tonar på kameraskjermen: på
kiosk-camera-sound-off = Tonar på kameraskjermen: av
kiosk-camera-keep = Slik er det rett
