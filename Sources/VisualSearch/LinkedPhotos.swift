import SystemPackage

/// Photos that hang together by links of some strength (union-find; Tarjan 1975).
struct LinkedPhotos {
    private var numbers: [FilePath: Int] = [:]
    private var photos: [FilePath] = []
    private var parents: [Int] = []
    private var links: [(photo: Int, strength: Float)] = []

    mutating func link(_ photo: FilePath, _ other: FilePath, _ strength: Float) {
        links.append((number(of: photo), strength))
        let (root, otherRoot) = (root(of: number(of: photo)), root(of: number(of: other)))
        parents[max(root, otherRoot)] = min(root, otherRoot)
    }

    /// Photos with links to one another, and the strength of the weakest link among them.
    var groups: [(photos: [FilePath], weakest: Float)] {
        var linked = self
        let roots = photos.indices.map { linked.root(of: $0) }
        var weakest: [Int: Float] = [:]
        for link in links { weakest[roots[link.photo]] = min(weakest[roots[link.photo]] ?? .infinity, link.strength) }
        return Dictionary(grouping: photos.indices, by: { roots[$0] }).sorted { $0.key < $1.key }.map { root, members in
            (members.map { photos[$0] }, weakest[root] ?? 1)
        }
    }

    private mutating func number(of photo: FilePath) -> Int {
        if let number = numbers[photo] { return number }
        let number = photos.count
        numbers[photo] = number
        photos.append(photo)
        parents.append(number)
        return number
    }

    private mutating func root(of number: Int) -> Int {
        var number = number
        while parents[number] != number {
            parents[number] = parents[parents[number]]
            number = parents[number]
        }
        return number
    }
}
