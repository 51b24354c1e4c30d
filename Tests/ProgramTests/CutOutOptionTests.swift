import SystemPackage
import TestSupport
import Testing

/// Cutting garments out, from the outside.
@Suite struct CutOutOptionTests {
    private let bench: Workbench

    init() throws { bench = try Workbench(photos: 3) }

    private func search(_ words: Argument..., home: FilePath? = nil) throws -> ProgramOutcome {
        let home = home ?? bench.folder.appending("home")
        return try Program.lookalike.run(
            ["search", "shop/1.png", "--photos", "shop", "--catalogue", "c.sqlite"] + words,
            environment: ["LOOKALIKE_HOME": home.string], in: bench.folder.path)
    }

    @Test func namesTheCommandThatFetchesItsNetwork() throws {
        let outcome = try search("--model", "colour-layout", "--cutout", "always")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("the weights of u2netp are missing: run “lookalike models fetch u2netp”"))
    }

    @Test func isNoModelThatDescribesPhotos() throws {
        let outcome = try search("--model", "u2netp")
        #expect(outcome.status == 2 && outcome.messages.contains("--cutout always beside another model"))
    }

    @Test func isAlwaysNeverOrAuto() throws {
        let outcome = try search("--cutout", "sometimes")
        #expect(outcome.status == 2 && outcome.messages.contains("never") && outcome.messages.contains("auto"))
    }

    @Test(.enabled(if: InstalledModels.hasSegmenter, "U²-Net-P is not installed: lookalike models fetch u2netp"))
    func keepsCutOutsApartFromWholePhotos() throws {
        func messages(_ cutOut: Argument) throws -> String {
            try search("--model", "colour-layout", "--cutout", cutOut, "-v", home: InstalledModels.folder).messages
        }
        for cutOut: Argument in ["never", "always"] {
            #expect(try messages(cutOut).contains("3 embedded"))
            #expect(try messages(cutOut).contains("0 embedded"))
        }
    }
}
