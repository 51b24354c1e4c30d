import Foundation
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files that break programs: each does what the manifest says, and none costs time or memory without bound.
@Suite(.enabled(if: RealPhotos.areThere, "\(RealPhotos.absence)"), .serialized)
struct HardFilesTests {
    private static let memoryLimit = 1_000_000_000
    private static let similarityLimit: Float = 0.98

    /// The same files decoded by Pillow are no nearer to their references: so few colours, so low a quality or
    /// half the size is another picture to this network.
    private static let cosinesWithPillow: [String: Float] = [
        "01_formats/q30_420.jpg": 0.972, "01_formats/palette.png": 0.971, "01_formats/palette_trns.png": 0.968,
        "01_formats/animated.gif": 0.936, "01_formats/animated.webp": 0.917, "01_formats/animated.png": 0.938,
        "08_duplicates/half_size.jpg": 0.938,
    ]

    @Test(.enabled(if: InstalledModels.areThere, "\(InstalledModels.absence)"))
    func doWhatTheManifestSays() throws {
        let bench = try HardBench()
        let manifest = try HardManifest(readFrom: RealPhotos.photo("hard/MANIFEST.csv"))
        let indexing = try bench.run("index", "hard", "--features", "pooled")
        #expect(indexing.status == 0)
        let references = Set(manifest.rows.compactMap(\.reference)).sorted()
        let search = try bench.search(references)
        let findings = try HardFindings(indexing, search, in: bench.files)

        print("path | expect | got | cosine | ok")
        for row in manifest.rows {
            let (fate, cosine) = (findings.fate(of: row.bytes), findings.cosine(of: row))
            let isRight =
                bench.forgives(row) || row.expectations.contains(fate)
                || fate == .guarded && row.expectations.contains(.skip)
            let isNear =
                cosine.map { $0 >= (Self.cosinesWithPillow[row.name].map { $0 - 0.01 } ?? Self.similarityLimit) }
                ?? true
            let expected = row.expectations.map(\.rawValue).sorted().joined(separator: " or ")
            print(
                "\(row.name.suffix(60)) | \(expected) | \(fate.rawValue) | \(cosine.map { "\($0)" } ?? "") | \(isRight && isNear)"
            )
            #expect(isRight, "\(row.name): \(fate.rawValue) and not \(expected)")
            #expect(isNear, "\(row.name): \(cosine ?? 0) with \(row.reference ?? "")")
        }
        #expect(manifest.rows.count == 196)
        #expect(indexing.text.contains(" \(findings.skippedCount) skipped"), "\(indexing.text)")
        #expect(indexing.peakMemory < Self.memoryLimit)
        #expect(search.peakMemory < Self.memoryLimit)
        print(
            "peak memory: \(indexing.peakMemory / 1_000_000) MB indexing, \(search.peakMemory / 1_000_000) MB searching"
        )
    }

    @Test func namesNeverReachATerminalOrAShellRaw() throws {
        let bench = try HardBench()
        let indexing = try bench.run("index", "hard/06_names", "--model", "colour-layout", "-v")
        let search = try bench.run(
            "search", "hard/00_ref/ref.png", "--photos", "hard/06_names", "-k", "100", "--model", "colour-layout")
        #expect(search.text.contains(#"06_names/esc\x1b[31mred\x1b[0m.jpg"#))
        #expect(search.text.contains(#"06_names/new\x0aline.jpg"#))
        #expect(search.text.contains(#"06_names/latin1-caf\xe9.jpg"#))
        #expect(search.text.contains(#"06_names/\u{202e}gpj.evil.jpg"#))
        let printed = Array(indexing.messages.utf8) + indexing.output + Array(search.messages.utf8) + search.output
        #expect(!printed.contains(0x1B))
        #expect(!printed.contains(0x09))
        #expect(!FileManager.default.fileExists(atPath: bench.folder.appending("pwned").string))
    }

