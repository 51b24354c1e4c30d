import ArgumentParser
import Embedders
import Inference
import Networks
import SystemPackage
import VisualSearch

struct QuantizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quantize",
        abstract: "Make a fast int8 model of an installed one, with photos of yours.",
        discussion: """
            Numbers are rounded to eight bits by what they are on some of the photos, and neighbours are compared with
            float32's on others. The int8 model is installed only if enough of them are the same; --precision int8 then
            uses it. Quantizing anew makes another model: photos are described again.

            EXAMPLE
              lookalike models quantize efficientnet-lite0 --photos ~/Pictures/shop
              lookalike search dress.jpg --photos ~/Pictures/shop --precision int8
            """)

    @Argument(help: "The model.", completion: .list(ModelRegistry.models.map(\.id)))
    var name: String

    @Option(help: "A folder of photos like those that you search, with all folders in it.", completion: .directory)
    var photos: [FilePath]

    @Option(help: "Leave out files and folders whose name, or path in the folder, matches this pattern.")
    var exclude: [String] = []

    @Option(help: "On how many photos ranges are measured.")
    var calibration = 256

    @Option(help: "The share of the nearest ten that must be the same as in float32.")
    var minimumOverlap = 0.95

    @Option(help: "Which of the model's layers describes photos.")
    var features: Features?

    @Option(help: "The library that computes the model; each rounds in a way of its own.")
    var engine = EngineName.auto

    func validate() throws {
        guard (8...10_000).contains(calibration) else {
            throw ValidationError("--calibration \(calibration): give a number from 8 to 10000")
        }
        guard (0...1).contains(minimumOverlap) else {
            throw ValidationError("--minimum-overlap \(minimumOverlap): give a share from 0 to 1")
        }
    }

    func run() async throws {
        let quantization = try Quantization(
            of: name, features: features, engine: engine, calibratingOn: calibration, keeping: minimumOverlap)
        let folders = try photos.map { try PhotoFolder($0, excluding: exclude) }
        do {
            let report = try await interruptible {
                let progress = QuantizationProgress()
                defer { progress.clear() }
                return try await quantization.run(on: folders) { progress.show($0, $1, of: $2) }
            }
            print(report.figures + "\n\(report.model) is quantized: --precision int8 uses it")
        } catch let refusal as QuantizationRefusal {
            print(refusal.report.figures)
            Console.tell("lookalike: \(refusal.sentence)")
            throw ExitCode(2)
        } catch is CancellationError {
            Console.tell("Stopped. Nothing was installed.")
            throw CancellationError()
        }
    }
}
