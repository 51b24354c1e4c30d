import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the program talks to people: results go to standard output, all else to standard error.
enum Console {
    static let isTerminal = isatty(STDERR_FILENO) == 1

    /// A line on standard error, in place of the progress bar if there is one.
    static func tell(_ line: String) {
        write((isTerminal ? "\r\u{1B}[K" : "") + line + "\n")
    }

    /// Text on standard error as it is.
    static func write(_ text: String) {
        _ = try? FileDescriptor.standardError.writeAll(text.utf8)
    }

    /// Whether somebody is there to answer a question.
    static let canAsk = isTerminal && isatty(STDIN_FILENO) == 1

    /// Asks a question that is answered by yes unless somebody says otherwise; no answer at all is a no.
    static func ask(_ question: String) -> Bool {
        write("\(question) [Y/n] ")
        guard let answer = readLine() else {
            write("\n")
            return false
        }
        return ["", "y", "yes"].contains(answer.lowercased())
    }

    /// Bytes on standard output.
    static func put(_ bytes: [UInt8]) throws {
        try FileDescriptor.standardOutput.writeAll(bytes)
    }

    static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
