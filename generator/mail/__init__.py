"""The mailed issue: `message` makes it, `addresses` says who gets it, `journal` who has it, `smtp` sends it."""
