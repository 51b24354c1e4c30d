extension WeightFile {
    /// The file with its tensors under other names, and without those that get none.
    ///
    /// Throws where two get the same.
    public func renamed(_ name: (String) -> String?) throws(WeightFileError) -> WeightFile {
        try WeightFile(
            tensors.values.compactMap { tensor in
                name(tensor.name).map(tensor.renamed)
            })
    }
}

extension WeightFile.Tensor {
    /// The same numbers.
    package func renamed(_ name: String) -> Self {
        Self(name: name, type: type, shape: shape, block: block, range: range)
    }
}
