import Dispatch
import Embedders
import Imaging
import Vectors

/// Gathers the photos of many tasks into runs on a device that is one for all of them.
///
/// While the device computes, what tasks have decoded gathers here, and the next run takes it together; a device that
/// has nothing to do takes what there is at once. Runs have threads of their own, and tasks that wait for one hold none:
/// processors go on decoding.
actor DeviceQueue {
    /// One that the device computes, and one whose photos are meanwhile written to memory that it reads.
    static let runsAtOnce = 2

    /// What one task brings.
    struct Request {
        let photos: [FramedPhoto]
        let answer: CheckedContinuation<[Embedding], any Error>
    }

    private let embedder: any Embedder
    private let batch: Int
    /// Those that no run has taken yet.
    private(set) var waiting: [Request] = []
    private var idleThreads = (1...runsAtOnce).map { DispatchQueue(label: "lookalike.device.\($0)") }

    /// `batch` is the most photos that a run takes, unless a single task brings more.
    init(_ embedder: any Embedder, batch: Int) {
        (self.embedder, self.batch) = (embedder, batch)
    }

    /// One embedding for each photo, in the same order; fails with whatever run its photos were in.
    func embed(_ photos: [FramedPhoto]) async throws -> [Embedding] {
        try await withCheckedThrowingContinuation { answer in
            waiting.append(Request(photos: photos, answer: answer))
            startRuns()
        }
    }

    private func startRuns() {
        while !waiting.isEmpty, let thread = idleThreads.popLast() {
            let requests = takeRequests()
            thread.async { [embedder] in
                Self.answer(requests, by: embedder)
                Task { await self.finishRun(on: thread) }
            }
        }
    }

    private func finishRun(on thread: DispatchQueue) {
        idleThreads.append(thread)
        startRuns()
    }

    /// Those that have waited longest, as far as a run has room for them.
    private func takeRequests() -> [Request] {
        var photos = 0
        let fitting = waiting.prefix { request in
            photos += request.photos.count
            return photos <= batch
        }
        let taken = Array(waiting.prefix(max(1, fitting.count)))
        waiting.removeFirst(taken.count)
        return taken
    }

    private static func answer(_ requests: [Request], by embedder: any Embedder) {
        do {
            var embeddings = try embedder.embed(requests.flatMap(\.photos))[...]
            for request in requests {
                request.answer.resume(returning: Array(embeddings.prefix(request.photos.count)))
                embeddings = embeddings.dropFirst(request.photos.count)
            }
        } catch {
            for request in requests { request.answer.resume(throwing: error) }
        }
    }
}
