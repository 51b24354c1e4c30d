import Foundation
import SystemPackage
import TestSupport
import Testing

extension ServedCatalogueTests {
    /// Servers whose disk is full.
    @Suite(.enabled(if: SmallDisk.canBeMade, "only root can mount a small disk")) struct FullServerTests {
        private static let photoCount = 400

        @Test func whatIsFullIsNamedAndNothingIsHalfDone() throws {
            let folder = TemporaryFolder()
            let server = try TestServer(in: folder.appending("server"))
            let disk = try #require(SmallDisk(at: folder.appending("disk"), kilobytes: 24_000))
            let database = try makeDatabase(on: disk, of: server)
            let bench = try SharedShop.photos(Self.photoCount).on(database)
            let others = try fill(disk, leaving: 600_000)
            let outcome = try bench.run("index", "shop")
            #expect(outcome.status == 2)
            let sentence =
                "lookalike: the disk that holds the catalogue \(database) is full: what was indexed so far is kept; make room and run again\n"
            #expect(outcome.messages == sentence)
            #expect(try bench.verify().status == 0)
            try FileManager.default.removeItem(atPath: others.string)
            #expect(try bench.run("index", "shop").text.hasPrefix("\(Self.photoCount) photos: "))
            #expect(server.count("SELECT count(*) FROM lookalike.photo", in: database) == Self.photoCount)
            #expect(try bench.verify().status == 0)
            // What it keeps on the disk goes before the disk does.
            server.execute("DROP DATABASE shop WITH (FORCE)")
            server.execute("DROP TABLESPACE small")
        }

        /// Its log lies elsewhere, as on servers that are to outlive a full disk.
        private func makeDatabase(on disk: SmallDisk, of server: TestServer) throws -> String {
            let place = disk.path.appending("place")
            try FileManager.default.createDirectory(atPath: place.string, withIntermediateDirectories: false)
            try server.hand(over: place)
            server.execute("CREATE TABLESPACE small LOCATION '\(place)'")
            server.execute("CREATE DATABASE shop TABLESPACE small")
            let database = server.address(of: "shop")
            // Its tables are there before the disk is full.
            #expect(try Workbench().on(database).run("index", "--worker").status == 0)
            return database
        }

        /// Somebody else's file takes nearly all that is left.
        private func fill(_ disk: SmallDisk, leaving rest: Int) throws -> FilePath {
            let attributes = try FileManager.default.attributesOfFileSystem(forPath: disk.path.string)
            let free = try #require(attributes[.systemFreeSize] as? Int)
            let file = disk.path.appending("others")
            try Data(count: max(0, free - rest)).write(to: URL(filePath: file.string))
            return file
        }
    }
}
