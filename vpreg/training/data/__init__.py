"""Pairs to train on: scans or the generator, prepared as they are when a network is used."""
