import Foundation
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program that was started.
public final class RunningProgram {
    /// One that takes longer hangs, and is killed.
    private static let secondsAllowed = 240.0
    private static let pollingInterval: UInt32 = 10_000

    private let pipes = TemporaryFolder()
    private let process: pid_t
    private var status: Int32?
    private var peakMemory = 0

    init(_ words: [Argument], variables: [String]) throws {
        let (arguments, environment) = (
            CStringArray(words.map(\.bytes)), CStringArray(variables.map { Array($0.utf8) })
        )
        let files = try FileActions(output: pipes.appending("output"), messages: pipes.appending("messages"))
        var process: pid_t = 0
        let error = posix_spawnp(
            &process, arguments.pointers[0]!, &files.actions, nil, arguments.pointers, environment.pointers)
        guard error == 0 else { throw Errno(rawValue: error) }
        self.process = process
    }

    deinit {
        guard status == nil else { return }
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
    }

    public func send(_ signal: Int32) {
        if status == nil { kill(process, signal) }
    }

    /// Whether it has not ended yet.
    public var isRunning: Bool {
        guard status == nil else { return false }
        peakMemory = memory ?? peakMemory
        var (raw, usage): (Int32, rusage) = (0, rusage())
        guard wait4(process, &raw, WNOHANG, &usage) == process else { return true }
        status = raw & 0x7F == 0 ? raw >> 8 & 0xFF : 128 + raw & 0x7F
        return false
    }

    /// Waits for its end.
    public func outcome() throws -> ProgramOutcome {
        let deadline = Date(timeIntervalSinceNow: Self.secondsAllowed)
        while isRunning {
            if Date() > deadline { send(SIGKILL) }
            usleep(Self.pollingInterval)
        }
        return ProgramOutcome(
            status: status ?? -1, output: try contents(of: pipes.appending("output")),
            messages: try messages,
            peakMemory: peakMemory)
    }

    /// What it has said on standard error so far.
    public var messages: String {
        get throws { String(decoding: try contents(of: pipes.appending("messages")), as: UTF8.self) }
    }

    /// Waits until it has said something that contains `words` on standard error; `false` if it never does.
    public func waitUntilItSays(_ words: String) throws -> Bool {
        repeat {
            if try messages.contains(words) { return true }
            usleep(Self.pollingInterval)
        } while isRunning
        return false
    }

    /// Waits until there is something on standard output; `false` if there never is.
    public func waitUntilItPrints() throws -> Bool {
        repeat {
            if try !contents(of: pipes.appending("output")).isEmpty { return true }
            usleep(Self.pollingInterval)
        } while isRunning
        return false
    }

    /// The most memory it has had so far; `nil` where the system does not tell.
    private var memory: Int? {
        guard let status = try? contents(of: FilePath("/proc/\(process)/status")) else { return nil }
        let text = String(decoding: status, as: UTF8.self)
        guard let label = text.range(of: "VmHWM:") else { return nil }
        return Int(text[label.upperBound...].prefix { $0 != "k" }.filter { $0.isNumber }).map { $0 * 1024 }
    }
}

/// Strings as C takes them, ended by a null pointer.
private final class CStringArray {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ strings: [[UInt8]]) {
        count = strings.count
        pointers = .allocate(capacity: count + 1)
        for (index, string) in strings.enumerated() {
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: string.count + 1)
            for (offset, byte) in string.enumerated() { copy[offset] = CChar(bitPattern: byte) }
            copy[string.count] = 0
            pointers.advanced(by: index).initialize(to: copy)
        }
        pointers.advanced(by: count).initialize(to: nil)
    }

    deinit {
        for index in 0..<count { pointers[index]?.deallocate() }
        pointers.deallocate()
    }
}

/// No input, and output and messages into files.
private final class FileActions {
    #if canImport(Glibc)
        var actions = posix_spawn_file_actions_t()
    #else
        var actions: posix_spawn_file_actions_t?
    #endif

    init(output: FilePath, messages: FilePath) throws {
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        for (number, path) in [(STDOUT_FILENO, output), (STDERR_FILENO, messages)] {
            try FileDescriptor.open(path, .writeOnly, options: .create, permissions: .ownerReadWrite).close()
            posix_spawn_file_actions_addopen(&actions, number, path.string, O_WRONLY | O_APPEND, 0)
        }
    }

    deinit { posix_spawn_file_actions_destroy(&actions) }
}
