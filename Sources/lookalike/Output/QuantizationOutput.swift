import Inference
import Synchronization
import SystemPackage
import VisualSearch

/// One progress bar after the other, told from any task.
final class QuantizationProgress: Sendable {
    private let state = Mutex<(step: Quantization.Step, bar: ProgressBar)?>(nil)

    func show(_ step: Quantization.Step, _ done: Int, of total: Int) {
        state.withLock { state in
            var (current, bar) = state ?? (step, ProgressBar(step.rawValue, counting: .photos))
            if current != step { (current, bar) = (step, ProgressBar(step.rawValue, counting: .photos)) }
            bar.show(done, of: total)
            state = (current, bar)
        }
    }

    func clear() {
        state.withLock { $0?.bar.clear() }
    }
}

extension QuantizationReport {
    /// What people decide by, one figure a line.
    var figures: String {
        let float = floatLayers == 0 ? "" : ", the first \(floatLayers) of \(layers) layers in float32"
        return """
            \(model) in int8, by \(engine.title)\(float)
            compared with float32 on \(compared.counted("photo")), calibrated on \(calibrated.grouped) others:
              overlap of the nearest ten   \(agreement.overlap.rounded(to: 3))
              cosine, mean                 \(agreement.meanCosine.rounded(to: 4))
              cosine, least                \(agreement.leastCosine.rounded(to: 4)) (\(agreement.worst.printable))
              size                         \(Self.megabytes(bytes.int8)), float32 \(Self.megabytes(bytes.float))
              processor time a photo       \(Self.milliseconds(speed.int8)), float32 \(Self.milliseconds(speed.float)): \((speed.float / speed.int8).rounded(to: 1)) times as fast
            """
    }

    private static func megabytes(_ bytes: Int) -> String { "\((Double(bytes) / 1e6).rounded(to: 1)) MB" }

    private static func milliseconds(_ seconds: Double) -> String { "\((seconds * 1000).rounded(to: 1)) ms" }
}

extension QuantizationRefusal {
    /// Why, and what to do.
    var sentence: String {
        "int8 keeps \(report.agreement.overlap.rounded(to: 3)) of the nearest ten, and \(minimum.rounded(to: 3)) are asked "
            + "for: nothing was installed. More photos (--calibration), or a lower --minimum-overlap, may do"
    }
}
