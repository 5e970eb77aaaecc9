"""Faults seeded into data as it arrives, and clean days: what the three doors say of both."""
