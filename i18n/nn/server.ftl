# Nettsida bak QR-koden på kvitteringa. Ho viser ingenting om tinginga.

page-title = Studentkort – ordrenummer
page-service = Studentkort
page-heading = Dette er nummeret på ei tinging av studentkort
page-number = Ordrenummer
page-bring-heading = Ta med når du hentar kortet
page-bring-number = Ordrenummeret over, eller kvitteringa
page-bring-id = Gyldig legitimasjon: { $documents }
page-bring-old = Det gamle kortet, om det nye skal erstatte eit slite kort
page-steps = Dette skjer med tinginga
page-step-photo = Vi ser på biletet. Må du ta eit nytt, får du vite det når du loggar inn på ein fotoautomat.
page-step-print = Kortet blir trykt og sendt til staden du valde.
page-step-ready = Kortet ligg klart. Hent det i opningstida.
page-how-far = Vil du sjå kor langt kortet er kome?
page-private = Logg inn på ein av fotoautomatane. Her viser vi ingenting om deg eller tinginga, for kven som helst kan lese koden på ei kvittering.
page-no-number = Dette er ikkje eit ordrenummer
page-no-number-help = Sjå etter at alle ni teikna er med. Nummeret står på kvitteringa frå fotoautomaten.
page-places = Her hentar du kort
page-hours = Opningstider
page-also = Her kan du òg bruke: { $documents }
