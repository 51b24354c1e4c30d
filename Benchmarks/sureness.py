#!/usr/bin/env python3
"""Whether “80 % sure” is right four times out of five, and whether photos of nothing here are told so.

    Benchmarks/sureness.py PHOTOS [STRANGE] [-- OPTION…]

PHOTOS holds clothing/ and demo/ with their lists: photos that nothing was learnt from (but for the
demo's) ask, and of what is found it is counted, by
how sure the program says it is, how much is of the query's type. STRANGE is a folder of photos that show no garments; without
one, noise, flat colours and gradients stand for them. Options are those of `lookalike search`.
"""
import csv, json, os, struct, subprocess, sys, tempfile, zlib

PROGRAM = os.path.abspath(os.environ.get("LOOKALIKE", os.path.join(os.path.dirname(__file__), "../.build/release/lookalike")))
SPLIT = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
ARGUMENTS, OPTIONS = sys.argv[1:SPLIT], sys.argv[SPLIT + 1:]
BOUNDS = [0, 0.2, 0.4, 0.6, 0.7, 0.75, 0.85, 0.9, 0.97, 1.001]


def search(queries, among, catalogue, *options):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as names:
        names.write("\n".join(among))
        names.flush()
        answer = subprocess.run(
            [PROGRAM, "search", *queries, "--photos", os.path.commonpath(among), "--among", names.name, "--catalogue", catalogue,
             "--format", "json", *options, *OPTIONS], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return json.loads(answer.stdout)["queries"]


def rows(folder, name, **wanted):
    with open(os.path.join(folder, name)) as file:
        for row in csv.DictReader(file):
            if all(row[key] == value for key, value in wanted.items()):
                path = row.get("path") or row["file"]
                yield os.path.abspath(os.path.join(folder, path)), row.get("label") or row["type"]


def judge(name, queries, gallery, catalogue):
    answers = search(list(queries), list(gallery), catalogue, "--always")
    found = [(result["sureness"], gallery[os.path.abspath(result["path"])] == queries[answer["query"]])
             for answer in answers for result in answer["results"] if "sureness" in result]
    strange = sum(answer.get("looksLikeNothing", False) for answer in answers)
    print(f"{name}: {len(answers)} queries, of which {strange} are said to look like nothing ({strange / len(answers):.1%})")
    for lower, upper in zip(BOUNDS, BOUNDS[1:]):
        right = [is_right for sure, is_right in found if lower <= sure < upper]
        if right:
            print(f"  {lower:4.0%} to {min(upper, 1):4.0%} sure: {sum(right) / len(right):4.0%} of {len(right)} are of the type")


def picture(path, pixel, side=200):
    """A PNG whose pixels are given by their row and column."""
    lines = b"".join(b"\0" + bytes(level for x in range(side) for level in pixel(y, x)) for y in range(side))
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def make_up(folder):
    state = 1
    def noise(y, x):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 56, state >> 48 & 255, state >> 40 & 255)
    for number in range(8):
        picture(f"{folder}/noise-{number}.png", noise)
    for number, colour in enumerate([(255, 255, 255), (0, 0, 0), (128, 128, 128), (200, 30, 40), (20, 60, 160)]):
        picture(f"{folder}/flat-{number}.png", lambda y, x: colour)
    picture(f"{folder}/across.png", lambda y, x: (x * 255 // 199,) * 3)
    picture(f"{folder}/down.png", lambda y, x: (y * 255 // 199, 128, 255 - y * 255 // 199))


def main():
    photos = os.path.abspath(ARGUMENTS[0])
    with tempfile.TemporaryDirectory() as folder:
        catalogue = f"{folder}/c.sqlite"
        clothing, demo = os.path.join(photos, "clothing"), os.path.join(photos, "demo")
        gallery = dict(rows(clothing, "types.csv", role="gallery"))
        queries = dict(rows(clothing, "types.csv", role="query"))
        judge("A", queries, gallery, catalogue)
        judge("A-loo", queries, queries, catalogue)
        shown = dict(rows(demo, "demo.csv"))
        judge("demo", dict(rows(demo, "queries.csv")), shown, catalogue)
        strange = ARGUMENTS[1] if len(ARGUMENTS) > 1 else folder
        if strange == folder:
            make_up(folder)
        names = sorted(os.path.join(strange, name) for name in os.listdir(strange) if name.lower().endswith((".jpg", ".png")))
        for name, among in [("clothing", gallery), ("demo", shown)]:
            answers = search(names, list(among), catalogue)
            told = sum(answer.get("looksLikeNothing", False) for answer in answers)
            print(f"{told} of {len(answers)} photos of no garment look like nothing in {name}")


if __name__ == "__main__":
    main()
