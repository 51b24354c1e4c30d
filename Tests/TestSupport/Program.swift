import Foundation
public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program of this package, built beside the tests, and whose it is to run.
public struct Program: Sendable {
    public let path: FilePath
    /// What is called to call the program, with its own arguments.
    private let launcher: [Argument]

    private init(at path: FilePath, launcher: [Argument] = []) {
        self.path = path
        self.launcher = launcher
    }

    public init(named name: String) {
        guard let path = Self.productsFolders.lazy.map({ $0.appending(name) }).first(where: Self.isProgram) else {
            fatalError("\(name) is not beside the tests: looked in \(Self.productsFolders)")
        }
        self.init(at: path)
    }

    public static let lookalike = Program(named: "lookalike")

    /// The program for a user whom permissions bind. Root runs a copy of it, which lies in `folder`, as nobody;
    /// `nil` where that cannot be done.
    public func asOrdinaryUser(copiedInto folder: FilePath) throws -> Program? {
        guard geteuid() == 0 else { return self }
        let copy = folder.appending(path.lastComponent?.string ?? "program")
        if !Self.isProgram(copy) { try FileManager.default.copyItem(atPath: path.string, toPath: copy.string) }
        let program = Program(
            at: copy, launcher: ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"])
        guard let outcome = try? program.run(["--version"]), outcome.status == 0 else { return nil }
        return program
    }

    /// Whether programs can be run as if somebody sat at a terminal.
    public static let canHaveATerminal = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")

    /// The program at a terminal, where somebody types a line; all that it says is its output.
    public func atATerminal(typing line: String) -> Program {
        let terminal = #"line="$0"; printf '%s\n' "$line" | script --quiet --return --command "$*" /dev/null"#
        return Program(at: path, launcher: ["/bin/sh", "-c", Argument(terminal), Argument(line)] + launcher)
    }

    /// Runs the program to its end.
    public func run(
        _ arguments: [Argument], environment: [String: String] = [:], in folder: FilePath? = nil
    ) throws -> ProgramOutcome {
        try start(arguments, environment: environment, in: folder).outcome()
    }

    /// Starts the program. It sees no setting of Lookalike's but those in `environment`, and reads no input.
    public func start(
        _ arguments: [Argument], environment: [String: String] = [:], in folder: FilePath? = nil
    ) throws -> RunningProgram {
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("LOOKALIKE_") }
        variables["XDG_DATA_HOME"] = nil
        variables["LOOKALIKE_HOME"] = "/dev/null/lookalike"
        variables.merge(environment) { $1 }
        return try RunningProgram(
            Self.moving(to: folder) + launcher + [.path(path)] + arguments, variables: variables.map { "\($0)=\($1)" })
    }

    private static func moving(to folder: FilePath?) -> [Argument] {
        folder.map { ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, .path($0)] } ?? []
    }

    /// The folders above the test bundle, nearest first.
    private static let productsFolders: [FilePath] = {
        let bundles = CommandLine.arguments.filter { $0.hasSuffix(".xctest") } + Bundle.allBundles.map(\.bundlePath)
        return ([Bundle.main.executablePath ?? ""] + bundles).flatMap { name in
            var (folder, folders) = (FilePath(name), [FilePath]())
            while folder.removeLastComponent() { folders.append(folder) }
            return folders
        }
    }()

    private static func isProgram(_ path: FilePath) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path.string, isDirectory: &isFolder) && !isFolder.boolValue
            && FileManager.default.isExecutableFile(atPath: path.string)
    }
}

/// One word of a command line, which need not be text.
public struct Argument: Sendable, ExpressibleByStringInterpolation {
    let bytes: [UInt8]

    public init(_ text: String) { bytes = Array(text.utf8) }
    public init(stringLiteral text: String) { self.init(text) }

    /// The path byte for byte.
    public static func path(_ path: FilePath) -> Argument {
        path.withPlatformString {
            Argument(
                bytes: $0.withMemoryRebound(to: UInt8.self, capacity: path.length) {
                    Array(UnsafeBufferPointer(start: $0, count: path.length))
                })
        }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }
}

/// How a program ended, and what it said.
public struct ProgramOutcome: Sendable {
    /// Its exit status, or 128 and the number of the signal that ended it.
    public let status: Int32
    public let output: [UInt8]
    /// What it wrote to standard error.
    public let messages: String
    /// The most memory it had at once, in bytes.
    public let peakMemory: Int

    public var text: String { String(decoding: output, as: UTF8.self) }
}
