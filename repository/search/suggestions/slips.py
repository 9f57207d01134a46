"""Slips of the finger: words that are one or two letters apart, and what kind of slip lies between them."""

from zlib import crc32

SWAP, ONE, FIRST, TWO = 2.0, 2.6, 3.6, 5.0
LEAST_COST = SWAP


def checksums(word: str) -> list[int]:
    """Of the word, and of what is left when one letter is dropped, in every way. The same on every machine and in
    every process, unlike ``hash``."""
    if word.isascii():
        letters = word.encode()
        rests = [letters[:place] + letters[place + 1 :] for place in range(len(letters))]
    else:
        letters, rests = word.encode(), [(word[:place] + word[place + 1 :]).encode() for place in range(len(word))]
    return [crc32(letters), *map(crc32, rests)]


def slip_cost(typed: str, meant: str) -> float:
    """What kind of slip makes one word of the other, as a cost; all are one or two letters apart."""
    same = shared_beginning(typed, meant)
    rest, meant_rest = typed[same:], meant[same:]
    if not is_one_slip(rest, meant_rest):
        return TWO
    if len(rest) == len(meant_rest):
        return SWAP if rest[1:] != meant_rest[1:] else ONE if same else FIRST
    return FIRST if typed[1:] == meant or typed == meant[1:] else ONE


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter more, less or another, or two neighbours swapped, makes one of the other."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    same = shared_beginning(typed, meant)
    rest, meant_rest = typed[same:], meant[same:]
    if len(rest) != len(meant_rest):
        return rest[1:] == meant_rest if len(rest) > len(meant_rest) else rest == meant_rest[1:]
    return rest[1:] == meant_rest[1:] or (rest[2:] == meant_rest[2:] and rest[:2] == meant_rest[1::-1])


def shared_beginning(one: str, other: str) -> int:
    """How many letters two words begin with in common."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
