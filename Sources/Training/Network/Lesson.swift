import Imaging
import Networks
import Vectors

/// What a network is to learn of pictures.
enum Lesson: Sendable {
    /// Which of them show the same.
    case tellApart(temperature: Float)
    /// To paint them again; where something is hidden, what that may be.
    case paint(hidesPart: Bool)

    /// What of the network it is that learns.
    var features: Features {
        switch self {
        case .tellApart: .pooled
        case .paint: .picture
        }
    }

    var loss: Loss {
        switch self {
        case .tellApart(let temperature): .contrastive(temperature: temperature)
        case .paint: .squaredError
        }
    }

    /// What a step is given.
    func tensors(
        of pictures: [PixelImage], identities: [Int], input: InputSpec, _ random: inout LinearCongruence
    ) -> [WeightFile.Tensor] {
        switch self {
        case .tellApart: [input.tensor(of: pictures)] + Identities(identities).tensors
        case .paint(let hidesPart):
            [
                input.tensor(of: hidesPart ? pictures.map { Hole.covered($0, &random) } : pictures),
                Self.paintable(input.side).tensor(of: pictures, named: Loss.target, flat: true),
            ]
        }
    }

    /// Numbers from 0 to 1, as networks paint them.
    private static func paintable(_ side: Int) -> InputSpec {
        InputSpec(side: side, framing: .squash, filter: .triangle, mean: [0, 0, 0], scale: [255, 255, 255])
    }
}

extension InputSpec {
    /// A batch of framed pictures; each in one row where it is `flat`.
    func tensor(of pictures: [PixelImage], named name: String = "photos", flat: Bool = false) -> WeightFile.Tensor {
        WeightFile.Tensor(name, shape: [pictures.count] + (flat ? [valueCount] : shape)) { write(pictures, to: $0) }
    }
}
