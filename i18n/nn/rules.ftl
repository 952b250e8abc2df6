# Biletreglane: ein tittel, kva som er gale og kva du kan gjere; dei korte orda på kameraskjermen; filer som ikkje kan lesast.

rule-large-enough = Biletet er for lite
rule-large-enough-help = Det er for få pikslar til eit skarpt kort. Ta eit nytt bilete, eller vel originalen i staden for ein kopi frå ein chat eller ei nettside.
rule-one-face = Det skal vere eitt ansikt
rule-one-face-help = Vi treng nøyaktig eitt ansikt, ditt, vendt mot kameraet. Be andre gå til sides, og sjå til at heile ansiktet ditt er synleg.
rule-whole-head = Ein del av hovudet manglar
rule-whole-head-help = Heile hovudet må vere med, frå haka til issen. Gå litt bakover.
rule-resolution = Ansiktet er for lite
rule-resolution-help = Ansiktet ditt tek for lite plass i biletet. Kom nærare, eller vel eit bilete som er teke på kortare hald.
rule-head-size = Du er for nær
rule-head-size-help = Det må vere litt plass rundt hovudet. Gå litt bakover.
rule-centred = Ansiktet er for langt ute på sida
rule-centred-help = Det er for lite bilete på den eine sida av hovudet. Hald ansiktet i midten.
rule-eye-line = Ansiktet er for høgt eller for lågt
rule-eye-line-help = Det er for lite bilete over eller under hovudet. Hald kameraet i augehøgd.
rule-yaw = Hovudet er vridd til sida
rule-yaw-help = Vend nasen og skuldrene rett mot kameraet.
rule-pitch = Hovudet er bøygd opp eller ned
rule-pitch-help = Hald haka rett og sjå rett fram. Kameraet bør vere i augehøgd.
rule-roll = Hovudet er på skakke
rule-roll-help = Hald hovudet rett, med begge auga i same høgd.
rule-eyes-open = Auga ser ut til å vere lukka
rule-eyes-open-help = Begge auga bør vere opne. Er auga dine slik, kan du sende biletet: Då ser eit menneske på det.
rule-mouth-closed = Munnen er open
rule-mouth-closed-help = Lat att munnen, så tennene ikkje syner. Eit lite smil er heilt fint.
rule-exposure = Detaljar forsvinn i lys eller skugge
rule-exposure-help = Delar av ansiktet er så lyse eller så mørke at ingenting syner der. Finn mjukare lys, ikkje ei lampe eller sola rett i ansiktet.
rule-dynamic-range = Biletet er flatt
rule-dynamic-range-help = Det er nesten ikkje skilnad på lyst og mørkt i ansiktet. Finn ein stad med meir lys.
rule-even-light = Lyset er ujamt
rule-even-light-help = Ein del av ansiktet er mykje mørkare enn resten. Snu deg mot lyset, så det kjem framanfrå.
rule-sharp = Biletet er ikkje skarpt
rule-sharp-help = Stå i ro, tørk av linsa, og lat kameraet stille skarpt på ansiktet.
rule-background-plain = Bakgrunnen er uroleg
rule-background-plain-help = Still deg framfor ein einsfarga, lys vegg utan andre ting bak deg.

instruction-step-into-view = Still deg framfor kameraet
instruction-one-person = Berre éin person
instruction-come-closer = Kom nærare
instruction-move-back = Gå litt bakover
instruction-move-left = Flytt deg til venstre
instruction-move-right = Flytt deg til høgre
instruction-move-up = Rett deg opp
instruction-move-down = Litt lenger ned
instruction-turn-left = Vri ansiktet mot venstre
instruction-turn-right = Vri ansiktet mot høgre
instruction-lift-chin = Løft haka
instruction-lower-chin = Senk haka
instruction-straighten-head = Hald hovudet rett
instruction-close-mouth = Lat att munnen
instruction-open-eyes = Opne auga
instruction-more-light = Vi treng meir lys
instruction-light-from-front = Snu deg mot lyset
instruction-hold-still = Stå i ro
instruction-plain-background = Finn ein roleg bakgrunn
instruction-good = Perfekt, stå i ro

intake-empty = Fila er tom. Vel eit anna bilete.
# $megabytes: storleiken på fila, $limit: den største som blir lesen
intake-too-many-bytes = Fila er på { $megabytes } MB. Vi kan lese høgst { $limit } MB: Vel ei mindre utgåve av biletet.
# $megapixels: millionar pikslar i biletet, $limit: det meste som blir lese
intake-too-many-pixels = Biletet har { $megapixels } megapikslar. Vi kan lese høgst { $limit }: Vel ei mindre utgåve av biletet.
intake-too-much-memory = Biletet er for stort til å lesast. Vel ei mindre utgåve.
intake-heic = Dette er eit HEIC-bilete frå ein iPhone. Del eller lagre det som JPEG og vel det på nytt, eller ta eit bilete her.
intake-unknown-format = Denne fila er ikkje eit bilete vi kan lese. Vel eit bilete i JPEG, PNG eller WebP.
intake-truncated = Fila er ikkje heil: Noko av biletet manglar. Kopier ho på nytt, eller vel ei anna.
intake-broken = Biletet er øydelagt og kan ikkje lesast. Vel eit anna.
