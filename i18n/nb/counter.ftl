# The counter: what staff read at the three desks. Short; the desk is busy.

counter-window = Kortautomat – skranke
counter-desk-handover = Utlevering
counter-desk-review = Bildekontroll
counter-desk-production = Produksjon
counter-lock = Lås
counter-online = Tilkoblet
counter-offline = Uten nett
counter-waiting = Et øyeblikk …
counter-none = –
counter-unknown = Ukjent
counter-reload = Oppdater
counter-back = Tilbake

# Signing in
counter-sign-in = Logg inn ved skranken
counter-sign-in-now = Logg inn
counter-signing-in = Logger inn …
counter-user-name = Brukernavn
counter-password = Passord

# Where an order stands
counter-status-needs-person = Må avklares
counter-status-review = Bildet vurderes
counter-status-photo-refused = Bildet avvist
counter-status-approved = Godkjent
counter-status-in-production = I produksjon
counter-status-printed = Trykt
counter-status-ready = Klart
counter-status-handed-out = Utlevert
counter-status-cancelled = Avsluttet
counter-card-active = Aktivt
counter-card-blocked = Sperret
counter-card-dead = Dødt
counter-reason-new = Nytt kort
counter-reason-lost = Erstatter tapt kort
counter-reason-worn = Erstatter slitt kort
counter-reason-violation = Bildet brøt reglene
counter-payment-free = Gratis
# $kroner: whole Norwegian kroner
counter-payment-due = Skal betale { $kroner } kr
# $kroner: whole Norwegian kroner, $slip: the card terminal's slip number
counter-payment-paid = Betalt { $kroner } kr, kvittering { $slip }

# Identity documents and reasons
counter-document-passport = Pass
counter-document-national = Nasjonalt ID-kort
counter-document-driving = Førerkort
counter-document-bank = Bankkort med bilde
counter-document-travel = Reisebevis eller utlendingspass
counter-document-digital = Digitalt førerkort
counter-withheld-id = Ingen gyldig legitimasjon
counter-withheld-face = Ansiktet stemmer ikke
counter-withheld-card = Kortet er ikke her
counter-withheld-place = Feil hentested

# An order's history
counter-event-submitted = Bestilt
counter-event-approved = Bildet godkjent
counter-event-refused = Bildet avvist
counter-event-replaced = Nytt bilde
counter-event-released = Avklart
counter-event-production = Sendt til trykking
counter-event-printed = Trykt
counter-event-shelved = Lagt i skuffen
counter-event-misprint = Feiltrykk
counter-event-handed-out = Utlevert
counter-event-withheld = Ikke utlevert
counter-event-undone = Utlevering angret
counter-event-paid = Betalt
counter-event-moved = Hentested endret
counter-event-cancelled = Avsluttet
counter-event-pin-delivered = PIN-koden er i dørene
counter-event-pin-refused = Dørene tok ikke PIN-koden
counter-event-card-found = kortet kom til rette
counter-event-other = Endret

# Handover: the field
counter-field-search = Søk eller skann
counter-field-document = Hvilken legitimasjon har du sett?
counter-field-card = Skann kortet
counter-field-old-card = Skann det gamle kortet
counter-field-reason = Hvorfor ikke?
counter-field-choose-card = Hvilket kort?
counter-field-confirm = Trykk Enter for å bekrefte
counter-field-slip = Nummeret på kvitteringen fra kortterminalen
counter-field-words = Hvorfor avsluttes bestillingen?
counter-hint-search = Bestillingens kode, kortnummer, brukernavn eller navn. «oyvind» finner Øyvind.
counter-hint-document = Sammenlign ansiktet med bildet og legitimasjonen. Trykk tallet for det du har sett.
counter-hint-card = Ta kortet ut av skuffen og skann det. Stemmer nummeret, er det utlevert.
counter-hint-old-card = Det slitte kortet skal inn før det nye går ut.
counter-hint-reason = Trykk tallet for grunnen. Esc går tilbake.
counter-hint-choose-card = Trykk tallet ved kortet. Esc går tilbake.
counter-hint-release = Har du sett gyldig legitimasjon og ordnet det som holdt bestillingen igjen? Enter bekrefter, Esc går tilbake.
counter-hint-found = Kortet åpner dørene igjen. Enter bekrefter, Esc går tilbake.
counter-hint-lost = Kortet sperres med en gang og åpner ingen dører. Enter bekrefter, Esc går tilbake.
counter-hint-slip = Ta betalt på kortterminalen først. Enter lagrer, Esc går tilbake.
counter-hint-words = Studenten leser det du skriver. Enter avslutter bestillingen, Esc går tilbake.
counter-hint-own = Enter bruker bildet. F11 velger et annet, Esc går tilbake.

