"""The optimiser: HiGHS, used for one model at a time and on one thread, so that it answers alike everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

MOST_SECONDS = 20.0
MOST_NODES = 20_000
HALF = 0.5
"""Costs are whole numbers: nothing better is left when the gap is smaller than that."""


@dataclass
class Program:
    """Whole numbers from 0 to ``most`` each, whose weighted sums lie in bands, at the least cost."""

    costs: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    is_whole: list[bool] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    places: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def number(self, cost: float = 0.0, most: float = 1.0, *, is_whole: bool = True) -> int:
        """A new unknown; returns its place."""
        self.costs.append(cost)
        self.most.append(most)
        self.is_whole.append(is_whole)
        return len(self.costs) - 1

    def band(self, places: Sequence[int], weights: Sequence[float], low: float, high: float) -> None:
        """The weighted sum of these unknowns lies from ``low`` to ``high``."""
        self.places += places
        self.weights += weights
        self.starts.append(len(self.places))
        self.lows.append(low)
        self.highs.append(high)

    def solve(self) -> list[float] | None:
        """The unknowns at the least cost, or the best found within the limits; None where there is no solution."""
        if not self.costs:
            return [] if all(low <= 0 <= high for low, high in zip(self.lows, self.highs, strict=True)) else None
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in OPTIONS.items():
            solver.setOptionValue(name, value)
        solver.passModel(self._model())
        solver.run()
        found = solver.getSolution()
        if solver.getModelStatus() not in (highspy.HighsModelStatus.kOptimal, *CUT_SHORT) or not found.value_valid:
            return None
        return list(found.col_value)

    def _model(self) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.costs), len(self.lows)
        model.col_cost_ = np.array(self.costs, np.float64)
        model.col_lower_ = np.zeros(len(self.costs))
        model.col_upper_ = np.array(self.most, np.float64)
        model.row_lower_ = np.array(self.lows, np.float64)
        model.row_upper_ = np.array(self.highs, np.float64)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(self.starts, np.int32)
        model.a_matrix_.index_ = np.array(self.places, np.int32)
        model.a_matrix_.value_ = np.array(self.weights, np.float64)
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[one] for one in self.is_whole]
        return model


CUT_SHORT = (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kSolutionLimit)
OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": HALF,
    "mip_max_nodes": MOST_NODES,
    "time_limit": MOST_SECONDS,
}
