extension Canvas {
    /// Draws a straight line with round ends and smooth edges, `width` pixels wide, between two points in pixels.
    public mutating func drawLine(
        from start: (x: Double, y: Double), to end: (x: Double, y: Double), width: Double, in colour: Colour
    ) {
        let reach = width / 2 + 1
        let (left, right) = (min(start.x, end.x) - reach, max(start.x, end.x) + reach)
        let (top, bottom) = (min(start.y, end.y) - reach, max(start.y, end.y) + reach)
        let box = ImageSize(width: Int((right - left).rounded(.up)) + 1, height: Int((bottom - top).rounded(.up)) + 1)
        let origin = (x: Int(left.rounded(.down)), y: Int(top.rounded(.down)))
        var coverage = [UInt8](repeating: 0, count: box.area)
        for row in 0..<box.height {
            for column in 0..<box.width {
                let centre = (x: Double(origin.x + column) + 0.5, y: Double(origin.y + row) + 0.5)
                let inside = width / 2 + 0.5 - distance(of: centre, from: start, to: end)
                coverage[row * box.width + column] = UInt8(min(max(0, inside), 1) * 255)
            }
        }
        draw(Mask(size: box, coverage: coverage), in: colour, left: origin.x, top: origin.y)
    }

    /// Draws the outline of a rectangle, `width` pixels wide.
    public mutating func drawOutline(
        left: Double, top: Double, right: Double, bottom: Double, width: Double, in colour: Colour
    ) {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        for (start, end) in zip(corners, corners.dropFirst()) {
            drawLine(from: (x: start.0, y: start.1), to: (x: end.0, y: end.1), width: width, in: colour)
        }
    }

    private func distance(
        of point: (x: Double, y: Double), from start: (x: Double, y: Double), to end: (x: Double, y: Double)
    ) -> Double {
        let (across, down) = (end.x - start.x, end.y - start.y)
        let square = across * across + down * down
        let share = square > 0 ? ((point.x - start.x) * across + (point.y - start.y) * down) / square : 0
        let nearest = min(max(0, share), 1)
        let (x, y) = (point.x - start.x - nearest * across, point.y - start.y - nearest * down)
        return (x * x + y * y).squareRoot()
    }
}
