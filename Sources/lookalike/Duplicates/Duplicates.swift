import Foundation
import SystemPackage
import VisualSearch

/// Groups of photos that are nearly the same, for people and for programs.
struct Duplicates {
    let groups: [DuplicateGroup]
    let folders: [PhotoFolder]
    /// Whether groups are of other pictures of the same garment.
    var isOfGarments = false

    /// A photo's path beginning with the folder as the user wrote it.
    func displayed(_ path: FilePath) -> FilePath { folders.displayed(path) }

    /// How many photos would be left out if one of each group were kept.
    private var surplus: Int { groups.reduce(0) { $0 + $1.count - 1 } }

    var summary: String {
        guard !groups.isEmpty else {
            return isOfGarments ? "no garment is there on two photos" : "no photo is there twice, or nearly so"
        }
        if isOfGarments {
            return
                "\(groups.count.counted("pair")) of photos that are nearest to each other as garments: look before you trust"
        }
        return "\(groups.count.counted("group")): without \(surplus.counted("photo")), each picture would be there once"
    }

    var text: [UInt8] {
        let sections = groups.map { group in
            "\n" + title(of: group) + "\n" + group.contents.map { lines(of: $0) }.joined()
        }
        return Array((summary + "\n" + sections.joined()).utf8)
    }

    func title(of group: DuplicateGroup) -> String {
        if group.isOfGarment { return "perhaps the same garment, \(group.similarity.rounded(to: 3))" }
        return group.isOfCopies ? "copies" : "nearly the same, \(group.similarity.rounded(to: 3)) or more"
    }

    private func lines(of copies: DuplicateGroup.Copies) -> String {
        copies.enumerated().map { number, photo in
            "  \(displayed(photo).printable)\(number > 0 ? "  (a copy)" : "")\n"
        }.joined()
    }
}

extension Duplicates {
    private struct Report: Encodable {
        struct Group: Encodable {
            /// Of one picture each: the photos that have the same bytes.
            let contents: [[Photo]]
            let similarity: Float
            /// Whether they are other pictures, of what may be the same garment.
            let garment: Bool
        }

        struct Photo: Encodable {
            let path: String
            /// The path's bytes where they are no text.
            let pathBase64: Data?
        }

        let groups: [Group]
    }

    var json: [UInt8] {
        get throws {
            let report = Report(
                groups: groups.map { group in
                    Report.Group(
                        contents: group.contents.map { $0.map(photo) }, similarity: group.similarity,
                        garment: group.isOfGarment)
                })
            return try report.jsonDocument
        }
    }

    private func photo(_ path: FilePath) -> Report.Photo {
        let path = displayed(path)
        return Report.Photo(path: path.written, pathBase64: path.bytesUnlessText)
    }
}
