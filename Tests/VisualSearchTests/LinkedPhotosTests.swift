import SystemPackage
import TestSupport
import Testing

@testable import VisualSearch

@Suite struct LinkedPhotosTests {
    private func groups(_ links: [(FilePath, FilePath, Float)]) -> [Set<FilePath>: Float] {
        var photos = LinkedPhotos()
        for (photo, other, strength) in links { photos.link(photo, other, strength) }
        return Dictionary(uniqueKeysWithValues: photos.groups.map { (Set($0.photos), $0.weakest) })
    }

    @Test func hangTogetherThroughOthers() {
        #expect(
            groups([("/a", "/b", 0.9), ("/c", "/d", 0.99), ("/e", "/f", 1), ("/b", "/c", 0.95)])
                == [["/a", "/b", "/c", "/d"]: 0.9, ["/e", "/f"]: 1])
        #expect(groups([]).isEmpty)
    }

    @Test(arguments: 0..<20)
    func areTheSameInWhateverOrderLinksCome(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let links = (0..<40).map { _ in
            let ends = (0..<2).map { _ in FilePath("/\(Int.random(in: 0...60, using: &random))") }
            return (ends[0], ends[1], Float.random(in: 0.9...1, using: &random))
        }
        #expect(groups(links) == groups(links.shuffled(using: &random).map { ($0.1, $0.0, $0.2) }))
    }
}
