"""The desk is the editor's list of papers in the live server, worked by keys.

`papers` chooses what a list shows, `edits` writes records and takes edits back, and `routes` answers the
browser, which has `desk.html`, `desk.js` and `desk.css`. The published site has nothing of it.
"""