# Handover: what is shown
counter-empty = Klar for neste
counter-empty-help = Skann koden på telefonen, eller skriv et navn.
counter-no-order = Ingen bestilling
counter-found-more = Det finnes flere. Skriv mer av navnet.
counter-photo-loading = Henter bildet …
counter-unproven = Identitet ikke bevist
counter-elsewhere = Annet hentested
counter-fact-reason = Gjelder
counter-fact-payment = Betaling
counter-fact-card = Kortnummer
counter-fact-slot = Plass i skuffen
counter-fact-pin = PIN-kode
counter-fact-legal = Fullt navn
counter-fact-valid = Kort gyldig til
counter-pin-delivered = Dørene har den
counter-pin-waiting = Ikke sendt til dørene ennå
counter-which-document = 1 · Legitimasjon
counter-scan-card = 2 · Skann kortet
# $number: the card's number
counter-scan-card-more = Det skal være M { $number }.
counter-why-not = Ikke lever ut – hvorfor?
counter-old-card = Ta imot det gamle kortet først
# $number: the old card's number
counter-old-card-more = Skann M { $number }. Etterpå skal det makuleres.
counter-cards = Kort
counter-no-cards = Ingen kjente kort.
# $day: a day
counter-valid-to = til { $day }
counter-other-orders = Andre bestillinger
counter-history = Historikk
# $name: who got the card
counter-handed-out = Utlevert til { $name }
# $number: the order's number
counter-handed-out-more = Bestilling { $number } er ferdig. Minn om at kortet ikke kan lånes bort.

# Handover: what can be wanted
counter-want-withhold = Ikke lever ut
counter-want-lost = Meld tapt
counter-want-found = Funnet igjen
counter-want-pay = Betalt
counter-want-release = Avklart
counter-want-undo = Angre utleveringen
counter-want-own-photo = Bilde fra fil
counter-want-cancel = Avslutt bestillingen

# Handover: why not now
counter-stands-person = Bestillingen må avklares
counter-stands-person-help = Personen er ukjent eller har en åpen bestilling fra før. Se legitimasjon, avslutt den som ikke skal gjelde, og velg «Avklart».
counter-stands-review = Bildet blir vurdert
counter-stands-review-help = Noen ser på bildet i dag. Kortet trykkes når det er godkjent.
counter-stands-refused = Bildet ble avvist
# $words: what the reviewer wrote
counter-stands-refused-help = { $words } Studenten logger inn på automaten og tar et nytt bilde; bestillingen beholder nummeret.
counter-stands-unpaid = Kortet er ikke betalt
counter-stands-unpaid-help = Ta betalt på kortterminalen, og velg «Betalt». Da kan kortet trykkes.
counter-stands-making = Kortet blir laget
# $day: the day that was promised
counter-stands-making-help = Lovet til { $day }. Studenten får beskjed når det er klart.
counter-stands-making-help-soon = Studenten får beskjed når det er klart.
counter-stands-elsewhere = Kortet ligger på et annet hentested
counter-stands-elsewhere-help = Det kan bare hentes der det ligger. Vis studenten veien dit.
counter-stands-handed-out = Kortet er utlevert
counter-stands-handed-out-help = Er det tapt eller slitt, bestilles et nytt på automaten.
counter-stands-cancelled = Bestillingen er avsluttet
# $words: why
counter-stands-cancelled-help = { $words } En ny bestilles på automaten.
counter-not-registered = Ikke semesterregistrert
counter-not-registered-help = Studenten må registrere seg i Studentweb først. Det kan ta en dag før det synes her.
counter-fee-missing = Semesteravgiften mangler
counter-fee-missing-help = En betaling synes etter tre til fem dager. Ingen kort lages før det.
counter-has-card = Har et gyldig kort
# $kroner: the price of a new card
counter-has-card-help = Tapt: meld det her, og kortet sperres med en gang; et nytt koster { $kroner } kr og bestilles på automaten. Slitt: bestilles gratis på automaten.
counter-may-order = Kan bestille kort
counter-may-order-help = Det er ingen bestilling. Vis studenten til automaten; det tar halvannet minutt.

