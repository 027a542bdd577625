/// Text that must not break a terminal or a layout: a few of each kind, so that no test needs the whole corpus.
package enum HostileTexts {
    package static let all = escapes + controls + invisible + widths + sizes

    /// What a terminal would obey.
    package static let escapes = [
        "red\u{1B}[31mred", "\u{1B}]0;a title of mine\u{7}", "\u{1B}]52;c;c3RvbGVu\u{7}", "\u{1B}[2J\u{1B}[H",
        "\u{1B}[?1049l", "\u{1B}c", "\u{1B}P+q544e\u{1B}\\", "\u{9B}31m", "\u{9D}0;x\u{9C}", "\u{1B}[6n", "\u{1B}(0qqq",
        "\u{1B}_Ga=T;AAAA\u{1B}\\", "\u{1B}]8;;https://example.invalid\u{1B}\\link\u{1B}]8;;\u{1B}\\", "\u{1B}[?2004l",
    ]

    package static let controls = [
        "bell\u{7}", "tab\there", "two\nlines", "back\u{8}\u{8}\u{8}space", "return\rover", "nul\u{0}nul", "del\u{7F}",
        "form\u{C}feed", "next\u{85}line", "shift\u{E}out\u{F}in", "line\u{2028}separator", "a\r\nb",
    ]

    /// What nobody sees, or sees in another order.
    package static let invisible = [
        "admin\u{202E}txt.exe", "a\u{2066}b\u{2069}c", "zero\u{200B}width", "soft\u{AD}hyphen", "bom\u{FEFF}bom",
        "tag\u{E0061}\u{E0062}", "\u{3164}filler\u{115F}", "join\u{200D}er", "\u{FFF9}a\u{FFFA}b\u{FFFB}", "\u{061C}x",
        "variation\u{FE0F}", "word\u{2060}joiner", "private\u{E000}use",
    ]

    /// What terminals measure differently.
    package static let widths = [
        "👩\u{200D}💻 works", "🇰🇷🇩🇪", "e\u{301}\u{302}\u{303}\u{304}\u{305}", "한글과 漢字", "\u{1112}\u{1161}\u{11AB}",
        "1\u{FE0F}\u{20E3}", "क\u{94D}ष", "ｆｕｌｌ", "\u{301}alone", "﷽", "👍🏽", "\u{1F1F0}", "Z\u{351}\u{36B}\u{343}algo",
        "\u{D7B0}", "ﬁ", "\u{FFFD}",
    ]

    package static let sizes = [
        "", " ", String(repeating: "x", count: 5_000), String(repeating: "가", count: 700),
        String(repeating: "\n", count: 300),
        String(repeating: "a ", count: 2_000), "e" + String(repeating: "\u{301}", count: 400),
        String(repeating: "\u{1B}[", count: 300),
    ]
}
