/// One element of an SVG document, with all that is inside it.
struct Element: Sendable {
    private let name: String
    private let attributes: String
    private let children: [Element]

    init(_ name: String, _ attributes: KeyValuePairs<String, any AttributeValue> = [:], _ children: [Element] = []) {
        self.name = name
        self.attributes = attributes.map { " \($0.key)=\"\($0.value.attributeText)\"" }.joined()
        self.children = children
    }

    static func group(_ children: [Element]) -> Element {
        Element("g", [:], children)
    }

    static func path(_ outline: Outline, _ paint: KeyValuePairs<String, any AttributeValue>) -> Element {
        Element("g", paint, [Element("path", ["d": outline])])
    }

    static func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: any AttributeValue, opacity: Double = 1
    ) -> Element {
        Element(
            "rect", ["x": x, "y": y, "width": width, "height": height, "fill": fill, "fill-opacity": opacity])
    }

    static func circle(_ centre: Point, _ radius: Double, fill: any AttributeValue, opacity: Double = 1) -> Element {
        Element("circle", ["cx": centre.x, "cy": centre.y, "r": radius, "fill": fill, "fill-opacity": opacity])
    }

    var text: String {
        "<\(name)\(attributes)>\(children.map(\.text).joined())</\(name)>"
    }

    /// The whole document, this element being its only child.
    func document(width: Int, height: Int) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
        width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)">\(text)</svg>
        """
    }
}
