import JMESPath
import JSONValue
import Testing

@Suite struct PathTests {
    static let fleet = """
        {"workspace": "ws", "endpoints": [
          {"name": "blue-sky", "traffic": {"blue": 90, "green": 10}, "keys": ["k1", "k2"], "open": true},
          {"name": "rain", "traffic": {"blue": 100}, "keys": [], "open": false},
          {"name": "fog", "keys": ["k3"]}], "odd name": 1, "사기": 2, "matrix": [[1, 2], [3, [4]], 5]}
        """

    @Test(arguments: [
        ("workspace", "\"ws\""), ("@.workspace", "\"ws\""), ("nothing", "null"), ("nothing.at.all", "null"),
        ("\"odd name\"", "1"), ("\"사기\"", "2"), ("\"\\uc0ac\\uae30\"", "2"), ("endpoints[0].name", "\"blue-sky\""),
        ("endpoints[-1].name", "\"fog\""), ("endpoints[3]", "null"), ("endpoints[-4]", "null"),
        ("workspace[0]", "null"),
        ("endpoints[0].\"traffic\".green", "10"), ("workspace.name", "null"), ("matrix[1][1][0]", "4"),
        (" endpoints\n[ 1 ]\t.\r\nname ", "\"rain\""), ("(endpoints)[1].name", "\"rain\""),
        ("endpoints[99999999999999999999]", "null"), ("endpoints[-99999999999999999999]", "null"),
    ])
    func namesAndIndexesStepIntoAValue(_ query: String, _ answer: String) throws {
        #expect(try search(query, Self.fleet) == answer)
    }

    @Test(arguments: [
        ("endpoints[*].name", "[\"blue-sky\",\"rain\",\"fog\"]"), ("endpoints[*].traffic.green", "[10]"),
        ("endpoints[*].keys[0]", "[\"k1\",\"k3\"]"), ("endpoints[*].keys[*]", "[[\"k1\",\"k2\"],[],[\"k3\"]]"),
        ("workspace[*]", "null"), ("nothing[*].name", "null"), ("endpoints[0].traffic.*", "[90,10]"),
        ("endpoints[*].traffic.*", "[[90,10],[100]]"), ("workspace.*", "null"), ("endpoints.*", "null"),
        ("*.name", "[]"), ("endpoints[].keys[]", "[\"k1\",\"k2\",\"k3\"]"), ("matrix[]", "[1,2,3,[4],5]"),
        ("matrix[][]", "[1,2,3,4,5]"), ("workspace[]", "null"), ("endpoints[*].keys[] | [0]", "\"k1\""),
        ("endpoints[*].name | [1]", "\"rain\""), ("endpoints[*].name[1]", "[]"), ("(endpoints[*].name)[1]", "\"rain\""),
        ("endpoints[?open].name", "[\"blue-sky\"]"), ("endpoints[?!open].name", "[\"rain\",\"fog\"]"),
        ("endpoints[?name == 'fog'].keys | [0]", "[\"k3\"]"), ("endpoints[?keys][].keys[]", "[\"k1\",\"k2\",\"k3\"]"),
        ("workspace[?@]", "null"), ("endpoints[?traffic.blue >= `90`] | length(@)", "2"),
        ("matrix[0][?@ > `1`]", "[2]"), ("endpoints[0].keys | @ | @[1]", "\"k2\""),
    ])
    func projectionsAskEachElementAndDropNulls(_ query: String, _ answer: String) throws {
        #expect(try search(query, Self.fleet) == answer)
    }

    @Test(arguments: [
        ("endpoints[0].[name, open]", "[\"blue-sky\",true]"),
        ("endpoints[0].{n: name, \"o p\": open}", "{\"n\":\"blue-sky\",\"o p\":true}"),
        ("endpoints[*].[name, traffic.green]", "[[\"blue-sky\",10],[\"rain\",null],[\"fog\",null]]"),
        ("endpoints[][name]", "[[\"blue-sky\"],[\"rain\"],[\"fog\"]]"), ("nothing.[name]", "null"),
        ("nothing.{n: name}", "null"),
        ("[workspace, [`1`, '2']]", "[\"ws\",[1,\"2\"]]"), ("{a: {b: workspace}}.a.b", "\"ws\""),
        ("{a: workspace, b: `1`, a: `2`}", "{\"a\":2,\"b\":1}"), ("endpoints[2].{t: traffic}", "{\"t\":null}"),
    ])
    func listsAndObjectsAreBuilt(_ query: String, _ answer: String) throws {
        #expect(try search(query, Self.fleet) == answer)
    }

