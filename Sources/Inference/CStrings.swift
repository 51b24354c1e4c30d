/// Hands texts over as C wants them: pointers to bytes that end in zero, valid within `body`.
func withCStrings<T>(
    _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) throws(InferenceError) -> T
) throws(InferenceError) -> T {
    var bytes: [CChar] = []
    let offsets = texts.map { text in
        defer { bytes += text.utf8CString }
        return bytes.count
    }
    return try bytes.withUnsafeBufferPointer { (bytes) throws(InferenceError) in
        let pointers: [UnsafePointer<CChar>?] = offsets.map { bytes.baseAddress! + $0 }
        return try pointers.withUnsafeBufferPointer { (pointers) throws(InferenceError) in
            try body(pointers.baseAddress!)
        }
    }
}
