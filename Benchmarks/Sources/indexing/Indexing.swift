// How near indexing comes to the rate at which the network alone embeds ready tensors: `indexing FOLDER [ROUNDS [MODEL [ENGINE]]]`.
// Both are measured in turn in one run, since the machine's speed may change from minute to minute.

import Embedders
import Foundation
import Imaging
import Inference
import SystemPackage
import VisualSearch

@main
struct Indexing: Sendable {
    let folder: PhotoFolder
    let choice: ModelChoice

    static func main() async throws {
        MemoryReuse.begin()
        let arguments = CommandLine.arguments
        guard arguments.count > 1 else { return print("indexing FOLDER [ROUNDS [MODEL [ENGINE]]]") }
        let rounds = arguments.count > 2 ? Int(arguments[2]) ?? 3 : 3
        let choice = try ModelChoice(
            arguments.count > 3 ? arguments[3] : ModelRegistry.standard,
            engine: arguments.count > 4 ? EngineName(rawValue: arguments[4]) ?? .auto : .auto)
        let benchmark = Indexing(folder: try PhotoFolder(FilePath(arguments[1])), choice: choice)
        print("round  network photos/s  CPU ms   indexing photos/s  CPU ms   rate  CPU")
        var ratios: [(rate: Double, cpu: Double)] = []
        for round in 1...rounds {
            let count = try await benchmark.photoCount()
            let network = try await measure {
                try await benchmark.embedReadyTensors(count)
                return count
            }
            let indexing = try await measure { try await benchmark.index() }
            ratios.append((indexing.rate / network.rate, network.cpu / indexing.cpu))
            print(
                String(
                    format: "%5d %17.1f %7.2f %19.1f %7.2f   %.3f %.3f", round, network.rate, network.cpu * 1000,
                    indexing.rate, indexing.cpu * 1000, ratios.last!.rate, ratios.last!.cpu))
        }
        let median = ratios.map(\.rate).sorted()[ratios.count / 2]
        print(String(format: "median: indexing runs at %.3f of the network's rate", median))
    }

    private func photoCount() async throws -> Int {
        FileManager.default.enumerator(atPath: folder.path.string)!.reduce(0) {
            $0 + (($1 as! String).hasSuffix(".jpg") ? 1 : 0)
        }
    }

    /// As many photos as the folder has, in as many tasks and batches as indexing uses, of made-up pixels.
    private func embedReadyTensors(_ count: Int) async throws {
        var choice = choice
        choice.settings.isForMany = true
        choice.settings.concurrentRuns = ProcessInfo.processInfo.activeProcessorCount
        let embedder = try Installation.standard.embedder(for: choice)
        let photo = FramedPhoto(
            embedder.inputs.map { input in
                let pixels = (0..<input.side * input.side * 3).map {
                    UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7)
                }
                return PixelImage(width: input.side, height: input.side, pixels: pixels)
            })
        let batch = Array(repeating: photo, count: 8)
        try await withThrowingTaskGroup { group in
            for task in 0..<ProcessInfo.processInfo.activeProcessorCount {
                group.addTask {
                    for _ in stride(from: task, to: count / 8, by: ProcessInfo.processInfo.activeProcessorCount) {
                        _ = try embedder.embed(batch)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Everything, into a catalogue that is empty.
    private func index() async throws -> Int {
        let catalogue = FilePath(NSTemporaryDirectory()).appending("indexing-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(atPath: catalogue.string) }
        let engine = try SearchEngine(catalogue: .file(catalogue.appending("catalogue.sqlite")), model: choice)
        for try await _ in engine.refresh([folder]) {}
        return engine.workload.embedded
    }
}

/// Photos per second, and CPU seconds a photo.
func measure(_ work: @Sendable () async throws -> Int) async throws -> (rate: Double, cpu: Double) {
    let (start, cpuStart) = (ContinuousClock.now, clock())
    let count = Double(try await work())
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    return (count / elapsed, Double(clock() - cpuStart) / Double(CLOCKS_PER_SEC) / count)
}
