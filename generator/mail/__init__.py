"""The mailed issue: its `message`, the `addresses` it goes to, the `journal` of deliveries, and `smtp`."""
