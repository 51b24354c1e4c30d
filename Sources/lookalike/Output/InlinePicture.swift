import Foundation
import Imaging
import SystemPackage
import VisualSearch

extension SearchEngine {
    /// A photo as an element of a web page that holds it itself.
    nonisolated func inlinePicture(of path: FilePath, fitting space: ImageSize) -> String {
        inlinePicture(try? thumbnail(of: path, fitting: space), of: path)
    }

    /// What a query looks for, in the same way.
    nonisolated func inlinePicture(of question: Question, fitting space: ImageSize) -> String {
        inlinePicture(try? thumbnail(of: question.query, fitting: space), of: question.written)
    }

    /// A picture that something made of a photo.
    nonisolated func inlinePicture(_ image: PixelImage?, of path: FilePath) -> String {
        guard let image, let bytes = try? ImageEncoder(format: .jpeg).encode(image)
        else { return "<p>cannot be shown</p>" }
        return """
            <img width="\(image.width)" height="\(image.height)" alt="\(path.printableName.escapedForHTML)" \
            src="data:image/jpeg;base64,\(Data(bytes).base64EncodedString())">
            """
    }
}
