# Skranken utan tenaren, og det nokon må sjå på etterpå.

# $time: a time of day, or day and time
alone-since = Arbeider åleine sidan { $time }
alone-copy = Bestillingar frå { $time }
alone-copy-none = Ingen kopi av bestillingane her enno
alone-blocked = Sperra kort frå { $time }
# $count: things done here that the server has not heard of
alone-waiting = { $count ->
    [one] éin ting skal sendast
   *[other] { $count } ting skal sendast
}
# $count: things that the server refuses
alone-stuck = { $count ->
    [one] Tenaren avviser éin ting som er gjord her: sei frå til drifta
   *[other] Tenaren avviser { $count } ting som er gjorde her: sei frå til drifta
}
alone-back = Nettet er tilbake: lås med Ctrl L og logg inn for å arbeide mot tenaren
# $version: a program's version
alone-version = Versjon { $version } av programmet skal brukast her

# Innlogging
alone-sign-in-unknown = Får ikkje svar frå tenaren
alone-sign-in-unknown-help = Utan han kan du logge inn her berre om du gjorde det med nett dei siste 12 timane.
alone-sign-in-locked = For mange feil passord
alone-sign-in-locked-help = Utan nett opnar ikkje denne skranken for deg før du har logga inn med nett.

# Det som vart gjort
alone-card-blocked = Sperra i denne skranken
alone-card-blocked-help = I andre skrankar og i dørene gjeld det når nettet er tilbake.
alone-card-taken-in = Det gamle kortet er teke inn
alone-card-taken-in-help = Dørene får vite det når nettet er tilbake. Øydelegg kortet.
alone-history = Historikk og andre bestillingar kjem med nettet.
alone-nothing-found = Ikkje i kopien: { $query }
alone-nothing-found-help = Her ligg berre opne bestillingar for denne staden. Skal eit kort sperrast utan nett: trykk F5 og skann eller skriv nummeret.

# Det som ventar på nettet
alone-needs = Dette krev nett
alone-needs-slips = Ei kvittering betaler berre éi bestilling, og berre tenaren kjenner alle. Ta betalt når nettet er tilbake.
alone-needs-register = Berre registeret seier kven det er og kva anna som er bestilt. Be personen kome att, eller vent.
alone-needs-others = Ein annan stad kan ha gjort noko med det i mellomtida. Prøv når nettet er tilbake.
alone-needs-photos = Biletet blir lagra og trykt av tenaren. Prøv når nettet er tilbake.
alone-needs-elsewhere = Kortet skal til ein annan stad, og denne skranken har ingen kopi av bestillingane der.
alone-needs-desk = Bilete blir avgjorde og kort trykte berre med tenaren. Utlevering (F1) verkar åleine.
alone-on-list = Dette kortet er sperra
alone-on-list-help = Det står på lista over sperra kort. Ikkje lever det ut: trykk F4 og ta vare på det.
alone-not-kept = Dette vart ikkje gjort
alone-not-kept-help = Disken i terminalen kan ikkje skrivast. Ta vare på kortet og sei frå til drifta.
alone-old-copy = Denne bestillinga er ikkje i kopien
alone-old-copy-help = Ho kan ikkje leverast ut før nettet er tilbake.
alone-field-block = Kortnummeret som skal sperrast
alone-hint-block = Skann eller skriv dei ti siffera på det tapte kortet. Enter sperrar det i denne skranken, Esc går tilbake.

# Det som ikkje stemmer
# $count: conflicts
conflict-count = { $count ->
    [one] Éin ting stemmer ikkje
   *[other] { $count } ting stemmer ikkje
}
conflict-open = Sjå på det
conflict-title = Det som ikkje stemmer
conflict-help = Gjort i ein skranke utan nett. Finn kortet og personen, og skriv så kva du fann og gjorde.
conflict-here = I skranken
conflict-there = På tenaren
conflict-field = Kva du fann og gjorde
conflict-hint = Opp og ned vel, Enter avgjer med orda og namnet ditt, Esc går tilbake.
conflict-settled = Avgjort
conflict-settled-help = Orda dine står i loggen.
conflict-no-order = Tenaren kjenner inga slik bestilling.
# $clerk: a name; $terminal: a counter's code
conflict-by = { $clerk }, skranke { $terminal }
# $time: day and time
conflict-counter-time = { $time } etter klokka i skranken
conflict-heard = tenaren fekk vite det { $time }
conflict-twice = Utlevert to gonger
conflict-twice-help = Bestillinga var utlevert frå før. Finn ut kven som har kortet.
conflict-cancelled = Utlevert, men avslutta
conflict-cancelled-help = Bestillinga vart avslutta i mellomtida. Kortet er ute og opnar ingenting.
conflict-card-blocked = Utlevert, men sperra
conflict-card-blocked-help = Kortet vart sperra i mellomtida og er framleis sperra.
conflict-other-card = Utlevert, men trykt på nytt
conflict-other-card-help = Bestillinga har eit anna kort no. Det som er ute, opnar ingenting.
conflict-moved = Ikkje lenger slik skranken såg det
conflict-moved-help = Bestillinga vart endra i mellomtida. Finn kortet og sjå at det stemmer.
conflict-unknown-order = Bestillinga finst ikkje
conflict-unknown-order-help = Tenaren kjenner ikkje bestillinga. Kortet er sperra.
conflict-unknown-card = Kortet finst ikkje
conflict-unknown-card-help = Nummeret står ikkje i registeret, så ingenting vart sperra. Er eit kort meldt tapt: finn rett nummer og sperr det.
conflict-unknown-clerk = Ikkje gjort av ein tilsett
conflict-unknown-clerk-help = Den som er oppgitt, kan ikkje levere ut kort. Kortet er sperra; sei frå til drifta.

# Historikken
alone-event-noted = Meldt seinare av ein skranke, endrar ingenting
alone-event-conflict = Stemmer ikkje
alone-event-settled = Sett på av ein person

# Det skranken gjorde
alone-did-hand-out = Utlevert mot { $document }
alone-did-withhold = Ikkje utlevert: { $reason }
alone-did-undo = Utlevering angra
alone-did-block = Kort { $card } sperra
alone-did-take-in = Gammalt kort { $card } teke inn
