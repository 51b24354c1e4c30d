import SystemPackage
import TestSupport
import Testing

@testable import VisualSearch

@Suite struct PhotoLabelsTests {
    private let folder = TemporaryFolder()

    private func labels(_ text: String) throws -> PhotoLabels {
        try PhotoLabels(csv: folder.write(Array(text.utf8), to: "labels.csv"))
    }

    private func label(_ name: String, in labels: PhotoLabels) -> String? {
        labels.label(of: folder.path.pushing(FilePath(name)))
    }

    @Test func findsPathsFromTheFolderOfTheFile() throws {
        let labels = try labels("path,label\na.jpg,dress\nsub/b.jpg,hat\n../c.jpg,shoe\n")
        #expect(label("a.jpg", in: labels) == "dress" && label("sub/b.jpg", in: labels) == "hat")
        #expect(labels.label(of: folder.path.removingLastComponent().appending("c.jpg")) == "shoe")
        #expect(label("d.jpg", in: labels) == nil)
    }

    @Test func readsWhatIsQuotedAndMoreColumnsInAnyOrder() throws {
        let labels = try labels("label,role,path\r\n\"shirts, long\",query,\"a \"\"b\"\".jpg\"\r\n")
        #expect(label("a \"b\".jpg", in: labels) == "shirts, long")
    }

    @Test(arguments: ["", "file,type\na.jpg,dress\n", "path\na.jpg\n"])
    func refusesAFileWithoutItsColumns(text: String) {
        let error = #expect(throws: LabelError.self) { try labels(text) }
        #expect(error?.description.contains("labels.csv") == true)
    }

    @Test func saysThatThereIsNoSuchFile() {
        #expect(throws: LabelError.self) { try PhotoLabels(csv: folder.appending("missing.csv")) }
    }

    @Test func knowsWhetherAnyPhotoOfAFolderCanHaveALabel() throws {
        let labels = try labels("path,label\nshop/a.jpg,dress\n")
        for name in ["shop", "other"] { _ = try folder.write([1], to: "\(name)/a.jpg") }
        let folders = try ["shop", "other"].map { try PhotoFolder(folder.appending($0)) }
        #expect(throws: Never.self) { try labels.check(for: folders) }
        #expect(throws: LabelError.noneInFolders) { try labels.check(for: [folders[1]]) }
        #expect(throws: Never.self) { try PhotoLabels.folders.check(for: [folders[1]]) }
    }

    @Test func takesTheNamesOfFolders() {
        #expect(PhotoLabels.folders.label(of: "/shop/dresses/1.jpg") == "dresses")
    }
}
