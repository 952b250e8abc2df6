# Det «kortautomat demo» skriv i terminalen.

demo-starting = Startar tenaren, det simulerte tilgangssystemet, kiosken og skranken …
demo-webcam = Kiosken bruker kameraet { $name }.
demo-no-webcam = Fann ikkje noko kamera. Kiosken bruker eit eksempelbilete i staden.
demo-running =
    Alt er i gang. Tenaren svarer på { $server }
    Studentar: ingridh, oyvindo, asesae, leahs … Tilsette: staff (alle skrankar). Passordet er «demo» for alle.
    Loggar: { $logs }
    Lukk begge vindauga eller trykk Ctrl+C for å avslutte.
# $process: kiosk, counter, server, access
demo-closed = { $process } blei lukka. Resten går vidare.
demo-ended = { $process } stoppa. Resten går vidare, og han blir starta att om litt. Logg: { $log }
demo-again = { $process } er starta att.
demo-given-up = { $process } stoppar kvar gong og blir ikkje starta att. Logg: { $log }
