# Det «kortautomat demo» skriver i terminalen.

demo-starting = Starter tjeneren, det simulerte adgangssystemet, kiosken og skranken …
demo-webcam = Kiosken bruker kameraet { $name }.
demo-no-webcam = Fant ikke noe kamera. Kiosken bruker et eksempelbilde i stedet.
demo-running =
    Alt er i gang. Tjeneren svarer på { $server }
    Studenter: ingridh, oyvindo, asesae, leahs … Ansatte: staff (alle skranker). Passordet er «demo» for alle.
    Logger: { $logs }
    Lukk begge vinduene eller trykk Ctrl+C for å avslutte.
# $process: kiosk, counter, server, access
demo-closed = { $process } ble lukket. Resten går videre.
demo-ended = { $process } stanset. Resten går videre, og den startes igjen om litt. Logg: { $log }
demo-again = { $process } er startet igjen.
demo-given-up = { $process } stanser hver gang og blir ikke startet igjen. Logg: { $log }
