"""Photos to search, as they are found in real folders: copies, a re-saved one, a broken one, names that mean harm."""
import base64, csv, itertools, os, pathlib, random, shutil, struct, subprocess, zlib

from serving import PROGRAM

DATA = pathlib.Path(os.environ.get("LOOKALIKE_DATA", pathlib.Path(__file__).parents[2] / "../shared/data")).resolve()
OF_EACH_TYPE = 15
MARKUP = "<img src=x onerror=alert(1)>.jpg"
TURNED = "dress-\u202egpj.exe.jpg"

RESAVE = """
const [source, width, done] = arguments;
const image = new Image();
image.onload = () => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = Math.round(image.height * width / image.width);
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  done(canvas.toDataURL('image/jpeg', 0.8).split(',')[1]);
};
image.src = source;
"""


class Photos:
    """The folder that is searched, and photos beside it to search with."""

    def __init__(self, folder, driver):
        self.shop, self.beside = folder / "shop", folder / "beside"
        self.beside.mkdir(parents=True)
        self.query = self.beside / "My dress.jpg"
        (take_clothing if (DATA / "clothing").is_dir() else draw_garments)(self.shop, self.query)
        self.dresses = sorted((self.shop / "dress").iterdir())
        self.copied, self.resaved = self.dresses[:2]
        self.add_copies(driver)
        self.add_names()
        (self.shop / "broken.jpg").write_bytes(b"This is no photo.")
        self.no_photo = self.beside / "letter.jpg"
        self.no_photo.write_bytes(b"Neither is this.")
        self.noise = self.beside / "noise.png"
        self.noise.write_bytes(noise(256))

    def add_copies(self, driver):
        copies = self.shop / "copies"
        copies.mkdir()
        shutil.copy(self.copied, copies / "First copy.jpg")
        shutil.copy(self.copied, copies / "Second copy.jpg")
        (copies / f"{self.resaved.stem} smaller.jpg").write_bytes(resaved(driver, self.resaved, 300))

    def add_names(self):
        names = self.shop / "names"
        names.mkdir()
        self.dresses.pop().rename(names / MARKUP)
        self.dresses.pop().rename(names / TURNED)

    def many(self, folder, times):
        """As many files as keep a run busy: each is a photo with other bytes after its end."""
        folder.mkdir()
        photos = [path.read_bytes() for path in self.shop.glob("*/*-*.jpg")]
        for index, (photo, count) in enumerate(itertools.product(photos, range(times))):
            (folder / f"photo-{index:05}.jpg").write_bytes(photo + struct.pack(">I", count))
        (folder / "broken.jpg").write_bytes(b"This is no photo.")
        return folder


def take_clothing(shop, query):
    with open(DATA / "clothing/types-small.csv") as table:
        rows = list(csv.DictReader(table))
    by_type = lambda row: row["label"]
    gallery = sorted((row for row in rows if row["role"] == "gallery"), key=by_type)
    for label, group in itertools.groupby(gallery, by_type):
        (shop / label).mkdir(parents=True)
        for number, row in enumerate(itertools.islice(group, OF_EACH_TYPE), 1):
            shutil.copy(DATA / "clothing" / row["path"], shop / label / f"{label}-{number:02}.jpg")
    asked = next(row for row in rows if row["role"] == "query" and row["label"] == "dress")
    shutil.copy(DATA / "clothing" / asked["path"], query)


def draw_garments(shop, query):
    """Where there are no photos, pictures are drawn by the program for that, which is built beside this one."""
    drawn = query.parent / "drawn"
    subprocess.run([os.path.join(os.path.dirname(PROGRAM), "draw-garments"), drawn], check=True, stdout=subprocess.DEVNULL)
    for picture in sorted((drawn / "catalogue").glob("*-front.*")):
        folder = shop / picture.name.split("-")[0]
        folder.mkdir(parents=True, exist_ok=True)
        picture.rename(folder / picture.name)
    (drawn / "queries/floral-dress.jpg").rename(query)
    shutil.rmtree(drawn)


def resaved(driver, path, width):
    """The photo, smaller and compressed once more, by the browser that is there anyway."""
    source = "data:image/jpeg;base64," + base64.b64encode(path.read_bytes()).decode()
    driver.get("about:blank")
    return base64.b64decode(driver.execute_async_script(RESAVE, source, width))


def noise(side):
    """A picture of no garment."""
    draw = random.Random(1)
    rows = b"".join(b"\0" + draw.randbytes(side) for _ in range(side))
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
