"""The desk: the editor's list of papers in the live server, worked by keys.

`papers` says what it lists, `edits` writes records and takes edits back, `routes` answers the browser, whose
side is `desk.html`, `desk.js` and `desk.css`. None of it is in the published site.
"""
