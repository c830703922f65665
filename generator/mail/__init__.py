"""The mailed issue: the `message`, the `addresses` it goes to, and its `delivery`.

`account` and `server` are the way to a mail server, `journal` is who has an issue already.
"""
