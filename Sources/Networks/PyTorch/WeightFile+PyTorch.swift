import Archives
public import SystemPackage

/// What `torch.save` writes of a network's state (`.pth`, `.pt`).
extension WeightFile {
    /// Maps a file of `torch.save`, of either format, as far as it holds tensors and nothing else.
    ///
    /// Tensors that lie row-major are lent from the file; views with other strides are copied. A state that lies in a
    /// dictionary under “state_dict”, “model_state_dict” or “model” is found there.
    public init(pyTorch path: FilePath) throws(WeightFileError) {
        self = try .mapping(path) { (block) throws(WeightFileError) in try WeightFile(pyTorch: block) }
    }

    init(pyTorch block: MemoryBlock) throws(WeightFileError) {
        self = try PyTorchFile(block).weights(in: block)
    }
}

extension PyTorchFile {
    /// The tensors, each where it lies in `block`, or laid out anew.
    func weights(in block: MemoryBlock) throws(WeightFileError) -> WeightFile {
        var budget = Self.budget(for: block)
        return try WeightFile(
            try tensors.map { (name, tensor) throws(WeightFileError) in
                try tensor.laidOut(as: name, from: storages, in: block, budget: &budget)
            })
    }

    /// A view can repeat its storage; what a file's tensors may take in all is bounded by the file.
    private static func budget(for block: MemoryBlock) -> Int { 4 * block.bytes.count + 1_000_000 }
}
