public import AzureCore
import JSONValue

/// The workspaces an identity can read, and where it could not look.
public struct WorkspaceListing: Hashable, Sendable {
    /// One workspace, with the name of its subscription where that is known.
    public struct Entry: Hashable, Sendable {
        public var address: WorkspaceAddress
        public var subscriptionName: String?
        /// `westus2` for example; empty where Azure leaves it out.
        public var location: String

        public init(address: WorkspaceAddress, subscriptionName: String? = nil, location: String = "") {
            self.address = address
            self.subscriptionName = subscriptionName
            self.location = location
        }
    }

    /// A subscription that did not tell its workspaces.
    public struct Refusal: Hashable, Sendable {
        public var subscriptionID: String
        public var subscriptionName: String
        public var error: AzureError

        public init(subscriptionID: String, subscriptionName: String, error: AzureError) {
            self.subscriptionID = subscriptionID
            self.subscriptionName = subscriptionName
            self.error = error
        }
    }

    /// Sorted by subscription and name.
    public var entries: [Entry]
    public var refusals: [Refusal]

    public init(entries: [Entry], refusals: [Refusal] = []) {
        self.entries = entries
        self.refusals = refusals
    }
}

extension MachineLearningClient {
    /// Subscriptions that are asked one by one at most, where Resource Graph says nothing of them.
    private static let mostSubscriptionsAsked = 50

    /// The workspaces of all subscriptions that the identity can read: one query of Azure Resource Graph, then a list for
    /// each subscription of which the graph knows none, so that one that refuses is told from one that is empty.
    ///
    /// - Throws: `AzureError` where not even the subscriptions can be listed and the graph refuses, too.
    public func workspaceListing() async throws -> WorkspaceListing {
        let graph: Result<[WorkspaceListing.Entry], AzureError>
        do {
            graph = .success(try await graphWorkspaces().all())
        } catch let error as AzureError where error.kind != .cancelled {
            graph = .failure(error)
        }
        let subscriptions: [Subscription]
        do {
            subscriptions = try await self.subscriptions().all()
        } catch let error as AzureError where error.kind != .cancelled {
            guard case .success(let entries) = graph else { throw error }
            return WorkspaceListing(entries: entries.sorted { $0.order < $1.order })
        }
        var listing = WorkspaceListing(entries: (try? graph.get()) ?? [])
        let known = Set(listing.entries.map { $0.address.subscriptionID.lowercased() })
        for subscription in subscriptions.filter({ !known.contains($0.id.lowercased()) })
            .prefix(Self.mostSubscriptionsAsked)
        {
            do {
                listing.entries += try await workspaces(in: subscription.id).all().compactMap(\.listingEntry)
            } catch let error as AzureError where error.kind != .cancelled {
                listing.refusals.append(
                    .init(subscriptionID: subscription.id, subscriptionName: subscription.name, error: error)
                )
            }
        }
        let names = Dictionary(
            subscriptions.map { ($0.id.lowercased(), $0.name) },
            uniquingKeysWith: { first, _ in first }
        )
        for index in listing.entries.indices {
            listing.entries[index].subscriptionName = names[listing.entries[index].address.subscriptionID.lowercased()]
        }
        listing.entries.sort { $0.order < $1.order }
        return listing
    }

    private func graphWorkspaces() -> Pager<WorkspaceListing.Entry> {
        let query =
            "resources | where type =~ 'microsoft.machinelearningservices/workspaces' | project id, location "
            + "| order by id asc"
        return ResourceGraph(connection, priority: priority).rows(.workspacesQuery, query) { row in
            row.resourceID("id").flatMap { WorkspaceListing.Entry(id: $0, location: row.string("location") ?? "") }
        }
    }
}

extension Workspace {
    fileprivate var listingEntry: WorkspaceListing.Entry? { WorkspaceListing.Entry(id: id, location: location) }
}

extension WorkspaceListing.Entry {
    fileprivate init?(id: ResourceID, location: String) {
        guard let subscription = id.subscriptionID, let group = id.resourceGroup, let name = id.workspaceName else {
            return nil
        }
        self.init(
            address: WorkspaceAddress(subscriptionID: subscription, resourceGroup: group, name: name),
            location: location
        )
    }

    fileprivate var order: String {
        "\(subscriptionName ?? address.subscriptionID)\n\(address.name)\n\(address.resourceGroup)".lowercased()
    }
}
