import Vectors

/// Which of a network's numbers describe a photo.
enum OutputReading: String {
    case whole
    /// Of `[token][number]`.
    case firstToken
    case meanOfTokens
    /// Of `[number][place]`.
    case meanOfPlaces

    /// One photo's embedding out of all numbers for it, which must divide by `dimension`.
    func embedding(of output: ArraySlice<Float>, dimension: Int) -> Embedding {
        switch self {
        case .whole: Embedding(Array(output))
        case .firstToken: Embedding(Array(output.prefix(dimension)))
        case .meanOfTokens: mean(of: output, dimension, step: dimension) { $0 }
        case .meanOfPlaces: mean(of: output, dimension, step: 1) { $0 * (output.count / dimension) }
        }
    }

    private func mean(of output: ArraySlice<Float>, _ dimension: Int, step: Int, start: (Int) -> Int) -> Embedding {
        let count = output.count / dimension
        return Embedding(
            (0..<dimension).map { number in
                let first = output.startIndex + start(number)
                let sum = (0..<count).reduce(0.0) { $0 + Double(output[first + $1 * step]) }
                return Float(sum / Double(count))
            })
    }
}
