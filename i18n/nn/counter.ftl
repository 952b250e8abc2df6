# The counter: what staff read at the three desks. Short; the desk is busy.

counter-window = Kortautomat – skranke
counter-desk-handover = Utlevering
counter-desk-review = Biletkontroll
counter-desk-production = Produksjon
counter-lock = Lås
counter-online = Tilkopla
counter-offline = Utan nett
counter-waiting = Eit augeblikk …
counter-none = –
counter-unknown = Ukjend
counter-reload = Oppdater
counter-back = Tilbake

# Signing in
counter-sign-in = Logg inn ved skranken
counter-sign-in-now = Logg inn
counter-signing-in = Loggar inn …
counter-user-name = Brukarnamn
counter-password = Passord

# Where an order stands
counter-status-needs-person = Må avklarast
counter-status-review = Biletet blir vurdert
counter-status-photo-refused = Biletet avvist
counter-status-approved = Godkjend
counter-status-in-production = I produksjon
counter-status-printed = Trykt
counter-status-ready = Klart
counter-status-handed-out = Utlevert
counter-status-cancelled = Avslutta
counter-card-active = Aktivt
counter-card-blocked = Sperra
counter-card-dead = Dødt
counter-reason-new = Nytt kort
counter-reason-lost = Erstattar tapt kort
counter-reason-worn = Erstattar slite kort
counter-reason-violation = Biletet braut reglane
counter-payment-free = Gratis
# $kroner: whole Norwegian kroner
counter-payment-due = Skal betale { $kroner } kr
# $kroner: whole Norwegian kroner, $slip: the card terminal's slip number
counter-payment-paid = Betalt { $kroner } kr, kvittering { $slip }

# Identity documents and reasons
counter-document-passport = Pass
counter-document-national = Nasjonalt ID-kort
counter-document-driving = Førarkort
counter-document-bank = Bankkort med bilete
counter-document-travel = Reisebevis eller utlendingspass
counter-document-digital = Digitalt førarkort
counter-withheld-id = Ingen gyldig legitimasjon
counter-withheld-face = Ansiktet stemmer ikkje
counter-withheld-card = Kortet er ikkje her
counter-withheld-place = Feil hentestad

# An order's history
counter-event-submitted = Bestilt
counter-event-approved = Biletet godkjent
counter-event-refused = Biletet avvist
counter-event-replaced = Nytt bilete
counter-event-released = Avklart
counter-event-production = Send til trykking
counter-event-printed = Trykt
counter-event-shelved = Lagt i skuffa
counter-event-misprint = Feiltrykk
counter-event-handed-out = Utlevert
counter-event-withheld = Ikkje utlevert
counter-event-undone = Utlevering angra
counter-event-paid = Betalt
counter-event-moved = Hentestad endra
counter-event-cancelled = Avslutta
counter-event-pin-delivered = PIN-koden er i dørene
counter-event-pin-refused = Dørene tok ikkje PIN-koden
counter-event-card-found = kortet kom til rette
counter-event-other = Endra

# Handover: the field
counter-field-search = Søk eller skann
counter-field-document = Kva legitimasjon har du sett?
counter-field-card = Skann kortet
counter-field-old-card = Skann det gamle kortet
counter-field-reason = Kvifor ikkje?
counter-field-choose-card = Kva kort?
counter-field-confirm = Trykk Enter for å stadfeste
counter-field-slip = Nummeret på kvitteringa frå kortterminalen
counter-field-words = Kvifor blir bestillinga avslutta?
counter-hint-search = Koden til bestillinga, kortnummer, brukarnamn eller namn. «oyvind» finn Øyvind.
counter-hint-document = Samanlikn ansiktet med biletet og legitimasjonen. Trykk talet for det du har sett.
counter-hint-card = Ta kortet ut av skuffa og skann det. Stemmer nummeret, er det utlevert.
counter-hint-old-card = Det slitne kortet skal inn før det nye går ut.
counter-hint-reason = Trykk talet for grunnen. Esc går tilbake.
counter-hint-choose-card = Trykk talet ved kortet. Esc går tilbake.
counter-hint-release = Har du sett gyldig legitimasjon og ordna det som heldt bestillinga att? Enter stadfestar, Esc går tilbake.
counter-hint-found = Kortet opnar dørene att. Enter stadfestar, Esc går tilbake.
counter-hint-lost = Kortet blir sperra med ein gong og opnar ingen dører. Enter stadfestar, Esc går tilbake.
counter-hint-slip = Ta betalt på kortterminalen først. Enter lagrar, Esc går tilbake.
counter-hint-words = Studenten les det du skriv. Enter avsluttar bestillinga, Esc går tilbake.
counter-hint-own = Enter bruker biletet. F11 vel eit anna, Esc går tilbake.

