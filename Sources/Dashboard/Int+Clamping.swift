extension Int {
    /// The whole part of a number, at most as large as an integer of 52 bits in either direction; 0 for none.
    ///
    /// What comes from outside may be any number, and the conversion without this stops the program.
    init(clamping value: Double) {
        let limit = 4_503_599_627_370_496.0
        self = value.isNaN ? 0 : Int(Swift.min(Swift.max(value, -limit), limit))
    }
}
