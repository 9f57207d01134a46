"""Slips of the finger: words that are one or two letters apart, and what kind of slip lies between them."""

import zlib

SWAP, ONE, FIRST, TWO = 2.0, 2.6, 3.6, 5.0
LEAST_COST = SWAP


def shorter(word: str) -> set[str]:
    """The word with one letter dropped, in every way."""
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def checksum(text: str) -> int:
    """The same on every machine and in every process, unlike ``hash``."""
    return zlib.crc32(text.encode())


def slip_cost(typed: str, meant: str) -> float:
    """What kind of slip makes one word of the other, as a cost; all are one or two letters apart."""
    if len(typed) == len(meant):
        differ = [place for place in range(len(typed)) if typed[place] != meant[place]]
        if len(differ) == 1:
            return FIRST if differ[0] == 0 else ONE
        if len(differ) == 2 and differ[1] == differ[0] + 1:
            first, second = differ
            if typed[first] == meant[second] and typed[second] == meant[first]:
                return SWAP
        return TWO
    long, short = (typed, meant) if len(typed) > len(meant) else (meant, typed)
    if len(long) == len(short) + 1 and short in shorter(long):
        return FIRST if long[1:] == short else ONE
    return TWO
