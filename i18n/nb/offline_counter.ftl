# Skranken uten serveren, og det noen må se på etterpå.

# $time: a time of day, or day and time
alone-since = Jobber alene siden { $time }
alone-copy = Bestillinger fra { $time }
alone-copy-none = Ingen kopi av bestillingene her ennå
alone-blocked = Sperrede kort fra { $time }
# $count: things done here that the server has not heard of
alone-waiting = { $count ->
    [one] én ting skal sendes
   *[other] { $count } ting skal sendes
}
# $count: things that the server refuses
alone-stuck = { $count ->
    [one] Serveren avviser én ting som er gjort her: si fra til driften
   *[other] Serveren avviser { $count } ting som er gjort her: si fra til driften
}
alone-back = Nettet er tilbake: lås med Ctrl L og logg inn for å jobbe mot serveren
# $version: a program's version
alone-version = Versjon { $version } av programmet skal brukes her

# Innlogging
alone-sign-in-unknown = Får ikke svar fra serveren
alone-sign-in-unknown-help = Uten den kan du bare logge inn her hvis du gjorde det med nett de siste 12 timene.
alone-sign-in-locked = For mange feil passord
alone-sign-in-locked-help = Uten nett åpner ikke denne skranken for deg før du har logget inn med nett.

# Det som ble gjort
alone-card-blocked = Sperret i denne skranken
alone-card-blocked-help = I andre skranker og i dørene gjelder det når nettet er tilbake.
alone-card-taken-in = Det gamle kortet er tatt inn
alone-card-taken-in-help = Dørene får vite det når nettet er tilbake. Destruer kortet.
alone-history = Historikk og andre bestillinger kommer med nettet.
alone-nothing-found = Ikke i kopien: { $query }
alone-nothing-found-help = Her ligger bare åpne bestillinger for dette stedet. Skal et kort sperres uten nett: trykk F5 og skann eller skriv nummeret.

# Det som venter på nettet
alone-needs = Dette krever nett
alone-needs-slips = En kvittering betaler bare én bestilling, og bare serveren kjenner alle. Ta betalt når nettet er tilbake.
alone-needs-register = Bare registeret sier hvem det er og hva som ellers er bestilt. Be personen komme igjen, eller vent.
alone-needs-others = Et annet sted kan ha gjort noe med det i mellomtiden. Prøv når nettet er tilbake.
alone-needs-photos = Bildet lagres og trykkes av serveren. Prøv når nettet er tilbake.
alone-needs-elsewhere = Kortet skal til et annet sted, og denne skranken har ingen kopi av bestillingene der.
alone-needs-desk = Bilder avgjøres og kort trykkes bare med serveren. Utlevering (F1) virker alene.
alone-on-list = Dette kortet er sperret
alone-on-list-help = Det står på listen over sperrede kort. Ikke lever det ut: trykk F4 og behold det.
alone-not-kept = Dette ble ikke gjort
alone-not-kept-help = Disken i terminalen kan ikke skrives. Behold kortet og si fra til driften.
alone-old-copy = Denne bestillingen er ikke i kopien
alone-old-copy-help = Den kan ikke leveres ut før nettet er tilbake.
alone-field-block = Kortnummeret som skal sperres
alone-hint-block = Skann eller skriv de ti sifrene på det tapte kortet. Enter sperrer det i denne skranken, Esc går tilbake.

# Det som ikke stemmer
# $count: conflicts
conflict-count = { $count ->
    [one] Én ting stemmer ikke
   *[other] { $count } ting stemmer ikke
}
conflict-open = Se på det
conflict-title = Det som ikke stemmer
conflict-help = Gjort i en skranke uten nett. Finn kortet og personen, og skriv så hva du fant og gjorde.
conflict-here = I skranken
conflict-there = På serveren
conflict-field = Hva du fant og gjorde
conflict-hint = Opp og ned velger, Enter avgjør med ordene og navnet ditt, Esc går tilbake.
conflict-settled = Avgjort
conflict-settled-help = Ordene dine står i loggen.
conflict-no-order = Serveren kjenner ingen slik bestilling.
# $clerk: a name; $terminal: a counter's code
conflict-by = { $clerk }, skranke { $terminal }
# $time: day and time
conflict-counter-time = { $time } etter skrankens klokke
conflict-heard = serveren fikk vite det { $time }
conflict-twice = Levert ut to ganger
conflict-twice-help = Bestillingen var levert ut fra før. Finn ut hvem som har kortet.
conflict-cancelled = Levert ut, men avsluttet
conflict-cancelled-help = Bestillingen ble avsluttet i mellomtiden. Kortet er ute og åpner ingenting.
conflict-card-blocked = Levert ut, men sperret
conflict-card-blocked-help = Kortet ble sperret i mellomtiden og er fortsatt sperret.
conflict-other-card = Levert ut, men trykt på nytt
conflict-other-card-help = Bestillingen har et annet kort nå. Det som er ute, åpner ingenting.
conflict-moved = Ikke lenger slik skranken så det
conflict-moved-help = Bestillingen ble endret i mellomtiden. Finn kortet og se at det stemmer.
conflict-unknown-order = Bestillingen finnes ikke
conflict-unknown-order-help = Serveren kjenner ikke bestillingen. Kortet er sperret.
conflict-unknown-card = Kortet finnes ikke
conflict-unknown-card-help = Nummeret finnes ikke i registeret, så ingenting ble sperret. Er et kort meldt tapt: finn riktig nummer og sperr det.
conflict-unknown-clerk = Ikke gjort av en ansatt
conflict-unknown-clerk-help = Den som er oppgitt, kan ikke levere ut kort. Kortet er sperret; si fra til driften.

# Historikken
alone-event-noted = Meldt senere av en skranke, endrer ingenting
alone-event-conflict = Stemmer ikke
alone-event-settled = Sett på av en person

# Det skranken gjorde
alone-did-hand-out = Levert ut mot { $document }
alone-did-withhold = Ikke levert ut: { $reason }
alone-did-undo = Utlevering angret
alone-did-block = Kort { $card } sperret
alone-did-take-in = Gammelt kort { $card } tatt inn
