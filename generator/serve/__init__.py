"""The live server: `server` serves the site, `client.js` runs in the browser.

From an edit to the bytes served: `watcher`, `file_changes`, `state`, `session`, `responses`.
"""
