import Foundation
import SystemPackage
import TestSupport
import Testing

/// The words of the original Python program.
@Suite struct OriginalWordsTests {
    @Test func searchAndWriteTheResultPictureWhereTheOriginalDid() throws {
        let bench = try Workbench(photos: 4)
        try bench.put(Swatch(3).png(labelled: "query"), at: "q.png")
        let outcome = try run(
            bench, "--input_image", "q.png", "--img_folder", "shop", "--model", "colour_layout", "--device", "cpu",
            "--metric", "euclidian", "--num_images", "2", "--batch_size", "16", "--root_dir", "out")
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("Results saved at out/results/q.jpg"))
        #expect(try outcome.line(1).first == "1")
        #expect(try outcome.line(1).last == "shop/3.png")
        #expect(try outcome.line(2).first == "2")
        #expect(outcome.lines.count == 4)
        #expect(try contents(of: bench.folder.path.pushing("out/results/q.jpg")).starts(with: [0xFF, 0xD8, 0xFF]))
    }

    @Test func takeTheFoldersThatTheOriginalTook() throws {
        let bench = Workbench()
        for seed in 1...3 { try bench.put(Swatch(seed).png, at: "data/images/\(seed).png") }
        let outcome = try run(bench, "--input_image", "data/images/1.png", "--model", "colour-layout")
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("data/images/2.png"))
        #expect(outcome.text.contains("Results saved at data/results/1.jpg"))
    }

    @Test func sayWhatIsWrong() throws {
        let bench = try Workbench(photos: 1)
        let noFolder = try run(
            bench, "--input_image", "shop/1.png", "--img_folder", "nowhere", "--model", "colour-layout")
        #expect(noFolder.status == 2)
        #expect(noFolder.messages.contains("there is no folder nowhere"))
        let noNumber = try run(bench, "--input_image", "shop/1.png", "--img_folder", "shop", "--num_images", "0")
        #expect(noNumber.status == 2)
        let noModel = try run(bench, "--input_image", "shop/1.png", "--img_folder", "shop", "--model", "resnet51")
        #expect(noModel.status == 2)
        #expect(noModel.messages.contains("efficientnet-lite0"))
    }

    @Test func withoutAnyTheProgramSaysHowItIsUsed() throws {
        let outcome = try Workbench().runPlainly()
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("lookalike search"))
    }

    /// These words name no catalogue, so it is the one in the user's data folder.
    private func run(_ bench: Workbench, _ words: Argument...) throws -> ProgramOutcome {
        try Program.lookalike.run(
            words, environment: ["LOOKALIKE_HOME": bench.folder.appending("home").string], in: bench.folder.path)
    }
}
