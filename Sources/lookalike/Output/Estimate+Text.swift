import Vectors

extension Estimate {
    /// With its interval, as in `.801 [.761, .839]`.
    var text: String { "\(mean.share) [\(lower.share), \(upper.share)]" }

    /// Of a difference, as in `+.021 [-.004, +.046]`.
    var signedText: String { "\(mean.signedShare) [\(lower.signedShare), \(upper.signedShare)]" }

    /// Whether the interval of a difference lies on one side of zero.
    var isDecided: Bool { lower > 0 || upper < 0 }
}

extension Double {
    /// With three digits and without the zero in front.
    var share: String {
        let text = rounded(to: 3)
        return text.hasPrefix("0.") ? String(text.dropFirst()) : text
    }

    fileprivate var signedShare: String {
        (self < 0 ? "-" : "+") + magnitude.share
    }
}
