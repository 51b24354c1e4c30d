import Foundation
import Synchronization

/// The cookies that stand for a token: browsers send them with pictures, where they cannot send the token itself.
final class Sessions: Sendable {
    static let cookie = "lookalike"
    private static let limit = 1000

    /// The one that was opened last comes last.
    private let names = Mutex<[String]>([])

    /// A name that nobody can guess.
    func open() -> String {
        var random = SystemRandomNumberGenerator()
        let name = (0..<4).map { _ in String(random.next() as UInt64, radix: 36) }.joined(separator: "-")
        names.withLock { names in
            names.append(name)
            if names.count > Self.limit { names.removeFirst() }
        }
        return name
    }

    func close(_ name: String) { names.withLock { $0.removeAll { $0 == name } } }

    func isOpen(_ name: String) -> Bool { names.withLock { $0.contains { AccessToken($0).isSame(as: name) } } }
}
