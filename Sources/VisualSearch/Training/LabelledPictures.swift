import Imaging
import Training

/// The rows of `LabelledPhotos` as a network looks at them.
struct LabelledPictures: TrainingPhotos {
    let identities: [Int]
    let photoCount: Int
    private let rows: [LabelledPhotos.Row]
    private let decoder: ImageDecoder

    init(_ photos: LabelledPhotos, decoder: ImageDecoder) {
        (identities, photoCount, rows) = (photos.identities, photos.photoCount, photos.rows)
        self.decoder = decoder
    }

    func picture(of row: Int, for input: InputSpec) -> PixelImage? {
        if let alteration = rows[row].alteration { return picture(of: row, altered: alteration, for: input) }
        return bytes(of: row).flatMap { try? decoder.decode($0, framedFor: input) }
    }

    func picture(of row: Int, altered alteration: Alteration, for input: InputSpec) -> PixelImage? {
        guard let bytes = bytes(of: row),
            let photo = try? decoder.decode(bytes, reducedBy: { Alteration.reduction(of: $0, for: input) })
        else { return nil }
        return alteration.picture(of: photo, for: input)
    }

    private func bytes(of row: Int) -> [UInt8]? { (try? PhotoFile(reading: rows[row].path))?.bytes }
}
