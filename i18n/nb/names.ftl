# Navn på ting som alle deler av programmet bruker.

app-name = Kortautomat
language-nb = Bokmål
language-nn = Nynorsk
language-en = English

# $kroner: et helt antall norske kroner
price = { $kroner } kroner
price-free = Gratis
