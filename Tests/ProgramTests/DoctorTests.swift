import Foundation
import SystemPackage
import TestSupport
import Testing

/// What `lookalike doctor` says of machines that have what is needed, and of those that lack it.
@Suite struct DoctorTests {
    private struct Report: Decodable {
        struct Finding: Decodable {
            let name: String
            let state: String
            let version: String?
            let path: String?
            let detail: String?
            let remedy: String?
        }

        struct Plan: Decodable {
            let purpose: String
            let engine: String
            let device: String
            let precision: String
            let reasons: [String]
            let problem: String?
        }

        struct Trial: Decodable {
            let engine: String
            let device: String
            let precision: String
            let milliseconds: Int?
            let problem: String?
        }

        struct Processor: Decodable {
            let name: String
            let count: Int
            let instructions: [String]
        }

        let problems: [String]
        let processor: Processor
        let libraries: [Finding]
        let models: [Finding]
        let plans: [Plan]
        let trials: [Trial]
        let catalogue: Finding

        var works: Bool { problems.isEmpty }

        func library(_ name: String) throws -> Finding { try #require(libraries.first { $0.name == name }) }
    }

    private let bench = Workbench()

    private func diagnosis(
        _ words: Argument..., environment: [String: String] = [:]
    ) throws -> (report: Report, outcome: ProgramOutcome) {
        let outcome = try Program.lookalike.run(
            ["doctor", "--format", "json"] + words, environment: environment, in: bench.folder.path)
        return (try JSONDecoder().decode(Report.self, from: Data(outcome.output)), outcome)
    }

    private var emptyHome: [String: String] {
        ["LOOKALIKE_HOME": bench.folder.appending("home").string, "LOOKALIKE_ONNXRUNTIME": "/nowhere/lib.so"]
    }

    @Test func namesACommandForEachThingThatIsMissing() throws {
        let (report, outcome) = try diagnosis(environment: emptyHome)
        #expect(outcome.status == 2 && !report.works)
        for (name, command) in [
            ("ONNX Runtime", "Scripts/setup"), ("OpenVINO", "Scripts/setup --openvino"),
            ("ONNX Runtime with CUDA", "Scripts/setup --cuda"),
        ] {
            let library = try report.library(name)
            #expect(library.state == "missing" && library.remedy == command)
        }
        for model in report.models where model.name != "colour-layout" {
            #expect(model.state == "missing")
            #expect(model.remedy?.contains(model.name) == true)
        }
        #expect(report.trials.isEmpty)
        #expect(report.plans[0].problem?.contains("Scripts/setup") == true)
        let command = "(lookalike models fetch efficientnet-lite0)"
        #expect(report.problems.contains { $0.contains("efficientnet-lite0 are not installed \(command)") })
    }

    @Test func namesTheProcessorsThatLinuxTellsOf() throws {
        let (report, _) = try diagnosis(environment: emptyHome)
        let told = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        #expect(report.processor.count == ProcessInfo.processInfo.activeProcessorCount)
        #expect(report.processor.instructions.contains("AVX2") == told.contains(" avx2 "))
        #expect(report.processor.instructions.contains("AVX512-BF16") == told.contains(" avx512_bf16 "))
        #expect(told.contains(report.processor.name) || report.processor.name == "unknown processor")
    }

    @Test func changesNothing() throws {
        let (report, _) = try diagnosis(environment: emptyHome)
        #expect(report.catalogue.state == "sound")
        #expect(report.catalogue.detail?.contains("not there yet") == true)
        #expect(!FileManager.default.fileExists(atPath: bench.folder.appending("home").string))
    }

    @Test func aModelWithoutANetworkNeedsNothing() throws {
        let (report, outcome) = try diagnosis("--model", "colour-layout", environment: emptyHome)
        #expect(outcome.status == 0 && report.works)
        #expect(report.plans.allSatisfy { $0.problem == nil && $0.engine == "Lookalike" })
    }

