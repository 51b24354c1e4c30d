import GRDB
import SystemPackage
import Testing

@testable import Catalogue

/// What the catalogue finds wrong with itself.
@Suite struct VerifyingTests {
    @Test func aCatalogueAsItWasWrittenHasNoFaults() async throws {
        let bench = try EmbeddedBench()
        #expect(try await bench.catalogue.faults() == [])
        try await bench.record(.photo("/1.jpg", 1), .faulty("/2.jpg", 2, "no picture"))
        #expect(try await bench.catalogue.faults() == [])
    }

    @Test(arguments: [
        ("UPDATE embedding SET vector = x'00'", "do not have as many numbers"),
        ("UPDATE content SET digest = x'00'", "no SHA-256"),
        ("DELETE FROM identity", "identifiers of the catalogue are missing"),
        ("DELETE FROM content", "2 rows of “photo” that belong to rows of “content” are left without them"),
    ])
    func whatSomebodyElseBrokeIsNamed(statement: String, fault: String) async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1), .photo("/copy.jpg", 1))
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let other = try DatabaseQueue(path: bench.catalogue.path.string, configuration: configuration)
        try await other.write { try $0.execute(sql: statement) }
        #expect(try await bench.catalogue.faults().contains { $0.contains(fault) })
    }
}
