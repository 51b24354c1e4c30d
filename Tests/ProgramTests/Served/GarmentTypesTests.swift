import Foundation
import SystemPackage
import TestSupport
import Testing

extension ServedCatalogueTests {
    /// Types of garments in catalogues on a server, by the default model on real photos.
    @Suite(
        .enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)),
        .enabled(if: RealPhotos.areThere, Comment(rawValue: RealPhotos.absence)))
    struct GarmentTypesTests {
        private struct NoServer: Error {}

        private let bench = Workbench()
        private let database: TestDatabase
        private let query = Argument.path(RealPhotos.photo("demo/images/shoes-05.jpg"))

        init() throws {
            guard let database = TestDatabase() else { throw NoServer() }
            self.database = database
            for type in ["dress-floral", "pants-denim", "shoes", "longsleeve-striped"] {
                for number in 1...3 {
                    let photo = try Data(contentsOf: URL(fileURLWithPath: photo("\(type)-0\(number).jpg")))
                    try bench.put(Array(photo), at: "shop/\(type)-\(number).jpg")
                }
            }
        }

        private func photo(_ name: String) -> String { RealPhotos.photo("demo/images/\(name)").string }

        private func run(_ words: [Argument]) throws -> ProgramOutcome {
            try bench.runPlainly(words, environment: ["LOOKALIKE_HOME": InstalledModels.folder.string])
        }

        private func answer(_ catalogue: String, _ words: Argument...) throws -> [String] {
            let outcome = try run(
                ["search", query, "--photos", "shop", "--type", "shoes", "-k", "12", "--format", "csv", "--always"]
                    + ["--catalogue", Argument(catalogue)] + words)
            #expect(outcome.status == 0, "\(outcome.messages)")
            return outcome.text.split(separator: "\r\n").map(String.init)
        }

        private var hasTypes: Bool {
            database.count("SELECT count(*) FROM lookalike.space WHERE has_types") == 1
        }

        @Test func aServerFindsTheSameAsAFile() throws {
            let found = try answer("file.sqlite")
            #expect(found.count == 4 && found.dropFirst().allSatisfy { $0.contains("shoes") })
            #expect(try answer(database.address) == found)
            #expect(hasTypes)
            #expect(database.count("SELECT count(DISTINCT type) FROM lookalike.garment") > 1)
        }

        @Test func aCopyFindsTheSameBeforeAndAfterItsTypesAreKept() throws {
            let found = try answer("file.sqlite")
            let copying: [Argument] = ["copy", "--from", "file.sqlite", "--to", Argument(database.address)]
            #expect(try run(copying).status == 0)
            #expect(try answer(database.address, "--no-refresh") == found)
            #expect(!hasTypes)
            // Who may only read searches without them.
            database.execute(
                """
                GRANT USAGE ON SCHEMA lookalike TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA lookalike TO reader
                """)
            #expect(try answer(database.address.replacing("postgres@", with: "reader@")) == found)
            #expect(!hasTypes)
            let outcome = try run(["index", "shop", "--catalogue", Argument(database.address)])
            #expect(outcome.text == "12 photos: nothing has changed.\n")
            #expect(hasTypes)
            #expect(database.count("SELECT count(*) FROM lookalike.garment") == 12)
            #expect(try answer(database.address, "--no-refresh") == found)
        }
    }
}
