// trial
import Foundation
import Vectors

@main struct Searching {
    static func main() async throws {
        let a = CommandLine.arguments
        let (name, d, nparts) = (a[1], Int(a[2])!, Int(a[3])!)
        func read<T>(_ s: String, _: T.Type) -> [T] {
            let data = try! Data(contentsOf: URL(fileURLWithPath: "/tmp/bench/data/\(name).\(s)"), options: .alwaysMapped)
            return data.withUnsafeBytes { Array($0.bindMemory(to: T.self)) }
        }
        let x = read("f32", Float.self), q = read("q.f32", Float.self), gt = read("gt.i32", Int32.self)
        let n = x.count / d
        var index = VectorIndex(dimension: d)
        let c0 = ContinuousClock.now
        index.reserveCapacity(n)
        for i in 0..<n { try index.insert(Int64(i), Embedding(Array(x[i * d..<(i + 1) * d]))) }
        let c1 = ContinuousClock.now
        await index.encode(partitions: nparts)
        print("insert", c1 - c0, "encode", ContinuousClock.now - c1)
        func run(_ label: String, _ effort: SearchEffort, _ nq: Int) throws {
            var times: [Double] = []
            var (hits, compared) = (0, 0)
            for i in 0..<nq {
                let e = Embedding(Array(q[i * d..<(i + 1) * d]))
                let t = ContinuousClock.now
                let (nb, work) = try index.nearest(10, to: e, effort: effort)
                times.append((ContinuousClock.now - t) / .milliseconds(1))
                let truth = Set(gt[i * 100..<i * 100 + 10])
                hits += nb.filter { truth.contains(Int32($0.id)) }.count
                compared += work.compared
            }
            times.sort()
            print(label, "median", times[nq / 2], "min", times[0], "recall", Double(hits) / Double(nq * 10), "compared", compared / nq, "q/s", 1000 * Double(nq) / times.reduce(0, +))
        }
        if a.count < 5 { try run("exact", .exact, 100) }
        try run("likely", .likely, 100)
        for p in (a.count > 4 ? [32,32,32,32,32,32,32,32] : [4, 8, 16, 32, 64, 128]) where p < nparts { try run("probe \(p)", .partitions(p), 1000) }
        if a.count < 5 { try run("exact", .exact, 100) }
    }
}
