using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting.Inference;

/// <summary>
/// Tells what each event is for: by the words of its name first, and then by what people do, which can say that a name means something else
/// (a cancellation after which everybody goes on is none).
/// </summary>
public sealed class RoleFinder(EventSurvey survey)
{
    private const long DaySeconds = 24 * 60 * 60;

    /// <summary>Who did nothing for so long before the stream ends may have left.</summary>
    private const int QuietDays = 7;

    /// <summary>Who came in the first days of a stream may have been there before.</summary>
    private const int UnseenDays = 3;

    private const double MostlyFinal = 0.6;

    /// <summary>A term that is paid for may be used to its end.</summary>
    private const int TermDays = 31;

    /// <summary>Times a person does it in thirty days from which it is work and no bill.</summary>
    private const double WorkTimes = 3;

    /// <summary>Every name, the most frequent first.</summary>
    public IReadOnlyList<NamedRole> Find()
    {
        var found = survey.Names.Select(name => Measure(name, Classify(name))).OrderByDescending(role => role.Name.Count).ToList();
        for (int i = 0; i < found.Count; i++)
            found[i] = Reconsider(found[i], found);
        return found;
    }

    /// <summary>True for whoever's first event is likely to be their first.</summary>
    public bool SawBegin(PersonFacts person) => person.First > survey.First.ToUnixTimeSeconds() + (UnseenDays * DaySeconds);

    private static NamedRole Classify(NameFacts name)
    {
        var words = name.Words;
        NamedRole As(NameRole role, string why, string? kind = null) => new(name, role, why, 0, kind);

        if (name.IsView || name.Name.StartsWith('$'))
            return As(NameRole.Noise, "pages and screens seen are no value");
        if (
            words.Has("user.", "users.", "member", "seat.", "teammate", "agent.")
            && words.Has("removed", "deactivated", "suspended")
            && !words.Has("group.", "list.")
        )
            return As(NameRole.PersonRemoved, "somebody is taken out of an account");
        if (
            words.Has("user.", "member", "seat.")
            && words.Has("added", "reactivated")
            && words.Has("account", "team", "workspace", "organization")
        )
            return As(NameRole.PersonAdded, "somebody is put into an account");
        bool isMoney = words.Has("payment", "charge", "invoice", "billing", "card.", "transaction");
        if (isMoney && words.Has("fail", "declin", "unpaid", "overdue", "dunning", "past"))
            return As(NameRole.PaymentFailed, "a payment that did not go through");
        if (isMoney && words.Has("succe", "paid", "recover", "receiv", "complet", "collected"))
            return As(NameRole.PaymentRecovered, "a payment that went through");
        if (words.Has("reactivat", "resubscri", "winback"))
            return As(NameRole.Returned, "a customer comes back");
        bool isContract = words.Has(
            "subscription",
            "account",
            "plan.",
            "membership",
            "contract",
            "cancellation",
            "enrol",
            "licen",
            "module",
            "course"
        );
        bool isOver = words.Has(
            "cancelled",
            "canceled",
            "ended",
            "expired",
            "terminated",
            "closed",
            "deleted",
            "withdrawn",
            "churn",
            "confirm",
            "unenrolled"
        );
        if ((isContract && isOver && !words.Has("trial", "created", "email", "order")) || words.Has("churned"))
            return As(NameRole.Churn, "by its name the end of a contract");
        if (
            words.Has("cancel", "downgrad", "unsubscribe")
            && !words.Has("order", "booking", "meeting", "appointment", "upload", "import", "export", "edit", "email")
        )
            return As(NameRole.Leave, "by its name somebody thinks of leaving");
        if (
            words.Has("ticket", "complaint", "helpdesk")
            || (words.Has("support", "zendesk", "intercom") && words.Has("case", "request", "contact", "issue", "conversation"))
        )
        {
            if (words.Has("solv", "resolv", "clos"))
                return As(NameRole.TicketSolved, "a ticket that is solved");
            if (words.Has("answer", "repl", "respond") && !words.Has("customer", "request"))
                return As(NameRole.TicketAnswered, "a ticket that a person answers");
            if (words.Has("open", "creat", "submit", "rais", "start", "contact", "request", "received"))
                return As(NameRole.TicketOpened, "a ticket that is opened");
        }
        if (Survey(name) is { } kind)
            return As(kind, "an answer on a scale");
        if (
            words.Has("period", "renewed") && isContract
            || (words.Has("trial", "subscription", "plan.") && words.Has("start", "creat", "began", "chang", "renew", "updat", "upgrad"))
        )
            return As(NameRole.Facts, "it tells of the contract");
        if (Friction(words) is { } friction)
            return As(NameRole.Friction, "by its name something in the way", friction);
        if (words.Has("fail", "reject", "denied", "invalid"))
            return As(NameRole.Friction, "by its name something that did not work", "failures");
        if (name.Duration is { } duration && !IsComing(words))
            return As(NameRole.Work, $"it says how long it took ({duration.Name})");
        if (Noise(words) is { } reason)
            return As(NameRole.Noise, reason);
        if (
            name.Properties.Any(property => property is { HasManyTexts: true, IsRecipient: true }) && words.Has("deliver", "sent", "receiv")
        )
            return As(NameRole.Reach, "it says whom of their own customers it reached");
        if (
            words.Has(
                "like.",
                "liked",
                "likes",
                "favorite",
                "favourite",
                "vote",
                "thumbs",
                "react",
                "follow",
                "star.",
                "starred",
                "bookmark",
                "emoji"
            )
        )
            return As(NameRole.Reaction, "a light reaction");
        return As(NameRole.Work, "something is done");
    }

