# Namn på ting som alle delar av programmet bruker.

app-name = Kortautomat
language-nb = Bokmål
language-nn = Nynorsk
language-en = English

# $kroner: eit heilt tal norske kroner
price = { $kroner } kroner
price-free = Gratis
