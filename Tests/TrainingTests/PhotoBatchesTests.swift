import Imaging
import Networks
import Testing
import Vectors

@testable import Training

@Suite struct PhotoBatchesTests {
    private let photos = MadePhotos(identities: 4, each: 10)

    private func painting() throws -> NetworkRecipe {
        try .painting(UNet(inputSide: 16, width: 2, levels: 2), input: TinyNetwork.input, seed: 1)
    }

    @Test func meetEachPhotoOnceInEachTimeWhereTheyArePainted() throws {
        let batches = PhotoBatches(of: Array(0..<40), in: photos, for: try painting(), seed: 1)
        let plan = batches.plan(of: 0)
        #expect(batches.size == 8 && batches.count == 5 && plan.map(\.count) == [8, 8, 8, 8, 8])
        #expect(plan.joined().sorted() == Array(0..<40))
        #expect(batches.plan(of: 0) == plan && batches.plan(of: 1) != plan)
    }

    /// Of altered ones the photo itself is altered anew each time.
    @Test func leaveAlteredPhotosOutWhereTheyArePainted() throws {
        let unlabelled = MadePhotos(unlabelled: 20, altered: 2)
        let batches = PhotoBatches(of: Array(0..<60), in: unlabelled, for: try painting(), seed: 1)
        #expect(Set(batches.plan(of: 0).joined()).isSubset(of: 0..<20))
    }

    @Test func letIdentitiesMeetThemselves() throws {
        let batches = PhotoBatches(of: Array(4..<40), in: photos, for: try TinyNetwork.recipe(), seed: 1)
        for batch in batches.plan(of: 3) {
            #expect(batch.count == batches.size && batch.allSatisfy { $0 >= 4 })
            let counts = Dictionary(grouping: batch) { photos.identities[$0] }.mapValues(\.count)
            #expect(counts.values.contains { $0 > 1 })
        }
    }

    /// Nothing can be learnt of what tells one from others that is alone.
    @Test func leaveOutWhatStandsAlone() throws {
        let batches = PhotoBatches(of: [0, 4, 8, 1, 2, 6], in: photos, for: try TinyNetwork.recipe(), seed: 1)
        #expect(batches.rows == [0, 4, 8, 2, 6] && batches.size == 5 && batches.count == 1)
    }

    @Test func areTheSameOfTheSameStep() async throws {
        let batches = PhotoBatches(of: Array(0..<40), in: photos, for: try painting(), seed: 1)
        func numbers(_ step: Int) async throws -> [[Float]] {
            try #require(await batches.tensors(of: Array(0..<8), step: step)).map(\.floats)
        }
        let first = try await numbers(0)
        #expect(try await numbers(0) == first)
        #expect(try await numbers(1) != first)
    }

    /// Inputs with holes, and what is wanted without; the same picture otherwise.
    @Test func hideWhatIsToBePainted() async throws {
        let batches = PhotoBatches(of: Array(0..<40), in: photos, for: try painting(), seed: 1)
        let tensors = try #require(await batches.tensors(of: Array(0..<8), step: 0))
        #expect(tensors.map(\.name) == ["photos", Loss.target])
        #expect(tensors[0].shape == [8, 3, 16, 16] && tensors[1].shape == [8, 768])
        let (seen, wanted) = (tensors[0].floats, tensors[1].floats)
        #expect(wanted.allSatisfy { (0...1).contains($0) })
        let same = zip(seen, wanted).count { abs($0 * 128 + 127 - $1 * 255) < 0.01 }
        // Four squares of a quarter of the side each hide a quarter at most.
        #expect(same >= seen.count * 3 / 4 - 768 && same < seen.count)
    }

    @Test func letOthersStandInForPhotosThatCannotBeRead() async throws {
        var photos = photos
        photos.illegible = [0, 1, 2]
        let batches = PhotoBatches(of: Array(0..<40), in: photos, for: try TinyNetwork.recipe(), seed: 1)
        let tensors = try #require(await batches.tensors(of: [0, 1, 2, 3, 4], step: 0))
        #expect(tensors[0].shape == [5, 3, 16, 16] && tensors[0].floats.allSatisfy(\.isFinite))
        #expect(await batches.tensors(of: [0, 1, 2], step: 0) == nil)
    }
}