# Handover: what happened
# $query: what was searched for
counter-nothing-found = Fant ingen: { $query }
counter-nothing-found-help = Prøv en del av navnet, brukernavnet eller nummeret på kvitteringen.
counter-misread = Dette er ikke et kortnummer
counter-misread-help = Et siffer er lest feil. Skann igjen.
counter-not-old = Dette er ikke det gamle kortet
counter-not-old-help = Skann kortet som studenten har hatt til nå. Er det borte, meld det tapt.
counter-id-first = Legitimasjon først
counter-id-first-help = Kortet er lest. Trykk tallet for legitimasjonen du har sett, så er det utlevert.
counter-withheld-noted = Notert: ikke utlevert
counter-withheld-noted-help = Legg kortet tilbake i skuffen. Det kan leveres ut senere.
counter-blocked = Kortet er sperret
# $kroner: the price of a new card
counter-blocked-help = Et nytt bestilles på automaten og koster { $kroner } kr, som betales her.
counter-unblocked = Kortet virker igjen
counter-unblocked-help = Det kan ta litt tid før alle dører vet det.
counter-taken-in = Det gamle kortet er tatt inn
counter-taken-in-help = Makuler det. Fortsett med legitimasjonen.
counter-paid = Betalingen er registrert
counter-paid-help = Kortet trykkes når bildet er godkjent.
counter-released = Bestillingen er avklart
counter-released-help = Den går videre av seg selv.
counter-undone = Utleveringen er angret
counter-undone-help = Legg kortet tilbake på plassen sin. Angringen står i loggen.
counter-ended = Bestillingen er avsluttet
counter-ended-help = Studenten ser grunnen ved neste innlogging.

# Handover: a photo that the student brings
counter-own-title = Bilde fra studenten
counter-own-choosing = Velg bildet i vinduet som åpnet seg
counter-own-choosing-help = JPEG, PNG eller WebP. Ingenting sendes før du har sett på det.
counter-own-checking = Reglene ser på bildet …
counter-own-unusable = Filen kan ikke brukes
counter-own-gone = Filen kan ikke åpnes. Sitter minnepinnen fortsatt i?
counter-own-accepted = Bildet følger reglene
counter-own-accepted-help = Sammenlign ansiktet med studenten før du bruker det.
counter-own-doubted = Reglene har noe å si på bildet
counter-own-doubted-help = Velg et annet, eller send dette til bildekontrollen.
counter-own-refused = Bildet kan ikke brukes
counter-own-refused-help = Velg et annet, eller vis studenten til automaten.
counter-own-unjudged = Bildet kan ikke kontrolleres her nå
counter-own-unjudged-help = Send det til bildekontrollen, så ser et menneske på det.
counter-own-use = Bruk bildet
counter-own-review = Send til bildekontrollen
counter-own-another = Velg et annet
counter-own-taken = Bildet er byttet
counter-own-taken-help = Bestillingen er godkjent. Hvem som tok imot bildet, står i historikken.
counter-own-taken-review = Bildekontrollen ser på det. Hvem som tok imot bildet, står i historikken.

