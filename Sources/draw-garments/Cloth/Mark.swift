/// A shape in one colour, woven into a cloth.
struct Mark: Sendable {
    let outline: Outline
    let colour: Colour
    var opacity = 1.0

    static func band(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ colour: Colour, _ opacity: Double = 1
    )
        -> Mark
    {
        polygon(
            [Point(x, y), Point(x + width, y), Point(x + width, y + height), Point(x, y + height)], colour, opacity)
    }

    static func polygon(_ points: [Point], _ colour: Colour, _ opacity: Double = 1) -> Mark {
        let outline = points.dropFirst().reduce(Outline(from: points[0])) { $0.line(to: $1) }
        return Mark(outline: outline.line(to: points[0]).closed(), colour: colour, opacity: opacity)
    }

    func moved(_ move: (Point) -> Point) -> Mark {
        Mark(outline: outline.moved(move), colour: colour, opacity: opacity)
    }

    /// Split until no straight run is longer than about `length`.
    func bendable(every length: Double) -> Mark {
        var mark = self
        while mark.outline.longestRun > length {
            mark = Mark(outline: mark.outline.halved, colour: colour, opacity: opacity)
        }
        return mark
    }

    var element: Element {
        .path(outline, ["fill": colour, "fill-opacity": opacity])
    }
}
