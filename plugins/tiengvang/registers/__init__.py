"""What offices deliver: registers declared as data, their templates, and the reading of what comes back.

A file is taken whole or not at all. Who delivers is an office, never a person.
"""