# Handover: what is shown
counter-empty = Klar for neste
counter-empty-help = Skann koden på telefonen, eller skriv eit namn.
counter-no-order = Inga bestilling
counter-found-more = Det finst fleire. Skriv meir av namnet.
counter-photo-loading = Hentar biletet …
counter-unproven = Identitet ikkje prova
counter-elsewhere = Annan hentestad
counter-fact-reason = Gjeld
counter-fact-payment = Betaling
counter-fact-card = Kortnummer
counter-fact-slot = Plass i skuffa
counter-fact-pin = PIN-kode
counter-fact-legal = Fullt namn
counter-fact-valid = Kort gyldig til
counter-pin-delivered = Dørene har han
counter-pin-waiting = Ikkje send til dørene enno
counter-which-document = 1 · Legitimasjon
counter-scan-card = 2 · Skann kortet
# $number: the card's number
counter-scan-card-more = Det skal vere M { $number }.
counter-why-not = Ikkje lever ut – kvifor?
counter-old-card = Ta imot det gamle kortet først
# $number: the old card's number
counter-old-card-more = Skann M { $number }. Etterpå skal det makulerast.
counter-cards = Kort
counter-no-cards = Ingen kjende kort.
# $day: a day
counter-valid-to = til { $day }
counter-other-orders = Andre bestillingar
counter-history = Historikk
# $name: who got the card
counter-handed-out = Utlevert til { $name }
# $number: the order's number
counter-handed-out-more = Bestilling { $number } er ferdig. Minn om at kortet ikkje kan lånast bort.

# Handover: what can be wanted
counter-want-withhold = Ikkje lever ut
counter-want-lost = Meld tapt
counter-want-found = Funne att
counter-want-pay = Betalt
counter-want-release = Avklart
counter-want-undo = Angre utleveringa
counter-want-own-photo = Bilete frå fil
counter-want-cancel = Avslutt bestillinga

# Handover: why not now
counter-stands-person = Bestillinga må avklarast
counter-stands-person-help = Personen er ukjend eller har ei open bestilling frå før. Sjå legitimasjon, avslutt den som ikkje skal gjelde, og vel «Avklart».
counter-stands-review = Biletet blir vurdert
counter-stands-review-help = Nokon ser på biletet i dag. Kortet blir trykt når det er godkjent.
counter-stands-refused = Biletet blei avvist
# $words: what the reviewer wrote
counter-stands-refused-help = { $words } Studenten loggar inn på automaten og tek eit nytt bilete; bestillinga beheld nummeret.
counter-stands-unpaid = Kortet er ikkje betalt
counter-stands-unpaid-help = Ta betalt på kortterminalen, og vel «Betalt». Då kan kortet trykkjast.
counter-stands-making = Kortet blir laga
# $day: the day that was promised
counter-stands-making-help = Lova til { $day }. Studenten får melding når det er klart.
counter-stands-making-help-soon = Studenten får melding når det er klart.
counter-stands-elsewhere = Kortet ligg på ein annan hentestad
counter-stands-elsewhere-help = Det kan berre hentast der det ligg. Vis studenten vegen dit.
counter-stands-handed-out = Kortet er utlevert
counter-stands-handed-out-help = Er det tapt eller slite, blir eit nytt bestilt på automaten.
counter-stands-cancelled = Bestillinga er avslutta
# $words: why
counter-stands-cancelled-help = { $words } Ei ny blir bestilt på automaten.
counter-not-registered = Ikkje semesterregistrert
counter-not-registered-help = Studenten må registrere seg i Studentweb først. Det kan ta ein dag før det syner her.
counter-fee-missing = Semesteravgifta manglar
counter-fee-missing-help = Ei betaling syner etter tre til fem dagar. Ingen kort blir laga før det.
counter-has-card = Har eit gyldig kort
# $kroner: the price of a new card
counter-has-card-help = Tapt: meld det her, og kortet blir sperra med ein gong; eit nytt kostar { $kroner } kr og blir bestilt på automaten. Slite: blir bestilt gratis på automaten.
counter-may-order = Kan bestille kort
counter-may-order-help = Det er inga bestilling. Vis studenten til automaten; det tek halvtanna minutt.

