#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The bytes of a secret, in memory of their own that is zero before it is given back.
package final class SecretStorage: Hashable, Sendable {
    /// Written when made and when it goes, by nobody in between.
    nonisolated(unsafe) private let bytes: UnsafeMutableRawBufferPointer

    package init(_ text: String) {
        var text = text
        bytes = text.withUTF8 { source in
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 1)
            copy.copyMemory(from: UnsafeRawBufferPointer(source))
            return copy
        }
    }

    deinit {
        wipe()
        bytes.deallocate()
    }

    package var count: Int { bytes.count }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Overwrites the bytes in a way that no compiler leaves out.
    package func wipe() {
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
        #if canImport(Darwin)
            memset_s(start, bytes.count, 0, bytes.count)
        #else
            explicit_bzero(start, bytes.count)
        #endif
    }

    package static func == (left: SecretStorage, right: SecretStorage) -> Bool {
        left === right || left.bytes.elementsEqual(right.bytes)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    }
}
