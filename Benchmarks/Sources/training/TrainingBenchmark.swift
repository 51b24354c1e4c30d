// Steps of training, one a line that is read: `training unet|resnet18 WEIGHTS PROCESSORS`, where WEIGHTS are the network's first
// weights and what a step is given, in a file of safetensors. Prints the loss, elapsed seconds and processor seconds of each step.
// Benchmarks/training.py lets it take turns with PyTorch.

import Foundation
import Inference
import Networks
import SystemPackage
import Training
import VisualSearch

@main
struct TrainingBenchmark {
    private static let batch = 8

    static func main() throws {
        MemoryReuse.begin()
        let words = CommandLine.arguments
        guard words.count == 4, let processors = Int(words[3]) else {
            return print("training unet|resnet18 WEIGHTS PROCESSORS")
        }
        let file = try WeightFile(safetensors: FilePath(words[2]))
        let isPainting = words[1] == "unet"
        let (network, features): (any Network, Features) =
            isPainting ? (UNet(inputSide: 128, width: 32, levels: 3), .picture) : (ResNet.resnet18, .pooled)
        let step = try TrainingStep(
            of: network.graph(of: features, weights: file), batch: batch, layers: .all, optimizer: .momentum(0.9),
            loss: isPainting ? .squaredError : .contrastive(temperature: 0.5))
        var session = try Installation.standard.libraries.recurrentSession(
            of: step.graph, states: step.states, results: [TrainingStep.loss],
            settings: SessionSettings(device: .cpu, threads: processors))
        let names = ["photos"] + (isPainting ? [Loss.target] : [Loss.identical, Loss.itself])
        let given = try names.map { try file.tensor($0) }
        for number in 1... {
            guard readLine() != nil else { return }
            let (start, processor) = (ContinuousClock.now, clock())
            let loss = try session.run(step.settings(step: number, rate: 0.001) + given)[0][0]
            let elapsed = (ContinuousClock.now - start) / .seconds(1)
            let line = "\(loss) \(elapsed) \(Double(clock() - processor) / Double(CLOCKS_PER_SEC))\n"
            try FileDescriptor.standardOutput.writeAll(line.utf8)
        }
    }
}
