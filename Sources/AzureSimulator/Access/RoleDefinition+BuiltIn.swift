/// The built-in roles that matter here, with Azure's own ids and contents.
extension RoleDefinition {
    private static let machineLearning = "Microsoft.MachineLearningServices/workspaces/"

    static let owner = RoleDefinition(
        id: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
        name: "Owner",
        description: "Grants full access to manage all resources, including the ability to assign roles in Azure RBAC.",
        permissions: [Permission(actions: ["*"])]
    )

    static let contributor = RoleDefinition(
        id: "b24988ac-6180-42a0-ab88-20f7382dd24c",
        name: "Contributor",
        description:
            "Grants full access to manage all resources, but does not allow you to assign roles in Azure RBAC, "
            + "manage assignments in Azure Blueprints, or share image galleries.",
        permissions: [
            Permission(
                actions: ["*"],
                notActions: [
                    "Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write",
                    "Microsoft.Authorization/elevateAccess/Action", "Microsoft.Blueprint/blueprintAssignments/write",
                    "Microsoft.Blueprint/blueprintAssignments/delete",
                ]
            )
        ]
    )

    static let reader = RoleDefinition(
        id: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
        name: "Reader",
        description: "View all resources, but does not allow you to make any changes.",
        permissions: [Permission(actions: ["*/read"])]
    )

    static let userAccessAdministrator = RoleDefinition(
        id: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
        name: "User Access Administrator",
        description: "Lets you manage user access to Azure resources.",
        permissions: [Permission(actions: ["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"])]
    )

    static let dataScientist = RoleDefinition(
        id: "f6c7c914-8db3-469d-8ca1-694a8f32e121",
        name: "AzureML Data Scientist",
        description:
            "Can perform all actions within an Azure Machine Learning workspace, except for creating or deleting "
            + "compute resources and modifying the workspace itself.",
        permissions: [
            Permission(
                actions: ["read", "action", "delete", "write"].map { machineLearning + "*/" + $0 },
                notActions: [
                    "delete", "write", "computes/*/write", "computes/*/delete", "computes/listKeys/action",
                    "listKeys/action", "hubs/write", "hubs/delete", "featurestores/write", "featurestores/delete",
                ].map { machineLearning + $0 }
            )
        ]
    )

    static let connectionSecretsReader = RoleDefinition(
        id: "ea01e6af-a1c1-4350-9563-ad00f8c72ec5",
        name: "Azure Machine Learning Workspace Connection Secrets Reader",
        description: "Can list workspace connection secrets",
        permissions: [
            Permission(
                actions: ["connections/listsecrets/action", "metadata/secrets/read"].map { machineLearning + $0 }
            )
        ]
    )

    static let monitoringReader = RoleDefinition(
        id: "43d0d8ad-25c7-4714-9337-8ba259a9fe05",
        name: "Monitoring Reader",
        description: "Can read all monitoring data.",
        permissions: [
            Permission(actions: [
                "*/read", "Microsoft.OperationalInsights/workspaces/search/action", "Microsoft.Support/*",
            ])
        ]
    )

    static let builtIn = [
        owner, contributor, reader, userAccessAdministrator, dataScientist, connectionSecretsReader, monitoringReader,
    ]
}
