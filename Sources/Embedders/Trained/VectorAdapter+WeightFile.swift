import Networks
import Vectors

extension VectorAdapter {
    /// Reads what `tensors` wrote; throws where it is something else.
    init(_ file: WeightFile) throws(WeightFileError) {
        let scale = try file.tensor("scale").floats
        let whitening = try file.tensors["whitening"].map { (tensor) throws(WeightFileError) in
            try file.floats(tensor.name, shape: [scale.count, scale.count])
        }
        var residual: Residual?
        if let inner = file.tensors["residual.0.weight"] {
            let hidden = inner.shape.first ?? 0
            residual = Residual(
                innerWeights: try file.floats("residual.0.weight", shape: [hidden, scale.count]),
                innerBias: try file.floats("residual.0.bias", shape: [hidden]),
                outerWeights: try file.floats("residual.2.weight", shape: [scale.count, hidden]),
                outerBias: try file.floats("residual.2.bias", shape: [scale.count]))
        }
        self.init(scale: scale, whitening: whitening, residual: residual)
    }

    var tensors: WeightFile {
        var tensors = [tensor("scale", [dimension], scale)]
        if let whitening { tensors.append(tensor("whitening", [dimension, dimension], whitening)) }
        if let residual {
            let hidden = residual.innerBias.count
            tensors += [
                tensor("residual.0.weight", [hidden, dimension], residual.innerWeights),
                tensor("residual.0.bias", [hidden], residual.innerBias),
                tensor("residual.2.weight", [dimension, hidden], residual.outerWeights),
                tensor("residual.2.bias", [dimension], residual.outerBias),
            ]
        }
        return WeightFile(computed: tensors)
    }

    private func tensor(_ name: String, _ shape: [Int], _ numbers: [Float]) -> WeightFile.Tensor {
        WeightFile.Tensor(name, .float32, shape: shape, numbers)
    }
}
