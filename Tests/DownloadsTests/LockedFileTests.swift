import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Downloads

@Suite struct LockedFileTests {
    private let folder = TemporaryFolder()
    private var path: FilePath { folder.appending("lock") }

    @Test func isHadByOneAtATime() throws {
        let first = try LockedFile.attempt(path)
        #expect(try isTaken())
        _ = consume first
        #expect(try !isTaken())
    }

    /// Whoever waits for a file that is removed would lock one that nobody else can find.
    @Test func isTheOneThatHasItsName() async throws {
        let first = try await LockedFile.take(path)
        let (waits, continuation) = AsyncStream.makeStream(of: Void.self)
        let waiting = Task { [path] in
            let second = try await LockedFile.take(path) { continuation.yield() }
            #expect(FileManager.default.fileExists(atPath: path.string))
            second.remove()
        }
        for await _ in waits { break }
        first.remove()
        try await waiting.value
        #expect(!FileManager.default.fileExists(atPath: path.string))
    }

    @Test func isWaitedForUntilTheTaskIsCancelled() async throws {
        let first = try LockedFile.attempt(path)
        let (waits, continuation) = AsyncStream.makeStream(of: Void.self)
        let waiting = Task { [path] in try await LockedFile.take(path) { continuation.yield() }.remove() }
        for await _ in waits { break }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        _ = consume first
    }

    @Test func saysWhatCannotBeMade() {
        #expect(throws: DownloadError.unwritable("/dev/null/lock", .notDirectory)) {
            _ = try LockedFile.attempt("/dev/null/lock")
        }
    }

    private func isTaken() throws -> Bool {
        switch try LockedFile.attempt(path) {
        case nil: true
        case .some: false
        }
    }
}