    @Test(arguments: [
        ("[:]", "[0,1,2,3,4,5]"), ("[2:4]", "[2,3]"), ("[:2]", "[0,1]"), ("[4:]", "[4,5]"), ("[-2:]", "[4,5]"),
        ("[:-4]", "[0,1]"), ("[::2]", "[0,2,4]"), ("[1::2]", "[1,3,5]"), ("[::-1]", "[5,4,3,2,1,0]"),
        ("[4:1:-2]", "[4,2]"), ("[1:4:-1]", "[]"), ("[4:1]", "[]"), ("[-100:100]", "[0,1,2,3,4,5]"),
        ("[100:-100:-3]", "[5,2]"), ("[::9223372036854775807]", "[0]"), ("[::-9223372036854775808]", "[5]"),
        ("[-9223372036854775808:9223372036854775807]", "[0,1,2,3,4,5]"), ("[10:]", "[]"), ("[0:3].a", "[]"),
        ("[::2] | [1]", "2"),
    ])
    func slicesCountAsPythonDoes(_ query: String, _ answer: String) throws {
        #expect(try search(query, "[0,1,2,3,4,5]") == answer)
        #expect(try search(query, "{}") == "null")
    }

    @Test func aSliceOfNothingIsEmpty() throws {
        #expect(try search("[::-1]", "[]") == "[]")
        #expect(try search("[:]", "[]") == "[]")
    }

    @Test(arguments: [
        ("'plain'", "\"plain\""), ("'it\\'s'", "\"it's\""), ("'\\n'", "\"\\\\n\""), ("'\\\\'", "\"\\\\\\\\\""),
        ("''", "\"\""),
        ("`1.50`", "1.50"), ("`[1, {\"a\": null}]`", "[1,{\"a\":null}]"), ("`\"a\\`b\"`", "\"a`b\""),
        ("` true `", "true"),
        ("`bare words `", "\"bare words \""), ("`  2024-01-01`", "\"2024-01-01\""), ("``", "\"\""),
        ("`a\\`b`", "\"a`b\""),
        ("`\"\\u00e9\"`", "\"é\""), ("'한국어'", "\"한국어\""),
    ])
    func literalsStandForThemselves(_ query: String, _ answer: String) throws {
        #expect(try search(query) == answer)
    }

    @Test func namesAreComparedByCodePoint() throws {
        let json = "{\"e\\u0301\": 1, \"\\u00e9\": 2, \"\\u00e9\": 3}"
        #expect(try search("\"\\u00e9\"", json) == "3")
        #expect(try search("\"e\\u0301\"", json) == "1")
        #expect(try search("length(@)", json) == "2")
        #expect(try search("*", json) == "[1,3]")
    }

    /// What the grammar leaves open is settled as `az` has it.
    @Test(arguments: [
        ("!a.b", "null"), ("!(a.b)", "false"), ("!l[0]", "false"), ("o.*.a.b", "null"), ("(o.*.a)[*].b", "[1]"),
        ("!n == `false`", "false"), ("l[?@ == `1`][]", "[1]"), ("n || a && n", "\"\""), ("a || a && n", "{\"b\":true}"),
        ("l[*] || n", "[1]"),
    ])
    func operatorsBindAsInTheReferenceImplementation(_ query: String, _ answer: String) throws {
        let json = "{\"a\": {\"b\": true}, \"l\": [1], \"n\": \"\", \"o\": {\"x\": {\"a\": {\"b\": 1}}}}"
        #expect(try search(query, json) == answer)
    }
}
