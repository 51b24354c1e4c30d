import Foundation
import Synchronization

/// The cookies that stand for a token: browsers send them with pictures, where they cannot send the token itself.
final class Sessions: Sendable {
    static let cookie = "lookalike"
    private static let limit = 1000

    private struct Names {
        /// The one that was opened last comes last.
        var order: [String] = []
        var open: Set<String> = []
    }

    private let names = Mutex(Names())
    /// For programs of the server's own user, as long as it runs.
    let own = newName()

    /// A name that nobody can guess.
    func open() -> String {
        let name = Self.newName()
        names.withLock { names in
            names.order.append(name)
            names.open.insert(name)
            if names.order.count > Self.limit { names.open.remove(names.order.removeFirst()) }
        }
        return name
    }

    private static func newName() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<4).map { _ in String(random.next() as UInt64, radix: 36) }.joined(separator: "-")
    }

    func close(_ name: String) {
        names.withLock { names in
            if names.open.remove(name) != nil { names.order.removeAll { $0 == name } }
        }
    }

    func isOpen(_ name: String) -> Bool { name == own || names.withLock { $0.open.contains(name) } }
}
