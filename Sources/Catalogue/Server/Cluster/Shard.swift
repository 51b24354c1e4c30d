import Postgres
import Synchronization

/// One of the servers that the embeddings of a catalogue are spread over.
///
/// One that does not answer counts as missing from then on, so that nobody else waits for it, until it answers again: it is asked
/// once a second.
final class Shard: Sendable {
    /// By which slots and tables know it.
    let number: Int32
    /// By which people know it.
    let name: String
    let address: PostgresAddress
    private let pool: PostgresPool
    private let presence = Mutex(Presence.present)

    init(number: Int32, name: String, address: PostgresAddress) {
        (self.number, self.name, self.address) = (number, name, address)
        pool = PostgresPool(address, settings: .shard, size: Self.connectionLimit)
    }

    /// It answers no more questions of one client at once.
    static let connectionLimit = 8

    /// Throws a `MissingShard` where it does not answer, or not in time.
    func ask<T: Sendable>(
        within limit: Duration?, _ body: @escaping @Sendable (PostgresConnection) async throws -> T
    ) async throws -> T {
        if let reason = presence.withLock({ $0.absence }) { throw MissingShard(name: name, reason: "\(reason)") }
        do {
            guard let limit else { return try await pool.withConnection(body) }
            return try await pool.withConnection(within: limit, body)
        } catch let error as PostgresError where error.meansTooSlow {
            Task { [weak self] in await self?.checkPresence() }
            throw MissingShard(name: name, reason: "\(error)")
        } catch let error as PostgresError where error.meansUnreachable {
            note(error)
            throw MissingShard(name: name, reason: "\(error)")
        }
    }

    /// What took too long for one question may be there for all others.
    private func checkPresence() async {
        guard change(from: .present, to: .doubted) else { return }
        do { try await greet() } catch let error as PostgresError where error.state != "53300" { note(error) } catch {}
        change(from: .doubted, to: .present)
    }

    /// Returns whether it was what was expected; nothing changes where it was not.
    @discardableResult
    private func change(from expected: Presence, to next: Presence) -> Bool {
        presence.withLock { presence in
            guard presence == expected else { return false }
            presence = next
            return true
        }
    }

    /// By a session of its own, since all others may be busy.
    private func greet() async throws {
        let greeting = PostgresPool(address, settings: .shard, size: 1)
        _ = try await greeting.withConnection(within: Self.patience) { try await $0.query("SELECT 1") }
    }

    private func note(_ error: PostgresError) {
        let isNews = presence.withLock { presence in
            defer { presence = .missing(error) }
            return presence.absence == nil
        }
        pool.endIdle()
        guard isNews else { return }
        Task { [weak self] in
            repeat { try? await Task.sleep(for: .seconds(1)) } while await self?.isStillMissing() == true
        }
    }

    private func isStillMissing() async -> Bool {
        do {
            try await greet()
            presence.withLock { $0 = .present }
            return false
        } catch {
            pool.endIdle()
            return true
        }
    }

    private static let patience = Duration.seconds(2)
}

/// Whether a shard answers, as far as this process knows.
private enum Presence: Equatable {
    case present
    /// It took too long for something, and is being asked whether it is there.
    case doubted
    case missing(PostgresError)

    /// Why it counts as missing; `nil` where it does not.
    var absence: PostgresError? {
        guard case .missing(let reason) = self else { return nil }
        return reason
    }
}

/// A shard that did not answer, or not in time, and why.
struct MissingShard: Error, Hashable {
    let name: String
    let reason: String
}

extension PostgresSettings {
    /// Of what a shard holds, which may be the catalogue's own server too.
    fileprivate static var shard: PostgresSettings {
        PostgresSettings(
            applicationName: "lookalike",
            parameters: PostgresSettings.vigilance.merging(["search_path": "\(ShardTables.schema),public,extensions"]) {
                $1
            })
    }
}

extension PostgresError {
    /// Whether a statement took longer than it may, by whatever clock.
    fileprivate var meansTooSlow: Bool { self == .deadlineExceeded || state == "57014" }

    /// Whether the server is the matter, and no statement.
    fileprivate var meansUnreachable: Bool {
        switch self {
        case .cannotConnect, .connectionLost, .deadlineExceeded, .refused, .noSuchDatabase, .tls: true
        // It stops, starts, or has no connection left.
        case .server(let state, _, _, _): ["08", "57"].contains(state.prefix(2)) || state == "53300"
        case .invalidAddress, .unexpectedValue: false
        }
    }
}
