import Foundation
import HTTPTypes
import SystemPackage
import TestSupport
import Testing

@testable import SearchServer

/// What the server does, against the document that describes it.
@Suite struct ContractTests {
    private func document(_ bench: ServerBench) async throws -> [String: Any] {
        try await bench.ask(.get, "/api/openapi.json").json
    }

    @Test func describesAllRoutesAndNoOthers() async throws {
        let bench = try await ServerBench(photos: 0)
        let paths = try await document(bench)["paths"] as? [String: [String: Any]] ?? [:]
        let methods: Set = ["get", "post", "delete", "put", "patch"]
        let described = Set(paths.flatMap { path, item in item.keys.filter(methods.contains).map { "\($0) \(path)" } })
        // The page's own files are nobody's but the page's.
        let routes = bench.server.routes.filter {
            $0.path.hasPrefix("/api/") || ["/health", "/metrics"].contains($0.path)
        }
        #expect(described == Set(routes.map { "\($0.method.rawValue.lowercased()) \($0.path)" }))
    }

    @Test func describesAllParametersOfASearch() async throws {
        let bench = try await ServerBench(photos: 0)
        let components = try await document(bench)["components"] as? [String: Any] ?? [:]
        let parameters = components["parameters"] as? [String: [String: Any]] ?? [:]
        #expect(
            Set(parameters.values.filter { $0["in"] as? String == "query" }.compactMap { $0["name"] as? String })
                == SearchParameters.names)
    }

    /// Each answer by the name of what describes it.
    @Test func answersAreAsTheyAreDescribed() async throws {
        let bench = try await ServerBench(photos: 3)
        try bench.folder.write(Swatch(2).png, to: "shop/copy.png")
        try bench.folder.write([1], to: "shop/broken.png")
        try await bench.refresh()
        let schemas = Schemas(in: try await document(bench))
        let answers = [
            ("Answer", "/api/photos/\(bench.id(1))/similar"), ("Photos", "/api/photos?limit=2"),
            ("Photo", "/api/photos/\(bench.id(2))"), ("Roots", "/api/roots"), ("Skipped", "/api/skipped"),
            ("Duplicates", "/api/duplicates"), ("Models", "/api/models"), ("Status", "/api/status"),
            ("Problem", "/api/photos/x"),
        ]
        for (name, path) in answers {
            let faults = schemas.faults(of: try await bench.ask(.get, path).json, by: name)
            #expect(faults.isEmpty, "\(path): \(faults)")
        }
        let refresh = try await bench.ask(.post, "/api/refresh").json
        #expect(schemas.faults(of: refresh, by: "Refresh").isEmpty)
        let sent = try await bench.ask(.post, "/api/photos", body: Swatch(1).png).json
        #expect(schemas.faults(of: sent, by: "Sent").isEmpty)
    }
}

/// As much of JSON Schema as the document uses for answers.
private struct Schemas {
    private let all: [String: Any]

    init(in document: [String: Any]) {
        all = (document["components"] as? [String: Any])?["schemas"] as? [String: Any] ?? [:]
    }

    func faults(of value: Any, by name: String) -> [String] { faults(of: value, by: all[name] ?? [:], at: name) }

    private func faults(of value: Any, by schema: Any, at place: String) -> [String] {
        guard let schema = schema as? [String: Any] else { return [] }
        if let reference = schema["$ref"] as? String {
            return faults(of: value, by: all[String(reference.split(separator: "/").last ?? "")] ?? [:], at: place)
        }
        if let parts = schema["allOf"] as? [Any] { return parts.flatMap { faults(of: value, by: $0, at: place) } }
        if let allowed = schema["enum"] as? [String], let text = value as? String, !allowed.contains(text) {
            return ["\(place): \(text)"]
        }
        return kindFaults(of: value, by: schema, at: place)
    }

    private func kindFaults(of value: Any, by schema: [String: Any], at place: String) -> [String] {
        switch schema["type"] as? String {
        case "object": objectFaults(of: value as? [String: Any], by: schema, at: place)
        case "array":
            (value as? [Any])?.flatMap { faults(of: $0, by: schema["items"] ?? [:], at: place + "[]") }
                ?? ["\(place) is no array"]
        case "string": value is String ? [] : ["\(place) is no string"]
        case "number", "integer", "boolean": value is NSNumber ? [] : ["\(place) is no number"]
        default: []
        }
    }

    private func objectFaults(of object: [String: Any]?, by schema: [String: Any], at place: String) -> [String] {
        guard let object else { return ["\(place) is no object"] }
        let properties = schema["properties"] as? [String: Any] ?? [:]
        let missing = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }.map {
            "\(place) has no \($0)"
        }
        return missing
            + object.flatMap { key, value in faults(of: value, by: properties[key] ?? [:], at: "\(place).\(key)") }
    }
}