    @Test func anEmptyFolderHoldsNothingToFind() throws {
        let bench = try HardBench()
        let search = try bench.run(
            "search", "hard/00_ref/ref.png", "--photos", "hard/07_tree/empty", "--model", "colour-layout")
        #expect(search.status == 1)
        #expect(search.text.contains("nothing found"))
    }
}

/// The files unpacked anew, and the program run by somebody whom permissions bind.
private final class HardBench {
    let folder = TemporaryFolder()
    private let program: Program
    private let isBoundByPermissions: Bool

    var files: FilePath { folder.appending("hard") }

    init() throws {
        let archive = RealPhotos.photo("hard/hard.tar.gz")
        let unpacking = Process()
        unpacking.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        unpacking.arguments = ["tar", "-xzf", archive.string, "-C", folder.path.string]
        try unpacking.run()
        unpacking.waitUntilExit()
        try #require(unpacking.terminationStatus == 0)
        // No archive can hold a socket.
        mknod(folder.appending("hard").pushing("07_tree/socket.jpg").string, S_IFSOCK | 0o666, 0)
        let ordinary = try Program.lookalike.asOrdinaryUser(copiedInto: folder.path)
        (program, isBoundByPermissions) = (ordinary ?? .lookalike, ordinary != nil)
        try makeHome()
    }

    deinit { chmod(files.pushing("07_tree/unreadable_dir").string, 0o700) }

    private func makeHome() throws {
        let home = folder.appending("home")
        try FileManager.default.createDirectory(atPath: home.string, withIntermediateDirectories: true)
        chmod(home.string, 0o777)
        try InstalledModels.copy(to: home)
    }

    func run(_ words: Argument...) throws -> ProgramOutcome { try run(words) }

    func search(_ queries: [String]) throws -> ProgramOutcome {
        let photos: [Argument] = [
            "--photos", "hard", "--no-refresh", "--include-self", "-k", "1000", "--format", "json",
            "--features", "pooled",
        ]
        return try run(["search"] + queries.map { Argument("hard/\($0)") } + photos)
    }

    private func run(_ words: [Argument]) throws -> ProgramOutcome {
        try program.run(words, environment: ["LOOKALIKE_HOME": folder.appending("home").string], in: folder.path)
    }

    /// Whether a row cannot be tried, since root may read everything.
    func forgives(_ row: HardManifest.Row) -> Bool {
        !isBoundByPermissions && row.name.contains("unreadable")
    }
}

/// What became of the files.
private struct HardFindings {
    private var cosines: [String: [[UInt8]: Float]] = [:]
    private var reasons: [[UInt8]: String] = [:]
    let skippedCount: Int

    init(_ indexing: ProgramOutcome, _ search: ProgramOutcome, in files: FilePath) throws {
        for answer in try search.answers {
            let found = answer.results.map { (Array($0.place.bytes.dropFirst("hard/".utf8.count)), $0.similarity) }
            cosines[String(answer.query.dropFirst("hard/".count))] = Dictionary(found) { first, _ in first }
        }
        let skipped = indexing.messages.split(separator: "\n").filter { $0.hasPrefix("skipped ") }
        skippedCount = skipped.count
        let start = "skipped \(files)/"
        for line in skipped where line.hasPrefix(start) {
            let parts = line.dropFirst(start.count).split(separator: ": ", maxSplits: 1)
            if parts.count == 2 { reasons[Array(parts[0].utf8)] = String(parts[1]) }
        }
    }

    func fate(of name: [UInt8]) -> HardFate {
        if cosines.values.contains(where: { $0[name] != nil }) { return .index }
        guard let reason = reasons[name] else { return .ignore }
        return ["too large: ", "a file of "].contains { reason.hasPrefix($0) } ? .guarded : .skip
    }

    func cosine(of row: HardManifest.Row) -> Float? {
        row.reference.flatMap { cosines[$0]?[row.bytes] }
    }
}
