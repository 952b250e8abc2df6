# Bildereglene: en tittel, hva som er galt og hva du kan gjøre; de korte ordene på kameraskjermen; filer som ikke kan leses.

rule-large-enough = Bildet er for lite
rule-large-enough-help = Det er for få piksler til et skarpt kort. Ta et nytt bilde, eller velg originalen i stedet for en kopi fra en chat eller nettside.
rule-one-face = Det skal være ett ansikt
rule-one-face-help = Vi trenger nøyaktig ett ansikt, ditt, vendt mot kameraet. Be andre gå til side, og pass på at hele ansiktet ditt vises.
rule-whole-head = En del av hodet mangler
rule-whole-head-help = Hele hodet må være med, fra haken til issen. Gå litt bakover.
rule-resolution = Ansiktet er for lite
rule-resolution-help = Ansiktet ditt tar for liten plass i bildet. Kom nærmere, eller velg et bilde som er tatt på kortere avstand.
rule-head-size = Du er for nær
rule-head-size-help = Det må være litt plass rundt hodet. Gå litt bakover.
rule-centred = Ansiktet er for langt ut til siden
rule-centred-help = Det er for lite bilde på den ene siden av hodet. Plasser ansiktet i midten.
rule-eye-line = Ansiktet er for høyt eller for lavt
rule-eye-line-help = Det er for lite bilde over eller under hodet. Hold kameraet i øyehøyde.
rule-yaw = Hodet er vridd til siden
rule-yaw-help = Vend nesen og skuldrene rett mot kameraet.
rule-pitch = Hodet er bøyd opp eller ned
rule-pitch-help = Hold haken rett og se rett fram. Kameraet bør være i øyehøyde.
rule-roll = Hodet er på skakke
rule-roll-help = Hold hodet rett, med begge øynene i samme høyde.
rule-eyes-open = Øynene ser ut til å være lukket
rule-eyes-open-help = Begge øynene bør være åpne. Hvis øynene dine er slik, kan du sende bildet: Da ser et menneske på det.
rule-mouth-closed = Munnen er åpen
rule-mouth-closed-help = Lukk munnen, så tennene ikke vises. Et lite smil er helt fint.
rule-exposure = Detaljer forsvinner i lys eller skygge
rule-exposure-help = Deler av ansiktet er så lyse eller så mørke at ingenting synes der. Finn mykere lys, ikke en lampe eller sola rett i ansiktet.
rule-dynamic-range = Bildet er flatt
rule-dynamic-range-help = Det er nesten ikke forskjell på lyst og mørkt i ansiktet. Finn et sted med mer lys.
rule-even-light = Lyset er ujevnt
rule-even-light-help = En del av ansiktet er mye mørkere enn resten. Snu deg mot lyset, så det kommer forfra.
rule-sharp = Bildet er ikke skarpt
rule-sharp-help = Stå stille, tørk av linsen, og la kameraet stille skarpt på ansiktet.
rule-background-plain = Bakgrunnen er urolig
rule-background-plain-help = Still deg foran en ensfarget, lys vegg uten andre ting bak deg.

instruction-step-into-view = Still deg foran kameraet
instruction-one-person = Bare én person
instruction-come-closer = Kom nærmere
instruction-move-back = Gå litt bakover
instruction-move-left = Flytt deg til venstre
instruction-move-right = Flytt deg til høyre
instruction-move-up = Rett deg opp
instruction-move-down = Litt lenger ned
instruction-turn-left = Vri ansiktet mot venstre
instruction-turn-right = Vri ansiktet mot høyre
instruction-lift-chin = Løft haken
instruction-lower-chin = Senk haken
instruction-straighten-head = Hold hodet rett
instruction-close-mouth = Lukk munnen
instruction-open-eyes = Åpne øynene
instruction-more-light = Vi trenger mer lys
instruction-light-from-front = Snu deg mot lyset
instruction-hold-still = Stå stille
instruction-plain-background = Finn en rolig bakgrunn
instruction-good = Perfekt, stå stille

intake-empty = Filen er tom. Velg et annet bilde.
# $megabytes: filens størrelse, $limit: den største som leses
intake-too-many-bytes = Filen er på { $megabytes } MB. Vi kan lese høyst { $limit } MB: Velg en mindre utgave av bildet.
# $megapixels: millioner piksler i bildet, $limit: det meste som leses
intake-too-many-pixels = Bildet har { $megapixels } megapiksler. Vi kan lese høyst { $limit }: Velg en mindre utgave av bildet.
intake-too-much-memory = Bildet er for stort til å leses. Velg en mindre utgave.
intake-heic = Dette er et HEIC-bilde fra en iPhone. Del eller lagre det som JPEG og velg det på nytt, eller ta et bilde her.
intake-unknown-format = Denne filen er ikke et bilde vi kan lese. Velg et bilde i JPEG, PNG eller WebP.
intake-truncated = Filen er ufullstendig: Noe av bildet mangler. Kopier den på nytt, eller velg en annen.
intake-broken = Bildet er ødelagt og kan ikke leses. Velg et annet.
