import Networks

/// The places of a picture that a convolution or a pooling looks at: how they become those of its output.
struct Window: Equatable {
    /// Each of rows and columns, as all of these.
    let kernel: [Int]
    let strides: [Int]
    let dilations: [Int]
    /// Before the first row and column, and after the last ones.
    let padding: (before: [Int], after: [Int])
    /// Rows and columns of what it looks at.
    let input: [Int]
    /// Rows and columns of what comes out.
    let output: [Int]

    /// `kernel` is that of the weights where the operation does not name it.
    init(_ operation: Graph.Operation, kernel: [Int]? = nil, over input: [Int]) {
        let kernel = operation.ints("kernel_shape") ?? kernel ?? input
        let strides = operation.ints("strides") ?? [1, 1]
        let dilations = operation.ints("dilations") ?? [1, 1]
        let reach = (0..<2).map { dilations[$0] * (kernel[$0] - 1) + 1 }
        (self.kernel, self.strides, self.dilations, self.input) = (kernel, strides, dilations, input)
        switch operation.string("auto_pad") ?? "NOTSET" {
        case "SAME_UPPER":
            let output = (0..<2).map { (input[$0] + strides[$0] - 1) / strides[$0] }
            let all = (0..<2).map { max(0, (output[$0] - 1) * strides[$0] + reach[$0] - input[$0]) }
            padding = (all.map { $0 / 2 }, all.map { $0 - $0 / 2 })
        case "VALID": padding = ([0, 0], [0, 0])
        default:
            let pads = operation.ints("pads") ?? [0, 0, 0, 0]
            padding = (Array(pads[..<2]), Array(pads[2...]))
        }
        let padded = (0..<2).map { [padding] in input[$0] + padding.before[$0] + padding.after[$0] }
        output = (0..<2).map { (padded[$0] - reach[$0]) / strides[$0] + 1 }
    }

    /// The rows and columns that a kernel's last place lies behind its first.
    var reach: [Int] { (0..<2).map { dilations[$0] * (kernel[$0] - 1) } }

    /// The input's rows and columns with what is laid around.
    var padded: [Int] { (0..<2).map { input[$0] + padding.before[$0] + padding.after[$0] } }

    /// As ONNX has it: first all that is before, then all that is after.
    var pads: [Int] { padding.before + padding.after }

    static func == (one: Window, other: Window) -> Bool {
        one.kernel == other.kernel && one.strides == other.strides && one.dilations == other.dilations
            && one.pads == other.pads && one.input == other.input
    }
}

extension Graph.Operation {
    func attribute(_ name: String) -> Graph.Attribute? { attributes.first { $0.name == name }?.value }

    func int(_ name: String) -> Int? {
        guard case .int(let number) = attribute(name) else { return nil }
        return number
    }

    func ints(_ name: String) -> [Int]? {
        guard case .ints(let numbers) = attribute(name) else { return nil }
        return numbers
    }

    func float(_ name: String) -> Float? {
        guard case .float(let number) = attribute(name) else { return nil }
        return number
    }

    func floats(_ name: String) -> [Float]? {
        guard case .floats(let numbers) = attribute(name) else { return nil }
        return numbers
    }

    func string(_ name: String) -> String? {
        guard case .string(let text) = attribute(name) else { return nil }
        return text
    }
}
