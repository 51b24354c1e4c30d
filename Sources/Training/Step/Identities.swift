import Networks

/// Who is who in a batch: what a contrastive loss has to be given.
struct Identities {
    private let numbers: [Int]

    /// One number a photo, the same for the same identity.
    init(_ numbers: [Int]) { self.numbers = numbers }

    /// Under the names that the loss takes them by. A photo without another of its identity wants nothing.
    var tensors: [WeightFile.Tensor] {
        let (count, far) = (numbers.count, Float(-1e9))
        let identical = numbers.indices.flatMap { row in
            let others = numbers.indices.filter { $0 != row && numbers[$0] == numbers[row] }
            return numbers.indices.map { others.contains($0) ? 1 / Float(others.count) : 0 }
        }
        let itself = numbers.indices.flatMap { row in numbers.indices.map { $0 == row ? far : 0 } }
        return [
            WeightFile.Tensor(Loss.identical, .float32, shape: [count, count], identical),
            WeightFile.Tensor(Loss.itself, .float32, shape: [count, count], itself),
        ]
    }
}
