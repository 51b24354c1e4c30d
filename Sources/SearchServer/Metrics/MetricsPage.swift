import Embedders
import VisualSearch

/// All that a monitor reads.
struct MetricsPage {
    let serving: Serving

    var text: String {
        get async throws {
            var page = PrometheusText()
            let counts = serving.metrics.counts
            page.add(
                "lookalike_requests_total", "Requests that were answered.", type: "counter",
                counts.requests.sorted { $0.key < $1.key }.map { kind, count in
                    ([("method", kind.method), ("route", kind.route), ("status", "\(kind.status)")], Double(count))
                })
            page.add(
                histogram: "lookalike_request_seconds", "How long answers took.",
                counts.durations.sorted { $0.key < $1.key }.map { ([("route", $0)], $1) })
            page.add(
                histogram: "lookalike_stage_seconds", "How long the stages of searches took.",
                Stage.allCases.map { ([("stage", $0.rawValue)], counts.stages[$0] ?? Histogram()) })
            try await addGauges(to: &page, counts)
            return page.text
        }
    }

    private func addGauges(to page: inout PrometheusText, _ counts: ServerMetrics.Counts) async throws {
        let engine = serving.engines.usual
        page.add(
            "lookalike_refused_total", "Requests sent away because too many waited.", type: "counter",
            [([], Double(counts.refused))])
        page.add(gauge: "lookalike_requests_under_way", "Requests that are being answered.", Double(counts.underWay))
        page.add(gauge: "lookalike_searches_running", "Searches that run.", Double(await serving.searches.running))
        page.add(
            gauge: "lookalike_searches_waiting", "Searches that wait.", Double(await serving.searches.waitingCount))
        page.add(
            gauge: "lookalike_photos", "Photos that can be found.",
            Double(try await serving.counts.described(by: engine, in: engine.presentRoots)))
        page.add(
            gauge: "lookalike_refreshing", "Whether the catalogue is being brought up to date.",
            await serving.refreshing.state.stage.isUnderWay ? 1 : 0)
        page.add(
            gauge: "lookalike_uptime_seconds", "Since the server was started.",
            serving.started.duration(to: .now).seconds)
        page.add(
            "lookalike_info", "What is served.", type: "gauge",
            [([("version", serving.configuration.version), ("model", engine.choice.name)], 1)])
    }
}
