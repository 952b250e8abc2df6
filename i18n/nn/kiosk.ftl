# Kiosken: det ein student les på skjermen i gangen. Kort, venleg, direkte.

# På tastaturet på skjermen
keyboard-delete = Slett
keyboard-shift = Store bokstavar
keyboard-signs = Teikn
keyboard-space = Mellomrom
