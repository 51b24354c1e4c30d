import CVips
import Synchronization

/// libvips as a whole: started once, when the first picture is read or drawn.
enum Vips {
    /// Starting costs tens of milliseconds, so nothing but a picture at hand may cause it.
    static func start() {
        _ = started
    }

    private static let started: Bool = {
        var why = [CChar](repeating: 0, count: 512)
        guard cvips_start("lookalike", &why, why.count) else {
            // An installation that is broken, and no photo's fault.
            let reason = String(decoding: why.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            fatalError("libvips cannot be loaded: \(reason). Scripts/setup installs it")
        }
        // A few hundred lines that read numbers in plain text or raw: the one loader outside libvips' trusted list.
        cvips_block("VipsForeignLoadPpm", false)
        return true
    }()

    private static let drawings = Mutex(())

    /// SVG is unblocked only while a drawing of Lookalike's own is rendered.
    static func withDrawingsAllowed<T>(_ body: () -> T) -> T {
        start()
        return drawings.withLock { _ in
            cvips_block("VipsForeignLoadSvg", false)
            defer { cvips_block("VipsForeignLoadSvg", true) }
            return body()
        }
    }

    /// The messages that libvips has gathered, which are dropped there.
    static func takeErrorText() -> String {
        guard let text = cvips_take_errors() else { return "" }
        defer { cvips_free(text) }
        return String(cString: text).split(whereSeparator: \.isNewline).joined(separator: "; ")
    }
}
