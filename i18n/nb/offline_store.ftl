# Det en terminal sier om sin egen disk

kiosk-full = Her kan du ikke bestille akkurat nå
kiosk-full-more = Denne kiosken har ikke plass til flere bestillinger. Ingenting er tapt: det som er bestilt her, er trygt. Bruk en annen kiosk, eller spør i skranken.

doctor-room = Bestillingene på denne terminalen tar { $used } av høyst { $limit } MB.
doctor-room-full = Bestillingene på denne terminalen tar { $used } av høyst { $limit } MB, eller disken er full: Den tar ikke imot flere før noen er sendt eller det er blitt plass.
doctor-salvage = Databasen ble skadet { $day } og ligger til side som { $file }. { $saved } bestillinger ble berget, { $lost } kan være tapt.
doctor-salvage-unknown = Databasen ble skadet { $day } og ligger til side som { $file }. { $saved } bestillinger ble berget; ingen kan si hvor mange som er tapt.
