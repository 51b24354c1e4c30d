/// A query at the left, large, and what was found at the right, in rows by rank.
public struct ContactSheet: Sendable {
    /// A picture with what is written under it.
    public struct Entry: Sendable {
        let image: PixelImage
        let title: String
        let caption: String

        /// Title and caption are one line each, cut in the middle where they are too wide.
        public init(image: PixelImage, title: String, caption: String) {
            self.image = image
            self.title = title
            self.caption = caption
        }
    }

    /// Where things lie, in pixels, on a sheet for so many results.
    public struct Layout: Sendable {
        private static let widestCell = 200
        private static let widestGrid = 3600
        private static let narrowestCell = 40
        static let margin = 16
        static let gap = 12
        static let captionHeight = 42

        let columns: Int
        let rows: Int
        /// The space for one found picture, without its caption.
        public let cell: ImageSize

        /// About twice as many columns as rows; cells are 200 pixels wide, and narrower where columns are many.
        public init(resultCount: Int) {
            let count = Double(max(1, resultCount))
            columns = min(max(1, resultCount), max(4, Int((count * 2).squareRoot().rounded(.up))))
            rows = max(1, (resultCount + columns - 1) / columns)
            let width = min(Self.widestCell, max(Self.narrowestCell, Self.widestGrid / columns))
            cell = ImageSize(width: width, height: width * 4 / 3)
        }

        /// The space for the query, without its caption.
        public var query: ImageSize {
            ImageSize(
                width: Self.widestCell * 2 + Self.gap, height: Self.widestCell * 8 / 3 + Self.gap + Self.captionHeight)
        }

        /// The whole sheet with margins and captions, in pixels.
        public var size: ImageSize {
            let grid = Self.margin + rows * (rowHeight + Self.gap)
            return ImageSize(
                width: gridLeft + columns * (cell.width + Self.gap) - Self.gap + Self.margin,
                height: max(grid, query.height + Self.captionHeight + 2 * Self.margin))
        }

        var rowHeight: Int { cell.height + Self.captionHeight }
        var gridLeft: Int { Self.margin + query.width + 3 * Self.gap }

        func place(of index: Int) -> (left: Int, top: Int) {
            (
                gridLeft + index % columns * (cell.width + Self.gap),
                Self.margin + index / columns * (rowHeight + Self.gap)
            )
        }
    }

    let query: Entry
    let results: [Entry]

    /// Takes the results by rank, and pictures no larger than the `Layout` for so many has space for.
    public init(query: Entry, results: [Entry]) {
        self.query = query
        self.results = results
    }

    /// Traps where the pictures are larger than the layout for so many results has space for.
    public func drawn() throws(ImageError) -> PixelImage {
        let layout = Layout(resultCount: results.count)
        var canvas = Canvas(size: layout.size, background: .white)
        try canvas.draw(query, in: layout.query, left: Layout.margin, top: Layout.margin)
        for (index, result) in results.enumerated() {
            let (left, top) = layout.place(of: index)
            try canvas.draw(result, in: layout.cell, left: left, top: top)
        }
        return canvas.image
    }

    /// Sheets of several queries as one picture, from the top down.
    public static func stacked(_ sheets: [PixelImage]) -> PixelImage {
        let size = ImageSize(width: sheets.map(\.width).max() ?? 1, height: sheets.reduce(0) { $0 + $1.height })
        var canvas = Canvas(size: size, background: .white)
        var top = 0
        for sheet in sheets {
            canvas.draw(sheet, left: 0, top: top)
            top += sheet.height
        }
        return canvas.image
    }
}

extension Canvas {
    private static let title = Lettering(points: 14, bold: true)
    private static let caption = Lettering(points: 11)

    /// Centres a picture at the foot of its space, and writes under it what it is.
    fileprivate mutating func draw(_ entry: ContactSheet.Entry, in space: ImageSize, left: Int, top: Int)
        throws(ImageError)
    {
        let image = entry.image
        precondition(image.width <= space.width && image.height <= space.height)
        draw(image, left: left + (space.width - image.width) / 2, top: top + space.height - image.height)
        let foot = top + space.height + 6
        draw(try Self.title.mask(entry.title, fitting: space.width), in: .ink, left: left, top: foot)
        draw(try Self.caption.mask(entry.caption, fitting: space.width), in: .faintInk, left: left, top: foot + 19)
    }
}