# Photo review
counter-review = Holder bildet?
counter-review-hint = Bare reglene teller. Hud, hår, øyeform og alder gjør det aldri.
counter-review-empty = Ingen bilder venter
# $count: photos decided since signing in
counter-review-empty-help = Du har avgjort { $count } så langt.
# $count: photos
counter-queue = I kø: { $count }
# $count: photos decided since signing in
counter-decided = Avgjort: { $count }
counter-findings = Hva reglene fant
# $policy: navnet på reglene, $program: versjonen av programmet, $terminal: koden til kiosken
counter-report-signed = Vurdert etter reglene «{ $policy }», versjon { $program }, og signert av { $terminal }.
counter-report-unsigned = Vurdert etter reglene «{ $policy }». Det finnes ingen signert rapport.
counter-no-findings = Ingenting. Studenten ba likevel om at noen ser på det.
# $count: findings
counter-findings-count = { $count ->
    [0] ingen funn
    [one] ett funn
   *[other] { $count } funn
}
counter-insisted = Studenten mener at bildet er i orden
counter-insisted-help = Det finnes grunner reglene ikke kjenner, for eksempel en munn som ikke kan lukkes.
# $limit: the limit, $measured: the value
counter-measured-least = Målt { $measured }, minst { $limit }
# $limit: the limit, $measured: the value
counter-measured-most = Målt { $measured }, høyst { $limit }
# $from and $to: the limits, $measured: the value
counter-measured-between = Målt { $measured }, mellom { $from } og { $to }
counter-accept = Godta
counter-refuse = Avvis
counter-refuse-now = Avvis bildet
counter-which-rule = Hvilken regel bryter det?
counter-which-rule-help = Trykk tasten ved regelen, eller piltaster og Enter. Esc går tilbake.
counter-words-title = Hva får studenten vite?
counter-words-label = Til studenten
counter-words-help = Studenten ser regelen, bildet og dette ved neste innlogging, og tar et nytt bilde. Bestillingen beholder nummeret.
counter-other-language = Annet språk
# $language: the name of a language
counter-words-language = Studenten valgte { $language }, og får teksten slik den står her.
# $language: the name of a language
counter-words-other-language = Studenten valgte { $language }. F6 bytter språk.
# $title: what is wrong with the photo
counter-refusal-words = { $title }. Ta et nytt bilde, så går resten av seg selv.

# Production
# $count: orders
counter-to-print = Til trykking: { $count }
# $count: cards
counter-make-batch = { $count ->
    [one] Trykk ett kort
   *[other] Trykk { $count } kort
}
counter-nothing-to-print = Ingenting å trykke nå
counter-nothing-to-print-help = Godkjente og betalte bestillinger dukker opp her.
counter-unpaid-below = Venter på betaling
counter-alignment = Justeringsside
counter-pdf-again = Hent PDF
counter-open-file = Åpne
counter-misprint = Feiltrykk
counter-batches = Bunker
counter-turn-batches = blar mellom bunker
# $count: cards, $left: cards not yet in a tray
counter-batch-of = { $count } kort, { $left } igjen
counter-no-batch = Ingen bunke ennå.
counter-column-page = Side
counter-column-name = Navn
counter-column-card = Kortnummer
counter-column-place = Hentested
counter-column-slot = Plass
counter-column-status = Status
counter-field-printed = Skann kortet fra skriveren
counter-field-slot = Plass i skuffen
counter-field-misprint = Hva gikk galt?
counter-hint-printed = Hvert kort skannes når det kommer ut. Enter uten skann tar kortet som er merket.
counter-hint-slot = Legg kortet der, og trykk Enter. Skriv en annen plass om du vil.
counter-hint-misprint = Det gamle nummeret blir dødt, og kortet trykkes på nytt. Enter lagrer, Esc går tilbake.
# $count: cards
counter-batch-made = { $count ->
    [one] Bunke med ett kort er klar
   *[other] Bunke med { $count } kort er klar
}
counter-batch-made-help = Trykk PDF-en i full størrelse, uten skalering.
counter-saved = Filen er lagret
# $path: where
counter-saved-help = { $path }
counter-unknown-card = Kortet står ikke i noen bunke
counter-unknown-card-help = Oppdater med F5. Står det fortsatt ikke der, legg kortet til side.
counter-dead-card = Nummeret er dødt
counter-dead-card-help = Kortet er et feiltrykk. Makuler det.
counter-already = Kortet er alt lagt på plass
# $slot: where it lies
counter-already-help = Plass { $slot }
# $slot: where it lies
counter-shelved = Plass { $slot }
# $name: whose card
counter-shelved-help = Kortet til { $name } er klart. Skann det neste.
# $name: whose card
counter-misprinted = Kortet til { $name } trykkes på nytt
counter-misprinted-help = Det gamle nummeret er dødt. Makuler kortet.
counter-tray-full = Skuffen er full
counter-tray-full-help = Skriv en plass selv.

