/// How many photos a card computes at once.
enum CudaBatch {
    /// More keep no card busier, and would only take memory.
    private static let most = 64
    private static let fewest = 8
    /// What a photo may take while it is computed: VGG-16 holds two layers of 13 MB, and cuDNN its workspace.
    private static let memoryOfPhoto = 64 << 20

    /// As many as a quarter of the card's memory has room for; others may be using the rest. A power of two.
    static func size(memory: Int) -> Int {
        let room = memory / 4 / memoryOfPhoto
        var size = fewest
        while size * 2 <= min(room, most) { size *= 2 }
        return size
    }

    /// The runs that a number of photos is computed in, largest first.
    ///
    /// All are powers of two: cuDNN looks for the best way to compute each layer at each new size, so there are few.
    static func runs(of count: Int, upTo size: Int) -> [Int] {
        var (runs, rest, run) = ([Int](), count, size)
        while rest > 0 {
            while run > rest { run /= 2 }
            runs.append(run)
            rest -= run
        }
        return runs
    }
}