    private static NameRole? Survey(NameFacts name)
    {
        var words = name.Words;
        if (words.Has("nps.", "promoter"))
            return NameRole.Nps;
        if (words.Has("csat.", "satisfaction"))
            return NameRole.Csat;
        if (words.Has("ces.") || (words.Has("effort") && words.Has("score", "answered", "survey")))
            return NameRole.Ces;
        if (!words.Has("survey", "feedback", "rating", "rated") || words.Has("view", "open", "shown", "start", "dismiss"))
            return null;
        var score = name.Properties.FirstOrDefault(property =>
            property is { IsNumber: true } && property.Words.Has("score", "rating", "value", "stars", "answer")
        );
        return score is null ? null
            : score is { Least: >= 0, Most: <= 10 and > 7 } ? NameRole.Nps
            : score is { Least: >= 1, Most: <= 5 } ? NameRole.Csat
            : score is { Least: >= 1, Most: <= 7 } ? NameRole.Ces
            : null;
    }

    private static string? Friction(NameWords words) =>
        words.Has("error", "exception", "crash", "bug.") ? "errors"
        : words.Holds("noresult", "emptysearch", "emptyresult", "zeroresult", "notfound", "nomatch") ? "empty-results"
        : words.Has("advert", "adview", "ad.", "ads.") || words.Holds("adview", "adshown", "adplayed", "adimpression") ? "adverts"
        : words.Has("dislike", "unlike") || (words.Has("thumbs", "vote") && words.Has("down")) || words.Holds("downvote", "thumbsdown")
            ? "dislikes"
        : words.Has("unfriend", "unfollow", "blocked") ? "lost-contacts"
        : words.Has("timeout") || words.Holds("timedout", "slow") ? "waiting"
        : words.Holds("rageclick", "deadclick") ? "angry-clicks"
        : words.Has("missed", "overdue", "late.") ? "missed"
        : words.Has("paywall", "upsell")
        || (words.Has("upgrade") && words.Has("prompt", "shown", "required"))
        || words.Holds("limitreached", "quotaexceeded", "limitexceeded")
            ? "limits"
        : words.Has("rejected", "bounced") ? "rejected"
        : null;

    private static bool IsComing(NameWords words) =>
        words.Has("session", "page.", "screen", "app.", "login", "signin", "heartbeat", "ping.");

    private static string? Noise(NameWords words) =>
        words.Has("login", "logout", "signin", "signout", "logged") || (words.Has("sign.", "signed", "log.") && words.Has("in.", "out."))
            ? "coming and going is no value"
        : words.Has("session", "launch", "heartbeat", "ping.")
        || (words.Has("app.", "application") && words.Has("open", "start", "background", "install", "updat", "becam"))
            ? "an app that is open is no value"
        : words.Has("signup", "registered", "register")
        || (words.Has("sign.", "signed") && words.Has("up."))
        || (words.Has("account", "user.") && words.Has("created"))
            ? "everybody's beginning, which nobody is stuck before"
        : words.Has(
            "page.",
            "screen",
            "viewed",
            "view.",
            "views",
            "visit",
            "seen",
            "shown",
            "displayed",
            "impression",
            "hover",
            "scroll",
            "click",
            "clicked",
            "tapped",
            "home.",
            "about."
        )
            ? "what was seen or clicked is no value"
        : words.Has("setting", "settings", "preference", "profile", "password", "avatar", "theme") ? "settings are no value"
        : words.Has("help.", "faq.", "docs.", "tour", "tooltip", "modal", "banner", "menu", "tab.")
            ? "looking for help or around is no value"
        : words.Has("search", "searched", "filter", "sort.", "browse", "browsed", "gallery")
            ? "searching is looking for value, not finding it"
        : words.Has("upgrade", "upgraded", "checkout", "pricing", "coupon", "trial") ? "buying is no use"
        : words.Has("email", "notification", "push.", "sms.")
        && words.Has("open", "deliver", "receiv", "bounce", "click", "unsubscri", "sent", "send")
            ? "mails to the customer are no use of the product"
        : words.Has("experiment", "flag.", "variant", "exposure", "consent", "cookie", "debug", "test.") ? "technical"
        : words.Has("opened", "open.") ? "opening is not doing"
        : null;

