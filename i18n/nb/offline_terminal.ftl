# En terminal og serveren: registrering, nøkler, sertifikater.

terminal-revoked = IT har slått av denne terminalen
terminal-revoked-help = Serveren tar ikke lenger imot noe fra den. Ingenting av det som er lagret her, er tapt. Si fra til IT.
terminal-set-aside = Denne terminalen må settes opp på nytt
terminal-set-aside-help = Serveren har sett en kopi av den, eller den er satt tilbake til en eldre tilstand. Alle bestillinger er trygge og sendes når den er satt opp. Si fra til IT.
terminal-code-used = Koden er brukt på en annen terminal, eller den er for gammel. Be IT om en ny.
enrol-credential = Nøklene ligger i filer i datamappen som er forseglet med tjenestens systemd-credential.
terminal-certificate-time = Serverens sertifikat passer ikke med tiden på denne maskinen.
terminal-certificate-time-help = Enten går klokken feil her, eller så er sertifikatet utløpt. Alle bestillinger er trygge her og sendes når det er rettet. Si fra til IT.
terminal-certificate = Det som svarer på serverens adresse, kan ikke bevise at det er serveren vår.
terminal-certificate-help = Ingenting sendes dit. Alle bestillinger er trygge her. Si fra til IT.