    @Test(.enabled(if: InstalledModels.areThere, "\(InstalledModels.absence)"))
    func aSearchWorksWhereAllIsInstalled() throws {
        let home = ["LOOKALIKE_HOME": InstalledModels.folder.string]
        let (report, outcome) = try diagnosis("--catalogue", "c.sqlite", environment: home)
        #expect(outcome.status == 0 && report.works)
        #expect(try report.library("ONNX Runtime").version?.split(separator: ".").count == 3)
        #expect(try report.library("ONNX Runtime").path?.hasSuffix("libonnxruntime.so") == true)
        #expect(try report.library("libvips").detail?.contains("JPEG") == true)
        #expect(report.models.first { $0.name == "efficientnet-lite0" }?.state == "sound")
        #expect(report.plans.map(\.purpose) == ["a search", "indexing many photos"])
        #expect(report.plans.allSatisfy { $0.reasons.count == 3 && $0.problem == nil })
        #expect(
            report.trials.contains { $0.engine == "ONNX Runtime" && $0.device == "cpu" && $0.precision == "float32" })
        #expect(report.trials.allSatisfy { $0.problem == nil && ($0.milliseconds ?? -1) >= 0 })
    }

    @Test(.enabled(if: InstalledModels.areThere, "\(InstalledModels.absence)"))
    func aLibraryThatIsNoneIsBrokenAndEndsTheHope() throws {
        let text = try bench.put(Array("no library".utf8), at: "lib.so")
        let (report, outcome) = try diagnosis(
            "--engine", "onnxruntime",
            environment: ["LOOKALIKE_HOME": InstalledModels.folder.string, "LOOKALIKE_ONNXRUNTIME": text.string])
        #expect(outcome.status == 2 && !report.works)
        let library = try report.library("ONNX Runtime")
        #expect(library.state == "broken")
        #expect(library.detail?.contains("\(text) cannot be used") == true)
        #expect(report.plans[0].problem == library.detail)
        #expect(!report.trials.contains { $0.engine == "ONNX Runtime" && $0.device == "cpu" })
    }

    @Test(.enabled(if: InstalledModels.areThere, "\(InstalledModels.absence)"))
    func aCardThatIsAskedForAndNotThereEndsTheHope() throws {
        let (report, outcome) = try diagnosis(
            "--device", "cuda",
            environment: ["LOOKALIKE_HOME": InstalledModels.folder.string, "LOOKALIKE_CUDA": "/nowhere/lib.so"])
        #expect(outcome.status == 2 && !report.works)
        #expect(report.plans[0].device == "cuda")
        #expect(report.plans[0].problem?.contains("Scripts/setup --cuda") == true)
    }

    @Test func countsThePhotosOfTheCatalogue() throws {
        let bench = try Workbench(photos: 3)
        _ = try bench.run("index", "shop")
        let outcome = try bench.run("doctor", "--format", "json")
        let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output))
        #expect(outcome.status == 0)
        #expect(report.catalogue.path == bench.catalogue.string)
        #expect(report.catalogue.detail == "3 photos in 1 folder")
    }

    @Test func saysWhyACatalogueDoesNotOpen() throws {
        let path = try bench.put(Array(String(repeating: "no catalogue ", count: 100).utf8), at: "catalogue.sqlite")
        let (report, outcome) = try diagnosis("--model", "colour-layout", "--catalogue", .path(path))
        #expect(outcome.status == 2 && !report.works)
        #expect(report.catalogue.state == "broken")
        #expect(report.catalogue.detail?.contains("is no catalogue of Lookalike") == true)
    }

    @Test func isLaidOutForPeople() throws {
        let outcome = try bench.runPlainly("doctor", environment: emptyHome)
        #expect(outcome.status == 2)
        for words in [
            "Lookalike 0.1.0\n", "\nLibraries\n", "\nModels\n", "\nWhat computes the model\n", "\nCatalogue\n",
            "  – ONNX Runtime             not installed (Scripts/setup)\n",
            "not installed (Scripts/setup --openvino)\n",
            "  ✓ colour-layout            needs no weights\n", "\nA search would not work\n",
        ] {
            #expect(outcome.text.contains(words), "\(words)")
        }
        #expect(outcome.messages.isEmpty)
        #expect(!outcome.text.split(separator: "\n").contains { $0.hasSuffix(" ") })
    }
}