    private NamedRole Measure(NameFacts name, NamedRole role)
    {
        long end = survey.Last.ToUnixTimeSeconds() - (QuietDays * DaySeconds);
        var counts = new List<double>();
        var days = new List<double>();
        var ages = new List<double>();
        int final = 0,
            early = 0,
            gone = 0,
            earlier = 0;
        foreach (var person in survey.People.Values)
        {
            if (person.Of(name) is not { } use)
                continue;
            counts.Add(use.Count);
            days.Add(use.Days);
            if (SawBegin(person))
                ages.Add((use.First - person.First) / (double)DaySeconds);
            if (use.Last < end)
            {
                early++;
                if (person.Last - use.Last <= DaySeconds)
                    final++;
            }
            if (use.Last < end - (TermDays * DaySeconds))
            {
                earlier++;
                if (person.Last - use.Last <= TermDays * DaySeconds)
                    gone++;
            }
        }
        return role with
        {
            People = counts.Count,
            PerPerson = Median.Of(counts) ?? 0,
            DaysPerPerson = Median.Of(days) ?? 0,
            FirstAfterDays = ages.Count >= 5 ? Median.Of(ages) : null,
            Final = early == 0 ? 0 : (double)final / early,
            GoneInAMonth = earlier == 0 ? 0 : (double)gone / earlier,
        };
    }

    /// <summary>What people do decides where a name does not.</summary>
    private NamedRole Reconsider(NamedRole role, IReadOnlyList<NamedRole> all)
    {
        switch (role.Role)
        {
            case NameRole.Churn when role.Final >= MostlyFinal:
                return role with { Why = $"{role.Final * 100:0}% of those who did it did nothing afterwards" };
            case NameRole.Churn when role.GoneInAMonth >= MostlyFinal:
                return role with { Why = $"{role.GoneInAMonth * 100:0}% of those who did it did nothing from a month later on" };
            case NameRole.Churn
                when role.PerPerson <= 1.5 && role.Name.Words.Has("subscription", "account", "membership", "contract", "module", "course"):
                return role with
                {
                    Why = $"by its name the end of a contract; {role.Final * 100:0}% of those who did it did nothing afterwards",
                };
            case NameRole.Churn:
                return role with
                {
                    Role = NameRole.Leave,
                    Why = $"by its name an end, but only {role.Final * 100:0}% of those who did it did nothing afterwards",
                };
            case NameRole.Leave
                when role.Final >= 0.9 && role.PerPerson < 1.5 && role.People >= 5 && !all.Any(other => other.Role == NameRole.Churn):
                return role with { Role = NameRole.Churn, Why = $"{role.Final * 100:0}% of those who did it did nothing afterwards" };
            case NameRole.Leave when all.FirstOrDefault(other => other != role && IsDeed(other.Name, role.Name)) is { } deed:
                return role with { Role = NameRole.Noise, Why = $"it opens the page; {deed.Name.Name} is what counts" };
            case NameRole.PaymentFailed when all.FirstOrDefault(other => IsWorkOn(other, role)) is { } work:
                return role with
                {
                    Role = NameRole.Friction,
                    Kind = "failures",
                    Why = $"by its name something that did not work: {work.Name.Name} is their work, and no bill of yours",
                };
            case NameRole.Work when IsSetup(role):
                return role with { Role = NameRole.Setup, Why = "something is set up" };
            default:
                return role;
        }
    }

    /// <summary>True where people work on what failed: many times a month, by another name.</summary>
    private bool IsWorkOn(NamedRole work, NamedRole failed) =>
        work.Role == NameRole.Work
        && work.PerPerson * 30 >= WorkTimes * Math.Max(30, survey.Days)
        && work.Name.Words.Object.SequenceEqual(failed.Name.Words.Object, StringComparer.Ordinal);

    /// <summary>True where one name is the other's deed: Submit Downgrade of Downgrade.</summary>
    private static bool IsDeed(NameFacts deed, NameFacts page) =>
        deed.Words.Words.Count > page.Words.Words.Count
        && deed.Words.Has("submit", "confirm", "complet")
        && page.Words.Words.All(word => deed.Words.Words.Contains(word, StringComparer.Ordinal));

    private static bool IsSetup(NamedRole role)
    {
        var words = role.Name.Words;
        bool bySetup = words.Has(
            "connect",
            "import",
            "invit",
            "install",
            "configur",
            "verif",
            "integrat",
            "onboard",
            "activat",
            "enabled",
            "first.",
            "joined",
            "subscribed"
        );
        return (bySetup || words.Holds("setup")) && role.PerPerson <= 3;
    }
}
