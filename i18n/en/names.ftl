# Names of things that every part of the program uses.

app-name = Kortautomat
language-nb = Bokmål
language-nn = Nynorsk
language-en = English

# $kroner: a whole number of Norwegian kroner
price = NOK { $kroner }
price-free = Free
