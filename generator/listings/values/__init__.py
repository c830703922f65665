"""Values as bibliographic formats write them, made fit for a record; None or empty where there are none."""
