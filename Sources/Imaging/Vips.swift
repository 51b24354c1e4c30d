import CVips
import Synchronization

/// libvips as a whole: started once, when the first picture is read or drawn.
enum Vips {
    /// Starting costs tens of milliseconds, so nothing but a picture at hand may cause it.
    static func start() {
        _ = started
    }

    private static let started: Bool = {
        guard vips_init("lookalike") == 0 else {
            // An installation that is broken, and no photo's fault.
            fatalError("libvips cannot be started: \(takeErrorText())")
        }
        cvips_silence()
        vips_block_untrusted_set(1)
        // A few hundred lines that read numbers in plain text or raw: the one loader outside libvips' trusted list.
        vips_operation_block_set("VipsForeignLoadPpm", 0)
        // Lookalike decides how many pictures are in flight; none is asked for twice.
        vips_concurrency_set(1)
        vips_cache_set_max(0)
        return true
    }()

    private static let drawings = Mutex(())

    /// SVG is unblocked only while a drawing of Lookalike's own is rendered.
    static func withDrawingsAllowed<T>(_ body: () -> T) -> T {
        start()
        return drawings.withLock { _ in
            vips_operation_block_set("VipsForeignLoadSvg", 0)
            defer { vips_operation_block_set("VipsForeignLoadSvg", 1) }
            return body()
        }
    }

    /// The messages that libvips has gathered, which are dropped there.
    static func takeErrorText() -> String {
        guard let text = vips_error_buffer_copy() else { return "" }
        defer { g_free(text) }
        return String(cString: text).split(whereSeparator: \.isNewline).joined(separator: "; ")
    }
}
