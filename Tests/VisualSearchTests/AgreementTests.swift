import SystemPackage
import Testing
import Vectors

@testable import VisualSearch

@Suite struct AgreementTests {
    /// Points on a circle, a degree apart.
    private func circle(_ degrees: [Float]) -> [Embedding] {
        degrees.map { Embedding([Float.cos($0 * .pi / 180), Float.sin($0 * .pi / 180)]) }
    }

    private let names = (0..<14).map { FilePath("\($0).jpg") }
    private let degrees = (0..<14).map { Float($0) }

    @Test func isWholeForTheSameEmbeddings() throws {
        let longer = circle(degrees).map { Embedding($0.values.map { 3 * $0 }) }
        let agreement = try Agreement(names, circle(degrees), longer)
        #expect(agreement.overlap == 1)
        #expect(abs(agreement.meanCosine - 1) < 1e-6 && abs(agreement.leastCosine - 1) < 1e-6)
    }

    @Test func namesThePhotoThatMovedFarthest() throws {
        var moved = degrees
        moved[3] += 60
        let agreement = try Agreement(names, circle(degrees), circle(moved))
        #expect(agreement.worst == "3.jpg")
        #expect(abs(agreement.leastCosine - 0.5) < 1e-5)
        #expect(abs(agreement.meanCosine - (13 + 0.5) / 14) < 1e-5)
    }

    /// Counted here by comparing angles, no two of which are as far from each other.
    @Test func countsTheNeighboursThatAreTheSame() throws {
        let before: [Float] = [0, 1, 3.1, 6.3, 10.6, 16, 22.5, 30.1, 38.8, 48.6, 59.5, 71.5, 84.6, 98.8]
        var after = before
        (after[0], after[7]) = (170, 60.3)
        func nearest(_ photo: Int, _ angles: [Float]) -> Set<Int> {
            let others = angles.indices.filter { $0 != photo }
            return Set(others.sorted { abs(angles[$0] - angles[photo]) < abs(angles[$1] - angles[photo]) }.prefix(10))
        }
        let same = names.indices.reduce(0) { $0 + nearest($1, before).intersection(nearest($1, after)).count }
        let agreement = try Agreement(names, circle(before), circle(after))
        #expect(abs(agreement.overlap - Double(same) / 140) < 1e-9 && same < 140)
    }
}

extension Float {
    fileprivate static func cos(_ angle: Float) -> Float { sin(angle + .pi / 2) }

    /// Taylor's series, on angles brought near to 0.
    fileprivate static func sin(_ angle: Float) -> Float {
        let near = Double(angle).remainder(dividingBy: 2 * .pi)
        var (term, sum) = (near, near)
        for step in 1..<12 {
            term *= -near * near / Double(2 * step * (2 * step + 1))
            sum += term
        }
        return Float(sum)
    }
}
