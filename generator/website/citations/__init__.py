"""Citations of papers: one value of what a citation says, and a small writer for each way to say it.

`bibtex`, `ris` and `csl` write files. `highwire` and `linked_data` write into the head of a paper's page, and
`coins` into the lists that name it.

What is unknown is left out, never guessed: a heading made here is no title, a number of authors no author,
the digest's page no address of the paper.
If no person is named, an organization is the author. The venue decides what an entry is only where it says
that it is a journal or a meeting.
"""
