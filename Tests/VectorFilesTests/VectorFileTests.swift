import SectionFiles
import SystemPackage
import TestSupport
import Testing
import VectorFiles

@testable import Vectors

@Suite struct VectorFileTests {
    @Test(arguments: [(0, 5, 1), (1, 1, 1), (40, 3, 1), (100, 64, 4), (300, 130, 7)])
    func isReadAsItWasWritten(count: Int, dimension: Int, partitions: Int) async throws {
        let folder = TemporaryFolder()
        let (path, vectors) = (folder.path.appending("block"), vectors(count, dimension))
        try await VectorFile.write(source(vectors, dimension), partitions: partitions, to: path, identity: .some)
        try VectorFile.verify(path, identity: .some)
        var (mapped, inMemory) = (VectorIndex(dimension: dimension), VectorIndex(dimension: dimension))
        mapped.insert(try VectorFile.open(path, identity: .some))
        for (id, vector) in vectors.enumerated() { try inMemory.insert(Int64(id) * 3, vector) }
        #expect(mapped.count == count)
        for metric in Metric.allCases {
            for query in vectors.prefix(5) {
                let found = try mapped.nearest(12, to: query, metric: metric).neighbors
                #expect(try found == inMemory.nearest(12, to: query, metric: metric).neighbors)
            }
        }
    }

    @Test func isNotOpenedForAnythingElse() async throws {
        let folder = TemporaryFolder()
        let path = folder.path.appending("block")
        try await VectorFile.write(source(vectors(5, 7), 7), partitions: 1, to: path, identity: .some)
        let other = try #require(SectionFile.Identity(bytes: Array(2...17)))
        #expect(throws: SectionFileError.self) { try VectorFile.open(path, identity: other) }
        #expect(throws: SectionFileError.self) { try VectorFile.verify(path, identity: other) }
    }

