import TestSupport
import Testing

/// What a catalogue keeps of models, from the outside.
@Suite struct ForgetModelsTests {
    private func memory(_ bench: Workbench, _ names: Argument...) throws -> ProgramOutcome {
        try Program.lookalike.run(
            ["models", "forget"] + names + ["--catalogue", .path(bench.catalogue)], in: bench.folder.path)
    }

    @Test func listsWhatIsKept() throws {
        let bench = try Workbench(photos: 3)
        #expect(try memory(bench).text.contains("keeps nothing yet"))
        _ = try bench.run("index", "shop")
        #expect(try memory(bench).text.hasPrefix("3 photos"))
        #expect(try memory(bench).text.contains("MB  colour-layout r"))
    }

    @Test func forgetsAModelAndDescribesThePhotosAnew() throws {
        let bench = try Workbench(photos: 3)
        _ = try bench.run("index", "shop")
        #expect(try memory(bench, "Colour_Layout").text.contains("3 photos forgotten"))
        #expect(try bench.run("index", "shop", "--verbose").work?.embedded == 3)
    }

    @Test func leavesNoIndexOfAModelThatIsForgotten() throws {
        let bench = try Workbench(photos: 3)
        _ = try bench.run("index", "shop")
        _ = try bench.run("compact")
        #expect(bench.indexFiles.count == 1)
        _ = try memory(bench, "colour-layout")
        #expect(bench.indexFiles.isEmpty)
    }

    @Test func saysThatNothingIsKeptOfAModel() throws {
        let bench = try Workbench(photos: 1)
        _ = try bench.run("index", "shop")
        for name in ["resnet18", "nonsense", "missing.onnx"] {
            let outcome = try memory(bench, "\(name)")
            #expect(outcome.status == 2 && outcome.messages.contains("keeps nothing of ‘\(name)’"))
        }
    }
}
