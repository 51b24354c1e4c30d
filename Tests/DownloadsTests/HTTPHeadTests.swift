import Testing

@testable import Downloads

@Suite struct HTTPHeadTests {
    @Test func isTheLastOfSeveral() {
        let head = head("HTTP/1.1 103 Early Hints", "ETag: \"a\"", "", "HTTP/2 200", "Content-Length: 12", "")
        #expect(head.status == 200 && head.length == 12 && head.validator == nil)
    }

    @Test(
        arguments: [
            (["ETag: \"a\"", "Last-Modified: b"], "\"a\""), (["etag:W/\"a\"", "LAST-MODIFIED:  b"], "b"),
            (["ETag: W/\"a\""], nil),
            ([], nil),
        ] as [([String], String?)])
    func namesAVersionThatStandsForTheSameBytes(fields: [String], validator: String?) {
        #expect(head(fields).validator == validator)
    }

    @Test(
        arguments: [
            ("bytes 100-199/200", 100, 200), ("bytes 0-0/*", 0, nil), ("bytes */200", nil, 200),
            ("bytes 99999999999999999999-1/2", nil, 2),
        ] as [(String, Int?, Int?)])
    func saysWhichPartThereIs(field: String, start: Int?, total: Int?) throws {
        let range = try #require(head("Content-Range: \(field)").range)
        #expect(range.start == start && range.total == total)
    }

    @Test(arguments: ["", "bytes", "bytes 1-2", "lines 1-2/3", "bytes /"])
    func saysNothingOfAPartThatIsNone(field: String) {
        #expect(head("Content-Range: \(field)").range == nil)
    }

    @Test(arguments: ["Content-Length", "Content-Length: many", "Content-Length: 99999999999999999999", ": 1", ""])
    func hasNoLengthWhereNoneIsSaid(line: String) {
        #expect(head("HTTP/1.1 200 OK", line).length == nil)
    }

    @Test(arguments: ["HTTP/1.1", "HTTP/1.1 OK", "HTTP/"])
    func hasNoStatusWhereNoneIsSaid(line: String) {
        #expect(head(line).status == 0)
    }

    private func head(_ lines: String...) -> HTTPHead { head(lines) }

    private func head(_ lines: [String]) -> HTTPHead {
        lines.reduce(into: HTTPHead()) { $0.take($1) }
    }
}