# Handover: what happened
# $query: what was searched for
counter-nothing-found = Fann ingen: { $query }
counter-nothing-found-help = Prøv ein del av namnet, brukarnamnet eller nummeret på kvitteringa.
counter-misread = Dette er ikkje eit kortnummer
counter-misread-help = Eit siffer er lese feil. Skann på nytt.
counter-not-old = Dette er ikkje det gamle kortet
counter-not-old-help = Skann kortet som studenten har hatt til no. Er det borte, meld det tapt.
counter-id-first = Legitimasjon først
counter-id-first-help = Kortet er lese. Trykk talet for legitimasjonen du har sett, så er det utlevert.
counter-withheld-noted = Notert: ikkje utlevert
counter-withheld-noted-help = Legg kortet tilbake i skuffa. Det kan leverast ut seinare.
counter-blocked = Kortet er sperra
# $kroner: the price of a new card
counter-blocked-help = Eit nytt blir bestilt på automaten og kostar { $kroner } kr, som blir betalt her.
counter-unblocked = Kortet verkar att
counter-unblocked-help = Det kan ta litt tid før alle dører veit det.
counter-taken-in = Det gamle kortet er teke inn
counter-taken-in-help = Makuler det. Hald fram med legitimasjonen.
counter-paid = Betalinga er registrert
counter-paid-help = Kortet blir trykt når biletet er godkjent.
counter-released = Bestillinga er avklart
counter-released-help = Ho går vidare av seg sjølv.
counter-undone = Utleveringa er angra
counter-undone-help = Legg kortet tilbake på plassen sin. Angringa står i loggen.
counter-ended = Bestillinga er avslutta
counter-ended-help = Studenten ser grunnen ved neste innlogging.

# Handover: a photo that the student brings
counter-own-title = Bilete frå studenten
counter-own-choosing = Vel biletet i vindauget som opna seg
counter-own-choosing-help = JPEG, PNG eller WebP. Ingenting blir sendt før du har sett på det.
counter-own-checking = Reglane ser på biletet …
counter-own-unusable = Fila kan ikkje brukast
counter-own-gone = Fila kan ikkje opnast. Sit minnepinnen framleis i?
counter-own-accepted = Biletet følgjer reglane
counter-own-accepted-help = Jamfør ansiktet med studenten før du bruker det.
counter-own-doubted = Reglane har noko å seie på biletet
counter-own-doubted-help = Vel eit anna, eller send dette til biletkontrollen.
counter-own-refused = Biletet kan ikkje brukast
counter-own-refused-help = Vel eit anna, eller vis studenten til automaten.
counter-own-unjudged = Biletet kan ikkje kontrollerast her no
counter-own-unjudged-help = Send det til biletkontrollen, så ser eit menneske på det.
counter-own-use = Bruk biletet
counter-own-review = Send til biletkontrollen
counter-own-another = Vel eit anna
counter-own-taken = Biletet er bytt
counter-own-taken-help = Bestillinga er godkjend. Kven som tok imot biletet, står i historikken.
counter-own-taken-review = Biletkontrollen ser på det. Kven som tok imot biletet, står i historikken.