    @Test func noticesAVectorThatIsNotWhatWasWritten() async throws {
        let folder = TemporaryFolder()
        let (path, vectors) = (folder.path.appending("block"), vectors(50, 70))
        try await VectorFile.write(source(vectors, 70), partitions: 1, to: path, identity: .some)
        try flip(path, at: try place(of: "vectors", in: path) + 33 * 70 * 4)
        #expect(throws: SectionFileError.damaged(path, section: "vectors")) {
            try VectorFile.verify(path, identity: .some)
        }
        var index = VectorIndex(dimension: 70)
        index.insert(try VectorFile.open(path, identity: .some))
        #expect(throws: VectorError.damaged) { try index.nearest(50, to: vectors[0]) }
    }

    @Test func noticesTailsThatAreNotWhatWasWritten() async throws {
        let folder = TemporaryFolder()
        let (path, vectors) = (folder.path.appending("block"), vectors(9000, 70))
        try await VectorFile.write(source(vectors, 70), partitions: 1, to: path, identity: .some)
        try flip(path, at: try place(of: "tails", in: path) + 8999 * 128)
        #expect(throws: SectionFileError.damaged(path, section: "tails")) {
            try VectorFile.verify(path, identity: .some)
        }
        var index = VectorIndex(dimension: 70)
        index.insert(try VectorFile.open(path, identity: .some))
        let opposite = Embedding(vectors[0].values.map { -$0 })
        #expect(throws: VectorError.damaged) { try index.nearest(10, to: opposite) }
    }

    @Test(arguments: [
        "about", "mean", "basis", "centroids", "starts", "ids", "order", "heads", "offsets", "norms", "headScales",
        "headErrors", "tailLengths", "tailScales", "tailErrors", "signs", "byteScales", "byteErrors",
        "checksums",
    ])
    func isNotOpenedWhereAnySectionIsDamaged(section: String) async throws {
        let folder = TemporaryFolder()
        let path = folder.path.appending("block")
        try await VectorFile.write(source(vectors(50, 70), 70), partitions: 2, to: path, identity: .some)
        try flip(path, at: try place(of: section, in: path) + 3)
        #expect(throws: SectionFileError.damaged(path, section: section)) { try VectorFile.open(path, identity: .some) }
    }

    /// Each is a file of sections that is whole, and says what cannot be.
    @Test(arguments: [
        #"{}"#, "", "[1]",
        #"{"dimension":70,"headBytes":32,"longestHead":1,"partitions":2,"slots":1000,"tailWords":2,"vectors":50}"#,
        #"{"dimension":-70,"headBytes":32,"longestHead":1,"partitions":2,"slots":64,"tailWords":2,"vectors":50}"#,
        #"{"dimension":70,"headBytes":36,"longestHead":1,"partitions":2,"slots":64,"tailWords":2,"vectors":50}"#,
        #"{"dimension":70,"headBytes":32,"longestHead":1,"partitions":2,"slots":64,"tailWords":9,"vectors":50}"#,
        #"{"dimension":70,"headBytes":32,"longestHead":1,"partitions":0,"slots":64,"tailWords":2,"vectors":50}"#,
        #"{"dimension":70,"headBytes":32,"longestHead":1,"partitions":2,"slots":64,"tailWords":2,"vectors":65}"#,
        #"{"dimension":4611686018427387904,"headBytes":32,"longestHead":1,"partitions":2,"slots":64,"tailWords":2,"vectors":50}"#,
    ])
    func isNotOpenedWhereItSaysWhatCannotBe(about: String) async throws {
        let folder = TemporaryFolder()
        let (path, other) = (folder.path.appending("block"), folder.path.appending("other"))
        try await VectorFile.write(source(vectors(50, 70), 70), partitions: 2, to: path, identity: .some)
        try rewrite(path, as: other) { $0 == "about" ? [UInt8](about.utf8) : nil }
        #expect(throws: SectionFileError.self) { try VectorFile.open(other, identity: .some) }
    }

    @Test(arguments: ["starts", "order"])
    func isNotOpenedWhereItNamesSlotsThatThereAreNot(section: String) async throws {
        let folder = TemporaryFolder()
        let (path, other) = (folder.path.appending("block"), folder.path.appending("other"))
        try await VectorFile.write(source(vectors(50, 70), 70), partitions: 2, to: path, identity: .some)
        let length = try SectionFile(mapping: path, kind: "vectors").section(section).bytes.count
        try rewrite(path, as: other) { $0 == section ? [UInt8](repeating: 0xFF, count: length) : nil }
        #expect(throws: SectionFileError.self) { try VectorFile.open(other, identity: .some) }
    }

    private func vectors(_ count: Int, _ dimension: Int) -> [Embedding] {
        var random = SeededRandom(seed: UInt64(count + dimension))
        return (0..<count).map { _ in
            Embedding((0..<dimension).map { _ in Float.random(in: -0.3...1, using: &random) })
        }
    }

    /// Numbered by threes.
    private func source(_ vectors: [Embedding], _ dimension: Int) -> VectorSource {
        VectorSource(
            ids: vectors.indices.map { Int64($0) * 3 }, rows: Numbers(vectors.flatMap(\.values)), dimension: dimension)
    }

    private func place(of section: String, in path: FilePath) throws -> Int {
        let file = try SectionFile(mapping: path, kind: "vectors")
        let before = file.sections.prefix { $0.name != section }
        return before.reduce(4096) { $0 + ($1.bytes.count + 4095) / 4096 * 4096 }
    }

    private func flip(_ path: FilePath, at place: Int) throws {
        let file = try FileDescriptor.open(path, .readWrite)
        try file.closeAfter {
            var byte: [UInt8] = [0]
            _ = try byte.withUnsafeMutableBytes { try file.read(fromAbsoluteOffset: Int64(place), into: $0) }
            byte[0] ^= 4
            _ = try byte.withUnsafeBytes { try file.write(toAbsoluteOffset: Int64(place), $0) }
        }
    }

    private func rewrite(_ path: FilePath, as other: FilePath, _ replaced: (String) -> [UInt8]?) throws {
        let file = try SectionFile(mapping: path, kind: "vectors")
        var writer = try SectionFileWriter(other, kind: "vectors", identity: file.identity)
        for section in file.sections {
            try writer.begin(section.name)
            try writer.append(replaced(section.name) ?? Array(section.bytes))
        }
        try writer.finish()
    }
}

extension SectionFile.Identity {
    fileprivate static let some = SectionFile.Identity(bytes: Array(1...16))!
}
