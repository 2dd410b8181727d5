PIECES: list = []
