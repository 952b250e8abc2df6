# Ein terminal og tenaren: registrering, nøklar, sertifikat.

terminal-revoked = IT har slått av denne terminalen
terminal-revoked-help = Tenaren tek ikkje lenger imot noko frå han. Ingenting av det som er lagra her, er tapt. Sei frå til IT.
terminal-set-aside = Denne terminalen må setjast opp på nytt
terminal-set-aside-help = Tenaren har sett ein kopi av han, eller han er sett tilbake til ein eldre tilstand. Alle bestillingar er trygge og blir sende når han er sett opp. Sei frå til IT.
terminal-code-used = Koden er brukt på ein annan terminal, eller han er for gammal. Be IT om ein ny.
enrol-credential = Nøklane ligg i filer i datamappa som er forsegla med systemd-credential-en til tenesta.
terminal-certificate-time = Sertifikatet til tenaren passar ikkje med tida på denne maskina.
terminal-certificate-time-help = Anten går klokka feil her, eller så har sertifikatet gått ut. Alle bestillingar er trygge her og blir sende når det er retta. Sei frå til IT.
terminal-certificate = Det som svarar på adressa til tenaren, kan ikkje prove at det er tenaren vår.
terminal-certificate-help = Ingenting blir sendt dit. Alle bestillingar er trygge her. Sei frå til IT.
