import Imaging

/// A rectangle of a photo as it stands upright.
public struct PhotoRegion: Sendable, Hashable {
    /// What lengths are counted in.
    public enum Unit: Sendable, Hashable {
        /// The width of the photo across, and its height down: 1 is all of it.
        case shares
        case pixels
    }

    /// From the left edge of the photo.
    public let left: Double
    /// From its upper edge.
    public let top: Double
    /// To the right; what lies beyond the photo's edge is not there.
    public let width: Double
    /// Downwards; what lies beyond the photo's edge is not there.
    public let height: Double
    /// Of all four lengths.
    public let unit: Unit

    /// Traps unless it begins in the photo and has a width and a height.
    public init(left: Double, top: Double, width: Double, height: Double, unit: Unit) {
        precondition(left >= 0 && top >= 0 && width > 0 && height > 0)
        (self.left, self.top, self.width, self.height, self.unit) = (left, top, width, height, unit)
    }

    /// Lengths that are all at most 1 are shares, and others pixels. `nil` unless it begins in the photo and has a size.
    public init?(left: Double, top: Double, width: Double, height: Double) {
        let lengths = [left, top, width, height]
        guard lengths.allSatisfy(\.isFinite), left >= 0, top >= 0, width > 0, height > 0 else { return nil }
        let unit = lengths.allSatisfy { $0 <= 1 } ? Unit.shares : .pixels
        self.init(left: left, top: top, width: width, height: height, unit: unit)
    }

    /// Whether nothing of a photo of that size lies in it.
    func misses(_ size: ImageSize) -> Bool {
        switch unit {
        case .shares: left >= 1 || top >= 1
        case .pixels: left >= Double(size.width) || top >= Double(size.height)
        }
    }

    /// What of a photo lies in it: at least a pixel, even where it misses it.
    func cut(from photo: PixelImage) -> PixelImage {
        let (across, down) =
            switch unit {
            case .shares: (1.0, 1.0)
            case .pixels: (Double(photo.width), Double(photo.height))
            }
        return photo.cropped(
            left: left / across, top: top / down, right: 1 - (left + width) / across, bottom: 1 - (top + height) / down)
    }
}
