import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Catalogue

/// What models take photos for, where the catalogue keeps it.
@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server")) struct TypesTests {
    private static let space = CatalogueBench.space
    private let bench: CatalogueBench

    init() async throws { bench = try await CatalogueBench() }

    /// A photo whose content, embedding and name have one number.
    private func photo(_ number: Int, _ type: Int16?, in folder: String = "shop") -> PhotoRecord {
        .photo(
            FilePath("/\(folder)/\(number).jpg"), number, embedded: CatalogueBench.embedding(of: number).values,
            type: type)
    }

    private func names(_ types: Set<Int16>, in folder: FilePath = "/", limit: Int = 100) async throws -> [String] {
        let selection = folder == "/" ? nil : PhotoSelection(folders: [PhotoSelection.Folder(folder)])
        var request = NearestRequest(selection: selection, metric: .cosine, recall: nil, tasks: 1, name: "") { $0 }
        request.types = types
        var contents = try await bench.catalogue.index(of: Self.space, for: .cosine).contents(for: request)
        let found = try await contents.nearest(limit, to: [CatalogueBench.embedding(of: 1)])
        let paths = found.answers[0].neighbors.flatMap { found.photos[$0.id] ?? [] }.map(\.path)
        return paths.filter { $0.starts(with: folder) }.compactMap(\.stem)
    }

    private func types() async throws -> [Int16] {
        let known = try await bench.catalogue.types(ofContents: bench.contents(), space: Self.space)
        return try await bench.contents().compactMap { known[$0] }
    }

    @Test func aSpaceWithoutEmbeddingsLacksNoTypes() async throws {
        #expect(try await bench.catalogue.typeCoverage(of: Self.space) == .complete)
        #expect(try await types().isEmpty)
    }

    @Test func whatIsRecordedWithTypesIsFoundByThem() async throws {
        for number in 1...30 { try await bench.record(photo(number, Int16(number % 3))) }
        #expect(try await bench.catalogue.typeCoverage(of: Self.space) == .complete)
        #expect(try await types() == (1...30).map { Int16($0 % 3) })
        #expect(try await Set(names([1])) == Set(stride(from: 1, through: 30, by: 3).map(String.init)))
        #expect(try await names([0, 2]).count == 20)
        #expect(try await names([7]).isEmpty)
        #expect(try await names([]).isEmpty)
    }

    @Test func aTypeIsOneConditionOfSeveral() async throws {
        try await bench.record(photo(1, 4, in: "a"), photo(2, 5, in: "a"), photo(3, 4, in: "b"))
        #expect(try await names([4], in: "/a") == ["1"])
        #expect(try await names([4, 5], in: "/b") == ["3"])
    }

    @Test func ofContentsThatAreEmbeddedAgainTheLastTypeCounts() async throws {
        try await bench.record(photo(1, 4))
        try await bench.record(photo(1, 5))
        #expect(try await types() == [5])
        #expect(try await names([4]).isEmpty)
    }

    @Test func anEmbeddingThatComesWithoutATypeIsMissedUntilItIsTold() async throws {
        try await bench.record(photo(1, 4), photo(2, nil))
        #expect(try await bench.catalogue.typeCoverage(of: Self.space) == .incomplete)
        try await bench.record(photo(3, 5))
        #expect(try await bench.catalogue.typeCoverage(of: Self.space) == .incomplete)
        #expect(try await types() == [4, 5])
        let first = CatalogueBench.embedding(of: 1)
        try await bench.catalogue.keepTypes(of: Self.space) { $0 == first ? 4 : 6 }
        #expect(try await bench.catalogue.typeCoverage(of: Self.space) == .complete)
        #expect(try await types() == [4, 6, 5])
        #expect(try await names([6]) == ["2"])
    }

    @Test func whatIsCopiedComesWithoutTypes() async throws {
        try await bench.record(photo(1, 4), photo(2, 5))
        let target = try await CatalogueBench()
        try await CatalogueCopy(from: bench.catalogue, to: target.catalogue).run()
        #expect(try await target.catalogue.typeCoverage(of: Self.space) == .incomplete)
    }

    @Test func eachSpaceHasItsOwn() async throws {
        try await bench.record(photo(1, 4))
        let other = PhotoRecord.photo("/shop/1.jpg", 1, embedded: [7, 8], type: 5)
        try await bench.catalogue.record([other], space: CatalogueBench.otherSpace)
        #expect(try await types() == [4])
        try await bench.catalogue.forget([CatalogueBench.otherSpace])
        #expect(try await types() == [4])
    }

    @Test func typesGoWithTheirContents() async throws {
        try await bench.record(photo(1, 4), photo(2, 5))
        let contents = try await bench.contents()
        #expect(try await bench.catalogue.forget(photos: ["/shop/1.jpg"]) == 1)
        #expect(try await bench.catalogue.types(ofContents: contents, space: Self.space).values.sorted() == [5])
    }

    @Test func aCatalogueInAFileKeepsNone() async throws {
        let catalogue = try EmbeddedBench().catalogue
        #expect(try await catalogue.typeCoverage(of: Self.space) == .none)
    }
}
