import Foundation
import Imaging
import SystemPackage
import TestSupport
import Testing

/// Why two photos are alike: from the outside, on real photos with the default model.
@Suite(
    .enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)),
    .enabled(if: RealPhotos.areThere, Comment(rawValue: RealPhotos.absence)))
struct ExplainTests {
    private struct Explanation: Decodable {
        struct Part: Decodable {
            let view: String
            let cosine: Double
            let weight: Double
            let contribution: Double
        }

        struct Share: Decodable {
            let left: Double
            let top: Double
            let width: Double
            let height: Double

            var isInside: Bool { left >= 0 && top >= 0 && left + width <= 1.000_1 && top + height <= 1.000_1 }
        }

        struct Match: Decodable {
            let left: Share
            let right: Share
            let similarity: Double
        }

        let similarity: Double
        let sureness: Double
        let types: [String]
        let views: [Part]
        let matches: [Match]
    }

    private let folder = TemporaryFolder()
    private let dress = Argument.path(RealPhotos.photo("demo/images/dress-floral-01.jpg"))
    private let other = Argument.path(RealPhotos.photo("demo/images/dress-floral-04.jpg"))
    private let shoes = Argument.path(RealPhotos.photo("demo/images/shoes-08.jpg"))

    private func run(_ words: Argument...) throws -> ProgramOutcome {
        try Program.lookalike.run(
            ["explain"] + words + ["--catalogue", "c.sqlite"],
            environment: ["LOOKALIKE_HOME": InstalledModels.folder.string], in: folder.path)
    }

    private func explanation(_ left: Argument, _ right: Argument, _ words: Argument...) throws -> Explanation {
        let outcome = try Program.lookalike.run(
            ["explain", left, right, "--catalogue", "c.sqlite", "--format", "json"] + words,
            environment: ["LOOKALIKE_HOME": InstalledModels.folder.string], in: folder.path)
        return try JSONDecoder().decode(Explanation.self, from: Data(outcome.output))
    }

    @Test func partsAddUpToTheSimilarity() throws {
        let explanation = try explanation(dress, other)
        #expect(explanation.views.map(\.view) == ["look", "texture", "type", "colours"])
        #expect(abs(explanation.views.reduce(0) { $0 + $1.weight } - 1) < 1e-6)
        #expect(abs(explanation.views.reduce(0) { $0 + $1.contribution } - explanation.similarity) < 1e-6)
        #expect(explanation.types == ["dress", "dress"] && explanation.sureness > 0.8)
        #expect(
            (3...8).contains(explanation.matches.count)
                && explanation.matches.allSatisfy { $0.left.isInside && $0.right.isInside })
    }

    @Test func aPhotoIsLikeItselfInEveryPart() throws {
        let explanation = try explanation(dress, dress, "--match", "pattern", "--matches", "49")
        #expect(abs(explanation.similarity - 1) < 1e-4)
        #expect(explanation.views.map(\.view) == ["look", "texture", "pattern"])
        #expect(explanation.matches.count > 5)
        for match in explanation.matches {
            #expect(
                match.similarity > 0.999 && match.left.left == match.right.left && match.left.top == match.right.top)
        }
    }

    @Test func otherTypesAreToldApart() throws {
        let explanation = try explanation(dress, shoes)
        #expect(explanation.types == ["dress", "shoes"] && explanation.sureness < 0.2)
        let text = try run(dress, shoes).text
        #expect(text.contains("dress and shoes") && text.contains("material"))
    }

    @Test func drawsBothPhotos() throws {
        #expect(try run(dress, other, "--out", "why.png").status == 0)
        let picture = try ImageDecoder().decode(contents(of: folder.appending("why.png")))
        #expect(picture.width == 1158 && picture.height > 700)
        #expect(Set(picture.pixels).count > 100)
    }

    @Test func refusesWhatItCannotCompare() throws {
        #expect(try run(dress, "nowhere.jpg").messages.contains("nowhere.jpg: cannot be read"))
        #expect(try run(dress, other, "--features", "pooled").messages.contains("explains nothing"))
        #expect(try run(dress, other, "--out", "why.bmp").messages.contains("--out why.bmp: end the name in"))
        #expect(try run(dress, other, "--matches", "-1").status == 2)
    }
}