# Photo review
counter-review = Held biletet?
counter-review-hint = Berre reglane tel. Hud, hår, augeform og alder gjer det aldri.
counter-review-empty = Ingen bilete ventar
# $count: photos decided since signing in
counter-review-empty-help = Du har avgjort { $count } så langt.
# $count: photos
counter-queue = I kø: { $count }
# $count: photos decided since signing in
counter-decided = Avgjort: { $count }
counter-findings = Kva reglane fann
# $policy: namnet på reglane, $program: versjonen av programmet, $terminal: koden til kiosken
counter-report-signed = Vurdert etter reglane «{ $policy }», versjon { $program }, og signert av { $terminal }.
counter-report-unsigned = Vurdert etter reglane «{ $policy }». Det finst ingen signert rapport.
counter-no-findings = Ingenting. Studenten bad likevel om at nokon ser på det.
# $count: findings
counter-findings-count = { $count ->
    [0] ingen funn
    [one] eitt funn
   *[other] { $count } funn
}
counter-insisted = Studenten meiner at biletet er i orden
counter-insisted-help = Det finst grunnar reglane ikkje kjenner, til dømes ein munn som ikkje kan lukkast.
# $limit: the limit, $measured: the value
counter-measured-least = Målt { $measured }, minst { $limit }
# $limit: the limit, $measured: the value
counter-measured-most = Målt { $measured }, høgst { $limit }
# $from and $to: the limits, $measured: the value
counter-measured-between = Målt { $measured }, mellom { $from } og { $to }
counter-accept = Godta
counter-refuse = Avvis
counter-refuse-now = Avvis biletet
counter-which-rule = Kva regel bryt det?
counter-which-rule-help = Trykk tasten ved regelen, eller piltastar og Enter. Esc går tilbake.
counter-words-title = Kva får studenten vite?
counter-words-label = Til studenten
counter-words-help = Studenten ser regelen, biletet og dette ved neste innlogging, og tek eit nytt bilete. Bestillinga beheld nummeret.
counter-other-language = Anna språk
# $language: the name of a language
counter-words-language = Studenten valde { $language }, og får teksten slik han står her.
# $language: the name of a language
counter-words-other-language = Studenten valde { $language }. F6 byter språk.
# $title: what is wrong with the photo
counter-refusal-words = { $title }. Ta eit nytt bilete, så går resten av seg sjølv.

# Production
# $count: orders
counter-to-print = Til trykking: { $count }
# $count: cards
counter-make-batch = { $count ->
    [one] Trykk eitt kort
   *[other] Trykk { $count } kort
}
counter-nothing-to-print = Ingenting å trykkje no
counter-nothing-to-print-help = Godkjende og betalte bestillingar dukkar opp her.
counter-unpaid-below = Ventar på betaling
counter-alignment = Justeringsside
counter-pdf-again = Hent PDF
counter-open-file = Opne
counter-misprint = Feiltrykk
counter-batches = Bunkar
counter-turn-batches = blar mellom bunkar
# $count: cards, $left: cards not yet in a tray
counter-batch-of = { $count } kort, { $left } att
counter-no-batch = Ingen bunke enno.
counter-column-page = Side
counter-column-name = Namn
counter-column-card = Kortnummer
counter-column-place = Hentestad
counter-column-slot = Plass
counter-column-status = Status
counter-field-printed = Skann kortet frå skrivaren
counter-field-slot = Plass i skuffa
counter-field-misprint = Kva gjekk gale?
counter-hint-printed = Kvart kort blir skanna når det kjem ut. Enter utan skann tek kortet som er merkt.
counter-hint-slot = Legg kortet der, og trykk Enter. Skriv ein annan plass om du vil.
counter-hint-misprint = Det gamle nummeret blir dødt, og kortet blir trykt på nytt. Enter lagrar, Esc går tilbake.
# $count: cards
counter-batch-made = { $count ->
    [one] Bunke med eitt kort er klar
   *[other] Bunke med { $count } kort er klar
}
counter-batch-made-help = Trykk PDF-en i full storleik, utan skalering.
counter-saved = Fila er lagra
# $path: where
counter-saved-help = { $path }
counter-unknown-card = Kortet står ikkje i nokon bunke
counter-unknown-card-help = Oppdater med F5. Står det framleis ikkje der, legg kortet til side.
counter-dead-card = Nummeret er dødt
counter-dead-card-help = Kortet er eit feiltrykk. Makuler det.
counter-already = Kortet er alt lagt på plass
# $slot: where it lies
counter-already-help = Plass { $slot }
# $slot: where it lies
counter-shelved = Plass { $slot }
# $name: whose card
counter-shelved-help = Kortet til { $name } er klart. Skann det neste.
# $name: whose card
counter-misprinted = Kortet til { $name } blir trykt på nytt
counter-misprinted-help = Det gamle nummeret er dødt. Makuler kortet.
counter-tray-full = Skuffa er full
counter-tray-full-help = Skriv ein plass sjølv.

