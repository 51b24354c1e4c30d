import Testing

@testable import Imaging

@Suite struct ForeignFormatTests {
    @Test(arguments: [
        ("<!DOCTYPE html>", "a web page"), ("<svg xmlns=", "an SVG drawing"), ("%PDF-1.7", "a PDF document"),
        ("version https://git-lfs.github.com/spec/v1", "a Git LFS pointer instead of the file itself"),
        ("PK\u{3}\u{4}", "a ZIP archive"), ("\u{7F}ELF", "a program"), ("BM", "a BMP picture (save it as PNG)"),
    ])
    func isNamedForPeople(text: String, name: String) {
        #expect(ForeignFormat.name(of: Array(text.utf8)) == name)
    }

    @Test(arguments: ["", "B", "a letter to a friend", "<"])
    func isNotGuessed(text: String) {
        #expect(ForeignFormat.name(of: Array(text.utf8)) == nil)
    }
}
