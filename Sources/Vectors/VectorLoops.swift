package import CKernels

/// The loops of `CKernels` in the versions that this processor has instructions for.
package enum VectorLoops {
    /// From the fastest to those that every processor can run.
    package static let available: [ck_vector_loops] = [ck_avx512, ck_avx2, ck_neon, ck_portable].compactMap {
        ck_vector_loops_for($0)?.pointee
    }

    static let best = available[0]
}
