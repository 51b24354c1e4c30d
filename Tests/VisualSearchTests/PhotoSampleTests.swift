import Imaging
import SystemPackage
import TestSupport
import Testing

@testable import VisualSearch

@Suite struct PhotoSampleTests {
    private let input = InputSpec(side: 8, framing: .squash, filter: .triangle, mean: [0, 0, 0], scale: [1, 1, 1])

    @Test(arguments: [(3, 9, [0, 3, 6]), (4, 6, [0, 1, 3, 4]), (5, 3, [0, 1, 2]), (2, 0, [])])
    func choosesEvenly(count: Int, total: Int, places: [Int]) {
        #expect(PhotoSample.places(count, of: total) == places)
    }

    @Test func leavesOutWhatCannotBeReadAndSplitsTheRestWithoutOverlap() throws {
        let folder = TemporaryFolder()
        var paths = try (1...6).map { try folder.write(Swatch($0).png, to: "\($0).png") }
        paths.insert(try folder.write([1, 2, 3], to: "broken.png"), at: 2)
        paths.append("/nowhere.png")
        let sample = try PhotoSample(paths, framedFor: [input]) { _ in }
        #expect(sample.count == 6 && sample.images.allSatisfy { $0.pictures[0].width == 8 })
        let (chosen, rest) = sample.split(2)
        #expect(chosen.count == 2 && rest.count == 4)
        #expect(Set(chosen.paths + rest.paths) == Set(sample.paths))
    }
}
