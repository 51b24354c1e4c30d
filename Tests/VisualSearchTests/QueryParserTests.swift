import SystemPackage
import TestSupport
import Testing
import VisualSearch

@Suite struct QueryParserTests {
    private func terms(_ text: String) throws -> [QueryTerm] { try Query(parsing: text).terms }

    private func position(_ text: String) -> Int? {
        do throws(QuerySyntaxError) {
            _ = try Query(parsing: text)
            return nil
        } catch { return error.position }
    }

    @Test(arguments: [
        "a.jpg", "some dress.jpg", "a-b+c.jpg", "a@b.jpg", "0.5.jpg", "10:30.jpg.jpg", "ü.jpg", "a +b.jpg",
    ])
    func aPathIsAPath(path: String) throws {
        guard path != "10:30.jpg.jpg" else { return #expect(try terms(path)[0].weight == 10) }
        #expect(try Query(parsing: path) == .file(FilePath(path)))
    }

    @Test func addsAndTakesAwayWithWeights() throws {
        let terms = try terms("a.jpg + 0.5:some dress.jpg - c.jpg")
        #expect(terms.map(\.weight) == [1, 0.5, -1])
        #expect(terms.map(\.photo) == [.file("a.jpg"), .file("some dress.jpg"), .file("c.jpg")])
        #expect(terms.allSatisfy { $0.region == nil })
    }

    @Test func takesPartsOfPhotos() throws {
        let terms = try terms("2:a.jpg@0.2,0.1,.5,0.4 - b.jpg@10,20,300,400")
        #expect(terms[0].region == PhotoRegion(left: 0.2, top: 0.1, width: 0.5, height: 0.4, unit: .shares))
        #expect(terms[1].region == PhotoRegion(left: 10, top: 20, width: 300, height: 400, unit: .pixels))
        #expect(terms.map(\.weight) == [2, -1])
    }

    @Test func quotationMarksHoldAnyName() throws {
        let terms = try terms("\"a + b@1,2,3,4.jpg\"@0,0,1,1 + \"c\"")
        #expect(terms.map(\.photo) == [.file("a + b@1,2,3,4.jpg"), .file("c")])
        #expect(terms[0].region != nil && terms[1].region == nil)
    }

    @Test(arguments: [
        ("", 0), ("a.jpg + ", 8), ("a.jpg + + b.jpg", 8), ("0:a.jpg", 0), ("1.2.3:a.jpg", 0), ("- a.jpg", 0),
        ("a.jpg@0.2,0.1,x,0.4", 5), ("a.jpg@1,2,3", 5), ("a.jpg@0,0,0,1", 5), ("a.jpg@-1,0,1,1", 5), ("\"a.jpg", 0),
        ("\"a\" \"b\"", 4), ("a.jpg@0,0,1,1 b.jpg", 14),
    ])
    func pointsAtWhatIsWrong(text: String, place: Int) {
        #expect(position(text) == place)
    }

    @Test func marksThePlaceBelowTheQuery() throws {
        let error = try #require(throws: QuerySyntaxError.self) { try Query(parsing: "a.jpg + 0:b.jpg") }
        #expect(error.description.hasSuffix("\n  a.jpg + 0:b.jpg\n          ^"))
    }

    @Test func neitherTrapsNorForgetsOnAnyText() throws {
        var random = SeededRandom(seed: 21)
        let characters = Array("a.1 +-@,:\"ü\t")
        for _ in 0..<3000 {
            let text = String(
                (0..<Int.random(in: 0...14, using: &random)).map { _ in characters.randomElement(using: &random)! })
            do throws(QuerySyntaxError) {
                let terms = try Query(parsing: text).terms
                #expect(terms.contains { $0.weight > 0 })
            } catch { #expect((0...text.count).contains(error.position) && error.text == text) }
        }
    }
}
