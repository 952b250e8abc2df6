# Det ein terminal seier om sin eigen disk

kiosk-full = Her kan du ikkje bestille no
kiosk-full-more = Denne kiosken har ikkje plass til fleire bestillingar. Ingenting er tapt: Det som er bestilt her, er trygt. Bruk ein annan kiosk, eller spør i skranken.

doctor-room = Bestillingane på denne terminalen tek { $used } av høgst { $limit } MB.
doctor-room-full = Bestillingane på denne terminalen tek { $used } av høgst { $limit } MB, eller disken er full: Han tek ikkje imot fleire før nokre er sende eller det har vorte plass.
doctor-salvage = Databasen vart skadd { $day } og ligg til side som { $file }. { $saved } bestillingar vart berga, { $lost } kan vere tapte.
doctor-salvage-unknown = Databasen vart skadd { $day } og ligg til side som { $file }. { $saved } bestillingar vart berga; ingen kan seie kor mange som er tapte.
