import Glibc
import Imaging
import SystemPackage

/// `draw-garments FOLDER [SEED]`: draws a catalogue of invented garments, and photos to search it with.
@main
struct DrawGarments {
    private let folder: FilePath
    private let collection: Collection

    static func main() async {
        guard let program = DrawGarments(arguments: Array(CommandLine.arguments.dropFirst())) else {
            fail("Usage: draw-garments FOLDER [SEED], where SEED is a whole number.")
        }
        do {
            print(try await program.run())
        } catch {
            fail("Cannot draw into \(program.folder): \(error)")
        }
    }

    private init?(arguments: [String]) {
        guard (1...2).contains(arguments.count), !arguments[0].isEmpty, !arguments[0].hasPrefix("-"),
            let seed = arguments.count == 2 ? UInt64(arguments[1]) : 1
        else { return nil }
        folder = FilePath(arguments[0])
        collection = Collection(seed: seed)
    }

    private static func fail(_ sentence: String) -> Never {
        _ = try? FileDescriptor.standardError.writeAll((sentence + "\n").utf8)
        exit(2)
    }

    private func run() async throws -> String {
        try PictureFolder(folder).create()
        let pictures = collection.pictures
        try await draw(pictures)
        return "Drew \(pictures.count) pictures of \(collection.products.count) garments into \(folder)."
    }

    /// librsvg draws a picture on one processor, so each processor is given one of its own.
    private func draw(_ pictures: [Picture]) async throws {
        let folder = PictureFolder(folder)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for picture in pictures {
                group.addTask { try folder.write(picture.encoded(), to: picture.file) }
            }
            try await group.waitForAll()
        }
    }
}
