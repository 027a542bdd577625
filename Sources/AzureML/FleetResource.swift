public import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// An endpoint or a deployment as Azure Resource Graph knows it: seconds to minutes old, and perhaps not all of it.
public struct FleetResource: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case endpoint, deployment
    }

    public var id: ResourceID
    /// The endpoint's name, or the deployment's.
    public var name: String
    public var kind: Kind
    public var location: String?
    /// Azure's `kind`: `Managed` for example.
    public var computeKind: String?
    /// Nil for a deployment, and where the graph lacks it.
    public var authMode: AuthMode?
    public var provisioningState: ProvisioningState?
    /// Nil for a deployment, and where the graph lacks it.
    public var traffic: [String: Int]?
    public var mirrorTraffic: [String: Int]?
    /// Nil for an endpoint, and where the graph lacks it.
    public var instanceType: String?
    /// Nil for an endpoint, and where the graph lacks it.
    public var instanceCount: Int?
    public var tags: [String: String]
    /// When the graph was asked; it may have known the resource as it was some minutes before.
    public var retrievedAt: Date

    public init(
        id: ResourceID,
        name: String,
        kind: Kind,
        location: String? = nil,
        computeKind: String? = nil,
        authMode: AuthMode? = nil,
        provisioningState: ProvisioningState? = nil,
        traffic: [String: Int]? = nil,
        mirrorTraffic: [String: Int]? = nil,
        instanceType: String? = nil,
        instanceCount: Int? = nil,
        tags: [String: String] = [:],
        retrievedAt: Date
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.location = location
        self.computeKind = computeKind
        self.authMode = authMode
        self.provisioningState = provisioningState
        self.traffic = traffic
        self.mirrorTraffic = mirrorTraffic
        self.instanceType = instanceType
        self.instanceCount = instanceCount
        self.tags = tags
        self.retrievedAt = retrievedAt
    }

    /// The workspace it is in.
    public var workspaceName: String? { id.workspaceName }
    /// The endpoint it is, or is of.
    public var endpointName: String? { id.endpointName }

    public func ageSeconds(at now: Date) -> Double { max(0, now.timeIntervalSince(retrievedAt)) }
}
