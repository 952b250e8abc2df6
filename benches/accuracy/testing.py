"""The generator of the published figures. It shares with the fitting one only where eyes, mouth and outline lie."""

from testing_framing import FAMILIES as FRAMING
from testing_light import FAMILIES as LIGHT
from testing_worn import FAMILIES as WORN

FAMILIES = [*FRAMING, *LIGHT, *WORN]
