import HTTPTypes

/// The page where somebody enters a code: `/devicelogin`.
struct DeviceLoginPage: Sendable {
    let services: Services

    func respond(to exchange: Exchange) -> Reply {
        guard exchange.method == .post else { return page("Enter the code that your program shows.", withForm: true) }
        let form = SignInForm(exchange)
        let isApproved = form["answer"] != "decline"
        guard let code = form["code"],
            services.deviceCodes.answer(code, isApproved: isApproved, now: exchange.serverTime)
        else { return page("There is no such code, or it has lapsed.", withForm: true) }
        return page(
            isApproved ? "You are signed in. You may close this page." : "You declined. You may close this page.",
            withForm: false
        )
    }

    private func page(_ text: String, withForm: Bool) -> Reply {
        let form = """
            <form method="post"><label>Code <input name="code" autofocus autocomplete="off"></label>
            <button name="answer" value="approve">Sign in</button>
            <button name="answer" value="decline">Decline</button></form>
            """
        let html = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title>
            <h1>amltop simulator</h1><p>\(text)</p>\(withForm ? form : "")</html>
            """
        return Reply(200, body: Array(html.utf8), contentType: "text/html; charset=utf-8")
    }
}
