// swift-tools-version: 6.2
import PackageDescription

// Built by Fuzzing/run, which passes what libFuzzer needs of the compiler and the linker.
let package = Package(
    name: "Fuzzing",
    dependencies: [.package(name: "lookalike", path: "..")],
    targets: [
        .target(name: "CFuzzer"),
        .executableTarget(
            name: "fuzz", dependencies: ["CFuzzer", .product(name: "Networks", package: "lookalike")]),
    ],
    swiftLanguageModes: [.v6]
)
