import Embedders
import Imaging
import Inference
import SystemPackage
import TestSupport
import Vectors

let goldens = FilePath(#filePath).removingLastComponent().appending("Goldens")

/// The models whose weights set-up installed, and that Scripts/make-goldens.py ran.
let installedNetworks = ModelRegistry.models.filter { model in
    guard case .package = model.weights?.source else { return false }
    return installedStore.isInstalled(model)
}.map(\.id)

let installedStore = ModelStore(folder: InstalledModels.folder.appending("models"))

extension ModelStore {
    func isInstalled(named name: String) -> Bool {
        (try? ModelRegistry.model(named: name)).map(isInstalled) ?? false
    }

    func embedder(for choice: ModelChoice) throws(EmbedderError) -> any Embedder {
        try embedder(for: choice, libraries: InstalledModels.libraries)
    }
}

extension PixelImage {
    /// A picture whose levels are a function of where they are.
    init(_ width: Int, _ height: Int, _ level: (_ x: Int, _ y: Int, _ channel: Int) -> Int) {
        let pixels = (0..<width * height * Self.channels).map { index in
            let (pixel, channel) = index.quotientAndRemainder(dividingBy: Self.channels)
            return UInt8(truncatingIfNeeded: level(pixel % width, pixel / width, channel))
        }
        self.init(width: width, height: height, pixels: pixels)
    }

    /// The formula of Scripts/make-goldens.py.
    static func pattern(_ side: Int, seed: Int) -> PixelImage {
        PixelImage(side, side) { x, y, c in
            x * (3 + 2 * c + seed) + y * (7 - c) + (x ^ y) * (c + 1 + seed) + x * y / (16 + seed)
        }
    }

    static func flat(_ red: UInt8, _ green: UInt8, _ blue: UInt8, side: Int = 128) -> PixelImage {
        let pixels = Array(repeatElement([red, green, blue], count: side * side).joined())
        return PixelImage(width: side, height: side, pixels: pixels)
    }
}

extension Embedding {
    /// The cosine of the angle between two embeddings, in double precision.
    func cosine(_ other: Embedding) -> Double {
        let (left, right) = (values.map(Double.init), other.values.map(Double.init))
        func dot(_ left: [Double], _ right: [Double]) -> Double { zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
        return dot(left, right) / (dot(left, left) * dot(right, right)).squareRoot()
    }

    /// The largest difference of any two numbers; that of embeddings of other dimensions is beyond all others.
    func difference(_ other: Embedding) -> Float {
        guard dimension == other.dimension else { return .infinity }
        return zip(values, other.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
}
