import History
import Testing

@Suite struct RotationClaimTests {
    /// Two of them stand for two processes: each lock belongs to an open file.
    @Test func aRotationIsClaimedByOneAtATime() throws {
        let folder = try TemporaryFolder()
        let one = RotationClaims(folder: folder.path)
        let other = RotationClaims(folder: folder.path)
        #expect(one.claim("r-1"))
        #expect(one.claim("r-1"))
        #expect(!other.claim("r-1"))
        #expect(other.isHeldElsewhere("r-1"))
        #expect(!one.isHeldElsewhere("r-1"))
        #expect(other.claim("r-2"))
        one.release("r-1")
        #expect(!other.isHeldElsewhere("r-1"))
        #expect(other.claim("r-1"))
    }

    @Test func aNameThatLeadsElsewhereIsNoFile() throws {
        let folder = try TemporaryFolder()
        let claims = RotationClaims(folder: folder.path + "/inside")
        #expect(claims.claim("../../outside"))
        #expect(!claims.isHeldElsewhere("../../outside"))
    }
}
