import ArgumentParser
import Catalogue
import VisualSearch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The one place that turns errors into exit codes: 0 found, 1 nothing found, 2 trouble.
@main
enum Main {
    private static let trouble: Int32 = 2
    private static let interrupted: Int32 = 130

    static func main() async {
        MemoryReuse.begin()
        do {
            try Lookalike.checkFirstWord()
            try CatalogueLocation.checkAddresses(in: CommandLine.arguments)
            var command = try Lookalike.parseAsRoot()
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
        } catch is CancellationError {
            exit(interrupted)
        } catch let code as ExitCode {
            exit(code.rawValue)
        } catch {
            report(error)
        }
    }

    private static func report(_ error: any Error) -> Never {
        let message = Lookalike.fullMessage(for: error)
        if Lookalike.exitCode(for: error) == .success {
            print(message)
            exit(0)
        }
        Console.tell(message.hasPrefix("Error: ") ? "lookalike: \(message.dropFirst("Error: ".count))" : message)
        exit(trouble)
    }
}
