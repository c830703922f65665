"""The library reads all content of a digest: papers, issues, themes, pages, and what relates papers."""
