/// The upper half of a 32-bit float: as large as it can be, with three digits.
struct HalfFloat: BitwiseCopyable {
    let bits: UInt16

    init(bits: UInt16) { self.bits = bits }

    /// The next one that is no less. Takes numbers from 0.
    init(roundedUp number: Float) {
        let bits = number.bitPattern
        self.bits = UInt16(bits >> 16) + (bits & 0xFFFF == 0 ? 0 : 1)
    }

    var value: Float { Float(bitPattern: UInt32(bits) << 16) }
}
