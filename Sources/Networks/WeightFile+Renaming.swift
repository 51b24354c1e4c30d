extension WeightFile {
    /// The file with its tensors under other names, and without those that get none.
    ///
    /// Throws where two get the same.
    public func renamed(_ name: (String) -> String?) throws(WeightFileError) -> WeightFile {
        try WeightFile(
            tensors.values.compactMap { tensor in
                name(tensor.name).map {
                    Tensor(name: $0, type: tensor.type, shape: tensor.shape, block: tensor.block, range: tensor.range)
                }
            })
    }
}
