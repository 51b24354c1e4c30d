import Testing

@testable import Imaging

@Suite struct ICCProfileTests {
    @Test(arguments: ["sRGB IEC61966-2.1", "sRGB built-in", "sRGB"])
    func knowsSRGBByItsDescription(name: String) {
        #expect(isSRGB(profile(["desc": description(name)])))
    }

    @Test func knowsSRGBOfVersion4() {
        #expect(isSRGB(profile(["desc": unicodeDescription("sRGB IEC61966-2.1")])))
    }

    @Test(arguments: ["Adobe RGB (1998)", "Display P3", "ProPhoto RGB", "Not sRGB at all", ""])
    func doesNotTakeOthersForIt(name: String) {
        #expect(!isSRGB(profile(["desc": description(name)])))
        #expect(!isSRGB(profile(["desc": unicodeDescription(name)])))
    }

    @Test func looksAtNoOtherTag() {
        #expect(!isSRGB(profile(["cprt": description("sRGB IEC61966-2.1")])))
        #expect(isSRGB(profile(["cprt": description("Nobody"), "desc": description("sRGB IEC61966-2.1")])))
    }

    @Test func isNotMisledByDamage() {
        let sound = profile(["desc": description("sRGB IEC61966-2.1")])
        for length in 0..<sound.count { #expect(!isSRGB(Array(sound.prefix(length)))) }
        #expect(!isSRGB([UInt8](repeating: 0xFF, count: 400)))
        #expect(!isSRGB(profile([:])))
    }

    private func isSRGB(_ profile: [UInt8]) -> Bool { profile.withUnsafeBytes(ICCProfile.isSRGB) }

    /// A header of zeros, the table of tags, and their contents.
    private func profile(_ tags: KeyValuePairs<String, [UInt8]>) -> [UInt8] {
        var (table, contents) = (bigEndian(tags.count), [UInt8]())
        for (name, content) in tags {
            table += Array(name.utf8) + bigEndian(132 + 12 * tags.count + contents.count) + bigEndian(content.count)
            contents += content
        }
        return [UInt8](repeating: 0, count: 128) + table + contents
    }

    /// `textDescriptionType` of version 2.
    private func description(_ name: String) -> [UInt8] {
        Array("desc\0\0\0\0".utf8) + bigEndian(name.utf8.count + 1) + Array(name.utf8) + [0]
    }

    /// `multiLocalizedUnicodeType` of version 4, in one language.
    private func unicodeDescription(_ name: String) -> [UInt8] {
        let text = name.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        return Array("mluc\0\0\0\0".utf8) + bigEndian(1) + bigEndian(12) + Array("enUS".utf8) + bigEndian(text.count)
            + bigEndian(28) + text
    }

    private func bigEndian(_ number: Int) -> [UInt8] { withUnsafeBytes(of: UInt32(number).bigEndian) { Array($0) } }
}
