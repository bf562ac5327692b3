"""How columns share the width of a table: heads first, then what the cells show, and what is left by weight."""

from collections.abc import Sequence


def shared_out(width: int, weights: Sequence[int], least: Sequence[int], wish: Sequence[int]) -> list[int]:
    """Give every column its least; what is left goes by weight, to each no more than it wishes while others still wish.

    Where all wishes are met the rest is shared by weight too. Nobody gets less than the least, even where that is too much.
    """
    given = [float(one) for one in least]
    wanting = {place for place, one in enumerate(least) if wish[place] > one}
    while wanting:
        unit = max(0.0, width - sum(given)) / sum(weights[place] for place in wanting)
        full = {place for place in wanting if given[place] + unit * weights[place] >= wish[place]}
        if not full:
            return [int(one + unit * weights[place] * (place in wanting)) for place, one in enumerate(given)]
        for place in full:
            given[place] = wish[place]
        wanting -= full
    unit = max(0.0, width - sum(given)) / (sum(weights) or 1)
    return [int(one + unit * weights[place]) for place, one in enumerate(given)]
