import Catalogue
import Embedders
import Hashing
import Imaging

/// A photo as it is described.
struct SeenPhoto: Sendable {
    let framed: FramedPhoto
    /// Where its garment was found; `nil` where nobody looked, or it is of a part of the photo.
    let mask: GarmentMask?
}

extension SearchEngine {
    /// Decodes a photo, or the part of it that counts, cuts the garment out where that is asked for, and frames what is left:
    /// by a mask that is known, or else by one that is found now. Without a decoder, by the engine's own.
    nonisolated func look(
        at bytes: [UInt8], _ region: PhotoRegion? = nil, for inputs: [InputSpec]? = nil, by known: GarmentMask? = nil,
        decoding decoder: (any PhotoDecoding)? = nil
    ) async throws -> SeenPhoto {
        work.add(to: \.decoded)
        let (inputs, decoder) = (inputs ?? choice.inputs, decoder ?? self.decoder)
        if choice.cutOut == .never, region == nil {
            let framed = try await StageClock.measured(.decode) { try await decoder.frame(bytes, for: inputs) }
            return SeenPhoto(framed: framed, mask: nil)
        }
        // Of a part, each pixel may count; and what is cut out may be a half of the photo. The same for all inputs, so that a
        // garment is cut out alike for all of them.
        let detail = region == nil ? PhotoDetail.forGarment(inputs + choice.inputs) : .full
        let whole = try await StageClock.measured(.decode) { try await decoder.decode(bytes, detail) }
        if let region, region.misses(whole.size) { throw SkipReason.partOutside(whole.size) }
        let photo = region?.cut(from: whole) ?? whole
        guard choice.cutOut == .always || choice.cutOut == .auto && !photo.hasPlainGround else {
            return SeenPhoto(framed: FramedPhoto(inputs.map { $0.frame(photo) }), mask: nil)
        }
        let mask = if region == nil, let known { known } else { try await segmenter().masks(of: [photo])[0] }
        let garment = photo.cutOut(by: mask)
        return SeenPhoto(framed: FramedPhoto(inputs.map { $0.frame(garment) }), mask: region == nil ? mask : nil)
    }

    /// That of a photo which was found before: kept with its contents, or of one that was asked with lately.
    nonisolated func keptMask(of content: Int64?, _ digest: SHA256Digest) async throws -> GarmentMask? {
        guard choice.cutOut != .never else { return nil }
        guard let content else { return await queryMemory.masks[digest] }
        let kept = try await catalogue.localFeatures(GarmentMask.kind, ofContents: [content])[content]
        if let kept, let mask = GarmentMask(levels: kept) { return mask }
        return await queryMemory.masks[digest]
    }
}

extension GarmentMask {
    /// In the catalogue.
    static let kind = LocalFeatureKind(
        identity:
            "garment masks by \(ModelRegistry.segmenter.id) \(ModelRegistry.segmenter.weights?.digest.prefix(8) ?? "") r\(revision)"
    )
}
