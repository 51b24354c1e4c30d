import Foundation
import Inference
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Training, from the outside: a home of its own, and a base without weights.
@Suite(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
struct TrainTests {
    private let bench: Workbench
    private let home: FilePath

    /// Swatches of six labels, four each, in folders.
    init() throws {
        bench = Workbench()
        home = bench.folder.appending("home")
        try FileManager.default.createDirectory(atPath: home.string, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: home.appending("engines").string,
            withDestinationPath: InstalledModels.folder.appending("engines").string)
        for label in 0..<6 {
            for photo in 0..<4 {
                try bench.put(Swatch(10 * label + photo).png, at: "shop/l\(label)/\(label)\(photo).png")
            }
        }
    }

    private func run(_ words: [Argument], base: Bool = true) throws -> ProgramOutcome {
        let options: [Argument] = ["--catalogue", .path(bench.catalogue)] + (base ? ["--model", "colour-layout"] : [])
        return try runPlainly(words + options)
    }

    private func runPlainly(_ words: [Argument]) throws -> ProgramOutcome {
        try Program.lookalike.run(
            words, environment: ["LOOKALIKE_HOME": home.string], in: bench.folder.path)
    }

    private func train(_ words: Argument...) throws -> ProgramOutcome { try run(["train", "mine"] + words) }

    @Test func isAModelAfterwardsIfItIsForcedTo() throws {
        let outcome = try train("--photos", "shop", "--force", "--html", "what.html")
        #expect(outcome.status == 0 && outcome.text.contains("mAP@10"), "\(outcome.messages)")
        #expect(outcome.text.contains("--model mine"))
        let page = try String(contentsOfFile: bench.folder.appending("what.html").string, encoding: .utf8)
        #expect(page.contains("What changed most") && page.contains("<polyline") && page.contains("data:image"))
        let found = try run(
            ["search", "shop/l1/11.png", "--photos", "shop", "--model", "mine", "--format", "json"], base: false)
        #expect(try #require(found.answers.first).results.count > 0)
        #expect(try runPlainly(["models"]).text.contains("mine"))
        let integers = try runPlainly(["models", "quantize", "mine", "--photos", "shop"])
        let refusal = Precision.hasInt8 ? "mine has no weights" : "this processor has no instructions for it"
        #expect(integers.status == 2 && integers.messages.contains(refusal), "\(integers.messages)")
        #expect(try runPlainly(["search", "a.png", "--model", "min"]).messages.contains(", mine,"))
        let forgotten = try runPlainly(["models", "remove", "mine"])
        #expect(forgotten.status == 0)
        #expect(try run(["search", "shop/l1/11.png", "--photos", "shop", "--model", "mine"], base: false).status == 2)
    }

    /// Swatches of one label are no more alike than others.
    @Test func refusesToInstallWhatIsNotBetter() throws {
        let outcome = try train("--photos", "shop", "--format", "json")
        #expect(outcome.status == 1 && outcome.text.contains("\"isInstalled\" : false"), "\(outcome.messages)")
        #expect(try run(["search", "shop/l1/11.png", "--photos", "shop", "--model", "mine"], base: false).status == 2)
    }

    /// Which a second interruptible work in one run has to hear, too: photos were described before.
    @Test(arguments: [SIGINT, SIGTERM])
    func endsWithTheBestSoFarWhereItIsInterrupted(signal: Int32) throws {
        let training = try Program.lookalike.start(
            [
                "train", "mine", "--photos", "shop", "--force", "--format", "json", "--model", "colour-layout",
                "--catalogue", .path(bench.catalogue),
            ], environment: ["LOOKALIKE_HOME": home.string], in: bench.folder.path)
        #expect(try training.waitUntilItSays("Learning from"))
        training.send(signal)
        let outcome = try training.outcome()
        #expect(outcome.status == 0 && outcome.text.contains("\"isInstalled\" : true"), "\(outcome.messages)")
        let report = try JSONSerialization.jsonObject(with: Data(outcome.text.utf8)) as? [String: Any]
        #expect((report?["history"] as? [Any])?.count ?? 99 < 10)
    }

    @Test func takesLabelsFromNamesAndFiles() throws {
        let names = try train("--photos", "shop", "--identity", "^(.)", "--force")
        #expect(names.text.contains("of 6 labels"), "\(names.messages)")
        let rows = (0..<6).flatMap { label in
            (0..<4).map { photo in
                "shop/l\(label)/\(label)\(photo).png,\(label % 3),\(photo < 3),\(label / 3) \(photo)"
            }
        }
        let table = ["path,kind,used,day"] + rows
        try bench.put(Array(table.joined(separator: "\n").utf8), at: "labels.csv")
        let file = try train("--labels", "labels.csv", "--label", "kind", "--only", "used=true", "--force")
        #expect(file.text.contains("of 3 labels") && file.text.contains("6 without a label"), "\(file.messages)")
        let series = try train("--labels", "labels.csv", "--label", "kind", "--series", "day", "--force")
        #expect(series.messages.contains("of other series"), "\(series.messages)")
    }

    @Test(arguments: [
        (["--photos", "shop", "--identity", "("], "no regular expression"),
        (["--photos", "shop", "--identity", "png"], "all photos show the same"),
        (["--photos", "shop", "--identity", "^([0-9]+)"], "no label has two photos"),
        (["--photos", "shop", "--identity", "^x"], "no photo in the folders has a label"),
        (["--photos", "shop", "--html", "shop/l0/00.png/what.html"], "what.html"),
        (["--photos", "nowhere"], "nowhere"), (["--labels", "missing.csv"], "missing.csv"),
        (["--photos", "shop", "--series", "sender"], "--series need the columns"),
        ([], "--photos"), (["--photos", "shop", "--only", "a=b"], "--labels"),
        (["--photos", "shop", "--match", "garment"], "has no views"),
        (["--photos", "shop", "--recipe", "fine-tune"], "no network whose last layers"),
        (["--photos", "shop", "--recipe", "unet", "--cutout", "always"], "leave --cutout out"),
        (["--photos", "shop", "--recipe", "unet", "--resume"], "no training of mine was interrupted"),
        (["--photos", "shop", "--resume"], "learnt in seconds"),
        (["--photos", "shop", "--epochs", "0"], "--epochs 0"),
        (["--photos", "shop", "--unlabelled", "--identity", "x"], "leave --labels and --identity out"),
    ])
    func saysWhatIsWrong(words: [String], reason: String) throws {
        let outcome = try run(["train", "mine"] + words.map { Argument($0) })
        #expect(outcome.status == 2 && outcome.messages.contains(reason), "\(outcome.messages)")
    }

    @Test func refusesNamesOfOthers() throws {
        #expect(try run(["train", "resnet18", "--photos", "shop"]).messages.contains("name of another model"))
        #expect(try run(["train", "../mine", "--photos", "shop"]).messages.contains("no name for a model"))
    }

    /// Nobody can ask for what it described any more.
    @Test func takesThePlaceOfAnOlderOneInTheCatalogueToo() throws {
        for seed in ["1", "2"] {
            #expect(try train("--photos", "shop", "--force", "--seed", Argument(seed)).status == 0)
            _ = try run(["search", "shop/l1/11.png", "--photos", "shop", "--model", "mine"], base: false)
        }
        let kept = try runPlainly(["models", "forget", "--catalogue", .path(bench.catalogue)]).text
        #expect(kept.split(separator: "\n").count { $0.contains(" mine ") } == 1, "\(kept)")
    }

    @Test func refusesToLearnOfItself() throws {
        #expect(try start().outcome().status == 0)
        let outcome = try run(["train", "mine", "--photos", "shop", "--model", "mine"], base: false)
        #expect(outcome.status == 2 && outcome.messages.contains("needs another name"), "\(outcome.messages)")
        #expect(try run(["train", "more", "--photos", "shop", "--model", "mine", "--force"], base: false).status == 0)
        #expect(try run(["search", "shop/l1/11.png", "--photos", "shop", "--model", "more"], base: false).status == 0)
    }

    // MARK: Without labels

    @Test func saysThatNobodyCanTellWithoutLabels() throws {
        let outcome = try train("--photos", "shop", "--unlabelled")
        #expect(outcome.status == 1 && outcome.text.contains("it is not installed"), "\(outcome.messages)")
    }

    @Test func learnsWithoutLabels() throws {
        let outcome = try train("--photos", "shop", "--unlabelled", "--force", "--html", "what.html")
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(outcome.text.contains("photos without labels learnt from") && outcome.text.contains("not known"))
        #expect(outcome.messages.contains("pictures"))
        let page = try String(contentsOfFile: bench.folder.appending("what.html").string, encoding: .utf8)
        #expect(page.contains("not known") && !page.contains("What changed most"))
        let found = try run(
            ["search", "shop/l1/11.png", "--photos", "shop", "--model", "mine", "--format", "json"], base: false)
        #expect(try #require(found.answers.first).results.count > 0)
    }

    // MARK: Networks

    private static let painting: [Argument] = [
        "train", "mine", "--photos", "shop", "--recipe", "unet", "--force", "--format", "json", "--model",
        "colour-layout", "--epochs", "3",
    ]

    private func start(_ words: [Argument] = painting) throws -> RunningProgram {
        try Program.lookalike.start(
            words + ["--catalogue", .path(bench.catalogue)], environment: ["LOOKALIKE_HOME": home.string],
            in: bench.folder.path)
    }

    /// What names the numbers of the model that is installed.
    private var digest: String {
        get throws {
            let card = Data(try contents(of: home.appending("models/trained/mine.json")))
            return try #require((try JSONSerialization.jsonObject(with: card) as? [String: Any])?["digest"] as? String)
        }
    }

    private func contents(of path: FilePath) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path.string)))
    }

    private var checkpoint: FilePath { home.appending("models/trained/mine.checkpoint") }

    /// The same model comes of it as if nothing had happened.
    @Test func goesOnAfterAKill() throws {
        let whole = try start(Self.painting + ["--html", "what.html"]).outcome()
        #expect(whole.status == 0 && whole.messages.contains("MB of memory"), "\(whole.messages)")
        #expect(!FileManager.default.fileExists(atPath: checkpoint.string))
        let page = try String(contentsOfFile: bench.folder.appending("what.html").string, encoding: .utf8)
        #expect(page.contains("what it painted"))
        let expected = try digest
        #expect(try runPlainly(["models", "remove", "mine"]).status == 0)

        let interrupted = try start()
        #expect(try interrupted.waitUntilItSays("photos to come"))
        interrupted.send(SIGINT)
        _ = try interrupted.outcome()
        let killed = try start(Self.painting + ["--resume"])
        #expect(try killed.waitUntilItSays("Going on after"))
        killed.send(SIGKILL)
        _ = try killed.outcome()
        let other = try start(Self.painting + ["--resume", "--seed", "2"]).outcome()
        #expect(other.status == 2 && other.messages.contains("of other photos, labels or options"))
        let resumed = try start(Self.painting + ["--resume"]).outcome()
        #expect(resumed.status == 0 && resumed.messages.contains("Going on after"), "\(resumed.messages)")
        #expect(try digest == expected)
        #expect(!FileManager.default.fileExists(atPath: checkpoint.string))
        let found = try run(
            ["search", "shop/l1/11.png", "--photos", "shop", "--model", "mine", "--format", "json"], base: false)
        #expect(try #require(found.answers.first).results.count > 0)
        #expect(try runPlainly(["models"]).text.contains("unet"))
    }

    @Test func keepsTheBestSoFarAndGoesOnLater() throws {
        let interrupted = try start()
        #expect(try interrupted.waitUntilItSays("photos to come"))
        interrupted.send(SIGINT)
        let outcome = try interrupted.outcome()
        #expect(outcome.status == 0 && outcome.text.contains("\"isInstalled\" : true"), "\(outcome.messages)")
        #expect(outcome.messages.contains("--resume goes on"))
        let kept = try contents(of: checkpoint)
        try Data(kept.dropLast(100)).write(to: URL(fileURLWithPath: checkpoint.string))
        let damaged = try start(Self.painting + ["--resume"]).outcome()
        #expect(damaged.status == 2 && damaged.messages.contains("is damaged"), "\(damaged.messages)")
        let anew = try start().outcome()
        #expect(anew.status == 0 && anew.messages.contains("begins anew"), "\(anew.messages)")
    }
}
