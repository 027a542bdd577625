/// Which colours the dashboard takes: the terminal's own, or ones made for a dark or a light background.
package enum Theme: String, CaseIterable, Sendable {
    case terminal, dark, light
}
