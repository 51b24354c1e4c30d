import ArgumentParser
import Imaging
import SystemPackage
import VisualSearch

/// Draws answers as one picture.
struct ResultSheet {
    let findings: Findings
    let engine: SearchEngine

    /// Throws for a file whose name ends in no format that can be drawn.
    static func format(of path: FilePath, option: String = "--sheet") throws -> ImageEncoder.Format {
        guard let format = path.extension.flatMap(ImageEncoder.Format.init(fileExtension:)) else {
            throw ValidationError("\(option) \(path): end the name in .jpg, .png or .webp")
        }
        return format
    }

    func write(to path: FilePath) throws {
        try checkSize(for: path)
        let sheets = try findings.answered.map { try sheet(of: $0.question, $0.answer).drawn() }
        guard !sheets.isEmpty else { return }
        try path.replaceContents(
            with: try ImageEncoder(format: Self.format(of: path)).encode(ContactSheet.stacked(sheets)))
    }

    private static let longestSide = [ImageEncoder.Format.jpeg: 65_000, .png: 65_000, .webp: 16_000]

    private func checkSize(for path: FilePath) throws {
        let height = findings.answered.reduce(0) {
            $0 + ContactSheet.Layout(resultCount: $1.answer.results.count).size.height
        }
        let limit = try Self.longestSide[Self.format(of: path)] ?? 0
        guard height > limit else { return }
        throw ValidationError(
            "--sheet \(path): \(findings.answered.count) queries would make a picture \(height) pixels high, and \(limit) "
                + "can be written: draw fewer at once, or use --html")
    }

    private func sheet(of question: Question, _ answer: SearchAnswer) throws -> ContactSheet {
        let layout = ContactSheet.Layout(resultCount: answer.results.count)
        return ContactSheet(
            query: entry(question, fitting: layout.query),
            results: answer.results.map {
                entry(
                    $0.path,
                    title: ["\($0.rank)", $0.similarity.rounded(to: 3), $0.surenessText].compactMap(\.self).joined(
                        separator: "   "), fitting: layout.cell)
            })
    }

    private func entry(_ question: Question, fitting space: ImageSize) -> ContactSheet.Entry {
        let name = question.written.lastComponent?.string ?? question.written.string
        return ContactSheet.Entry(
            image: (try? engine.thumbnail(of: question.query, fitting: space)) ?? blank(space), title: "Query",
            caption: question.query.terms.count > 1 ? question.written.printable : name)
    }

    private func blank(_ space: ImageSize) -> PixelImage { Canvas(size: space, background: .white).image }

    /// A photo that has gone since it was indexed still has its place, empty.
    private func entry(_ path: FilePath, title: String, fitting space: ImageSize) -> ContactSheet.Entry {
        let image = (try? engine.thumbnail(of: path, fitting: space)) ?? blank(space)
        return ContactSheet.Entry(image: image, title: title, caption: path.lastComponent?.string ?? path.string)
    }
}
