/// Certificates made for these tests alone, by an authority nobody trusts; valid for a hundred years unless they say so.
enum TestCertificates {
    /// The authority that signed the others.
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBljCCAT2gAwIBAgIUVIvK0Ormvl/ecajW5VBUM7kmoGIwCgYIKoZIzj0EAwIw
        IDEeMBwGA1UEAwwVYW1sdG9wIHRlc3QgYXV0aG9yaXR5MCAXDTI2MTEyNTE0MDQz
        M1oYDzIxMjYxMTAxMTQwNDMzWjAgMR4wHAYDVQQDDBVhbWx0b3AgdGVzdCBhdXRo
        b3JpdHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASJdpq6OPFupQB+fqEmEIK0
        iKT0mj01UA4VkDd8iIcjVs8SmpMKpXIjsbTUT9VRV+Gg3YrvcG3gS4Unka/qrmWu
        o1MwUTAdBgNVHQ4EFgQUXvLc9gdGA2/EUmgXTpdne+MPGWIwHwYDVR0jBBgwFoAU
        XvLc9gdGA2/EUmgXTpdne+MPGWIwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD
        AgNHADBEAiBE8uq//FUIPHiH4N/f88tvLXJ9wpGoDct9C1u49yj5JgIgVNY0erfg
        Pz4MjWwn3KOQ2GbCcVEc1l7c8z2bbPls208=
        -----END CERTIFICATE-----
        """

    /// The key of all three servers.
    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpI42nbiLcckkzQLx
        tHHkghR2Mf9Zq3EE0mgz9caFrQehRANCAARz9Fjn+w8trsLTLp4kvRkMngxdGxR2
        EAGRg/AZjPaLHgbYBakOLUSs2LNWqhWdn4Q5bvhpYFXNW9OoZiIweZ91
        -----END PRIVATE KEY-----
        """

    /// For `localhost`, valid.
    static let localhost = """
        -----BEGIN CERTIFICATE-----
        MIIBsjCCAVigAwIBAgIBATAKBggqhkjOPQQDAjAgMR4wHAYDVQQDDBVhbWx0b3Ag
        dGVzdCBhdXRob3JpdHkwIBcNMjUwMTAxMDAwMDAwWhgPMjEyNDAxMDEwMDAwMDBa
        MBQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
        BHP0WOf7Dy2uwtMuniS9GQyeDF0bFHYQAZGD8BmM9oseBtgFqQ4tRKzYs1aqFZ2f
        hDlu+GlgVc1b06hmIjB5n3WjgYwwgYkwDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8E
        BAMCB4AwEwYDVR0lBAwwCgYIKwYBBQUHAwEwFAYDVR0RBA0wC4IJbG9jYWxob3N0
        MB0GA1UdDgQWBBQ3FziL5m+FdG/kwEOfhb0SB8noRTAfBgNVHSMEGDAWgBRe8tz2
        B0YDb8RSaBdOl2d74w8ZYjAKBggqhkjOPQQDAgNIADBFAiAXkACn6td10Ga5zkeO
        aaRl2FCNtWu7JP7OQGpZAT0U5wIhAKrLz9TSQd7ifTZpr0BBbApwtQ0mxECP3lUy
        kihxbVbJ
        -----END CERTIFICATE-----
        """

    /// For `localhost`, lapsed in 2021.
    static let expired = """
        -----BEGIN CERTIFICATE-----
        MIIBsDCCAVagAwIBAgIBAjAKBggqhkjOPQQDAjAgMR4wHAYDVQQDDBVhbWx0b3Ag
        dGVzdCBhdXRob3JpdHkwHhcNMjAwMTAxMDAwMDAwWhcNMjEwMTAxMDAwMDAwWjAU
        MRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARz
        9Fjn+w8trsLTLp4kvRkMngxdGxR2EAGRg/AZjPaLHgbYBakOLUSs2LNWqhWdn4Q5
        bvhpYFXNW9OoZiIweZ91o4GMMIGJMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQD
        AgeAMBMGA1UdJQQMMAoGCCsGAQUFBwMBMBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAd
        BgNVHQ4EFgQUNxc4i+ZvhXRv5MBDn4W9EgfJ6EUwHwYDVR0jBBgwFoAUXvLc9gdG
        A2/EUmgXTpdne+MPGWIwCgYIKoZIzj0EAwIDSAAwRQIhAMnacXmVvuDGx2s3lGhr
        LBkqFS5+IX7OaopC1rhUt8jGAiAtBlEHQE4YScvd1Lzwn2MkE3dKhh+RcDCUxfIr
        s/UfNA==
        -----END CERTIFICATE-----
        """

    /// For `other.example`, valid.
    static let otherName = """
        -----BEGIN CERTIFICATE-----
        MIIBujCCAWCgAwIBAgIBAzAKBggqhkjOPQQDAjAgMR4wHAYDVQQDDBVhbWx0b3Ag
        dGVzdCBhdXRob3JpdHkwIBcNMjUwMTAxMDAwMDAwWhgPMjEyNDAxMDEwMDAwMDBa
        MBgxFjAUBgNVBAMMDW90aGVyLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMB
        BwNCAARz9Fjn+w8trsLTLp4kvRkMngxdGxR2EAGRg/AZjPaLHgbYBakOLUSs2LNW
        qhWdn4Q5bvhpYFXNW9OoZiIweZ91o4GQMIGNMAwGA1UdEwEB/wQCMAAwDgYDVR0P
        AQH/BAQDAgeAMBMGA1UdJQQMMAoGCCsGAQUFBwMBMBgGA1UdEQQRMA+CDW90aGVy
        LmV4YW1wbGUwHQYDVR0OBBYEFDcXOIvmb4V0b+TAQ5+FvRIHyehFMB8GA1UdIwQY
        MBaAFF7y3PYHRgNvxFJoF06XZ3vjDxliMAoGCCqGSM49BAMCA0gAMEUCIQCrhjr5
        sHt2EjzvjjLKgXL1bfwWZlLY/EY9Zm2FJXjkjwIga0kK1RCTVi3u4HZb9o5brBRL
        leulevPjhAIk4m1hC2I=
        -----END CERTIFICATE-----
        """
}
