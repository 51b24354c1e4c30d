import Foundation
import Imaging
import SystemPackage
import TestSupport
import Testing

/// Garments on two photos: from the outside, on real photos with the default model.
@Suite(
    .enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)),
    .enabled(if: RealPhotos.areThere, Comment(rawValue: RealPhotos.absence)))
struct SameGarmentsTests {
    private let bench = Workbench()

    private func run(_ words: Argument...) throws -> ProgramOutcome {
        try Program.lookalike.run(
            ["duplicates", "shop", "--garments", "--catalogue", "c.sqlite"] + words,
            environment: ["LOOKALIKE_HOME": InstalledModels.folder.string], in: bench.folder.path)
    }

    private func photo(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: RealPhotos.photo("demo/images/\(name).jpg").string)))
    }

    /// One dress from nearer by and in a mirror is another picture of it.
    private func fill() throws {
        let dress = try ImageDecoder().decode(photo("dress-floral-01"))
        try bench.put(photo("dress-floral-01"), at: "shop/dress.jpg")
        try bench.put(
            ImageEncoder(format: .png).encode(dress.cropped(left: 0.08, top: 0.08, right: 0.08).mirrored),
            at: "shop/nearer.png")
        // The same picture once more is no other picture of it.
        try bench.put(ImageEncoder(format: .jpeg, quality: 60).encode(dress), at: "shop/smaller.jpg")
        for name in ["shoes-08", "pants-denim-03", "longsleeve-striped-02"] {
            try bench.put(photo(name), at: "shop/\(name).jpg")
        }
    }

    @Test func arePairsThatAreNearestToEachOther() throws {
        try fill()
        let text = try run().text
        #expect(text.hasPrefix("1 pair of photos") && text.contains("perhaps the same garment, 0."))
        #expect(text.contains("shop/nearer.png") && !text.contains("shoes"))
        #expect(try run("--format", "json").text.contains("\"garment\" : true"))
    }

    @Test func areNoneWhereNothingIsAlikeEnough() throws {
        try fill()
        let outcome = try run("--above", "0.999", "--html", "garments.html")
        #expect(outcome.status == 1 && outcome.text == "no garment is there on two photos\n")
        let page = try String(contentsOfFile: bench.folder.appending("garments.html").string, encoding: .utf8)
        #expect(page.contains("Garments on two photos"))
    }

    @Test func needModelsThatDescribeViews() throws {
        try fill()
        let outcome = try run("--model", "colour-layout")
        #expect(outcome.status == 2 && outcome.messages.contains("--features views"))
    }
}
