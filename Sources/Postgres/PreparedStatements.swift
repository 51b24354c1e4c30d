/// The statements that a session has prepared, of which it keeps those that were asked for last.
struct PreparedStatements {
    /// A statement is prepared for the types of its parameters.
    struct Key: Hashable {
        let text: String
        let types: [UInt32]
    }

    private var names: [Key: String] = [:]
    /// The one that was asked for last at the end.
    private var order: [Key] = []
    private var number = 0
    private static let limit = 100

    /// `nil` where it has to be prepared first.
    mutating func name(of key: Key) -> String? {
        guard let name = names[key] else { return nil }
        if order.last != key, let place = order.lastIndex(of: key) { order.append(order.remove(at: place)) }
        return name
    }

    mutating func newName() -> String {
        number += 1
        return "s\(number)"
    }

    /// To be called when it is prepared.
    mutating func add(_ key: Key, as name: String) {
        names[key] = name
        order.append(key)
    }

    /// Forgets the one that was not asked for the longest, where there are too many.
    mutating func removeSuperfluous() -> String? {
        order.count > Self.limit ? names.removeValue(forKey: order.removeFirst()) : nil
    }
}
