#!/usr/bin/env python3
"""Writes transport problems at random and what scipy's linear programming says they cost at least:
Tests/RankingTests/Goldens/transport.json. The same each time. Run it from the project's root in a throw-away environment:

    python3 -m venv /tmp/goldens
    /tmp/goldens/bin/pip install numpy scipy
    /tmp/goldens/bin/python Scripts/make-transport-goldens.py

With --many, 1,000 problems of up to 64 x 64 places are written to standard output instead.
"""
import json, sys
from pathlib import Path

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

GOLDENS = Path(__file__).resolve().parent.parent / "Tests/RankingTests/Goldens"


def problem(random, most):
    rows, columns = random.integers(1, most + 1, 2)
    kind = random.integers(4)
    if kind == 0:  # distances of points in a plane
        points = random.random((rows + columns, 2))
        costs = np.linalg.norm(points[:rows, None] - points[None, rows:], axis=2)
    elif kind == 1:  # few different costs, so that many plans are equally cheap
        costs = random.integers(0, 3, (rows, columns)) / 2
    elif kind == 2:  # saturated
        costs = np.minimum(random.random((rows, columns)) * 2, 1)
    else:
        costs = random.random((rows, columns))
    supplies, demands = (random.integers(0, 6, n) / 5 if random.random() < 0.3 else random.random(n) for n in (rows, columns))
    supplies[random.integers(rows)] += 0.5
    demands[random.integers(columns)] += 0.5
    return supplies.round(6), demands.round(6), costs.round(6)


def least_cost(supplies, demands, costs):
    rows, columns = costs.shape
    places = np.arange(rows * columns)
    constraints = coo_matrix((np.ones(2 * len(places)), (np.r_[places // columns, rows + places % columns], np.r_[places, places])))
    totals = np.r_[supplies / supplies.sum(), demands / demands.sum()]
    result = linprog(costs.ravel(), A_eq=constraints, b_eq=totals, method="highs")
    assert result.success, result.message
    return result.fun


def main():
    many = "--many" in sys.argv
    random = np.random.default_rng(2 if many else 1)
    cases = []
    for _ in range(1000 if many else 150):
        supplies, demands, costs = problem(random, 64 if many else 12)
        cases.append(json.dumps({"supplies": supplies.tolist(), "demands": demands.tolist(), "costs": costs.ravel().tolist(),
                                 "cost": least_cost(supplies, demands, costs)}))
    text = "[\n" + ",\n".join(cases) + "\n]\n"
    if many:
        sys.stdout.write(text)
    else:
        GOLDENS.mkdir(parents=True, exist_ok=True)
        (GOLDENS / "transport.json").write_text(text)


if __name__ == "__main__":
    main()
