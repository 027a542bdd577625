/// A size in cells.
package struct Size: Hashable, Sendable {
    package var width: Int
    package var height: Int

    package static let zero = Size(width: 0, height: 0)

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }
}

/// A place in cells, counted from the top left corner.
package struct Point: Hashable, Sendable {
    package var x: Int
    package var y: Int

    package init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }
}

/// A rectangle of cells; never smaller than nothing.
package struct Rect: Hashable, Sendable {
    package let x: Int
    package let y: Int
    package let width: Int
    package let height: Int

    package static let zero = Rect(x: 0, y: 0, width: 0, height: 0)

    /// A rectangle; negative lengths count as zero.
    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    package var minX: Int { x }
    package var minY: Int { y }

    /// The first column right of the rectangle.
    package var maxX: Int { x + width }

    /// The first row below the rectangle.
    package var maxY: Int { y + height }

    package var isEmpty: Bool { width == 0 || height == 0 }
    package var size: Size { Size(width: width, height: height) }
    package var origin: Point { Point(x: x, y: y) }

    /// The rectangle without `amount` cells on every side.
    package func inset(by amount: Int) -> Rect {
        inset(dx: amount, dy: amount)
    }

    /// The rectangle without `dx` columns on the left and the right and without `dy` rows above and below.
    package func inset(dx: Int = 0, dy: Int = 0) -> Rect {
        Rect(x: x + min(dx, width), y: y + min(dy, height), width: width - 2 * dx, height: height - 2 * dy)
    }

    /// What both rectangles cover; empty where they do not meet.
    package func intersection(_ other: Rect) -> Rect {
        let left = max(minX, other.minX)
        let top = max(minY, other.minY)
        return Rect(x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
    }

    package func contains(_ point: Point) -> Bool {
        point.x >= minX && point.x < maxX && point.y >= minY && point.y < maxY
    }

    /// The row at `index`, counted from the top of the rectangle; empty outside.
    package func row(_ index: Int) -> Rect {
        guard index >= 0, index < height else { return Rect(x: x, y: y + max(0, index), width: 0, height: 0) }
        return Rect(x: x, y: y + index, width: width, height: 1)
    }
}