# What can go wrong
counter-trouble-offline = Får ikkje svar frå tenaren
counter-trouble-offline-help = Ingenting er tapt. Prøv på nytt om litt; programmet seier frå når nettet er tilbake.
counter-trouble-photo = Biletet kan ikkje visast
counter-trouble-photo-help = Bestillinga er i orden. Prøv på nytt, eller be studenten om eit nytt bilete.
counter-trouble-save = Fila kan ikkje lagrast
counter-trouble-save-help = Disken er full eller mappa er skriveverna. Bunken er trygg: hent PDF-en på nytt.
counter-trouble-dialog = Systemet har ingen fildialog
counter-trouble-dialog-help = Be IT installere ein: xdg-desktop-portal eller zenity. Ingenting er endra.
counter-trouble-viewer = Ingen program opnar fila
counter-trouble-viewer-help = Ho er lagra likevel. Opne mappa sjølv, eller vel eit program for PDF i systemet.
counter-trouble-other = Noko gjekk gale
counter-trouble-other-help = Ingenting er endra. Prøv på nytt; hender det fleire gonger, sei frå til IT.
counter-trouble-password = Feil brukarnamn eller passord
counter-trouble-password-help = Skriv begge ein gong til.
counter-trouble-locked = For mange forsøk
# $minutes: minutes to wait
counter-trouble-locked-help = { $minutes ->
    [one] Vent eitt minutt, og prøv på nytt.
   *[other] Vent { $minutes } minutt, og prøv på nytt.
}
counter-trouble-disabled = Kontoen er stengd
counter-trouble-disabled-help = Snakk med administratoren.
counter-trouble-student = Dette er ein studentkonto
counter-trouble-student-help = Skranken er for tilsette. Studentar brukar automaten.
counter-trouble-role = Du har ikkje tilgang til dette
counter-trouble-role-help = Be administratoren om rolla, eller lat ein kollega gjere det.
counter-trouble-terminal = Tenaren kjenner ikkje denne maskina
counter-trouble-terminal-help = Ho må registrerast på nytt. Sei frå til IT.
counter-trouble-session = Du er logga ut
counter-trouble-session-help = Logg inn att, så held du fram.
counter-trouble-gone = Finst ikkje lenger
counter-trouble-gone-help = Søk på nytt.
counter-trouble-card = Dette er eit anna kort
counter-trouble-card-help = Ikkje lever det ut. Skann kortet med nummeret som står ved bestillinga.
counter-trouble-old = Det gamle kortet manglar
counter-trouble-old-help = Skann det slitne kortet først.
counter-trouble-unpaid = Kortet er ikkje betalt
counter-trouble-unpaid-help = Registrer betalinga ved utlevering først.
counter-trouble-slip = Kvitteringsnummeret manglar
counter-trouble-slip-help = Det står på kvitteringa frå kortterminalen.
counter-trouble-late = For seint å angre
counter-trouble-late-help = Det går berre dei første minutta. Meld kortet tapt om det er borte.
counter-trouble-changed = Nokon andre var raskare
counter-trouble-changed-help = Bestillinga er lesen på nytt. Sjå over, og prøv på nytt.
counter-trouble-storage = Tenaren kan ikkje lagre
counter-trouble-storage-help = Ingenting er endra. Sei frå til IT med ein gong.
