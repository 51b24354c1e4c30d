import SystemPackage
import TestSupport
import Testing

@testable import VisualSearch

@Suite struct EvaluationProtocolTests {
    private let folder = TemporaryFolder()

    private func table(_ text: String, name: String = "photos.csv") throws -> PhotoTable {
        try PhotoTable(csv: folder.write(Array(text.utf8), to: name))
    }

    private let text = """
        path,label,role,cloth
        a.jpg,dress,query,red
        b.jpg,dress,gallery,red
        c.jpg,dress,gallery,blue
        d.jpg,hat,gallery,blue
        e.jpg,hat,tune,
        f.jpg,shoe,query,green
        """

    private func names(_ photos: [LabelledPhoto]) -> [String] { photos.compactMap(\.path.stem) }

    @Test func asksAllOthersUnlessToldOtherwise() throws {
        let table = try table(text)
        let all = try EvaluationProtocol(queries: table, gallery: table, rules: ProtocolRules())
        #expect(
            names(all.queries) == ["a", "b", "c", "d", "e"] && names(all.gallery) == ["a", "b", "c", "d", "e", "f"])
        #expect(all.pointless == 1)
    }

    @Test func takesRowsByTheirColumns() throws {
        let table = try table(text)
        var rules = ProtocolRules()
        (rules.queries, rules.gallery) = (["role": ["query", "tune"]], ["role": ["gallery"]])
        let some = try EvaluationProtocol(queries: table, gallery: table, rules: rules)
        #expect(names(some.queries) == ["a", "e"] && names(some.gallery) == ["b", "c", "d"])
        rules.label = "cloth"
        #expect(names(try EvaluationProtocol(queries: table, gallery: table, rules: rules).queries) == ["a"])
    }

    @Test func passesOverWhatSharesAGroup() throws {
        let table = try table(text)
        var rules = ProtocolRules()
        rules.ignoredColumns = ["cloth"]
        let photos = try EvaluationProtocol(queries: table, gallery: table, rules: rules)
        let dress = try #require(photos.queries.first)
        #expect(names(photos.gallery.filter(dress.mayFind)) == ["c", "d", "e", "f"])
        // Nothing is shared by what says nothing.
        let hat = try #require(photos.queries.first { $0.path.stem == "e" })
        #expect(names(photos.gallery.filter(hat.mayFind)) == ["a", "b", "c", "d", "f"])
    }

    @Test func takesQueriesFromAnotherTable() throws {
        let (photos, asking) = (try table(text), try table("file,label\nq/x.jpg,hat\n", name: "asking.csv"))
        let both = try EvaluationProtocol(queries: asking, gallery: photos, rules: ProtocolRules())
        #expect(both.queries.map(\.path) == [folder.appending("q/x.jpg")] && both.gallery.count == 6)
    }

    @Test func saysWhatIsMissing() throws {
        let table = try table(text)
        var rules = ProtocolRules()
        rules.label = "colour"
        let error = #expect(throws: LabelError.self) {
            try EvaluationProtocol(queries: table, gallery: table, rules: rules)
        }
        #expect(error?.description.contains("“colour”") == true && error?.description.contains("“cloth”") == true)
        rules = ProtocolRules()
        rules.queries = ["role": ["nothing"]]
        #expect(throws: LabelError.noQueries) { try EvaluationProtocol(queries: table, gallery: table, rules: rules) }
        (rules.queries, rules.gallery) = ([:], ["role": ["nothing"]])
        #expect(throws: LabelError.noGallery) { try EvaluationProtocol(queries: table, gallery: table, rules: rules) }
    }

    @Test func takesTheNamesOfFolders() async throws {
        for name in ["dress/1.png", "dress/2.png", "hat/3.png"] { _ = try folder.write(Swatch(1).png, to: name) }
        let photos = try await EvaluationProtocol(folders: [PhotoFolder(folder.path)])
        #expect(Set(photos.queries.map(\.label)) == ["dress"] && photos.gallery.count == 3 && photos.pointless == 1)
    }
}
