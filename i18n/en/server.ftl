# The web page behind the receipt's QR code. It shows nothing of the order.

page-title = Student card – order number
page-service = Student card
page-heading = This is the number of a student card order
page-number = Order number
page-bring = Bring the number and a valid ID when you collect the card at the place you chose.
page-private = Want to see how far your card is? Sign in at any photo kiosk. This page says nothing about you or the order, because anyone can read the code on a receipt.
page-no-number = This is not an order number
page-no-number-help = Check that all nine characters are there. You find the number on the receipt from the photo kiosk.
page-places = Where cards are collected
