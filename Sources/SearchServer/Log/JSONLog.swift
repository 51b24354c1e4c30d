import Foundation
public import Logging
import Synchronization
import SystemPackage

/// Writes a log for programs: an object a line, on standard error.
public struct JSONLog: LogHandler {
    /// What goes with each line, such as the request's number.
    public var metadata: Logger.Metadata = [:]
    /// Below it, nothing is written.
    public var logLevel = Logger.Level.info
    private let label: String
    /// So that lines of several threads do not mix.
    private static let isWriting = Mutex(())

    /// For `LoggingSystem.bootstrap`.
    public init(label: String) { self.label = label }

    /// One entry of `metadata`.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes a line; where that fails, nobody is told.
    public func log(event: LogEvent) {
        var line = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues(\.description)
        if let id = line.removeValue(forKey: "hb.request.id") { line["request"] = id }
        line["time"] = Date.now.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true))
        line["level"] = event.level.rawValue
        line["message"] = event.message.description
        guard let bytes = try? JSONEncoder.log.encode(line) else { return }
        Self.isWriting.withLock { _ in _ = try? FileDescriptor.standardError.writeAll(bytes + Data("\n".utf8)) }
    }
}

extension JSONEncoder {
    fileprivate static var log: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
