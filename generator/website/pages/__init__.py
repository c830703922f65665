"""The pages that readers open: a module a kind, with its view and its planner."""
