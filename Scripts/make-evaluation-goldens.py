#!/usr/bin/env python3
"""Writes what trec_eval and scikit-learn give rankings at random: Tests/EvaluationTests/Goldens/measures.json.

Needs pytrec-eval-terrier and scikit-learn. Average precision within ten is trec_eval's map_cut_10, which divides by the
number of relevant ones, times that number over the most that ten places can hold.
"""
import json, os, random

import numpy, pytrec_eval
from sklearn.metrics import average_precision_score, ndcg_score

GOLDENS = os.path.join(os.path.dirname(__file__), "../Tests/EvaluationTests/Goldens")
MEASURES = {"success_1,5", "P_5", "map", "map_cut_10", "ndcg_cut_10"}


def case(generator):
    """A ranking of up to 30, some of what is relevant in it and some not."""
    length = generator.randint(0, 30)
    found = [generator.random() < generator.choice((0.05, 0.3, 0.8)) for _ in range(length)]
    relevant = sum(found) + generator.choice((0, 0, 1, 5, 40))
    return found, max(1, relevant)


def judged(found, relevant):
    qrel = {f"d{rank:02}": 1 for rank, is_relevant in enumerate(found) if is_relevant}
    qrel |= {f"m{number}": 1 for number in range(relevant - len(qrel))}
    # What is ranked nowhere is ranked behind everything, where nothing looks.
    run = {f"d{rank:02}": float(100 - rank) for rank in range(len(found))} or {"none": 1.0}
    values = pytrec_eval.RelevanceEvaluator({"q": qrel}, MEASURES).evaluate({"q": run})["q"]
    if len(found) > 1 and relevant == sum(found):
        scores = numpy.arange(len(found), 0, -1.0)
        assert abs(ndcg_score([found], [scores], k=10) - values["ndcg_cut_10"]) < 1e-9
        assert abs(average_precision_score(found, scores) - values["map"]) < 1e-9
    return {"R@1": values["success_1"], "R@5": values["success_5"], "P@5": values["P_5"],
            "mAP@10": values["map_cut_10"] * relevant / min(10, relevant), "nDCG@10": values["ndcg_cut_10"],
            "map": values["map"]}


def main():
    generator = random.Random(1)
    cases = [(found, relevant, judged(found, relevant)) for found, relevant in (case(generator) for _ in range(300))]
    os.makedirs(GOLDENS, exist_ok=True)
    with open(f"{GOLDENS}/measures.json", "w") as file:
        rows = [json.dumps({"found": "".join("01"[f] for f in found), "relevant": relevant, "values": values})
                for found, relevant, values in cases]
        file.write("[\n" + ",\n".join(rows) + "\n]\n")


if __name__ == "__main__":
    main()
