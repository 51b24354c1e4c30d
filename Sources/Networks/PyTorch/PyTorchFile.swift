import Archives

/// What a file of `torch.save` holds, in either of its formats: a network's state, and where its storages lie.
struct PyTorchFile {
    let state: PickleDictionary
    /// The bytes of the file that hold each storage's numbers.
    let storages: [String: Range<Int>]

    init(_ block: MemoryBlock) throws(WeightFileError) {
        self = try block.isZipArchive ? Self(zip: block) : Self(legacy: block)
    }

    init(state: PickleValue, storages: [String: Range<Int>]) throws(WeightFileError) {
        guard case .dictionary(let dictionary) = state else { throw .unsound("it holds no dictionary of tensors") }
        self.state = dictionary.state
        self.storages = storages
    }

    /// By their names in the network: what was saved from several devices at once has “module.” before each.
    var tensors: [(name: String, tensor: PickledTensor)] {
        get throws(WeightFileError) {
            let prefix = state.entries.allSatisfy { $0.key.hasPrefix("module.") } ? "module.".count : 0
            return try state.entries.map { (key, value) throws(WeightFileError) in
                guard case .tensor(let tensor) = value else { throw .unsound("its entry “\(key)” is no tensor") }
                return (String(key.dropFirst(prefix)), tensor)
            }
        }
    }
}

extension MemoryBlock {
    fileprivate var isZipArchive: Bool { bytes.starts(with: "PK\u{3}\u{4}".utf8) }
}
