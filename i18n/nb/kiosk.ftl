# Kiosken: det en student leser på skjermen i gangen. Kort, vennlig, direkte.

# På tastaturet på skjermen
keyboard-delete = Slett
keyboard-shift = Store bokstaver
keyboard-signs = Tegn
keyboard-space = Mellomrom
