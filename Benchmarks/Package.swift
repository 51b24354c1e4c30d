// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Benchmarks",
    dependencies: [
        .package(name: "lookalike", path: ".."),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .executableTarget(
            name: "decoding", dependencies: [.product(name: "VisualSearch", package: "lookalike")]),
        .executableTarget(
            name: "indexing",
            dependencies: [
                .product(name: "VisualSearch", package: "lookalike"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        .executableTarget(
            name: "networks",
            dependencies: [
                .product(name: "VisualSearch", package: "lookalike"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        .executableTarget(
            name: "reranking", dependencies: [.product(name: "VisualSearch", package: "lookalike")]),
        .executableTarget(
            name: "searching",
            dependencies: [
                .product(name: "VisualSearch", package: "lookalike"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        .systemLibrary(name: "CPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .executableTarget(
            name: "serving-catalogues",
            dependencies: [
                "CPQ", .product(name: "VisualSearch", package: "lookalike"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        .executableTarget(
            name: "training",
            dependencies: [
                .product(name: "VisualSearch", package: "lookalike"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
