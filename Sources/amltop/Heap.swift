/// How the C library keeps freed memory.
enum Heap {
    /// Gives what large answers took back to the system as soon as they are read, and keeps threads from hoarding.
    ///
    /// By default one freed megabyte teaches glibc to keep the next ones, and every thread has a heap of its own: a
    /// dashboard that read 100 000 rows once would hold the room for them all day. Frames are smaller than this and stay
    /// cheap.
    static func returnLargeBlocks() {
        #if canImport(Glibc)
            _ = mallopt(mmapThreshold, 1 << 20)
            _ = mallopt(trimThreshold, 1 << 20)
            _ = mallopt(arenaMax, 2)
        #endif
    }
}

#if canImport(Glibc)
    // <malloc.h> is in no module, so its function and the numbers of its options stand here.
    @_silgen_name("mallopt")
    private func mallopt(_ option: Int32, _ value: Int32) -> Int32

    private let trimThreshold: Int32 = -1
    private let mmapThreshold: Int32 = -3
    private let arenaMax: Int32 = -8
#endif
