# Kiosken: det en student leser på skjermen i gangen. Kort, vennlig, direkte.

# På tastaturet på skjermen
keyboard-delete = Slett
keyboard-shift = Store bokstaver
keyboard-signs = Tegn
keyboard-space = Mellomrom
kiosk-keyboard-next = Neste
kiosk-keyboard-done = Logg inn

# Rundt hver side
desktop-no-display = Det er ingen skjerm her. Start programmet fra skrivebordet, eller sett DISPLAY eller WAYLAND_DISPLAY.
kiosk-back = Tilbake
kiosk-next = Neste
kiosk-change = Endre
kiosk-start-over = Avbryt
kiosk-scheme = Farger og kontrast
kiosk-offline = Uten nett
# $done: steget, $total: alle stegene
kiosk-step = Steg { $done } av { $total }
kiosk-try-again-or-ask = Prøv en gang til. Hjelper det ikke, så spør ved skranken. Ingenting er gått tapt.

# Dager
kiosk-day = { $weekday } { $day }. { $month }
kiosk-weekday = { $weekday ->
   *[1] mandag
    [2] tirsdag
    [3] onsdag
    [4] torsdag
    [5] fredag
    [6] lørdag
    [7] søndag
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

# Velkommen
kiosk-attract-title = Studentkortet ditt
kiosk-attract-lead = Bestill det her på halvannet minutt.
kiosk-attract-photo = Ta bilde, vi hjelper deg
kiosk-attract-pin = Velg PIN til dørene
kiosk-attract-pickup = Hent kortet om to virkedager
kiosk-attract-begin = Trykk for å begynne
kiosk-language-title = Hvilket språk?

# Innlogging
kiosk-sign-in-title = Logg inn
kiosk-sign-in-lead = Med brukernavnet og passordet ditt fra universitetet.
kiosk-sign-in-user = Brukernavn
kiosk-sign-in-password = Passord
kiosk-sign-in-show = Vis passord
kiosk-sign-in-hide = Skjul passord
kiosk-sign-in-submit = Logg inn
kiosk-sign-in-waiting = Vi spør serveren …
kiosk-sign-in-wrong = Brukernavn og passord passer ikke sammen. Prøv igjen.
kiosk-sign-in-incomplete = Noe mangler
kiosk-sign-in-incomplete-more = Skriv både brukernavn og passord.
kiosk-sign-in-locked = For mange forsøk
kiosk-sign-in-locked-more = { $minutes ->
    [one] Vent ett minutt og prøv igjen.
   *[other] Vent { $minutes } minutter og prøv igjen.
}
kiosk-sign-in-disabled = Kontoen er stengt
kiosk-sign-in-disabled-more = IT-hjelp kan åpne den igjen. Spør ved skranken.
kiosk-sign-in-staff = Dette er en konto for ansatte
kiosk-sign-in-staff-more = Her bestiller studenter kort. Er du student også, bruk studentkontoen.
kiosk-sign-in-offline = Vi får ikke kontakt med serveren
kiosk-sign-in-offline-more = Du kan logge inn med telefonen i stedet. Den har sitt eget nett.
kiosk-sign-in-unavailable = Noe gikk galt hos oss
kiosk-sign-in-unavailable-more = Det er ikke din feil. Prøv igjen, eller spør ved skranken.

# Det som finnes
kiosk-overview-title = Hei, { $name }!
kiosk-overview-number = Bestillingsnummer
kiosk-overview-hours = Åpningstider
kiosk-overview-due = Å betale ved skranken
kiosk-overview-cancel = Avbestill
kiosk-overview-cancel-question = Vil du avbestille kortet?
kiosk-overview-cancel-sure = Ja, avbestill
kiosk-overview-keep = Nei, behold
kiosk-overview-new-photo = Ta nytt bilde
kiosk-overview-words = Den som så på bildet, skrev
# $words: ordene fra den som avviste bildet
kiosk-overview-quoted = «{ $words }»
kiosk-overview-unregistered = Du er ikke registrert dette semesteret
kiosk-overview-unregistered-more = Registrer deg i Studentweb. Etterpå kan du bestille kort her.
kiosk-overview-fee = Semesteravgiften er ikke betalt
kiosk-overview-fee-more = Det tar tre til fem dager før vi ser en betaling.
kiosk-overview-card = Du har et kort
kiosk-overview-card-more = Nummer { $number }, gyldig til { $until }.
kiosk-overview-none = Du har ikke noe kort ennå
kiosk-overview-none-more = Bestill det her. Det første er gratis.
kiosk-overview-blocked = Kortet ditt er sperret
kiosk-overview-blocked-more = Det åpner ingen dører lenger. Bestill et nytt her.
kiosk-overview-order = Bestill kort
kiosk-overview-order-again = Bestill nytt kort

# Hvor bestillingen står
kiosk-status-person = Vi ser på bestillingen
kiosk-status-person-more = Et menneske må avgjøre noe først. Du trenger ikke gjøre noe.
kiosk-status-review = Et menneske ser på bildet
kiosk-status-review-more = Det tar som regel en virkedag.
kiosk-status-refused = Bildet ble ikke godkjent
kiosk-status-refused-more = Ta et nytt, så går bestillingen videre med samme nummer.
kiosk-status-approved = Kortet er bestilt
kiosk-status-production = Kortet blir laget
kiosk-status-promised = Det er klart { $day }.
kiosk-status-told = Du får beskjed når det er klart.
kiosk-status-ready = Kortet er klart: { $place }
kiosk-status-ready-more = Ta med pass, nasjonalt ID-kort, førerkort eller bankkort med bilde. Studentbevis-appen er fin å ha i tillegg.

# Endringer av en bestilling
kiosk-errand-too-late = Kortet er allerede under arbeid
kiosk-errand-too-late-more = Det kan ikke endres her lenger. Spør ved skranken.
kiosk-errand-changed = Bestillingen er endret i mellomtiden
kiosk-errand-changed-more = Logg inn på nytt for å se den slik den er nå.
kiosk-errand-offline = Vi får ikke kontakt med serveren
kiosk-errand-offline-more = Ingenting er endret. Prøv igjen om litt.
kiosk-errand-unavailable = Det gikk ikke
kiosk-done-photo = Takk, bildet er sendt
kiosk-done-photo-more = Bestillingen går videre med samme nummer.
kiosk-done-cancelled = Kortet er avbestilt
kiosk-done-cancelled-more = Bildet og PIN-koden blir slettet. Du kan bestille igjen når du vil.

# Hva det gjelder
kiosk-reason-title = Hva gjelder det?
kiosk-reason-new = Nytt kort
kiosk-reason-new-more = Ditt første kort.
kiosk-reason-lost = Mistet kort
kiosk-reason-lost-more = Det gamle blir sperret. Finner du det før det nye er laget, blir det åpnet igjen.
kiosk-reason-worn = Slitt kort
kiosk-reason-worn-more = Ta med det gamle når du henter det nye.
kiosk-reason-photo = Bildet bryter reglene
kiosk-reason-photo-more = Du må ha et nytt kort.

# Det du må vite
kiosk-terms-title = Dette må du vite
kiosk-terms-personal = Kortet er ditt alene. Det gjelder så lenge du er student.
kiosk-terms-lending = Du kan ikke låne det bort.
kiosk-terms-show = Vis det når en vakt ber om det.
kiosk-terms-photo = Bildet brukes på kortet og til å kjenne deg igjen, ikke til noe annet.
kiosk-terms-deleted = Vi sletter det 30 dager etter at kortet er ute av bruk.
kiosk-terms-agree = Jeg har lest dette og vil bestille kort
kiosk-terms-app = Vis bildet i studentbevis-appen også (du velger selv)

# PIN
kiosk-pin-title = Velg en PIN
kiosk-pin-again-title = En gang til
kiosk-pin-lead = Fire siffer til dørene. Bare du får vite den.
kiosk-pin-label = PIN
kiosk-pin-again-label = Samme PIN på nytt
kiosk-pin-tip = Velg noe andre ikke kan gjette: ikke en fødselsdag, ikke 1234.
kiosk-pin-refused = Velg en annen PIN
kiosk-pin-personal = Denne finnes i opplysningene om deg: en dato eller et nummer som andre kan vite.
kiosk-pin-same-digit = Fire like siffer er det første noen prøver.
kiosk-pin-repetition = Et mønster av to siffer er lett å gjette.
kiosk-pin-sequence = Siffer på rekke er lette å gjette.
kiosk-pin-year = Årstall er lette å gjette.
kiosk-pin-popular-date = Denne datoen er det mange som velger.
kiosk-pin-keypad-shape = Dette er en figur på tastaturet, og den er lett å se.
kiosk-pin-keypad-word = Dette er et ord på bokstavene på tastaturet.
kiosk-pin-different = De to var ikke like
kiosk-pin-different-more = Begynn på nytt og velg en PIN du husker.
kiosk-pin-sealing = PIN-koden kunne ikke forsegles

# Hentested
kiosk-place-title = Hvor vil du hente kortet?
kiosk-place-change = Endre hentested

# Oppsummering
kiosk-summary-title = Stemmer alt?
kiosk-summary-name = Navn på kortet
kiosk-summary-reason = Gjelder
kiosk-summary-pin = PIN
kiosk-summary-place = Hentes
kiosk-summary-ready = Klart
kiosk-summary-price = Pris
kiosk-summary-photo = Nytt bilde
kiosk-summary-change = Endre: { $what }
kiosk-summary-from = { $day } fra { $time }
kiosk-summary-no-promise = Du får beskjed når det er klart
kiosk-summary-pay = Betales med kort i skranken før kortet blir laget.
kiosk-summary-submit = Bestill kortet
kiosk-summary-sending = Et øyeblikk …
kiosk-summary-disk = Kiosken kan ikke lagre bestillingen
kiosk-summary-disk-more = Disken er full eller skrivebeskyttet. Ingenting er bestilt: Gå til skranken.
kiosk-summary-failed = Bestillingen ble ikke tatt imot

# Kvittering
kiosk-receipt-title = Takk, kortet er bestilt!
kiosk-receipt-number = Bestillingsnummer
kiosk-receipt-picture = Ta bilde av denne skjermen
kiosk-receipt-ready = Klart { $day }
kiosk-receipt-ready-from = Klart { $day } fra kl. { $time }
kiosk-receipt-ready-later = Klart om noen virkedager
kiosk-receipt-told = Du får beskjed.
kiosk-receipt-bring = Ta med gyldig legitimasjon
kiosk-receipt-bring-more = Pass, nasjonalt ID-kort, førerkort eller bankkort med bilde. Studentbevis-appen er fin å ha i tillegg.
kiosk-receipt-pay = Betal { $price } i skranken
kiosk-receipt-lending = Kortet kan ikke lånes bort.
kiosk-receipt-done = Ferdig

# Er noen her?
kiosk-idle-title = Er du her ennå?
kiosk-idle-lead = Ellers sletter vi alt du har skrevet.
kiosk-idle-stay = Ja, fortsett
kiosk-idle-leave = Nei, slett alt

# For ansatte
kiosk-exit-title = For ansatte
kiosk-exit-code = Kode
kiosk-exit-wrong = Koden er feil.
kiosk-exit-locked = For mange forsøk. Prøv igjen om ti minutter.
kiosk-exit-close = Tilbake
kiosk-exit-leave = Avslutt kiosken

# Oppsett
kiosk-setup-title = Sett opp kiosken
kiosk-setup-lead = Dette gjør IT én gang. Sted og regler kommer fra serveren.
kiosk-setup-server = Serverens adresse
kiosk-setup-code = Kode fra «kortserver terminal add»
kiosk-setup-how = Det samme gjør kommandoen «kortautomat enrol».
kiosk-setup-enrol = Sett opp
kiosk-setup-enrolling = Vi spør serveren …
kiosk-setup-starting = Et øyeblikk
kiosk-setup-starting-more = Kiosken starter.
kiosk-setup-trouble = Kiosken er stengt akkurat nå
kiosk-setup-staff = Gå til skranken imens. Bestillinger som er gjort, er trygge.
kiosk-setup-retry = Prøv igjen
kiosk-trouble-not-enrolled = Kiosken er ikke satt opp ennå.
kiosk-trouble-in-use = Kiosken kjører allerede i et annet vindu.
kiosk-trouble-newer = Dataene her er fra en nyere versjon av programmet.
kiosk-trouble-damaged = Dataene her kan ikke leses.
kiosk-trouble-disk = Disken er full eller skrivebeskyttet.
kiosk-trouble-keys = Nøkkelringen er låst.
kiosk-trouble-offline = Serveren svarer ikke.
kiosk-trouble-not-our-server = Noe annet enn vår server svarer på adressen.
kiosk-trouble-unknown = Serveren kjenner ikke denne kiosken.
kiosk-trouble-other-key = Serveren viser en annen PIN-nøkkel enn den kiosken ble satt opp med.
kiosk-trouble-policy = Serveren bruker bilderegler som dette programmet ikke har.
kiosk-trouble-malformed = Adressen eller koden er ikke riktig skrevet. Adressen begynner med https://.
kiosk-trouble-other = Noe gikk galt. Loggen vet mer.

# Kommandolinjen: oppsett og lege
enrol-done = Terminalen er satt opp.
enrol-keyring = Nøklene ligger i systemets nøkkelring.
enrol-files = Nøklene ligger i filer i datamappen: Bare denne brukeren kan lese dem, men de er ikke beskyttet av en nøkkelring.
doctor-version = Kortautomat { $version }
doctor-display = Her er det en skjerm.
doctor-undumped = Krasjer programmet, skrives ikke minnet til disk.
doctor-dumped = Krasjer programmet, kan minnet med personopplysninger bli skrevet til disk.
doctor-locked = Minnet legges aldri i vekselfilen.
doctor-swapped = Minnet kan havne i vekselfilen: la programmet låse minnet (systemd: LimitMEMLOCK=infinity), eller krypter vekselfilen.
doctor-folder = Datamappen { $folder } kan brukes.
doctor-folder-failed = Datamappen { $folder } kan ikke brukes: { $why }
doctor-server = Serveren { $server } svarer (versjon { $version }).
doctor-server-failed = Serveren { $server } svarer ikke som den skal: { $why }
doctor-models = Nettverkene for bildereglene er på plass.
doctor-models-failed = Nettverkene for bildereglene mangler: { $why }. Hent dem med packaging/models.
doctor-camera = Kameraet virker: { $name }.
doctor-watched = { $frames } bilder på { $seconds } s: { $rate } i sekundet.
kiosk-camera-title = Kameraet
kiosk-camera-lead = Denne kiosken står i { $place }. Se inn i kameraet: bildet skal stå rett vei.
kiosk-camera-which = Hvilket kamera
kiosk-camera-any = Det første som virker
kiosk-camera-turn = Snu bildet ({ $degrees }°)
kiosk-camera-sound-on = Toner på kameraskjermen: på
kiosk-camera-sound-off = Toner på kameraskjermen: av
kiosk-camera-keep = Slik er det riktig
