"""Pages that are pictures -> what a text page gives: characters, rules, blocks."""
