namespace Signals.Core.Model;

/// <summary>
/// People who are no customers: whoever any of the lists is true of. Patterns are compared ignoring case, and <c>*</c> in them stands for
/// anything.
/// </summary>
public sealed record LeaveOutRule(string Name)
{
    /// <summary>The rules there are without being written: what is written under the same name takes their place.</summary>
    public static readonly IReadOnlyList<LeaveOutRule> Usual =
    [
        new("crawlers")
        {
            UserAgents =
            [
                "*bot/*",
                "*+http*",
                "*crawler*",
                "*spider*",
                "*HeadlessChrome*",
                "*PhantomJS*",
                "*Chrome-Lighthouse*",
                "*Google Page Speed*",
                "*GTmetrix*",
                "*Pingdom*",
                "*StatusCake*",
                "*facebookexternalhit*",
                "*Google-InspectionTool*",
                "*Mediapartners-Google*",
                "*Yahoo! Slurp*",
            ],
        },
        new("service-accounts")
        {
            Traits = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
            {
                ["role"] = ["service", "service account", "service_account", "service-account", "bot", "robot", "machine"],
            },
            GivesValue = true,
        },
    ];

    /// <summary>Mail domains, and those under them.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Patterns of user ids and anonymous ids.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Patterns of a person's traits, by trait; true and false are written so.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Traits { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Patterns of <c>context.userAgent</c>: an event that a crawler caused is nobody's.</summary>
    public IReadOnlyList<string> UserAgents { get; init; } = [];

    /// <summary>True when what they do is value for their account all the same, as what a customer's own machine does.</summary>
    public bool GivesValue { get; init; }

    /// <summary>
    /// True when an address or trait counts that only a browser key told, and an anonymous id beside a user id: where pages say who is no
    /// customer, and anybody may.
    /// </summary>
    public bool BelievesBrowsers { get; init; }

    public bool HasDomain(string? email)
    {
        if (email is null || email.LastIndexOf('@') is not (>= 0 and var at))
            return false;
        var domain = email.AsSpan(at + 1).Trim(" .>").ToString();
        return Domains.Any(own =>
            domain.EndsWith(own, StringComparison.OrdinalIgnoreCase) && (domain.Length == own.Length || domain[^(own.Length + 1)] == '.')
        );
    }

    public bool HasId(string? id) => id is not null && MatchesAny(Ids, id);

    public bool HasUserAgent(string userAgent) => MatchesAny(UserAgents, userAgent);

    /// <summary>True when one of the patterns fits a text, whatever its case and the space around it.</summary>
    public static bool MatchesAny(IReadOnlyList<string> patterns, string text)
    {
        for (int i = 0; i < patterns.Count; i++)
        {
            if (Matches(patterns[i], text.AsSpan().Trim()))
                return true;
        }
        return false;
    }

    /// <summary>Linear in the text for each star: no pattern and no text make it slow.</summary>
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int star = pattern.IndexOf('*');
        if (star < 0)
            return text.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        if (!text.StartsWith(pattern[..star], StringComparison.OrdinalIgnoreCase))
            return false;
        text = text[star..];
        pattern = pattern[(star + 1)..];
        while ((star = pattern.IndexOf('*')) >= 0)
        {
            int found = text.IndexOf(pattern[..star], StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return false;
            text = text[(found + star)..];
            pattern = pattern[(star + 1)..];
        }
        return text.EndsWith(pattern, StringComparison.OrdinalIgnoreCase);
    }
}
