import Foundation
public import SystemPackage

/// Servers each of which is a machine of its own in a network, as far as anybody can tell who asks it. They end with this value.
public final class TestCluster {
    /// Of a database on each server, in their order.
    public let addresses: [String]
    private let folder: Argument

    /// Whether this machine lets us make networks.
    public static let canBeMade = (try? Script.run("test-postgres-cluster", "can")) != nil

    /// Their data lie in a folder of their own, which is made.
    public init(of count: Int, in folder: FilePath) throws {
        self.folder = .path(folder)
        do {
            addresses = try Script.run("test-postgres-cluster", "up", .path(folder), Argument("\(count)"))
                .split(separator: "\n").map(String.init)
        } catch {
            _ = try? Script.run("test-postgres-cluster", "down", .path(folder))
            throw error
        }
    }

    deinit { _ = try? Script.run("test-postgres-cluster", "down", folder) }

    /// What happens to one server.
    public enum Event: String {
        /// Nothing comes through any more, and nobody is told.
        case cut
        /// Some hundred bytes a second come through.
        case slow
        /// The link is as it was.
        case mend
        /// It ends as in a power cut.
        case kill
        /// It starts again where it was.
        case start
    }

    /// Lets something happen to the server with a number, from 0.
    public func happen(_ event: Event, to number: Int) throws {
        try Script.run("test-postgres-cluster", Argument(event.rawValue), folder, Argument("\(number)"))
    }
}
