"""The book's figures: one module for each chapter, a function for each figure, each returning a Figure."""
