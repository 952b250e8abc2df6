# The kiosk: what a student reads on the screen in the hall. Short, friendly, direct.

# On the keyboard on the screen
keyboard-delete = Delete
keyboard-shift = Capital letters
keyboard-signs = Signs
keyboard-space = Space
