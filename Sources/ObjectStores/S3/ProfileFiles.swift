import Foundation
import SystemPackage

/// The files in which AWS' own tools keep keys and settings, by the names of profiles.
struct ProfileFiles {
    private let credentials: FilePath
    private let configuration: FilePath

    /// In the user's home, unless the environment names others.
    init(environment: [String: String]) {
        func file(_ variable: String, _ usual: String) -> FilePath {
            if let name = environment[variable], !name.isEmpty { return FilePath(name) }
            return FilePath(environment["HOME"] ?? "/").appending(".aws").appending(usual)
        }
        credentials = file("AWS_SHARED_CREDENTIALS_FILE", "credentials")
        configuration = file("AWS_CONFIG_FILE", "config")
    }

    /// What is said of a profile in either; nothing where there is no file.
    func settings(of profile: String) -> [String: String] {
        let section = profile == "default" ? profile : "profile " + profile
        return Self.settings(of: section, in: configuration)
            .merging(Self.settings(of: profile, in: credentials)) { $1 }
    }

    private static func settings(of section: String, in file: FilePath) -> [String: String] {
        guard let text = try? String(contentsOfFile: file.string, encoding: .utf8) else { return [:] }
        return settings(of: section, in: text)
    }

    static func settings(of section: String, in text: String) -> [String: String] {
        var (settings, isInside) = ([String: String](), false)
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.trimmingCharacters(in: .whitespaces)
            if words.hasPrefix("[") {
                isInside =
                    words.dropFirst().prefix { $0 != "]" }.split(separator: " ").joined(separator: " ") == section
            } else if isInside, !words.hasPrefix("#"), !words.hasPrefix(";"), !(line.first?.isWhitespace ?? true),
                let sign = words.firstIndex(of: "=")
            {
                let name = words[..<sign].trimmingCharacters(in: .whitespaces).lowercased()
                settings[name] = words[sign...].dropFirst().trimmingCharacters(in: .whitespaces)
            }
        }
        return settings
    }
}
