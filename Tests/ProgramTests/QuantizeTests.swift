import Foundation
import Inference
import SystemPackage
import TestSupport
import Testing

/// `lookalike models quantize`, and what `--precision int8` does with its file.
@Suite(
    .enabled(if: InstalledModels.areThere && Precision.hasInt8, "needs the default model, a library and VNNI"),
    .enabled(if: RealPhotos.areThere, Comment(rawValue: RealPhotos.absence)))
struct QuantizeTests {
    private let bench = Workbench()
    private var environment: [String: String] { ["LOOKALIKE_HOME": bench.folder.appending("home").string] }

    init() throws {
        try InstalledModels.copy(to: bench.folder.appending("home"))
        let photos = try FileManager.default.contentsOfDirectory(atPath: RealPhotos.photo("demo/images").string)
            .sorted()
        for name in photos.prefix(40) {
            try bench.put(contents(of: RealPhotos.photo("demo/images").appending(name)), at: "shop/\(name)")
        }
    }

    private func run(_ words: Argument...) throws -> ProgramOutcome {
        try Program.lookalike.run(words, environment: environment, in: bench.folder.path)
    }

    private var models: [String] {
        get throws {
            let folder = bench.folder.path.pushing("home/models").string
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        }
    }

    private func quantize(keeping overlap: String) throws -> ProgramOutcome {
        try run(
            "models", "quantize", "efficientnet-lite0", "--photos", "shop", "--calibration", "16", "--minimum-overlap",
            "\(overlap)")
    }

    @Test func whatIsNotQuantizedIsAnsweredWithTheCommandThatDoesIt() throws {
        let outcome = try run("index", "shop", "--precision", "int8", "--catalogue", "c.sqlite")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("lookalike models quantize efficientnet-lite0 --photos"))
    }

    @Test func anInt8ModelSearchesInASpaceOfItsOwn() throws {
        let outcome = try quantize(keeping: "0.5")
        #expect(outcome.status == 0, "\(outcome.messages)")
        for figure in ["overlap of the nearest ten", "cosine, least", "times as fast", "/shop/"] {
            #expect(outcome.text.contains(figure))
        }
        #expect(try models.count == 2)
        let photo = try FileManager.default.contentsOfDirectory(atPath: bench.folder.appending("shop").string).sorted()[
            0]
        func search(_ options: Argument...) throws -> ProgramOutcome {
            try Program.lookalike.run(
                ["search", "shop/\(photo)", "--photos", "shop", "--catalogue", "c.sqlite", "--verbose"] + options,
                environment: environment, in: bench.folder.path)
        }
        #expect(try search().work?.embedded == 40)
        #expect(try search("--precision", "int8").work?.embedded == 40)
        #expect(try search("--precision", "int8").work?.embedded == 0)
        #expect(try search("--precision", "float32").work?.embedded == 0)
    }

    @Test func aModelThatLosesNeighboursIsRefused() throws {
        let outcome = try quantize(keeping: "1")
        #expect(outcome.status == 2)
        #expect(outcome.text.contains("overlap of the nearest ten"))
        #expect(outcome.messages.contains("nothing was installed"))
        #expect(try models.count == 1)
    }

    @Test func tooFewPhotosAreRefused() throws {
        try bench.put(Swatch(1).png, at: "few/1.png")
        let outcome = try run("models", "quantize", "efficientnet-lite0", "--photos", "few")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("1 photos can be read, and 24 are needed"))
    }

    @Test func aModelWithoutWeightsCannotBeQuantized() throws {
        let outcome = try run("models", "quantize", "colour-layout", "--photos", "shop")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("colour-layout has no weights"))
    }
}
