#!/usr/bin/env python3
"""binary-codes.py EMBEDDINGS.npy: how many of the ten nearest by cosine are among the candidates that codes of one bit a number find.

The embeddings are those of `lookalike export`. Codes say of each number whether it is above zero, as pgvector's
binary_quantize does, or above its mean; candidates are the nearest by Hamming distance. Needs NumPy.
"""
import sys

import numpy

CANDIDATES = [40, 100, 200, 400, 1000]

embeddings = numpy.load(sys.argv[1]).astype(numpy.float32)
directions = embeddings / numpy.linalg.norm(embeddings, axis=1, keepdims=True)
queries = numpy.arange(0, len(embeddings), max(1, len(embeddings) // 300))
cosines = directions[queries] @ directions.T
cosines[numpy.arange(len(queries)), queries] = -2
nearest = numpy.argsort(-cosines, axis=1)[:, :10]

print(f"{len(embeddings)} embeddings of {embeddings.shape[1]} numbers, {len(queries)} queries")
for name, threshold in [("above zero", 0), ("above the mean", embeddings.mean(axis=0))]:
    codes = numpy.where(embeddings > threshold, 1, -1).astype(numpy.float32)
    likeness = codes[queries] @ codes.T
    likeness[numpy.arange(len(queries)), queries] = -numpy.inf
    order = numpy.argsort(-likeness, axis=1, kind="stable")
    for count in CANDIDATES:
        kept = [len(set(order[i, :count]) & set(nearest[i])) / 10 for i in range(len(queries))]
        print(f"{name:15} {count:5} candidates: {numpy.mean(kept):.3f}")
