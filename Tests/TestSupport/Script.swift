import Foundation
import SystemPackage

/// One of the project's own scripts, which tests need.
enum Script {
    struct Failure: Error {
        let messages: String
    }

    /// What it prints. Not by Foundation's `Process`, which waits for all that a program has started, and so for servers.
    @discardableResult static func run(_ name: String, _ words: Argument...) throws -> String {
        let script = FilePath(#filePath).pushing("../../../Scripts").appending(name).lexicallyNormalized()
        let variables = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
        let outcome = try RunningProgram([.path(script)] + words, variables: variables).outcome()
        guard outcome.status == 0 else { throw Failure(messages: outcome.messages) }
        return outcome.text
    }
}
