"""The live server: the site as an editor works on it, and its script in the browser."""
