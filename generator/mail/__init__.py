"""The mailed issue: the message, who gets it, who has it, and sending it.

`message`, `addresses`, `notes` and `columns` decide and are pure; `journal` writes files, `post` speaks SMTP.
"""
