import SystemPackage
import Testing

@testable import Catalogue

/// Embeddings a page at a time.
@Suite struct PagingTests {
    @Test func pagesTogetherHaveEveryPhotoOfTheFolderOnce() async throws {
        let bench = try await CatalogueBench()
        for number in 1...7 { try await bench.record(.photo(FilePath("/shop/\(number).jpg"), number)) }
        try await bench.record(.photo("/shops/8.jpg", 8), .faulty("/shop/9.jpg", 9, "no picture"))
        for limit in [1, 3, 7, 100] {
            var (paths, last) = ([FilePath](), FilePath?.none)
            while true {
                let page = try await bench.catalogue.embeddings(
                    in: "/shop", after: last, limit: limit, space: CatalogueBench.space)
                guard let end = page.last else { break }
                #expect(page.count <= limit)
                paths += page.map(\.photo.path)
                last = end.photo.path
            }
            #expect(paths == (1...7).map { FilePath("/shop/\($0).jpg") })
        }
    }

    @Test func contentsComeInTheOrderOfTheirNumbersWithTheirEmbeddings() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/b.jpg", 1), .photo("/a.jpg", 2), .photo("/copy.jpg", 1))
        let all = try await bench.catalogue.embeddings(of: CatalogueBench.space, after: .min, limit: 10)
        #expect(all.map(\.embedding) == [1, 2].map(CatalogueBench.embedding))
        let rest = try await bench.catalogue.embeddings(of: CatalogueBench.space, after: all[0].content, limit: 10)
        #expect(rest.map(\.content) == [all[1].content])
        #expect(try await bench.catalogue.embeddings(of: CatalogueBench.otherSpace, after: .min, limit: 9).isEmpty)
        let named = try await bench.catalogue.embeddings(
            ofContents: [all[1].content, 999], space: CatalogueBench.space)
        #expect(named == [all[1].content: all[1].embedding])
    }

    @Test func samplesComeFromEverywhere() async throws {
        let bench = try await CatalogueBench()
        #expect(try await bench.catalogue.sample(5, of: CatalogueBench.space).map(\.embedding).isEmpty)
        for number in 1...20 { try await bench.record(.photo(FilePath("/\(number).jpg"), number)) }
        for limit in [1, 3, 10, 20, 100] {
            let sample = try await bench.catalogue.sample(limit, of: CatalogueBench.space).map(\.embedding)
            #expect(sample.count == min(limit, 20) && Set(sample).count == sample.count)
        }
        let sample = try await bench.catalogue.sample(4, of: CatalogueBench.space).map(\.embedding)
        #expect(sample == [1, 6, 11, 16].map(CatalogueBench.embedding))
    }
}
