/// What S3 says where it refuses.
struct S3Refusal {
    let code: String
    let message: String

    /// `nil` where it is none.
    init?(_ xml: [UInt8]) {
        let elements = XMLElements(xml, of: "Error")
        guard elements.root == "Error", let code = elements.groups.first?["Code"] else { return nil }
        (self.code, message) = (code.printable, (elements.groups.first?["Message"] ?? "").printable)
    }
}

extension String {
    /// As much of what a server says as a terminal can be trusted with.
    var printable: String {
        let controls: [Unicode.GeneralCategory] = [.control, .format, .lineSeparator, .paragraphSeparator]
        return String(
            String.UnicodeScalarView(
                unicodeScalars.lazy.filter { !controls.contains($0.properties.generalCategory) }.prefix(200)))
    }
}
