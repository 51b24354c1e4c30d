import TestSupport
import Testing

@testable import SearchServer

@Suite struct MultipartTests {
    private func body(_ parts: [(head: String, contents: [UInt8])], boundary: String = "b") -> [UInt8] {
        parts.flatMap { Array("--\(boundary)\r\n\($0.head)\r\n\r\n".utf8) + $0.contents + Array("\r\n".utf8) }
            + Array("--\(boundary)--\r\n".utf8)
    }

    @Test(arguments: [
        "multipart/form-data; boundary=b", "Multipart/Form-Data;boundary=\"b\"",
        "multipart/form-data; charset=utf-8; boundary=b",
    ])
    func findsTheBoundary(type: String) { #expect(Multipart.boundary(in: type) == "b") }

    @Test(arguments: [
        "", "multipart/form-data", "multipart/mixed; boundary=b", "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + String(repeating: "b", count: 71),
    ])
    func findsNoneWhereThereIsNone(type: String) { #expect(Multipart.boundary(in: type) == nil) }

    @Test func takesPartsApart() throws {
        let parts = try Multipart(
            body([
                ("Content-Disposition: form-data; name=\"k\"", Array("3".utf8)),
                (
                    "content-disposition: form-data; name=photo; filename=\"a.png\"\r\nContent-Type: image/png",
                    [13, 10, 45, 45]
                ),
                ("Content-Type: image/png\r\nContent-Disposition: form-data; name=\"other\"", []),
            ]), boundary: "b"
        ).parts
        #expect(parts.map(\.name) == ["k", "photo", "other"])
        #expect(parts.map(\.isFile) == [false, true, true])
        #expect(parts.map { Array($0.contents) } == [Array("3".utf8), [13, 10, 45, 45], []])
    }

    @Test func givesBackAnyContents() throws {
        var random = SeededRandom(seed: 7)
        for length in [0, 1, 2, 100, 5000] {
            // Full of what boundaries are made of.
            let contents = (0..<length).map { _ in [13, 10, 45, 98, 0].randomElement(using: &random)! as UInt8 }
            guard !contents.contains("\r\n--b".utf8) else { continue }
            let parts = try Multipart(body([("Content-Disposition: form-data; name=x", contents)]), boundary: "b").parts
            #expect(parts.map { Array($0.contents) } == [contents])
        }
    }

    @Test func refusesWhatBreaksOffAnywhere() throws {
        let whole = body([("Content-Disposition: form-data; name=x", [1, 2, 3])])
        for length in 0..<(whole.count - 4) {
            #expect(throws: Problem.self) { try Multipart(Array(whole[..<length]), boundary: "b") }
        }
    }

    @Test func refusesPartsWithoutNamesAndTooMany() {
        let nameless = body([("Content-Disposition: form-data", [1])])
        #expect(throws: Problem.self) { try Multipart(nameless, boundary: "b") }
        let many = body(Array(repeating: ("Content-Disposition: form-data; name=x", [1]), count: 101))
        #expect(throws: Problem.self) { try Multipart(many, boundary: "b") }
    }

    @Test func neverTrapsOnWhateverComes() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<2000 {
            let pieces = ["--b", "\r\n", "--", "\r\n\r\n", "Content-Disposition: form-data; name=x", ";", "\"", "x"]
            let bytes = (0..<12).flatMap { _ in Array(pieces.randomElement(using: &random)!.utf8) }
            _ = try? Multipart(bytes, boundary: "b")
        }
    }
}
