# Nettsida bak QR-koden på kvitteringa. Ho viser ingenting om tinginga.

page-title = Studentkort – ordrenummer
page-service = Studentkort
page-heading = Dette er nummeret på ei tinging av studentkort
page-number = Ordrenummer
page-bring = Ta med nummeret og gyldig legitimasjon når du hentar kortet på staden du valde.
page-private = Vil du sjå kor langt kortet er kome? Logg inn på ein av fotoautomatane. Her viser vi ingenting om deg eller tinginga, for kven som helst kan lese koden på ei kvittering.
page-no-number = Dette er ikkje eit ordrenummer
page-no-number-help = Sjå etter at alle ni teikna er med. Nummeret står på kvitteringa frå fotoautomaten.
page-places = Her hentar du kort
