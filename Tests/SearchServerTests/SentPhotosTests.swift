import Testing
import VisualSearch

@testable import SearchServer

@Suite struct SentPhotosTests {
    @Test func forgetsThoseThatNobodyAskedForInAWhile() async {
        let photos = SentPhotos(limit: 30)
        let ids = [
            await photos.keep([UInt8](repeating: 1, count: 10)), await photos.keep([UInt8](repeating: 2, count: 10)),
        ]
        _ = await photos.bytes(of: ids[0])
        _ = await photos.keep([UInt8](repeating: 3, count: 15))
        #expect(await photos.bytes(of: ids[0]) == [UInt8](repeating: 1, count: 10))
        #expect(await photos.bytes(of: ids[1]) == nil)
    }

    @Test func keepsThePhotoThatWasSentLastWhateverItsSize() async {
        let photos = SentPhotos(limit: 5)
        let id = await photos.keep([UInt8](repeating: 1, count: 10))
        #expect(await photos.bytes(of: id)?.count == 10)
    }

    @Test func countsAPhotoThatIsSentTwiceOnce() async {
        let photos = SentPhotos(limit: 25)
        let first = await photos.keep([UInt8](repeating: 1, count: 10))
        for _ in 0..<5 { #expect(await photos.keep([UInt8](repeating: 2, count: 10)) != first) }
        #expect(await photos.bytes(of: first) != nil)
    }
}
