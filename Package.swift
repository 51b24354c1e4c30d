// swift-tools-version: 6.2
import PackageDescription

// Scripts/check lets no warning pass; a user's newer compiler may warn of what nobody knew.
let checked: [SwiftSetting] = Context.environment["LOOKALIKE_CHECK"] == nil ? [] : [.treatAllWarnings(as: .error)]

let strict: [SwiftSetting] =
    checked + [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let csv = Target.Dependency.product(name: "SwiftCSV", package: "SwiftCSV")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

// Read from the top down: each target knows only those above it in this list.
let package = Package(
    name: "lookalike",
    products: [
        .library(
            name: "VisualSearch",
            targets: [
                "VisualSearch", "Catalogue", "Postgres", "Hashing", "Downloads", "ObjectStores", "Embedders", "Imaging",
                "Inference",
                "Networks",
                "Ranking",
                "Training",
                "Vectors",
            ]),
        .library(name: "Networks", targets: ["Archives", "Networks"]),
        .executable(name: "lookalike", targets: ["lookalike"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CXxhash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .target(name: "CVips"),
        .target(name: "CJpeg", linkerSettings: [.linkedLibrary("jpeg")]),
        .target(name: "CKernels"),
        .target(name: "CViewCalibrations", exclude: ["Calibrations"]),
        .target(name: "CCuda"),
        .target(name: "COnnxRuntime"),
        .target(name: "COpenVINO"),
        .target(name: "Hashing", dependencies: ["COpenSSL", system], swiftSettings: strict),
        .target(
            name: "Downloads", dependencies: ["CCurl", "Hashing", subprocess, system], swiftSettings: strict),
        .target(name: "ObjectStores", dependencies: ["Downloads", "Hashing", system], swiftSettings: strict),
        .target(name: "Imaging", dependencies: ["CJpeg", "CVips", "CKernels"], swiftSettings: strict),
        .target(name: "Archives", dependencies: ["CZlib", system], swiftSettings: strict),
        .target(name: "SectionFiles", dependencies: ["Archives", "CXxhash", system], swiftSettings: strict),
        .target(name: "NumPyArrays", dependencies: ["Archives", system], swiftSettings: strict),
        .target(name: "Networks", dependencies: ["Archives", system], swiftSettings: strict),
        .target(
            name: "Inference", dependencies: ["CCuda", "COnnxRuntime", "COpenVINO", "Networks", system],
            swiftSettings: strict),
        .target(name: "Vectors", dependencies: ["CKernels", heap], swiftSettings: strict),
        .target(name: "Evaluation", dependencies: ["Vectors"], swiftSettings: strict),
        .target(
            name: "Training", dependencies: ["Evaluation", "Imaging", "Inference", "Networks", "Vectors"],
            swiftSettings: strict),
        .target(name: "Ranking", dependencies: ["CKernels", "Imaging", "Vectors"], swiftSettings: strict),
        .target(
            name: "VectorFiles", dependencies: ["SectionFiles", "Vectors", system], swiftSettings: strict),
        .target(
            name: "Embedders",
            dependencies: [
                "Archives", "CViewCalibrations", "Downloads", "Hashing", "Imaging", "Networks", "Inference", "Vectors",
                system,
            ], swiftSettings: strict),
        .target(name: "Postgres", dependencies: ["CPostgres"], swiftSettings: strict),
        .target(
            name: "Catalogue",
            dependencies: ["Hashing", "Postgres", "SectionFiles", "VectorFiles", "Vectors", grdb, system],
            swiftSettings: strict),
        .target(
            name: "VisualSearch",
            dependencies: [
                "CMalloc", "Evaluation", "Hashing", "Imaging", "Networks", "NumPyArrays", "ObjectStores", "Ranking",
                "SectionFiles",
                "Training", "VectorFiles",
                "Vectors",
                "Inference", "Embedders", "Catalogue", csv, system,
            ],
            swiftSettings: strict),
        .target(
            name: "IsolatedImaging", dependencies: ["CConfinement", "Imaging", subprocess, system],
            swiftSettings: strict),
        .target(name: "CConfinement"),
        .target(name: "CPage", exclude: ["Files"]),
        .target(
            name: "SearchServer",
            dependencies: [
                "Catalogue", "CPage", "Embedders", "Imaging", "Vectors", "VisualSearch", httpTypes, hummingbird,
                hummingbirdCore,
                lifecycle,
                logging, nio, nioHTTP1, nioHTTPTypes, system,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "lookalike",
            dependencies: [
                "Catalogue", "IsolatedImaging", "SearchServer", "VisualSearch", "Downloads", "Embedders", "Evaluation",
                "Inference",
                "Networks", "Training", "Vectors",
                "Imaging", argumentParser, lifecycle, logging,
                system,
            ],
            swiftSettings: strict),
        .executableTarget(name: "draw-garments", dependencies: ["Imaging", system], swiftSettings: strict),

        .target(
            name: "TestSupport", dependencies: ["Inference", "Networks", system], path: "Tests/TestSupport",
            swiftSettings: strict),
        .testTarget(name: "HashingTests", dependencies: ["Hashing", "TestSupport", system], swiftSettings: strict),
        .testTarget(
            name: "DownloadsTests", dependencies: ["Downloads", "Hashing", "TestSupport", subprocess, system],
            exclude: ["Goldens"], swiftSettings: strict),
        .testTarget(
            name: "ObjectStoresTests", dependencies: ["ObjectStores", "TestSupport", system], exclude: ["Goldens"],
            swiftSettings: strict),
        .testTarget(
            name: "ImagingTests", dependencies: ["Imaging", "TestSupport", system], exclude: ["Goldens"],
            swiftSettings: strict),
        .testTarget(
            name: "ArchivesTests", dependencies: ["Archives", "TestSupport", system], exclude: ["Goldens"],
            swiftSettings: strict),
        .testTarget(
            name: "SectionFilesTests", dependencies: ["Archives", "SectionFiles", "TestSupport", system],
            exclude: ["Goldens"], swiftSettings: strict),
        .testTarget(
            name: "NumPyArraysTests", dependencies: ["NumPyArrays", "TestSupport", system], exclude: ["Goldens"],
            swiftSettings: strict),
        .testTarget(
            name: "NetworksTests", dependencies: ["Archives", "Networks", "TestSupport", system], exclude: ["Goldens"],
            swiftSettings: strict),
        .testTarget(
            name: "InferenceTests", dependencies: ["COnnxRuntime", "Inference", "Networks", "TestSupport", system],
            swiftSettings: strict),
        .testTarget(
            name: "TrainingTests",
            dependencies: [
                "Evaluation", "Imaging", "Inference", "Networks", "Training", "Vectors", "TestSupport", system,
            ],
            exclude: ["Goldens"], swiftSettings: strict),
        .testTarget(name: "VectorsTests", dependencies: ["CKernels", "Vectors", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "EvaluationTests", dependencies: ["Evaluation", "Vectors", "TestSupport", system],
            exclude: ["Goldens"],
            swiftSettings: strict),
        .testTarget(
            name: "RankingTests", dependencies: ["Imaging", "Ranking", "TestSupport", system], exclude: ["Goldens"],
            swiftSettings: strict),
        .testTarget(
            name: "VectorFilesTests", dependencies: ["SectionFiles", "VectorFiles", "Vectors", "TestSupport", system],
            swiftSettings: strict),
        .testTarget(
            name: "EmbeddersTests",
            dependencies: [
                "Archives", "Downloads", "Embedders", "Hashing", "Imaging", "Inference", "Networks", "Vectors",
                "TestSupport", system,
            ],
            exclude: ["Goldens"], swiftSettings: strict),
        .testTarget(
            name: "PostgresTests", dependencies: ["Postgres", "TestSupport", system], swiftSettings: strict),
        .testTarget(
            name: "CatalogueTests",
            dependencies: [
                "Catalogue", "Hashing", "Postgres", "SectionFiles", "VectorFiles", "Vectors", "TestSupport", grdb,
                system,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "VisualSearchTests",
            dependencies: [
                "VisualSearch", "Catalogue", "Embedders", "Evaluation", "Hashing", "Imaging", "Inference",
                "SectionFiles", "Training", "VectorFiles", "Vectors", "TestSupport", system,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "IsolatedImagingTests",
            dependencies: ["Imaging", "IsolatedImaging", "TestSupport", "lookalike", system], swiftSettings: strict),
        .testTarget(
            name: "SearchServerTests",
            dependencies: [
                "Catalogue", "Embedders", "Imaging", "SearchServer", "VisualSearch", "TestSupport", httpTypes,
                hummingbird, logging,
                nio,
                nioEmbedded, system,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ProgramTests",
            dependencies: [
                "lookalike", "draw-garments", "Hashing", "Imaging", "Inference", "Networks", "TestSupport", system,
            ],
            exclude: ["Goldens"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)

// What computes is many times as fast where it is optimised, and so are its tests. A package with such flags is none that others
// may depend on, so only Scripts/build asks for them.
let computing: Set = [
    "CKernels", "Hashing", "Imaging", "Archives", "SectionFiles", "NumPyArrays", "Networks", "Inference", "Vectors",
    "Evaluation", "Training", "Ranking", "VectorFiles", "Embedders", "TestSupport", "ImagingTests", "NetworksTests",
    "VectorsTests", "TrainingTests", "RankingTests",
]
if Context.environment["LOOKALIKE_OPTIMIZE"] != nil {
    for target in package.targets where computing.contains(target.name) {
        if let settings = target.swiftSettings {
            let flags = ["-O", "-assert-config", "Debug"]
            target.swiftSettings = settings + [.unsafeFlags(flags, .when(configuration: .debug))]
        } else {
            target.cSettings = [.unsafeFlags(["-O2"], .when(configuration: .debug))]
        }
    }
}
