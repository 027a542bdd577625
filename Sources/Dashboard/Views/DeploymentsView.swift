internal import AzureCore
internal import AzureML
internal import TerminalUI

extension ViewContext {
    /// Pane 2: the deployments of the selected endpoint.
    func drawDeployments(in rect: Rect, of frame: inout CellBuffer) {
        let record = state.selectedRecord
        let inner = drawFrame(
            of: .deployments,
            in: rect,
            title: .paneDeployments,
            subject: record?.endpoint.name,
            of: &frame
        )
        guard let record, let deployments = record.deployments, !deployments.isEmpty else {
            drawEmpty(
                emptyDeploymentsText(record),
                failure: failure(of: .deployments),
                in: inner,
                of: &frame
            )
            return
        }
        let hidden = deploymentTable(deployments).draw(
            in: inner,
            of: &frame,
            isFocused: state.focus == .deployments,
            showsHeader: Pane.deployments.hasColumnTitles(in: rect)
        )
        drawMarks(of: .deployments, in: inner, of: &frame)
        mark(hidden, of: .deployments, in: rect, of: &frame)
        dimIfStale(.deployments, in: inner, of: &frame)
    }

    func deploymentTable(_ deployments: [DeploymentRecord]) -> Table<Int> {
        let range = state.visibleRange(of: .deployments, count: deployments.count, layout: layout)
        let selected = deployments.firstIndex { $0.id == state.selectedDeployment }
        let hasGPU = deployments.contains { $0.metrics?.gpuPercent != nil }
        return Table(
            columns: deploymentColumns(deployments, hasGPU: hasGPU),
            rows: range,
            selectedIndex: selected.map { $0 - range.lowerBound },
            spacing: 2,
            columnOffset: state.columnOffsets[.deployments] ?? 0
        )
    }

    func emptyDeploymentsText(_ record: EndpointRecord?) -> String {
        guard let record else { return texts[.emptyNoSelection] }
        return texts[record.deployments == nil ? .emptyDeploymentsReading : .emptyDeployments]
    }

    /// Rows are indices: a record is large, and a table hands its rows about.
    private func deploymentColumns(_ rows: [DeploymentRecord], hasGPU: Bool) -> [Column<Int>] {
        var columns: [Column<Int>] = [
            Column(id: "name", title: texts[.columnName], width: .fit(min: 6, max: 24)) {
                [Span(rows[$0].deployment.name, .deployment(rows[$0].deployment.name))]
            },
            Column(id: "state", title: texts[.columnState], priority: 2, width: .fit(min: 11, max: 22)) { [self] in
                stateSpans(
                    rows[$0].deployment.provisioningState,
                    since: rows[$0].deployment.systemData?.lastModifiedAt,
                    code: nil
                )
            },
            Column(id: "sku", title: texts[.columnInstanceType], priority: 4, width: .fit(min: 8, max: 26)) { [self] in
                [Span(rows[$0].deployment.instanceType ?? texts[.valueUnknown], .text)]
            },
            Column(
                id: "instances",
                title: texts[.columnInstances],
                priority: 3,
                alignment: .trailing,
                width: .fixed(3)
            ) { [self] in [Span(rows[$0].deployment.instanceCount.map(String.init) ?? texts[.valueUnknown], .text)] },
            Column(id: "cpu", title: texts[.columnCpu], priority: 2, alignment: .trailing, width: .fixed(4)) { [self] in
                utilisation(rows[$0].metrics?.cpuPercent)
            },
            Column(id: "memory", title: texts[.columnMemory], priority: 2, alignment: .trailing, width: .fixed(4)) {
                [self] in
                utilisation(rows[$0].metrics?.memoryPercent)
            },
        ]
        if hasGPU {
            columns += [
                Column(id: "gpu", title: texts[.columnGpu], priority: 3, alignment: .trailing, width: .fixed(4)) {
                    [self] in
                    utilisation(rows[$0].metrics?.gpuPercent)
                },
                Column(
                    id: "gpuMemory",
                    title: texts[.columnGpuMemory],
                    priority: 3,
                    alignment: .trailing,
                    width: .fixed(6)
                ) { [self] in utilisation(rows[$0].metrics?.gpuMemoryPercent) },
            ]
        }
        return columns + lessWantedColumns(rows)
    }

    private func lessWantedColumns(_ rows: [DeploymentRecord]) -> [Column<Int>] {
        [
            Column(
                id: "p95",
                title: texts[.columnP95],
                priority: 2,
                alignment: .trailing,
                width: .fit(min: 6, max: 7)
            ) { [self] in number(rows[$0].metrics?.p95Milliseconds, style: .text, Format.milliseconds) },
            Column(id: "model", title: texts[.columnModel], priority: 5, width: .fit(min: 8, max: 24)) { [self] in
                [Span(assetName(rows[$0].deployment.model), .muted)]
            },
            Column(id: "environment", title: texts[.columnEnvironment], priority: 6, width: .fit(min: 8, max: 24)) {
                [self] in
                [Span(assetName(rows[$0].deployment.environmentID), .muted)]
            },
            Column(
                id: "concurrency",
                title: texts[.columnConcurrency],
                priority: 7,
                alignment: .trailing,
                width: .fixed(4)
            ) { [self] in
                [
                    Span(
                        rows[$0].deployment.maxConcurrentRequestsPerInstance.map(String.init) ?? texts[.valueUnknown],
                        .muted
                    )
                ]
            },
        ]
    }

    private func utilisation(_ percent: Double?) -> [Span] {
        guard let percent else { return [Span(texts[.valueUnknown], .faint)] }
        let style: Style = percent >= 95 ? .alert : percent >= 85 ? .warning : .text
        return [Span("\(Format.decimal(percent, digits: 0))%", style)]
    }

    /// A registered asset as `name:version`, from its ARM id or registry URI; anything else as it stands.
    func assetName(_ id: String?) -> String {
        guard let id else { return texts[.valueUnknown] }
        let parts = id.split(separator: "/")
        guard parts.count >= 4, parts[parts.count - 2].lowercased() == "versions" else { return id }
        return "\(parts[parts.count - 3]):\(parts[parts.count - 1])"
    }
}