# What can go wrong
counter-trouble-offline = Får ikke svar fra serveren
counter-trouble-offline-help = Ingenting er tapt. Prøv igjen om litt; programmet sier fra når nettet er tilbake.
counter-trouble-photo = Bildet kan ikke vises
counter-trouble-photo-help = Bestillingen er i orden. Prøv igjen, eller be studenten om et nytt bilde.
counter-trouble-save = Filen kan ikke lagres
counter-trouble-save-help = Disken er full eller mappen er skrivebeskyttet. Bunken er trygg: hent PDF-en på nytt.
counter-trouble-dialog = Systemet har ingen fildialog
counter-trouble-dialog-help = Be IT installere en: xdg-desktop-portal eller zenity. Ingenting er endret.
counter-trouble-viewer = Ingen program åpner filen
counter-trouble-viewer-help = Den er lagret likevel. Åpne mappen selv, eller velg et program for PDF i systemet.
counter-trouble-other = Noe gikk galt
counter-trouble-other-help = Ingenting er endret. Prøv igjen; skjer det flere ganger, si fra til IT.
counter-trouble-password = Feil brukernavn eller passord
counter-trouble-password-help = Skriv begge en gang til.
counter-trouble-locked = For mange forsøk
# $minutes: minutes to wait
counter-trouble-locked-help = { $minutes ->
    [one] Vent ett minutt, og prøv igjen.
   *[other] Vent { $minutes } minutter, og prøv igjen.
}
counter-trouble-disabled = Kontoen er stengt
counter-trouble-disabled-help = Snakk med administratoren.
counter-trouble-student = Dette er en studentkonto
counter-trouble-student-help = Skranken er for ansatte. Studenter bruker automaten.
counter-trouble-role = Du har ikke tilgang til dette
counter-trouble-role-help = Be administratoren om rollen, eller la en kollega gjøre det.
counter-trouble-terminal = Serveren kjenner ikke denne maskinen
counter-trouble-terminal-help = Den må registreres på nytt. Si fra til IT.
counter-trouble-session = Du er logget ut
counter-trouble-session-help = Logg inn igjen, så fortsetter du.
counter-trouble-gone = Finnes ikke lenger
counter-trouble-gone-help = Søk på nytt.
counter-trouble-card = Dette er et annet kort
counter-trouble-card-help = Ikke lever det ut. Skann kortet med nummeret som står ved bestillingen.
counter-trouble-old = Det gamle kortet mangler
counter-trouble-old-help = Skann det slitte kortet først.
counter-trouble-unpaid = Kortet er ikke betalt
counter-trouble-unpaid-help = Registrer betalingen ved utlevering først.
counter-trouble-slip = Kvitteringsnummeret mangler
counter-trouble-slip-help = Det står på kvitteringen fra kortterminalen.
counter-trouble-late = For sent å angre
counter-trouble-late-help = Det går bare de første minuttene. Meld kortet tapt om det er borte.
counter-trouble-changed = Noen andre var raskere
counter-trouble-changed-help = Bestillingen er lest på nytt. Se over, og prøv igjen.
counter-trouble-storage = Serveren kan ikke lagre
counter-trouble-storage-help = Ingenting er endret. Si fra til IT med en gang.
