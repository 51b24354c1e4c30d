/// Metrics as Prometheus reads them (text format 0.0.4).
struct PrometheusText {
    private(set) var text = ""

    mutating func add(
        _ name: String, _ help: String, type: String, _ samples: [(labels: [(String, String)], value: Double)]
    ) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
        for sample in samples { add(name, sample.labels, sample.value) }
    }

    mutating func add(gauge name: String, _ help: String, _ value: Double) {
        add(name, help, type: "gauge", [([], value)])
    }

    mutating func add(
        histogram name: String, _ help: String, _ histograms: [(labels: [(String, String)], histogram: Histogram)]
    ) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) histogram\n"
        for (labels, histogram) in histograms {
            var total = 0
            for (bound, count) in zip(Histogram.bounds, histogram.counts) {
                total += count
                add(name + "_bucket", labels + [("le", "\(bound)")], Double(total))
            }
            add(name + "_bucket", labels + [("le", "+Inf")], Double(histogram.count))
            add(name + "_sum", labels, histogram.sum)
            add(name + "_count", labels, Double(histogram.count))
        }
    }

    private mutating func add(_ name: String, _ labels: [(String, String)], _ value: Double) {
        let labels = labels.map { "\($0)=\"\($1.escapedForLabel)\"" }.joined(separator: ",")
        let number = value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : String(value)
        text += labels.isEmpty ? "\(name) \(number)\n" : "\(name){\(labels)} \(number)\n"
    }
}

extension String {
    fileprivate var escapedForLabel: String {
        replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
