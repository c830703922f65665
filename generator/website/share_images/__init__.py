"""Share images: what a link to a page looks like where it is passed on, like a cutting from a broadsheet.

A view says what is on its image (`elements`); that is set in lines (`lines`) of what the fonts can show
(`legible`) and placed (`layout`), which decides all and draws nothing. `glyphs` and `drawing` know Pillow.
"""
