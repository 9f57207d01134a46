"""What the other modules of this folder share."""


def interval(low: str, high: str, closed: tuple[bool, bool] = (False, False)) -> str:
    left, right = "[" if closed[0] else "(", "]" if closed[1] else ")"
    return f"${left}{low};\\ {high}{right}$"
