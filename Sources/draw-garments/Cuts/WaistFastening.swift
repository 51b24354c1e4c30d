/// What keeps trousers and shorts up.
enum WaistFastening: Sendable {
    case button, drawstring, belt

    /// On a waistband `band` high whose lower right corner is at `waist`.
    func layers(_ view: View, at waist: Point, band: Double) -> [Layer] {
        let middle = Point(0, waist.y - band / 2 + (view == .front ? 5.5 : 1))
        switch self {
        case .button: return loops(at: waist, band: band) + (view == .front ? [.button(middle, radius: 3.8)] : [])
        case .drawstring: return view == .front ? strings(from: middle) : []
        case .belt: return belt(at: waist, band: band, middle: middle) + loops(at: waist, band: band)
        }
    }

    private func strings(from middle: Point) -> [Layer] {
        [(-7.0, -15.0, 50.0), (7, 11, 58)].map { start, end, length in
            .cord(Outline(from: middle + Point(start, 0)).bow(to: middle + Point(end, length), by: end * 0.5))
        }
    }

    private func loops(at waist: Point, band: Double) -> [Layer] {
        let height = band + 1
        let x = waist.x * 0.58
        let top = waist.y - band + 1
        let loop = Outline(from: Point(x - 2.6, top)).line(to: Point(x + 2.6, top)).line(to: Point(x + 3, top + height))
            .line(to: Point(x - 2.2, top + height)).closed()
        return Layer.pair(Panel(outline: loop, isSewnOn: true))
    }

    private func belt(at waist: Point, band: Double, middle: Point) -> [Layer] {
        let half = band * 0.3
        let side = Point(waist.x - 0.5, waist.y - band / 2)
        let outline = Outline(from: middle - Point(0, half)).bow(to: side - Point(0, half), by: -1)
            .line(to: side + Point(0.5, half)).bow(to: middle + Point(0, half), by: 1)
        return [.panel(outline.withMirrorImage, .trim), .button(middle, radius: half * 0.9)]
    }
}
