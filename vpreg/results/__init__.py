"""Result folders: whole or not at all."""
