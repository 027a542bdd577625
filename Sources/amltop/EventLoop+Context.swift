import Dashboard
import Glibc

/// The configuration file, as far as a dashboard writes it.
extension EventLoop {
    /// Writes a chosen workspace down as a context.
    func save(_ offer: ContextOffer) {
        let mailbox = mailbox
        Task.detached {
            do throws(ConfigurationWriter.Failure) {
                try ConfigurationWriter(path: offer.path).add(offer.address, as: offer.name)
                mailbox.post(.contextSaved(.written(name: offer.name, path: offer.path)))
            } catch {
                mailbox.post(.contextSaved(.failed(path: offer.path, reason: error.reason(.chosen))))
            }
        }
    }
}

extension ConfigurationWriter.Failure {
    /// Why, in a few words.
    func reason(_ texts: Catalogue) -> String {
        switch self {
        case .system(let number): String(cString: strerror(number))
        case .alreadyThere(let name): texts.text(.contextAlready, ["name": name])
        case .unusualForm: texts[.contextUnusual]
        case .invalid(let error): CommandFailure(error).line
        }
    }
}
