"""Documents into stories: titles, addresses, similarity, repeated texts, outlet families."""
