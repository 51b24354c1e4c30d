import SystemPackage
import TestSupport
import Testing

@testable import ObjectStores

@Suite struct ObjectReadingTests {
    private let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    private func address(_ server: LoopbackServer) throws -> ObjectAddress {
        try #require(ObjectAddress(FilePath(server.address + "/1.jpg")))
    }

    @Test func tellsWhatThereIsAndWhichVersion() async throws {
        let server = LoopbackServer { [bytes] in .file(bytes, tag: "\"x\"", to: $0) }
        let read = try await address(server).contents(upTo: bytes.count)
        #expect(read.bytes == bytes)
        #expect(read.version == ObjectVersion(size: bytes.count, modified: nil, tag: "\"x\""))
        #expect(try blocking(address(server)) == bytes)
    }

    private func blocking(_ address: ObjectAddress) throws -> [UInt8] { try address.contents(upTo: .max).bytes }

    @Test func whatIsTooLongIsNotTakenIn() async throws {
        let server = LoopbackServer { [bytes] in .file(bytes, tag: "\"x\"", to: $0) }
        let error = await #expect(throws: ObjectStoreError.self) {
            try await address(server).contents(upTo: bytes.count - 1)
        }
        #expect(error?.kind == .tooLong(limit: bytes.count - 1))
    }

    @Test func aPageIsNoPhoto() async throws {
        let server = LoopbackServer { _ in
            WebAnswer(200, ["Content-Type": "text/html; charset=utf-8", "Content-Length": "1"], [60])
        }
        let error = await #expect(throws: ObjectStoreError.self) { try await address(server).contents(upTo: 10) }
        #expect(error?.reason == "cannot be read: its server answers with status 200, and a page")
    }

    @Test func whatIsNotThereIsSaidToBeNot() async throws {
        let server = LoopbackServer { _ in WebAnswer(404, ["Content-Length": "0"]) }
        let error = await #expect(throws: ObjectStoreError.self) { try await address(server).contents(upTo: 10) }
        #expect(error?.kind == .absent)
    }
}
