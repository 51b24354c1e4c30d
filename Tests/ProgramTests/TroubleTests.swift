import Foundation
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the program says when it cannot do what was asked: what is wrong, and what to do.
@Suite struct TroubleTests {
    @Test func anUnknownModelIsAnsweredWithTheNamesOfAll() throws {
        let outcome = try Workbench(photos: 1).runPlainly(
            "index", "shop", "--model", "resnet51", "--catalogue", "c.sqlite")
        #expect(outcome.status == 2)
        for name in ["resnet51", "efficientnet-lite0", "efficientnet-lite1", "colour-layout"] {
            #expect(outcome.messages.contains(name))
        }
    }

    @Test func aFolderThatIsNotThereIsNamed() throws {
        let bench = try Workbench(photos: 1)
        let outcome = try bench.run("index", "nowhere")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("there is no folder nowhere"))
        #expect(try bench.run("index", "shop/1.png").messages.contains("shop/1.png is not a folder"))
    }

    @Test func withoutAnyFolderThereIsNothingToSearch() throws {
        let bench = try Workbench(photos: 1)
        let outcome = try bench.run("search", "shop/1.png")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("--photos"))
    }

    @Test func missingWeightsAreNamedWithTheCommandThatFetchesThem() throws {
        let bench = try Workbench(photos: 1)
        let home = ["LOOKALIKE_HOME": bench.folder.appending("home").string]
        let outcome = try bench.runPlainly("index", "shop", environment: home)
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("weights of efficientnet-lite0 are missing"))
        #expect(outcome.messages.contains("lookalike models fetch efficientnet-lite0"))
    }

    @Test(.enabled(if: InstalledModels.areThere, "\(InstalledModels.absence)"))
    func aMissingLibraryIsNamedWithTheCommandThatInstallsIt() throws {
        let bench = try Workbench(photos: 1)
        let outcome = try bench.runPlainly(
            "index", "shop", "--catalogue", "c.sqlite",
            environment: [
                "LOOKALIKE_HOME": InstalledModels.folder.string, "LOOKALIKE_ONNXRUNTIME": "/nowhere/lib.so",
                "LOOKALIKE_OPENVINO": "/nowhere/lib.so",
            ])
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("Scripts/setup"))
        #expect(outcome.messages.contains("/nowhere/lib.so"))
    }

    @Test(.enabled(if: InstalledModels.areThere, "\(InstalledModels.absence)"))
    func anEngineThatIsNotInstalledIsNamedBeforeAnyPhotoIsRead() throws {
        let bench = try Workbench(photos: 1)
        let outcome = try bench.runPlainly(
            "index", "shop", "--catalogue", "c.sqlite", "--engine", "openvino",
            environment: ["LOOKALIKE_HOME": InstalledModels.folder.string, "LOOKALIKE_OPENVINO": "/nowhere/lib.so"])
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("Scripts/setup --openvino"))
    }

    @Test(.enabled(if: InstalledModels.areThere, "\(InstalledModels.absence)"))
    func aPrecisionThatAnEngineDoesNotHaveIsAnError() throws {
        let outcome = try Workbench(photos: 1).runPlainly(
            "index", "shop", "--catalogue", "c.sqlite", "--engine", "onnxruntime", "--precision", "bfloat16",
            environment: ["LOOKALIKE_HOME": InstalledModels.folder.string])
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("--precision bfloat16: "))
    }

    @Test(.enabled(if: InstalledModels.areThere, "\(InstalledModels.absence)"))
    func aLibraryThatIsNoneIsRefused() throws {
        let bench = try Workbench(photos: 1)
        let library = try bench.put(Array("no library".utf8), at: "lib.so")
        let outcome = try bench.runPlainly(
            "index", "shop", "--catalogue", "c.sqlite",
            environment: ["LOOKALIKE_HOME": InstalledModels.folder.string, "LOOKALIKE_ONNXRUNTIME": library.string])
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("cannot be used"))
    }

    @Test func aCardWithoutItsLibraryIsRefusedBeforeAnyFolderIsWalked() throws {
        let bench = try Workbench(photos: 1)
        let outcome = try bench.runPlainly(
            "index", "nowhere", "--catalogue", "c.sqlite", "--device", "cuda",
            environment: ["LOOKALIKE_CUDA": "/nowhere/libonnxruntime.so"])
        #expect(outcome.status == 2)
        #expect(
            outcome.messages.hasPrefix("lookalike: --device cuda: ONNX Runtime’s library for NVIDIA cards is missing"))
        #expect(outcome.messages.contains("Scripts/setup --cuda"))
        #expect(outcome.messages.split(separator: "\n").count == 1)
        #expect(!FileManager.default.fileExists(atPath: bench.folder.appending("c.sqlite").string))
        #expect(try bench.run("index", "shop", "--device", "abacus").status == 2)
    }

    @Test(.enabled(if: !InstalledModels.hasDriver, "this machine has an NVIDIA driver"))
    func aCardWithoutADriverIsRefusedBeforeAnyFolderIsWalked() throws {
        let bench = try Workbench(photos: 1)
        let library = try bench.put(Array("not opened without a card".utf8), at: "libonnxruntime.so")
        let outcome = try bench.runPlainly(
            "search", "nowhere.jpg", "--photos", "nowhere", "--catalogue", "c.sqlite", "--device", "cuda",
            environment: ["LOOKALIKE_CUDA": library.string])
        #expect(outcome.status == 2)
        #expect(outcome.messages.hasPrefix("lookalike: --device cuda: this machine has no NVIDIA driver ("))
        #expect(outcome.messages.contains("use --device cpu"))
        #expect(outcome.messages.split(separator: "\n").count == 1)
    }

    @Test func aFileThatIsNoCatalogueIsLeftAsItIs() throws {
        let bench = try Workbench(photos: 1)
        let letter = Array(String(repeating: "Dear reader, ", count: 100).utf8)
        try bench.put(letter, at: "catalogue.sqlite")
        let outcome = try bench.run("index", "shop")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("is no catalogue of Lookalike"))
        #expect(try contents(of: bench.catalogue) == letter)
    }

    @Test(
        .enabled(if: geteuid() != 0 || FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv"), "no setpriv"))
    func aFolderThatMayNotBeWrittenIsNamed() throws {
        let folder = TemporaryFolder()
        guard let program = try Program.lookalike.asOrdinaryUser(copiedInto: folder.path) else { return }
        let bench = Workbench(running: program)
        try bench.put(Swatch(1).png, at: "shop/1.png")
        chmod(bench.folder.path.string, 0o555)
        defer { chmod(bench.folder.path.string, 0o755) }
        let outcome = try bench.run("index", "shop")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("cannot be written: check the permissions"))
        let sheet = try bench.run("search", "shop/1.png", "--photos", "shop", "--sheet", "result.jpg")
        #expect(sheet.status == 2)
    }

    @Test func aResultPictureThatCannotBeWrittenIsNamed() throws {
        let bench = try Workbench(photos: 2)
        let outcome = try bench.run("search", "shop/1.png", "--photos", "shop", "--sheet", "shop/2.png/result.jpg")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("shop/2.png/result.jpg cannot be written"))
    }

    @Test func aCatalogueOfANewerVersionIsRefused() throws {
        let bench = try Workbench(photos: 1)
        #expect(try bench.run("index", "shop").status == 0)
        // The catalogue lists the steps that made it; this version knows none of that name.
        try replace("photos and their embeddings", by: "photos and their embeddingz", in: bench)
        for outcome in [try bench.run("index", "shop"), try bench.run("search", "shop/1.png")] {
            #expect(outcome.status == 2)
            #expect(outcome.messages.contains("newer version of Lookalike"), "\(outcome.messages)")
        }
    }

    @Test func aDatabaseOfAnotherProgramIsRefusedAndLeftAsItIs() throws {
        let bench = try Workbench(photos: 1)
        #expect(try bench.run("index", "shop").status == 0)
        try replace("photo", by: "phono", in: bench)
        try replace("grdb_migrations", by: "made_with_water", in: bench)
        // Whose database it is, and that it has a journal of the older kind (SQLite's file format, 1.3).
        var bytes = try contents(of: bench.catalogue)
        bytes.replaceSubrange(18..<20, with: [1, 1])
        bytes.replaceSubrange(68..<72, with: [0, 0, 0, 0])
        try bench.put(bytes, at: "catalogue.sqlite")
        let outcome = try bench.run("index", "shop")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("is no catalogue of Lookalike"), "\(outcome.messages)")
        #expect(try contents(of: bench.catalogue) == bytes)
    }

    private func replace(_ word: String, by other: String, in bench: Workbench) throws {
        var bytes = try contents(of: bench.catalogue)
        try #require(!bytes.ranges(of: Array(word.utf8)).isEmpty)
        bytes.replace(Array(word.utf8), with: Array(other.utf8))
        try bench.put(bytes, at: "catalogue.sqlite")
    }

    @Test(.enabled(if: SmallDisk.canBeMade, "only root can mount a small disk"))
    func aFullDiskIsNamed() throws {
        let bench = Workbench()
        let png = Swatch(1).png
        for number in 0..<400 { try bench.put(Swatch.labelling(png, "\(number)"), at: "shop/\(number).png") }
        let disk = try #require(SmallDisk(at: bench.folder.appending("disk"), kilobytes: 700))
        let outcome = try bench.runPlainly(
            "index", "shop", "--model", "colour-layout", "--catalogue", .path(disk.path.appending("c.sqlite")))
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("is full"))
    }
}
