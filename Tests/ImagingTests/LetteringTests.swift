import Imaging
import Testing

@Suite struct LetteringTests {
    private let lettering = Lettering(points: 11)

    @Test func drawsLetters() throws {
        let mask = try lettering.mask("dress-floral-01.jpg", fitting: 1000)
        #expect(mask.coverage.count == mask.size.area)
        #expect(mask.coverage.contains { $0 > 200 })
        #expect(try mask.size.width > lettering.mask("dress", fitting: 1000).size.width)
    }

    @Test(arguments: [60, 100, 200])
    func keepsWithinItsWidth(width: Int) throws {
        let name = String(repeating: "a very long name of a photo ", count: 20)
        #expect(try lettering.mask(name, fitting: width).size.width <= width)
    }

    /// Names that differ at either end look different; of their middle nothing is seen.
    @Test func losesTheMiddleOfALongName() throws {
        func shown(_ name: String) throws -> Mask { try lettering.mask(name, fitting: 120) }
        let middle = String(repeating: "x", count: 100)
        let long = try shown("first-\(middle)-last.jpg")
        #expect(
            try shown("first-\(middle.replacing("x", with: "y"))-last.jpg".replacing("yyyyy-l", with: "xxxxx-l"))
                != long)
        #expect(try shown("first-xxxxxxxxxx\(String(repeating: "y", count: 80))xxxxxxxxxx-last.jpg") == long)
        #expect(try shown("other-\(middle)-last.jpg") != long)
        #expect(try shown("first-\(middle)-past.jpg") != long)
    }

    @Test(arguments: ["\u{7}", "\u{1B}", "\u{202E}", "\u{200B}", "\n", "\r\n", "\u{2028}", "\0"])
    func showsThatACharacterCannotBeShown(character: String) throws {
        let shown = String(character.unicodeScalars.map { _ in "\u{FFFD}" })
        #expect(try lettering.mask("a\(character)b", fitting: 500) == lettering.mask("a\(shown)b", fitting: 500))
    }

    @Test(arguments: ["<b>a</b>", "&amp;", "a & b", "<", "</span>"])
    func showsMarkupAsItIsWritten(text: String) throws {
        let plain = text.replacing("<", with: "(").replacing(">", with: ")").replacing("&", with: "(")
        let (mask, other) = (try lettering.mask(text, fitting: 500), try lettering.mask(plain, fitting: 500))
        #expect(mask != other)
        #expect(mask.size.width >= other.size.width)
    }

    @Test(arguments: ["", " ", "\u{3164}", "\u{2800}", "\u{115F}", "\u{E000}", "🧥", "ドレス", "فستان", "\u{301}"])
    func drawsSomethingForAnyText(text: String) throws {
        #expect(try lettering.mask(text, fitting: 100).size.width > 0)
    }

    @Test func isLargerInMorePoints() throws {
        let (small, large) = (
            try lettering.mask("hat", fitting: 500), try Lettering(points: 30).mask("hat", fitting: 500)
        )
        #expect(small.size.width < large.size.width && small.size.height < large.size.height)
        #expect(try Lettering(points: 11, bold: true).mask("hat", fitting: 500) != small)
    }
}
