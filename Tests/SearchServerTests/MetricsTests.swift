import Testing

@testable import SearchServer

@Suite struct HistogramTests {
    @Test func countsEachTimeWithinItsBounds() {
        var histogram = Histogram()
        for seconds in [0.0005, 0.001, 0.002, 100] { histogram.add(seconds) }
        #expect(histogram.count == 4 && histogram.counts[0] == 2 && histogram.counts[1] == 1)
        #expect(histogram.counts.reduce(0, +) == 3)
    }
}

@Suite struct PrometheusTextTests {
    @Test func writesSamplesWithTheirLabels() {
        var page = PrometheusText()
        page.add("a_total", "What.", type: "counter", [([("x", "q\"\\\n")], 3)])
        page.add(gauge: "b", "Which.", 0.5)
        #expect(
            page.text == """
                # HELP a_total What.
                # TYPE a_total counter
                a_total{x="q\\"\\\\\\n"} 3
                # HELP b Which.
                # TYPE b gauge
                b 0.5

                """)
    }

    @Test func bucketsOfAHistogramAddUp() {
        var (page, histogram) = (PrometheusText(), Histogram())
        for seconds in [0.0005, 0.002, 100] { histogram.add(seconds) }
        page.add(histogram: "h", "How long.", [([], histogram)])
        #expect(page.text.contains("h_bucket{le=\"0.001\"} 1\n") && page.text.contains("h_bucket{le=\"30.0\"} 2\n"))
        #expect(page.text.contains("h_bucket{le=\"+Inf\"} 3\n") && page.text.contains("h_count 3\n"))
    }
}
