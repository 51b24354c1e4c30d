/// The rectangle of places that a convolution or a pooling looks at in one go.
struct Kernel: ExpressibleByIntegerLiteral {
    let rows: Int
    let columns: Int

    init(_ rows: Int, _ columns: Int) {
        (self.rows, self.columns) = (rows, columns)
    }

    init(integerLiteral side: Int) {
        self.init(side, side)
    }
}

/// What is laid around a picture, so that a kernel can look beyond its edges.
enum Padding {
    /// Nothing: a kernel stays inside.
    case valid
    /// Half a kernel at each edge, so that an odd one with stride 1 keeps the picture's size: PyTorch's habit.
    case half
    /// TensorFlow's `SAME`: the output has the input's size divided by the stride, rounded up; where the padding is
    /// odd, the larger part of it is at the bottom and right.
    case same

    func attribute(around kernel: Kernel, dilation: Int = 1) -> (String, Graph.Attribute) {
        let (rows, columns) = (kernel.rows / 2 * dilation, kernel.columns / 2 * dilation)
        return switch self {
        case .valid: ("auto_pad", .string("VALID"))
        case .half: ("pads", .ints([rows, columns, rows, columns]))
        case .same: ("auto_pad", .string("SAME_UPPER"))
        }
    }
}
