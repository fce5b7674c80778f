"""Makes the fictitious sample reports of ``data/raw`` and their gold from tables of facts."""
