import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Archives

@Suite struct MemoryBlockTests {
    private let folder = TemporaryFolder()

    @Test(arguments: [0, 1, 4096, 10_000])
    func isWhatTheFileHolds(length: Int) throws {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
        let block = try MemoryBlock(mapping: folder.write(bytes, to: "file"))
        #expect(withExtendedLifetime(block) { Array(block.bytes) } == bytes)
    }

    @Test(.timeLimit(.minutes(20)))
    func isNoFolderAndWaitsForNoPipe() {
        let pipe = folder.appending("pipe")
        mkfifo(pipe.string, 0o600)
        for path in [folder.path, pipe] {
            #expect(throws: Errno.operationNotSupportedByDevice) { try MemoryBlock(mapping: path) }
        }
    }
}
