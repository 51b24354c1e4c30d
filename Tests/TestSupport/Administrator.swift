import Foundation

/// Whoever runs a server of tests, with PostgreSQL's own programs.
struct Administrator: Sendable {
    /// A database of the server.
    let address: String

    /// What is said is nothing that a test wants to know.
    func execute(_ statements: String) {
        guard run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", address, "-c", statements) != nil else {
            fatalError("\(address) does not do: \(statements)")
        }
    }

    /// The number that a query gives; 0 where it fails, as one about tables that nobody has made yet.
    func count(_ query: String) -> Int {
        let printed = run("psql", "-q", "-A", "-t", "-d", address, "-c", query, complainingTo: .nullDevice)
        return printed.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    /// What a program prints; `nil` where it fails.
    @discardableResult func run(
        _ program: String, _ arguments: String..., complainingTo complaints: FileHandle = .standardError
    ) -> String? {
        let folder = ProcessInfo.processInfo.environment["LOOKALIKE_TEST_POSTGRES_BIN"] ?? "/usr/bin"
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "\(folder)/\(program)")
        (process.arguments, process.standardOutput, process.standardError) = (arguments, output, complaints)
        do { try process.run() } catch { fatalError("\(program) cannot be run: \(error)") }
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: printed, as: UTF8.self) : nil
    }
}
