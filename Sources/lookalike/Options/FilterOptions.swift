import ArgumentParser
import Embedders
import Foundation
import SystemPackage
import VisualSearch

/// Which photos of the folders may be found.
struct FilterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only photos whose name or path matches this pattern, such as '*/dresses/*'.", valueName: "pattern"))
    var only: [String] = []

    @Option(help: ArgumentHelp("Only photos changed on this day or later.", valueName: "yyyy-mm-dd"))
    var since: String?

    @Option(help: ArgumentHelp("Only photos changed before this day.", valueName: "yyyy-mm-dd"))
    var before: String?

    @Option(help: "Only photos that this file names, a path a line.", completion: .file())
    var among: FilePath?

    @Option(
        help: ArgumentHelp(
            "Only garments that most probably are of this type; may be repeated, for any of several.", valueName: "type"
        ))
    var type: [GarmentType] = []

    func validate() throws {
        _ = try (since.map { try day($0, of: "--since") }, before.map { try day($0, of: "--before") })
    }

    func filter() throws -> PhotoFilter {
        var filter = PhotoFilter()
        filter.patterns = only
        filter.from = try since.map { try day($0, of: "--since") }
        filter.until = try before.map { try day($0, of: "--before") }
        filter.among = try among.map { Set(try paths(in: $0)) }
        filter.types = type.isEmpty ? nil : Set(type)
        return filter
    }

    /// Its beginning, where the user is.
    private func day(_ text: String, of option: String) throws -> Date {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else {
            throw ValidationError("\(option) \(text): give a day as 2026-11-25")
        }
        let components = DateComponents(calendar: Calendar(identifier: .gregorian), year: year, month: month, day: day)
        guard components.isValidDate, let date = components.date else {
            throw ValidationError("\(option) \(text): there is no such day")
        }
        return date
    }

    /// As the catalogue has them; a path that leads nowhere names no photo.
    private func paths(in list: FilePath) throws -> [FilePath] {
        let text: String
        do { text = try String(contentsOfFile: list.string, encoding: .utf8) } catch {
            throw ValidationError("--among \(list.printable): there is no such file of text")
        }
        return text.split(whereSeparator: \.isNewline).compactMap { line in
            let path = FilePath(String(line))
            // What lies in no file has no links to be followed.
            if path.written != path.string { return path }
            return path.withPlatformString { realpath($0, nil) }.map { resolved in
                defer { free(resolved) }
                return FilePath(platformString: resolved)
            }
        }
    }
}
