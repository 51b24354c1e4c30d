import Foundation
import SystemPackage
import TestSupport

/// A workbench whose photos the program serves, on a port that the system chooses.
struct ServedBench {
    struct NeverServed: Error {
        let messages: String
    }

    let bench: Workbench
    let server: RunningProgram
    /// Of the server on this machine.
    let port: UInt16

    /// With the photos `shop/1.png` and so on, indexed; `words` stand behind the command.
    init(photos count: Int = 4, _ words: Argument...) throws { try self.init(Workbench(photos: count), words) }

    init(_ bench: Workbench, _ words: [Argument] = []) throws {
        self.bench = bench
        if try bench.run("index", "shop").status != 0 { throw NeverServed(messages: "nothing was indexed") }
        server = try bench.start(["serve", "--port", "0", "--deadline", "3600"] + words)
        guard try server.waitUntilItSays("Serving http://") else {
            throw NeverServed(messages: try server.outcome().messages)
        }
        let messages = try server.messages
        let address = messages[messages.range(of: "Serving http://")!.upperBound...].prefix { !$0.isNewline }
        guard let port = address.split(separator: ":").last.flatMap({ UInt16($0.filter(\.isNumber)) }) else {
            throw NeverServed(messages: messages)
        }
        self.port = port
    }

    /// For what is asked for at the server's root.
    var address: String { "http://127.0.0.1:\(port)" }
}
