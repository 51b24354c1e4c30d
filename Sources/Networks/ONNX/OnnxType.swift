/// What the numbers of an ONNX tensor are (`TensorProto.DataType`).
public enum OnnxType: Int, Sendable, Hashable {
    case float32 = 1
    case uint8 = 2
    case int8 = 3
    case uint16 = 4
    case int16 = 5
    case int32 = 6
    case int64 = 7
    case string = 8
    case bool = 9
    case float16 = 10
    case float64 = 11
    case uint32 = 12
    case uint64 = 13
    case complex64 = 14
    case complex128 = 15
    case bfloat16 = 16
    case float8E4M3FN = 17
    case float8E4M3FNUZ = 18
    case float8E5M2 = 19
    case float8E5M2FNUZ = 20
    case uint4 = 21
    case int4 = 22
    case float4E2M1 = 23
    case float8E8M0 = 24
    case uint2 = 25
    case int2 = 26

    /// The bits of one number, several of which may share a byte; `nil` for text, which has any length.
    public var bits: Int? {
        switch self {
        case .string: nil
        case .complex128: 128
        case .float64, .int64, .uint64, .complex64: 64
        case .float32, .int32, .uint32: 32
        case .float16, .bfloat16, .int16, .uint16: 16
        case .int8, .uint8, .bool, .float8E4M3FN, .float8E4M3FNUZ, .float8E5M2, .float8E5M2FNUZ, .float8E8M0: 8
        case .uint4, .int4, .float4E2M1: 4
        case .uint2, .int2: 2
        }
    }

    /// `nil` for the types that weight files do not have.
    public var tensorType: TensorType? { TensorType.allCases.first { $0.onnx == self } }
}

extension TensorType {
    /// The same in an ONNX model, and in ONNX Runtime's interface, whose numbers are the first sixteen of these.
    public var onnx: OnnxType {
        switch self {
        case .float32: .float32
        case .float64: .float64
        case .float16: .float16
        case .bfloat16: .bfloat16
        case .int64: .int64
        case .int32: .int32
        case .int16: .int16
        case .int8: .int8
        case .uint8: .uint8
        case .bool: .bool
        }
    }
}
