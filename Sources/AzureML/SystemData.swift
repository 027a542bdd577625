#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Who created and who last changed a resource.
public struct SystemData: Hashable, Sendable {
    public var createdBy: String?
    /// `User`, `Application`, `ManagedIdentity` or `Key`.
    public var createdByType: String?
    public var createdAt: Date?
    public var lastModifiedBy: String?
    public var lastModifiedByType: String?
    public var lastModifiedAt: Date?

    public init(
        createdBy: String? = nil,
        createdByType: String? = nil,
        createdAt: Date? = nil,
        lastModifiedBy: String? = nil,
        lastModifiedByType: String? = nil,
        lastModifiedAt: Date? = nil
    ) {
        self.createdBy = createdBy
        self.createdByType = createdByType
        self.createdAt = createdAt
        self.lastModifiedBy = lastModifiedBy
        self.lastModifiedByType = lastModifiedByType
        self.lastModifiedAt = lastModifiedAt
    }
}
