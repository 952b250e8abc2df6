# The web page behind the receipt's QR code. It shows nothing of the order.

page-title = Student card – order number
page-service = Student card
page-heading = This is the number of a student card order
page-number = Order number
page-bring-heading = What to bring
page-bring-number = The order number above, or the receipt
page-bring-id = Valid ID: { $documents }
page-bring-old = Your old card, if the new one replaces a worn card
page-steps = What happens to your order
page-step-photo = We look at the photo. If you need to take a new one, you are told when you sign in at a photo kiosk.
page-step-print = The card is printed and sent to the place you chose.
page-step-ready = The card is ready. Collect it during opening hours.
page-how-far = Want to see how far your card is?
page-private = Sign in at any photo kiosk. This page says nothing about you or the order, because anyone can read the code on a receipt.
page-no-number = This is not an order number
page-no-number-help = Check that all nine characters are there. You find the number on the receipt from the photo kiosk.
page-places = Where cards are collected
page-hours = Opening hours
page-also = Also accepted here: { $documents }
