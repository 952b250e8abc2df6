# Nettsiden bak QR-koden på kvitteringen. Den viser ingenting om bestillingen.

page-title = Studentkort – ordrenummer
page-service = Studentkort
page-heading = Dette er nummeret på en bestilling av studentkort
page-number = Ordrenummer
page-bring = Ta med nummeret og gyldig legitimasjon når du henter kortet på stedet du valgte.
page-private = Vil du se hvor langt kortet er kommet? Logg inn på en av fotoautomatene. Her viser vi ingenting om deg eller bestillingen, for alle kan lese koden på en kvittering.
page-no-number = Dette er ikke et ordrenummer
page-no-number-help = Sjekk at alle ni tegnene er med. Du finner nummeret på kvitteringen fra fotoautomaten.
page-places = Her henter du kort
