# What a terminal says about its own disk

kiosk-full = No new orders here right now
kiosk-full-more = This kiosk has no room left for another order. Nothing is lost: what has been ordered here is safe. Please use another kiosk or ask at the service desk.

doctor-room = The orders on this terminal take { $used } of at most { $limit } MB.
doctor-room-full = The orders on this terminal take { $used } of at most { $limit } MB, or its disk is full: it takes no more orders until some are sent or there is room.
doctor-salvage = The database was damaged on { $day } and lies aside as { $file }. { $saved } orders were kept, { $lost } may be lost.
doctor-salvage-unknown = The database was damaged on { $day } and lies aside as { $file }. { $saved } orders were kept; nobody can tell how many are lost.
