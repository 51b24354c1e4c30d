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
        let printed = run("psql", "-q", "-A", "-t", "-d", address, "-c", query, complains: false)
        return printed.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    /// What a program prints; `nil` where it fails. Not by Foundation's `Process`, which crashes where several are run at once.
    @discardableResult func run(_ program: String, _ arguments: String..., complains: Bool = true) -> String? {
        let environment = ProcessInfo.processInfo.environment
        let path = "\(environment["LOOKALIKE_TEST_POSTGRES_BIN"] ?? "/usr/bin")/\(program)"
        let words = [Argument(path)] + arguments.map { Argument($0) }
        guard
            let outcome = try? RunningProgram(words, variables: environment.map { "\($0)=\($1)" }).outcome()
        else { fatalError("\(program) cannot be run") }
        if complains, outcome.status != 0 { print(outcome.messages) }
        return outcome.status == 0 ? outcome.text : nil
    }
}
