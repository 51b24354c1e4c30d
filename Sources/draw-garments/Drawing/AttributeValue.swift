/// Whatever can be written as the value of an SVG attribute.
protocol AttributeValue: Sendable {
    var attributeText: String { get }
}

extension String: AttributeValue {
    var attributeText: String { self }
}

extension Int: AttributeValue {
    var attributeText: String { description }
}

extension Double: AttributeValue {
    /// A thousandth of a pixel is never seen, and shorter numbers are read faster.
    var attributeText: String { ((self * 1000).rounded() / 1000).description }
}

extension Point {
    /// An SVG transform that moves the origin here.
    var translation: String { "translate(\(x.attributeText) \(y.attributeText))" }
}
