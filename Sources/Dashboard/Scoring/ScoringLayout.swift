internal import TerminalUI

/// Where the parts of the scoring form are.
struct ScoringLayout {
    static let fieldCount = 6
    /// From this width on, request and answer stand side by side.
    static let wideFrom = 120

    var whole: Rect
    var isWide: Bool
    /// Empty where it is not on the screen.
    var fields = Rect.zero
    var body = Rect.zero
    var answer = Rect.zero

    init(_ state: DashboardState) {
        let context = ViewContext(state: state, texts: Catalogue(state.language), layout: HomeLayout(state))
        self.init(area: context.bodyArea, part: state.scoring?.part ?? .body)
    }

    init(area: Rect, part: ScoringForm.Part) {
        whole = area
        isWide = area.width >= Self.wideFrom
        var request = area
        if isWide {
            let columns = area.columns([.fill(1), .fill(1)])
            request = columns[0]
            answer = columns[1]
        } else if part == .answer {
            answer = area
            return
        }
        let fieldsHeight = Self.fieldCount + 2
        if request.height >= fieldsHeight + 6 {
            let rows = request.rows([.fixed(fieldsHeight), .fill(1)])
            fields = rows[0]
            body = rows[1]
        } else if part == .body || part == .answer {
            body = request
        } else {
            fields = request
        }
    }

    /// Where the text stands.
    var editor: Rect { body.width >= 20 && body.height >= 4 ? body.inset(by: 1) : body }

    func inside(_ rect: Rect) -> Rect { rect.width >= 20 && rect.height >= 4 ? rect.inset(dx: 2, dy: 1) : rect }
}
