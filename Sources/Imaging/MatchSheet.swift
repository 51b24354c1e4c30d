/// Two photos side by side, what matches in them joined by lines, and how their likeness comes about below.
public struct MatchSheet: Sendable {
    /// A part of the left photo and one of the right that are alike.
    public struct Link: Sendable, Hashable {
        let left: PictureShare
        let right: PictureShare

        /// Takes shares of the two photos.
        public init(left: PictureShare, right: PictureShare) { (self.left, self.right) = (left, right) }
    }

    /// One line below the photos.
    public struct Bar: Sendable, Hashable {
        let title: String
        let value: String
        let length: Double
        let share: Double

        /// `length` is how much of the bar is filled, and `share` how much it counts, both from 0 to 1.
        public init(title: String, value: String, length: Double, share: Double) {
            (self.title, self.value, self.length, self.share) = (title, value, length, share)
        }
    }

    /// The space for each of the photos, in pixels.
    public static let photo = ImageSize(width: 480, height: 560)
    private static let margin = 24
    private static let between = 150
    private static let barHeight = 30
    private static let titleHeight = 40
    /// Told apart by most people who do not see all colours (Okabe & Ito 2008).
    private static let colours = [
        Colour(red: 230, green: 159, blue: 0), Colour(red: 86, green: 180, blue: 233),
        Colour(red: 0, green: 158, blue: 115),
        Colour(red: 240, green: 228, blue: 66), Colour(red: 0, green: 114, blue: 178),
        Colour(red: 213, green: 94, blue: 0),
        Colour(red: 204, green: 121, blue: 167), Colour(red: 90, green: 90, blue: 90),
    ]

    private let left: PixelImage
    private let right: PixelImage
    private let links: [Link]
    private let title: String
    private let bars: [Bar]

    /// Takes photos no larger than `photo`.
    public init(left: PixelImage, right: PixelImage, links: [Link], title: String, bars: [Bar]) {
        (self.left, self.right, self.links, self.title, self.bars) = (left, right, links, title, bars)
    }

    /// The strongest link is drawn last, above all others.
    public func drawn() throws(ImageError) -> PixelImage {
        let width = 2 * Self.margin + 2 * Self.photo.width + Self.between
        let foot = 2 * Self.margin + Self.titleHeight + bars.count * Self.barHeight
        var canvas = Canvas(
            size: ImageSize(width: width, height: Self.photo.height + Self.margin + foot), background: .white)
        let (leftPlace, rightPlace) = (place(of: left, column: 0), place(of: right, column: 1))
        canvas.draw(left, left: leftPlace.x, top: leftPlace.y)
        canvas.draw(right, left: rightPlace.x, top: rightPlace.y)
        for (number, link) in links.enumerated().reversed() {
            let colour = Self.colours[number % Self.colours.count]
            draw(link, in: colour, at: (leftPlace, rightPlace), on: &canvas)
        }
        try drawFoot(on: &canvas, width: width)
        return canvas.image
    }

    private func place(of photo: PixelImage, column: Int) -> (x: Int, y: Int) {
        (
            Self.margin + column * (Self.photo.width + Self.between) + (Self.photo.width - photo.width) / 2,
            Self.margin + (Self.photo.height - photo.height) / 2
        )
    }

    private func draw(
        _ link: Link, in colour: Colour, at places: (left: (x: Int, y: Int), right: (x: Int, y: Int)),
        on canvas: inout Canvas
    ) {
        let from = draw(link.left, of: left, at: places.left, in: colour, on: &canvas)
        let to = draw(link.right, of: right, at: places.right, in: colour, on: &canvas)
        let (start, end) = ((x: from.right, y: from.middle), (x: to.left, y: to.middle))
        canvas.drawLine(from: start, to: end, width: 5, in: .white)
        canvas.drawLine(from: start, to: end, width: 3, in: colour)
    }

    /// Returns where the part’s left and right edges are, and its middle between the upper and the lower one.
    private func draw(
        _ share: PictureShare, of photo: PixelImage, at place: (x: Int, y: Int), in colour: Colour,
        on canvas: inout Canvas
    ) -> (left: Double, right: Double, middle: Double) {
        let (across, down) = (Double(photo.width), Double(photo.height))
        let left = Double(place.x) + share.left * across
        let top = Double(place.y) + share.top * down
        let (right, bottom) = (left + share.width * across, top + share.height * down)
        canvas.drawOutline(left: left, top: top, right: right, bottom: bottom, width: 5, in: .white)
        canvas.drawOutline(left: left, top: top, right: right, bottom: bottom, width: 3, in: colour)
        return (left, right, (top + bottom) / 2)
    }

    private func drawFoot(on canvas: inout Canvas, width: Int) throws(ImageError) {
        var top = Self.photo.height + 2 * Self.margin
        let space = width - 2 * Self.margin
        let title = try Lettering(points: 20, bold: true).mask(self.title, fitting: space)
        canvas.draw(title, in: .ink, left: Self.margin, top: top)
        top += Self.titleHeight
        for bar in bars {
            try draw(bar, top: top, space: space, on: &canvas)
            top += Self.barHeight
        }
    }

    private func draw(_ bar: Bar, top: Int, space: Int, on canvas: inout Canvas) throws(ImageError) {
        let (start, value) = (Self.margin + 250, 330)
        canvas.draw(
            try Lettering(points: 15).mask(bar.title, fitting: 240), in: .ink, left: Self.margin, top: top)
        let most = Double(space - 250 - value)
        let y = Double(top + 10)
        let track = Colour(red: 232, green: 232, blue: 232)
        canvas.drawLine(
            from: (x: Double(start), y: y), to: (x: Double(start) + most * bar.share, y: y), width: 12, in: track)
        canvas.drawLine(
            from: (x: Double(start), y: y), to: (x: Double(start) + most * bar.share * bar.length, y: y), width: 12,
            in: Self.colours[4])
        canvas.draw(
            try Lettering(points: 15).mask(bar.value, fitting: value - 10), in: .faintInk,
            left: Self.margin + space - value + 10, top: top)
    }
}
