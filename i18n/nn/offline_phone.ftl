# Innlogging med telefon når kiosken ikkje når tenaren, og utan.

# Sida på telefonen
phone-title = Studentkort – kode til kiosken
phone-languages = Språk
phone-heading = Logg inn for ein kiosk
phone-kiosk = Kiosk { $code }, { $place }
phone-user = Brukarnamn
phone-password = Passord
phone-submit = Gje meg koden
phone-warning = Gå berre vidare om du sjølv står ved denne kiosken
phone-warning-more = Har nokon sendt deg lenkja eller vist deg biletet, lèt du att sida. Dei kan bestille kort i namnet ditt.
phone-code-heading = Skriv denne koden på kiosken
phone-code = Koden din
phone-code-minutes = { $minutes ->
    [one] Gjeld i eitt minutt til, éin gong.
   *[other] Gjeld i { $minutes } minutt til, éin gong.
}
phone-code-valid = Gjeld éin gong, til ti minutt etter at QR-koden kom opp på kiosken.
phone-code-own = Ikkje sei koden til nokon
phone-code-own-more = Vi spør aldri etter han på telefon, e-post eller melding. Dekk han til om nokon ser deg over skuldra.
phone-incomplete = Skriv både brukarnamn og passord.
phone-wrong = Brukarnamn og passord passar ikkje saman. Prøv igjen.
phone-locked = { $minutes ->
    [one] For mange forsøk. Vent eitt minutt og prøv igjen.
   *[other] For mange forsøk. Vent { $minutes } minutt og prøv igjen.
}
phone-no-student = Berre studentar kan bestille kort på kiosken. Bruk studentkontoen.
phone-unregistered = Du er ikkje registrert dette semesteret. Registrer deg i Studentweb, så kan du bestille kort.
phone-fee-missing = Semesteravgifta er ikkje betalt. Det tek tre til fem dagar før vi ser ei betaling.
phone-foreign = Denne QR-koden er ikkje frå ein av kioskane våre
phone-foreign-more = Skann koden på skjermen til kiosken ein gong til. Kom du hit frå ei lenkje nokon har sendt deg, lèt du att sida.
phone-closed = Denne kiosken er ute av bruk
phone-closed-more = Gå til ein annan kiosk eller til ein skranke.
phone-old = QR-koden er for gammal
phone-old-more = Be om ein ny på kiosken, og skann han.

# Kiosken: QR-koden
kiosk-phone-choose = Bruk telefonen
kiosk-phone-title = Logg inn med telefonen
kiosk-phone-lead = Telefonen har sitt eige nett. Det verkar òg når kiosken ikkje har noko.
kiosk-phone-scan = Skann QR-koden med kameraet på telefonen
kiosk-phone-page = Logg inn på sida som opnar seg
kiosk-phone-type = Trykk «Eg har ein kode» her og skriv koden
kiosk-phone-time = QR-koden gjeld i { $minutes ->
    [one] eitt minutt
   *[other] { $minutes } minutt
} til.
kiosk-phone-have = Eg har ein kode
kiosk-phone-new = Ny QR-kode
kiosk-phone-none = Eg har ikkje telefonen med
kiosk-phone-preparing = Vi lagar ein QR-kode …

# Kiosken: brukarnamn og kode
kiosk-phone-code-title = Skriv koden din
kiosk-phone-code-lead = Brukarnamnet ditt og dei åtte teikna frå telefonen.
kiosk-phone-code = Kode frå telefonen
kiosk-phone-submit = Logg inn
kiosk-phone-incomplete = Noko manglar
kiosk-phone-incomplete-more = Skriv brukarnamnet og alle dei åtte teikna i koden.
kiosk-phone-wrong = Koden passar ikkje til brukarnamnet
kiosk-phone-wrong-more = { $left ->
    [one] Sjå på telefonen ein gong til. Du har eitt forsøk att.
   *[other] Sjå på telefonen ein gong til. Du har { $left } forsøk att.
}
kiosk-phone-spent = Fem gale kodar: QR-koden er stengd
kiosk-phone-spent-more = Her er ein ny. Skann han, så får du ein ny kode.
kiosk-phone-used = Den koden er brukt
kiosk-phone-used-more = Ein kode verkar éin gong. Skann QR-koden som er på skjermen no, så får du ein ny.
kiosk-phone-earlier = Den koden høyrer til ein tidlegare QR-kode
kiosk-phone-earlier-more = Skann QR-koden som er på skjermen no, så får du den rette.
kiosk-phone-expired = QR-koden har stått på skjermen i meir enn ti minutt
kiosk-phone-expired-more = Her er ein ny. Skann han, så får du ein ny kode.
kiosk-phone-locked = For mange gale kodar på denne kiosken
kiosk-phone-locked-more = { $minutes ->
    [one] Vent eitt minutt og prøv igjen, eller gå til skranken.
   *[other] Vent { $minutes } minutt og prøv igjen, eller gå til skranken.
}

# Kiosken: brukarnamnet åleine
kiosk-alone-title = Bestill med berre brukarnamn
kiosk-alone-bring = Du må vise gyldig legitimasjon når du hentar kortet
kiosk-alone-bring-more = Vi sjekkar han før du får noko. Det du har bestilt før, kan du ikkje sjå her, og ingen gamle kort blir endra.
kiosk-alone-wrong = Det kan ikkje vere eit brukarnamn. Prøv igjen.
kiosk-alone-submit = Gå vidare

# Etter det
kiosk-overview-alone = Kiosken har ikkje nett akkurat no
kiosk-overview-alone-more = Du kan bestille kort, og bestillinga blir send når nettet er tilbake. Det du har bestilt før, kan du ikkje sjå her.
kiosk-overview-alone-unproven = Ta med gyldig legitimasjon: vi sjekkar kven du er når du hentar kortet.
kiosk-reason-lost-alone = Det gamle er ikkje sperra enno. Meld frå i ein skranke, så blir det sperra med ein gong.
kiosk-receipt-check = Ta med gyldig legitimasjon: vi sjekkar kven du er

# Skranken
counter-unproven-check = Ingen har enno vist kven som bestilte dette
counter-unproven-check-more = Samanlikn legitimasjonen nøye med bilete, namn og ansikt. Utan legitimasjon blir ingenting utlevert.
