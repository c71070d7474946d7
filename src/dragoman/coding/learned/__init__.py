"""The learned part of coding: a small encoder that says what two sides do to each other at a trigger."""
