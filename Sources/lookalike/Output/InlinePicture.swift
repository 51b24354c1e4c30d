import Foundation
import Imaging
import SystemPackage
import VisualSearch

extension SearchEngine {
    /// A photo as an element of a web page that holds it itself.
    nonisolated func inlinePicture(of path: FilePath, fitting space: ImageSize) -> String {
        guard let image = try? thumbnail(of: path, fitting: space),
            let bytes = try? ImageEncoder(format: .jpeg).encode(image)
        else { return "<p>cannot be shown</p>" }
        return """
            <img width="\(image.width)" height="\(image.height)" alt="\(path.printableName.escapedForHTML)" \
            src="data:image/jpeg;base64,\(Data(bytes).base64EncodedString())">
            """
    }
}
