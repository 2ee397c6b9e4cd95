"""Curves: sample a profile, offset it by the thickness of a layer, and write it as a short SVG path."""

import math
from collections.abc import Callable, Sequence

Point = tuple[float, float]
Profile = Callable[[float], float]


def sample(profile: Profile, width: int, surface: float, step: float = 3) -> list[Point]:
    """Points of the line `surface + profile(x)` from x = 0 to the width. y grows downward, as in SVG."""
    count = round(width / step)
    return [(index * width / count, surface + profile(index * width / count)) for index in range(count + 1)]


def offset(points: Sequence[Point], distance: float) -> list[Point]:
    """The line below the given one at a constant distance, so that a layer has the same thickness on a slope.

    It is the lower edge of a disk rolled along the line, which never crosses itself, however steep the walls are.
    """
    lower_edge = []
    for x, y in points:
        within = ((x1, y1) for x1, y1 in points if abs(x1 - x) <= distance)
        lower_edge.append((x, max((y1 + math.sqrt(distance**2 - (x1 - x) ** 2) for x1, y1 in within), default=y + distance)))
    return lower_edge


def simplify(points: Sequence[Point], tolerance: float = 0.35) -> list[Point]:
    """Fewer points, all within the tolerance of the original line (algorithm of Ramer, Douglas and Peucker)."""
    if len(points) < 3:
        return list(points)
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = math.hypot(x1 - x0, y1 - y0) or 1
    distances = [abs((y1 - y0) * x - (x1 - x0) * y + x1 * y0 - y1 * x0) / length for x, y in points[1:-1]]
    farthest = max(range(len(distances)), key=distances.__getitem__)
    if distances[farthest] <= tolerance:
        return [points[0], points[-1]]
    split = farthest + 1
    return simplify(points[: split + 1], tolerance)[:-1] + simplify(points[split:], tolerance)


def format_number(value: float) -> str:
    """The number with one decimal at most."""
    return f"{value:.1f}".rstrip("0").rstrip(".") or "0"


def open_path(points: Sequence[Point]) -> str:
    """An SVG path along the points."""
    return "M" + "L".join(f"{format_number(x)} {format_number(y)}" for x, y in simplify(points))


def area_below(points: Sequence[Point], width: int, height: int) -> str:
    """A closed SVG path around everything below the line, down to the bottom of the drawing."""
    return f"{open_path(points)}L{width} {points[-1][1]:.0f}V{height}H0Z"


def bump(x: float, center: float, half_width: float, height: float, steepness: float = 2) -> float:
    """A smooth rise around the center that is zero beyond its half width. Higher steepness gives a flatter top."""
    u = abs(x - center) / half_width
    return height * (1 - u**steepness) ** 2 if u < 1 else 0.0


def plateau(x: float, center: float, half_width: float, height: float, wall: float) -> float:
    """A flat floor between steep walls that are `wall` wide."""
    inside = half_width - abs(x - center)
    t = min(max(inside / wall, 0), 1)
    return height * t * t * (3 - 2 * t)


def spike(x: float, center: float, half_width: float, depth: float) -> float:
    """A narrow pit that tapers to a point."""
    u = abs(x - center) / half_width
    return depth * (1 - u) ** 1.25 if u < 1 else 0.0
