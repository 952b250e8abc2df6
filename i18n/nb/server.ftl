# Nettsiden bak QR-koden på kvitteringen. Den viser ingenting om bestillingen.

page-title = Studentkort – ordrenummer
page-service = Studentkort
page-heading = Dette er nummeret på en bestilling av studentkort
page-number = Ordrenummer
page-bring-heading = Ta med når du henter kortet
page-bring-number = Ordrenummeret over, eller kvitteringen
page-bring-id = Gyldig legitimasjon: { $documents }
page-bring-old = Det gamle kortet, hvis det nye skal erstatte et slitt kort
page-steps = Dette skjer med bestillingen
page-step-photo = Vi ser på bildet. Må du ta et nytt, får du vite det når du logger inn på en fotoautomat.
page-step-print = Kortet blir trykt og sendt til stedet du valgte.
page-step-ready = Kortet ligger klart. Hent det i åpningstiden.
page-how-far = Vil du se hvor langt kortet er kommet?
page-private = Logg inn på en av fotoautomatene. Her viser vi ingenting om deg eller bestillingen, for alle kan lese koden på en kvittering.
page-no-number = Dette er ikke et ordrenummer
page-no-number-help = Sjekk at alle ni tegnene er med. Du finner nummeret på kvitteringen fra fotoautomaten.
page-places = Her henter du kort
page-hours = Åpningstider
page-also = Her godtas også: { $documents }
