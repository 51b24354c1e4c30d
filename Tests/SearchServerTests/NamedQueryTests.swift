import Testing
import VisualSearch

@testable import SearchServer

@Suite struct NamedQueryTests {
    private let id = PhotoID(ofFile: [1]).description

    @Test func namesPhotosByIDsAndParts() throws {
        let query = try NamedQuery(parsing: "photo@0.1,0.2,0.3,0.4 + 0.5:\(id) - \(id)", sent: ["photo": [7]])
        #expect(query.terms.map(\.weight) == [1, 0.5, -1])
        #expect(query.terms.map { $0.region != nil } == [true, false, false])
        guard case .sent(let bytes) = query.terms[0].name, case .id(let known) = query.terms[1].name else {
            Issue.record("names are not what they should be")
            return
        }
        #expect(bytes == [7] && known.description == id)
    }

    @Test(arguments: ["", "nobody", "- photo", "photo +", "photo@1", "../photo", "photo photo"])
    func refusesWhatIsNoQuery(text: String) {
        #expect(throws: Problem.self) { try NamedQuery(parsing: text, sent: ["photo": [7]]) }
    }

    @Test func takesSoManyPhotosAndNoMore() throws {
        let many = Array(repeating: id, count: 20).joined(separator: " + ")
        #expect(try NamedQuery(parsing: many, sent: [:]).terms.count == 20)
        #expect(throws: Problem.self) { try NamedQuery(parsing: many + " + " + id, sent: [:]) }
    }
}
